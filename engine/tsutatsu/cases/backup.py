"""A whole store as one file, and back: into SQLite or PostgreSQL, whichever it came from."""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from errno import EINVAL
from pathlib import Path
from typing import Any, Final, TextIO, cast

from sqlalchemy import Column, Connection, Text, insert, select, text
from sqlalchemy.exc import IntegrityError

from tsutatsu.cases.flushing import flush_folder
from tsutatsu.cases.store.connecting import connect
from tsutatsu.cases.store.migrations import NEWEST
from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import METADATA
from tsutatsu.diagnostics import Refused, finding

FORMAT: Final = "tsutatsu backup 1"
TABLES: Final = tuple(table for table in METADATA.sorted_tables if table.name != "migrations")
MOST_AT_ONCE: Final = 500
MOST_NUMBER: Final = 2**63
"""What a column of numbers does not reach."""


def back_up(store: Store, path: Path) -> int:
    """Writes every row, as of one moment, and at the end how many there are and a digest over all; how many."""
    if path.exists() and not path.is_file():  # a device would be replaced
        raise OSError(EINVAL, os.strerror(EINVAL), str(path))
    partial = path.with_name(path.name + ".part")
    try:
        with store.database.reading() as connection, partial.open("w", encoding="utf-8") as file:
            if store.database.postgres:  # however slow the disk is: a reader is in nobody's way
                connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            count = _write(connection, file)
        partial.replace(path)
        flush_folder(path.parent)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return count


def _write(connection: Connection, file: TextIO) -> int:
    digest, count = hashlib.sha256(), 0
    head = {"format": FORMAT, "step": NEWEST}
    for row in (head, *_rows(connection)):
        line = json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"
        digest.update(line.encode())
        file.write(line)
        count += 1
    file.write(json.dumps({"rows": count - 1, "digest": digest.hexdigest()}) + "\n")
    file.flush()
    os.fsync(file.fileno())
    return count - 1


def _rows(connection: Connection) -> Iterator[dict[str, object]]:
    for table in TABLES:
        for row in connection.execute(select(table).order_by(*table.primary_key)).mappings():
            yield {"table": table.name, "row": dict(row)}


def restore(path: Path, place: str) -> int:
    """Fills a new store from a backup; refused, nothing being written, where it is not whole. How many rows."""
    step, lines = _whole(path)

    def fill(connection: Connection) -> None:
        for table in TABLES:
            rows = [one["row"] for one in lines if one["table"] == table.name]
            for at in range(0, len(rows), MOST_AT_ONCE):
                connection.execute(insert(table), rows[at : at + MOST_AT_ONCE])

    try:
        connect(place, fill=fill, step=step).close()
    except IntegrityError:  # rows that cannot stand beside each other, under a digest that was made to fit
        raise Refused([finding("TS877", place=path)]) from None
    return len(lines)


def _whole(path: Path) -> tuple[int, list[dict[str, Any]]]:
    """The step and the rows of a backup that is whole."""
    try:
        *lines, last, rest = path.read_bytes().decode().split("\n")  # other line ends may stand in a text
        ending: object = json.loads(last)
        plain: list[dict[str, Any]] = [json.loads(line) for line in lines]
        head, rows = _mapping(plain[0] if plain else None), plain[1:]
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Refused([finding("TS855", place=path, why=why, why_en=why)]) from None
    except (ValueError, RecursionError):
        raise Refused([finding("TS877", place=path)]) from None
    counted = {"rows": len(rows), "digest": hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()}
    if rest or ending != counted or head.get("format") != FORMAT:
        raise Refused([finding("TS877", place=path)])
    step = head.get("step")
    if type(step) is not int or not 1 <= step <= NEWEST:
        raise Refused([finding("TS876", place=path, found=step, known=NEWEST)])
    if not _fitting(rows):
        raise Refused([finding("TS877", place=path)])
    return step, rows


def _fitting(rows: Iterable[object]) -> bool:
    """Whether each is a row of a table that there is, with values of its columns' kinds, the same columns in each."""
    tables = {table.name: table.columns for table in TABLES}
    named: dict[str, set[str]] = {}
    for row in rows:
        one = _mapping(row)
        name, cells = str(one.get("table")), _mapping(one.get("row"))
        if not cells or len(one) != 2 or name not in tables or named.setdefault(name, set(cells)) != set(cells):
            return False
        if not all(cell in tables[name] and _holds(tables[name][cell], value) for cell, value in cells.items()):
            return False
    return True


def _mapping(plain: object) -> dict[str, object]:
    return cast("dict[str, object]", plain) if isinstance(plain, dict) else {}


def _holds(column: Column[Any], value: object) -> bool:
    """Whether a column can hold the value."""
    if value is None:
        return True
    if isinstance(column.type, Text):
        return isinstance(value, str) and _encodable(value)
    return type(value) is int and abs(value) < MOST_NUMBER


def _encodable(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
