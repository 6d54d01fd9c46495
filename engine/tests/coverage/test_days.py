"""Where days are compared with days, equal and impossible are proved too: tried against every day of a short law."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tsutatsu.bundle import Bundle
from tsutatsu.calendar import Counting, Period, Unit
from tsutatsu.coverage.measuring import State, measure
from tsutatsu.coverage.mutating import mutants_of
from tsutatsu.coverage.points import InForce, LeftOpen
from tsutatsu.coverage.resting import Reaching
from tsutatsu.coverage.shows import shows
from tsutatsu.coverage.sightings import Sightings
from tsutatsu.coverage.trying import Fate, Trial
from tsutatsu.gherkin.law import Law
from tsutatsu.ir import (
    FORCE,
    NEVER,
    TODAY,
    AllOf,
    AnyOf,
    Clock,
    ClockRef,
    Condition,
    Day,
    Directive,
    Facts,
    Header,
    Judgement,
    Kind,
    Norm,
    Not,
    Op,
    Printed,
    Revision,
    Strength,
    Term,
    TermRef,
    Test,
    Words,
)
from tsutatsu.semantics import Truth3, standings

START, END = date(2024, 1, 5), date(2024, 1, 9)
EVERY = [date(2023, 12, 31) + timedelta(days=n) for n in range(19)]
"""Days before, within and after the law's effect, by which every length of time in it is over."""

CLOCKS = (
    Clock(FORCE, Words("効力"), START, None, None, END),
    Clock("two", Words("二日"), "a", Counting.INCLUSIVE, Period(2, Unit.DAY)),
    Clock("three", Words("三日"), "b", Counting.EXCLUSIVE, Period(3, Unit.DAY)),
)
LEAVES: tuple[Condition, ...] = (
    Test("a", Op.LE, TermRef(TODAY)),
    Test("b", Op.GE, TermRef("a")),
    Test("b", Op.LT, date(2024, 1, 7)),
    Test("b", Op.WITHIN, ClockRef("two")),
    Test("b", Op.AFTER, ClockRef("two")),
    Test(TODAY, Op.AFTER, ClockRef("two")),
    Test(TODAY, Op.WITHIN, ClockRef("three")),
    Test("a", Op.WITHIN, ClockRef(FORCE)),
    Test("b", Op.PRESENT),
)


def _conditions() -> st.SearchStrategy[Condition]:
    return st.recursive(
        st.sampled_from(LEAVES),
        lambda inner: st.one_of(
            st.lists(inner, min_size=2, max_size=2, unique=True).map(lambda parts: AllOf(tuple(parts))),
            st.lists(inner, min_size=2, max_size=2, unique=True).map(lambda parts: AnyOf(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=3,
    )


@st.composite
def day_laws(draw: st.DrawFn) -> Directive:
    """A norm about two days and the day judged, in force for five days."""
    norm = Norm(
        "n", "第1", Kind.DUTY, Strength.HARD, Words("定め"),
        day=draw(st.sampled_from((None, "a", "b"))), force=FORCE,
        survives=draw(st.sampled_from((NEVER, Test("a", Op.WITHIN, ClockRef(FORCE))))),
        when=draw(_conditions()), kept=draw(_conditions()),
    )  # fmt: skip
    terms = tuple(Term(name, Words(name), Day()) for name in ("a", "b"))
    header = Header(Words("日"), Printed("令和6年1月5日", START), "者", "第1号")
    judgements = (Judgement("j", Words("問"), ("n",)),)
    return Directive("days", header, Revision(1, START), terms, CLOCKS, (), (), (norm,), judgements)


def _completions() -> list[Facts]:
    return [{TODAY: on, "a": a, "b": b} for on, a, b in product(EVERY, [*EVERY, None], [*EVERY, None])]


@given(day_laws(), st.integers(0, 200))
@settings(max_examples=30)
def test_a_mutant_is_equal_only_where_no_days_tell_it_apart(directive: Directive, number: int) -> None:
    reaching = Reaching(directive)
    mutants = mutants_of(directive, reaching)
    mutant = mutants[number % len(mutants)]
    law = Law(Path(), Bundle.of([directive]))
    tried = Trial(law, directive, reaching, Sightings((), (), ()), ()).tried(mutant)
    if tried.fate is not Fate.EQUAL:
        return
    (judgement,) = directive.judgements
    for facts in _completions():
        assert standings(judgement, directive, facts, {}) == standings(judgement, mutant.directive, facts, {}), facts


@given(day_laws())
@settings(max_examples=30)
def test_a_point_is_impossible_only_where_no_days_show_it(directive: Directive) -> None:
    impossible = [
        one.point
        for one in measure(directive, ()).points
        if one.state is State.IMPOSSIBLE and not isinstance(one.point, LeftOpen | InForce)
    ]
    for facts in _completions() if impossible else ():
        for point in impossible:
            assert shows(point, directive, facts, {}, ("n",)) is not Truth3.TRUE, facts
