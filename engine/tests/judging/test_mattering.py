"""Only what can still matter is run, listed and asked, and only real ways out are offered."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from provision import GOOD, NORMS, ON, TERMS, law, norm
from small_laws import DOMAINS, VECTORS, Posed, by_brute_force, posed, search_of, small

from tsutatsu.ir import AllOf, AnyOf, Changeable, Day, Directive, Judgement, Op, Side, Term, TermRef, Test, Words
from tsutatsu.judging import Answer, Disagreement, EnginesDisagree, Judge
from tsutatsu.judging.engines import engines_named
from tsutatsu.judging.questions import Turning
from tsutatsu.judging.settling import combined
from tsutatsu.semantics import Question, Verdict

OPEN = (Verdict.NOT_ENOUGH, Verdict.BY_READING)


def ask(judgement: str, facts: dict[str, Any], *, of: Directive, on: date = ON, **how: Any) -> Answer:
    return Judge(of, judgement).ask(facts, on=on, **{"engine": "compiled", **how})


def turned_by(one: Posed, reading: str) -> bool:
    """Whether, on some completion, two ways of taking the readings that differ in this one differ in verdict."""
    others = [VECTORS.index({**sides, reading: "乙" if sides[reading] == "甲" else "甲"}) for sides in VECTORS]
    return any(verdicts[at] is not verdicts[other] for _, verdicts in one.verdicts for at, other in enumerate(others))


def decided_by(one: Posed, term: str) -> bool:
    """Whether, on some completion, another value of this one fact gives another verdict."""
    found: dict[str, set[tuple[Verdict, ...]]] = {}
    for facts, verdicts in one.verdicts:
        rest = repr([value for name, value in facts.items() if name != term])
        found.setdefault(rest, set()).add(verdicts)
    return any(len(alike) > 1 for alike in found.values())


@settings(max_examples=50)
@given(posed())
def test_a_reading_is_told_apart_exactly_where_its_side_changes_what_the_facts_come_to(one: Posed):
    assume(small(one))
    search = search_of(one.directive, one.question)
    result = combined(search.levels, [search.settle(one.facts, whole=True)])
    told = {name for branch in result.branches for name in branch.sides}
    for name in ("one", "two"):
        pairs = [(by_brute_force(one, s), by_brute_force(one, {**s, name: "乙"})) for s in VECTORS if s[name] == "甲"]
        settled = [tuple(v if len(v) == 1 else {None} for v in pair) for pair in pairs]
        assert (name in told) == any(a != b for a, b in settled)


@settings(max_examples=50)
@given(posed())
def test_readings_and_facts_that_can_turn_an_open_verdict_are_exactly_those_that_brute_force_finds(one: Posed):
    assume(small(one))
    search = search_of(one.directive, one.question)
    assume(combined(search.levels, [search.settle(one.facts)]).verdict is Verdict.NOT_ENOUGH)
    turning = Turning(search, one.facts)
    assert set(turning.readings()) == {name for name in ("one", "two") if turned_by(one, name)}
    unknown = [term for term in DOMAINS if term not in one.facts]
    assert {w.slot.term for w in turning.weighed()} == {term for term in unknown if decided_by(one, term)}


def test_a_reading_that_the_facts_leave_idle_is_neither_listed_nor_run():
    facts = {**GOOD, "decider": "chief", "form": True}
    answer = ask("give", facts, of=law())
    assert answer.verdict is Verdict.BY_READING
    assert [one.reading for one in answer.readings] == ["職務代行"]
    assert [[taken.reading for taken in side.sides] for side in answer.sides] == [["職務代行"], ["職務代行"]]
    for settled in ({**GOOD, "decider": "clerk"}, GOOD):
        answer = ask("give", settled, of=law())
        assert answer.verdict not in OPEN
        assert (answer.readings, answer.sides) == ((), ())


def surviving() -> Directive:
    """A law whose norms outlive it, on an open reading, for files made while it was in force."""
    outlives = AllOf((Test("made_on", Op.LE, date(2025, 12, 31)), Side("認定", "甲")))
    kept = norm("form", provision="第2", day="approved_on", kept=Test("form", Op.EQ, True), survives=outlives)
    return law(norms=(kept,), judgements=(Judgement("formal", Words("様式"), ("form",), day="approved_on"),))


def test_what_only_decides_survival_is_not_asked_or_listed_while_the_law_is_in_force():
    answer = ask("formal", {}, of=surviving())
    assert answer.verdict is Verdict.NOT_ENOUGH
    assert [one.term for one in answer.questions] == ["form"]
    assert answer.readings == ()
    later = ask("formal", {"form": False}, of=surviving(), on=date(2026, 2, 1))
    assert {one.term for one in later.questions} == {"made_on"}
    assert [one.reading for one in later.readings] == ["認定"]


def dated() -> Directive:
    """A form that has to be in before the act, which has a day of its own."""
    terms = (
        *TERMS,
        Term("done_on", Words("実施日", "day of the act"), Day(), changeable=Changeable.BEFORE),
        Term("in_on", Words("提出日", "day handed in"), Day(), changeable=Changeable.BEFORE),
    )
    before = norm("before", provision="第12", day="done_on", kept=Test("in_on", Op.LT, TermRef("done_on")))
    return law(
        terms=terms,
        norms=(*NORMS, before),
        judgements=(Judgement("act", Words("実施", "the act"), ("before", "form"), day="done_on"),),
    )


@pytest.mark.parametrize("facts", [{"done_on": "2025-06-20"}, {}])
def test_a_way_out_never_moves_the_act_and_names_the_eve_of_it(facts: dict[str, Any]):
    act = date(2025, 6, 20) if facts else ON
    answer = ask("act", {**facts, "in_on": "2025-12-01", "form": True}, of=dated())
    assert answer.verdict is Verdict.DENIED
    assert answer.path is not None
    offered = [[(change.term, change.value) for change in way.changes] for way in answer.path.ways]
    assert offered == [[("in_on", (act - timedelta(days=1)).isoformat())]]


@settings(max_examples=40)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "purpose": st.sampled_from(["inquiry", "other"]),
            "form": st.booleans(),
            "decider": st.sampled_from(["manager", "chief", "clerk"]),
            "approved_on": st.sampled_from(["2025-05-30", "2025-06-30", None]),
            "copies": st.sampled_from([0, 3]),
            "special": st.booleans(),
        },
    )
)
def test_no_way_out_changes_all_that_another_changes_and_more(facts: dict[str, Any]):
    for question in (Question.MAY, Question.ORDER):
        path = ask("give", facts, of=law(), question=question).path
        places = [{change.place for change in way.changes} for way in path.ways] if path else []
        assert not any(one < other for one in places for other in places)


class LiesWhenWhole:
    """An engine that agrees as long as something is unknown."""

    name = "liar"

    def __init__(self, directive: Directive, judgement: str) -> None:
        (self._true,) = engines_named("compiled", directive, directive.judgement[judgement], "d").every

    def standings(self, facts: Any, sides: Any) -> tuple[int, ...]:
        found = self._true.standings(facts, sides)
        settled = all(standing & (standing - 1) == 0 for standing in found)
        return tuple(16 for _ in found) if settled else found


@pytest.mark.parametrize("form", [True, None])
def test_what_proves_a_verdict_is_confirmed_by_every_engine(form: bool | None):
    """Not on the facts given, on which both agree, but on completions that settle the verdict."""
    either = AnyOf((Test("special", Op.EQ, True), Test("special", Op.EQ, False)))
    of = law(norms=tuple(replace(n, kept=AllOf((n.kept, either)), lifts=()) if n.id == "form" else n for n in NORMS))
    seen: list[Disagreement] = []
    asked = Judge(of, "formal", recorder=seen.append)
    engines = engines_named("compiled", of, of.judgement["formal"], "d", seen.append)
    engines.every = (*engines.every, LiesWhenWhole(of, "formal"))
    engines.names = ("compiled", "liar")
    asked._engines["both"] = engines
    with pytest.raises(EnginesDisagree):
        asked.ask({} if form is None else {"form": form}, on=ON)
    assert seen
    assert "special" in seen[0].facts
