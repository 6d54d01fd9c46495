"""Conditions: what can be asked of facts. Three-valued throughout; what each means is stated in ``semantics``."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from typing import TypeAlias

from tsutatsu.source import NOWHERE, Source

TODAY = "on"
"""The term that every directive has: the day the question is asked for."""


class Op(Enum):
    """How a term is tested."""

    EQ = "eq"
    IN = "in"
    LT = "lt"
    LE = "le"
    GT = "gt"
    GE = "ge"
    PRESENT = "present"
    SAME = "same"
    DIFFERENT = "different"
    BEFORE = "before"
    WITHIN = "within"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class TermRef:
    """Another term, as the thing compared with."""

    id: str


@dataclass(frozen=True, slots=True)
class ClockRef:
    """A clock, as the thing compared with."""

    id: str


Constant: TypeAlias = bool | int | str | date | datetime | time
Operand: TypeAlias = Constant | tuple[Constant, ...] | TermRef | ClockRef | None


@dataclass(frozen=True, slots=True)
class Test:
    """A term tested against a constant, a set of constants, another term or a clock."""

    __test__ = False  # not a test case for pytest

    term: str
    op: Op
    operand: Operand = None
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when every part holds; fails when one fails; with no parts it holds."""

    parts: tuple["Condition", ...]
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when at least one part holds; with no parts it fails."""

    parts: tuple["Condition", ...]
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part fails."""

    part: "Condition"
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Each:
    """Holds when its part holds in every record of a list; an incomplete list never makes it hold."""

    term: str
    part: "Condition"
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Some:
    """Holds when its part holds in some record of a list; an incomplete list never makes it fail."""

    term: str
    part: "Condition"
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Is:
    """Holds when a concept's case is met; an open case holds on the side of its reading that says so."""

    concept: str
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Side:
    """Holds on the named side of a reading; unknown while no side has been taken."""

    reading: str
    side: str
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Stands:
    """Holds when another norm surely has one of the named standings (破る, 満たす)."""

    norm: str
    broken: bool
    """True: the norm is broken (違反 or 要説明). False: it is kept (充足)."""
    source: Source = field(default=NOWHERE, compare=False)


Condition: TypeAlias = Test | AllOf | AnyOf | Not | Each | Some | Is | Side | Stands

ALWAYS: Condition = AllOf(())
NEVER: Condition = AnyOf(())
