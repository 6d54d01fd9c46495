"""A process that works on cases in a SQLite store, and the power that fails at any step of it."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass
from pathlib import Path

from handing import grounds
from sqlalchemy import select

from surviving.power import Disk, Step, read_steps, recorded, recorder
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import new_key, read_checker
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.outbox import FileSink
from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import OUTBOX
from tsutatsu.diagnostics import Refused

ACTING = """
import os, sys
from datetime import datetime
from pathlib import Path
from sqlalchemy import Engine, event
from handing import ASKER, AT, MANAGER, SUBMITTED, grounds
from tsutatsu.cases.audit.keys import read_signer
from tsutatsu.cases.outbox import FileSink, deliver
from tsutatsu.cases.store import connecting
from tsutatsu.cases.store.store import Store

folder, key, synchronous = sys.argv[1:]
durable = connecting._durable

def settings(connection, record):
    durable(connection, record)
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    connection.execute("PRAGMA wal_autocheckpoint = 60")  # so that the log is taken over into the file many times

connecting._durable = settings
signer = read_signer(Path(key))
acknowledged = os.open(f"{folder}/acknowledged", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
place = f"{folder}/cases.sqlite"
Store.new(place, grounds(), signer).close()
os.write(acknowledged, b"made\\n")
for part in range(2):
    with Store.open(place, grounds(), signer) as store:
        for number in range(6):
            name = f"K{part}{number}"
            store.start("handing", ASKER, AT, name=name)
            os.write(acknowledged, f"{name}/1\\n".encode())
            for place_, (event_, actor, said) in enumerate(
                (("submit", ASKER, SUBMITTED), ("approve", MANAGER, {"copies": 1}), ("give", MANAGER, {})), 2
            ):
                done = store.do(name, event_, actor, said, AT)
                os.write(acknowledged, f"{name}/{place_}\\n".encode())
        deliver(store, FileSink(Path(folder) / "messages.jsonl"), lambda: AT)
"""


@dataclass(slots=True)
class Counts:
    """What came of failures of power."""

    failures: int = 0
    acknowledged: int = 0
    lost: int = 0
    unsound: int = 0
    untold: int = 0

    def __str__(self) -> str:
        return (
            f"{self.failures} failures of power, {self.acknowledged} acknowledged, {self.lost} lost, "
            f"{self.unsound} unsound, {self.untold} messages marked as sent that had not arrived"
        )


def steps_of(folder: Path, synchronous: str) -> tuple[list[Step], Path]:
    """What such a process does to its disk with this setting of ``synchronous``, and its key."""
    data, log, key = folder / synchronous, folder / f"{synchronous}.log", folder / f"{synchronous}.key"
    data.mkdir()
    new_key(key)
    recorded(recorder(folder), data, log, ACTING, str(data), str(key), synchronous)
    return read_steps(log), key


def failing(steps: list[Step], key: Path, folder: Path, seed: int, count: int) -> Counts:
    """The power fails ``count`` times, at steps that the seed draws; what each time is left of the store."""
    rng, counts = random.Random(seed), Counts()
    first = next(n for n, one in enumerate(steps) if one.name == "acknowledged" and one.kind == "w") + 1
    for number, at in enumerate(sorted(rng.sample(range(first, len(steps)), min(count, len(steps) - first)))):
        disk, said = Disk(), []
        for one in steps[:at]:
            if one.name == "acknowledged":
                said += one.data.decode().split() if one.kind == "w" else []
            else:
                disk.take(one)
        left = folder / str(number)
        left.mkdir()
        disk.after_a_failure(left, rng)
        there, sent, sound = _look(left, key)
        counts.untold += len(sent - _arrived(left / "messages.jsonl"))
        counts.failures += 1
        counts.acknowledged += len(said) - 1
        counts.lost += len(set(said) - there)
        counts.unsound += not sound
    return counts


def _look(folder: Path, key: Path) -> tuple[set[str], set[str], bool]:
    """The entries that are there, the messages that count as sent, and whether all of the store verifies."""
    try:
        with Store.open(folder / "cases.sqlite", grounds()) as store, store.database.reading() as connection:
            trail = whole_trail(connection)
            sound = not trail.entries or verify(trail, read_checker(key)).whole
            sent = select(OUTBOX.c.case_id, OUTBOX.c.number).where(OUTBOX.c.sent == 1)
            return (
                {"made", *(f"{row.case}/{row.number}" for row in trail.entries)},
                {f"{case}/{number}" for case, number in connection.execute(sent)},
                sound and not verify_derived(connection),
            )
    except Refused:
        return set(), set(), False


def _arrived(file: Path) -> set[str]:
    """The messages that stand in the file as whole lines, once one more has been added."""
    FileSink(file).send('{"message": "the next"}', "the next")
    lines = file.read_bytes().split(b"\n")
    assert lines[-2:] == [b'{"message": "the next"}', b""]
    return {json.loads(line)["message"] for line in lines if line.startswith(b"{") and line.endswith(b"}")}
