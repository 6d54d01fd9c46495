"""Keywords in one language: only tokens that are keywords are rewritten; every other byte, comment and order stays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

from tsutatsu.syntax.grammar import FILES
from tsutatsu.syntax.keywords import BY_WORD
from tsutatsu.syntax.nodes import Entry, Map, Node, Scalar, Seq
from tsutatsu.syntax.shapes import (
    STAMPS,
    Bilingual,
    Clause,
    ClockTime,
    Constant,
    Either,
    FactTable,
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
from tsutatsu.syntax.yaml_reader import read_yaml

Language = Literal["ja", "en"]

_CONDITIONS = ("all", "any")
_PERSONS = ("different", "same")
_JOINING = ("all", "any", "not", "reading", "broken", "kept", "different", "same")
_COMPARING = (
    "at_least",
    "at_most",
    "less_than",
    "more_than",
    "other_than",
    "within",
    "before",
    "after",
    "presence",
    "each",
    "some",
)


@dataclass(frozen=True, slots=True)
class Edit:
    """One keyword to be written otherwise: its line and column (from 1), and the words."""

    line: int
    column: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Formatted:
    """A file with its keywords in one language, and what was changed."""

    data: bytes
    edits: tuple[Edit, ...]


def format_keywords(data: bytes, file: str, kind: str, language: Language) -> Formatted | None:
    """``data`` (a policy file of ``kind``) with its keywords in ``language``; nothing where it cannot be read whole."""
    read = read_yaml(data, file)
    if read.node is None or not read.sound:
        return None
    edits = [edit for token in _shaped(read.node, FILES[kind]) if (edit := _edit(token, language)) is not None]
    text = data.decode("utf-8-sig")
    lines = text.split("\n")
    done: list[Edit] = []
    for edit in sorted(edits, key=lambda one: (one.line, -one.column)):
        line = lines[edit.line - 1]
        at = edit.column - 1
        if line[at : at + 1] in ('"', "'"):
            at += 1
        if not line.startswith(edit.old, at):
            continue
        lines[edit.line - 1] = line[:at] + edit.new + line[at + len(edit.old) :]
        done.append(edit)
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    return Formatted(mark + "\n".join(lines).encode(), tuple(done))


def _edit(token: Scalar, language: Language) -> Edit | None:
    found = BY_WORD.get(token.text)
    if found is None:
        return None
    wanted = found.ja if language == "ja" else found.en
    if token.text == wanted:
        return None
    return Edit(token.source.line, token.source.column, token.text, wanted)


def _shaped(node: Node, shape: Shape) -> Iterator[Scalar]:
    """The tokens that stand where the shape expects a keyword."""
    match shape:
        case Record(_, fields):
            if isinstance(node, Map):
                known = {field.word: field.shape for field in fields}
                for entry in node.entries:
                    word = BY_WORD.get(entry.key.text)
                    if word is not None and word.en in known:
                        yield entry.key
                        yield from _field(word.en, entry.value, known[word.en])
        case ListOf(item):
            if isinstance(node, Seq):
                for part in node.items:
                    yield from _shaped(part, item)
        case TableOf(item, _):
            if isinstance(node, Map):
                for entry in node.entries:
                    yield from _shaped(entry.value, item)
        case Bilingual():
            if isinstance(node, Map):
                yield from (entry.key for entry in node.entries)
        case OneOf():
            if isinstance(node, Scalar):
                yield node
        case Either(shapes):
            for one in shapes:
                if isinstance(node, Map) == isinstance(one, Record) and not (
                    isinstance(one, OneOf) and not _is_one(node, one)
                ):
                    yield from _shaped(node, one)
        case Clause():
            yield from _condition(node)
        case WriteTable():
            yield from _written(node)
        case Free() | Flag() | Number() | PrintedDay() | ClockTime() | Span() | Name() | Constant() | FactTable():
            pass
        case _:
            assert_never(shape)


def _written(node: Node) -> Iterator[Scalar]:
    """What the moment brings, and 有無: なし; any other value is the directive's own."""
    for entry in node.entries if isinstance(node, Map) else ():
        match entry.value:
            case Map(entries):
                for one in entries:
                    yield from _comparison(one)
            case Scalar() as said:
                found = BY_WORD.get(said.text)
                if found is not None and found.en in STAMPS:
                    yield said
            case _:
                pass


def _is_one(node: Node, shape: OneOf) -> bool:
    found = BY_WORD.get(node.text) if isinstance(node, Scalar) else None
    return found is not None and found.en in shape.words


def _field(word: str, value: Node, shape: Shape) -> Iterator[Scalar]:
    """A field's tokens; two fields take a name of the directive's own or one keyword."""
    special = {"within": "unstated", "taken": "undecided"}.get(word)
    if special is not None and isinstance(value, Scalar):
        found = BY_WORD.get(value.text)
        if found is not None and found.en == special:
            yield value
        return
    yield from _shaped(value, shape)


def _condition(node: Node) -> Iterator[Scalar]:
    if isinstance(node, Map):
        for entry in node.entries:
            yield from _clause(entry)


def _clause(entry: Entry) -> Iterator[Scalar]:
    """One line of a condition: a joining word with what it joins, or a term with what is asked of it."""
    found, value = BY_WORD.get(entry.key.text), entry.value
    if found is not None and found.en in _JOINING:
        yield entry.key
        if found.en in _CONDITIONS and isinstance(value, Seq):
            for item in value.items:
                yield from _condition(item)
        elif found.en == "not":
            yield from _condition(value)
        elif found.en in _PERSONS and isinstance(value, Seq):
            yield from (item for item in value.items if isinstance(item, Scalar) and _says(item, "actor"))
        return
    if _says(entry.key, "actor_post"):
        yield entry.key
    match value:
        case Map(entries):
            for one in entries:
                yield from _comparison(one)
        case Seq(items):
            for item in items:
                if isinstance(item, Map):
                    for one in item.entries:  # 値: 条件
                        yield from _condition(one.value)
        case Scalar():
            pass


def _says(node: Scalar, word: str) -> bool:
    found = BY_WORD.get(node.text)
    return found is not None and found.en == word


def _comparison(entry: Entry) -> Iterator[Scalar]:
    found, value = BY_WORD.get(entry.key.text), entry.value
    if found is None or found.en not in _COMPARING:
        return
    yield entry.key
    if found.en in ("each", "some"):
        yield from _condition(value)
    elif found.en == "presence" and isinstance(value, Scalar):
        yield value
    elif isinstance(value, Map) and len(value.entries) == 1:
        other = BY_WORD.get(value.entries[0].key.text)
        if other is not None and other.en == "terms":
            yield value.entries[0].key
