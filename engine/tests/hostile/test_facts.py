"""Facts made to be misread: each is refused as a finding that names it, or read as what it says and nothing else."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from provision import law as provision

from tsutatsu import Bundle, Judge, Refused, judge

SAMPLE = Path(__file__).parents[1] / "language" / "sample"
ON = date(2025, 2, 1)


@pytest.fixture(scope="module")
def law() -> Bundle:
    return Bundle.load(SAMPLE)


def refused(law: Bundle, facts: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        judge(law, "round", facts, on=ON)
    for one in found.value.findings:
        assert one.ja and one.en and one.mend_ja and one.mend_en
    return [one.code for one in found.value.findings]


def nested(depth: int) -> list[Any]:
    inside: list[Any] = []
    for _ in range(depth):
        inside = [inside]
    return inside


def endless() -> list[Any]:
    inside: list[Any] = []
    inside.append(inside)
    return inside


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"時間帯": float("nan")}, "TS509"),
        ({"時間帯": 1e400}, "TS509"),
        ({"時間帯": -0.0}, "TS502"),
        ({"時間帯": 10**5_000}, "TS502"),
        ({"時間帯": True}, "TS502"),
        ({"時間帯": Decimal("NaN")}, "TS502"),
        ({"時間帯": b"night"}, "TS502"),
        ({"時間帯": (one for one in ["night"])}, "TS502"),
        ({"時間帯": "\ud800"}, "TS511"),
        ({"時間帯": "夜\x00間"}, "TS511"),
        ({"時間帯": "\x1b[31m夜間"}, "TS503"),
        ({"時間帯": "夜" * 1_000_000}, "TS508"),
        ({"代行命令": 1}, "TS502"),
        ({"代行命令": None}, "TS507"),
        ({"見回りの日": datetime(2025, 2, 1, tzinfo=timezone(timedelta(hours=9)))}, "TS502"),
        ({"見回りの日": "令和7年2月30日"}, "TS512"),
        ({"記録票": nested(100_000)}, "TS515"),
        ({"記録票": endless()}, "TS515"),
        ({"記録票": [{}] * 100_000}, "TS508"),
        ({"記録票": [{"記録票": []}]}, "TS501"),
        ({"記録票": [{"種類": "甲票", "slip.kind": "b"}]}, "TS505"),
        ({"時間帯": "夜間", "round.band": "night"}, "TS505"),
        ({"time band": "夜間", "round.band": "day"}, "TS505"),
        ({"時間帯 ": "夜間"}, "TS501"),
        ({1: "夜間"}, "TS515"),
        ({str(n): 1 for n in range(200_000)}, "TS508"),
        ([("時間帯", "夜間")], "TS515"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_own_finding(law: Bundle, facts: Any, code: str) -> None:
    assert refused(law, facts) == [code]


def fnv(text: str) -> int:
    """The 32-bit hash by which the rule engine tells fields apart."""
    found = 2166136261
    for byte in text.encode():
        found = ((found ^ byte) * 16777619) & 0xFFFFFFFF
    return found


def test_a_key_that_only_hashes_like_a_term_is_no_term(law: Bundle) -> None:
    assert fnv("dmhx84e") == fnv("role")
    assert refused(law, {"dmhx84e": "night"}) == ["TS501"]


class Shifting(Mapping[str, object]):
    """Says something else at every look."""

    def __init__(self) -> None:
        self.looks = 0

    def __getitem__(self, key: str) -> object:
        self.looks += 1
        return "昼間" if self.looks % 2 else "夜間"

    def __iter__(self) -> Iterator[str]:
        return iter(["時間帯"])

    def __len__(self) -> int:
        return 1


def test_facts_are_looked_at_once_and_the_answer_keeps_what_was_seen(law: Bundle) -> None:
    answer = judge(law, "round", Shifting(), on=ON)
    kept = json.dumps(answer.to_dict(), allow_nan=False)
    assert json.dumps(answer.to_dict(), allow_nan=False) == kept
    assert answer.verdict == judge(law, "round", {"時間帯": "昼間"}, on=ON).verdict


@pytest.mark.parametrize("on", [date.min, date.max])
def test_the_ends_of_the_calendar_are_days_like_others(law: Bundle, on: date) -> None:
    facts = {"見回りの日": date.max, "報告日": date.max, "記録票": [{"種類": "乙票", "作成日": date.max}]}
    json.dumps(judge(law, "round", facts, on=on).to_dict(), allow_nan=False)


class Changing(dict[str, Any]):
    """Facts that somebody else goes on changing while they are read."""

    def items(self) -> Any:
        for pair in super().items():
            yield pair
            self[f"{pair[0]} "] = "夜間"


def test_facts_that_change_while_they_are_read_are_refused_and_not_half_read(law: Bundle) -> None:
    assert refused(law, Changing({"時間帯": "夜間", "承認者の職": "課長"})) == ["TS515"]


class Zoneless(tzinfo):
    """A zone that gives no offset, or fails."""

    def __init__(self, trouble: Exception | None = None) -> None:
        self.trouble = trouble

    def utcoffset(self, _: datetime | None) -> Any:
        if self.trouble is not None:
            raise self.trouble
        return "+09:00"


def test_days_and_moments_of_a_kind_of_their_own_are_refused(law: Bundle) -> None:
    class Stamp(date):
        pass

    assert refused(law, {"見回りの日": Stamp(2025, 2, 1)}) == ["TS502"]


@pytest.mark.parametrize("zone", [Zoneless(), Zoneless(RuntimeError("gone")), Zoneless(KeyError("gone"))])
@pytest.mark.parametrize("name", ["提供日時", "given_at"])
def test_a_zone_that_gives_no_offset_is_a_finding(zone: tzinfo, name: str) -> None:
    facts = {name: datetime(2025, 5, 31, 10, tzinfo=zone)}
    with pytest.raises(Refused) as found:
        Judge(provision(), "give").ask(facts, on=date(2025, 6, 1))
    assert [one.code for one in found.value.findings] == ["TS512"]


def verdict_or_codes(law: Bundle, facts: Any) -> Any:
    """The verdict, or the findings' codes."""
    try:
        return judge(law, "round", facts, on=ON, engine="compiled").verdict
    except Refused as seen:
        return [one.code for one in seen.findings]


def test_facts_changed_by_another_thread_are_read_as_they_were_at_one_moment(law: Bundle) -> None:
    facts: dict[str, Any] = {"時間帯": "夜間", "承認者の職": "課長"}
    moments = [{**facts, "時間帯": word} for word in ("夜間", "昼間")] + [{**facts, "round.band": "夜間"}]
    possible = [verdict_or_codes(law, one) for one in moments]
    assert ["TS505"] in possible
    stop = Event()

    def change() -> None:
        while not stop.is_set():
            facts["round.band"] = "夜間"
            del facts["round.band"]
            facts["時間帯"] = "昼間"
            facts["時間帯"] = "夜間"

    other = Thread(target=change)
    other.start()
    try:
        for _ in range(500):
            assert verdict_or_codes(law, facts) in possible
    finally:
        stop.set()
        other.join()
