"""Full-width and look-alike signs where YAML wants its own: what a Japanese keyboard writes unasked.

YAML reads most of these without complaint, as part of a word: `名：値` is one word, and a line indented by a
full-width space is indented by nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from enum import Enum

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.source import Source
from tsutatsu.syntax.nodes import Scalar

_WIDE_SPACES = "\u3000\u00a0"
_WORD = "[^\\s:：#'\"\\[\\]{},、。「」]{1,40}"
_WIDE_COLON = re.compile(f"({_WORD})：")
_TIGHT_COLON = re.compile(f"({_WORD}):(?=[^ \t\n/])")
_CLOCK = re.compile("[0-9０-９][:：][0-9０-９]")
_NUMBER = re.compile(r"[-+－−＋‐]?[0-9０-９]+(?:[-－−/／.．:：,，][0-9０-９]+)*")
_DASH = re.compile("[－−‐–—ー](?=[ \u3000])")
_MARKS = dict(zip("［］｛｝“”＂＇＃｜＞", '[]{}"""\'#|>', strict=True))
_OPENING = re.compile("[［｛“”＂＇＃]|[｜＞]$")
_DASHES = re.compile("(?:- +)*")
_COMMENT = re.compile("(?<=[ \u3000])＃")
_COMMAS = re.compile("[、，]")
_BLOCK_TEXT = re.compile(r"(?:^|[\s:-])[|>][0-9+-]{0,2}\s*(?: #.*)?$")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")


class Standing(Enum):
    """Where a value stands; the same sign is a slip in one place and text in another."""

    KEY = "a key with a value"
    BARE_KEY = "a key with nothing after it"
    VALUE = "a value under a key"
    ITEM = "an item on a line of its own, or a file's only value"
    BRACKETED = "an item inside [ ]"


def traps(value: Scalar, written: str, standing: Standing, on_one_line: bool) -> Iterator[Diagnostic]:
    """The slips in an unquoted value; ``written`` is its text before normalisation.

    Only where it stands ``on_one_line`` as written can places inside it be told; elsewhere its beginning is named.
    """
    where = value.source
    if not value.plain or not written or (written.isascii() and ":" not in written):
        return

    def at(index: int) -> Source:
        return Source(where.file, where.line, where.column + index) if on_one_line else where

    if written[0] in _WIDE_SPACES:
        yield finding("TS152", where)
    elif written[-1] in _WIDE_SPACES:
        yield finding("TS152", at(len(written) - 1))
    if not written.isascii() and _NUMBER.fullmatch(written):
        plain = unicodedata.normalize("NFKC", written).translate(str.maketrans("−‐", "--"))
        yield finding("TS154", where, written=written, plain=plain)
        return
    if found := _DASH.match(written):
        yield finding("TS155", where, sign=found[0], plain="-")
    elif found := _OPENING.match(written) or _COMMENT.search(written):
        yield finding("TS155", at(found.start()), sign=found[0], plain=_MARKS[found[0]])
    match standing:
        case Standing.BRACKETED if found := _COMMAS.search(written):
            yield finding("TS153", at(found.start()), sign=found[0])
        case Standing.BARE_KEY | Standing.ITEM | Standing.BRACKETED:
            yield from _colons(written, at)
        case Standing.KEY if found := _WIDE_COLON.match(written):
            yield finding("TS151", at(found.end() - 1), key=found[1])
        case _:
            pass


def traps_in_lines(lines: list[str], file: str, bracketed: range) -> Iterator[Diagnostic]:
    """The slips in a file that could not be read to its end, line by line; ``bracketed`` are the lines (from 0) of a
    broken ``[ ]`` or ``{ }``. Lines of a block of text (``|``) are left alone.
    """
    block_indent: int | None = None
    for number, line in enumerate(lines):
        body = line.lstrip(" \t" + _WIDE_SPACES)
        if not body or body.startswith("#"):
            continue
        indent = len(line) - len(body)
        if block_indent is not None and indent > block_indent:
            continue
        block_indent = indent if _BLOCK_TEXT.search(line) else None
        yield from _line(line, indent, Source(file, number + 1, 1), number in bracketed)


def _line(line: str, indent: int, where: Source, bracketed: bool) -> Iterator[Diagnostic]:
    def at(index: int) -> Source:
        return Source(where.file, where.line, index + 1)

    for index, character in enumerate(line[:indent]):
        if character in _WIDE_SPACES:
            yield finding("TS152", at(index))
            break
        if character == "\t":
            yield finding("TS135", at(index))
            break
    masked = _QUOTED.sub(lambda quoted: "'" * len(quoted[0]), line)
    if (comment := re.search("(?<= )#", masked)) is not None:
        masked = masked[: comment.start()].rstrip()
    start = indent + len((_DASHES.match(masked, indent) or [""])[0])
    body = masked[start:]
    if found := _DASH.match(body):
        yield finding("TS155", at(start), sign=found[0], plain="-")
    elif body.startswith("＃"):
        yield finding("TS155", at(start), sign="＃", plain="#")
    else:
        yield from _colons(body, lambda index: at(start + index))
    if bracketed:
        for found in _COMMAS.finditer(body):
            yield finding("TS153", at(start + found.start()), sign=found[0])
        for found in re.finditer("[［］｛｝]", body):
            yield finding("TS155", at(start + found.start()), sign=found[0], plain=_MARKS[found[0]])


def _colons(body: str, at: Callable[[int], Source]) -> Iterator[Diagnostic]:
    for number, colon in (("TS151", _WIDE_COLON), ("TS156", _TIGHT_COLON)):
        if (found := colon.match(body)) and not _CLOCK.match(body, found.end() - 2):
            yield finding(number, at(found.end() - 1), key=found[1])
            return
