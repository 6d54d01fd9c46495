"""The verdict that standings and unknown facts come to.

Kleene's logic is sound: where it settles the verdict, the verdict is so. Where it does not, the unknown facts are split
by kind, each branch pruned as soon as it settles, up to a bound; what is left open there stays open, and is marked so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from math import prod
from typing import Final, Protocol

from tsutatsu.ir import Directive, Facts, Norm, RecordList, Standing
from tsutatsu.judging.law import Law
from tsutatsu.judging.levels import Levels
from tsutatsu.judging.live import live_reach_of
from tsutatsu.judging.reach import Reached
from tsutatsu.judging.slots import Kinds, Slot, computed_slots, kinds_of, unknown_slots
from tsutatsu.semantics import Sides, Truth3, Verdict, holds

MOST_VECTORS: Final = 64
"""More ways of taking the open readings than this are not run."""

MOST_CALLS: Final = 2_000
"""How often one answer may ask the engines."""

FIRST_CALLS: Final = 200
"""How often, before another of the open readings is taken."""


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

    def share(self, calls: int) -> "Budget":
        """A part of what is left, to be given back by ``back``."""
        part = Budget(min(calls, max(self.left, 0)))
        self.left -= part.left
        return part

    def back(self, part: "Budget") -> None:
        """Takes back what a part has left."""
        self.left += max(part.left, 0)


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


@dataclass(frozen=True, slots=True)
class Leaf:
    """Facts completed far enough to settle the verdict whatever else is the case."""

    facts: Facts
    sides: Sides
    level: int


@dataclass(slots=True)
class Run:
    """One search with some sides taken: what it has found so far."""

    budget: Budget
    enough: int
    """How many levels are looked for."""
    leaves: list[Leaf] = field(default_factory=list[Leaf])
    levels: set[int] = field(default_factory=set[int])
    readings: dict[str, None] = field(default_factory=dict[str, None])
    """The open readings on which completions turn that leave nothing else unknown."""
    undecided: list[Facts] = field(default_factory=list[Facts])
    """Those completions."""
    doubt: bool = False
    """Whether something was left untried."""

    @property
    def done(self) -> bool:
        """Whether enough was found."""
        return len(self.levels) >= self.enough


@dataclass(frozen=True, slots=True)
class Search:
    """A search over the completions of one unit's facts."""

    law: Law
    levels: Levels
    decide: Decide
    """The engine that looks ahead."""
    budget: Budget
    days: Mapping[str, date]
    """Moments known to lie on a day (the act's own day, filled in)."""
    taken: Mapping[str, str]
    """The sides taken of readings that are decided."""
    confirm: Decide | None = None
    """All engines that decide, which must agree on whatever proves a verdict."""

    def settle(self, facts: Facts, *, whole: bool = False) -> Settled:
        """What the facts come to on each way of taking the open readings; ``whole``: every level, not just two."""
        first = (self.confirm or self.decide)(facts, self.taken)
        least, most = self.levels.span(first)
        if least == most:
            return Settled(first, (Branch({}, Possible(frozenset((least,)), True)),))
        acted = {**facts, **self.law.act}
        return Settled(first, tuple(self._branches(acted, {}, 1, whole=whole)))

    def _branches(self, facts: Facts, chosen: Mapping[str, str], ways: int, *, whole: bool) -> Iterator[Branch]:
        """The readings taken one by one, the others left open, until what is left open makes no difference."""
        sides = {**self.taken, **chosen}
        standings = self.decide(facts, sides)
        least, most = self.levels.span(standings)
        live = self.live(standings, facts, sides)
        readings = [name for name in live.readings if name not in sides]
        enough = len(self.levels.names) + 1 if whole else 2
        run = self.run(facts, sides, enough, FIRST_CALLS if readings else MOST_CALLS)
        open_still = list(run.readings) or (readings if run.doubt else [])
        if (len(run.levels) > 1 and not whole) or not (run.doubt or run.readings):
            if len(run.levels) == 1 and self.confirm is not None:
                for leaf in run.leaves:
                    self.confirm(leaf.facts, leaf.sides)
            yield Branch(chosen, Possible(frozenset(run.levels), True))
            return
        names = [one.id for one in self.law.directive.reading[open_still[0]].sides] if open_still else []
        if not names or ways * len(names) > MOST_VECTORS or self.budget.left <= 0:
            yield Branch(chosen, Possible(_between(least, most), False))
            return
        for side in names:
            yield from self._branches(facts, {**chosen, open_still[0]: side}, ways * len(names), whole=whole)

    def run(self, facts: Facts, sides: Sides, enough: int, calls: int) -> Run:
        """Searches the completions of ``facts`` (the act applied) for levels that they reach with these sides taken."""
        run = Run(self.budget.share(calls), enough)
        self._explore(facts, sides, run)
        self.budget.back(run.budget)
        return run

    def _explore(self, facts: Facts, sides: Sides, run: Run) -> None:
        if not run.budget.spend():
            run.doubt = True
            return
        standings = self.decide(facts, sides)
        least, most = self.levels.span(standings)
        if least == most:
            if least not in run.levels and self.confirm is not None:
                self.confirm(facts, sides)
            run.levels.add(least)
            run.leaves.append(Leaf(facts, sides, least))
            return
        if _between(least, most) <= run.levels:
            return
        split = self._split(facts, standings, sides, run)
        if split is None:
            return
        slot, kinds = split
        run.doubt |= not kinds.exhaustive
        for value in kinds.values:
            self._explore(slot.put(facts, value), sides, run)
            if run.done:
                return

    def _split(self, facts: Facts, standings: Sequence[int], sides: Sides, run: Run) -> tuple[Slot, Kinds] | None:
        """The unknown fact to try next: the one on which most open norms still depend."""
        live = self.live(standings, facts, sides)
        slots = self.open_slots(facts, standings, live)
        if slots:
            return slots[0], self.kinds(slots[0], live, facts)
        computed = self._computed(live, facts, sides)
        if computed is not None:
            return computed
        open_still = [name for name in live.readings if name not in sides]
        if open_still:
            run.readings.update(dict.fromkeys(open_still))
            run.undecided.append(facts)
        else:
            run.doubt = True
        return None

    def kinds(self, slot: Slot, live: Reached, facts: Facts) -> Kinds:
        """The kinds of value that could stand in an unknown place."""
        only = self.days.get(slot.term) if slot.within is None else None
        return kinds_of(slot, live, self.law.directive, facts, only)

    def live(self, standings: Sequence[int], facts: Facts, sides: Sides) -> Reached:
        """What the verdict can still depend on, however the facts (the act applied) are completed."""
        law, levels = self.law, self.levels
        norms: list[Norm] = []
        for n in levels.matters(standings):
            applying = standings[n] & ~Standing.OUT_OF_FORCE
            low, high = levels.of(n, applying)
            norms.append(law.seen_as[n] if low != high else law.forces[n])
        return live_reach_of(norms, law.directive, facts, sides)

    def vectors(self, readings: Sequence[str]) -> tuple[dict[str, str], ...] | None:
        """Every way of taking these readings; nothing where they are too many."""
        sides = [[side.id for side in self.law.directive.reading[name].sides] for name in readings]
        if prod(map(len, sides)) > MOST_VECTORS:
            return None
        return tuple(dict(zip(readings, vector, strict=True)) for vector in product(*sides))

    def open_slots(self, facts: Facts, standings: Sequence[int], live: Reached) -> tuple[Slot, ...]:
        """The unknown places on which open norms still depend, those of most norms first, lists last."""
        slots = unknown_slots(live, self.law.directive, facts)
        seen = [self.law.reach[n].seen for n in self.levels.matters(standings)]
        weight = {slot: sum(slot.spot in one for one in seen) for slot in slots}
        return tuple(sorted(slots, key=lambda slot: (_is_list(slot, facts, self.law.directive), -weight[slot])))

    def _computed(self, reached: Reached, facts: Facts, sides: Sides) -> tuple[Slot, Kinds] | None:
        """A computed truth that a comparison looks for, everything it is computed from being known.

        Where lists are looked into it may come to something else within a record, and is left open."""
        if reached.lists:
            return None
        for slot in computed_slots(reached, facts):
            derived = self.law.directive.term[slot.term].derived
            assert derived is not None
            truth = holds(derived, self.law.directive, facts, sides)
            if truth is not Truth3.UNKNOWN:
                return slot, Kinds((truth is Truth3.TRUE,), True)
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
    if prod(map(len, choices.values())) > MOST_VECTORS:
        loose = _worst(
            [Possible(frozenset(lv for b in u.branches for lv in b.possible.levels), False) for u in units], []
        )
        branches: tuple[Branch, ...] = (Branch({}, loose),)
    else:
        vectors = [dict(zip(names, vector, strict=True)) for vector in product(*choices.values())]
        branches = tuple(
            Branch(v, _worst([_at(unit, v) for unit in units], [_at(unit, v) for unit in more])) for v in vectors
        )
        for name in names:
            branches = _without(name, branches)
    return Result(_verdict(levels, branches), branches, all(b.possible.exhaustive for b in branches))


def _without(name: str, branches: tuple[Branch, ...]) -> tuple[Branch, ...]:
    """The ways of taking the other readings, where this one makes no difference; else as they are."""
    grouped: dict[tuple[tuple[str, str], ...], list[Possible]] = {}
    for branch in branches:
        rest = tuple((reading, side) for reading, side in branch.sides.items() if reading != name)
        grouped.setdefault(rest, []).append(branch.possible)
    if any(len({_telling(one) for one in alike}) > 1 for alike in grouped.values()):
        return branches
    return tuple(
        Branch(
            dict(rest),
            Possible(frozenset(lv for one in alike for lv in one.levels), all(one.exhaustive for one in alike)),
        )
        for rest, alike in grouped.items()
    )


def _telling(possible: Possible) -> int | None:
    """The level where there is one alone; of several, not all need have been looked for."""
    return next(iter(possible.levels)) if len(possible.levels) == 1 else None


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
