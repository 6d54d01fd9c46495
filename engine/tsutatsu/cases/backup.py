"""A whole store as one file, and back: into SQLite or PostgreSQL, whichever it came from."""

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert, select

from tsutatsu.cases.store.connecting import connect
from tsutatsu.cases.store.migrations import NEWEST
from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import METADATA
from tsutatsu.diagnostics import Refused, finding

FORMAT: Final = "tsutatsu backup 1"
TABLES: Final = tuple(table for table in METADATA.sorted_tables if table.name != "migrations")
MOST_AT_ONCE: Final = 500


def back_up(store: Store, path: Path) -> int:
    """Writes every row, as of one moment, and at the end how many there are and a digest over all; how many."""
    digest, count = hashlib.sha256(), 0
    partial = path.with_name(path.name + ".part")
    with store.database.reading() as connection, partial.open("w", encoding="utf-8") as file:
        head = {"format": FORMAT, "step": NEWEST}
        for row in (head, *_rows(connection)):
            line = json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"
            digest.update(line.encode())
            file.write(line)
            count += 1
        file.write(json.dumps({"rows": count - 1, "digest": digest.hexdigest()}) + "\n")
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return count - 1


def _rows(connection: Any) -> Iterator[dict[str, object]]:  # noqa: ANN401  (the library's own)
    for table in TABLES:
        for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
            yield {"table": table.name, "row": dict(row)}


def restore(path: Path, place: str) -> int:
    """Fills a new store from a backup; refused, nothing being written, where it is not whole. How many rows."""
    lines = _whole(path)
    database = connect(place, new=True)
    try:
        with database.writing() as connection:
            for table in TABLES:
                rows = [one["row"] for one in lines if one["table"] == table.name]
                for at in range(0, len(rows), MOST_AT_ONCE):
                    connection.execute(insert(table), rows[at : at + MOST_AT_ONCE])
    finally:
        database.close()
    return len(lines)


def _whole(path: Path) -> list[dict[str, Any]]:
    """The rows of a backup that is whole."""
    try:
        *lines, last, rest = path.read_bytes().decode().split("\n")  # other line ends may stand in a text
        ending: object = json.loads(last)
        plain: list[dict[str, Any]] = [json.loads(line) for line in lines]
        head, *rows = plain
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Refused([finding("TS855", place=path, why=why, why_en=why)]) from None
    except ValueError:
        raise Refused([finding("TS877", place=path)]) from None
    counted = {"rows": len(rows), "digest": hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()}
    if rest or ending != counted or head.get("format") != FORMAT:
        raise Refused([finding("TS877", place=path)])
    if head.get("step") != NEWEST:
        raise Refused([finding("TS876", place=path, found=head.get("step"), known=NEWEST)])
    return rows
