"""The nearest known word to a mistyped one."""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word closest to ``word``, or nothing when none is close enough to be meant."""
    target = _folded(word)
    best: str | None = None
    best_distance = max(2, len(target) // 2) + 1
    for candidate in sorted(set(known)):
        folded = _folded(candidate)
        most = max(len(target), len(folded))
        if most - sum(map(folded.__contains__, target)) >= best_distance:
            continue  # each letter that the other lacks is an edit at least
        distance = _distance(target, folded, best_distance)
        if distance < min(best_distance, most):  # something of the word must be there
            best, best_distance = candidate, distance
    return best


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word[:400])[:100]


def near(word: str, known: Iterable[str]) -> str:
    """The nearest known word as the blank ``nearest`` of a finding, or a dash: the mend then leaves it out."""
    return nearest(word, known) or "—"


def near_blanks(word: str, known: Iterable[str]) -> dict[str, str]:
    """The blanks ``near`` and ``near_en`` of a finding: the nearest known word, in a sentence; empty where none is."""
    found = nearest(word, known)
    if found is None:
        return {"near": "", "near_en": ""}
    return {"near": f"近いもの: 「{found}」。", "near_en": f"Nearest: “{found}”."}


def _distance(a: str, b: str, limit: int) -> int:
    """Edits (insert, delete, replace, swap neighbours) between two words, at most ``limit``."""
    if abs(len(a) - len(b)) >= limit:
        return limit
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, before, row = before, row, [i] + [0] * len(b)
        for j, y in enumerate(b, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], last[j - 2] + 1)
        if min(row) >= limit:
            return limit
    return min(row[-1], limit)
