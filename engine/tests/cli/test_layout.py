"""Lines fit their width, lose nothing, and break where Japanese and English may break."""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsutatsu.cli.layout import cut, width, wrap
from tsutatsu.cli.paper import Paper, put_json, put_line
from tsutatsu.cli.rendering import show_finding, source_line
from tsutatsu.diagnostics import finding
from tsutatsu.source import Source

TEXTS = st.text(alphabet="巡回連絡、。「」（）ー第5の3 abc-def,.\n\u3000々ゃ", max_size=80)


@given(TEXTS, st.integers(20, 100), st.integers(0, 8))
def test_no_line_is_wider_than_asked(text: str, cells: int, hang: int) -> None:
    assert all(width(line) <= cells for line in wrap(text, cells, hang=hang))


@given(TEXTS, st.integers(20, 100))
def test_wrapping_loses_nothing_but_blanks(text: str, cells: int) -> None:
    kept = "".join(wrap(text, cells)).replace(" ", "").replace("\n", "")
    assert kept == text.replace(" ", "").replace("\n", "")


@given(st.text(alphabet="巡回連絡、。」）abc ", max_size=80), st.integers(20, 60))
def test_no_line_begins_with_a_mark_that_may_not_begin_one(text: str, cells: int) -> None:
    lines = wrap("あ" + text, cells)
    assert not [line for line in lines[1:] if line[:1] in ("、", "。", "」", "）") and width(line) > 2]


def test_wide_characters_take_two_cells_and_combining_ones_none() -> None:
    assert width("第5の3") == 6
    assert width("か\u3099") == 2
    assert cut("巡回連絡実施要領", 9) == "巡回連絡…"
    assert cut("abc", 3) == "abc"


def test_english_breaks_between_words() -> None:
    assert wrap("the station chief approved", 12) == ["the station", "chief", "approved"]
    assert wrap("the station chief", 12, hang=2) == ["the station", "  chief"]


def test_a_word_longer_than_the_line_is_cut() -> None:
    assert wrap("x" * 25, 20) == ["x" * 20, "x" * 5]


def test_colour_changes_nothing_but_colour() -> None:
    import re

    code = '{\n  "訪問日": "2025-01-10"\n}'
    plain, coloured = io.StringIO(), io.StringIO()
    for stream, paint in ((plain, False), (coloured, True)):
        paper = Paper(stream, 80, paint)
        paper.put("見出し", style="head")
        paper.entry("×", "不許可" * 20, style="bad")
        paper.code(code, "json")
    assert "\x1b[" in coloured.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.getvalue()).rstrip() == plain.getvalue().rstrip()


@pytest.mark.parametrize("put", [put_json, put_line])
def test_json_says_the_same_and_steers_no_terminal(
    put: Callable[[object], None], capsys: pytest.CaptureFixture[str]
) -> None:
    value = {"題\u202e": ["\x1b]0;x\x07", "\u009b31m", "\u2028\ufeff", "\U000e0041 𠮷", "改\n行", "\\u202e"]}
    put(value)
    said = capsys.readouterr().out
    assert json.loads(said) == value
    assert not {unicodedata.category(ch) for ch in said.replace("\n", "")} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_a_page_break_is_no_line_end_where_places_are_counted(tmp_path: Path) -> None:
    text = tmp_path / "scan.txt"
    text.write_bytes("一\x0c\u2028行目\r\n二\x85行目\r三行目\n".encode())
    assert [source_line(str(text), n) for n in range(5)] == [None, "一\ufffd\ufffd行目", "二\ufffd行目", "三行目", ""]


@given(st.integers(1, 5_000), st.integers(40, 100))
def test_a_finding_far_along_a_long_line_shows_the_place(column: int, cells: int) -> None:
    stream = io.StringIO()
    with TemporaryDirectory() as folder:
        text = Path(folder) / "long.txt"
        text.write_text("a" * (column - 1) + "Z" + "b" * 5_000, encoding="utf-8")
        show_finding(Paper(stream, cells, coloured=False), finding("TS107", Source(str(text), 1, column)))
    shown = next(line for line in stream.getvalue().splitlines() if line.startswith("  1 │"))
    caret = next(line for line in stream.getvalue().splitlines() if line.strip(" │") == "^")
    assert width(shown) <= cells
    assert shown[caret.index("^")] == "Z"
