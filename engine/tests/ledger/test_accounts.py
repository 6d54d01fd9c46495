"""No passage of a circular can be left out in silence: each way of losing one is found, with the text and without."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from rooms import TEXT, Run, codes, ledger_of

from tsutatsu.bundle import read_bundle
from tsutatsu.coverage.accounts import accounts_of, read_texts
from tsutatsu.diagnostics import CATALOGUE

TRIED = {
    "TS350", "TS351", "TS352", "TS353", "TS354", "TS355", "TS356", "TS357", "TS358", "TS359", "TS360", "TS361",
    "TS362", "TS363", "TS364", "TS365", "TS366", "TS367", "TS368",
}  # fmt: skip
EDITS = {
    "TS353": ("役: ただし書", "役: なお書"),
    "TS356": ("先: [approval]", "先: [approval, aproval]"),
    "TS359": ("扱い: 趣旨", "扱い: 定義"),
    "TS360": ("扱い: 趣旨", "扱い: 免除"),
    "TS361": ("先: [approval]", "先: [disaster]"),
    "TS362": ('指紋: "0e1168f9', '指紋: "ze1168f9'),
}


def found_in(root: Path, *, texts: bool = True) -> list[str]:
    """The codes found about the only account there is, or about the files where they cannot be read."""
    reading = read_bundle(root)
    if reading.bundle is None:
        return codes(reading.findings)
    at_hand = read_texts(root / "texts") if texts else None
    return [code for one in accounts_of(reading, at_hand, "texts") for code in codes(one.findings)]


def edit(file: Path, old: str, new: str) -> None:
    said = file.read_text(encoding="utf-8")
    assert old in said
    file.write_text(said.replace(old, new), encoding="utf-8")


def test_every_code_of_the_ledger_is_tried() -> None:
    assert {code for code in CATALOGUE if re.fullmatch("TS3[56].", code)} == TRIED


def test_a_whole_ledger_has_no_finding(rooms: Path) -> None:
    assert found_in(rooms) == []
    assert found_in(rooms, texts=False) == []


@pytest.mark.parametrize("code", EDITS)
def test_a_wrong_entry_is_found(rooms: Path, code: str) -> None:
    edit(ledger_of(rooms), *EDITS[code])
    assert code in found_in(rooms)


def test_a_changed_sentence_is_found_where_it_stands(rooms: Path) -> None:
    edit(rooms / "texts/rooms.txt", "課長の承認", "部長の承認")
    assert found_in(rooms) == ["TS352"]
    assert found_in(rooms, texts=False) == []


def test_layout_changes_nothing(rooms: Path) -> None:
    edit(rooms / "texts/rooms.txt", "会議室を貸し出すときは、課長の", "会議室を 貸し出すときは、　課長の")
    assert found_in(rooms) == []


def test_a_new_sentence_has_no_entry(rooms: Path) -> None:
    edit(rooms / "texts/rooms.txt", "この限りでない。", "この限りでない。なお、鍵は翌日返す。")
    assert found_in(rooms) == ["TS350"]


def test_a_sentence_taken_out_leaves_its_entry_alone(rooms: Path) -> None:
    edit(rooms / "texts/rooms.txt", "ただし、災害のときは、この限りでない。", "")
    assert "TS351" in found_in(rooms)


@pytest.mark.parametrize("texts", [True, False])
@pytest.mark.parametrize("line", range(1, 10))
def test_an_entry_taken_out_is_missed_with_and_without_the_text(rooms: Path, line: int, *, texts: bool) -> None:
    ledger = ledger_of(rooms)
    lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    entries = [n for n, each in enumerate(lines) if each.startswith("  - ")]
    del lines[entries[line - 1]]
    ledger.write_text("".join(lines), encoding="utf-8")
    found = found_in(rooms, texts=texts)
    assert "TS358" in found
    assert ("TS350" in found) == texts


def test_entries_in_another_order_are_found(rooms: Path) -> None:
    ledger = ledger_of(rooms)
    lines = ledger.read_text(encoding="utf-8").splitlines(keepends=True)
    first = next(n for n, each in enumerate(lines) if each.startswith("  - "))
    lines[first], lines[first + 1] = lines[first + 1], lines[first]
    ledger.write_text("".join(lines), encoding="utf-8")
    assert {"TS358", "TS364"} <= set(found_in(rooms))


def test_an_entry_given_twice_is_refused(rooms: Path) -> None:
    ledger = ledger_of(rooms)
    said = ledger.read_text(encoding="utf-8")
    last = said.splitlines(keepends=True)[-1]
    ledger.write_text(said + last, encoding="utf-8")
    assert "TS357" in found_in(rooms)


def test_a_norm_that_no_passage_carries_is_found(rooms: Path) -> None:
    edit(rooms / "policy/rooms/2024-04-01/norms/rooms.yaml", "条項: 記/1/本文", "条項: 記/3/本文")
    assert "TS354" in found_in(rooms)


def test_an_exception_that_cites_nothing_is_found(rooms: Path) -> None:
    edit(rooms / "policy/rooms/2024-04-01/norms/rooms.yaml", "条項: 記/1/ただし書", "条項: 記/1/なお書")
    assert "TS363" in found_in(rooms)


def test_a_law_without_ledger_is_told_so(rooms: Path) -> None:
    ledger_of(rooms).unlink()
    assert found_in(rooms) == ["TS365"]


def test_a_text_that_is_not_at_hand_is_told_and_no_failure(rooms: Path, run: Run) -> None:
    (rooms / "texts/rooms.txt").write_text("1 別の通達である。", encoding="utf-8")
    result = run("ledger", str(rooms), "--text", str(rooms / "texts"), "--missing")
    assert result.exit_code == 0
    assert "TS366" in result.output and "TS367" in result.output


def test_a_norm_without_scenario_fails_the_command(rooms: Path, run: Run) -> None:
    (rooms / "features/rooms/2024-04-01/lend.feature").unlink()
    result = run("ledger", str(rooms), "--missing")
    assert result.exit_code == 1 and "TS355" in result.output


def test_a_norm_reached_only_where_it_does_not_apply_has_no_scenario(rooms: Path, run: Run) -> None:
    norms = rooms / "policy/rooms/2024-04-01/norms/rooms.yaml"
    edit(norms, "    要件:", "    場合: {災害: true}\n    要件:")
    result = run("ledger", str(rooms), "--missing")
    assert result.exit_code == 1 and "TS355" in result.output


def test_the_command_shows_every_passage_with_its_treatment(rooms: Path, run: Run) -> None:
    result = run("ledger", str(rooms), "--text", str(rooms / "texts"))
    assert result.exit_code == 0, result.output
    assert "規範: approval（シナリオ 1）" in result.output
    assert "課長の承認を受けなければならない" in "".join(result.output.split())
    plain = run("ledger", str(rooms))
    assert plain.exit_code == 0 and "なければならない" not in plain.output
    told = json.loads(run("ledger", str(rooms), "--json").output)
    assert told["clean"] and [one["treatment"] for one in told["directives"][0]["entries"]].count("規範") == 2


def test_writing_keeps_what_was_said_of_a_passage_that_moved(rooms: Path, run: Run) -> None:
    edit(ledger_of(rooms), "扱い: 趣旨", "扱い: 頭書")
    edit(rooms / "texts/rooms.txt", "1 貸出し", "1 総則\n\n会議室は市のものである。\n\n2 貸出し")
    edit(rooms / "texts/rooms.txt", "2 別紙", "3 別紙")
    result = run("ledger", str(rooms), "--text", str(rooms / "texts"), "--write")
    assert "TS352" not in result.output
    said = ledger_of(rooms).read_text(encoding="utf-8")
    assert "条項: 記/2, 文番号: 1, 役: 本文, 扱い: 規範, 先: [approval]" in said
    assert "条項: 前文, 文番号: 1, 役: 本文, 扱い: 頭書" in said
    assert "条項: 記/1, 文番号: 1, 役: 本文, 扱い: 趣旨" in said


def test_writing_needs_a_folder_and_the_texts(rooms: Path, run: Run) -> None:
    assert run("ledger", "--write").exit_code == 2
    assert run("ledger", str(rooms), "--write").exit_code == 2
    assert run("ledger", str(rooms), "--text", str(rooms / "nowhere")).exit_code == 2


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
def test_writing_leaves_the_file_its_permissions(rooms: Path, run: Run) -> None:
    for mode in (0o600, 0o664):
        ledger_of(rooms).chmod(mode)
        assert run("ledger", str(rooms), "--text", str(rooms / "texts"), "--write").exit_code == 0
        assert ledger_of(rooms).stat().st_mode & 0o777 == mode


@pytest.mark.parametrize(
    "reason", ["別紙のため: {a}, [b] # c", "一行目\n二行目\t終わり", 'x"}, {y: \\', "true", "22:00"]
)
def test_writing_keeps_the_words_of_a_waiver_to_the_letter(rooms: Path, run: Run, reason: str) -> None:
    said = json.dumps(reason, ensure_ascii=False)
    waived = f"扱い: 免除, 免除: {{職: 課長, 決めた人: 甲野, 日: 2026-04-01, 理由: {said}}}"
    edit(ledger_of(rooms), "扱い: 趣旨", waived)
    assert run("ledger", str(rooms), "--text", str(rooms / "texts"), "--write").exit_code == 0
    (ledger,) = read_bundle(rooms).ledgers.values()
    assert [one.waiver.reason for one in ledger.entries if one.waiver is not None] == [reason]


@pytest.mark.parametrize("blank", ["''", '" "', '"　"'])
def test_a_waiver_by_nobody_is_refused(rooms: Path, blank: str) -> None:
    waived = f"扱い: 免除, 免除: {{職: 課長, 決めた人: {blank}, 日: 2026-04-01, 理由: 様式}}"
    edit(ledger_of(rooms), "扱い: 趣旨", waived)
    assert "TS210" in found_in(rooms)


def test_texts_beyond_the_most_that_are_read_are_told_and_never_passed_over(
    rooms: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tsutatsu.coverage.accounts.MOST_TEXTS", 2)
    for name in ("a.txt", "b.txt"):
        (rooms / "texts" / name).write_text("別の通達。\n", encoding="utf-8")
    result = run("ledger", str(rooms), "--text", str(rooms / "texts"), "--missing")
    assert result.exit_code == 1
    assert "TS317" in result.output and "rooms.txt" in result.output


def test_no_folder_of_texts_is_not_the_folder_one_is_in(rooms: Path, run: Run) -> None:
    result = run("ledger", str(rooms), "--text", "")
    assert result.exit_code == 2 and "TS627" in result.output


def test_a_path_of_ten_thousand_steps_is_an_entry_without_a_sentence(rooms: Path) -> None:
    edit(
        ledger_of(rooms),
        "台帳:\n",
        f'台帳:\n  - {{条項: "{"x/" * 4_900}", 文番号: 1, 役: 本文, 扱い: 趣旨, 指紋: "{"0" * 64}"}}\n',
    )
    (ledger,) = read_bundle(rooms).ledgers.values()
    assert max(map(len, ledger.provisions() - {entry.path for entry in ledger.entries})) > 9_000
    assert len(ledger.provisions()) < 200
    assert "TS351" in found_in(rooms)


def test_the_ledger_holds_no_sentence_of_the_text(rooms: Path) -> None:
    said = ledger_of(rooms).read_text(encoding="utf-8")
    assert not [
        line
        for line in TEXT.splitlines()
        if len(line) > 12 and line.rstrip("（通達）") not in said.splitlines()[0] and line in said
    ]


def test_a_reworded_and_a_new_sentence_stay_marked_until_someone_has_looked(rooms: Path, run: Run) -> None:
    edit(rooms / "texts/rooms.txt", "課長の承認", "部長の承認")
    edit(rooms / "texts/rooms.txt", "この限りでない。", "この限りでない。なお、喫煙をしてはならない。")
    for _ in range(2):
        result = run("ledger", str(rooms), "--text", str(rooms / "texts"), "--write")
        assert result.exit_code == 1 and result.output.count("TS368") == 2
    said = ledger_of(rooms).read_text(encoding="utf-8")
    new = next(line for line in said.splitlines() if "なお書" in line)
    assert "要確認: true" in new and "先" not in new
    ledger_of(rooms).write_text(said.replace(", 要確認: true", ""), encoding="utf-8")
    assert "TS368" not in found_in(rooms) and "TS359" in found_in(rooms)
