"""Scenarios performed in process come to what pytest makes of them, and keep what they asked."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tsutatsu.bundle import Bundle
from tsutatsu.gherkin.asking import ByLaw
from tsutatsu.gherkin.counting import count_scenarios
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.linting import feature_files
from tsutatsu.gherkin.performing import Outcome, Performed, perform, play
from tsutatsu.semantics import Question, Verdict

from .conftest import FEATURES, FIRST, Told

ASK = "    もし 「備品の貸出」の可否を令和7年5月1日について判断する\n"
MORE = f"""
  シナリオ: 承認がなければ貸せない
    前提 「承認」が「いいえ」である
{ASK}    ならば 許可されない

  シナリオ: 答えが違う
    前提 「承認」が「いいえ」である
{ASK}    ならば 許可される

  シナリオ: 語が違う
    前提 「承諾」が「いいえ」である
{ASK}    ならば 許可されない

  シナリオ: ステップが違う
    前提 承認を受けていない
{ASK}    ならば 許可されない

  @skip
  シナリオ: まだ書きかけ
{ASK}    ならば 許可されない

  シナリオアウトライン: <階級>の承認
    前提 「承認者の階級」が「<階級>」である
{ASK}    ならば <答え>
    @夜
    例:
      | 階級 | 答え       |
      | 主査 | 許可される |
    例:
      | 階級 | 答え         |
      | 主事 | 解釈による   |
      | なし | 許可される   |

  シナリオ: 主事の承認は読みによる
    前提 「承認者の階級」が「主事」である
{ASK}    ならば 解釈による
    かつ 解釈「主事の承認」が「乙」なら許可されない
    もし 「備品貸出要領」の効力を令和11年4月1日について判断する
    ならば 失効している
"""


def _as_pytest_has_it(root: Path) -> dict[str, str]:
    code = (
        "import sys; from pathlib import Path; from tsutatsu.gherkin.running import run; run(Path(sys.argv[1]), ['-v'])"
    )
    away = {"PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "TSUTATSU_LANG"}
    env = {name: value for name, value in os.environ.items() if name not in away} | {"PYTHONUTF8": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(root)], cwd=root, env=env, capture_output=True, encoding="utf-8", check=False
    )
    found = re.findall(r"lending\.feature::(.+?) (PASSED|FAILED|SKIPPED)", done.stdout)
    return dict(found)


def _by_name(law: Law) -> dict[str, Performed]:
    return {one.node: one for one in perform(law)}


def test_every_scenario_comes_to_what_pytest_makes_of_it(told: Told) -> None:
    law = told(FIRST + MORE)
    said = {
        Outcome.PASSED: "PASSED",
        Outcome.FAILED: "FAILED",
        Outcome.REFUSED: "FAILED",
        Outcome.SET_ASIDE: "SKIPPED",
    }
    assert {name: said[one.outcome] for name, one in _by_name(law).items()} == _as_pytest_has_it(law.root)


def test_a_scenario_keeps_its_tags_its_row_and_why_it_does_not_pass(told: Told) -> None:
    found = _by_name(told(FIRST + MORE))
    night = found["主査の承認[主査-許可される]"]
    assert (night.passed, night.row, night.tags) == (True, ("主査", "許可される"), ("第2", "夜"))
    assert found["主事の承認[主事-解釈による]"].tags == ("第2",)
    wrong = found["答えが違う"].trouble
    assert wrong is not None
    assert wrong.ja.startswith("許可される → 答えは「不許可」である。")
    assert [one.code for one in found["語が違う"].findings] == ["TS431"]
    assert [one.code for one in found["ステップが違う"].findings] == ["TS430"]


def test_every_question_is_kept_with_its_answer_also_those_put_again_for_a_side(told: Told) -> None:
    asked = _by_name(told(FIRST + MORE))["主事の承認は読みによる"].asked
    assert [(one.question, dict(one.sides), one.answer.verdict) for one in asked] == [
        (Question.MAY, {}, Verdict.BY_READING),
        (Question.MAY, {"主事の承認": "乙"}, Verdict.DENIED),
        (Question.FORCE, {}, Verdict.LAPSED),
    ]
    assert asked[0].facts["rank"] == "clerk"
    assert asked[0].issued.isoformat() == "2025-04-01"


def test_a_scenario_with_steps_of_a_conftest_is_not_performed_and_says_so(told: Told, root: Path) -> None:
    (root / "conftest.py").write_text("", encoding="utf-8")
    found = _by_name(told(FIRST + MORE))["ステップが違う"]
    assert found.outcome is Outcome.NOT_PERFORMED
    assert [one.code for one in found.findings] == ["TS460"]


def test_a_file_with_a_trap_is_refused_whole(told: Told) -> None:
    twice = FIRST + MORE.replace("答えが違う", "承認がなければ貸せない")
    (only,) = perform(told(twice))
    assert only.outcome is Outcome.REFUSED
    assert [one.code for one in only.findings] == ["TS403"]


def test_what_was_performed_can_be_played_again_before_another_law(told: Told, root: Path) -> None:
    law = told(FIRST + MORE)
    passed = [one for one in perform(law) if one.passed]
    assert [play(one.script, law, one.path, ByLaw(law.bundle, "semantics")) for one in passed] == [None] * len(passed)
    norms = root / "policy/bihin/2025-04-01/norms/lending.yaml"
    norms.write_text(norms.read_text(encoding="utf-8").replace("{正当な承認: true}", "{正当な承認: false}"), "utf-8")
    other = ByLaw(Bundle.load(root), "semantics")
    failing = {one.name for one in passed if play(one.script, law, one.path, other) is not None}
    assert failing == {"定めどおりなら貸せる", "承認がなければ貸せない", "主査の承認", "主事の承認は読みによる"}


def test_all_shipped_scenarios_are_performed_and_pass() -> None:
    law = Law.shipped()
    written = 0
    for path in feature_files(law.root / "features"):
        written += count_scenarios(path.read_text(encoding="utf-8"))
    performed = list(perform(law, engine="compiled"))
    assert len(performed) == written
    assert [(one.node, one.trouble) for one in performed if not one.passed] == []


@pytest.mark.parametrize("engine", ["compiled", "semantics"])
def test_one_engine_alone_comes_to_the_same(told: Told, engine: str) -> None:
    law = told(FIRST + MORE)
    both = [(one.node, one.outcome) for one in perform(law)]
    assert [(one.node, one.outcome) for one in perform(law, law.root / FEATURES, engine=engine)] == both
