"""The answer: whole, lazy, the same by either way of reading the facts, and JSON that comes back as it went."""

import copy
import json
import pickle
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from provision import GOOD, ON, READINGS, law

from tsutatsu.bundle import Bundle
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import FORCE, AllOf, AnyOf, Directive, Op, Standing, Superseded, Test
from tsutatsu.judging import Answer, EnginesDisagree, Judge, answer_schema, judge, read_answer
from tsutatsu.judging.engines import Disagreement, engines_named
from tsutatsu.judging.parts import CaveatKind, DutyState, Met, Reach
from tsutatsu.semantics import LEVELS, Question, Verdict, level

LAW = law()
PLACES = {"目的": "purpose", "申請書": "form", "決定者": "decider", "承認日": "approved_on", "部数": "copies"}


def ask(judgement: str, facts: dict[str, Any], *, of: Directive = LAW, on: date = ON, **how: Any) -> Answer:
    return Judge(of, judgement).ask(facts, on=on, **{"engine": "compiled", **how})


def kinds(answer: Answer) -> set[CaveatKind]:
    return {one.kind for one in answer.caveats}


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "purpose": st.sampled_from(["inquiry", "捜査", "teaching", "other", "不明", None]),
    "form": st.booleans(),
    "decider": st.sampled_from(["manager", "主任者", "clerk", None]),
    "approved_on": st.sampled_from(["2025-05-30", "令和7年6月1日", "2025-06-02", date(2025, 5, 1), None]),
    "given_at": st.sampled_from(["2025-05-31T10:00", "2025-05-31T21:00", None]),
    "copies": st.sampled_from([0, 2, 3, None]),
    "reported_on": st.sampled_from(["2025-06-01", "2025-07-01", None]),
    "special": st.booleans(),
}
FACTS = st.fixed_dictionaries({}, optional=VALUES)


@settings(max_examples=60)
@given(FACTS, st.sampled_from([Question.MAY, Question.ORDER, Question.DUTY]))
def test_every_answer_fits_the_schema_and_comes_back_from_json(facts: dict[str, Any], question: Question):
    record = ask("give", facts, question=question).to_dict()
    jsonschema.Draft202012Validator(answer_schema()).validate(record)
    assert read_answer(json.loads(json.dumps(record))).to_dict() == record


@settings(max_examples=80)
@given(FACTS, st.sampled_from([Question.MAY, Question.ORDER, Question.DUTY]))
def test_the_quick_way_and_the_careful_way_give_one_answer(facts: dict[str, Any], question: Question):
    quick = ask("give", facts, question=question)
    careful = ask("give", facts, question=question, engine="semantics")
    left = quick.record().to_dict()
    right = careful.record().to_dict()
    for record in (left, right):
        del record["engines"], record["receipt"]
    assert left == right


def test_what_was_given_can_change_afterwards_without_changing_the_answer():
    facts = dict(GOOD)
    answer = ask("give", facts)
    facts["form"] = False
    facts["decider"] = "clerk"
    assert {one.term: one.value for one in answer.facts}["form"] is True
    assert all(reason.norm != "form" or not reason.decisive for reason in answer.reasons)


def test_a_refusal_names_what_refuses_first_with_its_provision_and_facts():
    answer = ask("give", {**GOOD, "purpose": "other"})
    first = answer.reasons[0]
    assert answer.verdict is Verdict.DENIED
    assert (first.norm, first.provision, first.decisive) == ("purpose", "第1", True)
    assert first.facts == ("lawful_purpose", "purpose") or "purpose" in first.facts
    assert any("第1" in line for line in answer.sentences("ja"))
    assert answer.sentences("en")[0] != answer.sentences("ja")[0]


def test_each_exception_says_whether_it_applied():
    def met(special: bool, side: str) -> Met:
        answer = ask("formal", {"form": False, "special": special}, sides={"認定": side})
        (reason,) = answer.reasons
        (exception,) = reason.exceptions
        return exception.met

    assert met(True, "乙") is Met.APPLIED
    assert met(False, "甲") is Met.APPLIED
    assert met(False, "乙") is Met.NOT_APPLIED
    (open_one,) = ask("formal", {"form": False, "special": False}).reasons[0].exceptions
    assert open_one.met is Met.OPEN


