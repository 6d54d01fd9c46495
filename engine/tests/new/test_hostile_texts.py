"""Texts that are no circular, or one that nobody foresaw: a finding with a mend, or files that can be read back."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tsutatsu.bundle import read_bundle
from tsutatsu.diagnostics import CATALOGUE, Severity

Run = Callable[..., Any]
HEAD = "総第1号\n令和8年4月1日\n総務部長\n\n"
BODY = "\n\n次のとおり行う。\n\n1 貸出し\n\n係員は、貸し出すものとする。\n"
TITLES = [
    "C:\\rooms\\..\\について（通達）",
    "「会議室: #1」の貸出し, {案} [丙] について",
    "- *会議室* &貸 !出 %し @について",
    "'会議室' \"夜間\" について",
    "../../etc/passwd について",
    "true",
    "~について",
    "会議室？について　その２について",
    "🏢会議室の貸出しについて",
]
TRIED = {f"TS67{n}" for n in range(10)}
"""Here and beside: test_new.py."""


def begin(run: Run, tmp_path: Path, data: bytes, *args: str) -> Any:
    text = tmp_path / "rooms.txt"
    text.write_bytes(data)
    return run("new", str(text), "--into", str(tmp_path / "law"), *args)


def gaps_only(root: Path) -> None:
    """Asserts that the files can be read back, and that every error in them is a gap."""
    errors = {one.code for one in read_bundle(root).findings if one.severity is Severity.ERROR}
    assert errors <= {"TS670"}, errors


def test_every_code_of_this_command_is_tried() -> None:
    assert {code for code in CATALOGUE if code.startswith("TS67")} == TRIED


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "TS677"),
        ("\n　\n".encode(), "TS677"),
        ("会議室について（通達）\n".encode(), "TS677"),
        (bytes(range(256)) * 40, "TS702"),
        (b"PK\x03\x04\x14\x00\x06\x00\x08", "TS677"),
        (b"a" * (2 * 1024 * 1024 + 1), "TS701"),
        ((HEAD + "会議室について（通達）" + BODY + "貸す。" * 20_000).encode(), "TS678"),
        ((HEAD + "会議\x07室について（通達）" + BODY).encode(), "TS678"),
        ((HEAD + "会議\u202e室について（通達）" + BODY).encode(), "TS678"),
    ],
    ids=["nothing", "blanks", "title", "binary", "archive", "huge", "400kB", "bell", "turned"],
)
def test_what_cannot_begin_a_circular_is_refused_before_a_file_is_written(
    run: Run, tmp_path: Path, data: bytes, code: str
) -> None:
    result = begin(run, tmp_path, data, "--issued", "2026-04-01")
    assert result.exit_code == 1, result.output
    assert code in result.stderr
    assert not (tmp_path / "law").exists()


def test_a_text_without_a_head_asks_for_its_day_and_leaves_the_rest_open(run: Run, tmp_path: Path) -> None:
    data = "係員は、会議室を貸し出すものとする。\n".encode()
    assert "TS675" in begin(run, tmp_path, data).stderr
    assert begin(run, tmp_path, data, "--issued", "2026-04-01").exit_code == 0
    found = read_bundle(tmp_path / "law").findings
    words = [re.findall("「(.*?)」", one.ja)[0] for one in found if one.code == "TS670"]
    assert words == ["通達", "英", "者", "番号"]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_of_any_characters_is_read_back_as_printed(run: Run, tmp_path: Path, title: str) -> None:
    result = begin(run, tmp_path, f"{HEAD}{title}{BODY}".encode())
    assert result.exit_code == 0, result.output
    gaps_only(tmp_path / "law")
    written = (tmp_path / "law/policy/rooms/2026-04-01/directive.yaml").read_text(encoding="utf-8")
    assert yaml.load(written, yaml.BaseLoader)["通達"].split() == title.split()
    assert {path.parts[0] for path in _beneath(tmp_path / "law")} == {"policy", "features"}


def _beneath(root: Path) -> list[Path]:
    return [path.relative_to(root) for path in root.rglob("*")]


def test_quotes_and_lists_in_numbers_are_kept(run: Run, tmp_path: Path) -> None:
    head = '"総"\'発第1号、乙:発第2号\n令和８年４月１日\n総務部長\n\n会議室について（通達）'
    assert begin(run, tmp_path, f"{head}{BODY}".encode()).exit_code == 0
    gaps_only(tmp_path / "law")
    written = (tmp_path / "law/policy/rooms/2026-04-01/directive.yaml").read_text(encoding="utf-8")
    issued = yaml.load(written, yaml.BaseLoader)["発出"]
    assert (issued["番号"], issued["ほかの番号"]) == ('"総"\'発第1号', ["乙:発第2号"])


@pytest.mark.parametrize("encoding", ["cp932", "utf-8-sig", "utf-16"])
def test_the_encoding_of_the_text_does_not_matter(run: Run, sample: Path, tmp_path: Path, encoding: str) -> None:
    text = sample.read_text(encoding="utf-8").replace("\n", "\r\n")
    assert begin(run, tmp_path, text.encode(encoding)).exit_code == 0
    plain = run("new", str(sample), "--id", "plain", "--into", str(tmp_path / "law"))
    assert plain.exit_code == 0
    ledgers = [file.read_text(encoding="utf-8") for file in (tmp_path / "law").rglob("ledger.yaml")]
    assert len(ledgers) == 2
    assert ledgers[0] == ledgers[1]


def test_a_long_circular_of_few_sentences_is_begun(run: Run, tmp_path: Path) -> None:
    data = f"{HEAD}会議室について（通達）{BODY}{'貸出し' * 130_000}に努める。".encode()
    assert begin(run, tmp_path, data).exit_code == 0
    gaps_only(tmp_path / "law")


def test_a_circular_of_very_many_provisions_makes_few_files(run: Run, tmp_path: Path) -> None:
    provisions = "\n\n".join(f"{n} 事項\n\n係員は、点検すること。" for n in range(1, 400))
    text = f"{HEAD}会議室について（通達）\n\n次のとおり行う。\n\n{provisions}\n"
    assert begin(run, tmp_path, text.encode()).exit_code == 0
    gaps_only(tmp_path / "law")
    assert len([one for one in (tmp_path / "law").rglob("*") if one.is_file()]) < 20


@pytest.mark.parametrize(
    ("line", "gaps"),
    [
        ("有効期間　当分の間", ["まで"]),
        ("有効期間　令和8年4月1日から令和11年3月31日まで", []),
        ("原議保存期間　永年", ["まで"]),
        ("原議保存期間　3年", []),
        ("有効期間　令和8年3月32日まで", ["まで"]),
    ],
)
def test_a_period_that_cannot_be_made_out_is_a_gap_and_no_guess(
    run: Run, tmp_path: Path, line: str, gaps: list[str]
) -> None:
    assert begin(run, tmp_path, f"{line}\n{HEAD}会議室について（通達）{BODY}".encode()).exit_code == 0
    found = read_bundle(tmp_path / "law").findings
    words = [re.findall("「(.*?)」", one.ja)[0] for one in found if one.code == "TS670"]
    assert words == ["英", *gaps]


@pytest.mark.parametrize(
    ("sentence", "named", "unnamed"),
    [
        ("「甲について」（令和3年4月1日付け総第3号）は廃止する。", ["総第3号"], 0),
        ("「甲」（令和3年4月1日付け総第3号）及び「乙」（平成総第4号）は廃止する。", ["総第3号", "平成総第4号"], 0),
        ("「甲」（令和3年4月1日付け総第3号。以下「旧通達」という。）があるが、旧通達は廃止する。", ["総第3号"], 0),
        ("「甲」（令和3年4月1日付け総第3号）に基づき行う事務のうち、貸出簿は廃止する。", [], 1),
        ("旧通達は廃止する。", [], 1),
    ],
)  # fmt: skip
def test_what_is_repealed_is_what_the_sentence_says(
    run: Run, tmp_path: Path, sentence: str, named: list[str], unnamed: int
) -> None:
    data = f"{HEAD}会議室について（通達）\n\n次のとおり行う。{sentence}\n\n1 貸出し\n\n貸し出すこと。\n".encode()
    assert begin(run, tmp_path, data).exit_code == 0
    written = (tmp_path / "law/policy/rooms/2026-04-01/directive.yaml").read_text(encoding="utf-8")
    repeals = yaml.load(written, yaml.BaseLoader).get("廃止", [])
    assert [one["番号"] for one in repeals if one["番号"]] == named
    assert sum(not one["番号"] for one in repeals) == unnamed
