"""Lines into a tree that can still grow: which line continues which, which begins a provision, which a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.source import Source
from tsutatsu.text.heading import LABEL, is_heading_markup
from tsutatsu.text.lines import Line, plain
from tsutatsu.text.nodes import PartKind, Piece, Role
from tsutatsu.text.numbering import IROHA, KANA, Level, Mark, bullet, read_mark
from tsutatsu.text.sentences import Paragraph
from tsutatsu.text.titles import Titles, kind_of

_LONG: Final = 30
_HEADING_MOST: Final = 45
_LABEL_MOST: Final = 30
_LAST: Final = 100
_RAGGED: Final = 4
"""How much shorter than full a line may be that is still seen to stop within a sentence."""
_DATE_BLANK = re.compile(r"(?:明治|大正|昭和|平成|令和)?[\s　]*年[\s　]*月[\s　]*日")
_FRESH = re.compile(r"(?:ただし|但し|なお|また|この場合|おって|ついては|さらに)(?:[、，]|に)")
_JOINS = re.compile(r"[ぁ-んー、。，）)」』・々ァィゥェォッャュョ]")
_CAPTION = re.compile(r"([(（][^()（）。、]{1,30}[)）])\s+(?=\S)")
_BOX = re.compile(r"<input\b|[□☐☑■]")


@dataclass(slots=True)
class Sprout:
    """A provision, or the trunk of a part, while lines are still being added."""

    label: str = ""
    mark: str = ""
    place: tuple[int, int] = (1, 1)
    level: Level | None = None
    count: int = 0
    paragraphs: list[Paragraph] = field(default_factory=list[Paragraph])
    children: list[Sprout] = field(default_factory=list["Sprout"])


@dataclass(slots=True)
class Branch:
    """A part while it grows; ``named_at`` is the line that names it first."""

    kind: PartKind
    trunk: Sprout
    label: str = ""
    title: Paragraph | None = None
    named_at: int = 0
    wants_title: bool = False


class Grower:
    """Reads the lines below the header, one after another; every line ends in exactly one node."""

    def __init__(self, file: str, lines: Sequence[Line], width: float | None, titles: Titles) -> None:
        self._file, self._lines, self._width, self._titles = file, lines, width, titles
        first = lines[0] if lines else Line(1, 1, "", True)
        self.branches = [Branch(PartKind.COVERING, Sprout(place=(first.number, first.column)))]
        self.findings: list[Diagnostic] = []
        self.bullets: list[Piece] = []
        self._stack: list[Sprout] = []
        self._open: Paragraph | None = None
        self._closed = False  # 以上 has been read

    def grow(self) -> None:
        """Reads every line."""
        n = 0
        while n < len(self._lines):
            n += self._take(n)

    @property
    def _branch(self) -> Branch:
        return self.branches[-1]

    @property
    def _here(self) -> Sprout:
        return self._stack[-1] if self._stack else self._branch.trunk

    def _take(self, n: int) -> int:
        line = self._lines[n]
        if taken := self._begin_part(n, line):
            return taken
        if self._row(line):
            return 1
        mark = read_mark(line.text, [one.level for one in self._stack if one.level is not None])
        if mark is not None and self._begin_provision(line, mark):
            return 1
        if self._open is not None and self._continues(self._open, line):
            self._open.add(line, line.text, 0)
            return 1
        self._begin_paragraph(line)
        return 1

    # ── parts ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _begin_part(self, n: int, line: Line) -> int:
        """Takes the lines that begin a part; how many there were."""
        bare = plain(line.text)
        if bare == "記":
            self._new_part(PartKind.BELOW, line, mark=line.text)
            return 1
        if bare == "以上" and len(line.text) < 12:
            self._stack = []
            self._paragraph(line, line.text, 0, Role.CLOSING)
            self._closed, self._open = True, None
            return 1
        if len(line.text) < _LABEL_MOST and (found := LABEL.fullmatch(bare)):
            branch = self._new_part(kind_of(bare, ""), line, mark=line.text)
            branch.label, branch.wants_title = plain(found[0]).strip("()"), True
            return 1
        if _DATE_BLANK.fullmatch(line.text) and self._branch.kind is not PartKind.FORM:
            branch = self._new_part(PartKind.FORM, line)
            branch.wants_title = True
            self._paragraph(line, line.text, 0, Role.FORM_ROW)
            return 1
        if named := self._titles.at(self._lines, n):
            count, title = named
            self._entitle(n, count, title.label, title.line)
            return count
        if is_heading_markup(line.text) and read_mark(line.text) is None and "。" not in line.text:
            self._entitle(n, 1, "", 0)
            return 1
        return self._untold_title(n, line)

    def _untold_title(self, n: int, line: Line) -> int:
        """A short line right after 以上 or a label is a title although nothing named it."""
        waits = self._branch.wants_title and not self._branch.trunk.paragraphs
        short = len(line.text) <= _HEADING_MOST and not re.search(r"[。\t]|^[(（]|[:：]$", line.text)
        if not (waits or self._closed) or not short or read_mark(line.text) is not None:
            return 0
        self._entitle(n, 1, "", 0)
        return 1

    def _entitle(self, n: int, count: int, label: str, named_at: int) -> None:
        line = self._lines[n]
        branch = self._branch
        if not (branch.wants_title and branch.title is None):
            branch = self._new_part(PartKind.ATTACHMENT, line)
        branch.wants_title, branch.named_at = False, named_at
        branch.label = branch.label or label
        title = Paragraph(Role.HEADING)
        for one in self._lines[n : n + count]:
            skipped = bullet(one.text)
            if skipped:
                where = Source(self._file, one.number, one.column)
                self.bullets.append(Piece("見出し記号", where, one.text[:skipped].strip()))
            title.add(one, one.text[skipped:], skipped)
        branch.title = title
        branch.kind = kind_of(branch.label, title.text, form=branch.kind is PartKind.FORM)

    def _new_part(self, kind: PartKind, line: Line, mark: str = "") -> Branch:
        self.branches.append(Branch(kind, Sprout(mark=mark, place=(line.number, line.column))))
        self._stack, self._open, self._closed = [], None, False
        return self._branch

    # ── provisions ───────────────────────────────────────────────────────────────────────────────────────────────

    def _begin_provision(self, line: Line, mark: Mark) -> bool:
        """Begins a provision, unless the mark only seems one: a wrapped line that begins with a number."""
        due = self._due(mark)
        fits = mark.count == due
        if self._open is not None:
            if self._open.in_brackets(2):
                return False
            if not fits and self._continues(self._open, line):
                return False
        if not fits and not mark.firm:
            return False
        outer = bool(self._stack) and self._stack[0].level is not None and mark.level < self._stack[0].level
        known = any(one.level is mark.level for one in self._stack)
        restarts = self._closed and mark.count == 1
        covering = self._branch.kind is PartKind.COVERING and not self._stack
        if (outer and not known) or restarts or covering:
            self._new_part(PartKind.MAIN if covering else PartKind.ATTACHMENT, line)
            due, fits = 1, mark.count == 1
        if not fits:
            where = Source(self._file, line.number, line.column)
            self.findings.append(finding("TS703", where, label=mark.label, expected=_label(mark.level, due)))
        while any(one.level is mark.level for one in self._stack):
            self._stack.pop()
        while self._stack and self._stack[-1].level is not None and self._stack[-1].level > mark.level:
            self._stack.pop()
        sprout = Sprout(mark.label, mark.printed, (line.number, line.column), mark.level, mark.count)
        self._branch.wants_title = False
        self._here.children.append(sprout)
        self._stack.append(sprout)
        self._open = None
        caption = _CAPTION.match(mark.rest)
        if caption:
            self._paragraph(line, caption[1], mark.rest_at, Role.HEADING)
            self._paragraph(line, mark.rest[caption.end() :], mark.rest_at + caption.end())
        elif mark.rest:
            self._paragraph(line, mark.rest, mark.rest_at)
        return True

    def _due(self, mark: Mark) -> int:
        """The count that the next mark of that level has."""
        for one in reversed(self._stack):
            if one.level is mark.level:
                return one.count + 1
        last = next((one for one in self._here.children[:-_LAST:-1] if one.level is mark.level), None)
        if last is not None:
            return last.count + 1
        if mark.level is Level.NUMBER and self._here.level is Level.ARTICLE and mark.count == 2:
            return 2  # an article's first paragraph bears no number
        chaptered = mark.level is Level.ARTICLE and bool(self._stack)  # articles count on through chapters
        return mark.count if chaptered else 1

    # ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────

    def _row(self, line: Line) -> bool:
        """Takes a row of a table or form."""
        form = self._branch.kind is PartKind.FORM
        if "\t" in line.text or (form and ("。" not in line.text or _BOX.search(line.text))):
            self._paragraph(line, line.text, 0, Role.FORM_ROW if form else Role.TABLE_ROW)
            self._open = None
            return True
        return False

    def _begin_paragraph(self, line: Line) -> None:
        if self._stack and _FRESH.match(line.text) and self._is_item(self._here) and len(self._stack) > 1:
            self._stack.pop()  # a proviso after a list belongs to what holds the list
        skipped = bullet(line.text)
        if skipped:
            where = Source(self._file, line.number, line.column)
            self.bullets.append(Piece("箇条書き", where, line.text[:skipped].strip()))
        self._paragraph(line, line.text[skipped:], skipped)

    def _is_item(self, sprout: Sprout) -> bool:
        """Whether a provision is a bare item of a list, not a sentence."""
        return not sprout.children and len(sprout.paragraphs) == 1 and "。" not in sprout.paragraphs[0].ending

    def _paragraph(self, line: Line, text: str, at: int, role: Role | None = None) -> None:
        made = Paragraph(role)
        made.add(line, text, at)
        self._here.paragraphs.append(made)
        self._open = made if role is None else None

    def _continues(self, before: Paragraph, line: Line) -> bool:
        """Whether ``line`` goes on with a paragraph that a line or page break cut."""
        if is_heading_markup(line.text) or before.last is None:
            return False
        if before.in_brackets(6):
            return True
        ending = before.ending.rstrip()
        if re.search(r"。[」』）)]*$", ending):
            return False
        if ending[-1:] in ("、", "，", "・"):
            return True
        if _FRESH.match(line.text):
            return False
        if self._width is not None:
            cut = before.last.length >= self._width - _RAGGED and "、" in before.texts[-1]
            return cut or before.last.length >= self._width
        joins = _JOINS.match(line.text) is not None
        if not line.gap:
            return before.size >= _LONG or joins
        cut_sentence = "、" in before.text if before.size < 4 * _LONG else True
        return before.size >= _LONG and (cut_sentence or joins)


def _label(level: Level, count: int) -> str:
    match level:
        case Level.CHAPTER:
            return f"第{count}章"
        case Level.SECTION:
            return f"第{count}節"
        case Level.ARTICLE:
            return f"第{count}条"
        case Level.DAI:
            return f"第{count}"
        case Level.NUMBER:
            return str(count)
        case Level.BRACKETED:
            return f"({count})"
        case Level.KANA:
            return KANA[(count - 1) % len(KANA)]
        case Level.IROHA:
            return IROHA[(count - 1) % len(IROHA)]
        case Level.BRACKETED_KANA:
            return f"({KANA[(count - 1) % len(KANA)]})"
        case Level.CIRCLED:
            return chr(ord("①") + (count - 1) % 20)
