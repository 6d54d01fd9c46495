"""What rests on what: the concepts, clocks, computed terms, readings and norms that a norm's standing can turn on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import assert_never

from tsutatsu.ir import (
    NEVER,
    AllOf,
    AnyOf,
    ClockRef,
    Condition,
    Directive,
    Each,
    Is,
    Judgement,
    Not,
    Side,
    Some,
    Stands,
    Test,
    conditions_of,
    walk,
)


class Sort(Enum):
    """What kind of thing scenarios show something of."""

    NORM = "norm"
    CONCEPT = "concept"
    CLOCK = "clock"
    TERM = "term"
    READING = "reading"
    DIRECTIVE = "directive"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """One thing that the law says: a norm, a concept, a clock, a computed term, a reading, or the circular itself."""

    sort: str
    id: str

    @property
    def kind(self) -> Sort:
        """Its sort."""
        return Sort(self.sort)

    def __str__(self) -> str:
        return f"{self.sort}:{self.id}"


def subject(sort: Sort, name: str) -> Subject:
    """The thing of that sort and name."""
    return Subject(sort.value, name)


class Reaching:
    """What each norm of a directive rests on, itself included."""

    def __init__(self, directive: Directive) -> None:
        self._directive = directive
        self._known: dict[Subject, frozenset[Subject]] = {}

    def of(self, thing: Subject) -> frozenset[Subject]:
        """Everything that ``thing`` rests on, and itself."""
        found = self._known.get(thing)
        if found is None:
            seen: dict[Subject, None] = {}
            waiting = [thing]
            while waiting:
                one = waiting.pop()
                if one not in seen:
                    seen[one] = None
                    waiting += self._at_once(one)
            found = self._known[thing] = frozenset(seen)
        return found

    def norms(self, thing: Subject) -> tuple[str, ...]:
        """The norms that rest on ``thing``; on the circular as a whole, those that may outlive it."""
        norms = self._directive.norms
        if thing.kind is Sort.DIRECTIVE:
            return tuple(norm.id for norm in norms if norm.survives != NEVER)
        return tuple(norm.id for norm in norms if thing in self.of(subject(Sort.NORM, norm.id)))

    def bears(self, judgement: Judgement, thing: Subject) -> bool:
        """Whether something of the judgement rests on ``thing``; a norm must be one of its own."""
        if thing.kind is Sort.NORM:
            return thing.id in judgement.norms
        return any(thing in self.of(subject(Sort.NORM, name)) for name in judgement.norms)

    def scopes(self, thing: Subject) -> tuple[tuple[str, ...], ...]:
        """The lists in whose records ``thing`` is asked about, outermost first (none: of the facts as a whole)."""
        return tuple(self._scopes.get(thing, {()}))

    @cached_property
    def _scopes(self) -> dict[Subject, dict[tuple[str, ...], None]]:
        found: dict[Subject, dict[tuple[str, ...], None]] = {}
        judged = [norm.id for norm in self._directive.norms if norm.id in self.judged]
        waiting: list[tuple[Subject, tuple[str, ...]]] = [(subject(Sort.NORM, name), ()) for name in judged]
        while waiting:
            thing, scope = waiting.pop()
            if scope not in found.setdefault(thing, {}):
                found[thing][scope] = None
                for condition in self._conditions(thing):
                    waiting += [(one, (*scope, *within)) for one, within in self._asked(condition)]
        return found

    def _conditions(self, thing: Subject) -> tuple[Condition, ...]:
        d = self._directive
        match thing.kind:
            case Sort.NORM:
                return conditions_of(d.norm[thing.id])
            case Sort.CONCEPT:
                return conditions_of(d.concept[thing.id])
            case Sort.TERM:
                derived = d.term[thing.id].derived
                return () if derived is None else (derived,)
            case Sort.CLOCK | Sort.READING | Sort.DIRECTIVE:
                return ()

    def _asked(self, condition: Condition) -> Iterator[tuple[Subject, tuple[str, ...]]]:
        """What a condition asks about, with the lists in whose records it does."""
        for part, within in walk_in_lists(condition):
            for one in self._in((part,)):
                yield one, within

    @cached_property
    def judged(self) -> frozenset[str]:
        """The norms that some judgement asks about."""
        return frozenset(name for judgement in self._directive.judgements for name in judgement.norms)

    def _at_once(self, thing: Subject) -> list[Subject]:
        d = self._directive
        found = self._in(part for condition in self._conditions(thing) for part in walk(condition))
        match thing.kind:
            case Sort.NORM:
                norm = d.norm[thing.id]
                clocks = (norm.force, norm.due.clock if norm.due is not None else None)
                return [*(subject(Sort.CLOCK, one) for one in clocks if one), *found]
            case Sort.CONCEPT:
                return [*(subject(Sort.READING, case.reading) for case in d.concept[thing.id].open), *found]
            case Sort.TERM | Sort.CLOCK | Sort.READING | Sort.DIRECTIVE:
                return found

    def _in(self, parts: Iterable[Condition]) -> list[Subject]:
        """What single conditions ask about."""
        found: list[Subject] = []
        for part in parts:
            match part:
                case Test(term, _, operand):
                    if self._directive.term[term].derived is not None:
                        found.append(subject(Sort.TERM, term))
                    if isinstance(operand, ClockRef):
                        found.append(subject(Sort.CLOCK, operand.id))
                case Is(concept):
                    found.append(subject(Sort.CONCEPT, concept))
                case Side(reading):
                    found.append(subject(Sort.READING, reading))
                case Stands(norm):
                    found.append(subject(Sort.NORM, norm))
                case _:
                    pass
        return found


def walk_in_lists(condition: Condition) -> Iterator[tuple[Condition, tuple[str, ...]]]:
    """Every condition within, outermost first, with the lists in whose records it is asked."""
    waiting: list[tuple[Condition, tuple[str, ...]]] = [(condition, ())]
    while waiting:
        one, within = waiting.pop()
        yield one, within
        match one:
            case AllOf(parts) | AnyOf(parts):
                waiting += [(part, within) for part in reversed(parts)]
            case Not(part):
                waiting.append((part, within))
            case Each(term, part) | Some(term, part):
                waiting.append((part, (*within, term)))
            case Test() | Is() | Side() | Stands():
                pass
            case _:
                assert_never(one)
