"""Lengths of time as circulars print them: 90日間, 三か月, 24時間."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType

from tsutatsu.calendar.numerals import read_number
from tsutatsu.calendar.refusals import MeaninglessLength, printable
from tsutatsu.words import Words

__all__ = ["UNIT_WORDS", "Period", "Unit", "parse_period"]

_LONGEST_TEXT = 40
# Kept as text: `re` compiles and remembers them at the first use, which many runs never reach.
_JAPANESE = (
    "([0-9]+|[〇零一二三四五六七八九十百千壱壹弐貳参參拾]+)"
    "(?:(日)間?|(週)間?|(?:[かカヵヶケ箇個]?)(月)間?|(?:[かカヵヶケ箇個]?)(年)間?|(時)間|(分)間?)"
)
_ENGLISH = "([0-9]+) ?(day|week|month|year|hour|minute)s?"


class Unit(Enum):
    """What a length is counted in. Days and longer end with a day; hours and minutes end at an instant."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    HOUR = "hour"
    MINUTE = "minute"


UNIT_WORDS: Mapping[Unit, Words] = MappingProxyType(
    {
        Unit.DAY: Words("日", "day"),
        Unit.WEEK: Words("週間", "week"),
        Unit.MONTH: Words("か月", "month"),
        Unit.YEAR: Words("年", "year"),
        Unit.HOUR: Words("時間", "hour"),
        Unit.MINUTE: Words("分", "minute"),
    }
)
_MARKS = {"日": Unit.DAY, "週": Unit.WEEK, "月": Unit.MONTH, "年": Unit.YEAR, "時": Unit.HOUR, "分": Unit.MINUTE}


@dataclass(frozen=True, slots=True)
class Period:
    """`n` units of time, as printed: 90日 and 3か月 are different lengths and are never turned into each other."""

    n: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.n < 1:
            raise MeaninglessLength(
                Words(
                    f"期間の長さ{printable(self.n)}は1以上でなければならない。",
                    f"A length must be at least 1, not {printable(self.n)}.",
                )
            )

    @property
    def words(self) -> Words:
        """How a sentence names the length: 90日, 90 days. `parse_period` reads either back."""
        unit = UNIT_WORDS[self.unit]
        n = printable(self.n)
        return Words(f"{n}{unit.ja}", f"{n} {unit.en}{'' if self.n == 1 else 's'}")


def parse_period(text: str) -> Period | None:
    """The length `text` prints: 90日, ９０日間, 三か月, 3ヶ月, 1月 (as statutes write a month), 2週間, 24時間, 90 days.

    None when it prints none, or prints nought.
    """
    if len(text) > _LONGEST_TEXT:
        return None
    printed = unicodedata.normalize("NFKC", text).strip()
    joined = "".join(printed.split())
    if found := re.fullmatch(_JAPANESE, joined):
        unit = _MARKS[next(mark for mark in found.groups()[1:] if mark)]
    elif found := re.fullmatch(_ENGLISH, printed, re.IGNORECASE):
        unit = Unit(found[2].lower())
    else:
        return None
    n = read_number(found[1])
    return Period(n, unit) if n else None
