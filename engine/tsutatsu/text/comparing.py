"""What differs between two texts of a circular, provision by provision."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from typing import Any, Final

from tsutatsu.text.likeness import pairs_alike
from tsutatsu.text.lines import plain
from tsutatsu.text.nodes import Document, FieldKind, Header, Part, Role, Sentence, digest_of

_SAME_PLACE: Final = 0.1
_SAME_PARENT: Final = 0.05
_MOVES: Final = 8
"""The fewest characters of a sentence that is looked for in other provisions."""


class Change(Enum):
    """What happened to a provision or sentence."""

    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class SentenceDifference:
    """A sentence that was changed, added, removed or moved; the side on which it does not stand here is none."""

    change: Change
    old: Sentence | None
    new: Sentence | None
    elsewhere: str = ""
    """Of one that moved: the path it went to, or came from."""

    def to_dict(self) -> dict[str, Any]:
        """The difference as JSON carries it."""
        return {
            "change": self.change.value,
            "old": self.old.to_dict() if self.old else None,
            "new": self.new.to_dict() if self.new else None,
            "elsewhere": self.elsewhere or None,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """A provision (or a part's own text, or the header) that differs: changes, path before and after, sentences."""

    changes: tuple[Change, ...]
    old: str | None
    new: str | None
    sentences: tuple[SentenceDifference, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """The difference as JSON carries it."""
        return {
            "changes": [one.value for one in self.changes],
            "old": self.old,
            "new": self.new,
            "sentences": [one.to_dict() for one in self.sentences],
        }


@dataclass(frozen=True, slots=True)
class Entry:
    """A path with the sentences that stand right under it."""

    path: str
    sentences: tuple[Sentence, ...]

    @property
    def parent(self) -> str:
        """The path it stands under."""
        return self.path.rpartition("/")[0]

    @property
    def heading(self) -> str:
        """Its heading without white space; empty where it has none."""
        return "".join("".join(one.text.split()) for one in self.sentences if not one.number)

    @property
    def wordings(self) -> tuple[str, ...]:
        """All its words, and its first sentence alone: what likeness goes by."""
        own = [one.text for one in self.sentences if one.number]
        return ("".join(one.text for one in self.sentences), *own[:1])

    @property
    def content(self) -> str:
        """The fingerprint of all its sentences, roles included; layout and numbering excluded."""
        return digest_of("".join(f"[{one.role.value}]{one.digest}" for one in self.sentences))


def diff(old: Document, new: Document) -> tuple[Difference, ...]:
    """What differs: the header, then provisions in the order of the new text, what was removed last.

    Equal texts give nothing.
    """
    before, after = _entries(old), _entries(new)
    pairs = _pair(before, after)
    matched = {one.path for one in pairs.values()}
    partner = {mine.path: pairs[mine.path].path for mine in after if mine.path in pairs}
    found = list(_of_headers(old.header, new.header))
    for mine in after:
        theirs = pairs.get(mine.path)
        if theirs is None:
            found.append(Difference((Change.ADDED,), None, mine.path, _sentences((), mine.sentences)))
            continue
        changes: list[Change] = []
        if theirs.path != mine.path:
            same_parent = partner.get(mine.parent, mine.parent) == theirs.parent
            kept_label = theirs.path.rpartition("/")[2] == mine.path.rpartition("/")[2]
            if not (same_parent and kept_label):
                changes.append(Change.RENUMBERED if same_parent else Change.MOVED)
            elif mine.parent not in partner:
                changes.append(Change.MOVED)
            else:
                changes.append(Change.RENUMBERED)  # with what holds it
        sentences = _sentences(theirs.sentences, mine.sentences)
        if sentences:
            changes.append(Change.CHANGED)
        if changes:
            found.append(Difference(tuple(changes), theirs.path, mine.path, sentences))
    found += [
        Difference((Change.REMOVED,), one.path, None, _sentences(one.sentences, ()))
        for one in before
        if one.path not in matched
    ]
    return _with_moves(found)


def _of_headers(old: Header, new: Header) -> Iterator[Difference]:
    """What the lines above the letter state differently, kind by kind."""
    for kind in FieldKind:
        found = _sentences(_stated(old, kind), _stated(new, kind))
        if found:
            place = f"{Role.HEADER.value}/{kind.value}"
            yield Difference((Change.CHANGED,), place, place, found)


def _stated(header: Header, kind: FieldKind) -> list[Sentence]:
    """The lines of a kind; a title's as one, however it is broken."""
    lines = header.all(kind)
    texts = [header.title] if kind is FieldKind.TITLE and lines else [one.text for one in lines]
    pairs = zip(texts, lines, strict=False)
    return [Sentence(text, Role.HEADER, n, one.where, one.where.line) for n, (text, one) in enumerate(pairs, 1)]


def _with_moves(found: Sequence[Difference]) -> tuple[Difference, ...]:
    """The same, a sentence that left one provision and stands word for word in another said to have moved."""
    gone: dict[str, deque[tuple[int, int]]] = defaultdict(deque)
    for n, one in enumerate(found):
        for m, each in enumerate(one.sentences):
            if each.change is Change.REMOVED and each.old is not None and _may_move(each.old):
                gone[each.old.digest].append((n, m))
    moved = [list(one.sentences) for one in found]
    for n, one in enumerate(found):
        for m, each in enumerate(one.sentences):
            queue = gone.get(each.new.digest) if each.change is Change.ADDED and each.new is not None else None
            if not queue:
                continue
            k, i = queue.popleft()
            moved[n][m] = replace(each, change=Change.MOVED, elsewhere=found[k].old or "")
            moved[k][i] = replace(moved[k][i], change=Change.MOVED, elsewhere=one.new or "")
    return tuple(replace(one, sentences=tuple(each)) for one, each in zip(found, moved, strict=True))


def _may_move(sentence: Sentence) -> bool:
    return sentence.number > 0 and sentence.role is not Role.HEADER and len(sentence.text) >= _MOVES


def _entries(document: Document) -> list[Entry]:
    found: list[Entry] = []
    for part in document.parts:
        found.append(Entry(part.path, (*_noted(part), *part.sentences)))
        for top in part.provisions:
            found += [Entry(one.path, one.sentences) for one in top.walk()]
    return found


def _noted(part: Part) -> Iterator[Sentence]:
    """What is noted beside the part's label, as a heading: 別表(第1関係)."""
    note = plain(part.mark).removeprefix(part.label).strip("()") if part.label else ""
    if note and part.label not in note:
        yield Sentence(f"({note})", Role.HEADING, 0, part.where, part.where.line)


def _pair(before: list[Entry], after: list[Entry]) -> dict[str, Entry]:
    """For each new path the old entry it continues: same words, there or elsewhere; same heading; alike; same place."""
    pairs: dict[str, Entry] = {}
    left = {one.path: one for one in before}
    at_place = dict(left)
    for mine in after:
        theirs = at_place.get(mine.path)
        if theirs is not None and theirs.content == mine.content:
            pairs[mine.path] = left.pop(mine.path)
    for by_heading in (False, True):
        waiting: dict[str, deque[Entry]] = defaultdict(deque)
        for one in left.values():
            if key := _key(one, by_heading=by_heading):
                waiting[key].append(one)
        for mine in after:
            queue = waiting.get(_key(mine, by_heading=by_heading))
            if mine.path in pairs or not queue:
                continue
            theirs = next((one for one in islice(queue, 20) if one.path == mine.path), None)
            theirs = theirs or next((one for one in islice(queue, 20) if one.parent == mine.parent), queue[0])
            queue.remove(theirs)
            pairs[mine.path] = left.pop(theirs.path)
    _pair_alike(left, [one for one in after if one.path not in pairs], pairs)
    for mine in after:
        place = _place_before(mine, pairs)
        if mine.path not in pairs and place in left:
            pairs[mine.path] = left.pop(place)
    return pairs


def _pair_alike(left: dict[str, Entry], fresh: Sequence[Entry], pairs: dict[str, Entry]) -> None:
    old = list(left.values())

    def nearness(n: int, m: int) -> float:
        place = _place_before(fresh[m], pairs)
        if place == old[n].path:
            return _SAME_PLACE
        return _SAME_PARENT if place.rpartition("/")[0] == old[n].parent else 0.0

    for n, m in list(pairs_alike([one.wordings for one in old], [one.wordings for one in fresh], nearness)):
        pairs[fresh[m].path] = left.pop(old[n].path)


def _place_before(mine: Entry, pairs: dict[str, Entry]) -> str:
    """The old path of the same label under what its parent was."""
    parent = pairs.get(mine.parent)
    return f"{parent.path}/{mine.path.rpartition('/')[2]}" if parent is not None else mine.path


def _key(entry: Entry, *, by_heading: bool) -> str:
    if not by_heading:
        return entry.content if entry.sentences else ""
    return entry.heading


def _sentences(old: Iterable[Sentence], new: Iterable[Sentence]) -> tuple[SentenceDifference, ...]:
    """Sentences of one provision that differ: same words are the same, the rest goes by likeness, then by number."""
    waiting: dict[str, deque[Sentence]] = defaultdict(deque)
    for one in old:
        waiting[one.digest].append(one)
    fresh: list[Sentence] = []
    for one in new:
        if waiting.get(one.digest):
            waiting[one.digest].popleft()
        else:
            fresh.append(one)
    gone = sorted((one for queue in waiting.values() for one in queue), key=lambda one: (one.number, one.where))
    partner = _partners(gone, fresh)
    found = [
        SentenceDifference(Change.CHANGED if n in partner else Change.ADDED, partner.get(n), one)
        for n, one in enumerate(fresh)
    ]
    taken = {id(one) for one in partner.values()}
    found += [SentenceDifference(Change.REMOVED, one, None) for one in gone if id(one) not in taken]
    return tuple(found)


def _partners(gone: Sequence[Sentence], fresh: Sequence[Sentence]) -> dict[int, Sentence]:
    """For sentences of ``fresh``, by index, the one it rewords: of its role and alike, else of its role and number."""
    found: dict[int, Sentence] = {}
    for role in dict.fromkeys(one.role for one in fresh):
        old = [one for one in gone if one.role is role]
        new = [n for n, one in enumerate(fresh) if one.role is role]
        alike = pairs_alike([(one.text,) for one in old], [(fresh[n].text,) for n in new], lambda _m, _n: 0.0)
        taken: set[int] = set()
        for m, n in alike:
            found[new[n]] = old[m]
            taken.add(m)
        at_place = {one.number: one for m, one in enumerate(old) if m not in taken}
        for n in new:
            if n not in found and fresh[n].number in at_place:
                found[n] = at_place.pop(fresh[n].number)
    return found
