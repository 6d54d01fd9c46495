"""The lawful path: the smallest changes to what can still be changed that make it lawful on every open reading."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from tsutatsu.ir import TODAY, Changeable, Choice, Directive, Facts, Records, Term, Truth, Value, Words
from tsutatsu.judging.facts import shown_value
from tsutatsu.judging.outcome import LAWFUL, UNLAWFUL
from tsutatsu.judging.parts import Change, Path, Reach, Way
from tsutatsu.judging.reach import Spot, with_measures
from tsutatsu.judging.settling import Budget, Search, combined
from tsutatsu.judging.showing import shown
from tsutatsu.judging.slots import Slot, kinds_of, slots_at
from tsutatsu.semantics import Question

Placing = Callable[[Slot], str]
"""Says where a place of one unit's facts lies in the facts as submitted."""

MOST_CHANGES: Final = 3
MOST_CALLS: Final = 2_000
MOST_WAYS: Final = 12


@dataclass(frozen=True, slots=True)
class Put:
    """A value put in a place."""

    slot: Slot
    value: Value


def lawful_path(search: Search, facts: Facts, place: Placing, unit: int = 0, following: tuple[Slot, ...] = ()) -> Path:
    """The ways out of a refusal (``facts`` are one unit's, as judged; those ``following`` were measured by others)."""
    finder = _Finder(search, facts, following)
    found: list[tuple[Put, ...]] = []
    for size in range(1, MOST_CHANGES + 1):
        found += [one for one in finder.of_size(size) if not any(_places(less) < _places(one) for less in found)]
        if len(found) >= MOST_WAYS or finder.budget.left <= 0:
            break
    kept = _plainest(found, search.law.directive)
    ways = sorted(
        (_way(search, puts, place, unit) for puts in kept[:MOST_WAYS]),
        key=lambda w: (_REACH[w.reach], len(w.changes)),
    )
    exhaustive = finder.budget.left > 0 and finder.exhaustive
    return Path(tuple(ways), exhaustive, _words(bool(ways), exhaustive))


def _words(found: bool, exhaustive: bool) -> Words:
    if found:
        return Words("次のようにすれば適法になる。", "It becomes lawful in these ways.")
    if exhaustive:
        return Words(
            "変えられる事実を三つまで変えても、適法にはならない。",
            "No change of up to three changeable facts makes it lawful.",
        )
    return Words(
        "適法にする変更は見つからなかった（すべては試していない）。",
        "No change that makes it lawful was found (not all were tried).",
    )


def _places(puts: tuple[Put, ...]) -> frozenset[Slot]:
    return frozenset(put.slot for put in puts)


def _plainest(found: list[tuple[Put, ...]], directive: Directive) -> list[tuple[Put, ...]]:
    """Of ways that differ only in which day, hour, number or name they put somewhere, the first: the plainest value."""
    kept: dict[frozenset[object], tuple[Put, ...]] = {}
    for puts in found:
        named = frozenset((put.slot, *((put.value,) if _named(put, directive) else ())) for put in puts)
        kept.setdefault(named, puts)
    return list(kept.values())


def _named(put: Put, directive: Directive) -> bool:
    """Whether the value is one of a few that the law tells apart by name (or none)."""
    return put.value is None or isinstance(directive.term[put.slot.term].type, Choice | Truth)


