"""Timing on a machine that is not always as fast as itself.

A yardstick is run beside all that is timed, and what is counted is the lesser of wall clock and processor time: a
process that had to wait for others is not charged for it, and one that uses several cores is not charged for them all.
"""

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter_ns, process_time_ns
from typing import Any, Final

CHUNK: Final = 50
"""Calls timed together: few enough that most chunks are not interrupted, many enough that the clock costs nothing."""
SLOW: Final = 1.15
"""A sample beside which the yardstick took this many times its best was taken in a slow phase and is dropped."""
FEWEST: Final = 3
"""Samples always kept, the quietest ones; where even these were slow the figure is marked."""


class Watch:
    """Nanoseconds from its making: the lesser of wall clock and this process's processor time."""

    __slots__ = ("_cpu", "_wall")

    def __init__(self) -> None:
        self._wall, self._cpu = perf_counter_ns(), process_time_ns()

    def read(self) -> int:
        """What has passed."""
        cpu = process_time_ns() - self._cpu
        return min(cpu, perf_counter_ns() - self._wall)


def yardstick() -> float:
    """Microseconds of a fixed piece of Python: what the machine is worth at this moment."""
    watch = Watch()
    total = 0
    table = dict.fromkeys(range(64), 1)
    for number in range(20_000):
        total += table[number & 63] + (number % 7)
    return watch.read() / 1_000


@dataclass(frozen=True, slots=True)
class Sample:
    """One pass: the cost of a call, and of the yardstick around it, in microseconds."""

    cost: float
    yardstick: float


@dataclass(frozen=True, slots=True)
class Figure:
    """What samples come to; ``steady`` says whether enough of them were taken in quiet phases."""

    cost: float
    kept: int
    taken: int
    steady: bool


def timed_pass(call: Callable[[Any], Any], items: Sequence[Any], offset: int, budget_ms: float) -> Sample:
    """The median cost of a call over chunks of items, from ``offset`` on and round again, until the budget is spent."""
    before = yardstick()
    costs: list[float] = []
    spent, at = 0, offset % len(items)
    collecting = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        while spent < budget_ms * 1_000_000:
            chunk = items[at : at + CHUNK] or items[:CHUNK]
            at = (at + CHUNK) % len(items)
            watch = Watch()
            for item in chunk:
                call(item)
            took = watch.read()
            spent += took
            costs.append(took / len(chunk) / 1_000)
    finally:
        if collecting:
            gc.enable()
    return Sample(median(costs), max(before, yardstick()))


def figure(samples: Sequence[Sample], best: float) -> Figure:
    """The median of the samples taken in quiet phases; ``best`` is the yardstick at its best in the whole run."""
    quiet = [one for one in samples if one.yardstick <= best * SLOW]
    steady = len(quiet) >= min(FEWEST, len(samples))
    if not steady:
        quiet = sorted(samples, key=lambda one: one.yardstick)[:FEWEST]
    return Figure(median(one.cost for one in quiet), len(quiet), len(samples), steady)
