"""The register: every circular as it stands on a day, what it leaves behind, and what still leans on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tsutatsu.bundle import Bundle
from tsutatsu.calendar import CalendarRefusal, Counting, retention_counted
from tsutatsu.ir import FORCE, NEVER, Directive, Norm, Printed, Relation, Side, Test, walk
from tsutatsu.judging.force import IN_FORCE, force_on
from tsutatsu.passes.relate import Relations, key_of, relate
from tsutatsu.semantics import Verdict


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the original is kept: as printed, and as counted from the years printed beside it."""

    printed: Printed
    years: int | None
    counting: Counting | None
    """The way of counting that gives the day printed; nothing where none does."""
    counted: tuple[date, ...]
    """The days that the ways of counting give; none where there is nothing to count from."""


@dataclass(frozen=True, slots=True)
class Survivors:
    """Norms that outlive the effect for what began while it lasted, as far as a reading is taken that way."""

    norms: tuple[Norm, ...]
    """In the order of the files."""
    start: str
    """The term that says when it began."""
    side: Side | None
    """The side on which they survive; nothing where it has been decided."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """A circular in force that names one which is not, or soon will not be: it may have to be looked at again."""

    directive: Directive
    relation: Relation
    provision: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One issue of one circular as it stands on a day."""

    directive: Directive
    verdict: Verdict
    last: date | None
    """Its last day in force, where there is one."""
    retention: Retention | None
    survivors: tuple[Survivors, ...]
    leaning: tuple[Leaning, ...]

    @property
    def kept_until(self) -> date | None:
        """The last day on which its original is kept, as printed."""
        return self.retention.printed.day if self.retention is not None else None


_ORDER = (Verdict.IN_FORCE, Verdict.IN_FORCE_NO_END, Verdict.NOT_YET, Verdict.SUPERSEDED, Verdict.LAPSED)


def register(bundle: Bundle, day: date) -> tuple[Entry, ...]:
    """Every issue as it stands on ``day``: those in force first, the soonest to end before the others."""
    relations = relate(bundle.directives)
    found = [_entry(one, bundle.directives, relations, day) for one in bundle.directives]
    return tuple(sorted(found, key=lambda e: (_ORDER.index(e.verdict), e.last or date.max, e.directive.id)))


def _entry(one: Directive, directives: Sequence[Directive], relations: Relations, day: date) -> Entry:
    return Entry(
        one,
        force_on(one, day),
        one.clock[FORCE].end,
        retention_of(one),
        survivors_of(one),
        _leaning(one, directives, relations, day),
    )


def retention_of(one: Directive) -> Retention | None:
    """How long its original is kept; nothing where that is not printed."""
    head = one.header
    if head.retention_end is None:
        return None
    counted: dict[Counting, date] = {}
    if head.retention_years is not None and head.issued.day is not None:
        try:
            counted = dict(retention_counted(head.issued.day, head.retention_years))
        except CalendarRefusal:
            counted = {}
    agreeing = next((how for how, end in counted.items() if end == head.retention_end.day), None)
    return Retention(head.retention_end, head.retention_years, agreeing, tuple(counted.values()))


def survivors_of(one: Directive) -> tuple[Survivors, ...]:
    """What outlives it, by what each depends on; a norm whose reading is decided the other way survives nothing."""
    found: dict[tuple[str, Side | None], list[Norm]] = {}
    for norm in one.norms:
        if norm.survives == NEVER:
            continue
        parts = tuple(walk(norm.survives))
        side = next((part for part in parts if isinstance(part, Side)), None)
        start = next((part.term for part in parts if isinstance(part, Test)), "")
        taken = one.reading[side.reading].taken if side is not None else None
        if side is not None and taken is not None:
            if taken != side.side:
                continue
            side = None
        found.setdefault((start, side), []).append(norm)
    return tuple(Survivors(tuple(norms), start, side) for (start, side), norms in found.items())


def _leaning(one: Directive, directives: Sequence[Directive], relations: Relations, day: date) -> tuple[Leaning, ...]:
    by_key = {key_of(other): other for other in directives}
    return tuple(
        Leaning(by_key[link.source], link.relation, link.citation.provision)
        for link in relations.into(key_of(one))
        if link.relation is not Relation.REPEALS and force_on(by_key[link.source], day) in IN_FORCE
    )
