"""The side of a contender: a process of its own, told line by line what to check or time.

``python worker.py MODULE`` imports a module of ``contenders/`` and answers on standard output, in JSON.
"""

import importlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from contender import Contender
from timing import timed_pass
from work import cases, oracle


def wrong(contender: Contender) -> int:
    """In how many cases it differs from the oracle."""
    assert contender.outcome is not None
    found = 0
    for case, item in zip(cases(len(contender.items)), contender.items, strict=True):
        told, right = contender.outcome(contender.call(item)), oracle(case)
        found += told.permitted is not right.permitted if contender.verdict_only else told != right
    return found


def main() -> None:
    """Answer until standard input ends."""
    said = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    module = importlib.import_module(f"contenders.{sys.argv[1]}")
    makers: dict[str, Callable[..., Contender]] = module.CONTENDERS
    made: dict[str, Contender] = {}
    passes: dict[str, int] = {}

    def reply(**found: Any) -> None:
        print(json.dumps(found), file=said, flush=True)

    reply(ready=sorted(makers))
    for line in sys.stdin:
        told = json.loads(line)
        name, key = told["name"], told["name"] + json.dumps(told.get("with"))
        try:
            if key not in made:
                made[key] = makers[name](**(told.get("with") or {}))
            contender = made[key]
            match told["do"]:
                case "check":
                    reply(wrong=0 if contender.outcome is None else wrong(contender))
                case "time":
                    number = passes[key] = passes.get(key, -1) + 1
                    sample = timed_pass(contender.call, contender.items, number * 1_700, told["budget"])
                    reply(cost=sample.cost, yardstick=sample.yardstick)
                case "result":
                    reply(result=repr(contender.call(contender.items[0])))
        except Exception as error:  # noqa: BLE001  # a peer that fails is a row of the table, not the end of the run
            reply(failed=f"{type(error).__name__}: {error}"[:300])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
