"""The eras since the Gregorian calendar was adopted, and the era name of a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from tsutatsu.calendar.refusals import LunisolarDay
from tsutatsu.words import Words

__all__ = ["ERAS", "FIRST_GREGORIAN_DAY", "Era", "era_of", "to_wareki"]

FIRST_GREGORIAN_DAY = dt.date(1873, 1, 1)


@dataclass(frozen=True, slots=True)
class Era:
    """An era and the days it named; `end` is None while it runs."""

    name: str
    letter: str
    start: dt.date
    end: dt.date | None

    @property
    def year_zero(self) -> int:
        """The Gregorian year to which an era year is added: 令和7年 is 2018 + 7."""
        return self.start.year - 1


ERAS: tuple[Era, ...] = (
    Era("明治", "M", dt.date(1868, 1, 25), dt.date(1912, 7, 29)),
    Era("大正", "T", dt.date(1912, 7, 30), dt.date(1926, 12, 24)),
    Era("昭和", "S", dt.date(1926, 12, 25), dt.date(1989, 1, 7)),
    Era("平成", "H", dt.date(1989, 1, 8), dt.date(2019, 4, 30)),
    Era("令和", "R", dt.date(2019, 5, 1), None),
)


def era_of(day: dt.date) -> Era:
    """The era that names `day`; a day before 1873-01-01 is refused with `LunisolarDay`."""
    plain = dt.date(day.year, day.month, day.day)
    if plain >= FIRST_GREGORIAN_DAY:
        for era in reversed(ERAS):
            if plain >= era.start:
                return era
    raise LunisolarDay(
        Words(
            f"{plain.isoformat()}は明治6年1月1日より前で、元号の日付に直せない。西暦で書く。",
            f"{plain.isoformat()} is before 1873-01-01 and has no era date in today's months; "
            "write it in the western calendar.",
        )
    )


def era_year(era: Era, year: int) -> str:
    """The Gregorian `year` in words of `era`: 令和元, 令和7."""
    number = year - era.year_zero
    return f"{era.name}{'元' if number == 1 else number}"


def to_wareki(day: dt.date) -> str:
    """`day` as a circular prints it: 令和7年1月10日, the first year of an era as 元年.

    A day before 1873-01-01 is refused with `LunisolarDay`.
    """
    return f"{era_year(era_of(day), day.year)}年{day.month}月{day.day}日"
