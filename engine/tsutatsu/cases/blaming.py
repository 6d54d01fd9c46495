"""Why a guard does not hold, in words: above all what it asks of whoever acts and he does not meet."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import assert_never

from tsutatsu.cases.ground import Ground
from tsutatsu.cases.people import Doer
from tsutatsu.ir import (
    TODAY,
    AllOf,
    AnyOf,
    Condition,
    Directive,
    Each,
    Facts,
    Is,
    Not,
    Side,
    Some,
    Stands,
    TermRef,
    Test,
)
from tsutatsu.ir.workflows import ACTOR, POST, Event
from tsutatsu.judging.answer import Answer
from tsutatsu.semantics import Sides, Truth3, Verdict, holds
from tsutatsu.words import Words


@dataclass(frozen=True, slots=True)
class Unheld:
    """That a guard does not surely hold: why, in a sentence, and the whole answer."""

    said: Words
    answer: Answer


def unheld(ground: Ground, event: Event, facts: Facts, who: Doer, *, on: date, sides: Sides) -> Unheld | None:
    """That the event's own condition does not surely hold; nothing where it does, or there is none."""
    answer = ground.guards(event, facts, who, on, sides)
    if answer is None or answer.verdict is Verdict.PERMITTED:
        return None
    name, name_en = event.words.ja, event.words.say("en")
    if answer.verdict is Verdict.BY_READING:
        readings = dict.fromkeys(taken.reading for way in answer.sides for taken in way.sides)
        said = Words(
            f"「{name}」の要件が満たされているかは、{'、'.join(f'解釈「{one}」' for one in readings)}による（未定）。",
            f"Whether what “{name_en}” requires is met turns on what is undecided: "
            f"{', '.join(f'the reading “{one}”' for one in readings)}.",
        )
        return Unheld(said, answer)
    if answer.verdict is not Verdict.DENIED:
        said = Words(
            f"「{name}」の要件が満たされているか、まだ分からない。",
            f"Whether what “{name_en}” requires is met is not known yet.",
        )
        return Unheld(said, answer)
    taken = {one.id: one.taken for one in ground.directive.readings if one.taken is not None}
    known = {**facts, **ground.acting(event, who), TODAY: on}
    blamed = blamed_on(event.guard, ground.widened, known, {**taken, **sides}, who)
    which, which_en = ("", "") if blamed is None else (f"：{blamed.ja}", f": {blamed.say('en')}")
    said = Words(f"「{name}」の要件が満たされていない{which}。", f"What “{name_en}” requires is not met{which_en}.")
    return Unheld(said, answer)


def blamed_on(guard: Condition, law: Directive, facts: Facts, sides: Sides, who: Doer) -> Words | None:
    """What the guard asks of ``who`` and he is not, with the post in which he acts; nothing where it lies elsewhere.

    ``law`` has what guards ask of whoever acts among its terms, and ``facts`` what is known of him.
    """
    from tsutatsu.backends.prose import quoted, tell_condition

    found = tuple(dict.fromkeys(_Blame(law, facts, sides).of(guard, wanted=True)))
    if not found:
        return None
    said = Words(
        *(
            joint.join(tell_condition(one.test, law, lang, denied=one.denied) for one in found)
            for lang, joint in (("ja", "、"), ("en", ", "))
        )
    )
    if not any(one.test.term == POST for one in found):
        return said
    post, post_en = (quoted(who.post, lang) if who.post else none for lang, none in (("ja", "なし"), ("en", "none")))
    return Words(f"{said.ja}（行為者の職：{post}）", f"{said.say('en')} (acting as: {post_en})")


@dataclass(frozen=True, slots=True)
class _Unmet:
    """A test that came out other than wanted; ``denied``: it fails."""

    test: Test
    denied: bool


@dataclass(frozen=True, slots=True)
class _Blame:
    """Which tests of whoever acts keep a condition from coming out as wanted."""

    law: Directive
    facts: Facts
    sides: Sides

    def of(self, condition: Condition, *, wanted: bool) -> Iterator[_Unmet]:
        """The tests, in the order in which they stand."""
        truth = holds(condition, self.law, self.facts, self.sides)
        if truth is (Truth3.TRUE if wanted else Truth3.FALSE):
            return
        match condition:
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    yield from self.of(part, wanted=wanted)
            case Not(part):
                yield from self.of(part, wanted=not wanted)
            case Test() if _of_doer(condition) and truth is not Truth3.UNKNOWN:
                yield _Unmet(condition, denied=wanted)
            case Test() | Each() | Some() | Is() | Side() | Stands():
                return
            case _:
                assert_never(condition)


def _of_doer(test: Test) -> bool:
    other = test.operand.id if isinstance(test.operand, TermRef) else ""
    return test.term in (ACTOR, POST) or other == ACTOR
