"""Files as offices write them are read, and read the same however they were saved."""

import unicodedata

import pytest

from tsutatsu.source import Source
from tsutatsu.syntax.nodes import Map, Scalar, Seq
from tsutatsu.syntax.yaml_reader import ReadFile, read_yaml

TEXT = """# 注
規範:
  - id: viewing-witness   # 名
    場合: {閲覧者の資格: 承認を受けた職員, 職: [甲, 乙]}
    ただし:
    要約: |
      一行目
      二行目
"""


def whole(data: bytes) -> ReadFile:
    read = read_yaml(data, "x.yaml")
    assert read.findings == ()
    assert read.sound
    return read


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + TEXT.encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode(),
        (TEXT + "...\n# 終わり\n").encode(),
    ],
    ids=["BOM", "CRLF", "lone CR", "BOM and CRLF", "document end"],
)
def test_marks_and_line_ends_change_nothing(data: bytes) -> None:
    assert whole(data) == whole(TEXT.encode())


def test_the_last_line_needs_no_line_end() -> None:
    assert whole(b"a: 1") == whole(b"a: 1\n")


def test_decomposed_text_is_composed_and_means_the_same() -> None:
    # macOS decomposes が into two characters; compatibility characters are left as they are.
    node = whole(unicodedata.normalize("NFD", "が: ガ㍻\n").encode()).node
    assert isinstance(node, Map)
    assert node.get("が") == Scalar("ガ㍻", True, Source("x.yaml", 1, 5))


def test_places_count_characters_from_one() -> None:
    node = whole("𠮷野: [訪問, \"名\", {職: 'x'}]\nい:\n  - ろ\n".encode()).node
    assert isinstance(node, Map)
    assert (node.source.line, node.source.column) == (1, 1)
    items = node.get("𠮷野")
    assert isinstance(items, Seq)
    assert [(item.source.line, item.source.column) for item in items.items] == [(1, 6), (1, 10), (1, 15)]
    assert [entry.key.source.line for entry in node.entries] == [1, 2]
    assert node.get("い") == Seq((Scalar("ろ", True, Source("x.yaml", 3, 5)),), Source("x.yaml", 3, 3))
    assert node.get("に") is None


def test_nothing_is_told_from_an_empty_text() -> None:
    node = whole(b"a:\nb: ''\nc: ~\n").node
    assert isinstance(node, Map)
    a, b, c = (node.get(key) for key in "abc")
    assert isinstance(a, Scalar)
    assert isinstance(b, Scalar)
    assert isinstance(c, Scalar)
    assert (a.empty, b.empty, c.empty) == (True, False, False)


@pytest.mark.parametrize(
    "text", ["NaN", ".nan", ".inf", "yes", "on", "null", "0o17", "22:00", "1_000", "2025-07-24", "=", "1e5"]
)
def test_scalars_stay_text(text: str) -> None:
    node = whole(f"値: {text}\n".encode()).node
    assert isinstance(node, Map)
    value = node.get("値")
    assert isinstance(value, Scalar)
    assert (value.text, value.plain) == (text, True)


@pytest.mark.parametrize(
    "text",
    [
        "値: 令和7年1月10日 22:00",
        "値: 要領案/第7/2/(6)/ただし書",
        "値: 注：本文の中では、全角のコロンも読点も使える。",
        "値: 東京都　千代田区",
        "値: {要約: 甲、乙, 英: a (b) c?}",
        "[2025-07-24T22:00, 22:00, 5-3, -1, ー, 警察庁丙生企発第301号]",
        "['甲、乙', '［引用］：５　', '注：甲', 'a:b']",
        "- http://example.org/a\n- 令和7年7月24日22:00\n- C:/様式\n",
        '{"値":{"甲":["乙"]}}',
        "値: |\n  注：全角の［字］は、\n  　ここでは文である。\n",
    ],
)
def test_ordinary_text_is_not_taken_for_a_slip(text: str) -> None:
    whole(text.encode())


def test_the_structure_is_given_beside_findings_without_what_was_refused() -> None:
    read = read_yaml("a: 1\na: 2\nb: ５\n".encode(), "x.yaml")
    assert isinstance(read.node, Map)
    assert [(entry.key.text, entry.key.source.line) for entry in read.node.entries] == [("a", 1), ("b", 3)]
    assert not read.sound
