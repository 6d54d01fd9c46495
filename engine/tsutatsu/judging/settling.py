"""The verdict that standings and unknown facts come to.

Kleene's logic is sound: where it settles the verdict, the verdict is so. Where it does not, the unknown facts are split
by kind, each branch pruned as soon as it settles, up to a bound; what is left open there stays open, and is marked so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from typing import Final, Protocol

from tsutatsu.ir import Directive, Facts, Judgement, RecordList, Value
from tsutatsu.judging.levels import Levels
from tsutatsu.judging.reach import Reached, merged, reach_of
from tsutatsu.judging.slots import Slot, computed_slots, kinds_of, unknown_slots
from tsutatsu.semantics import Question, Sides, Truth3, Verdict, holds

MOST_VECTORS: Final = 64
"""More ways of taking the open readings than this are not run."""

MOST_CALLS: Final = 2_000
"""How often one answer may ask the engines."""


class Decide(Protocol):
    """The engines chosen, as one."""

    def __call__(self, facts: Facts, sides: Sides) -> tuple[int, ...]:
        """The standings on which all of them agree."""
        ...


class Budget:
    """How many more times the engines may be asked."""

    __slots__ = ("left",)

    def __init__(self, calls: int = MOST_CALLS) -> None:
        self.left = calls

    def spend(self) -> bool:
        """One call, if there is one left."""
        self.left -= 1
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class Possible:
    """The levels that the completions of the unknown facts reach."""

    levels: frozenset[int]
    exhaustive: bool
    """False: not every completion was tried, and every level that may be reached is among them."""


@dataclass(frozen=True, slots=True)
class Branch:
    """One way of taking the open readings, and what it leaves possible."""

    sides: Mapping[str, str]
    possible: Possible


@dataclass(frozen=True, slots=True)
class Settled:
    """What one unit comes to."""

    standings: tuple[int, ...]
    """With no side taken of the open readings."""
    branches: tuple[Branch, ...]
    """One alone (no side taken) where no reading can matter."""


class Law:
    """A judgement of a directive, with what each of its norms can depend on: shared by everything that searches."""

    def __init__(self, directive: Directive, judgement: Judgement, question: Question | None = None) -> None:
        self.directive = directive
        self.judgement = judgement
        self.norms = tuple(directive.norm[name] for name in judgement.norms)
        self.act: dict[str, Value] = dict(judgement.act)
        self.taken = {r.id: r.taken for r in directive.readings if r.taken is not None}
        self._binding = question is Question.DUTY
        """Whether only what makes norms bind matters, not whether they are kept."""
        self._merged: dict[tuple[int, ...], Reached] = {}

    @cached_property
    def reach(self) -> tuple[Reached, ...]:
        """What each norm can depend on."""
        return tuple(reach_of(norm, self.directive, kept=not self._binding) for norm in self.norms)

    @property
    def every(self) -> tuple[int, ...]:
        """All its norms."""
        return tuple(range(len(self.norms)))

    def reached(self, norms: tuple[int, ...]) -> Reached:
        """What these norms can depend on."""
        found = self._merged.get(norms)
        if found is None:
            if len(self._merged) >= 256:
                self._merged.clear()
            found = self._merged[norms] = merged(self.reach[n] for n in norms)
        return found

    def vectors(self, norms: tuple[int, ...], taken: Mapping[str, str]) -> tuple[dict[str, str], ...] | None:
        """Every way of taking the open readings that these norms depend on; nothing where they are too many."""
        names = [name for name in self.reached(norms).readings if name not in taken]
        sides = [[side.id for side in self.directive.reading[name].sides] for name in names]
        count = 1
        for one in sides:
            count *= len(one)
        if count > MOST_VECTORS:
            return None
        return tuple(dict(zip(names, vector, strict=True)) for vector in product(*sides))


@dataclass(frozen=True, slots=True)
class Search:
    """A search over the completions of one unit's facts."""

    law: Law
    levels: Levels
    decide: Decide
    budget: Budget
    days: Mapping[str, date]
    """Moments known to lie on a day (the act's own day, filled in)."""
    taken: Mapping[str, str]
    """The sides taken of readings that are decided."""

    def settle(self, facts: Facts, *, whole: bool = False) -> Settled:
        """What the facts come to on each way of taking the open readings; ``whole``: every level, not just two."""
        taken = self.taken
        first = self.decide(facts, taken)
        least, most = self.levels.span(first)
        if least == most:
            return Settled(first, (Branch({}, Possible(frozenset((least,)), True)),))
        vectors = self.law.vectors(self.levels.matters(first), taken)
        if vectors is None:
            return Settled(first, (Branch({}, Possible(_between(least, most), False)),))
        acted = {**facts, **self.law.act}
        return Settled(first, tuple(Branch(v, self.possible(acted, {**taken, **v}, whole=whole)) for v in vectors))

    def possible(self, facts: Facts, sides: Sides, *, whole: bool = False) -> Possible:
        """The levels that completions of ``facts`` (the act applied) reach with these sides taken."""
        found: set[int] = set()
        tried = self._explore(facts, sides, found, len(self.levels.names) + 1 if whole else 2)
        if tried or (len(found) > 1 and not whole):
            return Possible(frozenset(found), tried)
        standings = self.decide(facts, sides)
        return Possible(_between(*self.levels.span(standings)), False)

    def _explore(self, facts: Facts, sides: Sides, found: set[int], enough: int) -> bool:
        """Adds to ``found`` the levels reached; says whether every completion was tried (or enough was found)."""
        if not self.budget.spend():
            return False
        standings = self.decide(facts, sides)
        least, most = self.levels.span(standings)
        if least == most:
            found.add(least)
            return True
        if _between(least, most) <= found:
            return True
        split = self.split(facts, standings, sides)
        if split is None:
            return False
        slot, values, tried = split
        for value in values:
            tried &= self._explore(slot.put(facts, value), sides, found, enough)
            if len(found) >= enough:
                return True
            if self.budget.left <= 0:
                return False
        return tried

    def split(
        self, facts: Facts, standings: Sequence[int], sides: Sides
    ) -> tuple[Slot, tuple[Value, ...], bool] | None:
        """The unknown fact to try next: the one on which most open norms depend."""
        matters = self.levels.matters(standings)
        reached = self.law.reached(matters)
        slots = self.open_slots(facts, matters)
        if not slots:
            return self._computed(reached, facts, sides)
        slot = slots[0]
        kinds = kinds_of(
            slot, reached, self.law.directive, facts, self.days.get(slot.term) if slot.within is None else None
        )
        return slot, kinds.values, kinds.exhaustive

    def open_slots(self, facts: Facts, norms: tuple[int, ...]) -> tuple[Slot, ...]:
        """The unknown places on which these norms depend, those of most norms first, lists last."""
        slots = unknown_slots(self.law.reached(norms), self.law.directive, facts)
        seen = [self.law.reach[n].seen for n in norms]
        weight = {slot: sum(slot.spot in one for one in seen) for slot in slots}
        return tuple(sorted(slots, key=lambda slot: (_is_list(slot, facts, self.law.directive), -weight[slot])))

    def _computed(self, reached: Reached, facts: Facts, sides: Sides) -> tuple[Slot, tuple[Value, ...], bool] | None:
        """A computed truth that a comparison looks for, everything it is computed from being known.

        Where lists are looked into it may come to something else within a record, and is left open."""
        if reached.lists:
            return None
        for slot in computed_slots(reached, facts):
            derived = self.law.directive.term[slot.term].derived
            assert derived is not None
            truth = holds(derived, self.law.directive, facts, sides)
            if truth is not Truth3.UNKNOWN:
                return slot, (truth is Truth3.TRUE,), True
        return None


