"""What a norm's standing can depend on: its terms (seen from outside or from a list's records), readings, tests."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import assert_never

from tsutatsu.ir import (
    ALWAYS,
    NEVER,
    TODAY,
    AllOf,
    AnyOf,
    ClockRef,
    Concept,
    Condition,
    Directive,
    Each,
    Is,
    Norm,
    Not,
    Op,
    Records,
    Side,
    Some,
    Stands,
    TermRef,
    Test,
    conditions_of,
)


@dataclass(frozen=True, slots=True)
class Spot:
    """A term as a condition sees it: from the facts (no list), or from the records of a list."""

    within: str | None
    term: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A test as it is met in a condition: the spots it looks at."""

    test: Test
    spot: Spot
    other: Spot | None
    """The other term compared with, or the clock's start."""


@dataclass(frozen=True, slots=True)
class Quantified:
    """A condition on each or some record of a list."""

    term: str
    each: bool
    part: Condition
    nested: bool
    """Whether it is asked within the records of another list."""


@dataclass(frozen=True)
class Reached:
    """Everything that conditions look at."""

    mentions: tuple[Mention, ...]
    readings: tuple[str, ...]
    quantified: tuple[Quantified, ...]
    computed: tuple[Spot, ...]
    """Derived truths, whose own conditions are among the rest."""
    days: tuple[Spot, ...]
    """The days on which norms are judged: none means something of its own there (the day asked for)."""

    @cached_property
    def spots(self) -> tuple[Spot, ...]:
        """Every term looked at, in the order met."""
        found: dict[Spot, None] = {}
        for mention in self.mentions:
            found[mention.spot] = None
            if mention.other is not None:
                found[mention.other] = None
        return tuple(found)

    @cached_property
    def seen(self) -> frozenset[Spot]:
        """The same as a set, the lists looked into among them."""
        return frozenset((*self.spots, *(Spot(None, name) for name in self.lists)))

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The ids of the terms and lists looked at, in the order met."""
        return tuple(dict.fromkeys([*(spot.term for spot in self.spots), *self.lists]))

    @cached_property
    def lists(self) -> tuple[str, ...]:
        """The lists looked into, in the order met."""
        return tuple(dict.fromkeys(one.term for one in self.quantified))


def merged(parts: Iterable[Reached]) -> Reached:
    """What several norms look at together."""
    every = list(parts)
    return Reached(
        tuple(dict.fromkeys(m for part in every for m in part.mentions)),
        tuple(dict.fromkeys(r for part in every for r in part.readings)),
        tuple(dict.fromkeys(q for part in every for q in part.quantified)),
        tuple(dict.fromkeys(s for part in every for s in part.computed)),
        tuple(dict.fromkeys(s for part in every for s in part.days)),
    )


def reach_of(norm: Norm, directive: Directive, *, kept: bool = True) -> Reached:
    """All that a norm's standing can depend on; without ``kept``, all that whether it binds can depend on."""
    walk = Walk(directive)
    walk.norm(norm if kept else binding(norm), ())
    return walk.reached()


def binding(norm: Norm) -> Norm:
    """The norm as far as it decides whether it binds, not whether it is kept."""
    return replace(norm, kept=ALWAYS, pending=NEVER)


def forceful(norm: Norm) -> Norm:
    """The norm as far as it decides whether it is in force."""
    return replace(norm, when=NEVER, lifts=(), kept=ALWAYS, pending=NEVER)


def reach_of_conditions(conditions: Iterable[Condition], directive: Directive) -> Reached:
    """All that some conditions can depend on."""
    walk = Walk(directive)
    for condition in conditions:
        walk.condition(condition, ())
    return walk.reached()


def with_measures(reached: Reached, directive: Directive) -> Reached:
    """The same with the facts by which a force measures what is looked at."""
    measures = [one for one in directive.measures if one.term in reached.terms]
    guides = [guide for measure in measures for guide in conditions_of(measure)]
    return merged([reached, reach_of_conditions(guides, directive)]) if guides else reached


class Walk:
    """Goes through conditions and keeps what they look at."""

    def __init__(self, directive: Directive) -> None:
        self.directive = directive
        self.mentions: dict[Mention, None] = {}
        self.readings: dict[str, None] = {}
        self.quantified: dict[Quantified, None] = {}
        self.computed: dict[Spot, None] = {}
        self.days: dict[Spot, None] = {}
        self._seen: set[tuple[str, str, tuple[str, ...]]] = set()

    def reached(self) -> Reached:
        return Reached(
            tuple(self.mentions), tuple(self.readings), tuple(self.quantified), tuple(self.computed), tuple(self.days)
        )

    def norm(self, norm: Norm, scope: tuple[str, ...]) -> None:
        if not self._first("norm", norm.id, scope):
            return
        if norm.force:
            for day in (TODAY,) if norm.day is None else (norm.day, TODAY):
                self._test(Test(day, Op.WITHIN, ClockRef(norm.force)), scope)
                self._test(Test(day, Op.AFTER, ClockRef(norm.force)), scope)
            if norm.day is not None:
                self.days[self._spot(norm.day, scope)] = None
        for condition in (norm.survives, norm.when, *(lift.when for lift in norm.lifts), norm.kept, norm.pending):
            self.condition(condition, scope)

    def condition(self, condition: Condition, scope: tuple[str, ...]) -> None:
        match condition:
            case Test():
                self._test(condition, scope)
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    self.condition(part, scope)
            case Not(part):
                self.condition(part, scope)
            case Each(term, part) | Some(term, part):
                self.quantified[Quantified(term, isinstance(condition, Each), part, bool(scope))] = None
                self.condition(part, (*scope, term))
            case Is(name):
                if self._first("concept", name, scope):
                    concept = self.directive.concept[name]
                    self.condition(concept.yes, scope)
                    self._open_cases(concept, scope)
            case Side(reading, _):
                self.readings[reading] = None
            case Stands(name, _):
                self.norm(self.directive.norm[name], scope)
            case _:
                assert_never(condition)

    def _open_cases(self, concept: Concept, scope: tuple[str, ...]) -> None:
        for case in concept.open:
            self.condition(case.when, scope)
            self.readings[case.reading] = None

    def _test(self, test: Test, scope: tuple[str, ...]) -> None:
        other: str | None = None
        if isinstance(test.operand, TermRef):
            other = test.operand.id
        elif isinstance(test.operand, ClockRef):
            start = self.directive.clock[test.operand.id].start
            other = start if isinstance(start, str) else None
        self.mentions[
            Mention(test, self._spot(test.term, scope), None if other is None else self._spot(other, scope))
        ] = None
        for term in (test.term, other):
            if term is None:
                continue
            derived = self.directive.term[term].derived
            if derived is not None:
                self.computed[self._spot(term, scope)] = None
                if self._first("derived", term, scope):
                    self.condition(derived, scope)

    def _spot(self, term: str, scope: tuple[str, ...]) -> Spot:
        for name in reversed(scope):
            kind = self.directive.term[name].type
            assert isinstance(kind, Records)
            if term in kind.fields:
                return Spot(name, term)
        return Spot(None, term)

    def _first(self, what: str, name: str, scope: tuple[str, ...]) -> bool:
        """Whether a definition is met in this scope for the first time (its like has been walked already)."""
        key = (what, name, scope)
        if key in self._seen:
            return False
        self._seen.add(key)
        return True
