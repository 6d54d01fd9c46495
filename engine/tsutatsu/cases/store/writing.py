"""What is written when something happens to a case: all of it in the caller's one transaction."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from tsutatsu.cases.audit.chain import FIRST, commitment, leaf, link, new_salt
from tsutatsu.cases.audit.heads import NONE_BEFORE, Head
from tsutatsu.cases.audit.keys import Signer
from tsutatsu.cases.audit.merkle import grown, root_at
from tsutatsu.cases.case import Body, Case, Deed, DutyRow, Entry, Linked, Pin
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.store.statements import (
    ADD_BODY,
    ADD_DUTY,
    ADD_ENTRY,
    ADD_HEAD,
    ADD_LEAF,
    ADD_LOOK,
    ADD_MESSAGE,
    ADD_TIMER,
    DROP_DUTY,
    DROP_LOOK,
    DROP_TIMERS,
    LINK_BEFORE,
    LINKED_WITH_IT,
    MOVE_CASE,
    NEWEST_HEAD,
    NUMBER_LEAF,
    STORE_NAME,
    UNSEALED,
    VERSIONS,
    VERSIONS_LOCKED,
)
from tsutatsu.cases.store.tables import (
    BODIES,
    CASES,
    COMMANDS,
    LAWS,
    LINKS,
    WAKES,
)
from tsutatsu.sealing import encode_node

SEALING_LOCK = 0x7375_7461
"""The advisory lock under which leaves are numbered on PostgreSQL."""


class Overtaken(Exception):
    """The case, or one that it depends on, moved while the command was being decided."""


def lock(connection: Connection, names: Iterable[str], *, postgres: bool) -> dict[str, int]:
    """The versions of these cases, which nobody else can change until the transaction ends; taken in one order."""
    asked = VERSIONS_LOCKED if postgres else VERSIONS
    return {row.id: row.version for row in connection.execute(asked, {"names": sorted(set(names))})}


def open_row(connection: Connection, ground: Ground, entry: Entry) -> None:
    """The row of a case that begins, and the law and the workflow that it is pinned to."""
    pin = entry.pin
    assert pin is not None
    keep_laws(connection, ground, pin)
    at = entry.at.isoformat()
    connection.execute(
        insert(CASES).values(
            id=entry.case,
            directive=pin.directive,
            issued=pin.issued.isoformat(),
            workflow=pin.workflow,
            state=entry.target,
            version=0,
            opened_at=at,
            last_at=at,
        )
    )


def keep_laws(connection: Connection, ground: Ground, pin: Pin) -> None:
    """Keeps the law and the workflow of a pin, for as long as the store stands."""
    for digest, kind, text in ((pin.text, "directive", ground.text), (pin.flow, "workflow", ground.flow)):
        if connection.execute(select(LAWS.c.digest).where(LAWS.c.digest == digest)).first() is None:
            _keep_law(connection, digest, kind, text.decode())


def _keep_law(connection: Connection, digest: str, kind: str, text: str) -> None:
    """Keeps a text, also where another writer keeps it at the same moment."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_or_leave

        connection.execute(insert_or_leave(LAWS).values(digest=digest, kind=kind, text=text).on_conflict_do_nothing())
        return
    connection.execute(insert(LAWS).values(digest=digest, kind=kind, text=text))


def append(connection: Connection, before: int, case: Case, entries: Sequence[Entry], look: datetime | None) -> None:
    """Adds entries to a case of which ``before`` are there, and derives the rest; ``case`` is as they leave it.

    ``look`` is when time alone may next change it."""
    name = case.id
    linked = FIRST
    if before:
        linked = connection.execute(LINK_BEFORE, {"of_case": name, "nth": before}).scalar_one()
    for entry in entries:
        linked = _entry(connection, entry, linked)
        _duties(connection, name, entry.duties)
        if entry.deed is Deed.LINKED:
            connection.execute(insert(LINKS).values(case_id=name, other=entry.other))
        if entry.deed is Deed.ERASED:
            connection.execute(delete(BODIES).where(BODIES.c.case_id == name, BODIES.c.number < entry.number))
            connection.execute(update(COMMANDS).where(COMMANDS.c.case_id == name).values(request=""))
        told = {"number": entry.number, "at": entry.at.isoformat(), "text": _message(entry), "sent": 0}
        connection.execute(ADD_MESSAGE, {"case_id": name, **told})
    _timers(connection, case)
    look_at(connection, name, look)
    _wake(connection, entries[-1])
    stands = {"version": case.version, "last_at": case.last.isoformat(), "next_due": next_due(case)}
    row = {f"new_{column}": value for column, value in (case_columns(case) | stands).items()}
    connection.execute(MOVE_CASE, {"of_case": name, **row})


def look_at(connection: Connection, name: str, look: datetime | None) -> None:
    """Has the worker come to a case at that moment, or not at all."""
    connection.execute(DROP_LOOK, {"of_case": name})
    if look is not None:
        connection.execute(ADD_LOOK, {"case_id": name, "at": look.isoformat()})


