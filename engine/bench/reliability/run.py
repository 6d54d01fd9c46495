"""How much a store of cases survives: killed processes, lost power, full disks, cut links; with counts.

    .venv/bin/python engine/bench/reliability/run.py [--minutes N] [--store sqlite|postgres] [--only NAME] [--clocks N]

NAME is a trial: kills, power, disks, links, restarts, writers, clocks. The minutes are shared out among the trials;
each goes on with the next seed until its share is over. Exit code 1 where anything was lost, happened twice, or does
not verify.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Final

ENGINE: Final = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ENGINE), str(ENGINE / "tests/shared"), str(Path(__file__).parent)]

from trials import TRIALS, Place, Row  # noqa: E402  (found by the line above)


@dataclass(slots=True)
class Table:
    """The rows so far."""

    rows: dict[str, dict[str, int]] = field(default_factory=dict)

    def add(self, store: str, row: Row) -> None:
        """Adds the counts of one seed."""
        sums = self.rows.setdefault(f"{store}, {row.name}", {})
        for name, count in row.counts.items():
            sums[name] = max(sums.get(name, 0), count) if name.startswith("most ") else sums.get(name, 0) + count

    def lines(self) -> Iterator[str]:
        """As Markdown."""
        yield "| trial | counts |"
        yield "|---|---|"
        for name, counts in self.rows.items():
            yield f"| {name} | {', '.join(f'{count:,} {what}' for what, count in counts.items())} |"

    @property
    def good(self) -> bool:
        """Whether nothing went wrong."""
        bad = ("lost", "twice", "do not verify", "missing", "hung")
        return not any(count for row in self.rows.values() for what, count in row.items() if what in bad)


def main() -> int:
    """Runs the trials."""
    parser = argparse.ArgumentParser(description="How much a store of cases survives.")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long, all trials together")
    parser.add_argument("--store", choices=["sqlite", "postgres"], action="append", help="both where none is given")
    parser.add_argument("--only", choices=[one.name for one in TRIALS], action="append", help="these trials alone")
    parser.add_argument("--clocks", type=int, default=1_000_000, help="how many open clocks")
    parser.add_argument("--seed", type=int, default=1, help="the first seed")
    asked = parser.parse_args()
    stores = asked.store or ["sqlite", "postgres"]
    planned = [
        (store, one) for store in stores for one in TRIALS
        if store in one.stores and (not asked.only or one.name in asked.only)
    ]  # fmt: skip
    table, share = Table(), asked.minutes * 60 / max(len(planned), 1)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="tsutatsu-reliability-")))
        places = {store: Place(store, folder, stack, asked.clocks) for store in stores}
        for store, one in planned:
            _go_on(lambda seed, store=store, one=one: one.run(places[store], seed), asked.seed, share, table, store)
    for line in table.lines():
        print(line)
    print("nothing lost, nothing twice, all of it verifies" if table.good else "SOMETHING WENT WRONG")
    return 0 if table.good else 1


def _go_on(run: Callable[[random.Random], Iterator[Row]], seed: int, seconds: float, table: Table, store: str) -> None:
    """With one seed after another, until the time is over."""
    begun = monotonic()
    while True:
        for row in run(random.Random(seed)):
            print(f"{store}, seed {seed}: {row}", file=sys.stderr, flush=True)
            table.add(store, row)
        seed += 1
        if monotonic() - begun >= seconds:
            return


if __name__ == "__main__":
    sys.exit(main())
