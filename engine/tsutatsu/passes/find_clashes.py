"""Finds what a directive declares and nobody could use: names that mean two things or cannot be said, empty ranges."""

import unicodedata
from collections.abc import Iterator
from typing import Final

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.ir import Choice, Directive, Term, Whole
from tsutatsu.source import Source

_PARTING: Final = frozenset("/=")
"""What stands between the names of an address or a decision (``通達/判断``, ``解釈=側``)."""

_LONGEST: Final = 200


def find_clashes(directive: Directive) -> list[Diagnostic]:
    """Options of one term that share a name, whole numbers that no number fits, and names that cannot be said."""
    findings: list[Diagnostic] = []
    for term in directive.terms:
        findings += _within(term)
    for where, name, joined in _names(directive):
        if not sayable(name, joined=joined):
            findings.append(finding("TS261", where, word=name))
    return findings


def _within(term: Term) -> Iterator[Diagnostic]:
    match term.type:
        case Choice(options):
            taken: set[str] = set()
            for option in options:
                names = {option.id, option.words.ja, option.words.en} - {""}
                for name in sorted(names & taken):
                    yield finding("TS212", term.source, word=name)
                taken |= names
        case Whole(low=low, high=high) if low > high:
            yield finding("TS260", term.source, word=term.words.ja, low=low, high=high)
        case _:
            pass


def _names(directive: Directive) -> Iterator[tuple[Source, str, bool]]:
    """Every name a directive gives, with its place, and whether it can stand beside another in an address."""
    for term in directive.terms:
        for word in (term.words.ja, term.words.en):
            yield term.source, word, False
        if isinstance(term.type, Choice):
            for option in term.type.options:
                for word in (option.id, option.words.ja, option.words.en):
                    yield term.source, word, False
    for clock in directive.clocks:
        yield clock.source, clock.id, False
    for concept in directive.concepts:
        yield concept.source, concept.id, False
    for norm in directive.norms:
        yield norm.source, norm.id, True
    for judgement in directive.judgements:
        yield judgement.source, judgement.id, True
        for word in (judgement.words.ja, judgement.words.en):
            yield judgement.source, word, False
    for reading in directive.readings:
        yield reading.source, reading.id, True
        for side in reading.sides:
            yield reading.source, side.id, True


def sayable(name: str, *, joined: bool = False) -> bool:
    """Whether ``name`` stands on one line as it is written, and (where names are joined) is told from its neighbour."""
    if len(name) > _LONGEST or name != name.strip():
        return False
    if any(unicodedata.category(ch) in ("Cc", "Zl", "Zp") for ch in name):
        return False
    return not joined or (bool(name) and not _PARTING & set(name))
