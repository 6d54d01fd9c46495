"""Each finding about a text is found, where it stands; and reading is bounded."""

from __future__ import annotations

import pytest

from tsutatsu.diagnostics import CATALOGUE, Refused
from tsutatsu.text import digest_of, read_text

REFUSED = {"TS701": b"a" * (2 * 1024 * 1024 + 1), "TS702": b"\xff\x00\x81"}
FOUND = {
    "TS703": ("1 甲とする。\n\n3 丙とする。", 3),
    "TS704": ("保管用の控え\n\n令和6年4月1日\n\n自転車について（通達）\n\n貸し出す。\n\n1 甲とする。", 1),
    "TS705": ("貸し出すこととする。", 0),
    "TS706": ("1 甲とする。\n\n2 第9の1により行う。", 3),
    "TS707": ("1 職員（以下「担当者」という。は、記録する。", 1),
}


def test_every_code_of_this_room_is_tried() -> None:
    assert {code for code in CATALOGUE if code.startswith("TS7")} == set(REFUSED) | set(FOUND)


@pytest.mark.parametrize("code", REFUSED)
def test_what_cannot_be_read_is_refused(code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_text(REFUSED[code], "x.txt")
    assert [one.code for one in refused.value.findings] == [code]


@pytest.mark.parametrize("code", FOUND)
def test_what_is_doubtful_is_found_on_its_line(code: str) -> None:
    text, line = FOUND[code]
    assert [(one.code, one.where.line) for one in read_text(text.encode(), "x.txt").findings] == [(code, line)]


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "「",
        "第1",
        "１ 甲\n",
        "漢",
        "漢（",
        "ア",
        "「あいう」（第1号）",
        "1により",
        "「題の名」\n",
        "　",
        "甲、\n",
        "# 甲\n",
        "前項1により同条第2項",
        "備品法（昭和50年法律第999号）第3条同条",
        "1-1-1 ",
        "問1の1及び第1条",
        "別添第1の",
        "（注）1 甲\n2 乙\n",
        "（甲）\n第1条\n",
        "問1\n答 甲\n1 乙\n",
    ],
)
@pytest.mark.parametrize("before", ["", "1 甲とする。\n2 "])
def test_repetition_is_read_in_bounded_work(before: str, unit: str) -> None:
    text = before + unit * (20_000 // len(unit))
    document = read_text(text.encode(), "x.txt")
    assert "".join("".join(one.text.split()) for one in document.pieces()) == "".join(text.split())


def test_a_fingerprint_depends_on_characters_alone() -> None:
    assert digest_of("甲は、 乙\n　する。") == digest_of("甲は、乙する。")
    assert digest_of("か\u3099") == digest_of("が")
    assert digest_of("甲は、乙する。") != digest_of("甲は，乙する。")


def test_an_unplaced_line_is_quoted_with_plain_blanks() -> None:
    text = "保管用　の　　控え\n\n令和6年4月1日\n\n自転車について（通達）\n\n貸し出す。\n\n1 甲とする。"
    (one,) = read_text(text.encode(), "x.txt").findings
    assert one.code == "TS704"
    assert "「保管用 の 控え」" in one.ja
