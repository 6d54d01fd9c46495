"""Definitions: formulas too large to be spread in place, which get a slot of their own and are chained to."""

from dataclasses import dataclass, field
from typing import Final

from tsutatsu.backends.rete.logic import (
    DENIED,
    SURE,
    All,
    Any,
    Conjunction,
    Formula,
    Known,
    Leaf,
    all_of,
    any_of,
    opposite,
    sizes,
    spread,
)

SPREAD: Final = 4
"""Into how many conjunctions a formula may be spread in place."""
GROUP: Final = 12
"""How many parts a formula may have before they are grouped."""
FIRST: Final = 1 << 30
"""The slot of the first definition; atoms take those from nought."""


@dataclass(frozen=True, slots=True)
class Definition:
    """When a slot surely holds, when it surely fails, and the stage in which the rules that say so can run."""

    holds: tuple[Conjunction, ...]
    fails: tuple[Conjunction, ...]
    stage: int


@dataclass(slots=True)
class Definitions:
    """Those made so far."""

    made: list[Definition] = field(default_factory=list[Definition])
    _slots: dict[Formula, Leaf] = field(default_factory=dict[Formula, Leaf])
    _small: dict[Formula, Formula] = field(default_factory=dict[Formula, Formula])

    def all_of(self, *parts: Formula) -> Formula:
        """The least of the parts, kept small."""
        return self.small(all_of(parts))

    def any_of(self, *parts: Formula) -> Formula:
        """The greatest of the parts, kept small."""
        return self.small(any_of(parts))

    def small(self, formula: Formula) -> Formula:
        """The same truth, its larger parts replaced by definitions until it spreads into few conjunctions."""
        if formula not in self._small:
            self._small[formula] = self._reduced(formula)
        return self._small[formula]

    def chained(self, formula: Formula) -> Formula:
        """The same truth as a single slot."""
        return self._define(formula) if isinstance(formula, All | Any) else formula

    def ready(self, conjunction: Conjunction) -> int:
        """The first stage that can ask what the conjunction asks."""
        return max((0 if slot < FIRST else self.made[slot - FIRST].stage + 1 for slot in conjunction), default=0)

    def _define(self, formula: Formula) -> Leaf:
        """A slot for the formula (one for it and its opposite)."""
        if formula not in self._slots:
            holds, fails = tuple(spread(formula, SURE)), tuple(spread(formula, DENIED))
            leaf = Leaf(FIRST + len(self.made))
            self.made.append(Definition(holds, fails, max(map(self.ready, holds + fails), default=0)))
            self._slots[formula] = leaf
            self._slots[opposite(formula)] = Leaf(leaf.slot, negated=True)
        return self._slots[formula]

    def _reduced(self, formula: Formula) -> Formula:
        match formula:
            case Known() | Leaf():
                return formula
            case All(parts):
                join = all_of
            case Any(parts):
                join = any_of
        few = [self.small(part) for part in parts]
        while len(few) > GROUP:
            few = [self.chained(self.small(join(few[at : at + GROUP]))) for at in range(0, len(few), GROUP)]
        while max(sizes(join(few))) > SPREAD and (largest := largest_of(few)) is not None:
            few[largest] = self.chained(few[largest])
        return join(few)


def largest_of(parts: list[Formula]) -> int | None:
    """Which part takes the most conjunctions; none when all are single slots."""
    compound = [at for at, part in enumerate(parts) if isinstance(part, All | Any)]
    return max(compound, key=lambda at: max(sizes(parts[at])), default=None)
