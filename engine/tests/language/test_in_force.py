"""Who is in force on which day: for any circulars that repeal, replace and lapse, exactly what the law says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from circulars import circular, citing
from hypothesis import event, given
from hypothesis import strategies as st

from tsutatsu.bundle import Bundle
from tsutatsu.ir import Directive
from tsutatsu.judging.force import IN_FORCE, force_on, standing_caveats, why
from tsutatsu.judging.parts import CaveatKind
from tsutatsu.passes.place_in_force import place_in_force
from tsutatsu.semantics import Verdict

DAY = timedelta(days=1)
START = date(2024, 3, 20)
WINDOW = 50


@st.composite
def laws(draw: st.DrawFn) -> tuple[Directive, ...]:
    """Up to six circulars within some weeks, each repealing some of those issued before it."""
    issues = draw(st.lists(st.integers(0, 30), min_size=1, max_size=6, unique=True).map(sorted))
    found: list[Directive] = []
    for n, issue in enumerate(issues):
        first = issue + draw(st.sampled_from((0, 0, 1, 5, 12)))
        last = draw(st.none() | st.integers(first, 45))
        name = draw(st.sampled_from(("甲", "乙", f"単{n}")))
        earlier = [one for one in found if one.id != name]
        repealed = draw(st.lists(st.sampled_from(earlier), max_size=2, unique_by=lambda o: o.issued)) if earlier else []
        side = draw(st.sampled_from((None, None, "甲", "乙")))
        found.append(
            circular(
                name,
                START + issue * DAY,
                number=f"第{n}号",
                first=START + first * DAY,
                last=START + last * DAY if last is not None else None,
                repeals=tuple(citing(one, side) for one in repealed),
                taken=draw(st.sampled_from((None, "甲", "乙"))),
            )
        )
    return tuple(draw(st.permutations(found)))


def by_the_days(law: Sequence[Directive]) -> dict[int, set[date]]:
    """The days on which each is in force, told by living through them one after another."""
    dead: set[int] = set()
    living: dict[int, set[date]] = {n: set() for n in range(len(law))}
    for step in range(WINDOW):
        day = START + step * DAY
        starting = [n for n, one in enumerate(law) if one.first_day == day]
        for n in sorted(starting, key=lambda n: law[n].issued, reverse=True):
            if n in dead:
                continue
            for m, older in enumerate(law):
                named = [c for c in law[n].header.repeals if c.number == older.header.number]
                sure = [c for c in named if c.side is None or law[n].reading["廃止"].taken == c.side.side]
                if older.issued < law[n].issued and (older.id == law[n].id or sure):
                    dead.add(m)
        for n, one in enumerate(law):
            end = one.header.effect_end
            if n not in dead and one.first_day <= day and (end is None or end.day is None or day <= end.day):
                living[n].add(day)
    return living


@given(laws())
def test_exactly_those_are_in_force_that_the_law_says(law: tuple[Directive, ...]) -> None:
    placed, living = place_in_force(law), by_the_days(law)
    for n, one in enumerate(placed):
        for step in range(WINDOW):
            day = START + step * DAY
            verdict = force_on(one, day)
            assert (verdict in IN_FORCE) == (day in living[n]), (one.id, day)
            assert why(one, day).ja and why(one, day).en
            event(verdict.value)


@given(laws(), st.randoms(use_true_random=False))
def test_the_order_of_the_files_decides_nothing(law: tuple[Directive, ...], random: Random) -> None:
    shuffled = list(law)
    random.shuffle(shuffled)
    placed = {(one.id, one.issued): one for one in place_in_force(shuffled)}
    assert placed == {(one.id, one.issued): one for one in place_in_force(law)}


@given(laws())
def test_once_over_nothing_is_revived(law: tuple[Directive, ...]) -> None:
    over = {Verdict.LAPSED, Verdict.SUPERSEDED}
    for one in place_in_force(law):
        found = [force_on(one, START + step * DAY) for step in range(WINDOW)]
        ended = [verdict in over for verdict in found]
        assert ended == sorted(ended)
        if True in ended:
            assert len({verdict for verdict in found if verdict in over}) == 1


@given(laws(), st.integers(0, WINDOW))
def test_the_issue_that_answers_is_in_force_whenever_one_of_them_is(law: tuple[Directive, ...], step: int) -> None:
    day, bundle = START + step * DAY, Bundle.of(law)
    for name in bundle.ids:
        alive = [one for one in bundle.versions(name) if force_on(one, day) in IN_FORCE]
        assert alive in ([], [bundle.at(name, day)])


OLD = circular("旧", date(2024, 4, 1), last=date(2026, 3, 31))


def test_the_first_and_the_last_day_are_both_in_force() -> None:
    (one,) = place_in_force([OLD])
    days = (date(2024, 3, 31), date(2024, 4, 1), date(2026, 3, 31), date(2026, 4, 1))
    assert [force_on(one, day) for day in days] == [
        Verdict.NOT_YET,
        Verdict.IN_FORCE,
        Verdict.IN_FORCE,
        Verdict.LAPSED,
    ]


def test_the_last_day_of_the_repealed_is_the_eve_of_the_first_day_of_the_newer() -> None:
    new = circular("新", date(2025, 2, 20), first=date(2025, 3, 1), repeals=(citing(OLD),))
    old = place_in_force([OLD, new])[0]
    assert force_on(old, date(2025, 2, 28)) is Verdict.IN_FORCE
    assert force_on(old, date(2025, 3, 1)) is Verdict.SUPERSEDED
    assert "新の手引" in why(old, date(2025, 3, 1)).ja


def test_what_is_repealed_before_it_starts_never_takes_effect_and_repeals_nothing() -> None:
    second = circular("二", date(2025, 2, 1), first=date(2025, 4, 1), repeals=(citing(OLD),))
    third = circular("三", date(2025, 3, 1), repeals=(citing(second),))
    old, never, _ = place_in_force([OLD, second, third])
    assert force_on(old, date(2025, 4, 1)) is Verdict.IN_FORCE
    assert force_on(never, date(2025, 2, 28)) is Verdict.NOT_YET
    assert force_on(never, date(2025, 4, 1)) is Verdict.SUPERSEDED
    assert "待たず" in why(never, date(2025, 4, 1)).ja


def test_an_issue_that_never_takes_effect_never_answers() -> None:
    early, late = circular("版", date(2024, 4, 1), number="甲"), circular("版", date(2025, 2, 1), number="乙")
    late = replace(late, clocks=(replace(late.clocks[0], start=date(2025, 4, 1)),))
    third = circular("三", date(2025, 3, 1), repeals=(citing(late),))
    assert Bundle.of([early, late, third]).at("版", date(2025, 4, 1)).issued == early.issued


def test_a_repeal_by_any_of_its_numbers_counts_and_by_another_day_does_not() -> None:
    joint = circular("連", date(2024, 4, 1), other_numbers=("乙生発第4号", "乙刑発第３号"))
    for number, day, repealed in (
        ("乙刑発第3号", date(2024, 4, 1), True),
        ("乙刑発 第３号", date(2024, 4, 1), True),
        ("乙刑発第3号", date(2024, 4, 2), False),
        ("乙刑発第30号", date(2024, 4, 1), False),
    ):
        cited = citing(circular("別", day, number=number))
        old = place_in_force([joint, circular("新", date(2025, 4, 1), repeals=(cited,))])[0]
        assert (old.superseded is not None) == repealed, (number, day)


@pytest.mark.parametrize(("taken", "over"), [(None, False), ("乙", False), ("甲", True)])
def test_a_repeal_on_one_side_of_a_reading_waits_for_the_decision(taken: str | None, over: bool) -> None:
    new = circular("新", date(2025, 4, 1), repeals=(citing(OLD, "甲"),), taken=taken)
    assert (place_in_force([OLD, new])[0].superseded is not None) == over


def test_an_amended_circular_runs_on_with_a_caveat() -> None:
    new = circular("新", date(2025, 2, 20), first=date(2025, 4, 1), amends=(citing(OLD),))
    old, amending = place_in_force([OLD, new])
    assert force_on(old, date(2025, 4, 1)) is Verdict.IN_FORCE
    (said,) = [one for one in standing_caveats(old) if one.kind is CaveatKind.AMENDED]
    assert "新の手引" in said.words.ja and "2025-04-01から" in said.words.ja
    assert not amending.amended
