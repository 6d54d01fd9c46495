"""By when a duty to be met 速やかに is due, where a force has laid down a measure for it."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from tsutatsu.cases.case import DutyKey
from tsutatsu.cases.ground import Ground
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import TODAY, Facts, Is, Moment
from tsutatsu.judging.law import Law
from tsutatsu.judging.measuring import measured
from tsutatsu.judging.reach import Reached, reach_of_conditions, with_measures
from tsutatsu.judging.slots import turning_of
from tsutatsu.semantics import Sides, Truth3, holds


def last_prompt(ground: Ground, key: DutyKey, facts: Facts, sides: Sides) -> date | datetime | None:
    """The last day (or moment) on which the duty could still be met promptly, for all that the force's measure says.

    Nothing where the circular gives a time of its own, where nobody has laid down a measure, where it does not turn on
    the facts, or where the duty has been performed: whether that was prompt is then for whoever records it to say.
    """
    directive = ground.directive
    due = directive.norm[key.norm].due
    if due is None or due.prompt is None or due.met is None or not directive.measures:
        return None
    if key.unit or facts.get(due.met) is not None:
        return None
    prompt = Is(due.prompt)
    reached = with_measures(reach_of_conditions([prompt], directive), directive)
    law = Law(directive, directive.judgement[key.judgement])
    taken = {**law.taken, **sides}
    late: datetime | None = None
    for at in sorted(set(_turning(ground, due.met, reached, facts)), reverse=True):
        if _surely_late(law, prompt, {**facts, **_met(ground, due.met, at)}, taken) is not True:
            break
        late = at
    if late is None:
        return None
    last = late - timedelta(seconds=1)
    return last if _by_moments(ground, due.met) else last.date()


def _surely_late(law: Law, prompt: Is, facts: Facts, sides: Sides) -> bool | None:
    """Whether what is done then is surely not prompt any more; nothing where that contradicts what has been said."""
    try:
        known = measured(law, facts, sides).facts
    except Refused:
        return None
    return holds(prompt, law.directive, known, sides) is Truth3.FALSE


def _by_moments(ground: Ground, term: str) -> bool:
    return isinstance(ground.directive.term[term].type, Moment)


def _met(ground: Ground, term: str, at: datetime) -> Facts:
    return {TODAY: at.date(), term: at if _by_moments(ground, term) else at.date()}


def _turning(ground: Ground, term: str, reached: Reached, facts: Facts) -> Iterator[datetime]:
    """The moments from which on the measure may say something else of the duty being met."""
    for one in (term, TODAY):
        for value in turning_of(one, reached, ground.directive, facts).values:
            if isinstance(value, datetime):
                yield from (value.replace(microsecond=0) + timedelta(seconds=n) for n in (0, 1))
            elif isinstance(value, date):
                yield from (datetime.combine(value, time()) + timedelta(days=n) for n in (0, 1))
