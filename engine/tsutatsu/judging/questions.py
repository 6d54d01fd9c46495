"""The facts still to be asked for: those that can change the verdict, the most decisive first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tsutatsu.ir import Choice, Directive, Facts, Words
from tsutatsu.judging.parts import Bearing, Inquiry, OptionShown
from tsutatsu.judging.reach import Reached
from tsutatsu.judging.settling import FIRST_CALLS, Budget, Leaf, Search
from tsutatsu.judging.slots import Slot
from tsutatsu.semantics import Sides

MOST_CALLS_ALL: Final = 4_000
"""How often the engine is asked for all questions together."""

MOST_CALLS_EACH: Final = 150
"""How often it is asked whether one fact can change the verdict."""

MOST_LEAVES: Final = 12
"""From more ends of the search than this, small changes are not tried."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An unknown place, and how far an answer to it goes."""

    slot: Slot
    settling: int
    """Of a hundred kinds of answer, how many would settle the verdict at once."""
    norms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tries:
    """How often more may be tried, and the ends met where something was found to decide."""

    budget: Budget
    met: list[Leaf]


class Turning:
    """What can still change the verdict on one unit's facts (the act applied): unknown places and open readings."""

    def __init__(self, search: Search, facts: Facts) -> None:
        self.search = search
        self.facts = facts
        self._standings = search.decide(facts, search.taken)
        self._live = search.live(self._standings, facts, search.taken)
        self._run = search.run(facts, search.taken, len(search.levels.names) + 1, FIRST_CALLS)
        self._budget = Budget(MOST_CALLS_ALL)
        self._met: list[Leaf] = []
        """Ends met since, where something was found to decide."""

    def weighed(self) -> tuple[Weighed, ...]:
        """The places that can change the verdict on some way of taking the readings, the most decisive first."""
        found: list[Weighed] = []
        matters = self.search.levels.matters(self._standings)
        for slot in self.search.open_slots(self.facts, self._standings, self._live):
            if self._turns_on(slot):
                norms = tuple(n for n in matters if slot.spot in self.search.law.reach[n].seen)
                found.append(Weighed(slot, self._settling(slot), norms))
        return tuple(sorted(found, key=lambda one: (-one.settling, -len(one.norms), one.norms)))

    def readings(self) -> tuple[str, ...]:
        """The open readings whose side can change the verdict on some completion of the facts."""
        sides = self.search.taken
        return tuple(name for name in self._live.readings if name not in sides and self._turns_on(name))

    def _settling(self, slot: Slot) -> int:
        spans = [self._span(facts, self.search.taken) for facts in self._answers(slot, self.facts)]
        return sum(least == most for least, most in spans) * 100 // max(len(spans), 1)

    def _turns_on(self, place: Slot | str) -> bool:
        """Whether some completion of everything else lets this decide; at the bound it is taken to be so."""
        if self._at_an_end(place):
            return True
        own = self._budget.share(MOST_CALLS_EACH)
        decides = _pivotal(self.search, self.facts, self.search.taken, place, Tries(own, self._met))
        self._budget.back(own)
        return decides is not False

    def _at_an_end(self, place: Slot | str) -> bool:
        """Whether it decides where the search for the verdict ended: most of what decides is found there at once."""
        if isinstance(place, str):
            own = Tries(Budget(MOST_CALLS_EACH), self._met)
            ends = self._run.undecided[:MOST_LEAVES]
            return any(_pivotal(self.search, facts, self.search.taken, place, own) is True for facts in ends)
        for leaf in self._ends():
            if not place.known(leaf.facts):
                continue
            for facts in self._answers(place, leaf.facts):
                least, most = self._span(facts, leaf.sides)
                if least == most != leaf.level:
                    return True
        return False

    def _ends(self) -> Sequence[Leaf]:
        """Ends of the search, the mildest first: there, each fact that is needed can spoil it. Then those met since."""
        mildest = sorted(self._run.leaves, key=lambda leaf: leaf.level)[:MOST_LEAVES]
        return [*mildest, *self._met[-MOST_LEAVES:]]

    def _answers(self, slot: Slot, facts: Facts) -> list[Facts]:
        return [slot.put(facts, value) for value in self.search.kinds(slot, self._live, self.facts).values]

    def _span(self, facts: Facts, sides: Sides) -> tuple[int, int]:
        return self.search.levels.span(self.search.decide(facts, sides))


