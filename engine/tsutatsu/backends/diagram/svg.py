"""A workflow as SVG: a column for each state, a row for each event, so that nothing ever lies over anything else.

No program and no network is needed to see it. Its colours follow the reader's light or dark, and are dark on white on
paper; lines tell by their strokes, not by colour, who triggers an event.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from tsutatsu.ir.workflows import Event, Hand, State, Workflow

_FONT: Final = 14
_SMALL: Final = 12
_LINE: Final = 18
_MARGIN: Final = 24
_GAP: Final = 24
"""Between two states."""
_BOX: Final = 96
"""The least width of a state."""
_WIDEST: Final = 9
"""Characters (full width) on one line of a state's name."""
_ROW: Final = 34
"""From an event's last line of text to that of the next, besides the text itself."""

_STYLE: Final = """
svg { --paper: #ffffff; --ink: #1b1f24; --faint: #9aa4af; --box: #eef2f6; color-scheme: light dark }
@media (prefers-color-scheme: dark) { svg { --paper: #15181c; --ink: #e8ecf0; --faint: #6b7681; --box: #252b32 } }
@media print { svg { --paper: #ffffff; --ink: #000000; --faint: #8a8a8a; --box: #ffffff } }
text { font-family: "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", Meiryo, sans-serif }
text { fill: var(--ink) }
.name { font-size: 14px } .small { font-size: 12px } .title { font-size: 16px; font-weight: bold }
.over { paint-order: stroke; stroke: var(--paper); stroke-width: 5px; stroke-linejoin: round }
.paper { fill: var(--paper) } .box { fill: var(--box); stroke: var(--ink); stroke-width: 1.5 }
.inner { fill: none; stroke: var(--ink); stroke-width: 1.5 } .life { stroke: var(--faint); stroke-width: 1 }
.dot { fill: var(--ink) } .way { fill: none; stroke: var(--ink); stroke-width: 1.6 }
.machine { stroke-dasharray: 8 4 } .clock { stroke-dasharray: 2 4 }
"""
_TIP: Final = (
    '<marker id="{tip}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
    'orient="auto-start-reverse"><path class="dot" d="M0 0L10 5L0 10z"/></marker>'
)
_TO_TIP: Final = 'marker-end="url(#tip)"'
_ALONE: Final = 'xmlns="http://www.w3.org/2000/svg" '
_LEGEND: Final = {
    Hand.PERSON: ("人が起こす", "by a person"),
    Hand.MACHINE: ("ひとりでに", "by itself"),
    Hand.CLOCK: ("期日に", "when time is up"),
}
_CLASS: Final = {Hand.PERSON: "way", Hand.MACHINE: "way machine", Hand.CLOCK: "way clock"}


@dataclass(frozen=True, slots=True)
class _Column:
    """Where a state stands."""

    state: State
    lines: tuple[str, ...]
    left: float
    width: float

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


def svg(workflow: Workflow, lang: str, notes: Mapping[str, str], *, within: str = "") -> str:
    """The drawing; ``notes`` (by event) stand in small letters under an event's name.

    To stand ``within`` a page, under a name that nothing else on it bears, it brings no style of its own.
    """
    columns = {column.state.id: column for column in _columns(workflow.states, lang)}
    title = workflow.words.say(lang)
    wide = max(column.left + column.width for column in columns.values())
    texts = [title, _legend(lang), *(line for event in workflow.events for line in _said(event, lang, notes))]
    width = round(max(wide, *(_MARGIN + _measure(text, _FONT) + _FONT for text in texts)) + _MARGIN)
    head = max(len(column.lines) for column in columns.values()) * _LINE + 14
    top = _MARGIN + 44
    rows: list[str] = []
    y = float(top + head + _ROW)
    for event in workflow.events:
        said = _said(event, lang, notes)
        rows += _row(event, said, columns, y, width)
        y += (len(said) - 1) * _LINE + _ROW + _LINE
    height = round(y + _MARGIN)
    foot = y - _LINE
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-size="{_FONT}"'
    spoken = "en" if lang == "en" else "ja"
    tip = f"{within}-tip" if within else "tip"
    drawn = [
        f'<svg {"" if within else _ALONE}{size} role="img" lang="{spoken}">',
        f"<title>{_text(title)}</title>",
        f"<desc>{_text(_described(workflow, lang))}</desc>",
        *([] if within else [f"<style>{_STYLE}</style>"]),
        f"<defs>{_TIP.format(tip=tip)}</defs>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
        f'<text class="title" x="{_MARGIN}" y="{_MARGIN + 8}">{_text(title)}</text>',
        *_shown_legend(workflow, lang),
        *(line for column in columns.values() for line in _shown_column(column, top, head, foot)),
        *(line.replace(_TO_TIP, f'marker-end="url(#{tip})"') for line in rows),
        "</svg>",
    ]
    return "\n".join(drawn) + "\n"


def _columns(states: Sequence[State], lang: str) -> Iterator[_Column]:
    left = float(_MARGIN)
    for state in states:
        lines = _wrapped(state.words.say(lang))
        width = max(_BOX, *(_measure(line, _FONT) + 20 for line in lines))
        yield _Column(state, lines, left, width)
        left += width + _GAP


