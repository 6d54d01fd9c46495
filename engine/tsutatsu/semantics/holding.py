"""When a condition holds."""

from collections.abc import Mapping
from typing import assert_never

from tsutatsu.ir import (
    AllOf,
    AnyOf,
    Concept,
    Condition,
    Directive,
    Each,
    Facts,
    Is,
    Not,
    RecordList,
    Records,
    Side,
    Some,
    Standing,
    Stands,
    Test,
)
from tsutatsu.semantics import standing
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
            possible = standing.possible(directive.norm[norm], directive, facts, sides)
            asked = Standing.BROKEN | Standing.UNEXPLAINED if broken else Standing.KEPT
            return TRUE if not possible & ~asked else UNKNOWN if possible & asked else FALSE
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
