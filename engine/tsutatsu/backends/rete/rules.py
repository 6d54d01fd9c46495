"""Rules: a judgement as conjunctions over slots, in stages, each stage asserting what the one before it found."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from tsutatsu.backends.rete.atoms import Atom
from tsutatsu.backends.rete.chaining import FIRST, Definitions, largest_of
from tsutatsu.backends.rete.logic import DOUBTFUL, POSSIBLE, Conjunction, Formula, joint, spread
from tsutatsu.backends.rete.lowering import Bearings, Lowering
from tsutatsu.ir import Directive, Judgement, Standing, Strength

NORM_SPREAD: Final = 16
"""How many rules a norm may take before its largest part gets a slot of its own."""

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
    definitions = Definitions()
    lowering = Lowering(directive, judgement, definitions)
    standings = [_norm(lowering.norm(name), definitions) for name in judgement.norms]
    found: list[tuple[Conjunction, Effect]] = []
    for place, definition in enumerate(definitions.made):
        found += [(conjunction, Effect(place, SAYS_TRUE)) for conjunction in definition.holds]
        found += [(conjunction, Effect(place, SAYS_FALSE)) for conjunction in definition.fails]
    for place, ways in enumerate(standings, len(definitions.made)):
        found += [(conjunction, Effect(place, int(standing))) for conjunction, standing in ways]
    return Network(
        tuple(lowering.atoms),
        len(definitions.made),
        len(standings),
        _staged(
            [(conjunction, effect) for conjunction, effect in found if conjunction], definitions, len(lowering.atoms)
        ),
        tuple(effect for conjunction, effect in found if not conjunction),
    )


def _staged(
    found: Iterable[tuple[Conjunction, Effect]], definitions: Definitions, atoms: int
) -> tuple[tuple[Rule, ...], ...]:
    """Rules by stage. Equal conjunctions are one rule; what is asked most comes first: first steps are shared."""
    merged: dict[tuple[tuple[int, int], ...], list[Effect]] = {}
    for conjunction, effect in found:
        merged.setdefault(tuple(sorted(conjunction.items())), []).append(effect)
    asked = Counter(match for matches in merged for match in matches)
    stages: dict[int, list[Rule]] = {}
    for matches, effects in merged.items():
        ordered = sorted(matches, key=lambda match: (-asked[match], match))
        placed = tuple((slot if slot < FIRST else slot - FIRST + atoms, values) for slot, values in ordered)
        stages.setdefault(definitions.ready(dict(matches)), []).append(Rule(placed, tuple(effects)))
    return tuple(tuple(sorted(stages[stage], key=lambda rule: rule.matches)) for stage in sorted(stages))


def _norm(norm: Bearings, definitions: Definitions) -> list[tuple[Conjunction, Standing]]:
    parts = [norm.force, norm.when, norm.lifted, norm.kept, norm.pending]
    while True:
        found = _standings(norm.strength, parts)
        largest = largest_of(parts)
        if len(found) <= NORM_SPREAD or largest is None:
            return found
        parts[largest] = definitions.chained(parts[largest])


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
