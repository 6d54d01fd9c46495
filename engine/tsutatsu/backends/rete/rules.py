"""Rules: a judgement as conjunctions over slots, in stages, each stage asserting what the one before it found."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from tsutatsu.backends.rete.atoms import Atom
from tsutatsu.backends.rete.logic import (
    DENIED,
    DOUBTFUL,
    POSSIBLE,
    SURE,
    All,
    Any,
    Conjunction,
    Formula,
    Known,
    Leaf,
    all_of,
    any_of,
    joint,
    opposite,
    sizes,
    spread,
)
from tsutatsu.backends.rete.lowering import Bearings, Lowering
from tsutatsu.ir import Directive, Judgement, Standing, Strength

SPREAD: Final = 4
"""Into how many conjunctions a formula may be spread in place; a larger one gets a slot of its own and is chained."""
NORM_SPREAD: Final = 16
"""How many rules a norm may take before its largest part gets a slot of its own."""
GROUP: Final = 12
"""How many parts a formula may have before they are grouped."""

SAYS_FALSE: Final = 1
SAYS_TRUE: Final = 2
"""The marks by which rules say what a definition comes to; unmarked, it is unknown."""


class Effect(NamedTuple):
    """What a fired rule adds: marks on a definition, or standings on a norm."""

    place: int
    marks: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Slots and what they must be one of, in the order of matching; what firing adds."""

    matches: tuple[tuple[int, int], ...]
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """A judgement ready for the rule engine.

    Slots are atoms first, then definitions. Places, to which effects go, are definitions first, then norms.
    """

    atoms: tuple[Atom, ...]
    definitions: int
    norms: int
    stages: tuple[tuple[Rule, ...], ...]
    always: tuple[Effect, ...]
    """Effects that no fact can change."""


def network(directive: Directive, judgement: Judgement) -> Network:
    """The rules of one judgement."""
    lowering = Lowering(directive, judgement)
    norms = [lowering.norm(name) for name in judgement.norms]
    return _Spreading(len(lowering.atoms)).network(tuple(lowering.atoms), norms)


