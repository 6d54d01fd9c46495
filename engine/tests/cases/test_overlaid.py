"""Cases under what a force has laid down for itself: pinned to it, and held to its measure of 速やかに."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from calling import call
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from provision import CLOCKS, CONCEPTS, JUDGEMENTS, NORMS, TERMS, law, norm

from tsutatsu.bundle import Bundle
from tsutatsu.calendar import Counting, Period, Unit
from tsutatsu.cases import Actor, Case, Done, DutyStanding, Ground, Grounds, Holding, Store, decide, opened, passed
from tsutatsu.cases.audit.keys import Signer
from tsutatsu.cases.audit.reperforming import reperform
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import (
    LOCAL,
    AllOf,
    Choice,
    Clock,
    ClockRef,
    Concept,
    Day,
    Due,
    Guide,
    Is,
    Local,
    Measure,
    Moment,
    Not,
    Op,
    Option,
    Term,
    Test,
    Words,
)
from tsutatsu.ir.workflows import Event, Stamp, State, Workflow, Write

AT = datetime(2025, 6, 2, 22)
WHO = Actor("鈴木", "鈴木一郎", (Holding("主任者"),))
TIMING = Term(
    "timing",
    Words("報告の時機", "timing of the report"),
    Choice((Option("prompt", Words("速やか", "prompt")), Option("late", Words("速やかでない", "late")))),
    unmeasured=True,
)
TOLD_AT = Term("told_at", Words("報告日時", "moment of the report"), Moment())


def under(*guides: Guide, met: Term | None = None, days: int = 2) -> Ground:
    """A report that is to be prompt, as a force measures it from the day of making."""
    term = next(one for one in TERMS if one.id == "reported_on") if met is None else met
    later = Clock("later", Words("五日"), "made_on", Counting.INCLUSIVE, Period(5, Unit.DAY))
    soon = Clock("soon", Words("二日"), "made_on", Counting.INCLUSIVE, Period(days, Unit.DAY))
    hours = Clock("hours", Words("三時間"), "given_at", Counting.INSTANT, Period(3, Unit.HOUR))
    here = Clock(LOCAL, Words("定めの効力"), date(2025, 1, 1), end=date(2025, 12, 31))
    done = Test(term.id, Op.PRESENT)
    tell = norm(
        "tell",
        bearer="主任者",
        kept=AllOf((done, Is("promptly"))),
        pending=Not(done),
        due=Due(term.id, "made_on", None, "promptly"),
    )
    local = Local(
        "example",
        Words("例示県警察", "Example"),
        "本部長",
        date(2025, 1, 1),
        Words("例規"),
        measures=(Measure("timing", guides),),
    )
    directive = law(
        terms=(*TERMS, TIMING, TOLD_AT),
        clocks=(*CLOCKS, later, soon, hours, here),
        concepts=(*CONCEPTS, Concept("promptly", Words("速やか", "promptly"), "第9", Test("timing", Op.EQ, "prompt"))),
        norms=(*NORMS, tell),
        judgements=(*JUDGEMENTS, replace(JUDGEMENTS[0], id="tell", words=Words("報告"), norms=("tell",))),
        local=local if guides else None,
    )
    stamp = Stamp.DAY if isinstance(term.type, Day) else Stamp.MOMENT
    events = (
        Event(
            "make",
            Words("作る"),
            "",
            ("a",),
            "b",
            writes=(Write("made_on", Stamp.DAY), Write("given_at", Stamp.MOMENT)),
        ),
        Event("tell", Words("報告する"), "", ("b",), "b", writes=(Write(term.id, stamp),)),
        Event("say", Words("時機を答える"), "", ("b",), "b", supplied=("timing",)),
        Event("end", Words("終える"), "", ("b",), "c"),
    )
    states = (State("a", Words("甲"), initial=True), State("b", Words("乙")), State("c", Words("丙"), final=True))
    flow = Workflow(
        "w", directive.id, directive.issued, Words("手続"), "第1", Words("一件"), states, events, (), ("tell",)
    )
    return Ground(directive, flow, engine="both")


LATE = Guide("late", Test("reported_on", Op.AFTER, ClockRef("later")))
PROMPT = Guide("prompt", Test("reported_on", Op.WITHIN, ClockRef("soon")))


def do(g: Ground, case: Case, event: str, at: datetime, said: Mapping[str, object] | None = None) -> Case:
    came = decide(g, case, event, WHO, said or {}, now=at)
    assert isinstance(came, Done)
    return came.case


def made(g: Ground) -> Case:
    return do(g, opened(g, "K1", WHO, AT).case, "make", AT)


def test_a_prompt_duty_is_due_on_the_last_day_that_is_not_surely_late() -> None:
    (duty,) = made(under(PROMPT, LATE)).duties
    assert duty.last == date(2025, 6, 6) and duty.due_at == datetime(2025, 6, 7)
    assert "例示県警察" in duty.time.ja and "Example" in duty.time.en


def test_it_is_breached_by_time_and_not_before() -> None:
    g = under(PROMPT, LATE)
    case = made(g)
    assert passed(g, case, datetime(2025, 6, 6, 23, 59, 59)) == ()
    (entry,) = passed(g, case, datetime(2025, 6, 7))
    assert [one.standing for one in entry.duties] == [DutyStanding.BREACHED]


def test_performed_within_the_measure_it_is_met_and_between_the_guides_it_waits_for_someone_to_say() -> None:
    g = under(PROMPT, LATE)
    (met,) = do(g, made(g), "tell", datetime(2025, 6, 3, 9)).duties
    assert met.standing is DutyStanding.MET and met.last == date(2025, 6, 6)
    between = do(g, made(g), "tell", datetime(2025, 6, 5, 9))
    (open_,) = between.duties
    assert open_.standing is DutyStanding.OPEN and open_.due_at is None and open_.last == date(2025, 6, 6)
    assert passed(g, between, datetime(2025, 9, 1)) == ()
    (said,) = do(g, between, "say", datetime(2025, 6, 8), {"timing": "prompt"}).duties
    assert said.standing is DutyStanding.MET
    (late,) = do(g, between, "say", datetime(2025, 6, 8), {"timing": "late"}).duties
    assert late.standing is DutyStanding.BREACHED and late.performed is not None


def test_what_is_done_after_the_measure_is_late() -> None:
    g = under(PROMPT, LATE)
    (duty,) = do(g, made(g), "tell", datetime(2025, 6, 7)).duties
    assert duty.standing is DutyStanding.BREACHED and duty.performed is not None


@pytest.mark.parametrize("guides", [(), (PROMPT,)])
def test_without_a_measure_of_what_is_late_it_stays_open(guides: tuple[Guide, ...]) -> None:
    g = under(*guides)
    (duty,) = made(g).duties
    assert duty.last is None and duty.due_at is None and duty.standing is DutyStanding.OPEN
    assert [one for one in passed(g, made(g), datetime(2025, 12, 30)) if one.duties] == []


def test_a_measure_in_hours_gives_the_moment() -> None:
    late = Guide("late", Test("told_at", Op.AFTER, ClockRef("hours")))
    (duty,) = made(under(late, met=TOLD_AT)).duties
    assert duty.last == datetime(2025, 6, 3, 1) and duty.due_at == datetime(2025, 6, 3, 1, 0, 1)


def test_a_measure_that_looks_at_the_day_judged_gives_it_too() -> None:
    overdue = Guide("late", Test("on", Op.AFTER, ClockRef("later")))
    (duty,) = made(under(PROMPT, overdue)).duties
    assert duty.last == date(2025, 6, 6)


@given(st.integers(1, 40), st.integers(0, 45))
def test_by_the_measure_it_is_breached_exactly_after_its_last_day(days: int, waited: int) -> None:
    g = under(Guide("late", Test("reported_on", Op.AFTER, ClockRef("soon"))), days=days)
    case = made(g)
    (duty,) = case.duties
    assert duty.last == date.fromordinal(AT.date().toordinal() + days - 1)
    at = datetime.fromordinal(AT.date().toordinal() + waited).replace(hour=23)
    came = [one for entry in passed(g, case, at) for one in entry.duties]
    assert bool(came) is (waited >= days)


# ── pinned, told and verified ─────────────────────────────────────────────────────────────────────────────────────────

FORCE = "例示県警察"


@pytest.fixture
def store(tmp_path: Path, signer: Signer) -> Iterator[Store]:
    bundle = Bundle.default()
    with Store.new(tmp_path / "c.sqlite", Grounds(bundle, bundle.workflows), signer) as made_:
        made_.enrol([WHO])
        yield made_


def test_a_case_is_pinned_to_what_the_force_laid_down_for_good(store: Store, signer: Signer) -> None:
    at = datetime(2025, 9, 1, 20)
    laid = store.start("provision", WHO, at, name="K1", local=FORCE).case
    plain = store.start("provision", WHO, at, name="K2").case
    assert laid.pin.force == "example-prefecture" and plain.pin.force == ""
    assert laid.pin.law != plain.pin.law and laid.pin.text != plain.pin.text
    with Store.open(store.database.place, Grounds(Bundle.of(()), ()), signer) as bare:
        local = bare.ground(bare.case("K1")).directive.local
        assert local is not None and local.force == "example-prefecture"
        assert bare.ground(bare.case("K2")).directive.local is None
        with bare.database.reading() as connection:
            assert reperform(whole_trail(connection)).findings == ()


def test_the_same_command_without_the_force_is_another_command(store: Store) -> None:
    at = datetime(2025, 9, 1, 20)
    store.start("provision", WHO, at, name="K1", local=FORCE, key="x")
    assert store.start("provision", WHO, at, name="K1", local=FORCE, key="x").again
    with pytest.raises(Refused):
        store.start("provision", WHO, at, name="K1", key="x")
    with pytest.raises(Refused) as refused:
        store.start("provision", WHO, at, name="K3", local="どこにもない警察")
    assert [one.code for one in refused.value.findings] == ["TS382"]


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("TSUTATSU_LANG", raising=False)
    monkeypatch.setenv("TSUTATSU_DB", "cases.sqlite")
    monkeypatch.setenv("TSUTATSU_KEY", "key")
    (tmp_path / "roster.csv").write_text("番号,氏名,職,所属,から,まで\n鈴木,,運用主任者,地域課,,\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert call("case", "init").exit_code == 0 and call("case", "roster", "roster.csv").exit_code == 0
    return call


def test_show_and_history_say_whose_provisions_bind_the_case(run: Run) -> None:
    how = ("--as", "鈴木", "--at", "2025-09-01T20:00")
    assert run("case", "open", "provision", *how, "--id", "K1", "--local", FORCE).exit_code == 0
    assert run("case", "open", "provision", *how, "--id", "K2").exit_code == 0
    for command in ("show", "history"):
        assert "例示県警察の定めによる（例）" in run("case", command, "K1").stdout
        assert "Example Prefecture Police" in run("case", command, "K1", "--lang", "en").stdout
        assert "例示県警察" not in run("case", command, "K2").stdout
    assert json.loads(run("case", "show", "K1", "--json").stdout)["local"] == "example-prefecture"
    assert json.loads(run("case", "history", "K1", "--json").stdout)[0]["local"] == "example-prefecture"
    wrong = run("case", "open", "provision", *how, "--local", "例示県")
    assert wrong.exit_code == 2 and "TS382" in wrong.stderr
    nothing = run("case", "open", "anzen-network/liaison", *how, "--local", FORCE)
    assert "TS387" in nothing.stderr


def night_visit(*, of_force: bool) -> tuple[Ground, Case]:
    """A night visit approved beforehand, on the evening of the visit."""
    bundle = Bundle.default()
    law = bundle.under("例示県警察") if of_force else bundle
    ground = Grounds(law, bundle.workflows).named("夜間訪問の承認", date(2025, 1, 9))
    officer = Actor("井上", "井上春子", (Holding("受持警察官", "みなと署"),))
    chief = Actor("青木", "青木一郎", (Holding("地域警察担当課長", "みなと署"),))
    asked = {
        "訪問日": "2025-01-10",
        "訪問時刻": "22:00",
        "夜間とする理由": "訪問先の住民等の都合",
        "迷惑とならない時間帯": True,
    }
    said = {"職務代行命令": False, "訪問する者": "other"}
    case = opened(ground, "N1", officer, datetime(2025, 1, 9, 9)).case
    for event, who, facts, at in (
        ("ask", officer, asked, datetime(2025, 1, 9, 9)),
        ("approve", chief, said | ({"訪問する警察官の数": 2} if of_force else {}), datetime(2025, 1, 9, 10)),
    ):
        came = decide(ground, case, event, who, facts, now=at)
        assert isinstance(came, Done), came
        case = came.case
    return ground, case


def visited(ground: Ground, case: Case, said: Mapping[str, object]) -> Done | str:
    officer = Actor("井上", "井上春子", (Holding("受持警察官", "みなと署"),))
    came = decide(ground, case, "visit", officer, {"迷惑とならない時間帯": True, **said}, now=datetime(2025, 1, 10, 22))
    if isinstance(came, Done):
        return came
    assert came.answer is not None
    return came.answer.verdict.value


def test_what_a_force_asks_besides_can_be_said_with_an_event() -> None:
    ground, case = night_visit(of_force=True)
    assert [ground.directive.term[one].words.ja for one in ground.directive.own_terms] == ["訪問する警察官の数"]
    assert isinstance(visited(ground, case, {}), Done)  # said at the approval
    assert visited(ground, case, {"訪問する警察官の数": 1}) == "denied"
    assert isinstance(visited(ground, case, {"訪問する警察官の数": 3}), Done)


def test_what_no_force_asks_is_still_refused() -> None:
    ground, case = night_visit(of_force=False)
    assert ground.directive.own_terms == ()
    with pytest.raises(Refused) as raised:
        visited(ground, case, {"訪問する警察官の数": 2})
    assert [one.code for one in raised.value.findings] == ["TS501"]
