"""What a force has laid down for itself over a circular: measures, requirements, lengths and readings, nothing else."""

from dataclasses import dataclass, field
from datetime import date

from tsutatsu.calendar import Period
from tsutatsu.ir.conditions import Condition, Constant
from tsutatsu.source import NOWHERE, Source
from tsutatsu.words import Words

LOCAL = "local"
"""The clock of what a force has added: from the day it was laid down to the last day of the circular's own effect."""


@dataclass(frozen=True, slots=True)
class Guide:
    """When a fact surely has a value."""

    value: Constant
    when: Condition


@dataclass(frozen=True, slots=True)
class Measure:
    """Guides for a fact that the circular leaves without measure: surely this, surely that, and open between them.

    Engines know nothing of measures: facts are measured before they are judged.
    """

    term: str
    guides: tuple[Guide, ...]
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Moved:
    """A clock whose length was moved in its stricter direction, with the length that the circular gives."""

    clock: str
    length: Period


@dataclass(frozen=True, slots=True)
class Local:
    """One force's own provisions over one circular: who laid down what, when, and on what ground."""

    force: str
    words: Words
    decided_by: str
    decided_on: date
    ground: Words
    example: bool = False
    """An example that no force has laid down."""
    measures: tuple[Measure, ...] = ()
    norms: tuple[str, ...] = ()
    """The norms added."""
    moved: tuple[Moved, ...] = ()
    readings: tuple[str, ...] = ()
    """The readings decided, which the circular leaves open."""
    terms: tuple[str, ...] = ()
    """The terms added, which may be said with any event of a case."""
