"""ledger.yaml → the ledger: every entry with its treatment and what carries it; what contradicts itself is found."""

import re
from typing import Final

from tsutatsu.passes.names import Names
from tsutatsu.syntax.forms import Form
from tsutatsu.syntax.keywords import japanese
from tsutatsu.text.ledger import CARRIED, Entry, Ledger, Treatment, Waiver, digest_of_whole
from tsutatsu.text.nodes import Role

_SHA256: Final = re.compile("[0-9a-f]{64}", re.ASCII)


def lower_ledger(form: Form, names: Names) -> Ledger:
    """The entries as far as they can be read; with everything found in them."""
    entries: list[Entry] = []
    seen: dict[tuple[str, int], Entry] = {}
    for one in form.forms("ledger"):
        entry = _entry(one, names)
        if entry is None:
            continue
        key = (entry.path, entry.number)
        if key in seen:
            names.find("TS357", entry.where, place=entry.place)
            continue
        seen[key] = entry
        entries.append(entry)
    whole = form.form("whole")
    ledger = Ledger(
        tuple(entries),
        (whole.number("sentences") if whole else None) or 0,
        whole.text("digest") if whole else "",
        form.source,
    )
    if whole is not None and (len(entries) != ledger.count or digest_of_whole(entries) != ledger.digest):
        names.find("TS358", whole.source, stated=ledger.count, listed=len(entries))
    return ledger


def _entry(form: Form, names: Names) -> Entry | None:
    role, treatment, number = form.said("role"), form.said("treatment"), form.number("sentence")
    path, digest = form.said("provision"), form.said("digest")
    if role is None or treatment is None or number is None or path is None or digest is None:
        return None  # found already, by its shape
    if not _SHA256.fullmatch(digest.text):
        names.find("TS362", digest.source, word=digest.text)
    entry = Entry(
        path.text,
        number,
        Role(japanese(role.text)),
        digest.text,
        Treatment(japanese(treatment.text)),
        tuple(said.text for said in form.names("carried_by")),
        _waiver(form.form("waived")),
        form.flag("recheck"),
        form.source.citing(path.text),
    )
    if entry.treatment in CARRIED and not entry.carriers:
        names.find("TS359", treatment.source.citing(entry.path), place=entry.place, word=entry.treatment.value)
    if entry.recheck:
        names.find("TS368", entry.where, place=entry.place, carriers="、".join(entry.carriers) or "-")
    if (entry.treatment is Treatment.WAIVED) != (entry.waiver is not None):
        names.find("TS360", treatment.source, place=entry.place)
    return entry


def _waiver(form: Form | None) -> Waiver | None:
    if form is None:
        return None
    day = form.day("day")
    return Waiver(form.text("post"), form.text("person_deciding"), day.day if day else None, form.text("reason"))
