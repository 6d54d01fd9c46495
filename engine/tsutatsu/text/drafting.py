"""A first ledger for a text: what each passage most likely is, guessed from its modality; never more than a draft."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from tsutatsu.text.ledger import Entry, Ledger, Passage, Treatment, digest_of_whole, header_kinds, passages_of
from tsutatsu.text.modality import force_of
from tsutatsu.text.nodes import Document, FieldKind, PartKind, Role

_DEFINES: Final = re.compile("をいう。|の意義は|とは、|（以下「[^」]{1,60}」という。）$")
_REPEALS: Final = re.compile("廃止(?:する|した)。$")
"""What directive.yaml states: 廃止."""
_LISTS: Final = re.compile("次に掲げる|次の各号|次の(?:事項|要領|場合|者|もの)|(?:以下|次)の(?:とおり|いずれか)")
_UNNUMBERED: Final = frozenset({PartKind.COVERING.value, PartKind.BELOW.value, PartKind.MAIN.value})
"""The paths of text that stands in no numbered provision."""
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
    above = ""
    for one in passages_of(document):
        if one.role is Role.HEADER:
            to = kinds[one.number - 1] in (FieldKind.ADDRESSEE, FieldKind.COPY)
            yield Guess(one, Treatment.ADDRESSEE if to else Treatment.HEADER)
        else:
            yield _guess(one, above)
            if _LISTS.search(one.text):
                above = one.path


def draft(document: Document) -> Ledger:
    """A ledger in which nothing is carried yet."""
    entries = tuple(_entry(one) for one in guesses(document))
    return Ledger(entries, len(entries), digest_of_whole(entries))


def renewed(ledger: Ledger, document: Document) -> Ledger:
    """The ledger with the text's own passages: what was said of one stays with it, also where it was moved.

    A passage in the place of one that is gone is taken for its new wording; any other new passage gets a draft. Both
    are marked to be looked at again.
    """
    fresh = draft(document).entries
    moved = {one.digest for one in fresh}
    at = {(one.path, one.number): one for one in ledger.entries}
    by_digest = {one.digest: one for one in reversed(ledger.entries)}

    def before(one: Entry) -> Entry | None:
        here = at.get((one.path, one.number))
        if here is not None and here.digest == one.digest:
            return here
        elsewhere = by_digest.get(one.digest)
        return elsewhere if elsewhere is not None or here is None or here.digest in moved else here

    entries = tuple(_kept(one, before(one)) for one in fresh)
    return Ledger(entries, len(entries), digest_of_whole(entries))


def _kept(fresh: Entry, old: Entry | None) -> Entry:
    if old is None:
        return replace(fresh, recheck=True)
    kept = replace(fresh, treatment=old.treatment, carriers=old.carriers, waiver=old.waiver)
    return replace(kept, recheck=old.recheck or old.digest != fresh.digest)


def _entry(guess: Guess) -> Entry:
    one = guess.passage
    return Entry(one.path, one.number, one.role, one.digest, guess.treatment)


def _guess(one: Passage, above: str) -> Guess:
    """``above`` is the provision that announced a list last: what stands under it without a predicate is its item."""
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
    force = force_of(text, numbered=one.path not in _UNNUMBERED)
    if force:
        return Guess(one, Treatment.NORM, force)
    if _REPEALS.search(text):
        return Guess(one, Treatment.HEADER)
    if _DEFINES.search(text):
        return Guess(one, Treatment.DEFINITION)
    item = (
        bool(above)
        and one.path.startswith(f"{above}/")
        and (not text.endswith("。") or text.endswith("に関すること。"))
    )
    return Guess(one, Treatment.NORM if item or one.role is Role.PROVISO else Treatment.BACKGROUND)
