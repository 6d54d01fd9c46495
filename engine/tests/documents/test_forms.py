"""Form against text: the shipped documents hold, and every way in which a form can part from its circular is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
import yaml
from papers import DOCUMENTS, LAW, document, law_of

from tsutatsu.bundle import read_bundle
from tsutatsu.coverage.accounts import accounts_of, read_texts
from tsutatsu.diagnostics import Diagnostic
from tsutatsu.documents.checking import Against, check_documents
from tsutatsu.documents.filling import blank
from tsutatsu.documents.reading import Documents, read_documents
from tsutatsu.documents.rendering import html_of
from tsutatsu.passes.offer_words import offer_words
from tsutatsu.syntax.schema import file_schema

READING = read_bundle(LAW.root)
FORM = "wearable-camera/2025-07-24/request-form.yaml"
LETTERS = "wearable-camera/2025-07-24/letters.yaml"
TEMPLATE = "wearable-camera/2025-07-24/request-form.j2"
Spoil = Callable[..., Path]


def held(texts: Path | None = None) -> dict:
    """What the shipped documents are held against."""
    found = {}
    for one in accounts_of(READING, None if texts is None else read_texts(texts)):
        entries = () if one.ledger is None else one.ledger.entries
        words = {(e.path, e.number): text for e in entries if (text := one.passage(e)) is not None}
        found[one.directive.id, one.directive.issued] = Against(one.directive, one.ledger, words)
    return found


HELD = held()


def check(documents: Documents, against: dict | None = None) -> list[Diagnostic]:
    return list(check_documents(documents, LAW, LAW.workflows, HELD if against is None else against))


def codes(root: Path, against: dict | None = None) -> list[str]:
    return sorted({one.code for one in check(read_documents(root, LAW), against)})


def test_every_document_of_every_workflow_is_declared_and_holds_against_its_ledger() -> None:
    assert [one.told() for one in check(DOCUMENTS)] == []
    named = {(w.directive, name) for w in LAW.workflows for e in w.events for name in e.documents}
    assert len(named) >= 30 and {one.directive for one in DOCUMENTS.each} == set(LAW.ids)


def test_the_labels_are_those_of_the_texts(circulars: Path) -> None:
    against = held(circulars)
    assert all(one.passages for one in against.values())
    assert [one.told() for one in check(DOCUMENTS, against)] == []


def test_the_schema_that_editors_use_accepts_the_shipped_declarations() -> None:
    for file in sorted((LAW.root / "templates" / "forms").rglob("*.yaml")):
        law = next(one for one in LAW.versions(file.parts[-3]) if one.issued.isoformat() == file.parts[-2])
        rules = jsonschema.Draft202012Validator(file_schema("document", offer_words(law)))
        told = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        assert [one.message for one in rules.iter_errors(told)] == [], file
        told["文書"][0]["欄目"] = []
        assert not rules.is_valid(told)


def test_every_document_can_be_made_blank() -> None:
    for one in DOCUMENTS.each:
        page = html_of(blank(one, law_of(one)), one)
        assert one.words.ja in page and 'class="mark on"' not in page


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        (LETTERS, "名: 当直時間帯の提供の報告", "名: 別の報告", "TS900"),
        (FORM, "条項: 要領案/別記様式/様式欄11", "条項: 要領案/別記様式/様式欄99", "TS903"),
        (FORM, "条項: 要領案/別記様式/様式欄5\n", "条項: 要領案/別記様式/様式欄6\n", "TS904"),
        (FORM, "        記載: 事案概要の記載\n", "", "TS905"),
        (FORM, "記載: 利用目的の括弧内の記載, ", "", "TS905"),
        (FORM, "依頼内容のチェック: [映像の外部記録媒体への出力, 両方]", "依頼内容のチェック: 両方", "TS906"),
        (FORM, "条項: 要領案/第7/2/(1)/ウ", "条項: 要領案/第7/2/(1)/イ", "TS907"),
        (TEMPLATE, "{{ f.cell(cells.remarks) }}", "", "TS910"),
        (TEMPLATE, "{{ f.cell(cells.remarks) }}", "{{ f.cell(cells.remarks) }}{{ f.cell(cells.remarks) }}", "TS910"),
        (TEMPLATE, "{{ f.tick(ticks[\"entered-done\"]) }}", "", "TS910"),
        (TEMPLATE, "cells.remarks", "cells.remark", "TS911"),
        (FORM, "手続: [provision]", "手続: [provisions]", "TS813"),
        (LETTERS, "根拠: [provide, provide-on-duty]", "根拠: [providing]", "TS813"),
        ("anzen-network/2022-05-20/letters.yaml", "状態: [連絡員]", "状態: [会員]", "TS813"),
        (FORM, "値: 依頼書の提出日", "値: 依頼書の提出", "TS204"),
        (FORM, "id: remarks", "id: outline", "TS212"),
        (FORM, "id: request-form", "id: Request_Form", "TS801"),
        (FORM, "書式: 様式", "書式: 用紙", "TS210"),
        (FORM, "値: 依頼書の提出日", "値: 映像ファイル", "TS818"),
        (LETTERS, "id: duty-report", "id: refusal-to-provide", "TS212"),
        (LETTERS, "id: handed-in", "id: case", "TS212"),
    ],
)  # fmt: skip
def test_a_form_that_parts_from_its_circular_is_found(file: str, old: str, new: str, code: str, spoil: Spoil) -> None:
    assert code in codes(spoil(file, old, new))


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("名: 事案概要\n", "名: 事件の概要\n", "TS908"),
        ("名: 映像の一部を収めた画像の提供", "名: 画像の提供を求める", "TS908"),
        ("部: 受理所属記載欄", "部: 受理する所属", "TS908"),
        ("名: 氏名, 英: name, 値", "名: 名前, 英: name, 値", "TS908"),
        ("名: 済み, ", "名: 入力済, ", "TS909"),
    ],
)
def test_words_that_are_not_those_of_the_text_are_found(
    old: str, new: str, code: str, spoil: Spoil, circulars: Path
) -> None:
    assert code in codes(spoil(FORM, old, new), held(circulars))


def test_a_purpose_that_the_circular_adds_is_missed_on_the_form() -> None:
    key = ("wearable-camera", document("request-form").issued)
    ledger = HELD[key].ledger
    model = next(one for one in ledger.entries if one.path == "要領案/第7/2/(1)/ウ")
    more = replace(ledger, entries=(*ledger.entries, replace(model, path="要領案/第7/2/(1)/エ")))
    found = check(DOCUMENTS, HELD | {key: replace(HELD[key], ledger=more)})
    assert [one.code for one in found] == ["TS907"] and "(1)/エ" in found[0].ja and "(1)/エ" in found[0].en


@pytest.mark.parametrize(
    "file",
    [
        "wearable-camera/2025-07-24/notes.txt",
        "wearable-camera/2030-01-01/form.yaml",
        "wearable-camera/form.yaml",
        "wearable-camera/2025-07-24/nobody.j2",
    ],
)
def test_a_file_that_no_document_reads_is_found(file: str, spoil: Spoil) -> None:
    assert "TS902" in codes(spoil(file, new="文書: []"))


def test_a_template_that_is_no_text_is_found(spoil: Spoil) -> None:
    root = spoil(TEMPLATE, new="x")
    (root / "templates" / "forms" / TEMPLATE).write_bytes(b"\xff\xfe\xfa")
    assert "TS911" in codes(root)


def test_a_template_that_is_too_long_is_not_cut_short(spoil: Spoil) -> None:
    assert "TS911" in codes(spoil(TEMPLATE, new="x" * 1_100_000))


def test_a_folder_without_templates_has_no_documents_and_says_which_are_wanting(tmp_path: Path) -> None:
    found = read_documents(tmp_path, LAW)
    assert found.each == () and {one.code for one in check(found)} == {"TS900"}
