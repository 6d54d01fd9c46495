"""Transitional clauses as an officer writes them, and the command by which cases go over to a later issue."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from calling import call
from click.testing import Result
from rounds import ISSUE, LAW, PLACE, ROUNDS

from tsutatsu.bundle import Bundle, read_bundle
from tsutatsu.diagnostics import Severity
from tsutatsu.diagnostics.codes_moving import CODES
from tsutatsu.ir import ALWAYS, Carried, Op, Test, Transition, Words
from tsutatsu.passes.find_unaccounted import carriers_of
from tsutatsu.passes.gather import File
from tsutatsu.sealing import decode, encode

ANEW = "sample/2026-04-01"
HEAD = f"policy/{ANEW}/directive.yaml"
CLAUSE = """経過措置:
  - 前の発出日: 令和7年1月10日
    手続: 見回りの一件
    条項: 附則/2
    要約: {和: 承認の済んだ見回りは、この通達による。, 英: Approved rounds go on under this circular.}
    状態: {予定: 予定, 承認済: 承認された}
    用語: {代行命令: acting.order}
    場合: {見回りの日: {有無: なし}}
"""
FULL = """経過措置:
  - {前の発出日: 令和7年1月10日, 手続: rounds, 条項: 附則/2, 状態: {approved: approved}, 用語: {acting: acting.order}}
"""
CHANGED = {
    "directive.yaml": (
        ("日: 令和7年1月10日", "日: 令和8年4月1日"),
        ("見本第1号", "見本第9号"),
        ("5, まで: 令和12年", "5, まで: 令和14年"),
    ),
    "vocabulary.yaml": (("acting: {名: 代行命令", "acting.order: {名: 代行命令書"), ("命令: true", "命令書: true")),
}
ROUNDS_ANEW = ROUNDS.replace("代行命令", "代行命令書").replace("承認済", "承認された")
ROSTER = "番号,氏名,職,所属,から,まで\n山田,山田太郎,課長,総務課,,\n"


def files(clause: str = FULL, rounds: str = ROUNDS_ANEW) -> dict[str, str]:
    """The sample law with a later issue of it, in which a fact and a state are called otherwise."""
    anew: dict[str, str] = {}
    for path, text in LAW.items():
        if path.startswith(f"policy/{ISSUE}/"):
            name = path.removeprefix(f"policy/{ISSUE}/")
            said = text
            for old, new in CHANGED.get(name, ()):
                assert old in said
                said = said.replace(old, new)
            anew[f"policy/{ANEW}/{name}"] = said
    anew[HEAD] += clause
    return {**LAW, PLACE: ROUNDS, **anew, f"workflows/{ANEW}/rounds.yaml": rounds}


def lay(root: Path, texts: dict[str, str]) -> Path:
    for path, text in texts.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


def found(root: Path) -> list[tuple[str, str]]:
    """The codes found in the workflows, and the files in which they are."""
    return [(one.code, one.where.file) for one in Bundle.load(root).workflow_findings]


# ── as it is written ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_clause_is_read_with_its_names_and_its_condition(tmp_path: Path) -> None:
    bundle = Bundle.load(lay(tmp_path, files(CLAUSE)))
    assert bundle.workflow_findings == () and len(bundle.workflows) == 2
    (clause,) = bundle.versions("sample")[1].transitions
    assert clause == Transition(
        date(2025, 1, 10),
        "見回りの一件",
        (Carried("予定", "予定"), Carried("承認済", "承認された")),
        terms=(Carried("代行命令", "acting.order"),),
        when=clause.when,
        provision="附則/2",
        summary=Words("承認の済んだ見回りは、この通達による。", "Approved rounds go on under this circular."),
    )
    assert clause.when == Test("round.day", Op.PRESENT) or clause.when != ALWAYS
    law = bundle.versions("sample")[1]
    assert decode(encode(law)) == law
    reading = read_bundle(tmp_path).bundle
    assert reading is not None
    assert reading.versions("sample")[1].transitions[0].source.line > 1


def test_keywords_in_english_say_the_same(tmp_path: Path) -> None:
    english = """transitions:
  - earlier: 令和7年1月10日
    workflow: rounds
    provision: 附則/2
    states: {approved: approved}
    terms: {acting: acting.order}
