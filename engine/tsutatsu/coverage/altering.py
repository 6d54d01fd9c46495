"""Every way to get one part of a condition wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from tsutatsu.backends.prose import tell_condition, tell_value
from tsutatsu.coverage.bounds import shifted
from tsutatsu.ir import (
    AllOf,
    AnyOf,
    Choice,
    ClockRef,
    Condition,
    Directive,
    Each,
    Is,
    Not,
    Op,
    Side,
    Some,
    Stands,
    TermRef,
    Test,
    Words,
)
from tsutatsu.source import Source


class Change(Enum):
    """What a mutant changes."""

    STRENGTH = "strength"
    DROP = "drop"
    BOUNDARY = "boundary"
    EXCEPTION = "exception"
    JOIN = "join"
    """All and any swapped."""
    NEGATE = "negate"
    VALUE = "value"
    """A set that loses one value."""


@dataclass(frozen=True, slots=True)
class Alteration:
    """A condition with one part made otherwise."""

    change: Change
    words: Words
    condition: Condition
    where: Source
    """Where the part stands."""


def alter(condition: Condition, directive: Directive) -> Iterator[Alteration]:
    """The condition with each of its parts, at every depth, made otherwise in every way."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            yield from _joined(condition, parts, directive)
        case Not(part):
            yield _negated(condition, part, directive)
            yield from _within(alter(part, directive), Not)
        case Each(term, part):
            yield Alteration(Change.JOIN, _swapped(condition, directive), Some(term, part), condition.source)
            yield from _within(alter(part, directive), lambda inner: Each(term, inner))
        case Some(term, part):
            yield Alteration(Change.JOIN, _swapped(condition, directive), Each(term, part), condition.source)
            yield from _within(alter(part, directive), lambda inner: Some(term, inner))
        case Test():
            yield _negated(condition, Not(condition), directive)
            yield from _moved(condition, directive)
            yield from _fewer(condition, directive)
        case Is() | Side() | Stands():
            yield _negated(condition, Not(condition), directive)
        case _:
            assert_never(condition)


def dropped(condition: Condition, rest: Condition, directive: Directive) -> Alteration:
    """The whole that is left when ``condition`` is taken out of it."""
    ja, en = _told(condition, directive)
    return Alteration(Change.DROP, Words(f"「{ja}」を除く", f"without “{en}”"), rest, condition.source)


def _joined(condition: AllOf | AnyOf, parts: tuple[Condition, ...], directive: Directive) -> Iterator[Alteration]:
    make = type(condition)
    several = len(parts) > 1
    if several:
        other = (AnyOf if make is AllOf else AllOf)(parts)
        yield Alteration(Change.JOIN, _swapped(condition, directive), other, condition.source)
    for at, part in enumerate(parts):
        if several:
            rest = parts[:at] + parts[at + 1 :]
            yield dropped(part, rest[0] if len(rest) == 1 else make(rest), directive)

        def put(inner: Condition, at: int = at) -> Condition:
            return make((*parts[:at], inner, *parts[at + 1 :]))

        yield from _within(alter(part, directive), put)


def _within(inner: Iterator[Alteration], put: Callable[[Condition], Condition]) -> Iterator[Alteration]:
    return (Alteration(one.change, one.words, put(one.condition), one.where) for one in inner)


def _negated(condition: Condition, other: Condition, directive: Directive) -> Alteration:
    ja, en = _told(condition, directive)
    return Alteration(Change.NEGATE, Words(f"「{ja}」を打ち消す", f"“{en}” denied"), other, condition.source)


def _swapped(condition: Condition, directive: Directive) -> Words:
    ja, en = _told(condition, directive)
    every = isinstance(condition, AllOf | Each)
    return Words(
        f"「{ja}」の{'すべて' if every else 'どれか'}を{'どれか' if every else 'すべて'}にする",
        f"{'any' if every else 'all'} for {'all' if every else 'any'} in “{en}”",
    )


def _moved(test: Test, directive: Directive) -> Iterator[Alteration]:
    """A bound one unit further and one unit nearer."""
    operand = test.operand
    kind = directive.term[test.term].type
    if test.op in _STRICT and isinstance(operand, TermRef):
        yield _instead(test, Test(test.term, _STRICT[test.op], operand), Change.BOUNDARY, directive)
    elif test.op in _STRICT and operand is not None and not isinstance(operand, tuple | ClockRef | TermRef):
        for sign in (-1, 1):
            other = shifted(kind, operand, sign)
            if other is not None:
                yield _instead(test, Test(test.term, test.op, other), Change.BOUNDARY, directive)
    elif test.op is Op.IN and isinstance(kind, Choice) and kind.ordered and isinstance(operand, tuple):
        ids = [option.id for option in kind.options]
        chosen = [at for at, name in enumerate(ids) if name in operand]
        for at in {chosen[0] - 1, chosen[-1] + 1} & set(range(len(ids))):
            wider = tuple(ids[n] for n in sorted({*chosen, at}))
            yield _instead(test, Test(test.term, Op.IN, wider), Change.BOUNDARY, directive)


def _fewer(test: Test, directive: Directive) -> Iterator[Alteration]:
    """A set of values without one of them."""
    if test.op is not Op.IN or not isinstance(test.operand, tuple) or len(test.operand) < 2:
        return
    term = directive.term[test.term]
    for at, value in enumerate(test.operand):
        rest = test.operand[:at] + test.operand[at + 1 :]
        other = Test(test.term, Op.EQ, rest[0]) if len(rest) == 1 else Test(test.term, Op.IN, rest)
        ja, en = _told(test, directive)
        words = Words(
            f"「{ja}」から{tell_value(value, term, 'ja')}を除く", f"“{en}” without {tell_value(value, term, 'en')}"
        )
        yield Alteration(Change.VALUE, words, other, test.source)


def _instead(test: Test, other: Test, change: Change, directive: Directive) -> Alteration:
    ja, en = _told(test, directive)
    other_ja, other_en = _told(other, directive)
    return Alteration(change, Words(f"「{ja}」を「{other_ja}」にする", f"“{other_en}” for “{en}”"), other, test.source)


def _told(condition: Condition, directive: Directive) -> tuple[str, str]:
    return _short(tell_condition(condition, directive, "ja"), 60), _short(
        tell_condition(condition, directive, "en"), 120
    )


def _short(text: str, most: int) -> str:
    """The text, cut where nobody would read on; the place says the rest."""
    return text if len(text) <= most else f"{text[:most]}…"


_STRICT = {Op.LT: Op.LE, Op.LE: Op.LT, Op.GT: Op.GE, Op.GE: Op.GT}
"""Each order with the bound itself taken in or left out."""
