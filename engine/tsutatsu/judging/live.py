"""What norms can still depend on, given what is known."""

from collections.abc import Iterable
from typing import assert_never

from tsutatsu.ir import (
    TODAY,
    AllOf,
    AnyOf,
    ClockRef,
    Concept,
    Condition,
    Directive,
    Each,
    Facts,
    Is,
    Norm,
    Not,
    Op,
    OpenCase,
    Side,
    Some,
    Stands,
    Strength,
    Test,
)
from tsutatsu.judging.reach import Reached, Spot, Walk
from tsutatsu.semantics import Sides, Truth3, holds, in_force
from tsutatsu.semantics.truth import negate, strongest, weakest


def live_reach_of(norms: Iterable[Norm], directive: Directive, facts: Facts, sides: Sides) -> Reached:
    """All that the norms' standings can still depend on, however these facts (the act applied) are completed.

    What the facts settle is left out, with all that only it looks at; conditions on a list's records are kept whole.
    """
    walk = _Live(directive, facts, sides)
    for norm in norms:
        walk.norm(norm, ())
    return walk.reached()


class _Live(Walk):
    """Goes only where the facts leave something open."""

    def __init__(self, directive: Directive, facts: Facts, sides: Sides) -> None:
        super().__init__(directive)
        self._facts = facts
        self._sides = sides
        self._concepts: dict[str, Truth3] = {}
        self._stood: dict[Stands, Truth3] = {}

    def norm(self, norm: Norm, scope: tuple[str, ...]) -> None:
        if scope:
            super().norm(norm, scope)
            return
        if not self._first("norm", norm.id, scope):
            return
        force = in_force(norm, self.directive, self._facts, self._sides)
        if force is Truth3.FALSE:
            return
        if force is Truth3.UNKNOWN:
            self._force(norm)
        if self._truth(norm.when) is Truth3.FALSE:
            return
        self.condition(norm.when, scope)
        if any(self._truth(lift.when) is Truth3.TRUE for lift in norm.lifts):
            return
        for lift in norm.lifts:
            self.condition(lift.when, scope)
        if norm.strength is Strength.FREE or self._truth(norm.kept) is Truth3.TRUE:
            return
        self.condition(norm.kept, scope)
        self.condition(norm.pending, scope)

    def condition(self, condition: Condition, scope: tuple[str, ...]) -> None:
        if scope or self._truth(condition) is Truth3.UNKNOWN:
            super().condition(condition, scope)

    def _force(self, norm: Norm) -> None:
        clock = ClockRef(norm.force)
        known = norm.day is None or norm.day in self._facts
        day = TODAY if norm.day is None or (known and self._facts[norm.day] is None) else norm.day
        for one in (day,) if known else (day, TODAY):
            self.condition(Test(one, Op.WITHIN, clock), ())
            if self._truth(norm.survives) is not Truth3.FALSE:
                self.condition(Test(one, Op.AFTER, clock), ())
        if not known:
            self.days[Spot(None, day)] = None
        self.condition(norm.survives, ())

    def _open_cases(self, concept: Concept, scope: tuple[str, ...]) -> None:
        for case in concept.open:
            if scope or self._met_in(case) is Truth3.UNKNOWN:
                self.condition(case.when, scope)
                if case.reading not in self._sides:
                    self.readings[case.reading] = None

    def _truth(self, condition: Condition) -> Truth3:
        """What ``holds`` says, names asked once."""
        match condition:
            case AllOf(parts):
                return weakest(map(self._truth, parts))
            case AnyOf(parts):
                return strongest(map(self._truth, parts))
            case Not(part):
                return negate(self._truth(part))
            case Is(name):
                if name not in self._concepts:
                    concept = self.directive.concept[name]
                    self._concepts[name] = strongest([self._truth(concept.yes), *map(self._met_in, concept.open)])
                return self._concepts[name]
            case Stands():
                if condition not in self._stood:
                    self._stood[condition] = holds(condition, self.directive, self._facts, self._sides)
                return self._stood[condition]
            case Test() | Each() | Some() | Side():
                return holds(condition, self.directive, self._facts, self._sides)
            case _:
                assert_never(condition)

    def _met_in(self, case: OpenCase) -> Truth3:
        return weakest([self._truth(case.when), self._truth(Side(case.reading, case.side))])
