"""Days on the command line: today as Tokyo has it, and dates as people write and read them."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from unicodedata import normalize

from tsutatsu.calendar import STATUS_WORDS, TOKYO, CalendarRefusal, Status, as_tokyo, read_wareki, to_wareki
from tsutatsu.cli.language import lang, misuse
from tsutatsu.cli.paper import err
from tsutatsu.diagnostics import finding

_WITHIN: Final = re.compile(r"([0-9]{1,5})(?:d|日|days?)?")
_HOUR: Final = re.compile(
    r"(?P<day>.+?)(?:\s+|の|(?<=日))(?P<hour>[0-9]{1,2})(?:時(?:(?P<minute>[0-9]{1,2})分|(?P<half>半))?|:(?P<past>[0-9]{2}))"
)
_ISO: Final = re.compile(r" ?(?<![\w（(:/.-])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![\w）):/.-]) ?", re.ASCII)


def today() -> date:
    """The day it is in Tokyo."""
    return datetime.now(TOKYO).date()


def day_given(text: str | None, what: str) -> date | None:
    """The day that an option gives; nothing where it was not given. A day beyond its era is taken, and said so."""
    if text is None:
        return None
    read = read_wareki(text.strip())
    if read.date is None or not read.usable:
        words = STATUS_WORDS[read.status]
        raise misuse("TS638", what=what, value=text, why=words.ja, why_en=words.en)
    if read.status is Status.NOMINAL_BEYOND_ERA:
        from tsutatsu.cli.rendering import show_finding

        show_finding(err(), finding("TS646", what=what, value=text.strip(), day=_with_era(read.date), day_en=read.date))
    return read.date


def now() -> datetime:
    """The moment it is in Tokyo."""
    return datetime.now(TOKYO)


def moment_given(text: str | None, what: str) -> datetime | None:
    """The moment that an option gives: a day (its first moment), or a day, then T or a blank, then an hour.

    An hour may carry its offset; without one it is Tokyo's. It may also be said as 22時15分, right after the day.
    """
    if text is None:
        return None
    said = text.strip().replace("T", " ")
    found_hour = _HOUR.fullmatch(normalize("NFKC", said))
    day, _, hour = said.rpartition(" ")
    if found_hour is not None:
        minute = "30" if found_hour["half"] else found_hour["minute"] or found_hour["past"] or "0"
        day, hour = found_hour["day"].strip(), f"{int(found_hour['hour']):02}:{int(minute):02}"
    try:
        at = time.fromisoformat(hour)
    except ValueError:
        day, at = said, time()
    found = day_given(day or said, what)
    assert found is not None
    moment = datetime.combine(found, at)
    try:
        as_tokyo(moment)
    except CalendarRefusal as refusal:  # on the first or the last day that there is, in another zone
        raise misuse("TS638", what=what, value=text, why=refusal.words.ja, why_en=refusal.words.say("en")) from None
    return moment


def told_moment(moment: datetime) -> str:
    """A moment as people read it."""
    return f"{told_day(moment.date())} {moment:%H:%M}"


def days_given(text: str, what: str) -> timedelta:
    """A number of days: 90d, 90日 or 90."""
    found = _WITHIN.fullmatch(text.strip())
    if found is None:
        raise misuse("TS623", what=what, value=text, known="90d, 90日", near="", near_en="")
    return timedelta(days=int(found[1]))


def told_day(day: date) -> str:
    """A day as people read it: in Japanese with its era."""
    return day.isoformat() if lang() == "en" else _with_era(day)


def _with_era(day: date) -> str:
    try:
        return f"{to_wareki(day)}（{day.isoformat()}）"
    except CalendarRefusal:
        return day.isoformat()


def told_days(sentence: str) -> str:
    """A sentence, the plain dates in it told as all others are."""
    if lang() == "en":
        return sentence
    return _ISO.sub(_told, sentence)


def _told(found: re.Match[str]) -> str:
    try:
        return told_day(date.fromisoformat(found[1]))
    except ValueError:
        return found[1]
