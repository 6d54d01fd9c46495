"""The comparisons of generated code, written from the kernel alone: equality, order, days and clocks."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import assert_never

from tsutatsu.backends.compiled.nodes import Guard, Names, Variable
from tsutatsu.calendar import (
    CalendarOverflow,
    Counting,
    DailyWindow,
    Period,
    Unit,
    as_tokyo,
    expiry_instant,
    last_day,
)
from tsutatsu.ir import Clock, Constant, Op, Operand

_ORDERS = {Op.LT: "<", Op.LE: "<=", Op.GT: ">", Op.GE: ">="}
_NO_DST_SINCE = 1952
"""Tokyo's clocks have not been moved since; before, an hour on the clock was not always an hour."""


def constant_test(op: Op, x: Variable, operand: Operand, names: Names) -> tuple[tuple[Guard, ...], str]:
    """A test of ``x`` alone or against a constant. A constant of another kind equals nothing: true is not 1."""
    match op:
        case Op.PRESENT:
            return (Guard(x, none=False),), f"{x.name} is not None" if x.nullable else "True"
        case Op.EQ | Op.SAME:
            return (Guard(x, none=False),), _equal(x, operand, names)
        case Op.DIFFERENT:
            return (Guard(x, none=True),), f"not {_equal(x, operand, names)}"
        case Op.IN:
            assert isinstance(operand, tuple)
            return (Guard(x, none=False),), _among(x, operand, names)
        case Op.LT | Op.LE | Op.GT | Op.GE:
            assert type(operand) is x.kind and x.kind not in (bool, str), f"{x.kind} has no order against {operand!r}"
            return (Guard(x, none=True),), f"{x.name} {_ORDERS[op]} {names.of(operand)}"
        case Op.BEFORE | Op.WITHIN | Op.AFTER:
            raise AssertionError(f"{op} asks of a clock")
        case _:
            assert_never(op)


def _equal(x: Variable, constant: object, names: Names) -> str:
    if type(constant) is not x.kind:
        return "False"
    if x.kind is bool:
        return f"{x.name} is {constant}"
    return f"({x.name} == {names.of(constant)})"


def _among(x: Variable, constants: tuple[Constant, ...], names: Names) -> str:
    alike = [one for one in constants if type(one) is x.kind]
    if not alike:
        return "False"
    if len(alike) == 1:
        return _equal(x, alike[0], names)
    return f"{x.name} in {names.of(frozenset(alike))}"


def pair_test(op: Op, x: Variable, y: Variable) -> tuple[tuple[Guard, ...], str]:
    """A test of one value against another."""
    guards = (Guard(x, none=True), Guard(y, none=True))
    alike = x.kind is y.kind
    match op:
        case Op.EQ | Op.SAME:
            return guards, f"{x.name} == {y.name}" if alike else "False"
        case Op.DIFFERENT:
            return guards, f"{x.name} != {y.name}" if alike else "True"
        case Op.LT | Op.LE | Op.GT | Op.GE:
            assert alike and x.kind not in (bool, str), f"{x.kind} has no order against {y.kind}"
            return guards, f"{x.name} {_ORDERS[op]} {y.name}"
        case Op.IN | Op.PRESENT | Op.BEFORE | Op.WITHIN | Op.AFTER:
            raise AssertionError(f"{op} takes no other term")
        case _:
            assert_never(op)


