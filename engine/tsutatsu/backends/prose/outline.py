"""A condition told as a clause with items beneath it: on one line, or laid out as a circular lays its items out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

Mark = Callable[[int, int], str]
"""The mark of an item, by its number and its depth."""

INDENT = "  "


@dataclass(frozen=True, slots=True)
class Outline:
    """A clause, and the items it speaks of as 次の."""

    text: str
    items: tuple["Outline", ...] = ()


def lay_out(outline: Outline, mark: Mark, depth: int = 0) -> Iterator[str]:
    """The clause, then its items, each on a line of its own and further in than what it belongs to."""
    yield outline.text
    for number, item in enumerate(outline.items, 1):
        first, *rest = lay_out(item, mark, depth + 1)
        yield f"{INDENT}{mark(number, depth)} {first}"
        yield from (f"{INDENT}{line}" for line in rest)
