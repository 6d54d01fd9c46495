"""Who may trigger the events of a workflow, in words: for its plain text and for what stands beside a drawing."""

from datetime import date, timedelta
from functools import cached_property

from tsutatsu.backends import prose
from tsutatsu.ir import Directive
from tsutatsu.ir.workflows import Event, Hand, Workflow
from tsutatsu.judging.workable import Holder, holders_of


class Doers:
    """Of one workflow; the law is looked into once, when first told."""

    def __init__(self, workflow: Workflow, directive: Directive) -> None:
        self.workflow = workflow
        self.directive = directive

    def by_event(self, lang: str) -> dict[str, str]:
        """The posts that may trigger each event, and those that may as some reading is taken."""
        return {event.id: self._told(event, lang) for event in self.workflow.events}

    def notes(self, lang: str) -> dict[str, str]:
        """What stands beside an event in a drawing: the posts that surely may, or when it comes by itself."""
        notes = {event.id: self._posts(event, lang, by_reading=False) for event in self.workflow.events}
        for timer in self.workflow.timers:
            clock = self.directive.clock[timer.clock]
            notes[timer.event] = prose.tell_timer(clock, lang)
            if clock.length is None and clock.end is not None and clock.end < date.max:  # known without any case
                notes[timer.event] = prose.tell_day(clock.end + timedelta(days=1), lang)
        for event in self.workflow.events:
            if event.hand is Hand.MACHINE and event.settled:
                notes[event.id] = "when no duty is open" if lang == "en" else "残る義務がなくなれば"
        return notes

    @cached_property
    def _asked(self) -> dict[str, tuple[Holder, ...] | None]:
        return {event.id: holders_of(event, self.workflow, self.directive) for event in self.workflow.events}

    def _told(self, event: Event, lang: str) -> str:
        if self._asked[event.id] is None:
            return ""
        surely = self._posts(event, lang, by_reading=False) or ("nobody" if lang == "en" else "なし")
        perhaps = self._posts(event, lang, by_reading=True)
        if not perhaps:
            return surely
        return f"{surely} (as read: {perhaps})" if lang == "en" else f"{surely}（読みによっては {perhaps}）"

    def _posts(self, event: Event, lang: str, *, by_reading: bool) -> str:
        found = [one for one in self._asked[event.id] or () if one.by_reading is by_reading]
        return (", " if lang == "en" else "、").join(one.words.say(lang) for one in found)
