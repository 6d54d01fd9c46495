"""Workflows: how a case of one kind runs, from the first event to the last."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Final

from tsutatsu.ir.conditions import ALWAYS, Condition, Constant, TermRef, Test
from tsutatsu.ir.norms import Directive, Term
from tsutatsu.ir.types import Choice, Option, Person
from tsutatsu.ir.walking import walk
from tsutatsu.source import NOWHERE, Source
from tsutatsu.words import Words

ACTOR: Final = "by:actor"
"""The term by which guards ask who acts (行為者); no fact of a case, and no term of any circular: ids hold no colon."""

POST: Final = "by:post"
"""The term by which guards ask in which post he acts (行為者の職)."""

ACTOR_WORDS: Final = Words("行為者", "person acting")
POST_WORDS: Final = Words("行為者の職", "post of the person acting")
OTHER_POST: Final = Option("other", Words("その他", "other"))
"""Every post not named."""


def as_post(kind: Choice, names: Iterable[str]) -> str | None:
    """The option that a post of these names is, その他 where none of them is; nothing where it can be none."""
    called = {unicodedata.normalize("NFC", one) for one in names if one}
    for option in kind.options:
        words = (option.id, option.words.ja, option.words.en)
        if called & {unicodedata.normalize("NFC", one) for one in words}:
            return option.id
    return OTHER_POST.id if any(option.id == OTHER_POST.id for option in kind.options) else None


class Stamp(Enum):
    """What an event writes that is not known before it happens."""

    ACTOR = "actor"  # 行為者
    POST = "post"  # 行為者の職
    DAY = "day"  # 今日
    MOMENT = "moment"  # 今
    TIME = "time"  # 今の時刻


class Hand(Enum):
    """By whose hand an event happens."""

    PERSON = "person"  # 人
    MACHINE = "machine"  # 機械: by itself, as soon as it can go through
    CLOCK = "clock"  # 時計: by itself, when a timer has run out


@dataclass(frozen=True, slots=True)
class Write:
    """A fact that an event writes into its case: a value of its own, what the moment brings, or that there is none."""

    term: str
    value: Constant | Stamp | None
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class State:
    """A state that a case can be in."""

    id: str
    words: Words
    initial: bool = False
    final: bool = False
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class StateOf:
    """Another case, linked under the name of its workflow, stands in one of these states."""

    workflow: str
    states: tuple[str, ...]
    words: Words = Words("")
    """How it is told: the workflow and the states by their names."""
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """What can happen to a case, from which states, where to, on what condition, and what it leaves behind.

    What is supplied and then what it writes join the case's facts; on these it goes through only where ``guard`` surely
    holds, every judgement permits, the linked cases stand as they must and, where ``settled``, no duty of the case is
    open. Who may trigger it follows from these. Where it does not go through, nothing of it stays.
    """

    id: str
    words: Words
    provision: str
    origins: tuple[str, ...]
    target: str
    hand: Hand = Hand.PERSON
    guard: Condition = ALWAYS
    judgements: tuple[str, ...] = ()
    linked: tuple[StateOf, ...] = ()
    alike: tuple[str, ...] = ()
    """The facts in which a linked case must surely be the same as this one, to count as linked."""
    settled: bool = False
    supplied: tuple[str, ...] = ()
    """The facts that whoever triggers it must say (that there is none being an answer, that it is not known none)."""
    writes: tuple[Write, ...] = ()
    documents: tuple[str, ...] = ()
    source: Source = field(default=NOWHERE, compare=False)

    @property
    def asks_who(self) -> frozenset[str]:
        """Which of ``ACTOR`` and ``POST`` its guard asks for."""
        tests = [one for one in walk(self.guard) if isinstance(one, Test)]
        others = (one.operand.id for one in tests if isinstance(one.operand, TermRef))
        return frozenset((*(one.term for one in tests), *others)) & {ACTOR, POST}


@dataclass(frozen=True, slots=True)
class Timer:
    """An event that comes by itself once a clock of the directive has run out, in the states in which it can happen."""

    clock: str
    event: str
    source: Source = field(default=NOWHERE, compare=False)


class Handling(Enum):
    """What is done to a case besides its events."""

    CORRECT = "correct"  # 訂正
    WAIVE = "waive"  # 免除
    LINK = "link"  # 結付け
    ERASE = "erase"  # 消去


HANDLING_WORDS: Final[Mapping[Handling, Words]] = {
    Handling.CORRECT: Words("事実を訂正する", "put facts right"),
    Handling.WAIVE: Words("義務を免除する", "waive a duty"),
    Handling.LINK: Words("別件と結び付ける", "link with another case"),
    Handling.ERASE: Words("個人情報を消去する", "erase the personal data"),
}


@dataclass(frozen=True, slots=True)
class Allowed:
    """On what condition something is done to a case besides its events."""

    handling: Handling
    guard: Condition
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True)
class Workflow:
    """One kind of case under one issue of a circular."""

    id: str
    directive: str
    issued: date
    """The issue of the directive that it belongs to."""
    words: Words
    provision: str
    subject: Words
    states: tuple[State, ...]
    events: tuple[Event, ...]
    timers: tuple[Timer, ...] = ()
    watched: tuple[str, ...] = ()
    """The judgements whose duties the case keeps account of."""
    unit: str | None = None
    """The list of which the case is one record: those of its facts that are fields of the list make that record
    wherever a judgement looks into the list; guards and clocks see them as they are."""
    posts: tuple[Option, ...] = ()
    """The posts that its conditions name; who holds another is told apart from their holders, and from no one else."""
    allowed: tuple[Allowed, ...] = ()
    """Who may correct, waive, link and erase, where the workflow says so; else whoever is in the roster, on record."""
    source: Source = field(default=NOWHERE, compare=False)

    @cached_property
    def state(self) -> Mapping[str, State]:
        """States by id."""
        return MappingProxyType({one.id: one for one in self.states})

    @cached_property
    def event(self) -> Mapping[str, Event]:
        """Events by id."""
        return MappingProxyType({one.id: one for one in self.events})

    @cached_property
    def alike(self) -> frozenset[str]:
        """The facts in which linked cases must be the same for one event or another."""
        return frozenset(term for one in self.events for term in one.alike)

    @cached_property
    def acting(self) -> tuple[Term, ...]:
        """What its guards know of whoever acts, besides the facts of the case."""
        return Term(ACTOR, ACTOR_WORDS, Person()), Term(POST, POST_WORDS, Choice((*self.posts, OTHER_POST)))

    def among_terms_of(self, directive: Directive) -> Directive:
        """The circular with what guards know of whoever acts among its terms, so that they can be asked and told."""
        return replace(directive, terms=(*directive.terms, *self.acting))

    @cached_property
    def handled(self) -> Mapping[Handling, Event]:
        """What the workflow lets only some do besides its events, as events that lead nowhere."""
        everywhere = tuple(one.id for one in self.states)
        return MappingProxyType(
            {
                one.handling: Event(
                    f"handling:{one.handling.value}",
                    HANDLING_WORDS[one.handling],
                    self.provision,
                    everywhere,
                    "",
                    guard=one.guard,
                    source=one.source,
                )
                for one in self.allowed
            }
        )

    @property
    def start(self) -> State:
        """Where a case begins."""
        return next(one for one in self.states if one.initial)
