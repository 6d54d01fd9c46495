"""Documents as declared: which boxes stand on them, which provision asks for each, and which fact each stands for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import Final

from tsutatsu.ir import Condition, Words
from tsutatsu.ir.workflows import Event, Workflow
from tsutatsu.source import NOWHERE, Source


class Layout(Enum):
    """What kind of paper a document is; where it has no template of its own, this decides how it looks."""

    FORM = "form"  # 様式: boxes, filled in by hand or from a case
    NOTICE = "notice"  # 通知: a letter to whom it concerns
    REPORT = "report"  # 報告書: from one post to another
    ROSTER = "roster"  # 名簿: a line for each of several cases


class Stamped(Enum):
    """What a box can show that is no fact of the case: who made the document's entry, when, and where it is kept."""

    ACTOR = "actor"
    POST = "actor_post"
    UNIT = "actor_unit"
    DAY = "today"
    MOMENT = "now"
    TIME = "time_now"
    CASE = "case_number"
    ENTRY = "entry_number"


class Facet(Enum):
    """What a box shows of a person."""

    NAME = "person_name"
    POST = "person_post"
    UNIT = "person_unit"


CAPACITY: Final[Mapping[Layout, int]] = MappingProxyType(
    {Layout.FORM: 60, Layout.NOTICE: 400, Layout.REPORT: 2_000, Layout.ROSTER: 200}
)
"""How many characters a cell holds where its declaration does not say."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A place for words: those of a fact, of whoever acted, or (without a value) those supplied with the document."""

    id: str
    words: Words
    value: str | Stamped | None = None
    """A term's id, or what the moment brings."""
    blank: str = ""
    """What is printed where nothing is said: the frame of a date to be written by hand."""
    capacity: int = 0
    stated_by: str | None = None
    """The term that says whether it is filled in; where that is denied on record, it stays blank."""
    facet: Facet = Facet.NAME
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Tick:
    """A check box: ticked where the facts surely meet ``when``; without one it is ticked by hand."""

    id: str
    words: Words
    provision: str
    when: Condition | None = None
    beside: Cell | None = None
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its label, the provision that asks for it, and the cells and check boxes in it."""

    id: str
    words: Words
    provision: str
    section: str = ""
    cells: tuple[Cell, ...] = ()
    ticks: tuple[Tick, ...] = ()
    stated_by: str | None = None
    source: Source = field(default=NOWHERE, compare=False)

    @property
    def every_cell(self) -> Iterator[Cell]:
        """The cells in it, those beside its check boxes too."""
        yield from self.cells
        for tick in self.ticks:
            if tick.beside is not None:
                yield tick.beside


@dataclass(frozen=True)
class Document:
    """One document of one issue of a circular."""

    id: str
    directive: str
    issued: date
    words: Words
    provision: str
    layout: Layout
    boxes: tuple[Box, ...]
    workflows: tuple[str, ...] = ()
    """The workflows that make it; every workflow of the issue that names it, where none is listed."""
    addressee: Cell | None = None
    wording: Words = Words("")
    grounds: tuple[str, ...] = ()
    """The events whose answers it states: of the event that made it, why it was lawful; of another, why it is not."""
    covers: tuple[str, ...] = ()
    """Provisions of which every item must be on it."""
    states: tuple[str, ...] = ()
    """The states in which a case is on the roster; every state but the first, where none is listed."""
    template: str = ""
    """A template of its own; without one the layout's."""
    source: Source = field(default=NOWHERE, compare=False)

    @property
    def cells(self) -> Iterator[Cell]:
        """Every place for words on it."""
        if self.addressee is not None:
            yield self.addressee
        for box in self.boxes:
            yield from box.every_cell

    @cached_property
    def cell(self) -> Mapping[str, Cell]:
        """The places for words by id."""
        return MappingProxyType({one.id: one for one in self.cells})

    @cached_property
    def fillable(self) -> Mapping[str, Cell]:
        """The places that stand for no fact, to be filled in by hand or with words supplied, by id."""
        return MappingProxyType({one.id: one for one in self.cells if one.value is None})

    def room(self, cell: Cell) -> int:
        """How many characters a cell of it holds."""
        return cell.capacity or CAPACITY[self.layout]

    def __str__(self) -> str:
        return f"{self.directive}/{self.issued}/{self.id}"


def belongs(document: Document, workflow: Workflow) -> bool:
    """Whether it is a document of that workflow's issue, and of that workflow where it lists any."""
    own = (document.directive, document.issued) == (workflow.directive, workflow.issued)
    return own and (not document.workflows or not set(document.workflows).isdisjoint(names_of(workflow)))


def names_of(workflow: Workflow) -> tuple[str, ...]:
    """How a document's declaration may call a workflow."""
    return tuple(name for name in (workflow.id, workflow.words.ja, workflow.words.en) if name)


def makes(event: Event, document: Document) -> bool:
    """Whether an event says that it makes the document."""
    return document.words.ja in event.documents or document.id in event.documents
