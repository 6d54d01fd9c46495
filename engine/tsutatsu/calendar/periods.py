"""When a period begins and ends: Civil Code 138–143, retention from the next year, age, and the words for an end.

A day here is a whole calendar day in Tokyo: the last day of a period belongs to it up to midnight.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import Enum
from types import MappingProxyType
from typing import Final, assert_never

from tsutatsu.calendar.lengths import UNIT_WORDS, Period, Unit, parse_period
from tsutatsu.calendar.months import month_length
from tsutatsu.calendar.refusals import CalendarOverflow, ContestedPhrase, CountingMismatch, overflow
from tsutatsu.calendar.tokyo import TOKYO, civil_day, later, time_of
from tsutatsu.words import Words

__all__ = [
    "BEFORE_WORDS",
    "COUNTING_WORDS",
    "ENDING_WORDS",
    "UNIT_WORDS",
    "BeforeReading",
    "CalendarOverflow",
    "ContestedPhrase",
    "Counting",
    "CountingMismatch",
    "Ending",
    "Period",
    "Unit",
    "before",
    "counting_named",
    "earliest_after",
    "ending_day",
    "expiry_instant",
    "first_day",
    "fixed_span",
    "keika_shita_hi",
    "keika_suru_hi",
    "last_day",
    "moment_before",
    "parse_period",
    "within",
]


class Counting(Enum):
    """Where a period starts to run. A policy names it; nothing here assumes one."""

    INCLUSIVE = "inclusive"
    EXCLUSIVE = "exclusive"
    INSTANT = "instant"
    FISCAL_NEXT = "next_fiscal_year"
    CALENDAR_NEXT = "next_year"
    AGE = "age"


COUNTING_WORDS: Mapping[Counting, Words] = MappingProxyType(
    {
        Counting.INCLUSIVE: Words("起算", "inclusive"),
        Counting.EXCLUSIVE: Words("初日不算入", "exclusive"),
        Counting.INSTANT: Words("即時", "instant"),
        Counting.FISCAL_NEXT: Words("翌年度起算", "next_fiscal_year"),
        Counting.CALENDAR_NEXT: Words("翌年起算", "next_year"),
        Counting.AGE: Words("年齢", "age"),
    }
)


class BeforeReading(Enum):
    """The two readings of 「N日前まで」. 10月10日の7日前: the ordinary one says 3日, clear days between say 2日."""

    ORDINARY = "ordinary"
    CLEAR_DAYS = "clear_days"


BEFORE_WORDS: Mapping[BeforeReading, Words] = MappingProxyType(
    {
        BeforeReading.ORDINARY: Words("前日から数える", "ordinary"),
        BeforeReading.CLEAR_DAYS: Words("中日を空ける", "clear_days"),
    }
)


class Ending(Enum):
    """The words that fix an end by a day. The first three all keep the day named; 前日まで stops at its eve."""

    MADE = "until"
    KAGIRI = "limited_to"
    O_MOTTE = "as_of_the_end_of"
    ZENJITSU_MADE = "until_the_eve_of"


ENDING_WORDS: Mapping[Ending, Words] = MappingProxyType(
    {
        Ending.MADE: Words("まで", "until"),
        Ending.KAGIRI: Words("限り", "limited_to"),
        Ending.O_MOTTE: Words("をもって", "as_of_the_end_of"),
        Ending.ZENJITSU_MADE: Words("前日まで", "until_the_eve_of"),
    }
)

# Names looked up once: `last_day` runs inside every judgement that has a clock.
_DAY: Final = Unit.DAY
_WEEK: Final = Unit.WEEK
_INCLUSIVE: Final = Counting.INCLUSIVE
_EXCLUSIVE: Final = Counting.EXCLUSIVE
_LAST_ORDINAL: Final = date.max.toordinal()
_MIDNIGHT: Final = datetime.min.time()


def counting_named(word: str) -> Counting | None:
    """The way of counting that `word` names in either language of `COUNTING_WORDS`, or None."""
    for counting, words in COUNTING_WORDS.items():
        if word in (words.ja, words.en):
            return counting
    return None


def first_day(start: date, counting: Counting) -> date:
    """The first day that counts.

    A moment may stand for `start`: its day in Tokyo is meant, and one at exactly midnight counts its own day even
    under 初日不算入 (民法140条ただし書).
    """
    day = civil_day(start)
    match counting:
        case Counting.INCLUSIVE | Counting.AGE:
            return day
        case Counting.EXCLUSIVE:
            return day if _at_midnight(start) else _shift(day, 1)
        case Counting.FISCAL_NEXT:
            return _first_of(day.year + (day.month >= 4), 4, day)
        case Counting.CALENDAR_NEXT:
            return _first_of(day.year + 1, 1, day)
        case Counting.INSTANT:
            raise _mismatch(counting, _DAY)
        case _:
            assert_never(counting)


def last_day(start: date, counting: Counting, period: Period) -> date:
    """The day with whose end the period is over (民法141条, 143条); `start` as in `first_day`.

    Months and years run by the calendar to the eve of the corresponding day (応当日), or to the end of the last month
    where that month has no such day. Hours and minutes have no last day: see `expiry_instant`.
    """
    unit = period.unit
    if unit is _DAY and type(start) is date:
        if counting is _INCLUSIVE:
            last = start.toordinal() + period.n - 1
        elif counting is _EXCLUSIVE:
            last = start.toordinal() + period.n
        else:
            return _last_from(first_day(start, counting), counting, period)
        if last > _LAST_ORDINAL:
            raise overflow(_counted(start, period))
        return date.fromordinal(last)
    return _last_from(first_day(start, counting), counting, period)


def fixed_span(counting: Counting, period: Period) -> int | None:
    """How many days the last day lies after a start given as a day, where that is the same for every start.

    90日 from 起算 is 89, under 初日不算入 90; None where the calendar decides.
    """
    days = _days_in(period)
    if days is None:
        return None
    if counting is _INCLUSIVE:
        return days - 1
    return days if counting is _EXCLUSIVE else None


def expiry_instant(start: datetime, counting: Counting, period: Period) -> datetime:
    """The first instant at which the period is over, on the clock in Tokyo.

    Hours and minutes run at once from `start` (民法139条); days and longer end with the midnight after their last day.
    """
    match period.unit:
        case Unit.HOUR | Unit.MINUTE:
            if counting is not Counting.INSTANT:
                raise _mismatch(counting, period.unit)
            return later(start, _elapsed(period))
        case Unit.DAY | Unit.WEEK | Unit.MONTH | Unit.YEAR:
            return earliest_after(last_day(start, counting, period))
        case _:
            assert_never(period.unit)


def earliest_after(last: date) -> datetime:
    """The first instant after a last day: 00:00 in Tokyo of the day that follows."""
    return datetime.combine(_shift(civil_day(last), 1), _MIDNIGHT, TOKYO)


def keika_suru_hi(start: date, counting: Counting, period: Period) -> date:
    """「経過する日」: the day on which the period is completed, that is its last day."""
    return last_day(start, counting, period)


def keika_shita_hi(start: date, counting: Counting, period: Period) -> date:
    """「経過した日」: the day by which the period has been completed, that is the day after its last."""
    return _shift(last_day(start, counting, period), 1)


def before(day: date, n: int, unit: Unit, choice: BeforeReading | None) -> date:
    """The last day on which a thing due 「N日前まで」 (also 週, か月, 年) before `day` is in time.

    Refused with `ContestedPhrase` while nobody has chosen the reading. Where a month has no corresponding day its last
    day is meant, the earlier and so the safe side. For 「前日まで」 see `ending_day`.
    """
    period = Period(n, unit)
    plain = civil_day(day)
    match unit:
        case Unit.DAY:
            ordinary = plain.toordinal() - n
        case Unit.WEEK:
            ordinary = plain.toordinal() - 7 * n
        case Unit.MONTH:
            ordinary = _months_back(plain, n, period)
        case Unit.YEAR:
            ordinary = _months_back(plain, 12 * n, period)
        case Unit.HOUR | Unit.MINUTE:
            raise _mismatch(None, unit)
        case _:
            assert_never(unit)
    match choice:
        case BeforeReading.ORDINARY:
            last = ordinary
        case BeforeReading.CLEAR_DAYS:
            last = ordinary - 1
        case None:
            raise _contested(plain, period, ordinary)
        case _:
            assert_never(choice)
    if last < 1:
        raise overflow(f"{plain.isoformat()} − {period.words.ja}")
    return date.fromordinal(last)


def moment_before(moment: datetime, period: Period) -> datetime:
    """The instant 「N時間前」 or 「N分前」 of `moment`; a length in days or longer is refused: `before` reads those."""
    if period.unit not in (Unit.HOUR, Unit.MINUTE):
        raise _mismatch(Counting.INSTANT, period.unit)
    return later(moment, -_elapsed(period))


def ending_day(day: date, ending: Ending) -> date:
    """The last whole day that an end printed with `day` leaves in force."""
    match ending:
        case Ending.MADE | Ending.KAGIRI | Ending.O_MOTTE:
            return civil_day(day)
        case Ending.ZENJITSU_MADE:
            return _shift(civil_day(day), -1)
        case _:
            assert_never(ending)


def within(day: date, first: date | None, last: date | None) -> bool:
    """Whether `day` is one of the days from `first` to `last`, both counted; None leaves that side open."""
    plain = civil_day(day)
    return (first is None or civil_day(first) <= plain) and (last is None or plain <= civil_day(last))


def _last_from(first: date, counting: Counting, period: Period) -> date:
    """The last day of `period` whose first counted day is `first`."""
    match period.unit:
        case Unit.DAY | Unit.WEEK:
            if counting is Counting.AGE:
                raise _mismatch(counting, period.unit)
            last = first.toordinal() + (period.n if period.unit is _DAY else 7 * period.n) - 1
            if last > _LAST_ORDINAL:
                raise overflow(_counted(first, period))
            return date.fromordinal(last)
        case Unit.MONTH:
            return _eve_of_corresponding_day(first, period.n, period)
        case Unit.YEAR:
            return _eve_of_corresponding_day(first, 12 * period.n, period)
        case Unit.HOUR | Unit.MINUTE:
            raise _mismatch(counting, period.unit)
        case _:
            assert_never(period.unit)


def _eve_of_corresponding_day(first: date, months: int, period: Period) -> date:
    """民法143条2項, without ever naming the corresponding day itself: it may lie in the year 10000."""
    count = first.year * 12 + first.month - 1 + months
    if first.day == 1:
        count -= 1
    year, month = count // 12, count % 12 + 1
    if year > 9999:
        raise overflow(_counted(first, period))
    length = month_length(year, month)
    return date(year, month, length if first.day == 1 else min(first.day - 1, length))


def _months_back(day: date, months: int, period: Period) -> int:
    """The ordinal of the corresponding day `months` earlier, or of that month's last day where there is none."""
    count = day.year * 12 + day.month - 1 - months
    year, month = count // 12, count % 12 + 1
    if year < 1:
        raise overflow(f"{day.isoformat()} − {period.words.ja}")
    return date(year, month, min(day.day, month_length(year, month))).toordinal()


