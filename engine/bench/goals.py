"""The goals of the design as ratios, and whether one run met them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from timing import Figure


@dataclass(frozen=True, slots=True)
class Goal:
    """That one thing costs at most so many times another of the same run."""

    what: str
    ours: str
    against: str
    most: float
    stretch: bool = False

    def ratio(self, figures: Mapping[str, Figure]) -> float | None:
        """Ours to the other; nothing where either was not measured."""
        if self.ours not in figures or self.against not in figures:
            return None
        return figures[self.ours].cost / figures[self.against].cost

    def steady(self, figures: Mapping[str, Figure]) -> bool:
        """Whether both were measured in quiet phases."""
        return figures[self.ours].steady and figures[self.against].steady


THIRD: Final = 1 / 3
GOALS: Final = (
    Goal("compiled engine, full answer", "ours, compiled alone", "ZEN expressions", THIRD),
    Goal("compiled engine, full answer", "ours, compiled alone", "by hand, with reasons", 2, stretch=True),
    Goal("JSON in, JSON out (compiled)", "ours, compiled alone, JSON in and out", "ZEN expressions", THIRD),
    Goal(
        "JSON in, JSON out (compiled)",
        "ours, compiled alone, JSON in and out",
        "by hand + orjson, JSON in and out",
        1.5,
        stretch=True,
    ),
    Goal("rete alone", "ours, rete alone", "durable-rules, as it comes", 0.5),
    Goal("rete alone", "ours, rete alone", "ZEN decision table, a column per fact", 1, stretch=True),
    Goal("both engines agreeing", "ours, both engines", "ZEN decision table, a column per fact, with trace", 1),
    Goal("both engines agreeing", "ours, both engines", "ZEN decision table, a column per fact", 1, stretch=True),
    Goal("five circulars loaded to one", "5 circulars", "1 circular", 1.1),
    Goal("a thousand circulars loaded to one", "1000 circulars", "1 circular", 1.1),
    Goal("judgement of 10 norms, both engines", "ours, 10 norms", "ZEN, 10 norms", 1),
    Goal("judgement of 100 norms, both engines", "ours, 100 norms", "ZEN, 100 norms", 1),
    Goal("judgement of 1000 norms, both engines", "ours, 1000 norms", "ZEN, 1000 norms", 1),
    Goal("judgement of 10 norms, compiled alone", "ours compiled, 10 norms", "ZEN, 10 norms", 1),
    Goal("judgement of 100 norms, compiled alone", "ours compiled, 100 norms", "ZEN, 100 norms", 1),
    Goal("judgement of 1000 norms, compiled alone", "ours compiled, 1000 norms", "ZEN, 1000 norms", 1),
    Goal("100 norms to 10, both engines", "ours, 100 norms", "ours, 10 norms", 10),
    Goal("1000 norms to 100, both engines", "ours, 1000 norms", "ours, 100 norms", 10),
    Goal("cold start, library, shipped law", "ours, to the first answer (shipped law)", "ZEN, to the first answer", 1),
)
LIMITS: Final = (
    ("cold start, library, shipped law", "ours, to the first answer (shipped law)", 30.0, True),
    ("tsutatsu --help", "tsutatsu --help", 150.0, False),
    ("tsutatsu judge", "tsutatsu judge", 300.0, False),
)
"""Milliseconds: what, the figure, the most it may take, whether that is the stretch."""
