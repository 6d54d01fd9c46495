"""A transitional clause held against the two issues that it joins: what of the one becomes what of the other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tsutatsu.diagnostics import Diagnostic, finding, near
from tsutatsu.ir import LIFE, Carried, Directive, Transition
from tsutatsu.ir.workflows import Hand, Workflow
from tsutatsu.source import NOWHERE, Source
from tsutatsu.words import Words


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue of a circular with its workflows."""

    directive: Directive
    workflows: tuple[Workflow, ...]

    def workflow(self, name: str) -> Workflow | None:
        """The workflow of this id or name."""
        return next((one for one in self.workflows if name in (one.id, one.words.ja, one.words.en)), None)


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends when a case moves, by id."""

    terms: frozenset[str] = frozenset()
    norms: frozenset[str] = frozenset()
    readings: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Passage:
    """How cases go over from one workflow to another, by ids."""

    earlier: Workflow
    later: Workflow
    states: Mapping[str, str]
    terms: Mapping[str, str] = field(default_factory=dict[str, str])
    norms: Mapping[str, str] = field(default_factory=dict[str, str])
    ending: Ending = Ending()


@dataclass(frozen=True, slots=True)
class Joined:
    """A clause as far as both issues know its names, and what they do not know."""

    passage: Passage | None
    findings: tuple[Diagnostic, ...]


def unchanged(earlier: Workflow, later: Workflow) -> Passage:
    """How cases go over to another encoding of the same workflow: everything keeps its id.

    A life that is drawn anew ends otherwise (superseded rather than lapsed): what then no longer comes, ends with it.
    """
    clocked = (one.id for one in earlier.events if one.hand is Hand.CLOCK and one.id not in later.event)
    ending = Ending(events=frozenset(clocked)) if earlier.id == LIFE else Ending()
    return Passage(earlier, later, {one.id: one.id for one in earlier.states if one.id in later.state}, ending=ending)


def carry_over(clause: Transition, earlier: Issue, later: Issue) -> Joined:
    """The clause by ids."""
    lookup = _Lookup(clause.source)
    before = earlier.workflow(clause.workflow)
    if before is None:
        lookup.unknown(_WORKFLOW, clause.workflow, earlier, _words(earlier.workflows))
        return Joined(None, tuple(lookup.found))
    after = later.workflow(clause.to or before.id)
    if after is None:
        lookup.unknown(_WORKFLOW, clause.to or before.id, later, _words(later.workflows))
        return Joined(None, tuple(lookup.found))
    olds, news = (_by_name((one.id, one.words) for one in flow.states) for flow in (before, after))
    states: dict[str, str] = {}
    for one in clause.states:
        old, new = lookup.one(_STATE, one.old, olds, earlier), lookup.one(_STATE, one.new, news, later)
        if old is not None and new is not None:
            states[old] = new
    terms = _by_name((one.id, one.words) for one in earlier.directive.terms)
    norms = {one.id: one.id for one in earlier.directive.norms}
    passage = Passage(
        before,
        after,
        states,
        {old: new for one, new in _each(clause.terms) if (old := lookup.one(_TERM, one, terms, earlier)) is not None},
        {old: new for one, new in _each(clause.norms) if (old := lookup.one(_NORM, one, norms, earlier)) is not None},
        _ending(clause.ending, earlier, before, lookup),
    )
    return Joined(passage, tuple(lookup.found))


_WORKFLOW, _STATE = Words("手続", "workflow"), Words("状態", "state")
_TERM, _NORM = Words("用語", "term"), Words("規範", "norm")
_ANY = Words("用語・規範・解釈・ひとりでに起こる事象", "term, norm, reading or event that comes by itself")


@dataclass(frozen=True, slots=True)
class _Lookup:
    """Looks names up, and notes those that are not known."""

    where: Source
    found: list[Diagnostic] = field(default_factory=list[Diagnostic])

    def one(self, kind: Words, name: str, known: Mapping[str, str], issue: Issue) -> str | None:
        """The id of what is called so."""
        if name not in known:
            self.unknown(kind, name, issue, known)
        return known.get(name)

    def unknown(self, kind: Words, name: str, issue: Issue, known: Iterable[str]) -> None:
        """Notes that nothing is called so."""
        issued, nearest = issue.directive.issued.isoformat(), near(name, known)
        said = finding(
            "TS892", self.where, word=name, what=kind.ja, what_en=kind.say("en"), issued=issued, nearest=nearest
        )
        self.found.append(said)


def _each(carried: Iterable[Carried]) -> Iterator[tuple[str, str]]:
    return ((one.old, one.new) for one in carried)


def _ending(names: Iterable[str], issue: Issue, flow: Workflow, lookup: _Lookup) -> Ending:
    """What ends, each name taken for all that bear it."""
    law, every = issue.directive, tuple(names)
    terms = _by_name((one.id, one.words) for one in law.terms)
    events = _by_name((one.id, one.words) for one in flow.events if one.hand is Hand.CLOCK)
    known = {*terms, *events, *law.norm, *law.reading}
    for name in every:
        if name not in known:
            lookup.unknown(_ANY, name, issue, known)
    return Ending(
        frozenset(terms[name] for name in every if name in terms),
        frozenset(name for name in every if name in law.norm),
        frozenset(name for name in every if name in law.reading),
        frozenset(events[name] for name in every if name in events),
    )


def _by_name(named: Iterable[tuple[str, Words]]) -> dict[str, str]:
    return {word: id_ for id_, words in named for word in (words.en, words.ja, id_) if word}


def _words(flows: Iterable[Workflow]) -> list[str]:
    return [word for one in flows for word in (one.words.ja, one.id)]


def _placed(clause: Transition, directive: Directive) -> Transition:
    """The clause with its place: that of its file, where the law was not read anew."""
    file = Source(f"policy/{directive.id}/{directive.issued.isoformat()}/directive.yaml")
    return clause if clause.source != NOWHERE else replace(clause, source=file)


def find_transitions(directives: Iterable[Directive], workflows: Iterable[Workflow]) -> Iterator[Diagnostic]:
    """What stands against the transitional clauses of these circulars, held against the issues that they name."""
    every, flows = tuple(directives), tuple(workflows)

    def issue(one: Directive) -> Issue:
        return Issue(one, tuple(flow for flow in flows if (flow.directive, flow.issued) == (one.id, one.issued)))

    for one in every:
        taken: set[tuple[str, str]] = set()
        for clause in (_placed(clause, one) for clause in one.transitions):
            if clause.earlier >= one.issued:
                yield finding("TS890", clause.source, earlier=clause.earlier.isoformat(), issued=one.issued.isoformat())
                continue
            before = next((d for d in every if (d.id, d.issued) == (one.id, clause.earlier)), None)
            if before is None:
                yield finding("TS891", clause.source, earlier=clause.earlier.isoformat())
                continue
            joined = carry_over(clause, issue(before), issue(one))
            yield from joined.findings
            if joined.passage is not None:
                name = f"{clause.earlier}/{joined.passage.earlier.id}"
                for state in joined.passage.states:
                    if (name, state) in taken:
                        yield finding("TS893", clause.source, workflow=clause.workflow, state=state)
                    taken.add((name, state))
