"""Reads the workflows that stand beside the law, each by the words of the issue of the circular it belongs to."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tsutatsu.diagnostics import Diagnostic, Severity, finding, near
from tsutatsu.ir import Directive, Option
from tsutatsu.ir.workflows import Event, StateOf, Workflow
from tsutatsu.passes.find_stuck import find_stuck
from tsutatsu.passes.gather import File
from tsutatsu.passes.lower_workflow import lower_workflow
from tsutatsu.passes.names import Names
from tsutatsu.passes.read_folder import read_posts
from tsutatsu.source import Source
from tsutatsu.syntax.forms import Said, read_form
from tsutatsu.syntax.grammar import FILES
from tsutatsu.syntax.yaml_reader import read_yaml
from tsutatsu.words import Words

_PLACE: Final = re.compile(
    r"workflows/(?P<directive>[a-z0-9]+(?:-[a-z0-9]+)*)/(?P<issued>\d{4}-\d{2}-\d{2})/(?P<name>[^/]+)\.yaml", re.ASCII
)
POSTS: Final = "policy/common/posts.yaml"
"""The list of posts, which the workflows are read with."""


@dataclass(frozen=True, slots=True)
class Workflows:
    """The workflows as far as they could be read, by directive, issue and id, and everything found in them."""

    each: tuple[Workflow, ...]
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a workflow's file stands."""

    directive: str
    issued: str
    name: str


def read_workflows(files: Iterable[File], directives: Iterable[Directive]) -> Workflows:
    """The workflows that the files state for these directives; the list of posts among the files names the posts."""
    every = tuple(files)
    posts = tuple(post for file in every if file.path == POSTS for post in read_posts(file))
    findings: list[Diagnostic] = []
    issues = {(one.id, one.issued.isoformat()): one for one in directives}
    found: dict[tuple[str, date], list[Workflow]] = {}
    unread: set[str] = set()
    for file in (one for one in every if one.path != POSTS):
        place = _place(file.path)
        if place is None:
            findings.append(finding("TS800", Source(file.path), file=file.path))
            continue
        directive = issues.get((place.directive, place.issued))
        if directive is None:
            word = f"{place.directive}/{place.issued}"
            findings.append(finding("TS815", Source(file.path), word=word, file=file.path))
            continue
        workflow = _read(file, place.name, directive, posts, findings)
        if workflow is not None:
            found.setdefault((directive.id, directive.issued), []).append(workflow)
        else:
            unread.add(place.name)
    each: list[Workflow] = []
    for (directive_id, issued), workflows in sorted(found.items()):
        directive = issues[directive_id, issued.isoformat()]
        known = {one.id: one for one in workflows}
        findings += _shared_names(workflows)
        for one in workflows:
            linked = _linked(one, directive, known, unread, findings)
            findings += find_stuck(linked, directive)
            each.append(linked)
    return Workflows(tuple(sorted(each, key=lambda one: (one.directive, one.issued, one.id))), tuple(findings))


def _place(path: str) -> _Place | None:
    at = _PLACE.fullmatch(path)
    return None if at is None else _Place(at["directive"], at["issued"], at["name"])


def _read(
    file: File, name: str, directive: Directive, posts: tuple[Option, ...], findings: list[Diagnostic]
) -> Workflow | None:
    """The workflow of a file; nothing where anything in it could not be read."""
    read = read_yaml(file.data, file.path)
    found = list(read.findings)
    workflow: Workflow | None = None
    if read.node is not None:
        form = read_form(read.node, FILES["workflow"], found)
        workflow = lower_workflow(form, directive, Names.of(directive, found), posts)
        inner = form.form("workflow")
        said = None if inner is None else inner.said("id")
        if said is not None and said.text != name:
            found.append(finding("TS814", said.source, word=said.text, file=f"{name}.yaml"))
    findings += found
    wrong = not read.sound or any(one.severity is Severity.ERROR for one in found)
    return None if wrong else workflow


def _shared_names(workflows: Iterable[Workflow]) -> Iterator[Diagnostic]:
    """Names that two workflows of one issue bear."""
    seen: dict[str, str] = {}
    for one in workflows:
        for word in dict.fromkeys(word for word in (one.id, one.words.ja, one.words.en) if word):
            if seen.setdefault(word, one.id) != one.id:
                yield finding("TS212", one.source, word=word)


def _linked(
    workflow: Workflow,
    directive: Directive,
    known: Mapping[str, Workflow],
    unread: Collection[str],
    findings: list[Diagnostic],
) -> Workflow:
    """The workflow with the states of others named by their ids; what could not be read has been found already."""

    def event(one: Event) -> Event:
        said = (_link(link, known, findings) for link in one.linked if link.workflow not in unread)
        links = tuple(link for link in said if link is not None)
        for link in links:
            findings.extend(_unlike(one, workflow, known[link.workflow], directive))
        return replace(one, linked=links)

    return replace(workflow, events=tuple(event(one) if one.linked else one for one in workflow.events))


def _link(link: StateOf, known: Mapping[str, Workflow], findings: list[Diagnostic]) -> StateOf | None:
    other = next((one for one in known.values() if link.workflow in (one.id, one.words.ja, one.words.en)), None)
    if other is None:
        names = [word for one in known.values() for word in (one.id, one.words.ja)]
        findings.append(_unknown(Said(link.workflow, link.source), "手続", "workflow", names))
        return None
    states = {word: one.id for one in other.states for word in (one.words.en, one.words.ja, one.id) if word}
    for name in link.states:
        if name not in states:
            findings.append(_unknown(Said(name, link.source), "状態", "state", states))
    found = dict.fromkeys(states[name] for name in link.states if name in states)
    if not found:
        return None
    stands = [other.state[one].words for one in found]
    words = Words(
        f"「{other.words.ja}」が{'か'.join(f'「{one.ja}」' for one in stands)}",
        f"“{other.words.say('en')}” is {' or '.join(one.say('en') for one in stands)}",
    )
    return StateOf(other.id, tuple(found), words, link.source)


def _unlike(event: Event, one: Workflow, other: Workflow, directive: Directive) -> Iterator[Diagnostic]:
    """Facts in which the two can never be the same, since the events of one never say them."""
    for term in event.alike:
        for flow in (one, other):
            if not any(term in (*each.supplied, *(write.term for write in each.writes)) for each in flow.events):
                words = directive.term[term].words
                yield finding(
                    "TS835",
                    event.source,
                    (),
                    term=words.ja,
                    term_en=words.say("en"),
                    workflow=flow.words.ja,
                    workflow_en=flow.words.say("en"),
                )


def _unknown(said: Said, what: str, what_en: str, known: Iterable[str]) -> Diagnostic:
    return finding("TS813", said.source, (), word=said.text, what=what, what_en=what_en, nearest=near(said.text, known))
