"""Whether two guides of one measure surely hold at once for some value of a single fact."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Final, assert_never

from tsutatsu.ir import (
    LOCAL,
    TODAY,
    Choice,
    Clock,
    ClockRef,
    Condition,
    Constant,
    Day,
    Directive,
    Guide,
    Hour,
    Is,
    Length,
    Measure,
    Moment,
    Person,
    Records,
    TermRef,
    Test,
    Text,
    Truth,
    Type,
    Value,
    Whole,
    conditions_of,
    walk,
)
from tsutatsu.semantics.comparing import end_of
from tsutatsu.semantics.standing import holds
from tsutatsu.semantics.truth import Truth3

_MINUTE: Final = timedelta(minutes=1)
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two guides that both hold where this one fact is known to be so, whatever the others are."""

    one: Guide
    other: Guide
    term: str
    value: Value


def overlaps(measure: Measure, directive: Directive) -> Iterator[Overlap]:
    """Each pair of guides for different values that overlap, with the first value that shows it.

    Every overlap told is one. All are found that a single fact shows (times and moments being told to the minute);
    those that only several facts together show are left to judging.
    """
    for one, other in combinations(measure.guides, 2):
        if one.value != other.value:
            found = _shown(one, other, directive)
            if found is not None:
                yield found


def _shown(one: Guide, other: Guide, directive: Directive) -> Overlap | None:
    tests = list(dict.fromkeys(test for guide in (one, other) for test in _tests(guide.when, directive, set())))
    for name in dict.fromkeys(test.term for test in tests):
        term = directive.term[name]
        if term.derived is not None:
            continue
        for value in _told_apart(name, tests, directive):
            facts = {name: value}
            if all(holds(guide.when, directive, facts, {}) is Truth3.TRUE for guide in (one, other)):
                return Overlap(one, other, name, value)
    return None


def _tests(condition: Condition, directive: Directive, seen: set[str]) -> Iterator[Test]:
    """Every test that a guide rests on, through the concepts and computed truths that it names."""
    for part in walk(condition):
        match part:
            case Test(term):
                yield part
                derived = directive.term[term].derived
                if derived is not None and f"term:{term}" not in seen:
                    seen.add(f"term:{term}")
                    yield from _tests(derived, directive, seen)
            case Is(name) if name not in seen:
                seen.add(name)
                for inner in conditions_of(directive.concept[name]):
                    yield from _tests(inner, directive, seen)
            case _:
                pass


def _told_apart(name: str, tests: list[Test], directive: Directive) -> Iterator[Value]:
    """A value of each kind that the tests tell apart: first those that they name, then their neighbours, then none."""
    kind = directive.term[name].type
    match kind:
        case Truth():
            yield from (True, False)
        case Choice(options, none=none):
            yield from (option.id for option in options)
            if none:
                yield None
        case Records():
            return
        case Whole() | Length() | Day() | Moment() | Hour() | Text() | Person():
            named = list(dict.fromkeys(v for t in tests if t.term == name for v in _named(t, kind, directive)))
            named += _unnamed(kind, named, directive)
            within = [one for one in (*named, *(n for v in named for n in _beside(v))) if _exists(one, kind)]
            if name == TODAY:
                yield from (one for one in within if _judged_on(one, directive))
                return
            yield from within
            yield None
        case _:
            assert_never(kind)


def _unnamed(kind: Type, named: list[Constant], directive: Directive) -> list[Constant]:
    """A value for tests that name none, or (of words) that name others."""
    match kind:
        case Whole(_, low, high):
            return [min(max(0, low), high)]
        case Length():
            return [0]
        case Day():
            return [directive.first_day]
        case Moment():
            return [datetime.combine(directive.first_day, time(12))]
        case Hour():
            return [time(12)]
        case Text() | Person():
            return ["".join(["他", *(one for one in named if isinstance(one, str))])]
        case _:
            return []


def _named(test: Test, kind: Type, directive: Directive) -> Iterator[Constant]:
    """The values at which a test of a term changes what it says."""
    match test.operand:
        case None | TermRef():
            return
        case ClockRef(name):
            yield from (_fitted(edge, kind) for edge in _edges(directive.clock[name]))
        case tuple(several):
            yield from (_fitted(one, kind) for one in several)
        case constant:
            yield _fitted(constant, kind)


def _edges(clock: Clock) -> Iterator[Constant]:
    if clock.window is not None:
        yield from (clock.window.start, clock.window.end)
    elif not isinstance(clock.start, str):
        last = end_of(clock, clock.start)
        yield from (one for one in (clock.start, last) if one is not None)
    elif clock.end is not None:
        yield clock.end


def _fitted(value: Constant, kind: Type) -> Constant:
    """A day or an hour as the moment on which it stands, where moments are compared with it."""
    if not isinstance(kind, Moment) or isinstance(value, datetime):
        return value
    if isinstance(value, time):
        return datetime.combine(date(2025, 4, 1), value)
    return datetime.combine(value, time()) if isinstance(value, date) else value


def _beside(value: Constant) -> Iterator[Constant]:
    """What lies one unit below and above."""
    match value:
        case bool() | str():
            return
        case int():
            yield from (value - 1, value + 1)
        case datetime():
            yield from _moved(value, -_MINUTE, _MINUTE, -_DAY, _DAY)
        case date():
            yield from _moved(value, -_DAY, _DAY)
        case time():
            at = datetime.combine(date(2025, 4, 2), value)
            yield from (one.time() for one in (at - _MINUTE, at + _MINUTE))
        case _:
            assert_never(value)


def _moved(value: date, *steps: timedelta) -> Iterator[date]:
    for step in steps:
        try:
            yield value + step
        except OverflowError:  # past the calendar
            continue


def _exists(value: Constant, kind: Type) -> bool:
    """Whether the type has such a value."""
    match kind:
        case Whole(_, low, high):
            return isinstance(value, int) and low <= value <= high
        case Length():
            return isinstance(value, int) and value >= 0
        case _:
            return True


def _judged_on(day: Constant, directive: Directive) -> bool:
    """Whether the force's own provisions are judged by on that day."""
    local, end = directive.local, directive.clock[LOCAL].end
    assert isinstance(day, date) and local is not None
    return local.decided_on <= day and (end is None or day <= end)