@dataclass(slots=True)
class _Spreading:
    """Definitions made so far: the slot of each, its conjunctions, and the stage after which its truth stands."""

    atoms: int
    stage: list[int] = field(default_factory=list[int])
    said: list[tuple[Conjunction, Effect]] = field(default_factory=list[tuple[Conjunction, Effect]])
    _slots: dict[Formula, Leaf] = field(default_factory=dict[Formula, Leaf])
    _flat: dict[Formula, Formula] = field(default_factory=dict[Formula, Formula])

    def network(self, atoms: tuple[Atom, ...], norms: list[Bearings]) -> Network:
        standings = [(number, *one) for number, norm in enumerate(norms) for one in self._norm(norm)]
        defined = len(self.stage)
        found = self.said + [(match, Effect(defined + number, int(standing))) for number, match, standing in standings]
        always = tuple(effect for conjunction, effect in found if not conjunction)
        stages = self._staged((conjunction, effect) for conjunction, effect in found if conjunction)
        return Network(atoms, defined, len(norms), stages, always)

    def _staged(self, found: Iterable[tuple[Conjunction, Effect]]) -> tuple[tuple[Rule, ...], ...]:
        """Rules by stage. Equal conjunctions are one rule; what is asked most comes first: first steps are shared."""
        merged: dict[tuple[tuple[int, int], ...], list[Effect]] = {}
        for conjunction, effect in found:
            merged.setdefault(tuple(sorted(conjunction.items())), []).append(effect)
        asked = Counter(match for matches in merged for match in matches)
        stages: list[list[Rule]] = [[] for _ in range(1 + max(self.stage, default=-1) + 1)]
        for matches, effects in merged.items():
            ordered = tuple(sorted(matches, key=lambda match: (-asked[match], match)))
            stages[max(self._ready(slot) for slot, _ in matches)].append(Rule(ordered, tuple(effects)))
        return tuple(tuple(sorted(rules, key=lambda rule: rule.matches)) for rules in stages if rules)

    def _ready(self, slot: int) -> int:
        """The first stage that can ask about a slot."""
        return 0 if slot < self.atoms else self.stage[slot - self.atoms] + 1

    # ── definitions ──────────────────────────────────────────────────────────────────────────────────────────────────

    def _define(self, formula: Formula) -> Leaf:
        """A slot for the formula (one for it and its opposite), with the rules that fill it."""
        if formula in self._slots:
            return self._slots[formula]
        true, false = spread(formula, SURE), spread(formula, DENIED)
        asked = {slot for conjunction in (*true, *false) for slot in conjunction}
        place = len(self.stage)
        self.stage.append(max((self._ready(slot) for slot in asked), default=0))
        self.said += [(conjunction, Effect(place, SAYS_TRUE)) for conjunction in true]
        self.said += [(conjunction, Effect(place, SAYS_FALSE)) for conjunction in false]
        leaf = self._slots[formula] = Leaf(self.atoms + place)
        self._slots[opposite(formula)] = Leaf(leaf.slot, negated=True)
        return leaf

    def _flattened(self, formula: Formula) -> Formula:
        """The same truth, its larger parts replaced by definitions until it spreads into few conjunctions."""
        if formula not in self._flat:
            self._flat[formula] = self._reduced(formula)
        return self._flat[formula]

    def _reduced(self, formula: Formula) -> Formula:
        match formula:
            case Known() | Leaf():
                return formula
            case All(parts):
                join = all_of
            case Any(parts):
                join = any_of
        few = [self._flattened(part) for part in parts]
        while len(few) > GROUP:
            few = [self._chained(join(few[at : at + GROUP])) for at in range(0, len(few), GROUP)]
        while max(sizes(join(few))) > SPREAD and (largest := _largest(few)) is not None:
            few[largest] = self._chained(few[largest])
        return join(few)

    def _chained(self, formula: Formula) -> Formula:
        return self._define(formula) if isinstance(formula, All | Any) else formula

    # ── norms ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _norm(self, norm: Bearings) -> list[tuple[Conjunction, Standing]]:
        parts = [self._flattened(part) for part in (norm.force, norm.when, norm.lifted, norm.kept, norm.pending)]
        while True:
            found = _standings(norm.strength, parts)
            largest = _largest(parts)
            if len(found) <= NORM_SPREAD or largest is None:
                return found
            parts[largest] = self._chained(parts[largest])


def _largest(parts: list[Formula]) -> int | None:
    """Which part takes the most conjunctions; none when all are single slots."""
    compound = [at for at, part in enumerate(parts) if isinstance(part, All | Any)]
    return max(compound, key=lambda at: max(sizes(parts[at])), default=None)


def _standings(strength: Strength, parts: list[Formula]) -> list[tuple[Conjunction, Standing]]:
    """When each standing is possible."""
    force, when, lifted, kept, pending = parts
    reached = [spread(force, POSSIBLE), spread(when, POSSIBLE)]
    bound = [*reached, spread(lifted, DOUBTFUL)]
    ways = [
        (Standing.OUT_OF_FORCE, [spread(force, DOUBTFUL)]),
        (Standing.NOT_APPLICABLE, [reached[0], spread(when, DOUBTFUL)]),
        (Standing.LIFTED, [*reached, spread(lifted, POSSIBLE)]),
    ]
    if strength is Strength.FREE:
        ways.append((Standing.FREE, bound))
    else:
        broken = Standing.BROKEN if strength is Strength.HARD else Standing.UNEXPLAINED
        unkept = [*bound, spread(kept, DOUBTFUL)]
        ways += [
            (Standing.KEPT, [*bound, spread(kept, POSSIBLE)]),
            (Standing.PENDING, [*unkept, spread(pending, POSSIBLE)]),
            (broken, [*unkept, spread(pending, DOUBTFUL)]),
        ]
    return [(conjunction, standing) for standing, way in ways for conjunction in joint(way)]
