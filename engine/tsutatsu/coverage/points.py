"""What scenarios are to show of a directive, point by point."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from tsutatsu.coverage.resting import Sort, Subject, subject
from tsutatsu.ir import ALWAYS, Condition, Standing, Stands, Test
from tsutatsu.semantics import Verdict

Scopes: TypeAlias = tuple[tuple[str, ...], ...]
"""Where something is asked: of the facts as a whole (no lists), or in the records of lists, outermost first."""


class Edge(Enum):
    """On which side of a bound the test holds."""

    UPPER = "upper"
    """It holds up to the bound."""
    LOWER = "lower"
    """It holds from the bound on."""


@dataclass(frozen=True, slots=True)
class StandsSo:
    """A norm stands so."""

    norm: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """How a norm stands is not known, since a fact that it looks at is missing, and the answer does not permit."""

    norm: str


@dataclass(frozen=True, slots=True)
class Lifted:
    """An exception applies to a norm that binds, or does not."""

    norm: str
    number: int
    applies: bool


@dataclass(frozen=True, slots=True)
class AtBound:
    """A value lies one unit within a bound (the test holds), or one unit beyond it (the test fails)."""

    subject: Subject
    test: Test
    scopes: Scopes
    edge: Edge
    holds: bool
    given: Condition = ALWAYS
    """What must hold besides for the test to be of any account."""


@dataclass(frozen=True, slots=True)
class ConceptMet:
    """A word of the text is met, or is not."""

    concept: str
    scopes: Scopes
    met: bool


@dataclass(frozen=True, slots=True)
class OpenCaseRead:
    """An open case of a word, met on the side of its reading that says so, or not met on another."""

    concept: str
    number: int
    scopes: Scopes
    met: bool


@dataclass(frozen=True, slots=True)
class ReadSo:
    """A reading is taken so where it makes a difference."""

    reading: str
    side: str


@dataclass(frozen=True, slots=True)
class Referred:
    """A reference to another norm's being broken or kept holds, or does not."""

    subject: Subject
    stands: Stands
    scopes: Scopes
    holds: bool


@dataclass(frozen=True, slots=True)
class InForce:
    """The circular's force is asked for on a day, and found so."""

    verdict: Verdict
    on: date | None
    """The day on which the verdict begins or ends; nothing for any day."""


Point: TypeAlias = StandsSo | LeftOpen | Lifted | AtBound | ConceptMet | OpenCaseRead | ReadSo | Referred | InForce


class Aspect(Enum):
    """What a point is about, as the table of coverage has its columns."""

    OUTCOME = "outcome"
    EXCEPTION = "exception"
    BOUNDARY = "boundary"
    CONCEPT = "concept"
    READING = "reading"
    REFERENCE = "reference"
    FORCE = "force"


def aspect(point: Point) -> Aspect:
    """What the point is about."""
    match point:
        case StandsSo() | LeftOpen():
            return Aspect.OUTCOME
        case Lifted():
            return Aspect.EXCEPTION
        case AtBound():
            return Aspect.BOUNDARY
        case ConceptMet() | OpenCaseRead():
            return Aspect.CONCEPT
        case ReadSo():
            return Aspect.READING
        case Referred():
            return Aspect.REFERENCE
        case InForce():
            return Aspect.FORCE


def subject_of(point: Point, directive: str) -> Subject:
    """What the point is a point of."""
    match point:
        case StandsSo(norm) | LeftOpen(norm) | Lifted(norm):
            return subject(Sort.NORM, norm)
        case AtBound() | Referred():
            return point.subject
        case ConceptMet(concept) | OpenCaseRead(concept):
            return subject(Sort.CONCEPT, concept)
        case ReadSo(reading):
            return subject(Sort.READING, reading)
        case InForce():
            return subject(Sort.DIRECTIVE, directive)
