"""Overlapping guides: whatever is told overlaps, and whatever one fact shows is told."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tsutatsu.bundle import Bundle
from tsutatsu.ir import AllOf, AnyOf, Condition, Guide, Local, Measure, Not, Op, Test, Value, Words
from tsutatsu.semantics import Truth3, holds, overlaps

(LAW,) = Bundle.load(Path(__file__).parent / "overlaid/law").encodings
MINUTES = [time(minute // 60, minute % 60) for minute in range(6 * 60)]
NUMBERS = range(-3, 14)
ORDERS = (Op.LT, Op.LE, Op.GT, Op.GE, Op.EQ)

LEAVES = st.one_of(
    st.builds(Test, st.just("round.at"), st.sampled_from(ORDERS), st.sampled_from(MINUTES[60:300:7])),
    st.builds(Test, st.just("round.noise"), st.sampled_from(ORDERS), st.integers(0, 10)),
    st.builds(Test, st.sampled_from(["round.at", "round.noise"]), st.just(Op.PRESENT)),
)


def several(of: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(of, min_size=1, max_size=3).map(tuple)
    return st.one_of(parts.map(AllOf), parts.map(AnyOf), of.map(Not))


CONDITIONS = st.recursive(LEAVES, several, max_leaves=5)


@settings(max_examples=60)
@given(CONDITIONS, CONDITIONS)
def test_two_guides_overlap_where_trying_every_value_of_one_fact_says_so(one: Condition, other: Condition) -> None:
    measure = Measure("round.band", (Guide("night", one), Guide("day", other)))
    law = replace(LAW, local=Local("own", Words("組織"), "長", date(2025, 5, 1), Words("要綱"), measures=(measure,)))
    every: list[tuple[str, Value]] = [("round.at", at) for at in (*MINUTES, None)]
    every += [("round.noise", number) for number in (*NUMBERS, None)]

    def both(term: str, value: Value) -> bool:
        return all(holds(guide.when, law, {term: value}, {}) is Truth3.TRUE for guide in measure.guides)

    found = list(overlaps(measure, law))
    assert bool(found) is any(both(term, value) for term, value in every)
    assert all(both(each.term, each.value) for each in found)
