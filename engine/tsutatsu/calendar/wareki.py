"""Reading a date as circulars print it, era dates above all, without guessing and without losing what was printed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from tsutatsu.calendar.eras import ERAS, FIRST_GREGORIAN_DAY, Era, era_of, era_year, to_wareki
from tsutatsu.calendar.fiscal import FiscalYear
from tsutatsu.calendar.months import month_length
from tsutatsu.calendar.numerals import read_number
from tsutatsu.words import Words

__all__ = ["STATUS_WORDS", "Kind", "Reading", "Status", "read_wareki", "to_wareki"]

_LONGEST_TEXT = 200


class Kind(Enum):
    """What sort of thing was printed, whether or not it can be resolved."""

    DATE = "date"
    MONTH = "month"
    YEAR = "year"
    FISCAL_YEAR = "fiscal_year"
    RELATIVE = "relative"
    NONE = "none"


class Status(Enum):
    """How far the text can be trusted as a date; `STATUS_WORDS` has the sentence for each."""

    OK = "ok"
    NOMINAL_BEYOND_ERA = "nominal_beyond_era"
    BEFORE_ERA = "before_era"
    INVALID_DATE = "invalid_date"
    LUNISOLAR = "lunisolar"
    AMBIGUOUS = "ambiguous"
    NOT_A_DATE = "not_a_date"


STATUS_WORDS: Mapping[Status, Words] = MappingProxyType(
    {
        Status.OK: Words("そのまま読める。", "It reads as it stands."),
        Status.NOMINAL_BEYOND_ERA: Words(
            "その元号が終わった後の日付。通し年数として読み替える。",
            "The era had ended by then; it is resolved by counting its years on.",
        ),
        Status.BEFORE_ERA: Words(
            "その元号がまだ始まっていない日付。元号か年を確かめる。",
            "The era had not begun by then; check the era or the year.",
        ),
        Status.INVALID_DATE: Words(
            "暦にない日付。年月日を確かめる。", "There is no such day; check year, month and day."
        ),
        Status.LUNISOLAR: Words(
            "明治6年より前の旧暦の日付で、今の暦の日に直せない。西暦の日付で書く。",
            "Before 1873 the months were lunisolar; write the western date.",
        ),
        Status.AMBIGUOUS: Words(
            "一つの日や期間に決まらない。元号、年、月、日を省かずに書く。",
            "It does not settle one day or span; write era, year, month and day in full.",
        ),
        Status.NOT_A_DATE: Words(
            "日付として読めない。「令和7年1月10日」か「2025-01-10」のように書く。",
            "It is not a date; write 令和7年1月10日 or 2025-01-10.",
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a printed date says.

    `literal` is the text as given, always kept. `date` is set for a day that exists, also under a doubtful `status`;
    `first` and `last` for a month, year or 年度, cut to the era where an era changes inside it. `canonical` is the same
    date in the era of its own day.
    """

    literal: str
    kind: Kind
    date: dt.date | None
    first: dt.date | None
    last: dt.date | None
    status: Status
    canonical: str | None

    @property
    def usable(self) -> bool:
        """Whether a policy may rest on it: it reads as it stands, or past its era's end (平成36年)."""
        return self.status in (Status.OK, Status.NOMINAL_BEYOND_ERA)


_NUMBER = "(?:[0-9]+|[〇零一二三四五六七八九十百千壱壹弐貳参參拾]+)"
_ERA = "(?P<era>明治|大正|昭和|平成|令和|慶応|慶應|[明大昭平令慶MTSHR])"
_IN_WORDS = (
    f"{_ERA}?(?P<year>元|{_NUMBER})年"
    f"(?:(?P<fiscal>度)(?P<fiscal_end>末日?)?|(?P<month>{_NUMBER})月(?:(?P<day>{_NUMBER})日|(?P<month_end>末日?))?)?"
)
_IN_POINTS = rf"{_ERA}?\s*(?P<year>元|{_NUMBER})(?P<mark>[.・/-])(?P<month>{_NUMBER})(?P=mark)(?P<day>{_NUMBER})"
_RELATIVE = (
    "(?:(?:翌々|翌|同|前|先|昨|来|本|当該|当|今)(?P<lean>年度?|月|日))?"
    f"(?:(?P<month>{_NUMBER})月)?(?:(?P<day>{_NUMBER})日|(?P<end>末日?))?"
)
# Hyphens and minus signs of every length mean the one in 2025-07-24; zero-width marks mean nothing.
_SIGNS = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-") | dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"), "")
_BY_NAME = {era.name: era for era in ERAS} | {era.name[0]: era for era in ERAS} | {era.letter: era for era in ERAS}


