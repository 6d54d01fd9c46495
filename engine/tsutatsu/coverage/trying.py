"""Tries mutants: each on the scenarios that it could make fail; what no scenario tells apart is a missing scenario."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, Final

from tsutatsu.coverage.altering import Change
from tsutatsu.coverage.hunting import Hunter
from tsutatsu.coverage.mutating import Mutant, Part
from tsutatsu.coverage.residue import residue_of_concept, residue_of_norm
from tsutatsu.coverage.resting import Reaching, Sort, subject
from tsutatsu.coverage.searching import End, Found, Search
from tsutatsu.coverage.shows import differ
from tsutatsu.coverage.sightings import Sightings
from tsutatsu.diagnostics import Refused
from tsutatsu.gherkin.acts import (
    Ask,
    ExpectAsked,
    ExpectNothingAsked,
    ExpectOnSide,
    ExpectStanding,
    ExpectUnitStanding,
    ExpectWay,
)
from tsutatsu.gherkin.asking import judgement_of
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.performing import Performed, play
from tsutatsu.gherkin.writing import submitted
from tsutatsu.ir import FORCE, TODAY, Concept, Directive, Facts, Norm, Standing
from tsutatsu.judging import Answer, Judge
from tsutatsu.judging.labels import one_by_one
from tsutatsu.judging.reach import reach_of
from tsutatsu.semantics import LEVELS, Question, Sides, Truth3, Verdict, level, possible
from tsutatsu.semantics.truth import FALSE, TRUE, UNKNOWN
from tsutatsu.semantics.verdicts import APPLIES

_LOOKING_AHEAD: Final = (ExpectWay, ExpectAsked, ExpectNothingAsked, ExpectOnSide)
"""Expectations about facts other than those given."""


class Fate(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    EQUAL = "equal"
    """No facts tell it from the law."""
    UNDECIDED = "undecided"
    """No scenario tells it from the law, and the search for facts that do came to its bound."""
    SURVIVED = "survived"


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts on which a mutant and the law differ, and how."""

    norm: str
    found: Found
    law: Standing
    mutant: Standing
    question: Question
    verdict: Verdict
    """The law's answer."""
    other: Verdict
    """The mutant's."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant, and what became of it."""

    mutant: Mutant
    fate: Fate
    by: int | None = None
    """The scenario that it makes fail."""
    difference: Difference | None = None


