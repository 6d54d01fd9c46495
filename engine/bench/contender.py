"""What every contender offers, whoever made it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from work import Outcome


@dataclass(frozen=True, slots=True)
class Contender:
    """One way of doing the work: the timed call, what it is called with, and what its result comes to."""

    call: Callable[[Any], Any]
    items: Sequence[Any]
    """Inputs as this contender likes them best, made beforehand, one for each case in order."""
    outcome: Callable[[Any], Outcome] | None
    """Read from a result, outside the timing; nothing for a floor (decoding alone) that decides nothing."""
    verdict_only: bool = False
    """Whether the verdict is all it can be checked for."""
