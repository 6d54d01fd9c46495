"""Feature files run under pytest without any Python; other projects' runs are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tsutatsu.diagnostics import Refused
from tsutatsu.gherkin.running import run

from .conftest import FOLDER, python, run_features, run_pytest, write

HEAD = "# language: ja\n@第2\n機能: 閲覧\n"
ASK = "もし 「映像の閲覧」の可否を令和7年5月1日について判断する"
DENIED = f"    前提 「承認」が「いいえ」である\n    {ASK}\n    ならば 許可されない\n"
RIGHT = (
    HEAD
    + f"  @第2/1\n  シナリオ: 承認のない閲覧::夜\n{DENIED}"
    + "  @slow\n  シナリオアウトライン: <職>の承認\n    前提 「承認者の職」が「<職>」である\n"
    + f"    かつ 「承認」が「<承認>」である\n    {ASK}\n    ならば <答え>\n"
    + "\n    @第2/1\n    例:\n      | 職 | 承認 | 答え |\n      | 課長 | はい | 情報が足りない |\n"
    + "    例:\n      | 職 | 承認 | 答え |\n"
    + "      | なし | はい | 許可されない |\n      | なし | いいえ | 許可されない |\n"
)


def test_an_officers_folder_runs_with_no_python_at_all(root: Path) -> None:
    write(root, {"第2.feature": RIGHT, "windows.feature": ("\ufeff" + RIGHT).replace("\n", "\r\n")})
    ran = run_features(root, "-v")
    assert ran.code == 0, ran.said
    assert "8 passed" in ran.said
    assert "機能ファイル 2 件に書かれたシナリオ 8 件をすべて集めた" in ran.said
    assert f"{FOLDER}/第2.feature::なしの承認[なし-いいえ-許可されない] PASSED" in ran.said
    assert not list(root.rglob("__pycache__"))


def test_wrong_and_unknown_steps_fail_with_findings_and_no_traceback(root: Path) -> None:
    wrong = HEAD + (
        f"  シナリオ: 答えが違う\n{DENIED.replace('許可されない', '許可される')}"
        f"  シナリオ: ステップが違う\n    前提 「承認」は「いいえ」である\n    {ASK}\n    ならば 許可されない\n"
        "  シナリオ: 語が違う\n    前提 「承諾」が「いいえ」である\n    かつ 「承認者の職」が「部長」である\n"
        f"    {ASK}\n    ならば 許可されない\n"
        f"  シナリオ: 正しい\n{DENIED}"
    )
    trapped = HEAD + f"  シナリオ: 同じ\n{DENIED}\n  シナリオ: 同じ\n{DENIED}"
    write(root, {"誤り.feature": wrong, "罠.feature": trapped, "正.feature": RIGHT})
    ran = run_features(root)
    assert ran.code == 1, ran.said
    assert "3 failed, 5 passed, 1 error" in ran.said
    for part in (
        "✗ ならば 許可される → 答えは「不許可」である。",
        "承認：いいえ",
        "TS430 「「承認」は「いいえ」である」というステップはない。近いもの: 前提 「承認」が「いいえ」である",
        "TS431 「承諾」という用語はない。近いもの: 「承認」。",
        "TS444 「承認者の職」の値が読めない",
        "TS403 「同じ」という名のシナリオが二つある。",
    ):
        assert part in ran.said, ran.said
    assert "Traceback" not in ran.said
    assert ".py:" not in ran.said


def test_chosen_scenarios_run_alone(root: Path) -> None:
    write(root, {"第2.feature": RIGHT})
    by_name = run_features(root, f"{FOLDER}/第2.feature::なしの承認[なし-はい-許可されない]")
    by_tag = run_features(root, "-m", "第2/1")
    assert "1 passed" in by_name.said, by_name.said
    assert "2 passed, 2 deselected" in by_tag.said, by_tag.said


def test_plain_pytest_runs_them_too_strictly_and_in_parallel(root: Path) -> None:
    write(root, {"第2.feature": RIGHT})
    (root / "conftest.py").write_text(
        "from pytest_bdd import given\n\n@given('自分で書いた前提がある')\ndef _() -> None:\n    pass\n",
        encoding="utf-8",
    )
    own = HEAD + f"  シナリオ: 自分のステップ\n    前提 自分で書いた前提がある\n{DENIED.replace('前提', 'かつ')}"
    write(root, {"自分.feature": own})
    ran = run_pytest(root, "-W", "error", "--strict-markers", "--import-mode=importlib", "-n", "2", "-q")
    assert ran.code == 0, ran.said
    assert "5 passed" in ran.said


def test_a_policy_with_errors_stops_its_features_with_the_findings(root: Path) -> None:
    write(root, {"第2.feature": RIGHT})
    norms = root / "policy" / "eizo" / "2025-04-01" / "norms" / "viewing.yaml"
    norms.write_text(
        norms.read_text(encoding="utf-8").replace("承認: true, 正当", "承諾: true, 正当"), encoding="utf-8"
    )
    ran = run_features(root)
    assert ran.code == 1, ran.said
    assert "TS447" in ran.said
    assert "TS204" in ran.said
    assert "norms/viewing.yaml:" in ran.said
    assert "Traceback" not in ran.said


def test_a_scenario_that_vanishes_is_an_error(root: Path) -> None:
    write(root, {"第2.feature": RIGHT})
    code = (
        "import sys\nfrom pathlib import Path\nimport tsutatsu.gherkin.collecting as collecting\n"
        "collecting.count_scenarios = lambda text: 5\n"
        "from tsutatsu.gherkin.running import run\nsys.exit(run(Path(sys.argv[1])))"
    )
    ran = python(code, str(root), cwd=root)
    assert ran.code == 1
    assert "TS414 ファイルには5件のシナリオが書かれているが、4件しか実行の対象にならない。" in ran.said, ran.said


def test_no_feature_at_all_is_refused(root: Path) -> None:
    with pytest.raises(Refused, match="TS417"):
        run(root)


def test_a_scenario_that_expects_failure_must_fail(root: Path) -> None:
    write(root, {"第2.feature": HEAD + f"  @xfail\n  シナリオ: 甲\n{DENIED}  @skip\n  シナリオ: 乙\n{DENIED}"})
    ran = run_features(root)
    assert "1 failed, 1 skipped" in ran.said, ran.said


def test_projects_that_merely_have_the_package_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "features").mkdir()
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy" / "password.yaml").write_text("a: 1\n", encoding="utf-8")
    (tmp_path / "features" / "own.feature").write_text(
        "# language: ja\n機能: 自分の\n  シナリオ: 自分の\n    前提 何かがある\n", encoding="utf-8"
    )
    english = "Feature: x\n  Scenario: y\n    Given z\n"
    (tmp_path / "features" / "english.feature").write_text(english, encoding="utf-8")
    (tmp_path / "test_own.py").write_text(
        "import sys\nfrom pytest_bdd import given, scenarios\n\nscenarios('features')\n\n"
        "@given('何かがある')\n@given('z')\ndef _() -> None:\n"
        "    assert 'tsutatsu.gherkin.collecting' not in sys.modules\n"
        "    assert 'tsutatsu.judging' not in sys.modules\n",
        encoding="utf-8",
    )
    ran = run_pytest(tmp_path, "-W", "error", "-q")
    assert ran.code == 0, ran.said
    assert "2 passed" in ran.said


def test_the_ini_option_names_the_law_of_features_that_stand_elsewhere(root: Path) -> None:
    away = root / "試験"
    away.mkdir()
    given = "    前提 「映像閲覧要領」による\n"
    (away / "よそ.feature").write_text(
        f"{HEAD}  シナリオ: 甲\n{given}{DENIED.replace('前提', 'かつ')}", encoding="utf-8"
    )
    (away / "english.feature").write_text("Feature: x\n  Scenario: y\n    Given z\n", encoding="utf-8")
    without = run_pytest(away, "-q", "-c", "/dev/null", "--rootdir", ".")
    assert "no tests ran" in without.said, without.said
    (away / "pytest.ini").write_text("[pytest]\ntsutatsu_law = ..\n", encoding="utf-8")
    named = run_pytest(away, "-q")
    assert "1 passed" in named.said, named.said
    (away / "pytest.ini").write_text("[pytest]\ntsutatsu_law = nowhere\n", encoding="utf-8")
    nowhere = run_pytest(away, "-q")
    assert nowhere.code == 2
    assert "TS447" in nowhere.said, nowhere.said
