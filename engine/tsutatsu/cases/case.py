"""A case: what has happened to it, and where that leaves it. Entries are appended; all else follows from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import Enum

from tsutatsu.cases.people import Doer
from tsutatsu.ir import (
    Facts,
    Strength,
    Value,
    Words,
)


class Deed(Enum):
    """What kind of thing happened."""

    OPENED = "opened"  # 開始
    EVENT = "event"  # 事象
    CORRECTED = "corrected"  # 訂正
    WITHDRAWN = "withdrawn"  # 取消し
    WAIVED = "waived"  # 義務の免除
    BREACHED = "breached"  # 期限の徒過
    ELAPSED = "elapsed"  # 日の経過
    HELD = "held"  # 期日の事象が起こせなかった
    LINKED = "linked"  # 別件との結び付け
    ERASED = "erased"  # 個人情報の消去
    MOVED = "moved"  # 別の版への移行


class DutyStanding(Enum):
    """Where a duty of a case stands."""

    OPEN = "open"  # 未了
    MET = "met"  # 履行
    BREACHED = "breached"  # 違反
    WAIVED = "waived"  # 免除
    DROPPED = "dropped"  # 事実が改まり、生じないことになった


@dataclass(frozen=True, slots=True)
class DutyKey:
    """Which duty of a case: the judgement that is watched, the norm, and the record (0: the facts themselves)."""

    judgement: str
    norm: str
    unit: int = 0

    def __str__(self) -> str:
        return f"{self.judgement}/{self.norm}" + (f"/{self.unit}" if self.unit else "")


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty of a case: whose, what, by when, and how it stands."""

    key: DutyKey
    provision: str
    bearer: str
    summary: Words
    time: Words
    strength: Strength
    standing: DutyStanding
    last: date | datetime | None
    """The last day, or the instant at which hours run out."""
    due_at: datetime | None
    """The first moment that is too late."""
    raised: int
    """The entry that raised it."""
    settled: int | None = None
    """The entry by which it was met, breached, waived or dropped."""
    performed: int | None = None
    """The entry by which it was performed all the same after it had been breached."""
    arose: date | None = None
    """The day as of which it arose; a worker that comes late records it later."""


@dataclass(frozen=True, slots=True)
class Timing:
    """An event that comes by itself at a moment."""

    event: str
    clock: str
    due_at: datetime
    held: bool = False
    """It came, could not go through, and waits for something else to happen."""


@dataclass(frozen=True, slots=True)
class Pin:
    """The law and the workflow that a case runs by: from its opening on, or from a move on."""

    directive: str
    issued: date
    law: str
    """The digest of the circular's encoding, as receipts have it."""
    text: str
    """The digest of the canonical text of the circular as placed among the others on that day; the store keeps it."""
    workflow: str
    flow: str
    """The digest of the canonical text of the workflow, which the store keeps."""
    sides: tuple[tuple[str, str], ...] = ()
    """Readings that were decided for this case, beyond those that the encoding has decided."""
    force: str = ""
    """The force whose own provisions are laid over the circular, and are part of ``text``; nothing where none are."""


@dataclass(frozen=True, slots=True)
class Given:
    """A judgement's answer, in codes."""

    judgement: str
    verdict: str
    receipt: str
    """As JSON."""


@dataclass(frozen=True, slots=True)
class Body:
    """What of an entry may be personal data: deleted when the law says so, while its commitment stays in the chain."""

    doer: Doer
    supplied: Facts
    written: Facts
    given: tuple[Given, ...] = ()
    words: str = ""
    """A name for the case, a reason, a ground."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened to a case. Nothing in it is ever changed; only its body may be erased."""

    case: str
    number: int
    deed: Deed
    at: datetime
    origin: str
    target: str
    event: str = ""
    refers: int | None = None
    """The entry that is withdrawn."""
    pin: Pin | None = None
    """The law and the workflow by which the case runs from here on: of its opening, and of a move."""
    other: str = ""
    """The case that is linked."""
    duties: tuple[DutyRow, ...] = ()
    """The duties that changed, as they now stand."""
    timings: tuple[Timing, ...] = ()
    """Every event that now comes by itself."""
    key: str = ""
    """The key of the command, by which a repetition is known."""
    body: Body | None = None
    """Nothing once it has been erased."""


