"""Maps and lists while they are being read, and what may not enter them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from tsutatsu.diagnostics import Diagnostic, Related, finding
from tsutatsu.source import Source
from tsutatsu.syntax.nodes import Entry, Map, Node, Scalar, Seq


@dataclass(frozen=True, slots=True)
class Written:
    """A node with its text before normalisation ("" for maps and lists): duplicates and places are told by it."""

    node: Node
    text: str = ""


@dataclass(slots=True)
class OpenMap:
    """A map up to here; ``key`` waits for its value."""

    source: Source
    entries: list[Entry]
    seen: dict[str, Written]
    key: Written | None = None

    def pair(self, key: Written, value: Node) -> Iterator[Diagnostic]:
        """Take in an entry, or say why not; one whose key was refused already is left out without a second word."""
        node = key.node
        if not isinstance(node, Scalar):
            yield finding("TS122", node.source)
        elif not node.text:
            if not key.text:
                yield finding("TS123", node.source)
        elif node.plain and node.text == "<<":
            yield finding("TS117", node.source)
        elif (first := self.seen.setdefault(node.text, key)) is not key:
            note = Related(first.node.source, "初めはここにある。", "It is first written here.")
            yield finding("TS118" if first.text == key.text else "TS119", node.source, [note], key=node.text)
        else:
            self.entries.append(Entry(node, value))

    def closed(self) -> Map:
        """The whole map."""
        return Map(tuple(self.entries), self.source)


@dataclass(slots=True)
class OpenSeq:
    """A list up to here."""

    source: Source
    items: list[Node]
    bracketed: bool

    def closed(self) -> Seq:
        """The whole list."""
        return Seq(tuple(self.items), self.source)


Open: TypeAlias = OpenMap | OpenSeq
