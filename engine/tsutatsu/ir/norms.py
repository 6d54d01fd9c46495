"""What a directive says, as engines know it: terms, clocks, concepts, readings, norms, judgements."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum, IntFlag
from functools import cached_property
from types import MappingProxyType
from typing import assert_never

from tsutatsu.calendar import Counting, DailyWindow, Period
from tsutatsu.ir.conditions import ALWAYS, NEVER, TODAY, Condition, Constant, Side
from tsutatsu.ir.local import Local, Measure
from tsutatsu.ir.transitions import Transition
from tsutatsu.ir.types import Day, Records, Type
from tsutatsu.source import NOWHERE, Source
from tsutatsu.words import Words


class Changeable(Enum):
    """Until when a fact can still be made otherwise."""

    BEFORE = "before"  # 実施前
    ANYTIME = "anytime"  # いつでも
    NEVER = "never"  # 変えられない


@dataclass(frozen=True, slots=True)
class Term:
    """A fact that may be supplied: its type, the question that asks for it, who can answer, and who can change it."""

    id: str
    words: Words
    type: Type
    question: Words = Words("")
    answered_by: str = ""
    changeable: Changeable = Changeable.NEVER
    changed_by: str = ""
    """Whose it is to change, where that is not the one who acts."""
    presumed: Constant | None = None
    """The value taken when nothing is said and the caller asks for presumptions."""
    derived: Condition | None = None
    """How a truth is computed where it is not supplied."""
    unmeasured: bool = False
    """Whether the text gives no measure for it, so that a force may lay one down (尺度なし)."""
    source: Source = field(default=NOWHERE, compare=False)


ON = Term(TODAY, Words("判断日", "day judged"), Day())


class Stricter(Enum):
    """In which direction a clock's length binds more tightly, whatever it is used for."""

    SHORTER = "shorter"  # 短く
    LONGER = "longer"  # 長く


@dataclass(frozen=True, slots=True)
class Clock:
    """A stretch of time: from a start (a day, or a term) for a counted length or to an end; or a daily window."""

    id: str
    words: Words
    start: date | str | None = None
    counting: Counting | None = None
    length: Period | None = None
    end: date | None = None
    window: DailyWindow | None = None
    stricter: Stricter | None = None
    """In which direction a force may move its length; nothing where it may not."""
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case in which a concept is met only on one side of a reading."""

    when: Condition
    reading: str
    side: str


@dataclass(frozen=True, slots=True)
class Concept:
    """A word of the text: met when ``yes`` holds, open in the cases listed, otherwise not met."""

    id: str
    words: Words
    provision: str
    yes: Condition
    open: tuple[OpenCase, ...] = ()
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class ReadingSide:
    """One way to read an open passage."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True)
class Reading:
    """An open passage: what is in question, the sides, and the side taken (nothing while undecided)."""

    id: str
    provision: str
    issue: Words
    sides: tuple[ReadingSide, ...]
    taken: str | None = None
    decided_by: str = ""
    decided_on: date | None = None
    source: Source = field(default=NOWHERE, compare=False)


class Strength(Enum):
    """How a norm binds."""

    HARD = "hard"
    SOFT = "soft"
    FREE = "free"


class Kind(Enum):
    """What a norm does, as its writer called it."""

    DUTY = "duty"  # 義務
    BAN = "ban"  # 禁止
    PERMISSION = "permission"  # 許可
    DISCRETION = "discretion"  # 裁量
    EFFORT = "effort"  # 努力
    CONSIDERATION = "consideration"  # 配慮
    ESTABLISHMENT = "establishment"  # 設置
    EX_OFFICIO = "ex_officio"  # 充て職


@dataclass(frozen=True, slots=True)
class Lift:
    """An exception: where it is written, and when it lifts its norm."""

    provision: str
    when: Condition
    words: Words = Words("")
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Due:
    """A later duty's time: counted from ``start``, met at ``met``. ``clock`` bounds it where the text gives a measure,
    ``prompt`` names the word that bounds it where it gives none (速やか), neither where it says nothing (定めなし)."""

    met: str | None = None
    """The term that says when the duty was met; nothing where the text gives no time and being kept is all there is."""
    start: str | None = None
    clock: str | None = None
    prompt: str | None = None


@dataclass(frozen=True, slots=True)
class Norm:
    """One thing the circular says.

    It is out of force unless ``force`` holds; does not apply unless ``when`` holds; is lifted when a lift holds;
    is kept when ``kept`` holds, still open while ``pending`` holds, otherwise broken (hard) or unexplained (soft).
    """

    id: str
    provision: str
    kind: Kind
    strength: Strength
    summary: Words
    bearer: str = ""
    day: str | None = None
    """The term (a day or a moment) on which the norm is judged (基準日); the day asked for where there is none."""
    force: str = ""
    """The clock of the norm's effect; always in force when empty."""
    survives: Condition = NEVER
    """When the norm outlives the end of its clock."""
    when: Condition = ALWAYS
    lifts: tuple[Lift, ...] = ()
    kept: Condition = ALWAYS
    pending: Condition = NEVER
    due: Due | None = None
    limits: bool = False
    """A permission that closes the rest: what a refusal cites."""
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A question the law can be asked: the act it fixes, what one unit of it is, and the norms that bear on it."""

    id: str
    words: Words
    norms: tuple[str, ...]
    act: tuple[tuple[str, Constant], ...] = ()
    unit: str | None = None
    """The list whose records are judged one by one, the worst standing."""
    source: Source = field(default=NOWHERE, compare=False)
    day: str | None = None
    """The term that says when the act is done: the day asked for is taken where it is not known (行為の日)."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A date as printed, and as resolved."""

    literal: str
    day: date | None


