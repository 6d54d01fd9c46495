"""When time alone may change a case: what it owes, or what comes by itself. Until then nobody need look at it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tsutatsu.cases.case import Case
from tsutatsu.ir import TODAY, Facts, Hour, Value
from tsutatsu.ir.workflows import Event, Hand, Stamp
from tsutatsu.judging.law import Law
from tsutatsu.judging.reach import Reached, reach_of_conditions, with_measures
from tsutatsu.judging.slots import Turning, turning_of

if TYPE_CHECKING:
    from tsutatsu.cases.ground import Ground

_DAY: Final = timedelta(days=1)
_SECOND: Final = timedelta(seconds=1)
_OF_THE_MOMENT: Final = (Stamp.DAY, Stamp.MOMENT, Stamp.TIME)


def next_moment(ground: "Ground", case: Case, after: datetime) -> datetime | None:
    """When someone must next come to a case: a clock of it runs out, or time alone may change it."""
    moments = (case.next_due, next_look(ground, case, after))
    return min((one for one in moments if one is not None), default=None)


def next_look(ground: "Ground", case: Case, after: datetime) -> datetime | None:
    """The first moment later than ``after`` at which time alone may change the case."""
    if case.erased:
        return None
    moments = (*ground.lookout.when_owed(case), *ground.lookout.when_by_itself(case, after))
    return min((one for one in moments if one > after), default=None)


def looks_at_duties(ground: "Ground", case: Case, after: datetime, until: datetime) -> list[datetime]:
    """The moments, later than ``after`` and up to ``until``, at which time alone may change what the case owes."""
    return sorted({one for one in ground.lookout.when_owed(case) if after < one <= until})


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question whose answer time may change."""

    judgement: str | None
    """Nothing for the guard of an event."""
    reached: Reached
    """The tests of what moves with time, and no others."""
    moving: tuple[str, ...]
    """The day judged, and what an event writes of its moment."""
    day: str | None
    """The day of the act, which is the day judged as long as the case does not say it."""
    fixed: Facts
    """What is so whatever the case says."""


class Lookout:
    """What of a workflow's law time moves; shared by all cases of one ground."""

    def __init__(self, ground: "Ground") -> None:
        self._ground = ground
        self._asked_by: dict[str, tuple[_Asked, ...]] = {}

    def when_owed(self, case: Case) -> Iterator[datetime]:
        """The beginnings of the days on which what the case owes may change; nothing new comes up once it has ended."""
        for asked in () if self._ground.workflow.state[case.state].final else self._watched:
            for found in self._turning(asked, case):
                for value in found.values:
                    if isinstance(value, date):
                        yield from _midnights(value)

    def when_by_itself(self, case: Case, after: datetime) -> Iterator[datetime]:
        """The moments at which an event may come by itself that could not so far; of every day's, the next."""
        held = {one.event for one in case.timings if one.held}
        for event in self._ground.workflow.events:
            if case.state in event.origins and (event.hand is Hand.MACHINE or event.id in held):
                for asked in self._asked(event):
                    for found in self._turning(asked, case):
                        yield from _moments(found, after)

    def _turning(self, asked: _Asked, case: Case) -> Iterator[Turning]:
        """Where the tests of everything that moves turn, on the facts of the case."""
        facts: Facts = {**case.facts, **asked.fixed}
        if asked.judgement is not None:  # tests look at a record's facts as they are, or into the list that it is in
            facts = {**facts, **self._ground.as_unit(facts, asked.judgement)}
        day = () if asked.day is None or asked.day in facts else (asked.day,)
        directive = self._ground.widened
        for term in (*asked.moving, *day):
            found = turning_of(term, asked.reached, directive, facts)
            if isinstance(directive.term[term].type, Hour) and (found.values or found.hours):
                found = replace(found, hours=(time(), *found.hours))  # at midnight the time of day begins anew
            yield found

    @cached_property
    def _watched(self) -> tuple[_Asked, ...]:
        return tuple(self._judged(name) for name in self._ground.workflow.watched)

    def _asked(self, event: Event) -> tuple[_Asked, ...]:
        """What is asked when an event is tried: its guard, and each of its judgements."""
        found = self._asked_by.get(event.id)
        if found is None:
            reached = reach_of_conditions([event.guard], self._ground.widened)
            guard = _narrowed(_Asked(None, reached, _moving(event), None, _written(event)))
            found = (guard, *(self._judged(name, event) for name in event.judgements))
            self._asked_by[event.id] = found
        return found

    def _judged(self, name: str, event: Event | None = None) -> _Asked:
        directive = self._ground.directive
        law = Law(directive, directive.judgement[name])
        day = law.judgement.day
        known = {**({} if event is None else _written(event)), **law.act}
        moving = (TODAY,) if event is None else _moving(event)
        reached = with_measures(law.reached(law.every), directive)
        return _narrowed(_Asked(name, reached, moving, None if day in known or day in moving else day, known))


def _moving(event: Event) -> tuple[str, ...]:
    return (TODAY, *(one.term for one in event.writes if one.value in _OF_THE_MOMENT))


def _written(event: Event) -> dict[str, Value]:
    return {one.term: one.value for one in event.writes if not isinstance(one.value, Stamp)}


def _narrowed(asked: _Asked) -> _Asked:
    """The question with the tests alone that look at what moves: there are few, and they are gone through often."""
    terms = {*asked.moving, asked.day}
    mentions = tuple(
        one
        for one in asked.reached.mentions
        if one.spot.term in terms or (one.other is not None and one.other.term in terms)
    )
    return replace(asked, reached=replace(asked.reached, mentions=mentions))


def _midnights(day: date) -> Iterator[datetime]:
    """When a day begins and when it is over: a test turns on the day, or right after it."""
    for one in (0, 1):
        if (at := _later(datetime(day.year, day.month, day.day), one * _DAY)) is not None:
            yield at


def _moments(found: Turning, after: datetime) -> Iterator[datetime]:
    for value in found.values:
        match value:
            case datetime():
                yield from _seconds(value)
            case date():
                yield from _midnights(value)
            case time():
                yield from _every_day(value, after)
    for hour in found.hours:
        yield from _every_day(hour, after)


def _every_day(hour: time, after: datetime) -> Iterator[datetime]:
    for days in (-1, 0, 1):
        at = _later(datetime.combine(after.date(), hour), days * _DAY)
        yield from (one for one in _seconds(at) if one > after) if at is not None else ()


def _seconds(at: datetime) -> Iterator[datetime]:
    """The moment, and the one after it: a test turns at it, or right after it."""
    at = at.replace(microsecond=0)
    yield from (one for one in (at, _later(at, _SECOND)) if one is not None)


def _later(at: datetime, by: timedelta) -> datetime | None:
    try:
        return at + by
    except OverflowError:
        return None