class _Finder:
    """Tries changes on the places of the first norm that stands in the way: a way out must change one of them."""

    def __init__(self, search: Search, facts: Facts, following: tuple[Slot, ...]) -> None:
        self.search = search
        self.following = following
        self.facts: Facts = {**facts, **search.law.act}
        self.budget = Budget(MOST_CALLS)
        self.exhaustive = True
        self._tried: set[frozenset[Put]] = set()
        law = search.law
        day = () if law.judgement.day is None else (law.judgement.day,)
        self._fixed = {Spot(None, term) for term in (TODAY, *law.act, *day)} | {*law.reached(law.every).days}
        """The act, and the days on which it is judged: to do it when the law is not in force is no way out."""

    def of_size(self, size: int) -> list[tuple[Put, ...]]:
        """The ways of exactly ``size`` changes."""
        self._tried.clear()
        return list(self._from(self.facts, (), size))

    def _from(self, facts: Facts, puts: tuple[Put, ...], size: int) -> Iterator[tuple[Put, ...]]:
        key = frozenset(puts)
        if key in self._tried or not self.budget.spend():
            return
        self._tried.add(key)
        search = self.search
        standings = search.decide(facts, search.taken)
        least, _ = search.levels.span(standings)
        if len(puts) == size:
            if search.levels.verdict(least) in LAWFUL and self._lawful(facts):
                yield puts
            return
        obstacle = self._obstacle(facts, standings)
        if obstacle is None:
            return
        changed = {put.slot for put in puts}
        for put in self._changes(facts, obstacle):
            if put.slot not in changed:
                yield from self._from(self._put(put, facts), (*puts, put), size)

    def _put(self, put: Put, facts: Facts) -> Facts:
        """The facts with the change made, and what follows from it."""
        changed = put.slot.put(facts, put.value)
        if not self.following:
            return changed
        from tsutatsu.judging.measuring import measured_again

        return measured_again(self.search.law.directive, changed, self.following, self.search.taken)

    def _obstacle(self, facts: Facts, standings: tuple[int, ...]) -> int | None:
        """The norm that stands most in the way: on all readings, or on one of them."""
        worst, surely = self._worst(standings)
        if surely:
            return worst
        search = self.search
        live = search.live(standings, facts, search.taken)
        for vector in search.vectors([one for one in live.readings if one not in search.taken]) or ():
            if vector and self.budget.spend():
                on_one, surely = self._worst(search.decide(facts, {**search.taken, **vector}))
                if surely:
                    return on_one
        self.exhaustive = False  # a norm that may yet be kept need not be changed
        levels = search.levels
        return worst if levels.verdict(levels.of(worst, standings[worst])[1]) in UNLAWFUL else None

    def _worst(self, standings: tuple[int, ...]) -> tuple[int, bool]:
        """The norm that puts the verdict highest, and whether it surely makes it unlawful."""
        levels = self.search.levels
        worst = max(range(len(standings)), key=lambda n: (levels.of(n, standings[n]), -n))
        return worst, levels.verdict(levels.of(worst, standings[worst])[0]) in UNLAWFUL

    def _changes(self, facts: Facts, norm: int) -> Iterator[Put]:
        directive = self.search.law.directive
        reached = with_measures(self.search.law.reached((norm,)), directive)
        for spot in reached.spots:
            term = directive.term[spot.term]
            if (
                spot in self._fixed
                or spot.term == TODAY
                or term.derived is not None
                or term.changeable is Changeable.NEVER
            ):
                continue
            if isinstance(term.type, Records):
                continue
            for slot in slots_at(spot, facts):
                if slot in self.following:
                    continue
                kinds = kinds_of(slot, reached, directive, facts)
                self.exhaustive &= kinds.exhaustive
                for value in kinds.values:
                    if value is not None and not (slot.known(facts) and slot.value(facts) == value):
                        yield Put(slot, value)
                if slot.value(facts) is not None and None in kinds.values:
                    yield Put(slot, None)

    def _lawful(self, facts: Facts) -> bool:
        if self.search.law.directive.measures:
            from tsutatsu.judging.measuring import contradicted

            if contradicted(self.search.law.directive, facts, self.search.taken):
                return False
        quick = replace(self.search, budget=self.budget)
        return combined(self.search.levels, [quick.settle(facts)]).verdict in LAWFUL


_REACH: Final = {Reach.NOW: 0, Reach.BEFOREHAND: 1, Reach.OTHERS: 2}


def _way(search: Search, puts: tuple[Put, ...], place: Placing, unit: int) -> Way:
    changes = tuple(_change(search, put, place) for put in puts)
    return Way(unit, changes, max((change.reach for change in changes), key=lambda reach: _REACH[reach]))


def _change(search: Search, put: Put, place: Placing) -> Change:
    directive = search.law.directive
    term = directive.term[put.slot.term]
    value = shown_value(term, put.value)
    return Change(
        term=term.id,
        place=place(put.slot),
        value=shown(put.value),
        words=Words(f"{term.words.ja}を「{value.ja}」にする", f"make “{term.words.say('en')}” “{value.say('en')}”"),
        reach=_reach(term, search.levels.question),
        changed_by=term.changed_by,
    )


def _reach(term: Term, question: Question) -> Reach:
    """Whose a change is, and whether its time has gone: afterwards, what precedes the act can no longer be done."""
    if term.changed_by:
        return Reach.OTHERS
    if term.changeable is Changeable.BEFORE and question is not Question.MAY:
        return Reach.BEFOREHAND
    return Reach.NOW
