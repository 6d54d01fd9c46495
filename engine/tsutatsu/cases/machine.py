"""The machine of a workflow: one for all its cases, driven by ``transitions``; a case's own state is lent to it."""

from typing import TYPE_CHECKING, Protocol

from transitions import EventData, Machine

if TYPE_CHECKING:
    from tsutatsu.ir.workflows import Workflow


class Trial(Protocol):
    """What decides whether an event may go through."""

    def passes(self) -> bool:
        """Whether it may; asked once the state allows it."""
        ...


class _Place:
    """Where one case stands while it is being moved; thrown away afterwards, also when nothing came of it."""

    __slots__ = ("at",)

    def __init__(self, at: str) -> None:
        self.at = at


class Moves:
    """The states and events of one workflow. It keeps nothing of any case, so that all share it."""

    def __init__(self, workflow: "Workflow") -> None:
        self._machine = Machine(
            model=None,
            states=[one.id for one in workflow.states],
            initial=workflow.start.id,
            auto_transitions=False,
            send_event=True,
            model_attribute="at",
        )
        for event in workflow.events:
            self._machine.add_transition(
                _trigger(event.id), list(event.origins), event.target, conditions=[_may_go_through]
            )

    def can_leave(self, state: str, event: str) -> bool:
        """Whether the event starts from that state at all."""
        return state in self._machine.events[_trigger(event)].transitions

    def move(self, state: str, event: str, trial: Trial) -> str | None:
        """The state that the event leads to, or nothing where ``trial`` does not let it through."""
        place = _Place(state)
        moved = self._machine.events[_trigger(event)].trigger(place, trial=trial)
        return place.at if moved else None


def _may_go_through(data: EventData) -> bool:
    trial: Trial = data.kwargs["trial"]
    return trial.passes()


def _trigger(event: str) -> str:
    return f"event {event}"
