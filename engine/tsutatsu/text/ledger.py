"""The ledger of a circular: for every passage of its text, what carries it; and how a ledger and a text agree."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from itertools import groupby, islice
from typing import Final

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.source import NOWHERE, Source
from tsutatsu.text.nodes import Document, FieldKind, Role, digest_of

HEADER = "頭書"
"""The path under which the lines of the header are accounted for."""
_DEEPEST: Final = 64
"""Deeper than any text nests: what stands deeper can be cited only whole."""


class Treatment(Enum):
    """What became of a passage; the value is the word a ledger uses."""

    NORM = "規範"
    DEFINITION = "定義"
    BACKGROUND = "趣旨"
    HEADING = "見出し"
    HEADER = "頭書"
    ADDRESSEE = "宛先"
    FORM = "様式"
    NOT_SUPPLIED = "未提供"
    WAIVED = "免除"


CARRIED = frozenset({Treatment.NORM, Treatment.DEFINITION})
"""Treatments that must name what carries the passage."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that a ledger accounts for: a sentence, a heading, a row of a form, a line of the header."""

    path: str
    number: int
    role: Role
    digest: str
    text: str
    where: Source


@dataclass(frozen=True, slots=True)
class Waiver:
    """Who decided that a passage need not be encoded, when, and why."""

    post: str
    person: str
    day: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a ledger says of one passage."""

    path: str
    number: int
    role: Role
    digest: str
    treatment: Treatment
    carriers: tuple[str, ...] = ()
    """Ids of the norms, terms, concepts, clocks, judgements and readings that carry it."""
    waiver: Waiver | None = None
    recheck: bool = False
    """The passage came, or was reworded, after the ledger was first written, and nobody has looked at it since."""
    where: Source = field(default=NOWHERE, compare=False)

    @property
    def place(self) -> str:
        """The provision and sentence as people cite them."""
        return _place(self)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The ledger of one issue of a circular, in the order of its text."""

    entries: tuple[Entry, ...]
    count: int
    """How many passages the text has, and ``digest`` the fingerprint of them all: what is taken out is missed."""
    digest: str
    where: Source = field(default=NOWHERE, compare=False)

    def provisions(self) -> frozenset[str]:
        """Every place that may be cited: each 条項, alone or with the role (and number) of a sentence in it."""
        found = {entry.path for entry in self.entries}
        found |= {f"{entry.path}/{entry.role.value}" for entry in self.entries}
        found |= {f"{entry.path}/{entry.role.value}{entry.number}" for entry in self.entries}
        cuts = ((path, islice((n for n, sign in enumerate(path) if sign == "/"), _DEEPEST)) for path in found)
        parents = {path[:cut] for path, every in cuts for cut in every}
        return frozenset(found | parents)


def passages_of(document: Document) -> Iterator[Passage]:
    """Every passage of a text, the header's lines first: all that is printed but numbering and page numbers."""
    for number, line in enumerate(document.header.fields, 1):
        yield Passage(HEADER, number, Role.HEADER, digest_of(line.text), line.text, line.where)
    for (path, _), group in groupby(document.passages(), key=lambda one: (one[0], one[1].number)):
        first, *rest = (sentence for _, sentence in group)
        text = "".join((first.text, *(one.text for one in rest)))  # a heading in two sentences is one passage
        yield Passage(path, first.number, first.role, digest_of(text), text, first.where)


def header_kinds(document: Document) -> tuple[FieldKind, ...]:
    """What each line of the header states, in the order in which ``passages_of`` numbers them."""
    return tuple(line.kind for line in document.header.fields)


def digest_of_whole(passages: Iterable[Passage | Entry]) -> str:
    """The fingerprint of all passages together: changes when one is changed, moved, added or taken away."""
    whole = hashlib.sha256()
    for one in passages:
        whole.update(f"{one.path}\t{one.number}\t{one.role.value}\t{one.digest}\n".encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


def compare(ledger: Ledger, document: Document) -> tuple[Diagnostic, ...]:
    """Where ledger and text part: passages without entry, entries without passage, other fingerprints or roles."""
    entries = {(one.path, one.number): one for one in ledger.entries}
    passages = {(one.path, one.number): one for one in passages_of(document)}
    found: list[Diagnostic] = []
    for key, passage in passages.items():
        entry = entries.get(key)
        if entry is None:
            found.append(finding("TS350", passage.where.citing(passage.path), (), place=_place(passage)))
        elif entry.digest != passage.digest:
            found.append(finding("TS352", entry.where, (), place=entry.place, line=passage.where.line))
        elif entry.role is not passage.role:
            found.append(
                finding("TS353", entry.where, (), place=entry.place, said=entry.role.value, printed=passage.role.value)
            )
    found += [finding("TS351", one.where, (), place=one.place) for key, one in entries.items() if key not in passages]
    if not found and list(entries) != list(passages):
        found.append(finding("TS364", ledger.where, ()))
    return tuple(found)


def _place(one: Passage | Entry) -> str:
    return f"{one.path}〔{one.role.value}{one.number or ''}〕"
