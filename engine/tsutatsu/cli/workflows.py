"""Workflows as commands tell and draw them."""

import unicodedata
from dataclasses import replace
from datetime import date
from functools import cached_property

from tsutatsu.backends import diagram, prose
from tsutatsu.bundle import Bundle
from tsutatsu.cli.language import Lang, misuse
from tsutatsu.cli.lives import told_life
from tsutatsu.diagnostics import Diagnostic, Severity, near
from tsutatsu.ir import LIFE
from tsutatsu.ir.workflows import Event, Workflow
from tsutatsu.judging.doers import Doers
from tsutatsu.judging.workable import find_unworkable
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
        holders = self._doers.by_event(lang)
        passage = prose.tell_workflow(
            self.workflow, prose.Setting(self.workflow.among_terms_of(self.directive), holders, others), lang
        )
        if self.workflow.id != LIFE:
            return passage
        return replace(passage, lines=(*passage.lines, "", *(one.say(lang) for one in told_life(self.directive))))

    def mermaid(self, lang: Lang) -> str:
        """The drawing as Mermaid."""
        return diagram.mermaid(self.workflow, lang, self._doers.notes(lang))

    def svg(self, lang: Lang) -> str:
        """The drawing as SVG."""
        return diagram.svg(self.workflow, lang, self._doers.notes(lang))

    @cached_property
    def _doers(self) -> Doers:
        return Doers(self.workflow, self.directive)


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


def lives_on(bundle: Bundle, day: date) -> list[Told]:
    """The lives of the issues in force on that day."""
    return [
        Told(one.workflow, bundle)
        for one in bundle.lives
        if bundle.at(one.workflow.directive, day).issued == one.workflow.issued
    ]


def workflow_named(bundle: Bundle, name: str, day: date) -> Told | None:
    """The workflow called ``name`` (also "directive/workflow") on that day; refused where several are called so."""
    called = _plain(name)
    every = (*workflows_on(bundle, day), *lives_on(bundle, day))
    found = [one for one in every if called in map(_plain, names_of(one.workflow))]
    if len(found) > 1:
        known = "、".join(f"{one.workflow.directive}/{one.workflow.id}" for one in found)
        raise misuse("TS831", word=name, known=known)
    return found[0] if found else None


def event_named(workflow: Workflow, name: str) -> Event:
    """The event called ``name``; refused with the nearest where there is none."""
    called = _plain(name)
    for one in workflow.events:
        if called in map(_plain, (one.id, one.words.ja, one.words.en)):
            return one
    known = [word for one in workflow.events for word in (one.words.ja, one.id)]
    raise misuse("TS841", word=name, workflow=workflow.words.ja, nearest=near(name, known))


def names_of(one: Workflow) -> tuple[str, ...]:
    """What it may be called on a command line."""
    names = tuple(word for word in (one.id, one.words.ja, one.words.en) if word)
    return (*(f"{one.directive}/{name}" for name in names), *names)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name)
