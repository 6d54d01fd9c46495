"""What standings come to, looked up: the same as ``semantics.span``, from tables made once per question."""

from collections.abc import Sequence
from typing import Final

from tsutatsu.ir import Norm, Standing
from tsutatsu.judging.labels import one_by_one
from tsutatsu.semantics import LEVELS, Question, Verdict, level

OUT: Final = -1
"""The level below all others: every norm out of force (対象外)."""

_OUT_OF_FORCE: Final = int(Standing.OUT_OF_FORCE)


class Levels:
    """The levels on which one judgement's norms can put the verdict of one question."""

    __slots__ = ("_tables", "names", "question", "top")

    def __init__(self, question: Question, norms: Sequence[Norm]) -> None:
        self.question = question
        self.names = LEVELS[question]
        self.top = len(self.names) - 1
        self._tables: list[list[tuple[int, int] | None]] = [[None] * 256 for _ in norms]
        for norm, table in zip(norms, self._tables, strict=True):
            of_one = {int(one): level(question, norm, one) for one in Standing}
            for union in range(1, 256):
                found = [of_one[int(one)] for one in one_by_one(union)]
                table[union] = (min(found), max(found))

    def of(self, norm: int, standing: int) -> tuple[int, int]:
        """The mildest and the worst level that one norm's standing leaves."""
        found = self._tables[norm][standing]
        assert found is not None
        return found

    def span(self, standings: Sequence[int]) -> tuple[int, int]:
        """The mildest and the worst level that all of them leave, each norm taken on its own."""
        least, most = 0, 0
        for norm, standing in enumerate(standings):
            low, high = self.of(norm, standing)
            least, most = max(least, low), max(most, high)
        if all(standing & _OUT_OF_FORCE for standing in standings):
            surely = all(standing == _OUT_OF_FORCE for standing in standings)
            return OUT, OUT if surely else most
        return least, most

    def verdict(self, at: int) -> Verdict:
        """The verdict of a level."""
        return Verdict.OUT_OF_SCOPE if at == OUT else self.names[at]

    def matters(self, standings: Sequence[int]) -> tuple[int, ...]:
        """The norms whose standing is not settled and bears on the verdict."""
        least, _ = self.span(standings)
        found: list[int] = []
        for norm, standing in enumerate(standings):
            if standing & (standing - 1):
                _, high = self.of(norm, standing)
                if high > least or (least == OUT and standing & _OUT_OF_FORCE):
                    found.append(norm)
        return tuple(found)
