"""A case goes over to a later issue only as that issue says, only whole, once, and on record."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from amending import BY, CLAUSE, LATER, NEW, SAME, amended, handing_anew
from handing import ASKER, AT, EVENTS, MANAGER, PEOPLE, STATES, SUBMITTED, grounds
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from provision import JUDGEMENTS, NORMS, READINGS, TERMS, norm
from sqlalchemy import select

from tsutatsu.cases import Case, Deed, Done, DutyStanding, Refusal
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import Signer, new_key
from tsutatsu.cases.audit.reperforming import reperform
from tsutatsu.cases.audit.trail import Trail, proof_of, whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.case import Body, Entry, fold
from tsutatsu.cases.ground import Grounds
from tsutatsu.cases.moving import go_over
from tsutatsu.cases.store import writing
from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import CASES, ENTRIES, LAWS, OUTBOX
from tsutatsu.cases.ways import Goes, Stays, Why
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import (
    AllOf,
    Carried,
    Choice,
    Clock,
    ClockRef,
    Due,
    Judgement,
    Not,
    Op,
    Option,
    Revision,
    Test,
    Transition,
    Whole,
    Words,
)
from tsutatsu.ir.workflows import Timer

NIGHT = datetime(2025, 6, 11, 22)
STEPS = (("submit", ASKER, SUBMITTED), ("approve", MANAGER, {"copies": 1}), ("give", MANAGER, {}))
AT_EACH = tuple(one.id for one in STATES[:4])


@pytest.fixture
def place_of(place: Path | str, store: Store) -> Path | str:
    """Where a store of the earlier issue is, with a case in each state: K0 (draft) to K3 (given, its report owed)."""
    for number in range(4):
        walked(store, f"K{number}", number)
    return place


def walked(store: Store, name: str, steps: int, **opening: object) -> str:
    store.start("handing", ASKER, AT, name=name, **opening)
    for event, actor, said in STEPS[:steps]:
        assert isinstance(store.do(name, event, actor, said, NIGHT), Done)
    return name


@pytest.fixture
def under(place_of: Path | str, signer: Signer) -> Iterator[Callable[..., Store]]:
    """Opens that store under another law."""
    opened: list[Store] = []

    def open_(law: Grounds) -> Store:
        opened.append(Store.open(place_of, law, signer))
        return opened[-1]

    yield open_
    for one in opened:
        one.close()


def clause(**changes: object) -> Transition:
    return replace(CLAUSE, **changes)


def trail_of(store: Store, case: str | None = None) -> Trail:
    with store.database.reading() as connection:
        return whole_trail(connection) if case is None else proof_of(connection, case)


def faults(store: Store, signer: Signer) -> list[str]:
    with store.database.reading() as connection:
        derived = verify_derived(connection)
    trail = trail_of(store)
    return [one.code for one in (*verify(trail, signer.public).findings, *derived, *reperform(trail).findings)]


def gone(came: Goes | Stays) -> Goes:
    assert isinstance(came, Goes), came
    return came


def stayed(came: Goes | Stays) -> Why:
    assert isinstance(came, Stays), came
    assert came.said.ja and came.said.say("en") != came.said.ja
    return came.why


# ── going ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_case_goes_on_under_the_later_issue(under: Callable[..., Store], signer: Signer) -> None:
    store = under(amended(CLAUSE))
    for number in range(4):
        before = store.case(f"K{number}")
        came = gone(store.move(f"K{number}", BY))
        after = store.case(f"K{number}")
        assert after.pin.issued == NEW and came.clause == CLAUSE and after.state == before.state == AT_EACH[number]
        assert after.facts == before.facts and after.written == before.written
        assert after.duties == before.duties and after.timings == before.timings
        assert after.entries[:-1] == before.entries and after.entries[-1].deed is Deed.MOVED
        body = after.entries[-1].body
        assert body is not None and (body.doer.id, body.words) == ("佐藤", "改正の施行")
    assert {row.issued for row in store.cases()} == {NEW}
    assert isinstance(store.do("K1", "approve", MANAGER, {"copies": 1}, LATER), Done)
    assert isinstance(store.do("K3", "report", MANAGER, {}, LATER), Done)
    assert store.case("K3").state == "closed"
    assert faults(store, signer) == []


def test_a_plan_says_the_same_and_writes_nothing(under: Callable[..., Store]) -> None:
    store = under(amended(CLAUSE))
    before = trail_of(store)
    planned = gone(store.plan_move("K3", BY))
    assert trail_of(store) == before
    assert gone(store.move("K3", BY)).entry == planned.entry


def test_a_plan_takes_account_of_what_time_brings_until_then(under: Callable[..., Store]) -> None:
    store = under(amended(CLAUSE))
    late = replace(BY, now=datetime(2025, 8, 30, 0, 0))
    before = trail_of(store)
    assert stayed(store.plan_move("K1", late)) is Why.ENDED  # it will have been erased by itself on that day
    assert trail_of(store) == before and store.case("K1").state == "submitted"
    assert stayed(store.move("K1", late)) is Why.ENDED
    assert store.case("K1").state == "gone" and store.case("K1").pin.issued != NEW


def test_once_moved_it_stays(under: Callable[..., Store]) -> None:
    store = under(amended(CLAUSE))
    with pytest.raises(Refused, match="TS872"):
        store.move("K2", replace(BY, reason=" "))
    gone(store.move("K2", BY))
    version = store.case("K2").version
    assert stayed(store.move("K2", BY)) is Why.THERE
    assert stayed(store.move("K2", replace(BY, to=NEW))) is Why.THERE
    assert store.case("K2").version == version


def test_what_is_renamed_goes_on_under_its_new_name(under: Callable[..., Store], signer: Signer) -> None:
    renamed = {"copies": "sheets", "reported_on": "told_on"}
    terms = tuple(replace(one, id=renamed.get(one.id, one.id)) for one in TERMS)
    norms = tuple(_renamed(one, renamed) for one in NORMS)
    judgements = tuple(
        replace(one, norms=tuple("tell" if name == "report" else name for name in one.norms)) for one in JUDGEMENTS
    )
    events = tuple(
        replace(
            one,
            supplied=tuple(renamed.get(term, term) for term in one.supplied),
            writes=tuple(replace(write, term=renamed.get(write.term, write.term)) for write in one.writes),
        )
        for one in EVENTS
    )
    names = tuple(Carried(old, new) for old, new in renamed.items())
    states = tuple(replace(one, id="handed" if one.id == "given" else one.id) for one in STATES)
    moved = {"given": "handed"}
    events = tuple(
        replace(
            one,
            origins=tuple(moved.get(name, name) for name in one.origins),
            target=moved.get(one.target, one.target),
        )
        for one in events
    )
    flow = handing_anew(id="handing-2", events=events, states=states)
    law = amended(
        clause(
            to="handing-2",
            states=(*SAME[:3], Carried("提供済", "handed")),
            terms=(*names, Carried("備考", "note")),
            norms=(Carried("report", "tell"),),
        ),
        flow=flow,
        terms=terms,
        norms=norms,
        judgements=judgements,
    )
    store = under(law)
    came = gone(store.move("K3", BY))
    case = came.case
    assert (case.pin.workflow, case.state) == ("handing-2", "handed")
    assert case.facts["sheets"] == 1 and "copies" not in case.facts
    old, new = (next(one for one in case.duties if one.key.norm == name) for name in ("report", "tell"))
    assert old.standing is DutyStanding.DROPPED and old.settled == case.version
    assert new.standing is DutyStanding.OPEN and (new.raised, new.due_at) == (4, datetime(2025, 6, 15))
    done = store.do("K3", "report", MANAGER, {}, LATER)
    assert isinstance(done, Done)
    assert {str(one.key): one.standing for one in store.case("K3").duties} == {
        "give/report": DutyStanding.DROPPED,
        "give/tell": DutyStanding.MET,
    }
    assert faults(store, signer) == []


def _renamed(one, names: dict[str, str]):
    """A norm with its terms renamed."""

    def walk(node):
        if isinstance(node, tuple):
            return tuple(walk(part) for part in node)
        if isinstance(node, str):
            return names.get(node, node)
        if hasattr(node, "__dataclass_fields__") and not isinstance(node, Words):
            kept = {"id", "provision", "source", "kind", "strength", "summary", "bearer", "force"}
            fields = [name for name in node.__dataclass_fields__ if name not in kept]
            return replace(node, **{name: walk(getattr(node, name)) for name in fields})
        return node

    found = walk(one)
    return replace(found, id="tell") if one.id == "report" else found


def test_readings_decided_for_a_case_go_with_it(place: Path | str, store: Store, signer: Signer) -> None:
    walked(store, "K9", 1, sides={"認定": "甲"})
    with Store.open(place, amended(CLAUSE), signer) as anew:
        assert gone(anew.move("K9", BY)).case.sides == {"認定": "甲"}
    other = (replace(READINGS[0], taken="乙"), *READINGS[1:])
    walked(store, "K8", 1, sides={"認定": "甲"})
    with Store.open(place, amended(CLAUSE, readings=other), signer) as anew:
        assert stayed(anew.move("K8", BY)) is Why.READINGS
    with Store.open(place, amended(clause(ending=("認定",)), readings=other), signer) as anew:
        assert gone(anew.move("K8", BY)).case.sides == {}


# ── staying ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("law", "mover", "why"),
    [
        (amended(), BY, Why.NO_CLAUSE),
        (amended(clause(states=SAME[:1])), BY, Why.NO_CLAUSE),
        (amended(clause(earlier=NEW - timedelta(days=1))), BY, Why.NO_CLAUSE),
        (amended(clause(workflow="ほか")), BY, Why.NO_CLAUSE),
        (amended(clause(states=(Carried("submitted", "nowhere"),))), BY, Why.NAMES),
        (amended(clause(to="nowhere")), BY, Why.NAMES),
        (amended(clause(ending=("なにか",))), BY, Why.NAMES),
        (amended(clause(when=Test("purpose", Op.EQ, "teaching"))), BY, Why.CONDITION),
        (amended(clause(when=Test("edited", Op.EQ, True))), BY, Why.UNKNOWN),
        (amended(CLAUSE), replace(BY, now=datetime(2025, 6, 9), to=NEW), Why.NOT_YET),
        (amended(CLAUSE), replace(BY, now=datetime(2025, 6, 9)), Why.CORRECTED),
        (amended(CLAUSE), replace(BY, now=datetime(2025, 6, 1)), Why.LATER),
        (Grounds(amended().bundle.of([]), ()), BY, Why.NO_LAW),
    ],
)
def test_a_case_stays_unless_a_clause_surely_moves_it(law: Grounds, mover, why: Why, store: Store, place) -> None:
    store.start("handing", ASKER, AT, name="K1")
    assert isinstance(store.do("K1", "submit", ASKER, SUBMITTED, AT), Done)
    before = store.case("K1")
    with Store.open(place, law, store.signer) as anew:
        assert stayed(anew.plan_move("K1", mover)) is why
        assert stayed(anew.move("K1", mover)) is why
        assert anew.case("K1") == before


def test_what_has_ended_or_was_erased_stays(under: Callable[..., Store]) -> None:
    store = under(amended(CLAUSE))
    assert isinstance(store.do("K2", "drop", MANAGER, {}, NIGHT), Done)
    assert stayed(store.move("K2", BY)) is Why.ENDED
    store.erase("K2", MANAGER, LATER, reason="保存期間の満了")
    assert stayed(store.plan_move("K2", BY)) is Why.ERASED and stayed(store.move("K2", BY)) is Why.ERASED


def test_no_case_goes_back_to_an_earlier_issue(under: Callable[..., Store]) -> None:
    store = under(amended(CLAUSE))
    gone(store.move("K1", BY))
    back = replace(BY, to=amended().bundle.versions("provision")[0].issued)
    assert stayed(store.move("K1", back)) is Why.EARLIER
    assert stayed(store.move("K1", replace(BY, to=NEW + timedelta(days=1)))) is Why.NO_LAW


def term(name: str, **changes: object):
    return tuple(replace(one, **changes) if one.id == name else one for one in TERMS)


PURPOSES = Choice(
    (Option("inquiry", Words("捜査以外")), Option("teaching", Words("教養")), Option("other", Words("他")))
)
WIDER = Choice((*TERMS[0].type.options, Option("drill", Words("訓練"))))


@pytest.mark.parametrize(
    ("changes", "ending"),
    [
        ({"terms": tuple(one for one in TERMS if one.id != "note")}, "note"),
        ({"terms": term("note", type=Whole(Words("字")))}, "備考"),
        ({"terms": term("copies", type=Whole(Words("枚", "sheets"), 0, 100))}, "部数"),
        ({"terms": term("copies", type=Whole(Words("部", "copies"), 5, 100))}, "copies"),
        ({"terms": term("purpose", type=PURPOSES)}, "目的"),
        ({"terms": term("purpose", type=WIDER)}, "目的"),
    ],
)
def test_a_fact_that_would_be_lost_or_mean_something_else_keeps_the_case(
    changes: dict[str, object], ending: str, store: Store, place: Path | str, signer: Signer
) -> None:
    flow = replace(
        grounds().workflows[0],
        events=tuple(replace(e, supplied=(*e.supplied, "note")) if e.id == "submit" else e for e in EVENTS),
    )
    with Store.open(place, grounds((flow,)), signer) as old:
        old.start("handing", ASKER, AT, name="K1")
        said = {**SUBMITTED, "purpose": "other", "note": "至急"}
        assert isinstance(old.do("K1", "submit", ASKER, said, NIGHT), Done)
        assert isinstance(old.do("K1", "approve", MANAGER, {"copies": 1}, NIGHT), Done)
    with Store.open(place, amended(CLAUSE, **changes), signer) as anew:
        assert stayed(anew.move("K1", BY)) is Why.FACTS
    with Store.open(place, amended(clause(ending=(ending,)), **changes), signer) as anew:
        came = gone(anew.move("K1", BY))
        assert [one.id for one in came.ended] == [next(t.id for t in TERMS if ending in (t.id, t.words.ja))]
        assert came.ended[0].id not in came.case.facts
        assert faults(anew, signer) == []


def test_a_fact_that_is_renamed_onto_another_keeps_the_case(under: Callable[..., Store]) -> None:
    store = under(amended(clause(terms=(Carried("承認日", "made_on"),))))
    assert stayed(store.move("K2", BY)) is Why.FACTS
    assert isinstance(store.move("K1", BY), Goes)  # it has not been approved yet


def test_a_duty_that_would_vanish_keeps_the_case(under: Callable[..., Store], signer: Signer) -> None:
    fewer = tuple(replace(one, norms=tuple(n for n in one.norms if n != "report")) for one in JUDGEMENTS)
    assert stayed(under(amended(CLAUSE, judgements=fewer)).move("K3", BY)) is Why.DUTIES
    assert stayed(under(amended(CLAUSE, flow=handing_anew(watched=()))).move("K3", BY)) is Why.DUTIES
    never = tuple(replace(one, when=Test("copies", Op.GE, 50)) if one.id == "report" else one for one in NORMS)
    assert stayed(under(amended(CLAUSE, norms=never)).move("K3", BY)) is Why.DUTIES
    store = under(amended(clause(ending=("report",)), judgements=fewer))
    (duty,) = gone(store.move("K3", BY)).case.duties
    assert duty.standing is DutyStanding.DROPPED and duty.settled == store.case("K3").moved
    assert store.case("K3").state == "closed"  # nothing is owed any more
    assert faults(store, signer) == []


def test_a_duty_settled_under_the_earlier_issue_stays_as_it_was_left(
    store: Store, place: Path | str, signer: Signer
) -> None:
    lingering = (*EVENTS[:4], *EVENTS[5:])  # nothing closes it by itself
    old = replace(grounds().workflows[0], events=lingering)
    with Store.open(place, grounds((old,)), signer) as before:
        walked(before, "K1", 3)
        assert isinstance(before.do("K1", "report", MANAGER, {}, NIGHT), Done)
    fewer = tuple(replace(one, norms=tuple(n for n in one.norms if n != "report")) for one in JUDGEMENTS)
    with Store.open(place, amended(CLAUSE, flow=handing_anew(events=lingering), judgements=fewer), signer) as anew:
        gone(anew.move("K1", BY))
        anew.correct("K1", MANAGER, {"special": True}, LATER, reason="漏れ")
        (duty,) = anew.case("K1").duties
        assert (duty.standing, duty.settled) == (DutyStanding.MET, 5)
        assert anew.next("K1", MANAGER, LATER).options
        assert faults(anew, signer) == []
    tighter = replace(amended().bundle.versions("provision")[1].clock["report"], length=None, end=AT.date())
    clocks = tuple(tighter if one.id == "report" else one for one in amended().bundle.versions("provision")[1].clocks)
    with Store.open(place, grounds((old,)), signer) as before:
        walked(before, "K2", 3)
        assert isinstance(before.do("K2", "report", MANAGER, {}, NIGHT), Done)
    law = amended(CLAUSE, flow=handing_anew(events=lingering), clocks=clocks)
    with Store.open(place, law, signer) as anew:  # by the later law's clock it would have been late
        assert stayed(anew.move("K2", BY)) is Why.DUTIES


def test_no_duty_is_breached_by_the_move_itself(under: Callable[..., Store]) -> None:
    both = amended().bundle.versions("provision")[1]
    ended = replace(both.clock["report"], length=None, end=AT.date())
    clocks = tuple(ended if one.id == "report" else one for one in both.clocks)
    assert stayed(under(amended(CLAUSE, clocks=clocks)).move("K3", BY)) is Why.DUTIES
    soon = Clock("soon", Words("速やか"), AT.date(), end=AT.date())
    over, said = Test("on", Op.AFTER, ClockRef("soon")), Test("reported_on", Op.PRESENT)
    extra = norm(
        "told",
        provision="第12",
        when=Test("approved_on", Op.PRESENT),
        kept=said,
        pending=AllOf((Not(said), Not(over))),
        due=Due("reported_on", None, "soon"),
    )
    more = tuple(replace(one, norms=(*one.norms, "told")) if one.id == "give" else one for one in JUDGEMENTS)
    law = amended(CLAUSE, norms=(*NORMS, extra), judgements=more, clocks=(*both.clocks, soon))
    store = under(law)
    assert isinstance(store.plan_move("K1", BY), Goes)  # nothing is owed of it yet
    assert stayed(store.plan_move("K2", BY)) is Why.DUTIES
    longer = replace(soon, end=LATER.date())
    raised = gone(
        under(amended(CLAUSE, norms=(*NORMS, extra), judgements=more, clocks=(*both.clocks, longer))).move("K2", BY)
    )
    (duty,) = raised.case.duties
    assert (duty.key.norm, duty.standing, duty.raised) == ("told", DutyStanding.OPEN, raised.entry.number)


def test_a_clock_that_would_vanish_keeps_the_case(under: Callable[..., Store], signer: Signer) -> None:
    flow = handing_anew(timers=())
    assert stayed(under(amended(CLAUSE, flow=flow)).move("K1", BY)) is Why.TIMERS
    store = under(amended(clause(ending=("自動消去",)), flow=flow))
    assert gone(store.move("K1", BY)).case.timings == ()
    assert faults(store, signer) == []


def test_a_clock_of_the_later_issue_runs_from_the_move_on(under: Callable[..., Store], signer: Signer) -> None:
    sooner = amended().bundle.versions("provision")[1].clock["report"]
    flow = handing_anew(timers=(Timer("report", "erase"),))
    store = under(amended(CLAUSE, flow=flow))
    assert sooner.id == "report"
    (timing,) = gone(store.move("K2", BY)).case.timings
    assert (timing.clock, timing.due_at) == ("report", datetime(2025, 6, 15))
    assert store.tick(datetime(2025, 6, 15)) is not None and store.case("K2").state == "gone"
    assert faults(store, signer) == []


def test_a_case_for_whose_state_another_one_waits_keeps_its_workflow(under: Callable[..., Store]) -> None:
    store = under(grounds())
    store.start("afterwards", ASKER, AT, name="A1")
    store.link("A1", "K1", ASKER, NIGHT)
    renamed = replace(STATES[4], words=Words("終了", "over"))
    states = tuple(renamed if one.id == "closed" else one for one in STATES)
    for changed in (handing_anew(id="handing-2"), handing_anew(states=states)):
        anew = under(amended(clause(to=changed.id), flow=changed))
        assert stayed(anew.plan_move("K1", BY)) is Why.LINKED and stayed(anew.move("K1", BY)) is Why.LINKED
        assert isinstance(anew.plan_move("K2", BY), Goes)
    gone(under(amended(CLAUSE)).move("K1", BY))


def test_what_a_force_has_laid_down_is_not_lost() -> None:
    class Laid(Grounds):
        """A law over which the force has laid nothing for these issues."""

        def under(self, force: str) -> Grounds:
            assert force == "somewhere"
            return self

    case = CASES_AT[1]
    assert case.entries[0].pin is not None
    first = replace(case.entries[0], pin=replace(case.pin, force="somewhere"))
    bound = fold((first, *case.entries[1:]))
    law = amended(CLAUSE)
    assert stayed(go_over(law, GROUND, bound, BY)) is Why.NO_LAW  # no such force
    assert stayed(go_over(Laid(law.bundle, law.workflows, engine="compiled"), GROUND, bound, BY)) is Why.FORCE
    assert isinstance(go_over(law, GROUND, case, BY), Goes)


# ── another encoding of the same issue ───────────────────────────────────────────────────────────────────────────────


def test_a_corrected_encoding_is_taken_on_only_where_it_was_asked_for(
    under: Callable[..., Store], signer: Signer
) -> None:
    corrected = grounds(revision=Revision(2, NEW), norms=(*NORMS, norm("extra", provision="第20")))
    store = under(corrected)
    before = store.case("K1")
    assert before.pin.law != corrected.ground_of(corrected.workflows[0]).law
    assert stayed(store.move("K1", BY)) is Why.CORRECTED and store.case("K1") == before
    asked = replace(BY, to=before.pin.issued)
    came = gone(store.move("K1", asked))
    assert came.clause is None and came.case.pin.issued == before.pin.issued and came.case.pin.law != before.pin.law
    assert stayed(store.move("K1", asked)) is Why.THERE
    assert isinstance(store.do("K1", "approve", MANAGER, {"copies": 1}, LATER), Done)
    assert faults(store, signer) == []


def test_a_corrected_encoding_without_the_state_keeps_the_case(under: Callable[..., Store]) -> None:
    flow = grounds().workflows[0]
    states = tuple(one for one in STATES if one.id != "approved")
    events = (EVENTS[0], replace(EVENTS[5], origins=("submitted",)), replace(EVENTS[6], origins=("submitted",)))
    store = under(grounds((replace(flow, states=states, events=events),)))
    to = store.case("K2").pin.issued
    assert stayed(store.move("K2", replace(BY, to=to))) is Why.STATE


# ── whatever happens meanwhile ───────────────────────────────────────────────────────────────────────────────────────


def test_a_move_that_is_cut_off_leaves_nothing_and_the_rest_can_follow(
    under: Callable[..., Store], signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = under(amended(CLAUSE))
    gone(store.move("K0", BY))
    seal = writing.seal

    def cut(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "seal", cut)
    before = trail_of(store)
    with pytest.raises(KeyboardInterrupt):
        store.move("K1", BY)
    monkeypatch.setattr(writing, "seal", seal)
    assert trail_of(store) == before
    came = [store.move(f"K{number}", BY) for number in range(4)]
    assert [isinstance(one, Goes) for one in came] == [False, True, True, True]
    assert [one.deed for number in range(4) for one in store.case(f"K{number}").entries].count(Deed.MOVED) == 4
    assert faults(store, signer) == []


MOVING = """
import sys
from amending import BY, CLAUSE, amended
from tsutatsu.cases.audit.keys import read_signer
from tsutatsu.cases.store.store import Store
from pathlib import Path

