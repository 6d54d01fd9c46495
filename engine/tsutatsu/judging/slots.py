"""Places in the facts that are not known, and the kinds of value that could stand in them.

Two values are of one kind when no test that matters tells them apart; one of each kind is enough to try. Where that
cannot be sure (long chains of compared dates, lists within lists), the kinds are marked as not exhaustive.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, assert_never

from tsutatsu.calendar import CalendarOverflow, Unit, expiry_instant
from tsutatsu.ir import (
    TODAY,
    Choice,
    Clock,
    ClockRef,
    Day,
    Directive,
    Facts,
    Hour,
    Length,
    Moment,
    Person,
    RecordList,
    Records,
    TermRef,
    Text,
    Truth,
    Value,
    Whole,
)
from tsutatsu.judging.reach import Mention, Reached, Spot
from tsutatsu.semantics import Truth3, end_of, holds

MOST_KINDS: Final = 64
"""More kinds than this of one fact are not tried."""

MOST_WITNESSES: Final = 3
"""More records than this are not added to a list that may have more."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the facts: a term, or a term within the record of a list (counted from 0)."""

    term: str
    within: str | None = None
    index: int = 0

    @property
    def spot(self) -> Spot:
        """The term as conditions see it there."""
        return Spot(self.within, self.term)

    @property
    def alone(self) -> "Slot":
        """The same place in the facts of its record alone."""
        return Slot(self.term)

    def path(self, directive: Directive) -> str:
        """The place as people write it."""
        label = directive.term[self.term].words.ja
        if self.within is None:
            return label
        return f"{directive.term[self.within].words.ja}[{self.index + 1}].{label}"

    def value(self, facts: Facts) -> Value | None:
        """What stands there (none, and not known, alike give nothing)."""
        return self.scope(facts).get(self.term)

    def known(self, facts: Facts) -> bool:
        """Whether anything was said there."""
        return self.term in self.scope(facts)

    def scope(self, facts: Facts) -> Facts:
        """The facts, or the record, in which the place lies."""
        if self.within is None:
            return facts
        records = facts.get(self.within)
        if not isinstance(records, RecordList) or self.index >= len(records.records):
            return {}
        return records.records[self.index]

    def put(self, facts: Facts, value: Value) -> dict[str, Value]:
        """The facts with ``value`` in this place."""
        return self._with({**self.scope(facts), self.term: value}, facts)

    def without(self, facts: Facts) -> dict[str, Value]:
        """The facts with nothing said in this place."""
        return self._with({term: value for term, value in self.scope(facts).items() if term != self.term}, facts)

    def _with(self, scope: dict[str, Value], facts: Facts) -> dict[str, Value]:
        """The facts with the facts (or the record) in which the place lies made ``scope``."""
        if self.within is None:
            return scope
        records = facts[self.within]
        assert isinstance(records, RecordList)
        changed = list(records.records)
        changed[self.index] = scope
        return {**facts, self.within: RecordList(tuple(changed), records.complete)}


@dataclass(frozen=True, slots=True)
class Kinds:
    """One value of each kind that could stand in a place."""

    values: tuple[Value, ...]
    exhaustive: bool


def slots_at(spot: Spot, facts: Facts) -> tuple[Slot, ...]:
    """The places that a term seen from a condition has in these facts."""
    if spot.within is None:
        return (Slot(spot.term),)
    records = facts.get(spot.within)
    count = len(records.records) if isinstance(records, RecordList) else 0
    return tuple(Slot(spot.term, spot.within, index) for index in range(count))


def unknown_slots(reached: Reached, directive: Directive, facts: Facts) -> tuple[Slot, ...]:
    """The places that the conditions look at of which nothing is known, lists last."""
    found: dict[Slot, None] = {}
    for spot in reached.spots:
        term = directive.term[spot.term]
        if spot.term == TODAY or term.derived is not None:
            continue
        for slot in slots_at(spot, facts):
            if not slot.known(facts):
                found[slot] = None
    for name in reached.lists:
        value = facts.get(name)
        if name not in facts or (isinstance(value, RecordList) and not value.complete):
            found.pop(Slot(name), None)
            found[Slot(name)] = None
    return tuple(found)


