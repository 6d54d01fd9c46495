"""Workflows as commands tell and draw them."""

from datetime import date
from functools import cached_property

from tsutatsu.backends import diagram, prose
from tsutatsu.bundle import Bundle
from tsutatsu.cli.language import Lang
from tsutatsu.diagnostics import Diagnostic, Severity
from tsutatsu.ir import Choice
from tsutatsu.ir.workflows import Event, Hand, Workflow
from tsutatsu.judging.workable import Holder, find_unworkable, holders_of
from tsutatsu.sealing import digest, encode_node


class Told:
    """One workflow, with what the law says of who may trigger its events (looked into once, when first told)."""

    def __init__(self, workflow: Workflow, bundle: Bundle) -> None:
        self.workflow = workflow
        self.directive = bundle.law_of(workflow)
        self._bundle = bundle

    @cached_property
    def digest(self) -> str:
        """The digest of the workflow in its canonical form."""
        return digest(encode_node(Workflow, self.workflow))

    def passage(self, lang: Lang) -> prose.Passage:
        """The workflow in plain words."""
        others = {
            one.id: one
            for one in self._bundle.workflows
            if (one.directive, one.issued) == (self.workflow.directive, self.workflow.issued)
        }
        holders = {event.id: self._holders(event, lang) for event in self.workflow.events}
        return prose.tell_workflow(self.workflow, prose.Setting(self.directive, holders, others), lang)

    def mermaid(self, lang: Lang) -> str:
        """The drawing as Mermaid."""
        return diagram.mermaid(self.workflow, lang, self._notes(lang))

    def svg(self, lang: Lang) -> str:
        """The drawing as SVG."""
        return diagram.svg(self.workflow, lang, self._notes(lang))

    @cached_property
    def _asked(self) -> dict[str, tuple[Holder, ...] | None]:
        return {event.id: holders_of(event, self.workflow, self.directive) for event in self.workflow.events}

    def _posts(self, event: Event, lang: Lang, *, by_reading: bool) -> str:
        found = [one for one in self._asked[event.id] or () if one.by_reading is by_reading]
        names: list[str] = []
        for one in found:
            kind = self.directive.term[one.term].type
            assert isinstance(kind, Choice)
            names += [option.words.say(lang) for option in kind.options if option.id == one.post]
        return (", " if lang == "en" else "、").join(names)

    def _holders(self, event: Event, lang: Lang) -> str:
        if self._asked[event.id] is None:
            return ""
        surely = self._posts(event, lang, by_reading=False) or ("nobody" if lang == "en" else "なし")
        perhaps = self._posts(event, lang, by_reading=True)
        if not perhaps:
            return surely
        return f"{surely} (as read: {perhaps})" if lang == "en" else f"{surely}（読みによっては {perhaps}）"

    def _notes(self, lang: Lang) -> dict[str, str]:
        """What stands beside an event in a drawing: the posts that surely may, or when it comes by itself."""
        notes = {event.id: self._posts(event, lang, by_reading=False) for event in self.workflow.events}
        for timer in self.workflow.timers:
            notes[timer.event] = prose.tell_timer(self.directive.clock[timer.clock], lang)
        for event in self.workflow.events:
            if event.hand is Hand.MACHINE and event.settled:
                notes[event.id] = "when no duty is open" if lang == "en" else "残る義務がなくなれば"
        return notes


def workflow_findings(bundle: Bundle | None) -> list[Diagnostic]:
    """Everything found in the workflows, the law asked whether their events can ever go through."""
    if bundle is None:
        return []
    found = list(bundle.workflow_findings)
    if not any(one.severity is Severity.ERROR for one in found):
        for workflow in bundle.workflows:
            found += find_unworkable(workflow, bundle.law_of(workflow))
    return found


def workflows_on(bundle: Bundle, day: date) -> list[Told]:
    """The workflows of the issues in force on that day; refused with every finding where one cannot be read."""
    return [Told(one, bundle) for one in bundle.workflows if bundle.at(one.directive, day).issued == one.issued]
