"""The parser's events → nodes, counted as they come, on a stack of our own: nothing here calls itself."""

import unicodedata
from contextlib import closing
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NoReturn, TypeAlias

import yaml

from tsutatsu.diagnostics import Diagnostic, Related, finding
from tsutatsu.source import Source
from tsutatsu.syntax.complaints import complaint
from tsutatsu.syntax.decoding import unwanted_in
from tsutatsu.syntax.limits import Limits
from tsutatsu.syntax.nodes import Entry, Map, Node, Scalar, Seq
from tsutatsu.syntax.notation import Standing, traps, traps_in_lines

LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser, or the Python one where PyYAML was built without it; both deliver the same events."""


@dataclass(frozen=True, slots=True)
class _Written:
    """A node with its text before normalisation ("" for maps and lists): duplicates and places are told by it."""

    node: Node
    text: str = ""


@dataclass(slots=True)
class _OpenMap:
    source: Source
    entries: list[Entry] = field(default_factory=list)
    seen: dict[str, _Written] = field(default_factory=dict)
    key: _Written | None = None


@dataclass(slots=True)
class _OpenSeq:
    source: Source
    bracketed: bool
    items: list[Node] = field(default_factory=list)


_Open: TypeAlias = _OpenMap | _OpenSeq


class _Stop(Exception):  # noqa: N818  nothing went wrong here; the file did
    """The rest of the file is not read: its structure from here on is unknown."""


class Building:
    """One file's nodes and findings, filled event by event."""

    def __init__(self, text: str, file: str, limits: Limits) -> None:
        self.findings: list[Diagnostic] = []
        self._text = text
        self._lines = text.split("\n")
        self._file = file
        self._limits = limits
        self._open: list[_Open] = []
        self._root: Node | None = None
        self._count = 0
        self._whole = True

    def run(self, loader: type[Any]) -> Node | None:
        """Read to the end, or to what cannot be read past; the node, where the whole structure of the file is known."""
        try:
            self._refuse_directives(0)
            with closing(yaml.parse(self._text, Loader=loader)) as events:
                for event in events:
                    self._take(event)
                    if isinstance(event, yaml.DocumentEndEvent):
                        break  # the parser would read on into a second document, and compare its directives
        except _Stop:
            return None
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # the Python parser lets chr() raise
            self._complain(error)
            return None
        return self._root if self._whole else None

    def _take(self, event: Any) -> None:
        where = Source(self._file, event.start_mark.line + 1, event.start_mark.column + 1)
        match event:
            case yaml.ScalarEvent():
                self._count_and_check(event, where)
                self._scalar(event.value, event.style in (None, ""), where)
            case yaml.AliasEvent():
                self._count_and_check(event, where)
                self._place(_Written(Scalar("", True, where), "*"))
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                self._count_and_check(event, where)
                if len(self._open) >= self._limits.depth:
                    self._stop(finding("TS111", where, most=self._limits.depth))
                is_seq = isinstance(event, yaml.SequenceStartEvent)
                self._open.append(_OpenSeq(where, bool(event.flow_style)) if is_seq else _OpenMap(where))
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._place(_Written(_closed(self._open.pop())))
            case yaml.DocumentEndEvent():
                self._refuse_rest(event.end_mark.line, event.end_mark.column)
            case _:
                pass

    def _count_and_check(self, event: Any, where: Source) -> None:
        self._count += 1
        if self._count > self._limits.nodes:
            self._stop(finding("TS112", where, most=f"{self._limits.nodes:,}"))
        if len(self.findings) > self._limits.findings:
            raise _Stop
        if isinstance(event, yaml.AliasEvent):
            self.findings.append(finding("TS115", where, name=event.anchor))
            self._whole = False
            return
        if event.anchor is not None:
            self.findings.append(finding("TS114", where, name=event.anchor))
        if event.tag is not None:
            self.findings.append(finding("TS116", where, tag=event.tag))

    def _scalar(self, written: str, plain: bool, where: Source) -> None:
        if len(written) > self._limits.scalar:
            self.findings.append(finding("TS113", where, size=f"{len(written):,}", most=f"{self._limits.scalar:,}"))
            self._place(_Written(Scalar("", plain, where), "…"))
            return
        refused = tuple(islice(unwanted_in(written, where), self._limits.findings))
        self.findings.extend(refused)
        self._place(_Written(Scalar("" if refused else unicodedata.normalize("NFC", written), plain, where), written))

    def _place(self, done: _Written) -> None:
        """Put a finished node where it belongs: a key, the value of the key before it, an item, the whole file."""
        match self._open[-1] if self._open else None:
            case _OpenMap(key=None) as mapping:
                mapping.key = done
            case _OpenMap(key=_Written() as key) as mapping:
                mapping.key = None
                bare = isinstance(done.node, Scalar) and done.node.empty
                self._look(key, Standing.BARE_KEY if bare else Standing.KEY)
                self._look(done, Standing.VALUE)
                if isinstance(key.node, Scalar) and self._accept(mapping, key, key.node):
                    mapping.entries.append(Entry(key.node, done.node))
                elif not isinstance(key.node, Scalar):
                    self.findings.append(finding("TS122", key.node.source))
            case _OpenSeq() as seq:
                self._look(done, Standing.BRACKETED if seq.bracketed else Standing.ITEM)
                seq.items.append(done.node)
            case None:
                self._look(done, Standing.ITEM)
                self._root = done.node

    def _accept(self, mapping: _OpenMap, key: _Written, node: Scalar) -> bool:
        """Whether the entry stands; a key that was refused already is left out without a second word."""
        if not node.text:
            if not key.text:
                self.findings.append(finding("TS123", node.source))
            return False
        if node.plain and node.text == "<<":
            self.findings.append(finding("TS117", node.source))
            return False
        first = mapping.seen.setdefault(node.text, key)
        if first is not key:
            note = Related(first.node.source, "初めはここにある。", "It is first written here.")
            number = "TS118" if first.text == key.text else "TS119"
            self.findings.append(finding(number, node.source, [note], key=node.text))
        return first is key

    def _look(self, done: _Written, standing: Standing) -> None:
        if isinstance(done.node, Scalar):
            self.findings.extend(traps(done.node, done.text, standing))

    def _complain(self, error: Exception) -> None:
        """The parser's own complaint, unless a slip of notation close by says better what to mend."""
        said = complaint(error, self._lines, self._file)
        slips = self._slips(said.lines if said.bracketed else range(0))
        if not any(slip.where.line - 1 in said.lines and slip.code != "TS153" for slip in slips):
            self.findings.append(said.finding)

    def _slips(self, bracketed: range) -> tuple[Diagnostic, ...]:
        slips = tuple(islice(traps_in_lines(self._lines, self._file, bracketed), self._limits.findings))
        self.findings.extend(slips)
        return slips

    def _refuse_rest(self, line: int, column: int) -> None:
        """Whatever follows the document but comments and ``...``."""
        for number in range(line, len(self._lines)):
            rest = self._lines[number][column if number == line else 0 :]
            body = rest.strip(" \t")
            if not body or body.startswith("#") or body == "...":
                continue
            if body.startswith("%"):
                self._refuse_directives(number)
            where = Source(self._file, number + 1, self._lines[number].index(body) + 1)
            if body.startswith("---"):
                self._stop(finding("TS120", where))
            if not any(slip.where.line in (number, number + 1) for slip in self._slips(range(0))):
                self.findings.append(finding("TS142", where))
            raise _Stop

    def _refuse_directives(self, line: int) -> None:
        """``%YAML`` and ``%TAG`` before a document: the parser would compare each with all before it."""
        for number, body in enumerate(self._lines[line:], line):
            if body.startswith("%"):
                self._stop(finding("TS121", Source(self._file, number + 1, 1)))
            if body.strip(" \t") and not body.lstrip(" \t").startswith("#"):
                return

    def _stop(self, last: Diagnostic) -> NoReturn:
        self.findings.append(last)
        raise _Stop


def _closed(container: _Open) -> Node:
    match container:
        case _OpenMap():
            return Map(tuple(container.entries), container.source)
        case _OpenSeq():
            return Seq(tuple(container.items), container.source)
