"""Facts whose keys are met often have a text of their own in the compiled engine: it says what any facts are told."""

from dataclasses import replace
from random import Random
from typing import Any

import pytest
from drawing import directives, fill_in, seeds
from hypothesis import given, settings

from tsutatsu.backends.compiled import Compiled, engine
from tsutatsu.ir import TODAY, Day, Directive, Moment, RecordList, Value

ODD: tuple[Any, ...] = (None, True, 0, -1, "", "不明", "no such option", 2.5, [], b"", object())


def _plain(value: Value) -> Any:
    return [dict(record) for record in value.records] if isinstance(value, RecordList) else value


@settings(max_examples=150)
@given(directives(5), seeds())
def test_facts_of_a_shape_met_often_are_told_what_any_facts_are(law: Directive, seed: int) -> None:
    rng = Random(seed)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(engine, "OFTEN", 1)
        patched.setattr(engine, "MOST_SHAPES", 1_000)
        days = [None, *(term.id for term in law.terms if isinstance(term.type, Day | Moment))]
        for one in law.judgements:
            judgement = replace(one, day=rng.choice(days))
            shaped, plainly = Compiled(law, judgement), Compiled(law, judgement)
            for case in fill_in(law, seed, 4):
                whole = {term: _plain(value) for term, value in case.facts.items() if term in shaped.terms}
                on = whole.pop(TODAY)
                odd = {term: rng.choice(ODD) if rng.random() < 0.2 else value for term, value in whole.items()}
                part = {term: value for term, value in whole.items() if rng.random() < 0.6}
                dayless = {term: value for term, value in whole.items() if term != judgement.day}
                for raw in (whole, odd, part, dayless, dict(judgement.act) | part, part | {"no such term": 1}):
                    assert shaped._general(raw, on) == plainly._any_facts(raw, on)
                    assert shaped._general(raw, on) == plainly._any_facts(raw, on)
            assert not plainly._shapes


def test_a_shape_has_its_own_text_only_when_met_often_and_only_so_many_have() -> None:
    law = next(one for one in _some_laws() if len(Compiled(one, one.judgements[0]).terms) > 7)
    compiled = Compiled(law, law.judgements[0])
    terms = sorted(compiled._plain_terms())[:6]
    (case, *_) = fill_in(law, 1, 1)
    on = case.facts[TODAY]
    for _ in range(engine.OFTEN - 1):
        compiled._general({terms[0]: None}, on)
    assert not compiled._shapes
    compiled._general({terms[0]: None}, on)
    assert len(compiled._shapes) == 1
    for keep in range(2 ** len(terms)):
        for _ in range(engine.OFTEN):
            compiled._general({term: None for at, term in enumerate(terms) if keep >> at & 1}, on)
    assert len(compiled._shapes) == engine.MOST_SHAPES
    assert len(compiled._seen) <= engine.MOST_SEEN


def _some_laws() -> list[Directive]:
    found: list[Directive] = []

    @settings(max_examples=40)
    @given(directives(6))
    def keep(law: Directive) -> None:
        found.append(law)

    keep()
    return found
