"""The benchmark's policy says what its oracle says, so that its figures are of the right work."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def bench(checkout: Path) -> ModuleType:
    """The benchmark's way of asking us, with the folder it stands in on the path while it is brought in."""
    folder = str(checkout / "engine" / "bench")
    sys.path.insert(0, folder)
    try:
        return importlib.import_module("contenders.ours")
    finally:
        sys.path.remove(folder)


@pytest.mark.parametrize("engine", ["both", "compiled", "rete"])
def test_the_policy_gives_the_oracles_outcome_on_every_case(bench: ModuleType, engine: str) -> None:
    judge = bench.the_judge()
    for case in bench.cases():
        facts, on = bench.asked(case)
        answer = judge.ask(facts, on=on, engine=engine)
        assert bench.outcome_of(answer) == bench.oracle(case), case


def test_the_cases_are_the_same_in_every_run_and_meet_every_rule_both_ways(bench: ModuleType) -> None:
    drawn = bench.cases()
    assert drawn == bench.cases()
    outcomes = [bench.oracle(case) for case in drawn]
    for rule in bench.RULES:
        holding = sum(rule in outcome.rules for outcome in outcomes)
        assert holding == len(drawn) if rule == "record" else 0 < holding < len(drawn), rule
    assert 0 < sum(outcome.permitted for outcome in outcomes) < len(drawn)


def test_what_the_facts_leave_unknown_is_named_in_every_answer(bench: ModuleType) -> None:
    judge = bench.the_judge()
    for case in bench.cases(200):
        facts, on = bench.asked(case)
        unknown = {told.term for told in judge.ask(facts, on=on).unknown}
        assert unknown == {"record.day", *(["report.day"] if "report" in bench.oracle(case).rules else [])}


@pytest.mark.parametrize("engine", ["both", "compiled"])
@pytest.mark.parametrize("size", [10, 100])
def test_grown_judgements_break_the_norms_that_break_by_hand(bench: ModuleType, engine: str, size: int) -> None:
    contender = bench.CONTENDERS["growing"](size=size, engine=engine)
    broken = importlib.import_module("growing").broken_by_hand
    for facts in contender.items[:60]:
        told = {reason.norm for reason in contender.call(facts).reasons if reason.standing is bench.Standing.BROKEN}
        assert told == set(broken(size, facts))
