"""Whatever the bytes, reading gives a node or findings in their places, and never an exception."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tsutatsu.syntax import yaml_reader
from tsutatsu.syntax.events import LOADER
from tsutatsu.syntax.nodes import Map, Node, Scalar, Seq
from tsutatsu.syntax.python_parser import PythonLoader
from tsutatsu.syntax.yaml_reader import Limits, read_yaml

SMALL = Limits(bytes=300, depth=4, nodes=30, scalar=20, findings=5)
_BLANKS = "\n", "\n  ", "\r\n", "\t", "　", "\x00", "\u2028", "\ufeff"
_SIGNS = (
    "b: ",
    ":",
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    " #",
    "&x ",
    "*x",
    "!t ",
    "|\n",
    ">-\n",
    "'",
    '"',
    "@",
    "?",
    "? ",
)
_LINES = "---\n", "...\n", "%TAG ", "<<: "
_WIDE = "：", "、", "５", "［", "＃", "－ ", "が", "か\u3099", "🚓"
_WORDS = "a", "true", "22:00", "\\", "\\x00", "\\U00110000", "\\ud800"
PIECES = st.sampled_from((*_BLANKS, *_SIGNS, *_LINES, *_WIDE, *_WORDS))
YAMLISH = st.lists(PIECES, max_size=40).map("".join)


@pytest.fixture(params=dict.fromkeys((LOADER, PythonLoader)), scope="module", autouse=True)
def either_parser(request: pytest.FixtureRequest) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_reader, "LOADER", request.param)
        yield


def hold(data: bytes, limits: Limits) -> None:
    read = read_yaml(data, "x", limits)
    assert read.node is not None or read.findings
    assert len(read.findings) <= limits.findings + 1
    assert read == read_yaml(data, "x", limits)
    text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    for finding in read.findings:
        assert "{" not in finding.code
        if finding.where.line:
            assert finding.where.line <= len(lines)
            assert 1 <= finding.where.column <= len(lines[finding.where.line - 1]) + 1
    if read.node is not None:
        walk(read.node, limits, 1)


def walk(node: Node, limits: Limits, depth: int) -> None:
    assert depth <= limits.depth + 1
    match node:
        case Scalar(text):
            assert len(text) <= limits.scalar
            assert not any(
                unicodedata.category(character) in ("Cc", "Cs") for character in text if character not in "\n\t"
            )
            assert unicodedata.is_normalized("NFC", text)
        case Seq(items):
            for item in items:
                walk(item, limits, depth + 1)
        case Map(entries):
            assert len({entry.key.text for entry in entries}) == len(entries)
            for entry in entries:
                walk(entry.value, limits, depth + 1)


@given(st.binary(max_size=400))
def test_arbitrary_bytes(data: bytes) -> None:
    hold(data, SMALL)


@given(st.text(max_size=200))
def test_arbitrary_text(text: str) -> None:
    hold(text.encode("utf-8", "surrogatepass"), SMALL)


@settings(max_examples=1_000)
@given(YAMLISH, st.sampled_from([SMALL, Limits()]))
def test_arbitrary_text_that_looks_like_yaml(text: str, limits: Limits) -> None:
    hold(text.encode(), limits)


@settings(max_examples=300)
@given(YAMLISH)
def test_text_in_any_encoding(text: str) -> None:
    for codec in ("cp932", "euc-jp", "utf-16", "utf-16-le", "iso2022-jp"):
        read = read_yaml(text.encode(codec, "replace"), "x")
        assert read.node is not None or read.findings
