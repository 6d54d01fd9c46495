"""From the grown tree to the frozen one: paths, headings, sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.source import Source
from tsutatsu.text.nodes import FormField, Part, PartKind, Provision, Role, Sentence
from tsutatsu.text.seating import Branch, Sprout
from tsutatsu.text.sentences import Paragraph, balanced, cut, role_of
from tsutatsu.text.titles import short_name

_HEADING_MOST: Final = 45
_APPENDED: Final = ("附則", "付則")
"""Parts that follow another's articles and leave their paths as they are."""
_BOX = re.compile(r"<input\b[^<>]{0,80}>|[□☐☑■]")
_SPACED = re.compile(r"(?<=[^\x00-\x7f])[ \u3000]+(?=[^\x00-\x7f])")


class Freezer:
    """Gives every part and provision its path, which no other has, and cuts paragraphs into sentences."""

    def __init__(self, file: str, branches: Sequence[Branch]) -> None:
        self._file = file
        self._branches = [
            one for one in branches if one.kind is not PartKind.COVERING or one.trunk.paragraphs or one.trunk.children
        ]
        self._taken: Counter[str] = Counter()
        self.findings: list[Diagnostic] = []

    def parts(self) -> tuple[Part, ...]:
        """The parts, frozen. Where a single part is numbered, its name is left out of its provisions' paths."""
        numbered = [one for one in self._branches if one.trunk.children and one.label not in _APPENDED]
        alone = numbered[0] if len(numbered) == 1 and numbered[0].kind is not PartKind.BELOW else None
        found: list[Part] = []
        attached: list[int] = []
        prefixes: list[str] = []
        for branch in self._branches:
            nearest = bisect_right(attached, branch.named_at)
            path = self._path_of(branch, prefixes[nearest - 1] if nearest else "")
            prefix = "" if branch is alone else path
            if branch.kind is PartKind.ATTACHMENT:
                attached.append(branch.trunk.place[0])
                prefixes.append(prefix)
            found.append(self._part(branch, path, prefix))
        return tuple(found)

    def _path_of(self, branch: Branch, owner: str) -> str:
        """Its path; a form or sheet stands under ``owner``, the attachment that names it first."""
        match branch.kind:
            case PartKind.COVERING | PartKind.BELOW | PartKind.MAIN:
                return self._unique(branch.kind.value)
            case PartKind.ATTACHMENT:
                return self._unique(short_name(branch.label, branch.title.text if branch.title else ""))
            case PartKind.FORM | PartKind.SHEET | PartKind.TABLE:
                name = branch.label or short_name("", branch.title.text if branch.title else branch.kind.value)
                return self._unique(f"{owner}/{name}" if owner else name)

    def _unique(self, path: str) -> str:
        self._taken[path] += 1
        if self._taken[path] == 1:
            return path
        return self._unique(f"{path}#{self._taken[path]}")

    def _part(self, branch: Branch, path: str, prefix: str) -> Part:
        trunk = branch.trunk
        titles = [branch.title] if branch.title else []
        sentences = tuple(self._sentences([*titles, *trunk.paragraphs], heading=0))
        title = "".join(one.text for one in sentences if one.role is Role.HEADING)
        return Part(
            branch.kind,
            path,
            branch.label,
            trunk.mark,
            title,
            sentences,
            tuple(self._provision(one, prefix) for one in trunk.children),
            tuple(_field(path, one) for one in sentences if one.role in (Role.FORM_ROW, Role.TABLE_ROW)),
            Source(self._file, *trunk.place),
        )

    def _provision(self, sprout: Sprout, above: str) -> Provision:
        path = self._unique(f"{above}/{sprout.label}" if above else sprout.label)
        heading = int(_is_headed(sprout))
        return Provision(
            path,
            sprout.label,
            sprout.mark,
            tuple(self._sentences(sprout.paragraphs, heading)),
            tuple(self._provision(one, path) for one in sprout.children),
            Source(self._file, *sprout.place),
        )

    def _sentences(self, paragraphs: Iterable[Paragraph], heading: int) -> list[Sentence]:
        found: list[Sentence] = []
        number = 0
        for n, paragraph in enumerate(paragraphs):
            text = paragraph.text
            role = Role.HEADING if n < heading else paragraph.row
            spans = [(0, len(text))] if role is not None else list(cut(text))
            if role is None and not balanced(text):
                self.findings.append(finding("TS707", self._at(paragraph, 0)))
            for start, end in spans:
                lead = len(text[start:end]) - len(text[start:end].lstrip())
                own = role or role_of(text[start:end])
                number += own is not Role.HEADING
                found.append(
                    Sentence(
                        text[start:end].strip(),
                        own,
                        0 if own is Role.HEADING else number,
                        self._at(paragraph, start + lead),
                        paragraph.place(end - 1)[0],
                    )
                )
        return found

    def _at(self, paragraph: Paragraph, offset: int) -> Source:
        return Source(self._file, *paragraph.place(offset))


def _is_headed(sprout: Sprout) -> bool:
    """Whether the text beside the mark is a heading: short, no sentence, and something stands under it."""
    if not sprout.paragraphs or sprout.paragraphs[0].row is not None:
        return False
    text = sprout.paragraphs[0].text
    beneath = len(sprout.paragraphs) > 1 or bool(sprout.children)
    return beneath and "。" not in text and len(text) <= _HEADING_MOST and text[-1:] not in ("、", "，", ":", "：")


def _field(path: str, row: Sentence) -> FormField:
    cells = [_SPACED.sub("", one.strip()) for one in row.text.split("\t")]
    boxes = [_SPACED.sub("", one.strip()) for cell in cells for one in _BOX.split(cell)[1:]]
    rest = tuple(one for one in cells[1:] if one and not _BOX.search(one))
    label = _BOX.split(cells[0])[0].strip()
    return FormField(path, label, rest, tuple(boxes), row.where)
