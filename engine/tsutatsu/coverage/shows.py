"""Whether facts show a point: surely, surely not, or not before more is known. One meaning for scenarios and search."""

from collections.abc import Callable, Collection
from typing import assert_never

from tsutatsu.coverage.bounds import at_edge
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
from tsutatsu.coverage.resting import Sort
from tsutatsu.ir import Directive, Facts, RecordList, Standing
from tsutatsu.semantics import Sides, Truth3, holds, in_force, met, possible
from tsutatsu.semantics import scopes as records_seen
from tsutatsu.semantics.truth import FALSE, TRUE, UNKNOWN, negate, of, strongest, weakest


def shows(point: Point, directive: Directive, facts: Facts, sides: Sides, norms: Collection[str]) -> Truth3:
    """Whether these facts, with these sides taken, show the point; ``norms``: those that a reading may turn."""
    match point:
        case StandsSo(name, standing):
            return stands_so(possible(directive.norm[name], directive, facts, sides), standing)
        case Lifted(name, number, applies):
            norm = directive.norm[name]
            lifted = holds(norm.lifts[number].when, directive, facts, sides)
            return weakest(
                [
                    in_force(norm, directive, facts, sides),
                    holds(norm.when, directive, facts, sides),
                    lifted if applies else negate(lifted),
                ]
            )
        case AtBound():
            return _at_bound(point, directive, facts, sides)
        case ConceptMet(name, scopes, wanted):
            concept = directive.concept[name]
            return _anywhere(scopes, directive, facts, lambda seen: _if(wanted, met(concept, directive, seen, sides)))
        case OpenCaseRead(_, _, scopes):
            return _anywhere(scopes, directive, facts, lambda seen: _read_case(point, directive, seen, sides))
        case ReadSo():
            return _read_so(point, directive, facts, sides, norms)
        case Referred(_, stands, scopes, wanted):
            return _anywhere(scopes, directive, facts, lambda seen: _if(wanted, holds(stands, directive, seen, sides)))
        case LeftOpen() | InForce():
            return FALSE  # these are shown by answers, not by facts
        case _:
            assert_never(point)


def stands_so(found: Standing, wanted: Standing) -> Truth3:
    """Whether a union of standings comes to one."""
    return TRUE if found == wanted else UNKNOWN if found & wanted else FALSE


def differ(one: Standing, other: Standing) -> Truth3:
    """Whether two unions of standings are settled and not the same."""
    if _single(one) and _single(other):
        return of(one != other)
    return UNKNOWN


def _single(standing: Standing) -> bool:
    return not standing & (standing - 1)


def _at_bound(point: AtBound, directive: Directive, facts: Facts, sides: Sides) -> Truth3:
    given = holds(point.given, directive, facts, sides)
    if point.subject.kind is Sort.NORM:
        given = weakest([given, in_force(directive.norm[point.subject.id], directive, facts, sides)])
    if given is FALSE:
        return FALSE
    there = _anywhere(
        point.scopes, directive, facts, lambda seen: at_edge(point.test, point.edge, point.holds, directive, seen)
    )
    return weakest([given, there])


def _if(wanted: bool, truth: Truth3) -> Truth3:
    return truth if wanted else negate(truth)


def _anywhere(scopes: Scopes, directive: Directive, facts: Facts, ask: Callable[[Facts], Truth3]) -> Truth3:
    """Whether it is so of the facts, or in some record of the lists, wherever the law asks."""
    return strongest(_in_lists(within, directive, facts, ask) for within in scopes)


def _in_lists(within: tuple[str, ...], directive: Directive, facts: Facts, ask: Callable[[Facts], Truth3]) -> Truth3:
    if not within:
        return ask(facts)
    name, *deeper = within
    records = facts.get(name)
    unseen = [UNKNOWN] if name not in facts else []
    if isinstance(records, RecordList):
        unseen += [] if records.complete else [UNKNOWN]
        views = records_seen(name, records, directive, facts)
        return strongest([*unseen, *(_in_lists(tuple(deeper), directive, view, ask) for view in views)])
    return strongest(unseen)


def _read_case(point: OpenCaseRead, directive: Directive, facts: Facts, sides: Sides) -> Truth3:
    concept = directive.concept[point.concept]
    case = concept.open[point.number]
    there = weakest([holds(case.when, directive, facts, sides), negate(holds(concept.yes, directive, facts, sides))])
    if case.reading not in sides:
        return weakest([there, UNKNOWN])
    on_side = sides[case.reading] == case.side
    whole = met(concept, directive, facts, sides)
    return weakest([there, of(on_side is point.met), whole if point.met else negate(whole)])


def _read_so(point: ReadSo, directive: Directive, facts: Facts, sides: Sides, norms: Collection[str]) -> Truth3:
    """The side is taken, and with another of the reading's sides some norm would stand otherwise."""
    taken = sides.get(point.reading)
    if taken is not None and taken != point.side:
        return FALSE
    found: list[Truth3] = []
    for name in norms:
        norm = directive.norm[name]
        here = possible(norm, directive, facts, {**sides, point.reading: point.side})
        for other in directive.reading[point.reading].sides:
            if other.id != point.side:
                found.append(differ(here, possible(norm, directive, facts, {**sides, point.reading: other.id})))
    turned = strongest(found)
    return turned if taken is not None or turned is not TRUE else UNKNOWN
