"""What differs is told by provision and sentence: layout is no difference, renumbering is no loss."""

from __future__ import annotations

import pytest

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


HEAD = """有効期間　一種（令和14年3月31日まで）

各係長　殿
各室長　殿

備第3号
令和6年4月1日
備品部長

"""


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        ("令和14年", "令和15年", "有効期間"),
        ("備第3号", "備第4号", "番号"),
        ("令和6年4月1日", "令和6年5月1日", "日付"),
        ("各室長　殿\n", "", "宛先"),
        ("各室長　殿", "各課長　殿", "宛先"),
        ("備品部長", "総務部長", "発出者"),
        ("貸出しについて", "返却について", "題"),
        ("有効期間　一種（令和14年3月31日まで）\n", "", "有効期間"),
    ],
)
def test_what_the_header_states_differently_is_a_difference(was: str, now: str, kind: str) -> None:
    (one,) = diff(read_text((HEAD + OLD).encode(), "old"), read_text((HEAD + OLD).replace(was, now).encode(), "new"))
    assert (one.changes, one.old, one.new) == ((Change.CHANGED,), f"頭書/{kind}", f"頭書/{kind}")
    (line,) = one.sentences
    assert line.old is not None and was.strip() in line.old.text
    assert (line.new is None) == (not now)


def test_layout_of_the_header_is_no_difference() -> None:
    new = (HEAD + OLD).replace("各係長　殿", "　　各係長 殿").replace("期間　一種", "期間\t一種")
    new = new.replace("自転車の貸出しについて（通達）", "自転車の貸出しに\nついて（通達）")
    assert diff(read_text((HEAD + OLD).encode(), "old"), read_text(new.encode(), "new")) == ()


def test_a_reworded_item_is_found_under_its_new_number() -> None:
    new = OLD.replace("1 係長は、職員に自転車を貸し出す。ただし、夜間は、貸し出さない。\n", "")
    new = new.replace("2 職員は、鍵を返す", "1 職員は、鍵を必ず返す").replace("3 職員は、傷", "2 職員は、傷")
    assert told(new) == [
        ((Change.RENUMBERED, Change.CHANGED), "第2/2", "第2/1"),
        ((Change.RENUMBERED,), "第2/3", "第2/2"),
        ((Change.REMOVED,), "第2/1", None),
    ]


def test_a_sentence_put_word_for_word_into_another_item_has_moved() -> None:
    proviso = "ただし、夜間は、貸し出さない。"
    new = OLD.replace(proviso, "").replace("鍵を返す。", f"鍵を返す。{proviso}")
    found = diff(read_text(OLD.encode(), "old"), read_text(new.encode(), "new"))
    assert [(one.new, [(each.change, each.elsewhere) for each in one.sentences]) for one in found] == [
        ("第2/1", [(Change.MOVED, "第2/2")]),
        ("第2/2", [(Change.MOVED, "第2/1")]),
    ]


def test_sentences_of_one_item_are_paired_by_their_words() -> None:
    old = "1 甲\n　職員は、鍵を係長に返す。職員は、傷を報告する。職員は、傘を貸し出さない。\n"
    new = "1 甲\n　係員は、空気を入れる。職員は、鍵を課長に返す。職員は、傘を貸し出さない。\n"
    (one,) = diff(read_text(old.encode(), "old"), read_text(new.encode(), "new"))
    texts = [(each.old and each.old.text, each.new and each.new.text) for each in one.sentences]
    assert texts == [
        (None, "係員は、空気を入れる。"),
        ("職員は、鍵を係長に返す。", "職員は、鍵を課長に返す。"),
        ("職員は、傷を報告する。", None),
    ]


def test_an_item_with_other_words_altogether_stays_in_its_place() -> None:
    assert told(OLD.replace("職員は、鍵を返す", "係員が空気を入れる")) == [((Change.CHANGED,), "第2/2", "第2/2")]


def test_texts_that_share_nothing_are_compared_in_bounded_work() -> None:
    old = "\n".join(f"{n} 甲{chr(0x4E00 + n)}乙{chr(0x4F00 + n)}とする。" for n in range(1, 2500))
    new = "\n".join(f"{n} 丙{chr(0x5E00 + n)}丁{chr(0x5F00 + n)}である。" for n in range(1, 2500))
    found = diff(read_text(old.encode(), "old"), read_text(new.encode(), "new"))
    assert len(found) == 2499 and all(one.changes == (Change.CHANGED,) for one in found)
