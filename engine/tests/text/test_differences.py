"""What differs is told by provision and sentence: layout is no difference, renumbering is no loss."""

from __future__ import annotations

from tsutatsu.text import Change, diff, read_text

OLD = """自転車の貸出しについて（通達）

自転車の貸出しを次のとおり定める。

第1 趣旨

この定めは、自転車の貸出しに関し必要な事項を定める。

第2 貸出し

1 係長は、職員に自転車を貸し出す。ただし、夜間は、貸し出さない。
2 職員は、鍵を返す。
3 職員は、傷を報告する。
"""


def told(new: str) -> list[tuple[tuple[Change, ...], str | None, str | None]]:
    found = diff(read_text(OLD.encode(), "old"), read_text(new.encode(), "new"))
    return [(one.changes, one.old, one.new) for one in found]


def test_layout_and_width_of_numbers_are_no_difference() -> None:
    assert told(OLD.replace("第1 趣旨", "## 第１　趣旨").replace("2 職員は、鍵を返す", "２　職員は、鍵を返す")) == []
    assert told(OLD.replace("\n\n", "\n\n\n")) == []


def test_an_inserted_provision_is_added_and_those_after_it_renumbered() -> None:
    new = OLD.replace("2 職員は、鍵を返す。\n3 ", "2 係員は、空気を入れる。\n3 職員は、鍵を返す。\n4 ")
    assert told(new) == [
        ((Change.ADDED,), None, "第2/2"),
        ((Change.RENUMBERED,), "第2/2", "第2/3"),
        ((Change.RENUMBERED,), "第2/3", "第2/4"),
    ]


def test_a_changed_sentence_is_told_with_both_its_wordings() -> None:
    (one,) = diff(read_text(OLD.encode(), "old"), read_text(OLD.replace("夜間は", "早朝は").encode(), "new"))
    assert (one.changes, one.old, one.new) == ((Change.CHANGED,), "第2/1", "第2/1")
    (sentence,) = one.sentences
    assert sentence.change is Change.CHANGED
    assert sentence.old is not None and "夜間" in sentence.old.text
    assert sentence.new is not None and "早朝" in sentence.new.text


def test_a_removed_proviso_is_a_removed_sentence() -> None:
    new = OLD.replace("ただし、夜間は、貸し出さない。", "")
    (one,) = diff(read_text(OLD.encode(), "old"), read_text(new.encode(), "new"))
    assert [each.change for each in one.sentences] == [Change.REMOVED]


def test_a_provision_put_under_another_is_moved() -> None:
    sentence = "職員は、傷を報告する。"
    new = OLD.replace(f"3 {sentence}\n", "") + f"\n第3 報告\n\n1 {sentence}\n"
    assert told(new) == [
        ((Change.ADDED,), None, "第3"),
        ((Change.MOVED,), "第2/3", "第3/1"),
    ]


def test_a_removed_provision_is_told_last() -> None:
    assert told(OLD.replace("3 職員は、傷を報告する。\n", "")) == [((Change.REMOVED,), "第2/3", None)]
