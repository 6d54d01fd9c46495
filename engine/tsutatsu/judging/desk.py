"""Where one question of one judgement is answered: what is prepared once, and what is worked out for a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tsutatsu.ir import Directive, Facts, RecordList, Records, Value, Words
from tsutatsu.judging.engines import Engines
from tsutatsu.judging.entries import Entries
from tsutatsu.judging.force import standing_caveats
from tsutatsu.judging.law import Law
from tsutatsu.judging.levels import Levels
from tsutatsu.judging.outcome import NOT_EXHAUSTIVE, Outcome, Part, part_of, side_verdicts, taken
from tsutatsu.judging.parts import Caveat, CaveatKind, Presumption, Told, Version
from tsutatsu.semantics import Question, Verdict

if TYPE_CHECKING:
    from tsutatsu.backends.compiled import Compiled, Quick
    from tsutatsu.judging.settling import Search, Settled
    from tsutatsu.judging.slots import Slot

MOST_KEPT: Final = 65_536
"""Standings kept in outcomes met before, over all norms; beyond, the store is begun again."""

MOST_WAITING: Final = 4_096
"""Sets of waiting norms for which the terms looked at are kept."""


@dataclass(frozen=True, slots=True)
class Case:
    """What was worked out for one careful answer."""

    submitted: Facts
    """The facts as submitted, typed."""
    facts: Mapping[str, Value]
    """With presumptions and the day filled in."""
    unit_facts: Mapping[int, Mapping[str, Value]]
    """What each unit's norms saw."""
    taken: Mapping[str, str]
    decided: Mapping[str, str]
    """The sides taken for this answer alone."""
    days: Mapping[str, date]
    presume: bool
    presumed: tuple[Presumption, ...]
    caveats: tuple[Caveat, ...]
    measured: "tuple[Slot, ...]" = ()
    """Where a force's measures filled in what was not said."""


class Desk:
    """One question of one judgement, decided by the engines chosen."""

    def __init__(
        self,
        law: Law,
        question: Question,
        engines: Engines,
        *,
        version: Version,
        engine_version: str,
        compiled: "Compiled | None",
    ) -> None:
        self.law = law
        self.question = question
        self.engines = engines
        self.version = version
        self.engine_version = engine_version
        self.compiled = compiled
        """What reads plain facts at once, whether or not it is among the engines that decide."""
        self.compiled_decides = compiled in engines.every
        self.unsaid = None if compiled is None else compiled.unsaid
        """Its mark of a fact that was not supplied."""
        self.others = tuple(engine for engine in engines.every if engine is not compiled)
        self._waiting: dict[tuple[int, ...], tuple[tuple[int, Told], ...] | None] = {}
        """By the numbers of the norms that wait."""
        self.outcomes: dict[tuple[int, ...], Outcome | None] = {}
        self.caveats = (
            *standing_caveats(law.directive),
            *_overlay_caveats(law.directive),
            *_readings_taken(law),
            *_engine_replaced(engines),
        )

    @cached_property
    def searched(self) -> Law:
        """The judgement as far as the question looks into it."""
        return Law(self.law.directive, self.law.judgement, self.question)

    @cached_property
    def levels(self) -> Levels:
        """The levels of the question's verdicts."""
        return Levels(self.question, self.law.norms)

    @cached_property
    def entries(self) -> Entries:
        """What each norm adds to an outcome."""
        return Entries(self.law, self.levels)

    @cached_property
    def unit_fields(self) -> frozenset[str]:
        """The terms that each unit says for itself."""
        unit = self.law.judgement.unit
        if unit is None:
            return frozenset()
        kind = self.law.directive.term[unit].type
        assert isinstance(kind, Records)
        return frozenset(kind.fields)

    def outcome(self, standings: tuple[int, ...]) -> Outcome | None:
        """The outcome of standings that settle the verdict by themselves, kept for later; None where they do not."""
        if len(self.outcomes) * len(standings) >= MOST_KEPT:
            self.outcomes.clear()
        least, most = self.levels.span(standings)
        found: Outcome | None = None
        if least == most:
            verdict = self.levels.verdict(least)
            found = Outcome(verdict, (self.part(0, verdict, standings),), (), True, ())
        self.outcomes[standings] = found
        return found

    def part(self, number: int, verdict: Verdict, standings: Sequence[int]) -> Part:
        """One unit's part."""
        return part_of(number, verdict, standings, self.entries, self.levels)

    def search(self, case: Case | None) -> "Search":
        """A search for what a case leaves open, with a budget of its own.

        One engine looks ahead, all must agree on what proves a verdict.
        """
        from tsutatsu.judging.settling import Budget, Search

        days: Mapping[str, date] = {} if case is None else case.days
        sides: Mapping[str, str] = self.law.taken if case is None else case.taken
        ahead, *others = self.engines.every
        confirm = self.engines if others else None
        return Search(self.searched, self.levels, ahead.standings, Budget(), days, sides, confirm)

    def work_out(self, case: Case) -> Outcome:
        """The outcome of a careful case: each unit settled, the worst standing."""
        from tsutatsu.judging.settling import combined

        search = self.search(case)
        numbers = list(case.unit_facts)
        several = len(numbers) > 1 or self._more(case)
        settled = {number: search.settle(case.unit_facts[number], whole=several) for number in numbers}
        parts = tuple(self._settled_part(number, one) for number, one in settled.items())
        if not parts:
            return Outcome(Verdict.NOT_ENOUGH, (), (), True, ())
        more = [self._unseen(case, search)] if self._more(case) else []
        result = combined(self.levels, list(settled.values()), more)
        caveats = () if result.exhaustive else (NOT_EXHAUSTIVE,)
        sides = side_verdicts(result.branches, self.levels, self.law.directive)
        return Outcome(result.verdict, parts, sides, result.exhaustive, caveats)

    def _settled_part(self, number: int, one: "Settled") -> Part:
        from tsutatsu.judging.settling import combined

        return self.part(number, combined(self.levels, [one]).verdict, one.standings)

    def _more(self, case: Case) -> bool:
        records = case.facts.get(self.law.judgement.unit) if self.law.judgement.unit is not None else None
        return isinstance(records, RecordList) and not records.complete

    def _unseen(self, case: Case, search: "Search") -> "Settled":
        """A record that may exist and of which nothing is known."""
        return search.settle({k: v for k, v in case.facts.items() if k not in self.unit_fields}, whole=True)

    def waiting(self, part: Part) -> tuple[tuple[int, Told], ...] | None:
        """The terms that a part's open norms look at, with their places in a snapshot; None where lists are."""
        try:
            return self._waiting[part.waiting]
        except KeyError:
            if len(self._waiting) >= MOST_WAITING:
                self._waiting.clear()
            found = self._waiting[part.waiting] = self._waits_for(part)
            return found

    def _waits_for(self, part: Part) -> tuple[tuple[int, Told], ...] | None:
        reached, directive = self.law.reached(part.waiting), self.law.directive
        if reached.lists or self.compiled is None:
            return None
        at = {term: place for place, term in enumerate(self.compiled.terms)}
        terms = [directive.term[spot.term] for spot in reached.spots if directive.term[spot.term].derived is None]
        return tuple((at[term.id], Told(term.id, term.words.ja, term.words)) for term in terms if term.id in at)

    def following(self, case: Case | None, unit: int) -> "tuple[Slot, ...]":
        """The places in one unit's facts that follow others, having been measured."""
        own = self.law.judgement.unit
        found: list[Slot] = []
        for slot in () if case is None else case.measured:
            if slot.within is None or slot.within != own:
                found.append(slot)
            elif slot.index == unit - 1:
                found.append(slot.alone)
        return tuple(found)

    # ── plain facts ──────────────────────────────────────────────────────────────────────────────────────────────────

    def facts_of(self, quick: "Quick") -> dict[str, Value]:
        """The facts in a snapshot."""
        assert self.compiled is not None
        return self.compiled.facts_of(quick.values)

    def day_filled(self, terms: Sequence[str], on: date) -> Caveat:
        """That the day judged was taken for a day that nobody gave."""
        return day_filled(self.law.directive, terms, on)


