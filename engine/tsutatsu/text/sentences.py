"""Paragraphs into sentences, each with its role."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from tsutatsu.text.lines import Line
from tsutatsu.text.nodes import Role

OPENING: Final = "「『（(［[〔【｛{"
CLOSING: Final = "」』）)］]〕】｝}"
_BRACKET: Final = re.compile(f"[{re.escape(OPENING + CLOSING)}]")
_CUTS: Final = re.compile(f"[。{re.escape(OPENING + CLOSING)}]")
_STARTS: Final = (
    ("ただし、", Role.PROVISO),
    ("但し、", Role.PROVISO),
    ("ただし，", Role.PROVISO),
    ("なお、", Role.NOTE),
    ("なお，", Role.NOTE),
    ("この場合において", Role.LATTER),
    ("この場合、", Role.LATTER),
    ("この場合には", Role.LATTER),
)
_ENDS: Final = frozenset(CLOSING)
_FIRST: Final = frozenset(word[0] for word, _ in _STARTS)


@dataclass(slots=True)
class Paragraph:
    """Lines being joined; ``row`` marks one that is a row of a table or form and is never joined or cut."""

    row: Role | None = None
    texts: list[str] = field(default_factory=list[str])
    starts: list[int] = field(default_factory=list[int])
    places: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    depth: int = 0
    opened: int = 0
    size: int = 0
    last: Line | None = None

    def add(self, line: Line, text: str, at: int) -> None:
        """Joins ``text``, which begins ``at`` characters into ``line``."""
        if self.texts and self.texts[-1][-1:].isascii() and text[:1].isascii() and self.texts[-1][-1:].isalnum():
            text = f" {text}"
            at -= 1
        self.texts.append(text)
        self.starts.append(self.size)
        self.places.append((line.number, line.column + at))
        self.size += len(text)
        self.last = line
        for found in _BRACKET.finditer(text):
            if found[0] in OPENING:
                self.opened = self.opened if self.depth else len(self.texts)
                self.depth += 1
            else:
                self.depth = max(self.depth - 1, 0)

    def in_brackets(self, lines: int) -> bool:
        """Whether a bracket opened on one of the last ``lines`` lines is still open."""
        return self.depth > 0 and len(self.texts) - self.opened < lines

    @property
    def text(self) -> str:
        """The joined text."""
        return "".join(self.texts)

    @property
    def ending(self) -> str:
        """Its last characters."""
        return "".join(self.texts[-2:])[-4:]

    def place(self, offset: int) -> tuple[int, int]:
        """The line and column of the character at ``offset``."""
        n = bisect_right(self.starts, offset) - 1
        line, column = self.places[n]
        return line, column + offset - self.starts[n]


def cut(text: str) -> Iterator[tuple[int, int]]:
    """Where each sentence begins and ends; a 。 inside brackets ends none, unless the brackets never close."""
    start = depth = 0
    closes = _closes(text)
    for found in _CUTS.finditer(text):
        ch, n = found[0], found.start()
        if ch in OPENING:
            depth += closes
        elif ch in CLOSING:
            depth = max(depth - 1, 0)
        elif not depth and text[n + 1 : n + 2] not in _ENDS:
            yield start, n + 1
            start = n + 1
    if text[start:].strip():
        yield start, len(text)


def balanced(text: str) -> bool:
    """Whether every bracket opened in ``text`` is closed in it."""
    return bool(_closes(text))


def _closes(text: str) -> int:
    depth = 0
    for found in _BRACKET.finditer(text):
        depth = depth + 1 if found[0] in OPENING else max(depth - 1, 0)
    return int(depth == 0)


def role_of(text: str) -> Role:
    """The role that the sentence's first words give it."""
    head = text.lstrip()[:12]
    if head[:1] not in _FIRST:
        return Role.MAIN
    return next((role for word, role in _STARTS if head.startswith(word)), Role.MAIN)
