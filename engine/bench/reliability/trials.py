"""The trials: what is made to go wrong, and what is counted afterwards."""

import itertools
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from handing import ASKER, AT, SUBMITTED, grounds
from surviving import filling_up
from surviving.commands import Counts, act, counted, messages, put_right, send, tick
from surviving.cutting import Mood
from surviving.filling import fill
from surviving.killing import Job, Tally, run, run_to_the_end
from surviving.link_trial import over_a_failing_link, through_restarts
from surviving.postgres import Server, server
from surviving.power_trial import failing, steps_of

from tsutatsu.cases.audit.keys import Signer, new_key
from tsutatsu.cases.outbox import CLAIM, FileSink, deliver
from tsutatsu.cases.store.store import Store

LATE: Final = datetime(2025, 6, 6)
FIRST_DAY: Final = datetime(2025, 8, 30)
DUE: Final = 2_000


@dataclass(frozen=True, slots=True)
class Row:
    """What one seed of a trial counted."""

    name: str
    counts: dict[str, int]

    def __str__(self) -> str:
        return f"{self.name}: " + ", ".join(f"{count:,} {what}" for what, count in self.counts.items())


class Place:
    """Where stores are made."""

    def __init__(self, kind: str, folder: Path, stack: ExitStack, clocks: int) -> None:
        self.folder = folder / kind
        self.folder.mkdir()
        self.clocks = clocks
        self._numbers = itertools.count(1)
        self.server: Server | None = stack.enter_context(server("")) if kind == "postgres" else None

    def new(self) -> Path:
        """A new folder."""
        made = self.folder / str(next(self._numbers))
        made.mkdir()
        return made

    def store(self) -> tuple[str, Path, Signer]:
        """Where a new store may be made, and its key."""
        folder = self.new()
        signer = new_key(folder / "key")
        return str(folder / "cases.sqlite") if self.server is None else self.server.url(), folder / "key", signer


@dataclass(frozen=True, slots=True)
class Trial:
    """One way of going wrong."""

    name: str
    run: Callable[[Place, random.Random], Iterator[Row]]
    stores: tuple[str, ...] = ("sqlite", "postgres")


def _kills(place: Place, rng: random.Random) -> Iterator[Row]:
    where, key, signer = place.store()
    with Store.new(where, grounds(), signer) as store:
        for number in range(8):
            store.start("handing", ASKER, AT, name=f"S{number}")
        jobs = [Job(act, (f"W{n}", 12, 8)) for n in range(4)]
        tally = run_to_the_end(jobs, where, key, rng, kills=60, within=500)
        yield Row("kill -9: commands", _shown(counted(store, signer.public, tally.said, tally.kills)))
        tally = run_to_the_end([Job(tick, (LATE,))] * 4, where, key, rng, kills=20, within=150)
        yield Row("kill -9: clocks", _shown(counted(store, signer.public, tally.said, tally.kills)))
        file = key.with_name("messages.jsonl")
        tally = run_to_the_end([Job(send, (str(file), LATE))] * 3, where, key, rng, kills=20, within=150)
        deliver(store, FileSink(file), lambda: LATE + CLAIM)
        total, missing, again = messages(store, file)
        counts = {"kills": tally.kills, "messages": total, "missing": missing, "sent again": again}
        yield Row("kill -9: messages", counts | {"lost": max(again - tally.kills, 0)})


def _shown(counts: Counts) -> dict[str, int]:
    return {
        **({"kills": counts.kills} if counts.kills else {}),
        "acknowledged": counts.acknowledged,
        "entries": counts.entries,
        "lost": counts.lost,
        "twice": counts.twice,
        "do not verify": counts.wrong,
    }


def _power(place: Place, rng: random.Random) -> Iterator[Row]:
    folder = place.new()
    for setting in ("FULL", "NORMAL"):
        steps, key = steps_of(folder, setting)
        left = folder / f"left-{setting}"
        left.mkdir()
        counts = failing(steps, key, left, rng.randrange(1 << 30), 200)
        if setting == "FULL":
            shown = {"lost": counts.lost, "do not verify": counts.unsound, "missing": counts.untold}
        else:
            shown = {"lost as was to be expected": counts.lost}
        row = {"failures of power": counts.failures, "acknowledged": counts.acknowledged}
        yield Row(f"power, synchronous={setting}", row | shown)


