"""Places told as statutes tell them: 前項, 前二号, 同条第2項, 第3条第1項第2号, 問2, 1-1-2の(1), and 次の各号."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from tsutatsu.calendar.numerals import read_number
from tsutatsu.text.lines import plain
from tsutatsu.text.numbering import Level
from tsutatsu.text.places import ARTICLES, Places, Spot
from tsutatsu.text.spans import Spans

_N: Final = "(?:[0-9０-９]{1,4}|[一二三四五六七八九十百]{1,5})"
_D: Final = "[0-9０-９]{1,3}"
_MENTION = re.compile(
    rf"(?P<part>附則|本則)?(?:(?P<rel>前|次|同|本|この)(?P<many>各|[二三四五2-5２-５])?(?P<what>[条項号問])"
    rf"|第(?P<art>{_N})条(?P<branch>(?:の{_N})*)|問(?P<q>{_N})(?:の(?P<qn>{_D}))?"
    rf"|(?P<hyp>{_D}(?:[-－‐−–]{_D}){{1,3}}(?:の{_D})?)(?:の(?P<hitem>[(（]{_D}[)）]))?(?![-－‐−–0-9０-９])|(?=第))"
    rf"(?:第(?P<par>{_N})項)?(?:第(?P<item>{_N})号(?:の{_D})?)?(?P<kana>[ア-ン](?![ァ-ヶー]))?"
)
_GOES_ON = re.compile(
    r"[のにをはがでとよ、，。（()）」・各中柱本前後た関若又]|及び|並びに|ただし|まで|から|により|について|以外|以下|$"
)
"""What follows a place. 同条件, 前項目 and 第1号様式 are other words."""
_NAME_ENDS = re.compile(r"[一-鿿々ァ-ヶーA-Za-z0-9０-９)）」』〇]")
"""The last character of a statute's name: 法第3条 is a place of that statute."""
_JOINED = re.compile(r"(?:及び|並びに|又は|若しくは|から|、|，|まで及び|まで、)?")
_HINT = re.compile(
    r"[前次同本この第][各二三四五2-5２-５0-9０-９一六七八九十百]*[条項号問]|問[0-9０-９]|[0-9０-９][-－‐−–][0-9０-９]"
)
"""What a text with any such place has in it: most have not, and are not looked at further."""
_LIST = re.compile(r"次の各号|次に掲げる|次のとおり|次のいずれか|次のように")
_STRAY: Final = (Level.NOTE, Level.ANSWER)
"""Beneath these, 前項 may mean the note or answer before as well: what is not found is no slip."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that point at a place in the text: where they stand, what they point at, whether it is surely lost."""

    start: int
    end: int
    target: str
    lost: bool = False


@dataclass(slots=True)
class _Named:
    """How far a mention has been followed: the article, the paragraph, the item; ``lost`` where one should be there."""

    article: Spot | None = None
    paragraph: Spot | None = None
    item: Spot | None = None
    lost: bool = False
    ends: int = -1

    @property
    def path(self) -> str:
        """The innermost place reached."""
        found = self.item or self.paragraph or self.article
        return found.path if found is not None and not self.lost else ""


