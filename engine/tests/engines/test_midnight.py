"""Days and moments together: a start at midnight counts its own day (民法140条ただし書); hours end within a day."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tsutatsu.backends.compiled import Compiled
from tsutatsu.calendar import Counting, Period, Unit
from tsutatsu.ir import (
    TODAY,
    AllOf,
    Clock,
    ClockRef,
    Day,
    Directive,
    Due,
    Facts,
    Header,
    Judgement,
    Kind,
    Moment,
    Norm,
    Not,
    Op,
    Printed,
    Revision,
    Standing,
    Strength,
    Term,
    Test,
    Words,
)
from tsutatsu.judging import Judge
from tsutatsu.semantics import Question, Verdict, standings


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


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 1, 10), Standing.PENDING),
        (date(2025, 1, 12), Standing.PENDING),
        (date(2025, 1, 13), Standing.BROKEN),
        (date(2035, 1, 1), Standing.BROKEN),
    ],
)
def test_a_duty_due_within_hours_is_broken_once_a_whole_day_lies_after(on: date, expected: Standing) -> None:
    law = counted(Unit.DAY)
    clock = Clock("hours", Words("48時間"), "began", Counting.INSTANT, Period(48, Unit.HOUR))
    told = Test("told", Op.PRESENT)
    norm = replace(
        law.norms[0],
        kept=AllOf((told, Not(Test("told", Op.AFTER, ClockRef("hours"))))),
        pending=AllOf((Not(told), Not(Test(TODAY, Op.AFTER, ClockRef("hours"))))),
        due=Due("told", clock="hours"),
    )
    law = replace(law, terms=(*law.terms, Term("told", Words("報告時"), Moment())), clocks=(clock,), norms=(norm,))
    judgement = law.judgement["it"]
    facts: Facts = {TODAY: on, "began": datetime(2025, 1, 10, 9, 0), "told": None}
    assert standings(judgement, law, facts, {}) == (expected,)
    assert Compiled(law, judgement).standings(facts, {}) == (expected,)
    unknown = {term: value for term, value in facts.items() if term != "began"}
    assert standings(judgement, law, unknown, {}) == Compiled(law, judgement).standings(unknown, {})
    answer = Judge(law, "it").ask({"told": None}, on=on, question=Question.ORDER, engine="compiled")
    assert answer.verdict is Verdict.NOT_ENOUGH
    assert [one.term for one in answer.questions] == ["began"]


@pytest.mark.parametrize("hour", [0, 9])
def test_the_day_by_which_a_duty_is_told_due_is_the_day_that_decides(hour: int) -> None:
    law = counted(Unit.MONTH)
    done = Test("done", Op.PRESENT)
    norm = replace(
        law.norms[0],
        kept=AllOf((done, Not(Test("done", Op.AFTER, ClockRef("time"))))),
        pending=AllOf((Not(done), Not(Test(TODAY, Op.AFTER, ClockRef("time"))))),
        due=Due("done", clock="time"),
    )
    judge = Judge(replace(law, norms=(norm,)), "it")
    facts = {"began": datetime(2025, 4, 30, hour, 0), "done": None}
    (duty,) = judge.ask(facts, on=date(2025, 5, 1), question=Question.ORDER, engine="compiled").duties
    assert isinstance(duty.by, date)
    eve, after = duty.by, date.fromordinal(duty.by.toordinal() + 1)
    assert judge.ask(facts, on=eve, question=Question.ORDER, engine="compiled").verdict is Verdict.OPEN
    assert judge.ask(facts, on=after, question=Question.ORDER, engine="compiled").verdict is Verdict.BREACH
