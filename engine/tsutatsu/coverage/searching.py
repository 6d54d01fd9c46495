"""Looks for facts that show something, among one value of each kind that the tests tell apart.

The kinds are those by which an answer is settled when facts are missing. A search that ends without having left
anything untried proves that there are no such facts; at the bound it proves nothing, and says so.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final, TypeAlias

from tsutatsu.ir import TODAY, Directive, Facts, Norm, Records, Value
from tsutatsu.judging.live import live_reach_of
from tsutatsu.judging.reach import Reached, Spot, merged, reach_of
from tsutatsu.judging.slots import Kinds, Slot, computed_slots, kinds_of, slots_at, unknown_slots
from tsutatsu.semantics import Question, Sides, Truth3, holds

MOST_TRIED: Final = 600
"""More sets of facts than this are not tried for one thing looked for."""

MOST_IN_DOUBT: Final = 6_000
"""The same, where neither that nor the scenarios' own facts have settled it."""

MOST_NEAR: Final = 1_500
"""How often facts already asked about are changed in one place."""

Goal: TypeAlias = Callable[[Facts, Sides], Truth3]
"""Whether facts are what is looked for: surely not, whatever else is the case; surely; or not yet."""


class End(Enum):
    """How a search ended."""

    FOUND = "found"
    NONE = "none"
    """There are no such facts."""
    BOUND = "bound"
    """None were found before the bound."""


@dataclass(frozen=True, slots=True)
class Place:
    """From where a search sets out: a judgement, what its act fixes, and a day to ask for where any will do."""

    judgement: str
    act: Mapping[str, Value]
    on: date


@dataclass(frozen=True, slots=True)
class Found:
    """Facts that are what was looked for."""

    judgement: str
    on: date
    facts: Facts
    """The act and the day judged among them."""
    sides: Sides
    changed: tuple[str, ...] = ()
    """The places changed, where these are facts of a scenario with some changed."""
    scenario: int | None = None
    """The number of that scenario."""
    question: Question = Question.ORDER
    """The question by which it is seen."""


@dataclass(frozen=True, slots=True)
class Hunt:
    """What came of a search."""

    end: End
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """Facts with one place changed."""

    facts: Facts
    slot: Slot


@dataclass(slots=True)
class Tries:
    """How many more sets of facts may be tried."""

    left: int
    doubt: bool = False
    """Whether something was left untried."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search in which some norms' conditions are followed (of the directive, and perhaps of others like it)."""

    directive: Directive
    followed: tuple[tuple[Directive, tuple[Norm, ...]], ...]
    goal: Goal
    every: bool = False
    """Whether values beside a bound are tried that no test tells from those further away."""

    def from_place(self, place: Place, taken: Sides, most: int = MOST_TRIED) -> Hunt:
        """Searches the completions of what the judgement's act fixes."""
        tries = Tries(most)
        found = self._explore(place.act, taken, tries)
        if found is None:
            return Hunt(End.BOUND if tries.doubt else End.NONE)
        facts, sides = found
        on = facts.get(TODAY, place.on)
        assert isinstance(on, date)
        return Hunt(End.FOUND, Found(place.judgement, on, {**facts, TODAY: on}, sides))

    def near(self, facts: Facts, sides: Sides, fixed: Iterable[str], tries: Tries) -> Changed | None:
        """The facts with one place changed, where that shows what is looked for."""
        held = set(fixed)
        reached = merged(reach_of(norm, directive) for directive, norms in self.followed for norm in norms)
        for slot in _places(reached, facts):
            if slot.term in held or self.directive.term[slot.term].derived is not None:
                continue
            for value in self._kinds(slot, reached, facts).values:
                tries.left -= 1
                if tries.left < 0:
                    return None
                changed = slot.put(facts, value)
                if self.goal(changed, sides) is Truth3.TRUE:
                    return Changed(changed, slot)
        return None

    def _explore(self, facts: Facts, sides: Sides, tries: Tries) -> tuple[Facts, Sides] | None:
        tries.left -= 1
        if tries.left < 0:
            tries.doubt = True
            return None
        truth = self.goal(facts, sides)
        if truth is not Truth3.UNKNOWN:
            return (facts, sides) if truth is Truth3.TRUE else None
        for completed, taken in self._split(facts, sides, tries):
            found = self._explore(completed, taken, tries)
            if found is not None or tries.left < 0:
                return found
        return None

    def _split(self, facts: Facts, sides: Sides, tries: Tries) -> Iterator[tuple[Facts, Sides]]:
        """The facts with one more place filled, once for each kind of value; or one more reading taken."""
        live = merged(live_reach_of(norms, directive, facts, sides) for directive, norms in self.followed)
        slots = self._open(live, facts)
        if slots:
            kinds = self._kinds(slots[0], live, facts)
            tries.doubt |= not kinds.exhaustive
            yield from ((slots[0].put(facts, value), sides) for value in kinds.values)
            return
        computed = self._computed(live, facts, sides)
        open_to = [name for name in live.readings if name not in sides]
        if computed is not None:
            yield computed, sides
        elif open_to:
            yield from ((facts, {**sides, open_to[0]: side.id}) for side in self.directive.reading[open_to[0]].sides)
        else:
            tries.doubt = True

    def _open(self, live: Reached, facts: Facts) -> tuple[Slot, ...]:
        """The unknown places, the day judged among them: first where nothing unknown is compared with it, else last."""
        slots = unknown_slots(live, self.directive, facts)
        today = Slot(TODAY)
        if TODAY in facts or today.spot not in live.spots:
            return slots
        beside = [
            m.spot if m.other == today.spot else m.other for m in live.mentions if today.spot in (m.spot, m.other)
        ]
        tied = any(spot is not None and spot.term not in facts for spot in beside)
        return (*slots, today) if tied else (today, *slots)

    def _kinds(self, slot: Slot, reached: Reached, facts: Facts) -> Kinds:
        """The kinds of value that a scenario can say: a list may be empty, but lists and the day judged are never none.

        Where the directives followed do not have the same clocks, no value is taken for another: one clock may tell
        them apart where the other does not.
        """
        if isinstance(self.directive.term[slot.term].type, Records):
            kinds = kinds_of(slot, reached, self.directive, facts)
            return Kinds(tuple(value for value in kinds.values if value is not None), kinds.exhaustive)
        laws = {law.clocks: law for law, _ in self.followed}.values()
        every = self.every or len(laws) > 1
        found = [kinds_of(slot, reached, law, facts, every=every) for law in laws]
        values = {(type(value), value): value for one in found for value in one.values}
        if slot.term == TODAY:
            values.pop((type(None), None), None)
        return Kinds(tuple(values.values()), all(one.exhaustive for one in found))

    def _computed(self, live: Reached, facts: Facts, sides: Sides) -> Facts | None:
        """The facts with a computed truth put in that a comparison looks for, all that it rests on being known."""
        if live.lists:
            return None
        for slot in computed_slots(live, facts):
            derived = self.directive.term[slot.term].derived
            assert derived is not None
            truth = holds(derived, self.directive, facts, sides)
            if truth is not Truth3.UNKNOWN:
                return slot.put(facts, truth is Truth3.TRUE)
        return None


def _places(reached: Reached, facts: Facts) -> Sequence[Slot]:
    """The places that the conditions look at, the day judged left as it is."""
    spots: dict[Spot, None] = dict.fromkeys(reached.spots)
    return [slot for spot in spots if spot.term != TODAY for slot in slots_at(spot, facts)]
