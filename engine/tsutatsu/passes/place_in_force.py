"""Places each circular among the others: once repealed or replaced, its effect ends on the eve of the newer's start."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from tsutatsu.ir import FORCE, LOCAL, Amended, Citation, Directive, Superseded
from tsutatsu.passes.relate import bears


def place_in_force(directives: Sequence[Directive]) -> tuple[Directive, ...]:
    """The same directives, each with its last day as the others leave it (expiry revives nothing).

    What is repealed before its own first day never takes effect, and so ends nothing itself.
    """
    ended: dict[int, Superseded] = {}
    started: list[Directive] = []
    for n in sorted(range(len(directives)), key=lambda n: (directives[n].first_day, -directives[n].issued.toordinal())):
        newer = directives[n]
        if n in ended and ended[n].last < newer.first_day:
            continue
        started.append(newer)
        for m, older in enumerate(directives):
            if m not in ended and _replaces(newer, older):
                ended[m] = Superseded(newer.id, newer.issued, _eve(newer.first_day), newer.header.title)
    return tuple(_placed(one, ended.get(n), started) for n, one in enumerate(directives))


def _placed(directive: Directive, by: Superseded | None, started: Sequence[Directive]) -> Directive:
    force = directive.clock[FORCE]
    amended = tuple(
        Amended(one.id, one.issued, one.first_day, one.header.title, one.header.number)
        for one in started
        if one.id != directive.id
        and one.issued > directive.issued
        and any(bears(directive, citation) for citation in one.header.amends)
    )
    placed = replace(directive, amended=amended) if amended else directive
    if by is None or (force.end is not None and force.end <= by.last):
        return placed
    clocks = tuple(replace(clock, end=by.last) if clock.id in (FORCE, LOCAL) else clock for clock in directive.clocks)
    return replace(placed, clocks=clocks, superseded=by)


def _replaces(newer: Directive, older: Directive) -> bool:
    """Whether ``newer`` repeals ``older`` by number and day, or is a later issue of it."""
    if newer.issued <= older.issued:
        return False
    return newer.id == older.id or any(_repeals(newer, one, older) for one in newer.header.repeals)


def _repeals(newer: Directive, citation: Citation, older: Directive) -> bool:
    """Whether it is surely ``older`` that is repealed: on an open reading nothing is."""
    side = citation.side
    return bears(older, citation) and (side is None or newer.reading[side.reading].taken == side.side)


def _eve(day: date) -> date:
    return day - timedelta(days=1) if day > date.min else day
