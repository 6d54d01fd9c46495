"""The administrative year, 1 April to 31 March, and the retention periods that run by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Final

from tsutatsu.calendar.lengths import Period, Unit
from tsutatsu.calendar.periods import Counting, last_day
from tsutatsu.calendar.refusals import overflow, printable
from tsutatsu.calendar.tokyo import civil_day

__all__ = ["FiscalYear", "calendar_year_end", "fiscal_year_end", "retention_counted", "retention_end"]

_RETENTION: Final = (Counting.FISCAL_NEXT, Counting.CALENDAR_NEXT)


@dataclass(frozen=True, slots=True)
class FiscalYear:
    """年度, named by the Gregorian year it begins in: 令和6年度 is 2024. Refused where a day of it has no name."""

    year: int

    def __post_init__(self) -> None:
        if not MINYEAR <= self.year < MAXYEAR:
            raise overflow(f"{printable(self.year)}年度")

    @classmethod
    def of(cls, day: date) -> FiscalYear:
        """The 年度 to which `day` belongs."""
        plain = civil_day(day)
        return cls(plain.year if plain.month >= 4 else plain.year - 1)

    @property
    def first(self) -> date:
        """1 April."""
        return date(self.year, 4, 1)

    @property
    def last(self) -> date:
        """年度末, 31 March of the year after."""
        return date(self.year + 1, 3, 31)

    def contains(self, day: date) -> bool:
        """Whether `day` belongs to this 年度."""
        return self.first <= civil_day(day) <= self.last


def fiscal_year_end(day: date) -> date:
    """The last day of the 年度 to which `day` belongs."""
    return FiscalYear.of(day).last


def calendar_year_end(day: date) -> date:
    """31 December of the year of `day`."""
    return date(civil_day(day).year, 12, 31)


def retention_end(issued: date, years: int, counting: Counting) -> date:
    """The last day a record issued on `issued` is kept for `years` years.

    Offices that file by 年度 count 翌年度起算, those that file by the year 翌年起算; the policy says which.
    """
    return last_day(issued, counting, Period(years, Unit.YEAR))


def retention_counted(issued: date, years: int) -> Mapping[Counting, date]:
    """The last day a record is kept, by each of the two ways in which offices count it, 翌年度起算 first."""
    return {counting: retention_end(issued, years, counting) for counting in _RETENTION}
