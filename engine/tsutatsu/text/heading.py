"""The lines above the letter: what each states, and where the letter begins."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tsutatsu.calendar import Kind, read_wareki
from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.source import Source
from tsutatsu.text.lines import Line
from tsutatsu.text.nodes import FieldKind, HeaderField
from tsutatsu.text.numbering import bullet, read_mark

_MOST_LINES: Final = 60
DATE: Final = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和)[元0-9０-９]{1,3}|(?<![0-9０-９])[0-9０-９]{4})年[0-9０-９]{1,2}月[0-9０-９]{1,2}日"
)
NUMBER: Final = re.compile(r"第[0-9０-９]{1,10}号")
_UNNUMBERED = re.compile(r"事務連絡|[一-鿿]{2,10}[0-9０-９]{1,4}[-－‐−][0-9０-９]{1,5}(?:[(（]?例規[)）]?)?")
"""What stands for a number: 事務連絡, or one without 第 and 号, as of the tax offices."""
_SEAL = re.compile(r"[(（]?(?:公印|官印|職印|印影|押印|契印)(?:及び契印|・契印)?(?:の押印)?(?:は|を)?省略[)）]?")
"""（公印省略）: that the printed sheet bears no seal."""
_KEEPING = re.compile(r"(?:原議|文書)?保存(?:期間|期限)")
_EFFECT = re.compile(r"有効(?:期間|期限)")
_TO = re.compile(r"(?:殿|様|各位|御中|長|官|あて|宛て?)$")
_OFFICE = re.compile(r"(?:課|室|局|部|係|省|庁|委員会|本部)$")
_NAMED_TO = re.compile(r"(?:殿|様|各位|御中|あて|宛て?)$")
_SUBJECT = re.compile(r"(?:について|に関する件|の件|依頼|通知|通達|照会|回答)(?:[(（][^()（）]{1,20}[)）])?$")
_COPY = re.compile(r"[(（](?:参考送付先|写し送付先|参考|写し?)[)）]")
LABEL: Final = re.compile(
    r"[(（]?(?P<word>別添|別紙様式|別紙|別記様式|別記|別表|様式|別図|別冊|参考資料|付録|附則|付則)"
    r"(?P<n>第?[0-9０-９一二三四五六七八九十]{0,3}号?(?:様式)?(?:の[0-9０-９])?)[)）]?"
)
_NOTED: Final = re.compile(rf"{LABEL.pattern}[(（](?P<note>[^()（）「」。]{{1,40}})[)）]")
_LABEL_MOST: Final = 30
_NOTED_MOST: Final = 60
OMITTED: Final = ("略", "省略")
"""What is noted beside the label of an attachment that is not printed."""


@dataclass(frozen=True, slots=True)
class Label:
    """A line that announces an attachment: its label (別表第2), and what is noted beside it (第2の1関係, 略)."""

    name: str
    note: str


def label_of_part(line: Line) -> Label | None:
    """The label that the line consists of; nothing where it is no such line."""
    if len(line.text) < _LABEL_MOST and (found := LABEL.fullmatch(line.bare)):
        return Label(found[0].strip("()"), "")
    if len(line.text) < _NOTED_MOST and (found := _NOTED.fullmatch(line.bare)):
        return Label(found["word"] + found["n"], found["note"])
    return None


@dataclass(frozen=True, slots=True)
class Above:
    """The header's fields, how many lines they take, and what was not understood."""

    fields: tuple[HeaderField, ...]
    lines: int
    findings: tuple[Diagnostic, ...]


def read_above(lines: Sequence[Line], file: str) -> Above:
    """The header that ``lines`` begin with."""
    end = next((n for n, line in enumerate(lines[:_MOST_LINES]) if _begins_letter(line)), None)
    if end is None:
        end = 0 if len(lines) > _MOST_LINES else len(lines)
    kinds = _kinds(lines[:end])
    _name_title(lines, kinds)
    fields = tuple(
        HeaderField(kind, line.text, _days(line.text), Source(file, line.number, line.column))
        for line, kind in zip(lines[:end], kinds, strict=True)
    )
    unplaced = tuple(
        finding("TS704", one.where, text=" ".join(one.text.split())) for one in fields if one.kind is FieldKind.UNPLACED
    )
    return Above(fields, end, unplaced)


def _begins_letter(line: Line) -> bool:
    text = line.text
    bare = line.bare
    if bare == "記" or label_of_part(line) is not None:
        return True
    if _stated(text) is not None or _SUBJECT.search(text):
        return False
    mark = read_mark(text)
    if mark is not None:
        return mark.firm and mark.count == 1
    return "。" in text or (len(text) >= 25 and "、" in text and not NUMBER.search(text))


def _stated(text: str) -> FieldKind | None:
    """What the line states by its own words."""
    if _KEEPING.match(text):
        return FieldKind.RETENTION
    if _EFFECT.match(text):
        return FieldKind.EFFECT
    if _COPY.fullmatch(text):
        return FieldKind.COPY
    if len(text) < _LABEL_MOST and _SEAL.fullmatch("".join(text.split())):
        return FieldKind.SEAL
    if len(text) < 80 and read_wareki(text).kind is Kind.DATE:
        return FieldKind.DATE
    if (NUMBER.search(text) and "。" not in text and len(text) < 60) or _UNNUMBERED.fullmatch(text):
        return FieldKind.NUMBER
    return None


def _kinds(lines: Sequence[Line]) -> list[FieldKind]:
    found: list[FieldKind] = []
    dated = issued = copied = False
    for line in lines:
        kind = _stated(line.text)
        if kind is None and _TO.search(line.text) and "、" not in line.text:
            named = _NAMED_TO.search(line.text) is not None
            issued = not named and dated and (not issued or not line.gap)
            dated = issued or (named and dated)  # a gap after the first issuer ends their list
            kind = FieldKind.ISSUER if issued else FieldKind.COPY if copied else FieldKind.ADDRESSEE
        elif kind is None and dated and _OFFICE.search(line.text) and "、" not in line.text:
            kind, issued = FieldKind.ISSUER, True
        elif kind is FieldKind.DATE:
            dated, issued = True, False
        elif kind is FieldKind.COPY:
            copied = True
        found.append(kind or FieldKind.UNPLACED)
    return found


def _name_title(lines: Sequence[Line], kinds: list[FieldKind]) -> None:
    """The title is the last line of unknown purpose, with those that stand right above it."""
    last = next((n for n in reversed(range(len(kinds))) if kinds[n] is FieldKind.UNPLACED), None)
    while last is not None and last >= 0 and kinds[last] is FieldKind.UNPLACED:
        kinds[last] = FieldKind.TITLE
        last = None if lines[last].gap else last - 1


def _days(text: str) -> tuple[dt.date, ...]:
    read = (read_wareki(found[0]) for found in DATE.finditer(text))
    return tuple(one.date for one in read if one.date is not None)


def is_heading_markup(text: str) -> bool:
    """Whether the line is marked up as a heading."""
    return text.startswith("#") and bullet(text) > 0
