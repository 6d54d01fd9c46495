"""Finds where a case could not begin, go on or end, in the drawing of states and events, before any law is asked."""

from collections.abc import Callable, Iterator

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.ir import Directive, Norm
from tsutatsu.ir.workflows import ACTOR, ACTOR_WORDS, POST, POST_WORDS, Event, Hand, Stamp, Workflow

_HANDS = {Hand.PERSON: ("人", "a person"), Hand.MACHINE: ("機械", "a machine"), Hand.CLOCK: ("時計", "a clock")}

_WHO = {ACTOR: ACTOR_WORDS, POST: POST_WORDS}


def find_stuck(workflow: Workflow, directive: Directive) -> Iterator[Diagnostic]:
    """A finding for each state that cannot be reached or left, event that comes from nowhere or needs someone who is
    not there, timer that never runs out, watched duty that nothing can meet, list that a judgement would look for."""
    yield from _beginnings(workflow)
    yield from _states(workflow)
    yield from _events(workflow, directive)
    yield from _timers(workflow, directive)
    yield from _watched(workflow, directive)
    yield from _settled(workflow, directive)
    yield from _units(workflow, directive)


def events_before(event: Event, workflow: Workflow) -> tuple[Event, ...]:
    """The events that may have happened before: each from whose target the event's own states can be reached."""
    found: dict[str, Event] = {}
    seen, waiting = set[str](), list(event.origins)
    while waiting:
        state = waiting.pop()
        if state not in seen:
            seen.add(state)
            for one in workflow.events:
                if one.target == state:
                    found[one.id] = one
                    waiting += one.origins
    return tuple(found.values())


def said_by(event: Event) -> Iterator[str]:
    """The terms that an event adds to the facts of a case."""
    yield from event.supplied
    yield from (write.term for write in event.writes)


def performed_by(event: Event) -> Iterator[str]:
    """The terms of which an event says that there is something: that there is none yet meets no duty."""
    yield from event.supplied
    yield from (write.term for write in event.writes if write.value is not None)


def _beginnings(workflow: Workflow) -> Iterator[Diagnostic]:
    count = sum(one.initial for one in workflow.states)
    if count != 1:
        yield finding("TS803", workflow.source, (), word=workflow.words.ja, count=count)
    if not any(one.final for one in workflow.states):
        yield finding("TS804", workflow.source, (), word=workflow.words.ja)


def _spread(start: set[str], step: Callable[[set[str]], set[str]]) -> set[str]:
    """All that can be reached, step by step."""
    reached = set(start)
    while more := step(reached) - reached:
        reached |= more
    return reached


def _states(workflow: Workflow) -> Iterator[Diagnostic]:
    events = workflow.events
    starts, ends = {one.id for one in workflow.states if one.initial}, {one.id for one in workflow.states if one.final}
    reached = _spread(starts, lambda seen: {one.target for one in events if seen & set(one.origins)})
    ending = _spread(ends, lambda seen: {origin for one in events if one.target in seen for origin in one.origins})
    for state in workflow.states:
        word = state.words.ja
        if starts and state.id not in reached:
            yield finding("TS805", state.source, (), word=word)
        if state.final and any(state.id in one.origins for one in events):
            yield finding("TS806", state.source, (), word=word)
        if ends and state.id not in ending:
            yield finding("TS807", state.source, (), word=word)


def _events(workflow: Workflow, directive: Directive) -> Iterator[Diagnostic]:
    for event in workflow.events:
        if not event.origins:
            yield finding("TS808", event.source, (), word=event.words.ja)
        if event.hand is Hand.MACHINE and event.target in event.origins:
            yield finding("TS824", event.source, (), word=event.words.ja)
        yield from _unsaid(event, directive)


def _unsaid(event: Event, directive: Directive) -> Iterator[Diagnostic]:
    """What only a person could say or be asked for, of an event that no person triggers."""
    if event.hand is Hand.PERSON:
        return
    hand, hand_en = _HANDS[event.hand]
    for term in (*event.supplied, *(write.term for write in event.writes if write.value in (Stamp.ACTOR, Stamp.POST))):
        label = directive.term[term].words.ja
        yield finding("TS822", event.source, (), word=event.words.ja, hand=hand, hand_en=hand_en, term=label)
    for label in (words.ja for asked, words in _WHO.items() if asked in event.asks_who):
        yield finding("TS826", event.source, (), word=event.words.ja, hand=hand, hand_en=hand_en, term=label)


def _timers(workflow: Workflow, directive: Directive) -> Iterator[Diagnostic]:
    said = {term for event in workflow.events for term in said_by(event)}
    timed = {timer.event for timer in workflow.timers}
    for timer in workflow.timers:
        clock, event = directive.clock[timer.clock], workflow.event[timer.event]
        if event.hand is not Hand.CLOCK:
            yield finding("TS816", timer.source, (), word=event.words.ja)
        if clock.window is not None or (clock.length is None and clock.end is None):
            yield finding("TS809", timer.source, (), word=clock.words.ja)
        elif isinstance(clock.start, str) and clock.start not in said:
            yield finding("TS810", timer.source, (), word=clock.words.ja, term=directive.term[clock.start].words.ja)
    for event in workflow.events:
        if event.hand is Hand.CLOCK and event.id not in timed:
            yield finding("TS811", event.source, (), word=event.words.ja)


def _watched(workflow: Workflow, directive: Directive) -> Iterator[Diagnostic]:
    said = {term for event in workflow.events for term in performed_by(event)}
    for norm in _later_duties(workflow, directive):
        met = None if norm.due is None else norm.due.met
        if met is not None and met not in said:
            yield finding("TS812", workflow.source, (), word=norm.id, term=directive.term[met].words.ja)


def _settled(workflow: Workflow, directive: Directive) -> Iterator[Diagnostic]:
    """Events that wait until no duty is open, where none is watched, or one cannot be met before."""
    for event in (one for one in workflow.events if one.settled):
        if not workflow.watched:
            yield finding("TS829", event.source, (), word=event.words.ja)
        every = {term for one in workflow.events for term in performed_by(one)}
        before = {term for one in events_before(event, workflow) for term in performed_by(one)}
        for norm in _later_duties(workflow, directive):
            met = None if norm.due is None else norm.due.met
            if met is not None and met in every and met not in before:
                term = directive.term[met].words.ja
                yield finding("TS833", event.source, (), word=event.words.ja, norm=norm.id, term=term)


def _later_duties(workflow: Workflow, directive: Directive) -> Iterator[Norm]:
    """The norms of the watched judgements."""
    for name in dict.fromkeys(norm for judgement in workflow.watched for norm in directive.judgement[judgement].norms):
        yield directive.norm[name]


def _units(workflow: Workflow, directive: Directive) -> Iterator[Diagnostic]:
    asked = dict.fromkeys([name for event in workflow.events for name in event.judgements] + list(workflow.watched))
    for name in asked:
        judgement = directive.judgement[name]
        if judgement.unit is not None and judgement.unit != workflow.unit:
            term = directive.term[judgement.unit].words.ja
            yield finding("TS823", workflow.source, (), word=judgement.words.ja, term=term)
