"""A value is read as the type expected of it, in one spelling, or not at all."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tsutatsu.source import NOWHERE
from tsutatsu.syntax.nodes import Scalar
from tsutatsu.syntax.scalars import as_bool, as_date, as_datetime, as_int, as_time


def plain(text: str) -> Scalar:
    return Scalar(text, True, NOWHERE)


def quoted(text: str) -> Scalar:
    return Scalar(text, False, NOWHERE)


@pytest.mark.parametrize("text", ["True", "TRUE", "yes", "on", "y", "1", "", "はい", " true"])
def test_only_true_and_false_are_truth_values(text: str) -> None:
    assert as_bool(plain("true")) is True
    assert as_bool(plain("false")) is False
    assert as_bool(quoted("true")) is None
    assert as_bool(plain(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "+5",
        "007",
        "0o17",
        "0x1F",
        "1_000",
        "1,000",
        "22:00",
        "1.0",
        "1e3",
        "５",
        "１０",
        "٣",
        "-0５",
        "1" * 16,
        " 5",
    ],
)
def test_other_spellings_of_numbers_are_no_integers(text: str) -> None:
    assert as_int(plain(text)) is None


@given(st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1))
def test_an_integer_reads_as_it_prints(number: int) -> None:
    assert as_int(plain(str(number))) == number
    assert as_int(quoted(str(number))) is None


@given(st.dates())
def test_a_day_reads_as_it_prints(day: date) -> None:
    assert as_date(plain(day.isoformat())) == as_date(quoted(day.isoformat())) == day


def test_an_era_date_is_a_day() -> None:
    assert as_date(plain("令和7年7月24日")) == date(2025, 7, 24)
    assert as_date(plain("令和元年五月一日")) == date(2019, 5, 1)


@pytest.mark.parametrize(
    "text", ["", "2025-02-29", "令和7年", "翌年3月31日", "90日", "平成40年13月1日", "22:00", "x" * 1000]
)
def test_what_names_no_single_day_is_no_date(text: str) -> None:
    assert as_date(plain(text)) is None


@given(st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_time_reads_as_it_prints(at: time) -> None:
    assert as_time(plain(f"{at:%H:%M}")) == at


@pytest.mark.parametrize(
    "text", ["", "24:00", "23:60", "2200", "22", "22:0", "22：00", "２２:00", "午後10時", "22:00:00", "22:00\n"]
)
def test_other_spellings_of_times_are_refused(text: str) -> None:
    assert as_time(plain(text)) is None


@pytest.mark.parametrize(
    "text", ["2025-07-24T22:00", "2025-07-24 22:00", "令和7年7月24日 22:00", "令和7年7月24日22:00", "R7.7.24 22:00"]
)
def test_a_day_and_a_time_make_a_moment_without_a_zone(text: str) -> None:
    moment = as_datetime(plain(text))
    assert moment == datetime(2025, 7, 24, 22, 0)
    assert moment.tzinfo is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2025-07-24",
        "22:00",
        "2025-07-24T24:00",
        "2025-02-29T10:00",
        "2025-07-24T22:00Z",
        "2025-07-2422:00",
        "x" * 100,
    ],
)
def test_half_a_moment_is_none(text: str) -> None:
    assert as_datetime(plain(text)) is None


@given(st.text(max_size=60), st.booleans())
def test_no_text_makes_a_reader_fail(text: str, is_plain: bool) -> None:
    scalar = Scalar(text, is_plain, NOWHERE)
    for read in (as_bool, as_int, as_date, as_time, as_datetime):
        read(scalar)
