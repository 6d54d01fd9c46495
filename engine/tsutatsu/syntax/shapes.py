"""What each file of the policy language may hold: declarations that the reader, the schemas and the pages share."""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Free:
    """Any plain text."""


@dataclass(frozen=True, slots=True)
class Bilingual:
    """A sentence: Japanese text, or {和, 英}."""


@dataclass(frozen=True, slots=True)
class Flag:
    """true or false."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number."""


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A date as printed (an era date, or 2025-07-24)."""


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day, "17:15"."""


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time, such as 90日 or 3か月."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of something else in the directive: a term, a concept, a clock, a norm, a reading's side."""

    kind: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of several keywords."""

    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A value of some term's type."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list."""

    item: "Shape"


@dataclass(frozen=True, slots=True)
class TableOf:
    """A table whose keys are names of our own choosing."""

    item: "Shape"
    keys: str = "name"


@dataclass(frozen=True, slots=True)
class FactTable:
    """A table from terms to constants."""


@dataclass(frozen=True, slots=True)
class WriteTable:
    """A table from terms to constants, to what the moment brings (今日, 行為者 …) or to {有無: なし}."""


@dataclass(frozen=True, slots=True)
class Either:
    """One of several shapes, told apart by their form: text, list or table."""

    shapes: tuple["Shape", ...]


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record: a keyword, its shape, and whether it must be there."""

    word: str
    shape: "Shape"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A table whose keys are keywords."""

    name: str
    fields: tuple[Field, ...]


STAMPS = ("actor", "actor_post", "today", "now", "time_now")
"""The keywords for what the moment of an event brings."""

Shape: TypeAlias = (
    Free
    | Bilingual
    | Flag
    | Number
    | PrintedDay
    | ClockTime
    | Span
    | Name
    | OneOf
    | Clause
    | Constant
    | ListOf
    | TableOf
    | FactTable
    | WriteTable
    | Either
    | Record
)
