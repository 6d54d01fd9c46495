"""What cases cost, as ratios of one run: an event, a clock that fires, verification, memory.

    .venv/bin/python engine/bench/cases/run.py [--quick] [--store sqlite|postgres] [--json FILE]
    .venv/bin/python engine/bench/cases/run.py --long [MINUTES] [--seed N]

With ``--long`` the state machine of the tests is let loose on the shipped workflows instead, from seeds of its own, and
what it did is counted; exit code 1 where a rule of the circulars was broken.
"""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ENGINE: Final = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ENGINE), str(ENGINE / "tests/shared"), str(ENGINE / "bench"), str(Path(__file__).parent)]

from flow import Flow  # noqa: E402  (found by the line above)
from rates import Bench, NewPlace, Rate  # noqa: E402
from surviving.postgres import server, tools  # noqa: E402

from tsutatsu.cases import new_key  # noqa: E402

OPEN: Final = 10_000
"""Cases that are open at once, where memory is looked at."""


@contextmanager
def places(store: str) -> Iterator[NewPlace]:
    """New places for stores of that kind: files on the disk, or databases of a server that flushes as it should."""
    with TemporaryDirectory() as folder:
        if store == "sqlite":
            numbers = count(1)
            yield lambda: Path(folder) / f"{next(numbers)}.sqlite"
            return
        with server("") as running:
            yield running.url


def measured(store: str, *, quick: bool) -> tuple[list[Rate], tuple[float, ...]]:
    """The rates on one kind of store; memory is looked at on SQLite alone, as it is this process's."""
    with places(store) as new_place, TemporaryDirectory() as folder:
        signer = new_key(Path(folder) / "key")
        bench = Bench(Flow(), new_place, signer, rounds=3 if quick else 9, each=10 if quick else 40)
        measures: tuple[Callable[[], Rate], ...] = (bench.events, bench.clock, bench.verification)
        rates = [one() for one in measures]
        sizes = bench.memory(OPEN // 10 if quick else OPEN) if store == "sqlite" else ()
        return rates, sizes


def main() -> int:
    """Measures, or hunts."""
    parser = argparse.ArgumentParser(description="What cases cost, as ratios of one run.")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, smaller counts: a look, not a result")
    parser.add_argument("--store", choices=["sqlite", "postgres"], action="append", help="both where none is given")
    parser.add_argument("--json", type=Path, help="also keep the figures in this file")
    parser.add_argument("--long", type=float, nargs="?", const=10.0, metavar="MINUTES", help="let the machine loose")
    parser.add_argument("--seed", type=int, default=1, help="the machine's first seed")
    told = parser.parse_args()
    stores = told.store or ["sqlite", "postgres"]
    if "postgres" in stores and tools() is None:
        print("skipped: PostgreSQL is not on this machine", file=sys.stderr)
        stores.remove("postgres")
    if told.long is not None:
        from hunting import hunt

        return max(hunt(one, places, told.long / len(stores), told.seed) for one in stores)
    kept: dict[str, object] = {}
    for store in stores:
        rates, sizes = measured(store, quick=told.quick)
        print(f"\n{store:<40}{'a second':>10}{'÷ bare':>9}{'processor ÷ bare':>18}")
        for one in rates:
            print(f"{one.what:<40}{one.per_second:>10.0f}{one.ratio:>9.1f}{one.cpu_ratio:>18.1f}")
        if sizes:
            slope = (sizes[-1] - sizes[1]) / (8 / 10 * (OPEN // 10 if told.quick else OPEN)) * 1_048_576
            print(f"resident MB at each tenth: {'  '.join(f'{one:.1f}' for one in sizes)}: {slope:+.0f} bytes a case")
        kept[store] = {"rates": [asdict(one) for one in rates], "resident_mb": sizes}
    if told.json is not None:
        told.json.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
