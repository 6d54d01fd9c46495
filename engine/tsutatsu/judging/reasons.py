"""Why: how each norm stands, and what was considered."""

from typing import Final

from tsutatsu.ir import Condition, Directive, Facts, Norm, Standing
from tsutatsu.judging.parts import Exempting, Met, Reason
from tsutatsu.judging.reach import reach_of_conditions
from tsutatsu.semantics import Sides, Truth3, holds

_PAST_LIFTS: Final = Standing.KEPT | Standing.PENDING | Standing.BROKEN | Standing.UNEXPLAINED | Standing.FREE


def reason_of(norm: Norm, standing: int, directive: Directive) -> Reason:
    """How a norm stands, as yet without a say in the verdict; exceptions as far as the standing itself tells."""
    return Reason(
        norm=norm.id,
        provision=norm.provision,
        kind=norm.kind,
        strength=norm.strength,
        standing=Standing(standing),
        summary=norm.summary,
        decisive=False,
        facts=_rests_on(norm, Standing(standing), directive),
        exceptions=tuple(Exempting(lift.provision, lift.words, _known(norm, standing)) for lift in norm.lifts),
    )


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
