"""Findings as a person reads them: where, what, the line with a caret under it, and how to mend it."""

import os
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from tsutatsu.cli.encodings import text_of
from tsutatsu.cli.language import lang, say
from tsutatsu.cli.layout import cut, visible, width
from tsutatsu.cli.paper import Paper
from tsutatsu.diagnostics import Diagnostic, Severity
from tsutatsu.source import Source

_MOST_BYTES = 4_000_000
_SHOWN = {"\t": " ", "\u3000": "□"}
"""How characters that do not show are printed: a wide blank must be seen, for it is often the mistake."""
_LINE_END = re.compile("\r\n|\n|\r")
"""What ends a line where places are counted; a page break or the like stands within one."""
_CLUSTER = 4
"""More characters than that seldom share a cell: no more of a line is looked at than may stand in the room for it."""
_WORDS = {
    Severity.ERROR: ("誤り", "error", "bad"),
    Severity.WARNING: ("注意", "warning", "care"),
    Severity.ADVICE: ("助言", "advice", "quiet"),
}


def show_findings(paper: Paper, findings: Sequence[Diagnostic]) -> None:
    """All findings, one after another, with a blank line between."""
    for n, one in enumerate(findings):
        if n:
            paper.raw("")
        show_finding(paper, one)


def show_finding(paper: Paper, one: Diagnostic) -> None:
    """One finding: its head, its place, the source line with a caret, other places, the mend."""
    ja, en, style = _WORDS[one.severity]
    paper.entry(
        f"{say(ja, en)} {one.code}", say(one.ja, one.en), column=width(say(ja, en)) + len(one.code) + 2, style=style
    )
    if one.where.file:
        _place(paper, one.where, style)
    for related in one.related:
        paper.put(say(related.ja, related.en), indent=4, style="quiet")
        _place(paper, related.where, "quiet")
    mend = say(one.mend_ja, one.mend_en)
    if mend:
        paper.entry(say("直し方:", "Mend:"), mend, indent=2, style="good")


def _place(paper: Paper, where: Source, style: str) -> None:
    cited = f"  〔{where.provision}〕" if where.provision else ""
    shown = visible(f"→ {_shown_path(where)}{cited}").replace("\n", "\\u000a")
    paper.raw("  " + paper.paint(shown, "code"))
    line = source_line(where.file, where.line) if where.line else None
    if line is None:
        return
    number = str(where.line)
    before = line[: max(where.column - 1, 0)]
    text = line.rstrip()
    room = paper.width - len(number) - 5
    if len(before) > room or width(before) > room - 10:  # a long line: begin nearer to the place
        text, before = "…" + text[len(before) - 8 :], "…" + before[-8:]
    paper.raw(f"  {paper.paint(number, 'quiet')} │ {cut(text[: _CLUSTER * room], room)}")
    if where.column:
        paper.raw(f"  {' ' * len(number)} │ {' ' * width(before)}{paper.paint('^', style)}")


def _shown_path(where: Source) -> str:
    try:
        short = os.path.relpath(where.file)
    except (OSError, ValueError):
        short = where.file
    path = short if not short.startswith("..") and Path(where.file).is_absolute() else where.file
    return f"{path}:{where.line}:{where.column}" if where.line else path


@lru_cache(maxsize=64)
def _lines(file: str) -> tuple[str, ...]:
    try:
        if Path(file).stat().st_size > _MOST_BYTES:
            return ()
        data = Path(file).read_bytes()
    except (OSError, ValueError):
        return ()
    return tuple(map(_printable, _LINE_END.split(text_of(data) or data.decode("utf-8-sig", "replace"))))


def _printable(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(ch if ch.isprintable() else _SHOWN.get(ch, "\ufffd") for ch in line)


def forget_sources() -> None:
    """Read source files anew: they may have changed."""
    _lines.cache_clear()


def source_line(file: str, number: int) -> str | None:
    """Line ``number`` of ``file``, fit to print; nothing where it cannot be had."""
    lines = _lines(file)
    if not 0 < number <= len(lines):
        return None
    return lines[number - 1]


def summary(paper: Paper, findings: Sequence[Diagnostic]) -> None:
    """How many of each severity, in a line."""
    counts = [(severity, sum(one.severity is severity for one in findings)) for severity in Severity]
    parts = [
        f"{say(_WORDS[s][0], _plural(_WORDS[s][1], n))} {n}" if lang() == "ja" else f"{n} {_plural(_WORDS[s][1], n)}"
        for s, n in counts
        if n
    ]
    paper.put(say("、", ", ").join(parts) + say("。", "."), style="head")


def _plural(word: str, count: int) -> str:
    return word if count == 1 or word == "advice" else word + "s"