@dataclass(frozen=True)
class Trial:
    """The scenarios of one directive, ready to be played before its mutants."""

    law: Law
    directive: Directive
    reaching: Reaching
    sightings: Sightings
    scenarios: tuple[Performed, ...]

    def tried(self, mutant: Mutant) -> Tried:
        """What becomes of a mutant."""
        norms = [name for name in self.reaching.norms(mutant.subject) if name in self.reaching.judged]
        if self._settled_by_acts(mutant):
            return Tried(mutant, Fate.EQUAL)
        asking = _ByMutant(self.law, mutant)
        played: set[int] = set()
        for number in self._touched(mutant, norms):
            if number not in played and self._fails(number, asking):
                return Tried(mutant, Fate.KILLED, number)
            played.add(number)
        hunt = self._difference(mutant, norms)
        if isinstance(hunt, Fate):
            return Tried(mutant, hunt)
        for number in self._looking_ahead(norms):
            if number not in played and self._fails(number, asking):
                return Tried(mutant, Fate.KILLED, number)
        return Tried(mutant, Fate.SURVIVED, None, hunt)

    def _settled_by_acts(self, mutant: Mutant) -> bool:
        """Whether what judgements fix already makes the change of no account in each that bears on it."""
        d = self.directive
        bearing = [one for one in d.judgements if self.reaching.bears(one, mutant.subject)]
        return bool(bearing) and all(_alike(part, d, dict(one.act)) for one in bearing for part in mutant.parts)

    def _fails(self, number: int, asking: "_ByMutant") -> bool:
        one = self.scenarios[number]
        return play(one.script, self.law, one.path, asking) is not None

    def _touched(self, mutant: Mutant, norms: Iterable[str]) -> Iterator[int]:
        """The scenarios in which some norm stands otherwise."""
        if mutant.subject == subject(Sort.CLOCK, FORCE):
            yield from (one.scenario for one in self.sightings.force)
        for name in norms:
            norm = mutant.directive.norm[name]
            for one in self._seen_by.get(name, ()):
                standing = possible(norm, mutant.directive, one.facts, one.sides)
                if standing != one.standing or _weigh(norm, standing) != _weigh(self.directive.norm[name], standing):
                    yield from one.scenarios

    def _difference(self, mutant: Mutant, norms: Iterable[str]) -> Difference | Fate:
        """Facts that tell the mutant from the law: by how a norm stands, else by the duty that arises."""
        doubt = False
        for name in norms:
            hunt = self._hunter.find(self._hunter.bearing(subject(Sort.NORM, name)), self._standing(name, mutant))
            if hunt.found is not None:
                return self._told(name, mutant, hunt.found)
            doubt |= hunt.end is End.BOUND
        for name in norms if mutant.change is Change.STRENGTH else ():
            hunt = self._hunter.find(self._hunter.bearing(subject(Sort.NORM, name)), self._binding(name))
            if hunt.found is not None:
                return self._told(name, mutant, hunt.found)
            doubt |= hunt.end is End.BOUND
        return Fate.UNDECIDED if doubt else Fate.EQUAL

    def _standing(self, name: str, mutant: Mutant) -> Search:
        """Looks for facts on which a norm stands otherwise."""
        here, there = self.directive.norm[name], mutant.directive.norm[name]

        def goal(facts: Facts, sides: Sides) -> Truth3:
            return differ(*self._both(name, mutant, facts, sides))

        return Search(self.directive, ((self.directive, (here,)), (mutant.directive, (there,))), goal)

    def _binding(self, name: str) -> Search:
        """Looks for facts on which a norm binds, be it kept or not: how strictly shows in the duty that arises."""
        norm = self.directive.norm[name]

        def goal(facts: Facts, sides: Sides) -> Truth3:
            standing = possible(norm, self.directive, facts, sides)
            return FALSE if not standing & APPLIES else UNKNOWN if standing & ~APPLIES else TRUE

        return Search(self.directive, ((self.directive, (norm,)),), goal)

    def _both(self, name: str, mutant: Mutant, facts: Facts, sides: Sides) -> tuple[Standing, Standing]:
        return (
            possible(self.directive.norm[name], self.directive, facts, sides),
            possible(mutant.directive.norm[name], mutant.directive, facts, sides),
        )

    def _told(self, name: str, mutant: Mutant, found: Found) -> Difference:
        """The question by which the difference shows best: the first whose answers differ, else 適否."""
        ours, theirs = self._both(name, mutant, found.facts, found.sides)
        asked: list[tuple[Question, Verdict, Verdict]] = []
        for question in (Question.MAY, Question.ORDER, Question.DUTY):
            verdict = self._verdict(self.directive, question, found)
            other = self._verdict(mutant.directive, question, found)
            if verdict is not None and other is not None:
                asked.append((question, verdict, other))
        alike = asked[-1 if ours is theirs else 0] if asked else None  # a duty shows where duties are asked for
        chosen = next((one for one in asked if one[1] is not one[2]), alike)
        question, verdict, other = chosen or (Question.ORDER, Verdict.NOT_ENOUGH, Verdict.NOT_ENOUGH)
        return Difference(name, found, ours, theirs, question, verdict, other)

    def _verdict(self, directive: Directive, question: Question, found: Found) -> Verdict | None:
        judge = Judge(directive, found.judgement, digest="")
        given = submitted(found.facts, directive.judgement[found.judgement])
        try:
            return judge.ask(given, on=found.on, question=question, engine="semantics", sides=found.sides).verdict
        except Refused:
            return None

    def _looking_ahead(self, norms: Iterable[str]) -> Iterator[int]:
        """The scenarios about these norms that expect something of facts other than those given."""
        numbers = {number for name in norms for one in self._seen_by.get(name, ()) for number in one.scenarios}
        for number in sorted(numbers):
            one = self.scenarios[number]
            waits = any(asked.answer.verdict in (Verdict.NOT_ENOUGH, Verdict.BY_READING) for asked in one.asked)
            if waits or any(isinstance(line.act, _LOOKING_AHEAD) for line in one.script):
                yield number

    @cached_property
    def _hunter(self) -> Hunter:
        return Hunter(self.directive, self.reaching, self.sightings)

    @cached_property
    def _seen_by(self) -> Mapping[str, tuple["_SeenBy", ...]]:
        """What each norm saw, facts that it does not look at left out of account."""
        found: dict[str, dict[object, _SeenBy]] = {}
        for one in self.sightings.seen:
            for name, standing in zip(self.directive.judgement[one.judgement].norms, one.standings, strict=True):
                looked_at = self._looks_at(name)
                key = (
                    tuple(sorted((term, repr(value)) for term, value in one.facts.items() if term in looked_at)),
                    tuple(sorted(one.sides.items())),
                )
                kept = found.setdefault(name, {}).setdefault(key, _SeenBy(one.facts, one.sides, standing, []))
                kept.scenarios.extend(number for number in one.scenarios if number not in kept.scenarios)
        return {name: self._telling_first(name, kept.values()) for name, kept in found.items()}

    def _telling_first(self, name: str, seen: Iterable["_SeenBy"]) -> tuple["_SeenBy", ...]:
        """First what is seen in scenarios that say how the norm stands."""

        def silent(one: "_SeenBy") -> bool:
            return not any(name in self._told_of[number] for number in one.scenarios)

        return tuple(sorted(seen, key=silent))

    @cached_property
    def _told_of(self) -> tuple[frozenset[str], ...]:
        """The norms of which each scenario says how they stand."""
        return tuple(
            frozenset(line.act.norm for line in one.script if isinstance(line.act, ExpectStanding | ExpectUnitStanding))
            for one in self.scenarios
        )

    def _looks_at(self, name: str) -> frozenset[str]:
        if name not in self._terms:
            self._terms[name] = frozenset((TODAY, *reach_of(self.directive.norm[name], self.directive).terms))
        return self._terms[name]

    @cached_property
    def _terms(self) -> dict[str, frozenset[str]]:
        return {}


