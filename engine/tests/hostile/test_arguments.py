"""Whatever is passed to ask with: understood as meant, or refused with what to pass instead; never a traceback."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Self

import pytest

from tsutatsu import Bundle, Judge, Question, Refused, judge
from tsutatsu.judging.asking import judge_of

SAMPLE = Path(__file__).parents[1] / "language" / "sample"
LAW = Bundle.load(SAMPLE)
ON = date(2025, 2, 1)
FACTS = {"時間帯": "夜間", "承認者の職": "課長"}


class Day(date):
    """A day of a kind of its own."""


class Word(str):
    """Text that says it equals, and hashes like, something else than it holds."""

    __slots__ = ("claims",)

    def __new__(cls, holds: str, claims: str) -> Self:
        made = super().__new__(cls, holds)
        made.claims = claims
        return made

    def __eq__(self, other: object) -> bool:
        return other == self.claims

    def __hash__(self) -> int:
        return hash(self.claims)


class Number(int):
    """A number that says it is another."""

    def __int__(self) -> int:
        return 0

    __index__ = __int__

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = int.__hash__


class Broken(Mapping[str, Any]):
    """A mapping that cannot be read out."""

    def __init__(self, trouble: Exception) -> None:
        self.trouble = trouble

    def __getitem__(self, key: str) -> Any:
        raise self.trouble

    def __iter__(self) -> Iterator[str]:
        raise self.trouble

    def __len__(self) -> int:
        return 1


class Endless(Mapping[str, Any]):
    """A mapping that never ends."""

    def __getitem__(self, key: str) -> Any:
        return key

    def __iter__(self) -> Iterator[str]:
        number = 0
        while True:
            number += 1
            yield str(number)

    def __len__(self) -> int:
        return 1


def asker() -> Judge:
    return judge_of(LAW, "round", on=ON)


def code_of(how: dict[str, Any], facts: Any = FACTS) -> set[str]:
    given: dict[str, Any] = {"on": ON, **how}
    with pytest.raises(Refused) as by_name:
        judge(LAW, "round", facts, **given)
    with pytest.raises(Refused) as by_judge:
        asker().ask(facts, **given)
    assert by_name.value.findings == by_judge.value.findings
    for one in by_name.value.findings:
        assert one.ja and one.en and one.mend_ja and one.mend_en
    return {one.code for one in by_name.value.findings}


@pytest.mark.parametrize("on", ["2025-02-01", datetime(2025, 2, 1), None, 20250201, [], Day(2025, 2, 1), date])
def test_the_day_judged_is_a_plain_day(on: Any) -> None:
    assert code_of({"on": on}) == {"TS524"}
    assert code_of({"on": on, "question": "force"}) == {"TS524"}


def test_a_question_is_asked_by_itself_or_by_its_code() -> None:
    for one in Question:
        by_code = judge(LAW, "round", FACTS, on=ON, question=one.value)
        assert by_code.question is one
        assert by_code == judge(LAW, "round", FACTS, on=ON, question=one)


@pytest.mark.parametrize("question", ["可否か", "", None, 1, ["may"], Question, Word("x", "may"), "\x1b[31m"])
def test_any_other_question_is_refused_with_those_there_are(question: Any) -> None:
    assert code_of({"question": question}) == {"TS524"}
    with pytest.raises(Refused) as refused:
        judge(LAW, "round", FACTS, on=ON, question=question)
    (said,) = refused.value.findings
    assert all(one.value in said.ja and one.value in said.en for one in Question)
    assert "\x1b" not in str(refused.value)


@pytest.mark.parametrize("engine", ["both!", "", None, 7, ["both"], {}, b"both", Word("x", "both")])
def test_an_engine_is_known_by_its_name(engine: Any) -> None:
    asker().ask(FACTS, on=ON)
    assert code_of({"engine": engine}) == {"TS522"}


@pytest.mark.parametrize("sides", ["甲", 1, [("a", "b")], {"a"}, Broken(KeyError("a")), Broken(RuntimeError("a"))])
def test_sides_are_a_mapping(sides: Any) -> None:
    assert code_of({"sides": sides}) == {"TS524"}


@pytest.mark.parametrize("sides", [{1: "甲"}, {None: None}, {"認証": ["甲"]}, {("a",): {}}])
def test_sides_are_named_by_text(sides: Any) -> None:
    assert code_of({"sides": sides}) == {"TS523"}


@pytest.mark.parametrize("how", [{"name": 3}, {"name": None}, {"directive": 3}, {"known": "2025-02-01"}, {"known": []}])
def test_law_is_named_by_text_and_known_by_a_day(how: dict[str, Any]) -> None:
    given = {"name": "round", **how}
    with pytest.raises(Refused) as refused:
        judge(LAW, given.pop("name"), FACTS, on=ON, **given)
    assert [one.code for one in refused.value.findings] == ["TS524"]


@pytest.mark.parametrize("law", ["policy", None, 3])
def test_the_law_is_a_bundle(law: Any) -> None:
    with pytest.raises(Refused) as refused:
        judge(law, "round", FACTS, on=ON)
    assert [one.code for one in refused.value.findings] == ["TS524"]


@pytest.mark.parametrize("trouble", [RuntimeError("changed size"), KeyError("x"), ValueError(), RecursionError()])
def test_facts_that_cannot_be_read_out_are_refused(trouble: Exception) -> None:
    assert code_of({}, Broken(trouble)) == {"TS515"}
    assert code_of({}, {"記録票": [Broken(trouble)]}) == {"TS515"}
    assert code_of({}, {"時間帯": Broken(trouble)}) == {"TS502"}


def test_facts_without_end_are_refused() -> None:
    assert code_of({}, Endless()) == {"TS508"}


NIGHT = "night"
BAND = "round.band"


def text(answer: Any) -> str:
    return json.dumps({**answer.to_dict(), "receipt": None, "engines": None}, ensure_ascii=False)


@pytest.mark.parametrize("engine", ["both", "compiled", "semantics"])
@pytest.mark.parametrize("often", [1, 200])
def test_text_that_says_it_equals_other_text_is_taken_for_what_it_holds(engine: str, often: int) -> None:
    asked = asker()
    night, day = (asked.ask({BAND: one}, on=ON, engine=engine) for one in (NIGHT, "day"))
    assert text(night) != text(day)
    for _ in range(often):
        asked.ask({BAND: "day"}, on=ON, engine=engine)
    assert text(asked.ask({BAND: Word(NIGHT, "day")}, on=ON, engine=engine)) == text(night)
    assert text(asked.ask({Word(BAND, "x"): NIGHT}, on=ON, engine=engine)) == text(night)
    with pytest.raises(Refused):
        asked.ask({Word("x", BAND): "day"}, on=ON, engine=engine)


@pytest.mark.parametrize(
    "facts", [{"記録票": [{"種類": Word("z", "a")}]}, {"slips": [{Word("x", "slip.kind"): "a"}]}, {"時間帯": Number(3)}]
)
def test_so_it_is_within_records_and_with_numbers(facts: Any) -> None:
    assert code_of({}, facts) <= {"TS501", "TS502", "TS503"}
