"""Days on which offices are closed, and deadlines that move past them.

Saturdays, Sundays and 29 December to 3 January are closed by rule (行政機関の休日に関する法律1条; 地方自治法4条の2 and
the ordinances under it). The national holidays are always handed in, and whoever hands them in answers for their
covering the days asked about. A deadline moves only where a statute says so: nothing here is applied unasked.
"""

from __future__ import annotations

from datetime import date, timedelta

from tsutatsu.calendar.refusals import MeaninglessLength, overflow, printable
from tsutatsu.calendar.tokyo import civil_day
from tsutatsu.words import Words

__all__ = ["add_business_days", "extend_to_business_day", "is_closed", "next_business_day"]

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


def is_closed(day: date, holidays: frozenset[date]) -> bool:
    """Whether offices are closed on `day`, given the national holidays."""
    plain = civil_day(day)
    return (
        plain.weekday() >= _SATURDAY
        or (plain.month == 12 and plain.day >= 29)
        or (plain.month == 1 and plain.day <= 3)
        or plain in holidays
    )


def extend_to_business_day(day: date, closed: frozenset[date]) -> date:
    """`day` where offices are open on it, else the first day after it on which they are.

    `closed` lists the national holidays; the weekends and the turn of the year are added by rule.
    """
    plain = civil_day(day)
    while is_closed(plain, closed):
        if plain == date.max:
            raise overflow(f"{civil_day(day).isoformat()}の翌開庁日")
        plain += _ONE_DAY
    return plain


def next_business_day(day: date, closed: frozenset[date]) -> date:
    """翌開庁日: the first day after `day` on which offices are open."""
    plain = civil_day(day)
    if plain == date.max:
        raise overflow(f"{plain.isoformat()}の翌開庁日")
    return extend_to_business_day(plain + _ONE_DAY, closed)


def add_business_days(day: date, n: int, closed: frozenset[date]) -> date:
    """The `n`th day after `day` on which offices are open, `day` itself not counted."""
    if n < 1:
        raise MeaninglessLength(
            Words(
                f"開庁日の数{printable(n)}は1以上でなければならない。",
                f"Count at least 1 open day, not {printable(n)}.",
            )
        )
    plain = civil_day(day)
    if n > (date.max - plain).days:
        raise overflow(f"{plain.isoformat()} + {printable(n)}開庁日")
    for _ in range(n):
        plain = next_business_day(plain, closed)
    return plain
