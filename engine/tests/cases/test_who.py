"""Guards that ask who acts and in which post: only whoever acts answers, and the refusal tells him why."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from handing import ASKER, AT, CHIEF, CITIZEN, EVENTS, HANDING, MANAGER, SUBMITTED, bundle
from hypothesis import given
from hypothesis import strategies as st

from tsutatsu.cases import (
    CLOCK,
    MACHINE,
    Actor,
    Chance,
    Done,
    Ground,
    Grounds,
    Holding,
    Refusal,
    Why,
    corrected,
    decide,
    erased,
    linked,
    opened,
    options,
    waived,
)
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import AllOf, AnyOf, Condition, Not, Op, Option, TermRef, Test, Words
from tsutatsu.ir.workflows import ACTOR, POST, Allowed, Hand, Handling, Workflow
from tsutatsu.judging.workable import find_unworkable, holders_of

MANAGES, CHIEFS = Option("manager", Words("管理者", "manager")), Option("chief", Words("主任者", "chief"))
BY_MANAGER: Condition = Test(POST, Op.EQ, "manager")
BY_EITHER: Condition = Test(POST, Op.IN, ("manager", "chief"))
BY_ANOTHER: Condition = Test(ACTOR, Op.DIFFERENT, TermRef("viewer"))
BY_THE_SAME: Condition = Test(ACTOR, Op.SAME, TermRef("viewer"))


def flow(guard: Condition, hand: Hand = Hand.PERSON) -> Workflow:
    """Handing out, the dropping of the request asking who does it."""
    events = tuple(replace(one, guard=guard, hand=hand) if one.id == "drop" else one for one in EVENTS)
    return replace(HANDING, events=events, posts=(MANAGES, CHIEFS))


def standing(guard: Condition, hand: Hand = Hand.PERSON) -> Ground:
    return Grounds(bundle(), (flow(guard, hand),), engine="both").named("handing", AT.date())


def drop(guard: Condition, actor: Actor, at: datetime = AT, hand: Hand = Hand.PERSON, **how) -> Done | Refusal:
    """What comes of ``actor`` dropping what 山田 has asked for."""
    ground = standing(guard, hand)
    asked = decide(ground, opened(ground, "K1", ASKER, AT).case, "submit", ASKER, SUBMITTED, now=AT)
    assert isinstance(asked, Done)
    return decide(ground, asked.case, "drop", actor, {}, now=at, **how)


@pytest.mark.parametrize(
    ("guard", "may", "may_not"),
    [
        (BY_MANAGER, [MANAGER], [CHIEF, ASKER, CITIZEN]),
        (BY_EITHER, [MANAGER, CHIEF], [ASKER, CITIZEN]),
        (Not(BY_MANAGER), [CHIEF, ASKER, CITIZEN], [MANAGER]),
        (BY_ANOTHER, [MANAGER, CHIEF, CITIZEN], [ASKER]),
        (BY_THE_SAME, [ASKER], [MANAGER, CHIEF, CITIZEN]),
        (AllOf((BY_EITHER, BY_ANOTHER)), [MANAGER, CHIEF], [ASKER, replace(MANAGER, id=ASKER.id)]),
        (AnyOf((BY_MANAGER, BY_THE_SAME)), [MANAGER, ASKER], [CHIEF, CITIZEN]),
        (Test(POST, Op.PRESENT), [MANAGER, ASKER], [CITIZEN]),
    ],
)
def test_only_those_may_whom_the_guard_names(guard: Condition, may: list[Actor], may_not: list[Actor]) -> None:
    for actor in may:
        assert isinstance(drop(guard, actor), Done), actor
    for actor in may_not:
        came = drop(guard, actor)
        assert isinstance(came, Refusal) and came.why is Why.GUARD, actor


def test_the_refusal_says_in_words_what_he_is_not() -> None:
    came = drop(BY_EITHER, ASKER)
    assert isinstance(came, Refusal)
    assert "行為者の職が「管理者」、「主任者」のいずれでもない" in came.said.ja and "「係員」" in came.said.ja
    assert "post of the person acting is none of “manager”, “chief”" in came.said.en and "係員" in came.said.en
    nobody = drop(BY_EITHER, CITIZEN)
    assert isinstance(nobody, Refusal) and "行為者の職：なし" in nobody.said.ja and "acting as: none" in nobody.said.en
    same = drop(BY_ANOTHER, ASKER)
    assert isinstance(same, Refusal) and "行為者と" in same.said.ja and "別人でない" in same.said.ja
    assert "職" not in same.said.ja


def test_a_refusal_for_another_reason_does_not_blame_him() -> None:
    came = drop(AllOf((BY_EITHER, Test("form", Op.EQ, False))), MANAGER)
    assert isinstance(came, Refusal) and came.why is Why.GUARD and "行為者" not in came.said.ja
    both = drop(AllOf((BY_EITHER, Test("form", Op.EQ, False))), ASKER)
    assert isinstance(both, Refusal) and "行為者の職が" in both.said.ja


def test_a_post_counts_only_on_the_days_on_which_it_is_held_and_only_where_he_acts_in_it() -> None:
    late = datetime(2025, 7, 1, 9)
    assert isinstance(drop(BY_EITHER, CHIEF), Done) and isinstance(drop(BY_EITHER, CHIEF, late), Refusal)
    both = Actor("高橋", "", (Holding("係員"), Holding("管理者")))
    assert isinstance(drop(BY_MANAGER, both, post="管理者"), Done)
    assert isinstance(drop(BY_MANAGER, both, post="係員"), Refusal)


@pytest.mark.parametrize(("hand", "actor"), [(Hand.MACHINE, MACHINE), (Hand.CLOCK, CLOCK)])
def test_the_machine_and_the_clock_are_nobody(hand: Hand, actor: Actor) -> None:
    for guard in (BY_EITHER, BY_ANOTHER, BY_THE_SAME, Test(POST, Op.PRESENT), Test(ACTOR, Op.PRESENT)):
        came = drop(guard, actor, hand=hand)
        assert isinstance(came, Refusal) and came.why is Why.GUARD
    posing = replace(actor, id=ASKER.id, holdings=(Holding("管理者"),))
    for guard in (BY_EITHER, BY_THE_SAME):
        assert isinstance(drop(guard, posing, hand=hand), Refusal)


def test_nobody_can_say_who_acts() -> None:
    ground = standing(BY_MANAGER)
    case = opened(ground, "K1", ASKER, AT).case
    for name in ("行為者", "行為者の職", ACTOR, POST, "post of the person acting"):
        with pytest.raises(Refused) as refused:
            decide(ground, case, "submit", ASKER, {**SUBMITTED, name: "管理者"}, now=AT)
        assert [one.code for one in refused.value.findings] == ["TS501"]


def test_who_acted_stays_no_fact_of_the_case() -> None:
    came = drop(BY_EITHER, MANAGER)
    assert isinstance(came, Done) and not {ACTOR, POST} & came.case.facts.keys()


def test_what_one_may_do_now_names_the_posts_in_which_one_may() -> None:
    ground = standing(BY_EITHER)
    asked = decide(ground, opened(ground, "K1", ASKER, AT).case, "submit", ASKER, SUBMITTED, now=AT)
    assert isinstance(asked, Done)
    both = Actor("高橋", "", (Holding("係員"), Holding("管理者")))

    def dropping(actor: Actor) -> tuple[Chance, tuple[str, ...]]:
        (one,) = (o for o in options(ground, asked.case, actor, AT).options if o.event.id == "drop")
        assert (one.refusal is None) is (one.chance is Chance.MAY)
        return one.chance, one.posts

    assert dropping(both) == (Chance.MAY, ("管理者",))
    assert dropping(ASKER)[0] is Chance.MAY_NOT and dropping(CITIZEN)[0] is Chance.MAY_NOT


def test_whose_an_event_is_can_be_told_beforehand() -> None:
    def told(guard: Condition) -> set[str] | None:
        one = flow(guard)
        found = holders_of(one.event["drop"], one, bundle().law_of(one))
        return None if found is None else {h.words.ja for h in found}

    assert told(BY_MANAGER) == {"管理者"} and told(BY_EITHER) == {"管理者", "主任者"}
    assert told(Not(BY_MANAGER)) == {"主任者", "その他"}
    assert told(Test(POST, Op.PRESENT)) == {"職を持つ者"}
    assert told(BY_ANOTHER) is None
    assert told(AnyOf((BY_MANAGER, Not(BY_MANAGER)))) is None


def test_an_event_is_nobodys_where_its_guard_asks_for_what_nobody_is() -> None:
    def codes(guard: Condition, event: str = "drop") -> list[str]:
        events = tuple(replace(one, guard=guard) if one.id == event else one for one in EVENTS)
        one = replace(HANDING, events=events, posts=(MANAGES, CHIEFS))
        return [found.code for found in find_unworkable(one, bundle().law_of(one)) if event in _named(found.ja)]

    assert codes(AllOf((BY_MANAGER, Test(POST, Op.EQ, "chief")))) == ["TS820"]
    assert codes(AllOf((BY_ANOTHER, BY_THE_SAME))) == ["TS820"]
    assert codes(BY_ANOTHER, "submit") == ["TS820"]  # it writes 閲覧者: 行為者 itself
    assert codes(BY_THE_SAME, "submit") == [] and codes(BY_MANAGER) == [] and codes(BY_ANOTHER) == []
    assert codes(AllOf((BY_MANAGER, Test("decider", Op.EQ, "chief"))), "approve") == ["TS820"]
    assert codes(AllOf((BY_MANAGER, Test("decider", Op.EQ, "manager"))), "approve") == []


def _named(said: str) -> set[str]:
    return {one.id for one in EVENTS if f"「{one.words.ja}」" in said}


# ── besides events ────────────────────────────────────────────────────────────────────────────────────────────────────


def handling(what: Handling, actor: Actor) -> Done | Refusal:
    """What comes of doing that to a case which ends, by a workflow that leaves it to another manager."""
    guard = AllOf((BY_MANAGER, BY_ANOTHER))
    kept = replace(HANDING, posts=(MANAGES, CHIEFS), allowed=tuple(Allowed(one, guard) for one in Handling))
    ground = Grounds(bundle(), (kept,), engine="both").named("handing", AT.date())
    case = opened(ground, "K1", ASKER, AT).case
    for event, who, said in (("submit", ASKER, SUBMITTED), ("approve", MANAGER, {"copies": 1}), ("give", MANAGER, {})):
        came = decide(ground, case, event, who, said, now=datetime(2025, 6, 2, 22))
        assert isinstance(came, Done)
        case = came.case
    at = datetime(2025, 6, 3)
    match what:
        case Handling.CORRECT:
            return corrected(ground, case, {"form": False}, actor, at, reason="誤記")
        case Handling.WAIVE:
            return waived(ground, case, "report", actor, at, reason="指示")
        case Handling.LINK:
            return linked(ground, case, "K2", actor, at)
        case Handling.ERASE:
            ended = replace(case, state="closed")
            return erased(ground, ended, actor, at, reason="満了")


@pytest.mark.parametrize("what", Handling)
def test_a_workflow_says_who_may_do_what_is_done_besides_its_events(what: Handling) -> None:
    assert isinstance(handling(what, MANAGER), Done)
    for actor in (CHIEF, ASKER, CITIZEN, replace(MANAGER, id=ASKER.id), MACHINE):
        with pytest.raises(Refused) as refused:
            handling(what, actor)
        (found,) = refused.value.findings
        assert found.code == "TS882" and "行為者" in found.ja and "person acting" in found.en


POSTS = ["管理者", "主任者", "係員", ""]
GUARDS = st.recursive(
    st.sampled_from([BY_MANAGER, BY_EITHER, BY_ANOTHER, BY_THE_SAME, Test(POST, Op.PRESENT)]),
    lambda part: st.one_of(
        st.lists(part, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(part, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
        part.map(Not),
    ),
    max_leaves=6,
)


def holds_by_hand(guard: Condition, name: str, post: str) -> bool:
    """What a guard says of someone, worked out here."""
    match guard:
        case AllOf(parts):
            return all(holds_by_hand(one, name, post) for one in parts)
        case AnyOf(parts):
            return any(holds_by_hand(one, name, post) for one in parts)
        case Not(part):
            return not holds_by_hand(part, name, post)
        case _:
            meaning = {
                id(BY_MANAGER): post == "管理者",
                id(BY_EITHER): post in ("管理者", "主任者"),
                id(BY_ANOTHER): name != ASKER.id,
                id(BY_THE_SAME): name == ASKER.id,
            }
            return meaning.get(id(guard), bool(post))


@given(GUARDS, st.sampled_from(["山田", "佐藤"]), st.sampled_from(POSTS))
def test_the_guard_says_of_everyone_what_it_means_and_blames_him_only_where_it_fails(
    guard: Condition, name: str, post: str
) -> None:
    came = drop(guard, Actor(name, "", (Holding(post),) if post else ()))
    assert isinstance(came, Done) is holds_by_hand(guard, name, post)
    if isinstance(came, Refusal):  # all that the guard asks for is about him: so he is told what
        assert "行為者" in came.said.ja and came.said.en
