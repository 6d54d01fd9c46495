"""Receipts: performed again they agree; what was altered, left out or put in is named; nothing hostile breaks them."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from provision import GOOD, ON, law

from tsutatsu.ir import Directive, Words
from tsutatsu.judging import Judge, Receipt, read_receipt, verify
from tsutatsu.judging.verifying import Trouble
from tsutatsu.sealing import digest_of
from tsutatsu.semantics import Question

LAW = law()


class AtHand:
    """The directives at hand."""

    def __init__(self, *directives: Directive) -> None:
        self.directives = directives

    def with_digest(self, digest: str) -> Directive | None:
        return next((one for one in self.directives if digest_of(one) == digest), None)


def receipt(facts: dict[str, Any] = GOOD, **how: Any) -> Receipt:
    return Judge(LAW, "give").ask(facts, on=ON, engine="compiled", **how).receipt_with("salt")


def troubles(of: Any, facts: dict[str, Any] = GOOD, at_hand: AtHand | None = None) -> set[Trouble]:
    found = verify(of, facts, at_hand or AtHand(LAW), engine="compiled")
    assert found.ok == (not found.problems)
    return {one.trouble for one in found.problems}


@pytest.mark.parametrize(
    "how",
    [{}, {"question": Question.ORDER}, {"sides": {"認定": "乙"}}, {"presume": True}, {"question": Question.FORCE}],
)
@pytest.mark.parametrize("facts", [GOOD, {"目的": "その他"}, {"決定者": "主任者"}, {}])
def test_a_receipt_is_performed_again_from_json(facts: dict[str, Any], how: dict[str, Any]):
    given = receipt(facts, **how)
    assert read_receipt(given.to_dict()) == given
    assert troubles(given.to_dict(), facts) == set()


def test_the_same_salt_gives_the_same_receipt_and_another_hides_the_same_facts():
    one, same = receipt(), receipt()
    other = Judge(LAW, "give").ask(GOOD, on=ON, engine="compiled").receipt_with("pepper")
    assert one == same
    assert not {c.digest for c in one.facts} & {c.digest for c in other.facts}
    assert Judge(LAW, "give").ask(GOOD, on=ON).receipt.salt != Judge(LAW, "give").ask(GOOD, on=ON).receipt.salt


def test_a_receipt_holds_codes_and_no_facts_or_sentences():
    text = str(receipt().to_dict())
    assert "定め" not in text
    assert "2025-05-30" not in text


def test_what_was_altered_left_out_or_added_is_named():
    given = receipt()
    assert troubles(given, {**GOOD, "form": False}) == {Trouble.FACT_ALTERED}
    assert troubles(given, {k: v for k, v in GOOD.items() if k != "form"}) == {Trouble.FACT_MISSING}
    assert troubles(given, {**GOOD, "備考": "後から"}) == {Trouble.FACT_EXTRA}
    assert troubles(given, {**GOOD, "form": "はい"}) == {Trouble.FACTS_REFUSED}
    assert troubles(given, at_hand=AtHand()) == {Trouble.LAW_MISSING}
    reworded = law(norms=(replace(LAW.norms[0], summary=Words("別の定め")), *LAW.norms[1:]))
    assert troubles(given, at_hand=AtHand(reworded)) == {Trouble.LAW_MISSING}


def test_a_receipt_that_claims_another_answer_is_found_out_even_when_it_is_sealed_again():
    forged = replace(receipt({**GOOD, "form": False, "special": False}), verdict="permitted")
    facts = {**GOOD, "form": False, "special": False}
    assert troubles(forged, facts) == {Trouble.ALTERED, Trouble.ANSWER_DIFFERS}
    assert troubles(forged.sealed(), facts) == {Trouble.ANSWER_DIFFERS}


@pytest.mark.parametrize("name", sorted({f.name for f in fields(Receipt)} - {"digest"}))
def test_no_part_of_a_receipt_can_be_altered_unseen(name: str):
    given = receipt()
    value = getattr(given, name)
    other: Any
    match value:
        case bool():
            other = not value
        case int():
            other = value + 1
        case str():
            other = value + "x"
        case date():
            other = date(2025, 6, 2)
        case _:
            other = value[1:] if value else ("認定=甲",)
            if name == "sides":
                other = receipt({"決定者": "主任者"}).sides or receipt({**GOOD, "decider": "chief"}).sides
    assert troubles(replace(given, **{name: other}))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


PLAIN = receipt().to_dict()
HAND = AtHand(LAW)


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from([f.name for f in fields(Receipt)]), JUNK, max_size=3) | JUNK)
def test_no_receipt_however_spoiled_raises(spoiled: Any):
    plain = {**PLAIN, **spoiled} if isinstance(spoiled, dict) else spoiled
    found = verify(plain, GOOD, HAND, engine="compiled")
    assert found.ok == (plain == PLAIN)
    assert found.to_dict()["ok"] is found.ok


@pytest.mark.parametrize("decided", [("認定",), ("=甲",), ("認定=",), ("認定=甲", "認定=甲"), ("認定=甲", "認定=乙")])
def test_a_receipt_whose_sides_are_not_clear_is_unreadable_even_with_a_digest_made_anew(decided: tuple[str, ...]):
    given = receipt(sides={"認定": "甲"})
    assert troubles(given) == set()
    assert troubles(replace(given, decided=decided).sealed()) == {Trouble.UNREADABLE}


def test_a_receipt_that_says_a_thing_twice_is_unreadable_even_with_a_digest_made_anew():
    given = receipt()
    first, *_ = given.facts
    other = replace(first, digest="0" * 64)
    for facts in ((*given.facts, first), (other, *given.facts), (*given.facts, other)):
        assert troubles(replace(given, facts=facts).sealed()) == {Trouble.UNREADABLE}
    assert troubles(replace(given, units=given.units * 2).sealed()) == {Trouble.UNREADABLE}