def inquiries(search: Search, found: Sequence[Weighed], place: Callable[[Slot], str]) -> tuple[Inquiry, ...]:
    """The questions for people: what is asked, of whom, and why."""
    directive = search.law.directive
    asked: list[Inquiry] = []
    for one in found:
        term = directive.term[one.slot.term]
        options = term.type.options if isinstance(term.type, Choice) else ()
        question = term.question
        if not question.ja:
            question = Words(f"{term.words.ja}は何か。", f"What is “{term.words.say('en')}”?")
        norms = [search.law.norms[n] for n in one.norms]
        asked.append(
            Inquiry(
                term=term.id,
                place=place(one.slot),
                words=term.words,
                question=question,
                kind=type(term.type).__name__.lower(),
                choices=tuple(OptionShown(o.id, o.words) for o in options),
                answered_by=term.answered_by,
                because=tuple(Bearing(norm.id, norm.provision) for norm in norms),
                settling=one.settling,
                guides=_guides(term.id, directive),
            )
        )
    return tuple(asked)


def _guides(term: str, directive: Directive) -> tuple[Words, ...]:
    measure = next((one for one in directive.measures if one.term == term), None)
    if measure is None:
        return ()
    from tsutatsu.judging.measuring import told_guides

    return told_guides(measure, directive)


def _pivotal(search: Search, facts: Facts, sides: Sides, place: Slot | str, tries: Tries) -> bool | None:
    """Whether some completion lets a place (or a reading) decide; None where the bound was met before it was known."""
    standings = search.decide(facts, sides)
    least, most = search.levels.span(standings)
    if least == most:
        return False
    live = search.live(standings, facts, sides)
    if not _live(place, live):
        return False
    spans: list[tuple[int, int]] = []
    ways, exhaustive = _ways(search, facts, sides, place, live)
    for known, taken in ways:
        if not tries.budget.spend():
            return None
        spans.append(search.levels.span(search.decide(known, taken)))
    if len({low for low, high in spans if low == high}) > 1:
        met = zip(ways, spans, strict=True)
        tries.met.extend(Leaf(known, taken, low) for (known, taken), (low, high) in met if low == high)
        return True
    if all(low == high for low, high in spans):
        return False if exhaustive else None
    facts_left = [one for one in search.open_slots(facts, standings, live) if one != place]
    readings_left = [name for name in live.readings if name not in sides and name != place]
    left: list[Slot | str] = [*facts_left, *readings_left]
    if not left:
        return None
    ways, exhaustive = _ways(search, facts, sides, left[0], live)
    doubt = not exhaustive
    for known, taken in ways:
        found = _pivotal(search, known, taken, place, tries)
        if found:
            return True
        doubt |= found is None
        if tries.budget.left <= 0:
            return None
    return None if doubt else False


def _live(place: Slot | str, live: Reached) -> bool:
    return place in live.readings if isinstance(place, str) else place.spot in live.seen


def _ways(
    search: Search, facts: Facts, sides: Sides, place: Slot | str, live: Reached
) -> tuple[list[tuple[Facts, Sides]], bool]:
    """The facts and sides with each kind of answer in a place (each side of a reading); whether that is all of them."""
    if isinstance(place, str):
        return [(facts, {**sides, place: side.id}) for side in search.law.directive.reading[place].sides], True
    kinds = search.kinds(place, live, facts)
    return [(place.put(facts, value), sides) for value in kinds.values], kinds.exhaustive
