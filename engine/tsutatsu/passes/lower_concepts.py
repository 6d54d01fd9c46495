"""Words of a concept, and truths that are computed → kernel."""

from dataclasses import replace

from tsutatsu.ir import NEVER, Concept, OpenCase, Truth, Words
from tsutatsu.passes.lower_conditions import lower_condition
from tsutatsu.passes.names import Names
from tsutatsu.syntax.forms import Form
from tsutatsu.syntax.keywords import in_conditions


def declare_concepts(vocabulary: Form, names: Names) -> None:
    """The names of every concept, so that conditions can use them before they are read."""
    for key, _ in vocabulary.rows("concepts"):
        if key.text in names.concepts or names.term_called(key.text) is not None:
            names.find("TS214", key.source, word=key.text, other=key.text)
        if in_conditions(key.text):
            names.find("TS213", key.source, word=key.text)
        names.concepts[key.text] = key.source


def lower_concepts(vocabulary: Form, names: Names) -> tuple[Concept, ...]:
    """Every concept with its cases."""
    concepts: list[Concept] = []
    for key, row in vocabulary.rows("concepts"):
        if not isinstance(row, Form):
            continue
        met = row.node("met")
        cases: list[OpenCase] = []
        for form in row.forms("open"):
            when, point = form.node("when"), form.said("point")
            side = names.side(point) if point is not None else None
            condition = lower_condition(when, names) if when is not None else NEVER
            if side is not None:
                cases.append(OpenCase(condition, *side))
        if met is None and not cases:
            names.find("TS225", key.source, word=key.text)
        provision = row.text("provision")
        concepts.append(
            Concept(
                key.text,
                Words(key.text, row.text("en")),
                provision,
                NEVER if met is None else lower_condition(met, names),
                tuple(cases),
                key.source.citing(provision),
            )
        )
    return tuple(concepts)


def lower_derived(vocabulary: Form, names: Names) -> None:
    """Truths that are computed where they are not supplied."""
    for key, row in vocabulary.rows("terms"):
        node = row.node("derived") if isinstance(row, Form) else None
        term = names.terms.get(key.text)
        if node is None or term is None:
            continue
        if not isinstance(term.type, Truth):
            names.find("TS226", key.source, word=term.words.ja)
            continue
        names.terms[key.text] = replace(term, derived=lower_condition(node, names))