class Relation(Enum):
    """What a circular does with another one that it names."""

    REPEALS = "repeals"  # 廃止
    AMENDS = "amends"  # 改正
    CITES = "cites"  # 参照


@dataclass(frozen=True, slots=True)
class Citation:
    """Another circular or a statute, as far as it is named: told by number and day, never by title alone."""

    number: str
    issued: Printed
    """The day of issue; without one where none is printed, as with statutes, whose number holds the year."""
    title: str = ""
    provision: str = ""
    """Where it is named."""
    side: Side | None = None
    """The side of a reading on which it is this one that is meant; nothing where the text leaves no doubt."""
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Header:
    """What the circular's head says, as printed."""

    title: Words
    issued: Printed
    issuer: str
    number: str
    addressees: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    effect_kind: str = ""
    effect_start: Printed | None = None
    effect_end: Printed | None = None
    retention_years: int | None = None
    retention_end: Printed | None = None
    repeals: tuple[Citation, ...] = ()
    amends: tuple[Citation, ...] = ()
    cites: tuple[Citation, ...] = ()
    other_numbers: tuple[str, ...] = ()
    """The numbers it bears besides the first, where several offices issued it together."""

    @property
    def numbers(self) -> tuple[str, ...]:
        """Every number it bears, the first first."""
        return (self.number, *self.other_numbers)

    def named(self, relation: Relation) -> tuple[Citation, ...]:
        """The circulars and statutes that it names in that way."""
        match relation:
            case Relation.REPEALS:
                return self.repeals
            case Relation.AMENDS:
                return self.amends
            case Relation.CITES:
                return self.cites
            case _:
                assert_never(relation)


@dataclass(frozen=True, slots=True)
class Revision:
    """Which encoding of the circular this is."""

    number: int
    day: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Superseded:
    """By which circular this one was repealed or replaced, and its last day on that account."""

    by: str
    issued: date
    last: date
    title: Words = Words("")
    """The newer one's title, so that it can be named to people."""


@dataclass(frozen=True, slots=True)
class Amended:
    """By which circular this one was amended without being issued anew, and from which day."""

    by: str
    issued: date
    first: date
    title: Words
    number: str


FORCE = "force"
"""The clock that every directive has: its effect, first day to last day, both included."""


@dataclass(frozen=True)
class Directive:
    """One circular, one issue of it, in one encoding."""

    id: str
    header: Header
    revision: Revision
    terms: tuple[Term, ...]
    clocks: tuple[Clock, ...]
    concepts: tuple[Concept, ...]
    readings: tuple[Reading, ...]
    norms: tuple[Norm, ...]
    judgements: tuple[Judgement, ...]
    superseded: Superseded | None = None
    source: Source = field(default=NOWHERE, compare=False)
    caveats: tuple[str, ...] = ()
    """Readings that hang over the whole circular: every answer shows them while they are open."""
    amended: tuple[Amended, ...] = ()
    """What has been amended since, and is not in this encoding."""
    local: Local | None = None
    """The force's own provisions that were laid over it, where they were."""
    transitions: tuple[Transition, ...] = ()
    """What it says of cases that were opened under an earlier issue."""

    @property
    def issued(self) -> date:
        """The day of issue, which names this version of the law (the beginning of time where none could be read)."""
        return self.header.issued.day or date.min

    @property
    def first_day(self) -> date:
        """The first day of its effect."""
        start = self.clock[FORCE].start
        return start if isinstance(start, date) else date.min

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures laid down for facts that the text leaves without one."""
        return () if self.local is None else self.local.measures

    @property
    def takes_effect(self) -> bool:
        """Whether it has a day of effect at all: what is repealed before its first day has none."""
        end = self.clock[FORCE].end
        return end is None or self.first_day <= end

    @cached_property
    def own_terms(self) -> tuple[str, ...]:
        """What a force asks besides the circular: to be said with any event of a case under its provisions."""
        added = () if self.local is None else self.local.terms
        return tuple(one for one in added if not isinstance(self.term[one].type, Records))

    @cached_property
    def term(self) -> Mapping[str, Term]:
        """Terms by id, the day judged among them."""
        return MappingProxyType({TODAY: ON} | {t.id: t for t in self.terms})

    @cached_property
    def clock(self) -> Mapping[str, Clock]:
        """Clocks by id."""
        return MappingProxyType({c.id: c for c in self.clocks})

    @cached_property
    def concept(self) -> Mapping[str, Concept]:
        """Concepts by id."""
        return MappingProxyType({c.id: c for c in self.concepts})

    @cached_property
    def reading(self) -> Mapping[str, Reading]:
        """Readings by id."""
        return MappingProxyType({r.id: r for r in self.readings})

    @cached_property
    def norm(self) -> Mapping[str, Norm]:
        """Norms by id."""
        return MappingProxyType({n.id: n for n in self.norms})

    @cached_property
    def judgement(self) -> Mapping[str, Judgement]:
        """Judgements by id."""
        return MappingProxyType({j.id: j for j in self.judgements})


class Standing(IntFlag):
    """How a norm stands on given facts; a union of several is what is still possible (未定)."""

    OUT_OF_FORCE = 1  # 効力外
    NOT_APPLICABLE = 2  # 非該当
    LIFTED = 4  # 免除
    KEPT = 8  # 充足
    PENDING = 16  # 未了
    BROKEN = 32  # 違反
    UNEXPLAINED = 64  # 要説明
    FREE = 128  # 任意
