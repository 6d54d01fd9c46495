"""A feature file as it is written: its scenarios, with nothing dropped, each line with its place.

It is read with the parser that pytest-bdd uses, but before pytest-bdd's own model, which forgets scenarios of one name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gherkin.errors import CompositeParserException, ParserException
from gherkin.parser import Parser

from tsutatsu.diagnostics import Diagnostic, Refused, finding
from tsutatsu.gherkin.headings import misheading
from tsutatsu.gherkin.saying import Mood
from tsutatsu.source import Source

OUTLINES: Final = frozenset({"シナリオアウトライン", "シナリオテンプレート", "シナリオテンプレ", "テンプレ"})
_MOODS: Final = {"Context": Mood.GIVEN, "Action": Mood.WHEN, "Outcome": Mood.THEN}
_LANGUAGE: Final = re.compile(r"\s*#\s*language\s*:\s*([A-Za-z_-]+)\s*")
_JAPANESE: Final = re.compile("機能|シナリオ|前提|ならば")
_PLACEHOLDER: Final = re.compile(r"<(.+?)>")
MOST_BYTES: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step: its kind (of itself, nothing for かつ and its like), its text, and what hangs on it."""

    own_mood: Mood | None
    mood: Mood
    keyword: str
    text: str
    where: Source
    table: tuple[tuple[str, ...], ...] | None = None
    has_text: bool = False
    """Whether a block of text hangs on it."""

    def texts(self) -> Iterator[str]:
        """Every text in which a placeholder may stand."""
        yield self.text
        for row in self.table or ():
            yield from row

    @property
    def unfilled(self) -> bool:
        """Whether a placeholder stands in it."""
        return any(_PLACEHOLDER.search(text) for text in self.texts())

    def filled(self, row: "ExampleRow") -> "StepLine":
        """The step with its placeholders filled."""
        table = None if self.table is None else tuple(tuple(row.fill(cell) for cell in cells) for cells in self.table)
        return replace(self, text=row.fill(self.text), table=table)


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """One row of examples, under its headings."""

    headings: tuple[str, ...]
    cells: tuple[str, ...]
    where: Source

    def fill(self, text: str) -> str:
        """``text`` with each known placeholder replaced."""
        known = dict(zip(self.headings, self.cells, strict=True))
        return _PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), text)


@dataclass(frozen=True, slots=True)
class Examples:
    """One table of examples; without headings where none was written."""

    headings: tuple[str, ...]
    rows: tuple[ExampleRow, ...]
    tags: tuple[str, ...]
    where: Source


@dataclass(frozen=True, slots=True)
class Draft:
    """One scenario or outline, with what it inherits."""

    name: str
    outline: bool
    tags: tuple[str, ...]
    """Its own, its rule's and its feature's."""
    background: tuple[StepLine, ...]
    steps: tuple[StepLine, ...]
    examples: tuple[Examples, ...]
    where: Source

    @property
    def rows(self) -> tuple[ExampleRow, ...]:
        """Every row of examples, in order."""
        return tuple(row for table in self.examples for row in table.rows)

    def placeholders(self) -> Iterator[tuple[str, StepLine]]:
        """Each placeholder with the step in which it stands."""
        for step in (*self.background, *self.steps):
            for text in step.texts():
                for found in _PLACEHOLDER.finditer(text):
                    yield found[1], step


@dataclass(frozen=True, slots=True)
class Sheet:
    """One feature file."""

    place: str
    lines: tuple[str, ...]
    name: str
    tags: tuple[str, ...]
    scenarios: tuple[Draft, ...]
    spoken: frozenset[int]
    """The lines on which a heading, a step, a row or a tag stands: those that are not description."""
    where: Source


