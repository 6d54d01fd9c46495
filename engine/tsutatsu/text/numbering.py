"""The marks that number provisions: 第1, 1, (1) ⑴, ア, (ア), ①, articles, 1-1-1, and 問, 答, (注)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from tsutatsu.calendar.numerals import read_number


class Level(IntEnum):
    """Kinds of mark, the outermost first as circulars nest them."""

    CHAPTER = 0
    SECTION = 1
    ARTICLE = 2
    HYPHENATED = 3
    DAI = 4
    NUMBER = 5
    QUESTION = 6
    ANSWER = 7
    NOTE = 8
    BRACKETED = 9
    KANA = 10
    IROHA = 11
    BRACKETED_KANA = 12
    CIRCLED = 13


KANA: Final = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン"
IROHA: Final = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス"
_DIGITS = "[0-9０-９]{1,4}"
_BULLET = re.compile(r"(?P<hash>#{1,6}[ \t]+)?(?P<dash>[-*+][ \t]+)?")
_DAI = re.compile(
    rf"第(?P<n>{_DIGITS}|[一二三四五六七八九十百]{{1,5}})(?P<of>[章節条]?)(?P<sub>(?:の{_DIGITS}){{0,3}})(?=\s|$|[（(])"
)
_HYPHENATED = re.compile(
    rf"(?P<n>[1-9１-９][0-9０-９]{{0,2}}(?:[-－‐−–][1-9１-９][0-9０-９]{{0,2}}){{1,3}})(?P<sub>(?:の{_DIGITS}){{0,3}})(?=[\s\u3000]|$)"
)
_QUESTION = re.compile(
    rf"(?:[(（【]問(?P<a>{_DIGITS})?[)）】]|問[\s\u3000]?(?P<b>{_DIGITS})[.．]?(?=[\s\u3000]|$)|問(?=[\s\u3000])"
    rf"|[QＱ][.．]?[\s\u3000]?(?P<c>{_DIGITS})[.．]?(?=[\s\u3000]|$))"
)
_ANSWER = re.compile(
    rf"(?:[(（【]答(?:え)?[)）】]|答(?:え)?(?=[\s\u3000])|[AＡ][.．]?[\s\u3000]?(?:{_DIGITS})?[.．]?(?=[\s\u3000]|$))"
)
_NOTE = re.compile(rf"[(（]注[\s\u3000]*(?P<a>{_DIGITS})?[)）][\s\u3000]*(?P<b>{_DIGITS}(?=[.．\s\u3000]))?")
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
    counts_on: bool = True
    """Whether marks of its level must follow each other by number: not 第3条の2, nor the first of a new 1-2-1."""


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
        sub = unicodedata.normalize("NFKC", found["sub"])
        made = _made(text, start, found.end(), level, count, f"第{count}{found['of']}{sub}", firm=True)
        return replace(made, counts_on=not sub)
    if found := _HYPHENATED.match(head):
        steps = [unicodedata.normalize("NFKC", one) for one in re.split("[-－‐−–]", found["n"])]
        sub, count = unicodedata.normalize("NFKC", found["sub"]), int(steps[-1])
        made = _made(text, start, found.end(), Level.HYPHENATED, count, "-".join(steps) + sub, firm=True)
        return replace(made, counts_on=not sub and count > 1)
    if found := _QUESTION.match(head):
        digits = unicodedata.normalize("NFKC", found["a"] or found["b"] or found["c"] or "")
        made = _made(text, start, found.end(), Level.QUESTION, int(digits or 0), f"問{digits}", firm=True)
        return replace(made, counts_on=bool(digits))
    if Level.QUESTION in open_levels and Level.ANSWER not in open_levels and (found := _ANSWER.match(head)):
        return _made(text, start, found.end(), Level.ANSWER, 1, "答", firm=True)
    if found := _NOTE.match(head):
        digits = unicodedata.normalize("NFKC", found["a"] or found["b"] or "")
        made = _made(text, start, found.end(), Level.NOTE, int(digits or 1), f"注{digits}", firm=True)
        return replace(made, counts_on=bool(digits))
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


def level_of(label: str) -> Level:
    """The level of a provision's label."""
    head, last = label[:1], label[-1:]
    if head == "第":
        return {"章": Level.CHAPTER, "節": Level.SECTION}.get(last, Level.ARTICLE if "条" in label else Level.DAI)
    if head in ("問", "答", "注"):
        return {"問": Level.QUESTION, "答": Level.ANSWER, "注": Level.NOTE}[head]
    if head.isascii() and head.isdigit():
        return Level.HYPHENATED if "-" in label else Level.NUMBER
    if head == "(":
        return Level.BRACKETED if label[1:2].isdigit() else Level.BRACKETED_KANA
    return Level.CIRCLED if _CIRCLED.fullmatch(label) else Level.KANA
