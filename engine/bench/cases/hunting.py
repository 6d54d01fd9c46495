"""The state machine of the tests with seeds of its own, for as long as is asked; with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from time import monotonic

from case_machine import CaseMachine
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from rates import NewPlace

EXAMPLES = 20
"""Machines to a seed."""
STEPS = 60


def hunt(store: str, places: Callable[[str], AbstractContextManager[NewPlace]], minutes: float, first: int) -> int:
    """Runs the machine from one seed after another; 1 where it found something."""
    until, number = monotonic() + minutes * 60, first
    with places(store) as new_place:
        made = {"seen": Counter(), "new_place": staticmethod(lambda _: new_place())}
        machine: type[CaseMachine] = type("Cases", (CaseMachine,), made)
        loose = settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        )
        while monotonic() < until:
            test = type(f"Seed{number}", (machine,), {})
            try:
                run_state_machine_as_test(seed(number)(test), settings=loose)
            except AssertionError as found:
                print(f"{store}, seed {number}: {found}\n" + "\n".join(getattr(found, "__notes__", ())))
                return 1
            number += 1
    print(f"\n{store}, seeds {first} to {number - 1}")
    for what, times in sorted(machine.seen.items()):
        print(f"{times:>9,}  {what}")
    return 0
