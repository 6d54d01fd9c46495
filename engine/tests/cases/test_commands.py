"""The commands on cases, as a user calls them: on a made-up circular with a workflow, in a store of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from calling import call
from click.testing import Result

from tsutatsu.cli.commands.init import starter

WORKFLOW = """手続:
  id: lending
  名: 自転車の貸出し
  英: lending a bicycle
  条項: 第2
  対象: {和: 一回の貸出し, 英: one lending}
  状態:
    asked: {名: 申込前, 英: not yet lent, 始め: true}
    lent: {名: 貸出中, 英: lent}
    done: {名: 済, 英: done, 終点: true}
    dropped: {名: 取りやめ, 英: called off, 終点: true}
  事象:
    - id: lend
      名: 貸し出す
      英: lend
      から: [申込前]
      へ: 貸出中
      入力: [使用の目的, 日没後の使用, ヘルメットの着用, 管理者の承認]
      記す: {使用日: 今日}
      判断: [use]
    - {id: bring-back, 名: 返す, 英: bring back, から: [貸出中], へ: 貸出中, 記す: {返却日: 今日}}
    - {id: remind, 名: 督促する, 英: remind, から: [貸出中], へ: 貸出中, 起こす者: 時計}
    - id: close
      名: 済ませる
      英: close
      から: [貸出中]
      へ: 済
      起こす者: 機械
      義務済: true
      要件: {返却日: {有無: あり}}
    - {id: drop, 名: 取りやめる, 英: call off, から: [申込前, 貸出中], へ: 取りやめ}
  期日: [{時計: 返却期限, 事象: 督促する}]
  見る判断: [use]
"""
ROSTER = (
    "番号,氏名,職,所属,から,まで\n山田,山田太郎,職員,総務課,,\n佐藤,佐藤花子,管理者,総務課,2026-04-01,\n佐藤,,当番,,,\n"
)
LEND = ("--set", "使用の目的=公務", "--set", "日没後の使用=いいえ", "--set", "ヘルメットの着用=はい")
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls the command line in a folder that holds the law; store and key are named by the environment."""
    for name in ("TSUTATSU_LANG", "TSUTATSU_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TSUTATSU_DB", "cases.sqlite")
    monkeypatch.setenv("TSUTATSU_KEY", "keys/audit")
    for name, content in starter().items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    flow = tmp_path / "workflows" / "bicycle-lending" / "2026-04-01" / "lending.yaml"
    flow.parent.mkdir(parents=True)
    flow.write_text(WORKFLOW, encoding="utf-8")
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    return call


@pytest.fixture
def ready(run: Run) -> Run:
    """With a store, a key, a roster, and one case."""
    for args in (
        ("case", "init"),
        ("case", "roster", "roster.csv"),
        (
            "case",
            "open",
            "自転車の貸出し",
            ".",
            "--as",
            "山田",
            "--id",
            "K1",
            "--label",
            "出張",
            "--at",
            "2026-06-01T09:00",
        ),
    ):
        result = run(*args)
        assert result.exit_code == 0, result.output
    return run


def lent(run: Run, at: str = "2026-06-01T10:00") -> Result:
    return run("case", "do", "K1", "貸し出す", "--as", "山田", *LEND, "--set", "管理者の承認=はい", "--at", at)


def data(result: Result) -> object:
    return json.loads(result.stdout)


def test_init_makes_a_store_and_a_key_and_says_where(run: Run, tmp_path: Path) -> None:
    result = run("case", "init", "--json")
    assert result.exit_code == 0, result.output
    assert data(result) == {"db": "cases.sqlite", "key": "keys/audit", "public": "keys/audit.pub", "new_key": True}
    assert (tmp_path / "cases.sqlite").is_file() and (tmp_path / "keys" / "audit.pub").is_file()
    again = run("case", "init")
    assert again.exit_code == 2 and "TS859" in again.stderr
    assert "audit.pub" in run("case", "init", "--db", "other.sqlite", "--lang", "en").stdout


