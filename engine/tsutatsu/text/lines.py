"""The bytes of a file as printed lines, and how wide the printer set them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tsutatsu.diagnostics import Refused, finding
from tsutatsu.source import Source

MOST_BYTES: Final = 2 * 1024 * 1024
_BREAK = re.compile(r"\r\n|\n|\r")
_PAGE = re.compile(r"[-－—–‐―]\s*[0-9０-９]{1,4}\s*[-－—–‐―]|[0-9０-９]{1,4}\s*[/／]\s*[0-9０-９]{1,4}")
_SLACK: Final = 3
"""How many characters short of the printer's width a full line may be: punctuation never begins a line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line without the blanks around it: where it begins, and whether a blank line stands before it."""

    number: int
    column: int
    text: str
    gap: bool
    bare: str
    """Its text for comparison, as ``plain`` gives it."""

    @property
    def length(self) -> float:
        """Its length from the margin, a half-width character counting half."""
        return (self.column - 1) + sum(1.0 if ord(ch) > 0xFF else 0.5 for ch in self.text)


def text_of(data: bytes, file: str) -> str:
    """The characters of ``data``: UTF-8, UTF-16 with its mark, or cp932. Anything else, or too much, is refused."""
    if len(data) > MOST_BYTES:
        raise Refused([finding("TS701", Source(file), size=f"{len(data):,}", most=f"{MOST_BYTES:,}")])
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp932")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused([finding("TS702", Source(file))])


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that have something on them."""
    found: list[Line] = []
    gap = True
    for number, raw in enumerate(_BREAK.split(text), 1):
        kept = raw.strip()
        if kept:
            found.append(Line(number, len(raw) - len(raw.lstrip()) + 1, kept, gap, plain(kept)))
        gap = not kept
    return tuple(found)


def is_page_mark(line: Line) -> bool:
    """Whether the line is a page number standing alone."""
    return len(line.text) < 16 and _PAGE.fullmatch(line.text) is not None


def measure(lines: Sequence[Line]) -> float | None:
    """The width at which the printer broke the lines; nothing where paragraphs stand on one line each."""
    lengths = sorted(one.length for one in lines if "\t" not in one.text)
    if len(lengths) < 8:
        return None
    widest = lengths[int(len(lengths) * 0.9)]
    near = sum(abs(one - widest) <= _SLACK for one in lengths)
    return widest - _SLACK if 15 <= widest <= 60 and near * 4 >= len(lengths) and lengths[-1] <= widest * 1.5 else None


def plain(text: str) -> str:
    """``text`` for comparison: one width, no white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())
