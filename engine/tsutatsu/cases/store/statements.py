"""The statements of every command, made once: to make one costs more than to run it."""

from typing import Final

from sqlalchemy import BindParameter, Text, bindparam, delete, insert, select, update

from tsutatsu.cases.store.tables import (
    BODIES,
    CASES,
    DUTIES,
    ENTRIES,
    HEADS,
    LEAVES,
    LINKS,
    LOOKS,
    META,
    OUTBOX,
    TIMERS,
)

_CASE: Final[BindParameter[str]] = bindparam("of_case", type_=Text)

ADD_ENTRY, ADD_BODY, ADD_LEAF, ADD_DUTY, ADD_MESSAGE, ADD_TIMER, ADD_LOOK, ADD_HEAD = (
    insert(one) for one in (ENTRIES, BODIES, LEAVES, DUTIES, OUTBOX, TIMERS, LOOKS, HEADS)
)

VERSIONS: Final = (
    select(CASES.c.id, CASES.c.version).where(CASES.c.id.in_(bindparam("names", expanding=True))).order_by(CASES.c.id)
)
"""The versions of the cases called ``names``, in one order."""
VERSIONS_LOCKED: Final = VERSIONS.with_for_update()

ENTRIES_OF: Final = (
    select(ENTRIES.c.header, BODIES.c.text)
    .select_from(
        ENTRIES.outerjoin(BODIES, (BODIES.c.case_id == ENTRIES.c.case_id) & (BODIES.c.number == ENTRIES.c.number))
    )
    .where(ENTRIES.c.case_id == _CASE)
    .order_by(ENTRIES.c.number)
)
"""A case's entries in order, each with its body where it has not been erased."""
LINK_BEFORE: Final = select(ENTRIES.c.link).where(ENTRIES.c.case_id == _CASE, ENTRIES.c.number == bindparam("nth"))
LINKED_WITH_IT: Final = select(LINKS.c.case_id).where(LINKS.c.other == _CASE)
MOVE_CASE: Final = (
    update(CASES)
    .where(CASES.c.id == _CASE)
    .values({
        name: bindparam(f"new_{name}")
        for name in ("directive", "issued", "workflow", "state", "version", "last_at", "next_due")
    })
)  # fmt: skip
DROP_TIMERS: Final = delete(TIMERS).where(TIMERS.c.case_id == _CASE)
DROP_LOOK: Final = delete(LOOKS).where(LOOKS.c.case_id == _CASE)
DROP_DUTY: Final = delete(DUTIES).where(
    DUTIES.c.case_id == _CASE,
    *(DUTIES.c[name] == bindparam(f"of_{name}") for name in ("judgement", "norm", "unit")),
)

UNSEALED: Final = (
    select(LEAVES.c.case_id, LEAVES.c.number, LEAVES.c.leaf)
    .where(LEAVES.c.place.is_(None))
    .order_by(LEAVES.c.case_id, LEAVES.c.number)
)
NUMBER_LEAF: Final = (
    update(LEAVES).where(LEAVES.c.case_id == _CASE, LEAVES.c.number == bindparam("nth")).values(place=bindparam("here"))
)
NEWEST_HEAD: Final = select(HEADS).order_by(HEADS.c.size.desc()).limit(1)
STORE_NAME: Final = select(META.c.value).where(META.c.name == "store")
