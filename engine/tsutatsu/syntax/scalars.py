"""A value read as the type expected of it. Each reader gives nothing for text that is not of its form."""

import re
from datetime import date, datetime, time

from tsutatsu.calendar import Kind, read_wareki
from tsutatsu.syntax.nodes import Scalar

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_DATETIME = re.compile(r"(?:([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]|(.{1,30}?(?: +|(?<=日))))([0-9]{1,2}:[0-9]{2})")
_LONGEST = 40


def as_bool(scalar: Scalar) -> bool | None:
    """``true`` or ``false`` without quotes; nothing else (not ``yes``, ``on`` or ``True``)."""
    return {"true": True, "false": False}.get(scalar.text) if scalar.plain else None


def as_int(scalar: Scalar) -> int | None:
    """A decimal integer of at most 15 digits without quotes; no leading zero, ``_``, ``+``, or other base."""
    return int(scalar.text) if scalar.plain and _INTEGER.fullmatch(scalar.text) else None


def as_date(scalar: Scalar) -> date | None:
    """A day that exists, written as 2025-07-24 or as an era date (令和7年7月24日), quoted or not."""
    return _day(scalar.text)


def as_time(scalar: Scalar) -> time | None:
    """A time of day as 22:00, quoted or not; 24:00 is none."""
    return _clock(scalar.text)


def as_datetime(scalar: Scalar) -> datetime | None:
    """A day and a time, 2025-07-24T22:00 or 令和7年7月24日 22:00, on the clock in Tokyo and so without a zone."""
    if len(scalar.text) > _LONGEST or not (found := _DATETIME.fullmatch(scalar.text)):
        return None
    day, at = _day((found[1] or found[2]).strip()), _clock(found[3])
    return datetime.combine(day, at) if day is not None and at is not None else None


def _day(text: str) -> date | None:
    if len(text) > _LONGEST:
        return None
    reading = read_wareki(text)
    return reading.date if reading.kind is Kind.DATE and reading.usable else None


def _clock(text: str) -> time | None:
    found = _TIME.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return time(int(found[1]), int(found[2]))
