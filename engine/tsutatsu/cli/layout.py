"""Text in columns: how wide it stands in a terminal, and where Japanese and English lines may break."""

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_NEVER_FIRST = frozenset(
    "、。，．・：；？！」』）］｝〉》】〕〟’”…‥ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ,.:;?!)]}%％"
)
_NEVER_LAST = frozenset("「『（［｛〈《【〔〝‘“([{")


@lru_cache(maxsize=4096)
def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def width(text: str) -> int:
    """How many cells ``text`` takes in a terminal."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def visible(text: str) -> str:
    """``text`` as a terminal may have it: what would steer the terminal, or turn the reading order, is spelled out."""
    if text.isprintable():
        return text
    return "".join(f"\\u{ord(ch):04x}" if _steers(ch) else ch for ch in text)


def _steers(character: str) -> bool:
    return character != "\n" and unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def cut(text: str, cells: int) -> str:
    """``text``, shortened with an ellipsis where it is wider than ``cells``."""
    if width(text) <= cells:
        return text
    kept, used = "", 0
    for character in text:
        used += _cells(character)
        if used > cells - 1:
            break
        kept += character
    return kept + "…"


def wrap(text: str, cells: int, *, hang: int = 0) -> list[str]:
    """``text`` in lines of at most ``cells``, all but the first after ``hang`` blanks; its own line ends are kept."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_filled(paragraph, cells, hang, first=not lines))
    return lines


def _filled(paragraph: str, cells: int, hang: int, *, first: bool) -> Iterator[str]:
    line, used = ("" if first else " " * hang), (0 if first else hang)
    empty = True
    for atom in _atoms(paragraph):
        size = width(atom.rstrip(" "))
        if used + size > cells and not empty:
            yield line.rstrip(" ")
            line, used, empty = " " * hang, hang, True
        if empty and not atom.strip(" ") and not first:
            continue
        for piece in _pieces(atom, max(cells - used, 1), max(cells - hang, 1)):
            if not empty and used + width(piece.rstrip(" ")) > cells:
                yield line.rstrip(" ")
                line, used = " " * hang, hang
            line, used, empty = line + piece, used + width(piece), False
        first = False
    yield line.rstrip(" ")


def _pieces(atom: str, left: int, room: int) -> Iterator[str]:
    """An atom, or parts of it where it is longer than a whole line."""
    if width(atom.rstrip(" ")) <= max(left, room):
        yield atom
        return
    piece, used = "", 0
    for character in atom:
        if used + _cells(character) > left and piece:
            yield piece
            piece, used, left = "", 0, room
        piece, used = piece + character, used + _cells(character)
    if piece:
        yield piece


def _atoms(text: str) -> Iterator[str]:
    """The parts between which a line may break: a Latin word with the blanks after it, or one wide character with the
    marks that may not be parted from it."""
    atom = ""
    for character in text:
        if atom and _may_break(atom[-1], character):
            yield atom
            atom = ""
        atom += character
    if atom:
        yield atom


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    return before == " " or _cells(before) == 2 or _cells(after) == 2
