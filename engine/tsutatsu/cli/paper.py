"""What a command writes on: standard output or standard error, its width, and colour where a person is looking."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TextIO

import click

from tsutatsu.cli.layout import visible, width, wrap

PLAIN: Final = 80
"""The width where nobody's terminal says otherwise."""

_STYLES: Final[dict[str, dict[str, object]]] = {
    "good": {"fg": "green", "bold": True},
    "bad": {"fg": "red", "bold": True},
    "care": {"fg": "yellow", "bold": True},
    "head": {"bold": True},
    "code": {"fg": "cyan"},
    "quiet": {"dim": True},
}


def steady_streams() -> None:
    """Let both streams take any character, whatever the locale: a message must never fail for its letters.

    A stream that the caller closed is as one that nobody reads, or that holds nothing.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 (it stays open)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if os.environ.get("PYTHONIOENCODING") or (os.name == "nt" and stream.isatty()):
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


@dataclass(frozen=True, slots=True)
class Paper:
    """One stream, as wide as its terminal (80 where there is none), coloured or not."""

    stream: TextIO
    width: int
    coloured: bool

    def paint(self, text: str, style: str) -> str:
        """``text`` in a style, where this paper takes colour."""
        return click.style(text, **_STYLES[style]) if self.coloured and style and text else text  # type: ignore[arg-type]

    def put(self, text: str = "", *, indent: int = 0, hang: int = 0, style: str = "") -> None:
        """Lines of ``text``, broken to fit; those after the first stand ``hang`` further in."""
        room = max(self.width - indent, 20)
        for line in wrap(visible(text), room, hang=hang):
            self.raw((" " * indent + self.paint(line, style)).rstrip(" "))

    def raw(self, text: str) -> None:
        """``text`` as it is, and a line end."""
        click.echo(text, file=self.stream, color=self.coloured)

    def code(self, text: str, language: str) -> None:
        """``text`` of a computer language as it is, its parts told apart by colour where this paper takes colour."""
        if not self.coloured:
            self.raw(text)
            return
        from rich.console import Console
        from rich.syntax import Syntax

        shown = Syntax(text, language, theme="ansi_dark", background_color="default").highlight(text)
        console = Console(
            file=self.stream, force_terminal=True, soft_wrap=True, highlight=False, color_system="standard"
        )
        console.print(shown, end="")

    def entry(self, mark: str, text: str, *, indent: int = 0, column: int | None = None, style: str = "") -> None:
        """A marked paragraph: ``mark``, then ``text`` hanging from ``column`` (by default after the mark)."""
        mark, text = visible(mark), visible(text)
        start = indent + width(mark) + 1 if column is None else column
        lead = " " * indent + mark
        if width(lead) + 1 > start:
            self.raw(" " * indent + self.paint(mark, style))
            lead, style = "", ""
        for n, line in enumerate(wrap(text, max(self.width - start, 20))):
            if n:
                self.raw((" " * start + line).rstrip(" "))
            else:
                shown = " " * indent + self.paint(mark, style) if lead else ""
                self.raw((shown + " " * (start - width(lead)) + line).rstrip(" "))

    def rows(self, rows: list[tuple[str, str]], *, indent: int = 2, style: str = "") -> None:
        """Two columns: names, and what they are."""
        if not rows:
            return
        column = indent + min(max(width(name) for name, _ in rows), 26) + 2
        for name, text in rows:
            self.entry(name, text, indent=indent, column=column, style=style)


def _paper(stream: TextIO) -> Paper:
    terminal = stream.isatty()
    wide = min(shutil.get_terminal_size((PLAIN, 24)).columns, 100) if terminal else PLAIN
    coloured = terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Paper(stream, max(wide, 40), coloured)


def out() -> Paper:
    """Standard output."""
    return _paper(sys.stdout)


def err() -> Paper:
    """Standard error."""
    return _paper(sys.stderr)


def put_line(value: object) -> None:
    """``value`` as one line of JSON on standard output, as JSON Lines have it."""
    import json

    out().raw(_spelt(json.dumps(value, ensure_ascii=False, separators=(",", ":"))))


def put_json(value: object) -> None:
    """``value`` as JSON on standard output, its Japanese readable."""
    import json

    out().code(_spelt(json.dumps(value, ensure_ascii=False, indent=2)), "json")


def _spelt(text: str) -> str:
    """JSON that says the same, with what would steer a terminal spelt out."""
    import json

    if visible(text) == text:
        return text
    return "".join(ch if visible(ch) == ch else json.dumps(ch)[1:-1] for ch in text)
