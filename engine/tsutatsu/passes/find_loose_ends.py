"""Finds what is declared and bears on nothing: norms no judgement asks about, terms and concepts nothing uses."""

from collections.abc import Iterator
from typing import Final

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.ir import (
    ClockRef,
    Condition,
    Directive,
    Each,
    Is,
    Records,
    Some,
    Stands,
    TermRef,
    Test,
    conditions_of,
    walk,
)
from tsutatsu.ir.workflows import Workflow

UNUSED_TERM: Final = "TS311"
"""The finding of a term that no norm uses; a workflow may."""


def find_loose_ends(directive: Directive) -> list[Diagnostic]:
    """A finding per loose end (warnings: the law can still be judged)."""
    findings: list[Diagnostic] = []
    asked = {name for judgement in directive.judgements for name in judgement.norms}
    spoken: set[tuple[str, str]] = set(_spoken(directive))
    for norm in directive.norms:
        if norm.id not in asked and ("norm", norm.id) not in spoken:
            findings.append(finding("TS310", norm.source, word=norm.id))
    for term in directive.terms:
        if ("term", term.id) not in spoken:
            findings.append(finding(UNUSED_TERM, term.source, word=term.words.ja))
    for concept in directive.concepts:
        if ("concept", concept.id) not in spoken:
            findings.append(finding("TS312", concept.source, word=concept.id))
    for judgement in directive.judgements:
        if judgement.unit is not None and any(
            isinstance(one, Each | Some) and one.term == judgement.unit
            for name in judgement.norms
            for condition in conditions_of(directive.norm[name])
            for one in walk(condition)
        ):
            label = directive.term[judgement.unit].words.ja
            findings.append(finding("TS242", judgement.source, word=judgement.id, unit=label))
    return findings


def terms_of(workflow: Workflow, directive: Directive) -> frozenset[str]:
    """The circular's terms that a workflow is told, writes down or asks of in its guards."""
    found: set[str] = set()
    for event in workflow.events:
        found |= {*event.supplied, *(write.term for write in event.writes)}
        found |= {name for kind, name in _named(event.guard, directive) if kind == "term"}
    return frozenset(found & directive.term.keys())


def _spoken(directive: Directive) -> Iterator[tuple[str, str]]:
    """Every term, concept and norm that something speaks of."""
    stated = [c for norm in directive.norms for c in conditions_of(norm)]
    stated += [c for concept in directive.concepts for c in conditions_of(concept)]
    stated += [c for measure in directive.measures for c in conditions_of(measure)]
    for condition in stated:
        yield from _named(condition, directive)
    yield from (("term", measure.term) for measure in directive.measures)
    for norm in directive.norms:
        named = (norm.day, *((norm.due.met, norm.due.start) if norm.due is not None else ()))
        yield from (("term", name) for name in named if name is not None)
    for term in directive.terms:
        if term.derived is not None:
            yield from _named(term.derived, directive)
        if isinstance(term.type, Records):
            yield from (("term", name) for name in term.type.fields)
    for judgement in directive.judgements:
        yield from (("term", name) for name, _ in judgement.act)
        yield from (("term", name) for name in (judgement.unit, judgement.day) if name is not None)


def _named(condition: Condition, directive: Directive) -> Iterator[tuple[str, str]]:
    for one in walk(condition):
        match one:
            case Test(term, _, operand):
                yield "term", term
                if isinstance(operand, TermRef):
                    yield "term", operand.id
                if isinstance(operand, ClockRef):
                    start = directive.clock[operand.id].start
                    if isinstance(start, str):
                        yield "term", start
            case Each(term, _) | Some(term, _):
                yield "term", term
            case Is(concept):
                yield "concept", concept
            case Stands(norm):
                yield "norm", norm
            case _:
                pass
