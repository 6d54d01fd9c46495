"""Three-valued truth, after Kleene."""

from collections.abc import Iterable
from enum import IntEnum


class Truth3(IntEnum):
    """Surely not, not known, surely. Ordered, so that all-of is the least and any-of the greatest."""

    FALSE = 0
    UNKNOWN = 1
    TRUE = 2


FALSE, UNKNOWN, TRUE = Truth3


def of(value: bool) -> Truth3:
    """A known truth."""
    return TRUE if value else FALSE


def negate(truth: Truth3) -> Truth3:
    """The opposite; unknown stays unknown."""
    return Truth3(2 - truth)


def weakest(truths: Iterable[Truth3]) -> Truth3:
    """All of them: true when there are none."""
    return min(truths, default=TRUE)


def strongest(truths: Iterable[Truth3]) -> Truth3:
    """Any of them: false when there are none."""
    return max(truths, default=FALSE)
