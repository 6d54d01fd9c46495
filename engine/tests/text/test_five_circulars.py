"""The first five circulars become the trees that a reader sees in them, and nothing of them is lost."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest

from tsutatsu.text import Document, FieldKind, PartKind, Role, diff, read_text

FILES = {
    "000": "000-keikai-kuhaku.txt",
    "001": "001-chiiki-anzen-network.txt",
    "002": "002-junkai-renraku.txt",
    "003": "003-cyber-renkei.txt",
    "004": "004-wearable-camera.txt",
}


@pytest.fixture
def read(circulars: Path):
    def reader(name: str) -> Document:
        return read_text((circulars / FILES[name]).read_bytes(), FILES[name])

    return reader


def paths(document: Document) -> list[str]:
    return [one.path for one in document.provisions()]


def tops(document: Document, part: str) -> list[str]:
    return [top.label for one in document.parts if one.path == part for top in one.provisions]


@pytest.mark.parametrize("name", FILES)
def test_every_printed_character_belongs_to_one_node(name: str, read, circulars: Path) -> None:
    printed = "".join((circulars / FILES[name]).read_text(encoding="utf-8").split())
    assert "".join("".join(one.text.split()) for one in read(name).pieces()) == printed


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_left_doubtful_and_a_text_does_not_differ_from_itself(name: str, read) -> None:
    document = read(name)
    assert document.findings == ()
    assert diff(document, read(name)) == ()
    assert document.to_dict() == read(name).to_dict()
    assert len(set(paths(document))) == len(paths(document))


def test_000_has_its_guideline_and_the_table_of_headquarters(read) -> None:
    document = read("000")
    assert [(one.kind, one.path) for one in document.parts] == [
        (PartKind.COVERING, "前文"),
        (PartKind.ATTACHMENT, "指針"),
        (PartKind.ATTACHMENT, "構成員表"),
    ]
    assert paths(document) == ["1", "2", "2/(1)", "2/(2)", "2/(3)", "2/(4)", "3", "3/(1)", "3/(2)"]
    assert [len(row.cells) for row in document.parts[2].fields] == [1, 1, 1]
    assert {r.text: r.target for r in document.references} == {"別添": "指針", "別紙": "構成員表", "2": "2"}
    (split,) = [one for one in document.provisions() if one.path == "2/(3)"]
    assert sum(1 for s in split.sentences if s.number) == 1  # a page break stands within it


def test_001_is_joined_over_blank_lines(read) -> None:
    document = read("001")
    assert tops(document, "記") == ["1", "2", "3", "4"]
    assert paths(document) == [
        "記/1", "記/2", "記/2/(1)", "記/2/(2)", "記/2/(3)", "記/2/(4)", "記/3", "記/3/(1)",
        "記/3/(1)/ア", "記/3/(1)/イ", "記/3/(1)/ウ", "記/3/(1)/エ", "記/3/(2)", "記/3/(3)",
        "記/4", "記/4/(1)", "記/4/(2)", "記/4/(3)", "記/4/(4)",
    ]  # fmt: skip
    roles = {one.path: [s.role for s in one.sentences if s.number] for one in document.provisions()}
    assert roles["記/3/(2)"] == [Role.MAIN, Role.PROVISO]
    assert roles["記/3/(3)"] == [Role.MAIN, Role.NOTE]
    assert all(s.text.endswith("。") for _, s in document.passages() if s.number)
    assert {one.term for one in document.definitions} == {"地域安全活動", "自治会等", "連絡員"}
    (other,) = document.references
    assert (other.number, other.date) == ("香企画第151号", dt.date(2021, 6, 29))


def test_002_has_its_six_sections_under_no_prefix(read) -> None:
    document = read("002")
    assert tops(document, "要領") == ["第1", "第2", "第3", "第4", "第5", "第6"]
    below = Counter(path.partition("/")[0] for path in paths(document) if "/" in path)
    assert below == {"第4": 5, "第5": 10, "第6": 5}
    roles = {one.path: [s.role for s in one.sentences if s.number] for one in document.provisions()}
    assert roles["第5/1"] == [Role.MAIN, Role.PROVISO]
    assert roles["第6/3"] == [Role.MAIN, Role.NOTE]
    assert {(r.path, r.text): r.target for r in document.references if not r.external} == {
        ("前文", "別添"): "要領",
        ("第5/4", "次の各号"): "第5/4/(1)",
        ("第6/2", "1"): "第6/1",
        ("第6/3", "別紙1"): "別紙",
        ("第6/3", "別紙2"): "別紙",
    }
    header = {kind: [d for one in document.header.all(kind) for d in one.days] for kind in FieldKind}
    assert header[FieldKind.RETENTION] == header[FieldKind.EFFECT] == [dt.date(2030, 3, 31)]
    assert header[FieldKind.DATE] == [dt.date(2024, 9, 13)]
    assert len(document.header.all(FieldKind.COPY)) == 3


def test_003_finds_the_attachment_that_has_no_label(read) -> None:
    document = read("003")
    assert [one.path for one in document.parts] == ["前文", "考え方"]
    assert tops(document, "考え方") == ["1", "2", "3", "4", "5"]
    assert [path for path in paths(document) if path.startswith("4/(1)/")] == [f"4/(1)/{k}" for k in "アイウエオカ"]
    assert {r.number for r in document.references if r.external} == {
        "警察庁乙官発第11号",
        "警察庁丙総発第61号",
        "警察庁丙情対発第11号",
        "警察庁丙情管発第44号",
    }
    assert {r.target for r in document.references if r.path == "5/(1)" and not r.external} == {"4/(3)"}
    assert document.header.all(FieldKind.EFFECT)[0].days == (dt.date(2024, 3, 31),)
    assert len(document.header.all(FieldKind.ISSUER)) == 6


def test_004_has_letter_body_model_rules_and_form(read) -> None:
    document = read("004")
    assert [(one.kind, one.path) for one in document.parts] == [
        (PartKind.COVERING, "前文"),
        (PartKind.BELOW, "記"),
        (PartKind.ATTACHMENT, "要領案"),
        (PartKind.FORM, "要領案/別記様式"),
    ]
    assert tops(document, "記") == [str(n) for n in range(1, 8)]
    assert tops(document, "要領案") == [f"第{n}" for n in range(1, 12)]
    roles = {one.path: [s.role for s in one.sentences if s.number] for one in document.provisions()}
    assert roles["要領案/第7/2/(4)"] == [Role.MAIN, Role.PROVISO, Role.LATTER]
    assert roles["要領案/第7/2/(6)"] == [Role.MAIN, Role.PROVISO]
    assert roles["要領案/第7/2/(1)"] == [Role.MAIN]  # cut inside its last word by a page break
    assert sum(one.term == "警察本部" for one in document.definitions) == 2
    assert {one.scope for one in document.definitions if one.term == "警察本部"} == {"記", "要領案"}
    targets = {(r.path, r.text): r.target for r in document.references if not r.external}
    assert targets["記/6", "前記5"] == "記/5"
    assert targets["要領案/第7/2/(3)", "ウ"] == "要領案/第7/2/(1)/ウ"
    assert targets["要領案/第7/2/(3)", "別記様式"] == "要領案/別記様式"
    assert targets["要領案/第7/2/(6)", "第6の1及び2"] == "要領案/第6/1"
    assert targets["要領案/第7/2/(6)", "2"] == "要領案/第6/2"
    outside = {r.locator for r in document.references if r.external}
    assert {"第1の4(8)", "第4の1(2)ア(ア)"} <= outside
    boxes = {one.label: len(one.boxes) for one in document.parts[3].fields if one.boxes}
    assert (boxes["依頼内容"], boxes["利用目的"]) == (2, 3)


def test_a_sentence_keeps_its_fingerprint_whatever_the_layout(read) -> None:
    document = read("002")
    (first,) = [s for path, s in document.passages() if path == "第5/3" and s.number]
    assert first.digest == "5711d537807ce5099de88e745850b500c61b8297ed4f1eb6b2e2d4e3cbb31cea"
