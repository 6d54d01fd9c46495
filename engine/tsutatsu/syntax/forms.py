"""A file read by its shape: what was written where, with everything that does not fit found."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time
from typing import TypeAlias, assert_never

from tsutatsu.calendar import Period, parse_period
from tsutatsu.diagnostics import Diagnostic, Related, finding, nearest
from tsutatsu.source import Source
from tsutatsu.syntax.keywords import japanese, keyword
from tsutatsu.syntax.nodes import Entry, Map, Node, Scalar, Seq
from tsutatsu.syntax.scalars import as_bool, as_date, as_int, as_time
from tsutatsu.syntax.shapes import (
    Bilingual,
    Clause,
    ClockTime,
    Constant,
    Either,
    FactTable,
    Field,
    Flag,
    Free,
    ListOf,
    Name,
    Number,
    OneOf,
    PrintedDay,
    Record,
    Shape,
    Span,
    TableOf,
    WriteTable,
)
from tsutatsu.words import Words


@dataclass(frozen=True, slots=True)
class Said:
    """Words as written, and where."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class SaidDay:
    """A date as printed and as resolved."""

    text: str
    day: date
    source: Source


@dataclass(frozen=True, slots=True)
class Table:
    """A table with keys of our own choosing, in file order."""

    rows: tuple[tuple[Said, "Read"], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A record that was read; a field that did not fit is absent (and was found)."""

    name: str
    source: Source
    fields: "dict[str, Read]" = field(default_factory=dict[str, "Read"])
    written: dict[str, Source] = field(default_factory=dict[str, Source])
    """Where each key was written, whether or not its value fitted."""

    def text(self, word: str) -> str:
        """The text of a field, or nothing."""
        value = self.fields.get(word)
        return value.text if isinstance(value, Said | SaidDay) else ""

    def said(self, word: str) -> Said | None:
        """The text of a field with its place."""
        value = self.fields.get(word)
        return value if isinstance(value, Said) else None

    def day(self, word: str) -> SaidDay | None:
        """A date field."""
        value = self.fields.get(word)
        return value if isinstance(value, SaidDay) else None

    def words(self, word: str) -> Words:
        """A sentence field."""
        value = self.fields.get(word)
        return value if isinstance(value, Words) else Words(self.text(word))

    def flag(self, word: str) -> bool:
        """A true-or-false field; false when absent."""
        return self.fields.get(word) is True

    def number(self, word: str) -> int | None:
        """A whole-number field."""
        value = self.fields.get(word)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def clock_time(self, word: str) -> time | None:
        """A time-of-day field."""
        value = self.fields.get(word)
        return value if isinstance(value, time) else None

    def span(self, word: str) -> Period | None:
        """A length-of-time field."""
        value = self.fields.get(word)
        return value if isinstance(value, Period) else None

    def node(self, word: str) -> Node | None:
        """A field read later, by what it means: a condition, a constant, a table of facts."""
        value = self.fields.get(word)
        return value if isinstance(value, Scalar | Map | Seq) else None

    def form(self, word: str) -> "Form | None":
        """A record field."""
        value = self.fields.get(word)
        return value if isinstance(value, Form) else None

    def forms(self, word: str) -> "Iterator[Form]":
        """A list field's records."""
        value = self.fields.get(word)
        if isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Form))

    def names(self, word: str) -> Iterator[Said]:
        """A list field's texts."""
        value = self.fields.get(word)
        if isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Said))

    def rows(self, word: str) -> "Iterator[tuple[Said, Read]]":
        """A table field's rows."""
        value = self.fields.get(word)
        if isinstance(value, Table):
            yield from value.rows


_Leaf: TypeAlias = Said | SaidDay | Words | bool | int | time | Period | Scalar | Map | Seq
Read: TypeAlias = "_Leaf | Form | Table | tuple[Read, ...]"


def read_form(node: Node, shape: Record, findings: list[Diagnostic]) -> Form:
    """The file's top record, read by its shape."""
    found = _record(node, shape, findings, top=True)
    return found if found is not None else Form(shape.name, node.source)


