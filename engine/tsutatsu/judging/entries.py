"""What each norm adds to an outcome by how it stands, made when first met: outcomes are put together from these."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from tsutatsu.judging.duties import duties, timed
from tsutatsu.judging.law import Law
from tsutatsu.judging.levels import OUT, Levels
from tsutatsu.judging.parts import Duty, Reason
from tsutatsu.judging.reasons import reason_of, wants_a_closer_look


@dataclass(frozen=True, slots=True)
class Entry:
    """One norm at one standing."""

    low: int
    high: int
    """The mildest and the worst level that it leaves."""
    decisive: Reason
    plain: Reason
    """The same reason, where it is one of those that put the verdict where it is, and where it is not."""
    duty: Duty | None
    closer: bool
    """Whether its exceptions must be asked of the facts."""
    dated: bool
    """Whether its duty's last day must be asked of the facts."""
    open: bool
    """Whether the standing is not settled."""
    special: bool
    """Whether there is more to it than its reason."""


class Entries:
    """The entries of one judgement's norms for one question."""

    __slots__ = ("_kept", "_law", "_levels")

    def __init__(self, law: Law, levels: Levels) -> None:
        self._law = law
        self._levels = levels
        self._kept: list[dict[int, Entry]] = [{} for _ in law.norms]

    def of(self, standings: Sequence[int]) -> list[Entry]:
        """Each norm's entry, in the judgement's order."""
        try:
            return [kept[standing] for kept, standing in zip(self._kept, standings, strict=True)]
        except KeyError:
            return [self._entry(number, standing) for number, standing in enumerate(standings)]

    def _entry(self, number: int, standing: int) -> Entry:
        found = self._kept[number].get(standing)
        if found is None:
            norm, directive = self._law.norms[number], self._law.directive
            low, high = self._levels.of(number, standing)
            plain = reason_of(norm, standing, directive)
            owed = next(iter(duties(self._levels.question, (norm,), (standing,), directive)), None)
            closer, settled = wants_a_closer_look(norm, standing), not standing & (standing - 1)
            found = self._kept[number][standing] = Entry(
                low=low,
                high=high,
                decisive=replace(plain, decisive=True),
                plain=plain,
                duty=owed,
                closer=closer,
                dated=owed is not None and timed(norm, directive),
                open=not settled,
                special=closer or not settled or owed is not None,
            )
        return found


def told(found: Sequence[Entry], least: int, most: int, verdict: int | None) -> tuple[Reason, ...]:
    """The reasons of an outcome that lies between two levels, the decisive ones first; ``verdict``: its level, if any.

    The norms that surely put the verdict where it is decide it; where none surely does, those that may.
    """
    if most == OUT:
        return tuple([one.decisive for one in found])
    if least != most:
        if verdict is not None and 0 < verdict <= least:
            return _parted(found, [one.low >= verdict for one in found])
        return _parted(found, [one.low != one.high for one in found])
    if most == 0:
        return tuple([one.plain for one in found])
    return _parted(found, [one.low >= most for one in found])


def _parted(found: Sequence[Entry], decides: Sequence[bool]) -> tuple[Reason, ...]:
    first = [one.decisive for one, decisive in zip(found, decides, strict=True) if decisive]
    return (*first, *[one.plain for one, decisive in zip(found, decides, strict=True) if not decisive])
