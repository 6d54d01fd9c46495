"""Speed as ratios, measured in one run: this project beside its peers.

    .venv/bin/python engine/bench/run.py [--quick] [--only NAME] [--json FILE]

NAME is a part: answer, norms, circulars, preparing, starts, memory. Figures of different runs do not compare.
"""

import argparse
import json
import os
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from environment import ENGINE, HERE, clean, peers_python
from goals import GOALS, LIMITS
from memory import FLAT_MB
from starting import starts, time_starts
from timing import Figure, Sample, figure
from workers import Entrant, PeerFailed, Race, Worker, figures, progress

PARTS: Final = ("answer", "norms", "circulars", "preparing", "starts", "memory")
SHIPPED: Final = HERE.parent.parent
PEERS: Final = (
    "zen_rules",
    "cel_expressions",
    "clips_rules",
    "durable_rules",
    "cedar_policies",
    "rego_policy",
    "openfisca_formulas",
)
SKIPPED: Final = {
    "json-rules-engine": "runs in Node, which a Python environment does not bring",
    "OPA (WASM, Go, HTTP)": "no package on PyPI brings it",
    "Drools": "needs a JVM",
    "bulk on DuckDB": "the columnar back end is not built yet",
}
_IN_PEERS: Final = frozenset({"ours, compiled alone, JSON in and out", "ours, both engines, JSON in and out"})
"""Ours, but in the peers' environment, which has orjson."""