def test_an_answer_that_turns_on_a_reading_says_so_with_each_side():
    answer = ask("give", {**GOOD, "decider": "chief"})
    assert answer.verdict is Verdict.BY_READING
    found = {side.sides[0].side: side.verdicts for side in answer.sides}
    assert found == {"可": (Verdict.PERMITTED,), "否": (Verdict.DENIED,)}
    assert ask("give", {**GOOD, "decider": "chief"}, sides={"職務代行": "可"}).verdict is Verdict.PERMITTED
    decided = law(readings=(READINGS[0], replace(READINGS[1], taken="否", decided_by="本部長")))
    answer = ask("give", {**GOOD, "decider": "chief"}, of=decided)
    assert answer.verdict is Verdict.DENIED
    assert CaveatKind.READING_TAKEN in kinds(answer)


def test_a_refusal_stands_in_spite_of_what_is_unknown_and_says_so():
    answer = ask("give", {"purpose": "other"})
    assert answer.verdict is Verdict.DENIED
    assert {told.place for told in answer.in_spite_of} >= {"申請書", "決定者"}
    assert answer.questions == ()


def test_what_the_facts_leave_without_a_say_is_not_listed_as_unknown():
    both = Test("form", Op.EQ, True), Test("note", Op.PRESENT)
    norms = tuple(
        replace(one, kept=AnyOf((*both, Test("copies", Op.GE, 1)))) if one.id == "form" else one for one in LAW.norms
    )
    of = law(norms=norms)
    listed = {told.term for told in ask("give", {"purpose": "other", "special": False}, of=of).in_spite_of}
    assert {"form", "note", "copies"} <= listed
    listed = {told.term for told in ask("give", {"purpose": "other", "copies": 1, "special": False}, of=of).in_spite_of}
    assert not {"form", "note"} & listed
    assert "decider" in listed


@settings(max_examples=80)
@given(FACTS, st.sampled_from([Question.MAY, Question.ORDER, Question.DUTY]))
def test_where_a_norm_surely_decides_none_that_is_open_is_said_to(facts: dict[str, Any], question: Question):
    answer = ask("give", facts, question=question)
    if answer.verdict not in LEVELS[question][1:]:
        return
    reached = LEVELS[question].index(answer.verdict)

    def surely(norm: str, standing: Standing) -> bool:
        return all(level(question, LAW.norm[norm], one) >= reached for one in Standing if one & standing)

    sure = {one.norm for one in answer.reasons if surely(one.norm, one.standing)}
    if sure:
        assert {one.norm for one in answer.reasons if one.decisive} == sure


def test_a_refusal_rests_on_what_is_broken_and_not_on_what_is_open():
    answer = ask("give", {"purpose": "other"})
    assert [one.norm for one in answer.reasons if one.decisive] == ["purpose"]
    assert {"form", "decider"} <= {one.norm for one in answer.reasons}


def test_an_answer_is_stored_as_json_and_never_pickled():
    answer = ask("give", GOOD)
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        with pytest.raises(TypeError, match="to_dict"):
            pickle.dumps(answer, protocol)
    assert copy.copy(answer) is copy.deepcopy([answer])[0] is answer


def test_a_law_is_named_in_a_line():
    assert len(repr(Bundle.of([LAW], Path("law")))) < 80


@settings(max_examples=60)
@given(FACTS)
def test_each_question_asked_has_answers_that_lead_to_different_verdicts_or_narrow_them(facts: dict[str, Any]):
    answer = ask("give", facts)
    for one in answer.questions:
        assert one.because
        assert one.question.ja
        assert one.term not in facts or facts[one.term] == "不明"
    if answer.verdict is Verdict.NOT_ENOUGH:
        assert answer.questions
        assert [q.settling for q in answer.questions] == sorted((q.settling for q in answer.questions), reverse=True)


