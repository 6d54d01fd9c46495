"""The facts still to be asked for: those that can change the verdict, the most decisive first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from tsutatsu.ir import Choice, Facts, Words
from tsutatsu.judging.parts import Bearing, Inquiry, OptionShown
from tsutatsu.judging.settling import Budget, Search
from tsutatsu.judging.slots import Slot, kinds_of
from tsutatsu.semantics import Sides

MOST_CALLS_ALL: Final = 12_000
"""How often the engine is asked for all questions together."""

MOST_CALLS_EACH: Final = 150
"""How often the engines are asked whether one fact can change the verdict."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """An unknown place, and how far an answer to it goes."""

    slot: Slot
    settling: int
    """Of a hundred kinds of answer, how many would settle the verdict at once."""
    norms: tuple[int, ...]


def weighed(search: Search, facts: Facts, branches: Sequence[Sides]) -> tuple[Weighed, ...]:
    """The unknown places that can change the verdict on some way of taking the readings (``facts`` with the act)."""
    found: dict[Slot, Weighed] = {}
    budget = Budget(MOST_CALLS_ALL)
    for sides in branches:
        standings = search.decide(facts, sides)
        matters = search.levels.matters(standings)
        for slot in search.open_slots(facts, matters):
            norms = tuple(n for n in matters if slot.spot in search.law.reach[n].seen)
            settling = _settling(search, facts, sides, slot, matters)
            best = found.get(slot)
            if best is None and not pivotal(search, facts, sides, slot, budget):
                continue
            found[slot] = Weighed(
                slot,
                max(settling, best.settling if best else 0),
                tuple(sorted({*norms, *(best.norms if best else ())})),
            )
    return tuple(sorted(found.values(), key=lambda one: (-one.settling, -len(one.norms), one.norms)))


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
            )
        )
    return tuple(asked)


def _settling(search: Search, facts: Facts, sides: Sides, slot: Slot, norms: tuple[int, ...]) -> int:
    kinds = kinds_of(slot, search.law.reached(norms), search.law.directive, facts).values
    settled = 0
    for value in kinds:
        least, most = search.levels.span(search.decide(slot.put(facts, value), sides))
        settled += least == most
    return settled * 100 // max(len(kinds), 1)


def pivotal(search: Search, facts: Facts, sides: Sides, slot: Slot, budget: Budget) -> bool:
    """Whether some completion of the other facts lets this one decide; at the bound it is taken to be so."""
    own = Budget(min(MOST_CALLS_EACH, budget.left))
    decides = _pivotal(search, facts, sides, slot, own)
    budget.left -= MOST_CALLS_EACH - max(own.left, 0)
    return decides


def _pivotal(search: Search, facts: Facts, sides: Sides, slot: Slot, budget: Budget) -> bool:
    standings = search.decide(facts, sides)
    least, most = search.levels.span(standings)
    if least == most:
        return False
    matters = search.levels.matters(standings)
    kinds = kinds_of(slot, search.law.reached(matters), search.law.directive, facts)
    spans: list[tuple[int, int]] = []
    open_norms: set[int] = set()
    for value in kinds.values:
        if not budget.spend():
            return True
        after = search.decide(slot.put(facts, value), sides)
        spans.append(search.levels.span(after))
        open_norms.update(search.levels.matters(after))
    settled = {low for low, high in spans if low == high}
    if len(settled) > 1:
        return True
    if all(low == high for low, high in spans) and kinds.exhaustive:
        return False
    others = [one for one in search.open_slots(facts, tuple(sorted(open_norms))) if one != slot]
    if not others:
        return not kinds.exhaustive
    split = others[0]
    for value in kinds_of(split, search.law.reached(matters), search.law.directive, facts).values:
        if _pivotal(search, split.put(facts, value), sides, slot, budget):
            return True
    return False
