"""What scenarios show is counted, what they leave unshown is named, and what cannot be shown is not asked for."""

from __future__ import annotations

from itertools import islice, product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from provision import ON
from small_laws import DOMAINS, VECTORS, small_laws

from tsutatsu.bundle import Bundle
from tsutatsu.coverage.demanding import points_of
from tsutatsu.coverage.measuring import DirectiveCoverage, State, measure
from tsutatsu.coverage.points import AtBound, LeftOpen, StandsSo
from tsutatsu.coverage.resting import Reaching
from tsutatsu.coverage.shows import shows
from tsutatsu.coverage.surveying import survey
from tsutatsu.coverage.wording import key_of
from tsutatsu.ir import TODAY, Directive, Facts, Standing
from tsutatsu.judging.reach import merged, reach_of
from tsutatsu.semantics import Truth3

from .conftest import FIRST, NORMS, Told, drafted


def _keys(one: DirectiveCoverage, state: State) -> set[str]:
    return {key_of(point.point, one.directive) for point in one.points if point.state is state}


def test_one_scenario_shows_what_it_shows_and_no_more(told: Told) -> None:
    (one,) = survey(told(FIRST)).directives
    assert _keys(one, State.SHOWN) == {
        "norm:approval/kept",
        "norm:hours/not_applicable",
        "norm:checked/kept",
        "norm:register/kept",
        "norm:give-back/pending",
        "norm:drills/not_applicable",
        "norm:no-repeat/not_applicable",
        "norm:no-repeat/broken:approval/does-not-hold",
        "norm:no-repeat/bound/the number of lendings is more than 1 回/lower/beyond",
        "concept:正当な承認/met",
        "concept:貸せる備品/met",
    }


def test_the_points_of_a_norm_are_the_outcomes_that_its_kind_can_have(told: Told) -> None:
    (one,) = survey(told(FIRST)).directives
    outcomes = {
        norm.id: {p.point.standing for p in one.points if isinstance(p.point, StandsSo) and p.point.norm == norm.id}
        for norm in one.directive.norms
    }
    aside = Standing.NOT_APPLICABLE
    assert outcomes == {
        "approval": {Standing.KEPT, Standing.BROKEN},
        "hours": {Standing.BROKEN, aside, Standing.LIFTED},
        "checked": {Standing.KEPT, Standing.BROKEN, aside},
        "register": {Standing.KEPT, Standing.UNEXPLAINED},
        "give-back": {Standing.KEPT, Standing.PENDING, Standing.BROKEN, aside},
        "drills": {Standing.FREE, aside},
        "no-repeat": {Standing.BROKEN, aside},
    }


def test_what_no_facts_can_show_is_listed_as_impossible_and_not_asked_for(told: Told) -> None:
    (one,) = survey(told(FIRST)).directives
    assert _keys(one, State.IMPOSSIBLE) == {"norm:checked/not_applicable"}  # a list that scenarios say is always there


def test_what_is_drafted_for_what_is_missing_shows_it(whole: str, told: Told) -> None:
    coverage = survey(told(whole))
    assert coverage.complete
    assert coverage.findings == ()
    assert len(coverage.directives[0].counted) > 40


@pytest.mark.parametrize(
    "key",
    [
        "norm:approval/broken",
        "norm:approval/open",
        "norm:register/unexplained",
        "norm:give-back/pending",
        "norm:drills/free",
        "norm:hours/lifted",
        "norm:hours/exception-1/does-not-apply",
        "norm:hours/bound/the time of beginning is at or after 22:00/lower/within",
        "norm:hours/bound/the number of lendings is at most 2 回/upper/beyond",
        "norm:give-back/bound/the day judged is after the end of “time for the return”/lower/beyond",
        "concept:正当な承認/bound/the approver's rank is “senior clerk” or above/lower/within",
        "concept:正当な承認/open-case-1/not-met",
        "concept:貸せる備品/not-met",
        "norm:no-repeat/broken:approval/holds",
        "reading:主事の承認/乙",
        "directive:bihin/lapsed/2029-04-01",
    ],
)
def test_a_point_is_missed_once_every_scenario_that_shows_it_is_gone(whole: str, told: Told, key: str) -> None:
    (one,) = survey(told(whole)).directives
    showing = next(point for point in one.points if key_of(point.point, one.directive) == key)
    names = {one.scenarios[number].name for number in showing.scenarios}
    assert names
    left = [text for text in whole.split("\n\n") if not any(f"シナリオ: {name}\n" in text for name in names)]
    coverage = survey(told("\n\n".join(left)))
    assert key in _keys(coverage.directives[0], State.MISSING)
    assert not coverage.complete
    if len(left) > 2:  # something is left to stand beside
        assert drafted(coverage)


