"""What the calendar refuses, each with a sentence in Japanese and English that says how to mend it."""

from __future__ import annotations

from tsutatsu.words import Words

__all__ = [
    "CalendarOverflow",
    "CalendarRefusal",
    "ContestedPhrase",
    "CountingMismatch",
    "EmptyWindow",
    "LunisolarDay",
    "MeaninglessLength",
    "ZonedTime",
]

_TOO_LONG_TO_PRINT = 10**9


class CalendarRefusal(ValueError):
    """A question about dates that has no answer as asked; `words` says why and what to write instead."""

    def __init__(self, words: Words) -> None:
        super().__init__(f"{words.ja} / {words.en}")
        self.words = words

    def __reduce__(self) -> tuple[type[CalendarRefusal], tuple[Words]]:
        return (type(self), (self.words,))


class CalendarOverflow(CalendarRefusal):
    """The answer lies outside the years 1 to 9999, which the calendar can name."""


class ContestedPhrase(CalendarRefusal):
    """The phrase is read in more than one way, and nobody has chosen which."""


class CountingMismatch(CalendarRefusal):
    """This way of counting does not go with this unit (hours run at once; days never do)."""


class LunisolarDay(CalendarRefusal):
    """The day lies before 1873-01-01 (明治6年), when the months were not those of today."""


class MeaninglessLength(CalendarRefusal):
    """A length below one, which measures no time."""


class EmptyWindow(CalendarRefusal):
    """A daily window whose two ends are the same: nothing, or the whole day; the text must say which."""


class ZonedTime(CalendarRefusal):
    """A time of day that carries a zone of its own, where the time of day in Tokyo is meant."""


def printable(n: int) -> str:
    """`n` for a sentence; very long numbers are named, not printed (Python refuses to print the longest)."""
    if abs(n) < _TOO_LONG_TO_PRINT:
        return str(n)
    return "-10^9…" if n < 0 else "10^9…"


def overflow(what: str) -> CalendarOverflow:
    """The refusal for a count, described by `what`, that leaves the years 1 to 9999."""
    return CalendarOverflow(
        Words(
            f"{what}は西暦1年から9999年までの範囲を外れる。期間の長さか起点の日を確かめる。",
            f"{what} leaves the years 1 to 9999; check the length or the day it starts from.",
        )
    )