def _weigh(norm: Norm, standing: Standing) -> tuple[frozenset[int], ...]:
    """Where a standing can put the answer to each question."""
    singles = one_by_one(standing)
    return tuple(frozenset(level(question, norm, one) for one in singles) for question in LEVELS)


def _alike(part: Part, directive: Directive, fixed: Facts) -> bool:
    match part:
        case Norm():
            original = directive.norm[part.id]
            return residue_of_norm(part, directive, fixed) == residue_of_norm(original, directive, fixed)
        case Concept():
            concept = directive.concept[part.id]
            return residue_of_concept(part, directive, fixed) == residue_of_concept(concept, directive, fixed)
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _SeenBy:
    """The facts that a norm saw, how it stood, and the scenarios in which it did."""

    facts: Facts
    sides: Sides
    standing: Standing
    scenarios: list[int] = field(compare=False)


@dataclass(frozen=True)
class _ByMutant:
    """A mutant in place of its directive, judged by the meaning itself; other directives as they are."""

    law: Law
    mutant: Mutant
    _judges: dict[str, Judge] = field(default_factory=dict[str, Judge], compare=False, repr=False)

    def at(self, directive: str, on: date) -> Directive:
        found = self.law.bundle.at(directive, on)
        original = self.mutant.original
        return self.mutant.directive if (found.id, found.issued) == (original.id, original.issued) else found

    def ask(self, asked: Ask, facts: Mapping[str, Any], sides: Mapping[str, str], *, presume: bool) -> Answer:
        directive = self.at(asked.directive, asked.on)
        name = judgement_of(asked, self)
        key = f"{directive.id}/{name}"
        if key not in self._judges:
            self._judges[key] = Judge(directive, name, digest="")
        return self._judges[key].ask(
            facts, on=asked.on, question=asked.question, presume=presume, engine="semantics", sides=sides
        )

    def under(self, force: str) -> "_ByMutant":  # noqa: ARG002  # only scenarios without one are played
        return self