def test_only_what_can_change_the_verdict_is_asked():
    answer = ask("give", {k: v for k, v in GOOD.items() if k not in ("purpose", "copies", "given_at")})
    assert [(q.term, q.place, q.answered_by) for q in answer.questions] == [("purpose", "目的", "申請者")]
    assert [o.id for o in answer.questions[0].choices] == ["inquiry", "teaching", "other"]
    assert answer.questions[0].because[0].provision == "第1"


def test_a_fact_that_no_completion_lets_decide_is_not_asked():
    idle = AnyOf((Test("form", Op.EQ, True), Test("form", Op.EQ, False)))
    kept = AllOf((idle, Test("special", Op.EQ, True)))
    (norm,) = (replace(n, kept=kept, lifts=()) for n in LAW.norms if n.id == "form")
    idle_law = law(norms=tuple(norm if n.id == "form" else n for n in LAW.norms))
    assert [q.term for q in ask("formal", {}, of=idle_law).questions] == ["special"]


def test_a_question_whose_answer_cannot_matter_any_more_is_not_asked():
    with_special = {k: v for k, v in GOOD.items() if k != "form"}
    assert [q.term for q in ask("give", {**with_special, "special": False}).questions] == ["form"]
    assert ask("give", {**with_special, "special": True}).verdict is Verdict.PERMITTED


@settings(max_examples=60)
@given(FACTS, st.sampled_from([Question.MAY, Question.ORDER]))
def test_every_way_out_really_leads_to_a_lawful_answer(facts: dict[str, Any], question: Question):
    answer = ask("give", facts, question=question)
    lawful = {Verdict.PERMITTED, Verdict.IN_ORDER, Verdict.NOTHING_APPLIED, Verdict.OPEN}
    if answer.path is None:
        assert answer.verdict not in (Verdict.DENIED, Verdict.BREACH, Verdict.UNEXPLAINED)
        return
    for way in answer.path.ways:
        changed = {**facts, **{change.term: change.value for change in way.changes}}
        assert ask("give", changed, question=question).verdict in lawful
        for change in way.changes:  # and none of its changes is idle
            less = {k: v for k, v in changed.items() if k != change.term}
            if change.term in facts:
                less[change.term] = facts[change.term]
            assert ask("give", less, question=question).verdict not in lawful


def test_the_path_tells_what_is_doable_now_from_what_had_its_time_and_what_is_others():
    refused = {**GOOD, "decider": "clerk"}
    (now,) = ask("give", refused).path.ways
    (late,) = ask("give", refused, question=Question.ORDER).path.ways
    assert (now.reach, late.reach) == (Reach.NOW, Reach.BEFOREHAND)
    assert [(c.term, c.value) for c in now.changes] == [("decider", "manager")]
    watched = ask("view", {"viewer": "山田", "witness": "山田", "presence": "throughout"})
    assert {way.reach for way in watched.path.ways} == {Reach.OTHERS}
    assert watched.path.ways[0].changes[0].changed_by == "管理者"


def test_where_nothing_helps_the_path_says_so():
    path = ask("purpose", {"purpose": "other"}).path
    assert path is not None
    assert (path.ways, path.exhaustive) == ((), True)
    assert "適法にはならない" in path.words.ja


def test_a_later_duty_arises_with_its_last_day_and_never_refuses():
    by_night = {**GOOD, "given_at": "2025-05-31T21:00"}
    answer = ask("give", by_night)
    (duty,) = answer.duties
    assert answer.verdict is Verdict.PERMITTED
    assert (duty.norm, duty.bearer, duty.state, duty.by) == ("report", "主任者", DutyState.OPEN, date(2025, 6, 2))
    late = ask("give", by_night, on=date(2025, 6, 3))
    assert late.verdict is Verdict.PERMITTED
    assert late.duties[0].state is DutyState.BREACHED
    assert ask("give", by_night, on=date(2025, 6, 3), question=Question.ORDER).verdict is Verdict.BREACH
    assert ask("give", GOOD).duties == ()


def test_presumptions_are_taken_only_on_request_and_listed():
    facts = {"viewer": "山田", "witness": "佐藤"}
    assert ask("view", facts).verdict is Verdict.NOT_ENOUGH
    answer = ask("view", facts, presume=True)
    assert answer.verdict is Verdict.PERMITTED
    assert [(p.term, p.value) for p in answer.presumed] == [("presence", "throughout")]
    assert CaveatKind.PRESUMED in kinds(answer)
    assert ask("view", {**facts, "presence": "part"}, presume=True).presumed == ()


