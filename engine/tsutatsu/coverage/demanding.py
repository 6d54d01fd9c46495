"""Which points a directive has: by the outcomes that each kind of norm can have, and by what each thing rests on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
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
    Scopes,
    StandsSo,
)
from tsutatsu.coverage.resting import Reaching, Sort, Subject, subject, walk_in_lists
from tsutatsu.ir import (
    ALWAYS,
    FORCE,
    NEVER,
    AllOf,
    Condition,
    Directive,
    Norm,
    Not,
    Standing,
    Stands,
    Strength,
    Test,
    conditions_of,
)
from tsutatsu.semantics import Verdict


def points_of(directive: Directive, reaching: Reaching) -> tuple[Point, ...]:
    """Every point, in the order of the policy: norms, then what they rest on, then the circular as a whole."""
    rest = {one for norm in directive.norms for one in reaching.of(subject(Sort.NORM, norm.id))}
    found: list[Point] = [point for norm in directive.norms for point in _of_norm(norm, directive)]
    for concept in directive.concepts:
        here = subject(Sort.CONCEPT, concept.id)
        if here in rest:
            scopes = reaching.scopes(here)
            found += [ConceptMet(concept.id, scopes, met) for met in (True, False)]
            for number in range(len(concept.open)):
                found += [OpenCaseRead(concept.id, number, scopes, met) for met in (True, False)]
            for condition in conditions_of(concept):
                found += _inside(condition, _Place(directive, here, scopes))
    for term in directive.terms:
        here = subject(Sort.TERM, term.id)
        if here in rest and term.derived is not None:
            found += _inside(term.derived, _Place(directive, here, reaching.scopes(here)))
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
    place = _Place(directive, subject(Sort.NORM, norm.id), ((),))
    applying = replace(place, given=norm.when)
    yield from _inside(norm.when, place)
    for lift in norm.lifts:
        yield from _inside(lift.when, applying)
    yield from _inside(norm.kept, applying)
    yield from _inside(norm.pending, replace(place, given=_both(norm.when, Not(norm.kept))))


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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where conditions stand: of what they are, in which lists that is asked about, and what must hold besides."""

    directive: Directive
    subject: Subject
    scopes: Scopes
    given: Condition = ALWAYS


def _inside(condition: Condition, here: _Place) -> Iterator[Point]:
    """The bounds and references within a condition."""
    for one, within in walk_in_lists(condition):
        scopes = tuple((*outer, *within) for outer in here.scopes)
        match one:
            case Test():
                for edge in edges(one, here.directive):
                    for side in (True, False):
                        yield AtBound(here.subject, one, scopes, edge, side, here.given)
            case Stands():
                yield Referred(here.subject, one, scopes, True)
                yield Referred(here.subject, one, scopes, False)
            case _:
                pass


def _first_of_each(points: Iterable[Point]) -> tuple[Point, ...]:
    """Without repeats of the same test of one thing in the same lists."""
    kept: dict[object, Point] = {}
    for point in points:
        match point:
            case AtBound(thing, test, scopes, edge, side):
                kept.setdefault((thing, test, scopes, edge, side), point)
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
