"""Offers a directive's own words to the schemas that editors use."""

from tsutatsu.ir import Choice, Directive, Records, Term, Truth
from tsutatsu.syntax.schema import Vocabulary


def offer_words(directive: Directive) -> Vocabulary:
    """Every label a policy author of this directive may write, with the values it can take."""
    terms = [directive.term["on"], *directive.terms]
    labels = {term.id: [w for w in (term.words.ja, term.words.en, term.id) if w] for term in terms}
    return Vocabulary(
        {label: _values(term) for term in terms for label in labels[term.id]},
        frozenset(label for term in terms if isinstance(term.type, Records) for label in labels[term.id]),
        tuple(concept.id for concept in directive.concepts),
        {
            "term": tuple(label for term in terms for label in labels[term.id]),
            "judgement": tuple(w for j in directive.judgements for w in (j.id, j.words.ja, j.words.en) if w),
            "norm": tuple(norm.id for norm in directive.norms),
            "clock": (*(c.id for c in directive.clocks), *(c.id for c in directive.concepts), "定めなし", "unstated"),
            "side": tuple(f"{r.id}/{s.id}" for r in directive.readings for s in r.sides),
        },
    )


def _values(term: Term) -> tuple[str | bool, ...]:
    match term.type:
        case Choice(options):
            return tuple(w for o in options for w in (o.words.ja, o.id))
        case Truth():
            return True, False
        case _:
            return ()
