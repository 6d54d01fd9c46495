"""Judging with what a force has laid down: measured facts, added requirements, decided readings, all of it named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_laws import LEAVES, OPTIONS, Posed, conditions, posed

from tsutatsu.bundle import Bundle
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import (
    TODAY,
    AllOf,
    AnyOf,
    Condition,
    Directive,
    Facts,
    Guide,
    Kind,
    Lift,
    Local,
    Measure,
    Norm,
    RecordList,
    Strength,
    Test,
    Value,
    Words,
)
from tsutatsu.judging import Answer, Judge, answer_schema, judge, read_answer, verify
from tsutatsu.judging.parts import CaveatKind
from tsutatsu.semantics import Question, Truth3, Verdict, holds

PLAIN = Bundle.load(Path(__file__).parents[1] / "language/overlaid/law")
LAID = PLAIN.under("見本県警察")
ON = date(2025, 10, 1)
ROUND = {
    "見回りの日": "2025-10-01",
    "前回の日": "2025-09-01",
    "承認者の職": "課長",
    "開始時刻": "21:00",
    "騒がしさ": 30,
    "人数": 2,
}


def ask(name: str, facts: Mapping[str, Any], law: Bundle = LAID, on: date = ON, **more: Any) -> Answer:
    known = {term: value for term, value in facts.items() if law is LAID or term != "人数"}  # a fact of the force's own
    return judge(law, name, known, on=on, **more)


def band(answer: Answer) -> object:
    return next((one.value for one in answer.facts if one.term == "round.band"), None)


def measured(answer: Answer) -> list[str]:
    return [one.words.ja for one in answer.caveats if one.kind is CaveatKind.MEASURED]


@pytest.mark.parametrize(("at", "value"), [("20:00", "night"), ("05:59", "night"), ("08:00", "day"), ("16:59", "day")])
def test_a_guide_that_surely_holds_fills_the_fact_and_is_listed_with_its_ground(at: str, value: str) -> None:
    answer = ask("見回り", {**ROUND, "開始時刻": at})
    assert band(answer) == value and answer.verdict is Verdict.PERMITTED
    (said,) = [one for one in measured(answer) if one.startswith("「時間帯」")]
    assert "見本県警察の尺度" in said and "見本県警察見回り要綱" in said and "開始時刻" in said


@pytest.mark.parametrize("at", ["06:00", "07:59", "17:00", "19:59"])
def test_between_the_guides_a_fact_stays_unknown_and_is_asked_for_with_the_guides(at: str) -> None:
    answer = ask("見回り", {**ROUND, "開始時刻": at, "人数": 1})
    assert answer.verdict is Verdict.NOT_ENOUGH and band(answer) is None
    (asked,) = [one for one in answer.questions if one.term == "round.band"]
    assert [one.ja.partition(":")[0] for one in asked.guides] == ["「夜間」", "「昼間」"]


def test_between_the_guides_what_was_answered_stands() -> None:
    facts = {**ROUND, "開始時刻": "18:30", "人数": 1}
    assert ask("見回り", {**facts, "時間帯": "昼間"}).verdict is Verdict.PERMITTED
    assert ask("見回り", {**facts, "時間帯": "夜間"}).verdict is Verdict.DENIED
    assert not [one for one in measured(ask("見回り", {**facts, "時間帯": "昼間"})) if "「時間帯」" in one]


def test_an_answer_that_a_guide_is_surely_against_is_refused() -> None:
    with pytest.raises(Refused, match=r"TS385.*「昼間」.*「夜間」"):
        ask("見回り", {**ROUND, "時間帯": "昼間"})
    with pytest.raises(Refused, match=r"TS385.*「夜間」.*「昼間」"):  # the judgement itself speaks of the night
        ask("夜の見回り", {**ROUND, "開始時刻": "12:00"})
    assert ask("見回り", {**ROUND, "時間帯": "夜間"}).verdict is Verdict.PERMITTED


def test_a_fact_that_no_guide_settles_is_measured_by_none() -> None:
    assert ask("見回り", {**ROUND, "騒がしさ": 50}).verdict is Verdict.NOT_ENOUGH
    assert ask("見回り", {**ROUND, "騒がしさ": 60}).verdict is Verdict.DENIED
    presumed = ask("見回り", {**ROUND, "騒がしさ": 50}, presume=True)
    assert presumed.verdict is Verdict.PERMITTED and [one.term for one in presumed.presumed] == ["round.quiet"]
    assert ask("見回り", {**ROUND, "騒がしさ": 60}, presume=True).verdict is Verdict.DENIED


def test_records_judged_one_by_one_are_measured_one_by_one() -> None:
    answer = ask("票の作成", {"記録票": [{"作成時刻": "18:00"}, {"作成時刻": "17:30"}, {"作成時刻": "16:00"}]})
    assert [unit.verdict for unit in answer.units] == [Verdict.PERMITTED, Verdict.NOT_ENOUGH, Verdict.DENIED]
    assert [one.partition("は")[0] for one in measured(answer)] == [
        "「記録票[1].作成の時間帯」",
        "「記録票[3].作成の時間帯」",
    ]
    with pytest.raises(Refused, match=r"記録票\[2\]\.作成の時間帯: TS385"):
        ask("票の作成", {"記録票": [{"作成時刻": "18:00"}, {"作成時刻": "18:00", "作成の時間帯": "通常"}]})
    assert ask("票の作成", {"作成時刻": "18:00"}).verdict is Verdict.PERMITTED  # no list: the facts are the one record


def test_the_way_out_changes_what_was_measured_by_changing_what_it_was_measured_by() -> None:
    answer = ask("見回り", {**ROUND, "人数": 1})
    assert answer.verdict is Verdict.DENIED and answer.path is not None
    ways = {tuple(change.term for change in way.changes): way.changes[0].value for way in answer.path.ways}
    assert set(ways) == {("round.people",), ("round.at",)}
    assert ask("見回り", {**ROUND, "人数": 1, "開始時刻": ways[("round.at",)]}).verdict is Verdict.PERMITTED
    said = ask("見回り", {**ROUND, "人数": 1, "時間帯": "夜間"}).path
    assert said is not None and {tuple(sorted(c.term for c in way.changes)) for way in said.ways} == {
        ("round.people",),
        ("round.at", "round.band"),
    }


def test_what_a_force_adds_is_asked_besides_what_the_circular_asks() -> None:
    assert ask("見回り", {**ROUND, "人数": 1}).verdict is Verdict.DENIED
    assert ask("見回り", {**ROUND, "承認者の職": "その他"}).verdict is Verdict.DENIED
    clerk = {**ROUND, "承認者の職": "係長"}
    assert ask("見回り", {**clerk, "時間帯": "夜間", "静かさ": True}, law=PLAIN).verdict is Verdict.BY_READING
    decided = ask("見回り", clerk)
    assert decided.verdict is Verdict.DENIED
    assert any("見本県警察本部長" in one.words.ja for one in decided.caveats if one.kind is CaveatKind.READING_TAKEN)


def test_a_length_moved_is_the_length_counted() -> None:
    facts = {**ROUND, "報告日": "2025-10-04", "静かさ": True, "時間帯": "夜間", "騒がしさ": 30}
    late = {"question": "order", "on": date(2025, 10, 10)}
    assert ask("見回り", facts, law=PLAIN, **late).verdict is Verdict.IN_ORDER
    assert ask("見回り", facts, **late).verdict is Verdict.BREACH
    soon = {**ROUND, "前回の日": "2025-09-22"}
    assert ask("見回り", {**soon, "静かさ": True, "時間帯": "夜間"}, law=PLAIN).verdict is Verdict.PERMITTED
    assert ask("見回り", soon).verdict is Verdict.DENIED


def test_what_a_force_lays_down_does_not_reach_back() -> None:
    with pytest.raises(Refused, match="TS384"):
        ask("見回り", ROUND, on=date(2025, 4, 30))
    before = ask("見回り", {**ROUND, "見回りの日": "2025-04-30", "前回の日": "2025-04-01", "人数": 1})
    assert before.verdict is Verdict.PERMITTED
    assert (
        ask("見回り", {**ROUND, "見回りの日": "2025-05-01", "前回の日": "2025-04-01", "人数": 1}).verdict
        is Verdict.DENIED
    )


def test_the_answer_the_record_and_the_receipt_name_whose_provisions_were_laid_over_it() -> None:
    answer = ask("見回り", ROUND)
    assert answer.engines == ("compiled", "rete")
    assert answer.version.local is not None and answer.version.local.force == "sample-force"
    assert any("見本県警察の定めによる" in one for one in answer.sentences())
    assert any("Sample Prefecture Police" in one for one in answer.sentences("en"))
    plain = answer.to_dict()
    jsonschema.Draft202012Validator(answer_schema()).validate(plain)
    assert read_answer(plain).to_dict() == plain
    assert (answer.receipt.local, answer.receipt.law) == ("sample-force", answer.version.digest)
    assert ask("見回り", {**ROUND, "時間帯": "夜間", "静かさ": True}, law=PLAIN).version.local is None


def test_a_receipt_is_performed_again_under_the_same_provisions() -> None:
    for law in (PLAIN, LAID):
        done = verify(ask("見回り", ROUND).receipt, ROUND, law)
        assert done.ok, done.problems
    other = verify(ask("見回り", ROUND).receipt, {**ROUND, "開始時刻": "12:00"}, PLAIN)
    assert not other.ok
    renamed = replace(ask("見回り", ROUND).receipt, local="other-force").sealed()
    assert [one.what for one in verify(renamed, ROUND, PLAIN).problems] == ["local: other-force → sample-force"]


def test_only_where_facts_are_measured_is_the_quick_way_left() -> None:
    (plain,), (laid,) = PLAIN.directives, LAID.directives
    assert laid.local is not None
    unmeasured = replace(laid, local=replace(laid.local, measures=()))
    for directive, quick in ((plain, True), (unmeasured, True), (laid, False)):
        desk = Judge(directive, "slips").ask({}, on=ON)._desk
        assert (desk.compiled is not None) is quick


# ── whatever the guides and the norms ────────────────────────────────────────────────────────────────────────────────


def laid_over(directive: Directive, **own: Any) -> Directive:
    return replace(directive, local=Local("own", Words("組織"), "長", date(2020, 1, 1), Words("要綱"), **own))


def on_plain_facts() -> st.SearchStrategy[Condition]:
    """Conditions on facts other than the one measured."""
    leaves = [one for one in LEAVES if isinstance(one, Test) and one.term != "c"]
    several = st.lists(st.sampled_from(leaves), min_size=1, max_size=2).map(tuple)
    return st.one_of(st.sampled_from(leaves), several.map(AllOf), several.map(AnyOf))


@st.composite
def measures(draw: st.DrawFn) -> Measure:
    one, other, _ = draw(st.permutations(OPTIONS))
    return Measure("c", (Guide(one, draw(on_plain_facts())), Guide(other, draw(on_plain_facts()))))


@st.composite
def own_norms(draw: st.DrawFn) -> Norm:
    kind, strength = draw(
        st.sampled_from([(Kind.DUTY, Strength.HARD), (Kind.BAN, Strength.HARD), (Kind.EFFORT, Strength.SOFT)])
    )
    return Norm(
        "own", "要綱", kind, strength, Words("加えた定め"), when=draw(conditions()), kept=draw(conditions()),
        lifts=tuple(Lift("要綱ただし書", one) for one in draw(st.lists(conditions(), max_size=1))),
    )  # fmt: skip


def raw(facts: Facts) -> dict[str, object]:
    """Facts as a caller submits them."""

    def said(value: Value) -> object:
        return [dict(one) for one in value.records] if isinstance(value, RecordList) else value

    return {term: said(value) for term, value in facts.items() if term != TODAY}


def verdict_of(directive: Directive, facts: Facts, question: Question, engine: str) -> Verdict:
    on = facts[TODAY]
    assert isinstance(on, date)
    return Judge(directive, "j").ask(raw(facts), on=on, question=question, engine=engine).verdict


@pytest.mark.parametrize("engine", ["semantics", "both"])
@settings(max_examples=60)
@given(posed(), measures(), st.booleans())
def test_measured_facts_are_judged_as_the_plain_law_judges_them_once_filled_in(
    engine: str, one: Posed, measure: Measure, unsaid: bool
) -> None:
    """Whatever the guides: where they hold, and only there, the fact is theirs; so nothing unknown permits."""
    facts = {term: value for term, value in one.facts.items() if not (unsaid and term == "c")}
    law = laid_over(one.directive, measures=(measure,))
    sure = [guide.value for guide in measure.guides if holds(guide.when, law, facts, {}) is Truth3.TRUE]
    if len(sure) > 1 or (sure and "c" in facts and facts["c"] != sure[0]):
        with pytest.raises(Refused, match=r"TS38[56]"):
            verdict_of(law, facts, one.question, engine)
        return
    filled = {**facts, "c": sure[0]} if sure else facts
    assert verdict_of(law, facts, one.question, engine) is verdict_of(one.directive, filled, one.question, engine)


@settings(max_examples=60)
@given(posed(), own_norms())
def test_whatever_is_added_what_was_refused_stays_refused_and_nothing_more_is_permitted(one: Posed, own: Norm) -> None:
    (asked,) = one.directive.judgements
    law = replace(
        laid_over(one.directive, norms=("own",)),
        norms=(*one.directive.norms, own),
        judgements=(replace(asked, norms=(*asked.norms, "own")),),
    )
    before = verdict_of(one.directive, one.facts, Question.MAY, "semantics")
    after = verdict_of(law, one.facts, Question.MAY, "semantics")
    assert before is not Verdict.DENIED or after is Verdict.DENIED
    assert after is not Verdict.PERMITTED or before is Verdict.PERMITTED
