"""Messages about what has happened: kept with it in one transaction, and sent until they are known to have arrived."""

import io
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import Update, exists, or_, select, update

from tsutatsu.cases.flushing import flush_folder
from tsutatsu.cases.moments import at_tokyo
from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import OUTBOX
from tsutatsu.diagnostics import Refused, finding

LONGEST: Final = 30
"""Seconds that a command may take over one message."""
CLAIM: Final = timedelta(seconds=4 * LONGEST)
"""How long a message is left to the worker who has taken it on, before another one sends it."""


class Sink(Protocol):
    """Where messages go."""

    def send(self, message: str, number: str) -> None:
        """Sends one message, which carries its own number so that a repetition is known; refused where it cannot."""
        ...


@dataclass(frozen=True, slots=True)
class FileSink:
    """A file to which each message is added as a line of JSON, on the disk before it counts as sent."""

    path: Path

    def send(self, message: str, number: str) -> None:
        """Adds the line: all of it, or, where there is no room, nothing."""
        try:
            with self.path.open("ab", buffering=0) as file, _alone(file):
                before = file.seek(0, os.SEEK_END)
                line = b"" if _ends_a_line(self.path, before) else b"\n"  # after one who was stopped within a line
                line += message.encode() + b"\n"
                try:
                    while line:
                        line = line[file.write(line) :]
                    os.fsync(file.fileno())
                    if not before:
                        flush_folder(self.path.parent)
                except OSError:
                    os.ftruncate(file.fileno(), before)
                    raise
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise _failed(number, str(self.path), why, why) from None


@contextmanager
def _alone(file: io.FileIO) -> Generator[None]:
    """Nobody else adds to the file meanwhile (where the system can tell)."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX)
    yield  # closing the file lets go


def _ends_a_line(path: Path, size: int) -> bool:
    if not size:
        return True
    with path.open("rb") as file:
        file.seek(size - 1)
        return file.read(1) == b"\n"


@dataclass(frozen=True, slots=True)
class CommandSink:
    """A command that gets each message on standard input, and takes it by ending with 0."""

    command: Sequence[str]

    def send(self, message: str, number: str) -> None:
        """Runs the command."""
        try:
            run = subprocess.run(  # noqa: S603  # the administrator's own command, without a shell
                list(self.command), input=message.encode(), timeout=LONGEST, check=False, stdout=subprocess.DEVNULL
            )
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise _failed(number, self.command[0], why, why) from None
        except subprocess.TimeoutExpired:
            raise _failed(number, self.command[0], f"{LONGEST}秒で終わらない", f"not done in {LONGEST} s") from None
        if run.returncode:
            raise _failed(number, self.command[0], f"終了コード {run.returncode}", f"exit code {run.returncode}")


@dataclass(frozen=True, slots=True)
class _Message:
    """A message that a worker has taken on."""

    case: str
    number: int
    text: str

    def __str__(self) -> str:
        return f"{self.case}/{self.number}"

    @property
    def row(self) -> Update:
        """Its row, to be changed."""
        return update(OUTBOX).where(OUTBOX.c.case_id == self.case, OUTBOX.c.number == self.number)


def deliver(store: Store, sink: Sink, clock: Callable[[], datetime]) -> int:
    """Sends every message that waits, the oldest first, those of one case in their order; how many there were.

    A message is claimed, sent while nothing in the store is held, and marked. A worker that dies in between leaves a
    claim, which by ``clock`` runs out: the message is then sent again, under the same number, never not at all.
    """
    sent, worker = 0, secrets.token_hex(8)
    while (one := _claimed(store, worker, at_tokyo(clock()))) is not None:
        number = str(one)
        try:
            sink.send(json.dumps({"message": number, **json.loads(one.text)}, ensure_ascii=False), number)
        except BaseException:
            with store.database.writing() as connection:
                letting_go = one.row.where(OUTBOX.c.claimed_by == worker)
                connection.execute(letting_go.values(claimed_at=None, claimed_by=None))
            raise
        with store.database.writing() as connection:
            connection.execute(one.row.values(sent=1, claimed_at=None, claimed_by=None))
        sent += 1
    return sent


def _claimed(store: Store, worker: str, now: datetime) -> _Message | None:
    """The next message that nobody else is sending, taken on by ``worker``.

    A claim from a moment that lies ahead, as of a clock that was wrong, holds no longer than any other.
    """
    earlier = OUTBOX.alias()
    before = exists().where(earlier.c.case_id == OUTBOX.c.case_id, earlier.c.number < OUTBOX.c.number)
    at = OUTBOX.c.claimed_at
    free = or_(at.is_(None), at <= (now - CLAIM).isoformat(), at >= (now + CLAIM).isoformat())
    asked = (
        select(OUTBOX.c.case_id, OUTBOX.c.number, OUTBOX.c.text)
        .where(OUTBOX.c.sent == 0, free, ~before.where(earlier.c.sent == 0))
        .order_by(OUTBOX.c.at, OUTBOX.c.case_id, OUTBOX.c.number)
        .limit(1)
    )
    if store.database.postgres:
        asked = asked.with_for_update(skip_locked=True, of=OUTBOX)
    with store.database.writing() as connection:
        row = connection.execute(asked).first()
        if row is None:
            return None
        one = _Message(row.case_id, row.number, row.text)
        connection.execute(one.row.values(claimed_at=now.isoformat(), claimed_by=worker))
    return one


def _failed(number: str, place: str, why: str, why_en: str) -> Refused:
    return Refused([finding("TS874", message=number, place=place, why=why, why_en=why_en)])
