"""What a scenario shows of the workflows of its cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Final

from tsutatsu.cases.case import Deed, DutyStanding, Entry
from tsutatsu.cases.deciding import Refusal, Why
from tsutatsu.ir.workflows import Hand, Handling, Workflow


class Showing(Enum):
    """What of a workflow is shown."""

    ACCEPTED = "accepted"
    """An event went through."""
    REFUSED_BY_GUARD = "refused_by_guard"
    REFUSED_BY_JUDGEMENT = "refused_by_judgement"
    REFUSED_BY_LINK = "refused_by_link"
    REFUSED_BY_DUTIES = "refused_by_duties"
    WAITED = "waited"
    """An event of the machine's could not go through in a state from which it starts."""
    FIRED = "fired"
    """An event came when its timer had run out."""
    ENDED = "ended"
    """A final state was reached."""
    RAISED = "raised"
    """A duty was raised."""
    NOT_HANDLED = "not_handled"
    """What is done to a case besides its events (correcting, waiving, linking, erasing) was not for whoever tried."""
    MET = "met"
    """A duty was met, in time or after it had been breached."""
    BREACHED = "breached"


@dataclass(frozen=True, slots=True)
class Flow:
    """One workflow of one issue of a directive."""

    directive: str
    issued: date
    workflow: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One thing shown of a workflow: of an event, a state or a norm; by which judgement, where one refuses."""

    flow: Flow
    showing: Showing
    name: str
    judgement: str = ""


_OF_DUTY: Final[Mapping[DutyStanding, Showing]] = {
    DutyStanding.OPEN: Showing.RAISED,
    DutyStanding.MET: Showing.MET,
    DutyStanding.BREACHED: Showing.BREACHED,
}
_OF_REFUSAL: Final[Mapping[Why, Showing]] = {
    Why.GUARD: Showing.REFUSED_BY_GUARD,
    Why.JUDGEMENT: Showing.REFUSED_BY_JUDGEMENT,
    Why.LINKED: Showing.REFUSED_BY_LINK,
    Why.DUTIES: Showing.REFUSED_BY_DUTIES,
}


@dataclass
class Showings:
    """Everything that is shown in the course of a scenario."""

    found: dict[Shown, None] = field(default_factory=dict[Shown, None])

    def entry(self, flow: Workflow, entry: Entry) -> None:
        """What was added to a case of the workflow."""
        if entry.deed is Deed.EVENT:
            self._add(flow, Showing.ACCEPTED, entry.event)
            if entry.body is not None and entry.body.doer.hand is Hand.CLOCK:
                self._add(flow, Showing.FIRED, entry.event)
        if flow.state[entry.target].final:
            self._add(flow, Showing.ENDED, entry.target)
        for row in entry.duties:
            showing = _OF_DUTY.get(row.standing)
            if showing is not None:
                self._add(flow, Showing.RAISED, row.key.norm)
                self._add(flow, showing, row.key.norm)
            if row.performed is not None:
                self._add(flow, Showing.MET, row.key.norm)

    def resting(self, flow: Workflow, state: str) -> None:
        """That nothing more comes by itself to a case in that state."""
        for event in flow.events:
            if event.hand is Hand.MACHINE and state in event.origins:
                self._add(flow, Showing.WAITED, event.id)

    def refusal(self, flow: Workflow, refusal: Refusal) -> None:
        """That an event was refused."""
        showing = _OF_REFUSAL.get(refusal.why)
        if showing is not None:
            by = refusal.answer.judgement if refusal.answer is not None and refusal.why is Why.JUDGEMENT else ""
            self._add(flow, showing, refusal.event, by)

    def not_handled(self, flow: Workflow, handling: Handling) -> None:
        """That somebody was not among those who may do that."""
        self._add(flow, Showing.NOT_HANDLED, handling.value)

    def _add(self, flow: Workflow, showing: Showing, name: str, judgement: str = "") -> None:
        self.found[Shown(Flow(flow.directive, flow.issued, flow.id), showing, name, judgement)] = None
