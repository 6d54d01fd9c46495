"""Holds the ledger against the encoding: what carries a passage must exist, and what exists must carry a passage."""

from collections.abc import Iterator

from tsutatsu.diagnostics import Diagnostic, finding, near
from tsutatsu.ir import Directive
from tsutatsu.source import Source
from tsutatsu.syntax.keywords import japanese
from tsutatsu.text.ledger import Ledger, Treatment


def find_unaccounted(ledger: Ledger, directive: Directive) -> list[Diagnostic]:
    """A finding per carrier that does not exist, norm that no passage names, and place cited that the text lacks."""
    findings: list[Diagnostic] = []
    known = carriers_of(directive)
    labels = {term.words.ja: term.id for term in directive.terms}
    carrying: set[str] = set()
    for entry in ledger.entries:
        for name in entry.carriers:
            carrying.add(name)
            if name not in known and name not in labels:
                findings.append(finding("TS356", entry.where, (), word=name, nearest=near(name, [*known, *labels])))
        binding = {*directive.norm, *_transitions(directive)}
        norm_less = bool(entry.carriers) and not any(name in binding for name in entry.carriers)
        if entry.treatment is Treatment.NORM and norm_less:
            findings.append(finding("TS361", entry.where, (), place=entry.place))
    places = ledger.provisions()
    for norm in directive.norms:
        if norm.provision not in places or norm.id not in carrying:
            findings.append(finding("TS354", norm.source, (), word=norm.id, place=norm.provision))
    for provision, where in _cited(directive):
        if provision not in places:
            findings.append(finding("TS363", where, (), place=provision, nearest=near(provision, places)))
    return findings


def carriers_of(directive: Directive) -> frozenset[str]:
    """Every id that may carry a passage: norms, terms, concepts, clocks, judgements, readings; 経過措置 for clauses."""
    groups = (
        directive.norms,
        directive.terms,
        directive.concepts,
        directive.clocks,
        directive.judgements,
        directive.readings,
    )
    return frozenset((*(one.id for group in groups for one in group), *_transitions(directive)))


def _transitions(directive: Directive) -> tuple[str, ...]:
    """The word by which a ledger names the transitional clauses, where there are any."""
    return (japanese("transitions"),) if directive.transitions else ()


def _cited(directive: Directive) -> Iterator[tuple[str, Source]]:
    """The places that everything but norms cites."""
    yield from ((one.provision, one.source) for one in directive.concepts)
    yield from ((one.provision, one.source) for one in directive.readings)
    yield from ((one.provision, one.source) for one in directive.transitions)
    yield from ((lift.provision, lift.source) for norm in directive.norms for lift in norm.lifts)
