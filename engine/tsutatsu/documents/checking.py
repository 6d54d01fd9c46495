"""Form against text: every document declared, every box founded, every row, item, fact and option on the form."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from tsutatsu.bundle import Bundle
from tsutatsu.diagnostics import Diagnostic, Refused, finding, near
from tsutatsu.documents.filling import blank
from tsutatsu.documents.nodes import Box, Document, Layout, Tick, belongs
from tsutatsu.documents.reading import Documents
from tsutatsu.documents.rendering import html_of
from tsutatsu.ir import Choice, Condition, Directive, Term, Test, Truth, Words
from tsutatsu.ir.walking import walk
from tsutatsu.ir.workflows import Workflow
from tsutatsu.semantics import Truth3, holds
from tsutatsu.text import Role
from tsutatsu.text.ledger import CARRIED, Entry, Ledger

_MARK: Final = re.compile(r"(?:<input\b[^>]*>|[□☐☑■])\s*([^<□☐☑■\t\n]+)")
_BRACKETS: Final = re.compile(r"[（(]\s*[)）]\s*$")
_PLACED: Final = re.compile(r'data-(box|cell|tick)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Against:
    """What the documents of one issue are held against."""

    directive: Directive
    ledger: Ledger | None
    passages: Mapping[tuple[str, int], str] = field(default_factory=dict[tuple[str, int], str])
    """The words of each passage, by 条項 and number, where the text is at hand."""


def check_documents(
    documents: Documents, bundle: Bundle, workflows: Iterable[Workflow], against: Mapping[tuple[str, date], Against]
) -> Iterator[Diagnostic]:
    """Everything found in the declarations, in the workflows that name documents, and between form and text."""
    yield from documents.findings
    every = tuple(workflows)
    for one in every:
        yield from _undeclared(one, documents)
    for document in documents.each:
        held = against.get((document.directive, document.issued))
        law = next(d for d in bundle.versions(document.directive) if d.issued == document.issued)
        yield from _template(document, law)
        yield from _named_parts(document, every)
        if held is not None:
            yield from _Form(document, held).findings()


def _undeclared(workflow: Workflow, documents: Documents) -> Iterator[Diagnostic]:
    """Documents that a workflow names and nobody has declared."""
    told: set[str] = set()
    for event in workflow.events:
        for name in event.documents:
            if name in told or documents.of(workflow, name) is not None:
                continue
            told.add(name)
            known = [one.words.ja for one in documents.each if belongs(one, workflow)]
            yield finding(
                "TS900",
                event.source,
                (),
                workflow=workflow.words.ja,
                workflow_en=workflow.words.say("en"),
                event=event.words.ja,
                event_en=event.words.say("en"),
                word=name,
                place=f"{workflow.directive}/{workflow.issued}",
                nearest=near(name, known),
            )


def _template(document: Document, directive: Directive) -> Iterator[Diagnostic]:
    """A template that cannot be used, or that does not place each part of the document once."""
    try:
        page = html_of(blank(document, directive), document)
    except Refused as refused:
        yield from refused.findings
        return
    counts: dict[tuple[str, str], int] = {}
    for kind, name in _PLACED.findall(page):
        counts[kind, name] = counts.get((kind, name), 0) + 1
    wanted = [("box", one.id) for one in document.boxes]
    wanted += [("cell", one.id) for one in document.cells]
    wanted += [("tick", tick.id) for box in document.boxes for tick in box.ticks]
    for kind, name in wanted:
        if counts.get((kind, name), 0) != 1:
            count = counts.get((kind, name), 0)
            words = document.words
            blanks = {"document": words.ja, "document_en": words.say("en"), "word": name, "count": count}
            yield finding("TS910", document.source, (), **blanks)


def _named_parts(document: Document, workflows: Iterable[Workflow]) -> Iterator[Diagnostic]:
    """States and events that a document lists and no workflow of it has."""
    own = [one for one in workflows if belongs(document, one)]
    states = [words for one in own for state in one.states for words in (state.words.ja, state.id, state.words.en)]
    events = [words for one in own for event in one.events for words in (event.words.ja, event.id, event.words.en)]
    for names, known, what, what_en in (
        (document.states, states, "状態", "state"),
        (document.grounds, events, "事象", "event"),
    ):
        for name in names:
            if name not in known:
                nearest = near(name, known)
                yield finding("TS813", document.source, (), word=name, what=what, what_en=what_en, nearest=nearest)


class _Form:
    """One document held against its circular."""

    def __init__(self, document: Document, against: Against) -> None:
        self.document, self.directive = document, against.directive
        self.ledger, self.passages = against.ledger, against.passages
        self.ticks = [(box, tick) for box in document.boxes for tick in box.ticks]
        self.parts: list[Box | Tick] = [*document.boxes, *(tick for _, tick in self.ticks)]

    def findings(self) -> Iterator[Diagnostic]:
        """Everything found."""
        if self.ledger is not None:
            yield from self._unfounded(self.ledger)
            rows = list(self._rows(self.ledger))
            yield from self._left_out(rows)
            yield from self._items(self.ledger)
            yield from self._facts(rows)
        yield from self._options()
        if self.passages and self.document.layout is Layout.FORM:
            yield from self._labels()
            yield from self._printed()

    def _find(self, number: str, part: Box | Tick | None, **blanks: object) -> Diagnostic:
        words = self.document.words
        source = self.document.source if part is None else part.source
        return finding(number, source, (), document=words.ja, document_en=words.say("en"), **blanks)

    def _unfounded(self, ledger: Ledger) -> Iterator[Diagnostic]:
        known = ledger.provisions()
        for part in (self.document, *self.parts):
            if part.provision not in known:
                yield self._find(
                    "TS903",
                    None if isinstance(part, Document) else part,
                    word=part.words.ja,
                    word_en=part.words.say("en"),
                    provision=part.provision,
                    nearest=near(part.provision, sorted(known)),
                )

    @property
    def _cited(self) -> frozenset[str]:
        return frozenset(part.provision for part in self.parts)

    def _rows(self, ledger: Ledger) -> Iterator[Entry]:
        """The rows of the printed form that something carries."""
        if self.document.layout is Layout.FORM:
            for one in ledger.entries:
                if one.path == self.document.provision and one.role is Role.FORM_ROW and one.treatment in CARRIED:
                    yield one

    def _left_out(self, rows: Iterable[Entry]) -> Iterator[Diagnostic]:
        for one in rows:
            if f"{one.path}/{one.role.value}{one.number}" not in self._cited:
                yield self._find("TS904", None, place=one.place)

    def _items(self, ledger: Ledger) -> Iterator[Diagnostic]:
        for above in self.document.covers:
            below = dict.fromkeys(one.path for one in ledger.entries if one.path.rpartition("/")[0] == above)
            for path in below:
                if not any(cited == path or cited.startswith(f"{path}/") for cited in self._cited):
                    yield self._find("TS907", None, place=path, provision=above)

    def _facts(self, rows: Iterable[Entry]) -> Iterator[Diagnostic]:
        """The facts by which norms see whether the form is filled in."""
        demanded: dict[str, None] = {}
        for row in rows:
            for name in row.carriers:
                norm = self.directive.norm.get(name)
                if name in self.directive.term:
                    demanded[name] = None
                elif norm is not None and norm.provision.startswith(self.document.provision):
                    terms = (self.directive.term[test.term] for test in _tests_in(norm.kept))
                    demanded |= dict.fromkeys(term.id for term in terms if isinstance(term.type, Truth))
        stands = {one.stated_by for one in self.document.boxes}
        stands |= {cell.stated_by for cell in self.document.cells}
        stands |= {cell.value for cell in self.document.cells if isinstance(cell.value, str)}
        stands |= {test.term for _, tick in self.ticks if tick.when is not None for test in _tests_in(tick.when)}
        for name in demanded:
            if name not in stands:
                words = self.directive.term[name].words
                yield self._find("TS905", None, term=words.ja, term_en=words.say("en"))

    def _options(self) -> Iterator[Diagnostic]:
        """Options of a choice that check boxes stand for, which leave the same marks as another option."""
        for box in self.document.boxes:
            whens = [tick.when for tick in box.ticks if tick.when is not None]
            terms = dict.fromkeys(test.term for when in whens for test in _tests_in(when))
            for name in terms:
                yield from self._same_marks(box, self.directive.term[name], whens)

    def _same_marks(self, box: Box, term: Term, whens: list[Condition]) -> Iterator[Diagnostic]:
        """Options alike, where the fact alone decides some mark at all."""
        if not isinstance(term.type, Choice):
            return
        every = {
            option: tuple(holds(when, self.directive, {term.id: option.id}, {}) for when in whens)
            for option in term.type.options
        }
        if not any(Truth3.TRUE in marks for marks in every.values()):
            return
        seen: dict[tuple[Truth3, ...], Words] = {}
        for option, marks in every.items():
            other = seen.setdefault(marks, option.words)
            if other is not option.words:
                yield self._find(
                    "TS906",
                    box,
                    term=term.words.ja,
                    term_en=term.words.say("en"),
                    option=option.words.ja,
                    option_en=option.words.say("en"),
                    other=other.ja,
                    other_en=other.say("en"),
                )

    # ── by the text's own words ──────────────────────────────────────────────────────────────────────────────────────

    def _text(self, provision: str) -> str | None:
        """The words of a row that a box cites; nothing where it cites no row, or the text has none there."""
        path, _, last = provision.rpartition("/")
        number = last.removeprefix(Role.FORM_ROW.value)
        if path != self.document.provision or not number.isdigit():
            return None
        return self.passages.get((path, int(number)))

    def _labels(self) -> Iterator[Diagnostic]:
        whole = "".join(text for (path, _), text in self.passages.items() if path == self.document.provision)
        title = self.document.words.ja
        if whole and _plain(title) not in _plain(whole):
            yield self._find("TS908", None, word=title, place=self.document.provision, printed=_short(whole))
        for section in dict.fromkeys(box.section for box in self.document.boxes if box.section):
            if whole and _plain(section) not in _plain(whole):
                yield self._find("TS908", None, word=section, place=self.document.provision, printed=_short(whole))
        for box in self.document.boxes:
            text = self._text(box.provision)
            if text is None:
                continue
            printed = _plain(text)
            blanks = [_plain(cell.blank) for cell in box.cells if cell.blank]
            if _plain(box.words.ja) not in printed and not any(one and one in printed for one in blanks):
                yield self._find("TS908", box, word=box.words.ja, place=box.provision, printed=_short(text))
            for cell in box.cells if len(box.cells) > 1 else ():
                if _plain(cell.words.ja) not in printed:
                    yield self._find("TS908", box, word=cell.words.ja, place=box.provision, printed=_short(text))
            for tick in box.ticks:
                own = self._text(tick.provision)
                if _plain(tick.words.ja) not in (printed if own is None else _plain(own)):
                    place = box.provision if own is None else tick.provision
                    yield self._find("TS908", tick, word=tick.words.ja, place=place, printed=_short(own or text))

    def _printed(self) -> Iterator[Diagnostic]:
        known = {_plain(tick.words.ja) for _, tick in self.ticks}
        for (path, number), text in self.passages.items():
            if path != self.document.provision:
                continue
            for found in _MARK.findall(text):
                label = _BRACKETS.sub("", found).strip()
                if _plain(label) not in known:
                    place = f"{path}/{Role.FORM_ROW.value}{number}"
                    yield self._find("TS909", None, word=label, place=place)


def _tests_in(condition: Condition) -> Iterator[Test]:
    """What a condition asks of single facts."""
    return (one for one in walk(condition) if isinstance(one, Test))


def _plain(text: str) -> str:
    """The words as they are compared: without the blanks and frames of printing."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", text) if not ch.isspace())


def _short(text: str) -> str:
    plain = _plain(text)
    return plain if len(plain) <= 80 else f"{plain[:80]}…"
