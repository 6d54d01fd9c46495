"""What standings come to: all that can be said before the facts are looked at again, made once, shared by answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tsutatsu.ir import Directive, Words
from tsutatsu.judging.entries import Entries, told
from tsutatsu.judging.levels import Levels
from tsutatsu.judging.parts import Caveat, CaveatKind, Duty, Reason, SideVerdict, Taken
from tsutatsu.semantics import Verdict

if TYPE_CHECKING:
    from tsutatsu.judging.settling import Branch

NOT_EXHAUSTIVE = Caveat(
    CaveatKind.NOT_EXHAUSTIVE,
    Words(
        "未網羅: 不明な事実の組合せをすべては試していない。",
        "Not exhaustive: not every combination of the unknown facts was tried.",
    ),
)


LAWFUL: Final = frozenset({Verdict.PERMITTED, Verdict.IN_ORDER, Verdict.NOTHING_APPLIED, Verdict.OPEN})
"""The verdicts to which a path leads."""
UNLAWFUL: Final = frozenset({Verdict.DENIED, Verdict.BREACH, Verdict.UNEXPLAINED})
"""The verdicts from which one is looked for."""


@dataclass(frozen=True, slots=True)
class Part:
    """One unit as judged."""

    number: int
    """The record, counted from 1; 0 where the facts themselves are the one unit."""
    verdict: Verdict
    standings: tuple[int, ...]
    reasons: tuple[Reason, ...]
    duties: tuple[Duty, ...]
    closer: bool
    """Whether the reasons' exceptions must be asked of the facts."""
    dated: bool
    """Whether the duties' last days must be asked of the facts."""
    waiting: tuple[int, ...]
    """The norms whose standing is not settled."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A verdict with its parts."""

    verdict: Verdict
    parts: tuple[Part, ...]
    sides: tuple[SideVerdict, ...]
    exhaustive: bool
    caveats: tuple[Caveat, ...]


def part_of(number: int, verdict: Verdict, standings: Sequence[int], entries: Entries, levels: Levels) -> Part:
    """A unit's part of an outcome: every norm of the judgement, the decisive ones first."""
    least, most = levels.span(standings)
    found = entries.of(standings)
    special = [one for one in found if one.special]
    return Part(
        number,
        verdict,
        tuple(standings),
        told(found, least, most, levels.names.index(verdict) if verdict in levels.names else None),
        tuple([one.duty for one in special if one.duty is not None]),
        any(one.closer for one in special),
        any(one.dated for one in special),
        tuple([number for number, one in enumerate(found) if one.open]) if any(one.open for one in special) else (),
    )


def side_verdicts(branches: Sequence["Branch"], levels: Levels, directive: Directive) -> tuple[SideVerdict, ...]:
    """What each way of taking the open readings leaves possible, as an answer shows it."""
    if len(branches) == 1 and not branches[0].sides:
        return ()
    return tuple(
        SideVerdict(
            taken(branch.sides.items(), directive), tuple(levels.verdict(at) for at in sorted(branch.possible.levels))
        )
        for branch in branches
    )


def taken(sides: Iterable[tuple[str, str]], directive: Directive) -> tuple[Taken, ...]:
    """Sides of readings, in words."""
    found: list[Taken] = []
    for reading, side in sides:
        words = next((s.words for s in directive.reading[reading].sides if s.id == side), Words(side))
        found.append(Taken(reading, side, words))
    return tuple(found)