def _is_list(slot: Slot, facts: Facts, directive: Directive) -> bool:
    return isinstance(facts.get(slot.term), RecordList) or hasattr(directive.term[slot.term].type, "fields")


def _between(least: int, most: int) -> frozenset[int]:
    return frozenset(range(least, most + 1))


@dataclass(frozen=True, slots=True)
class Result:
    """The verdict of all units together, and what each way of taking the readings leaves."""

    verdict: Verdict
    branches: tuple[Branch, ...]
    exhaustive: bool


def combined(levels: Levels, units: Sequence[Settled], more: Sequence[Settled] = ()) -> Result:
    """The worst of the units, for each way of taking the readings; ``more``: units that may exist or not."""
    every = [*units, *more]
    names = list(dict.fromkeys(name for unit in every for branch in unit.branches for name in branch.sides))
    choices = {
        name: list(dict.fromkeys(b.sides[name] for u in every for b in u.branches if name in b.sides)) for name in names
    }
    count = 1
    for sides in choices.values():
        count *= len(sides)
    if count > MOST_VECTORS:
        loose = _worst(
            [Possible(frozenset(lv for b in u.branches for lv in b.possible.levels), False) for u in units], []
        )
        branches: tuple[Branch, ...] = (Branch({}, loose),)
    else:
        vectors = [dict(zip(names, vector, strict=True)) for vector in product(*choices.values())]
        branches = tuple(
            Branch(v, _worst([_at(unit, v) for unit in units], [_at(unit, v) for unit in more])) for v in vectors
        )
    return Result(_verdict(levels, branches), branches, all(b.possible.exhaustive for b in branches))


def _at(unit: Settled, vector: Mapping[str, str]) -> Possible:
    for branch in unit.branches:
        if all(vector.get(name) == side for name, side in branch.sides.items()):
            return branch.possible
    raise AssertionError("every unit has a branch for every way of taking the readings")


def _worst(units: Sequence[Possible], more: Sequence[Possible]) -> Possible:
    floor = max(min(unit.levels) for unit in units)
    levels = {lv for unit in units for lv in unit.levels if lv >= floor}
    for extra in more:
        levels |= {max(lv, one) for lv in levels for one in extra.levels}
    return Possible(frozenset(levels), all(p.exhaustive for p in (*units, *more)))


def _verdict(levels: Levels, branches: Sequence[Branch]) -> Verdict:
    """One for all readings; by reading where each settles but they differ; otherwise not enough is known."""
    if any(len(branch.possible.levels) != 1 for branch in branches):
        return Verdict.NOT_ENOUGH
    found = {next(iter(branch.possible.levels)) for branch in branches}
    return levels.verdict(found.pop()) if len(found) == 1 else Verdict.BY_READING
