"""A document filled in: what its template lays out. Everything in it is plain words; nothing of it is markup."""

from collections.abc import Mapping
from dataclasses import dataclass

from tsutatsu.ir import Words


@dataclass(frozen=True, slots=True)
class FilledCell:
    """A place for words, and what stands in it."""

    id: str
    label: str
    text: str
    """What it says; nothing where it is left blank."""
    blank: str
    """What is printed where it is left blank."""
    sheet: int = 0
    """The further sheet that carries its words, where there are too many for it; 0 for none."""
    roomy: bool = False
    """Whether many words are to be written here by hand."""


@dataclass(frozen=True, slots=True)
class FilledTick:
    """A check box, ticked or not, with what stands in the brackets beside it."""

    id: str
    label: str
    on: bool
    beside: FilledCell | None = None


@dataclass(frozen=True, slots=True)
class FilledBox:
    """A box with its cells and check boxes."""

    id: str
    label: str
    section: str
    cells: tuple[FilledCell, ...]
    ticks: tuple[FilledTick, ...]


@dataclass(frozen=True, slots=True)
class NormShown:
    """A norm on which an answer turns: where it is written, what it says, how it stands."""

    place: str
    summary: str
    standing: str
    rests_on: tuple[str, ...]
    """The facts of record on which it stands so."""


@dataclass(frozen=True, slots=True)
class Ground:
    """One answer of the law as a letter tells it: what was asked, the answer, why, and what would make it lawful."""

    asked: str
    verdict: str
    denied: bool
    """Whether it is surely against the law."""
    norms: tuple[NormShown, ...]
    ways: tuple[str, ...]
    whole: bool = True
    """Whether the ways make all of it lawful; else they keep the norms shown, and others are judged on their own."""
    caveats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """The record from which a document was made."""

    case: str
    entry: int
    """The entry whose event made it."""
    as_of: int
    """The entry up to which the record was read."""
    day: str
    name: str
    post: str
    unit: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a roster: one case."""

    case: str
    boxes: tuple[FilledBox, ...]


@dataclass(frozen=True)
class Sheet:
    """A document filled in, or blank."""

    words: Words
    layout: str
    title: str
    """The circular's."""
    number: str
    issued: str
    provision: str
    boxes: Mapping[str, FilledBox]
    cells: Mapping[str, FilledCell]
    ticks: Mapping[str, FilledTick]
    addressee: FilledCell | None
    wording: str
    grounds: tuple[Ground, ...]
    shows_grounds: bool
    origin: Origin | None
    rows: tuple[Row, ...] = ()
    further: tuple[FilledCell, ...] = ()
    """The cells whose words stand on further sheets, in the order of the sheets."""

    @property
    def sections(self) -> tuple[str, ...]:
        """The parts of the document, in order."""
        return tuple(dict.fromkeys(one.section for one in self.boxes.values()))
