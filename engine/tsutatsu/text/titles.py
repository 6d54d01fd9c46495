"""Titles of attachments: named in 「…」 before they are printed, often without a label of their own."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tsutatsu.text.heading import LABEL
from tsutatsu.text.lines import Line, plain
from tsutatsu.text.nodes import PartKind
from tsutatsu.text.numbering import bullet

_QUOTED = re.compile(r"「([^「」]{4,80})」(?:\((別[^()]{1,10}|様式[^()]{0,10})\))?")
_TAIL = re.compile(
    r"(要領|要綱|指針|方針|基準|規程|規則|細則|考え方|計画|構成員表|一覧表|名簿|手引|マニュアル|ガイドライン|申合せ)(?:\((案)\))?$"
)
_FORM_TAIL = re.compile(r"(?:書|票|カード|様式|届|簿)$")
_MOST_EXTRA: Final = 8
_KINDS: Final = {
    "別紙": PartKind.SHEET,
    "別表": PartKind.TABLE,
    "様式": PartKind.FORM,
    "別記様式": PartKind.FORM,
    "別紙様式": PartKind.FORM,
}


@dataclass(frozen=True, slots=True)
class Named:
    """A title named in the text: the line that names it first, and the label it is given there."""

    title: str
    line: int
    label: str


class Titles:
    """Every title the text names in 「…」."""

    def __init__(self, lines: Sequence[Line]) -> None:
        starts: list[int] = []
        size = 0
        texts: list[str] = []
        for line in lines:
            starts.append(size)
            texts.append(line.bare)
            size += len(texts[-1])
        self._named: dict[str, Named] = {}
        for found in _QUOTED.finditer("".join(texts)):
            number = lines[bisect_right(starts, found.start()) - 1].number
            known = self._named.get(found[1])
            if known is None or (found[2] and not known.label):
                self._named[found[1]] = Named(found[1], known.line if known else number, found[2] or "")
        self._initials = frozenset(title[0] for title in self._named)
        self._heads: dict[str, list[Named]] = {}
        for one in self._named.values():
            self._heads.setdefault(one.title[:4], []).append(one)

    def at(self, lines: Sequence[Line], n: int) -> tuple[int, Named] | None:
        """How many lines from ``n`` make up a title named on an earlier line, and that title."""
        joined = ""
        if not self._named or (not bullet(lines[n].text) and lines[n].bare[:1] not in self._initials):
            return None
        for count in (1, 2, 3):
            if n + count > len(lines) or (count > 1 and lines[n + count - 1].gap):
                return None
            text = lines[n + count - 1].text
            skipped = bullet(text) if count == 1 else 0
            joined += plain(text[skipped:]) if skipped else lines[n + count - 1].bare
            if len(joined) > 100 or "。" in joined or "\t" in text:
                return None
            named = self._named.get(joined)
            if named is not None and named.line < lines[n].number:
                return count, named
            if count == 1:
                for one in self._heads.get(joined[:4], ())[:50]:
                    near = len(one.title) < len(joined) <= len(one.title) + _MOST_EXTRA
                    if near and joined.startswith(one.title) and _TAIL.search(joined) and one.line < lines[n].number:
                        return 1, one
        return None


def is_title(text: str) -> bool:
    """Whether a line is the title of rules: it ends as they do, and is no sentence."""
    return len(text) < 60 and "。" not in text and _TAIL.search(plain(text)) is not None


def kind_of(label: str, title: str, *, form: bool = False) -> PartKind:
    """What sort of part a label and title announce."""
    found = LABEL.fullmatch(plain(label))
    word = found["word"] if found else ""
    if word in _KINDS:
        return _KINDS[word]
    if form or (not word and _FORM_TAIL.search(plain(title)) is not None):
        return PartKind.FORM
    return PartKind.ATTACHMENT


def short_name(label: str, title: str) -> str:
    """The step that stands for a part in paths: 要領案, 別記様式, 別紙1; the whole title where it has no such word."""
    whole = plain(title)
    named = _TAIL.search(whole)
    if named:
        return named[1] + (named[2] or "")
    short = plain(label).strip("()") or whole
    return short.replace("/", "・")[:40] or PartKind.ATTACHMENT.value
