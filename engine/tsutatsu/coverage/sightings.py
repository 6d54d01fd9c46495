"""What scenarios have shown: the facts as norms saw them, with every side of a reading that an answer told apart."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from tsutatsu.gherkin.performing import Asked, Performed
from tsutatsu.ir import Directive, Facts, Standing
from tsutatsu.judging import Answer
from tsutatsu.judging.law import Law
from tsutatsu.judging.levels import Levels
from tsutatsu.judging.live import live_reach_of
from tsutatsu.judging.slots import Slot, unknown_slots
from tsutatsu.semantics import Question, Sides, Verdict, standings


@dataclass(frozen=True, slots=True)
class Sighting:
    """The facts that one judgement's norms saw, with some sides taken, and how they stood; by which scenarios."""

    judgement: str
    on: date
    facts: Facts
    """The act and the day judged among them."""
    sides: Sides
    standings: tuple[Standing, ...]
    scenarios: list[int] = field(compare=False)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A norm of which a scenario's answer says that it cannot be told how it stands, for want of what it looks at."""

    norm: str
    scenario: int


@dataclass(frozen=True, slots=True)
class OfForce:
    """What a scenario found the circular's force to be on a day."""

    verdict: Verdict
    on: date
    scenario: int


@dataclass(frozen=True, slots=True)
class Sightings:
    """Everything that the scenarios showed of one directive."""

    seen: tuple[Sighting, ...]
    waiting: tuple[Waiting, ...]
    force: tuple[OfForce, ...]


def sightings_of(directive: Directive, performed: Iterable[tuple[int, Performed]]) -> Sightings:
    """What these scenarios (by their numbers) showed of the directive; those that did not pass show nothing."""
    seen: dict[object, Sighting] = {}
    waiting: dict[Waiting, None] = {}
    force: dict[OfForce, None] = {}
    for number, scenario in performed:
        if not scenario.passed or any(asked.force is not None for asked in scenario.asked):
            continue  # what a force has laid down for itself shows nothing of the law as issued
        for asked in scenario.asked:
            if (asked.directive, asked.issued) != (directive.id, directive.issued):
                continue
            if asked.question is Question.FORCE:
                force[OfForce(asked.answer.verdict, asked.on, number)] = None
                continue
            for one in _of(asked, directive, number):
                key = (one.judgement, _key(one.facts), tuple(sorted(one.sides.items())))
                kept = seen.setdefault(key, one)
                if number not in kept.scenarios:
                    kept.scenarios.append(number)
            waiting.update(dict.fromkeys(Waiting(name, number) for name in waits(asked.answer, directive)))
    return Sightings(tuple(seen.values()), tuple(waiting), tuple(force))


def _of(asked: Asked, directive: Directive, number: int) -> Iterator[Sighting]:
    judgement = directive.judgement[asked.answer.judgement]
    for unit in asked.answer.seen:
        stood = tuple(Standing(one) for one in unit.standings)
        yield Sighting(judgement.id, asked.on, unit.facts, unit.sides, stood, [number])
        for told in asked.answer.sides:
            sides = {**unit.sides, **{one.reading: one.side for one in told.sides}}
            stood = standings(judgement, directive, unit.facts, sides)
            yield Sighting(judgement.id, asked.on, unit.facts, sides, stood, [number])


def waits(answer: Answer, directive: Directive) -> tuple[str, ...]:
    """The norms that an answer waits for, each by itself: whatever is missing is among what it looks at."""
    if answer.verdict is not Verdict.NOT_ENOUGH:
        return ()
    law = Law(directive, directive.judgement[answer.judgement], answer.question)
    levels = Levels(answer.question, law.norms)
    found: dict[str, None] = {}
    for unit in answer.seen:
        if unit.verdict is Verdict.NOT_ENOUGH:
            waiting = levels.matters(unit.standings)
            missing = [_missing(law, number, unit.facts, unit.sides) for number in waiting]
            every = frozenset[Slot]().union(*missing)
            found.update(
                (law.norms[n].id, None) for n, own in zip(waiting, missing, strict=True) if own and own == every
            )
    return tuple(found)


def _missing(law: Law, number: int, facts: Facts, sides: Sides) -> frozenset[Slot]:
    live = live_reach_of((law.seen_as[number],), law.directive, facts, sides)
    return frozenset(unknown_slots(live, law.directive, facts))


def _key(facts: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((term, repr(value)) for term, value in facts.items()))
