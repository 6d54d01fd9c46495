"""Conduct while a circular was in force is judged; for today's, the answer says why it is not, or what outlives it."""

from __future__ import annotations

from datetime import date

import pytest

from tsutatsu.bundle import Bundle
from tsutatsu.judging.answer import Answer
from tsutatsu.judging.judges import Judge
from tsutatsu.judging.parts import CaveatKind
from tsutatsu.semantics import Verdict

TODAY = date(2026, 11, 20)


def ask(directive: str, judgement: str, facts: dict[str, object], on: date = TODAY, **more: object) -> Answer:
    of = Bundle.default().versions(directive)[-1]
    return Judge(of, judgement).ask(facts, on=on, **more)  # type: ignore[arg-type]


def said(answer: Answer, kind: CaveatKind) -> list[str]:
    return [one.words.ja for one in answer.caveats if one.kind is kind]


@pytest.mark.parametrize("judgement", ["stance", "designate", "coordinate", "committee", "share", "security", "mutual"])
def test_003_judges_no_conduct_of_today_and_says_why(judgement: str) -> None:
    answer = ask("cyber-renkei", judgement, {})
    assert answer.verdict is Verdict.OUT_OF_SCOPE
    (why,) = said(answer, CaveatKind.OUT_OF_FORCE)
    assert "2024-03-31限りで失効した" in why
    assert said(answer, CaveatKind.EFFECT_OVER) == []


@pytest.mark.parametrize("day", ["2019-02-14", "2023-05-01", "2024-03-31"])
def test_003_judges_conduct_of_the_days_on_which_it_was_in_force(day: str) -> None:
    answer = ask("cyber-renkei", "designate", {"対象の日": day})
    assert answer.verdict is not Verdict.OUT_OF_SCOPE
    assert said(answer, CaveatKind.OUT_OF_FORCE) == said(answer, CaveatKind.EFFECT_OVER) == []


@pytest.mark.parametrize(("day", "why"), [("2019-02-13", "2019-02-14から"), ("2024-04-01", "2024-03-31限り")])
def test_it_is_the_day_of_the_act_that_the_reason_speaks_of(day: str, why: str) -> None:
    answer = ask("cyber-renkei", "designate", {"対象の日": day}, on=date(2022, 1, 1))
    assert answer.verdict is Verdict.OUT_OF_SCOPE
    (told,) = said(answer, CaveatKind.OUT_OF_FORCE)
    assert why in told


def test_004_says_that_only_what_outlives_it_was_judged_by() -> None:
    for facts in ({}, {"ファイル作成日": "2025-12-01"}):
        answer = ask("wearable-camera", "view", facts)
        assert answer.verdict is Verdict.NOT_ENOUGH
        (told,) = said(answer, CaveatKind.EFFECT_OVER)
        assert "2026-11-20に効力がない" in told and "2026-03-31限りで失効した" in told
    assert said(ask("wearable-camera", "view", {"利用日": "2025-12-02"}), CaveatKind.EFFECT_OVER) == []
    assert said(ask("wearable-camera", "view", {}, on=date(2026, 3, 31)), CaveatKind.EFFECT_OVER) == []


def test_004_does_not_bind_what_was_made_after_its_end() -> None:
    answer = ask("wearable-camera", "view", {"ファイル作成日": "2026-11-01"})
    assert answer.verdict is Verdict.OUT_OF_SCOPE
    assert "2026-03-31限りで失効した" in said(answer, CaveatKind.OUT_OF_FORCE)[0]


def test_001_runs_on_with_its_caveats() -> None:
    of = Bundle.default().versions("anzen-network")[-1]
    answer = ask("anzen-network", of.judgements[0].id, {}, on=date(2099, 1, 1))
    assert answer.verdict is not Verdict.OUT_OF_SCOPE
    assert said(answer, CaveatKind.END_NOT_PRINTED) and said(answer, CaveatKind.READING_OPEN)
