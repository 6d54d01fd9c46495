"""What a file says, as text in its places: the input of everything that knows the policy language."""

from dataclasses import dataclass
from typing import TypeAlias

from tsutatsu.source import Source


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value, always text (NFC): what it means as a number or a date is for whoever knows the type expected.

    ``plain`` says that it stands without quotes; a key with nothing after it has a plain value without text.
    """

    text: str
    plain: bool
    source: Source

    @property
    def empty(self) -> bool:
        """Whether nothing at all was written here (``key:``), as against a quoted empty text."""
        return self.plain and not self.text


@dataclass(frozen=True, slots=True)
class Entry:
    """One key of a map with its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, slots=True)
class Map:
    """Keys and values in the order written; no key occurs twice."""

    entries: tuple[Entry, ...]
    source: Source

    def get(self, key: str) -> "Node | None":
        """The value under ``key``, or nothing where the map has no such key."""
        return next((entry.value for entry in self.entries if entry.key.text == key), None)


@dataclass(frozen=True, slots=True)
class Seq:
    """Items in the order written."""

    items: tuple["Node", ...]
    source: Source


Node: TypeAlias = Scalar | Map | Seq
