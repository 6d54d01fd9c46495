"""When a condition holds, and how a norm can then stand (a condition may rest on another norm's standing)."""

from collections.abc import Mapping
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
    Judgement,
    Norm,
    Not,
    Op,
    RecordList,
    Records,
    Side,
    Some,
    Standing,
    Stands,
    Strength,
    Test,
)
from tsutatsu.semantics.comparing import tested
from tsutatsu.semantics.truth import FALSE, TRUE, UNKNOWN, Truth3, negate, of, strongest, weakest

Sides = Mapping[str, str]
"""The side taken of each reading; a reading that is absent has none taken."""


def holds(condition: Condition, directive: Directive, facts: Facts, sides: Sides) -> Truth3:
    """Whether ``condition`` holds on ``facts``: surely, surely not, or not known."""
    match condition:
        case Test():
            return _tested(condition, directive, facts, sides)
        case AllOf(parts):
            return weakest(holds(part, directive, facts, sides) for part in parts)
        case AnyOf(parts):
            return strongest(holds(part, directive, facts, sides) for part in parts)
        case Not(part):
            return negate(holds(part, directive, facts, sides))
        case Each(term, part):
            records = _records(term, facts)
            if not isinstance(records, RecordList):
                return records
            found = [holds(part, directive, scope, sides) for scope in scopes(term, records, directive, facts)]
            return weakest(found if records.complete else [*found, UNKNOWN])
        case Some(term, part):
            records = _records(term, facts)
            if not isinstance(records, RecordList):
                return records
            found = [holds(part, directive, scope, sides) for scope in scopes(term, records, directive, facts)]
            return strongest(found if records.complete else [*found, UNKNOWN])
        case Is(name):
            return met(directive.concept[name], directive, facts, sides)
        case Side(reading, side):
            return of(sides[reading] == side) if reading in sides else UNKNOWN
        case Stands(norm, broken):
            still_open = possible(directive.norm[norm], directive, facts, sides)
            asked = Standing.BROKEN | Standing.UNEXPLAINED if broken else Standing.KEPT
            return TRUE if not still_open & ~asked else UNKNOWN if still_open & asked else FALSE
        case _:
            assert_never(condition)


def met(concept: Concept, directive: Directive, facts: Facts, sides: Sides) -> Truth3:
    """Whether a concept's case is met: what is not listed is not met."""
    return strongest(
        [
            holds(concept.yes, directive, facts, sides),
            *(
                weakest(
                    [
                        holds(case.when, directive, facts, sides),
                        holds(Side(case.reading, case.side), directive, facts, sides),
                    ]
                )
                for case in concept.open
            ),
        ]
    )


def scopes(term: str, records: RecordList, directive: Directive, facts: Facts) -> list[Facts]:
    """The facts seen from within each record: its own fields, and nothing of those fields from outside."""
    kind = directive.term[term].type
    assert isinstance(kind, Records)
    outside = {key: value for key, value in facts.items() if key not in kind.fields}
    return [{**outside, **record} for record in records.records]


def _records(term: str, facts: Facts) -> RecordList | Truth3:
    """The list, or what a condition over it comes to when it is unknown or there is none."""
    if term not in facts:
        return UNKNOWN
    value = facts[term]
    if value is None:
        return FALSE
    assert isinstance(value, RecordList)
    return value


def _tested(test: Test, directive: Directive, facts: Facts, sides: Sides) -> Truth3:
    """A test of a truth that is computed where it was not supplied, or of a term as submitted."""
    derived = directive.term[test.term].derived
    if test.term not in facts and derived is not None:
        computed = holds(derived, directive, facts, sides)
        if computed is UNKNOWN:
            return UNKNOWN
        return tested(test, directive, {**facts, test.term: computed is TRUE})
    return tested(test, directive, facts)


def standings(judgement: Judgement, directive: Directive, facts: Facts, sides: Sides) -> tuple[Standing, ...]:
    """What each norm of the judgement can still be, in the judgement's order (``facts`` hold the day judged)."""
    acted = {**facts, **dict(judgement.act)}
    return tuple(possible(directive.norm[name], directive, acted, sides) for name in judgement.norms)


def possible(norm: Norm, directive: Directive, facts: Facts, sides: Sides) -> Standing:
    """The standings that the facts leave open, each part taken on its own."""
    force = in_force(norm, directive, facts, sides)
    when = holds(norm.when, directive, facts, sides)
    lifted = strongest(holds(lift.when, directive, facts, sides) for lift in norm.lifts)
    kept = holds(norm.kept, directive, facts, sides)
    pending = holds(norm.pending, directive, facts, sides)
    found = Standing(0)
    if force is not TRUE:
        found |= Standing.OUT_OF_FORCE
    if force is FALSE:
        return found
    if when is not TRUE:
        found |= Standing.NOT_APPLICABLE
    if when is FALSE:
        return found
    if lifted is not FALSE:
        found |= Standing.LIFTED
    if lifted is TRUE:
        return found
    if norm.strength is Strength.FREE:
        return found | Standing.FREE
    if kept is not FALSE:
        found |= Standing.KEPT
    if kept is TRUE:
        return found
    if pending is not FALSE:
        found |= Standing.PENDING
    if pending is not TRUE:
        found |= Standing.BROKEN if norm.strength is Strength.HARD else Standing.UNEXPLAINED
    return found


def in_force(norm: Norm, directive: Directive, facts: Facts, sides: Sides) -> Truth3:
    """Whether the norm is in effect on its own day (its 基準日; the day judged where it has none or none has come)."""
    if not norm.force:
        return TRUE
    day = TODAY
    if norm.day is not None:
        if norm.day not in facts:
            return UNKNOWN
        if facts[norm.day] is not None:
            day = norm.day
    clock = ClockRef(norm.force)
    within = tested(Test(day, Op.WITHIN, clock), directive, facts)
    after = tested(Test(day, Op.AFTER, clock), directive, facts)
    return strongest([within, weakest([after, holds(norm.survives, directive, facts, sides)])])
