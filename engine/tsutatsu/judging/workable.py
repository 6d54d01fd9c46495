"""Whether the events of a workflow can ever go through, and whose: the law asked of every fact a case may come to hold.

A bounded search: one value of each kind that the law tells apart is tried. What no event says stays unknown, and what
is unknown permits nothing. Where something was left untried, an event is at most warned of.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product
from typing import Final

from tsutatsu.diagnostics import Diagnostic, Severity, finding
from tsutatsu.ir import (
    ALWAYS,
    FORCE,
    TODAY,
    Choice,
    Condition,
    Directive,
    Each,
    Facts,
    Judgement,
    Kind,
    Norm,
    Some,
    Strength,
    Value,
    Words,
)
from tsutatsu.ir.walking import walk
from tsutatsu.ir.workflows import ACTOR, OTHER_POST, POST, Event, Hand, Stamp, Workflow, as_post
from tsutatsu.judging.engines import engines_named
from tsutatsu.judging.law import Law
from tsutatsu.judging.levels import Levels
from tsutatsu.judging.live import live_reach_of
from tsutatsu.judging.settling import Budget, Decide, Search, combined
from tsutatsu.judging.slots import kinds_of, strangers, unknown_slots
from tsutatsu.passes.find_stuck import events_before
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
_ANY_POST: Final = Words("職を持つ者", "anyone who holds a post")
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
    """A post that may trigger an event."""

    post: str
    words: Words
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
    doers: tuple[Facts, ...]
    """What is known of whoever acts, for each post told apart; one without anything where the guard does not ask."""
    sayable: Mapping[str, tuple[Value, ...] | None]
    """The terms that the case can have been told by then, with the only values they may have, where these are few."""

    def ever(self) -> _Looking:
        """Looks for any facts at all that permit while the circular is in force."""
        looking = _Looking(None, readings=True)
        for doer in self.doers:
            if not looking.found:
                self._look(self.in_force, self.decide_in_force, {**self.facts, **doer}, looking)
        return looking

    def as_told(self, given: Facts, *, readings: bool, in_force: bool = False) -> _Looking:
        """Looks for facts that permit among those that the case can have been told, on the days tried.

        ``in_force``: with every norm in force; else an act for a day on which none is may pass."""
        law, decide = (self.in_force, self.decide_in_force) if in_force else (self.law, self.decide)
        looking = _Looking(self.sayable, readings)
        fitting = [one for one in self.doers if all(one.get(term, value) == value for term, value in given.items())]
        for day, doer in product(_days(self.law.directive), fitting):
            facts: dict[str, Value] = {**self.facts, **dict.fromkeys(self.today, day), **doer, **given, TODAY: day}
            if not looking.found:
                self._look(law, decide, facts, looking)
        return looking

    def _look(self, law: Law, decide: Decide, facts: Facts, looking: _Looking) -> _Looking:
        levels = Levels(Question.MAY, law.norms)
        search = Search(law, levels, decide, Budget(), {}, law.taken)
        looking.found = _explore({TODAY: law.directive.first_day, **facts}, law.taken, search, looking)
        return looking


def find_unworkable(workflow: Workflow, directive: Directive) -> Iterator[Diagnostic]:
    """A finding for each event that no facts let through, or only facts that no event says; and for each watched duty
    that would need these."""
    yield from _unmet(workflow, directive)
    for event in (*workflow.events, *workflow.handled.values()):
        for ask in asks_of(event, workflow, directive):
            guard = ask.judgement == _GUARD_WORDS
            what = ask.judgement.ja if guard else f"判断「{ask.judgement.ja}」"
            what_en = ask.judgement.en if guard else f"judgement “{ask.judgement.say('en')}”"
            told = ask.as_told({}, readings=False, in_force=True)
            if told.found:
                continue
            ever = ask.ever()
            if not ever.found:
                if not ever.doubt:
                    yield finding("TS820", event.source, (), word=event.words.ja, what=what, what_en=what_en)
                continue
            if not told.wanting:
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


def _unmet(workflow: Workflow, directive: Directive) -> Iterator[Diagnostic]:
    """The watched duties of which nobody can ever say that they were met."""
    known = _sayable(workflow.events)
    names = dict.fromkeys(norm for one in workflow.watched for norm in directive.judgement[one].norms)
    for norm in (directive.norm[name] for name in names):
        if norm.due is None or (norm.due.met is not None and norm.due.met not in known):
            continue  # no later duty; or found as one that no event meets at all
        if any(isinstance(one, Each | Some) for one in walk(norm.kept)):
            continue
        ask = _ask(
            Judgement(_GUARD, _GUARD_WORDS, (_GUARD,)), directive, (_as_norm(norm.kept),), _Told({}, (), ({},), known)
        )
        told = ask.as_told({}, readings=True)
        if not told.found and told.wanting and not told.doubt:
            terms = [directive.term[one].words for one in sorted(told.wanting)]
            yield finding(
                "TS828",
                workflow.source,
                (),
                word=norm.id,
                terms="、".join(one.ja for one in terms),
                terms_en=", ".join(one.say("en") for one in terms),
            )


def holders_of(event: Event, workflow: Workflow, directive: Directive) -> tuple[Holder, ...] | None:
    """The posts whose holders may trigger an event; nothing where the law does not ask who does."""
    asks = tuple(asks_of(event, workflow, directive))
    if not asks or event.hand is not Hand.PERSON:
        return None
    posts = _posts(event, workflow, directive)
    if not posts:
        return None
    held = {post.id: _held(post, asks) for post in posts}
    if all(one is not None and not one.by_reading for one in held.values()):
        return None
    found = tuple(one for name, one in held.items() if one is not None and name)
    if len(found) == sum(bool(name) for name in held) and not any(one.by_reading for one in found):
        return (Holder("", _ANY_POST, by_reading=False),)  # only who holds none is left out
    return found


@dataclass(frozen=True, slots=True)
class _Post:
    """A post that is told apart from others when an event is triggered; nameless for one who holds none."""

    words: Words
    facts: Facts
    """How it is known: to the guard, and in each term into which it is written."""
    id: str = ""


def _posts(event: Event, workflow: Workflow, directive: Directive) -> list[_Post]:
    """The posts told apart, each as what is known of its holder; none where nothing asks for a post."""
    terms = [directive.term[write.term] for write in event.writes if write.value is Stamp.POST]
    asked = [one for one in terms if isinstance(one.type, Choice)]
    guarded = [one for one in workflow.acting if one.id == POST and POST in event.asks_who]
    kinds = {one.id: one.type for one in (*asked, *guarded) if isinstance(one.type, Choice)}
    named = {option.words.ja: option for kind in kinds.values() for option in kind.options}
    found: list[_Post] = []
    for option in sorted(named.values(), key=lambda one: one.id == OTHER_POST.id):
        words = option.words
        values = {term: as_post(kind, (words.ja, words.en)) for term, kind in kinds.items()}
        if None not in values.values():
            found.append(_Post(words, values, option.id))
    if guarded and all(kind.none for kind in kinds.values()):
        found.append(_Post(Words(""), dict.fromkeys(kinds)))
    return found


def _doers(event: Event, workflow: Workflow, directive: Directive) -> tuple[Facts, ...]:
    """What a guard that asks who acts may come to know of him."""
    if not event.asks_who:
        return ({},)
    if event.hand is not Hand.PERSON:
        return (dict.fromkeys((ACTOR, POST)),)
    (name,) = strangers(set(), 1)
    persons = {ACTOR: name, **{write.term: name for write in event.writes if write.value is Stamp.ACTOR}}
    if POST not in event.asks_who:
        return (persons,)
    return tuple({**persons, **one.facts} for one in _posts(event, workflow, directive))


def _held(post: _Post, asks: Iterable[Ask]) -> Holder | None:
    """The post, where its holders may."""
    for by_reading in (False, True):
        if all(ask.as_told(post.facts, readings=by_reading, in_force=True).found for ask in asks):
            return Holder(post.id, post.words, by_reading)
    return None


def asks_of(event: Event, workflow: Workflow, directive: Directive) -> Iterator[Ask]:
    """What the law is asked when an event is to go through; nothing where it asks nothing."""
    guard = () if event.guard == ALWAYS else (_as_norm(event.guard),)
    judgements = [directive.judgement[name] for name in event.judgements]
    if not judgements and guard:
        judgements = [Judgement(_GUARD, _GUARD_WORDS, ())]
    told = _Told(
        {write.term: write.value for write in event.writes if not isinstance(write.value, Stamp)},
        tuple(write.term for write in event.writes if write.value is Stamp.DAY),
        _doers(event, workflow, directive),
        _sayable([event, *events_before(event, workflow)]),
    )
    asked = workflow.among_terms_of(directive) if event.asks_who else directive
    for one in judgements:
        yield _ask(replace(one, norms=(*(norm.id for norm in guard), *one.norms)), asked, guard, told)


@dataclass(frozen=True, slots=True)
class _Told:
    """What a case can have been told when the law is asked."""

    fixed: Facts
    today: tuple[str, ...]
    doers: tuple[Facts, ...]
    sayable: Mapping[str, tuple[Value, ...] | None]


def _ask(judgement: Judgement, directive: Directive, norms: tuple[Norm, ...], told: _Told) -> Ask:
    """A judgement asked of a circular with these norms beside its own."""
    whole = replace(directive, norms=(*directive.norms, *norms))
    always = replace(whole, norms=tuple(replace(norm, force="") for norm in whole.norms))
    law, in_force = Law(whole, judgement, Question.MAY), Law(always, judgement, Question.MAY)
    return Ask(
        judgement.words,
        law,
        engines_named("compiled", whole, judgement, ""),
        in_force,
        engines_named("compiled", always, judgement, ""),
        {**told.fixed, **law.act},
        tuple(term for term in told.today if term not in law.act),
        told.doers,
        told.sayable if judgement.day is None else {judgement.day: None, **told.sayable},
    )


def _as_norm(condition: Condition) -> Norm:
    """A condition as a norm, so that it is searched with the norms of a judgement."""
    return Norm(_GUARD, "", Kind.DUTY, Strength.HARD, Words(_GUARD), kept=condition)


def _days(directive: Directive) -> tuple[date, ...]:
    """The first and the last day of the circular's effect, and the day after it, as far as there are any."""
    end = directive.clock[FORCE].end
    if end is None or end == date.max:
        return (directive.first_day,) if end is None else (directive.first_day, end)
    return directive.first_day, end, end + timedelta(days=1)


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
    computed = [one for one in live.readings if one not in sides]
    if not looking.readings and any(_forbids(one, facts, sides, search) for one in computed):
        return False
    every = unknown_slots(live, law.directive, facts)
    slots = [slot for slot in every if looking.sayable is None or slot.term in looking.sayable]
    if slots:
        kinds = kinds_of(slots[0], live, law.directive, facts)
        looking.doubt |= not kinds.exhaustive
        only = None if looking.sayable is None else looking.sayable[slots[0].term]
        values = kinds.values if only is None else only
        return any(_explore(slots[0].put(facts, value), sides, search, looking) for value in values)
    if looking.readings and computed:
        name = computed[0]
        taken = ({**sides, name: side.id} for side in law.directive.reading[name].sides)
        return any(_explore(facts, one, search, looking) for one in taken)
    return _settled(facts, sides, search, looking, frozenset(slot.term for slot in every), decided=not computed)


def _forbids(reading: str, facts: Facts, sides: Sides, search: Search) -> bool:
    """Whether one way to read an open passage leaves nothing that could still permit."""
    each = ({**sides, reading: side.id} for side in search.law.directive.reading[reading].sides)
    return any(search.levels.span(search.decide(facts, taken))[0] > _PERMITTED for taken in each)


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
