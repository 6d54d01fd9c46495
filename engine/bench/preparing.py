"""Getting ready: reading the law from YAML, from the cache, and making a judgement's engines. A process of its own."""

import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from timing import Sample, Watch, yardstick


def _took(act: Callable[[], Any]) -> Sample:
    """Milliseconds of one act."""
    before = yardstick()
    gc.collect()
    watch = Watch()
    act()
    took = watch.read() / 1_000_000
    return Sample(took, max(before, yardstick()))


def main() -> None:
    """Print the samples as JSON: title → [milliseconds, yardstick]."""
    rounds, shipped = int(sys.argv[1]), Path(sys.argv[2])
    with TemporaryDirectory() as folder:
        os.environ["TSUTATSU_CACHE"] = folder
        from contenders.ours import DIRECTIVE, JUDGEMENT, LAW, ON, asked
        from work import cases

        from tsutatsu.bundle import Bundle, read_bundle
        from tsutatsu.judging import Judge

        law = Bundle.load(LAW).at(DIRECTIVE, ON)
        Bundle.load(shipped)
        facts, on = asked(cases(1)[0])

        def first(engine: str) -> Callable[[], Any]:
            return lambda: Judge(law, JUDGEMENT).ask(facts, on=on, engine=engine)

        acts: dict[str, Callable[[], Any]] = {
            "this work (12 norms) from its YAML": lambda: read_bundle(LAW),
            "this work (12 norms) from the cache": lambda: Bundle.load(LAW),
            "shipped law from its YAML": lambda: read_bundle(shipped),
            "shipped law from the cache": lambda: Bundle.load(shipped),
            "a judge made, to its first answer, compiled alone": first("compiled"),
            "a judge made, to its first answer, rete alone": first("rete"),
            "a judge made, to its first answer, both engines": first("both"),
        }
        found: dict[str, list[tuple[float, float]]] = {title: [] for title in acts}
        for _ in range(rounds + 1):
            for title, act in acts.items():
                sample = _took(act)
                found[title].append((sample.cost, sample.yardstick))
    print(json.dumps({title: samples[1:] for title, samples in found.items()}))


if __name__ == "__main__":
    main()
