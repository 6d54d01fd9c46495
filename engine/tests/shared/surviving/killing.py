"""Processes that work on one store and are killed (SIGKILL), each at a step that a seed draws."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from tsutatsu.cases.audit.keys import read_signer
from tsutatsu.cases.store.store import Store

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["handing", "tsutatsu.cases.store.store", "tsutatsu.cases.outbox", "psycopg"])


@dataclass(slots=True)
class Steps:
    """Counts what a process does to its database, and ends it without a word at the step ``last`` (0: never)."""

    last: int
    done: int = 0

    def count(self, *_: object) -> None:
        """One more step."""
        self.done += 1
        if self.done == self.last:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class Job:
    """What a process does: ``work(store, say, *told)``; ``say`` tells the parent of what has been acknowledged."""

    work: Callable[..., None]
    told: tuple[Any, ...] = ()


def _run(job: Job, place: str, key: str, last: int, out: Connection) -> None:
    from handing import grounds

    steps = Steps(last)
    for name in ("before_cursor_execute", "commit", "rollback"):
        event.listen(Engine, name, steps.count)
    with Store.open(place, grounds(), read_signer(Path(key))) as store:

        def say(what: str) -> None:
            steps.count()  # it may die between the commit and the answer
            out.send(what)
            steps.count()

        job.work(store, say, *job.told)
    out.send(None)


@dataclass(slots=True)
class Tally:
    """What came of it."""

    kills: int = 0
    finished: int = 0
    said: list[str] = field(default_factory=list)


def run(jobs: Sequence[Job], place: str, key: Path, tally: Tally, kill_at: Sequence[int] = ()) -> list[bool]:
    """Runs the jobs side by side, each ended at its step in ``kill_at``; which of them came to their end."""
    outs: dict[Connection, int] = {}
    processes = []
    for number, job in enumerate(jobs):
        out, within = PROCESSES.Pipe(duplex=False)
        last = kill_at[number] if number < len(kill_at) else 0
        process = PROCESSES.Process(target=_run, args=(job, str(place), str(key), last, within))
        process.start()
        within.close()
        processes.append(process)
        outs[out] = number
    ended = [False] * len(jobs)
    while outs:
        for out in wait(list(outs)):
            assert isinstance(out, Connection)
            try:
                said = out.recv()
            except (EOFError, OSError):
                outs.pop(out)
                out.close()
                continue
            if said is None:
                ended[outs[out]] = True
            else:
                tally.said.append(said)
    for process, end in zip(processes, ended, strict=True):
        process.join()
        assert end == (process.exitcode == 0), f"a worker failed: exit code {process.exitcode}"
        assert end or process.exitcode == -signal.SIGKILL
    tally.kills += ended.count(False)
    tally.finished += ended.count(True)
    return ended


def run_to_the_end(
    jobs: Sequence[Job], place: str, key: Path, rng: random.Random, *, kills: int, within: int = 400
) -> Tally:
    """Runs the jobs until each has come to its end, those that were killed again and again, ``kills`` times in all.

    Each is killed at a step between its first and the one called ``within``.
    """
    tally, waiting = Tally(), list(jobs)
    while waiting:
        left = max(kills - tally.kills, 0)
        at = [rng.randrange(1, within) if n < left else 0 for n in range(len(waiting))]
        ended = run(waiting, place, key, tally, at)
        waiting = [job for job, end in zip(waiting, ended, strict=True) if not end]
    return tally