with Store.open(sys.argv[1], amended(CLAUSE), read_signer(Path(sys.argv[2]))) as store:
    for row in store.cases():
        print(row.id, type(store.move(row.id, BY)).__name__, flush=True)
"""


def test_a_run_that_is_killed_is_finished_by_the_next(
    place: Path | str, store: Store, signer: Signer, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for number in range(12):
        walked(store, f"K{number:02}", number % 4)
    key = next(tmp_path_factory.getbasetemp().glob("keys*/audit"))
    script, here = tmp_path_factory.mktemp("moving") / "moving.py", Path(__file__).parent.parent / "shared"
    script.write_text(MOVING, encoding="utf-8")
    told: list[str] = []
    for most in (1, 4, 99):
        command = [sys.executable, str(script), str(place), str(key)]
        with subprocess.Popen(
            command, env=os.environ | {"PYTHONPATH": str(here)}, stdout=subprocess.PIPE, text=True
        ) as run:
            assert run.stdout is not None
            heard = 0
            for line in run.stdout:
                told += [line.split()[0]] if "Goes" in line else []
                heard += "Goes" in line
                if heard >= most:
                    run.kill()
                    break
    with Store.open(place, amended(CLAUSE), signer) as again:
        for number in range(12):
            deeds = [one.deed for one in again.case(f"K{number:02}").entries]
            assert deeds.count(Deed.MOVED) == 1
        assert set(told) <= {row.id for row in again.cases() if row.issued == NEW} and len(told) >= 6
        assert faults(again, signer) == []


def test_a_case_that_moves_meanwhile_is_weighed_again(
    under: Callable[..., Store], signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, other = under(amended(clause(states=SAME[:2]))), under(amended(CLAUSE))
    snapshot, told = store._snapshot, []

    def overtaken(name: str) -> object:
        found = snapshot(name)
        if len(told) == 1:  # after time has been caught up with
            assert isinstance(other.do(name, "approve", MANAGER, {"copies": 1}, NIGHT), Done)
        told.append(name)
        return found

    monkeypatch.setattr(store, "_snapshot", overtaken)
    assert stayed(store.move("K1", BY)) is Why.NO_CLAUSE
    assert len(told) == 3 and store.case("K1").state == "approved" and store.case("K1").moved == 0
    assert faults(store, signer) == []


def test_what_was_done_before_a_move_is_not_taken_back_after_it(under: Callable[..., Store], signer: Signer) -> None:
    store = under(amended(CLAUSE))
    gone(store.move("K1", BY))
    with pytest.raises(Refused, match="TS852"):
        store.withdraw("K1", ASKER, LATER, reason="誤り")
    assert isinstance(store.do("K1", "approve", MANAGER, {"copies": 1}, LATER), Done)
    store.withdraw("K1", MANAGER, LATER, reason="誤り")
    case = store.case("K1")
    assert case.state == "submitted" and "approved_on" not in case.facts and case.facts["purpose"] == "inquiry"
    with pytest.raises(Refused, match="TS852"):
        store.withdraw("K1", ASKER, LATER, reason="誤り")
    assert faults(store, signer) == []


def test_the_later_issue_judges_from_the_move_on(under: Callable[..., Store]) -> None:
    strict = tuple(replace(one, kept=Test("copies", Op.GE, 5)) if one.id == "approved" else one for one in NORMS)
    assert isinstance(under(grounds()).do("K2", "give", MANAGER, {}, NIGHT), Done)
    store = under(amended(CLAUSE, norms=strict))
    assert isinstance(store.do("K1", "approve", MANAGER, {"copies": 1}, NIGHT), Done)
    gone(store.move("K1", BY))
    came = store.do("K1", "give", MANAGER, {}, LATER)
    assert isinstance(came, Refusal) and came.why.value == "judgement"


# ── the trail ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_evidence_of_a_moved_case_holds_offline_also_once_erased(
    under: Callable[..., Store], signer: Signer
) -> None:
    store = under(amended(CLAUSE))
    gone(store.move("K2", BY))
    assert isinstance(store.do("K2", "give", MANAGER, {}, LATER), Done)
    trail = trail_of(store, "K2")
    assert verify(trail, signer.public).findings == ()
    assert {one.kind for one in trail.laws} == {"directive", "workflow"} and len(trail.laws) == 4
    again = reperform(trail)
    assert (again.answers, again.erased, again.findings) == (1, 0, ())
    for event in ("report",):
        store.do("K2", event, MANAGER, {}, LATER)
    assert store.case("K2").state == "closed"
    store.erase("K2", MANAGER, LATER, reason="満了")
    trail = trail_of(store, "K2")
    again = reperform(trail)
    assert verify(trail, signer.public).findings == () and again.findings == () and again.answers == 0
    assert again.erased == store.case("K2").version - 1


@pytest.mark.parametrize("forged", ["state", "clause", "origin", "back", "encoding"])
def test_a_move_that_the_law_does_not_bear_out_is_named(
    forged: str, under: Callable[..., Store], signer: Signer
) -> None:
    law = amended(clause(states=SAME[:3]))
    if forged == "encoding":
        law = grounds(revision=Revision(2, NEW))
    store = under(law)
    onto = law.ground_of(law.workflows[0 if forged == "encoding" else -1])
    if forged == "back":
        gone(store.move("K2", BY))
        onto = grounds().ground_of(grounds().workflows[0])
    case = store.case("K3" if forged == "clause" else "K2")
    origin, target = {
        "state": ("approved", "given"),
        "clause": ("given", "given"),
        "origin": ("submitted", "submitted"),
        "back": ("approved", "approved"),
        "encoding": ("approved", "given"),
    }[forged]
    body = Body(BY.who, case.facts, {}, words="改正の施行")
    entry = Entry("K3" if forged == "clause" else "K2", case.version + 1, Deed.MOVED, LATER, origin, target, body=body)
    store._write(case, (replace(entry, pin=onto.pin()),), (), LATER, onto=onto)
    trail = trail_of(store)
    found = verify(trail, signer.public).findings
    assert [(one.code, f"{case.id}/{entry.number}" in one.ja) for one in found] == [("TS896", True)]
    assert ("前の版か別の通達" in found[0].ja) is (forged == "back")
    assert {one.code for one in reperform(trail).findings} <= {"TS896"}


@pytest.mark.parametrize("forged", ["facts", "timers", "readings", "duties"])
def test_a_move_that_carries_something_else_is_named_when_it_is_made_again(
    forged: str, under: Callable[..., Store], signer: Signer
) -> None:
    law = amended(CLAUSE)
    store = under(law)
    case = store.case("K3")
    entry = gone(go_over(law, store.ground(case), case, BY)).entry
    assert entry.body is not None and entry.pin is not None
    changed = {
        "facts": replace(entry, body=replace(entry.body, supplied={**entry.body.supplied, "copies": 99})),
        "timers": replace(entry, timings=()),
        "readings": replace(entry, pin=replace(entry.pin, sides=(("認定", "甲"),))),
        "duties": replace(entry, duties=(replace(case.duties[0], standing=DutyStanding.WAIVED),)),
    }[forged]
    store._write(case, (changed,), (), LATER, onto=law.ground_of(law.workflows[-1]))
    trail = trail_of(store)
    assert verify(trail, signer.public).findings == ()
    found = reperform(trail).findings
    assert [(one.code, f"K3/{entry.number}" in one.ja) for one in found] == [("TS896", True)]


def test_a_law_that_a_moved_case_runs_by_must_be_kept(under: Callable[..., Store], signer: Signer) -> None:
    store = under(amended(CLAUSE))
    gone(store.move("K2", BY))
    trail = trail_of(store)
    pin = store.case("K2").pin
    less = replace(trail, laws=tuple(one for one in trail.laws if one.digest != pin.text))
    assert {one.code for one in verify(less, signer.public).findings} == {"TS861", "TS896"}


# ── answers given again ──────────────────────────────────────────────────────────────────────────────────────────────


def test_an_altered_answer_is_named_with_its_norm(under: Callable[..., Store]) -> None:
    trail = trail_of(under(grounds()))
    assert (reperform(trail).answers, reperform(trail).findings) == (1, ())

    def altered(old: str, new: str) -> Trail:
        bodies = tuple(replace(one, text=one.text.replace(old, new)) for one in trail.bodies)
        assert bodies != trail.bodies
        return replace(trail, bodies=bodies)

    found = reperform(altered('\\"standings\\":[8,', '\\"standings\\":[32,')).findings
    assert [one.code for one in found] == ["TS897"]
    assert "K3/4" in found[0].ja and "give" in found[0].ja and "規範 purpose" in found[0].ja
    found = reperform(altered('"verdict":"permitted"}', '"verdict":"denied"}')).findings
    assert {one.code for one in found} == {"TS897"}
    found = reperform(altered('"copies":1', '"copies":2')).findings
    assert {one.code for one in found} == {"TS897"} and any("copies" in one.ja for one in found)
    assert [one.code for one in reperform(replace(trail, laws=())).findings] == ["TS898"]
    found = reperform(altered('\\"format\\":1', '\\"format\\":\\"x\\"')).findings
    assert [one.code for one in found] == ["TS898"]
    headless = replace(trail, entries=tuple(one for one in trail.entries if one.number != 1))
    assert {one.code for one in reperform(headless).findings} == {"TS898"}


def test_a_trail_that_cannot_be_read_is_gone_over_as_far_as_it_can(under: Callable[..., Store]) -> None:
    trail = trail_of(under(grounds()))
    torn = replace(
        trail,
        entries=tuple(
            replace(one, header="x") if (one.case, one.number) == ("K3", 3) else one for one in trail.entries
        ),
    )
    assert reperform(torn).answers == 0


# ── whatever the clause and the facts ────────────────────────────────────────────────────────────────────────────────

BARE = grounds()
GROUND = BARE.named("handing", AT.date())
NAMES = ("copies", "form", "purpose", "note", "approved_on", "made_on", "viewer", "decider", "witness")


def case_at(steps: int) -> Case:
    from tsutatsu.cases import decide, opened

    case = opened(GROUND, "K", ASKER, AT).case
    for event, actor, said in STEPS[:steps]:
        came = decide(GROUND, case, event, actor, said, now=NIGHT)
        assert isinstance(came, Done)
        case = came.case
    return case


WHENS = (CLAUSE.when, Test("copies", Op.EQ, 1), Test("form", Op.EQ, True), Test("edited", Op.EQ, True))
CASES_AT = tuple(case_at(steps) for steps in range(4))


@st.composite
def clauses(draw: st.DrawFn) -> Transition:
    names = st.sampled_from(NAMES)
    return clause(
        states=tuple(draw(st.lists(st.sampled_from(SAME), unique=True))),
        terms=tuple(Carried(old, new) for old, new in draw(st.dictionaries(names, names, max_size=2)).items()),
        ending=tuple(draw(st.lists(st.sampled_from((*NAMES, "report", "erase")), max_size=3))),
        when=draw(st.sampled_from(WHENS)),
    )


@st.composite
def laws(draw: st.DrawFn) -> Grounds:
    dropped = draw(st.sets(st.sampled_from(("note", "hour", "special", "edited")), max_size=2))
    norms = NORMS
    if draw(st.booleans()):
        norms = tuple(replace(one, when=Test("copies", Op.GE, 50)) if one.id == "report" else one for one in NORMS)
    watched = draw(st.sampled_from((("give",), ())))
    timers = draw(st.sampled_from(((Timer("keep", "erase"),), ())))
    keep = not dropped or "special" not in dropped
    terms = tuple(one for one in TERMS if one.id not in (dropped if keep and "edited" not in dropped else ()))
    return amended(draw(clauses()), flow=handing_anew(watched=watched, timers=timers), norms=norms, terms=terms)


@drawn(laws(), st.integers(0, 3))
def test_nothing_is_lost_that_the_clause_does_not_name(law: Grounds, steps: int) -> None:
    case = CASES_AT[steps]
    (said,) = law.bundle.versions("provision")[1].transitions
    came = go_over(law, GROUND, case, BY)
    if isinstance(came, Stays):
        assert came.case is case and came.said.ja
        return
    after, names = came.case, {one.old: one.new for one in said.terms}
    assert case.state in [one.old for one in said.states] and after.state == case.state
    kept = {names.get(term, term): value for term, value in case.facts.items() if term not in said.ending}
    assert after.facts == kept and len(kept) == len([term for term in case.facts if term not in said.ending])
    assert after.written == {names.get(term, term) for term in case.written if term not in said.ending}
    for duty in case.duties:
        now = after.duty(duty.key)
        assert now is not None
        assert now.standing is (DutyStanding.DROPPED if duty.key.norm in said.ending else duty.standing)
    for timing in case.timings:
        assert timing.event in said.ending or timing.event in [one.event for one in after.timings]
    again = go_over(law, came.ground, after, BY)
    assert isinstance(again, Stays) and again.why in (Why.THERE, Why.ENDED)


DEEDS = ("submit", "approve", "give", "report", "drop", "withdraw", "correct", "move", "wait")
WALKED = amended(CLAUSE)


@settings(max_examples=25)
@drawn(st.lists(st.sampled_from(DEEDS), max_size=9))
def test_wherever_in_its_life_a_case_moves_its_trail_holds(deeds: list[str]) -> None:
    said = {"submit": SUBMITTED, "approve": {"copies": 1}}
    now = AT
    with tempfile.TemporaryDirectory() as folder:
        signer = new_key(Path(folder) / "key")
        with Store.new(Path(folder) / "cases.sqlite", WALKED, signer) as store:
            store.enrol(PEOPLE)
            store.start("handing", ASKER, AT, name="K1")
            for deed in deeds:
                now += timedelta(days=4) if deed == "wait" else timedelta(hours=6)
                try:
                    match deed:
                        case "wait":
                            store.catch_up("K1", now)
                        case "move":
                            store.move("K1", replace(BY, now=now))
                        case "withdraw":
                            store.withdraw("K1", MANAGER, now, reason="誤り")
                        case "correct":
                            store.correct("K1", ASKER, {"purpose": "teaching"}, now, reason="誤記")
                        case event:
                            who = ASKER if event == "submit" else MANAGER
                            store.do("K1", event, who, said.get(event, {}), now)
                except Refused:
                    pass
            assert faults(store, signer) == []
            case = store.case("K1")
            assert fold(case.entries) == case and case.pin_at(1).issued != NEW
            assert (case.pin.issued == NEW) is bool(case.moved)


def test_the_rows_of_a_moved_case_are_what_its_entries_give(under: Callable[..., Store]) -> None:
    store = under(amended(CLAUSE))
    gone(store.move("K1", BY))
    with store.database.reading() as connection:
        row = connection.execute(select(CASES).where(CASES.c.id == "K1")).one()
        assert (row.issued, row.workflow, row.state) == (NEW.isoformat(), "handing", "submitted")
        kept = set(connection.execute(select(LAWS.c.digest)).scalars())
        moved = connection.execute(select(ENTRIES.c.deed).where(ENTRIES.c.deed == "moved")).all()
        assert len(moved) == len(connection.execute(select(OUTBOX).where(OUTBOX.c.text.contains('"moved"'))).all()) == 1
    pin = store.case("K1").pin
    assert {pin.text, pin.flow} <= kept
    assert store.ground(store.case("K1"), 1).directive.issued != NEW
    assert store.people() == tuple(sorted(PEOPLE, key=lambda one: one.id))
    assert isinstance(JUDGEMENTS[0], Judgement)
