"""What time alone changes is found at its own moment, though nothing happens to the case, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from handing import ASKER, AT, EVENTS, HANDING, MANAGER, SUBMITTED, event, grounds
from hypothesis import given, settings
from hypothesis import strategies as st
from provision import CLOCKS, JUDGEMENTS, NORMS, norm
from sqlalchemy import func, select

from tsutatsu.calendar import Counting, Period, Unit
from tsutatsu.cases import Case, Deed, Done, DutyStanding, Ground, Grounds, decide, opened, passed
from tsutatsu.cases.accounting import duties_by_time
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import Signer
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.clockwork import fire, run_ahead
from tsutatsu.cases.looking import looks_at_duties, next_look, next_moment
from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import ENTRIES, LOOKS
from tsutatsu.ir import (
    ALWAYS,
    AllOf,
    AnyOf,
    Clock,
    ClockRef,
    Condition,
    Due,
    Judgement,
    Not,
    Op,
    Some,
    TermRef,
    Test,
    Words,
)
from tsutatsu.ir.workflows import Hand, Stamp, Timer, Workflow, Write

WARN = Clock("warn", Words("予告"), "made_on", Counting.INCLUSIVE, Period(10, Unit.DAY))
"""Over on 10 June for what was made on 1 June."""
REPORT_BY = Clock("answer", Words("回答"), "made_on", Counting.INCLUSIVE, Period(20, Unit.DAY))
FROM_TODAY = Clock("ahead", Words("先"), "on", Counting.EXCLUSIVE, Period(5, Unit.DAY))
EVERY_CLOCK = (*CLOCKS, WARN, REPORT_BY, FROM_TODAY)
AFTER_WARNING: Condition = Test("on", Op.AFTER, ClockRef("warn"))


def reminding(when: Condition, judged: str | None = None, **how) -> tuple[Grounds, Workflow]:
    """What is handed out must be reported, once ``when`` holds, by 20 June."""
    remind = norm(
        "remind",
        bearer="主任者",
        when=when,
        kept=Test("reported_on", Op.PRESENT),
        pending=Not(Test("reported_on", Op.PRESENT)),
        due=Due("reported_on", "made_on", "answer"),
    )
    flow = replace(HANDING, **{"watched": ("remind",), **how})
    judgements = (*JUDGEMENTS, Judgement("remind", Words("報告"), ("remind",), unit=judged))
    return grounds((flow,), norms=(*NORMS, remind), clocks=EVERY_CLOCK, judgements=judgements), flow


def ground(when: Condition, **how) -> Ground:
    return reminding(when, **how)[0].named("handing", AT.date())


def asked(g: Ground, at: datetime = AT) -> Case:
    came = decide(g, opened(g, "K1", ASKER, at).case, "submit", ASKER, SUBMITTED, now=at)
    assert isinstance(came, Done)
    return came.case


@pytest.fixture
def watching(place: Path | str, signer: Signer) -> Iterator[Store]:
    """A store in which a report is owed once the warning time is over."""
    with Store.new(place, reminding(AFTER_WARNING)[0], signer) as made:
        made.enrol((ASKER, MANAGER))
        made.start("handing", ASKER, AT, name="K1")
        assert isinstance(made.do("K1", "submit", ASKER, SUBMITTED, AT), Done)
        yield made


def entries(store: Store) -> int:
    with store.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(ENTRIES)).scalar_one()


def look(store: Store) -> str | None:
    with store.database.reading() as connection:
        return connection.execute(select(LOOKS.c.at)).scalar()


def test_a_duty_that_only_days_raise_is_found_on_its_day(watching: Store) -> None:
    assert list(fire(watching, datetime(2025, 6, 10, 23, 59, 59))) == []
    assert watching.next_due() == datetime(2025, 6, 11)
    (fired,) = fire(watching, datetime(2025, 6, 11))
    (entry,) = fired.entries
    assert entry.deed is Deed.ELAPSED and entry.at == datetime(2025, 6, 11)
    (duty,) = watching.duties()
    assert duty.duty.standing is DutyStanding.OPEN and duty.duty.last == date(2025, 6, 20)
    assert list(fire(watching, datetime(2025, 6, 11))) == []


def test_it_is_breached_and_met_like_any_other(watching: Store) -> None:
    list(run_ahead(watching, AT, datetime(2025, 6, 30)))
    assert [one.deed for one in watching.case("K1").entries[2:]] == [Deed.ELAPSED, Deed.BREACHED]
    (duty,) = watching.duties()
    assert duty.duty.standing is DutyStanding.BREACHED


def test_a_look_that_changes_nothing_leaves_no_entry_and_moves_on(watching: Store) -> None:
    before, seen = entries(watching), [look(watching)]
    while (due := watching.next_due()) is not None and due < datetime(2025, 6, 11):
        assert list(fire(watching, due)) == [] and watching.tick(due) is None
        seen.append(look(watching))
    assert entries(watching) == before and seen == sorted(set(map(str, seen)))
    assert len(seen) <= 4


def test_a_worker_that_comes_late_finds_what_arose_and_then_what_it_missed(watching: Store) -> None:
    (fired,) = fire(watching, datetime(2025, 7, 1, 9))
    assert [(one.deed, one.at) for one in fired.entries] == [
        (Deed.ELAPSED, datetime(2025, 7, 1, 9)),
        (Deed.BREACHED, datetime(2025, 7, 1, 9)),
    ]


def test_a_command_finds_it_where_no_worker_has_come(watching: Store) -> None:
    came = watching.do("K1", "approve", MANAGER, {"copies": 1}, datetime(2025, 6, 12, 9))
    assert isinstance(came, Done)
    assert [one.deed for one in watching.case("K1").entries] == [
        *(Deed.OPENED, Deed.EVENT, Deed.ELAPSED, Deed.EVENT),
    ]


def test_the_trail_and_the_rows_hold_over_it(watching: Store, signer: Signer) -> None:
    list(run_ahead(watching, AT, datetime(2026, 2, 1)))
    with watching.database.reading() as connection:
        assert verify_derived(connection) == ()
        assert verify(whole_trail(connection), signer.public).findings == ()


def test_of_many_workers_one_records_it(watching: Store, place: Path | str, signer: Signer) -> None:
    with Store.open(place, watching.grounds, signer) as other:
        came = [*fire(watching, datetime(2025, 6, 11)), *fire(other, datetime(2025, 6, 11))]
    assert len(came) == 1


def test_a_case_whose_law_asks_for_no_day_is_not_looked_at_till_its_circular_ends() -> None:
    g = ground(ALWAYS)
    assert next_look(g, asked(g), AT) == datetime(2025, 12, 31)
    assert next_look(g, asked(g), datetime(2025, 12, 31)) == datetime(2026, 1, 1)
    assert next_look(g, asked(g), datetime(2026, 1, 1)) is None
    bare = ground(ALWAYS, watched=())
    assert next_look(bare, asked(bare), AT) is None


def test_the_end_of_a_circular_undoes_no_duty_that_has_arisen() -> None:
    g = ground(AFTER_WARNING, timers=())
    case = asked(g)
    came = passed(g, case, datetime(2025, 6, 11))
    assert [one.deed for one in came] == [Deed.ELAPSED]
    for entry in came:
        case = case.after(entry)
    late = passed(g, case, datetime(2026, 3, 1))
    assert [one.deed for one in late] == [Deed.BREACHED]
    for entry in late:
        case = case.after(entry)
    dropped = decide(g, case, "drop", MANAGER, {}, now=datetime(2026, 3, 2))
    assert isinstance(dropped, Done)
    assert [one.standing for one in dropped.case.duties] == [DutyStanding.BREACHED]


def test_facts_put_right_still_undo_a_duty() -> None:
    g = ground(Test("purpose", Op.EQ, "inquiry"))
    case = asked(g)
    assert [one.standing for one in case.duties] == [DutyStanding.OPEN]
    from tsutatsu.cases import corrected

    done = corrected(g, case, {"purpose": "teaching"}, ASKER, AT, reason="書き誤り")
    assert [one.standing for one in done.case.duties] == [DutyStanding.DROPPED]


# ── what comes by itself ──────────────────────────────────────────────────────────────────────────────────────────────


def ripening(guard: Condition, *writes: Write, hand: Hand = Hand.MACHINE, **how) -> Ground:
    """The machine hands over what was asked for as soon as it may."""
    ripe = event("ripen", "熟す", ("submitted",), "closed", hand=hand, guard=guard, writes=writes)
    return ground(ALWAYS, events=(*EVENTS, ripe), watched=(), **{"timers": (), **how})


def test_the_machine_does_on_its_day_what_it_could_not_do_before() -> None:
    g = ripening(AFTER_WARNING)
    case = asked(g)
    assert passed(g, case, datetime(2025, 6, 10, 23, 59, 59)) == ()
    assert next_look(g, case, datetime(2025, 6, 2, 12)) == datetime(2025, 6, 10)
    assert next_look(g, case, datetime(2025, 6, 10)) == datetime(2025, 6, 11)
    assert [one.event for one in passed(g, case, datetime(2025, 6, 11))] == ["ripen"]


def test_the_machine_waits_for_the_hour() -> None:
    g = ripening(Test("hour", Op.WITHIN, ClockRef("duty")), Write("hour", Stamp.TIME))
    case = asked(g)
    at = next_look(g, case, AT)
    assert at == datetime(2025, 6, 2, 17, 15)
    assert [one.event for one in passed(g, case, at)] == ["ripen"] and passed(g, case, at - timedelta(seconds=1)) == ()


def test_what_could_not_come_at_its_time_comes_once_time_allows_it() -> None:
    g = ripening(Test("on", Op.AFTER, ClockRef("keep")), hand=Hand.CLOCK, timers=(Timer("warn", "ripen"),))
    case = asked(g)
    (held,) = passed(g, case, datetime(2025, 6, 11))
    assert held.deed is Deed.HELD
    case = case.after(held)
    assert passed(g, case, datetime(2025, 8, 29, 23)) == ()
    at = case.last
    seen: list[datetime] = []
    while (at := next_look(g, case, at)) is not None and at <= datetime(2025, 8, 30):
        seen.append(at)
    assert seen[-1] == datetime(2025, 8, 30) and len(seen) <= 4
    assert [one.event for one in passed(g, case, datetime(2025, 8, 30))] == ["ripen"]


# ── nothing changes between two looks ─────────────────────────────────────────────────────────────────────────────────

DAYS = [date(2025, 5, 28), date(2025, 6, 1), date(2025, 6, 5), date(2025, 6, 9)]
OF_DAYS = st.one_of(
    st.builds(Test, st.just("on"), st.sampled_from([Op.LT, Op.LE, Op.GE, Op.GT, Op.EQ]), st.sampled_from(DAYS)),
    st.builds(
        Test,
        st.just("on"),
        st.sampled_from([Op.LT, Op.LE, Op.GE, Op.GT]),
        st.sampled_from([TermRef("made_on"), TermRef("approved_on")]),
    ),
    st.builds(
        Test,
        st.sampled_from(["made_on", "approved_on"]),
        st.sampled_from([Op.LT, Op.LE, Op.GE, Op.GT]),
        st.just(TermRef("on")),
    ),
    st.builds(
        Test,
        st.just("on"),
        st.sampled_from([Op.BEFORE, Op.WITHIN, Op.AFTER]),
        st.sampled_from([ClockRef("warn"), ClockRef("report"), ClockRef("answer")]),
    ),
    st.builds(
        Test,
        st.sampled_from(["made_on", "approved_on"]),
        st.sampled_from([Op.BEFORE, Op.WITHIN, Op.AFTER]),
        st.just(ClockRef("ahead")),
    ),
)
TIMELY = st.recursive(
    OF_DAYS,
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        part.map(Not),
    ),
    max_leaves=5,
)


@settings(max_examples=40)
@given(TIMELY, st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS), st.sampled_from(["", "each", "list"]))
def test_a_duty_arises_on_no_other_day_than_one_that_is_looked_at(
    when: Condition, made: date, approved: date | None, listed: str
) -> None:
    """The case may be one record of a list, of which the judgement is given for each, or into which the norm looks."""
    whole = Some("files", when) if listed == "list" else when
    g = ground(whole, unit="files" if listed else None, judged="files" if listed == "each" else None)
    begin = datetime(2025, 5, 20)
    case = opened(g, "K1", ASKER, begin).case
    said = {"made_on": made, **({} if approved is None else {"approved_on": approved})}
    case = replace(case, facts=said, duties=())
    days = [begin + timedelta(days=n) for n in range(1, 45)]
    looked = set(looks_at_duties(g, case, begin, days[-1]))
    owed = [bool(duties_by_time(g, case, at, 2)) for at in days]
    for before, at, now in zip(owed, days[1:], owed[1:], strict=False):
        assert before == now or at in looked, at


@settings(max_examples=30)
@given(TIMELY, st.sampled_from(DAYS))
def test_looking_when_one_is_to_look_every_day_or_once_too_late_finds_the_same_and_undoes_nothing(
    when: Condition, made: date
) -> None:
    g = ground(when, timers=())
    begin, until = datetime(2025, 5, 20), datetime(2025, 7, 10)
    first = decide(g, opened(g, "K1", ASKER, begin).case, "submit", ASKER, {**SUBMITTED, "made_on": made}, now=begin)
    assert isinstance(first, Done)

    def through(moments: Iterator[datetime]) -> list[tuple[str, DutyStanding, date | None]]:
        case = first.case
        for at in moments:
            for entry in passed(g, case, at):
                assert not [one for one in entry.duties if one.standing is DutyStanding.DROPPED]
                case = case.after(entry)
        return [(one.key.norm, one.standing, one.last) for one in case.duties]

    def looking() -> Iterator[datetime]:
        at = next_moment(g, first.case, begin)
        case = first.case
        while at is not None and at <= until:
            yield at
            for entry in passed(g, case, at):
                case = case.after(entry)
            at = next_moment(g, case, at)
        yield until

    daily = (begin + timedelta(days=n) for n in range(1, (until - begin).days + 1))
    found = through(daily)
    assert through(looking()) == found
    assert through(iter([until])) == found


OF_HOURS = st.one_of(
    OF_DAYS,
    st.just(Test("hour", Op.WITHIN, ClockRef("duty"))),
    st.builds(
        Test, st.just("hour"), st.sampled_from([Op.LT, Op.LE, Op.GE, Op.GT]), st.sampled_from([time(6), time(21, 30)])
    ),
    st.just(Test("given_at", Op.WITHIN, ClockRef("duty"))),
    st.builds(
        Test,
        st.just("given_at"),
        st.sampled_from([Op.LT, Op.LE, Op.GE, Op.GT]),
        st.sampled_from([datetime(2025, 6, 3, 11, 30), datetime(2025, 6, 4)]),
    ),
)
HOURLY = st.recursive(
    OF_HOURS,
    lambda part: st.one_of(
        st.lists(part, min_size=2, max_size=3).map(lambda parts: AllOf(tuple(parts))), part.map(Not)
    ),
    max_leaves=4,
)


@settings(max_examples=30)
@given(HOURLY)
def test_the_machine_finds_its_moment_by_looking_at_no_other_moments(guard: Condition) -> None:
    """Tried every three quarters of an hour, and a second after, nothing comes earlier than by looking then."""
    g = ripening(guard, Write("hour", Stamp.TIME), Write("given_at", Stamp.MOMENT))
    case = replace(opened(g, "K1", ASKER, AT).case, state="submitted", facts={"made_on": date(2025, 6, 1)})
    until = AT + timedelta(days=1, hours=15)
    at: datetime | None = AT
    while at is not None and at <= until and not passed(g, case, at):
        at = next_look(g, case, at)
    found = at if at is not None and at <= until else None
    steps = (AT + timedelta(minutes=45 * n, seconds=s) for n in range(53) for s in (0, 1))
    first = next((one for one in steps if one <= until and passed(g, case, one)), None)
    assert first is None or (found is not None and found <= first)