def _days_in(period: Period) -> int | None:
    if period.unit is _DAY:
        return period.n
    return 7 * period.n if period.unit is _WEEK else None


def _elapsed(period: Period) -> timedelta:
    try:
        return timedelta(hours=period.n) if period.unit is Unit.HOUR else timedelta(minutes=period.n)
    except OverflowError as error:
        raise overflow(period.words.ja) from error


def _at_midnight(start: date) -> bool:
    return isinstance(start, datetime) and time_of(start) == _MIDNIGHT


def _shift(day: date, days: int) -> date:
    ordinal = day.toordinal() + days
    if 1 <= ordinal <= _LAST_ORDINAL:
        return date.fromordinal(ordinal)
    raise overflow(f"{day.isoformat()} {days:+d}日")


def _first_of(year: int, month: int, day: date) -> date:
    if year > 9999:
        raise overflow(f"{day.isoformat()}の翌年")
    return date(year, month, 1)


def _counted(start: date, period: Period) -> str:
    return f"{start.isoformat()} + {period.words.ja}"


def _mismatch(counting: Counting | None, unit: Unit) -> CountingMismatch:
    unit_words = UNIT_WORDS[unit]
    if counting is None:
        return CountingMismatch(
            Words(
                f"「{unit_words.ja}前まで」は日ではなく時刻で決まる。起点の時刻から数える。",
                f"“{unit_words.en}s before” is fixed by an instant, not a day; count from the time of the start.",
            )
        )
    words = COUNTING_WORDS[counting]
    return CountingMismatch(
        Words(
            f"「{words.ja}」では「{unit_words.ja}」を数えられない。時間と分は「即時」、年齢は年か月、"
            "日・週・月・年はそのほかの数え方で書く。",
            f"“{words.en}” does not count {unit_words.en}s: hours and minutes run “instant”, an age is in years or "
            "months, and days, weeks, months and years take the other ways of counting.",
        )
    )


def _contested(day: date, period: Period, ordinary: int) -> ContestedPhrase:
    ja, en = period.words.ja, period.words.en
    if ordinary > 1:
        one, other = (date.fromordinal(ordinary - less).isoformat() for less in (0, 1))
        sides = Words(f"（前者なら{one}、後者なら{other}）", f" ({one} or {other})")
    else:
        sides = Words("", "")
    return ContestedPhrase(
        Words(
            f"{day.isoformat()}の「{ja}前まで」は読み方が分かれる。「{BEFORE_WORDS[BeforeReading.ORDINARY].ja}」か"
            f"「{BEFORE_WORDS[BeforeReading.CLEAR_DAYS].ja}」かを選んで書く{sides.ja}。",
            f"“At least {en} before” {day.isoformat()} is read in two ways; "
            f"choose “ordinary” or “clear_days”{sides.en}.",
        )
    )