def computed_slots(reached: Reached, facts: Facts) -> tuple[Slot, ...]:
    """Derived truths not supplied, which a comparison with another term would look for."""
    compared = {mention.other for mention in reached.mentions if mention.other is not None}
    spots = [spot for spot in reached.computed if spot in compared]
    return tuple(slot for spot in spots for slot in slots_at(spot, facts) if not slot.known(facts))


def kinds_of(
    slot: Slot, reached: Reached, directive: Directive, facts: Facts, only: date | None = None, *, every: bool = False
) -> Kinds:
    """The kinds of value that could stand in ``slot``; ``only``: a moment known to lie on that day.

    ``every``: also the values beside a place where a test turns that no test tells from those further away.
    """
    term = directive.term[slot.term]
    near = _Near(slot, reached, directive, facts, every=every)
    match term.type:
        case Truth():
            return Kinds((True, False), True)
        case Choice(options):
            named = near.constants()
            ids = [o.id for o in options]
            rest = [one for one in ids if one not in named]
            return near.told_apart([one for one in ids if one in named] + (rest if near.related else rest[:1]))
        case Text() | Person():
            said = [value for value in near.constants() if isinstance(value, str)]
            said += [value for value in near.neighbours_known() if isinstance(value, str)]
            others = strangers(set(said), 1 + near.unknown_neighbours)
            return near.told_apart([*dict.fromkeys(said), *others], near.unknown_neighbours <= MOST_WITNESSES)
        case Whole() | Length() | Day() | Moment() | Hour():
            return near.along_its_axis(only)
        case Records():
            return _lists(slot, reached, facts)
        case _:
            assert_never(term.type)


@dataclass(frozen=True, slots=True)
class Turning:
    """Where what tests say of a term turns, or right after it: at values of the term, and at times of every day."""

    values: tuple[date | time, ...]
    hours: tuple[time, ...]


def turning_of(term: str, reached: Reached, directive: Directive, facts: Facts) -> Turning:
    """Where the tests of a day, a moment or a time of day turn, by what the facts say of all that it is tested with."""
    axis = _axis(directive, term)
    found = _turns(Slot(term), reached, directive, facts, seen=frozenset(), depth=0)
    values = (axis.value(one) for one in sorted(found.points))
    return Turning(
        tuple(one for one in values if isinstance(one, date | time)), tuple(_hour(one) for one in sorted(found.hours))
    )


def strangers(known: set[str], count: int) -> list[str]:
    """Persons or words that are none of those known."""
    found: list[str] = []
    number = 1
    while len(found) < count:
        name = f"（別の者{number}）"
        if name not in known:
            found.append(name)
        number += 1
    return found


def _lists(slot: Slot, reached: Reached, facts: Facts) -> Kinds:
    """Lists with as many further records as there are conditions on its records: a witness for each."""
    asked = [one for one in reached.quantified if one.term == slot.term]
    more = min(len(asked), MOST_WITNESSES)
    exhaustive = more == len(asked) and not any(one.nested for one in reached.quantified)
    said = facts.get(slot.term)
    known = said.records if isinstance(said, RecordList) else ()
    blank: Facts = {}
    lists: list[Value] = [RecordList(known + (blank,) * n) for n in range(more + 1)]
    return Kinds(tuple(lists) if slot.term in facts else (*lists, None), exhaustive)


