"""Atoms: what single tests come to, asked of the meaning. Only these see facts; the rule engine sees 0, 1 and 2."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Final, TypeAlias, assert_never

from tsutatsu.ir import (
    TODAY,
    Choice,
    ClockRef,
    Condition,
    Day,
    Directive,
    Facts,
    Hour,
    Length,
    Moment,
    Norm,
    Op,
    Person,
    Records,
    Side,
    TermRef,
    Test,
    Text,
    Truth,
    Type,
    Whole,
)
from tsutatsu.semantics import Sides, Truth3, holds
from tsutatsu.semantics.comparing import tested

Atom: TypeAlias = Callable[[Facts, Sides], int]
"""The truth of one atom on facts and sides."""

UNKNOWN: Final = Truth3.UNKNOWN
FALSE: Final = Truth3.FALSE
TRUE: Final = Truth3.TRUE

REMEMBERED: Final = 512
"""How many values an atom remembers the meaning's answer for; then it forgets them all, so that memory stays flat."""


def test_atom(test: Test, directive: Directive) -> Atom:
    """A test of a term as submitted. The answer depends on the values of one or two terms, and is remembered so."""
    terms = read_by(test, directive)
    kinds = [_held(directive.term[name].type) for name in terms]
    if None in kinds:
        return lambda facts, _sides: tested(test, directive, facts)
    if len(terms) == 1:
        return _remembering_one(test, directive, terms[0], kinds[0])
    return _remembering_two(test, directive, terms, kinds)


def read_by(test: Test, directive: Directive) -> list[str]:
    """The terms on whose values the test depends, its own first."""
    match test.operand:
        case TermRef(other):
            return [test.term, other]
        case ClockRef(name):
            start = directive.clock[name].start
            return [test.term, start] if isinstance(start, str) else [test.term]
        case _:
            return [test.term]


def _held(kind: Type) -> type | None:
    """The Python type of a term's values. Only values of exactly that type are remembered: 1 and true are equal keys.

    Words and lists are never remembered: they may be long, and they may be someone's name.
    """
    match kind:
        case Truth():
            return bool
        case Choice():
            return str
        case Whole() | Length():
            return int
        case Day():
            return date
        case Moment():
            return datetime
        case Hour():
            return time
        case Text() | Person() | Records():
            return None
        case _:
            assert_never(kind)


def _remembering_one(test: Test, directive: Directive, term: str, kind: type | None) -> Atom:
    known: dict[object, Truth3] = {}

    def atom(facts: Facts, _sides: Sides) -> int:
        value = facts.get(term)
        if type(value) is not kind:
            return tested(test, directive, facts)
        found = known.get(value)
        if found is None:
            if len(known) >= REMEMBERED:
                known.clear()
            found = known[value] = tested(test, directive, facts)
        return found

    return atom


def _remembering_two(test: Test, directive: Directive, terms: list[str], kinds: list[type | None]) -> Atom:
    (first, second), (kind, other_kind) = terms, kinds
    known: dict[tuple[object, object], Truth3] = {}

    def atom(facts: Facts, _sides: Sides) -> int:
        value, other = facts.get(first), facts.get(second)
        if type(value) is not kind or type(other) is not other_kind:
            return tested(test, directive, facts)
        found = known.get((value, other))
        if found is None:
            if len(known) >= REMEMBERED:
                known.clear()
            found = known[value, other] = tested(test, directive, facts)
        return found

    return atom


def supplied_atom(test: Test, directive: Directive) -> Atom:
    """A test of a computed truth as submitted: false where it was not submitted."""
    plain = test_atom(test, directive)
    term = test.term
    return lambda facts, sides: plain(facts, sides) if term in facts else FALSE


def unsupplied_atom(term: str) -> Atom:
    """Whether a computed truth is left to its definition."""
    return lambda facts, _sides: FALSE if term in facts else TRUE


def assumed_atom(test: Test, value: bool, directive: Directive) -> Atom:
    """A test of a computed truth, were it ``value``."""
    return lambda facts, _sides: tested(test, directive, {**facts, test.term: value})


def placed_atom(norm: Norm, op: Op, directive: Directive) -> Atom:
    """Where the norm's own day lies on the clock of its effect; the day judged where it has none or none has come."""
    clock = ClockRef(norm.force)
    today = test_atom(Test(TODAY, op, clock), directive)
    own = norm.day
    if own is None:
        return today
    at = test_atom(Test(own, op, clock), directive)

    def atom(facts: Facts, sides: Sides) -> int:
        if own not in facts:
            return UNKNOWN
        return today(facts, sides) if facts[own] is None else at(facts, sides)

    return atom


def side_atom(side: Side, directive: Directive) -> Atom:
    """Whether a side of a reading was taken."""
    reading = directive.reading[side.reading]
    answers = {one.id: holds(side, directive, {}, {reading.id: one.id}) for one in reading.sides}
    name = reading.id

    def atom(_facts: Facts, sides: Sides) -> int:
        taken = sides.get(name)
        return UNKNOWN if taken is None else answers.get(taken, FALSE)

    return atom


def whole_atom(condition: Condition, directive: Directive) -> Atom:
    """A condition over records, as one: it looks into each record, which rules do not."""
    return lambda facts, sides: holds(condition, directive, facts, sides)


def fixed(test: Test, directive: Directive, act: Mapping[str, object]) -> Truth3 | None:
    """What the test comes to whatever the facts, where it reads only what the act fixes."""
    if any(name not in act for name in read_by(test, directive)):
        return None
    return tested(test, directive, dict(act))  # type: ignore[arg-type]  # an act's constants are values
