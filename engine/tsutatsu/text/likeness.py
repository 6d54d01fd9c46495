"""Which of some passages goes on as which of others: the most alike first, in bounded work on large texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final

ALIKE: Final = 0.6
"""The share of neighbouring characters from which on two passages are versions of one another."""
_MOST_PAIRS: Final = 40_000
_MOST_CHARS: Final = 600


def pairs_alike(
    old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], nearness: Callable[[int, int], float]
) -> Iterator[tuple[int, int]]:
    """Pairs (old, new), none used twice, whose best matching texts are alike; of equals the one with more nearness.

    Each passage comes as one text or several wordings of it. Where there are too many to compare all, each is compared
    with those about as far into the other text.
    """
    if not old or not new:
        return
    theirs, mine = [_shingled(one) for one in old], [_shingled(one) for one in new]
    reach = max(_MOST_PAIRS // len(new) // 2, 1)
    found: list[tuple[float, int, int]] = []
    for n, wordings in enumerate(mine):
        middle = n * len(theirs) // len(mine)
        for m in range(max(middle - reach, 0), min(middle + reach + 1, len(theirs))):
            likeness = max((_shared(a, b) for a, b in zip(theirs[m], wordings, strict=False)), default=0.0)
            if likeness >= ALIKE:
                found.append((-likeness - nearness(m, n), n, m))
    used_old: set[int] = set()
    used_new: set[int] = set()
    for _, n, m in sorted(found):
        if m not in used_old and n not in used_new:
            used_old.add(m)
            used_new.add(n)
            yield m, n


def _shingled(wordings: Sequence[str]) -> list[frozenset[tuple[str, int]]]:
    return [_shingles("".join(one.split())[:_MOST_CHARS]) for one in wordings]


def _shingles(text: str) -> frozenset[tuple[str, int]]:
    """Its neighbouring characters two by two, repeats told apart."""
    count: Counter[str] = Counter()
    found: set[tuple[str, int]] = set()
    for one, other in pairwise(text):
        pair = one + other
        found.add((pair, count[pair]))
        count[pair] += 1
    return frozenset(found)


def _shared(one: frozenset[tuple[str, int]], other: frozenset[tuple[str, int]]) -> float:
    size = len(one) + len(other)
    if not size or 2 * min(len(one), len(other)) < ALIKE * size:
        return 0.0
    return 2 * len(one & other) / size
