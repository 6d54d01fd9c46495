"""Receipts that somebody else wrote: whatever they hold, they are told from what was answered, and never raise."""

import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsutatsu import Bundle, Receipt, judge, verify

SAMPLE = Path(__file__).parents[1] / "language" / "sample"
LAW = Bundle.load(SAMPLE)
FACTS = {"時間帯": "夜間", "承認者の職": "課長"}
GIVEN: dict[str, Any] = judge(LAW, "round", FACTS, on=date(2025, 2, 1)).receipt.to_dict()

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["\ud800", "\x1b[31m\u202e", "=", "2025-02-30", "sha256:", "あ" * 10_000]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place within a receipt."""
    found = [path]
    if isinstance(value, dict):
        for key, inner in value.items():
            found += places(inner, (*path, key))
    if isinstance(value, list):
        for number, inner in enumerate(value):
            found += places(inner, (*path, number))
    return found


PLACES = [path for path in places(GIVEN) if path]


@given(st.sampled_from(PLACES), JUNK)
def test_a_receipt_with_anything_else_anywhere_is_not_verified(path: tuple[Any, ...], junk: Any) -> None:
    altered = deepcopy(GIVEN)
    inside = altered
    for step in path[:-1]:
        inside = inside[step]
    same = type(inside[path[-1]]) is type(junk) and inside[path[-1]] == junk
    inside[path[-1]] = junk
    done = verify(altered, FACTS, LAW)
    assert done.ok == same
    json.dumps(done.to_dict(), allow_nan=False).encode()


@given(st.sampled_from(sorted(GIVEN)))
def test_a_receipt_with_a_part_missing_is_not_verified(name: str) -> None:
    assert not verify({key: value for key, value in GIVEN.items() if key != name}, FACTS, LAW).ok


@given(JUNK)
def test_what_is_no_receipt_at_all_is_said_to_be_none(junk: Any) -> None:
    assert not verify(junk, FACTS, LAW).ok


def test_a_receipt_as_it_was_given_is_verified() -> None:
    assert verify(GIVEN, FACTS, LAW).ok
    assert verify(json.loads(json.dumps(GIVEN)), FACTS, LAW).ok
    assert isinstance(judge(LAW, "round", FACTS, on=date(2025, 2, 1)).receipt, Receipt)


@pytest.mark.parametrize("depth", [100, 100_000])
def test_a_receipt_nested_without_end_is_read_no_deeper_than_receipts_go(depth: int) -> None:
    deep: list[Any] = []
    for _ in range(depth):
        deep = [deep]
    assert not verify({**GIVEN, "facts": deep}, FACTS, LAW).ok
