"""Days on the command line: today as Tokyo has it, and dates as people write and read them."""

import re
from datetime import date, datetime, timedelta
from typing import Final

from tsutatsu.calendar import STATUS_WORDS, TOKYO, CalendarRefusal, read_wareki, to_wareki
from tsutatsu.cli.language import misuse, say

_WITHIN: Final = re.compile(r"([0-9]{1,5})(?:d|日|days?)?")


def today() -> date:
    """The day it is in Tokyo."""
    return datetime.now(TOKYO).date()


def day_given(text: str | None, what: str) -> date | None:
    """The day that an option gives; nothing where it was not given."""
    if text is None:
        return None
    read = read_wareki(text.strip())
    if read.date is None or not read.usable:
        words = STATUS_WORDS[read.status]
        raise misuse("TS638", what=what, value=text, why=words.ja, why_en=words.en)
    return read.date


def days_given(text: str, what: str) -> timedelta:
    """A number of days: 90d, 90日 or 90."""
    found = _WITHIN.fullmatch(text.strip())
    if found is None:
        raise misuse("TS623", what=what, value=text, known="90d, 90日", near="", near_en="")
    return timedelta(days=int(found[1]))


def told_day(day: date) -> str:
    """A day as people read it: in Japanese with its era."""
    try:
        era = to_wareki(day)
    except CalendarRefusal:
        return day.isoformat()
    return say(f"{era}（{day.isoformat()}）", day.isoformat())