def read_wareki(text: str) -> Reading:
    """What `text`, taken whole, says as a date. Never raises; text of more than 200 characters is not a date.

    Read are era dates in full (令和7年1月10日), by initial (昭六三・一二・一三, R6.9.13) and past their era's end
    (平成36年), years, months, 年度, 末日, and western dates (2025-07-24, 2025年7月24日); in any width, in kanji
    figures, and with spaces or a line break inside. A date that leans on another (翌年3月31日) is left ambiguous.
    """
    if len(text) > _LONGEST_TEXT:
        return _unresolved(text, Kind.NONE, Status.NOT_A_DATE)
    printed = unicodedata.normalize("NFKC", text).translate(_SIGNS).strip().upper()
    if found := re.fullmatch(_IN_WORDS, "".join(printed.split())):
        return _read_in_words(text, found)
    if found := re.fullmatch(_IN_POINTS, re.sub(r"\s*([.・/-])\s*", r"\1", printed)):
        return _read_in_points(text, found)
    if found := re.fullmatch(_RELATIVE, "".join(printed.split())):
        return _read_relative(text, found)
    return _unresolved(text, Kind.NONE, Status.NOT_A_DATE)


def _read_in_words(text: str, found: re.Match[str]) -> Reading:
    kind = _kind(found)
    year = _year(found)
    if year is Status.AMBIGUOUS and kind is not Kind.DATE:
        return _unresolved(text, Kind.NONE, Status.NOT_A_DATE)  # 10年, 3年6月: as likely a length
    if isinstance(year, Status):
        return _unresolved(text, Kind.RELATIVE if year is Status.AMBIGUOUS else kind, year)
    mark, month_end = found["era"], bool(found["month_end"])
    month = read_number(found["month"] or "")
    if kind is Kind.FISCAL_YEAR:
        return _fiscal_year(text, mark, year)
    if kind is Kind.YEAR:
        return _span(text, kind, mark, dt.date(year, 1, 1), dt.date(year, 12, 31))
    if found["fiscal_end"]:
        return _date(text, mark, year + 1, 3, 31)
    if month is None or not 1 <= month <= 12:
        return _unresolved(text, kind, Status.INVALID_DATE)
    length = month_length(year, month)
    if kind is Kind.MONTH:
        return _span(text, kind, mark, dt.date(year, month, 1), dt.date(year, month, length))
    return _date(text, mark, year, month, length if month_end else read_number(found["day"]))


def _kind(found: re.Match[str]) -> Kind:
    if found["fiscal"]:
        return Kind.DATE if found["fiscal_end"] else Kind.FISCAL_YEAR
    if found["month"]:
        return Kind.DATE if found["day"] or found["month_end"] else Kind.MONTH
    return Kind.YEAR


def _read_in_points(text: str, found: re.Match[str]) -> Reading:
    year = _year(found)
    if isinstance(year, Status):
        if year is Status.AMBIGUOUS:  # 3.1.4 may be a heading number as well as a date
            return _unresolved(text, Kind.NONE, Status.NOT_A_DATE)
        return _unresolved(text, Kind.DATE, year)
    return _date(text, found["era"], year, read_number(found["month"]), read_number(found["day"]))


