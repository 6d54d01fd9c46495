"""Where provisions stand among each other: what holds them, what stands beside them, articles by their number."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tsutatsu.text.nodes import Part, PartKind
from tsutatsu.text.numbering import Level, level_of

ARTICLES: Final = (Level.ARTICLE, Level.HYPHENATED)
_APPENDED: Final = ("附則", "付則")


@dataclass(frozen=True, slots=True)
class Spot:
    """A provision's place: its label and level, the path of what holds it (of its part, where it stands on top)."""

    path: str
    label: str
    level: Level
    part: str
    above: str
    index: int
    """How many of the same level stand before it."""


class Places:
    """Every provision of some parts, by path, by what holds it, and articles in the order of their part."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._parts = parts

    @cached_property
    def paths(self) -> frozenset[str]:
        """The path of every provision."""
        return frozenset(one.path for part in self._parts for top in part.provisions for one in top.walk())

    @cached_property
    def _spots(self) -> dict[str, Spot]:
        found: dict[str, Spot] = {}
        for part in self._parts:
            waiting = [(f"{part.path}\0", part.provisions)]
            while waiting:
                above, provisions = waiting.pop()
                count: dict[Level, int] = {}
                for one in provisions:
                    level = level_of(one.label)
                    index = count[level] = count.get(level, -1) + 1
                    found[one.path] = Spot(one.path, one.label, level, part.path, above, index)
                    waiting.append((one.path, one.children))
        return found

    @cached_property
    def _beneath(self) -> dict[tuple[str, Level], list[Spot]]:
        found: dict[tuple[str, Level], list[Spot]] = {}
        for one in self._spots.values():
            found.setdefault((one.above, one.level), []).append(one)
        return found

    @cached_property
    def _labelled(self) -> dict[tuple[str, str], Spot]:
        found: dict[tuple[str, str], Spot] = {}
        for one in self._spots.values():
            found.setdefault((one.above, one.label), one)
        return found

    @cached_property
    def _counted_on(self) -> dict[tuple[str, Level], list[Spot]]:
        """Articles and questions in the order of their part, whatever chapters hold them."""
        found: dict[tuple[str, Level], list[Spot]] = {}
        for part in self._parts:
            for top in part.provisions:
                for one in top.walk():
                    spot = self._spots[one.path]
                    if spot.level in (*ARTICLES, Level.QUESTION, Level.CHAPTER):
                        found.setdefault((part.path, spot.level), []).append(spot)
        return found

    @cached_property
    def _rank(self) -> dict[str, int]:
        return {one.path: n for spots in self._counted_on.values() for n, one in enumerate(spots)}

    @cached_property
    def _called(self) -> dict[tuple[str, str], Spot]:
        found: dict[tuple[str, str], Spot] = {}
        for spots in self._counted_on.values():
            for one in spots:
                found.setdefault((one.part, one.label), one)
        return found

    def at(self, path: str) -> Spot | None:
        """The provision of this path."""
        return self._spots.get(path)

    def around(self, path: str, levels: Collection[Level]) -> Spot | None:
        """The innermost provision of one of ``levels`` that is, or holds, the one of ``path``."""
        spot = self._spots.get(path)
        while spot is not None and spot.level not in levels:
            spot = self._spots.get(spot.above)
        return spot

    def beside(self, spot: Spot, steps: int) -> Spot | None:
        """The one of its level that stands ``steps`` after it (before it, where negative) under the same provision."""
        found = self._beneath[spot.above, spot.level]
        at = spot.index + steps
        return found[at] if 0 <= at < len(found) else None

    def along(self, spot: Spot, steps: int) -> Spot | None:
        """The article or question that stands ``steps`` after it in its part, through chapters and sections."""
        found, at = self._counted_on[spot.part, spot.level], self._rank[spot.path] + steps
        return found[at] if 0 <= at < len(found) else None

    def under(self, path: str, label: str) -> Spot | None:
        """What stands under ``path`` with this label."""
        return self._labelled.get((path, label))

    def first_under(self, path: str) -> str:
        """What stands first under a provision or a part, or after a letter; nothing where it holds none."""
        if path in self._spots:
            return self._first.get(path, "")
        return self._first.get(f"{path}\0") or self._after_letter.get(path, "")

    @cached_property
    def _after_letter(self) -> dict[str, str]:
        """The numbered part without a label of its own that goes on where the letter ends."""
        pairs = zip(self._parts, self._parts[1:], strict=False)
        return {one.path: after.path for one, after in pairs if after.kind is PartKind.MAIN}

    @cached_property
    def _first(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for part in self._parts:
            for top in part.provisions:
                for one in top.walk():
                    found.setdefault(self._spots[one.path].above, one.path)
        return found

    def called(self, part: str, label: str) -> Spot | None:
        """The article, question or chapter of this label in a part."""
        return self._called.get((part, label))

    def has(self, part: str, level: Level) -> bool:
        """Whether a part has provisions of ``level`` that count on through it."""
        return (part, level) in self._counted_on

    def holds(self, path: str, level: Level) -> bool:
        """Whether provisions of ``level`` stand right under ``path``."""
        return (path, level) in self._beneath

    def part_named(self, word: str) -> str:
        """The part that 附則 or 本則 names; nothing where there is none."""
        for part in self._parts:
            appended = re.sub("[0-9].*", "", part.label) in _APPENDED
            if (word in _APPENDED) == appended and (appended or self.has(part.path, Level.ARTICLE)):
                return part.path
        return ""
