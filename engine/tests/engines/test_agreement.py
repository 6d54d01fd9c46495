"""Every engine says what the meaning says, on policies and facts drawn at random; and a fault planted in one is seen.

``TSUTATSU_AGREEMENT`` sets how many judgements are compared for each engine: thousands where it is not set, 200,000
where changes are let in. ``engine/bench/agreement.py`` compares as many as are asked for.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Protocol

import pytest
from drawing import directives, draw_directive, fill_in, seeds
from hypothesis import HealthCheck, given, settings

from tsutatsu.backends import rete
from tsutatsu.backends.compiled import Compiled, comparisons, graph
from tsutatsu.backends.engine import Engine
from tsutatsu.backends.rete import Rete, atoms, chaining, lowering
from tsutatsu.calendar import Period
from tsutatsu.ir import Condition, Directive, Each, Facts, Judgement, Op, Some, Test
from tsutatsu.semantics import Truth3, standings

JUDGEMENTS = int(os.environ.get("TSUTATSU_AGREEMENT", "8000"))
PARTS = 8
FACTS = max(50, min(500, JUDGEMENTS // 400))
POLICIES = max(1, -(-JUDGEMENTS // (PARTS * FACTS)))


class Built(Protocol):
    """An engine's class."""

    def __call__(self, directive: Directive, judgement: Judgement) -> Engine: ...


ENGINES: dict[str, Built] = {"compiled": Compiled} | ({"rete": Rete} if rete.available() else {})


def disagreements(law: Directive, drawn: int, count: int, engines: Mapping[str, Built]) -> Iterator[str]:
    """Where engines and the meaning part, on facts filled in from a seed."""
    judgement = law.judgements[drawn % len(law.judgements)]
    built = {name: build(law, judgement) for name, build in engines.items()}
    for case in fill_in(law, drawn, count):
        wanted = standings(judgement, law, case.facts, case.sides)
        for name, engine in built.items():
            said = engine.standings(case.facts, case.sides)
            if said != wanted:
                yield f"{name} said {said}, the meaning {wanted}: {law.id}/{judgement.id} {case}"


@pytest.mark.parametrize("part", range(PARTS))
def test_engines_say_what_the_meaning_says(part: int):
    # counted seeds, not Hypothesis: it likes to draw the same policy again, and here each is to be another one
    for number in range(POLICIES):
        law = draw_directive(Random(f"{part}/{number}"))
        found = next(disagreements(law, number, FACTS, ENGINES), None)
        assert found is None, f"policy {part}/{number}: {found}"


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(directives(), seeds())
def test_engines_say_what_the_meaning_says_wherever_hypothesis_looks(law: Directive, drawn: int):
    assert next(disagreements(law, drawn, 50, ENGINES), None) is None


@pytest.mark.parametrize("size", [25, 60])
def test_engines_say_what_the_meaning_says_of_large_policies(size: int):
    for number in range(3):
        law = draw_directive(Random(f"{size}/{number}"), size)
        assert next(disagreements(law, number, 40, ENGINES), None) is None


# ── planted faults ───────────────────────────────────────────────────────────────────────────────────────────────────

Plant = Callable[[pytest.MonkeyPatch], None]


def mistaking(*ops: Op, reads: Op | None = None) -> Plant:
    """The rule engine's atoms misread tests with these operators: as another operator, or as their opposite."""
    asked = atoms.tested

    def mistaken(test: Test, law: Directive, facts: Facts) -> Truth3:
        if test.op not in ops:
            return asked(test, law, facts)
        if reads is not None:
            return asked(Test(test.term, reads, test.operand), law, facts)
        return Truth3(2 - asked(test, law, facts))

    return lambda patch: patch.setattr(atoms, "tested", mistaken)


def mistaking_lists(patch: pytest.MonkeyPatch) -> None:
    def mistaken(condition: Each | Some, law: Directive) -> atoms.Atom:
        return whole(Some(condition.term, condition.part) if isinstance(condition, Each) else condition, law)

    whole = atoms.whole_atom
    patch.setattr(atoms, "whole_atom", mistaken)


def mistaking_periods(patch: pytest.MonkeyPatch) -> None:
    """Lengths in days are counted one day short."""
    counted = comparisons._counted_days
    ending = comparisons.ending

    def short(counting: comparisons.Counting, length: Period) -> int | None:
        days = counted(counting, length)
        return None if days is None else days - 1

    patch.setattr(comparisons, "_counted_days", short)
    patch.setattr(comparisons, "ending", lambda counting, length: ending(counting, Period(length.n + 1, length.unit)))


def mistaking_all(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(chaining.Definitions, "all_of", chaining.Definitions.any_of)


def some_for_each(patch: pytest.MonkeyPatch) -> None:
    over = graph.Graph._over

    def mistaken(self: graph.Graph, term: str, part: Condition, scope: graph.Scope, *, every: bool) -> graph.Steps:
        return over(self, term, part, scope, every=not every)

    patch.setattr(graph.Graph, "_over", mistaken)


def always_true(*_: object) -> str:
    return "True"


def unchanged(_: object, part: graph.Node) -> graph.Node:
    return part


def set_order(wrong: str) -> Plant:
    return lambda patch: patch.setitem(comparisons._ORDERS, Op.LE, wrong)


def without_last_day(patch: pytest.MonkeyPatch) -> None:
    placed = comparisons._between

    def mistaken(op: Op, at: str, first: str | None, last: str | None) -> str:
        return placed(op, at, first, last).replace(f"<= {last}", f"< {last}")

    patch.setattr(comparisons, "_between", mistaken)


PLANTED: dict[str, tuple[str, Plant]] = {
    "rete equality": ("rete", mistaking(Op.EQ)),
    "rete membership": ("rete", mistaking(Op.IN)),
    "rete presence": ("rete", mistaking(Op.PRESENT)),
    "rete sameness": ("rete", mistaking(Op.SAME, reads=Op.DIFFERENT)),
    "rete order": ("rete", mistaking(Op.LT, reads=Op.LE)),
    "rete order, the other way": ("rete", mistaking(Op.GE, reads=Op.GT)),
    "rete date": ("rete", mistaking(Op.BEFORE, reads=Op.WITHIN)),
    "rete period": ("rete", mistaking(Op.AFTER, reads=Op.WITHIN)),
    "rete list": ("rete", mistaking_lists),
    "rete negation": ("rete", lambda patch: patch.setattr(lowering, "opposite", lambda formula: formula)),
    "rete any for all": ("rete", mistaking_all),
    "compiled equality": ("compiled", lambda patch: patch.setattr(comparisons, "_equal", always_true)),
    "compiled membership": ("compiled", lambda patch: patch.setattr(comparisons, "_among", always_true)),
    "compiled order": ("compiled", set_order("<")),
    "compiled order, the other way": ("compiled", set_order(">=")),
    "compiled date": ("compiled", without_last_day),
    "compiled period": ("compiled", mistaking_periods),
    "compiled list": ("compiled", some_for_each),
    "compiled negation": ("compiled", lambda patch: patch.setattr(graph.Graph, "_not", unchanged)),
    "compiled any for all": ("compiled", lambda patch: patch.setattr(graph.Graph, "_both", graph.Graph._either)),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_seen(fault: str, monkeypatch: pytest.MonkeyPatch):
    name, plant = PLANTED[fault]
    if name not in ENGINES:
        pytest.skip("durable-rules is not built here")
    plant(monkeypatch)
    for number in range(300):
        law = draw_directive(Random(number), 4)
        if next(disagreements(law, number, 30, {name: ENGINES[name]}), None) is not None:
            return
    pytest.fail("the engines agreed all the same")