FILES = {"早い": {"作成日": "2025-05-01", "編集": False}, "遅い": {"作成日": "2025-01-10", "編集": False}}


def test_units_are_judged_one_by_one_and_the_worst_stands():
    fresh, stale = FILES["早い"], FILES["遅い"]
    assert ask("erase", {"ファイル": [fresh, fresh]}).verdict is Verdict.PERMITTED
    answer = ask("erase", {"ファイル": [fresh, stale]})
    assert answer.verdict is Verdict.DENIED
    assert [(u.number, u.verdict) for u in answer.units] == [(1, Verdict.PERMITTED), (2, Verdict.DENIED)]
    assert answer.reasons[0].norm == "fresh"
    partly = ask("erase", {"ファイル": [fresh, {"作成日": "2025-05-01"}]})
    assert partly.verdict is Verdict.NOT_ENOUGH
    assert [q.place for q in partly.questions] == ["ファイル[2].編集"]
    assert ask("erase", {"ファイル": [stale, {"作成日": "2025-05-01"}]}).verdict is Verdict.DENIED


def test_without_the_list_the_facts_are_the_one_unit():
    answer = ask("erase", {"作成日": "2025-05-01", "編集": False})
    assert (answer.verdict, [u.number for u in answer.units]) == (Verdict.PERMITTED, [0])


@pytest.mark.parametrize("engine", ["compiled", "semantics"])
def test_no_unit_and_perhaps_more_units_are_never_permitted(engine: str):
    empty = ask("erase", {"ファイル": []}, engine=engine)
    assert (empty.verdict, empty.units) == (Verdict.NOT_ENOUGH, ())
    assert CaveatKind.NO_UNIT in kinds(empty)
    more = ask("erase", {"ファイル": [FILES["早い"], "不明"]}, engine=engine)
    assert more.verdict is Verdict.NOT_ENOUGH
    assert CaveatKind.MORE_UNITS in kinds(more)
    assert ask("erase", {"ファイル": [FILES["遅い"], "不明"]}, engine=engine).verdict is Verdict.DENIED
    assert ask("erase", {"ファイル": None}, engine=engine).verdict is Verdict.NOT_ENOUGH


def test_outside_the_effect_nothing_is_judged_and_the_answer_says_why():
    first, last = date(2025, 1, 1), date(2025, 12, 31)
    day = timedelta(days=1)
    for on in (first, last):
        assert ask("give", {**GOOD, "approved_on": "2025-01-01"}, on=on).verdict is Verdict.PERMITTED
    for on, said in ((first - day, "2025-01-01から"), (last + day, "2025-12-31限り")):
        answer = ask("give", GOOD, on=on)
        assert answer.verdict is Verdict.OUT_OF_SCOPE
        assert any(said in one.words.ja for one in answer.caveats if one.kind is CaveatKind.OUT_OF_FORCE)


def test_force_is_answered_from_the_head_of_the_circular():
    def force(of: Directive, on: date) -> Verdict:
        return ask("give", {}, of=of, on=on, question=Question.FORCE).verdict

    endless = law(clocks=tuple(replace(c, end=None) if c.id == FORCE else c for c in LAW.clocks))
    replaced = law(superseded=Superseded("provision", date(2026, 1, 1), date(2025, 12, 31)))
    assert force(LAW, date(2024, 12, 31)) is Verdict.NOT_YET
    assert force(LAW, date(2025, 12, 31)) is Verdict.IN_FORCE
    assert force(LAW, date(2026, 1, 1)) is Verdict.LAPSED
    assert force(replaced, date(2026, 1, 1)) is Verdict.SUPERSEDED
    assert force(endless, date(2099, 1, 1)) is Verdict.IN_FORCE_NO_END
    assert CaveatKind.END_NOT_PRINTED in kinds(ask("give", GOOD, of=endless))
    assert read_answer(ask("give", {}, question=Question.FORCE).to_dict()).verdict is Verdict.IN_FORCE