def test_an_event_goes_through_and_raises_its_duty(ready: Run) -> None:
    result = lent(ready)
    assert result.exit_code == 0, result.output
    assert (
        "○ K1 貸し出す — 今「貸出中」、版 2" in result.stdout
        and "□ 未了 使った日の翌日から三日以内に返す。" in result.stdout
    )
    (duty,) = data(ready("duties", "--json"))
    assert (duty["duty"], duty["due_at"], duty["case"]) == ("use/return", "2026-06-05T00:00:00", "K1")


def test_a_refusal_explains_itself_and_exits_1(ready: Run) -> None:
    args = ("case", "do", "K1", "lend", "--as", "山田", *LEND, "--set", "管理者の承認=いいえ", "--at", "2026-06-01")
    result = ready(*args, "--json")
    assert ready("case", "do", "K1", "lend", "--as", "山田", "--at", "2026-05-01").exit_code == 1
    assert result.exit_code == 1
    result = ready(*args[:-1], "2026-06-01T10:00", "--json")
    found = data(result)
    assert result.exit_code == 1 and found["accepted"] is False and found["why"] == "judgement"
    assert found["answer"]["verdict"]["code"] == "denied" and found["answer"]["path"]["ways"]
    shown = ready(*args[:-1], "2026-06-01T10:00")
    assert "× 受け付けられない" in shown.stdout and "第2の2" in shown.stdout
    assert "Not accepted" in ready(*args[:-1], "2026-06-01T10:00", "--lang", "en").stdout
    missing = data(ready("case", "do", "K1", "lend", "--as", "山田", "--at", "2026-06-01T10:00", "--json"))
    assert missing["why"] == "missing" and "approved" in missing["missing"]
    assert data(ready("case", "show", "K1", "--json"))["version"] == 1


def test_next_marks_what_may_be_done_and_what_comes_by_itself(ready: Run) -> None:
    lent(ready)
    result = ready("case", "next", "K1", "--as", "山田", "--at", "2026-06-02T09:00")
    assert result.exit_code == 0, result.output
    assert "○ 返す 令和8年6月5日（2026-06-05） 00:00より前に。" in result.stdout
    assert "× 今の状態からは起こせない: " in result.stdout and "× 貸し出す" not in result.stdout  # in one paragraph
    assert "「督促する」が自ら起きる" in result.stdout
    found = {
        one["event"]: one
        for one in data(ready("case", "next", "K1", "--as", "山田", "--at", "2026-06-02", "--json"))["options"]
    }
    assert found["bring-back"]["until"] == "2026-06-05T00:00:00" and found["lend"]["refusal"]["why"] == "state"


def test_the_clock_breaches_reminds_and_tells(ready: Run, tmp_path: Path) -> None:
    lent(ready)
    assert "起きたこと 0 件" in ready("clock", "--at", "2026-06-04T23:59").stdout
    overdue = ready("duties", "--standing", "overdue", "--at", "2026-06-05", "--json")
    assert [one["duty"] for one in data(overdue)] == ["use/return"]
    result = ready("clock", "--at", "2026-06-05", "--outbox-file", "out.jsonl", "--json")
    (entry,) = data(result)["entries"]
    assert (entry["event"], entry["duties"][0]["standing"]) == ("remind", "breached")
    assert data(result)["sent"] == 3 and len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 3
    assert data(ready("duties", "--standing", "breached", "--json"))[0]["standing"] == "breached"
    late = ready("case", "do", "K1", "返す", "--as", "山田", "--at", "2026-06-09")
    assert late.exit_code == 0 and "違反（後から行われた）" in late.stdout and "済ませる" in late.stdout


def test_running_ahead_goes_through_the_days(ready: Run) -> None:
    lent(ready)
    early = ready("clock", "--at", "2026-06-01T12:00", "--until", "2026-05-31")
    assert early.exit_code == 2 and "TS880" in early.output and "2026-05-31" in early.output
    result = ready("clock", "--at", "2026-06-01T12:00", "--until", "2026-12-31")
    assert result.exit_code == 0 and "2026-06-05） 00:00 督促する" in result.stdout
    both = ready("clock", "--outbox-file", "a", "--outbox-command", "b")
    assert both.exit_code == 2 and "TS642" in both.stderr


