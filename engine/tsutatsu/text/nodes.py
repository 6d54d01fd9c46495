"""What a circular's text consists of, once read: frozen values, each with the place where it is printed."""

from __future__ import annotations

import datetime as dt
import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tsutatsu.diagnostics import Diagnostic
from tsutatsu.source import Source


class Role(Enum):
    """What a sentence does in its provision; the value is the word that circulars and policies use."""

    MAIN = "本文"
    PROVISO = "ただし書"
    NOTE = "なお書"
    LATTER = "後段"
    HEADING = "見出し"
    TABLE_ROW = "表"
    FORM_ROW = "様式欄"
    CLOSING = "結び"
    HEADER = "頭書"


class PartKind(Enum):
    """The parts a circular is made of, by the words that mark them."""

    COVERING = "前文"
    BELOW = "記"
    MAIN = "本則"
    ATTACHMENT = "別添"
    SHEET = "別紙"
    TABLE = "別表"
    FORM = "様式"


class FieldKind(Enum):
    """What a line of the header states; a line that states nothing known stays as it is printed."""

    RETENTION = "原議保存期間"
    EFFECT = "有効期間"
    NUMBER = "番号"
    DATE = "日付"
    ISSUER = "発出者"
    ADDRESSEE = "宛先"
    COPY = "参考送付先"
    SEAL = "公印"
    TITLE = "題"
    UNPLACED = "不明"


def digest_of(text: str) -> str:
    """The fingerprint of a passage: sha256 of its NFC form without white space, so that layout never changes it."""
    plain = "".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that belong to one node alone: what kind of node, where they begin, and the characters."""

    kind: str
    where: Source
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as printed, joined over its lines; ``number`` counts within its provision, headings from 0."""

    text: str
    role: Role
    number: int
    where: Source
    last_line: int

    @property
    def digest(self) -> str:
        """Its fingerprint; numbering and layout are not part of it."""
        return digest_of(self.text)

    def to_dict(self) -> dict[str, Any]:
        """The sentence as JSON carries it."""
        return {
            "text": self.text,
            "role": self.role.value,
            "number": self.number,
            "digest": self.digest,
            "lines": [self.where.line, self.last_line],
        }


@dataclass(frozen=True, slots=True)
class Provision:
    """A numbered provision: its path (要領案/第7/2/(2)), the mark as printed, its own sentences and what it holds."""

    path: str
    label: str
    mark: str
    sentences: tuple[Sentence, ...]
    children: tuple[Provision, ...]
    where: Source

    @property
    def heading(self) -> str:
        """The heading; empty where it has none."""
        return _heading(self.sentences)

    def walk(self) -> Iterator[Provision]:
        """Itself and every provision in it, in the order of the text."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_dict(self) -> dict[str, Any]:
        """The provision and what it holds, as JSON carries it."""
        return {
            "path": self.path,
            "label": self.label,
            "heading": self.heading,
            "line": self.where.line,
            "sentences": [one.to_dict() for one in self.sentences],
            "children": [one.to_dict() for one in self.children],
        }


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form or a row of a table: its label, its other cells, the boxes to tick."""

    path: str
    label: str
    cells: tuple[str, ...]
    boxes: tuple[str, ...]
    where: Source

    def to_dict(self) -> dict[str, Any]:
        """The field as JSON carries it."""
        return {
            "path": self.path,
            "label": self.label,
            "cells": list(self.cells),
            "boxes": list(self.boxes),
            "line": self.where.line,
        }


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the circular: covering letter, 記, an attachment or a form."""

    kind: PartKind
    path: str
    label: str
    mark: str
    title: str
    sentences: tuple[Sentence, ...]
    provisions: tuple[Provision, ...]
    fields: tuple[FormField, ...]
    where: Source

    def to_dict(self) -> dict[str, Any]:
        """The part as JSON carries it."""
        return {
            "kind": self.kind.value,
            "path": self.path,
            "label": self.label,
            "title": self.title,
            "line": self.where.line,
            "sentences": [one.to_dict() for one in self.sentences],
            "provisions": [one.to_dict() for one in self.provisions],
            "fields": [one.to_dict() for one in self.fields],
        }


@dataclass(frozen=True, slots=True)
class HeaderField:
    """A line of the header, what it states, and the days printed in it (era dates resolved)."""

    kind: FieldKind
    text: str
    days: tuple[dt.date, ...]
    where: Source

    def to_dict(self) -> dict[str, Any]:
        """The field as JSON carries it."""
        return {
            "kind": self.kind.value,
            "text": self.text,
            "days": [day.isoformat() for day in self.days],
            "line": self.where.line,
        }


@dataclass(frozen=True, slots=True)
class Header:
    """What is printed above the letter."""

    fields: tuple[HeaderField, ...]

    def all(self, kind: FieldKind) -> tuple[HeaderField, ...]:
        """The lines that state ``kind``, in the order of the text."""
        return tuple(one for one in self.fields if one.kind is kind)

    @property
    def title(self) -> str:
        """The circular's title, joined over its lines; empty where none is printed."""
        return "".join(one.text for one in self.all(FieldKind.TITLE))

    def to_dict(self) -> dict[str, Any]:
        """The header as JSON carries it."""
        return {"title": self.title, "fields": [one.to_dict() for one in self.fields]}


