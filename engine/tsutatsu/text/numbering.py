"""The marks that number provisions: 第1, 1, (1) ⑴, ア, (ア), ①, and articles."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from tsutatsu.calendar.numerals import read_number


class Level(IntEnum):
    """Kinds of mark, the outermost first as circulars nest them."""

    CHAPTER = 0
    SECTION = 1
    ARTICLE = 2
    DAI = 3
    NUMBER = 4
    BRACKETED = 5
    KANA = 6
    IROHA = 7
    BRACKETED_KANA = 8
    CIRCLED = 9


KANA: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
IROHA: Final = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_DIGITS = "[0-9０-９]{1,4}"
_BULLET = re.compile(r"(?P<hash>#{1,6}[ \t]+)?(?P<dash>[-*+][ \t]+)?")
_DAI = re.compile(
    rf"第(?P<n>{_DIGITS}|[一二三四五六七八九十百]{{1,5}})(?P<of>[章節条]?)(?P<sub>(?:の{_DIGITS}){{0,3}})(?=\s|$|[（(])"
)
_NUMBER = re.compile(rf"(?P<n>{_DIGITS})(?:[.．](?![0-9０-９])|(?=[\s\u3000]|$))")
_BRACKETED = re.compile(rf"(?:[(（](?P<n>{_DIGITS})[)）]|(?P<one>[⑴-⒇]))")
_BRACKETED_KANA = re.compile(r"[(（](?P<n>[ｱ-ﾝア-ン])[)）]")
_KANA = re.compile(r"(?P<n>[ｱ-ﾝア-ン])(?:[.．](?=\s)|(?=[\s\u3000]|$))")
_CIRCLED = re.compile(r"[①-⑳]")
_LEANS = re.compile(r"[のにをはがもと、，及又並若からまでアイウエオ・]")
"""What follows a bracketed number that is a reference, not a mark: (1)の, (1)アから."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbering mark at the head of a line: as printed, its level and count, its label in one form, the rest."""

    printed: str
    level: Level
    count: int
    label: str
    rest: str
    rest_at: int
    firm: bool


def bullet(text: str) -> int:
    """How many characters of list or heading mark-up begin the line."""
    found = _BULLET.match(text)
    return found.end() if found else 0


def read_mark(text: str, open_levels: Collection[Level] = ()) -> Mark | None:
    """The mark at the head of ``text``, mark-up before it included; nothing where the line begins with none."""
    start = bullet(text)
    body = text[start:]
    head = body[:24]
    if found := _DAI.match(head):
        level = {"章": Level.CHAPTER, "節": Level.SECTION, "条": Level.ARTICLE, "": Level.DAI}[found["of"]]
        count = read_number(unicodedata.normalize("NFKC", found["n"])) or 0
        label = f"第{count}{found['of']}{unicodedata.normalize('NFKC', found['sub'])}"
        return _made(text, start, found.end(), level, count, label, firm=True)
    if found := _NUMBER.match(head):
        count = int(unicodedata.normalize("NFKC", found["n"]))
        return _made(text, start, found.end(), Level.NUMBER, count, str(count), firm=True)
    if found := _BRACKETED.match(head):
        count = int(unicodedata.normalize("NFKC", found["n"] or found["one"]).strip("()"))
        after = body[found.end() : found.end() + 1]
        firm = start > 0 or after.isspace() or not after or not _LEANS.match(after)
        return _made(text, start, found.end(), Level.BRACKETED, count, f"({count})", firm=firm)
    if found := _BRACKETED_KANA.match(head):
        name = unicodedata.normalize("NFKC", found["n"])
        after = body[found.end() : found.end() + 1]
        firm = after.isspace() or not after or not _LEANS.match(after)
        if name in KANA:
            return _made(text, start, found.end(), Level.BRACKETED_KANA, KANA.index(name) + 1, f"({name})", firm=firm)
    elif found := _KANA.match(head):
        name = unicodedata.normalize("NFKC", found["n"])
        by_iroha = name in IROHA and (Level.IROHA in open_levels or (name == "イ" and Level.KANA not in open_levels))
        if by_iroha:
            return _made(text, start, found.end(), Level.IROHA, IROHA.index(name) + 1, name, firm=True)
        if name in KANA:
            return _made(text, start, found.end(), Level.KANA, KANA.index(name) + 1, name, firm=True)
    elif found := _CIRCLED.match(head):
        return _made(text, start, found.end(), Level.CIRCLED, ord(found[0]) - ord("①") + 1, found[0], firm=True)
    return None


def _made(text: str, start: int, length: int, level: Level, count: int, label: str, *, firm: bool) -> Mark:  # noqa: PLR0917
    end = start + length
    rest = text[end:]
    kept = rest.lstrip()
    return Mark(text[:end].strip(), level, count, label, kept, end + len(rest) - len(kept), firm)