def test_duties_are_narrowed_by_person_day_and_circular(ready: Run) -> None:
    lent(ready)
    assert "1 件。" in ready("duties", "--for", "山田", "--by", "2026-06-05").stdout
    assert "0 件。" in ready("duties", "--for", "佐藤").stdout
    assert "0 件。" in ready("duties", "--by", "2026-06-04").stdout
    assert "0 件。" in ready("duties", "--directive", "x").stdout and "0 件。" in ready("duties", "--case", "K2").stdout
    assert "1 duty." in ready("duties", "--standing", "all", "--lang", "en").stdout


def test_corrections_withdrawals_waivers_and_links(ready: Run) -> None:
    lent(ready)
    at = ("--at", "2026-06-02", "--as", "山田")
    assert ready("case", "correct", "K1", "--set", "ヘルメットの着用=いいえ", "--reason", "誤記", *at).exit_code == 0
    assert data(ready("case", "show", "K1", "--json"))["facts"]["helmet"] is False
    wrong = ready("case", "correct", "K1", "--set", "使用日=2026-05-01", "--reason", "誤記", *at)
    assert wrong.exit_code == 1 and "TS851" in wrong.stderr
    assert ready("case", "correct", "K1", "--set", "ヘルメットの着用=はい", *at).exit_code == 2
    assert ready("case", "withdraw", "K1", "--reason", "取り違え", *at, "--entry", "9").exit_code == 2
    assert "申込前" in ready("case", "withdraw", "K1", "--reason", "取り違え", *at).stdout
    lent(ready, "2026-06-02T10:00")
    waived = ready(
        "case", "waive", "K1", "return", "--reason", "災害", "--as", "佐藤", "--post", "管理者", "--at", "2026-06-03"
    )
    assert waived.exit_code == 0 and "免除" in waived.stdout
    assert ready("case", "open", "lending", ".", *at, "--id", "K2").exit_code == 0
    assert ready("case", "link", "K2", "K1", *at).exit_code == 0
    assert data(ready("case", "show", "K2", "--json"))["links"] == ["K1"]
    assert "別件: K1" in ready("case", "show", "K2").stdout


def test_show_list_and_history_tell_the_whole_case(ready: Run) -> None:
    lent(ready)
    shown = ready("case", "show", "K1").stdout
    for word in ("「出張」", "状態: 貸出中", "使用の目的", "公務", "督促する"):
        assert word in shown
    assert "State: lent" in ready("case", "show", "K1", "--lang", "en").stdout
    listed = ready("case", "list", "--state", "lent").stdout
    assert (
        "K1 自転車の貸出し「出張」　貸出中" in listed
        and "1 件。" in listed
        and "0 件。" in ready("case", "list", "--workflow", "x").stdout
    )
    assert [one["version"] for one in data(ready("case", "list", "--json"))] == [2]
    history = ready("case", "history", "K1").stdout
    assert "貸し出す — 山田太郎（総務課職員） → 貸出中" in history
    assert [one["number"] for one in data(ready("case", "history", "K1", "--json"))] == [1, 2]


def test_a_repeated_command_is_told_as_one(ready: Run) -> None:
    args = ("case", "do", "K1", "取りやめる", "--as", "山田", "--at", "2026-06-01T10:00", "--once", "a")
    assert data(ready(*args, "--json"))["again"] is False
    again = ready(*args)
    assert again.exit_code == 0 and "前に受け付けたもの" in again.stdout
    other = ready("case", "do", "K1", "貸し出す", "--as", "山田", *LEND, "--at", "2026-06-01T10:00", "--once", "a")
    assert other.exit_code == 1 and "TS850" in other.stderr


