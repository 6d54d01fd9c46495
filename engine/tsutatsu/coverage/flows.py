"""What the scenarios show of the workflows: their events, ends, timers and duties; and what they leave unshown.

Of each workflow are demanded: every event accepted; a person's event refused by each thing that it asks (its own
condition, each judgement, linked cases, open duties); a machine's event that asks anything waiting; every final state
reached; every timer fired; what the workflow lets only some do to a case (できる者) refused to another; every watched
duty that its cases can raise raised, met where something in the workflow can meet it, and breached where it binds and
its time limit can be counted.

The scenarios of cases count here and here alone: what they ask of judgements on the way shows nothing of the norms,
which have scenarios of their own that say what is expected of each.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.performing import Performed
from tsutatsu.gherkin.shown import Flow, Showing, Shown
from tsutatsu.gherkin.talk import watched_of
from tsutatsu.ir import ALWAYS, TODAY, Directive, Norm, Strength, Words
from tsutatsu.ir.workflows import HANDLING_WORDS, Event, Hand, Workflow
from tsutatsu.judging.duties import timed
from tsutatsu.judging.reach import reach_of
from tsutatsu.source import Source


@dataclass(frozen=True, slots=True)
class FlowPoint:
    """One thing to be shown of a workflow, in words, with the scenarios that show it."""

    shown: Shown
    words: Words
    source: Source
    scenarios: tuple[int, ...]
    """By their numbers among those performed."""


@dataclass(frozen=True)
class FlowCoverage:
    """One workflow, point by point."""

    workflow: Workflow
    points: tuple[FlowPoint, ...]

    @cached_property
    def missing(self) -> tuple[FlowPoint, ...]:
        """What no scenario shows."""
        return tuple(one for one in self.points if not one.scenarios)

    @property
    def shown(self) -> int:
        """How many things are shown."""
        return len(self.points) - len(self.missing)

    def findings(self) -> Iterator[Diagnostic]:
        """A finding for each thing that no scenario shows."""
        name = self.workflow.words
        for one in self.missing:
            yield finding(
                "TS480", one.source, (),
                workflow=name.ja, workflow_en=name.say("en"), words=one.words.ja, words_en=one.words.say("en"),
            )  # fmt: skip


def measure_flows(
    directive: Directive, workflows: Iterable[Workflow], scenarios: Sequence[Performed]
) -> tuple[FlowCoverage, ...]:
    """What the scenarios that pass show of the workflows of one issue of a directive."""
    seen: dict[Shown, list[int]] = {}
    for number, one in enumerate(scenarios):
        for shown in one.shown if one.passed else ():
            seen.setdefault(shown, []).append(number)
    return tuple(
        FlowCoverage(one, tuple(_points(one, directive, seen)))
        for one in workflows
        if (one.directive, one.issued) == (directive.id, directive.issued)
    )


def _points(workflow: Workflow, directive: Directive, seen: Mapping[Shown, Sequence[int]]) -> Iterator[FlowPoint]:
    flow = Flow(workflow.directive, workflow.issued, workflow.id)

    def point(showing: Showing, name: str, words: Words, source: Source, judgement: str = "") -> FlowPoint:
        shown = Shown(flow, showing, name, judgement)
        return FlowPoint(shown, words, source, tuple(seen.get(shown, ())))

    for event in workflow.events:
        told = event.words
        for showing, judgement in _demanded(event):
            ja, en = _WORDS[showing]
            by = "" if not judgement else directive.judgement[judgement].words.ja
            by_en = "" if not judgement else directive.judgement[judgement].words.say("en")
            words = Words(ja.format(told.ja, by), en.format(told.say("en"), by_en))
            yield point(showing, event.id, words, event.source, judgement)
    for timer in workflow.timers:
        told = workflow.event[timer.event].words
        words = Words(f"期日に「{told.ja}」が起こること", f"“{told.say('en')}” coming when its time has run out")
        yield point(Showing.FIRED, timer.event, words, timer.source)
    for state in workflow.states:
        if state.final:
            words = Words(f"「{state.words.ja}」で終わること", f"ending as “{state.words.say('en')}”")
            yield point(Showing.ENDED, state.id, words, state.source)
    for handling, guard in workflow.handled.items():
        ja, en = _WORDS[Showing.NOT_HANDLED]
        words = Words(ja.format(HANDLING_WORDS[handling].ja), en.format(HANDLING_WORDS[handling].say("en")))
        yield point(Showing.NOT_HANDLED, handling.value, words, guard.source)
    for norm in watched_of(workflow, Lexicon(directive)):
        raised = Shown(flow, Showing.RAISED, norm.id)
        if raised in seen or _can_be_raised(norm, workflow, directive):
            for showing in _of_duty(norm, workflow, directive):
                ja, en = _WORDS[showing]
                words = Words(ja.format(norm.summary.ja), en.format(norm.summary.say("en")))
                yield point(showing, norm.id, words, norm.source)


def _demanded(event: Event) -> Iterator[tuple[Showing, str]]:
    """What is to be shown of an event; by which judgement, where one refuses it."""
    yield Showing.ACCEPTED, ""
    if event.hand is Hand.MACHINE and (event.settled or event.linked or event.guard != ALWAYS or event.judgements):
        yield Showing.WAITED, ""
    if event.hand is not Hand.PERSON:
        return
    if event.guard != ALWAYS:
        yield Showing.REFUSED_BY_GUARD, ""
    for judgement in event.judgements:
        yield Showing.REFUSED_BY_JUDGEMENT, judgement
    if event.linked:
        yield Showing.REFUSED_BY_LINK, ""
    if event.settled:
        yield Showing.REFUSED_BY_DUTIES, ""


def _of_duty(norm: Norm, workflow: Workflow, directive: Directive) -> Iterator[Showing]:
    yield Showing.RAISED
    if norm.due is not None and norm.due.met in _terms_of(workflow):
        yield Showing.MET
    if norm.strength is Strength.HARD and timed(norm, directive) and not _met_by_the_clock(norm, workflow):
        yield Showing.BREACHED


def _met_by_the_clock(norm: Norm, workflow: Workflow) -> bool:
    """Whether the clock itself does what meets it: a late worker alone breaches it, and in scenarios none is late."""
    clocked = {write.term for event in workflow.events if event.hand is Hand.CLOCK for write in event.writes}
    return norm.due is not None and norm.due.met in clocked


def _can_be_raised(norm: Norm, workflow: Workflow, directive: Directive) -> bool:
    """Whether the cases say or write everything that decides whether the norm binds."""
    acts = {term for name in workflow.watched for term, _ in directive.judgement[name].act}
    looks_at = set(reach_of(norm, directive, kept=False).terms)
    lists = {one for one in looks_at if workflow.unit == one}
    return looks_at <= {*_terms_of(workflow), *acts, *lists, TODAY}


def _terms_of(workflow: Workflow) -> frozenset[str]:
    """The terms that its events say or write."""
    return frozenset(
        term for event in workflow.events for term in (*event.supplied, *(write.term for write in event.writes))
    )


_WORDS: Final[Mapping[Showing, tuple[str, str]]] = {
    Showing.ACCEPTED: ("「{0}」が受け付けられる（起こる）こと", "“{0}” going through"),
    Showing.WAITED: ("「{0}」がまだ起こらないこと", "“{0}” not coming yet"),
    Showing.REFUSED_BY_GUARD: ("「{0}」が要件により受け付けられないこと", "“{0}” refused by its own condition"),
    Showing.REFUSED_BY_JUDGEMENT: ("「{0}」が判断「{1}」により受け付けられないこと", "“{0}” refused by “{1}”"),
    Showing.REFUSED_BY_LINK: ("「{0}」が別件の状態により受け付けられないこと", "“{0}” refused by a linked case"),
    Showing.REFUSED_BY_DUTIES: ("「{0}」が残る義務により受け付けられないこと", "“{0}” refused by duties left open"),
    Showing.NOT_HANDLED: ("「できる者」でない者に、{0}ことが許されないこと", "refusing it to whoever may not {0}"),
    Showing.RAISED: ("義務「{0}」が生じること", "the duty raised: “{0}”"),
    Showing.MET: ("義務「{0}」が果たされること", "the duty met: “{0}”"),
    Showing.BREACHED: ("義務「{0}」に反すること", "the duty breached: “{0}”"),
}
