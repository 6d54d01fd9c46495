"""Lines into a tree that can still grow: which line continues which, which begins a provision, which a part."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.source import Source
from tsutatsu.text.heading import OMITTED, is_heading_markup, label_of_part
from tsutatsu.text.lines import Line
from tsutatsu.text.nodes import PartKind, Piece, Role
from tsutatsu.text.numbering import Mark, bullet, read_mark
from tsutatsu.text.seating import CAPTIONED, Branch, Sprout, label_of, of_note, seat
from tsutatsu.text.sentences import Paragraph
from tsutatsu.text.titles import Titles, is_title, kind_of

_LONG: Final = 30
_HEADING_MOST: Final = 45
_RAGGED: Final = 4
"""How much shorter than full a line may be that is still seen to stop within a sentence."""
_DATE_BLANK = re.compile(r"(?:明治|大正|昭和|平成|令和)?[\s　]*年[\s　]*月[\s　]*日")
_FRESH = re.compile(r"(?:ただし|但し|なお|また|この場合|おって|ついては|さらに)(?:[、，]|に)")
_JOINS = re.compile(r"[ぁ-んー、。，）)」』・々ァィゥェォッャュョ]")
_CAPTION = re.compile(r"([(（][^()（）。、]{1,30}[)）])\s+(?=\S)")
_CAPTION_ABOVE = re.compile(r"[(（][^()（）。]{1,40}[)）]")
_COLUMNS = re.compile(r"^\||\S[ \u3000]{2,}\S")
_OPEN_ENDED = re.compile(r"[をにがはへとでのるた]$")
"""How a line ends that cannot be a heading."""
_HANGS_ON = re.compile(
    r"[をにがはへとでのもや](?=[^ぁ-ん])|[をーっゃゅょァィゥェォッャュョ、，。・）)」』々]|こと|もの|ため|する|した|され"
)
"""How a line begins that only goes on with the one before it."""
_BOX = re.compile(r"<input\b|[□☐☑■]")


class Grower:
    """Reads the lines below the header, one after another; every line ends in exactly one node."""

    def __init__(self, file: str, lines: Sequence[Line], width: float | None, titles: Titles) -> None:
        self._file, self._lines, self._width, self._titles = file, lines, width, titles
        first = lines[0] if lines else Line(1, 1, "", True, "")
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
        if self._captioned(n):
            return 2
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
        bare = line.bare
        if bare == "記":
            self._new_part(PartKind.BELOW, line, mark=line.text)
            return 1
        if bare == "以上" and len(line.text) < 12:
            self._stack = []
            self._paragraph(line, line.text, 0, Role.CLOSING)
            self._closed, self._open = True, None
            return 1
        label = label_of_part(line)
        if label is not None and not (label.note and self._within_sentence()):
            branch = self._new_part(kind_of(label.name, ""), line, mark=line.text)
            branch.label, branch.wants_title = label.name, label.note not in OMITTED
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

    def _within_sentence(self) -> bool:
        """Whether the last line stops at a comma or inside a bracket."""
        before = self._open
        return before is not None and (before.in_brackets(2) or before.ending[-1:] in ("、", "，"))

    def _untold_title(self, n: int, line: Line) -> int:
        """A short line right after 以上 or a label is a title although nothing named it."""
        waits = self._branch.wants_title and not self._branch.trunk.paragraphs
        short = len(line.text) <= _HEADING_MOST and not re.search(r"[。\t]|^[(（]|[:：]$", line.text)
        if not (waits or self._closed) or not short or read_mark(line.text) is not None or self._in_columns(line):
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

    def _begin_provision(self, line: Line, mark: Mark, above: Line | None = None) -> bool:
        """Begins a provision, its caption ``above`` it, unless the mark only seems one: a wrapped line."""
        mark = of_note(mark, self._stack)
        place = seat(self._stack, self._branch.trunk, mark)
        due, fits = place.due, mark.count == place.due or not mark.counts_on
        if self._open is not None:
            if self._open.in_brackets(2):
                return False
            if not fits and self._continues(self._open, line):
                return False
        if not fits and not mark.firm:
            return False
        outer = bool(self._stack) and place.keep == 0 and not place.known
        restarts = self._closed and mark.count == 1
        covering = self._branch.kind is PartKind.COVERING and not self._stack
        if covering:
            self._begin_main(line)
        elif outer or restarts:
            self._new_part(PartKind.ATTACHMENT, line)
        if covering or outer or restarts:
            due, fits = 1, mark.count == 1 or not mark.counts_on
        if not fits:
            where = Source(self._file, line.number, line.column)
            self.findings.append(finding("TS703", where, label=mark.label, expected=label_of(mark.level, due)))
        del self._stack[place.keep :]
        sprout = Sprout(mark.label, mark.printed, (line.number, line.column), mark.level, mark.count)
        self._branch.wants_title = False
        self._here.children.append(sprout)
        self._stack.append(sprout)
        self._open = None
        if above is not None:
            self._paragraph(above, above.text, 0, Role.HEADING)
        caption = _CAPTION.match(mark.rest)
        if caption:
            self._paragraph(line, caption[1], mark.rest_at, Role.HEADING)
            self._paragraph(line, mark.rest[caption.end() :], mark.rest_at + caption.end())
        elif mark.rest:
            self._paragraph(line, mark.rest, mark.rest_at)
        return True

    def _begin_main(self, line: Line) -> None:
        """Begins the numbered part that follows the letter; a title right above it is its own."""
        above = self._branch.trunk.paragraphs
        titled = len(above) > 1 and len(above[-1].texts) == 1 and is_title(above[-1].text)
        title = above.pop() if titled else None
        branch = self._new_part(PartKind.MAIN, line)
        if title is not None:
            title.row, branch.title = Role.HEADING, title

    def _captioned(self, n: int) -> bool:
        """Begins the article on the next line, where this one, all in brackets, is its caption."""
        line = self._lines[n]
        if n + 1 >= len(self._lines) or not _CAPTION_ABOVE.fullmatch(line.text):
            return False
        if self._within_sentence():
            return False
        mark = read_mark(self._lines[n + 1].text)
        return mark is not None and mark.level in CAPTIONED and self._begin_provision(self._lines[n + 1], mark, line)

    # ── paragraphs ───────────────────────────────────────────────────────────────────────────────────────────────

    def _row(self, line: Line) -> bool:
        """Takes a row of a table or form."""
        form = self._branch.kind is PartKind.FORM
        if "\t" in line.text or self._in_columns(line) or (form and ("。" not in line.text or _BOX.search(line.text))):
            self._paragraph(line, line.text, 0, Role.FORM_ROW if form else Role.TABLE_ROW)
            self._open = None
            return True
        return False

    def _in_columns(self, line: Line) -> bool:
        """Whether the line of a table is set in columns: by bars, or by blanks wider than those that space letters."""
        return self._branch.kind is PartKind.TABLE and "。" not in line.text and _COLUMNS.search(line.text) is not None

    def _is_body(self, before: Paragraph, line: Line) -> bool:
        """Whether ``line``, indented under a numbered heading, begins the text beneath it."""
        if not self._stack or self._here.paragraphs != [before] or len(before.texts) != 1 or before.last is None:
            return False
        heading = before.texts[0]
        short = len(heading) < _LONG and not re.search("[、，。]", heading) and not _OPEN_ENDED.search(heading)
        return short and line.column > self._here.place[1] and not _HANGS_ON.match(line.text)

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
        if self._is_body(before, line):
            return False
        joins = _JOINS.match(line.text) is not None
        if not line.gap:
            return before.size >= _LONG or joins
        cut_sentence = "、" in before.text if before.size < 4 * _LONG else True
        return before.size >= _LONG and (cut_sentence or joins)