class _Near:
    """A place and the places that tests compare it with."""

    def __init__(
        self, slot: Slot, reached: Reached, directive: Directive, facts: Facts, *, every: bool = False
    ) -> None:
        self.slot = slot
        self.every = every
        self.reached = reached
        self.directive = directive
        self.facts = facts
        spot = Spot(slot.within, slot.term)
        self.mentions = [m for m in reached.mentions if spot in (m.spot, m.other)]
        self.related = any(m.other is not None for m in self.mentions)

    def constants(self) -> list[object]:
        """The constants that tests compare the term with, in the order met."""
        found: list[object] = []
        for mention in self.mentions:
            operand = mention.test.operand
            if mention.spot.term != self.slot.term or isinstance(operand, (TermRef, ClockRef)) or operand is None:
                continue
            found += operand if isinstance(operand, tuple) else [operand]
        return list(dict.fromkeys(found))

    def neighbours(self) -> list[tuple[Slot, Mention]]:
        """The places that tests compare this one with."""
        return _neighbours(self.slot, self.reached, self.facts)

    def neighbours_known(self) -> list[Value]:
        """What is known in them."""
        return [slot.value(self.facts) for slot, _ in self.neighbours() if slot.known(self.facts)]

    @property
    def unknown_neighbours(self) -> int:
        """In how many of them nothing is known, neighbours of neighbours counted."""
        seen, todo = {self.slot}, [self.slot]
        while todo:
            for slot, _ in _neighbours(todo.pop(), self.reached, self.facts):
                if slot not in seen and not slot.known(self.facts):
                    seen.add(slot)
                    todo.append(slot)
        return len(seen) - 1

    def told_apart(self, values: Iterable[Value], exhaustive: bool = True) -> Kinds:
        """The values, and none where there may be none; those that every test treats alike are kept once."""
        kind = self.directive.term[self.slot.term].type
        nothing = () if isinstance(kind, Choice) and not kind.none else (None,)
        kept: dict[object, Value] = {}
        for value in (*values, *nothing):
            kept.setdefault((type(value), value) if self.every else self._signature(value), value)
        found = tuple(kept.values())
        return Kinds(found[:MOST_KINDS], exhaustive and len(found) <= MOST_KINDS)

    def _signature(self, value: Value) -> object:
        """What the tests say of the value; a value by itself where one of them cannot say."""
        within = self.slot.within
        if value is None and Spot(within, self.slot.term) in self.reached.days:
            return None
        facts = self.slot.put(self.facts, value)
        if within is not None:
            kind = self.directive.term[within].type
            assert isinstance(kind, Records)
            facts = {**{k: v for k, v in facts.items() if k not in kind.fields}, **self.slot.scope(facts)}
        said: list[Truth3] = []
        for mention in self.mentions:
            spots = {mention.spot.within, self.slot.within if mention.other is None else mention.other.within}
            if spots != {within}:
                return type(value), value
            truth = holds(mention.test, self.directive, facts, {})
            if truth is Truth3.UNKNOWN:
                return type(value), value
            said.append(truth)
        return tuple(said)

    def along_its_axis(self, only: date | None) -> Kinds:
        """Points at and beside every place where a test turns."""
        axis = _axis(self.directive, self.slot.term)
        companions = self.unknown_neighbours
        turns = _turns(self.slot, self.reached, self.directive, self.facts, seen=frozenset(), depth=4)
        points = set(turns.points) or {axis.anchor(self.facts)}
        room = min(1 + companions, 3)
        points = {p + step for p in points for step in range(-room, room + 1)}
        if self.every and isinstance(axis.type, Moment | Hour):
            points |= {p + step for p in points for step in (-_MINUTE, _MINUTE)}
        if turns.hours:
            days = {p // _DAY + step for p in points for step in (-1, 0, 1)} if axis.moment else {0}
            if len(days) * len(turns.hours) <= 4 * MOST_KINDS:
                points |= {day * _DAY + hour + step for day in days for hour in turns.hours for step in (-1, 0)}
        if only is not None and axis.moment:
            first = only.toordinal() * _DAY
            points = {first, *(first + p % _DAY for p in points)}
        middle = axis.plain(self.facts, self.reached.days)
        plainest = sorted(points, key=lambda p: (axis.odd(p), abs(p - middle), p))
        values = [value for p in plainest if (value := axis.value(p)) is not None]
        exhaustive = companions <= 2 and not (companions and axis.moment)
        found = self.told_apart(values, exhaustive)
        if only is None:
            return found
        return Kinds(tuple(v for v in found.values if isinstance(v, date)), found.exhaustive)


_DAY: Final = 24 * 60 * 60 * 1_000_000
_MINUTE: Final = 60 * 1_000_000


def _neighbours(slot: Slot, reached: Reached, facts: Facts) -> list[tuple[Slot, Mention]]:
    here = Spot(slot.within, slot.term)
    found: list[tuple[Slot, Mention]] = []
    for mention in reached.mentions:
        if mention.other is None:
            continue
        other = mention.other if mention.spot == here else mention.spot if mention.other == here else None
        if other is None:
            continue
        found += [
            (one, mention) for one in slots_at(other, facts)
            if one != slot and (one.within != slot.within or one.index == slot.index)
        ]  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class _Axis:
    """An ordered type as numbers."""

    type: Whole | Length | Day | Moment | Hour
    begin: date
    """A day to begin at where not even the day judged is known."""

    @property
    def moment(self) -> bool:
        return isinstance(self.type, Moment)

    def place(self, value: object) -> int | None:
        """Where a value lies."""
        match value:
            case datetime():
                return value.toordinal() * _DAY + _in_day(value.time()) if self.moment else None
            case date():
                return value.toordinal() * (_DAY if self.moment else 1)
            case time():
                return _in_day(value)
            case bool():
                return None
            case int():
                return value
            case _:
                return None

    def value(self, place: int) -> Value:
        """The value that lies there; nothing where the type has none."""
        match self.type:
            case Whole(_, low, high):
                return place if low <= place <= high else None
            case Length():
                return place if place >= 0 else None
            case Day():
                return date.fromordinal(place) if 1 <= place <= _LAST else None
            case Moment():
                day, rest = divmod(place, _DAY)
                return datetime.combine(date.fromordinal(day), _hour(rest)) if 1 <= day <= _LAST else None
            case Hour():
                return _hour(place) if 0 <= place < _DAY else None
            case _:
                assert_never(self.type)

    def odd(self, place: int) -> bool:
        """Whether nobody would name such a value: a moment that is not on the minute."""
        return isinstance(self.type, Moment | Hour) and bool(place % _MINUTE)

    def plain(self, facts: Facts, days: Iterable[Spot]) -> int:
        """The place near which people name a value: for days, the act's own day where it is known."""
        if isinstance(self.type, Day | Moment):
            acts = [value for spot in days if isinstance(value := facts.get(spot.term), date)]
            day = acts[0] if acts else facts.get(TODAY, self.begin)
            assert isinstance(day, date)
            return self.place(day if self.moment else date(day.year, day.month, day.day)) or 1
        return self.anchor(facts)

    def anchor(self, facts: Facts) -> int:
        """A place to begin where no test names one."""
        match self.type:
            case Whole(_, low, high):
                return min(max(0, low), high)
            case Length():
                return 1
            case Day() | Moment():
                return self.place(facts.get(TODAY, self.begin)) or 1
            case Hour():
                return _DAY // 2
            case _:
                assert_never(self.type)


_LAST: Final = date.max.toordinal()


def _axis(directive: Directive, term: str) -> _Axis:
    kind = directive.term[term].type
    assert isinstance(kind, (Whole, Length, Day, Moment, Hour))
    return _Axis(kind, directive.issued)


def _in_day(at: time) -> int:
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


def _hour(rest: int) -> time:
    seconds, micro = divmod(rest, 1_000_000)
    return time(seconds // 3600, seconds // 60 % 60, seconds % 60, micro)


@dataclass(frozen=True, slots=True)
class _Turns:
    """Where on its axis the tests of a term change what they say: in places, and at hours of every day."""

    points: frozenset[int]
    hours: frozenset[int]


def _turns(
    slot: Slot, reached: Reached, directive: Directive, facts: Facts, *, seen: frozenset[Slot], depth: int
) -> _Turns:
    axis = _axis(directive, slot.term)
    points: set[int] = set()
    hours: set[int] = set()
    here = Spot(slot.within, slot.term)
    for mention in reached.mentions:
        operand = mention.test.operand
        if mention.spot == here and not isinstance(operand, (TermRef, ClockRef)):
            every = operand if isinstance(operand, tuple) else (operand,)
            points.update(p for one in every if (p := axis.place(one)) is not None)
        elif mention.spot == here and isinstance(operand, ClockRef):
            clock = directive.clock[operand.id]
            if clock.window is not None:
                hours |= {_in_day(clock.window.start), _in_day(clock.window.end)}
            elif not isinstance(clock.start, str):
                points |= _bounds(axis, clock, clock.start)
            elif clock.end is not None:
                points |= _day_edges(axis, clock.end)
    for other, mention in _neighbours(slot, reached, facts):
        if other in seen:
            continue
        value = other.value(facts)
        if other.known(facts):
            values = [] if value is None else [value]
        elif depth > 0:
            theirs = _axis_or_none(directive, other.term)
            if theirs is None:
                continue
            turns = _turns(other, reached, directive, facts, seen=seen | {slot}, depth=depth - 1)
            steps = turns.points or {theirs.anchor(facts)}
            values = [v for p in sorted(steps)[:MOST_KINDS] if (v := theirs.value(p)) is not None]
            hours |= turns.hours if theirs.moment == axis.moment else frozenset()
        else:
            values = []
        operand = mention.test.operand
        for one in values:
            if isinstance(operand, ClockRef):
                clock = directive.clock[operand.id]
                if mention.spot == here:
                    points |= _bounds(axis, clock, one) if isinstance(one, date) else set()
                elif isinstance(one, date):
                    points |= _starts(axis, clock, one)
            elif (p := axis.place(one)) is not None:
                points.add(p)
    return _Turns(frozenset(points), frozenset(hours))


def _axis_or_none(directive: Directive, term: str) -> _Axis | None:
    kind = directive.term[term].type
    return _Axis(kind, directive.issued) if isinstance(kind, (Whole, Length, Day, Moment, Hour)) else None


def _day_edges(axis: _Axis, day: date) -> set[int]:
    """A day's first place and, for moments, its last."""
    first = date(day.year, day.month, day.day).toordinal()
    return {first * _DAY, (first + 1) * _DAY} if axis.moment else {first}


def _bounds(axis: _Axis, clock: Clock, start: date | None) -> set[int]:
    """Where a value goes from before the clock to within it, and from within to after."""
    found: set[int] = set()
    if start is not None:
        found |= _day_edges(axis, start)
    if clock.end is not None:
        found |= _day_edges(axis, clock.end)
    over = None if start is None or clock.length is None else end_of(clock, start)
    if isinstance(over, datetime):
        found |= {p for one in (start, over) if (p := axis.place(one)) is not None}
    elif over is not None:
        found |= _day_edges(axis, over)
    return found


def _starts(axis: _Axis, clock: Clock, value: date) -> set[int]:
    """Where a start goes from leaving ``value`` before the clock to within it, and from after it to within."""
    found = _day_edges(axis, value)
    if clock.length is None or clock.counting is None:
        return found
    if clock.length.unit in (Unit.HOUR, Unit.MINUTE):
        at = value if isinstance(value, datetime) else datetime.combine(value, time())
        try:
            length = expiry_instant(at, clock.counting, clock.length).replace(tzinfo=None) - at
            back = at - length
        except (CalendarOverflow, OverflowError):
            return found
        return found | {p for one in (at, back) if (p := axis.place(one)) is not None}
    day = date(value.year, value.month, value.day)
    found |= _day_edges(axis, _first_to_reach(day, clock, lambda start: start))
    if axis.moment:  # a start at midnight counts its own day
        found |= _day_edges(axis, _first_to_reach(day, clock, lambda start: datetime.combine(start, time())))
    return found


def _first_to_reach(day: date, clock: Clock, start_of: Callable[[date], date]) -> date:
    """The first day from which the clock reaches ``day``: last days never fall as starts rise."""
    low, high = 1, day.toordinal() + 1
    while low < high:
        middle = (low + high) // 2
        last = end_of(clock, start_of(date.fromordinal(middle)))
        if last is None or last >= day:
            high = middle
        else:
            low = middle + 1
    return date.fromordinal(min(low, _LAST))
