"""What several processes do to cases at once: commands under keys, clocks, messages; and what must then be there."""

from __future__ import annotations

import json
import resource
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from handing import ASKER, AT, MANAGER, SUBMITTED
from sqlalchemy import select

from tsutatsu.cases import Deed, Done, Refusal
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import Checker
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.clockwork import fire
from tsutatsu.cases.outbox import deliver
from tsutatsu.cases.store import reading
from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import COMMANDS, ENTRIES, OUTBOX
from tsutatsu.diagnostics import Refused

NIGHT = datetime(2025, 6, 2, 22)
TURNS = 2
"""How often each worker corrects the one case."""
ONCE = (Deed.OPENED, Deed.EVENT, Deed.BREACHED)
"""What happens to a case of these tests at most once."""
EVENTS = (("submit", ASKER, SUBMITTED), ("approve", MANAGER, {"copies": 1}), ("give", MANAGER, {}))
Say = Callable[[str], None]


def act(store: Store, say: Say, worker: str, own: int, shared: int) -> None:
    """Each of its own cases from the opening to the handing over, and in each shared case a try at submitting it.

    A worker that comes back after having been killed does it all again, under the same keys.
    """
    for number in range(own):
        name = f"{worker}-{number}"
        say(_told(store.start("handing", ASKER, AT, name=name, key=f"{name}/open")))
        for event, actor, said in EVENTS:
            came = store.do(name, event, actor, said, NIGHT, key=f"{name}/{event}")
            assert isinstance(came, Done)
            say(_told(came))
        if number < shared:
            key = f"S{number}/submit/{worker}"
            came = store.do(f"S{number}", "submit", ASKER, SUBMITTED, AT, key=key)
            say(f"refused {key}" if isinstance(came, Refusal) else _told(came))


def _told(done: Done) -> str:
    return f"taken {done.entry.key} {done.entry.case}/{done.entry.number}"


def put_right(store: Store, say: Say, worker: str) -> None:
    """So many corrections of one case, each on the version that this worker has seen; a conflict is tried again."""
    for turn in range(TURNS):
        said = {"made_on": date(2025, 5, 1 + turn)}
        while True:
            seen = store.case("K1").version
            try:
                done = store.correct(
                    "K1", ASKER, said, AT, reason=f"{worker}/{turn}", expect=seen, key=f"{worker}/{turn}"
                )
            except Refused as refused:
                say(f"conflict {refused.findings[0].code}")
                continue
            say(f"taken {done.entry.key} {done.entry.case}/{done.entry.number}")
            break


def tick(store: Store, say: Say, now: datetime) -> None:
    """All that is due."""
    for fired in fire(store, now):
        for one in fired.entries:
            say(f"fired {one.case}/{one.number}")
    say(f"megabytes {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}")


@dataclass(frozen=True, slots=True)
class Lines:
    """A sink that also counts as steps of the process: it may die before the sending, and between it and the mark."""

    path: Path
    say: Say

    def send(self, message: str, number: str) -> None:
        """Adds a line."""
        from tsutatsu.cases.outbox import FileSink

        self.say(f"takes on {number}")
        FileSink(self.path).send(message, number)
        self.say(f"sent {number}")


def send(store: Store, say: Say, file: str, now: datetime) -> None:
    """Every message that waits."""
    deliver(store, Lines(Path(file), say), lambda: now)


@dataclass(slots=True)
class Counts:
    """What is there in the end, against what was acknowledged."""

    kills: int = 0
    acknowledged: int = 0
    entries: int = 0
    lost: int = 0
    twice: int = 0
    wrong: int = 0
    """Rows that do not verify."""

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.acknowledged} acknowledged, {self.entries} entries, {self.lost} lost, "
            f"{self.twice} twice, {self.wrong} wrong"
        )

    @property
    def good(self) -> bool:
        """Whether nothing was lost, nothing happened twice, and all of it verifies."""
        return self.lost == self.twice == self.wrong == 0


def counted(store: Store, checker: Checker, said: list[str], kills: int) -> Counts:
    """Compares what was said to have been taken with what the store holds."""
    with store.database.reading() as connection:
        trail = whole_trail(connection)
        wrong = len(verify(trail, checker).findings) + len(verify_derived(connection))
        keys = {row.key: f"{row.case_id}/{row.number}" for row in connection.execute(select(COMMANDS))}
        headers = connection.execute(select(ENTRIES.c.header)).all()
    entries = [reading.entry_of(header, None) for (header,) in headers]
    done = Counter((one.case, one.deed, one.event) for one in entries if one.deed in ONCE)
    taken = dict(line.split()[1:] for line in said if line.startswith("taken "))
    refused = {line.split()[1] for line in said if line.startswith("refused ")}
    fired = [line.split()[1] for line in said if line.startswith("fired ")]
    there = {f"{one.case}/{one.number}" for one in entries}
    lost = sum(keys.get(key) != place for key, place in taken.items()) + len(refused & keys.keys())
    lost += len(set(fired) - there)
    return Counts(
        kills=kills,
        acknowledged=len(taken) + len(fired),
        entries=len(entries),
        lost=lost,
        twice=sum(count - 1 for count in done.values()) + len(fired) - len(set(fired)),
        wrong=wrong,
    )


def messages(store: Store, file: Path) -> tuple[int, int, int]:
    """Of all messages: how many there are, how many never arrived, and how many arrived more than once."""
    lines = [json.loads(line)["message"] for line in file.read_text(encoding="utf-8").splitlines()]
    with store.database.reading() as connection:
        rows = connection.execute(select(OUTBOX.c.case_id, OUTBOX.c.number)).all()
    wanted = {f"{case}/{number}" for case, number in rows}
    times = Counter(lines)
    return len(wanted), len(wanted - times.keys()), sum(count - 1 for count in times.values())
