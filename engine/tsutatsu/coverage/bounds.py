"""Bounds: which edges a test has, and what lies one unit beside a value."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final, assert_never

from tsutatsu.calendar import Unit
from tsutatsu.coverage.points import Edge
from tsutatsu.ir import (
    Choice,
    ClockRef,
    Constant,
    Directive,
    Facts,
    Length,
    Op,
    Test,
    Type,
    Value,
    Whole,
)
from tsutatsu.semantics import Truth3, holds
from tsutatsu.semantics.truth import of

_MINUTES: Final = 24 * 60


def edges(test: Test, directive: Directive) -> tuple[Edge, ...]:
    """The edges of a test: none for a test that orders nothing."""
    match test.op:
        case Op.LT | Op.LE:
            return (Edge.UPPER,)
        case Op.GT | Op.GE:
            return (Edge.LOWER,)
        case Op.BEFORE | Op.WITHIN | Op.AFTER:
            return _of_clock(test, directive)
        case Op.IN:
            return _of_ranks(test, directive)
        case Op.EQ | Op.PRESENT | Op.SAME | Op.DIFFERENT:
            return ()


def at_edge(test: Test, edge: Edge, wanted: bool, directive: Directive, facts: Facts) -> Truth3:
    """Whether the value tested lies one unit within that edge (``wanted``: the test holds), or one unit beyond it."""
    truth = holds(test, directive, facts, {})
    if truth is Truth3.UNKNOWN:
        return Truth3.UNKNOWN
    value = facts.get(test.term)
    if value is None or (truth is Truth3.TRUE) is not wanted:
        return Truth3.FALSE
    up = (edge is Edge.UPPER) is wanted  # from within an upper edge, or from beyond a lower one, the way leads up
    return of(
        any(
            holds(test, directive, {**facts, test.term: other}, {}) is of(not wanted)
            for other in beside(value, test, up, directive)
        )
    )


def beside(value: Value, test: Test, up: bool, directive: Directive) -> Iterator[Value]:
    """What lies one unit above or below a value, for the units in which the test counts."""
    sign = 1 if up else -1
    kind = directive.term[test.term].type
    match value:
        case str() if isinstance(kind, Choice):
            ids = [option.id for option in kind.options]
            at = ids.index(value) + sign
            if 0 <= at < len(ids):
                yield ids[at]
        case bool() | str() | None:
            return
        case int():
            if _allowed(value + sign, kind):
                yield value + sign
        case datetime():
            for step in (timedelta(minutes=1), *([timedelta(days=1)] if _in_days(test, directive) else [])):
                if datetime.min + step <= value <= datetime.max - step:
                    yield value + sign * step
        case date():
            if date.min < value < date.max:
                yield value + sign * timedelta(days=1)
        case time():
            minutes = (value.hour * 60 + value.minute + sign) % _MINUTES
            yield value.replace(hour=minutes // 60, minute=minutes % 60)
        case _:
            return


def shifted(kind: Type, value: Constant, sign: int) -> Constant | None:
    """A constant of a test moved by one unit; nothing where there is no such value."""
    match value:
        case bool() | str():
            return None
        case int():
            return value + sign if _allowed(value + sign, kind) else None
        case datetime():
            step = timedelta(minutes=1)
            return value + sign * step if datetime.min + step <= value <= datetime.max - step else None
        case date():
            return value + timedelta(days=sign) if date.min < value < date.max else None
        case time():
            minutes = value.hour * 60 + value.minute + sign
            return value.replace(hour=minutes // 60, minute=minutes % 60) if 0 <= minutes < _MINUTES else None
        case _:
            assert_never(value)


def _of_clock(test: Test, directive: Directive) -> tuple[Edge, ...]:
    assert isinstance(test.operand, ClockRef)
    clock = directive.clock[test.operand.id]
    ends = clock.end is not None or clock.length is not None
    if test.op is Op.BEFORE:
        return (Edge.UPPER,) if clock.start is not None else ()
    if test.op is Op.AFTER:
        return (Edge.LOWER,) if ends else ()
    if clock.window is not None:
        return Edge.LOWER, Edge.UPPER
    return (*((Edge.LOWER,) if clock.start is not None else ()), *((Edge.UPPER,) if ends else ()))


def _of_ranks(test: Test, directive: Directive) -> tuple[Edge, ...]:
    kind = directive.term[test.term].type
    if not isinstance(kind, Choice) or not kind.ordered or not isinstance(test.operand, tuple):
        return ()
    ids = [option.id for option in kind.options]
    chosen = sorted(ids.index(str(one)) for one in test.operand)
    lower = (Edge.LOWER,) if chosen and chosen[0] > 0 else ()
    upper = (Edge.UPPER,) if chosen and chosen[-1] < len(ids) - 1 else ()
    return (*lower, *upper)


def _in_days(test: Test, directive: Directive) -> bool:
    """Whether a moment is tested by its day."""
    if not isinstance(test.operand, ClockRef):
        return False
    clock = directive.clock[test.operand.id]
    hours = clock.length is not None and clock.length.unit in (Unit.HOUR, Unit.MINUTE)
    return clock.window is None and not hours


def _allowed(value: int, kind: Type) -> bool:
    match kind:
        case Whole(_, low, high):
            return low <= value <= high
        case Length():
            return value >= 0
        case _:
            return True
