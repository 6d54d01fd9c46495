"""Definitions the text makes for itself, and places it points at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tsutatsu.calendar import read_wareki
from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.text.heading import DATE
from tsutatsu.text.lines import plain
from tsutatsu.text.nodes import Definition, Part, PartKind, Reference, Role, Sentence
from tsutatsu.text.places import Places
from tsutatsu.text.relative import Follower
from tsutatsu.text.spans import Spans

_NAMES = re.compile(r"以下(?:単に|総称して|これらを)?[「『]([^「」『』]{1,60})[」』]と(?:いう|いい|総称|称)")
_MEANS = re.compile(r"(?<![一-鿿ァ-ヶー々])([一-鿿ァ-ヶー々]{2,30})[（(](?:[^（）()「」]{1,400})をいう。")
_SAYS = re.compile(r"[「『]([^「」『』]{1,60})[」』]とは、[^。]{1,400}をいう")
_D: Final = "[0-9０-９]{1,4}"
_ISSUED = re.compile(r"[^、。，]{0,30}?第[0-9０-９]{1,10}号(?:の[0-9]{1,2})?")
_LOCATOR = re.compile(
    rf"(?:別添|別紙{_D}?|附則)?(?:第{_D}(?:条(?:の{_D})?)?(?:第{_D}項)?(?:の{_D})?(?:[(（]{_D}[)）]|[⑴-⒇])?(?:[ア-ン](?![ァ-ヶー])|[(（][ア-ン][)）]){{0,2}})?"
)
_STATUTE_NAME = re.compile(
    r"[一-鿿ァ-ヶーのにおけるに関するす及びた]{1,60}(?:法律|法|規則|訓令|条例|政令|省令|令|規程|告示)$"
)
_AFTER = r"(?=[のにをはがでと、及又並若から（(]|まで|に|により|において|。|$)"
_INNER = re.compile(
    rf"(?P<lean>前記|上記|前掲)?(?P<path>第{_D}(?:の{_D})?(?:[(（]{_D}[)）])?(?:[ア-ン](?![ァ-ヶー]))?(?:及び(?P<and>{_D}))?"
    rf"|{_D}(?:[(（]{_D}[)）])(?:[ア-ン](?![ァ-ヶー]))?"
    rf"|[(（]{_D}[)）](?:[ア-ン](?![ァ-ヶー]))?"
    rf"|(?<=[記掲]){_D}"
    rf"|(?<![0-9０-９A-Za-z一-鿿]){_D}(?=により|に記載|に規定|に掲げ|に定め|の規定|において)"
    rf"|(?<![ァ-ヶー])[ア-ン](?=から[ア-ン]まで)|(?<=から)[ア-ン](?=まで)|[①-⑳])" + _AFTER
)
_ATTACHED = re.compile(
    rf"別添(?:{_D})?|別紙(?:{_D})?|別冊|別記様式(?:第?{_D}号?)?|別表(?:第?{_D})?|(?<![一-鿿])様式第{_D}号?|下記"
)
_STEP = re.compile(rf"第{_D}|[(（]({_D})[)）]|({_D})|([ア-ン])|(?P<circled>[①-⑳])")
_WINDOW: Final = 300
_MARKS: Final = re.compile("[「『」』（()）]")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, the path it stands under, and its part."""

    path: str
    part: Part
    sentence: Sentence


def passages_of(parts: Sequence[Part]) -> tuple[Passage, ...]:
    """Every sentence, in tree order."""
    found: list[Passage] = []
    for part in parts:
        found += [Passage(part.path, part, one) for one in part.sentences]
        for top in part.provisions:
            for one in top.walk():
                found += [Passage(one.path, part, sentence) for sentence in one.sentences]
    return tuple(found)


def definitions_of(passages: Sequence[Passage], parts: Sequence[Part]) -> tuple[Definition, ...]:
    """The terms defined, each in force from its place to the end of its part."""
    found: list[Definition] = []
    for one in passages:
        text = one.sentence.text
        for pattern in (_NAMES, _MEANS, _SAYS):
            found += [Definition(m[1], one.part.path, one.path, one.sentence.where) for m in pattern.finditer(text)]
    for part in parts:
        for top in part.provisions:
            for each in top.walk():
                first = next((s for s in each.sentences if s.role is not Role.HEADING), None)
                if each.heading and first is not None and first.text.endswith("をいう。"):
                    found.append(Definition(each.heading, part.path, each.path, each.where))
    return tuple(dict.fromkeys(found))


