"""What a sentence most likely is, told by how it ends; held against the ledgers that people wrote."""

from __future__ import annotations

from pathlib import Path

import pytest

from tsutatsu.bundle import read_bundle
from tsutatsu.coverage.accounts import accounts_of, read_texts
from tsutatsu.text import Role, read_text
from tsutatsu.text.drafting import guesses
from tsutatsu.text.ledger import CARRIED, Treatment
from tsutatsu.text.modality import force_of, time_word


@pytest.mark.parametrize(
    ("sentence", "force"),
    [
        ("係員は、記録しなければならない。", "義務"),
        ("係員は、記録するものとする。", "義務"),
        ("係員は、記録すること。", "義務"),
        ("係員は、記録を行うこと。", "義務"),
        ("各課は、取り組まれたい。", "義務"),
        ("係員は、記録する。", "義務"),
        ("会議室で飲酒してはならない。", "禁止"),
        ("係員は、貸し出すことができない。", "禁止"),
        ("参加を無理強いしないこと。", "禁止"),
        ("係員は、点検に努める。", "努力"),
        ("係員は、理解を得るよう努めなければならない。", "努力"),
        ("係員は、点検に努めるものとする。", "努力"),
        ("各課は、実施に努められたい。", "努力"),
        ("係員は、静粛に配慮しなければならない。", "配慮"),
        ("係員は、騒音に留意すること。", "配慮"),
        ("係長は、貸し出すことができる。", "許可"),
        ("係長は、貸し出すことができるものとする。", "許可"),
        ("ほかの職との兼任も可能とする。", "許可"),
        ("貸し出すか否かは、係長の判断に委ねるものとする。", "裁量"),
        ("課に管理者を置く。", "設置"),
        ("課に委員会を設置するものとする。", "設置"),
        ("管理者は、課長をもって充てる。", "充て職"),
        ("会議室は、三つある。", ""),
        ("市民の関心が高まっている。", ""),
        ("この通達は、貸出しに関し必要な事項を定めるものとする。", ""),
        ("様式は、次のとおりとする。", "義務"),
        ("貸出しは、関係規程の定めるところによる。", "義務"),
        ("用語の意義は、それぞれに定めるところによる。", ""),
        ("なお、旧通達は廃止する。", ""),
        ("貸出しの可否は、目的による。", ""),
        ("貸し出すことができるよう、検討を行ってきた。", ""),
    ],
)
def test_the_ending_tells_the_force(sentence: str, force: str) -> None:
    assert force_of(sentence, numbered=True) == force


def test_a_deed_in_the_plain_form_is_a_duty_only_in_a_numbered_provision() -> None:
    assert force_of("市は、会議室の貸出しを行う。", numbered=False) == ""


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("速やかに返す。", "速やか"),
        ("三日以内に返す。", "三日以内"),
        ("遅滞なく、報告する。", "遅滞なく"),
        ("返す。", ""),
    ],
)
def test_the_word_that_says_how_soon_is_found(sentence: str, word: str) -> None:
    assert time_word(sentence) == word


def test_an_item_belongs_to_the_sentence_that_announces_it() -> None:
    text = (
        "1 点検\n\n係員は、次に掲げる事項を点検するものとする。\n\n(1) 照明\n\n(2) 施錠に関すること。\n\n2 別紙\n\n略\n"
    )
    found = {one.passage.path: one for one in guesses(read_text(text.encode(), "x.txt")) if one.passage.number}
    assert [(found[path].treatment, found[path].force) for path in ("1", "1/(1)", "1/(2)")] == [
        (Treatment.NORM, "義務"),
        (Treatment.NORM, ""),
        (Treatment.NORM, ""),
    ]
    assert found["2"].treatment is Treatment.NOT_SUPPLIED


def test_guesses_agree_with_the_shipped_ledgers_nine_times_in_ten(checkout: Path, circulars: Path) -> None:
    accounts = accounts_of(read_bundle(checkout), read_texts(circulars))
    assert len(accounts) == 5
    entries = agreed = carried = missed = 0
    for account in accounts:
        assert account.ledger is not None and account.document is not None
        said = {(one.path, one.number): one.treatment for one in account.ledger.entries}
        for one in guesses(account.document):
            treatment = said.get((one.passage.path, one.passage.number))
            entries += 1
            agreed += treatment is one.treatment
            if one.passage.role not in (Role.FORM_ROW, Role.TABLE_ROW):  # what a row asks is not told by its words
                carried += treatment in CARRIED
                missed += treatment in CARRIED and one.treatment not in CARRIED
    assert entries > 150
    assert agreed >= entries * 0.9
    assert missed <= carried * 0.06
