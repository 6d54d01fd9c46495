"""What a page shows, where, and how: on paper or screen, with or without the text, whatever came of the scenarios."""

from __future__ import annotations

import hashlib
import os
import re
from base64 import b64encode
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from bicycles import FOLDER, ON, Reviewed, mangle, review
from markup import Element, parsed

from tsutatsu.bundle import Bundle
from tsutatsu.site import Review, index_of, page_of

SNAPSHOTS = Path(__file__).parent / "snapshots"


def page(one: Review, lang: str = "ja") -> Element:
    return parsed(page_of(one, lang))


@pytest.fixture(scope="module")
def trees(shipped: Reviewed) -> list[Element]:
    """The pages of the shipped law, read."""
    return [page(one) for one in shipped.reviews]


def outline(tree: Element) -> str:
    """The page in a few lines: its provisions, and what stands in each."""
    found: list[str] = []
    for one in (*tree.all("section", "provision"), *tree.all("section", "rest")):
        (head, *_) = (*one.all("h3"), *one.all("h2"))
        found.append(f"{one.attributes['id']} {head.in_language('ja')}")
        for part in one.walk():
            if part.tag == "blockquote":
                found.append(f"    「{part.words}」")
            elif "treatment" in part.classes:
                found.append(f"  {part.in_language('ja')}")
            elif "card" in part.classes:
                (title,) = part.all("h4")
                mark = part.all("span", "force")[0].in_language("ja")
                found.append(f"    {part.attributes['id']} {mark} {title.in_language('ja')}")
            elif "mention" in part.classes or "proved" in part.classes or "by" in part.classes:
                found.append(f"      {part.in_language('ja')}")
            elif part.tag == "ul" and {"lines", "ja"} <= set(part.classes):
                found += [f"      {line.words}" for line in part.all("li", "in0")]
            elif "case" in part.classes:
                found.append(f"    {part.attributes['id']} {part.all('summary')[0].in_language('ja')}")
            elif part.tag == "fieldset":
                found.append(f"  {part.in_language('ja')}")
    return "\n".join(found) + "\n"


def test_a_small_law_has_everything_in_its_place(bicycle_review: Review) -> None:
    text = outline(page(bicycle_review))
    kept = SNAPSHOTS / "bicycles.txt"
    if os.environ.get("TSUTATSU_SNAPSHOTS") == "write":
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


def test_every_norm_of_the_shipped_law_stands_at_every_passage_that_it_carries(
    shipped: Reviewed, trees: list[Element]
) -> None:
    for account, tree in zip(shipped.accounts, trees, strict=True):
        full = Counter(card.attributes["data-norm"] for card in tree.all("article", "norm"))
        assert full == {norm.id: 1 for norm in account.directive.norms}
        entries = account.ledger.entries if account.ledger is not None else ()
        carried = Counter(name for entry in entries for name in set(entry.carriers) if name in account.directive.norm)
        mentions = Counter(line.attributes["data-mention"] for line in tree.all("p", "mention"))
        for name, times in carried.items():
            assert mentions[name] == times - 1, name
        for entry, passage in zip(entries, tree.all("div", "passage"), strict=False):
            said = {each.attributes.get("data-norm") or each.attributes.get("data-mention") for each in passage.walk()}
            assert set(entry.carriers) & set(account.directive.norm) <= said


def test_every_scenario_of_the_shipped_law_stands_on_its_page_once_with_its_result(
    shipped: Reviewed, trees: list[Element]
) -> None:
    for one, tree in zip(shipped.reviews, trees, strict=True):
        numbers = [int(case.attributes["id"][1:]) for case in tree.all("details", "case")]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
        assert numbers == sorted(numbers), "the running numbers follow the page"
        marks = Counter(mark for each in tree.all("details", "case") for mark in _mark(each))
        (passed,) = [count for count in one.counts if count.label.en == "scenarios passed"]
        assert passed.of is not None
        assert sum(len(case.all("tbody")) == 0 for case in tree.all("details", "case")) <= passed.of
        assert (marks["passed"] == len(numbers)) == (passed.number == passed.of)


def test_every_reading_shows_its_sides_and_who_decided_it(shipped: Reviewed, trees: list[Element]) -> None:
    for account, tree in zip(shipped.accounts, trees, strict=True):
        cards = {card.attributes["id"]: card for card in tree.all("article", "reading")}
        assert len(cards) == len(account.directive.readings)
        for at, reading in enumerate(account.directive.readings, 1):
            said = cards[f"r{at}"].in_language("ja")
            assert all(side.words.ja in said for side in reading.sides)
            assert ("未定" in said) is (reading.taken is None)