def _read(node: Node, shape: Shape, findings: list[Diagnostic]) -> "Read | None":
    match shape:
        case Record():
            return _record(node, shape, findings)
        case ListOf(item):
            if not isinstance(node, Seq):
                return _misfit(node, shape, findings)
            items = [_read(part, item, findings) for part in node.items]
            return tuple(part for part in items if part is not None)
        case TableOf(item, _):
            if not isinstance(node, Map):
                return _misfit(node, shape, findings)
            rows = ((Said(e.key.text, e.key.source), _read(e.value, item, findings)) for e in node.entries)
            return Table(tuple((key, value) for key, value in rows if value is not None))
        case Bilingual():
            return _words(node, shape, findings)
        case Either(shapes):
            return _either(node, shape, shapes, findings)
        case Clause() | FactTable() | WriteTable():
            if not isinstance(node, Map):
                return _misfit(node, shape, findings)
            return node
        case Constant():
            return node
        case Free() | Flag() | Number() | PrintedDay() | ClockTime() | Span() | Name() | OneOf():
            if not isinstance(node, Scalar) or not node.text.strip():
                return _misfit(node, shape, findings)
            read = _scalar(node, shape)
            return _misfit(node, shape, findings) if read is None else read
        case _:
            assert_never(shape)


def _scalar(
    node: Scalar, shape: Free | Flag | Number | PrintedDay | ClockTime | Span | Name | OneOf
) -> Said | SaidDay | bool | int | time | Period | None:
    match shape:
        case Free() | Name():
            return Said(node.text, node.source)
        case Flag():
            return as_bool(node)
        case Number():
            return as_int(node)
        case PrintedDay():
            day = as_date(node)
            if day is None:
                return None
            return SaidDay(node.text, day, node.source)
        case ClockTime():
            return as_time(node)
        case Span():
            return parse_period(node.text)
        case OneOf(words):
            word = keyword(node.text)
            return Said(word, node.source) if word in words else None
        case _:
            assert_never(shape)


def _words(node: Node, shape: Bilingual, findings: list[Diagnostic]) -> Words | None:
    match node:
        case Scalar() if node.text.strip():
            return Words(node.text)
        case Map() if any(isinstance(e.value, Scalar) and e.value.empty for e in node.entries):
            cut = next(e for e in node.entries if isinstance(e.value, Scalar) and e.value.empty)
            findings.append(finding("TS229", cut.key.source, word=cut.key.text))
            return None
        case Map():
            parts = {keyword(e.key.text): e.value for e in node.entries}
            ja, en = parts.get("ja"), parts.get("en")
            said = isinstance(ja, Scalar) and bool(ja.text.strip())
            if len(parts) == len(node.entries) and set(parts) <= {"ja", "en"} and said and isinstance(ja, Scalar):
                return Words(ja.text, en.text if isinstance(en, Scalar) else "")
        case _:
            pass
    _misfit(node, shape, findings)
    return None


def _either(node: Node, shape: Either, shapes: tuple[Shape, ...], findings: list[Diagnostic]) -> "Read | None":
    """The alternative whose form fits: a record for a table, otherwise the first that reads the text."""
    if isinstance(node, Map):
        for one in shapes:
            if isinstance(one, Record):
                return _record(node, one, findings)
    if isinstance(node, Scalar) and node.text.strip():
        for one in shapes:
            if not isinstance(one, Free | Flag | Number | PrintedDay | ClockTime | Span | Name | OneOf):
                continue
            read = _scalar(node, one)
            if read is not None:
                return read
    return _misfit(node, shape, findings)


def _record(node: Node, shape: Record, findings: list[Diagnostic], *, top: bool = False) -> Form | None:
    if not isinstance(node, Map):
        _misfit(node, shape, findings)
        return None
    known = {f.word: f for f in shape.fields}
    listing = top and all(isinstance(f.shape, ListOf | TableOf) for f in shape.fields)
    form = Form(shape.name, node.source)
    seen = form.written
    for entry in node.entries:
        word = keyword(entry.key.text)
        if word is None or word not in known:
            spelled = nearest(entry.key.text, [japanese(w) for w in known] + list(known))
            findings.append(
                finding(
                    "TS201",
                    entry.key.source,
                    word=entry.key.text,
                    nearest=spelled or "",
                    known="、".join(japanese(w) for w in known),
                    known_en=", ".join(known),
                )
            )
            continue
        if word in seen:
            first = Related(seen[word], "最初はここ。", "first written here.")
            findings.append(finding("TS202", entry.key.source, [first], word=entry.key.text))
            continue
        seen[word] = entry.key.source
        if isinstance(entry.value, Scalar) and entry.value.empty and not isinstance(known[word].shape, Constant):
            findings.append(_unwritten(entry, known[word], listing=listing))
            continue
        value = _read(entry.value, known[word].shape, findings)
        if value is not None:
            form.fields[word] = value
    for one in shape.fields:
        if one.required and one.word not in seen:
            findings.append(finding("TS203", node.source, word=japanese(one.word), word_en=one.word))
    return form


