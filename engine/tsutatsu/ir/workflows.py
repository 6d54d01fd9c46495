"""Workflows: how a case of one kind runs, from the first event to the last."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from types import MappingProxyType

from tsutatsu.ir.conditions import ALWAYS, Condition, Constant
from tsutatsu.source import NOWHERE, Source
from tsutatsu.words import Words


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
    settled: bool = False
    supplied: tuple[str, ...] = ()
    """The facts that whoever triggers it must say (that there is none being an answer, that it is not known none)."""
    writes: tuple[Write, ...] = ()
    documents: tuple[str, ...] = ()
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Timer:
    """An event that comes by itself once a clock of the directive has run out, in the states in which it can happen."""

    clock: str
    event: str
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
    source: Source = field(default=NOWHERE, compare=False)

    @cached_property
    def state(self) -> Mapping[str, State]:
        """States by id."""
        return MappingProxyType({one.id: one for one in self.states})

    @cached_property
    def event(self) -> Mapping[str, Event]:
        """Events by id."""
        return MappingProxyType({one.id: one for one in self.events})

    @property
    def start(self) -> State:
        """Where a case begins."""
        return next(one for one in self.states if one.initial)