@dataclass(frozen=True, slots=True)
class Linked:
    """Another case that this one is linked with, and where it stands."""

    case: str
    workflow: str
    state: str
    version: int = 0
    facts: Facts = field(default_factory=dict[str, Value])
    """Of its facts, those in which it may have to be the same."""

    def with_facts_of(self, case: "Case", terms: frozenset[str]) -> "Linked":
        """The same with what the case says of these terms."""
        return replace(self, facts={term: case.facts[term] for term in case.facts if term in terms})


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its entries leave it."""

    id: str
    pin: Pin
    state: str
    facts: Facts
    written: frozenset[str]
    """The facts that an event wrote and nobody said: they are not corrected by hand."""
    duties: tuple[DutyRow, ...]
    timings: tuple[Timing, ...]
    entries: tuple[Entry, ...]
    links: tuple[str, ...] = ()

    @property
    def version(self) -> int:
        """How many entries it has."""
        return len(self.entries)

    @property
    def last(self) -> datetime:
        """When something last happened to it."""
        return self.entries[-1].at

    def pin_at(self, number: int) -> Pin:
        """What it ran by once its entry ``number`` had happened."""
        return next(one.pin for one in reversed(self.entries[:number]) if one.pin is not None)

    @property
    def moved(self) -> int:
        """The entry by which it last went over to another law; 0 where it never did."""
        return next((one.number for one in reversed(self.entries) if one.deed is Deed.MOVED), 0)

    @property
    def label(self) -> str:
        """What it was called when it was opened."""
        body = self.entries[0].body
        return "" if body is None else body.words

    @property
    def sides(self) -> dict[str, str]:
        """The readings decided for it."""
        return dict(self.pin.sides)

    @property
    def erased(self) -> bool:
        """Whether its personal data have been erased."""
        return any(one.deed is Deed.ERASED for one in self.entries)

    def after(self, entry: Entry) -> "Case":
        """The case once ``entry`` has happened."""
        return fold((*self.entries, entry))

    @property
    def next_due(self) -> datetime | None:
        """When a clock of it next runs out: a duty that then is breached, or an event that then comes."""
        if self.erased:
            return None
        moments = [one.due_at for one in self.duties if one.due_at is not None and breachable(one)]
        moments += [one.due_at for one in self.timings if not one.held]
        return min(moments, default=None)

    def duty(self, key: DutyKey) -> DutyRow | None:
        """The duty of that key."""
        return next((one for one in self.duties if one.key == key), None)


def breachable(duty: DutyRow) -> bool:
    """Whether time alone can breach it: it is open, and it binds; an effort is never breached."""
    return duty.standing is DutyStanding.OPEN and duty.strength is Strength.HARD


def fold(entries: Iterable[Entry]) -> Case:
    """The case that these entries leave, the first being its opening."""
    every = tuple(entries)
    first = every[0]
    assert first.pin is not None and first.deed is Deed.OPENED
    gone = frozenset(one.refers for one in every if one.deed is Deed.WITHDRAWN)
    facts: dict[str, Value] = {}
    written: set[str] = set()
    duties: dict[DutyKey, DutyRow] = {}
    links: dict[str, None] = {}
    pin = first.pin
    for one in every:
        if one.deed is Deed.MOVED and one.pin is not None:  # its body states every fact anew, by the names of its law
            pin = one.pin
            facts.clear()
            written.clear()
        if one.body is not None and one.number not in gone:
            facts.update(one.body.supplied)
            written.difference_update(one.body.supplied)
            facts.update(one.body.written)
            written.update(one.body.written)
        for row in one.duties:
            duties[row.key] = row
        if one.deed is Deed.LINKED:
            links[one.other] = None
    last = every[-1]
    return Case(
        first.case,
        pin,
        last.target,
        facts,
        frozenset(written),
        tuple(duties.values()),
        last.timings,
        every,
        tuple(links),
    )


def standing_events(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The events that have not been withdrawn, in order."""
    every = tuple(entries)
    gone = frozenset(one.refers for one in every if one.deed is Deed.WITHDRAWN)
    return tuple(one for one in every if one.deed is Deed.EVENT and one.number not in gone)


def held(timings: Iterable[Timing], which: Timing) -> tuple[Timing, ...]:
    """The timings, that one held."""
    return tuple(replace(one, held=True) if one == which else one for one in timings)


def by_key(duties: Iterable[DutyRow]) -> Mapping[DutyKey, DutyRow]:
    """Duties by their keys."""
    return {one.key: one for one in duties}
