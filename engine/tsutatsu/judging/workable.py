"""Whether the events of a workflow can ever go through, and whose: the law asked of every fact a case may come to hold.

A bounded search: one value of each kind that the law tells apart is tried. What no event says stays unknown, and what
is unknown permits nothing. Where something was left untried, an event is at most warned of.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from tsutatsu.diagnostics import Diagnostic, Severity, finding
from tsutatsu.ir import (
    ALWAYS,
    FORCE,
    TODAY,
    Choice,
    Directive,
    Facts,
    Judgement,
    Kind,
    Norm,
    Strength,
    Value,
    Words,
)
from tsutatsu.ir.workflows import Event, Stamp, Workflow
from tsutatsu.judging.engines import engines_named
from tsutatsu.judging.law import Law
from tsutatsu.judging.levels import Levels
from tsutatsu.judging.live import live_reach_of
from tsutatsu.judging.settling import Budget, Decide, Search, combined
from tsutatsu.judging.slots import kinds_of, unknown_slots
from tsutatsu.semantics import Question, Sides, Verdict

MOST_TRIED: Final = 600
"""More sets of facts than this are not tried for one event and judgement."""

_CALLS: Final = 200
"""How often the engine may be asked at the end of one way."""

_KEPT_BACK: Final = 8
"""How many of these are kept for ways on which no reading is open."""

_PERMITTED: Final = 0
"""The level on which every norm permits."""

_GUARD: Final = "guard of the event"
_GUARD_WORDS: Final = Words("要件", "its guard")


@dataclass(slots=True)
class _Looking:
    """One search: what it may try, and what it has met."""

    sayable: Mapping[str, tuple[Value, ...] | None] | None
    """The terms that may become known, with the only values they may then have; nothing where every term may."""
    readings: bool
    """Whether open readings may be taken either way."""
    left: int = MOST_TRIED
    settlings: int = 24
    """How often it may be asked whether what stays unknown makes no difference."""
    found: bool = False
    doubt: bool = False
    wanting: frozenset[str] | None = None
    """The fewest terms that nobody says, where they alone stood in the way."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A post that may trigger an event, as an option of the term into which its post is written."""

    term: str
    post: str
    by_reading: bool
    """Whether only where an open passage is read so."""


@dataclass(frozen=True, slots=True)
class Ask:
    """What an event asks of the law at once: its guard and one judgement."""

    judgement: Words
    law: Law
    decide: Decide
    in_force: Law
    """The same with every norm in force, whatever the day."""
    decide_in_force: Decide
    facts: Facts
    """What the event writes whatever the case, and the judgement's act."""
    today: tuple[str, ...]
    """The terms into which it writes the day on which it happens."""
    sayable: Mapping[str, tuple[Value, ...] | None]
    """The terms that the case can have been told by then, with the only values they may have, where these are few."""

    def ever(self) -> _Looking:
        """Looks for any facts at all that permit while the circular is in force."""
        looking = _Looking(None, readings=True)
        return self._look(self.in_force, self.decide_in_force, self.facts, looking)

    def as_told(self, given: Facts, *, readings: bool) -> _Looking:
        """Looks for facts that permit among those that the case can have been told, on the first or last day."""
        looking = _Looking(self.sayable, readings)
        for day in _days(self.law.directive):
            facts: dict[str, Value] = {**self.facts, **dict.fromkeys(self.today, day), **given, TODAY: day}
            if not looking.found:
                self._look(self.law, self.decide, facts, looking)
        return looking

    def _look(self, law: Law, decide: Decide, facts: Facts, looking: _Looking) -> _Looking:
        levels = Levels(Question.MAY, law.norms)
        search = Search(law, levels, decide, Budget(), {}, law.taken)
        looking.found = _explore({TODAY: law.directive.first_day, **facts}, law.taken, search, looking)
        return looking


def find_unworkable(workflow: Workflow, directive: Directive) -> Iterator[Diagnostic]:
    """A finding for each event that no facts let through, or only facts that no event says."""
    for event in workflow.events:
        for ask in asks_of(event, workflow, directive):
            guard = ask.judgement == _GUARD_WORDS
            what = ask.judgement.ja if guard else f"判断「{ask.judgement.ja}」"
            what_en = ask.judgement.en if guard else f"judgement “{ask.judgement.say('en')}”"
            ever = ask.ever()
            if not ever.found:
                if not ever.doubt:
                    yield finding("TS820", event.source, (), word=event.words.ja, what=what, what_en=what_en)
                continue
            told = ask.as_told({}, readings=False)
            if told.found or not told.wanting:
                continue
            terms = [directive.term[one].words for one in sorted(told.wanting)]
            unsaid = finding(
                "TS821",
                event.source,
                (),
                word=event.words.ja,
                what=what,
                what_en=what_en,
                terms="、".join(one.ja for one in terms),
                terms_en=", ".join(one.say("en") for one in terms),
            )
            yield replace(unsaid, severity=Severity.WARNING) if told.doubt else unsaid


def holders_of(event: Event, workflow: Workflow, directive: Directive) -> tuple[Holder, ...] | None:
    """The posts whose holders may trigger an event; nothing where the law does not ask who does."""
    asks = tuple(asks_of(event, workflow, directive))
    asked = [write.term for write in event.writes if write.value is Stamp.POST]
    for term in asked:
        kind = directive.term[term].type
        if asks and isinstance(kind, Choice):
            found = tuple(_held(term, option.id, asks) for option in kind.options)
            anyone = all(one is not None and not one.by_reading for one in found)
            return None if anyone else tuple(one for one in found if one is not None)
    return None


