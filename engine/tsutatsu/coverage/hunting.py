"""Looks for facts that would show a point which no scenario shows, or proves that there are none."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import product
from typing import Final, assert_never

from tsutatsu.coverage.points import (
    AtBound,
    ConceptMet,
    InForce,
    LeftOpen,
    Lifted,
    OpenCaseRead,
    Point,
    ReadSo,
    Referred,
    Scopes,
    StandsSo,
    subject_of,
)
from tsutatsu.coverage.resting import Reaching, Sort, Subject
from tsutatsu.coverage.searching import MOST_IN_DOUBT, MOST_NEAR, MOST_TRIED, End, Found, Hunt, Place, Search, Tries
from tsutatsu.coverage.shows import shows
from tsutatsu.coverage.sightings import Sighting, Sightings, waits
from tsutatsu.diagnostics import Refused
from tsutatsu.gherkin.writing import submitted
from tsutatsu.ir import (
    ALWAYS,
    FORCE,
    NEVER,
    TODAY,
    AllOf,
    AnyOf,
    Condition,
    Day,
    Directive,
    Facts,
    Is,
    Judgement,
    Kind,
    Norm,
    Not,
    Some,
    Standing,
    Strength,
    Value,
    Words,
)
from tsutatsu.judging import Judge
from tsutatsu.judging.live import live_reach_of
from tsutatsu.judging.reach import reach_of
from tsutatsu.judging.slots import Slot, unknown_slots
from tsutatsu.semantics import Question, Sides, Truth3

MOST_LIKE: Final = 400
"""How many scenarios' facts are looked at for those most like facts found."""

_ABSENT: Final = object()

MOST_ASKED: Final = 60
"""How often the law is asked whether a norm waits."""