def test_the_trail_is_verified_exported_and_proved(ready: Run, tmp_path: Path) -> None:
    lent(ready)
    good = ready("audit", "verify", "--key", "keys/audit.pub", "--json")
    assert good.exit_code == 0 and data(good)["whole"] is True and data(good)["entries"] == 2
    (tmp_path / "head.json").write_text(ready("audit", "head").stdout, encoding="utf-8")
    assert ready("audit", "export", "all.json").exit_code == 0
    assert ready("audit", "prove", "K1", "K1.json").exit_code == 0
    for file in ("all.json", "K1.json"):
        found = ready("audit", "verify", file, "--key", "keys/audit.pub", "--witness", "head.json")
        assert found.exit_code == 0 and "○ すべて合う" in found.stdout, found.output
    forged = (tmp_path / "all.json").read_text(encoding="utf-8").replace("出張", "私用")
    (tmp_path / "forged.json").write_text(forged, encoding="utf-8")
    bad = ready("audit", "verify", "forged.json")
    assert bad.exit_code == 1 and "TS868" in bad.stderr and "bodies K1/1" in bad.stderr
    assert data(ready("audit", "verify", "forged.json", "--json"))["whole"] is False
    for args, code in (
        (("roster.csv",), "TS869"),
        (("all.json", "--db", "cases.sqlite"), "TS642"),
        (("all.json", "--key", "nowhere"), "TS858"),
        (("all.json", "--witness", "roster.csv"), "TS869"),
    ):
        wrong = ready("audit", "verify", *args)
        assert wrong.exit_code in (1, 2) and code in wrong.stderr
    assert "TS843" in ready("audit", "prove", "K9", "x.json").stderr


def test_a_store_without_entries_has_no_head(run: Run) -> None:
    run("case", "init")
    assert run("audit", "head").exit_code == 1


def test_erasing_waits_for_the_end_of_the_case(ready: Run) -> None:
    early = ready("case", "erase", "K1", "--reason", "満了", "--as", "佐藤", "--post", "管理者", "--at", "2026-06-02")
    assert early.exit_code == 1 and "TS870" in early.stderr
    ready("case", "do", "K1", "取りやめる", "--as", "山田", "--at", "2026-06-02")
    assert (
        ready(
            "case", "erase", "K1", "--reason", "満了", "--as", "佐藤", "--post", "管理者", "--at", "2026-06-03"
        ).exit_code
        == 0
    )
    assert (
        "消去されている" in ready("case", "show", "K1").stdout and "（消去済）" in ready("case", "history", "K1").stdout
    )
    assert ready("audit", "verify").exit_code == 0


def test_backup_and_restore(ready: Run) -> None:
    assert ready("case", "backup", "b.jsonl").exit_code == 0
    assert ready("case", "restore", "b.jsonl", "--db", "new.sqlite").exit_code == 0
    assert ready("case", "show", "K1", "--db", "new.sqlite").stdout == ready("case", "show", "K1").stdout
    assert ready("audit", "verify", "--db", "new.sqlite").exit_code == 0
    assert ready("case", "restore", "b.jsonl").exit_code == 2
    assert "TS877" in ready("case", "restore", "roster.csv", "--db", "x.sqlite").stderr
    assert "TS635" in ready("case", "backup", "no/such/folder/b.jsonl").stderr
    assert "TS635" in ready("audit", "export", "no/such/folder/b.json").stderr


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("case", "show", "K9"), "TS843"),
        (("case", "show", "K1", "--db", "nowhere.sqlite"), "TS855"),
        (("case", "do", "K1", "貸す", "--as", "山田"), "TS841"),
        (("case", "do", "K1", "貸し出す"), "TS622"),
        (("case", "do", "K1", "貸し出す", "--as", "誰か"), "TS844"),
        (("case", "do", "K1", "貸し出す", "--as", "佐藤", "--at", "2026-06-02"), "TS846"),
        (("case", "do", "K1", "貸し出す", "--as", "佐藤", "--post", "署長", "--at", "2026-06-02"), "TS845"),
        (("case", "do", "K1", "貸し出す", "--as", "山田", "--set", "返却日=2026-06-03", "--at", "2026-06-02"), "TS849"),
        (("case", "do", "K1", "貸し出す", "--as", "山田", "--key", "nowhere"), "TS858"),
        (("case", "do", "K1", "貸し出す", "--as", "山田", "--at", "きのう"), "TS638"),
        (("case", "open", "貸出", ".", "--as", "山田"), "TS856"),
        (("case", "open", "lending", ".", "--as", "山田", "--id", "K1"), "TS878"),
        (("case", "waive", "K1", "x", "--as", "山田", "--reason", "x", "--at", "2026-06-02"), "TS854"),
        (("case", "waves"), "TS620"),
        (("case", "do", "K1", "貸し出す", "--as", "山田", "--facts", "none.yaml"), "TS627"),
    ],
)
def test_a_wrong_call_says_what_is_right_and_exits_2(args: tuple[str, ...], code: str, ready: Run) -> None:
    result = ready(*args)
    assert result.exit_code == 2, result.output
    assert code in result.stderr and "直し方" in result.stderr


