"""Starts: whole processes, from nothing to the first answer, and the command line."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter_ns
from typing import Final

from environment import ENGINE, HERE, clean, peers_python
from timing import Figure, Sample, figure, yardstick
from workers import progress

_OURS: Final = """
from datetime import date
from pathlib import Path
from tsutatsu import Bundle, judge
law = Bundle.load(Path({root!r}))
answer = judge(law, {name!r}, {facts!r}, on=date(2025, 8, 1){more})
print(answer.verdict.value, len(answer.reasons), len(answer.duties), len(answer.unknown))
"""
_FACTS: Final = {"purpose": "review", "request_form.submitted": True, "decision_maker.role": "manager"}


@dataclass(frozen=True, slots=True)
class Start:
    """A process to be started and waited for."""

    title: str
    command: tuple[str, ...]
    env: Mapping[str, str]


def peers_first_answers(folder: Path) -> dict[str, Path]:
    """Small programs of the peers', each with its rules in it, to the first answer."""
    programs = {
        "ZEN": (
            "import json, sys, zen\n"
            "engine = zen.ZenEngine({'loader': {'type': 'static', 'content': {'work': json.loads(GRAPH)}}})\n"
            "print(engine.evaluate('work', FACTS)['result'])\n"
        ),
        "cedarpy": (
            "import cedarpy\n"
            "asked = {'principal': 'User::\"u\"', 'action': 'Action::\"a\"', 'resource': 'File::\"f\"', 'context': {'edited': False}}\n"
            "print(cedarpy.is_authorized(asked, 'permit(principal, action, resource) unless { context.edited };', []).decision)\n"
        ),
        "durable-rules": (
            "from durable.lang import *\n"
            "with ruleset('work'):\n"
            "    @when_all(m.edited == True)\n"
            "    def denied(c): print('denied')\n"
            "    @when_all(m.edited == False)\n"
            "    def permitted(c): print('permitted')\n"
            "assert_fact('work', {'edited': False})\n"
        ),
        "CEL (Rust)": "import cel\nprint(cel.evaluate('!edited', {'edited': False}))\n",
    }
    graph = _zen_graph()
    facts = {
        "requester": {"role": "staff", "id": "P"},
        "purpose": "review",
        "legal_basis": None,
        "request_form": {"submitted": True, "fields_complete": True},
        "output": "still",
        "material_category": "duty_record",
        "decision_maker": {"role": "manager"},
        "duty_hours": False,
        "file": {"created": 739000, "edited": False},
        "as_of": 739010,
    }
    found = {}
    for title, text in programs.items():
        path = folder / f"start_{title.split()[0].lower().replace('-', '_')}.py"
        head = f"GRAPH = {json.dumps(graph)!r}\nFACTS = {facts!r}\n" if title == "ZEN" else ""
        path.write_text(head + text, encoding="utf-8")
        found[title] = path
    return found


def _zen_graph() -> object:
    """The work as ZEN expressions; its module cannot be imported where ZEN is not installed, so the peers' Python is asked."""
    code = "import json; from contenders.zen_rules import *; print(json.dumps(expressions(CONDITIONS)))"
    said = subprocess.run([str(peers_python()), "-c", code], env=clean(), capture_output=True, text=True, check=True, cwd=HERE)
    return json.loads(said.stdout)


def starts(folder: Path, peers: Path | None, shipped: Path) -> list[Start]:
    """Everything that is started, in the order of its turns."""
    cache = str(folder / "cache")
    python = sys.executable
    warm, none = clean(TSUTATSU_CACHE=cache), clean(TSUTATSU_CACHE="off")

    def ours(root: Path, name: str, facts: object, **more: str) -> tuple[str, ...]:
        text = _OURS.format(root=str(root), name=name, facts=facts, more="".join(f", {k}={v!r}" for k, v in more.items()))
        return python, "-c", text

    found = [
        Start("bare Python", (python, "-c", "pass"), clean()),
        Start("ours, to the first answer (this work)", ours(HERE / "law", "footage/provide", _FACTS), warm),
        Start("ours, to the first answer (shipped law)", ours(shipped, "wearable-camera/provide", {}), warm),
        Start(
            "ours, to the first answer (shipped law), compiled alone", ours(shipped, "wearable-camera/provide", {}, engine="compiled"), warm
        ),
        Start("ours, to the first answer (shipped law), without the cache", ours(shipped, "wearable-camera/provide", {}), none),
        Start("tsutatsu --help", (python, "-m", "tsutatsu", "--help"), warm),
        Start("tsutatsu judge", (python, "-m", "tsutatsu", "judge", "wearable-camera/provide", "--on", "2025-08-01"), warm),
    ]
    if peers is not None:
        found += [Start(f"{title}, to the first answer", (str(peers), str(path)), clean()) for title, path in peers_first_answers(folder).items()]
    return found


def _used_by_children() -> float:
    """Processor time of the processes waited for so far, in milliseconds; where it cannot be told, wall clock alone counts."""
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
            done = subprocess.run(one.command, env=dict(one.env), stdin=subprocess.DEVNULL, capture_output=True, cwd=ENGINE.parent)
            took = min((perf_counter_ns() - begun) / 1_000_000, _used_by_children() - used)
            if done.returncode != 0:
                said = done.stderr.decode("utf-8", "replace").strip().splitlines()
                failed[one.title] = said[-1] if said else f"exit {done.returncode}"
            elif number:
                samples[one.title].append(Sample(took, max(before, yardstick())))
    progress("")
    best = min((sample.yardstick for found in samples.values() for sample in found), default=1.0)
    return {title: figure(found, best) for title, found in samples.items() if found}, failed
