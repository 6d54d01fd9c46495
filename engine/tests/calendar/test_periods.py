"""When a period ends: every published vector, and the Civil Code day by day."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsutatsu.calendar import (
    BEFORE_WORDS,
    COUNTING_WORDS,
    ENDING_WORDS,
    BeforeReading,
    CalendarOverflow,
    CalendarRefusal,
    ContestedPhrase,
    Counting,
    CountingMismatch,
    Ending,
    FiscalYear,
    MeaninglessLength,
    Period,
    Unit,
    before,
    counting_named,
    earliest_after,
    ending_day,
    expiry_instant,
    extend_to_business_day,
    first_day,
    fiscal_year_end,
    fixed_span,
    keika_shita_hi,
    keika_suru_hi,
    last_day,
    moment_before,
    parse_period,
    read_wareki,
    within,
)

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parent / "vectors" / "periods.json").read_text(encoding="utf-8")
)["cases"]
COUNTED = {
    "inclusive": Counting.INCLUSIVE,
    "exclusive": Counting.EXCLUSIVE,
    "fy_next": Counting.FISCAL_NEXT,
    "cy_next": Counting.CALENDAR_NEXT,
    "age": Counting.AGE,
}
HOLIDAYS = frozenset(
    date.fromisoformat(day)
    for day in (
        *("2019-04-29", "2019-04-30", "2019-05-01", "2019-05-02", "2019-05-03", "2019-05-04", "2019-05-05"),
        *("2019-05-06", "2025-04-29", "2025-05-03", "2025-05-04", "2025-05-05", "2025-05-06", "2025-09-15"),
        "2025-09-23",
    )
)
DAYS = st.dates(date(1950, 1, 1), date(2100, 12, 31))
DAY_GRAINED = [Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.YEAR]
LENGTHS = st.builds(Period, st.integers(1, 60), st.sampled_from(DAY_GRAINED))
RUNNING = [Counting.INCLUSIVE, Counting.EXCLUSIVE, Counting.FISCAL_NEXT, Counting.CALENDAR_NEXT]


def _chosen(*modes: str) -> list[Any]:
    return [pytest.param(case, id=case["id"]) for case in CASES if case["start_mode"] in modes]


def _period(case: dict[str, Any]) -> Period:
    return Period(case["n"], Unit(case["unit"]))


def test_every_vector_is_claimed_by_a_test_below() -> None:
    served = {*COUNTED, "instant", "until", "before", "before_contested", "fy_end", "fy"}
    assert {case["start_mode"] for case in CASES} == served
    assert len({case["id"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", _chosen(*COUNTED))
def test_a_counted_period_ends_as_published(case: dict[str, Any]) -> None:
    start, counting, period = date.fromisoformat(case["basis_date"]), COUNTED[case["start_mode"]], _period(case)
    last = last_day(start, counting, period)
    assert first_day(start, counting).isoformat() == case["first_day"]
    assert last.isoformat() == case["last_day"]
    if "earliest_deletion" in case:
        assert earliest_after(last).isoformat() == case["earliest_deletion"]
        assert expiry_instant(datetime.combine(start, datetime.max.time()), counting, period) == earliest_after(last)
    if "keika_suru_hi" in case:
        assert keika_suru_hi(start, counting, period).isoformat() == case["keika_suru_hi"]
        assert keika_shita_hi(start, counting, period).isoformat() == case["keika_shita_hi"]
    if "result_day" in case:
        assert keika_shita_hi(start, counting, period).isoformat() == case["result_day"]
    if "holiday_rule" in case:
        assert case["holiday_rule"] == "gov"
        assert extend_to_business_day(last, HOLIDAYS).isoformat() == case["deadline_after_holiday_rule"]


@pytest.mark.parametrize("case", _chosen("instant"))
def test_hours_run_at_once_as_published(case: dict[str, Any]) -> None:
    start = datetime.fromisoformat(case["basis_date"])
    assert start.isoformat() == case["first_day"]
    assert expiry_instant(start, Counting.INSTANT, _period(case)).isoformat() == case["last_day"]


@pytest.mark.parametrize("case", _chosen("until"))
def test_an_end_by_a_day_keeps_that_day_as_published(case: dict[str, Any]) -> None:
    named, _, tail = case["phrase"].partition("日")
    ending = next(ending for ending, words in ENDING_WORDS.items() if tail.startswith(words.ja))
    printed = read_wareki(f"{named}日").date
    assert printed is not None
    last = ending_day(printed, ending)
    assert last.isoformat() == case["last_day"]
    first = date.fromisoformat(case["first_day"]) if case["first_day"] else None
    for day, stands in case["in_force_on"].items():
        assert within(date.fromisoformat(day), first, last) is stands


@pytest.mark.parametrize("case", _chosen("before"))
def test_the_eve_is_uncontested_as_published(case: dict[str, Any]) -> None:
    assert (case["n"], case["unit"]) == (1, "day")
    last = ending_day(date.fromisoformat(case["basis_date"]), Ending.ZENJITSU_MADE)
    assert last.isoformat() == case["last_day"]


@pytest.mark.parametrize("case", _chosen("before_contested"))
def test_a_contested_phrase_is_refused_until_a_reading_is_chosen(case: dict[str, Any]) -> None:
    day, n, unit = date.fromisoformat(case["basis_date"]), case["n"], Unit(case["unit"])
    with pytest.raises(ContestedPhrase) as refused:
        before(day, n, unit, None)
    for candidate in case["candidates"]:
        assert candidate in refused.value.words.ja
        assert candidate in refused.value.words.en
    chosen = [before(day, n, unit, reading).isoformat() for reading in BeforeReading]
    assert chosen == case["candidates"]


@pytest.mark.parametrize("case", _chosen("fy_end"))
def test_the_end_of_the_fiscal_year_is_as_published(case: dict[str, Any]) -> None:
    assert fiscal_year_end(date.fromisoformat(case["basis_date"])).isoformat() == case["last_day"]


@pytest.mark.parametrize("case", _chosen("fy"))
def test_a_named_fiscal_year_is_as_published(case: dict[str, Any]) -> None:
    reading = read_wareki(case["phrase"])
    assert reading.first is not None
    year = FiscalYear(reading.first.year)
    assert (year.first.isoformat(), year.last.isoformat()) == (case["first_day"], case["last_day"])
    assert (reading.first, reading.last) == (year.first, year.last)


# ── the Civil Code, day by day ────────────────────────────────────────────────────────────────────────────────────────


def _last_by_walking(first: date, months: int) -> date:
    """民法143条2項 word for word: walk to the last month, stop at the eve of its corresponding day, or at its end."""
    day, turned = first, 0
    while True:
        if turned == months and day.day == first.day:
            return day - timedelta(days=1)
        following = day + timedelta(days=1)
        if following.day == 1:
            if turned == months:
                return day
            turned += 1
        day = following


@given(DAYS, st.integers(1, 40))
def test_months_end_on_the_eve_of_the_corresponding_day(start: date, months: int) -> None:
    assert last_day(start, Counting.INCLUSIVE, Period(months, Unit.MONTH)) == _last_by_walking(start, months)
    following = start + timedelta(days=1)
    assert last_day(start, Counting.EXCLUSIVE, Period(months, Unit.MONTH)) == _last_by_walking(following, months)


@given(DAYS, st.integers(1, 60))
def test_a_year_is_twelve_months_and_a_week_seven_days(start: date, n: int) -> None:
    for counting in RUNNING:
        assert last_day(start, counting, Period(n, Unit.YEAR)) == last_day(start, counting, Period(12 * n, Unit.MONTH))
        assert last_day(start, counting, Period(n, Unit.WEEK)) == last_day(start, counting, Period(7 * n, Unit.DAY))


@given(DAYS, st.integers(1, 4000))
def test_days_are_counted_one_by_one(start: date, n: int) -> None:
    assert last_day(start, Counting.INCLUSIVE, Period(n, Unit.DAY)) == start + timedelta(days=n - 1)
    assert last_day(start, Counting.EXCLUSIVE, Period(n, Unit.DAY)) == start + timedelta(days=n)


@given(DAYS, DAYS, LENGTHS, st.sampled_from(RUNNING))
def test_a_later_start_never_ends_earlier(one: date, other: date, period: Period, counting: Counting) -> None:
    early, late = sorted((one, other))
    assert last_day(early, counting, period) <= last_day(late, counting, period)


@given(DAYS, LENGTHS, st.integers(1, 60), st.sampled_from(RUNNING))
def test_a_longer_period_ends_later(start: date, period: Period, more: int, counting: Counting) -> None:
    longer = Period(period.n + more, period.unit)
    assert last_day(start, counting, period) < last_day(start, counting, longer)


@given(DAYS, LENGTHS)
def test_excluding_the_first_day_is_counting_from_the_next(start: date, period: Period) -> None:
    following = start + timedelta(days=1)
    assert last_day(start, Counting.EXCLUSIVE, period) == last_day(following, Counting.INCLUSIVE, period)


@given(DAYS, LENGTHS, st.sampled_from(RUNNING))
def test_a_fixed_span_is_what_last_day_adds(start: date, period: Period, counting: Counting) -> None:
    span = fixed_span(counting, period)
    fixed = counting in (Counting.INCLUSIVE, Counting.EXCLUSIVE) and period.unit in (Unit.DAY, Unit.WEEK)
    assert (span is not None) == fixed
    if span is not None:
        assert last_day(start, counting, period) == start + timedelta(days=span)


@given(DAYS, LENGTHS)
def test_the_two_passing_days_differ_by_one(start: date, period: Period) -> None:
    gap = keika_shita_hi(start, Counting.EXCLUSIVE, period) - keika_suru_hi(start, Counting.EXCLUSIVE, period)
    assert gap == timedelta(days=1)


@given(DAYS, st.integers(1, 100), st.sampled_from(DAY_GRAINED))
def test_clear_days_ask_for_one_day_more(day: date, n: int, unit: Unit) -> None:
    ordinary = before(day, n, unit, BeforeReading.ORDINARY)
    assert before(day, n, unit, BeforeReading.CLEAR_DAYS) == ordinary - timedelta(days=1)
    # All that is promised before `day` is left before it: a period counted back on from the eve fits in between.
    assert keika_shita_hi(ordinary, Counting.INCLUSIVE, Period(n, unit)) <= day


@given(DAYS, DAYS, st.integers(1, 100), st.sampled_from(DAY_GRAINED), st.sampled_from(BeforeReading))
def test_a_later_day_never_has_an_earlier_limit(
    one: date, other: date, n: int, unit: Unit, reading: BeforeReading
) -> None:
    early, late = sorted((one, other))
    assert before(early, n, unit, reading) <= before(late, n, unit, reading)


def test_ninety_days_and_three_months_are_not_the_same() -> None:
    start = date(2025, 9, 1)
    assert last_day(start, Counting.INCLUSIVE, Period(90, Unit.DAY)) == date(2025, 11, 29)
    assert last_day(start, Counting.INCLUSIVE, Period(3, Unit.MONTH)) == date(2025, 11, 30)


# ── moments ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_period_that_starts_at_midnight_keeps_its_first_day() -> None:
    ten = Period(10, Unit.DAY)
    midnight = datetime.fromisoformat("2025-04-01T00:00:00+09:00")
    assert last_day(midnight, Counting.EXCLUSIVE, ten) == date(2025, 4, 10)
    assert last_day(midnight + timedelta(seconds=1), Counting.EXCLUSIVE, ten) == date(2025, 4, 11)
    assert last_day(date(2025, 4, 1), Counting.EXCLUSIVE, ten) == date(2025, 4, 11)


def test_a_moment_counts_from_its_day_in_tokyo() -> None:
    evening_in_utc = datetime(2025, 8, 31, 15, 30, tzinfo=UTC)
    last = last_day(evening_in_utc, Counting.INCLUSIVE, Period(90, Unit.DAY))
    assert last == date(2025, 11, 29)
    assert type(last) is date


@given(DAYS.map(lambda day: datetime(day.year, day.month, day.day, 10, 15)), st.integers(1, 10_000))
def test_sixty_minutes_are_an_hour_and_go_back_again(start: datetime, n: int) -> None:
    after = expiry_instant(start, Counting.INSTANT, Period(n, Unit.HOUR))
    assert after == expiry_instant(start, Counting.INSTANT, Period(60 * n, Unit.MINUTE))
    assert moment_before(after, Period(n, Unit.HOUR)).replace(tzinfo=None) == start


# ── refusals ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("counting", "unit"),
    [
        *((Counting.INSTANT, unit) for unit in DAY_GRAINED),
        *((counting, unit) for counting in Counting for unit in (Unit.HOUR, Unit.MINUTE)),
        *((Counting.AGE, unit) for unit in (Unit.DAY, Unit.WEEK)),
    ],
)
def test_a_count_that_does_not_fit_its_unit_has_no_last_day(counting: Counting, unit: Unit) -> None:
    with pytest.raises(CountingMismatch):
        last_day(date(2025, 4, 1), counting, Period(2, unit))


def test_hours_do_not_skip_their_first_day() -> None:
    noon = datetime.fromisoformat("2025-04-01T12:00:00+09:00")
    with pytest.raises(CountingMismatch):
        expiry_instant(noon, Counting.EXCLUSIVE, Period(24, Unit.HOUR))
    with pytest.raises(CountingMismatch):
        before(noon, 24, Unit.HOUR, BeforeReading.ORDINARY)
    with pytest.raises(CountingMismatch):
        moment_before(noon, Period(1, Unit.DAY))


def _answer_or_refusal(ask: Callable[[], date]) -> date | CalendarRefusal:
    try:
        return ask()
    except CalendarRefusal as refused:
        return refused


@given(
    st.dates(),
    st.sampled_from(Counting),
    st.integers(1, 10**7) | st.sampled_from([10**9, 10**18, 10**5000]),
    st.sampled_from(Unit),
)
def test_nothing_but_a_typed_refusal_comes_of_far_days_and_long_periods(
    start: date, counting: Counting, n: int, unit: Unit
) -> None:
    period = Period(n, unit)
    moment = datetime.combine(start, datetime.max.time(), UTC)
    answers = [
        _answer_or_refusal(lambda: last_day(start, counting, period)),
        _answer_or_refusal(lambda: keika_shita_hi(start, counting, period)),
        _answer_or_refusal(lambda: expiry_instant(moment, counting, period).date()),
    ]
    for answer in answers:
        if isinstance(answer, CalendarRefusal):
            assert isinstance(answer, CalendarOverflow | CountingMismatch)
            assert answer.words.ja
            assert answer.words.en
        else:
            assert answer >= start
    for reading in (*BeforeReading, None):
        limit = _answer_or_refusal(partial(before, start, n, unit, reading))
        assert isinstance(limit, CalendarRefusal) or limit < start
        assert reading is not None or isinstance(limit, CalendarRefusal)


def test_the_last_day_there_is_can_be_reached_but_not_passed() -> None:
    assert last_day(date(9999, 12, 1), Counting.INCLUSIVE, Period(1, Unit.MONTH)) == date.max
    assert last_day(date.max, Counting.INCLUSIVE, Period(1, Unit.DAY)) == date.max
    with pytest.raises(CalendarOverflow):
        last_day(date(9999, 12, 15), Counting.INCLUSIVE, Period(1, Unit.MONTH))
    with pytest.raises(CalendarOverflow):
        last_day(date(9999, 4, 1), Counting.FISCAL_NEXT, Period(1, Unit.DAY))
    with pytest.raises(CalendarOverflow):
        earliest_after(date.max)
    with pytest.raises(CalendarOverflow):
        last_day(date.max, Counting.EXCLUSIVE, Period(1, Unit.DAY))
    with pytest.raises(CalendarOverflow):
        ending_day(date.min, Ending.ZENJITSU_MADE)


@pytest.mark.parametrize("n", [0, -1, -(10**5000)], ids=["0", "-1", "hugely negative"])
def test_a_length_measures_some_time(n: int) -> None:
    with pytest.raises(MeaninglessLength):
        Period(n, Unit.DAY)
    with pytest.raises(MeaninglessLength):
        before(date(2025, 4, 1), n, Unit.DAY, BeforeReading.ORDINARY)


# ── words ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("texts", "period"),
    [
        (("90日", "90日間", "９０日", "九十日", "九〇日間", "90 days", " 90日 "), Period(90, Unit.DAY)),
        (
            ("3か月", "三か月", "3ヶ月", "3箇月", "３カ月間", "3ヵ月", "3ケ月", "3月", "三月", "3 months"),
            Period(3, Unit.MONTH),
        ),
        (("1年", "一年間", "１年", "1箇年", "1 year"), Period(1, Unit.YEAR)),
        (("2週間", "二週", "2 weeks"), Period(2, Unit.WEEK)),
        (("24時間", "二十四時間", "24 hours"), Period(24, Unit.HOUR)),
        (("30分", "三十分間", "30 Minutes"), Period(30, Unit.MINUTE)),
        (("百二十日",), Period(120, Unit.DAY)),
    ],
)
def test_one_length_is_read_from_each_of_its_spellings(texts: tuple[str, ...], period: Period) -> None:
    assert {text: parse_period(text) for text in texts} == dict.fromkeys(texts, period)


@pytest.mark.parametrize(
    "text", ["", "日", "0日", "〇日", "-3日", "3", "三", "3時", "1.5日", "十〇日", "3か日", "90日以内", "9" * 60]
)
def test_what_is_no_length_is_not_read_as_one(text: str) -> None:
    assert parse_period(text) is None


@given(st.integers(1, 10**8), st.sampled_from(Unit))
def test_a_length_is_read_back_from_its_own_words(n: int, unit: Unit) -> None:
    period = Period(n, unit)
    assert parse_period(period.words.ja) == parse_period(period.words.en) == period


@given(st.text() | st.text(alphabet="0９三〇百日間週かヶ月年時分 days", max_size=50))
def test_any_text_is_a_length_or_none(text: str) -> None:
    period = parse_period(text)
    assert period is None or (len(text) <= 40 and period.n >= 1)


def test_each_word_means_one_thing_in_either_language() -> None:
    for table, members in ((COUNTING_WORDS, Counting), (BEFORE_WORDS, BeforeReading), (ENDING_WORDS, Ending)):
        assert set(table) == set(members)
        words = [word for pair in table.values() for word in (pair.ja, pair.en)]
        assert len(set(words)) == len(words)
    for counting, pair in COUNTING_WORDS.items():
        assert counting_named(pair.ja) is counting_named(pair.en) is counting
        assert pair.en == counting.value
    assert counting_named("いつか") is None