"""
    one, other = lay(tmp_path / "a", files()), lay(tmp_path / "b", files(english))
    assert Bundle.load(one).digest == Bundle.load(other).digest


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("令和7年1月10日", "令和8年4月1日", "TS890"),
        ("令和7年1月10日", "令和7年1月11日", "TS891"),
        ("手続: rounds", "手続: round", "TS892"),
        ("手続: rounds,", "手続: rounds, へ: other,", "TS892"),
        ("{approved: approved}", "{approve: approved}", "TS892"),
        ("{approved: approved}", "{approved: 承認済}", "TS892"),
        ("{acting: acting.order}", "{acted: acting.order}", "TS892"),
        ("用語: {acting: acting.order}", "規範: {approvals: approval}", "TS892"),
        ("用語: {acting: acting.order}", "移して終わる: [だれも知らない]", "TS892"),
    ],
)
def test_what_a_clause_says_wrongly_is_found_where_it_stands(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in FULL
    assert found(lay(tmp_path, files(FULL.replace(old, new)))) == [(code, HEAD)]


def test_what_ends_may_be_a_fact_a_norm_a_reading_or_an_event_that_comes_by_itself(tmp_path: Path) -> None:
    ending = FULL.replace("用語: {acting: acting.order}", "移して終わる: [代行命令, report, 代行, 報告なしで終わる]")
    assert found(lay(tmp_path, files(ending))) == []
    only_by_hand = FULL.replace("用語: {acting: acting.order}", "移して終わる: [見回る]")
    assert found(lay(tmp_path, files(only_by_hand))) == [("TS892", HEAD)]


def test_two_clauses_for_one_state_are_found(tmp_path: Path) -> None:
    twice = FULL + FULL.partition("\n")[2].replace("手続: rounds", "手続: 見回りの一件")
    assert found(lay(tmp_path, files(twice))) == [("TS893", HEAD)]


def test_names_of_the_newer_issue_are_looked_up_when_it_is_read(tmp_path: Path) -> None:
    lay(tmp_path, files(FULL.replace("acting.order}", "acting.orders}")))
    said = call("check", str(tmp_path))
    assert said.exit_code == 1 and "TS204" in said.output


def test_a_clause_that_cannot_be_checked_is_only_warned_of(tmp_path: Path) -> None:
    texts = {path: text for path, text in files().items() if ISSUE not in path}
    (one,) = Bundle.load(lay(tmp_path, texts)).workflow_findings
    assert (one.code, one.severity) == ("TS891", Severity.WARNING)
    assert File(HEAD, b"").path == one.where.file


def test_a_ledger_may_say_that_a_passage_is_carried_by_the_clauses(tmp_path: Path) -> None:
    bundle = Bundle.load(lay(tmp_path, files()))
    old, new = bundle.versions("sample")
    assert "経過措置" in carriers_of(new) and "経過措置" not in carriers_of(old)


# ── the command ──────────────────────────────────────────────────────────────────────────────────────────────────────

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line over a store with a case planned (R0), approved (R1) and gone (R2), by the old issue."""
    for name in ("TSUTATSU_LANG", "TSUTATSU_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TSUTATSU_DB", str(tmp_path / "cases.sqlite"))
    monkeypatch.setenv("TSUTATSU_KEY", str(tmp_path / "audit"))
    old = str(lay(tmp_path / "old", {**LAW, PLACE: ROUNDS}))
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")

    def done(*args: str) -> None:
        said = call(*args)
        assert said.exit_code == 0, said.output

    done("case", "init")
    done("case", "roster", str(tmp_path / "roster.csv"))
    for number in range(3):
        name = f"R{number}"
        done("case", "open", "rounds", old, "--id", name, "--as", "山田", "--at", "2026-03-30T09:00")
        if number > 0:
            said = ("--set", "代行命令=いいえ", "--as", "山田", "--at", "2026-03-30T10:00")
            done("case", "do", name, "承認する", *said)
        if number > 1:
            done("case", "do", name, "見回る", "--as", "山田", "--at", "2026-03-31T22:00")
    return call


WHEN = ("--at", "2026-04-02T09:00")
BY = ("--apply", "--as", "山田", "--reason", "改正通達の施行")


def moved(run: Run) -> list[str]:
    return [json.loads(run("case", "show", f"R{number}", "--json").output)["issued"] for number in range(3)]