def day_filled(directive: Directive, terms: Sequence[str], on: date) -> Caveat:
    """That the day judged was taken for a day that nobody gave."""
    ja = "、".join(directive.term[term].words.ja for term in terms)
    en = ", ".join(directive.term[term].words.say("en") for term in terms)
    return Caveat(
        CaveatKind.DAY_FILLED,
        Words(
            f"「{ja}」は示されていないので、判断日 {on} とした。",
            f"“{en}” was not given; the day judged, {on}, was taken.",
        ),
    )


def _overlay_caveats(directive: Directive) -> tuple[Caveat, ...]:
    if directive.local is None:
        return ()
    from tsutatsu.judging.measuring import overlay_caveats

    return overlay_caveats(directive)


def _readings_taken(law: Law) -> tuple[Caveat, ...]:
    if not law.taken:
        return ()
    reached = set(law.reached(law.every).readings)
    return tuple(
        Caveat(CaveatKind.READING_TAKEN, _taken_words(law.directive, reading, side))
        for reading, side in law.taken.items()
        if reading in reached
    )


def _taken_words(directive: Directive, reading: str, side: str) -> Words:
    one = directive.reading[reading]
    (words,) = (t.words for t in taken([(reading, side)], directive))
    by = one.decided_by or "この符号化"
    when = f" ({one.decided_on})" if one.decided_on is not None else ""
    return Words(
        f"解釈「{reading}」は{by}{when}の決定により「{words.ja}」による。",
        f"Reading “{reading}” is taken as “{words.say('en')}”, decided by {one.decided_by or 'this encoding'}{when}.",
    )


def _engine_replaced(engines: Engines) -> tuple[Caveat, ...]:
    if not engines.replaced:
        return ()
    words = Words(
        "規則エンジン (durable-rules) がこの環境にないため、compiled と semantics が判定した。",
        "durable-rules is not installed here; compiled and semantics decided.",
    )
    return (Caveat(CaveatKind.ENGINE_REPLACED, words),)