def decode(data: bytes, place: str) -> str:
    """The text of a feature file, without a byte-order mark."""
    if len(data) > MOST_BYTES:
        raise _unreadable(Source(place), "大きすぎる", "too large", "ファイルを分ける。", "Split the file.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _JAPANESE.search(data.decode("cp932", "replace")):
            raise _unreadable(
                Source(place),
                "Shift_JIS (cp932) で書かれている",
                "written in cp932",
                "UTF-8 で保存し直す。",
                "Save it as UTF-8.",
            ) from error
        line = data[: error.start].count(b"\n") + 1
        raise _unreadable(
            Source(place, line), "UTF-8 でない", "not UTF-8", "UTF-8 で保存し直す。", "Save it as UTF-8."
        ) from error


def read_sheet(text: str, place: str) -> Sheet:
    """The feature that ``text`` writes; refused where it cannot be read at all."""
    lines = tuple(text.splitlines())
    _must_be_japanese(lines, place)
    try:
        document: Any = Parser().parse(text)
    except CompositeParserException as error:
        raise Refused(_misread_lines(error.errors, lines, place)) from error
    except ParserException as error:
        raise Refused([_misread(error, lines, place)]) from error
    return _Maker(place, lines).sheet(document["feature"])


class _Maker:
    """Makes the sheet from the parser's tree."""

    def __init__(self, place: str, lines: tuple[str, ...]) -> None:
        self.place = place
        self.lines = lines
        self.spoken: set[int] = set()

    def sheet(self, feature: dict[str, Any]) -> Sheet:
        tags = self.tags(feature)
        where = self.at(feature)
        scenarios = tuple(self.children(feature["children"], tags, ()))
        return Sheet(self.place, self.lines, feature["name"], tags, scenarios, frozenset(self.spoken), where)

    def children(
        self, children: Sequence[dict[str, Any]], tags: tuple[str, ...], above: tuple[StepLine, ...]
    ) -> Iterator[Draft]:
        background = above
        for child in children:
            if "background" in child:
                self.at(child["background"])
                background = (*above, *self.steps(child["background"]["steps"]))
            elif "rule" in child:
                rule = child["rule"]
                self.at(rule)
                yield from self.children(rule["children"], (*tags, *self.tags(rule)), background)
            elif "scenario" in child:
                yield self.draft(child["scenario"], tags, background)

    def draft(self, scenario: dict[str, Any], tags: tuple[str, ...], background: tuple[StepLine, ...]) -> Draft:
        return Draft(
            scenario["name"],
            scenario["keyword"] in OUTLINES,
            (*tags, *self.tags(scenario)),
            background,
            tuple(self.steps(scenario["steps"])),
            tuple(self.examples(one) for one in scenario["examples"]),
            self.at(scenario),
        )

    def examples(self, written: dict[str, Any]) -> Examples:
        header = written.get("tableHeader")
        headings = () if header is None else self.cells(header)
        body = written.get("tableBody") or ()
        rows = tuple(ExampleRow(headings, self.cells(row), self.at(row)) for row in body)
        return Examples(headings, rows, self.tags(written), self.at(written))

    def steps(self, written: Sequence[dict[str, Any]]) -> Iterator[StepLine]:
        mood = Mood.GIVEN
        for step in written:
            own = _MOODS.get(step["keywordType"])
            mood = own or mood
            table = step.get("dataTable")
            rows = None if table is None else tuple(self.cells(row) for row in table["rows"])
            yield StepLine(own, mood, step["keyword"].strip(), step["text"], self.at(step), rows, "docString" in step)

    def cells(self, row: dict[str, Any]) -> tuple[str, ...]:
        self.at(row)
        return tuple(cell["value"] for cell in row["cells"])

    def tags(self, written: dict[str, Any]) -> tuple[str, ...]:
        for tag in written["tags"]:
            self.at(tag)
        return tuple(tag["name"].removeprefix("@") for tag in written["tags"])

    def at(self, written: dict[str, Any]) -> Source:
        location = written["location"]
        self.spoken.add(location["line"])
        return Source(self.place, location["line"], location.get("column", 1))


def _must_be_japanese(lines: Sequence[str], place: str) -> None:
    for line in lines:
        if not line.strip():
            continue
        found = _LANGUAGE.fullmatch(line)
        if found is not None and found[1] == "ja":
            return
        if found is not None or not line.lstrip().startswith("#"):
            break
    raise Refused([finding("TS402", Source(place, 1, 1))])


def _misread_lines(errors: Sequence[ParserException], lines: Sequence[str], place: str) -> Iterator[Diagnostic]:
    """The mistyped headings and keywords, where there are any, for the rest may follow from them; else every error."""
    found = [misheading(lines, one.location["line"]) for one in errors]
    mistyped = dict.fromkeys(one for one in found if one is not None)
    if mistyped:
        yield from (one.finding(place) for one in mistyped)
    else:
        yield from (_misread(one, lines, place) for one in errors)


def _misread(error: ParserException, lines: Sequence[str], place: str) -> Diagnostic:
    at = error.location["line"]
    where = Source(place, at, error.location.get("column", 1) or 1)
    line = lines[at - 1].strip() if 0 < at <= len(lines) else ""
    said = str(error)
    if "inconsistent cell count" in said:
        words = _UNEVEN
    elif "unexpected end of file" in said:
        words = _CUT_SHORT
    else:
        words = {**_OUT_OF_PLACE, "why": f"「{line}」はここに書けない", "why_en": f"“{line}” cannot stand here"}
    return finding("TS401", where, (), **words)


_UNEVEN: Final = {
    "why": "表の列の数が揃っていない",
    "why_en": "the rows of a table are not equally long",
    "mend": "各行の「|」の数を揃える。",
    "mend_en": "Give each row the same number of |.",
}
_CUT_SHORT: Final = {
    "why": "途中で終わっている",
    "why_en": "it ends too soon",
    "mend": "「機能:」、タグの後の見出し、閉じていない文章の終わりのうち、無いものを補う。",
    "mend_en": "Add what is missing: 機能:, the heading a tag is for, or the end of an open text.",
}
_OUT_OF_PLACE: Final = {
    "mend": "見出しの語と「:」、ステップの語、置き場所を確かめる。",
    "mend_en": "Check the heading's word and its :, the step's keyword, and the place.",
}


def _unreadable(where: Source, why: str, why_en: str, mend: str, mend_en: str) -> Refused:
    return Refused([finding("TS401", where, why=why, why_en=why_en, mend=mend, mend_en=mend_en)])
