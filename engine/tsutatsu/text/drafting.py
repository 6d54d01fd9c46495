"""A first ledger for a text: what each passage most likely is, guessed from its modality; never more than a draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from tsutatsu.text.ledger import Entry, Ledger, Passage, Treatment, digest_of_whole, header_kinds, passages_of
from tsutatsu.text.nodes import Document, FieldKind, Role

_MODALITIES: Final = (
    ("してはならない", "禁止"),
    ("てはならない", "禁止"),
    ("ことはできない", "禁止"),
    ("ことができない", "禁止"),
    ("よう努め", "努力"),
    ("努める", "努力"),
    ("努めなければ", "努力"),
    ("努められたい", "努力"),
    ("配慮する", "配慮"),
    ("配意する", "配慮"),
    ("留意する", "配慮"),
    ("をもって充て", "充て職"),
    ("もって充てる", "充て職"),
    ("を充てる", "充て職"),
    ("ことができる", "許可"),
    ("ことができるもの", "許可"),
    ("を置く", "設置"),
    ("を設置する", "設置"),
    ("なければならない", "義務"),
    ("ものとする", "義務"),
    ("すること。", "義務"),
    ("されたい", "義務"),
    ("取り組まれ", "義務"),
)
_DEFINES: Final = re.compile("をいう。|の意義は|とは、|（以下「[^」]{1,60}」という。）$")
_NOT_SUPPLIED: Final = re.compile(r"[\s（(]*略[\s）)]*")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a passage most likely is: its treatment, and the force of the norm it calls for, where it calls for one."""

    passage: Passage
    treatment: Treatment
    force: str = ""


def guesses(document: Document) -> Iterator[Guess]:
    """A guess for every passage, in the order of the text."""
    kinds = header_kinds(document)
    for one in passages_of(document):
        if one.role is Role.HEADER:
            to = kinds[one.number - 1] in (FieldKind.ADDRESSEE, FieldKind.COPY)
            yield Guess(one, Treatment.ADDRESSEE if to else Treatment.HEADER)
        else:
            yield _guess(one)


def draft(document: Document) -> Ledger:
    """A ledger in which nothing is carried yet."""
    entries = tuple(_entry(one) for one in guesses(document))
    return Ledger(entries, len(entries), digest_of_whole(entries))


def renewed(ledger: Ledger, document: Document) -> Ledger:
    """The ledger with the text's own passages: what was said of one stays with it, also where it was moved or reworded.

    A passage in the place of one that is gone is taken for its new wording; any other new passage gets a draft.
    """
    fresh = draft(document).entries
    moved = {one.digest for one in fresh}
    at = {(one.path, one.number): one for one in ledger.entries}
    by_digest = {one.digest: one for one in reversed(ledger.entries)}

    def before(one: Entry) -> Entry | None:
        same_place = at.get((one.path, one.number))
        if same_place is not None and (same_place.digest == one.digest or same_place.digest not in moved):
            return by_digest.get(one.digest, same_place) if same_place.digest != one.digest else same_place
        return by_digest.get(one.digest)

    entries = tuple(_kept(one, before(one)) for one in fresh)
    return Ledger(entries, len(entries), digest_of_whole(entries))


def _kept(fresh: Entry, old: Entry | None) -> Entry:
    if old is None:
        return fresh
    return replace(fresh, treatment=old.treatment, carriers=old.carriers, waiver=old.waiver)


def _entry(guess: Guess) -> Entry:
    one = guess.passage
    return Entry(one.path, one.number, one.role, one.digest, guess.treatment)


def _guess(one: Passage) -> Guess:
    match one.role:
        case Role.HEADING | Role.CLOSING:
            return Guess(one, Treatment.HEADING)
        case Role.FORM_ROW | Role.TABLE_ROW:
            return Guess(one, Treatment.FORM)
        case _:
            pass
    if _NOT_SUPPLIED.fullmatch(one.text):
        return Guess(one, Treatment.NOT_SUPPLIED)
    text = "".join(one.text.split())
    found = [(text.rfind(word), force) for word, force in _MODALITIES if word in text]
    if found:
        return Guess(one, Treatment.NORM, max(found)[1])
    if _DEFINES.search(text):
        return Guess(one, Treatment.DEFINITION)
    return Guess(one, Treatment.NORM if one.role is Role.PROVISO else Treatment.BACKGROUND)