def clock_test(
    op: Op, x: Variable, clock: Clock, start: Variable | None, names: Names
) -> tuple[tuple[Guard, ...], str]:
    """Where ``x`` lies on a clock; ``start`` is the value that the clock starts from, where that is a fact."""
    if clock.window is not None:
        assert op is Op.WITHIN, f"{op} asks nothing of a daily window"
        return (Guard(x, none=True),), _in_window(x, clock.window, names)
    guards = (Guard(x, none=True),) if start is None else (Guard(x, none=True), Guard(start, none=True))
    at = _day(x)
    if start is None:
        fixed = clock.start if isinstance(clock.start, date) else None
        first = None if fixed is None else _civil(fixed)
        last = clock.end
        if clock.length is not None and first is not None:
            assert clock.counting is not None
            last = ending(clock.counting, clock.length)(first)
        return guards, _between(op, at, _or_nothing(first, names), _or_nothing(last, names))
    if clock.length is None:
        return guards, _between(op, at, _day(start), _or_nothing(clock.end, names))
    assert clock.counting is not None
    if clock.length.unit in (Unit.HOUR, Unit.MINUTE):
        assert x.kind in (date, datetime) and start.kind is datetime, "hours run from a moment"
        expiry = f"{names.of(expiring(clock.counting, clock.length))}({start.name})"
        at = x.name if x.kind is datetime else f"{names.of(_as_it_begins)}({x.name})"
        return guards, _between(op, at, start.name, expiry)
    days = _counted_days(clock.counting, clock.length)
    if days is None or (start.kind is datetime and clock.counting is Counting.EXCLUSIVE):
        return guards, _between(op, at, _day(start), f"{names.of(ending(clock.counting, clock.length))}({start.name})")
    match op:
        case Op.BEFORE:
            return guards, f"{at} < {_day(start)}"
        case Op.AFTER:
            return guards, f"({at} - {_day(start)}).days > {names.of(days)}"
        case _:
            assert op is Op.WITHIN, f"{op} takes no clock"
            return guards, f"0 <= ({at} - {_day(start)}).days <= {names.of(days)}"


def _between(op: Op, at: str, first: str | None, last: str | None) -> str:
    match op:
        case Op.BEFORE:
            return f"{at} < {first}" if first else "False"
        case Op.AFTER:
            return f"{at} > {last}" if last else "False"
        case _:
            assert op is Op.WITHIN, f"{op} takes no clock"
    if first and last:
        return f"{first} <= {at} <= {last}"
    if first:
        return f"{first} <= {at}"
    return f"{at} <= {last}" if last else "True"


def _in_window(x: Variable, window: DailyWindow, names: Names) -> str:
    hour = f"{x.name}.time()" if x.kind is datetime else x.name
    assert x.kind in (datetime, time), "only an hour lies in a daily window"
    start, end = names.of(window.start), names.of(window.end)
    if window.start < window.end:
        return f"{start} <= {hour} < {end}"
    return f"not {end} <= {hour} < {start}"


def _counted_days(counting: Counting, length: Period) -> int | None:
    """How many days the last day lies after the first, where every day counts alike: creation + n - 1 days, 起算."""
    days = {Unit.DAY: 1, Unit.WEEK: 7}.get(length.unit, 0) * length.n
    if not days:
        return None
    match counting:
        case Counting.INCLUSIVE:
            return days - 1
        case Counting.EXCLUSIVE:
            return days
        case Counting.INSTANT | Counting.FISCAL_NEXT | Counting.CALENDAR_NEXT | Counting.AGE:
            return None
        case _:
            assert_never(counting)


@cache
def ending(counting: Counting, length: Period) -> Callable[[date], date]:
    """From a day to the last day of a length that runs from it; an end past the calendar never comes.

    A moment at midnight is the start of its day, which then counts (民法140条ただし書)."""

    def ends(first: date) -> date:
        rule = counting
        if isinstance(first, datetime):
            if counting is Counting.EXCLUSIVE and first.time() == time():
                rule = Counting.INCLUSIVE
            first = first.date()
        try:
            return last_day(first, rule, length)
        except CalendarOverflow:
            return date.max

    return ends


@cache
def expiring(counting: Counting, length: Period) -> Callable[[datetime], datetime]:
    """From a moment to the instant at which hours or minutes from it are over."""
    delta = timedelta(hours=length.n) if length.unit is Unit.HOUR else timedelta(minutes=length.n)

    def expires(start: datetime) -> datetime:
        try:
            if start.year >= _NO_DST_SINCE:
                return start + delta
            return as_tokyo(expiry_instant(start, counting, length)).replace(tzinfo=None)
        except (CalendarOverflow, OverflowError):
            return datetime.max

    return expires


def _as_it_begins(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _day(x: Variable) -> str:
    return f"{x.name}.date()" if x.kind is datetime else x.name


def _civil(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _or_nothing(day: date | None, names: Names) -> str | None:
    return None if day is None else names.of(day)
