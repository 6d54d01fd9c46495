"""A period that starts at midnight counts its first day also where the first day is not counted (民法140条ただし書)."""

from datetime import date, datetime

import pytest

from tsutatsu.backends.compiled import Compiled
from tsutatsu.calendar import Counting, Period, Unit
from tsutatsu.ir import (
    Clock,
    ClockRef,
    Day,
    Directive,
    Header,
    Judgement,
    Kind,
    Moment,
    Norm,
    Op,
    Printed,
    Revision,
    Standing,
    Strength,
    Term,
    Test,
    Words,
)
from tsutatsu.semantics import standings


def counted(unit: Unit) -> Directive:
    """A norm kept within one unit of a moment, its first day not counted."""
    return Directive(
        "midnight",
        Header(Words("零時"), Printed("", date(2020, 1, 1)), "", ""),
        Revision(1, date(2020, 1, 1)),
        (Term("began", Words("始まり"), Moment()), Term("done", Words("した日"), Day())),
        (Clock("time", Words("期間"), "began", Counting.EXCLUSIVE, Period(1, unit)),),
        (),
        (),
        (
            Norm(
                "in-time",
                "第1",
                Kind.DUTY,
                Strength.HARD,
                Words("期間内にする。"),
                kept=Test("done", Op.WITHIN, ClockRef("time")),
            ),
        ),
        (Judgement("it", Words("それ"), ("in-time",)),),
    )


@pytest.mark.parametrize(
    ("unit", "began", "last"),
    [
        (Unit.DAY, datetime(2025, 1, 10, 0, 0), date(2025, 1, 10)),
        (Unit.DAY, datetime(2025, 1, 10, 0, 1), date(2025, 1, 11)),
        (Unit.WEEK, datetime(2025, 1, 10, 0, 0), date(2025, 1, 16)),
        (Unit.MONTH, datetime(2025, 1, 10, 0, 0), date(2025, 2, 9)),
        (Unit.MONTH, datetime(2025, 1, 10, 0, 1), date(2025, 2, 10)),
    ],
)
def test_a_start_at_midnight_counts_its_own_day(unit: Unit, began: datetime, last: date) -> None:
    law = counted(unit)
    judgement = law.judgement["it"]
    for done, expected in ((last, Standing.KEPT), (date.fromordinal(last.toordinal() + 1), Standing.BROKEN)):
        facts = {"on": done, "began": began, "done": done}
        assert standings(judgement, law, facts, {}) == (expected,)
        assert Compiled(law, judgement).standings(facts, {}) == (expected,)
