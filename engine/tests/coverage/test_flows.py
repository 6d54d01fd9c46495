"""What scenarios show of workflows is counted event by event, end by end and duty by duty; the rest is named."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from calling import call

from tsutatsu.coverage.flows import FlowCoverage
from tsutatsu.coverage.surveying import survey

from .conftest import law_in

LAW = Path(__file__).parents[1] / "gherkin" / "law"
PLACE = "features/eizo/2025-04-01/viewing.feature"
HEAD = """# language: ja
@第2
機能: 一回の閲覧

  背景:
    前提 次の者がいる:
      | 者   | 職   |
      | 甲野 |      |
      | 課長 | 課長 |
    かつ 令和7年5月1日9時に、甲野が手続「一回の閲覧」を始めている
    かつ 「申請する」では次のことを言う:
      | 用語       | 値     |
      | 閲覧の回数 | 2回    |
      | 編集       | いいえ |
"""
VIEWED = """
  シナリオ: 承認を受けて見る
    もし 同日10時に、甲野が「申請する」
    かつ 同日11時に、課長が「承認する」
    かつ 同日13時に、甲野が「見る」
    ならば 「閲覧済」になる
"""
LATE = """
  シナリオ: 報告が遅れる
    前提 同日10時に、甲野が「申請する」
    もし 同日11時に、甲野が「承認する」
    ならば 受け付けられない
    前提 同日11時に、課長が「承認する」
    もし 同日22時に、甲野が「見る」
    ならば 受け付けられない
    前提 翌日13時に、甲野が「見る」
    もし 令和7年5月9日13時に、甲野が「報告する」
    ならば 「済」になる

  シナリオ: 承認されない
    前提 同日10時に、甲野が「申請する」
    もし 同日11時に、甲野が「承認しない」
    ならば 受け付けられない
    もし 同日12時に、課長が「承認しない」
    ならば 「不承認」になる
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(LAW, tmp_path / "law")
    (tmp_path / "law" / PLACE).parent.mkdir(parents=True)
    return tmp_path / "law"


def covered(root: Path, text: str) -> FlowCoverage:
    (root / PLACE).write_text(HEAD + text, encoding="utf-8")
    return next(one for one in survey(law_in(root)).flows if one.workflow.id == "one-viewing")


def shows(one: FlowCoverage, *, shown: bool) -> set[tuple[str, str]]:
    return {(p.shown.showing.value, p.shown.name) for p in one.points if bool(p.scenarios) is shown}


def test_a_scenario_shows_what_its_case_went_through_and_no_more(root: Path) -> None:
    one = covered(root, VIEWED)
    assert shows(one, shown=True) == {
        ("accepted", "ask"), ("accepted", "approve"), ("accepted", "view"), ("raised", "report"), ("waited", "close"),
    }  # fmt: skip
    assert shows(one, shown=False) == {
        ("accepted", "refuse"), ("accepted", "report"), ("accepted", "remind"), ("accepted", "close"),
        ("refused_by_guard", "approve"), ("refused_by_guard", "refuse"), ("refused_by_judgement", "view"),
        ("fired", "remind"), ("ended", "done"), ("ended", "refused"), ("met", "report"), ("breached", "report"),
    }  # fmt: skip
    assert one.shown == 5


def test_refusals_clocks_ends_and_breaches_are_shown_where_they_happen(root: Path) -> None:
    one = covered(root, LATE)
    assert shows(one, shown=False) == set()
    assert not list(one.findings())


def test_a_scenario_that_fails_shows_nothing(root: Path) -> None:
    assert shows(covered(root, VIEWED.replace("「閲覧済」になる", "「済」になる")), shown=True) == set()


def test_what_is_not_shown_is_told_in_words_with_its_place(root: Path) -> None:
    found = list(covered(root, VIEWED).findings())
    assert {one.code for one in found} == {"TS480"}
    told = {one.ja for one in found}
    assert (
        "手続「一回の閲覧」の「見る」が判断「映像の閲覧」により受け付けられないことが、どのシナリオでも示されていない。"
        in told
    )
    assert all(one.where.line and one.en and one.mend_ja and one.mend_en for one in found)


def test_the_cases_of_scenarios_show_nothing_of_the_norms(root: Path) -> None:
    (root / PLACE).write_text(HEAD + LATE, encoding="utf-8")
    (one,) = survey(law_in(root)).directives
    assert not [point for point in one.points if point.scenarios]


def test_a_scenario_under_a_forces_own_provisions_shows_nothing_of_the_workflow_as_issued(root: Path) -> None:
    local = HEAD.replace("    前提 次の者がいる:", "    前提 「架空北署」の定めによる\n    かつ 次の者がいる:")
    refused = VIEWED.replace("「閲覧済」になる", "受け付けられない")
    (root / PLACE).write_text(local + refused + "    かつ 「閲覧席」を尋ねられる\n", encoding="utf-8")
    coverage = survey(law_in(root))
    assert [(one.outcome.value, one.trouble) for one in coverage.scenarios] == [("passed", None)]
    assert not [point for flow in coverage.flows for point in flow.points if point.scenarios]


def test_what_no_scenario_shows_of_a_workflow_counts_as_missing(root: Path) -> None:
    (root / PLACE).write_text(HEAD + VIEWED, encoding="utf-8")
    assert "TS480" in {one.code for one in survey(law_in(root)).findings}


def test_the_command_counts_each_workflow_and_lists_what_is_missing(root: Path) -> None:
    (root / PLACE).write_text(HEAD + VIEWED, encoding="utf-8")
    told = call("coverage", str(root)).output
    assert "一回の閲覧" in told and "5 / 17" in told
    assert "TS480" in call("coverage", str(root), "--missing").output
    assert "one viewing" in call("coverage", str(root), "--lang", "en").output
