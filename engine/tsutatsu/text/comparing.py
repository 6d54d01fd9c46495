"""What differs between two texts of a circular, provision by provision."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from typing import Any

from tsutatsu.text.nodes import Document, Sentence, digest_of


class Change(Enum):
    """What happened to a provision or sentence."""

    CHANGED = "changed"
    MOVED = "moved"
    RENUMBERED = "renumbered"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class SentenceDifference:
    """A sentence that was changed, added or removed; the side on which it does not stand is none."""

    change: Change
    old: Sentence | None
    new: Sentence | None

    def to_dict(self) -> dict[str, Any]:
        """The difference as JSON carries it."""
        return {
            "change": self.change.value,
            "old": self.old.to_dict() if self.old else None,
            "new": self.new.to_dict() if self.new else None,
        }


@dataclass(frozen=True, slots=True)
class Difference:
    """A provision (or a part's own text) that differs: its changes, its path before and after, its sentences."""

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
    def content(self) -> str:
        """The fingerprint of all its sentences, roles included; layout and numbering excluded."""
        return digest_of("".join(f"[{one.role.value}]{one.digest}" for one in self.sentences))


def diff(old: Document, new: Document) -> tuple[Difference, ...]:
    """What differs, in the order of the new text, what was removed last. Equal texts give nothing."""
    before, after = _entries(old), _entries(new)
    pairs = _pair(before, after)
    matched = {one.path for one in pairs.values()}
    partner = {mine.path: pairs[mine.path].path for mine in after if mine.path in pairs}
    found: list[Difference] = []
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
    return tuple(found)


def _entries(document: Document) -> list[Entry]:
    found: list[Entry] = []
    for part in document.parts:
        found.append(Entry(part.path, part.sentences))
        for top in part.provisions:
            found += [Entry(one.path, one.sentences) for one in top.walk()]
    return found


def _pair(before: list[Entry], after: list[Entry]) -> dict[str, Entry]:
    """For each new path the old entry it continues: same place and words; same words; same heading; same place."""
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
    for mine in after:
        if mine.path not in pairs and mine.path in left:
            pairs[mine.path] = left.pop(mine.path)
    return pairs


def _key(entry: Entry, *, by_heading: bool) -> str:
    if not by_heading:
        return entry.content if entry.sentences else ""
    return entry.heading


def _sentences(old: Iterable[Sentence], new: Iterable[Sentence]) -> tuple[SentenceDifference, ...]:
    """Sentences of one provision that differ: same words are the same, the rest is paired in order and by role."""
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
    by_role: dict[str, deque[Sentence]] = defaultdict(deque)
    for one in gone:
        by_role[one.role.value].append(one)
    found: list[SentenceDifference] = []
    for one in fresh:
        queue = by_role.get(one.role.value)
        theirs = queue.popleft() if queue else None
        found.append(SentenceDifference(Change.CHANGED if theirs else Change.ADDED, theirs, one))
    left = [one for queue in by_role.values() for one in queue]
    found += [SentenceDifference(Change.REMOVED, one, None) for one in left]
    return tuple(found)