def case_columns(case: Case) -> dict[str, object]:
    """By what a case runs, and where it stands, as rows have it."""
    pin = case.pin
    return {
        "directive": pin.directive,
        "issued": pin.issued.isoformat(),
        "workflow": pin.workflow,
        "state": case.state,
    }


def next_due(case: Case) -> str | None:
    """When a clock of the case next runs out, as rows have it."""
    due = case.next_due
    return None if due is None else due.isoformat()


def header_of(entry: Entry) -> str:
    """The part of an entry that is never erased."""
    return encode_node(Entry, replace(entry, body=None)).decode()


def _entry(connection: Connection, entry: Entry, before: str) -> str:
    """One entry with its body and its leaf; its link."""
    header, salt = header_of(entry), new_salt()
    assert entry.body is not None
    body = encode_node(Body, entry.body).decode()
    committed = commitment(salt, body)
    linked = link(before, header, committed)
    at = {"case_id": entry.case, "number": entry.number}
    row = {"deed": entry.deed.value, "at": entry.at.isoformat(), "header": header, "commitment": committed}
    connection.execute(ADD_ENTRY, {**at, **row, "link": linked})
    connection.execute(ADD_BODY, {**at, "salt": salt, "text": body})
    connection.execute(ADD_LEAF, {**at, "leaf": leaf(entry.case, entry.number, linked), "place": None})
    return linked


def _duties(connection: Connection, name: str, duties: Iterable[DutyRow]) -> None:
    for one in duties:
        key = {"judgement": one.key.judgement, "norm": one.key.norm, "unit": one.key.unit}
        connection.execute(DROP_DUTY, {"of_case": name, **{f"of_{column}": value for column, value in key.items()}})
        connection.execute(ADD_DUTY, {"case_id": name, **key, **duty_columns(one)})


def duty_columns(one: DutyRow) -> dict[str, object]:
    """A duty's columns besides its key."""
    return {
        "standing": one.standing.value,
        "due_at": None if one.due_at is None else one.due_at.isoformat(),
        "stated": encode_node(DutyRow, one).decode(),
    }


def _timers(connection: Connection, case: Case) -> None:
    connection.execute(DROP_TIMERS, {"of_case": case.id})
    for one in case.timings:
        row = {"event": one.event, "clock": one.clock, "due_at": one.due_at.isoformat(), "held": int(one.held)}
        connection.execute(ADD_TIMER, {"case_id": case.id, **row})


def _wake(connection: Connection, entry: Entry) -> None:
    """Has the worker look at the cases that are linked with this one: they may be able to go on."""
    for name in connection.execute(LINKED_WITH_IT, {"of_case": entry.case}).scalars().all():
        connection.execute(insert(WAKES).values(case_id=name, other=entry.case, number=entry.number))


def _message(entry: Entry) -> str:
    """What the outbox tells of an entry: nothing that could be personal."""
    return json.dumps(
        {
            "case": entry.case,
            "number": entry.number,
            "deed": entry.deed.value,
            "event": entry.event or None,
            "at": entry.at.isoformat(),
            "from": entry.origin or None,
            "to": entry.target,
            "duties": [
                {
                    "duty": str(one.key),
                    "standing": one.standing.value,
                    "bearer": one.bearer,
                    "provision": one.provision,
                    "due_at": None if one.due_at is None else one.due_at.isoformat(),
                }
                for one in entry.duties
            ],
        },
        ensure_ascii=False,
    )


def overtaken(locked: dict[str, int], linked: Iterable[Linked]) -> bool:
    """Whether a linked case has moved since it was looked at."""
    return any(locked.get(one.case) != one.version for one in linked)


def seal(connection: Connection, signer: Signer, at: str) -> int:
    """Numbers the leaves that have no number, signs the head over all of them; how many were numbered."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy import func

        connection.execute(select(func.pg_advisory_xact_lock(SEALING_LOCK)))
    fresh = connection.execute(UNSEALED).all()
    if not fresh:
        return 0
    last = connection.execute(NEWEST_HEAD).first()
    size = 0 if last is None else last.size
    frontier = () if last is None else tuple(bytes.fromhex(one) for one in json.loads(last.frontier))
    store = connection.execute(STORE_NAME).scalar_one()
    previous = (
        NONE_BEFORE if last is None else Head(store, size, last.root, last.at, last.previous, last.signature).digest
    )
    connection.execute(
        NUMBER_LEAF,
        [{"of_case": row.case_id, "nth": row.number, "here": place} for place, row in enumerate(fresh, size)],
    )
    frontier = grown(frontier, size, [bytes.fromhex(row.leaf) for row in fresh])
    head = Head(store, size + len(fresh), root_at(frontier).hex(), at, previous).signed(signer)
    connection.execute(
        ADD_HEAD,
        {
            "size": head.size,
            "root": head.root,
            "at": head.at,
            "previous": head.previous,
            "signature": head.signature,
            "frontier": json.dumps([one.hex() for one in frontier]),
        },
    )
    return len(fresh)
