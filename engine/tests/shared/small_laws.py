"""Small laws whose every completion can be tried: the measure of the search."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from math import prod

from hypothesis import strategies as st
from provision import ON

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
from tsutatsu.judging.engines import ByMeaning
from tsutatsu.judging.law import Law
from tsutatsu.judging.levels import Levels
from tsutatsu.judging.settling import Budget, Search
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


VECTORS: tuple[dict[str, str], ...] = tuple({"one": a, "two": b} for a, b in product("甲乙", repeat=2))
"""Every way of taking the two readings."""

MOST_COMPLETIONS = 300


@dataclass(frozen=True)
class Posed:
    """A question of a small law, with some facts known."""

    directive: Directive
    question: Question
    facts: dict[str, Value]

    @cached_property
    def verdicts(self) -> tuple[tuple[dict[str, Value], tuple[Verdict, ...]], ...]:
        """Every way in which the unknown facts may turn out, with the meaning's verdict for each of ``VECTORS``."""
        missing = [t for t in DOMAINS if t not in self.facts]
        found = []
        for values in product(*(DOMAINS[t] for t in missing)):
            facts = {**self.facts, **dict(zip(missing, values, strict=True))}
            found.append((facts, tuple(_verdict(self, facts, sides) for sides in VECTORS)))
        return tuple(found)


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


def small(one: Posed) -> bool:
    """Whether every completion can be tried."""
    return prod(len(values) for term, values in DOMAINS.items() if term not in one.facts) <= MOST_COMPLETIONS


def _verdict(one: Posed, facts: dict[str, Value], sides: dict[str, str]) -> Verdict:
    norms = [one.directive.norm[n] for n in one.directive.judgements[0].norms]
    settled = span(one.question, norms, standings(one.directive.judgements[0], one.directive, facts, sides)).settled
    assert settled is not None
    return settled


def by_brute_force(one: Posed, sides: dict[str, str]) -> set[Verdict]:
    """The verdicts of every completion, by the meaning alone."""
    return {verdicts[VECTORS.index(sides)] for _, verdicts in one.verdicts}
