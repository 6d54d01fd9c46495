"""Stretches of a sentence that have been read as one thing, and are not to be read as another."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterable


class Spans:
    """Stretches, found by a place in them; those that overlap count as one."""

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        self._spans: list[tuple[int, int]] = []
        for span in sorted(spans):
            over = self._spans.pop() if self._spans and span[0] < self._spans[-1][1] else span
            self._spans.append((over[0], max(over[1], span[1])))

    def add(self, start: int, end: int) -> None:
        """Takes one more stretch in, which begins in none of those known."""
        insort(self._spans, (start, end))

    def end_at(self, place: int) -> int | None:
        """Where the stretch ends that ``place`` lies in; nothing where it lies in none."""
        n = bisect_right(self._spans, (place, 1 << 62)) - 1
        if n < 0:
            return None
        start, end = self._spans[n]
        return end if start <= place < end else None

    def __contains__(self, place: int) -> bool:
        return self.end_at(place) is not None
