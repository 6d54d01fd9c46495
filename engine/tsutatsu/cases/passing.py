"""What comes by itself as time passes: duties are breached, timers fire, and the machine does what it can."""

from collections.abc import Iterable
from datetime import datetime

from tsutatsu.cases.case import Case, Entry, Linked, Timing, breachable
from tsutatsu.cases.deciding import Attempt, Done, Refusal, sentences, weigh
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.moments import at_tokyo
from tsutatsu.cases.opening import breached, put_off
from tsutatsu.cases.people import CLOCK, MACHINE, Doer
from tsutatsu.diagnostics import Refused
from tsutatsu.ir.workflows import Event, Hand


def passed(ground: Ground, case: Case, now: datetime, linked: Iterable[Linked] = ()) -> tuple[Entry, ...]:
    """The entries that time and the machine add to a case by ``now``, in the order in which they come."""
    now, others = max(at_tokyo(now), case.last), tuple(linked)
    found: list[Entry] = []
    if case.erased:
        return ()
    done: set[tuple[str, str]] = set()
    while (next_ := _next(ground, case, now, others, done)) is not None:
        found.append(next_.entry)
        case = next_.case
    return tuple(found)


def _next(
    ground: Ground, case: Case, now: datetime, linked: tuple[Linked, ...], done: set[tuple[str, str]]
) -> Done | None:
    timing = next((one for one in case.timings if not one.held and one.due_at <= now), None)
    due = min((one.due_at for one in case.duties if one.due_at is not None and breachable(one)), default=None)
    if timing is not None and (due is None or timing.due_at <= due):  # what comes at that moment may still meet it
        return _fired(ground, case, timing, now, linked)
    if due is not None and due <= now:
        return breached(case, due, now)
    for event in ground.workflow.events:
        if event.hand is Hand.MACHINE and case.state in event.origins and (case.state, event.id) not in done:
            came = _by_itself(ground, case, event, now, linked)
            if isinstance(came, Done):
                done.add((case.state, event.id))
                return came
    return None


def _fired(ground: Ground, case: Case, timing: Timing, now: datetime, linked: tuple[Linked, ...]) -> Done:
    """The event of a timer that has run out; where it cannot go through, that it is held and why."""
    came = _by_itself(ground, case, ground.workflow.event[timing.event], now, linked)
    if isinstance(came, Done):
        return came
    return put_off(ground, case, timing, now, came)


def _by_itself(ground: Ground, case: Case, event: Event, now: datetime, linked: tuple[Linked, ...]) -> Done | str:
    """The event done by the machine or the clock, or why it does not go through."""
    actor = MACHINE if event.hand is Hand.MACHINE else CLOCK
    try:
        who = Doer(actor.id, actor.name, hand=actor.hand)
        came = weigh(ground, case, Attempt(event, who, {}, now, linked))
    except Refused as refused:  # facts that contradict each other: nobody is there to be told but the record
        return sentences(refused).ja
    return came.said.ja if isinstance(came, Refusal) else came
