"""Events → nodes, counted as they come, on a stack of our own: nothing here calls itself."""

import re
import unicodedata
from itertools import islice
from typing import Any, NoReturn, assert_never

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.source import Source
from tsutatsu.syntax.complaints import complaint
from tsutatsu.syntax.containers import Open, OpenMap, OpenSeq, Written
from tsutatsu.syntax.decoding import unwanted_in
from tsutatsu.syntax.events import UNREADABLE, Alias, Close, End, Event, MapStart, SeqStart, Text, events
from tsutatsu.syntax.limits import Limits
from tsutatsu.syntax.nodes import Node, Scalar
from tsutatsu.syntax.notation import Standing, traps, traps_in_lines


class _Stop(Exception):
    """The rest of the file is not read: its structure from here on is unknown."""


class Building:
    """One file's nodes and findings, filled event by event."""

    def __init__(self, text: str, file: str, limits: Limits) -> None:
        self.findings: list[Diagnostic] = []
        self._text = text
        self._lines = text.split("\n")
        self._file = file
        self._limits = limits
        self._open: list[Open] = []
        self._root: Node | None = None
        self._count = 0
        self._whole = True

    def run(self, loader: type[Any]) -> Node | None:
        """Read to the end, or to what cannot be read past; the node, where the whole structure of the file is known."""
        try:
            self._refuse_directives(0)
            for event in events(self._text, self._file, loader):
                self._take(event)
        except _Stop:
            return None
        except UNREADABLE as error:
            self._complain(error)
            return None
        return self._root if self._whole else None

    def _take(self, event: Event) -> None:
        match event:
            case Text(where, anchor, tag, written, plain):
                self._allow(where, anchor, tag)
                self._scalar(written, plain, where)
            case Alias(where, name):
                self._allow(where, None, None)
                self.findings.append(finding("TS115", where, name=name))
                self._whole = False
                self._place(Written(Scalar("", True, where), "*"))
            case MapStart(where, anchor, tag):
                self._allow(where, anchor, tag)
                self._enter(OpenMap(where, [], {}))
            case SeqStart(where, anchor, tag, bracketed):
                self._allow(where, anchor, tag)
                self._enter(OpenSeq(where, [], bracketed))
            case Close():
                self._place(Written(self._open.pop().closed()))
            case End(line, column):
                self._refuse_rest(line, column)
            case _:
                assert_never(event)

    def _allow(self, where: Source, anchor: str | None, tag: str | None) -> None:
        """Count one more value, and refuse what is tied to it."""
        self._count += 1
        if self._count > self._limits.nodes:
            self._stop(finding("TS112", where, most=f"{self._limits.nodes:,}"))
        if len(self.findings) > self._limits.findings:
            raise _Stop
        if anchor is not None:
            self.findings.append(finding("TS114", where, name=anchor))
        if tag is not None:
            self.findings.append(finding("TS116", where, tag=tag))

    def _enter(self, container: Open) -> None:
        if len(self._open) >= self._limits.depth:
            self._stop(finding("TS111", container.source, most=self._limits.depth))
        self._open.append(container)

    def _scalar(self, written: str, plain: bool, where: Source) -> None:
        if len(written) > self._limits.scalar:
            self.findings.append(finding("TS113", where, size=f"{len(written):,}", most=f"{self._limits.scalar:,}"))
            self._place(Written(Scalar("", plain, where), "…"))
            return
        refused = tuple(islice(unwanted_in(written, where), self._limits.findings))
        self.findings.extend(refused)
        text = "" if refused else unicodedata.normalize("NFC", written)
        self._place(Written(Scalar(text, plain, where), written))

    def _place(self, done: Written) -> None:
        """Put a finished node where it belongs: a key, the value of the key before it, an item, the whole file."""
        parent = self._open[-1] if self._open else None
        match parent:
            case OpenMap():
                if parent.key is None:
                    parent.key = done
                else:
                    self._pair(parent, parent.key, done)
                    parent.key = None
            case OpenSeq():
                self._look(done, Standing.BRACKETED if parent.bracketed else Standing.ITEM)
                parent.items.append(done.node)
            case None:
                self._look(done, Standing.ITEM)
                self._root = done.node
            case _:
                assert_never(parent)

    def _pair(self, mapping: OpenMap, key: Written, value: Written) -> None:
        bare = isinstance(value.node, Scalar) and value.node.empty
        self._look(key, Standing.BARE_KEY if bare else Standing.KEY)
        self._look(value, Standing.VALUE)
        self._refuse_tight(key.node, value.node.source)
        self.findings.extend(mapping.pair(key, value.node))

    def _look(self, done: Written, standing: Standing) -> None:
        if isinstance(done.node, Scalar) and done.node.plain and done.text:
            where = done.node.source
            on_one_line = self._lines[where.line - 1].startswith(done.text, where.column - 1)
            self.findings.extend(traps(done.node, done.text, standing, on_one_line))

    def _refuse_tight(self, key: Node, value: Source) -> None:
        """``{a:{`` or ``{a:}``, which libyaml refuses and the Python parser takes."""
        colon, after = value.column - 2, self._lines[value.line - 1][value.column - 2 : value.column]
        if isinstance(key, Scalar) and key.plain and re.fullmatch(r":[\[\]{},]", after):
            self.findings.append(finding("TS156", Source(self._file, value.line, colon + 1), key=key.text))

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
            if rest.startswith("%"):
                self._refuse_directives(number)
            where = Source(self._file, number + 1, len(self._lines[number]) - len(rest.lstrip(" \t")) + 1)
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
