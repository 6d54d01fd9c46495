"""Many open cases at once, made from one that went its way: the same rows, each case with its own name and chain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from handing import ASKER, AT, SUBMITTED
from sqlalchemy import insert, select

from tsutatsu.cases.audit.chain import FIRST, leaf, link
from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import BODIES, CASES, ENTRIES, LEAVES, LOOKS, OUTBOX, TIMERS

MODEL = "model-00000000"
KEPT = timedelta(days=90)
AT_ONCE = 5_000


def fill(store: Store, count: int, day_of: Callable[[int], int]) -> None:
    """So many cases in which a recording was asked for; each is erased ``day_of`` its number days after the first."""
    store.start("handing", ASKER, AT, name=MODEL)
    store.do(MODEL, "submit", ASKER, SUBMITTED, AT)
    with store.database.reading() as connection:
        rows = {
            table: [dict(row) for row in connection.execute(select(table).where(key == MODEL)).mappings()]
            for table, key in (
                (CASES, CASES.c.id), (ENTRIES, ENTRIES.c.case_id), (BODIES, BODIES.c.case_id),
                (LEAVES, LEAVES.c.case_id), (TIMERS, TIMERS.c.case_id), (OUTBOX, OUTBOX.c.case_id),
                (LOOKS, LOOKS.c.case_id),
            )
        }  # fmt: skip
    due = rows[TIMERS][0]["due_at"]
    for at in range(0, count, AT_ONCE):
        made: dict[object, list[dict[str, object]]] = {table: [] for table in rows}
        for number in range(at, min(at + AT_ONCE, count)):
            later = (datetime.fromisoformat(due) + timedelta(days=day_of(number))).isoformat()
            for table, row in _one(rows, f"case-{number:09d}", due, later):
                made[table].append(row)
        with store.database.writing() as connection:
            for table, several in made.items():
                if several:
                    connection.execute(insert(table), several)
        store.seal(AT)


def _one(rows, name: str, due: str, later: str) -> Iterator[tuple[object, dict[str, object]]]:
    yield CASES, {**rows[CASES][0], "id": name, "next_due": later}
    yield TIMERS, {**rows[TIMERS][0], "case_id": name, "due_at": later}
    for look in rows[LOOKS]:
        yield LOOKS, {**look, "case_id": name, "at": later if look["at"] == due else look["at"]}
    before = FIRST
    for entry, body, message in zip(rows[ENTRIES], rows[BODIES], rows[OUTBOX], strict=True):
        header = entry["header"].replace(MODEL, name).replace(due, later)
        before = link(before, header, entry["commitment"])
        yield ENTRIES, {**entry, "case_id": name, "header": header, "link": before}
        yield BODIES, {**body, "case_id": name}
        yield OUTBOX, {**message, "case_id": name, "text": message["text"].replace(MODEL, name)}
        yield (
            LEAVES,
            {"case_id": name, "number": entry["number"], "leaf": leaf(name, entry["number"], before), "place": None},
        )
