"""Mutants: the law with one thing made otherwise, as an encoder might have got it wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from functools import cached_property
from typing import TypeAlias

from tsutatsu.backends.prose.tables import KINDS
from tsutatsu.calendar import DailyWindow, Period
from tsutatsu.coverage.altering import Alteration, Change, alter, dropped
from tsutatsu.coverage.bounds import shifted
from tsutatsu.coverage.resting import Reaching, Sort, Subject, subject
from tsutatsu.ir import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Clock,
    Concept,
    Condition,
    Directive,
    Hour,
    Kind,
    Norm,
    Op,
    Strength,
    Term,
    Test,
    Words,
)
from tsutatsu.passes.lower_norms import timed
from tsutatsu.source import Source

Part: TypeAlias = Norm | Concept | Clock | Term


@dataclass(frozen=True)
class Mutant:
    """A directive with one thing changed."""

    original: Directive
    subject: Subject
    number: int
    change: Change
    words: Words
    where: Source
    """Where in the policy the part changed stands."""
    parts: tuple[Part, ...]
    """The things changed, as the mutant has them."""

    @property
    def id(self) -> str:
        """Its name: what it changes, and the number of the change."""
        return f"{self.subject}#{self.number}"

    @cached_property
    def directive(self) -> Directive:
        """The directive as the mutant has it."""
        d = self.original
        norms = {one.id: one for one in self.parts if isinstance(one, Norm)}
        concepts = {one.id: one for one in self.parts if isinstance(one, Concept)}
        clocks = {one.id: one for one in self.parts if isinstance(one, Clock)}
        terms = {one.id: one for one in self.parts if isinstance(one, Term)}
        return replace(
            d,
            norms=tuple(norms.get(one.id, one) for one in d.norms),
            concepts=tuple(concepts.get(one.id, one) for one in d.concepts),
            clocks=tuple(clocks.get(one.id, one) for one in d.clocks),
            terms=tuple(terms.get(one.id, one) for one in d.terms),
        )


def mutants_of(directive: Directive, reaching: Reaching, norm: str | None = None) -> tuple[Mutant, ...]:
    """Every mutant of the norms that are judged and of what they rest on; of one norm alone and what it rests on."""
    chosen = [one.id for one in directive.norms if one.id in reaching.judged and norm in (None, one.id)]
    things = dict.fromkeys(thing for name in chosen for thing in sorted(reaching.of(subject(Sort.NORM, name))))
    found: list[Mutant] = []
    for one in things:
        if one.kind is not Sort.NORM or one.id in chosen:
            found += _of(one, directive)
    if norm is None:
        found += _of(subject(Sort.DIRECTIVE, directive.id), directive)
    return tuple(found)


def _of(thing: Subject, directive: Directive) -> Iterator[Mutant]:
    seen: set[object] = set()
    for number, one in enumerate(_variants(thing, directive), 1):
        parts = one.part if isinstance(one.part, tuple) else (one.part,)
        if parts not in seen:
            seen.add(parts)
            yield Mutant(directive, thing, number, one.change, one.words, one.where, parts)


@dataclass(frozen=True, slots=True)
class _Variant:
    """A thing made otherwise."""

    change: Change
    words: Words
    part: Part | tuple[Part, ...]
    where: Source


def _variants(thing: Subject, d: Directive) -> Iterator[_Variant]:
    match thing.kind:
        case Sort.NORM:
            yield from _of_norm(d.norm[thing.id], d)
        case Sort.CONCEPT:
            yield from _of_concept(d.concept[thing.id], d)
        case Sort.CLOCK:
            yield from _of_clock(d.clock[thing.id])
        case Sort.TERM:
            term = d.term[thing.id]
            if term.derived is not None:
                for one in alter(term.derived, d):
                    yield _Variant(one.change, one.words, replace(term, derived=one.condition), one.where)
        case Sort.DIRECTIVE:
            yield from _of_survival(d)
        case Sort.READING:
            return


def _of_norm(norm: Norm, d: Directive) -> Iterator[_Variant]:
    yield from _strengths(norm)
    if norm.when != ALWAYS:
        yield from _each(_with_whole(norm.when, ALWAYS, d), lambda when: replace(norm, when=when))
    for at, lift in enumerate(norm.lifts):
        rest = norm.lifts[:at] + norm.lifts[at + 1 :]
        place = lift.provision
        words = Words(f"例外（{place}）を除く", f"without the exception of {place}")
        yield _Variant(Change.EXCEPTION, words, replace(norm, lifts=rest), lift.source)

        def put(when: Condition, at: int = at) -> Norm:
            return replace(norm, lifts=(*norm.lifts[:at], replace(norm.lifts[at], when=when), *norm.lifts[at + 1 :]))

        yield from _each(alter(lift.when, d), put)
    must = required(norm)
    if must not in (ALWAYS, NEVER):
        yield from _each(_with_whole(must, ALWAYS, d), lambda other: requiring(norm, other))
    if norm.due is not None:
        yield from _of_due(norm)
    if norm.survives != NEVER:
        words = Words("通達の失効後の存続を除く", "not outliving the circular")
        yield _Variant(Change.DROP, words, replace(norm, survives=NEVER), norm.survives.source)


def _of_survival(d: Directive) -> Iterator[_Variant]:
    """When norms outlive the circular is said once for all of them."""
    for condition in dict.fromkeys(norm.survives for norm in d.norms if norm.survives != NEVER):
        alike = [norm for norm in d.norms if norm.survives == condition]
        for one in alter(condition, d):
            parts = tuple(replace(norm, survives=one.condition) for norm in alike)
            yield _Variant(one.change, one.words, parts, one.where)


def _of_due(norm: Norm) -> Iterator[_Variant]:
    """The time taken away: it may be met at any time, or met without being shown to have been."""
    assert norm.due is not None
    if norm.due.met is None:
        return
    must = required(norm)
    if norm.due.clock is not None or norm.due.prompt is not None:
        kept, pending = timed(must, replace(norm.due, clock=None, prompt=None))
        words = Words("期限を除く", "without its time")
        yield _Variant(Change.DROP, words, replace(norm, kept=kept, pending=pending), norm.source)
    words = Words("果たした時を問わない", "met at no time in particular")
    yield _Variant(Change.DROP, words, replace(norm, kept=must, pending=NEVER), norm.source)


def _of_concept(concept: Concept, d: Directive) -> Iterator[_Variant]:
    yield from _each(alter(concept.yes, d), lambda yes: replace(concept, yes=yes))
    for at, case in enumerate(concept.open):
        rest = concept.open[:at] + concept.open[at + 1 :]
        words = Words(f"分かれる場合（解釈「{case.reading}」）を除く", f"without the open case of “{case.reading}”")
        yield _Variant(Change.DROP, words, replace(concept, open=rest), case.when.source)

        def put(when: Condition, at: int = at) -> Concept:
            return replace(
                concept, open=(*concept.open[:at], replace(concept.open[at], when=when), *concept.open[at + 1 :])
            )

        yield from _each(alter(case.when, d), put)
        for side in d.reading[case.reading].sides:
            if side.id != case.side:
                words = Words(
                    f"解釈「{case.reading}」の「{case.side}」を「{side.id}」にする",
                    f"“{side.id}” for “{case.side}” of reading “{case.reading}”",
                )
                other = replace(case, side=side.id)
                cases = (*concept.open[:at], other, *concept.open[at + 1 :])
                yield _Variant(Change.NEGATE, words, replace(concept, open=cases), case.when.source)


def _of_clock(clock: Clock) -> Iterator[_Variant]:
    if clock.length is not None:
        for n in (clock.length.n - 1, clock.length.n + 1):
            if n > 0:
                length = Period(n, clock.length.unit)
                words = Words(
                    f"長さ「{clock.length.words.ja}」を「{length.words.ja}」にする",
                    f"{length.words.say('en')} for {clock.length.words.say('en')}",
                )
                yield _Variant(Change.BOUNDARY, words, replace(clock, length=length), clock.source)
    for step in (-1, 1):
        if isinstance(clock.start, date) and date.min < clock.start < date.max:
            moved = replace(clock, start=clock.start + timedelta(days=step))
            yield _Variant(Change.BOUNDARY, _later("始まり", "start", "day", step), moved, clock.source)
        if clock.end is not None and date.min < clock.end < date.max:
            moved = replace(clock, end=clock.end + timedelta(days=step))
            yield _Variant(Change.BOUNDARY, _later("終わり", "end", "day", step), moved, clock.source)
    if clock.window is not None:
        yield from _of_window(clock, clock.window)


def _of_window(clock: Clock, window: DailyWindow) -> Iterator[_Variant]:
    for step in (-1, 1):
        start, end = shifted(Hour(), window.start, step), shifted(Hour(), window.end, step)
        if isinstance(start, time) and start != window.end:
            moved = replace(clock, window=replace(window, start=start))
            yield _Variant(Change.BOUNDARY, _later("始まり", "start", "minute", step), moved, clock.source)
        if isinstance(end, time) and end != window.start:
            moved = replace(clock, window=replace(window, end=end))
            yield _Variant(Change.BOUNDARY, _later("終わり", "end", "minute", step), moved, clock.source)


def _later(ja: str, en: str, unit: str, step: int) -> Words:
    one = {"day": "一日", "minute": "一分"}[unit]
    return Words(
        f"{ja}を{one}{'早くする' if step < 0 else '遅くする'}", f"{en} a {unit} {'earlier' if step < 0 else 'later'}"
    )


def _strengths(norm: Norm) -> Iterator[_Variant]:
    """The norm binding otherwise: hard for soft, a ban for a permission, and the other way about."""
    match norm.kind, norm.strength:
        case Kind.BAN, _:
            other = replace(norm, kind=Kind.PERMISSION, strength=Strength.FREE, kept=ALWAYS)
        case Kind.PERMISSION, Strength.HARD:
            other = replace(norm, strength=Strength.FREE, limits=False)
        case _, Strength.HARD:
            other = replace(norm, kind=Kind.EFFORT, strength=Strength.SOFT)
        case _, Strength.SOFT:
            other = replace(norm, kind=Kind.DUTY, strength=Strength.HARD)
        case _, Strength.FREE:
            other = replace(norm, kind=Kind.BAN, strength=Strength.HARD, kept=NEVER)
    before, after = KINDS[norm.kind], KINDS[other.kind]
    limit = Words("限る", "limiting ") if norm.limits else Words("", "")
    words = Words(
        f"力「{before.ja}{limit.ja}」を「{after.ja}」にする",
        f"{after.say('en')} for {limit.say('en')}{before.say('en')}",
    )
    yield _Variant(Change.STRENGTH, words, other, norm.source)


def required(norm: Norm) -> Condition:
    """What a norm requires, apart from the time it has."""
    due, kept = norm.due, norm.kept
    if due is None or due.met is None:
        return kept
    if (due.clock is not None or due.prompt is not None) and isinstance(kept, AllOf):
        kept = kept.parts[0]
    if kept == Test(due.met, Op.PRESENT):
        return ALWAYS
    return kept.parts[1] if isinstance(kept, AllOf) and len(kept.parts) == 2 else norm.kept


def requiring(norm: Norm, must: Condition) -> Norm:
    """The norm requiring something else in the same time."""
    kept, pending = timed(must, norm.due)
    return replace(norm, kept=kept, pending=pending)


def _with_whole(condition: Condition, rest: Condition, d: Directive) -> Iterator[Alteration]:
    """The condition altered, and taken away as a whole where it has no parts to be taken away one by one."""
    if not (isinstance(condition, AllOf | AnyOf) and len(condition.parts) > 1):
        yield dropped(condition, rest, d)
    yield from alter(condition, d)


def _each(found: Iterator[Alteration], put: Callable[[Condition], Norm | Concept]) -> Iterator[_Variant]:
    return (_Variant(one.change, one.words, put(one.condition), one.where) for one in found)