def _read_relative(text: str, found: re.Match[str]) -> Reading:
    lean, month, day, end = found["lean"], found["month"], found["day"], found["end"]
    match lean:
        case None:
            whole = bool(month) and bool(day or end)
        case "年" | "年度":
            whole = bool(month) or (not day and (not end or lean == "年度"))
        case "月":
            whole = not month
        case _:
            whole = not (month or day or end)
    if not whole:
        return _unresolved(text, Kind.NONE, Status.NOT_A_DATE)
    in_some_leap_year = _date(text, None, 2024, read_number(month) if month else 1, read_number(day) if day else 1)
    possible = in_some_leap_year.status is Status.OK
    return _unresolved(text, Kind.RELATIVE, Status.AMBIGUOUS if possible else Status.INVALID_DATE)


def _year(found: re.Match[str]) -> int | Status:
    """The Gregorian year printed, or why there is none: no era and too few figures, lunisolar, or no such year."""
    mark, figures = found["era"], found["year"]
    number = 1 if figures == "元" else read_number(figures)
    if number is None:
        return Status.INVALID_DATE
    if mark is None:
        if figures == "元" or (len(figures) < 4 and number < 1000):
            return Status.AMBIGUOUS
        return number if dt.MINYEAR <= number <= dt.MAXYEAR else Status.INVALID_DATE
    era = _BY_NAME.get(mark)
    if era is None:
        return Status.LUNISOLAR
    year = era.year_zero + number
    if number < 1 or year > dt.MAXYEAR:
        return Status.INVALID_DATE
    return Status.LUNISOLAR if year < FIRST_GREGORIAN_DAY.year else year


def _date(text: str, mark: str | None, year: int, month: int | None, day: int | None) -> Reading:
    try:
        date = dt.date(year, month or 0, day or 0)
    except (ValueError, OverflowError):
        return _unresolved(text, Kind.DATE, Status.INVALID_DATE)
    canonical = to_wareki(date) if date >= FIRST_GREGORIAN_DAY else None
    return Reading(text, Kind.DATE, date, None, None, _standing(mark, date, date), canonical)


def _span(text: str, kind: Kind, mark: str | None, first: dt.date, last: dt.date) -> Reading:
    """A year or month; one cut short by its era says which days it can mean, and is ambiguous."""
    status = _standing(mark, first, last)
    if mark and status is Status.OK:
        era = _BY_NAME[mark]
        cut_first, cut_last = max(first, era.start), min(last, era.end or last)
        if (cut_first, cut_last) != (first, last):
            first, last, status = cut_first, cut_last, Status.AMBIGUOUS
    canonical = None
    if first >= FIRST_GREGORIAN_DAY and era_of(first) is era_of(last):
        tail = "" if kind is Kind.YEAR else f"{first.month}月"
        canonical = f"{era_year(era_of(first), first.year)}年{tail}"
    return Reading(text, kind, None, first, last, status, canonical)


def _fiscal_year(text: str, mark: str | None, year: int) -> Reading:
    """A 年度, never cut: it keeps its whole length over a change of era, and takes the name the year ends under."""
    if year == dt.MAXYEAR:
        return _unresolved(text, Kind.FISCAL_YEAR, Status.INVALID_DATE)
    whole = FiscalYear(year)
    named_on = dt.date(year, 12, 31)
    canonical = f"{era_year(era_of(named_on), year)}年度" if named_on >= FIRST_GREGORIAN_DAY else None
    status = _standing(mark, whole.first, whole.last)
    return Reading(text, Kind.FISCAL_YEAR, None, whole.first, whole.last, status, canonical)


def _standing(mark: str | None, first: dt.date, last: dt.date) -> Status:
    """How the days from `first` to `last` lie to the era printed."""
    era: Era | None = _BY_NAME[mark] if mark else None
    if era is None:
        return Status.OK
    if last < era.start:
        return Status.BEFORE_ERA
    return Status.NOMINAL_BEYOND_ERA if era.end is not None and first > era.end else Status.OK


def _unresolved(text: str, kind: Kind, status: Status) -> Reading:
    return Reading(text, kind, None, None, None, status, None)
