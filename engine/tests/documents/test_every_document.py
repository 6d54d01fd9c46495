"""Every shipped document, filled in with a value for each fact it shows: all is on the paper, as documents say it."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest
from papers import DOCUMENTS, HANDED_IN, LAW, law_of

from tsutatsu.cases.case import Body, Deed, Entry
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.people import Doer
from tsutatsu.documents.filling import Record, filled, roster
from tsutatsu.documents.nodes import Document, Layout, belongs, makes
from tsutatsu.documents.rendering import html_of
from tsutatsu.ir import Choice, Day, Hour, Moment, Person, Term, Truth, Value, Whole


def value_of(term: Term) -> Value:
    """Some value that the term can hold."""
    match term.type:
        case Truth():
            return True
        case Choice(options):
            return options[0].id
        case Day():
            return date(2026, 2, 28)
        case Moment():
            return datetime(2026, 2, 28, 9, 5)
        case Hour():
            return time(9, 5)
        case Whole():
            return 7
        case Person():
            return "yamada"
        case _:
            return "言葉"


def record_of(one: Document) -> Record:
    """A record in which the document has just been made, with every fact that it shows."""
    law = law_of(one)
    workflow = next(
        flow for flow in LAW.workflows if belongs(one, flow) and any(makes(event, one) for event in flow.events)
    )
    event = next(event for event in workflow.events if makes(event, one))
    ground = Ground(law, workflow)
    terms = {cell.value for cell in one.cells if isinstance(cell.value, str)}
    terms |= {cell.stated_by for cell in one.cells if cell.stated_by is not None}
    facts = {name: value_of(law.term[name]) for name in terms}
    doer = Doer("yamada", "山田 太郎", "係員", "見本署")
    opening = Entry("K1", 1, Deed.OPENED, HANDED_IN, "", workflow.start.id, pin=ground.pin(), body=Body(doer, {}, {}))
    made = Entry(
        "K1", 2, Deed.EVENT, HANDED_IN, event.origins[0], event.target, event.id, body=Body(doer, facts, {})
    )  # fmt: skip
    return Record(ground, (opening, made), made)


@pytest.mark.parametrize("one", DOCUMENTS.each, ids=str)
def test_everything_recorded_is_on_the_paper_in_the_words_of_documents(one: Document) -> None:
    found = record_of(one)
    sheet = roster(one, found.law.directive, (found,)) if one.layout is Layout.ROSTER else filled(one, found)
    page = html_of(sheet, one)
    cells = {cell.id: cell for row in sheet.rows for box in row.boxes for cell in box.cells} or sheet.cells
    shown = {cell.id: cell for cell in one.cells if cell.value is not None}
    for name in shown:
        cell = sheet.addressee if sheet.addressee is not None and sheet.addressee.id == name else cells[name]
        assert cell is not None and cell.text and cell.text in page, name
        assert not re.search(r"None|True|\d{4}-\d{2}-\d{2}", cell.text), cell
    blank = [cell for cell in one.cells if cell.value is None]
    assert all(cells[cell.id].text == "" for cell in blank if cell.id in cells)
    if one.layout is not Layout.ROSTER:
        assert sheet.origin is not None and (sheet.origin.case, sheet.origin.entry) == ("K1", 2)
        assert "事案 K1 の記録2による" in page