def test_every_workflow_stands_at_its_provision_in_words_and_drawn(shipped: Reviewed, trees: list[Element]) -> None:
    for account, tree in zip(shipped.accounts, trees, strict=True):
        own = account.directive.id, account.directive.issued
        flows = [one for one in Bundle.default().workflows if (one.directive, one.issued) == own]
        named = [card for card in tree.all("article") if "data-process" in card.attributes]
        cards = {card.attributes["data-process"]: card for card in named}
        assert set(cards) == {one.id for one in flows}
        for flow in flows:
            card = cards[flow.id]
            assert [one.attributes["lang"] for one in card.all("svg")] == ["ja", "en"]
            assert not card.all("style")
            for event in flow.events:
                assert event.words.ja in card.in_language("ja")
            for lang in ("ja", "en"):
                (tip,) = [one.attributes["id"] for one in card.all("marker") if f"-{lang}-" in one.attributes["id"]]
                ends = {one.attributes["marker-end"] for one in card.all("path") if "marker-end" in one.attributes}
                assert f"url(#{tip})" in ends


def test_links_lead_somewhere_and_nothing_has_the_name_of_another(trees: list[Element], bicycle_review: Review) -> None:
    for tree in (*trees, page(bicycle_review)):
        ids = [each.attributes["id"] for each in tree.walk() if "id" in each.attributes]
        assert len(ids) == len(set(ids))
        links = {each.attributes["href"] for each in tree.all("a")}
        assert links - {f"#{name}" for name in ids} == {"index.html"}
        named = {each.attributes["aria-labelledby"] for each in tree.walk() if "aria-labelledby" in each.attributes}
        assert named <= set(ids)


def test_a_page_asks_for_nothing_and_lets_nothing_else_run(bicycle_review: Review) -> None:
    for content in (page_of(bicycle_review, "ja"), index_of([bicycle_review], ON, "ja")):
        text = content.decode("utf-8")
        assert not re.search(r"https?:|//[a-z]|@import|url\(|\bsrc=|srcset|<link|<iframe|<object|<img|style=", text)
        assert not re.search(r"\son[a-z]+=", text)
        tree = parsed(content)
        (policy,) = [each.attributes["content"] for each in tree.all("meta") if "http-equiv" in each.attributes]
        for tag, name in (("style", "style-src"), ("script", "script-src")):
            (element,) = tree.all(tag)
            (inside,) = element.inside
            assert isinstance(inside, str)
            digest = b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            assert f"{name} 'sha256-{digest}'" in policy
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy


def test_a_reader_who_cannot_see_finds_headings_in_order_labels_and_languages(bicycle_review: Review) -> None:
    tree = page(bicycle_review)
    (html,) = tree.all("html")
    assert html.attributes["lang"] == "ja"
    levels = [int(one.tag[1]) for one in tree.walk() if re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    inputs = [one for one in tree.walk() if one.tag in ("input", "textarea")]
    labelled = [one for label in tree.all("label") for one in label.walk() if one.tag in ("input", "textarea")]
    assert set(map(id, inputs)) == set(map(id, labelled))
    for fieldset in tree.all("fieldset"):
        assert fieldset.all("legend")
    for one in tree.walk():
        if {"ja", "en"} & set(one.classes):
            assert one.attributes["lang"] in one.classes
    for table in tree.all("table"):
        assert all("scope" in head.attributes for head in table.all("th"))


def test_everything_said_of_a_norm_is_said_in_english_too(bicycle_review: Review) -> None:
    tree = page(bicycle_review, "en")
    (html,) = tree.all("html")
    assert html.attributes["lang"] == "en"
    assert "checked" in tree.with_id("lang-en").attributes
    assert "checked" not in tree.with_id("lang-ja").attributes
    for card in tree.all("article", "norm"):
        (ja,), (en,) = card.all("ul", "ja"), card.all("ul", "en")
        assert ja.all("li")
        assert en.all("li")
    said = tree.with_id("p2").in_language("en")
    assert "The keeper's approval is obtained before use." in tree.words
    assert "管理者の承認を受ける" not in said


def test_the_same_law_and_day_give_the_same_bytes(bicycles: Path) -> None:
    first, second = (review(bicycles, texts=True).reviews[0] for _ in range(2))
    assert page_of(first, "ja") == page_of(second, "ja")
    assert index_of([first], ON, "ja") == index_of([second], ON, "ja")


def test_where_the_text_is_not_at_hand_places_and_fingerprints_stand_in(bicycles: Path) -> None:
    one = review(bicycles)
    tree = page(one.reviews[0])
    assert not tree.all("blockquote")
    assert "本文は手元になかった" in tree.all("p", "notice")[0].in_language("ja")
    ledger = one.accounts[0].ledger
    assert ledger is not None
    shown = [absent.all("code")[0].words for absent in tree.all("p", "absent")]
    assert shown == [f"{entry.digest[:8]}…" for entry in ledger.entries]


def test_without_a_ledger_norms_stand_at_the_provision_they_cite_and_the_lack_is_told(bicycles: Path) -> None:
    (bicycles / "policy" / FOLDER / "ledger.yaml").unlink()
    (one,) = review(bicycles, texts=True).reviews
    tree = page(one)
    assert [each.in_language("ja") for each in tree.all("span", "path")] == [f"第2の{n}" for n in range(1, 7)]
    assert [card.attributes["data-norm"] for card in tree.all("article", "norm")] == [
        "purpose", "approval", "no-dark", "helmet", "return", "overload",
    ]  # fmt: skip
    assert any("台帳" in lack.in_language("ja") for lack in tree.all("ul", "lacks"))


def test_a_scenario_that_fails_is_shown_failing_open_and_in_the_list_of_what_is_wrong(
    bicycles: Path, feature: Path
) -> None:
    mangle(feature, "ならば 許可される", "ならば 許可されない")
    (one,) = review(bicycles, texts=True).reviews
    tree = page(one)
    (failed,) = [case for case in tree.all("details", "case") if _mark(case) == ["failed"]]
    assert "open" in failed.attributes
    assert failed.all("p", "trouble")[0].in_language("ja")
    (section,) = [each for each in tree.all("section", "provision") if failed in each.walk()]
    assert "wanting" in section.classes
    (lacks,) = tree.all("ul", "lacks")
    assert f"#{failed.attributes['id']}" in {link.attributes["href"] for link in lacks.all("a")}
    assert any("bad" in line.classes for line in tree.all("p", "proved"))


def test_what_did_not_run_is_not_shown_as_passed(bicycles: Path, feature: Path) -> None:
    mangle(feature, "  @第2/2\n", "  @第2/2 @skip\n")
    mangle(feature, "「使用の目的」が「通勤」である", "「使用の目標」が「通勤」である")
    (feature.parent / "壊れた.feature").write_text("# language: en\nFeature: x\n", encoding="utf-8")
    (one,) = review(bicycles).reviews
    marks = Counter(mark for case in page(one).all("details", "case") for mark in _mark(case))
    assert marks == {"passed": 3, "set_aside": 1, "refused": 2}
    assert sum("シナリオ" in lack.words.ja for lack in one.lacks) >= 3


def test_each_row_of_an_outline_has_its_own_result(bicycles: Path, feature: Path) -> None:
    rows = "| 公務 | 許可される |\n      | 通勤 | 許可される |"
    feature.write_text(
        feature.read_text(encoding="utf-8")
        + f"""
  @第2/1
  シナリオアウトライン: <目的>のために使う
    前提 「使用の目的」が「<目的>」である
    かつ 「使用日」が「令和8年5月11日」である
    かつ 「管理者の承認」が「はい」である
    かつ 「日没後の使用」が「いいえ」である
    もし 「庁用自転車の使用」の可否を令和8年5月11日について判断する
    ならば <答え>
    例:
      | 目的 | 答え |
      {rows}
""",
        encoding="utf-8",
    )
    (one,) = review(bicycles).reviews
    (outlined,) = [case for case in page(one).all("details", "case") if case.all("table", "examples")]
    assert [_mark(row) for row in outlined.all("tbody")[0].all("tr")] == [["passed"], ["failed"]]
    assert _mark(outlined.all("summary")[0]) == ["failed"]


def test_a_decided_reading_names_who_decided_it_when_and_the_side_taken(bicycles: Path) -> None:
    place = bicycles / "policy" / FOLDER / "readings.yaml"
    mangle(place, "採る: 未定", "採る: 甲\n    決めた者: 総務課長\n    決めた日: 令和8年10月1日")
    (one,) = review(bicycles).reviews
    (card,) = page(one).all("article", "reading")
    assert "総務課長、令和8年10月1日" in card.in_language("ja")
    assert "総務課長, 1 October 2026" in card.in_language("en")
    assert [side.in_language("ja")[0] for side in card.all("li", "taken")] == ["甲"]
    assert not one.hanging


def test_what_the_scenarios_do_not_show_is_listed_at_the_norm_and_among_what_is_missing(bicycle_review: Review) -> None:
    tree = page(bicycle_review)
    assert tree.all("li", "missing")
    (shown,) = [count for count in bicycle_review.counts if count.label.en == "points shown"]
    assert shown.of is not None
    assert shown.of - shown.number == sum("がない" in lack.words.ja for lack in bicycle_review.lacks)


def _mark(of: Element) -> list[str]:
    """What the first mark within says."""
    return [one.classes[1] for one in of.all("span", "mark")][:1]