class _Attached:
    """The parts by the words that point at them."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self._exact: dict[str, str] = {}
        self._by_word: dict[str, str] = {}
        for one in parts:
            if one.kind is PartKind.BELOW:
                self._exact.setdefault("下記", one.path)
            if one.kind is PartKind.ATTACHMENT:
                self._by_word.setdefault("別添", one.path)
            if one.label:
                self._exact.setdefault(one.label, one.path)
                self._by_word.setdefault(_word(one.label), one.path)
        late = [one for one in parts if one.kind not in (PartKind.COVERING, PartKind.BELOW) and not one.label]
        self._last = late[-1].path if len(late) > 1 else ""

    def named(self, name: str) -> str:
        """The part that ``name`` points at: of that label, of that word without a number, or the last without label."""
        found = self._exact.get(name) or self._exact.get(_word(name))
        if found is None and name == _word(name):
            found = self._by_word.get(name)
        if found is None and name != "下記" and _word(name) not in self._by_word:
            found = self._last
        return found or ""


def _word(label: str) -> str:
    return re.sub(r"第?[0-9]+号?.*", "", label)


def references_of(
    passages: Sequence[Passage], parts: Sequence[Part]
) -> tuple[tuple[Reference, ...], tuple[Diagnostic, ...]]:
    """Everything the text points at, and what leads nowhere."""
    places = Places(parts)
    follower = Follower(places)
    found: list[Reference] = []
    lost: list[Diagnostic] = []
    attached = _Attached(parts)
    for one in passages:
        if one.sentence.role in (Role.TABLE_ROW, Role.FORM_ROW):
            continue
        outside = list(_external(one))
        taken = Spans(span for _, span in outside)
        found += [reference for reference, _ in outside]
        inside = [(reference, not reference.target) for reference in _attached(one, attached, taken)]
        mentions = list(follower.mentions(one.sentence.text, one.path, one.part.path, taken))
        for mention in mentions:
            taken.add(mention.start, mention.end)
            shown = one.sentence.text[mention.start : mention.end]
            inside.append((Reference(shown, one.path, one.sentence.where, mention.target), mention.lost))
        inside += [(reference, not reference.target) for reference in _internal(one, places.paths, taken)]
        for reference, is_lost in inside:
            found.append(reference)
            if is_lost:
                lost.append(finding("TS706", reference.where.citing(one.path), text=reference.text))
    return tuple(found), tuple(lost)


def _external(one: Passage) -> Iterator[tuple[Reference, tuple[int, int]]]:
    """Other documents: a title or name, then a bracket with a number or day, then perhaps a place in it."""
    text = one.sentence.text
    for start, end in _brackets(text):
        inside = text[start + 1 : end]
        issued = _ISSUED.search(inside[:_WINDOW])
        day = DATE.search(inside[:_WINDOW])
        if issued is None:
            continue
        title = _title_before(text, start)
        if not title:
            continue
        locator = _LOCATOR.match(text, end + 1)
        place = locator[0] if locator else ""
        number = issued[0] if day is None else issued[0].replace(day[0], "").removeprefix("付け").removeprefix("付")
        date = read_wareki(day[0]).date if day else None
        begin = start - len(title) - (2 if text[start - 1 : start] in ("」", "』") else 0)
        stop = end + 1 + len(place)
        shown = text[begin:stop]
        yield Reference(shown, one.path, one.sentence.where, "", title, number, date, place), (begin, stop)


def _brackets(text: str) -> list[tuple[int, int]]:
    """Round brackets at the outermost level outside quotation marks, each with its end."""
    found: list[tuple[int, int]] = []
    quoted = depth = begin = 0
    for mark in _MARKS.finditer(text):
        ch, n = mark[0], mark.start()
        if ch in "「『" and not depth:
            quoted += 1
        elif ch in "」』" and not depth:
            quoted = max(quoted - 1, 0)
        elif quoted:
            continue
        elif ch in "（(":
            begin = n if not depth else begin
            depth += 1
        elif ch in "）)" and depth:
            depth -= 1
            if not depth:
                found.append((begin, n))
    return found


def _title_before(text: str, end: int) -> str:
    if text[end - 1 : end] in ("」", "』"):
        depth = 0
        for n in range(end - 1, max(end - _WINDOW, -1), -1):
            depth += (text[n] in "」』") - (text[n] in "「『")
            if not depth:
                return text[n + 1 : end - 1]
        return ""
    head = re.split(r"[、。，「」（）()]|及び|その他", text[max(end - 60, 0) : end])[-1]
    named = _STATUTE_NAME.search(head)
    return named[0] if named else ""


def _attached(one: Passage, attached: _Attached, taken: Spans) -> Iterator[Reference]:
    """Parts that the text points at by their labels; the number in a label is no provision's."""
    for m in _ATTACHED.finditer(one.sentence.text):
        if m.start() not in taken:
            taken.add(m.start(), m.end())
            yield Reference(m[0], one.path, one.sentence.where, attached.named(plain(m[0])))


def _internal(one: Passage, paths: frozenset[str], taken: Spans) -> Iterator[Reference]:
    """Provisions that the text points at by their marks."""
    text = one.sentence.text
    before = ""
    for m in _INNER.finditer(text):
        if m.start() in taken or _is_other(text, m):
            continue
        steps = _steps(m["path"].split("及び")[0])
        ends = text[max(m.start() - 2, 0) : m.start()] == "から" and before  # アからウまで: both under the same
        target = _resolve(steps, f"{before.rpartition('/')[0]}" if ends else one.path, paths)
        before = target
        yield Reference(m[0], one.path, one.sentence.where, target)
        if m["and"]:
            steps = [*steps[:-1], plain(m["and"])]
            yield Reference(m["and"], one.path, one.sentence.where, _resolve(steps, one.path, paths))


def _is_other(text: str, m: re.Match[str]) -> bool:
    """Whether what looks like a path is part of another thing: 第20条, 第3号, 地方自治法第1."""
    after = text[m.end("path") : m.end("path") + 1]
    before = text[max(m.start() - 1, 0) : m.start()]
    return after in ("条", "項", "号", "回", "次", "章") or (
        before in ("条", "法", "令", "則", "」", "』") and bool(before)
    )


def _steps(path: str) -> list[str]:
    found: list[str] = []
    for m in _STEP.finditer(path):
        if m["circled"]:
            found.append(m[0])
        elif m[1]:
            found.append(f"({plain(m[1])})")
        else:
            found.append(plain(m[0]))
    return found


def _resolve(steps: Sequence[str], path: str, paths: frozenset[str]) -> str:
    """The provision that ``steps`` name, looked for outwards from where they stand."""
    around = path.split("/")
    for depth in range(len(around), -1, -1):
        target = "/".join([*around[:depth], *steps])
        if target in paths:
            return target
    return ""