def _unwritten(entry: Entry, field: Field, *, listing: bool) -> Diagnostic:
    """A key with nothing after it is still to be written; in a file of lists it lists nothing, which may be meant."""
    if listing:
        return finding("TS671", entry.key.source, word=entry.key.text)
    ja, en = describe(field.shape)
    return finding(
        "TS670",
        entry.key.source,
        word=entry.key.text,
        expected=ja,
        expected_en=en,
        spare="" if field.required else "要らなければ、この行を消す。",
        spare_en="" if field.required else "Where it is not needed, take the line out.",
    )


def _misfit(node: Node, shape: Shape, findings: list[Diagnostic]) -> "Read | None":
    """Nothing, and a finding that ``node`` is not of the shape expected."""
    ja, en = describe(shape)
    match node:
        case Scalar():
            got_ja, got_en = (f"「{node.text}」", f'"{node.text}"') if node.text.strip() else ("空", "nothing")
        case Map():
            got_ja, got_en = "表", "a table"
        case Seq():
            got_ja, got_en = "一覧", "a list"
        case _:
            assert_never(node)
    near = ""
    if isinstance(shape, OneOf) and isinstance(node, Scalar):
        near = nearest(node.text, [japanese(w) for w in shape.words]) or ""
    findings.append(finding("TS210", node.source, expected=ja, expected_en=en, got=got_ja, got_en=got_en, nearest=near))
    return None


def describe(shape: Shape) -> tuple[str, str]:
    """What a shape asks for, in both languages."""
    match shape:
        case Free():
            return "文字", "text"
        case Name(kind):
            return f"名前({_NAMED.get(kind, kind)})", f"the name of a {kind}"
        case Bilingual():
            return "文(又は {和: …, 英: …})", "a sentence (or {ja: …, en: …})"
        case Flag():
            return "true か false", "true or false"
        case Number():
            return "整数", "a whole number"
        case PrintedDay():
            return "日付(令和7年1月10日、2025-01-10 など)", "a date (令和7年1月10日, 2025-01-10, …)"
        case ClockTime():
            return '時刻("22:00" など)', 'a time of day ("22:00", …)'
        case Span():
            return "期間(90日、3か月 など)", "a length of time (90日, 3か月, …)"
        case OneOf(words):
            return "・".join(japanese(w) for w in words) + " のどれか", "one of " + ", ".join(words)
        case Clause():
            return "条件の表(用語: 値)", "a condition (a table of term: value)"
        case FactTable():
            return "用語と値の表", "a table of terms and values"
        case WriteTable():
            return "用語と、書く値の表", "a table of terms and what is written"
        case Constant():
            return "値", "a value"
        case ListOf(item):
            ja, en = describe(item)
            return f"一覧([{ja}])", f"a list of {en}"
        case TableOf(item, _):
            ja, en = describe(item)
            return f"表(名前: {ja})", f"a table of {en}"
        case Either(shapes):
            told = [describe(one) for one in shapes]
            return "、又は".join(ja for ja, _ in told), ", or ".join(en for _, en in told)
        case Record(_, fields):
            keys_ja = "・".join(japanese(f.word) for f in fields)
            return f"表({keys_ja})", "a table of " + ", ".join(f.word for f in fields)
        case _:
            assert_never(shape)


_NAMED = {
    "judgement": "判断",
    "term": "用語",
    "norm": "規範",
    "side": "解釈/側",
    "clock": "時計・語",
    "concept": "語",
    "state": "状態",
    "event": "事象",
}
