"""Where a mark's provision belongs among those that are open: under which, and which number was due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from tsutatsu.text.nodes import PartKind
from tsutatsu.text.numbering import IROHA, KANA, Level, Mark
from tsutatsu.text.sentences import Paragraph

CAPTIONED: Final = (Level.ARTICLE, Level.HYPHENATED)
"""Marks above which a line in brackets is their caption, and whose first paragraph bears no number."""
_COUNTS_ON: Final = (Level.ARTICLE, Level.HYPHENATED, Level.QUESTION)
"""Marks that count on through chapters and sections."""
_ASKED: Final = (Level.QUESTION, Level.ANSWER)
_LAST: Final = 100


@dataclass(slots=True)
class Sprout:
    """A provision, or the trunk of a part, while lines are still being added."""

    label: str = ""
    mark: str = ""
    place: tuple[int, int] = (1, 1)
    level: Level | None = None
    count: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list[Paragraph])
    children: list[Sprout] = field(default_factory=list["Sprout"])


@dataclass(slots=True)
class Branch:
    """A part while it grows; ``named_at`` is the line that names it first."""

    kind: PartKind
    trunk: Sprout
    label: str = ""
    title: Paragraph | None = None
    named_at: int = 0
    wants_title: bool = False


@dataclass(frozen=True, slots=True)
class Seat:
    """How many of the open provisions hold the new one, the number that was due there, whether the level is at home."""

    keep: int
    due: int
    known: bool


def seat(stack: Sequence[Sprout], trunk: Sprout, mark: Mark) -> Seat:
    """The place of ``mark``: after the last of its level that it follows, else under the innermost outer one."""
    same = [n for n, one in enumerate(stack) if one.level is mark.level]
    asked = max((n for n, one in enumerate(stack) if one.level in _ASKED), default=-1)
    if mark.level is Level.NUMBER and asked >= 0 and not any(n > asked for n in same):
        goes_on = any(stack[n].count + 1 == mark.count for n in same)
        if not goes_on and (mark.count == 1 or not same):  # numbers begin anew in an answer
            return Seat(asked + 1, _next(stack[asked], mark, chaptered=False), True)
    for n in reversed(same):
        if stack[n].count + 1 == mark.count:
            return Seat(n, mark.count, True)
    if same:
        return Seat(same[0], stack[same[-1]].count + 1, True)
    keep = len(stack)
    while keep and _level(stack[keep - 1]) > mark.level:
        keep -= 1
    return Seat(keep, _next(stack[keep - 1] if keep else trunk, mark, chaptered=keep > 0), False)


def _level(sprout: Sprout) -> int:
    return -1 if sprout.level is None else sprout.level


def _next(here: Sprout, mark: Mark, *, chaptered: bool) -> int:
    """The count that the next mark of that level has under ``here``."""
    last = next((one for one in here.children[:-_LAST:-1] if one.level is mark.level), None)
    if last is not None:
        return last.count + 1
    if mark.level is Level.NUMBER and here.level in CAPTIONED and mark.count == 2:
        return 2
    return mark.count if chaptered and mark.level in _COUNTS_ON else 1


def of_note(mark: Mark, stack: Sequence[Sprout]) -> Mark:
    """The mark, as the next of a numbered note's where it is: (注) 1 …, then 2 … on a line of its own."""
    top = stack[-1] if stack else None
    if mark.level is not Level.NUMBER or top is None or top.level is not Level.NOTE or mark.count != top.count + 1:
        return mark
    if top.label == "注" or any(one.level is Level.NUMBER for one in stack):
        return mark
    return replace(mark, level=Level.NOTE, label=f"注{mark.count}")


def label_of(level: Level, count: int) -> str:
    """The label of the mark of that count."""
    match level:
        case Level.CHAPTER:
            return f"第{count}章"
        case Level.SECTION:
            return f"第{count}節"
        case Level.ARTICLE:
            return f"第{count}条"
        case Level.DAI:
            return f"第{count}"
        case Level.HYPHENATED:
            return f"…-{count}"
        case Level.QUESTION:
            return f"問{count}"
        case Level.ANSWER:
            return "答"
        case Level.NOTE:
            return f"注{count}"
        case Level.NUMBER:
            return str(count)
        case Level.BRACKETED:
            return f"({count})"
        case Level.KANA:
            return KANA[(count - 1) % len(KANA)]
        case Level.IROHA:
            return IROHA[(count - 1) % len(IROHA)]
        case Level.BRACKETED_KANA:
            return f"({KANA[(count - 1) % len(KANA)]})"
        case Level.CIRCLED:
            return chr(ord("①") + (count - 1) % 20)
