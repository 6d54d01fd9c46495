"""Memory over many judgements: the resident size at ten moments. A process of its own."""

import gc
import json
import os
import sys
from pathlib import Path
from random import Random

FLAT_MB = 3.0
"""How much the resident size may move from a fifth of the way to the end and still be called flat."""


def resident_mb() -> float:
    """What the process holds in memory now."""
    status = Path("/proc/self/statm")
    if status.is_file():
        return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1_048_576
    import resource

    # the most ever held, in kilobytes: it cannot fall, so that a steady one is still a proof
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


def main() -> None:
    """Judge ``COUNT`` times, some with facts missing, and print the sizes as JSON."""
    from contenders.ours import asked, read_whole, the_judge
    from work import cases

    count = int(sys.argv[1])
    rng, judge = Random(9), the_judge()
    whole = [asked(case) for case in cases()]
    partial = [({k: v for k, v in facts.items() if rng.random() >= 0.1}, on) for facts, on in whole[:2_000]]
    sizes: list[float] = []
    every = count // 10
    for number in range(1, count + 1):
        facts, on = partial[number % 2_000] if number % 50 == 0 else whole[number % 10_000]
        read_whole(judge.ask(facts, on=on))
        if number % every == 0:
            gc.collect()
            sizes.append(round(resident_mb(), 2))
    print(json.dumps(sizes))


if __name__ == "__main__":
    main()
