"""A file that declares documents → the documents, by the words of the issue of the circular that they belong to."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Final

from tsutatsu.diagnostics import near
from tsutatsu.documents.nodes import Box, Cell, Document, Facet, Layout, Stamped, Tick
from tsutatsu.ir import Directive, Records, Words
from tsutatsu.passes.lower_conditions import lower_condition
from tsutatsu.passes.names import Names
from tsutatsu.syntax.forms import Form, Said
from tsutatsu.syntax.grammar_documents import STAMPED
from tsutatsu.syntax.keywords import keyword

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_LAYOUTS: Final = {
    "form": Layout.FORM,
    "notice": Layout.NOTICE,
    "report_sheet": Layout.REPORT,
    "roster": Layout.ROSTER,
}


def lower_documents(form: Form, directive: Directive, workflows: Collection[str], names: Names) -> Iterator[Document]:
    """The documents of a file as far as they can be read; ``workflows`` are the names that they may name."""
    for one in form.forms("documents"):
        made = _document(one, directive, names)
        for said in one.names("workflow"):
            if said.text not in workflows:
                known = near(said.text, workflows)
                names.find("TS813", said.source, word=said.text, what="手続", what_en="workflow", nearest=known)
        seen: set[str] = set()
        parts: list[Box | Tick] = [*made.boxes, *(tick for box in made.boxes for tick in box.ticks)]
        for part in parts:
            if part.id in seen:
                names.find("TS212", part.source, word=part.id)
            seen.add(part.id)
        words: set[str] = set()
        for cell in made.cells:
            if cell.id in words:
                names.find("TS212", cell.source, word=cell.id)
            words.add(cell.id)
        yield made


def _document(form: Form, directive: Directive, names: Names) -> Document:
    addressee = form.form("addressee")
    return Document(
        _identifier(form, names),
        directive.id,
        directive.issued,
        _words(form),
        form.text("provision"),
        _LAYOUTS.get(form.text("layout"), Layout.FORM),
        tuple(_box(one, names) for one in form.forms("boxes")),
        tuple(said.text for said in form.names("workflow")),
        None if addressee is None else _cell(addressee, names),
        form.words("wording"),
        tuple(said.text for said in form.names("grounds")),
        tuple(said.text for said in form.names("covers")),
        tuple(said.text for said in form.names("states")),
        source=form.source,
    )


def _words(form: Form) -> Words:
    return Words(form.text("name"), form.text("en"))


def _identifier(form: Form, names: Names) -> str:
    said = form.said("id")
    if said is not None and not _ID.fullmatch(said.text):
        names.find("TS801", said.source, word=said.text)
    return form.text("id")


def _box(form: Form, names: Names) -> Box:
    """A box; without cells and check boxes of its own it is one cell, of its own id."""
    stated = _term(form, "stated_by", names)
    ticks = tuple(_tick(one, stated, names) for one in form.forms("ticks"))
    cells = tuple(replace(_cell(one, names), stated_by=stated) for one in form.forms("cells"))
    if not cells and not ticks:
        cells = (replace(_cell(form, names), stated_by=stated),)
    return Box(
        _identifier(form, names),
        _words(form),
        form.text("provision"),
        form.text("section"),
        cells,
        ticks,
        stated,
        form.source,
    )


def _tick(form: Form, stated: str | None, names: Names) -> Tick:
    when, beside = form.node("when"), form.form("beside")
    cell = None
    if beside is not None:
        own = _term(beside, "stated_by", names)
        cell = replace(_cell(beside, names), stated_by=own or stated)
    return Tick(
        _identifier(form, names),
        _words(form),
        form.text("provision"),
        None if when is None else lower_condition(when, names),
        cell,
        form.source,
    )


def _cell(form: Form, names: Names) -> Cell:
    return Cell(
        _identifier(form, names),
        _words(form),
        _value(form, names),
        form.text("blank"),
        form.number("capacity") or 0,
        facet=Facet(form.text("shows") or Facet.NAME.value),
        source=form.source,
    )


def _value(form: Form, names: Names) -> str | Stamped | None:
    said = form.said("value")
    if said is None:
        return None
    word = keyword(said.text)
    return Stamped(word) if word in STAMPED else _named(said, names)


def _term(form: Form, word: str, names: Names) -> str | None:
    said = form.said(word)
    return None if said is None else _named(said, names)


def _named(said: Said, names: Names) -> str | None:
    term = names.term(said)
    if term is not None and isinstance(term.type, Records):
        names.find("TS818", said.source, term=term.words.ja)
        return None
    return None if term is None else term.id
