"""``tsutatsu coverage`` says what is missing, and ends with 1 while anything is."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from calling import call
from click.testing import Result

from .conftest import FEATURES, Told

Run = Callable[..., Result]


@pytest.fixture
def run(root: Path) -> Run:
    """Calls the command on the small law."""

    return partial(call, "coverage", str(root))


def test_a_table_and_how_much_is_missing(run: Run) -> None:
    result = run()
    assert result.exit_code == 1
    assert "備品貸出要領 (2025-04-01)" in result.output
    assert "立ち方" in result.output
    assert "足りないシナリオ 40 件" in result.output
    assert "シナリオ:" not in result.output


def test_missing_drafts_each_scenario_with_its_provision(run: Run) -> None:
    result = run("--missing")
    assert result.exit_code == 1
    assert result.output.count("  シナリオ: ") == 40
    assert "  @第2/1\n  シナリオ: 規範「approval」に、「違反」になるシナリオ\n" in result.output
    assert "「定めどおりなら貸せる」の事実で、「承認」を変えたもの" in result.output


def test_english_is_spoken(run: Run) -> None:
    output = run("--lang", "en").output
    assert "40 scenarios missing" in output
    assert "outcomes" in output


def test_the_gate_is_silent_while_nothing_is_missing(run: Run, told: Told, whole: str) -> None:
    shut = run("--gate")
    assert shut.exit_code == 1
    assert "TS463" in shut.output
    told(whole)
    opened = run("--gate", "--mutants", "--jobs", "1")
    assert (opened.exit_code, opened.output) == (0, "")


def test_mutants_missed_are_counted_and_drafted(run: Run) -> None:
    result = run("--norm", "register", "--jobs", "1")
    assert result.exit_code == 1
    assert "見逃し 7" in result.output
    assert "norm:register#1 規範「register」: 力「努力」を「義務」にする" in result.output
    assert (
        "  シナリオ: 規範「register」の変異（力「努力」を「義務」にする）を見分ける（norm:register#1）" in result.output
    )


def test_json_carries_every_point_every_norm_and_every_survivor(run: Run) -> None:
    result = run("--json", "--norm", "register", "--jobs", "1")
    (one,) = json.loads(result.output)["directives"]
    assert one["counts"] == {"demanded": 51, "shown": 11, "missing": 40, "impossible": 1}
    kept = next(point for point in one["points"] if point["key"] == "norm:register/kept")
    assert kept["state"] == "shown"
    assert kept["scenarios"] == [f"{FEATURES}/lending.feature::定めどおりなら貸せる"]
    register = next(norm for norm in one["norms"] if norm["id"] == "register")
    assert "norm:register/unexplained" in register["points"]
    assert one["mutants"]["counts"] == {"killed": 0, "equal": 0, "undecided": 0, "survived": 7}
    assert len(one["mutants"]["survivors"]) == 7
    assert all(each["draft"] for each in one["mutants"]["survivors"])
    json.dumps(one, ensure_ascii=False).encode("utf-8")


def test_one_directive_alone_and_names_that_are_none(run: Run) -> None:
    assert "備品貸出要領" in run("--directive", "bihin").output
    unknown = run("--directive", "備品貸出")
    assert unknown.exit_code == 2
    assert "備品貸出要領" in unknown.output
    norm = run("--norm", "registr")
    assert norm.exit_code == 2
    assert "register" in norm.output


def test_a_law_with_errors_is_refused_with_them(run: Run, root: Path) -> None:
    norms = root / "policy/bihin/2025-04-01/norms/lending.yaml"
    norms.write_text(norms.read_text(encoding="utf-8").replace("{記帳: true}", "{記張: true}"), encoding="utf-8")
    result = run()
    assert result.exit_code == 1
    assert "TS204" in result.output


def test_a_folder_without_features_shows_nothing_and_says_so(run: Run, root: Path) -> None:
    (root / FEATURES / "lending.feature").unlink()
    result = run()
    assert result.exit_code == 1
    assert "TS355" in result.output
