"""The circulars and statutes that directives name, as a graph: what is at hand, what is known only by its name."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tsutatsu.ir import Citation, Directive, Printed, Relation


@dataclass(frozen=True, slots=True)
class Instrument:
    """A circular or statute: one of the law folder, or a stub, of which only number, day and title are known."""

    key: str
    number: str
    issued: Printed
    titles: tuple[str, ...]
    """As printed: more than one where it is named in several ways."""
    directive: Directive | None = None

    @property
    def stub(self) -> bool:
        """Whether only its name is known."""
        return self.directive is None


@dataclass(frozen=True, slots=True)
class Link:
    """One instrument naming another, by their keys; ``citation`` says where, and on which side of a reading."""

    source: str
    relation: Relation
    target: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Relations:
    """Every instrument, those of the law folder first, and every link, in the order of the files."""

    instruments: tuple[Instrument, ...]
    links: tuple[Link, ...]

    def of(self, key: str) -> Instrument:
        """The instrument of this key."""
        return next(one for one in self.instruments if one.key == key)

    def out(self, key: str) -> tuple[Link, ...]:
        """What it names: what it repeals, what it amends, what it cites."""
        order = list(Relation)
        return tuple(sorted((one for one in self.links if one.source == key), key=lambda o: order.index(o.relation)))

    def into(self, key: str) -> tuple[Link, ...]:
        """What names it."""
        return tuple(one for one in self.links if one.target == key)


def relate(directives: Sequence[Directive]) -> Relations:
    """The graph of what ``directives`` name; links to the same circular or statute meet in one instrument."""
    found: dict[str, Instrument] = {}
    links: list[Link] = []
    for one in directives:
        found[key_of(one)] = Instrument(
            key_of(one), one.header.number, one.header.issued, (one.header.title.ja,), directive=one
        )
    for one in directives:
        for relation in Relation:
            for citation in one.header.named(relation):
                known = meant(citation, directives)
                key = key_of(known) if known is not None else _stub_key(citation)
                stub = found.setdefault(key, Instrument(key, citation.number, citation.issued, ()))
                if stub.stub and citation.title and citation.title not in stub.titles:
                    found[key] = replace(stub, titles=(*stub.titles, citation.title))
                links.append(Link(key_of(one), relation, key, citation))
    return Relations(tuple(found.values()), tuple(links))


def key_of(directive: Directive) -> str:
    """The key of a circular at hand: its id and day of issue."""
    return f"{directive.id}/{directive.issued.isoformat()}"


def meant(citation: Citation, directives: Iterable[Directive]) -> Directive | None:
    """The circular at hand that bears the number and the day; nothing where none does."""
    return next((one for one in directives if bears(one, citation)), None)


def bears(directive: Directive, citation: Citation) -> bool:
    """Whether the circular is the one cited: by number and day, both, and never by title."""
    head = directive.header
    dated = citation.issued.day is not None and citation.issued.day == head.issued.day
    return dated and plain(citation.number) in {plain(number) for number in head.numbers}


def plain(number: str) -> str:
    """A number for comparison: one width, no white space."""
    return "".join(unicodedata.normalize("NFKC", number).split())


def _stub_key(citation: Citation) -> str:
    if not citation.number:
        return f"題:{plain(citation.title)}"
    day = citation.issued.day
    return f"{plain(citation.number)}({day.isoformat()})" if day else plain(citation.number)
