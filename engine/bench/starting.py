"""Starts: whole processes, from nothing to the first answer, and the command line."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter_ns
from typing import Any, Final

from environment import ENGINE, HERE, clean
from timing import Figure, Sample, figure, yardstick
from work import Case, cases
from workers import progress

PROGRAMS: Final = HERE / "first_answers"
SHIPPED_FACTS: Final[Mapping[str, Any]] = {
    "use.day": "2025-08-01",
    "provide.at": "10:00",
    "provide.content": "media",
    "file.created": "2025-07-24",
    "use.purpose": "evidence",
    "use.actual": True,
    "use.by_law": False,
    "form.day": "2025-07-31",
    "form.at": "16:00",
    "form.band": "ordinary",
    "form.to": "operations_manager",
    "form.case": True,
    "form.when": True,
    "form.officer": True,
    "form.request": "media",
    "form.requester": True,
    "form.date": True,
    "form.addressee": True,
    "form.review": False,
    "form.proper": False,
    "form.evidence": True,
    "form.detail": True,
    "kind.conduct": False,
    "kind.training": False,
    "kind.evidence": True,
    "kind.further": False,
    "care.proper": True,
    "provide.decider": "operations_manager",
    "provide.band": "ordinary",
    "provide.recipient": "A",
    "form.submitter": "A",
    "form.by_staff": True,
}
"""A provision under the shipped law, told as fully as the peers are told theirs."""


@dataclass(frozen=True, slots=True)
class Start:
    """A process to be started and waited for."""

    title: str
    command: tuple[str, ...]
    env: Mapping[str, str]


def starts(folder: Path, peers: Path, shipped: Path) -> list[Start]:
    """Everything that is started, in the order of its turns; ``folder`` holds what they read, and the cache."""
    (case,) = cases(1)
    warm, cold = clean(TSUTATSU_CACHE=str(folder / "cache")), clean(TSUTATSU_CACHE="off")
    work = _kept(folder / "work.json", {**case.flat(), "file.created": case.created.isoformat()})
    provision = _kept(folder / "provision.json", SHIPPED_FACTS)
    command = (sys.executable, "-m", "tsutatsu")

    def ours(law: Path, name: str, facts: str, engine: str = "both") -> tuple[str, ...]:
        return sys.executable, str(PROGRAMS / "with_us.py"), str(law), name, facts, engine

    on_shipped = ours(shipped, "wearable-camera/provide", provision)
    return [
        Start("bare Python", (sys.executable, "-c", "pass"), clean()),
        Start("ours, to the first answer (this work)", ours(HERE / "law", "footage/provide", work), warm),
        Start("ours, to the first answer (shipped law)", on_shipped, warm),
        Start(
            "ours, to the first answer (shipped law), compiled alone",
            ours(shipped, "wearable-camera/provide", provision, "compiled"),
            warm,
        ),
        Start("ours, to the first answer (shipped law), without the cache", on_shipped, cold),
        Start("tsutatsu --help", (*command, "--help"), warm),
        Start("tsutatsu judge", (*command, "judge", "wearable-camera/provide", provision, "--on", "2025-08-01"), warm),
        *_peers(folder, peers, case),
    ]


def _peers(folder: Path, peers: Path, case: Case) -> list[Start]:
    """The peers: ZEN with the whole work, the others on a rule or two, which flatters them."""
    code = "import json; from contenders.zen_rules import *; print(json.dumps(expressions(CONDITIONS)))"
    graph = subprocess.run(
        [str(peers), "-c", code], env=clean(), capture_output=True, text=True, encoding="utf-8", check=True
    )
    (folder / "zen.json").write_text(graph.stdout, encoding="utf-8")
    facts = _kept(folder / "nested.json", case.nested())
    programs = {
        "ZEN": ("with_zen.py", str(folder / "zen.json"), facts),
        "cedarpy": ("with_cedarpy.py",),
        "durable-rules": ("with_durable_rules.py",),
        "CEL (Rust)": ("with_cel_rust.py",),
    }
    return [
        Start(f"{title}, to the first answer", (str(peers), str(PROGRAMS / name), *more), clean())
        for title, (name, *more) in programs.items()
    ]


def _kept(path: Path, facts: Mapping[str, Any]) -> str:
    path.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    return str(path)


def _used_by_children() -> float:
    """Milliseconds of processor time of the processes waited for so far; of wall clock where that cannot be told."""
    if os.name != "posix":
        return perf_counter_ns() / 1_000_000
    import resource

    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (usage.ru_utime + usage.ru_stime) * 1_000


def time_starts(every: list[Start], rounds: int) -> tuple[dict[str, Figure], dict[str, str]]:
    """Milliseconds of each, in rounds; and what went wrong with those that failed."""
    samples: dict[str, list[Sample]] = {one.title: [] for one in every}
    failed: dict[str, str] = {}
    for number in range(rounds + 1):
        progress(f"starts: round {number} of {rounds}" if number else "starts: warming up")
        for one in every:
            if one.title in failed:
                continue
            before = yardstick()
            begun, used = perf_counter_ns(), _used_by_children()
            done = subprocess.run(
                one.command,
                env=dict(one.env),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                cwd=ENGINE.parent,
                check=False,
            )
            took = min((perf_counter_ns() - begun) / 1_000_000, _used_by_children() - used)
            if done.returncode != 0:
                said = done.stderr.decode("utf-8", "replace").strip().splitlines()
                failed[one.title] = said[-1] if said else f"exit {done.returncode}"
            elif number:
                samples[one.title].append(Sample(took, max(before, yardstick())))
    progress("")
    best = min((sample.yardstick for found in samples.values() for sample in found), default=1.0)
    return {title: figure(found, best) for title, found in samples.items() if found}, failed
