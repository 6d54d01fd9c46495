"""What PyYAML's parsers deliver, as values of our own: one thing after another, up to the end of the first document."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from tsutatsu.source import Source
from tsutatsu.syntax.python_parser import PythonLoader

LOADER: type[Any] = getattr(yaml, "CSafeLoader", PythonLoader)
"""libyaml's parser, or Python's own where that is missing: the same events, but it refuses tabs at line ends."""

UNREADABLE = (yaml.YAMLError, ValueError, OverflowError)
"""What the parsers raise on text they cannot read; the Python one lets ``chr`` raise on ``"\\U00110000"``."""


@dataclass(frozen=True, slots=True)
class Text:
    """A value, as written but for quotes and escapes."""

    where: Source
    anchor: str | None
    tag: str | None
    written: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Alias:
    """``*name`` in place of a value."""

    where: Source
    name: str


@dataclass(frozen=True, slots=True)
class MapStart:
    """Keys and values follow, in turn."""

    where: Source
    anchor: str | None
    tag: str | None


@dataclass(frozen=True, slots=True)
class SeqStart:
    """Items follow; ``bracketed`` when they stand inside ``[ ]``."""

    where: Source
    anchor: str | None
    tag: str | None
    bracketed: bool


@dataclass(frozen=True, slots=True)
class Close:
    """The innermost map or list is complete."""


@dataclass(frozen=True, slots=True)
class End:
    """The document is complete; what follows it stands from this line and column (both from 0) on."""

    line: int
    column: int


Event: TypeAlias = Text | Alias | MapStart | SeqStart | Close | End


def events(text: str, file: str, loader: type[Any]) -> Iterator[Event]:
    """The events of the first document. Reading on into a second would cost the square of the directives before it."""
    last_line, last_column = text.count("\n"), len(text) - text.rfind("\n") - 1
    parser = loader(text)
    try:
        while parser.check_event():
            event = parser.get_event()
            start, end = event.start_mark, event.end_mark
            where = Source(file, start.line + 1, start.column + 1)
            if start.line > last_line:  # libyaml adds a line of its own where the last one has no line end
                where = Source(file, last_line + 1, last_column + 1)
            match event:
                case yaml.ScalarEvent():
                    yield Text(where, event.anchor, event.tag, event.value, event.style in (None, ""))
                case yaml.AliasEvent():
                    yield Alias(where, event.anchor or "")
                case yaml.MappingStartEvent():
                    yield MapStart(where, event.anchor, event.tag)
                case yaml.SequenceStartEvent():
                    yield SeqStart(where, event.anchor, event.tag, bool(event.flow_style))
                case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                    yield Close()
                case yaml.DocumentEndEvent():
                    yield End(end.line, end.column)
                    return
                case _:
                    pass
    finally:
        parser.dispose()
