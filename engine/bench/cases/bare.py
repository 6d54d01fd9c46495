"""The same rows put into the same tables by the driver alone: what the database itself costs."""

from dataclasses import dataclass
from time import perf_counter_ns, process_time_ns
from typing import Any

from sqlalchemy import select

from tsutatsu.cases import Store
from tsutatsu.cases.store.tables import BODIES, CASES, ENTRIES, HEADS, LEAVES, OUTBOX

TABLES = (ENTRIES, BODIES, OUTBOX, LEAVES, HEADS)


@dataclass(frozen=True, slots=True)
class Taken:
    """How long some commands took: by the wall, and on this process's processor."""

    wall: float
    cpu: float


class Clock:
    """Microseconds from its making."""

    def __init__(self) -> None:
        self._wall, self._cpu = perf_counter_ns(), process_time_ns()

    def read(self, count: int) -> Taken:
        """What each of ``count`` took."""
        wall, cpu = perf_counter_ns() - self._wall, process_time_ns() - self._cpu
        return Taken(wall / count / 1_000, cpu / count / 1_000)


@dataclass(frozen=True, slots=True)
class Transaction:
    """What one command wrote: the rows of each table, and where its case stood afterwards."""

    rows: dict[str, list[tuple[Any, ...]]]
    case: tuple[Any, ...]


def transactions(store: Store, after: int) -> list[Transaction]:
    """Every transaction since the head of that size, as the store has them."""
    found: list[Transaction] = []
    with store.database.reading() as connection:
        cases = {row.id: tuple(row) for row in connection.execute(select(CASES))}
        heads = connection.execute(select(HEADS).where(HEADS.c.size > after).order_by(HEADS.c.size)).all()
        for head in heads:
            sealed = select(LEAVES).where(LEAVES.c.place >= after, LEAVES.c.place < head.size)
            leaves = connection.execute(sealed.order_by(LEAVES.c.place)).all()
            rows: dict[str, list[tuple[Any, ...]]] = {}
            for table in TABLES[:3]:
                for leaf in leaves:
                    of = (table.c.case_id == leaf.case_id) & (table.c.number == leaf.number)
                    rows.setdefault(table.name, []).extend(
                        tuple(row) for row in connection.execute(select(table).where(of))
                    )
            rows |= {"leaves": [tuple(one) for one in leaves], "heads": [tuple(head)]}
            found.append(Transaction(rows, cases[leaves[-1].case_id]))
            after = head.size
    return found


class Bare:
    """An empty store into which the same is put by plain statements, a transaction each, with the store's settings."""

    def __init__(self, store: Store) -> None:
        self._raw = store.database.engine.raw_connection()
        postgres = store.database.postgres
        mark = "%s" if postgres else "?"
        self._begin = "BEGIN" if postgres else "BEGIN IMMEDIATE"
        self._insert = {
            one.name: f"INSERT INTO {one.name} VALUES ({', '.join([mark] * len(one.columns))})"
            for one in (CASES, *TABLES)
        }
        moved = ("state", "version", "last_at", "next_due")
        self._move = f"UPDATE cases SET {', '.join(f'{one} = {mark}' for one in moved)} WHERE id = {mark}"
        self._moved = [CASES.columns.keys().index(one) for one in (*moved, "id")]
        self._known: set[str] = set()
        if postgres:
            self._raw.driver_connection.autocommit = True  # type: ignore[union-attr]

    def write(self, written: list[Transaction]) -> Taken:
        """Writes these transactions."""
        cursor = self._raw.cursor()
        clock = Clock()
        for one in written:
            cursor.execute(self._begin)
            if one.case[0] in self._known:
                cursor.execute(self._move, [one.case[at] for at in self._moved])
            else:
                self._known.add(one.case[0])
                cursor.execute(self._insert["cases"], one.case)
            for table, rows in one.rows.items():
                for row in rows:
                    cursor.execute(self._insert[table], row)
            cursor.execute("COMMIT")
        return clock.read(len(written))

    def close(self) -> None:
        """Lets the connection go."""
        self._raw.close()