class Follower:
    """Reads such places sentence by sentence, in the order of the text: 同条 looks back within its provision."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._path = ""
        self._last = _Named()

    def mentions(self, text: str, path: str, part: str, taken: Spans) -> Iterator[Mention]:
        """Every such place that ``text``, which stands under ``path``, points at; ``taken`` is read already."""
        self._last = replace(self._last, ends=-1) if path == self._path else _Named()
        self._path = path
        for m in _MENTION.finditer(text) if _HINT.search(text) else ():
            if m.end() > m.start():
                yield from self._read(m, text, part, taken)
        for m in _LIST.finditer(text):
            if m.start() not in taken:
                yield Mention(m.start(), m.end(), self._places.first_under(path))

    def _read(self, m: re.Match[str], text: str, part: str, taken: Spans) -> Iterator[Mention]:
        within = taken.end_at(m.start())
        if within is not None:
            self._last = _Named(ends=within)
            return
        if not _GOES_ON.match(text, m.end()):
            return
        if m.start() and _NAME_ENDS.match(text, m.start() - 1):
            if m["art"] or m["par"] or m["item"]:
                self._last = _Named(ends=m.end())  # of another document, as is what 同条 means from here on
            return
        follows = self._last.ends >= 0 and _JOINED.fullmatch(text, self._last.ends, m.start()) is not None
        before = self._last if follows or m["rel"] == "同" else None
        several = _FEW.get(m["many"] or "", 1) if m["rel"] in ("前", "次") else 1
        steps = range(several, 0, -1) if m["rel"] == "前" else range(1, several + 1)
        targets = [_follow(m, self._path, part, self._places, before, step) for step in steps]
        if m["hyp"] and not targets[-1].path:
            return  # a number with hyphens may be anything
        self._last = replace(targets[-1], ends=m.end())
        for one in targets:
            yield Mention(m.start(), m.end(), one.path, one.lost)


_FEW: Final = {"二": 2, "三": 3, "四": 4, "五": 5, **{d: int(plain(d)) for d in "2345２３４５"}}


def _follow(  # noqa: PLR0917
    m: re.Match[str], path: str, part: str, places: Places, before: _Named | None, step: int
) -> _Named:
    """The place that a mention names: its head, then the paragraph and the item in it."""
    found = _Named()
    if m["rel"]:
        if m["many"] == "各":
            return found
        _relative(m["rel"], m["what"], path, places, before, step, found)
    elif m["art"] or m["hyp"] or m["q"]:
        home = places.part_named(m["part"]) if m["part"] else part
        _absolute(m, home, places, found)
    elif m["part"]:
        home = places.part_named(m["part"])
        found.paragraph = places.under(f"{home}\0", str(_count(m["par"] or "")))
        return found
    elif before is not None:
        found.article, found.paragraph = before.article, before.paragraph
    else:
        found.article = places.around(path, ARTICLES)
        found.paragraph = _paragraph(path, places)
    if m["par"] and found.article is not None:
        found.paragraph, found.item = _nth(found.article, _count(m["par"]), places), None
        found.lost |= found.paragraph is None
    elif m["par"]:
        return _Named()
    if m["item"]:
        of = found.paragraph or found.article
        if of is None:
            return _Named()
        found.item = places.under(of.path, f"({_count(m['item'])})")
        if found.item is None:
            return _Named(lost=places.holds(of.path, Level.BRACKETED) or found.lost)
    if m["kana"] and found.path:
        found.item = places.under(found.path, m["kana"])
        return found if found.item is not None else _Named()
    return found


def _relative(  # noqa: PLR0917
    rel: str, what: str, path: str, places: Places, before: _Named | None, step: int, found: _Named
) -> None:
    if rel == "同":
        if before is not None:
            found.article = before.article
            found.paragraph = before.paragraph if what != "条" else None
            found.item = before.item if what == "号" else None
            if what == "項" and found.paragraph is None:
                found.article = None
        return
    steps = {"前": -step, "次": step}.get(rel, 0)
    article = places.around(path, ARTICLES)
    strict = article is not None and places.around(path, _STRAY) is None
    match what:
        case "条":
            found.article = places.along(article, steps) if article is not None else None
            found.lost = strict and found.article is None
        case "問":
            here = places.around(path, (Level.QUESTION,))
            found.article = places.along(here, steps) if here is not None else None
        case "項":
            found.article = article
            found.paragraph = _neighbour(_paragraph(path, places), article, steps, places)
            found.lost = strict and found.paragraph is None
            found.article = article if found.paragraph is not None else None
        case _:
            found.article, found.paragraph = article, _paragraph(path, places)
            item = places.around(path, (Level.BRACKETED,))
            found.item = places.beside(item, steps) if item is not None else None
            found.lost = strict and item is not None and found.item is None
            if found.item is None:
                found.article = found.paragraph = None


def _absolute(m: re.Match[str], part: str, places: Places, found: _Named) -> None:
    if m["hyp"]:
        found.article = places.called(part, re.sub("[－‐−–]", "-", plain(m["hyp"])))
        if found.article is not None and m["hitem"]:
            found.item = places.under(found.article.path, plain(m["hitem"]))
        return
    if m["q"]:
        found.article = places.called(part, f"問{_count(m['q'])}")
        if found.article is not None and m["qn"]:
            inside = places.under(found.article.path, "答") or found.article
            found.item = places.under(inside.path, plain(m["qn"]))
        return
    branch = "".join(f"の{_count(one)}" for one in m["branch"].split("の")[1:])
    found.article = places.called(part, f"第{_count(m['art'])}条{branch}")
    found.lost = found.article is None and places.has(part, Level.ARTICLE)


def _paragraph(path: str, places: Places) -> Spot | None:
    """The paragraph that holds ``path``: an article's first bears no number, and is the article itself."""
    found = places.around(path, (Level.NUMBER, *ARTICLES))
    while found is not None and found.level is Level.NUMBER:
        above = places.at(found.above)
        if above is None or above.level in ARTICLES or places.around(found.above, ARTICLES) is None:
            return found
        found = places.around(found.above, (Level.NUMBER, *ARTICLES))
    return found


def _neighbour(paragraph: Spot | None, article: Spot | None, steps: int, places: Places) -> Spot | None:
    if paragraph is None:
        return None
    if article is None:
        return places.beside(paragraph, steps)
    own = 1 if paragraph is article else _count(paragraph.label)
    return _nth(article, own + steps, places)


def _nth(article: Spot, number: int, places: Places) -> Spot | None:
    """An article's paragraph by its number."""
    return places.under(article.path, str(number)) or (article if number == 1 else None)


def _count(number: str) -> int:
    return read_number(plain(number)) or 0
