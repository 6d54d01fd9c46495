"""Fiscal years, days on which offices are closed, and the hours of a day in Tokyo."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tsutatsu.calendar
from tsutatsu.calendar import (
    TOKYO,
    CalendarOverflow,
    CalendarRefusal,
    Counting,
    DailyWindow,
    EmptyWindow,
    FiscalYear,
    MeaninglessLength,
    ZonedTime,
    add_business_days,
    calendar_year_end,
    day_of,
    extend_to_business_day,
    is_closed,
    next_business_day,
    retention_end,
    time_of,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
HOLIDAYS = st.frozensets(DAYS, max_size=30)
TIMES = st.times()
NIGHT = DailyWindow(time(17, 15), time(8, 30))


# ── fiscal years ──────────────────────────────────────────────────────────────────────────────────────────────────────


@given(DAYS)
def test_every_day_belongs_to_exactly_one_fiscal_year(day: date) -> None:
    own = FiscalYear.of(day)
    assert [year for year in range(day.year - 2, day.year + 2) if FiscalYear(year).contains(day)] == [own.year]
    assert FiscalYear(own.year + 1).first - own.last == timedelta(days=1)


@given(DAYS, st.integers(1, 30))
def test_retention_by_fiscal_year_keeps_whole_fiscal_years_after_the_one_of_issue(issued: date, years: int) -> None:
    own = FiscalYear.of(issued)
    assert retention_end(issued, years, Counting.FISCAL_NEXT) == FiscalYear(own.year + years).last
    assert retention_end(issued, years, Counting.CALENDAR_NEXT) == date(issued.year + years, 12, 31)
    assert calendar_year_end(issued) == date(issued.year, 12, 31)


def test_the_day_before_and_the_day_of_the_first_of_april_are_kept_a_year_apart() -> None:
    assert retention_end(date(2024, 3, 31), 5, Counting.FISCAL_NEXT) == date(2029, 3, 31)
    assert retention_end(date(2024, 4, 1), 5, Counting.FISCAL_NEXT) == date(2030, 3, 31)


@pytest.mark.parametrize("year", [0, -1, 9999, 10**5000], ids=["0", "-1", "9999", "huge"])
def test_a_fiscal_year_lies_within_the_calendar(year: int) -> None:
    with pytest.raises(CalendarOverflow):
        FiscalYear(year)


def test_days_at_the_edges_have_no_whole_fiscal_year() -> None:
    for day in (date.min, date.max):
        with pytest.raises(CalendarOverflow):
            FiscalYear.of(day)


# ── offices ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        ("2025-12-28", True),  # a Sunday
        ("2026-12-28", False),  # a Monday
        ("2025-12-29", True),
        ("2025-12-31", True),
        ("2025-01-03", True),
        ("2025-01-06", False),
        ("2024-01-04", False),
        ("2025-09-20", True),  # a Saturday
        ("2025-09-23", True),  # handed in as a holiday
        ("2025-09-24", False),
    ],
)
def test_offices_close_at_weekends_at_the_turn_of_the_year_and_on_the_holidays_given(day: str, closed: bool) -> None:
    assert is_closed(date.fromisoformat(day), frozenset({date(2025, 9, 23)})) is closed


def test_no_holiday_is_assumed() -> None:
    assert is_closed(date(2025, 9, 23), frozenset()) is False


@given(DAYS, HOLIDAYS)
def test_an_extended_deadline_is_the_first_open_day_from_its_own(day: date, holidays: frozenset[date]) -> None:
    moved = extend_to_business_day(day, holidays)
    assert not is_closed(moved, holidays)
    assert all(is_closed(day + timedelta(days=passed), holidays) for passed in range((moved - day).days))
    assert extend_to_business_day(moved, holidays) == moved


@given(DAYS, st.integers(1, 40), HOLIDAYS)
def test_the_nth_open_day_has_n_open_days_up_to_it(day: date, n: int, holidays: frozenset[date]) -> None:
    reached = add_business_days(day, n, holidays)
    passed = (day + timedelta(days=ahead) for ahead in range(1, (reached - day).days + 1))
    assert sum(not is_closed(each, holidays) for each in passed) == n
    assert not is_closed(reached, holidays)
    assert add_business_days(day, 1, holidays) == next_business_day(day, holidays)


def test_open_days_past_the_calendar_are_refused() -> None:
    with pytest.raises(CalendarOverflow):
        extend_to_business_day(date.max, frozenset())
    with pytest.raises(CalendarOverflow):
        next_business_day(date.max, frozenset())
    with pytest.raises(CalendarOverflow):
        add_business_days(date(2025, 1, 1), 10**5000, frozenset())
    with pytest.raises(MeaninglessLength):
        add_business_days(date(2025, 1, 1), 0, frozenset())


# ── hours ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_a_moment_without_a_zone_is_tokyos(moment: datetime) -> None:
    assert day_of(moment) == moment.date() == day_of(moment.replace(tzinfo=TOKYO))
    assert time_of(moment) == moment.time()
    in_utc = (moment - timedelta(hours=9)).replace(tzinfo=UTC)
    assert (day_of(in_utc), time_of(in_utc)) == (moment.date(), moment.time())


def test_moments_past_the_calendar_are_refused() -> None:
    with pytest.raises(CalendarOverflow):
        day_of(datetime.max.replace(tzinfo=UTC))
    with pytest.raises(CalendarOverflow):
        NIGHT.closing(datetime.combine(date.max, time.max))


@given(TIMES, TIMES, TIMES)
def test_a_window_and_the_hours_outside_it_share_out_the_day(start: time, end: time, at: time) -> None:
    if start == end:
        with pytest.raises(EmptyWindow):
            DailyWindow(start, end)
        return
    assert DailyWindow(start, end).contains(at) is not DailyWindow(end, start).contains(at)


@pytest.mark.parametrize(
    ("at", "inside"),
    [("17:14", False), ("17:15", True), ("23:59", True), ("00:00", True), ("08:29", True), ("08:30", False)],
)
def test_a_window_over_midnight_holds_its_start_and_not_its_end(at: str, inside: bool) -> None:
    assert NIGHT.contains(time.fromisoformat(at)) is inside


@pytest.mark.parametrize(
    ("moment", "closing"),
    [
        ("2025-03-31T23:00:00+09:00", "2025-04-01T08:30:00+09:00"),
        ("2025-04-01T08:29:59+09:00", "2025-04-01T08:30:00+09:00"),
        ("2025-03-31T09:00:00+00:00", "2025-04-01T08:30:00+09:00"),
        ("2025-04-01T08:30:00+09:00", None),
    ],
)
def test_an_open_window_closes_at_its_next_end(moment: str, closing: str | None) -> None:
    closed = NIGHT.closing(datetime.fromisoformat(moment))
    assert (closed and closed.isoformat()) == closing


def test_an_evening_window_may_end_with_the_day() -> None:
    evening = DailyWindow(time(18), time(0))
    assert evening.contains(time(23, 59, 59))
    assert not evening.contains(time(0))
    assert evening.closing(datetime(2025, 4, 1, 20, tzinfo=TOKYO)) == datetime(2025, 4, 2, tzinfo=TOKYO)


def test_a_time_of_day_with_its_own_zone_is_refused() -> None:
    with pytest.raises(ZonedTime):
        NIGHT.contains(time(9, tzinfo=UTC))
    with pytest.raises(ZonedTime):
        DailyWindow(time(9, tzinfo=UTC), time(10))


# ── the door ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_door_is_sorted_and_leads_somewhere() -> None:
    names = tsutatsu.calendar.__all__
    assert list(names) == sorted(names, key=lambda name: (not name.isupper(), not name[0].isupper(), name))
    assert all(hasattr(tsutatsu.calendar, name) for name in names)


def test_a_refusal_survives_a_process_boundary() -> None:
    with pytest.raises(CalendarRefusal) as refused:
        FiscalYear(0)
    back = pickle.loads(pickle.dumps(refused.value))
    assert (type(back), back.words, str(back)) == (CalendarOverflow, refused.value.words, str(refused.value))