def _disks(place: Place, _: random.Random) -> Iterator[Row]:
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    for how, before in (("limit", []), ("disk", filling_up.small_disk())):
        if before is None:
            continue
        folder = str(place.new())
        call = [*before, *([folder] if before else []), sys.executable, filling_up.__file__, folder, how]
        came = json.loads(subprocess.run(call, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout)
        once, lines, entries = came["messages"]
        yield Row(
            f"full disk ({how})",
            {
                "runs": 1,
                "acknowledged": came["taken"],
                "lost": came["lost"] + came["half"],
                "do not verify": came["wrong"] + came["torn"],
                "missing": entries - once,
                "sent again": lines - once,
            },
        )


def _links(place: Place, rng: random.Random) -> Iterator[Row]:
    from tsutatsu.cases.store.patience import Patient

    assert place.server is not None
    Patient.limit = 2.0
    for mood in (Mood.SILENT, Mood.CUT):
        found = over_a_failing_link(
            place.server, new_key(place.new() / "key"), mood, rng.randrange(1 << 30), 10 if mood is Mood.SILENT else 60
        )
        failed = {"commands failed with a finding": found.codes.total(), "of these taken": found.unheard}
        yield Row(f"a link that {mood.value}", failed | _shown(found.counts))


def _restarts(place: Place, _: random.Random) -> Iterator[Row]:
    assert place.server is not None
    found = through_restarts(place.server, new_key(place.new() / "key"), restarts=6, each=60)
    failed = {"restarts": 6, "commands failed with a finding": found.codes.total()}
    yield Row("the server restarts", failed | _shown(found.counts))


def _writers(place: Place, _: random.Random) -> Iterator[Row]:
    for name, work, told in (("one case", put_right, ()), ("many cases", act, (4, 4))):
        where, key, signer = place.store()
        with Store.new(where, grounds(), signer) as store:
            store.start("handing", ASKER, AT, name="K1")
            store.do("K1", "submit", ASKER, SUBMITTED, AT)
            for number in range(4):
                store.start("handing", ASKER, AT, name=f"S{number}")
            tally = Tally()
            assert all(run([Job(work, (f"W{n}", *told)) for n in range(16)], where, key, tally))
            late = sum(line.startswith(("conflict", "refused")) for line in tally.said)
            counts = {"came second": late} | _shown(counted(store, signer.public, tally.said, 0))
            yield Row(f"16 writers, {name}", counts)


def _clocks(place: Place, rng: random.Random) -> Iterator[Row]:
    """As many open clocks as asked for, of which two thousand are due: a thousand for two workers, then for four."""
    where, key, signer = place.store()
    with Store.new(where, grounds(), signer) as store:
        fill(store, place.clocks, lambda number: min(number // (DUE // 2), 2))
        for turn, workers in enumerate((2, 4)):
            jobs = [Job(tick, (FIRST_DAY + timedelta(days=turn),))] * workers
            tally = run_to_the_end(jobs, where, key, rng, kills=4 * workers, within=4_000)
            fired = Counter(line.split()[1] for line in tally.said if line.startswith("fired "))
            gone = len(store.cases(state="gone"))
            wanted = (turn + 1) * (DUE // 2) + 1
            yield Row(
                f"open clocks, {workers} workers",
                {
                    "open": place.clocks,
                    "kills": tally.kills,
                    "fired": gone,
                    "lost": abs(wanted - gone),
                    "twice": sum(fired.values()) - len(fired),
                    "most MB in a worker": max(
                        (int(line.split()[1]) for line in tally.said if line.startswith("megabytes")), default=0
                    ),
                },
            )


TRIALS: Final = (
    Trial("kills", _kills),
    Trial("power", _power, ("sqlite",)),
    Trial("disks", _disks, ("sqlite",)),
    Trial("links", _links, ("postgres",)),
    Trial("restarts", _restarts, ("postgres",)),
    Trial("writers", _writers),
    Trial("clocks", _clocks),
)
