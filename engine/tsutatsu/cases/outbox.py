"""Messages about what has happened: kept with it in one transaction, and sent until they are known to have arrived."""

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from sqlalchemy import select, update

from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import OUTBOX
from tsutatsu.diagnostics import Refused, finding

LONGEST: Final = 30
"""Seconds that a command may take over one message."""


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
        """Adds the line."""
        try:
            with self.path.open("a", encoding="utf-8") as file:
                file.write(message + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise _failed(number, str(self.path), why, why) from None


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


def deliver(store: Store, sink: Sink) -> int:
    """Sends every message that waits, the oldest first; how many there were.

    A message is marked within the transaction in which it is sent: a worker that dies in between sends it again, never
    not at all. Two workers do not send the same one.
    """
    sent = 0
    while True:
        with store.database.writing() as connection:
            asked = select(OUTBOX).where(OUTBOX.c.sent == 0)
            asked = asked.order_by(OUTBOX.c.at, OUTBOX.c.case_id, OUTBOX.c.number).limit(1)
            if store.database.postgres:
                asked = asked.with_for_update(skip_locked=True)
            row = connection.execute(asked).first()
            if row is None:
                return sent
            number = f"{row.case_id}/{row.number}"
            sink.send(json.dumps({"message": number, **json.loads(row.text)}, ensure_ascii=False), number)
            connection.execute(
                update(OUTBOX).where(OUTBOX.c.case_id == row.case_id, OUTBOX.c.number == row.number).values(sent=1)
            )
        sent += 1


def _failed(number: str, place: str, why: str, why_en: str) -> Refused:
    return Refused([finding("TS874", message=number, place=place, why=why, why_en=why_en)])
