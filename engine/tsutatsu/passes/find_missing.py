"""Finds what a kernel names and does not hold: never so where it was read from policy files, but it may come sealed."""

from collections.abc import Iterator

from tsutatsu.ir import (
    FORCE,
    ClockRef,
    Condition,
    Directive,
    Each,
    Is,
    Norm,
    Records,
    Side,
    Some,
    Stands,
    TermRef,
    Test,
    conditions_of,
    walk,
)


def find_missing(directive: Directive) -> tuple[str, ...]:
    """The names to which nothing in ``directive`` answers, in order and once each."""
    return tuple(dict.fromkeys(_missing(directive)))


def _missing(directive: Directive) -> Iterator[str]:
    terms, clocks, readings = directive.term, directive.clock, directive.reading
    yield from {FORCE} - clocks.keys()
    yield from (name for name in directive.caveats if name not in readings)
    for term in directive.terms:
        if isinstance(term.type, Records):
            yield from (name for name in term.type.fields if name not in terms)
        if term.derived is not None:
            yield from _in(term.derived, directive)
    for clock in directive.clocks:
        if isinstance(clock.start, str) and clock.start not in terms:
            yield clock.start
    for concept in directive.concepts:
        for condition in conditions_of(concept):
            yield from _in(condition, directive)
        for case in concept.open:
            yield from _in(Side(case.reading, case.side), directive)
    for norm in directive.norms:
        yield from _in_norm(norm, directive)
    for measure in directive.measures:
        yield from () if measure.term in terms else (measure.term,)
        for condition in conditions_of(measure):
            yield from _in(condition, directive)
    for judgement in directive.judgements:
        yield from (name for name in judgement.norms if name not in directive.norm)
        named = [name for name, _ in judgement.act] + [one for one in (judgement.unit, judgement.day) if one]
        yield from (name for name in named if name not in terms)
        unit = terms.get(judgement.unit or "")
        if unit is not None and not isinstance(unit.type, Records):
            yield unit.id


def _in_norm(norm: Norm, directive: Directive) -> Iterator[str]:
    for condition in conditions_of(norm):
        yield from _in(condition, directive)
    due = norm.due
    terms = [norm.day, *((due.met, due.start) if due is not None else ())]
    clocks = [norm.force, due.clock if due is not None else None]
    yield from (name for name in terms if name and name not in directive.term)
    yield from (name for name in clocks if name and name not in directive.clock)


def _in(condition: Condition, directive: Directive) -> Iterator[str]:
    for one in walk(condition):
        match one:
            case Test(term, _, operand):
                if term not in directive.term:
                    yield term
                if isinstance(operand, TermRef) and operand.id not in directive.term:
                    yield operand.id
                if isinstance(operand, ClockRef) and operand.id not in directive.clock:
                    yield operand.id
            case Each(term) | Some(term):
                if term not in directive.term or not isinstance(directive.term[term].type, Records):
                    yield term
            case Is(concept):
                if concept not in directive.concept:
                    yield concept
            case Stands(norm):
                if norm not in directive.norm:
                    yield norm
            case Side(reading, side):
                known = directive.reading.get(reading)
                if known is None or side not in {each.id for each in known.sides}:
                    yield f"{reading}/{side}"
            case _:
                pass
