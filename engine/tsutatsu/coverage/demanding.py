"""Which points a directive has: by the outcomes that each kind of norm can have, and by what each thing rests on."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from tsutatsu.coverage.bounds import edges
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
    StandsSo,
)
from tsutatsu.coverage.resting import Reaching, Sort, Subject, subject
from tsutatsu.ir import (
    ALWAYS,
    FORCE,
    NEVER,
    AllOf,
    AnyOf,
    Condition,
    Directive,
    Each,
    Norm,
    Not,
    Some,
    Standing,
    Stands,
    Strength,
    Test,
)
from tsutatsu.semantics import Verdict


def points_of(directive: Directive, reaching: Reaching) -> tuple[Point, ...]:
    """Every point, in the order of the policy: norms, then what they rest on, then the circular as a whole."""
    rest = {one for norm in directive.norms for one in reaching.of(subject(Sort.NORM, norm.id))}
    found: list[Point] = [point for norm in directive.norms for point in _of_norm(norm, directive)]
    for concept in directive.concepts:
        here = subject(Sort.CONCEPT, concept.id)
        if here in rest:
            found += [ConceptMet(concept.id, True), ConceptMet(concept.id, False)]
            for number in range(len(concept.open)):
                found += [OpenCaseRead(concept.id, number, True), OpenCaseRead(concept.id, number, False)]
            for condition in (concept.yes, *(case.when for case in concept.open)):
                found += _inside(condition, here, ALWAYS, directive)
    for term in directive.terms:
        here = subject(Sort.TERM, term.id)
        if here in rest and term.derived is not None:
            found += _inside(term.derived, here, ALWAYS, directive)
    for reading in directive.readings:
        if subject(Sort.READING, reading.id) in rest:
            found += [ReadSo(reading.id, side.id) for side in reading.sides]
    found += _of_force(directive)
    return _first_of_each(found)


def _of_norm(norm: Norm, directive: Directive) -> Iterator[Point]:
    for standing in _standings(norm):
        yield StandsSo(norm.id, standing)
    if norm.strength is not Strength.FREE:
        yield LeftOpen(norm.id)
    for number in range(len(norm.lifts)):
        yield Lifted(norm.id, number, True)
        yield Lifted(norm.id, number, False)
    here = subject(Sort.NORM, norm.id)
    yield from _inside(norm.when, here, ALWAYS, directive)
    for lift in norm.lifts:
        yield from _inside(lift.when, here, norm.when, directive)
    yield from _inside(norm.kept, here, norm.when, directive)
    yield from _inside(norm.pending, here, _both(norm.when, Not(norm.kept)), directive)


def _standings(norm: Norm) -> Iterator[Standing]:
    match norm.strength:
        case Strength.FREE:
            yield Standing.FREE
        case Strength.HARD | Strength.SOFT:
            if norm.kept != NEVER:
                yield Standing.KEPT
            if norm.pending != NEVER:
                yield Standing.PENDING
            if norm.pending != Not(norm.kept):  # with no time given there is nothing to be late for
                yield Standing.BROKEN if norm.strength is Strength.HARD else Standing.UNEXPLAINED
    if norm.when != ALWAYS:
        yield Standing.NOT_APPLICABLE
    if norm.lifts:
        yield Standing.LIFTED


def _both(one: Condition, other: Condition) -> Condition:
    return other if one == ALWAYS else AllOf((one, other))


def _inside(condition: Condition, here: Subject, given: Condition, directive: Directive) -> list[Point]:
    """The bounds and references within a condition."""
    found: list[Point] = []
    waiting: list[tuple[Condition, tuple[str, ...]]] = [(condition, ())]
    while waiting:
        one, within = waiting.pop()
        match one:
            case Test():
                for edge in edges(one, directive):
                    found += [AtBound(here, one, within, edge, side, given) for side in (True, False)]
            case AllOf(parts) | AnyOf(parts):
                waiting += [(part, within) for part in reversed(parts)]
            case Not(part):
                waiting.append((part, within))
            case Each(term, part) | Some(term, part):
                waiting.append((part, (*within, term)))
            case Stands():
                found += [Referred(here, one, True), Referred(here, one, False)]
            case _:
                pass
    return found


def _first_of_each(points: Iterable[Point]) -> tuple[Point, ...]:
    """Without repeats of the same test of one thing in the same lists."""
    kept: dict[object, Point] = {}
    for point in points:
        match point:
            case AtBound(_, test, within, edge, side):
                kept.setdefault((point.subject, test, within, edge, side), point)
            case _:
                kept.setdefault(point, point)
    return tuple(kept.values())


def _of_force(directive: Directive) -> Iterator[Point]:
    """What 効力 can be found to be, and the days on which it turns."""
    clock = directive.clock.get(FORCE)
    if clock is None:
        return
    running = Verdict.IN_FORCE if clock.end is not None else Verdict.IN_FORCE_NO_END
    over = Verdict.LAPSED if directive.superseded is None else Verdict.SUPERSEDED
    if isinstance(clock.start, date) and clock.start > date.min:
        yield InForce(Verdict.NOT_YET, clock.start - timedelta(days=1))
        yield InForce(running, clock.start)
    else:
        yield InForce(running, None)
    if clock.end is not None:
        yield InForce(running, clock.end)
        if clock.end < date.max:
            yield InForce(over, clock.end + timedelta(days=1))
