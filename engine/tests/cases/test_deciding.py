"""Whether an event may happen: it happens, or the refusal is an explained answer; no storage is involved."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from handing import ASKER, AT, CHIEF, CITIZEN, HANDING, MANAGER, STATES, SUBMITTED, event, ground

from tsutatsu.cases import (
    CLOCK,
    Actor,
    Case,
    Chance,
    Done,
    DutyStanding,
    Ground,
    Holding,
    Linked,
    Refusal,
    Why,
    corrected,
    decide,
    opened,
    options,
    passed,
    waived,
    withdrawn,
)
from tsutatsu.cases.people import post_as
from tsutatsu.diagnostics import Refused
from tsutatsu.ir.workflows import Hand, Stamp, StateOf, Timer, Write
from tsutatsu.semantics import Verdict

GROUND = ground()


def case(g: Ground = GROUND, **how) -> Case:
    return opened(g, "K1", ASKER, AT, **how).case


def do(  # noqa: PLR0917
    one: Case, name: str, actor: Actor, said: dict | None = None, at: datetime = AT, g: Ground = GROUND, **how
) -> Case:
    came = decide(g, one, name, actor, said or {}, now=at, **how)
    assert isinstance(came, Done), came.said
    return came.case


def refused(  # noqa: PLR0917
    one: Case, name: str, actor: Actor, said: dict | None = None, at: datetime = AT, g: Ground = GROUND, **how
) -> Refusal:
    came = decide(g, one, name, actor, said or {}, now=at, **how)
    assert isinstance(came, Refusal)
    return came


def code(run) -> str:
    with pytest.raises(Refused) as raised:
        run()
    (found,) = raised.value.findings
    return found.code


def approved(at: datetime = AT, actor: Actor = MANAGER, g: Ground = GROUND) -> Case:
    return do(do(case(g), "申請する", ASKER, SUBMITTED, g=g), "承認する", actor, {"copies": 1}, at, g=g)


def test_an_event_moves_the_case_and_leaves_its_facts() -> None:
    one = do(case(), "submit", ASKER, SUBMITTED)
    assert one.state == "submitted" and one.version == 2
    assert one.facts == {**SUBMITTED, "viewer": "山田"}
    assert one.written == {"viewer"}


def test_the_judgement_that_permitted_is_kept_with_its_receipt() -> None:
    one = do(approved(), "give", MANAGER)
    (given,) = one.entries[-1].body.given
    assert given.judgement == "give" and given.verdict == "permitted"
    assert json.loads(given.receipt)["law"] == GROUND.law


def test_a_refusal_is_the_judgements_own_answer_with_the_way_out() -> None:
    found = refused(
        do(do(case(), "submit", ASKER, {**SUBMITTED, "form": False}), "approve", MANAGER, {"copies": 1}),
        "give",
        MANAGER,
    )
    assert found.why is Why.JUDGEMENT and found.answer.verdict is Verdict.NOT_ENOUGH
    assert {reason.norm for reason in found.answer.reasons if reason.decisive} == {"form"}


def test_an_unknown_fact_never_permits() -> None:
    one = replace(approved(), facts={k: v for k, v in approved().facts.items() if k != "form"})
    found = refused(one, "give", MANAGER)
    assert found.why is Why.JUDGEMENT and found.answer.verdict is Verdict.NOT_ENOUGH
    assert "form" in {one.term for one in found.answer.questions}


def test_a_guard_refuses_with_an_answer_that_says_what_would_pass() -> None:
    one = do(case(), "submit", ASKER, SUBMITTED)
    selfish = replace(MANAGER, id=ASKER.id)
    found = refused(one, "approve", selfish, {"copies": 1})
    assert found.why is Why.GUARD and found.answer.verdict is Verdict.DENIED
    assert found.provision == "第7"
    assert found.answer.path is not None and found.answer.path.ways


def test_who_may_follows_from_the_guard_over_what_the_event_writes() -> None:
    one = do(case(), "submit", ASKER, SUBMITTED)
    clerk = Actor("高橋", "", (Holding("係員"),))
    assert refused(one, "approve", clerk, {"copies": 1}).why is Why.GUARD
    assert do(one, "approve", CHIEF, {"copies": 1}).facts["decider"] == "chief"


def test_a_post_counts_only_while_it_is_held() -> None:
    one = do(case(), "submit", ASKER, SUBMITTED)
    july = datetime(2025, 7, 1, 9)
    assert CHIEF.posts(date(2025, 6, 30)) and not CHIEF.posts(date(2025, 7, 1))
    assert refused(one, "approve", CHIEF, {"copies": 1}, july).why is Why.GUARD
    assert code(lambda: do(one, "approve", CHIEF, {"copies": 1}, july, post="主任者")) == "TS845"


def test_whoever_holds_several_posts_says_in_which_he_acts() -> None:
    one = do(case(), "submit", ASKER, SUBMITTED)
    both = Actor("佐藤", "", (Holding("管理者"), Holding("係員")))
    assert code(lambda: do(one, "approve", both, {"copies": 1})) == "TS846"
    assert do(one, "approve", both, {"copies": 1}, post="管理者").facts["decider"] == "manager"
    twice = Actor("佐藤", "", (Holding("管理者", "地域課"), Holding("管理者", "刑事課")))
    assert code(lambda: do(one, "approve", twice, {"copies": 1}, post="管理者")) == "TS846"


def test_a_post_that_the_term_cannot_hold_is_refused() -> None:
    one = do(case(), "submit", ASKER, SUBMITTED)
    stranger = Actor("高橋", "", (Holding("署長"),))
    assert code(lambda: post_as(GROUND.directive.term["decider"], "署長")) == "TS847"
    found = refused(one, "approve", stranger, {"copies": 1})
    assert found.why is Why.POST and "署長" in found.said.ja and "署長" in found.said.en
    (his,) = (o for o in options(GROUND, one, stranger, AT).options if o.event.id == "approve")
    assert his.chance is Chance.MAY_NOT and his.refusal.why is Why.POST
    assert refused(one, "approve", CITIZEN, {"copies": 1}).why is Why.GUARD  # no post is none, where there may be none


@pytest.mark.parametrize(
    ("name", "actor", "said", "why"),
    [
        ("give", MANAGER, {}, Why.STATE),
        ("erase", MANAGER, {}, Why.STATE),
        ("submit", CLOCK, SUBMITTED, Why.HAND),
        ("submit", ASKER, {"form": True}, Why.MISSING),
    ],
)
def test_what_does_not_fit_the_moment_is_an_explained_refusal(name: str, actor: Actor, said: dict, why: Why) -> None:
    found = refused(case(), name, actor, said)
    assert found.why is why and found.said.ja and found.said.en
    if why is Why.MISSING:
        assert found.missing == ("purpose", "made_on")


def test_what_an_event_does_not_take_cannot_be_slipped_in() -> None:
    one = do(case(), "submit", ASKER, SUBMITTED)
    assert code(lambda: do(one, "approve", MANAGER, {"copies": 1, "viewer": "別人"})) == "TS849"
    assert code(lambda: do(one, "approve", MANAGER, {"copies": 1, "部": 1})) == "TS501"
    assert code(lambda: do(one, "承諾する", MANAGER)) == "TS841"


def test_nothing_happens_before_what_has_happened() -> None:
    assert code(lambda: do(case(), "submit", ASKER, SUBMITTED, AT - timedelta(seconds=1))) == "TS848"


def test_the_act_in_duty_hours_raises_a_duty_that_the_report_meets() -> None:
    night = datetime(2025, 6, 2, 22, 0)
    one = do(approved(), "give", MANAGER, at=night)
    (duty,) = one.duties
    assert duty.standing is DutyStanding.OPEN and duty.bearer == "主任者"
    assert duty.last == date(2025, 6, 5) and duty.due_at == datetime(2025, 6, 6)
    after = do(one, "report", MANAGER, at=datetime(2025, 6, 5, 23, 59))
    assert after.duties[0].standing is DutyStanding.MET and after.duties[0].settled == after.version


def test_a_late_report_is_a_breach_on_record_and_never_a_refusal() -> None:
    one = do(approved(), "give", MANAGER, at=datetime(2025, 6, 2, 22))
    (entry,) = passed(GROUND, one, datetime(2025, 6, 6))[:1]
    assert entry.duties[0].standing is DutyStanding.BREACHED
    late = do(one, "report", MANAGER, at=datetime(2025, 6, 9))
    assert late.duties[0].standing is DutyStanding.BREACHED and late.duties[0].performed == late.version


def test_what_was_reported_in_time_stays_so_when_it_is_reported_again_and_not_when_the_day_is_put_right() -> None:
    one = do(approved(), "give", MANAGER, at=datetime(2025, 6, 2, 22))
    met = do(one, "report", MANAGER, at=datetime(2025, 6, 4, 9))
    again = do(met, "report", MANAGER, at=datetime(2025, 6, 9))
    assert again.facts["reported_on"] == date(2025, 6, 9) and again.duties == met.duties
    late = do(one, "report", MANAGER, at=datetime(2025, 6, 9))
    assert late.duties[0].standing is DutyStanding.BREACHED


def test_the_machine_closes_what_is_settled_and_not_before() -> None:
    one = do(approved(), "give", MANAGER, at=datetime(2025, 6, 2, 22))
    assert passed(GROUND, one, datetime(2025, 6, 5, 23, 59, 59)) == ()
    met = do(one, "report", MANAGER, at=datetime(2025, 6, 3, 9))
    assert [e.event for e in passed(GROUND, met, datetime(2025, 6, 3, 9))] == ["close"]
    kind = refused(one, "close", replace(CLOCK, hand=Hand.MACHINE), at=datetime(2025, 6, 3))
    assert kind.why is Why.DUTIES and [d.key.norm for d in kind.duties] == ["report"]


def test_what_comes_at_the_moment_a_duty_runs_out_comes_before_the_breach() -> None:
    prompt = replace(
        HANDING,
        events=(
            *(e for e in HANDING.events if e.id != "report"),
            event(
                "report",
                "報告する",
                ("given",),
                "given",
                hand=Hand.CLOCK,
                writes=(Write("reported_on", date(2025, 6, 5)),),
            ),
        ),
        timers=(Timer("report", "report"),),
    )
    g = Ground(GROUND.directive, prompt, engine="compiled")
    one = do(approved(g=g), "give", MANAGER, at=datetime(2025, 6, 2, 22), g=g)
    assert [e.event for e in passed(g, one, datetime(2025, 6, 6))] == ["report", "close"]


def test_the_clock_erases_on_the_ninety_first_day_at_its_first_moment() -> None:
    one = do(case(), "submit", ASKER, SUBMITTED)
    (timing,) = one.timings
    assert timing.due_at == datetime(2025, 8, 30)  # 1 June + 89 days is the last day
    assert passed(GROUND, one, datetime(2025, 8, 29, 23, 59, 59)) == ()
    (entry,) = passed(GROUND, one, datetime(2025, 8, 30))
    assert (entry.event, entry.target, entry.body.doer.hand) == ("erase", "gone", Hand.CLOCK)


def test_what_has_come_at_its_time_does_not_come_again() -> None:
    reminding = replace(
        HANDING,
        events=tuple(
            replace(one, target="submitted", origins=("submitted",)) if one.id == "erase" else one
            for one in HANDING.events
        ),
    )
    g = Ground(GROUND.directive, reminding, engine="compiled")
    one = do(case(g), "submit", ASKER, SUBMITTED, g=g)
    entries = passed(g, one, datetime(2025, 9, 30))
    assert [e.event for e in entries] == ["erase"] and entries[-1].timings == ()
    one = one.after(entries[0])
    assert passed(g, one, datetime(2026, 9, 30)) == ()
    later = corrected(g, one, {"made_on": date(2025, 9, 1)}, CHIEF, datetime(2025, 10, 1), reason="誤記").case
    assert later.timings[0].due_at == datetime(2025, 11, 30)


def test_an_event_that_comes_by_itself_and_may_not_is_held_with_its_reason() -> None:
    held_back = replace(
        HANDING,
        events=tuple(replace(one, judgements=("view",)) if one.id == "erase" else one for one in HANDING.events),
    )
    g = Ground(GROUND.directive, held_back, engine="compiled")
    one = do(case(g), "submit", ASKER, SUBMITTED, g=g)
    (entry,) = passed(g, one, datetime(2025, 8, 30))
    assert entry.deed.value == "held" and entry.body.words
    after = one.after(entry)
    assert after.state == "submitted" and passed(g, after, datetime(2025, 9, 30)) == ()
    again = do(after, "approve", MANAGER, {"copies": 1}, datetime(2025, 9, 1), g=g)
    assert again.timings and not again.timings[0].held


def test_facts_that_contradict_each_other_stand_in_the_way() -> None:
    flow = replace(
        HANDING,
        events=(
            event(
                "say", "言う", ("draft",), "submitted", supplied=("purpose",), writes=(Write("lawful_purpose", True),)
            ),
            event("teach", "教える", ("submitted",), "closed", judgements=("teach",)),
        ),
        timers=(),
        watched=(),
    )
    g = Ground(GROUND.directive, flow, engine="compiled")
    one = do(case(g), "say", ASKER, {"purpose": "other"}, g=g)
    assert code(lambda: do(one, "teach", ASKER, g=g)) == "TS504"
    (found,) = (o for o in options(g, one, ASKER, AT).options if o.event.id == "teach")
    assert found.chance is Chance.MAY_NOT and found.refusal.why is Why.FACTS


def test_a_linked_case_must_stand_where_the_event_says() -> None:
    seen = replace(
        HANDING,
        events=(event("see", "見る", ("draft",), "closed", linked=(StateOf("handing", ("closed",)),)),),
        timers=(),
    )
    g = Ground(GROUND.directive, seen, engine="compiled")
    assert refused(case(g), "see", ASKER, g=g).why is Why.LINKED
    assert refused(case(g), "see", ASKER, g=g, linked=[Linked("K2", "handing", "given")]).why is Why.LINKED
    assert do(case(g), "see", ASKER, g=g, linked=[Linked("K2", "handing", "closed")]).state == "closed"


def test_options_tell_what_may_be_done_until_when_and_why_not_the_rest() -> None:
    one = do(approved(), "give", MANAGER, at=datetime(2025, 6, 2, 22))
    found = {o.event.id: o for o in options(GROUND, one, MANAGER, datetime(2025, 6, 3)).options}
    assert found["report"].chance is Chance.MAY and found["report"].until == datetime(2025, 6, 6)
    assert found["give"].refusal.why is Why.STATE
    assert found["close"].refusal.why is Why.HAND


def test_options_leave_open_what_depends_on_what_will_be_said() -> None:
    one = do(case(), "submit", ASKER, SUBMITTED)
    said_later = replace(
        HANDING,
        events=tuple(
            replace(e, judgements=("give",), supplied=("copies", "purpose")) if e.id == "approve" else e
            for e in HANDING.events
        ),
    )
    g = Ground(GROUND.directive, said_later, engine="compiled")
    (found,) = (o for o in options(g, one, MANAGER, AT).options if o.event.id == "approve")
    assert found.chance is Chance.DEPENDS and found.posts == ("管理者",)
    (his,) = (o for o in options(g, one, replace(MANAGER, id=ASKER.id), AT).options if o.event.id == "approve")
    assert his.chance is Chance.MAY_NOT


def test_options_try_every_post() -> None:
    one = do(case(), "submit", ASKER, SUBMITTED)
    both = Actor("高橋", "", (Holding("係員"), Holding("管理者")))
    (found,) = (o for o in options(GROUND, one, both, AT).options if o.event.id == "approve")
    assert found.chance is Chance.MAY and found.posts == ("管理者",)


def test_a_correction_puts_said_facts_right_and_recounts_the_duties() -> None:
    one = do(approved(), "give", MANAGER, at=datetime(2025, 6, 2, 22))
    later = corrected(
        GROUND, one, {"copies": 3, "made_on": date(2025, 6, 2)}, CHIEF, datetime(2025, 6, 3), reason="誤記"
    )
    assert later.case.facts["copies"] == 3 and later.case.timings[0].due_at == datetime(2025, 8, 31)
    assert later.case.state == "given"
    assert code(lambda: corrected(GROUND, one, {"witness": "別人"}, CHIEF, datetime(2025, 6, 3), reason="x")) == "TS851"
    assert code(lambda: corrected(GROUND, one, {"copies": 3}, CHIEF, datetime(2025, 6, 3), reason=" ")) == "TS872"
    assert code(lambda: corrected(GROUND, one, {}, CHIEF, datetime(2025, 6, 3), reason="x")) == "TS873"


def test_a_report_recorded_late_but_made_in_time_is_no_breach() -> None:
    one = do(approved(), "give", MANAGER, at=datetime(2025, 6, 2, 22))
    for entry in passed(GROUND, one, datetime(2025, 6, 7)):
        one = one.after(entry)
    assert one.duties[0].standing is DutyStanding.BREACHED
    right = corrected(GROUND, one, {"reported_on": date(2025, 6, 4)}, CHIEF, datetime(2025, 6, 7), reason="記録漏れ")
    assert right.case.duties[0].standing is DutyStanding.MET


def test_a_withdrawal_takes_back_ones_own_last_event() -> None:
    before = approved()
    one = do(before, "give", MANAGER, at=datetime(2025, 6, 2, 22))
    back = withdrawn(GROUND, one, MANAGER, datetime(2025, 6, 2, 23), reason="取り違え").case
    assert back.state == "approved" and back.facts == before.facts
    assert [d.standing for d in back.duties] == [DutyStanding.DROPPED]
    assert do(back, "give", MANAGER, at=datetime(2025, 6, 3, 22)).duties[0].standing is DutyStanding.OPEN
    assert code(lambda: withdrawn(GROUND, one, CHIEF, datetime(2025, 6, 3), reason="x")) == "TS853"
    assert code(lambda: withdrawn(GROUND, one, MANAGER, datetime(2025, 6, 3), reason="x", number=2)) == "TS852"
    assert code(lambda: withdrawn(GROUND, case(), ASKER, AT, reason="x")) == "TS852"
    left = replace(MANAGER, holdings=tuple(replace(one, last=date(2025, 6, 2)) for one in MANAGER.holdings))
    assert code(lambda: withdrawn(GROUND, one, left, datetime(2025, 6, 3), reason="x")) == "TS883"


def test_a_waived_duty_stays_waived_with_its_ground() -> None:
    one = do(approved(), "give", MANAGER, at=datetime(2025, 6, 2, 22))
    free = waived(GROUND, one, "report", CHIEF, datetime(2025, 6, 3), reason="本部長の指示").case
    assert free.duties[0].standing is DutyStanding.WAIVED and free.entries[-1].body.words == "本部長の指示"
    assert [e.event for e in passed(GROUND, free, datetime(2025, 6, 7))] == ["close"]
    assert code(lambda: waived(GROUND, one, "reprot", CHIEF, datetime(2025, 6, 3), reason="x")) == "TS854"


def test_an_effort_is_never_breached() -> None:
    soft = replace(
        GROUND.directive,
        norms=tuple(
            replace(n, strength=type(n.strength).SOFT, kind=type(n.kind).EFFORT) if n.id == "report" else n
            for n in GROUND.directive.norms
        ),
    )
    g = Ground(soft, HANDING, engine="compiled")
    one = do(approved(g=g), "give", MANAGER, at=datetime(2025, 6, 2, 22), g=g)
    for entry in passed(g, one, datetime(2025, 7, 1)):
        one = one.after(entry)
    assert one.duties[0].standing is DutyStanding.OPEN
    late = do(one, "report", MANAGER, at=datetime(2025, 7, 2), g=g)
    assert late.duties[0].standing is DutyStanding.OPEN


def test_readings_are_pinned_when_the_case_is_opened() -> None:
    one = case(sides={"職務代行": "可"})
    assert do(do(do(one, "submit", ASKER, SUBMITTED), "approve", CHIEF, {"copies": 1}), "give", CHIEF).state == "given"
    free = do(do(case(), "submit", ASKER, SUBMITTED), "approve", CHIEF, {"copies": 1})
    assert refused(free, "give", CHIEF).answer.verdict is Verdict.BY_READING
    assert code(lambda: case(sides={"職務代行": "丙"})) == "TS523"


def test_a_case_that_is_one_record_is_judged_as_that_record() -> None:
    flow = replace(
        HANDING,
        states=STATES,
        events=(
            event("make", "作る", ("draft",), "submitted", supplied=("edited",), writes=(Write("made_on", Stamp.DAY),)),
            event("erase", "消す", ("submitted",), "gone", judgements=("erase",)),
        ),
        timers=(),
        watched=(),
        unit="files",
    )
    g = Ground(GROUND.directive, flow, engine="both")
    one = do(case(g), "make", ASKER, {"edited": False}, g=g)
    assert do(one, "erase", ASKER, g=g).state == "gone"
    edited = do(case(g), "make", ASKER, {"edited": True}, g=g)
    assert refused(edited, "erase", ASKER, g=g).answer.units[0].number == 1


def test_one_machine_serves_every_case_and_keeps_none() -> None:
    first, second = approved(), case()
    moves = GROUND.moves
    assert do(first, "give", MANAGER).state == "given"
    assert second.state == "draft" and do(second, "submit", ASKER, SUBMITTED).state == "submitted"
    assert GROUND.moves is moves and moves._machine.models == []
