"""Fills a document in: blank, from the record of a case and what was supplied besides, or with a line for each case."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final, TypeAlias

from tsutatsu.backends.prose import cite, seen, tell_day, tell_hour, tell_moment
from tsutatsu.cases.case import Case, Deed, Entry, fold, standing_events
from tsutatsu.cases.ground import Ground as Law
from tsutatsu.cases.people import Doer
from tsutatsu.diagnostics import Diagnostic, Refused, finding, near
from tsutatsu.documents.grounds import grounds_of
from tsutatsu.documents.nodes import Box, Cell, Document, Facet, Stamped, Tick, belongs, makes
from tsutatsu.documents.sheet import FilledBox, FilledCell, FilledTick, Ground, Origin, Row, Sheet
from tsutatsu.documents.wording import doer_in, told
from tsutatsu.ir import Directive, Facts, Person
from tsutatsu.ir.workflows import Workflow
from tsutatsu.semantics import Truth3, holds

MOST: Final = 10_000
"""The longest words that one place of a document takes."""
ROOMY: Final = 400
"""A place that holds so many words, and is left blank, leaves room to write them by hand."""
MOST_ROWS: Final = 2_000
"""The most cases on one roster."""


LawAt: TypeAlias = Callable[[int], Law]
"""What a case stood on once its entry of that number had happened."""


@dataclass(frozen=True)
class Record:
    """A case as a document reads it: its law, its entries up to one of them, and the entry that made the document."""

    law: Law
    entries: tuple[Entry, ...]
    made: Entry

    @property
    def case(self) -> Case:
        """The case as these entries leave it."""
        return fold(self.entries)


@dataclass
class _Pen:
    """What fills the places of one document, and numbers the further sheets."""

    document: Document
    directive: Directive
    record: Record | None = None
    supplied: Mapping[str, str] = field(default_factory=dict[str, str])
    further: list[FilledCell] = field(default_factory=list[FilledCell])

    def __post_init__(self) -> None:
        self.facts: Facts = {} if self.record is None else self.record.case.facts
        self.sides = {} if self.record is None else self.record.case.sides

    def cell(self, cell: Cell, label: str = "") -> FilledCell:
        """A place for words, filled in; what does not fit goes on a further sheet."""
        text = self._text(cell)
        label = cell.words.ja or label
        if len(text) > MOST:
            blanks = {"place": label, "place_en": cell.words.say("en"), "count": len(text), "limit": MOST}
            raise Refused([finding("TS915", cell.source, (), **blanks)])
        roomy = cell.value is None and not text and self.document.room(cell) >= ROOMY
        filled = FilledCell(cell.id, label, text, cell.blank, roomy=roomy)
        if len(text) > self.document.room(cell) or text.count("\n") > _lines(self.document.room(cell)):
            filled = replace(filled, sheet=len(self.further) + 1)
            self.further.append(filled)
        return filled

    def _text(self, cell: Cell) -> str:
        if cell.id in self.supplied:
            return seen(self.supplied[cell.id])
        if self.record is None or cell.value is None:
            return ""
        if cell.stated_by is not None and self.facts.get(cell.stated_by) is not True:
            return ""
        if isinstance(cell.value, Stamped):
            return _stamped(cell.value, self.record)
        if cell.value not in self.facts:
            return ""
        value, term = self.facts[cell.value], self.directive.term[cell.value]
        if isinstance(term.type, Person) and isinstance(value, str):
            return seen(_of_person(cell.facet, doer_in(self.record.entries, term.id, value), value))
        return told(value, term, {})

    def box(self, box: Box) -> FilledBox:
        """A box, filled in."""
        cells = tuple(self.cell(one, box.words.ja) for one in box.cells)
        return FilledBox(box.id, box.words.ja, box.section, cells, tuple(self._tick(one) for one in box.ticks))

    def _tick(self, tick: Tick) -> FilledTick:
        on = tick.when is not None and self.record is not None and self.ticked(tick)
        beside = None if tick.beside is None else self.cell(tick.beside, tick.words.ja)
        return FilledTick(tick.id, tick.words.ja, on, beside)

    def ticked(self, tick: Tick) -> bool:
        """Whether the facts surely meet what a check box stands for."""
        assert tick.when is not None
        return holds(tick.when, self.directive, self.facts, self.sides) is Truth3.TRUE


def blank(document: Document, directive: Directive) -> Sheet:
    """The document with nothing in it."""
    return _sheet(_Pen(document, directive), ())


def filled(document: Document, record: Record, supplied: Mapping[str, str] | None = None) -> Sheet:
    """The document as the record has it, with the words supplied for places that stand for no fact.

    Words go by a place's id, or by its name where no other place to be filled in has it. Refused where words are
    supplied for a place that takes none, for one that on record was left blank, or at length.
    """
    words = _by_id(document, supplied or {})
    pen = _Pen(document, record.law.directive, record, words)
    wrong = [*_unknown(document, words), *_contradicting(document, record.law.directive, pen.facts, words)]
    if wrong:
        raise Refused(wrong)
    return _sheet(pen, grounds_of(record.law, _until(record), document.grounds))


def roster(document: Document, directive: Directive, records: Sequence[Record]) -> Sheet:
    """The document with a line for each case."""
    if len(records) > MOST_ROWS:
        words = document.words
        blanks = {"place": words.ja, "place_en": words.say("en"), "count": len(records), "limit": MOST_ROWS}
        raise Refused([finding("TS915", document.source, (), **blanks)])
    sheet = _sheet(_Pen(document, directive), ())
    further: list[FilledCell] = []
    rows: list[Row] = []
    for one in records:
        pen = _Pen(document, one.law.directive, one, further=further)
        rows.append(Row(one.case.id, tuple(pen.box(box) for box in document.boxes)))
    return replace(sheet, rows=tuple(rows), further=tuple(further))


def record_of(document: Document, law_at: LawAt, case: Case, entry: int | None = None) -> Record:
    """The case as the document reads it: up to the entry that made it (the last that did), or up to ``entry``.

    Refused where nothing made it by then, where that was taken back, where the case has gone over to another issue
    since, or where the personal data have been erased.
    """
    if entry is not None and not 1 <= entry <= case.version:
        raise _not_made(document, case, f"記録 {entry} がない。", f"there is no entry {entry}.")
    known = case.entries if entry is None else case.entries[:entry]
    made = next((one for one in reversed(standing_events(known)) if _made_by(document, law_at(one.number), one)), None)
    if made is None:
        law = law_at(len(known))
        if not belongs(document, law.workflow) or not any(makes(one, document) for one in law.workflow.events):
            raise _not_made(document, case, "手続がこの文書を作らない。", "its workflow makes no such document.")
        raise _not_made(document, case, "作る事象がまだ起きていない。", "the event that makes it has not happened.")
    entries = known if entry is not None else case.entries[: made.number]
    if case.pin_at(len(entries)) != case.pin_at(made.number):
        raise _not_made(document, case, "別の版に移っている。", "the case has gone over to another issue since.")
    if any(one.body is None for one in entries):
        raise _not_made(document, case, "個人情報が消去されている。", "its personal data have been erased.")
    return Record(law_at(made.number), entries, made)


def _made_by(document: Document, law: Law, entry: Entry) -> bool:
    event = law.workflow.event.get(entry.event)
    return event is not None and belongs(document, law.workflow) and makes(event, document)


def on_roster(document: Document, workflow: Workflow, state: str) -> bool:
    """Whether a case in that state is on it: in the states that it lists; in all but the first, where it lists none."""
    if not belongs(document, workflow):
        return False
    one = workflow.state[state]
    if not document.states:
        return not one.initial
    return any(name in document.states for name in (one.id, one.words.ja, one.words.en))


def row_of(document: Document, law: Law, case: Case) -> Record | None:
    """The case as a line of a roster; nothing where it is not on it, or its personal data have been erased."""
    if not on_roster(document, law.workflow, case.state) or any(one.body is None for one in case.entries):
        return None
    happened = [one for one in case.entries if one.deed is Deed.EVENT]
    return Record(law, case.entries, (happened or case.entries)[-1])


# ── how ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _until(record: Record) -> tuple[Entry, ...]:
    return tuple(one for one in record.entries if one.number <= record.made.number)


def _sheet(pen: _Pen, grounds: tuple[Ground, ...]) -> Sheet:
    document, directive, record = pen.document, pen.directive, pen.record
    addressee = None if document.addressee is None else pen.cell(document.addressee)
    boxes = {one.id: pen.box(one) for one in document.boxes}
    cells = {cell.id: cell for box in boxes.values() for cell in (*box.cells, *_beside(box.ticks))}
    return Sheet(
        document.words,
        document.layout.value,
        directive.header.title.ja,
        directive.header.number,
        directive.header.issued.literal,
        cite(document.provision, "ja"),
        MappingProxyType(boxes),
        MappingProxyType(cells),
        MappingProxyType({tick.id: tick for box in boxes.values() for tick in box.ticks}),
        addressee,
        document.wording.ja,
        grounds,
        bool(document.grounds),
        None if record is None else _origin(record),
        further=tuple(pen.further),
    )


def _beside(ticks: Iterable[FilledTick]) -> Iterator[FilledCell]:
    yield from (tick.beside for tick in ticks if tick.beside is not None)


def _origin(record: Record) -> Origin:
    body = record.made.body
    doer = body.doer if body is not None else Doer("", "")
    return Origin(
        record.made.case,
        record.made.number,
        record.entries[-1].number,
        tell_day(record.made.at, "ja"),
        seen(doer.name or doer.id),
        seen(doer.post),
        seen(doer.unit),
    )


def _of_person(facet: Facet, doer: Doer | None, person: str) -> str:
    """What is shown of a person; of one who never acted nothing is recorded but how he was called."""
    match facet:
        case Facet.NAME:
            return person if doer is None else doer.name or person
        case Facet.POST:
            return "" if doer is None else doer.post
        case Facet.UNIT:
            return "" if doer is None else doer.unit


def _stamped(stamp: Stamped, record: Record) -> str:
    at: datetime = record.made.at
    origin = _origin(record)
    match stamp:
        case Stamped.ACTOR:
            return origin.name
        case Stamped.POST:
            return origin.post
        case Stamped.UNIT:
            return origin.unit
        case Stamped.DAY:
            return tell_day(at, "ja")
        case Stamped.MOMENT:
            return tell_moment(at, "ja")
        case Stamped.TIME:
            return tell_hour(at.time(), "ja")
        case Stamped.CASE:
            return seen(record.made.case)
        case Stamped.ENTRY:
            return str(record.made.number)


def _lines(room: int) -> int:
    """How many line breaks a place of that room takes."""
    return max(room // 30, 1)


def _unknown(document: Document, supplied: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Words for places that are not there, or that stand for a fact."""
    known = document.fillable
    for word in supplied:
        if word not in known:
            yield finding(
                "TS916",
                document=document.words.ja,
                document_en=document.words.say("en"),
                word=word,
                nearest=near(word, (*known, *_named(document))),
                known="、".join(f"{cell.words.ja}（{name}）" for name, cell in known.items()) or "—",
                known_en=", ".join(f"{name} ({cell.words.say('en')})" for name, cell in known.items()) or "—",
            )


