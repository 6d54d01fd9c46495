"""The life of every circular, drawn from its head: nobody writes it, and nobody disposes of an original too early."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from calling import call
from hypothesis import given
from hypothesis import strategies as st
from provision import law as provision
from rounds import LAW, PLACE, ROUNDS

from tsutatsu.backends.diagram import svg
from tsutatsu.bundle import Bundle
from tsutatsu.calendar import retention_counted
from tsutatsu.cases import (
    Actor,
    Case,
    Done,
    Ground,
    Grounds,
    Refusal,
    Store,
    corrected,
    decide,
    erased,
    opened,
    passed,
    run_ahead,
)
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import new_key
from tsutatsu.cases.audit.reperforming import reperform
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.people import Doer, Holding
from tsutatsu.cases.ways import Goes, Mover, Stays, Why
from tsutatsu.cli.workflows import Told
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import FORCE, LIFE, Citation, Directive, Printed, Words
from tsutatsu.ir.workflows import Hand
from tsutatsu.judging.register import survivors_of
from tsutatsu.passes.find_stuck import find_stuck
from tsutatsu.passes.life_cycle import kept_until, life_of

CLERK = Actor("山田", "山田太郎", (Holding("文書係"),))
OUTSIDER = Actor("町の人")
NS = "{http://www.w3.org/2000/svg}"


def printed(day: date | None) -> Printed | None:
    return None if day is None else Printed(day.isoformat(), day)


def circular(
    issued: date,
    *,
    first: date | None = None,
    last: date | None = None,
    years: int | None = None,
    kept: date | None = None,
) -> Directive:
    """A circular with these dates in its head."""
    small = provision()
    head = replace(
        small.header,
        issued=Printed(issued.isoformat(), issued),
        effect_end=printed(last),
        retention_years=years,
        retention_end=printed(kept),
    )
    force = replace(small.clock[FORCE], start=first or issued, end=last)
    return replace(small, header=head, clocks=(force, *(one for one in small.clocks if one.id != FORCE)))


def ground_of(*directives: Directive) -> Ground:
    """What the life of the first of these stands on."""
    law = Bundle.of(directives)
    return Grounds(law, ()).named(f"provision/{directives[0].issued.isoformat()}/{LIFE}", directives[0].issued)


def run(ground: Ground, begin: datetime, until: datetime) -> tuple[Case, dict[str, datetime]]:
    """A life begun then, as it stands by ``until``, and when it came to each of its states."""
    case = opened(ground, "L", CLERK, begin).case
    came = {case.state: begin}
    while (due := case.next_due) is not None and due <= until:
        for entry in passed(ground, case, max(due, begin)):
            case = case.after(entry)
            came[entry.target] = entry.at
    return case, came


def at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


# ── every circular has one ───────────────────────────────────────────────────────────────────────────────────────────


def test_every_shipped_issue_has_a_life_that_begins_and_ends(shipped: Bundle) -> None:
    assert [(one.workflow.directive, one.workflow.issued) for one in shipped.lives] == [
        (one.id, one.issued) for one in shipped.directives
    ]
    for life in shipped.lives:
        assert list(find_stuck(life.workflow, life.law)) == []
        assert shipped.law_of(life.workflow) is life.law
        ground = Grounds(shipped, ()).ground_of(life.workflow)
        assert Grounds(Bundle.of(()), ()).keep(ground.pin(), life.law, life.workflow).text == ground.text
        assert {one.id for one in life.workflow.events if one.hand is Hand.PERSON} >= {"dispose"}
    assert not [one for one in shipped.workflows if one.id == LIFE]


def test_the_dates_are_those_of_the_head(shipped: Bundle) -> None:
    life = shipped.workflow("wearable-camera/directive-life")
    ground = Grounds(shipped, ()).named("wearable-camera/通達の一生", date(2026, 1, 1))
    assert ground.workflow is life
    case, came = run(ground, datetime(2025, 7, 24, 9), datetime(2030, 1, 1))
    assert case.state == "retention-over"
    assert came == {
        "issued": datetime(2025, 7, 24, 9),
        "in-force": datetime(2025, 7, 24, 9),
        "lapsed": datetime(2026, 4, 1),
        "retention-over": datetime(2027, 4, 1),
    }


def test_what_goes_on_after_the_end_is_told_with_the_life(shipped: Bundle) -> None:
    for life in shipped.lives:
        law = shipped.law_of(life.workflow)
        own = shipped.at(law.id, date(2026, 1, 1))
        assert [([norm.id for norm in one.norms], one.start, one.side) for one in survivors_of(law)] == [
            ([norm.id for norm in one.norms], one.start, one.side) for one in survivors_of(own)
        ]
        said = Told(life.workflow, shipped).passage("ja").lines
        assert any("失効後も残る定め" in line for line in said) is bool(survivors_of(own))
        assert any("原議の保存" in line for line in said)
    english = Told(shipped.workflow("junkai-renraku/directive-life"), shipped).passage("en").lines
    assert any("Norms that survive" in line for line in english)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_life_is_drawn_like_any_workflow(shipped: Bundle, lang: str) -> None:
    for life in shipped.lives:
        texts = [one.text for one in ET.fromstring(Told(life.workflow, shipped).svg(lang)).iter(f"{NS}text")]
        assert {event.words.say(lang) for event in life.workflow.events} <= set(texts)
        assert svg(life.workflow, lang, {}) == svg(life.workflow, lang, {})
    shown = call("show", "wearable-camera/通達の一生", "--mermaid")
    assert shown.exit_code == 0 and shown.output.startswith("stateDiagram-v2")
    assert "失効する（令和8年4月1日）" in shown.output and "保存期間が満了する（令和9年4月1日）" in shown.output
    assert call("show", "通達の一生", "--mermaid").exit_code == 2
    told = call("show", "cyber-renkei/directive-life", "--lang", "en").output
    assert "life of a directive" in told and "dispose of the original" in told


def test_a_name_that_all_lives_bear_must_be_narrowed(shipped: Bundle) -> None:
    with pytest.raises(Refused, match="TS316"):
        Grounds(shipped, ()).named("通達の一生", date(2026, 1, 1))
    by_title = Grounds(shipped, ()).named("巡回連絡実施要領", date(2026, 1, 1))
    assert (by_title.workflow.id, by_title.directive.id) == (LIFE, "junkai-renraku")


def test_no_file_may_bear_the_name_of_a_life(tmp_path: Path) -> None:
    place = PLACE.replace("rounds.yaml", f"{LIFE}.yaml")
    for path, text in {**LAW, place: ROUNDS.replace("id: rounds", f"id: {LIFE}")}.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="TS801"):
        _ = Bundle.load(tmp_path).workflows


# ── what ends it ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_later_issue_and_a_repeal_supersede_it_on_the_eve_of_their_start() -> None:
    old = circular(date(2024, 1, 10), last=date(2030, 3, 31), years=5, kept=date(2030, 3, 31))
    newer = circular(date(2026, 4, 1), last=date(2031, 3, 31))
    ground = ground_of(old, newer)
    case, came = run(ground, at(date(2024, 1, 10)), datetime(2027, 1, 1))
    assert case.state == "superseded" and came["superseded"] == datetime(2026, 4, 1)
    assert "lapse" not in ground.workflow.event and "note-repeal" not in ground.workflow.event
    cited = Citation(old.header.number, old.header.issued)
    other = replace(newer, id="other", header=replace(newer.header, number="第99号", repeals=(cited,)))
    assert run(ground_of(old, other), at(date(2024, 1, 10)), datetime(2027, 1, 1))[0].state == "superseded"


def test_what_is_repealed_before_its_first_day_is_never_in_force() -> None:
    old = circular(date(2026, 1, 10), first=date(2026, 6, 1), last=date(2030, 3, 31), years=5, kept=date(2031, 3, 31))
    newer = circular(date(2026, 4, 1), last=date(2031, 3, 31))
    ground = ground_of(old, newer)
    assert "in-force" not in ground.workflow.state and list(find_stuck(ground.workflow, ground.directive)) == []
    case, came = run(ground, at(date(2026, 1, 10)), datetime(2027, 1, 1))
    assert case.state == "superseded" and came["superseded"] == datetime(2026, 4, 1)


def test_a_repeal_that_is_not_at_hand_is_noted_by_a_person_and_comes_on_its_day() -> None:
    ground = ground_of(circular(date(2024, 1, 10)))
    case, _ = run(ground, at(date(2024, 1, 10)), datetime(2040, 1, 1))
    assert case.state == "in-force" and case.next_due is None
    said = {"life.successor": "見本第7号", "life.last_day": date(2024, 3, 31)}
    noted = decide(ground, case, "廃止を記す", CLERK, said, now=datetime(2024, 3, 1))
    assert isinstance(noted, Done) and noted.case.state == "in-force"
    before = {"life.successor": "見本第7号", "life.last_day": date(2024, 1, 9)}
    assert isinstance(decide(ground, case, "note-repeal", CLERK, before, now=datetime(2024, 3, 1)), Refusal)
    assert passed(ground, noted.case, datetime(2024, 3, 31, 23, 59, 59)) == ()
    (entry,) = passed(ground, noted.case, datetime(2024, 4, 1))
    assert entry.target == "superseded"
    after = noted.case.after(entry)
    kept = decide(
        ground, after, "note-retention-superseded", CLERK, {"life.kept_until": date(2029, 3, 31)}, now=after.last
    )
    assert isinstance(kept, Done) and kept.case.timings[0].due_at == datetime(2029, 4, 1)


# ── nobody disposes of it too early ──────────────────────────────────────────────────────────────────────────────────


def test_where_print_and_count_differ_the_later_day_holds_and_both_are_told() -> None:
    for kept, last in ((date(2028, 3, 31), date(2029, 12, 31)), (date(2031, 12, 31), date(2031, 12, 31))):
        one = circular(date(2024, 1, 10), last=date(2025, 3, 31), years=5, kept=kept)
        assert kept not in retention_counted(date(2024, 1, 10), 5).values()
        assert kept_until(one) == last
        ground = ground_of(one)
        case, _ = run(ground, at(date(2024, 1, 10)), at(last))
        assert case.state == "lapsed"
        assert run(ground, at(date(2024, 1, 10)), at(last + timedelta(days=1)))[0].state == "retention-over"
        told = Told(ground.workflow, Bundle.of([one])).passage("ja").lines
        assert any("印字と合わない" in line for line in told)
        assert any(last.isoformat() in line and "遅い方" in line for line in told) is (last != kept)


def test_disposal_needs_a_person_and_a_ground() -> None:
    ground = ground_of(circular(date(2024, 1, 10), last=date(2025, 3, 31), years=1, kept=date(2025, 3, 31)))
    case, _ = run(ground, at(date(2024, 1, 10)), datetime(2040, 1, 1))
    assert case.state == "retention-over" and ground.workflow.event["dispose"].hand is Hand.PERSON
    unsaid = decide(ground, case, "dispose", CLERK, {}, now=datetime(2040, 1, 1))
    assert isinstance(unsaid, Refusal) and unsaid.missing == ("life.ground",)
    done = decide(ground, case, "dispose", CLERK, {"life.ground": "文書管理規程"}, now=datetime(2040, 1, 1))
    assert isinstance(done, Done) and done.case.facts["life.disposed_by"] == "山田"
    assert done.case.facts["life.disposed_on"] == date(2040, 1, 1)


def test_even_in_the_state_for_it_nobody_disposes_of_an_original_that_is_still_to_be_kept() -> None:
    ground = ground_of(circular(date(2024, 1, 10), last=date(2025, 3, 31), years=1, kept=date(2025, 3, 31)))
    begun = opened(ground, "L", CLERK, at(date(2024, 1, 10))).case
    for state, day, permitted in (
        ("retention-over", date(2025, 3, 31), False),
        ("retention-over", date(2025, 4, 1), True),
        ("lapsed", date(2025, 4, 1), False),
    ):
        early = replace(begun, state=state)
        came = decide(ground, early, "dispose", CLERK, {"life.ground": "規程"}, now=at(day))
        assert isinstance(came, Done) is permitted


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@st.composite
def lives(draw: st.DrawFn) -> tuple[Directive, ...]:
    issued = draw(st.dates(date(2020, 1, 1), date(2024, 12, 31)))
    first = issued + timedelta(days=draw(st.integers(0, 400)))
    last = draw(st.none() | st.integers(-30, 2000).map(lambda days: first + timedelta(days=days)))
    years = draw(st.none() | st.integers(1, 10))
    kept = draw(st.none() | DAYS)
    one = circular(issued, first=first, last=last, years=years, kept=kept)
    later = draw(st.none() | st.integers(1, 1500).map(lambda days: issued + timedelta(days=days)))
    return (one,) if later is None else (one, circular(later))


@given(lives(), DAYS, st.booleans())
def test_a_life_runs_forward_by_its_dates_and_no_original_goes_early(
    directives: tuple[Directive, ...], day: date, by_hand: bool
) -> None:
    one = directives[0]
    ground = ground_of(*directives)
    assert list(find_stuck(ground.workflow, ground.directive)) == []
    begin = at(one.issued)
    case, came = run(ground, begin, at(max(day, one.issued)))
    now = max(at(day), begin)
    order = [state for state in ("issued", "in-force", "lapsed", "superseded", "retention-over") if state in came]
    assert [came[state] for state in order] == sorted(came[state] for state in order)
    force = ground.directive.clock[FORCE]
    if case.state == "in-force":
        assert (
            isinstance(force.start, date)
            and force.start <= now.date()
            and (force.end is None or now.date() <= force.end)
        )
    if by_hand and case.state in ("lapsed", "superseded") and kept_until(one) is None:
        noted = decide(ground, case, f"note-retention-{case.state}", CLERK, {"life.kept_until": now.date()}, now=now)
        assert isinstance(noted, Done)
        case = noted.case
    disposed = decide(ground, case, "dispose", CLERK, {"life.ground": "規程"}, now=now)
    last = kept_until(one)
    ended = force.end is not None and force.end < now.date()
    if isinstance(disposed, Done):
        assert last is not None and last < now.date() and ended
        assert one.header.retention_end is not None and one.header.retention_end.day is not None
        assert one.header.retention_end.day < now.date()
    elif last is not None:
        assert not (last < now.date() and ended)


# ── as a case ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def store(tmp_path: Path, shipped: Bundle) -> Iterator[Store]:
    signer = new_key(tmp_path / "key")
    with Store.new(tmp_path / "cases.sqlite", Grounds(shipped, shipped.workflows), signer) as made:
        made.enrol([CLERK])
        yield made


def test_the_worker_takes_a_life_to_its_end_and_a_person_ends_it(store: Store, tmp_path: Path) -> None:
    store.start("cyber-renkei/通達の一生", CLERK, datetime(2019, 3, 1), name="L1")
    fired = [
        entry.target for one in run_ahead(store, datetime(2019, 3, 1), datetime(2024, 4, 1)) for entry in one.entries
    ]
    assert fired == ["lapsed", "retention-over"]
    assert isinstance(store.do("L1", "dispose", CLERK, {"life.ground": "規程"}, datetime(2024, 4, 2)), Done)
    shown = call("case", "show", "L1", "--db", str(tmp_path / "cases.sqlite"))
    assert shown.exit_code == 0 and "廃棄済" in shown.output and "原議の保存: 平成36年3月31日まで" in shown.output
    store.start("wearable-camera/通達の一生", CLERK, datetime(2026, 4, 1), name="L2")
    shown = call("case", "show", "L2", "--db", str(tmp_path / "cases.sqlite"))
    assert "失効・原議保存中" in shown.output and "失効後も残る定め" in shown.output


def test_a_life_is_opened_by_the_command(store: Store, tmp_path: Path) -> None:
    place = ("--db", str(tmp_path / "cases.sqlite"), "--key", str(tmp_path / "key"))
    who = ("--as", "山田", "--at", "2019-03-01T09:00")
    said = call("case", "open", "cyber-renkei/通達の一生", "--id", "L3", *who, *place)
    assert said.exit_code == 0 and "有効" in said.output
    assert store.case("L3").state == "in-force"


def test_a_supersession_that_came_later_is_taken_on_where_it_is_asked_for(tmp_path: Path) -> None:
    signer = new_key(tmp_path / "key")
    old = circular(date(2024, 1, 10), last=date(2030, 3, 31), years=5, kept=date(2030, 3, 31))
    newer = circular(date(2026, 4, 1), last=date(2031, 3, 31))
    with Store.new(tmp_path / "cases.sqlite", Grounds(Bundle.of([old]), ()), signer) as before:
        before.enrol([CLERK])
        before.start("provision/通達の一生", CLERK, datetime(2024, 1, 10), name="L1")
        assert [one.event for one in before.case("L1").timings] == ["lapse"]
    mover = Mover(Doer("山田", "山田太郎"), datetime(2026, 5, 1), "改めて発出された")
    with Store.open(tmp_path / "cases.sqlite", Grounds(Bundle.of([old, newer]), ()), signer) as store:
        stays = store.move("L1", mover)
        assert isinstance(stays, Stays) and stays.why is Why.CORRECTED
        beyond = store.move("L1", replace(mover, to=newer.issued))
        assert isinstance(beyond, Stays) and beyond.why is Why.NO_CLAUSE
        came = store.move("L1", replace(mover, to=old.issued))
        assert isinstance(came, Goes) and came.entry.target == "in-force"
        assert store.case("L1").state == "superseded"  # on the day on which that is known
        with store.database.reading() as connection:
            trail = whole_trail(connection)
            assert verify_derived(connection) == ()
        assert verify(trail, signer.public).findings == () and reperform(trail).findings == ()


def test_a_life_has_words_in_both_languages() -> None:
    life = life_of(circular(date(2024, 1, 10), last=date(2025, 3, 31)))
    things = (*life.workflow.states, *life.workflow.events, *life.law.terms, *life.law.clocks)
    for words in (one.words for one in things if one.id != FORCE):
        assert isinstance(words, Words) and words.en and words.en != words.ja


# ── nobody from outside does any of it ───────────────────────────────────────────────────────────────────────────────


def test_whoever_holds_no_post_neither_notes_nor_disposes_nor_corrects() -> None:
    ground = ground_of(circular(date(2020, 1, 1)))
    case, _ = run(ground, datetime(2020, 1, 1, 9), datetime(2020, 1, 2))

    def both(case: Case, event: str, facts: dict[str, object], now: datetime) -> Case:
        """Refused to one without a post; done by one who holds one."""
        refused = decide(ground, case, event, OUTSIDER, facts, now=now)
        assert isinstance(refused, Refusal) and refused.why.value == "guard"
        done = decide(ground, case, event, CLERK, facts, now=now)
        assert isinstance(done, Done)
        return done.case

    repeal = {"life.successor": "後の通達", "life.last_day": date(2020, 2, 1)}
    case = both(case, "note-repeal", repeal, datetime(2020, 1, 5))
    with pytest.raises(Refused) as caught:
        corrected(ground, case, {"life.last_day": date(2020, 1, 6)}, OUTSIDER, datetime(2020, 1, 6), reason="誤り")
    assert [one.code for one in caught.value.findings] == ["TS882"]
    (over,) = passed(ground, case, datetime(2020, 2, 2))
    case = case.after(over)
    for day in (date(2019, 12, 31), date(2020, 1, 31)):  # while it was still in force
        early = decide(
            ground, case, "note-retention-superseded", CLERK, {"life.kept_until": day}, now=datetime(2020, 2, 3)
        )
        assert isinstance(early, Refusal) and early.why.value == "guard"
    case = both(case, "note-retention-superseded", {"life.kept_until": date(2020, 3, 1)}, datetime(2020, 2, 3))
    (over,) = passed(ground, case, datetime(2020, 3, 2))
    case = case.after(over)
    case = both(case, "dispose", {"life.ground": "文書管理規程"}, datetime(2020, 3, 3))
    with pytest.raises(Refused):
        erased(ground, case, OUTSIDER, datetime(2020, 3, 4), reason="保存期間の満了")
    assert erased(ground, case, CLERK, datetime(2020, 3, 4), reason="保存期間の満了").case.erased