@dataclass(frozen=True)
class Hunter:
    """Looks for facts in one directive, first near what scenarios have asked, then from nothing."""

    directive: Directive
    reaching: Reaching
    sightings: Sightings
    _judges: dict[str, Judge] = field(default_factory=dict[str, Judge], compare=False, repr=False)

    def hunt(self, point: Point) -> Hunt:
        """Facts that show the point; proof that there are none; or neither, at the bound."""
        match point:
            case InForce():
                return Hunt(End.BOUND)
            case LeftOpen(norm):
                return self._left_open(self.directive.norm[norm])
            case _:
                return self.find(self.bearing(subject_of(point, self.directive.id)), *self._searches(point))

    def bearing(self, thing: Subject) -> tuple[Judgement, ...]:
        """The judgements that bear on a thing."""
        return tuple(one for one in self.directive.judgements if self.reaching.bears(one, thing))

    def find(self, judgements: Sequence[Judgement], *searches: Search) -> Hunt:
        """What one of the searches finds in what these judgements ask: at best facts near a scenario's."""
        distant = self._distant(searches, judgements, MOST_TRIED)
        if distant.end is End.NONE:
            return distant
        for search in searches:
            found = self._near(search, judgements)
            if found is not None:
                return Hunt(End.FOUND, found)
        return distant if distant.end is End.FOUND else self._distant(searches, judgements, MOST_IN_DOUBT)

    def _distant(self, searches: Sequence[Search], judgements: Sequence[Judgement], most: int) -> Hunt:
        """What one of the searches finds that sets out from nothing."""
        doubt = False
        for search, place in product(searches, self._places(judgements)):
            hunt = search.from_place(place, self.taken, most)
            if hunt.found is not None:
                return Hunt(End.FOUND, self._nearer(hunt.found, search))
            doubt |= hunt.end is End.BOUND
        return Hunt(End.BOUND if doubt else End.NONE)

    def _near(self, search: Search, judgements: Sequence[Judgement]) -> Found | None:
        tries, asked = Tries(MOST_NEAR), {one.id for one in judgements}
        for one in self._plainest_first:
            if one.judgement in asked:
                act = dict(self.directive.judgement[one.judgement].act)
                changed = search.near(one.facts, one.sides, act, tries)
                if changed is not None:
                    return _found(one, changed.facts, changed.slot, self.directive)
        return None

    def _nearer(self, found: Found, search: Search) -> Found:
        """The same facts put into those of the scenario most like them, where they still show what is looked for."""
        alike: list[Found] = []
        for one, on in product(self._plainest_first[:MOST_LIKE], (None, found.on)):
            if one.judgement != found.judgement:
                continue
            facts = {**one.facts, **found.facts, TODAY: on or one.on}
            sides = {**one.sides, **found.sides}
            if search.goal(facts, sides) is Truth3.TRUE:
                other = [term for term in facts if facts[term] != one.facts.get(term, _ABSENT)]
                words = tuple(self.directive.term[term].words.ja for term in other)
                alike.append(Found(one.judgement, on or one.on, facts, sides, words, one.scenarios[0]))
        return min(alike, key=lambda one: len(one.changed), default=found)

    @cached_property
    def _plainest_first(self) -> tuple[Sighting, ...]:
        """What the scenarios saw: first that in which everything is settled and in order."""
        return tuple(sorted(self.sightings.seen, key=lambda one: sum(_amiss(standing) for standing in one.standings)))

    @cached_property
    def taken(self) -> Sides:
        """The sides of readings that are decided."""
        return {one.id: one.taken for one in self.directive.readings if one.taken is not None}

    def _places(self, judgements: Sequence[Judgement]) -> list[Place]:
        """One for each judgement; those of one act are alike."""
        unlike = {judgement.act: judgement for judgement in reversed(judgements)}
        return [self._place_of(judgement) for judgement in reversed(unlike.values())]

    def _place_of(self, judgement: Judgement) -> Place:
        """Soon after the circular takes effect, where the day asked for makes no difference."""
        clock = self.directive.clock.get(FORCE)
        start = clock.start if clock is not None and isinstance(clock.start, date) else self.directive.issued
        plain = start + min(timedelta(days=30), date.max - start)
        soon = plain if clock is None or clock.end is None or plain <= clock.end else start
        return Place(judgement.id, dict(judgement.act), soon)

    # ── what is followed for a point ─────────────────────────────────────────────────────────────────────────────────

    def _searches(self, point: Point) -> tuple[Search, ...]:
        d = self.directive
        bearing = self.reaching.norms(subject_of(point, d.id))
        match point:
            case StandsSo(name):
                return (self._search(point, (d.norm[name],)),)
            case Lifted(name, number, applies):
                norm = d.norm[name]
                when = norm.lifts[number].when
                asked = AllOf((norm.when, when if applies else Not(when)))
                return (self._search(point, (replace(norm, when=asked, lifts=(), kept=ALWAYS, pending=NEVER),)),)
            case AtBound(thing, test, scopes, _, _, given):
                tested = _anywhere(scopes, test)
                norm = _asking("bound", tested)
                if thing.kind is Sort.NORM:
                    norm = replace(d.norm[thing.id], when=given, lifts=(), kept=tested, pending=NEVER)
                return (self._search(point, (norm,), every=True),)
            case ConceptMet(name, scopes):
                return (self._search(point, (_asking("concept", _anywhere(scopes, Is(name))),)),)
            case OpenCaseRead(name, number, scopes):
                concept = d.concept[name]
                whole = {"case": concept.open[number].when, "yes": concept.yes, "whole": Is(name)}
                parts = tuple(_asking(part, _anywhere(scopes, condition)) for part, condition in whole.items())
                return (self._search(point, parts),)
            case ReadSo():
                return tuple(self._search(point, (d.norm[name],), norms=(name,)) for name in bearing)
            case Referred(_, stands, scopes):
                return (self._search(point, (_asking("stands", _anywhere(scopes, stands)),)),)
            case LeftOpen() | InForce():
                return ()
            case _:
                assert_never(point)

    def _search(
        self, point: Point, followed: tuple[Norm, ...], *, every: bool = False, norms: tuple[str, ...] = ()
    ) -> Search:
        def goal(facts: Facts, sides: Sides) -> Truth3:
            return shows(point, self.directive, facts, sides, norms)

        return Search(self.directive, ((self.directive, followed),), goal, every)

    # ── a missing fact ───────────────────────────────────────────────────────────────────────────────────────────────

    def _left_open(self, norm: Norm) -> Hunt:
        """Facts of a scenario with one taken away for which the norm then waits; or none where it looks at no facts."""
        judgements = [one for one in self.directive.judgements if norm.id in one.norms]
        if not any(self._unknown(norm, self._least_known(one), self.taken) for one in judgements):
            return Hunt(End.NONE)
        tries = MOST_ASKED
        for one in (*self._plainest_first, *self._against(norm)):
            judgement = self.directive.judgement[one.judgement]
            if norm.id not in judgement.norms:
                continue
            fixed = {TODAY, *dict(judgement.act)}
            for spot in reach_of(norm, self.directive).spots:
                if spot.within is not None or spot.term in fixed or spot.term not in one.facts:
                    continue
                facts = {term: value for term, value in one.facts.items() if term != spot.term}
                if not self._unknown(norm, facts, one.sides):
                    continue
                tries -= 1
                if tries < 0:
                    return Hunt(End.BOUND)
                question = self._waits(norm, judgement, facts, one.sides, one.on)
                if question is not None:
                    found = _found(one, facts, Slot(spot.term), self.directive)
                    return Hunt(End.FOUND, replace(found, question=question))
        return Hunt(End.BOUND)

    def _least_known(self, judgement: Judgement) -> Facts:
        """What is known where nothing is said: what the act fixes, the day judged, and by it the day of the act."""
        place, term = self._place_of(judgement), judgement.day
        facts: dict[str, Value] = {**place.act, TODAY: place.on}
        if term is not None and isinstance(self.directive.term[term].type, Day):
            facts.setdefault(term, place.on)
        return facts

    def _against(self, norm: Norm) -> Iterator[Sighting]:
        """Facts on which the norm is broken, or not shown to be kept, as if a scenario had asked about them."""
        for standing in (Standing.BROKEN, Standing.UNEXPLAINED):
            found = self.hunt(StandsSo(norm.id, standing)).found
            if found is not None:
                near = [] if found.scenario is None else [found.scenario]
                yield Sighting(found.judgement, found.on, found.facts, found.sides, (), near)

    def _unknown(self, norm: Norm, facts: Facts, sides: Sides) -> bool:
        """Whether how the norm stands still turns on facts."""
        return bool(unknown_slots(live_reach_of((norm,), self.directive, facts, sides), self.directive, facts))

    def _waits(self, norm: Norm, judgement: Judgement, facts: Facts, sides: Sides, on: date) -> Question | None:
        """The question to which the answer is that the norm waits, if there is one."""
        given = submitted(facts, judgement)
        for question in (Question.MAY, Question.ORDER, Question.DUTY):
            try:
                answer = self._judge(judgement.id).ask(given, on=on, question=question, engine="compiled", sides=sides)
            except Refused:
                return None
            if norm.id in waits(answer, self.directive):
                return question
        return None

    def _judge(self, judgement: str) -> Judge:
        if judgement not in self._judges:
            self._judges[judgement] = Judge(self.directive, judgement, digest="")
        return self._judges[judgement]


def _found(near: Sighting, facts: Facts, slot: Slot, directive: Directive) -> Found:
    scenario = near.scenarios[0] if near.scenarios else None
    return Found(near.judgement, near.on, facts, near.sides, (slot.path(directive),), scenario)


def _amiss(standing: Standing) -> bool:
    """Whether a norm is not kept, or not known to be."""
    return bool(standing & (Standing.BROKEN | Standing.UNEXPLAINED)) or bool(standing & (standing - 1))


def _anywhere(scopes: Scopes, condition: Condition) -> Condition:
    """The condition as it is asked: of the facts, or of some record of the lists."""
    found: list[Condition] = []
    for within in scopes:
        asked = condition
        for name in reversed(within):
            asked = Some(name, asked)
        found.append(asked)
    return found[0] if len(found) == 1 else AnyOf(tuple(found))


def _asking(name: str, condition: Condition) -> Norm:
    """A norm that does nothing but ask whether a condition holds."""
    return Norm(name, "", Kind.DUTY, Strength.HARD, Words(""), kept=condition)
