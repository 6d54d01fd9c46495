"""The bounded search: exact against brute force on small laws, sound on drawn ones; an unknown never permits."""

from random import Random

from drawing import directives, fill_in, seeds
from drawing.filling import _days, _Filler, _moments
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from provision import GOOD, ON, law
from small_laws import ASKED, VECTORS, Posed, by_brute_force, posed, search_of, small

from tsutatsu.ir import (
    TODAY,
    AllOf,
    AnyOf,
    Directive,
    Judgement,
    Kind,
    Norm,
    Not,
    Op,
    RecordList,
    Records,
    Strength,
    Term,
    Test,
    Truth,
    Value,
    Words,
)
from tsutatsu.judging import Judge
from tsutatsu.judging.engines import ByMeaning
from tsutatsu.judging.law import Law
from tsutatsu.judging.levels import Levels
from tsutatsu.judging.settling import Budget, Search, combined
from tsutatsu.semantics import Question, Verdict, span, standings


@settings(max_examples=70)
@given(posed())
def test_search_finds_exactly_the_verdicts_that_brute_force_finds(one: Posed):
    assume(small(one))
    search = search_of(one.directive, one.question)
    settled = search.settle(one.facts, whole=True)
    for sides in VECTORS:
        (branch,) = [br for br in settled.branches if all(sides[k] == v for k, v in br.sides.items())]
        assert branch.possible.exhaustive
        assert {search.levels.verdict(at) for at in branch.possible.levels} == by_brute_force(one, sides)


@settings(max_examples=70)
@given(posed())
def test_verdict_is_the_one_that_the_readings_rule_gives_brute_force(one: Posed):
    assume(small(one))
    sets = [by_brute_force(one, sides) for sides in VECTORS]
    if any(len(s) > 1 for s in sets):
        expected = Verdict.NOT_ENOUGH
    else:
        every = set().union(*sets)
        expected = every.pop() if len(every) == 1 else Verdict.BY_READING
    search = search_of(one.directive, one.question)
    assert combined(search.levels, [search.settle(one.facts)]).verdict is expected


def completed(filler: _Filler, rng: Random, directive: Directive, facts: dict[str, Value]) -> dict[str, Value]:
    """One completion of the facts, drawn at random; what is computed stays to be computed."""

    def fill(ids: tuple[str, ...], said: dict[str, Value]) -> dict[str, Value]:
        for name in ids:
            term = directive.term[name]
            if name not in said and term.derived is None:
                none = not isinstance(term.type, Truth) and rng.random() < 0.15
                said[name] = None if none else filler.value(term.type, 1.0)
        return said

    whole = fill(tuple(t.id for t in directive.terms), dict(facts))
    for term in directive.terms:
        said = whole.get(term.id)
        if isinstance(term.type, Records) and isinstance(said, RecordList):
            more = () if said.complete else tuple({} for _ in range(rng.choice((0, 1, 2))))
            whole[term.id] = RecordList(tuple(fill(term.type.fields, dict(r)) for r in (*said.records, *more)))
    return whole


@settings(max_examples=120)
@given(directives(3), seeds())
def test_no_completion_of_a_drawn_law_escapes_the_search(directive: Directive, seed: int):
    rng = Random(seed)
    judgement = directive.judgements[0]
    assume(all(directive.term[t].derived is None for t, _ in judgement.act))
    question = rng.choice(ASKED)
    filler = _Filler(rng, directive, _days(directive), _moments(directive))
    for case in fill_in(directive, seed, 2):
        facts = without_computed(directive, case.facts)
        of = Law(directive, judgement, question)
        levels = Levels(question, of.norms)
        search = Search(of, levels, ByMeaning(directive, judgement).standings, Budget(300), {}, case.sides)
        for branch in search.settle(facts, whole=True).branches:
            for _ in range(8):
                sides = {r.id: rng.choice(r.sides).id for r in directive.readings} | case.sides | dict(branch.sides)
                whole = completed(filler, rng, directive, {**facts, **dict(judgement.act)})
                low, high = levels.span([int(s) for s in standings(judgement, directive, whole, sides)])
                if low == high:
                    assert low in branch.possible.levels


def without_computed(directive: Directive, facts: dict[str, Value]) -> dict[str, Value]:
    """The facts with every computed truth left to be computed."""
    kept: dict[str, Value] = {}
    for name, value in facts.items():
        if directive.term[name].derived is not None:
            continue
        kept[name] = value
        if isinstance(value, RecordList):
            records = tuple({k: v for k, v in r.items() if directive.term[k].derived is None} for r in value.records)
            kept[name] = RecordList(records, value.complete)
    return kept


@settings(max_examples=120)
@given(directives(4), seeds(), st.sampled_from(ASKED))
def test_levels_say_what_the_meaning_says(directive: Directive, seed: int, question: Question):
    judgement = directive.judgements[0]
    norms = [directive.norm[n] for n in judgement.norms]
    levels = Levels(question, norms)
    for case in fill_in(directive, seed, 2):
        found = standings(judgement, directive, case.facts, case.sides)
        least, most = levels.span([int(one) for one in found])
        said = span(question, norms, found)
        assert (levels.verdict(least), levels.verdict(most)) == (said.least, said.most)


@settings(max_examples=80)
@given(
    st.sets(st.sampled_from(sorted(GOOD))), st.dictionaries(st.sampled_from(sorted(GOOD)), st.booleans(), max_size=2)
)
def test_leaving_facts_out_never_turns_a_refusal_into_a_permission(left_out: set[str], spoiled: dict[str, bool]):
    judge = Judge(law(), "give")
    worse = {"purpose": "other", "form": False, "decider": "clerk", "approved_on": "2025-06-30"}
    facts = {**GOOD, **{k: worse[k] for k in spoiled if k in worse}}
    whole = judge.ask(facts, on=ON, engine="compiled").verdict
    part = judge.ask({k: v for k, v in facts.items() if k not in left_out}, on=ON, engine="compiled").verdict
    if whole is Verdict.DENIED:
        assert part is not Verdict.PERMITTED
    if part in (Verdict.PERMITTED, Verdict.DENIED):
        assert part is whole


def test_at_the_bound_the_answer_is_not_enough_and_says_it_is_not_exhaustive():
    many = 14
    terms = tuple(Term(f"t{i}", Words(f"t{i}"), Truth()) for i in range(many))
    either = AnyOf(
        tuple(AllOf((Test(f"t{i}", Op.EQ, True), Test(f"t{(i + 1) % many}", Op.EQ, True))) for i in range(many))
    )
    never = AnyOf(tuple(AllOf((Test(f"t{i}", Op.EQ, True), Test(f"t{i}", Op.EQ, False))) for i in range(many)))
    puzzle = law(
        terms=terms,
        clocks=(),
        concepts=(),
        readings=(),
        norms=(
            Norm("n", "第1", Kind.DUTY, Strength.HARD, Words("定め"), when=AllOf((either, Not(either))), kept=never),
        ),
        judgements=(Judgement("j", Words("問"), ("n",)),),
    )
    search = search_of(puzzle, Question.MAY, calls=200)
    result = combined(search.levels, [search.settle({TODAY: ON})])
    assert result.verdict is Verdict.NOT_ENOUGH
    assert not result.exhaustive
