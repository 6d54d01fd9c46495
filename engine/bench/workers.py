"""The host's side of the contenders: their processes, and rounds in which each has its turn."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from environment import HERE, clean
from timing import Figure, Sample, figure


class PeerFailed(Exception):
    """A contender that could not do what it was asked."""


class Worker:
    """A process that holds the contenders of one module."""

    def __init__(self, python: Path, module: str) -> None:
        self.module = module
        self._process = subprocess.Popen(
            [str(python), str(HERE / "worker.py"), module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=clean(),
        )
        self.names: list[str] = self._heard()["ready"]

    def tell(self, do: str, name: str, **more: Any) -> dict[str, Any]:
        """What the worker says to a command."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"do": do, "name": name, **more}) + "\n")
        self._process.stdin.flush()
        found = self._heard()
        if "failed" in found:
            raise PeerFailed(found["failed"])
        return found

    def _heard(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            assert self._process.stderr is not None
            said = self._process.stderr.read().strip().splitlines()
            raise PeerFailed(said[-1] if said else f"{self.module} ended without a word")
        found: dict[str, Any] = json.loads(line)
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            if stream is not None:
                stream.close()


@dataclass(slots=True)
class Entrant:
    """One contender in a race: where it runs, how it is made, and what was measured of it."""

    title: str
    worker: Worker
    name: str
    made_with: dict[str, Any] = field(default_factory=dict)
    samples: list[Sample] = field(default_factory=list)
    failed: str | None = None
    """Why it is not in the table."""


@dataclass(slots=True)
class Race:
    """Entrants timed in rounds, each having its turn in every round, so that a slow phase falls on all alike."""

    entrants: Sequence[Entrant]
    rounds: int
    budget_ms: float

    def run(self, title: str) -> None:
        """Check every entrant against the oracle, then time it; progress on standard error."""
        for entrant in self.entrants:
            progress(f"{title}: checking {entrant.title}")
            try:
                wrong = entrant.worker.tell("check", entrant.name, **{"with": entrant.made_with})["wrong"]
                entrant.failed = f"differs from the oracle in {wrong} cases" if wrong else None
            except PeerFailed as error:
                entrant.failed = str(error)
        for number in range(self.rounds + 1):
            progress(f"{title}: round {number} of {self.rounds}" if number else f"{title}: warming up")
            for entrant in self.entrants:
                if entrant.failed is None:
                    told = entrant.worker.tell(
                        "time", entrant.name, budget=self.budget_ms, **{"with": entrant.made_with}
                    )
                    if number:
                        entrant.samples.append(Sample(told["cost"], told["yardstick"]))
        progress("")


def figures(entrants: Sequence[Entrant]) -> dict[str, Figure]:
    """What each entrant cost, by title; the yardstick at its best is that of the whole race."""
    timed = [entrant for entrant in entrants if entrant.samples]
    best = min((sample.yardstick for entrant in timed for sample in entrant.samples), default=1.0)
    return {entrant.title: figure(entrant.samples, best) for entrant in timed}


def progress(text: str) -> None:
    """One line on standard error, written over by the next."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text[:110]}", end="", file=sys.stderr, flush=True)
    elif text:
        print(text, file=sys.stderr, flush=True)
