"""`judge` and `verify`: facts in any form give the same answer, and nothing is guessed."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tsutatsu.cli import days
from tsutatsu.cli.answers import mark_of
from tsutatsu.judging import read_answer
from tsutatsu.semantics import Verdict

Run = Callable[..., Any]
ON = ("--on", "2026-05-11", "--engine", "compiled")
FACTS = {"使用の目的": "公務", "管理者の承認": True, "日没後の使用": False, "返却日": None}
YAML = "# 事実\n使用の目的: 公務\n管理者の承認: はい\n日没後の使用: false\n返却日: なし\n使用日:\n"
CSV = "使用の目的,管理者の承認,日没後の使用,返却日,使用日\n公務,はい,いいえ,なし,\n"


def verdict(result: Any) -> str:
    assert result.exit_code == 0, result.output
    return str(
        json.loads(
            result.stdout.splitlines()[0]
            if result.stdout.count("\n{") or "\n" not in result.stdout[:-1]
            else result.stdout
        )["verdict"]["code"]
    )


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("facts.json", json.dumps(FACTS, ensure_ascii=False).encode()),
        ("facts.json", b"\xef\xbb\xbf" + json.dumps(FACTS, ensure_ascii=False).encode()),
        ("facts.json", json.dumps(FACTS, ensure_ascii=False).encode("utf-16")),
        ("facts.yaml", YAML.encode()),
        ("facts.yml", YAML.replace("\n", "\r\n").encode("utf-8-sig")),
        ("facts.yaml", YAML.encode("cp932")),
        ("facts.jsonl", json.dumps(FACTS).encode()),
        ("facts.csv", CSV.encode("cp932")),
        ("facts.csv", CSV.replace("\n", "\r\n").encode("utf-8-sig")),
        ("facts.tsv", CSV.replace(",", "\t").encode()),
        ("facts.txt", CSV.encode()),
        ("facts", YAML.encode()),
        ("facts", json.dumps(FACTS, indent=1).encode()),
    ],
)
def test_every_form_and_encoding_of_the_facts_gives_the_same_answer(
    name: str, data: bytes, run: Run, law: Path, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    assert verdict(run("judge", "use", str(file), str(law), *ON, "--json")) == "permitted"
    assert verdict(run("judge", "use", str(law), "-", *ON, "--json", stdin=data)) == "permitted"


def test_facts_on_the_line_are_the_same_facts(run: Run, law: Path) -> None:
    said = [
        part
        for name, value in (
            ("使用の目的", "duty"),
            ("approved", "yes"),
            ("after_dark", "いいえ"),
            ("return.day", "なし"),
        )
        for part in ("--set", f"{name}={value}")
    ]
    assert verdict(run("judge", "庁用自転車の使用", str(law), *ON, *said, "--json")) == "permitted"


def test_what_is_not_said_is_unknown_and_asked_for_and_never_permitted(run: Run, law: Path) -> None:
    result = run("judge", "use", str(law), *ON, "--set", "使用の目的=公務", "--json")
    answer = json.loads(result.stdout)
    assert answer["verdict"]["code"] == "not_enough"
    assert {one["term"] for one in answer["questions"]} == {"approved", "after_dark"}
    assert read_answer(answer).to_dict() == answer


def test_a_duty_still_open_is_not_clean(run: Run, law: Path) -> None:
    facts = ("使用の目的=公務", "管理者の承認=はい", "日没後の使用=いいえ", "ヘルメットの着用=はい", "返却日=なし")
    line = ("judge", "use", str(law), *ON, "--question", "適否", *(part for one in facts for part in ("--set", one)))
    assert "□ 未了" in run(*line).stdout
    assert run(*line).exit_code == 0
    assert run(*line, "--exit-status").exit_code == 1


def test_no_two_kinds_of_verdict_share_a_sign() -> None:
    good, bad = "○", "×"
    others = [mark for mark in map(mark_of, Verdict) if mark not in (good, bad)]
    assert len(others) == len(set(others))
    assert mark_of(Verdict.PERMITTED) == mark_of(Verdict.IN_FORCE) == good
    assert mark_of(Verdict.DENIED) == mark_of(Verdict.LAPSED) == bad


@pytest.mark.parametrize(("purpose", "code"), [("公務", 0), ("通勤", 1), ("防災訓練", 1)])
def test_any_verdict_exits_0_unless_the_status_is_asked_for(purpose: str, code: int, run: Run, law: Path) -> None:
    line = (
        "judge",
        "use",
        str(law),
        *ON,
        "--set",
        f"使用の目的={purpose}",
        "--set",
        "管理者の承認=はい",
        "--set",
        "日没後の使用=いいえ",
    )
    assert run(*line).exit_code == 0
    assert run(*line, "--exit-status").exit_code == code


def test_the_day_is_today_in_tokyo_and_is_always_shown(run: Run, law: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Clock:
            found = datetime(2026, 5, 10, 16, 30, tzinfo=UTC).astimezone(tz)
            return cls(found.year, found.month, found.day, tzinfo=tz)

    monkeypatch.setattr(days, "datetime", Clock)
    assert days.today() == date(2026, 5, 11)
    assert "判断日: 令和8年5月11日（2026-05-11）" in run("judge", "use", str(law)).stdout
    assert json.loads(run("judge", "use", str(law), "--json").stdout)["on"] == "2026-05-11"


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("適否", "breach"),
        ("order", "breach"),
        ("要否", "bound"),
        ("duty", "bound"),
        ("効力", "in_force"),
        ("force", "in_force"),
        ("may", "denied"),
    ],
)
def test_every_question_can_be_asked_in_both_languages(question: str, code: str, run: Run, law: Path) -> None:
    facts = ("--set", "使用の目的=通勤", "--set", "管理者の承認=はい", "--set", "日没後の使用=いいえ")
    assert verdict(run("judge", "use", str(law), *ON, *facts, "--question", question, "--json")) == code


def test_the_effect_of_a_directive_can_be_asked_by_its_title(run: Run, law: Path) -> None:
    line = ("judge", "庁用自転車貸出要領", str(law), "--question", "効力", "--json", "--on")
    assert verdict(run(*line, "2026-03-31")) == "not_yet"
    assert verdict(run(*line, "令和11年3月31日")) == "in_force"
    assert verdict(run(*line, "2029-04-01")) == "lapsed"


def test_a_reading_decided_on_the_line_holds_for_that_answer(run: Run, law: Path) -> None:
    line = (
        "judge",
        "use",
        str(law),
        *ON,
        "--set",
        "使用の目的=防災訓練",
        "--set",
        "管理者の承認=はい",
        "--set",
        "日没後の使用=はい",
        "--json",
    )
    assert verdict(run(*line)) == "by_reading"
    assert verdict(run(*line, "--side", "訓練=甲")) == "permitted"
    assert verdict(run(*line, "--side", "訓練/乙")) == "denied"


@pytest.mark.parametrize("engine", ["both", "compiled", "semantics"])
def test_every_engine_gives_the_same_verdict_and_is_named(engine: str, run: Run, law: Path) -> None:
    result = run(
        "judge", "use", str(law), "--on", "2026-05-11", "--engine", engine, "--set", "使用の目的=通勤", "--json"
    )
    assert verdict(result) == "denied"
    named = json.loads(result.stdout)["engines"]
    assert named == [engine] if engine != "both" else len(named) == 2


def test_many_records_are_judged_one_by_one_and_a_bad_one_stops_no_other(run: Run, law: Path, tmp_path: Path) -> None:
    table = tmp_path / "uses.csv"
    table.write_text(
        "使用の目的,管理者の承認,日没後の使用\n公務,はい,いいえ\n通勤,はい,いいえ\n買物,はい,いいえ\n公務,はい,\n",
        encoding="cp932",
    )
    result = run("judge", "use", str(table), str(law), *ON, "--json")
    assert result.exit_code == 1
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one.get("verdict", {}).get("code") for one in lines] == ["permitted", "denied", None, "not_enough"]
    assert lines[2]["findings"][0]["code"] == "TS503"
    assert lines[2]["place"] == f"{table}:4"
    schema = jsonschema.Draft202012Validator(json.loads(run("schema", "answer").stdout))
    assert [schema.is_valid(one) for one in lines] == [True, True, False, True]
    shown = run("judge", "use", str(table), str(law), *ON)
    assert shown.exit_code == 1
    assert "3 件: 許可 1、不許可 1、情報不足 1" in shown.stdout
    assert "TS503" in shown.stderr


@pytest.mark.parametrize(
    ("name", "data", "code", "exit_code"),
    [
        ("facts.json", b'{"a": 1', "TS629", 1),
        ("facts.json", b'{"a": NaN}', "TS629", 1),
        ("facts.json", b'{"a": 1, "a": 2}', "TS629", 1),
        ("facts.json", b"[" * 100_000, "TS629", 1),
        ("facts.json", b"3", "TS515", 1),
        ("facts.json", b"\x81\xff\xff\x00\xfd", "TS628", 1),
        ("facts.csv", "使用の目的,日没後の使用\n公務\n".encode(), "TS631", 1),
        ("facts.csv", "使用の目的,使用の目的\n公務,公務\n".encode(), "TS633", 1),
        ("facts.yaml", "使用の目的: &a 公務\n".encode(), "TS1", 1),
        ("facts.yaml", b"- 1\n", "TS515", 1),
        ("facts.json", '{"使用の目的": "買物"}'.encode(), "TS503", 1),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(  # noqa: PLR0917
    name: str, data: bytes, code: str, exit_code: int, run: Run, law: Path, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    result = run("judge", "use", str(file), str(law), *ON)
    assert result.exit_code == exit_code, result.output
    assert code in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("/nowhere/facts.json",), "TS627"),
        (("--set", "使用の目的"), "TS632"),
        (("--set", "使用の目的=公務", "--set", "使用の目的=通勤"), "TS633"),
        (("--side", "訓練"), "TS632"),
        (("--side", "訓練=甲", "--side", "訓練/乙"), "TS633"),
        (("a.json", "b.json"), "TS642"),
        (("--receipt", "/nowhere/receipt.json"), "TS635"),
    ],
)
def test_a_wrong_call_exits_2(args: tuple[str, ...], code: str, run: Run, law: Path) -> None:
    result = run("judge", "use", str(law), *ON, *args)
    assert result.exit_code == 2, result.output
    assert code in result.stderr


def test_too_large_an_input_is_refused_unread(
    run: Run, law: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tsutatsu.cli.submitted.MOST_BYTES", 10)
    file = tmp_path / "facts.json"
    file.write_bytes(b" " * 11)
    result = run("judge", "use", str(file), str(law), *ON)
    assert result.exit_code == 2
    assert "TS639" in result.stderr


def test_a_name_given_in_the_file_and_on_the_line_is_refused(run: Run, law: Path, tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"使用の目的": "公務"}), encoding="utf-8")
    assert "TS633" in run("judge", "use", str(file), str(law), *ON, "--set", "使用の目的=公務").stderr


def test_a_receipt_is_performed_again_and_shows_every_change(run: Run, law: Path, tmp_path: Path) -> None:
    receipt, facts = tmp_path / "receipt.json", tmp_path / "facts.yaml"
    facts.write_text(YAML, encoding="utf-8")
    run("judge", "use", str(facts), str(law), *ON, "--receipt", str(receipt))
    assert "公務" not in receipt.read_text(encoding="utf-8")
    good = run("verify", str(receipt), str(facts), str(law))
    assert good.exit_code == 0, good.output
    assert json.loads(run("verify", str(receipt), str(facts), str(law), "--json").stdout)["ok"] is True

    facts.write_text(YAML.replace("公務", "通勤"), encoding="utf-8")
    differing = run("verify", str(receipt), str(facts), str(law))
    assert differing.exit_code == 1
    assert "事実「使用の目的」が当時と違う" in differing.stdout
    assert "use.purpose" not in differing.stdout

    facts.write_text(YAML, encoding="utf-8")
    altered = json.loads(receipt.read_text(encoding="utf-8")) | {"verdict": "denied"}
    receipt.write_text(json.dumps(altered), encoding="utf-8")
    assert run("verify", str(receipt), str(facts), str(law)).exit_code == 1

    def resealed(**changes: object) -> None:
        from tsutatsu.judging.receipt import read_receipt

        receipt.write_text(json.dumps(read_receipt(altered | changes).sealed().to_dict()), encoding="utf-8")

    resealed()
    assert "当時「不許可」、やり直すと「許可」" in run("verify", str(receipt), str(facts), str(law)).stdout
    missing = run("verify", str(receipt), str(facts))
    assert missing.exit_code == 1
    assert "改訂1" in missing.stdout
    assert "末尾に書く" in missing.stdout
    resealed(law="sha256:" + "0" * 64)
    assert "手元にあるのは改訂1" in run("verify", str(receipt), str(facts), str(law)).stdout

    receipt.write_text('{"format": 1}', encoding="utf-8")
    assert "TS530" in run("verify", str(receipt), str(facts), str(law)).stderr


def test_an_answer_is_shown_verdict_first(run: Run, law: Path, same: Callable[[str, str], None]) -> None:
    denied = (
        "judge",
        "use",
        str(law),
        *ON,
        "--set",
        "使用の目的=通勤",
        "--set",
        "管理者の承認=はい",
        "--set",
        "日没後の使用=はい",
    )
    same("judge-denied", run(*denied).stdout)
    same("judge-denied-en", run(*denied, "--lang", "en").stdout)
    by_reading = (
        "--set",
        "使用の目的=防災訓練",
        "--set",
        "管理者の承認=はい",
        "--set",
        "日没後の使用=はい",
        "--set",
        "返却日=なし",
    )
    same("judge-by-reading", run("judge", "use", str(law), *ON, *by_reading).stdout)
    same("judge-not-enough", run("judge", "use", str(law), *ON, "--set", "使用の目的=公務").stdout)
    same("judge-not-enough-en", run("judge", "use", str(law), *ON, "--set", "使用の目的=公務", "--lang", "en").stdout)


def test_days_are_told_with_their_era_throughout(run: Run, law: Path) -> None:
    told = run("judge", "use", str(law), *ON, "--set", "返却日=2026-05-12").stdout
    plain = re.findall(r"(?<!（)[0-9]{4}-[0-9]{2}-[0-9]{2}", told)
    assert not plain, told
    english = run("judge", "use", str(law), *ON, "--lang", "en").stdout
    assert "令和" not in english


def test_the_effect_is_told_without_engines_for_none_decided_it(run: Run, law: Path) -> None:
    assert "判定:" not in run("judge", "use", str(law), *ON, "--question", "効力").stdout
    assert "判定:" in run("judge", "use", str(law), *ON).stdout


def test_no_line_of_an_answer_is_wider_than_the_page(run: Run, law: Path) -> None:
    from tsutatsu.cli.layout import width

    result = run("judge", "use", str(law), *ON, "--set", "使用の目的=防災訓練")
    assert result.exit_code == 0
    assert max(width(line) for line in io.StringIO(result.stdout)) <= 82  # a mark may hang over the edge
