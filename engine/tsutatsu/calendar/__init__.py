"""Dates and periods as Japanese law and circulars count them: pure, given every date, with no policy in it."""

from __future__ import annotations

from tsutatsu.words import Words

from .business import add_business_days, extend_to_business_day, is_closed, next_business_day
from .eras import ERAS, FIRST_GREGORIAN_DAY, Era, era_of, to_wareki
from .fiscal import FiscalYear, calendar_year_end, fiscal_year_end, retention_end
from .lengths import UNIT_WORDS, Period, Unit, parse_period
from .periods import (
    BEFORE_WORDS,
    COUNTING_WORDS,
    ENDING_WORDS,
    BeforeReading,
    CalendarOverflow,
    ContestedPhrase,
    Counting,
    CountingMismatch,
    Ending,
    before,
    counting_named,
    earliest_after,
    ending_day,
    expiry_instant,
    first_day,
    fixed_span,
    keika_shita_hi,
    keika_suru_hi,
    last_day,
    moment_before,
    within,
)
from .refusals import CalendarRefusal, EmptyWindow, LunisolarDay, MeaninglessLength, ZonedTime
from .tokyo import TOKYO, DailyWindow, as_tokyo, civil_day, day_of, time_of
from .wareki import STATUS_WORDS, Kind, Reading, Status, read_wareki

__all__ = [
    "BEFORE_WORDS",
    "COUNTING_WORDS",
    "ENDING_WORDS",
    "ERAS",
    "FIRST_GREGORIAN_DAY",
    "STATUS_WORDS",
    "TOKYO",
    "UNIT_WORDS",
    "BeforeReading",
    "CalendarOverflow",
    "CalendarRefusal",
    "ContestedPhrase",
    "Counting",
    "CountingMismatch",
    "DailyWindow",
    "EmptyWindow",
    "Ending",
    "Era",
    "FiscalYear",
    "Kind",
    "LunisolarDay",
    "MeaninglessLength",
    "Period",
    "Reading",
    "Status",
    "Unit",
    "Words",
    "ZonedTime",
    "add_business_days",
    "as_tokyo",
    "before",
    "calendar_year_end",
    "civil_day",
    "counting_named",
    "day_of",
    "earliest_after",
    "ending_day",
    "era_of",
    "expiry_instant",
    "extend_to_business_day",
    "first_day",
    "fiscal_year_end",
    "fixed_span",
    "is_closed",
    "keika_shita_hi",
    "keika_suru_hi",
    "last_day",
    "moment_before",
    "next_business_day",
    "parse_period",
    "read_wareki",
    "retention_end",
    "time_of",
    "to_wareki",
    "within",
]
