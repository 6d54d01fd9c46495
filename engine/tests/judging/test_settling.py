"""The bounded search: exact against brute force on small laws, sound on drawn ones; an unknown never permits."""

from dataclasses import dataclass
from datetime import date
from itertools import product
from random import Random

from drawing import directives, fill_in, seeds
from drawing.filling import _days, _Filler, _moments
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from provision import GOOD, ON, law

from tsutatsu.ir import (
    TODAY,
    AllOf,
    AnyOf,
    Choice,
    Concept,
    Condition,
    Directive,
    Header,
    Is,
    Judgement,
    Kind,
    Lift,
    Norm,
    Not,
    Op,
    OpenCase,
    Option,
    Person,
    Printed,
    Reading,
    ReadingSide,
    RecordList,
    Records,
    Revision,
    Side,
    Some,
    Strength,
    Term,
    TermRef,
    Test,
    Truth,
    Value,
    Whole,
    Words,
)
from tsutatsu.judging import Judge
from tsutatsu.judging.engines import ByMeaning
from tsutatsu.judging.law import Law
from tsutatsu.judging.levels import Levels
from tsutatsu.judging.settling import Budget, Search, combined
from tsutatsu.semantics import Question, Verdict, span, standings

ASKED = (Question.MAY, Question.ORDER, Question.DUTY)
OPTIONS = ("a", "b", "c")
SMALL_TERMS = (
    Term("p", Words("p"), Truth()),
    Term("q", Words("q"), Truth()),
    Term("c", Words("c"), Choice(tuple(Option(o, Words(o)) for o in OPTIONS))),
    Term("n", Words("n"), Whole(Words(""), 0, 3)),
    Term("m", Words("m"), Whole(Words(""), 0, 3)),
    Term("x", Words("x"), Person()),
    Term("y", Words("y"), Person()),
    Term("list", Words("list"), Records(("r",))),
    Term("r", Words("r"), Truth()),
)
DOMAINS: dict[str, tuple[Value, ...]] = {
    "p": (True, False),
    "q": (True, False),
    "c": (*OPTIONS, None),
    "n": (0, 1, 2, 3, None),
    "m": (0, 1, 2, 3, None),
    "x": ("山田", "佐藤", "別", None),
    "y": ("山田", "佐藤", "外", None),
    "list": (
        None,
        *(RecordList(tuple({"r": v} for v in vs)) for n in (0, 1, 2) for vs in product((True, False), repeat=n)),
    ),
}
"""Every value of each small term, as far as its tests can tell them apart."""

LEAVES: tuple[Condition, ...] = (
    Test("p", Op.EQ, True),
    Test("q", Op.EQ, False),
    Test("c", Op.EQ, "a"),
    Test("c", Op.IN, ("a", "b")),
    Test("c", Op.PRESENT),
    Test("n", Op.GE, 2),
    Test("n", Op.LT, TermRef("m")),
    Test("m", Op.EQ, 1),
    Test("x", Op.DIFFERENT, TermRef("y")),
    Test("x", Op.EQ, "山田"),
    Some("list", Test("r", Op.EQ, True)),
    Side("one", "甲"),
    Is("concept"),
)


def conditions() -> st.SearchStrategy[Condition]:
    return st.recursive(
        st.sampled_from(LEAVES),
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=2).map(lambda parts: AllOf(tuple(parts))),
            st.lists(inner, min_size=1, max_size=2).map(lambda parts: AnyOf(tuple(parts))),
            inner.map(Not),
        ),
        max_leaves=4,
    )


@st.composite
def small_laws(draw: st.DrawFn) -> Directive:
    norms = tuple(
        Norm(
            f"n{i}",
            "第1",
            draw(st.sampled_from((Kind.DUTY, Kind.BAN, Kind.EFFORT, Kind.PERMISSION))),
            draw(st.sampled_from((Strength.HARD, Strength.HARD, Strength.SOFT))),
            Words("定め"),
            when=draw(conditions()),
            lifts=tuple(Lift("ただし書", c) for c in draw(st.lists(conditions(), max_size=1))),
            kept=draw(conditions()),
        )
        for i in range(draw(st.integers(1, 3)))
    )
    sides = (ReadingSide("甲", Words("甲")), ReadingSide("乙", Words("乙")))
    return Directive(
        "small",
        Header(Words("小"), Printed("令和6年1月1日", date(2024, 1, 1)), "者", "第1号"),
        Revision(1, date(2024, 1, 1)),
        SMALL_TERMS,
        (),
        (
            Concept(
                "concept", Words("語"), "第1", Test("p", Op.EQ, True), (OpenCase(Test("q", Op.EQ, True), "two", "甲"),)
            ),
        ),
        (Reading("one", "第1", Words("争"), sides), Reading("two", "第1", Words("争"), sides)),
        norms,
        (Judgement("j", Words("問"), tuple(n.id for n in norms)),),
    )


@dataclass(frozen=True)
class Posed:
    """A question of a small law, with some facts known."""

    directive: Directive
    question: Question
    facts: dict[str, Value]


@st.composite
def posed(draw: st.DrawFn) -> Posed:
    known = draw(st.sets(st.sampled_from(sorted(DOMAINS)), min_size=4))
    facts = {t: draw(st.sampled_from(DOMAINS[t])) for t in sorted(known)}
    return Posed(draw(small_laws()), draw(st.sampled_from(ASKED)), {**facts, TODAY: ON})


def search_of(directive: Directive, question: Question, calls: int = 20_000) -> Search:
    of = Law(directive, directive.judgements[0], question)
    return Search(
        of, Levels(question, of.norms), ByMeaning(directive, of.judgement).standings, Budget(calls), {}, of.taken
    )


def by_brute_force(one: Posed, sides: dict[str, str]) -> set[Verdict]:
    """The verdicts of every completion, by the meaning alone."""
    missing = [t for t in DOMAINS if t not in one.facts]
    norms = [one.directive.norm[n] for n in one.directive.judgements[0].norms]
    found = set()
    for values in product(*(DOMAINS[t] for t in missing)):
        facts = {**one.facts, **dict(zip(missing, values, strict=True))}
        settled = span(one.question, norms, standings(one.directive.judgements[0], one.directive, facts, sides)).settled
        assert settled is not None
        found.add(settled)
    return found


@settings(max_examples=70)
@given(posed())
def test_search_finds_exactly_the_verdicts_that_brute_force_finds(one: Posed):
    missing = [t for t in DOMAINS if t not in one.facts]
    count = 1
    for t in missing:
        count *= len(DOMAINS[t])
    assume(count <= 300)
    search = search_of(one.directive, one.question)
    settled = search.settle(one.facts, whole=True)
    for a, b in product("甲乙", repeat=2):
        sides = {"one": a, "two": b}
        branch = next(br for br in settled.branches if all(sides[k] == v for k, v in br.sides.items()))
        assert branch.possible.exhaustive
        assert {search.levels.verdict(at) for at in branch.possible.levels} >= by_brute_force(one, sides)
        if len(settled.branches) == 4 or not search.law.reached(search.law.every).readings:
            assert {search.levels.verdict(at) for at in branch.possible.levels} == by_brute_force(one, sides)


@settings(max_examples=70)
@given(posed())
def test_verdict_is_the_one_that_the_readings_rule_gives_brute_force(one: Posed):
    missing = [t for t in DOMAINS if t not in one.facts]
    count = 1
    for t in missing:
        count *= len(DOMAINS[t])
    assume(count <= 300)
    sets = [by_brute_force(one, {"one": a, "two": b}) for a, b in product("甲乙", repeat=2)]
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
