"""What standings come to, with everything that can be said before the facts are looked at again: made once, shared by answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tsutatsu.ir import Directive, Norm, Words
from tsutatsu.judging.duties import duties, timed
from tsutatsu.judging.levels import Levels
from tsutatsu.judging.parts import Caveat, CaveatKind, Duty, Reason, SideVerdict, Taken
from tsutatsu.judging.reasons import reasons, wants_a_closer_look
from tsutatsu.judging.settling import Branch
from tsutatsu.semantics import Verdict

NOT_EXHAUSTIVE = Caveat(
    CaveatKind.NOT_EXHAUSTIVE,
    Words(
        "未網羅: 不明な事実の組合せをすべては試していない。",
        "Not exhaustive: not every combination of the unknown facts was tried.",
    ),
)


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


def part_of(
    number: int, verdict: Verdict, standings: Sequence[int], norms: Sequence[Norm], levels: Levels, directive: Directive
) -> Part:
    """A unit's part of an outcome."""
    owed = duties(levels.question, norms, standings, directive)
    return Part(
        number,
        verdict,
        tuple(standings),
        reasons(levels, norms, standings, directive),
        owed,
        any(wants_a_closer_look(norm, standing) for norm, standing in zip(norms, standings, strict=True)),
        any(timed(directive.norm[duty.norm], directive) for duty in owed),
        tuple(number for number, standing in enumerate(standings) if standing & (standing - 1)),
    )


def side_verdicts(branches: Sequence[Branch], levels: Levels, directive: Directive) -> tuple[SideVerdict, ...]:
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
