"""`--local` and `deviations`: a force's own provisions from the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import Result

Run = Callable[..., Result]
Same = Callable[[str, str], None]

LAW = str(Path(__file__).parents[1] / "language/overlaid/law")
NIGHT = ("--set", "開始時刻=21:00", "--set", "承認者の職=課長", "--set", "騒がしさ=30", "--set", "前回の日=2025-09-01")
ROUND = ("judge", "見回り", LAW, "--on", "2025-10-01", *NIGHT)
OWN = ("--local", "見本県警察")


def test_deviations_are_listed_beside_what_the_model_says(run: Run, same: Same) -> None:
    same("deviations", run("deviations", LAW).stdout)
    same("deviations-en", run("deviations", LAW, "--lang", "en").stdout)


def test_deviations_are_one_typed_value_each_in_json(run: Run) -> None:
    found = json.loads(run("deviations", LAW, *OWN, "--json").stdout)
    assert [one["kind"] for one in found] == ["measure"] * 3 + ["addition"] + ["length"] * 2 + ["reading"]
    for one in found:
        assert one["force"] == "sample-force" and one["decided_on"] == "2025-05-01" and not one["example"]
        assert one["decided_by"] and one["ground"]["ja"] and one["ground"]["en"] and one["model"]["ja"] and one["own"]
    (length,) = [one for one in found if one["name"]["ja"] == "報告期間"]
    assert (length["model"]["ja"], [own["ja"] for own in length["own"]]) == ("3日", ["2日"])


def test_the_shipped_deviations_are_marked_as_an_example(run: Run) -> None:
    found = json.loads(run("deviations", "--json").stdout)
    assert {one["force"] for one in found} == {"example-prefecture"} and all(one["example"] for one in found)
    assert {"measure", "addition", "reading"} == {one["kind"] for one in found}
    assert {"訪問の時間帯", "提出の時間帯", "提供の時間帯", "報告の時機"} <= {one["name"]["ja"] for one in found}
    assert "（例）" in run("deviations").stdout


def test_a_judgement_names_the_provisions_laid_over_it(run: Run) -> None:
    alone = run(*ROUND, *OWN, "--set", "人数=1")
    assert alone.exit_code == 0 and alone.stdout.startswith("× 不許可")
    assert "定め: 見本県警察の定めによる" in alone.stdout
    two = json.loads(run(*ROUND, *OWN, "--set", "人数=2", "--json").stdout)
    assert two["verdict"]["code"] == "permitted" and two["version"]["local"]["force"] == "sample-force"
    assert two["receipt"]["local"] == "sample-force"
    assert json.loads(run(*ROUND, "--json").stdout)["version"]["local"] is None


def test_a_receipt_made_with_them_is_performed_again_without_naming_them(run: Run, tmp_path: Path) -> None:
    receipt = tmp_path / "receipt.json"
    assert run(*ROUND, *OWN, "--set", "人数=2", "--receipt", str(receipt)).exit_code == 0
    done = run("verify", str(receipt), LAW, *NIGHT, "--set", "人数=2")
    assert done.exit_code == 0 and done.stdout.startswith("○"), done.output
    assert run("verify", str(receipt), LAW, *NIGHT, "--set", "人数=1").exit_code == 1


@pytest.mark.parametrize(("gone", "said"), [(True, "は手元にない"), (False, "は今の内容で")])
def test_a_receipt_whose_provisions_changed_says_that_those_of_then_are_needed(
    gone: bool, said: str, run: Run, tmp_path: Path
) -> None:
    law, receipt = tmp_path / "law", tmp_path / "receipt.json"
    shutil.copytree(LAW, law)
    assert run(*ROUND, *OWN, "--set", "人数=2", "--receipt", str(receipt)).exit_code == 0
    file = law / "policy/local/sample-force/local.yaml"
    if gone:
        shutil.rmtree(file.parents[1])
    else:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("令和7年5月1日", "令和7年5月2日"), encoding="utf-8")
    line = ("verify", str(receipt), str(law), *NIGHT, "--set", "人数=2")
    done = run(*line)
    told = "".join(done.stdout.split())
    assert done.exit_code == 1 and "組織「sample-force」の当時の定めを重ねたもの" in told
    assert f"policy/local/sample-force/local.yaml{said}" in told and "封印されないので" in told
    english = " ".join(run(*line, "--lang", "en").stdout.split())
    assert "local.yaml is" in english and "never sealed" in english
    (problem,) = json.loads(run(*line, "--json").stdout)["problems"]
    assert problem["trouble"] == "law_missing" and "policy/local/sample-force/local.yaml" in problem["message"]["ja"]


def test_an_interview_is_held_under_them(run: Run) -> None:
    said = run("ask", "夜の見回り", LAW, "--on", "2025-10-01", *OWN, stdin="課長\n2\n")
    assert "人数" in said.stdout and "○ 許可" in said.stdout


def test_facts_words_and_steps_of_a_force_are_shown_with_it_and_not_without(run: Run) -> None:
    for line in (("facts", "見回り", LAW), ("show", "rounds", LAW), ("steps", LAW)):
        assert "人数" in run(*line, *OWN).stdout
        assert "人数" not in run(*line).stdout
    shown = run("show", "時間帯", LAW, *OWN).stdout
    assert "尺度により「夜間」とする場合" in shown
    assert "尺度：通達に定めはない" in run("show", "時間帯", LAW).stdout
    assert "騒がしさ" in run("facts", "見回り", LAW, *OWN).stdout  # what a measure rests on


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (("judge", "見回り", LAW, "--local", "見本警察"), "TS382"),
        (("deviations", LAW, "--local", "見本警察"), "TS382"),
        (("show", LAW, "--local", "見本警察"), "TS382"),
        (("judge", "見回り", LAW, "--on", "2025-04-30", *OWN), "TS384"),
    ],
)
def test_a_wrong_force_or_day_is_a_misuse(run: Run, line: tuple[str, ...], code: str) -> None:
    result = run(*line)
    assert result.exit_code == 2 and code in result.stderr


def test_a_circular_over_which_a_force_has_laid_nothing_says_so(run: Run) -> None:
    result = run("judge", "keikai-kuhaku", "--question", "効力", "--local", "例示県警察", "--on", "2025-10-01")
    assert result.exit_code == 0 and "TS387" in result.stderr


def test_facts_against_a_measure_are_refused_with_a_finding(run: Run) -> None:
    result = run(*ROUND, *OWN, "--set", "時間帯=昼間")
    assert result.exit_code == 1 and "TS385" in result.stderr


def test_check_reads_what_forces_have_laid_down(run: Run, tmp_path: Path) -> None:
    shutil.copytree(LAW, tmp_path / "law")
    file = tmp_path / "law/policy/local/sample-force/local.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("代行: 乙", "代行: 丙"), encoding="utf-8")
    result = run("check", str(tmp_path / "law"))
    assert result.exit_code == 1 and "TS205" in result.stdout and "local.yaml:30" in result.stdout


def test_a_file_of_a_force_fits_its_schema_and_is_formatted_like_any_other(run: Run, tmp_path: Path) -> None:
    rules = json.loads(run("schema", "local").stdout)
    jsonschema.Draft202012Validator.check_schema(rules)
    assert {"定める組織", "own_force"} <= set(rules["properties"])
    shutil.copytree(LAW, tmp_path / "law")
    result = run("fmt", "--keywords", "en", str(tmp_path / "law"))
    assert result.exit_code == 0 and "local.yaml" in result.stdout
    assert run("check", str(tmp_path / "law")).exit_code == 0
