"""The nearest word is the one with the fewest edits, whatever is skipped on the way to it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tsutatsu.diagnostics import nearest

WORDS = st.text(alphabet="夜間昼ab-1", max_size=7)


def edits(a: str, b: str) -> int:
    """Edits between two words, counted over all their beginnings."""
    rows = [[max(i, j) for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            same = a[i - 1] == b[j - 1]
            ways = [rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (not same)]
            if i > 1 and j > 1 and a[i - 2 : i] == b[j - 2 : j][::-1]:
                ways.append(rows[i - 2][j - 2] + 1)
            rows[i][j] = min(ways)
    return rows[-1][-1]


@given(WORDS, st.lists(WORDS, max_size=8))
def test_no_known_word_is_nearer(word: str, known: list[str]) -> None:
    near = [
        (edits(word, one), one)
        for one in sorted(set(known))
        if edits(word, one) <= max(2, len(word) // 2) and edits(word, one) < max(len(word), len(one))
    ]
    assert nearest(word, known) == (min(near)[1] if near else None)