@dataclass(frozen=True, slots=True)
class Definition:
    """A term the text defines for itself, and the part in which it holds from there on."""

    term: str
    scope: str
    path: str
    where: Source

    def to_dict(self) -> dict[str, Any]:
        """The definition as JSON carries it."""
        return {"term": self.term, "scope": self.scope, "path": self.path, "line": self.where.line}


@dataclass(frozen=True, slots=True)
class Reference:
    """A place the text points at: within it (``target`` is its path) or another document, by title, number, date."""

    text: str
    path: str
    where: Source
    target: str = ""
    title: str = ""
    number: str = ""
    date: dt.date | None = None
    locator: str = ""

    @property
    def external(self) -> bool:
        """Whether it points at another document."""
        return bool(self.title)

    def to_dict(self) -> dict[str, Any]:
        """The reference as JSON carries it."""
        return {
            "text": self.text,
            "path": self.path,
            "external": self.external,
            "target": self.target or None,
            "title": self.title or None,
            "number": self.number or None,
            "date": self.date.isoformat() if self.date else None,
            "locator": self.locator or None,
            "line": self.where.line,
        }


@dataclass(frozen=True, slots=True)
class Document:
    """A circular's text as a tree. Every character that is not white space belongs to exactly one node of it."""

    file: str
    header: Header
    parts: tuple[Part, ...]
    layout_marks: tuple[Piece, ...]
    definitions: tuple[Definition, ...]
    references: tuple[Reference, ...]
    findings: tuple[Diagnostic, ...]

    def provisions(self) -> Iterator[Provision]:
        """Every numbered provision, in the order of the text."""
        for part in self.parts:
            for top in part.provisions:
                yield from top.walk()

    def passages(self) -> Iterator[tuple[str, Sentence]]:
        """Every sentence with the path it stands under, part by part."""
        for part in self.parts:
            yield from ((part.path, one) for one in part.sentences)
            for top in part.provisions:
                for one in top.walk():
                    yield from ((one.path, sentence) for sentence in one.sentences)

    def pieces(self) -> tuple[Piece, ...]:
        """All that is printed, cut by node, by where each begins: together, the file without white space.

        A page number printed within a sentence comes after that sentence, which is one piece.
        """
        found = [*self.layout_marks]
        found += [Piece(one.kind.value, one.where, one.text) for one in self.header.fields]
        found += [Piece(part.kind.value, part.where, part.mark) for part in self.parts if part.mark]
        found += [Piece("項番", one.where, one.mark) for one in self.provisions() if one.mark]
        found += [Piece(one.role.value, one.where, one.text) for _, one in self.passages()]
        return tuple(sorted(found, key=lambda one: (one.where.line, one.where.column)))

    def to_dict(self) -> dict[str, Any]:
        """The whole tree as JSON carries it."""
        return {
            "file": self.file,
            "header": self.header.to_dict(),
            "parts": [one.to_dict() for one in self.parts],
            "definitions": [one.to_dict() for one in self.definitions],
            "references": [one.to_dict() for one in self.references],
            "layout_marks": [{"text": one.text, "line": one.where.line} for one in self.layout_marks],
            "findings": [one.to_dict() for one in self.findings],
        }


def _heading(sentences: tuple[Sentence, ...]) -> str:
    return "".join(one.text for one in sentences if one.role is Role.HEADING)