def test_migrating_shows_first_moves_then_and_once(run: Run, tmp_path: Path) -> None:
    law = str(lay(tmp_path / "law", files()))
    said = run("case", "migrate", law, *WHEN)
    assert said.exit_code == 0 and "移る: 1 件、残る: 2 件、移せない: 0 件" in said.output
    assert "○ R1  2025-01-10 → 2026-04-01  移る: 承認された" in said.output and "附則の2" in said.output
    assert moved(run) == ["2025-01-10"] * 3
    applied = run("case", "migrate", law, *WHEN, *BY)
    assert applied.exit_code == 0 and "移した: 1 件" in applied.output
    assert moved(run) == ["2025-01-10", "2026-04-01", "2025-01-10"]
    again = run("case", "migrate", law, *WHEN, *BY)
    assert again.exit_code == 0 and "移した: 0 件" in again.output and "今の版による" in again.output
    history = re.sub(r"\n *", " ", run("case", "history", "R1").output)
    assert (
        "別の版への移行" in history
        and "承認する" in history
        and "代行命令書" in history
        and "改正通達の施行" in history
    )
    assert "山田太郎" in history and "→ 承認済" in history and "→ 承認された" in history
    gone = run("case", "do", "R1", "見回る", "--as", "山田", "--at", "2026-04-03T22:00")
    assert gone.exit_code == 0, gone.output
    assert "2025-01-10の版から移った" in run("case", "show", "R1").output
    verified = run("audit", "verify", "--reperform")
    assert verified.exit_code == 0 and "やり直した答え 2 件" in verified.output
    evidence = str(tmp_path / "evidence.json")
    assert run("audit", "prove", "R1", evidence).exit_code == 0
    assert run("audit", "verify", evidence, "--reperform", "--key", f"{tmp_path / 'audit'}.pub").exit_code == 0


def test_what_cannot_go_is_told_with_its_reason_and_the_rest_goes(run: Run, tmp_path: Path) -> None:
    every = FULL.replace("{approved: approved}", "{approved: approved, gone: gone}").replace("approved: approved,", "")
    clause = FULL.replace("{approved: approved}", "{planned: planned, approved: approved, gone: gone}")
    assert every != clause
    law = str(lay(tmp_path / "law", files(clause)))
    said = run("case", "migrate", law, *WHEN, *BY)
    assert said.exit_code == 1 and "移した: 2 件、残る: 0 件、移せない: 1 件" in said.output
    assert re.search(r"× R2 .*義務が消えるか、改めて判断される", said.output.replace("\n", ""))
    plain = json.loads(run("case", "migrate", law, *WHEN, "--json").output)
    assert [(one["case"], one["goes"], one.get("why")) for one in plain["cases"]] == [
        ("R0", False, "there"),
        ("R1", False, "there"),
        ("R2", False, "duties"),
    ]
    ended = clause.replace("条項: 附則/2,", "条項: 附則/2, 移して終わる: [report],")
    law = str(lay(tmp_path / "ended", files(ended)))
    said = run("case", "migrate", law, "--case", "R2", *WHEN, *BY, "--json")
    (one,) = json.loads(said.output)["cases"]
    assert one["goes"] and [duty["standing"] for duty in one["duties"]] == ["dropped"]


def test_only_the_cases_of_the_clauses_condition_go(run: Run, tmp_path: Path) -> None:
    law = str(lay(tmp_path / "law", files(CLAUSE)))
    plain = json.loads(run("case", "migrate", law, *WHEN, "--json").output)
    assert [(one["case"], one.get("why")) for one in plain["cases"]] == [
        ("R0", "unknown"),
        ("R1", "unknown"),
        ("R2", "no_clause"),
    ]
    assert plain["applied"] is False


def test_who_and_why_must_be_said_and_the_issue_must_be_there(run: Run, tmp_path: Path) -> None:
    law = str(lay(tmp_path / "law", files()))
    for less in (("--apply",), ("--apply", "--as", "山田"), ("--apply", "--reason", "施行")):
        said = run("case", "migrate", law, *less)
        assert said.exit_code == 2 and "TS894" in said.output + said.stderr
    said = run("case", "migrate", law, "--to", "2026-05-01")
    assert said.exit_code == 2 and "TS895" in said.output + said.stderr
    early = run("case", "migrate", law, "--to", "2026-04-01", "--at", "2026-03-31T23:00")
    assert early.exit_code == 0 and "まだ効力がない" in early.output
    assert moved(run) == ["2025-01-10"] * 3


def test_every_finding_about_moving_is_tried() -> None:
    cases = Path(__file__).parent.parent / "cases"
    texts = [file.read_text("utf-8") for file in (Path(__file__), cases / "test_moving.py")]
    assert {code for text in texts for code in re.findall(r"TS89[0-9]", text)} == {one.number for one in CODES}
