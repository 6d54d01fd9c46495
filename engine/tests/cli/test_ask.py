"""`ask` asks what still matters, takes what people say, and never waits for what will not come."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]
ON = ("--on", "2026-05-11", "--engine", "compiled")
ANSWERS = {"use.purpose": "公務", "approved": "はい", "after_dark": "いいえ"}


def answered(run: Run, law: Path, answers: dict[str, str]) -> str:
    """The lines to type so that each question gets its own answer, in the order in which they are put."""
    lines: list[str] = []
    said: list[str] = []
    while True:
        asked = json.loads(run("judge", "use", str(law), *ON, *said, "--json").stdout)["questions"]
        if not asked:
            return "".join(f"{line}\n" for line in lines)
        term = asked[0]["term"]
        lines.append(answers[term])
        said += ["--set", f"{term}={answers[term]}"]


def test_it_asks_one_thing_at_a_time_and_ends_with_the_answer(
    run: Run, law: Path, same: Callable[[str, str], None]
) -> None:
    result = run("ask", "use", str(law), *ON, stdin=answered(run, law, ANSWERS))
    assert result.exit_code == 0, result.output
    assert "○ 許可" in result.stdout
    one = run("ask", "use", str(law), *ON, "--set", "approved=はい", "--set", "after_dark=いいえ", stdin="公務\n")
    same("ask", one.stdout)


def test_it_asks_nothing_that_no_longer_matters(run: Run, law: Path) -> None:
    result = run("ask", "use", str(law), *ON, "--set", "使用の目的=通勤", stdin="")
    assert "× 不許可" in result.stdout
    assert "> " not in result.stdout


def test_options_can_be_given_by_number_and_slips_are_asked_again(run: Run, law: Path) -> None:
    result = run(
        "ask", "use", str(law), *ON, "--set", "approved=はい", "--set", "after_dark=いいえ", stdin="買物\n9\n1\n"
    )
    assert result.stdout.count("TS503") == 2
    assert "○ 許可" in result.stdout


def test_not_knowing_goes_on_and_is_never_taken_for_a_no(run: Run, law: Path) -> None:
    result = run("ask", "use", str(law), *ON, stdin="\n分からない\n?\n不明\n")
    assert "？ 情報不足" in result.stdout
    assert result.stdout.count("> ") >= 3


def test_an_answer_can_be_taken_back(run: Run, law: Path) -> None:
    known = ("--set", "approved=はい", "--set", "after_dark=いいえ")
    first = run("ask", "use", str(law), *ON, *known, stdin="\n戻る\n公務\n")
    assert "？ 情報不足" in first.stdout
    known = ("--set", "使用の目的=公務")
    asked = json.loads(run("judge", "use", str(law), *ON, *known, "--json").stdout)["questions"][0]["term"]
    good, bad = {"approved": ("はい", "いいえ"), "after_dark": ("いいえ", "はい")}[asked]
    both = run("ask", "use", str(law), *ON, *known, stdin=f"{good}\n戻る\n{bad}\n")
    assert "× 不許可" in both.stdout


def test_the_end_of_the_input_ends_it_politely(run: Run, law: Path) -> None:
    result = run("ask", "use", str(law), *ON, stdin="")
    assert result.exit_code == 0
    assert "入力はここまで" in result.stdout
    assert "？ 情報不足" in result.stdout
    stopped = run("ask", "use", str(law), *ON, stdin="終わる\n")
    assert stopped.exit_code == 0
    assert stopped.stdout.count("> ") == 1


def test_the_interview_stays_out_of_the_json(run: Run, law: Path) -> None:
    result = run("ask", "use", str(law), *ON, "--json", stdin=answered(run, law, ANSWERS))
    assert json.loads(result.stdout)["verdict"]["code"] == "permitted"
    assert "何のために" in result.stderr


def test_records_are_asked_for_by_number_and_then_field_by_field(run: Run, law: Path, checkout: Path) -> None:
    loads = ("--set", '積荷=[{"荷物の重さ": 12, "荷台の限度": 25}, {}]')
    result = run("ask", "load", str(law), *ON, *loads, stdin="30\n25\n")
    assert result.exit_code == 0, result.output
    assert "積荷[2].荷物の重さ" in result.stdout
    assert "× 不許可" in result.stdout
    sample = str(checkout / "engine" / "tests" / "language" / "sample")
    line = ("--on", "2025-02-01", "--question", "適否", "--set", "時間帯=昼間", "--set", "報告日=2025-02-02")
    listed = run("ask", "round", sample, *line, stdin="2\n" + "\n" * 60)
    assert listed.exit_code == 0, listed.output
    assert "記録票[1].種類" in listed.stdout
    assert "記録票[2].種類" in listed.stdout
