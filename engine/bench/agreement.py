"""The long agreement run: every engine against the meaning, on as many judgements as asked for, with memory watched.

    PYTHONPATH=engine:engine/tests/shared python engine/bench/agreement.py --judgements 2000000 --seed 1

Ends with 1 at the first disagreement, after printing what draws it again. With ``--same-policy`` the rule engine judges
one policy all the time, which shows whether its memory stays flat.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import perf_counter

from drawing import Filling, draw_directive, fill_in

from tsutatsu.backends import rete
from tsutatsu.backends.compiled import Compiled
from tsutatsu.backends.rete import Rete
from tsutatsu.ir import Directive, Judgement, Records
from tsutatsu.semantics import standings

FACTS = 500
"""Cases for each policy."""


def policies(seed: int) -> Iterator[tuple[int, Directive, Judgement]]:
    """Policies without end, mostly small and now and then large."""
    number = 0
    while True:
        law = draw_directive(Random(f"{seed}/{number}"), 5 if number % 20 else 30)
        yield number, law, law.judgements[number % len(law.judgements)]
        number += 1


def resident() -> float:
    """The memory held, in MiB; nought where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages / 256


def compare(judgements: int, seed: int) -> int:
    """Compares, and says how many judgements agreed; a disagreement ends the run."""
    builds = (Compiled, Rete) if rete.available() else (Compiled,)
    done, started, reported = 0, perf_counter(), 0
    for number, law, judgement in policies(seed):
        engines = [build(law, judgement) for build in builds]
        for at, case in enumerate(fill_in(law, number, FACTS)):
            wanted = standings(judgement, law, case.facts, case.sides)
            for engine in engines:
                said = engine.standings(case.facts, case.sides)
                if said != wanted:
                    print(f"seed {seed}, policy {number}, case {at}: {engine.name} {said}, the meaning {tuple(wanted)}")
                    return 1
        done += FACTS
        if done // 100_000 > reported:
            reported = done // 100_000
            print(f"{done:>9,} agree  {perf_counter() - started:7.0f} s  {resident():6.1f} MiB", flush=True)
        if done >= judgements:
            print(f"{done:,} judgements, {number + 1:,} policies, {', '.join(b.__name__ for b in builds)}: all agree")
            return 0
    return 0


def repeat(judgements: int, seed: int) -> int:
    """Judges one policy all the time and shows the memory held."""
    # lists are looked through by the meaning, which is slow and is not what is measured
    quick = (one for one in policies(seed) if not any(isinstance(term.type, Records) for term in one[1].terms))
    _, law, judgement = next(one for one in quick if 3 < len(one[1].norms) < 10)
    engine, cases = Rete(law, judgement), fill_in(law, seed, FACTS)
    _judge(engine, cases, 20_000)
    before = resident()
    for tenth in range(1, 11):
        _judge(engine, cases, judgements // 10)
        print(f"{judgements // 10 * tenth:>9,} judged  {resident() - before:+6.2f} MiB", flush=True)
    return 0


def _judge(engine: Rete, cases: list[Filling], times: int) -> None:
    for turn in range(times):
        case = cases[turn % len(cases)]
        engine.standings(case.facts, case.sides)


def main() -> int:
    """Reads what is asked for."""
    asked = argparse.ArgumentParser(description="Compares every engine with the meaning.")
    asked.add_argument("--judgements", type=int, default=2_000_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--same-policy", action="store_true")
    given = asked.parse_args()
    return (repeat if given.same_policy else compare)(given.judgements, given.seed)


if __name__ == "__main__":
    sys.exit(main())