class Bench:
    """One run: what was asked for, and what was found."""

    def __init__(self, *, quick: bool) -> None:
        self.quick = quick
        self.peers = peers_python()
        self.figures: dict[str, Figure] = {}
        self.failed: dict[str, str] = {}
        self.sizes: list[float] = []
        self.judged = 100_000 if quick else 1_000_000

    def answer(self) -> None:
        """The footage-provision work: a full answer, JSON in and out, and every peer."""
        with ExitStack() as stack:
            entrants: list[Entrant] = []
            plan = [
                (Path(sys.executable), "ours"),
                (self.peers, "ours"),
                (self.peers, "by_hand"),
                *((self.peers, one) for one in PEERS),
            ]
            for python, module in plan:
                try:
                    worker = stack.enter_context(Worker(python, module))
                except PeerFailed as error:
                    self.failed[module] = str(error)
                    continue
                for name in worker.names:
                    wanted = module != "ours" or (name in _IN_PEERS) is (python == self.peers)
                    if wanted and name not in ("growing", "circulars"):
                        entrants.append(Entrant(name, worker, name))
            self._race("answer", entrants, 6 if self.quick else 20, 20 if self.quick else 50)
        _print_costs(
            "the work: footage provision, twelve rules", self._of(entrants), "ZEN expressions", "by hand, with reasons"
        )

    def norms(self) -> None:
        """One judgement that grows."""
        sizes = (10, 100, 1000) if self.quick else (10, 30, 100, 300, 1000)
        with Worker(Path(sys.executable), "ours") as ours, Worker(self.peers, "zen_rules") as zen:
            entrants = []
            for size in sizes:
                entrants += [
                    Entrant(f"ours, {size} norms", ours, "growing", {"size": size}),
                    Entrant(f"ours compiled, {size} norms", ours, "growing", {"size": size, "engine": "compiled"}),
                    Entrant(f"ZEN, {size} norms", zen, "growing", {"size": size}),
                ]
            self._race("norms", entrants, 5 if self.quick else 12, 20 if self.quick else 50)
        _print_costs("one judgement, growing (every answer different)", self._of(entrants), "ZEN, 10 norms")

    def circulars(self) -> None:
        """One judgement among more and more circulars."""
        with Worker(Path(sys.executable), "ours") as ours:
            entrants = [
                Entrant(f"{count} circular{'s' * (count > 1)}", ours, "circulars", {"count": count})
                for count in (1, 5, 1000)
            ]
            self._race("circulars", entrants, 6 if self.quick else 20, 20 if self.quick else 50)
        _print_costs("one judgement by name, circulars loaded", self._of(entrants), "1 circular")

    def preparing(self) -> None:
        """Reading law and making engines."""
        progress("preparing")
        rounds = 5 if self.quick else 15
        said = self._told("preparing.py", str(rounds), str(SHIPPED))
        progress("")
        if said is not None:
            every = {title: [Sample(*one) for one in found] for title, found in said.items()}
            best = min(sample.yardstick for found in every.values() for sample in found)
            found = {title: figure(samples, best) for title, samples in every.items()}
            self.figures |= found
            _print_costs("getting ready", found, "this work (12 norms) from its YAML", unit="ms")

    def starts(self) -> None:
        """Whole processes."""
        with TemporaryDirectory() as folder:
            found, failed = time_starts(starts(Path(folder), self.peers, SHIPPED), 5 if self.quick else 21)
        self.figures |= found
        self.failed |= failed
        _print_costs("whole processes", found, "ZEN, to the first answer", unit="ms")

    def memory(self) -> None:
        """Resident size over many judgements."""
        progress(f"memory: {self.judged:,} judgements by both engines")
        self.sizes = self._told("memory.py", str(self.judged)) or []
        progress("")
        if self.sizes:
            told = "  ".join(f"{one:.1f}" for one in self.sizes)
            print(f"\n{self.judged:,} judgements by both engines, resident MB at each tenth: {told}")

    def goals(self) -> None:
        """Each goal that this run can tell of."""
        print("\ngoal                                                    ratio   at most")
        missed = 0
        for goal in GOALS:
            ratio = goal.ratio(self.figures)
            kind = "stretch: " if goal.stretch else ""
            if ratio is None:
                if goal.ours in self.failed or goal.against in self.failed:
                    missed += not goal.stretch
                    print(f"{kind + goal.what:<50}{'?':>11}{goal.most:>10.2f}   NOT MEASURED, of {goal.against}")
                continue
            met = ratio <= goal.most
            missed += not met and not goal.stretch
            mark = "pass" if met else "not reached" if goal.stretch else "MISS"
            noisy = "" if goal.steady(self.figures) else "  (noisy)"
            print(f"{kind + goal.what:<50}{ratio:>11.2f}{goal.most:>10.2f}   {mark}, of {goal.against}{noisy}")
        for what, name, most, stretch in LIMITS:
            if name in self.failed:
                missed += not stretch
                print(f"{('stretch: ' if stretch else '') + what:<50}{'?':>8}   {most:>7.0f} ms   NOT MEASURED")
            if name in self.figures:
                cost = self.figures[name].cost
                missed += cost > most and not stretch
                mark = "pass" if cost <= most else "not reached" if stretch else "MISS"
                print(f"{('stretch: ' if stretch else '') + what:<50}{cost:>8.0f} ms{most:>7.0f} ms   {mark}")
        if self.sizes:
            moved = self.sizes[-1] - self.sizes[1]
            missed += moved > FLAT_MB
            mark = "pass" if moved <= FLAT_MB else "MISS"
            print(f"{f'memory over {self.judged:,}':<50}{moved:>+8.1f} MB{FLAT_MB:>7.0f} MB   {mark}")
        print(f"\n{missed} missed" if missed else "\nevery goal met")
        for what, why in {**self.failed, **SKIPPED}.items():
            print(f"skipped: {what}: {why}")

    def kept(self) -> dict[str, Any]:
        """The run as JSON."""
        return {
            "python": ".".join(map(str, sys.version_info[:3])),
            "cores": os.cpu_count(),
            "quick": self.quick,
            "figures": {title: asdict(found) for title, found in self.figures.items()},
            "ratios": [
                {
                    "goal": goal.what,
                    "stretch": goal.stretch,
                    "against": goal.against,
                    "most": goal.most,
                    "ratio": goal.ratio(self.figures),
                }
                for goal in GOALS
            ],
            "resident_mb": self.sizes,
            "skipped": {**self.failed, **SKIPPED},
        }

    def _race(self, title: str, entrants: list[Entrant], rounds: int, budget_ms: float) -> None:
        Race(entrants, rounds, budget_ms).run(title)
        self.figures |= figures(entrants)
        self.failed |= {one.title: one.failed for one in entrants if one.failed is not None}

    def _of(self, entrants: list[Entrant]) -> dict[str, Figure]:
        return {one.title: self.figures[one.title] for one in entrants if one.title in self.figures}

    def _told(self, script: str, *arguments: str) -> Any:
        """What a script of ours prints, as JSON; noted as failed when it prints none."""
        done = subprocess.run(
            [sys.executable, str(HERE / script), *arguments],
            env=clean(),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode == 0:
            return json.loads(done.stdout.splitlines()[-1])
        self.failed[script] = (done.stderr.strip().splitlines() or ["ended without a word"])[-1]
        return None


def _print_costs(title: str, found: dict[str, Figure], *against: str, unit: str = "µs") -> None:
    bases = [name for name in against if name in found]
    width = max((len(name) for name in found), default=20) + 2
    print(f"\n{title}\n{'':<{width}}{unit:>9}" + "".join(f"   ÷ {name}" for name in bases))
    for name, one in sorted(found.items(), key=lambda item: item[1].cost):
        ratios = "".join(f"{one.cost / found[base].cost:>{len(base) + 5}.2f}" for base in bases)
        noisy = "" if one.steady else f"   noisy: {one.kept} of {one.taken} samples"
        print(f"{name:<{width}}{one.cost:>9.2f}{ratios}{noisy}")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description="Speed as ratios, in one run, beside peers.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, smaller counts: a look, not a result")
    parser.add_argument("--only", action="append", choices=PARTS, help="one part (may be repeated)")
    parser.add_argument("--json", type=Path, help="also keep the figures in this file")
    told = parser.parse_args()
    sys.path.insert(0, str(ENGINE))  # also where the package was never installed
    bench = Bench(quick=told.quick)
    for part in told.only or PARTS:
        getattr(bench, part)()
    bench.goals()
    if told.json is not None:
        told.json.write_text(json.dumps(bench.kept(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
