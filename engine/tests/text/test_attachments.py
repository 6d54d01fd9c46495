"""Attachments are found by their labels, whatever is noted beside them, and what points at them finds them."""

from __future__ import annotations

import pytest
from printed import printed_and_held

from tsutatsu.text import Change, PartKind, Role, diff, read_text

TEXT = """傘の管理について（通達）

下記のとおり定める。

記

第１　貸出し
　１　傘は、別表第１に掲げる場所で、別記様式第１号により貸し出す。
　２　貸し出す本数は、別表第２のとおりとし、置き場所は、別紙による。

別表第１（第１の１関係）
　場　所　　　　本　数
　玄関　　　　　三本

別表第２（第１の２関係）
| 場所 | 本数 |
| 玄関 | 三本 |

別紙（略）

別記様式第１号（第１の１関係）
　　傘借用簿
　借りた者
　借りた日　　年　月　日
"""


def test_a_label_with_a_note_begins_a_part() -> None:
    document = read_text(TEXT.encode(), "x.txt")
    printed, held = printed_and_held(TEXT, document)
    assert printed == held
    assert [(one.kind, one.path, one.title) for one in document.parts[2:]] == [
        (PartKind.TABLE, "別表第1", ""),
        (PartKind.TABLE, "別表第2", ""),
        (PartKind.SHEET, "別紙", ""),
        (PartKind.FORM, "別記様式第1号", "傘借用簿"),
    ]
    assert [len(one.sentences) for one in document.parts[2:]] == [2, 2, 0, 3]
    assert {each.role for one in document.parts[2:4] for each in one.sentences} == {Role.TABLE_ROW}


def test_what_points_at_a_labelled_part_finds_it() -> None:
    document = read_text(TEXT.encode(), "x.txt")
    assert {one.text: one.target for one in document.references} == {
        "別表第１": "別表第1",
        "別記様式第１号": "別記様式第1号",
        "別表第２": "別表第2",
        "別紙": "別紙",
        "下記": "記",
    }
    assert document.findings == ()


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("別表（第１関係）", "別表"),
        ("別紙（略）", "別紙"),
        ("別紙(省略)", "別紙"),
        ("別記様式（第２関係）", "別記様式"),
        ("別表第２（第２条、第３条、第４条第１項及び第５条関係）", "別表第2"),
        ("様式第１号（第２の１関係）", "様式第1号"),
        ("（別添）", "別添"),
    ],
)
def test_labels_are_read(line: str, label: str) -> None:
    document = read_text(f"1 甲とする。\n\n{line}\n".encode(), "x.txt")
    assert [one.label for one in document.parts[1:]] == [label]


@pytest.mark.parametrize(
    "line", ["別紙（以下「別紙」という。）", "別紙（略）による。", "別表第２（第２の１関係）のとおり"]
)
def test_a_sentence_that_begins_with_a_label_is_no_part(line: str) -> None:
    assert len(read_text(f"1 甲とする。\n\n{line}\n".encode(), "x.txt").parts) == 1


def test_a_label_on_a_line_that_goes_on_with_a_sentence_is_no_part() -> None:
    document = read_text("1 傘の置き場所は、\n別紙（略）\nによる。".encode(), "x.txt")
    assert len(document.parts) == 1


def test_another_note_beside_a_label_is_a_difference() -> None:
    new = TEXT.replace("別表第２（第１の２関係）", "別表第２（第１の１関係）")
    (one,) = diff(read_text(TEXT.encode(), "old"), read_text(new.encode(), "new"))
    assert (one.changes, one.old, one.new) == ((Change.CHANGED,), "別表第2", "別表第2")
