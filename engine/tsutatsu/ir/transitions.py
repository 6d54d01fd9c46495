"""Transitional clauses: which cases of an earlier issue go on under this one, and what becomes of what they hold."""

from dataclasses import dataclass, field
from datetime import date

from tsutatsu.ir.conditions import ALWAYS, Condition
from tsutatsu.source import NOWHERE, Source
from tsutatsu.words import Words

LIFE = "directive-life"
"""The id of the workflow that is a circular's own life; no file may bear it."""


@dataclass(frozen=True, slots=True)
class Carried:
    """Something of the earlier issue, by the name written, and what of this issue takes its place."""

    old: str
    new: str
    source: Source = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Transition:
    """What a later issue says of the cases of one workflow that were opened under an earlier one.

    A case that stands in none of ``states``, or of which ``when`` does not surely hold, stays under its own issue. What
    is not named keeps its id; what would have no place in the new issue keeps the case where it is, unless named in
    ``ending``. Names of the earlier issue stand as written: they are looked up in the issue to which a case is pinned.
    """

    earlier: date
    workflow: str
    states: tuple[Carried, ...]
    to: str = ""
    """The workflow of this issue; that of the same id where nothing is said."""
    terms: tuple[Carried, ...] = ()
    norms: tuple[Carried, ...] = ()
    ending: tuple[str, ...] = ()
    """Facts, duties (by their norms), decided readings and events to come by themselves that end with the move."""
    when: Condition = ALWAYS
    provision: str = ""
    summary: Words = Words("")
    source: Source = field(default=NOWHERE, compare=False)