def _held(term: str, post: str, asks: Iterable[Ask]) -> Holder | None:
    """The post, where its holders may."""
    for by_reading in (False, True):
        if all(ask.as_told({term: post}, readings=by_reading).found for ask in asks):
            return Holder(term, post, by_reading)
    return None


def asks_of(event: Event, workflow: Workflow, directive: Directive) -> Iterator[Ask]:
    """What the law is asked when an event is to go through; nothing where it asks nothing."""
    guard = () if event.guard == ALWAYS else (_guard(event),)
    judgements = [directive.judgement[name] for name in event.judgements]
    if not judgements and guard:
        judgements = [Judgement(_GUARD, _GUARD_WORDS, ())]
    fixed: dict[str, Value] = {w.term: w.value for w in event.writes if not isinstance(w.value, Stamp)}
    today = tuple(write.term for write in event.writes if write.value is Stamp.DAY)
    known = _sayable([event, *_before(event, workflow)])
    whole = replace(directive, norms=(*directive.norms, *guard))
    always = replace(whole, norms=tuple(replace(norm, force="") for norm in whole.norms))
    for one in judgements:
        judgement = replace(one, norms=(*(norm.id for norm in guard), *one.norms))
        law, in_force = Law(whole, judgement, Question.MAY), Law(always, judgement, Question.MAY)
        yield Ask(
            one.words,
            law,
            engines_named("compiled", whole, judgement, ""),
            in_force,
            engines_named("compiled", always, judgement, ""),
            {**fixed, **law.act},
            tuple(term for term in today if term not in law.act),
            known if one.day is None else {one.day: None, **known},
        )


def _guard(event: Event) -> Norm:
    """The guard as a norm, so that it is searched with the norms of a judgement."""
    return Norm(_GUARD, "", Kind.DUTY, Strength.HARD, Words(_GUARD), kept=event.guard)


def _days(directive: Directive) -> tuple[date, ...]:
    """The first and the last day of the circular's effect, as far as there are any."""
    end = directive.clock[FORCE].end
    return (directive.first_day,) if end is None else (directive.first_day, end)


def _before(event: Event, workflow: Workflow) -> list[Event]:
    """The events that may have happened before: each from whose target the event's own states can be reached."""
    found: dict[str, Event] = {}
    seen, waiting = set[str](), list(event.origins)
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        for one in workflow.events:
            if one.target == state:
                found[one.id] = one
                waiting += one.origins
    return list(found.values())


def _sayable(events: Iterable[Event]) -> dict[str, tuple[Value, ...] | None]:
    """The terms that the events say, with their values where these are written and nothing else."""
    found: dict[str, tuple[Value, ...] | None] = {}
    for event in events:
        found.update(dict.fromkeys(event.supplied))
        for write in event.writes:
            so_far = found.get(write.term, ())
            if isinstance(write.value, Stamp) or so_far is None:
                found[write.term] = None
            else:
                found[write.term] = tuple(dict.fromkeys((*so_far, write.value)))
    return found


def _explore(facts: Facts, sides: Sides, search: Search, looking: _Looking) -> bool:
    """Whether some completion of the facts surely permits."""
    looking.left -= 1
    if looking.left < 0:
        looking.doubt = True
        return False
    standings = search.decide(facts, sides)
    least, most = search.levels.span(standings)
    if least == most or least > _PERMITTED:
        return least == most == _PERMITTED
    law = search.law
    live = live_reach_of((law.norms[n] for n in search.levels.matters(standings)), law.directive, facts, sides)
    every = unknown_slots(live, law.directive, facts)
    slots = [slot for slot in every if looking.sayable is None or slot.term in looking.sayable]
    if slots:
        kinds = kinds_of(slots[0], live, law.directive, facts)
        looking.doubt |= not kinds.exhaustive
        only = None if looking.sayable is None else looking.sayable[slots[0].term]
        values = kinds.values if only is None else only
        return any(_explore(slots[0].put(facts, value), sides, search, looking) for value in values)
    computed = [one for one in live.readings if one not in sides]
    if looking.readings and computed:
        name = computed[0]
        taken = ({**sides, name: side.id} for side in law.directive.reading[name].sides)
        return any(_explore(facts, one, search, looking) for one in taken)
    return _settled(facts, sides, search, looking, frozenset(slot.term for slot in every), decided=not computed)


def _settled(
    facts: Facts, sides: Sides, search: Search, looking: _Looking, wanting: frozenset[str], *, decided: bool
) -> bool:
    """Whether the law permits in spite of what nobody says; where that alone stands in the way, it is kept in mind."""
    if looking.settlings <= (0 if decided else _KEPT_BACK):
        looking.doubt = True
        return False
    looking.settlings -= 1
    result = combined(search.levels, [replace(search, taken=sides, budget=Budget(_CALLS)).settle(facts)])
    if result.verdict is Verdict.PERMITTED:
        return True
    looking.doubt |= not result.exhaustive or (decided and not wanting)
    fewer = wanting and (looking.wanting is None or len(wanting) < len(looking.wanting))
    if fewer and _explore(facts, sides, search, _Looking(None, readings=False, left=_CALLS, settlings=1)):
        looking.wanting = wanting
    return False