@pytest.mark.parametrize(
    "at", ["2026-06-02T09:30", "令和8年6月2日9時30分", "令和8年6月2日 9:30", "２０２６-06-02 9時半"]
)
def test_a_moment_is_taken_as_people_write_it(at: str, ready: Run) -> None:
    assert data(ready("case", "do", "K1", "取りやめる", "--as", "山田", "--at", at, "--json"))["case"]["last"] == (
        "2026-06-02T09:30:00"
    )


def test_a_store_and_a_key_must_be_named(ready: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TSUTATSU_KEY")
    assert "TS858" in ready("case", "do", "K1", "取りやめる", "--as", "山田").stderr
    monkeypatch.delenv("TSUTATSU_DB")
    assert "TS840" in ready("case", "list").stderr


def test_a_moment_may_carry_its_offset_and_is_then_as_tokyo_has_it(ready: Run) -> None:
    result = lent(ready, "2026-06-01T16:30:00+00:00")
    assert result.exit_code == 0, result.output
    assert data(ready("case", "show", "K1", "--json"))["facts"]["use.day"] == "2026-06-02"


def test_a_version_that_was_overtaken_is_refused(ready: Run) -> None:
    lent(ready)
    late = ready("case", "do", "K1", "返す", "--as", "山田", "--expect", "1", "--at", "2026-06-02")
    assert late.exit_code == 1 and "TS842" in late.stderr
    early = ready("case", "do", "K1", "返す", "--as", "山田", "--at", "2026-05-02")
    assert early.exit_code == 1 and "TS848" in early.stderr


def test_what_an_event_must_be_told_comes_as_a_skeleton_to_fill_in(run: Run, tmp_path: Path) -> None:
    on = (".", "--event", "貸し出す", "--on", "2026-06-01")
    skeleton = run("facts", "自転車の貸出し", *on)
    assert skeleton.exit_code == 0, skeleton.output
    lines = skeleton.stdout.splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == [
        "使用の目的:",
        "日没後の使用:",
        "ヘルメットの着用:",
        "管理者の承認:",
    ]
    schema = data(run("facts", "lending", *on, "--schema"))
    assert schema["title"] == "自転車の貸出し「貸し出す」 / lending a bicycle: lend"
    assert set(data(run("facts", "lending", *on, "--json"))) == {
        "使用の目的",
        "日没後の使用",
        "ヘルメットの着用",
        "管理者の承認",
    }
    wrong = run("facts", "自転車の貸出し", ".", "--event", "貸し出し", "--on", "2026-06-01")
    assert wrong.exit_code == 2 and "TS841" in wrong.stderr and "貸し出す" in wrong.stderr
    other = run("facts", "自動車の貸出し", *on)
    assert other.exit_code == 2 and "TS856" in other.stderr and "自転車の貸出し" in other.stderr
