"""What one test of one term means."""

from datetime import date, datetime, time, timedelta
from typing import assert_never, cast

from tsutatsu.calendar import CalendarOverflow, Unit, day_of, expiry_instant, last_day
from tsutatsu.ir import Clock, ClockRef, Directive, Facts, Op, RecordList, TermRef, Test, Value
from tsutatsu.semantics.truth import FALSE, UNKNOWN, Truth3, of


def tested(test: Test, directive: Directive, facts: Facts) -> Truth3:
    """Unknown on an unknown term; false on none; otherwise the plain comparison."""
    if test.term not in facts:
        return UNKNOWN
    value = facts[test.term]
    if test.op is Op.PRESENT:
        return of(value is not None)
    if value is None:
        return FALSE
    match test.operand:
        case TermRef(other):
            if other not in facts:
                return UNKNOWN
            against = facts[other]
            return FALSE if against is None else of(_compare(test.op, value, against))
        case ClockRef(name):
            return _clocked(test.op, value, directive.clock[name], facts)
        case constant:
            return of(_compare(test.op, value, constant))


def _compare(op: Op, value: Value, against: object) -> bool:
    match op:
        case Op.EQ | Op.SAME:
            return _key(value) == _key(against)
        case Op.DIFFERENT:
            return _key(value) != _key(against)
        case Op.IN:
            return _key(value) in [_key(one) for one in _several(against)]
        case Op.LT:
            return _order(value) < _order(against)
        case Op.LE:
            return _order(value) <= _order(against)
        case Op.GT:
            return _order(value) > _order(against)
        case Op.GE:
            return _order(value) >= _order(against)
        case Op.PRESENT | Op.BEFORE | Op.WITHIN | Op.AFTER:
            raise AssertionError(f"{op} takes no such operand")
        case _:
            assert_never(op)


def _several(against: object) -> tuple[object, ...]:
    assert isinstance(against, tuple)
    return cast("tuple[object, ...]", against)


def _key(value: object) -> tuple[type, object]:
    """Equality that never mixes kinds: true is not 1."""
    return type(value), value


def _order(value: object) -> int:
    """Where an ordered value lies on its own scale; two values of one term's type are of one kind."""
    match value:
        case bool() | None | RecordList() | str():
            raise AssertionError(f"{value!r} has no order")
        case int():
            return value
        case datetime():
            return (value - datetime.min) // timedelta(microseconds=1)
        case date():
            return value.toordinal()
        case time():
            return ((value.hour * 60 + value.minute) * 60 + value.second) * 1_000_000 + value.microsecond
        case _:
            raise AssertionError(f"{value!r} has no order")


def _clocked(op: Op, value: Value, clock: Clock, facts: Facts) -> Truth3:
    """Before its start, within it (both ends included), or after its end; an end past the calendar never comes."""
    if clock.window is not None:
        assert op is Op.WITHIN
        hour = value.time() if isinstance(value, datetime) else value
        assert isinstance(hour, time)
        return of(clock.window.contains(hour))
    start: Value = clock.start if not isinstance(clock.start, str) else None
    if isinstance(clock.start, str):
        if clock.start not in facts:
            return UNKNOWN
        start = facts[clock.start]
        if start is None:
            return FALSE
    assert isinstance(value, date) and (start is None or isinstance(start, date))
    if clock.length is not None and clock.length.unit in (Unit.HOUR, Unit.MINUTE):
        assert isinstance(start, datetime)
        at = value if isinstance(value, datetime) else datetime.combine(value, time())  # a day stands as it begins
        return _placed(op, at, start, end_of(clock, start))
    return _placed(op, _day(value), None if start is None else _day(start), end_of(clock, start))


def end_of(clock: Clock, start: date | None) -> date | None:
    """The last day of a clock that starts then, or the instant its hours are over; none where it never ends."""
    if clock.length is None or start is None:
        return clock.end
    assert clock.counting is not None
    try:
        if isinstance(start, datetime) and clock.length.unit in (Unit.HOUR, Unit.MINUTE):
            return expiry_instant(start, clock.counting, clock.length).replace(tzinfo=None)
        return last_day(start, clock.counting, clock.length)  # a moment at midnight counts its own day (民法140条)
    except CalendarOverflow:
        return None


def _placed(op: Op, at: date, first: date | None, last: date | None) -> Truth3:
    before = first is not None and at < first
    after = last is not None and at > last
    match op:
        case Op.BEFORE:
            return of(before)
        case Op.AFTER:
            return of(after)
        case _:
            assert op is Op.WITHIN
            return of(not before and not after)


def _day(value: Value) -> date:
    if isinstance(value, datetime):
        return day_of(value)
    assert isinstance(value, date)
    return value
