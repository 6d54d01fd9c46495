"""On the shipped law: what is not known never permits, and a settled verdict holds however it turns out."""

from datetime import date
from random import Random

import pytest
from drawing import seeds
from drawing.filling import _days, _Filler, _moments
from hypothesis import given, settings

from tsutatsu import Bundle
from tsutatsu.backends.compiled import Compiled
from tsutatsu.ir import TODAY, Choice, Directive, Judgement, Person, Records, Standing, Text, Truth, Value
from tsutatsu.judging import Judge
from tsutatsu.judging.levels import Levels
from tsutatsu.semantics import Question, Verdict

SHIPPED = Bundle.default()
JUDGEMENTS = [f"{d.id}/{j.id}" for d in SHIPPED.directives for j in d.judgements]
SETTLED = {Verdict.PERMITTED, Verdict.DENIED, Verdict.IN_ORDER, Verdict.BREACH, Verdict.BOUND, Verdict.NOT_BOUND}
BAD = Standing.BROKEN | Standing.UNEXPLAINED
COMPLETIONS = 200
PEOPLE = ("甲野", "乙野", "丙野")


class Cases:
    """Facts of one judgement, drawn: whole ones that break little, then with some left out, then completed anew."""

    def __init__(self, directive: Directive, judgement: Judgement, seed: int) -> None:
        self.rng = Random(seed)
        self.directive = directive
        self.judgement = judgement
        self.engine = Compiled(directive, judgement)
        self._filler = _Filler(self.rng, directive, _days(directive), _moments(directive))
        bearing = set(self.engine.terms) - {TODAY} - {term for term, _ in judgement.act}
        terms = [directive.term[name] for name in sorted(bearing)]
        self.terms = [t for t in terms if t.derived is None and not isinstance(t.type, Records)]

    def value(self, term: str) -> Value:
        kind = self.directive.term[term].type
        none = kind.none if isinstance(kind, Choice) else not isinstance(kind, Truth)
        if none and self.rng.random() < 0.1:
            return None
        return self.rng.choice(PEOPLE) if isinstance(kind, Person | Text) else self._filler.value(kind, 1.0)

    def mild(self, on: date) -> dict[str, Value]:
        """Whole facts, changed one by one as long as no more norms break: boundaries are met there."""
        facts: dict[str, Value] = {TODAY: on, **{t.id: self.value(t.id) for t in self.terms}}
        sides = self.sides()
        broken = self.broken(facts, sides)
        for _ in range(12 * len(self.terms)):
            changed = {**facts, (name := self.rng.choice(self.terms).id): self.value(name)}
            if (after := self.broken(changed, sides)) <= broken:
                facts, broken = changed, after
        return facts

    def broken(self, facts: dict[str, Value], sides: dict[str, str]) -> int:
        return sum(bool(one & BAD) for one in self.engine.standings(facts, sides))

    def sides(self) -> dict[str, str]:
        return {r.id: r.taken or self.rng.choice(r.sides).id for r in self.directive.readings}

    def completed(self, facts: dict[str, Value]) -> dict[str, Value]:
        return {**{t.id: self.value(t.id) for t in self.terms}, **facts}


@pytest.mark.parametrize("name", JUDGEMENTS)
@settings(max_examples=400)
@given(seeds())
def test_no_completion_of_partial_facts_contradicts_a_settled_verdict(name: str, seed: int):
    address = SHIPPED.judgement(name)
    (directive,) = [d for d in SHIPPED.directives if d.id == address.directive]
    judgement = directive.judgement[address.judgement]
    cases = Cases(directive, judgement, seed)
    if not cases.terms:
        return
    issued = directive.header.issued.day
    assert issued is not None
    on = cases.rng.choice([issued, date(issued.year + 1, 1, 10), date(issued.year + 3, 4, 1)])
    whole = cases.mild(on)
    question = cases.rng.choice((Question.MAY, Question.MAY, Question.ORDER, Question.DUTY))
    share = cases.rng.choice((0.5, 0.8, 0.95))
    known = {t.id: whole[t.id] for t in cases.terms if cases.rng.random() < share}
    answer = Judge(directive, judgement.id).ask(known, on=on, question=question, engine="compiled")
    if answer.verdict not in SETTLED:
        return
    levels = Levels(question, [directive.norm[name] for name in judgement.norms])
    filled = {} if judgement.day is None or judgement.day in known else {judgement.day: on}
    for _ in range(COMPLETIONS):
        facts = cases.completed({TODAY: on, **filled, **known})
        least, most = levels.span(cases.engine.standings(facts, cases.sides()))
        assert least == most
        assert levels.verdict(least) is answer.verdict
