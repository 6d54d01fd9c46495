"""Whether an event can ever go through: the bounded search against brute force by the meaning alone."""

from dataclasses import replace
from datetime import date
from itertools import product

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from provision import ON
from small_laws import DOMAINS, MOST_COMPLETIONS, VECTORS, conditions, small_laws

from tsutatsu.bundle import Bundle
from tsutatsu.ir import ALWAYS, FORCE, TODAY, AllOf, Clock, Condition, Directive, Norm, Strength, Value, Words
from tsutatsu.ir.norms import Kind
from tsutatsu.ir.workflows import Event, State, Workflow, Write
from tsutatsu.judging.workable import asks_of, find_unworkable, holders_of
from tsutatsu.semantics import Question, Truth3, Verdict, holds, span, standings

PLAIN = [one for one in DOMAINS if one != "list"]
"""Terms that an event can say."""


def one_event(law: Directive, guard: Condition, written: dict[str, Value], supplied: tuple[str, ...]) -> Workflow:
    writes = tuple(Write(term, value) for term, value in written.items())
    event = Event("e", Words("事象"), "", ("a",), "b", guard=guard, judgements=("j",), supplied=supplied, writes=writes)
    states = State("a", Words("甲"), initial=True), State("b", Words("乙"), final=True)
    return Workflow("w", law.id, law.issued, Words("手続"), "第1", Words("一件"), states, (event,))


def permits(law: Directive, guard: Condition, facts: dict[str, Value], sides: dict[str, str]) -> bool:
    """Whether the guard holds and the norms permit on facts of which nothing is unknown."""
    judgement = law.judgements[0]
    norms = [law.norm[name] for name in judgement.norms]
    verdict = span(Question.MAY, norms, standings(judgement, law, facts, sides)).settled
    return verdict is Verdict.PERMITTED and holds(guard, law, facts, sides) is Truth3.TRUE


@settings(max_examples=60)
@given(st.data())
def test_the_search_says_what_brute_force_says(data: st.DataObject) -> None:
    law = replace(data.draw(small_laws()), clocks=(Clock(FORCE, Words("効力"), date(2020, 1, 1)),))
    guard = data.draw(conditions())
    known = data.draw(st.sets(st.sampled_from(sorted(PLAIN)), min_size=4))
    written: dict[str, Value] = {term: data.draw(st.sampled_from(DOMAINS[term])) for term in sorted(known)}
    missing = [term for term in DOMAINS if term not in written]
    supplied = tuple(one for one in missing if one in PLAIN and data.draw(st.booleans()))
    unsaid = [term for term in missing if term not in supplied]
    count = 1
    for term in missing:
        count *= len(DOMAINS[term])
    assume(count <= MOST_COMPLETIONS)
    workflow = one_event(law, guard, written, supplied)
    (ask,) = asks_of(workflow.events[0], workflow, law)

    def surely(said: dict[str, Value]) -> bool:
        """However the rest turns out, and however it is read."""
        for values in product(*(DOMAINS[term] for term in unsaid)):
            facts = {**written, **said, **dict(zip(unsaid, values, strict=True)), TODAY: ON}
            if not all(permits(law, guard, facts, sides) for sides in VECTORS):
                return False
        return True

    every = [dict(zip(supplied, values, strict=True)) for values in product(*(DOMAINS[term] for term in supplied))]
    expected = any(surely(said) for said in every)
    told = ask.as_told({}, readings=False)
    assert expected or not told.found
    assert told.found or told.doubt or not expected

    ever = ask.ever()
    possible = any(
        permits(law, guard, {**written, **said, **dict(zip(unsaid, values, strict=True)), TODAY: ON}, sides)
        for said in every
        for values in product(*(DOMAINS[term] for term in unsaid))
        for sides in VECTORS
    )
    assert possible or not ever.found
    assert ever.found or ever.doubt or not possible
    codes = [one.code for one in find_unworkable(workflow, law)]
    assert ("TS820" in codes) <= (not possible)
    assert not (expected and codes)


def test_who_may_approve_and_provide_is_what_the_law_says(shipped: Bundle) -> None:
    def posts(workflow: str, event: str) -> tuple[set[str], set[str]]:
        one = shipped.workflow(workflow)
        found = holders_of(one.event[event], one, shipped.law_of(one)) or ()
        return {h.post for h in found if not h.by_reading}, {h.post for h in found if h.by_reading}

    assert posts("night-visit", "approve") == ({"section_chief"}, {"station_chief", "deputy_section_chief"})
    assert posts("provision", "provide")[0] == {"operations_manager"}
    assert posts("provision", "provide-on-duty")[0] == {"operations_manager", "operations_chief"}
    assert posts("viewing", "approve") == ({"operations_chief"}, {"operations_manager"})
    assert posts("exceptional-erasure", "find") == ({"general_manager"}, set())
    assert posts("provision", "record") == ({"operations_chief", "operations_clerk"}, set())
    assert posts("provision", "refuse-on-duty") == (set(), {"operations_chief"})
    assert posts("provision", "drop") == ({""}, set())  # anyone who holds a post


def test_a_fact_taken_out_of_a_shipped_workflow_is_missed(shipped: Bundle) -> None:
    provision = shipped.workflow("provision")
    law = shipped.law_of(provision)
    for label in ("提出の時間帯", "依頼書の提出先", "関係法令等に基づく適切な取扱い", "提供を受ける者"):
        term = next(one.id for one in law.terms if one.words.ja == label)
        cut = tuple(replace(e, supplied=tuple(t for t in e.supplied if t != term)) for e in provision.events)
        found = list(find_unworkable(replace(provision, events=cut), law))
        assert {one.code for one in found} == {"TS821"}
        assert all(label in one.ja for one in found)


def test_a_norm_added_to_the_law_that_nobody_can_keep_stops_the_event(shipped: Bundle) -> None:
    night = shipped.workflow("night-visit")
    law = shipped.law_of(night)
    ban = Norm(
        "never", "第5", Kind.BAN, Strength.HARD, Words("ない"), when=ALWAYS, kept=law.norm["no-self-approval"].kept
    )
    judgements = tuple(replace(one, norms=(*one.norms, "never")) for one in law.judgements)
    stopped = replace(law, norms=(*law.norms, ban), judgements=judgements)
    assert [one.code for one in find_unworkable(night, stopped)] == ["TS820", "TS820"]


def test_what_waits_for_the_end_of_the_effect_is_possible_and_what_needs_both_is_not(shipped: Bundle) -> None:
    workflow = shipped.workflow("headquarters")
    law = shipped.law_of(workflow)
    after = workflow.event["abolish"]
    within = workflow.event["set-up"]
    assert not [one for one in find_unworkable(workflow, law) if one.code == "TS820"]
    never = replace(after, guard=AllOf((after.guard, within.guard)))
    events = tuple(never if one == after else one for one in workflow.events)
    found = [one.code for one in find_unworkable(replace(workflow, events=events), law)]
    assert found == ["TS820"]
