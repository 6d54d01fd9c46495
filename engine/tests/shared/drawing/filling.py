"""Facts for a drawn directive: unknown, none, on and beside every boundary, and hostile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import MINYEAR, date, datetime, timedelta
from random import Random

from drawing.pools import DAYS, HOURS, LENGTHS, MOMENTS, ONE_DAY, TEXTS, TICK, WHOLES
from tsutatsu.calendar import Period, Unit, last_day
from tsutatsu.ir import (
    TODAY,
    Choice,
    Day,
    Directive,
    Facts,
    Hour,
    Length,
    Moment,
    Person,
    RecordList,
    Records,
    Text,
    Truth,
    Type,
    Value,
    Whole,
)

RUNNING = (Unit.HOUR, Unit.MINUTE)


@dataclass(frozen=True, slots=True)
class Filling:
    """One case: facts and the sides taken."""

    facts: Facts
    sides: dict[str, str]


def fill_in(directive: Directive, seed: int, count: int) -> list[Filling]:
    """``count`` cases for the directive; the same seed gives the same cases."""
    rng = Random(seed)
    days, moments = _days(directive), _moments(directive)
    filler = _Filler(rng, directive, days, moments)
    return [filler.case() for _ in range(count)]


@dataclass(frozen=True, slots=True)
class _Filler:
    rng: Random
    directive: Directive
    days: Sequence[date]
    moments: Sequence[datetime]

    def case(self) -> Filling:
        rng = self.rng
        known = rng.choice((0.5, 0.8, 0.95, 1.0))
        facts = self.facts([term.id for term in self.directive.terms], known)
        facts[TODAY] = rng.choice(self.days)
        sides = {r.id: rng.choice(r.sides).id for r in self.directive.readings if rng.random() < 0.6}
        return Filling(facts, sides)

    def facts(self, ids: Sequence[str], known: float) -> dict[str, Value]:
        rng, facts = self.rng, {}
        for name in ids:
            term = self.directive.term[name]
            if rng.random() > (known if term.derived is None else 0.2):
                continue
            none = not isinstance(term.type, Truth) and rng.random() < 0.08
            facts[name] = None if none else self.value(term.type, known)
        return facts

    def value(self, kind: Type, known: float) -> Value:
        rng = self.rng
        match kind:
            case Truth():
                return rng.random() < 0.5
            case Choice(options):
                return rng.choice(options).id
            case Whole(_, low, high):
                return min(high, max(low, rng.choice(WHOLES) + rng.choice((-1, 0, 0, 1))))
            case Length():
                return max(0, rng.choice(LENGTHS) + rng.choice((-1, 0, 0, 1)))
            case Day():
                return rng.choice(self.days)
            case Moment():
                return rng.choice(self.moments)
            case Hour():
                return rng.choice(HOURS)
            case Text() | Person():
                return rng.choice(TEXTS)
            case Records(fields):
                records = tuple(self.facts(fields, known) for _ in range(rng.choice((0, 1, 1, 2, 3))))
                return RecordList(records, rng.random() < 0.8)


def _days(directive: Directive) -> list[date]:
    """Days on and beside every day that a clock of the directive can start or end on."""
    near = set(DAYS)
    for clock in directive.clocks:
        near.update(day for day in (clock.start, clock.end) if isinstance(day, date))
        if clock.length is not None and clock.counting is not None and clock.length.unit not in RUNNING:
            starts = (clock.start,) if isinstance(clock.start, date) else DAYS[:8]
            near.update(last_day(start, clock.counting, clock.length) for start in starts)
    return sorted({day + step * ONE_DAY for day in near for step in (-1, 0, 1)})


def _moments(directive: Directive) -> list[datetime]:
    """Moments on and beside every instant at which a clock of the directive can start or end, and midnights."""
    near = set(MOMENTS)
    for clock in directive.clocks:
        if clock.length is not None and clock.length.unit in RUNNING:
            near.update(moment + _elapsed(clock.length) for moment in MOMENTS[:6])
    midnights = {datetime(day.year, day.month, day.day) for day in _days(directive)}
    return sorted(midnights | {moment + step * TICK for moment in near for step in (-1, 0, 1) if moment.year > MINYEAR})


def _elapsed(length: Period) -> timedelta:
    return timedelta(hours=length.n) if length.unit is Unit.HOUR else timedelta(minutes=length.n)
