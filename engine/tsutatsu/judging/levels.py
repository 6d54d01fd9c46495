"""What standings come to, looked up: the same as ``semantics.span``, from tables made once per question."""

from collections.abc import Sequence
from typing import Final

from tsutatsu.ir import Kind, Norm, Standing, Strength
from tsutatsu.semantics import LEVELS, Question, Verdict, level

OUT: Final = -1
"""The level below all others: every norm out of force (対象外)."""

_OUT_OF_FORCE: Final = int(Standing.OUT_OF_FORCE)


def _table(question: Question, norm: Norm) -> list[tuple[int, int]]:
    """For each union of standings, the mildest and the worst level it leaves a norm of this kind, strength and timing.

    No standing at all, which no engine may say, leaves every level open.
    """
    found = [(0, len(LEVELS[question]) - 1)] * (2 * int(max(Standing)))
    of_one = {int(one): level(question, norm, one) for one in Standing}
    for union in range(1, len(found)):
        first = union & -union
        at, rest = of_one[first], union ^ first
        low, high = found[rest] if rest else (at, at)
        found[union] = (min(low, at), max(high, at))
    return found


class Levels:
    """The levels on which one judgement's norms can put the verdict of one question."""

    __slots__ = ("_tables", "names", "question", "top")

    def __init__(self, question: Question, norms: Sequence[Norm]) -> None:
        self.question = question
        self.names = LEVELS[question]
        self.top = len(self.names) - 1
        tables: dict[tuple[Kind, Strength, bool], list[tuple[int, int]]] = {}
        for norm in norms:
            alike = norm.kind, norm.strength, norm.due is None
            if alike not in tables:
                tables[alike] = _table(question, norm)
        self._tables = [tables[norm.kind, norm.strength, norm.due is None] for norm in norms]

    def of(self, norm: int, standing: int) -> tuple[int, int]:
        """The mildest and the worst level that one norm's standing leaves."""
        return self._tables[norm][standing]

    def span(self, standings: Sequence[int]) -> tuple[int, int]:
        """The mildest and the worst level that all of them leave, each norm taken on its own."""
        least, most = 0, 0
        for table, standing in zip(self._tables, standings, strict=True):
            low, high = table[standing]
            if low > least:  # noqa: PLR1730  # asked of every norm of every judgement: a call would cost more than all else
                least = low
            if high > most:  # noqa: PLR1730
                most = high
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