@pytest.mark.parametrize("engine", ["compiled", "semantics"])
def test_the_norms_own_day_is_taken_to_be_the_day_judged_where_nobody_gave_it(engine: str):
    answer = ask("dated", {"copies": 1}, engine=engine)
    assert answer.verdict is Verdict.PERMITTED
    assert CaveatKind.DAY_FILLED in kinds(answer)
    assert answer.receipt.facts[0].term == "copies"
    assert len(answer.receipt.facts) == 1
    assert ask("dated", {"copies": 1, "approved_on": "2024-12-31"}, engine=engine).verdict is Verdict.OUT_OF_SCOPE
    assert CaveatKind.DAY_FILLED not in kinds(ask("dated", {"copies": 1, "approved_on": "2025-06-01"}, engine=engine))


def test_both_engines_decide_by_default_and_are_named():
    answer = Judge(LAW, "give").ask(GOOD, on=ON)
    assert len(answer.engines) == 2
    assert "compiled" in answer.engines


class Contrary:
    """An engine that is wrong about everything."""

    name = "contrary"

    def standings(self, facts: Any, sides: Any) -> tuple[int, ...]:  # noqa: ARG002
        return (16,) * 6


@pytest.mark.parametrize("facts", [GOOD, {"目的": "捜査"}])
def test_engines_that_disagree_give_no_verdict_and_the_pair_is_recorded(facts: dict[str, Any]):
    seen: list[Disagreement] = []
    asked = Judge(LAW, "give", recorder=seen.append)
    engines = engines_named("compiled", LAW, LAW.judgement["give"], "d", seen.append)
    engines.every = (*engines.every, Contrary())
    engines.names = ("compiled", "contrary")
    asked._engines["both"] = engines
    with pytest.raises(EnginesDisagree) as fault:
        asked.ask(facts, on=ON)
    assert seen == [fault.value.pair]
    assert set(fault.value.pair.standings) == {"compiled", "contrary"}
    assert fault.value.pair.facts["purpose"] == "inquiry"


def test_without_the_rule_engine_the_meaning_stands_in_and_the_answer_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tsutatsu.judging.engines.rete_installed", lambda: False)
    answer = Judge(LAW, "give").ask(GOOD, on=ON)
    assert answer.engines == ("compiled", "semantics")
    assert CaveatKind.ENGINE_REPLACED in kinds(answer)


def test_answers_are_values():
    asked = Judge(LAW, "give")
    one, same, other = (asked.ask(f, on=ON, engine="compiled") for f in (GOOD, dict(GOOD), {**GOOD, "form": False}))
    assert one == same
    assert hash(one) == hash(same)
    assert one != other
    with pytest.raises(AttributeError):
        one.verdict = Verdict.DENIED  # type: ignore[misc]


def test_an_answer_that_was_altered_in_json_is_refused():
    good = ask("give", GOOD).to_dict()
    less = {k: v for k, v in good.items() if k != "path"}
    for spoiled in ({**good, "verdict": "許可"}, {**good, "extra": 1}, less, [good], None, 3):
        with pytest.raises(Refused) as refused:
            read_answer(spoiled)
        assert [one.code for one in refused.value.findings] == ["TS530"]


def test_the_law_is_asked_by_name_on_the_issue_that_governs_the_day():
    newer = law(
        header=replace(LAW.header, issued=replace(LAW.header.issued, day=date(2026, 1, 1))),
        clocks=tuple(replace(c, start=date(2026, 1, 1), end=None) if c.id == FORCE else c for c in LAW.clocks),
    )
    bundle = Bundle.of([LAW, newer])
    for name in ("give", "提供", "provision/give"):
        assert judge(bundle, name, GOOD, on=ON).version.issued == date(2024, 12, 20)
    later = {**GOOD, "approved_on": "2026-05-30"}
    assert judge(bundle, "give", later, on=date(2026, 6, 1)).version.issued == date(2026, 1, 1)
    assert judge(bundle, "give", GOOD, on=ON, sides={"職務代行": "可"}).verdict is Verdict.PERMITTED
    with pytest.raises(Refused):
        judge(bundle, "提共", GOOD, on=ON)
