"""Why: how each norm stands, and what was considered."""

from collections.abc import Sequence
from typing import Final

from tsutatsu.ir import Condition, Directive, Facts, Norm, Standing
from tsutatsu.judging.levels import OUT, Levels
from tsutatsu.judging.parts import Exempting, Met, Reason
from tsutatsu.judging.reach import reach_of_conditions
from tsutatsu.semantics import Sides, Truth3, holds

_PAST_LIFTS: Final = Standing.KEPT | Standing.PENDING | Standing.BROKEN | Standing.UNEXPLAINED | Standing.FREE


def reasons(
    levels: Levels, norms: Sequence[Norm], standings: Sequence[int], directive: Directive
) -> tuple[Reason, ...]:
    """Every norm of the judgement, the decisive ones first; exceptions as far as the standing itself tells."""
    least, most = levels.span(standings)
    found: list[Reason] = []
    for number, (norm, standing) in enumerate(zip(norms, standings, strict=True)):
        low, high = levels.of(number, standing)
        decisive = high >= most > 0 if least == most else low != high
        if most == OUT:
            decisive = True
        found.append(
            Reason(
                norm=norm.id,
                provision=norm.provision,
                kind=norm.kind,
                strength=norm.strength,
                standing=Standing(standing),
                summary=norm.summary,
                decisive=decisive,
                facts=_rests_on(norm, Standing(standing), directive),
                exceptions=tuple(Exempting(lift.provision, lift.words, _known(norm, standing)) for lift in norm.lifts),
            )
        )
    return tuple(sorted(found, key=lambda reason: not reason.decisive))


def looked_at_closely(reason: Reason, directive: Directive, facts: Facts, sides: Sides) -> tuple[Exempting, ...]:
    """Each exception of a norm, asked of the facts themselves."""
    met = {Truth3.TRUE: Met.APPLIED, Truth3.FALSE: Met.NOT_APPLIED, Truth3.UNKNOWN: Met.OPEN}
    return tuple(
        Exempting(lift.provision, lift.words, met[holds(lift.when, directive, facts, sides)])
        for lift in directive.norm[reason.norm].lifts
    )


def wants_a_closer_look(norm: Norm, standing: int) -> bool:
    """Whether the standing alone does not say which of several exceptions applied."""
    return len(norm.lifts) > 1 and bool(standing & Standing.LIFTED)


def _known(norm: Norm, standing: int) -> Met:
    """What the standing says of the exceptions taken together (and so of the one, where there is one)."""
    past = standing & _PAST_LIFTS
    if standing & Standing.LIFTED:
        return Met.OPEN if past or len(norm.lifts) > 1 else Met.APPLIED
    return Met.NOT_APPLIED if past else Met.NOT_REACHED


def _rests_on(norm: Norm, standing: Standing, directive: Directive) -> tuple[str, ...]:
    """The terms that put a norm where it stands: those of the parts that were asked to get there."""
    lifts = tuple(lift.when for lift in norm.lifts)
    asked: tuple[Condition, ...]
    match standing:
        case Standing.OUT_OF_FORCE:
            day = () if norm.day is None else (norm.day,)
            return (*day, *reach_of_conditions((norm.survives,), directive).terms)
        case Standing.NOT_APPLICABLE:
            asked = (norm.when,)
        case Standing.LIFTED | Standing.FREE:
            asked = (norm.when, *lifts)
        case _:
            asked = (norm.when, *lifts, norm.kept, norm.pending)
    return reach_of_conditions(asked, directive).terms
