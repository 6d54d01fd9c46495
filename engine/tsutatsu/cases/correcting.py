"""Who may put a fact right: whoever could have said it, and nobody what an event alone writes."""

from collections.abc import Iterator
from typing import Final

from tsutatsu.cases.case import Case, standing_events
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.people import Doer, post_as
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import Facts, Test, Value, walk
from tsutatsu.ir.conditions import TermRef
from tsutatsu.ir.workflows import ACTOR, Event, Stamp
from tsutatsu.semantics import Truth3, holds

_WHO: Final = (Stamp.ACTOR, Stamp.POST)


def only_written(ground: Ground, case: Case, term: str) -> bool:
    """Whether an event wrote the term as it stands, or it is an event's alone to write who acted."""
    events = ground.workflow.events
    said = any(term in one.supplied for one in events)
    who = any(term == write.term and write.value in _WHO for one in events for write in one.writes)
    return term in case.written or (who and not said)


def his_to_say(ground: Ground, case: Case, term: str, facts: Facts, who: Doer) -> bool:
    """Whether ``who`` could say the term, on the facts put right: in the event that said it, else in any that asks it.

    Only what the guard asks of whoever acts is looked at: that something is not so may always be put on record.
    """
    events = tuple(_asking(ground, case, term))
    return not events or any(_could_trigger(ground, case, one, facts, who) for one in events)


def _asking(ground: Ground, case: Case, term: str) -> Iterator[Event]:
    for entry in reversed(standing_events(case.entries)):
        if entry.body is not None and term in entry.body.supplied and entry.event in ground.workflow.event:
            yield ground.workflow.event[entry.event]
            return
    yield from (one for one in ground.workflow.events if term in one.supplied)


def _could_trigger(ground: Ground, case: Case, event: Event, facts: Facts, who: Doer) -> bool:
    """Whether the guard may hold for him, a reading that nobody has decided standing in the way."""
    known: dict[str, Value] = {term: facts.get(term) for term in _compared(event)}
    try:
        for write in event.writes:
            if write.value is Stamp.ACTOR:
                known[write.term] = who.id
            elif write.value is Stamp.POST:
                known[write.term] = post_as(ground.directive.term[write.term], who.post)
    except Refused:  # the term cannot hold his post
        return False
    known |= ground.acting(event, who)
    undecided = {one.id: one.taken or "" for one in ground.directive.readings}
    return holds(event.guard, ground.widened, known, {**undecided, **case.sides}) is not Truth3.FALSE


def _compared(event: Event) -> Iterator[str]:
    """The terms that the guard compares with whoever acts."""
    for test in walk(event.guard):
        if isinstance(test, Test) and isinstance(test.operand, TermRef):
            pair = {test.term, test.operand.id}
            if ACTOR in pair:
                yield from sorted(pair - {ACTOR})