def _named(document: Document) -> dict[str, str]:
    """The ids of the places to be filled in, by each name that no other place has, whatever it stands for."""
    named = [(word, one.id) for one in document.cells for word in {one.words.ja, one.words.say("en")}]
    often = Counter(word for word, _ in named)
    fillable = document.fillable
    return {word: name for word, name in named if often[word] == 1 and name in fillable and word not in document.cell}


def _by_id(document: Document, supplied: Mapping[str, str]) -> dict[str, str]:
    """What was supplied, by the ids of the places; a name whose place is named twice stays, and is not known."""
    named = _named(document)
    meant = [named.get(word, word) for word in supplied]
    return {
        name if meant.count(name) == 1 else word: text
        for name, (word, text) in zip(meant, supplied.items(), strict=True)
    }


def _contradicting(
    document: Document, directive: Directive, facts: Facts, supplied: Mapping[str, str]
) -> Iterator[Diagnostic]:
    """Words for places that on record were left blank."""
    for word, text in supplied.items():
        cell = document.cell.get(word)
        if cell is not None and cell.stated_by is not None and facts.get(cell.stated_by) is False and text.strip():
            term = directive.term[cell.stated_by].words
            yield finding(
                "TS917",
                word=cell.words.ja,
                word_en=cell.words.say("en"),
                term=term.ja,
                term_en=term.say("en"),
            )


def _not_made(document: Document, case: Case, why: str, why_en: str) -> Refused:
    words = document.words
    blanks = {"document": words.ja, "document_en": words.say("en"), "why": why, "why_en": why_en}
    return Refused([finding("TS918", document.source, (), case=case.id, **blanks)])
