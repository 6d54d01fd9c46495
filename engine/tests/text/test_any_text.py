"""Whatever the text, every character that is not white space belongs to exactly one node, and nothing breaks."""

from __future__ import annotations

import json

from hypothesis import event, given
from hypothesis import strategies as st
from printed import printed_and_held

from tsutatsu.diagnostics import Refused
from tsutatsu.text import diff, read_text

LINES = st.sampled_from(
    """第1 趣旨|第２　定義|第1条（目的）　物を定める。|1 目的|２ 方法|２ 1により行う。|(1) 貸す|⑵ 返す|(3)アからウまで
ア 甲|イ　乙|ロ 丙|(ア) 丁|① 戊|- (1) 己。|## 別の指針|### 第3 庚|- 項のない行|記|以上|別紙|（別添）|別記様式第1号
「別の指針」を定める。|令和 年 月 日|令和6年4月1日|備第3号|各課長 殿|品目\t個数\t備考|□ 済み|- 3 -|、|　||abc|def 第9
ただし、急ぐときは、この限りでない|なお、前記1による。この場合において、記録する。|物品（以下「物|」という。）は、第2の1によ|る。
（目的）|1-1-1 傘|1-1-2の2 前項の傘|問１ 何本か。|（答）|答 前問の二本。|（注）１ 同条第2項|前2号及び第3条第1項第1号イ
附則第2項、本則第1条|第1節 通則|様式第１号|事務連絡|Q2 傘か。|A 傘である。|
原議保存期間\t5年|「要項について」（令和6年1月5日付け備第1号）第1の2(1)ア""".replace("\n", "|").split("|")
)
TEXTS = st.lists(LINES, max_size=30).map("\n".join) | st.text(max_size=200)


@given(TEXTS)
def test_every_character_belongs_to_one_node(text: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    try:
        document = read_text(data, "x.txt")
    except Refused as refused:
        event(refused.findings[0].code)
        return
    printed, held = printed_and_held(text.removeprefix("\ufeff"), document)
    assert held == printed
    paths = [one.path for one in document.provisions()] + [one.path for one in document.parts]
    assert len(set(paths)) == len(paths)
    json.dumps(document.to_dict())


@given(TEXTS)
def test_a_text_never_differs_from_itself(text: str) -> None:
    data = text.encode()
    assert diff(read_text(data, "a"), read_text(data, "b")) == ()


@given(TEXTS, TEXTS)
def test_every_provision_is_accounted_for_on_both_sides(old: str, new: str) -> None:
    before, after = read_text(old.encode(), "a"), read_text(new.encode(), "b")
    found = diff(before, after)
    added = {one.new for one in found if one.old is None}
    removed = {one.old for one in found if one.new is None}
    mine = {one.path for one in after.provisions()} | {one.path for one in after.parts}
    theirs = {one.path for one in before.provisions()} | {one.path for one in before.parts}
    assert added <= mine and removed <= theirs
    assert len(mine) - len(added) == len(theirs) - len(removed)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    codes = ["TS702"]
    try:
        read_text(data, "x")
    except Refused as refused:
        codes = [one.code for one in refused.findings]
    assert codes == ["TS702"]
