"""A roster from a table: one post of one person to a line."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final
from unicodedata import category

from tsutatsu.backends.prose import seen
from tsutatsu.calendar import read_wareki
from tsutatsu.cases.people import CLOCK, MACHINE, Actor, Holding, nfc
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.source import Source
from tsutatsu.words import Words

COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "番号": "id",
        "氏名": "name",
        "職": "post",
        "所属": "unit",
        "から": "from",
        "まで": "until",
    }
)
"""The heading in Japanese, and in English."""
_TAKEN: Final = frozenset(word for one in (MACHINE, CLOCK) for word in (one.id, one.name))


def read_roster(text: str, shown: str = "") -> tuple[Actor, ...]:
    """The people in a table; refused, naming the line, where it cannot be read as a whole."""
    found: dict[str, Actor] = {}
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    heading: list[str] | None = None
    try:
        for cells in reader:
            cells_said = [nfc(cell.strip()) for cell in cells]
            if not any(cells_said):
                continue
            if heading is None:
                heading = _heading(cells_said, shown, reader.line_num)
                continue
            if len(cells_said) != len(heading):
                raise _wrong(
                    shown, reader.line_num, Words(f"欄が {len(heading)} ない", f"it has not {len(heading)} cells")
                )
            _add(found, dict(zip(heading, cells_said, strict=True)), shown, reader.line_num)
    except csv.Error as error:
        why = Words("引用符が閉じていない", "a quote is not closed")
        if "limit" in str(error):
            why = Words("欄が長すぎる", "a cell is too long")
        raise _wrong(shown, reader.line_num, why) from None
    return tuple(found.values())


def _heading(cells: list[str], shown: str, line: int) -> list[str]:
    heading = [COLUMNS.get(cell, cell) for cell in cells]
    unknown = [cell for cell in heading if cell not in COLUMNS.values()]
    if unknown or len(set(heading)) != len(heading) or "id" not in heading:
        raise _wrong(
            shown, line, Words(f"見出しが違う（{'、'.join(cells)}）", f"the heading differs ({', '.join(cells)})")
        )
    return heading


def _add(found: dict[str, Actor], row: dict[str, str], shown: str, line: int) -> None:
    name = row["id"]
    if not name:
        raise _wrong(shown, line, Words("番号がない", "there is no id"))
    if name in _TAKEN:
        raise _wrong(shown, line, Words(f"「{name}」は人の番号にできない", f"“{name}” cannot be a person's id"))
    if any(ch == "\n" or (seen(ch) != ch and category(ch) != "Co") for cell in row.values() for ch in cell):
        raise _wrong(shown, line, Words("目に見えない文字がある", "it has characters that the eye cannot see"))
    first, last = _day(row.get("from", ""), shown, line), _day(row.get("until", ""), shown, line)
    if first is not None and last is not None and last < first:
        raise _wrong(shown, line, Words("終わりが始まりより前である", "it ends before it begins"))
    before = found.get(name)
    called = row.get("name", "")
    if before is not None and called and before.name and called != before.name:
        raise _wrong(shown, line, Words(f"「{name}」の氏名が二通りある", f"“{name}” has two names"))
    holdings = () if before is None else before.holdings
    if any(row.get(cell) for cell in ("post", "unit", "from", "until")):
        holdings = (*holdings, Holding(row.get("post", ""), row.get("unit", ""), first, last))
    found[name] = Actor(name, called or ("" if before is None else before.name), holdings)


def _day(text: str, shown: str, line: int) -> date | None:
    if not text:
        return None
    read = read_wareki(text)
    if read.date is None or not read.usable:
        raise _wrong(shown, line, Words(f"「{text}」は日として読めない", f"“{text}” is no day"))
    return read.date


def _wrong(shown: str, line: int, why: Words) -> Refused:
    return Refused([finding("TS857", Source(shown, line), line=line, why=why.ja, why_en=why.en)])