def _shown_column(column: _Column, top: float, head: float, foot: float) -> Iterator[str]:
    middle = column.middle
    yield f'<line class="life" x1="{middle:g}" y1="{top + head:g}" x2="{middle:g}" y2="{foot:g}"/>'
    if column.state.initial:
        yield f'<circle class="dot" cx="{middle:g}" cy="{top - 9:g}" r="5"/>'
    yield _box("box", column.left, top, column.width, head)
    if column.state.final:
        yield _box("inner", column.left + 4, top + 4, column.width - 8, head - 8)
    start = top + head / 2 - (len(column.lines) - 1) * _LINE / 2 + 5
    for number, line in enumerate(column.lines):
        yield _label("name", middle, start + number * _LINE, line)


def _box(kind: str, x: float, y: float, width: float, height: float) -> str:
    return f'<rect class="{kind}" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="7"/>'


def _row(event: Event, said: Sequence[str], columns: Mapping[str, _Column], y: float, width: float) -> Iterator[str]:
    """An event: its name over the way from the states in which it happens to the one it leads to."""
    target = columns[event.target].middle
    origins = [columns[one].middle for one in event.origins]
    at = y + (len(said) - 1) * _LINE + (18 if event.target in event.origins else 10)
    middle = (min([*origins, target]) + max([*origins, target])) / 2
    room = max(_measure(said[0], _FONT), *(_measure(line, _SMALL) for line in said)) / 2 + 6
    middle = min(max(middle, _MARGIN + room), width - _MARGIN - room)
    way, moved = _CLASS[event.hand], [one for one in origins if one != target]
    for side in (-1, 1):
        ahead = [one for one in moved if (one - target) * side > 0]
        if ahead:
            furthest = max(ahead, key=lambda one: abs(one - target))
            path = f"M{furthest:g} {at:g}H{target + side * 2:g}"
            yield f'<path class="{way}" d="{path}" {_TO_TIP}/>'
    if target in origins:
        loop = f"M{target:g} {at - 6:g}h18a6 6 0 0 1 0 12h-15"
        yield f'<path class="{way}" d="{loop}" {_TO_TIP}/>'
    for one in origins:
        yield f'<circle class="dot" cx="{one:g}" cy="{at if one != target else at - 6:g}" r="3.5"/>'
    for number, line in enumerate(said):
        yield _label("name over" if number == 0 else "small over", middle, y + number * _LINE, line)


def _said(event: Event, lang: str, notes: Mapping[str, str]) -> tuple[str, ...]:
    note = notes.get(event.id, "")
    return (event.words.say(lang), note) if note else (event.words.say(lang),)


def _label(kind: str, x: float, y: float, text: str) -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="middle">{_text(text)}</text>'


def _shown_legend(workflow: Workflow, lang: str) -> Iterator[str]:
    """What the strokes mean, where there are several."""
    hands = list(dict.fromkeys(event.hand for event in workflow.events))
    if len(hands) < 2:
        return
    x, y = float(_MARGIN), _MARGIN + 24
    for hand in (one for one in Hand if one in hands):
        text = _LEGEND[hand][lang == "en"]
        yield f'<path class="{_CLASS[hand]}" d="M{x:g} {y - 4}h30"/>'
        yield f'<text class="small" x="{x + 36:g}" y="{y}">{_text(text)}</text>'
        x += 36 + _measure(text, _SMALL) + 24


def _legend(lang: str) -> str:
    """As long as the legend can be."""
    return "".join(f"mmmmm{words[lang == 'en']}" for words in _LEGEND.values())


def _described(workflow: Workflow, lang: str) -> str:
    """The drawing in words, for those who do not see it."""
    named = {one.id: one.words.say(lang) for one in workflow.states}
    stop, joint = (". ", ", ") if lang == "en" else ("。", "、")
    ways = (
        f"{event.words.say(lang)}: {joint.join(named[one] for one in event.origins)} → {named[event.target]}"
        for event in workflow.events
    )
    return stop.join(ways) + stop.strip()


def _wrapped(text: str) -> tuple[str, ...]:
    """A state's name in lines: at blanks where there are any, else after so many characters."""
    lines, line = [""], 0
    words = text.split(" ")
    parts = [f"{word} " for word in words[:-1]] + words[-1:] if len(words) > 1 else list(text)
    for part in parts:
        if lines[line] and _ems(lines[line] + part.rstrip()) > _WIDEST:
            lines.append("")
            line += 1
        lines[line] += part
    return tuple(one.strip() for one in lines)


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(ch) in "WFA" else 0.58 for ch in text)


def _measure(text: str, size: int) -> float:
    """About how wide a text is, on the safe side."""
    return _ems(text) * size


def _text(text: str) -> str:
    """Text as XML holds it; what cannot be seen is left out."""
    return escape("".join(ch for ch in text if unicodedata.category(ch) not in ("Cc", "Cf", "Cs", "Zl", "Zp")))
