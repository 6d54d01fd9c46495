"""Three-valued formulas over numbered slots, and their spreading into conjunctions that a rule can match."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Final, TypeAlias

from tsutatsu.semantics import Truth3

FALSE, UNKNOWN, TRUE = Truth3


@dataclass(frozen=True, slots=True)
class Known:
    """What does not depend on any fact."""

    truth: Truth3


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a slot holds, or its opposite."""

    slot: int
    negated: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """The least of its parts."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Any:
    """The greatest of its parts."""

    parts: tuple["Formula", ...]


Formula: TypeAlias = Known | Leaf | All | Any


def all_of(parts: Iterable[Formula]) -> Formula:
    """The least of the parts: true when there are none."""
    return _joined(All, parts, idle=TRUE, final=FALSE)


def any_of(parts: Iterable[Formula]) -> Formula:
    """The greatest of the parts: false when there are none."""
    return _joined(Any, parts, idle=FALSE, final=TRUE)


def opposite(formula: Formula) -> Formula:
    """The negation, pushed to the slots."""
    match formula:
        case Known(truth):
            return Known(Truth3(2 - truth))
        case Leaf(slot, negated):
            return Leaf(slot, not negated)
        case All(parts):
            return any_of(opposite(part) for part in parts)
        case Any(parts):
            return all_of(opposite(part) for part in parts)


def _joined(kind: type[All] | type[Any], parts: Iterable[Formula], *, idle: Truth3, final: Truth3) -> Formula:
    """The parts joined, what can make no difference left out."""
    kept: dict[Formula, None] = {}
    for part in parts:
        for one in part.parts if isinstance(part, kind) else (part,):
            if one == Known(final):
                return one
            if one != Known(idle):
                kept[one] = None
    match list(kept):
        case []:
            return Known(idle)
        case [only]:
            return only
        case several:
            return kind(tuple(several))


# ── what a rule can match ────────────────────────────────────────────────────────────────────────────────────────────

Values: TypeAlias = int
"""A set of truths, as bits: 1 false, 2 unknown, 4 true."""

DENIED: Final = 0b001
DOUBTFUL: Final = 0b011
POSSIBLE: Final = 0b110
SURE: Final = 0b100
EVERY: Final = 0b111
MIRRORED: Final = {DENIED: SURE, DOUBTFUL: POSSIBLE, POSSIBLE: DOUBTFUL, SURE: DENIED}

Conjunction: TypeAlias = dict[int, Values]
"""What each slot named must be one of; matched when all are."""


def sizes(formula: Formula) -> tuple[int, int]:
    """How many conjunctions it takes to say that the formula holds (surely, or possibly), and that it fails."""
    match formula:
        case Known() | Leaf():
            return 1, 1
        case All(parts):
            each = [sizes(part) for part in parts]
            return _times(one[0] for one in each), sum(one[1] for one in each)
        case Any(parts):
            each = [sizes(part) for part in parts]
            return sum(one[0] for one in each), _times(one[1] for one in each)


def _times(numbers: Iterable[int]) -> int:
    result = 1
    for number in numbers:
        result *= number
    return result


def spread(formula: Formula, wanted: Values) -> list[Conjunction]:
    """Conjunctions of which at least one is matched exactly when the formula's truth is among those ``wanted``.

    ``wanted`` is a run of truths from one end of the scale. Where parts are single slots the conjunctions exclude each
    other, so that one alone fires.
    """
    match formula:
        case Known(truth):
            return [{}] if wanted >> truth & 1 else []
        case Leaf(slot, negated):
            return [{slot: MIRRORED[wanted] if negated else wanted}]
        case All(parts):
            return joint([spread(part, wanted) for part in parts]) if wanted & SURE else _either(parts, wanted)
        case Any(parts):
            return _either(parts, wanted) if wanted & SURE else joint([spread(part, wanted) for part in parts])


def joint(spreads: list[list[Conjunction]]) -> list[Conjunction]:
    """Conjunctions of which one is matched exactly when one of each spread is."""
    found: list[Conjunction] = []
    for choice in product(*spreads):
        merged: Conjunction = {}
        for conjunction in choice:
            for slot, values in conjunction.items():
                merged[slot] = merged.get(slot, EVERY) & values
        if all(merged.values()):
            found.append(merged)
    return found


def _either(parts: tuple[Formula, ...], wanted: Values) -> list[Conjunction]:
    found: list[Conjunction] = []
    passed: Conjunction = {}
    for part in sorted(parts, key=lambda part: not isinstance(part, Leaf)):
        found += joint([[passed], spread(part, wanted)])
        if isinstance(part, Leaf):
            values = MIRRORED[wanted] if part.negated else wanted
            passed = {**passed, part.slot: passed.get(part.slot, EVERY) & ~values}
    return found
