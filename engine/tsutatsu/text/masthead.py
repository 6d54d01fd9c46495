"""What the head of a circular states, in parts: title, numbers, day, addressees, periods, what it repeals and cites.

Only what is printed: a part that cannot be made out is absent, and said to be so where a line for it was printed.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from tsutatsu.calendar import read_wareki
from tsutatsu.source import Source
from tsutatsu.text.heading import DATE, NUMBER
from tsutatsu.text.nodes import Document, FieldKind, Header, Reference, Role, Sentence

_LABEL: Final = re.compile(r"^(?:(?:原議|文書)?保存|有効)(?:期間|期限)[\s:：]*")
_CLASS: Final = re.compile(r"第?[一二三四五六七八九1-9]種")
_YEARS: Final = re.compile(r"([0-9]{1,3})年")
_LEAD: Final = re.compile(r"^[○●◯◎〇・■□◆◇\s]+")
_HONOUR: Final = re.compile(r"\s*(?:殿|様|御中|あて|宛て?)$")
_DATED: Final = re.compile(rf"(?:{DATE.pattern})(?:付け?)?")
_AROUND: Final = " 　\t()（）"
_REPEALED: Final = re.compile(r"廃止(?:する|した|とする|し、)")
_SHORT: Final = re.compile("以下「([^「」]{1,60})」と")
_MOST_SHORTS: Final = 100
_JOINED: Final = re.compile(r"[、,]?(?:及び|並びに|又は|と)?[、,]?")
_TO_REPEAL: Final = re.compile(r"(?:の全部)?(?:について)?は、?[^、。]{0,20}、?|を、?")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as printed, and the day it is."""

    text: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Span:
    """A period that the head prints: its class, its years, where it begins and ends, as far as they can be made out."""

    kind: str = ""
    years: int | None = None
    start: Dated | None = None
    end: Dated | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """Another document that the text names, where it does so, and the role of that sentence."""

    reference: Reference
    role: Role
    day: str
    """The day as printed; empty where none is."""


@dataclass(frozen=True, slots=True)
class Masthead:
    """The head of a circular in parts."""

    title: str
    day: Dated | None
    numbers: tuple[str, ...]
    issuers: tuple[str, ...]
    addressees: tuple[str, ...]
    effect: Span | None
    """None where no line on it is printed."""
    retention: Span | None
    repeals: tuple[Cited, ...]
    cites: tuple[Cited, ...]
    repeals_unnamed: tuple[str, ...]
    """Provisions that repeal something without its number and day standing there."""


def masthead_of(document: Document) -> Masthead:
    """The head of ``document``, in parts."""
    header = document.header
    repealing = [(path, one) for path, one in document.passages() if one.number and _REPEALED.search(one.text)]
    outside = [one for one in document.references if one.external]
    within: dict[tuple[str, Source], list[Reference]] = {}
    for one in outside:
        within.setdefault((one.path, one.where), []).append(one)
    shorts = _shorts(outside)
    repeals: list[Cited] = []
    unnamed: list[str] = []
    for path, sentence in repealing:
        named = _repealed(sentence, within.get((path, sentence.where), ()), shorts)
        repeals += named
        if not named:
            unnamed.append(f"{path}/{sentence.role.value}")
    taken = {id(one.reference) for one in repeals}
    roles = {(path, one.where): one.role for path, one in document.passages()}
    return Masthead(
        _LEAD.sub("", header.title),
        _issued(header),
        tuple(_numbers(header)),
        tuple(one.text for one in header.all(FieldKind.ISSUER)),
        tuple(_addressees(header)),
        _span(header, FieldKind.EFFECT),
        _span(header, FieldKind.RETENTION),
        tuple(repeals),
        tuple(_cited(one, roles.get((one.path, one.where), Role.MAIN)) for one in outside if id(one) not in taken),
        tuple(unnamed),
    )


def _issued(header: Header) -> Dated | None:
    """The first date of a line of its own, else the first that stands with the number."""
    for kind in (FieldKind.DATE, FieldKind.NUMBER):
        for line in header.all(kind):
            found = next(_dates(line.text), None)
            if found is not None:
                return found
    return None


def _dates(text: str) -> Iterator[Dated]:
    for found in DATE.finditer(text):
        read = read_wareki(found[0])
        if read.date is not None and read.usable:
            yield Dated(found[0], read.date)


def _numbers(header: Header) -> Iterator[str]:
    for line in header.all(FieldKind.NUMBER):
        for part in re.split("[、，,]", _DATED.sub("", line.text)):
            number = part.strip(_AROUND)
            if NUMBER.search(number):
                yield number


def _addressees(header: Header) -> Iterator[str]:
    for line in header.all(FieldKind.ADDRESSEE):
        name = _HONOUR.sub("", line.text.strip())
        if name:
            yield name


def _span(header: Header, kind: FieldKind) -> Span | None:
    lines = header.all(kind)
    if not lines:
        return None
    text = _LABEL.sub("", " ".join(line.text for line in lines))
    rest = unicodedata.normalize("NFKC", DATE.sub(" ", text))
    named, years = _CLASS.search(rest), _YEARS.search(rest)
    return Span(
        named[0] if named else "",
        int(years[1]) if years else None,
        _date_before(text, "から"),
        _date_before(text, "まで"),
    )


def _date_before(text: str, word: str) -> Dated | None:
    return next((one for one in _dates(text) if re.search(rf"{re.escape(one.text)}\s*{word}", text)), None)


def _shorts(outside: Iterable[Reference]) -> dict[str, Reference]:
    """The short names that the text gives to other documents."""
    found: dict[str, Reference] = {}
    for one in outside:
        short = _SHORT.search(one.text)
        if short is not None and len(found) < _MOST_SHORTS:
            found.setdefault(short[1], one)
    return found


def _repealed(sentence: Sentence, named: Sequence[Reference], shorts: Mapping[str, Reference]) -> list[Cited]:
    """The documents that a repealing sentence says it repeals: those joined to one another and to the verb."""
    verb = _REPEALED.search(sentence.text)
    text = sentence.text[: verb.start()] if verb is not None else ""
    mentions = [(text.rfind(one.text), one.text, one) for one in named]
    mentions += [(text.rfind(short), short, one) for short, one in shorts.items()]
    found: list[Cited] = []
    until, link = len(text), _TO_REPEAL
    for at, words, one in sorted(mentions, key=lambda each: -each[0]):
        end = at + len(words)
        if at >= 0 and end <= until and link.fullmatch(text[end:until]):
            found.append(_cited(one, sentence.role))
            until, link = at, _JOINED
    return found[::-1]


def _cited(reference: Reference, role: Role) -> Cited:
    day = DATE.search(reference.text) if reference.date is not None else None
    return Cited(reference, role, day[0] if day else "")