def test_a_scenario_that_fails_shows_nothing(told: Told) -> None:
    coverage = survey(told(FIRST.replace("許可される", "許可されない")))
    assert _keys(coverage.directives[0], State.SHOWN) == set()
    assert "TS462" in {one.code for one in coverage.findings}


def test_a_norm_that_no_judgement_looks_at_and_one_without_a_scenario_are_found(told: Told, root: Path) -> None:
    judgements = root / "policy/bihin/2025-04-01/judgements.yaml"
    text = judgements.read_text(encoding="utf-8")
    judgements.write_text(
        text.replace(", drills", "").replace(", register", "")
        + "  - {id: book, 名: 記帳, 英: entering in the book, 規範: [register]}\n",
        encoding="utf-8",
    )
    findings = survey(told(FIRST)).findings
    assert [(one.code, one.where.line) for one in findings if one.code in ("TS461", "TS355")] == [
        ("TS355", 23),
        ("TS461", 36),
    ]
    assert all(one.where.file == NORMS for one in findings if one.code in ("TS461", "TS355"))


def test_a_bound_is_shown_by_the_value_beside_it_and_by_no_other(told: Told) -> None:
    late = FIRST.replace("10:00", "{at}")
    bound = "norm:hours/bound/the time of beginning is at or after 22:00/lower/"
    for at, shown in (("21:59", {"beyond"}), ("21:58", set()), ("22:00", {"within"}), ("22:01", set())):
        verdict = "許可される" if at < "22" else "許可されない"
        (one,) = survey(told(late.replace("{at}", at).replace("許可される", verdict))).directives
        assert {key.removeprefix(bound) for key in _keys(one, State.SHOWN) if key.startswith(bound)} == shown, at


def test_each_bound_has_both_its_sides(told: Told) -> None:
    (one,) = survey(told(FIRST)).directives
    sides: dict[object, set[bool]] = {}
    for point in one.points:
        if isinstance(point.point, AtBound):
            sides.setdefault((point.point.subject, point.point.test, point.point.edge), set()).add(point.point.holds)
    assert len(sides) == 6
    assert all(both == {True, False} for both in sides.values())


def test_a_norm_has_the_points_of_what_it_rests_on(told: Told) -> None:
    (one,) = survey(told(FIRST)).directives
    keys = {key_of(point.point, one.directive) for point in one.of_norm("approval")}
    assert {"norm:approval/kept", "concept:正当な承認/met", "reading:主事の承認/甲"} <= keys
    assert not any(key.startswith(("norm:hours", "concept:貸せる備品")) for key in keys)


def test_the_shipped_law_names_its_points_apart() -> None:
    for directive in Bundle.default().directives:
        keys = [key_of(point, directive) for point in points_of(directive, Reaching(directive))]
        assert len(set(keys)) == len(keys)


# ── impossible is proved, possible is shown ──────────────────────────────────────────────────────────────────────────


@given(small_laws())
@settings(max_examples=30)
def test_a_point_is_impossible_only_where_no_facts_show_it(directive: Directive) -> None:
    covered = measure(directive, ())
    norms = tuple(norm.id for norm in directive.norms)
    for one in covered.points:
        if isinstance(one.point, LeftOpen):
            continue
        if one.example is not None:
            assert shows(one.point, directive, one.example.facts, one.example.sides, norms) is Truth3.TRUE
        if one.state is State.IMPOSSIBLE:
            completions = _completions(directive)
            assume(len(completions) <= 1_500)
            assert not any(
                shows(one.point, directive, facts, sides, norms) is Truth3.TRUE
                for facts in completions
                for sides in VECTORS
            )


def _completions(directive: Directive) -> list[Facts]:
    """Every way the facts can be that the law looks at, of the small domains (a list may not be none)."""
    reached = merged(reach_of(norm, directive) for norm in directive.norms)
    terms = [term for term in DOMAINS if term in {*reached.terms, *reached.lists}]
    values = [[v for v in DOMAINS[term] if term != "list" or v is not None] for term in terms]
    return [{**dict(zip(terms, one, strict=True)), TODAY: ON} for one in islice(product(*values), 1_501)]
