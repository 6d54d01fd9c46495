"""HTML as a tree, read strictly: whatever is not closed in its place is a failure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

EMPTY: Final = frozenset({"meta", "input", "br"})
"""Elements that have no end."""


@dataclass(eq=False)
class Element:
    """An element, with the elements and the words in it."""

    tag: str
    attributes: dict[str, str]
    inside: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def words(self) -> str:
        """All that is to be read in it, on one line."""
        parts = [one if isinstance(one, str) else one.words for one in self.inside]
        return " ".join("".join(parts).split())

    def walk(self) -> Iterator[Element]:
        yield self
        for one in self.inside:
            if isinstance(one, Element):
                yield from one.walk()

    def all(self, tag: str = "", of: str = "") -> list[Element]:
        """Every element within, by its tag and a class, in order."""
        return [one for one in self.walk() if tag in ("", one.tag) and (not of or of in one.classes)]

    def with_id(self, name: str) -> Element:
        (found,) = [one for one in self.walk() if one.attributes.get("id") == name]
        return found

    def in_language(self, lang: str) -> str:
        """The words as a reader of one language sees them."""
        other = "en" if lang == "ja" else "ja"
        parts = [
            one if isinstance(one, str) else "" if other in one.classes else one.in_language(lang)
            for one in self.inside
        ]  # fmt: skip
        return " ".join("".join(parts).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says an attribute twice: {names}"
        made = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(made)
        if tag not in EMPTY:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        closed = self._open.pop()
        assert closed.tag == tag, f"</{tag}> closes <{closed.tag}>, line {self.getpos()[0]}"

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)

    def done(self) -> Element:
        assert self._open == [self.root], f"<{self._open[-1].tag}> is never closed"
        return self.root


def parsed(page: bytes | str) -> Element:
    """The page as a tree."""
    reader = _Reader()
    reader.feed(page.decode("utf-8") if isinstance(page, bytes) else page)
    reader.close()
    return reader.done()
