"""Dates as circulars print them: every published vector, and what no text may do."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsutatsu.calendar import ERAS, STATUS_WORDS, Kind, LunisolarDay, Reading, Status, era_of, read_wareki, to_wareki

VECTORS = json.loads((Path(__file__).parent / "vectors" / "wareki.json").read_text(encoding="utf-8"))
GREGORIAN_DAYS = st.dates(date(1873, 1, 1), date(2100, 12, 31))
PRINTED = st.text(
    alphabet="明治大正昭和平成令慶応MTSHR0123456789０１元〇一二三十百千年度月日末翌同前当.・/-−　 \n", max_size=24
)


def _resolved(reading: Reading) -> str | None:
    if reading.kind is Kind.YEAR and reading.status is not Status.AMBIGUOUS and reading.first is not None:
        return str(reading.first.year)
    return reading.date.isoformat() if reading.date else None


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["id"])
def test_every_vector_is_read_as_published(case: dict[str, Any]) -> None:
    reading = read_wareki(case["input"])
    assert reading.literal == case["input"]
    assert reading.kind.value == case["kind"]
    assert reading.status.value == case["status"]
    assert reading.canonical == case["canonical_wareki"]
    assert _resolved(reading) == case["iso"]
    if "range" in case:
        assert [reading.first and reading.first.isoformat(), reading.last and reading.last.isoformat()] == case["range"]


@pytest.mark.parametrize("published", VECTORS["eras"], ids=lambda era: era["name"])
def test_the_eras_are_those_published(published: dict[str, Any]) -> None:
    era = next(era for era in ERAS if era.name == published["name"])
    assert era.letter == published["letter"]
    assert era.start.isoformat() == published["start"]
    assert (era.end and era.end.isoformat()) == published["end"]


def test_each_era_begins_the_day_after_the_last_ended() -> None:
    for earlier, after in pairwise(ERAS):
        assert earlier.end is not None
        assert earlier.end + timedelta(days=1) == after.start


@pytest.mark.parametrize(
    ("text", "kind", "status", "iso"),
    [
        ("2025-07-24", Kind.DATE, Status.OK, "2025-07-24"),
        ("２０２５－０７－２４", Kind.DATE, Status.OK, "2025-07-24"),
        ("2025年7月24日", Kind.DATE, Status.OK, "2025-07-24"),
        ("二〇二五年七月二十四日", Kind.DATE, Status.OK, "2025-07-24"),
        ("千九百八十九年一月八日", Kind.DATE, Status.OK, "1989-01-08"),
        ("2025/7/24", Kind.DATE, Status.OK, "2025-07-24"),
        ("㍻30年9月6日", Kind.DATE, Status.OK, "2018-09-06"),
        ("R元.5.1", Kind.DATE, Status.OK, "2019-05-01"),
        ("令和壱拾年弐月参日", Kind.DATE, Status.OK, "2028-02-03"),
        ("令和6年度末", Kind.DATE, Status.OK, "2025-03-31"),
        ("明治6年1月1日", Kind.DATE, Status.OK, "1873-01-01"),
        ("明治5年12月2日", Kind.DATE, Status.LUNISOLAR, None),
        ("M1.9.8", Kind.DATE, Status.LUNISOLAR, None),
        ("慶応3年10月14日", Kind.DATE, Status.LUNISOLAR, None),
        ("令和0年1月1日", Kind.DATE, Status.INVALID_DATE, None),
        ("令和5年2月29日", Kind.DATE, Status.INVALID_DATE, None),
        ("令和99999年1月1日", Kind.DATE, Status.INVALID_DATE, None),
        ("2025-02-30", Kind.DATE, Status.INVALID_DATE, None),
        ("6年9月13日", Kind.RELATIVE, Status.AMBIGUOUS, None),
        ("3月31日", Kind.RELATIVE, Status.AMBIGUOUS, None),
        ("同年3月末日", Kind.RELATIVE, Status.AMBIGUOUS, None),
        ("翌年度", Kind.RELATIVE, Status.AMBIGUOUS, None),
        ("翌年2月30日", Kind.RELATIVE, Status.INVALID_DATE, None),
        ("3年6月", Kind.NONE, Status.NOT_A_DATE, None),
        ("10年", Kind.NONE, Status.NOT_A_DATE, None),
        ("3月", Kind.NONE, Status.NOT_A_DATE, None),
        ("3.1.4", Kind.NONE, Status.NOT_A_DATE, None),
        ("2025-07-2 4", Kind.NONE, Status.NOT_A_DATE, None),
        ("速やかに", Kind.NONE, Status.NOT_A_DATE, None),
        ("", Kind.NONE, Status.NOT_A_DATE, None),
    ],
)
def test_a_text_is_read_whole_or_refused(text: str, kind: Kind, status: Status, iso: str | None) -> None:
    reading = read_wareki(text)
    assert (reading.kind, reading.status, _resolved(reading)) == (kind, status, iso)


@pytest.mark.parametrize(
    ("text", "first", "last", "status", "canonical"),
    [
        ("令和元年", "2019-05-01", "2019-12-31", Status.AMBIGUOUS, "令和元年"),
        ("昭和64年1月", "1989-01-01", "1989-01-07", Status.AMBIGUOUS, "昭和64年1月"),
        ("平成36年", "2024-01-01", "2024-12-31", Status.NOMINAL_BEYOND_ERA, "令和6年"),
        ("令和元年4月", "2019-04-01", "2019-04-30", Status.BEFORE_ERA, "平成31年4月"),
        ("平成36年度", "2024-04-01", "2025-03-31", Status.NOMINAL_BEYOND_ERA, "令和6年度"),
        ("昭和63年度", "1988-04-01", "1989-03-31", Status.OK, "昭和63年度"),
        ("2024年度", "2024-04-01", "2025-03-31", Status.OK, "令和6年度"),
        ("令和6年2月", "2024-02-01", "2024-02-29", Status.OK, "令和6年2月"),
        ("2019年", "2019-01-01", "2019-12-31", Status.OK, None),
    ],
)
def test_a_span_is_cut_where_its_era_changes_and_a_fiscal_year_is_not(
    text: str, first: str, last: str, status: Status, canonical: str | None
) -> None:
    reading = read_wareki(text)
    assert (reading.first, reading.last) == (date.fromisoformat(first), date.fromisoformat(last))
    assert (reading.status, reading.canonical, reading.date) == (status, canonical, None)


def test_only_a_date_that_stands_is_usable() -> None:
    usable = {status for status in Status if Reading("", Kind.DATE, None, None, None, status, None).usable}
    assert usable == {Status.OK, Status.NOMINAL_BEYOND_ERA}


def test_every_status_has_its_sentence_in_both_languages() -> None:
    assert set(STATUS_WORDS) == set(Status)
    assert all(words.ja and words.en.isascii() is ("令和" not in words.en) for words in STATUS_WORDS.values())


@given(GREGORIAN_DAYS)
def test_what_is_printed_is_read_back(day: date) -> None:
    reading = read_wareki(to_wareki(day))
    assert (reading.date, reading.status, reading.canonical) == (day, Status.OK, to_wareki(day))


@given(GREGORIAN_DAYS)
def test_an_iso_date_is_the_same_day(day: date) -> None:
    assert read_wareki(day.isoformat()) == Reading(
        day.isoformat(), Kind.DATE, day, None, None, Status.OK, to_wareki(day)
    )


@given(GREGORIAN_DAYS)
def test_an_era_past_its_end_still_counts_its_years(day: date) -> None:
    for named in ERAS:
        number = day.year - named.start.year + 1
        if number < 1 or (named.letter == "M" and number < 6):
            continue
        reading = read_wareki(f"{named.name}{number}年{day.month}月{day.day}日")
        assert reading.date == day
        if day < named.start:
            assert reading.status is Status.BEFORE_ERA
        else:
            assert reading.usable
            assert (reading.status is Status.OK) == (era_of(day) is named)


@given(st.text(max_size=300) | PRINTED)
def test_no_text_raises_and_every_text_is_kept(text: str) -> None:
    reading = read_wareki(text)
    assert reading.literal == text
    if reading.kind is Kind.NONE:
        assert reading.status is Status.NOT_A_DATE
    if reading.usable:
        assert reading.date is not None or (reading.first is not None and reading.last is not None)
    if reading.first is not None and reading.last is not None:
        assert reading.first <= reading.last


@pytest.mark.parametrize(
    "text", ["9" * 200, "令和" + "九" * 190 + "年", "令和7年1月10日" + " " * 200, "\ud800年", "1" * 10**6]
)
def test_long_and_broken_texts_are_refused(text: str) -> None:
    assert not read_wareki(text).usable


@pytest.mark.parametrize("day", [date.min, date(1868, 1, 25), date(1872, 12, 31)])
def test_days_of_the_old_calendar_get_no_era_date(day: date) -> None:
    with pytest.raises(LunisolarDay, match="明治6年"):
        to_wareki(day)


def test_the_last_day_there_is_has_an_era_date() -> None:
    assert to_wareki(date.max) == "令和7981年12月31日"
