"""Days and hours as they are kept in Tokyo."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tsutatsu.calendar.refusals import EmptyWindow, ZonedTime, overflow
from tsutatsu.words import Words

__all__ = ["TOKYO", "DailyWindow", "as_tokyo", "civil_day", "day_of", "time_of"]


def _zone() -> tzinfo:
    try:
        return ZoneInfo("Asia/Tokyo")
    except (ZoneInfoNotFoundError, OSError):  # Windows without tzdata; the offset has been +09:00 since 1951
        return timezone(timedelta(hours=9), "Asia/Tokyo")


TOKYO: tzinfo = _zone()


def as_tokyo(moment: datetime) -> datetime:
    """`moment` on the clock in Tokyo; one without a zone is taken to be Tokyo's already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=TOKYO)
    try:
        return moment.astimezone(TOKYO)
    except (OverflowError, ValueError) as error:
        raise overflow(moment.isoformat()) from error


def day_of(moment: datetime) -> date:
    """The calendar day it is in Tokyo at `moment`."""
    return moment.date() if moment.tzinfo is None else as_tokyo(moment).date()


def time_of(moment: datetime) -> time:
    """The time of day it is in Tokyo at `moment`."""
    return moment.time() if moment.tzinfo is None else as_tokyo(moment).time()


def civil_day(day: date) -> date:
    """`day` itself, or the day in Tokyo of a moment given where a day is meant."""
    return day_of(day) if isinstance(day, datetime) else day


def later(moment: datetime, length: timedelta) -> datetime:
    """The instant `length` after `moment`, on the clock in Tokyo; real time, whatever the clock did between."""
    try:
        return (as_tokyo(moment).astimezone(UTC) + length).astimezone(TOKYO)
    except (OverflowError, ValueError) as error:
        raise overflow(moment.isoformat()) from error


def _plain(at: time) -> None:
    if at.tzinfo is not None:
        raise ZonedTime(
            Words(
                f"{at.isoformat()}は時差が付いている。東京の時刻を、時差を付けずに書く。",
                f"{at.isoformat()} carries a zone; give the time of day in Tokyo, without one.",
            )
        )


@dataclass(frozen=True, slots=True)
class DailyWindow:
    """Hours that come round every day, from `start` up to but not including `end`; 17:15 to 8:30 runs over midnight.

    Both are times of day in Tokyo. An `end` of 00:00 is the end of the day.
    """

    start: time
    end: time

    def __post_init__(self) -> None:
        _plain(self.start)
        _plain(self.end)
        if self.start == self.end:
            raise EmptyWindow(
                Words(
                    "始まりと終わりが同じ時刻では、終日か無かが決まらない。時間帯を書かないか、別の時刻にする。",
                    "A window that ends when it starts is either the whole day or nothing; "
                    "leave it out or give two different times.",
                )
            )

    def contains(self, at: time) -> bool:
        """Whether the time of day `at` falls in the window; the start does, the end does not."""
        _plain(at)
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def closing(self, moment: datetime) -> datetime | None:
        """The instant at which the window open at `moment` closes; None when it is not open then."""
        at = time_of(moment)
        if not self.contains(at):
            return None
        day = day_of(moment)
        if self.end <= at:
            if day == date.max:
                raise overflow(moment.isoformat())
            day += timedelta(days=1)
        return datetime.combine(day, self.end, TOKYO)
