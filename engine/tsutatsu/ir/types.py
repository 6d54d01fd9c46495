"""What kinds of value a term may have.

A value is held as Python's own: ``bool``, option id (``str``), ``int``, ``date``, ``datetime``, ``time``, ``str``,
or a ``RecordList``; ``None`` is *none* (there is none); a term that is absent from the facts is *unknown*.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias, Union

from tsutatsu.words import Words


@dataclass(frozen=True, slots=True)
class Truth:
    """Yes or no; never none."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a choice."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options named; an open choice names ``other`` as its last option."""

    options: tuple[Option, ...]
    ordered: bool = False
    """Whether the options rise (ranks): then 以上 and its like are written, and lower to sets."""
    none: bool = True
    """Whether there may be none (no approver, say); otherwise one of the options is always the case."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number of a unit, between bounds."""

    unit: Words
    low: int = -(10**15)
    high: int = 10**15


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time, held as a whole number of one unit (``day``, ``hour`` or ``minute``)."""

    unit: str


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar day."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a time of day, in Tokyo (held without a zone, as Tokyo's clocks show it)."""


@dataclass(frozen=True, slots=True)
class Hour:
    """A time of day."""


@dataclass(frozen=True, slots=True)
class Text:
    """Free words, NFC."""


@dataclass(frozen=True, slots=True)
class Person:
    """Who: a name or a number that tells one person from another, NFC."""


@dataclass(frozen=True, slots=True)
class Records:
    """A list of records; each field is a term of the directive, judged within its record."""

    fields: tuple[str, ...]


Type: TypeAlias = Truth | Choice | Whole | Length | Day | Moment | Hour | Text | Person | Records

Value: TypeAlias = Union[bool, int, str, date, datetime, time, "RecordList", None]
Facts: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class RecordList:
    """Records as submitted; ``complete`` is false when the list itself said that more may exist (不明)."""

    records: tuple[Facts, ...]
    complete: bool = True
