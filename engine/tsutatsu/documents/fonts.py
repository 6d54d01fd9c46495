"""The Japanese font that a PDF is set in, and whether it has every character of a sheet."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from tsutatsu.diagnostics import Diagnostic, Refused, finding
from tsutatsu.documents.nodes import Document
from tsutatsu.documents.sheet import FilledCell, Sheet

FAMILIES: Final = ("Noto Serif CJK JP", "IPAexMincho", "IPAMincho", "Noto Sans CJK JP", "IPAexGothic", "IPAGothic")
"""The families that are looked for, the first that is here being taken."""
_SELECTORS: Final = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
"""Characters that choose a form of the one before them, as names need."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font of this machine."""

    family: str
    file: str
    index: int


@dataclass(frozen=True)
class Glyphs:
    """What a font has: characters, and the forms of characters that a selector chooses."""

    characters: frozenset[int]
    forms: frozenset[tuple[int, int]]


@cache
def japanese_font() -> Font:
    """The font that PDFs are set in; refused where none is on the machine, or nothing can look for it."""
    program = shutil.which("fc-match") or ""
    for family in FAMILIES if program else ():
        said = subprocess.run(  # noqa: S603 (fontconfig's own program, asked for a name of ours)
            [program, "-f", "%{family}\n%{file}\n%{index}", family],
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        ).stdout.split("\n")
        if len(said) == 3 and family in said[0].split(",") and Path(said[1]).is_file() and said[2].isdigit():
            return Font(family, said[1], int(said[2]))
    raise Refused([finding("TS913", known="、".join(FAMILIES))])


@cache
def glyphs_of(font: Font) -> Glyphs:
    """What the font has."""
    library: Any = import_module("fontTools.ttLib")
    with library.TTFont(font.file, fontNumber=font.index, lazy=True) as opened:
        tables = opened["cmap"]
        forms = {
            (character, selector)
            for table in tables.tables
            if table.format == 14
            for selector, pairs in table.uvsDict.items()
            for character, _ in pairs
        }
        return Glyphs(frozenset(tables.getBestCmap() or {}), frozenset(forms))


def missing(sheet: Sheet, document: Document, page: str, font: Font) -> tuple[Diagnostic, ...]:
    """Every character of the sheet that the font lacks, each with the box in which it stands.

    ``page`` is what the sheet came out as: characters of no box are those of its template.
    """
    have = glyphs_of(font)
    found: dict[str, tuple[str, str]] = {}
    for cell in _cells(sheet):
        declared = document.cell.get(cell.id)
        for one in _lacking(cell.text, have):
            found.setdefault(one, (cell.label, cell.label if declared is None else declared.words.say("en")))
    for one in _lacking(page, have):
        found.setdefault(one, (document.words.ja, document.words.say("en")))
    return tuple(
        finding(
            "TS914",
            document.source,
            (),
            place=place,
            place_en=place_en,
            character=one,
            point=" ".join(f"U+{ord(ch):04X}" for ch in one),
            font=font.family,
        )
        for one, (place, place_en) in found.items()
    )


def _cells(sheet: Sheet) -> Iterator[FilledCell]:
    if sheet.addressee is not None:
        yield sheet.addressee
    yield from sheet.cells.values()
    for row in sheet.rows:
        for box in row.boxes:
            yield from box.cells


def _lacking(text: str, have: Glyphs) -> Iterator[str]:
    """The characters, and the characters with a selector, that are not there."""
    for number, ch in enumerate(text):
        code = ord(ch)
        if any(code in each for each in _SELECTORS):
            base = text[number - 1] if number else ""
            if not base or (ord(base), code) not in have.forms:
                yield base + ch
        elif code not in have.characters and not ch.isspace():
            yield ch
