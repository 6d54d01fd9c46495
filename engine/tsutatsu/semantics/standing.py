"""How a norm can stand on given facts."""

from tsutatsu.ir import (
    TODAY,
    ClockRef,
    Directive,
    Facts,
    Judgement,
    Norm,
    Op,
    Standing,
    Strength,
    Test,
)
from tsutatsu.semantics import holding
from tsutatsu.semantics.comparing import tested
from tsutatsu.semantics.truth import FALSE, TRUE, UNKNOWN, Truth3, strongest, weakest


def standings(judgement: Judgement, directive: Directive, facts: Facts, sides: "holding.Sides") -> tuple[Standing, ...]:
    """What each norm of the judgement can still be, in the judgement's order (``facts`` hold the day judged)."""
    acted = {**facts, **dict(judgement.act)}
    return tuple(possible(directive.norm[name], directive, acted, sides) for name in judgement.norms)


def possible(norm: Norm, directive: Directive, facts: Facts, sides: "holding.Sides") -> Standing:
    """The standings that the facts leave open, each part taken on its own."""
    force = in_force(norm, directive, facts, sides)
    when = holding.holds(norm.when, directive, facts, sides)
    lifted = strongest(holding.holds(lift.when, directive, facts, sides) for lift in norm.lifts)
    kept = holding.holds(norm.kept, directive, facts, sides)
    pending = holding.holds(norm.pending, directive, facts, sides)
    found = Standing(0)
    if force is not TRUE:
        found |= Standing.OUT_OF_FORCE
    if force is FALSE:
        return found
    if when is not TRUE:
        found |= Standing.NOT_APPLICABLE
    if when is FALSE:
        return found
    if lifted is not FALSE:
        found |= Standing.LIFTED
    if lifted is TRUE:
        return found
    if norm.strength is Strength.FREE:
        return found | Standing.FREE
    if kept is not FALSE:
        found |= Standing.KEPT
    if kept is TRUE:
        return found
    if pending is not FALSE:
        found |= Standing.PENDING
    if pending is not TRUE:
        found |= Standing.BROKEN if norm.strength is Strength.HARD else Standing.UNEXPLAINED
    return found


def in_force(norm: Norm, directive: Directive, facts: Facts, sides: "holding.Sides") -> Truth3:
    """Whether the norm is in effect on its own day (its 基準日; the day judged where it has none or none has come)."""
    if not norm.force:
        return TRUE
    day = TODAY
    if norm.day is not None:
        if norm.day not in facts:
            return UNKNOWN
        if facts[norm.day] is not None:
            day = norm.day
    clock = ClockRef(norm.force)
    within = tested(Test(day, Op.WITHIN, clock), directive, facts)
    after = tested(Test(day, Op.AFTER, clock), directive, facts)
    return strongest([within, weakest([after, holding.holds(norm.survives, directive, facts, sides)])])
