"""Moments as a case holds them: to the second, as Tokyo's clocks show them, without a zone; passed in, never taken."""

from datetime import date, datetime, timedelta

from tsutatsu.calendar import CalendarOverflow, as_tokyo, earliest_after
from tsutatsu.ir import Clock, Facts
from tsutatsu.semantics import end_of


def at_tokyo(moment: datetime) -> datetime:
    """The moment as it is held."""
    return as_tokyo(moment).replace(tzinfo=None, microsecond=0, fold=0)


def too_late(last: date | None) -> datetime | None:
    """The first moment that is too late: the midnight after a last day, the second after an instant still in time."""
    if last is None:
        return None
    if isinstance(last, datetime):
        return last + timedelta(seconds=1)
    return _after(last)


def run_out(clock: Clock, facts: Facts) -> datetime | None:
    """The first moment at which the clock has run out on these facts; nothing where it has no end that they give."""
    if clock.window is not None:
        return None
    start = facts.get(clock.start) if isinstance(clock.start, str) else clock.start
    if isinstance(clock.start, str) and not isinstance(start, date):
        return None
    end = end_of(clock, start if isinstance(start, date) else None)
    if end is None or isinstance(end, datetime):
        return end
    return _after(end)


def _after(last: date) -> datetime | None:
    try:
        return earliest_after(last).replace(tzinfo=None)
    except CalendarOverflow:
        return None
