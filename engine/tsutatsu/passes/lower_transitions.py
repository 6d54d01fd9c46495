"""Transitional clauses of a circular's file → kernel; names of the earlier issue are looked up once that is read."""

from collections.abc import Iterator

from tsutatsu.ir import ALWAYS, Carried, Transition
from tsutatsu.passes.lower_conditions import lower_condition
from tsutatsu.passes.names import Names
from tsutatsu.syntax.forms import Form, Said


def lower_transitions(form: Form, names: Names) -> tuple[Transition, ...]:
    """The clauses, those without a day or a workflow left out (and found)."""
    return tuple(_lowered(form, names))


def _lowered(form: Form, names: Names) -> Iterator[Transition]:
    for one in form.forms("transitions"):
        earlier, when = one.day("earlier"), one.node("when")
        if earlier is None or not one.text("workflow"):
            continue
        yield Transition(
            earlier.day,
            one.text("workflow"),
            _carried(one, "states"),
            one.text("to"),
            tuple(_terms(one, names)),
            tuple(_norms(one, names)),
            tuple(said.text for said in one.names("ending")),
            ALWAYS if when is None else lower_condition(when, names),
            one.text("provision"),
            one.words("summary"),
            one.source,
        )


def _carried(form: Form, word: str) -> tuple[Carried, ...]:
    return tuple(Carried(key.text, value.text, key.source) for key, value in form.rows(word) if isinstance(value, Said))


def _terms(form: Form, names: Names) -> Iterator[Carried]:
    """Renamed facts: what the new one is called is this issue's to say."""
    for key, value in form.rows("terms"):
        term = names.term(value) if isinstance(value, Said) else None
        if term is not None:
            yield Carried(key.text, term.id, key.source)


def _norms(form: Form, names: Names) -> Iterator[Carried]:
    for key, value in form.rows("norms"):
        norm = names.norm(value) if isinstance(value, Said) else None
        if norm is not None:
            yield Carried(key.text, norm, key.source)
