"""What comes by itself as time passes: duties arise and are breached, timers fire, and the machine does what it can."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from tsutatsu.cases.accounting import duties_by_time
from tsutatsu.cases.case import Case, Entry, Linked, Timing, breachable
from tsutatsu.cases.deciding import Attempt, Done, Refusal, sentences, weigh
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.looking import looks_at_duties, next_look
from tsutatsu.cases.moments import at_tokyo
from tsutatsu.cases.opening import breached, elapsed, put_off
from tsutatsu.cases.people import CLOCK, MACHINE, Doer
from tsutatsu.diagnostics import Refused
from tsutatsu.ir.workflows import Event, Hand

_SECOND: Final = timedelta(seconds=1)


def passed(ground: Ground, case: Case, now: datetime, linked: Iterable[Linked] = ()) -> tuple[Entry, ...]:
    """The entries that time and the machine add to a case by ``now``, in the order in which they come."""
    if case.erased:
        return ()
    passing = _Passing(ground, max(at_tokyo(now), case.last), tuple(linked), case)
    found: list[Entry] = []
    while (next_ := passing.next(case)) is not None:
        found.append(next_.entry)
        case = next_.case
    return tuple(found)


class _Passing:
    """Time going by for one case, from what last happened to it until now."""

    def __init__(self, ground: Ground, now: datetime, linked: tuple[Linked, ...], case: Case) -> None:
        self._ground, self._now, self._linked = ground, now, linked
        self._looked = case.last
        """Until when what time alone changes of the duties has been looked at."""
        look = next_look(ground, case, case.last)
        self._retried = look is None or look > now
        """Whether what could not come at its time has been tried again, since time may have changed that."""
        self._done: set[tuple[str, str]] = set()

    def next(self, case: Case) -> Done | None:
        """The next thing that comes; nothing once all has come."""
        timing = next((one for one in case.timings if not one.held and one.due_at <= self._now), None)
        dues = (one.due_at for one in case.duties if one.due_at is not None and breachable(one))
        due = min((one for one in dues if one <= self._now), default=None)
        comes = [one for one in (due, None if timing is None else timing.due_at) if one is not None]
        owed = self._owed(case, min(comes) - _SECOND if comes else self._now)
        if owed is not None:
            return owed
        if timing is not None and (due is None or timing.due_at <= due):  # what comes at that moment may still meet it
            return self._fired(case, timing)
        if due is not None:
            return breached(case, due, self._now)
        return self._by_machine(case) or self._retry(case)

    def _owed(self, case: Case, until: datetime) -> Done | None:
        """What time alone has changed of the duties by then, each as of its own moment."""
        for at in looks_at_duties(self._ground, case, self._looked, until):
            self._looked = at
            rows = duties_by_time(self._ground, case, at, case.version + 1)
            if rows:
                return elapsed(case, rows, self._now)
        return None

    def _fired(self, case: Case, timing: Timing) -> Done:
        """The event of a timer that has run out; where it cannot go through, that it is held and why."""
        came = self._by_itself(case, self._ground.workflow.event[timing.event])
        if isinstance(came, Done):
            return came
        return put_off(self._ground, case, timing, self._now, came)

    def _by_machine(self, case: Case) -> Done | None:
        for event in self._ground.workflow.events:
            if event.hand is Hand.MACHINE and case.state in event.origins and (case.state, event.id) not in self._done:
                came = self._by_itself(case, event)
                if isinstance(came, Done):
                    self._done.add((case.state, event.id))
                    return came
        return None

    def _retry(self, case: Case) -> Done | None:
        """What could not come at its time, once time may have changed that."""
        if self._retried:
            return None
        self._retried = True
        for timing in case.timings:
            if timing.held:
                came = self._by_itself(case, self._ground.workflow.event[timing.event])
                if isinstance(came, Done):
                    return came
        return None

    def _by_itself(self, case: Case, event: Event) -> Done | str:
        """The event done by the machine or the clock, or why it does not go through."""
        actor = MACHINE if event.hand is Hand.MACHINE else CLOCK
        try:
            who = Doer(actor.id, actor.name, hand=actor.hand)
            came = weigh(self._ground, case, Attempt(event, who, {}, self._now, self._linked))
        except Refused as refused:  # facts that contradict each other: nobody is there to be told but the record
            return sentences(refused).ja
        return came.said.ja if isinstance(came, Refusal) else came
