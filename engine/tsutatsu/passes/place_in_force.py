"""Places each circular among the others: once repealed or replaced, its effect ends on the eve of the newer's start."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from tsutatsu.ir import FORCE, Directive, Superseded


def place_in_force(directives: Sequence[Directive]) -> tuple[Directive, ...]:
    """The same directives, each with its last day as the others leave it (expiry revives nothing)."""
    return tuple(_placed(one, directives) for one in directives)


def _placed(directive: Directive, all_of_them: Sequence[Directive]) -> Directive:
    newer = [other for other in all_of_them if _replaces(other, directive)]
    if not newer:
        return directive
    first = min(newer, key=lambda one: one.first_day)
    force = directive.clock[FORCE]
    last = first.first_day - timedelta(days=1)
    if force.end is not None and force.end <= last:
        return directive
    clocks = tuple(replace(clock, end=last) if clock.id == FORCE else clock for clock in directive.clocks)
    return replace(directive, clocks=clocks, superseded=Superseded(first.id, first.issued, last))


def _replaces(newer: Directive, older: Directive) -> bool:
    """Whether ``newer`` repeals ``older`` by number and date, or is a later issue of it."""
    if newer is older or newer.first_day <= older.first_day:
        return False
    if newer.id == older.id:
        return True
    head = older.header
    return any(c.number == head.number and c.issued.day == head.issued.day for c in newer.header.repeals)
