"""The compiled engine says what the meaning says, takes only what is plainly right, and runs nothing that it reads."""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from drawing import Filling, directives, fill_in, seeds
from hypothesis import given, settings

from tsutatsu import semantics
from tsutatsu.backends.compiled import UNKNOWN, Compiled
from tsutatsu.calendar import Counting, DailyWindow, Period, Unit
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import (
    ALWAYS,
    FORCE,
    NEVER,
    TODAY,
    AllOf,
    AnyOf,
    Choice,
    Clock,
    ClockRef,
    Concept,
    Condition,
    Day,
    Directive,
    Each,
    Facts,
    Header,
    Hour,
    Is,
    Judgement,
    Kind,
    Length,
    Lift,
    Moment,
    Norm,
    Not,
    Op,
    OpenCase,
    Option,
    Person,
    Printed,
    Reading,
    ReadingSide,
    RecordList,
    Records,
    Revision,
    Side,
    Some,
    Stands,
    Strength,
    Term,
    TermRef,
    Test,
    Text,
    Truth,
    Value,
    Whole,
    Words,
)
from tsutatsu.judging.judges import Judge

ON = date(2025, 1, 10)
ISSUED = date(2024, 9, 13)
NEW_YEAR = date(2025, 1, 1)
ABSENT: Any = object()


def _option(name: str, ja: str) -> Option:
    return Option(name, Words(ja))


TERMS = (
    Term("truth", Words("真偽"), Truth()),
    Term("other-truth", Words("別の真偽"), Truth()),
    Term("choice", Words("選択"), Choice((_option("a", "甲"), _option("b", "乙"), _option("c", "丙")))),
    Term("number", Words("数"), Whole(Words("人"), 0, 100)),
    Term("other-number", Words("別の数"), Whole(Words("人"), 0, 100)),
    Term("length", Words("長さ"), Length("minute")),
    Term("day", Words("日"), Day()),
    Term("other-day", Words("別の日"), Day()),
    Term("moment", Words("日時"), Moment()),
    Term("other-moment", Words("別の日時"), Moment()),
    Term("hour", Words("時刻"), Hour()),
    Term("text", Words("文"), Text()),
    Term("person", Words("人"), Person()),
    Term("other-person", Words("別の人"), Person()),
    Term("file.ok", Words("よし"), Truth()),
    Term("file.made", Words("作成日"), Day()),
    Term("files", Words("映像ファイル"), Records(("file.ok", "file.made"))),
    Term("computed", Words("算出"), Truth(), derived=Test("number", Op.GT, 5)),
)
CLOCKS = (
    Clock(FORCE, Words("効力"), date(2024, 9, 13), end=date(2030, 3, 31)),
    Clock("no-end", Words(""), date(2024, 9, 13)),
    Clock("no-start", Words(""), end=date(2025, 1, 31)),
    Clock("fixed-length", Words(""), date(2025, 1, 1), Counting.EXCLUSIVE, Period(1, Unit.MONTH)),
    *(
        Clock(f"{counting.value}-{n}-{unit.value}", Words(""), "other-day", counting, Period(n, unit))
        for counting, n, unit in (
            (Counting.INCLUSIVE, 90, Unit.DAY),
            (Counting.EXCLUSIVE, 90, Unit.DAY),
            (Counting.INCLUSIVE, 2, Unit.WEEK),
            (Counting.EXCLUSIVE, 2, Unit.WEEK),
            (Counting.INCLUSIVE, 3, Unit.MONTH),
            (Counting.EXCLUSIVE, 1, Unit.YEAR),
            (Counting.FISCAL_NEXT, 1, Unit.YEAR),
            (Counting.CALENDAR_NEXT, 1, Unit.YEAR),
            (Counting.AGE, 18, Unit.YEAR),
        )
    ),
    Clock("from-day", Words(""), "other-day"),
    Clock("from-day-to-end", Words(""), "other-day", end=date(2025, 1, 31)),
    Clock("from-moment", Words(""), "other-moment", Counting.INCLUSIVE, Period(2, Unit.DAY)),
    Clock("hours", Words(""), "other-moment", Counting.INSTANT, Period(24, Unit.HOUR)),
    Clock("minutes", Words(""), "other-moment", Counting.INSTANT, Period(30, Unit.MINUTE)),
    Clock("daytime", Words(""), window=DailyWindow(time(8, 30), time(17, 15))),
    Clock("night", Words(""), window=DailyWindow(time(17, 15), time(8, 30))),
)
READINGS = (
    Reading("reading", "第1", Words("争点"), (ReadingSide("wide", Words("広")), ReadingSide("narrow", Words("狭")))),
)


def norm(name: str = "norm", **parts: Any) -> Norm:
    return Norm(name, "第1", Kind.DUTY, parts.pop("strength", Strength.HARD), Words("要約"), **parts)


def directive(
    *norms: Norm, concepts: Sequence[Concept] = (), act: Sequence[tuple[str, Any]] = (), **more: Any
) -> Directive:
    return Directive(
        "test", Header(Words("通達"), Printed("令和6年9月13日", ISSUED), "者", "第1号"), Revision(1, ISSUED),
        more.pop("terms", TERMS), CLOCKS, tuple(concepts), more.pop("readings", READINGS), norms,
        (
            Judgement(
                "ask", Words("問い"), tuple(one.id for one in norms), tuple(act), more.pop("unit", None),
                day=more.pop("day", None),
            ),
        ),
    )  # fmt: skip


def compiled(law: Directive) -> Compiled:
    return Compiled(law, law.judgements[0])


def meant(law: Directive, facts: Facts, sides: dict[str, str]) -> tuple[int, ...]:
    return tuple(int(one) for one in semantics.standings(law.judgements[0], law, facts, sides))


VALUES: dict[str, tuple[Any, ...]] = {
    "truth": (True, False, ABSENT),
    "other-truth": (True, False, ABSENT),
    "choice": ("a", "b", None, ABSENT),
    "number": (0, 4, 5, 6, None, ABSENT),
    "other-number": (0, 5, None, ABSENT),
    "length": (30, 31, None, ABSENT),
    "day": (
        *(NEW_YEAR + timedelta(n) for n in (-1, 0, 1, 12, 13, 14, 30, 31, 88, 89, 90, 454, 455)),
        date.max, None, ABSENT,
    ),
    "other-day": (date(2024, 12, 31), date(2025, 1, 1), date(2024, 1, 31), date(9999, 12, 30), None, ABSENT),
    "moment": (
        *(datetime(2025, 1, *at) for at in ((1, 0, 0), (1, 0, 30), (1, 0, 31), (2, 0, 0), (2, 17, 15))),
        None, ABSENT,
    ),
    "other-moment": (*(datetime(*at) for at in ((2025, 1, 1), (2025, 1, 1, 12), (9999, 12, 31, 23))), None, ABSENT),
    "hour": (time(8, 29, 59), time(8, 30), time(17, 14), time(17, 15), time(0, 0), None, ABSENT),
    "text": ("", "文", None, ABSENT),
    "person": ("山田", "佐藤", None, ABSENT),
    "other-person": ("山田", None, ABSENT),
    "computed": (True, False, ABSENT),
    "files": (
        RecordList(()), RecordList((), complete=False),
        RecordList(({"file.ok": True}, {"file.ok": False})), RecordList(({"file.ok": True}, {})),
        RecordList(({"file.ok": True, "file.made": NEW_YEAR},), complete=False), RecordList(({"file.made": None},)),
        None, ABSENT,
    ),
    "file.ok": (True, False, ABSENT),
}  # fmt: skip

_PLACES = (Op.BEFORE, Op.WITHIN, Op.AFTER)
_ORDERS = (Op.LT, Op.LE, Op.GT, Op.GE)
_DAY_CLOCKS = [clock.id for clock in CLOCKS if clock.window is None and clock.id not in ("hours", "minutes")]

CONDITIONS: list[Condition] = [
    ALWAYS,
    NEVER,
    *(Test(term, Op.PRESENT) for term in VALUES),
    *(Test(term, Op.EQ, value) for term in VALUES for value in VALUES[term][:2] if not isinstance(value, RecordList)),
    *(
        Test(term, Op.DIFFERENT, VALUES[term][0])
        for term in ("truth", "choice", "number", "day", "hour", "text", "computed")
    ),
    *(Test("truth", Op.EQ, odd) for odd in (1, 0, "true")),
    *(Test("number", Op.EQ, odd) for odd in (True, False, "4")),
    *(Test("choice", Op.IN, some) for some in ((), ("a",), ("a", "c"), (1, True))),
    *(Test("number", Op.IN, some) for some in ((0, 5), (False, 5), (True, "4"))),
    *(Test("truth", Op.IN, some) for some in ((True,), (True, False), (1,))),
    *(Test("computed", Op.IN, some) for some in ((True,), (False,), (True, False), (1,), ())),
    *(Test("day", op, date(2025, 1, 1)) for op in _ORDERS),
    *(Test("moment", op, datetime(2025, 1, 1, 0, 30)) for op in _ORDERS),
    *(Test("hour", op, time(8, 30)) for op in _ORDERS),
    *(Test("number", op, 5) for op in _ORDERS),
    *(Test("length", op, 30) for op in _ORDERS),
    *(Test("number", op, TermRef("other-number")) for op in (*_ORDERS, Op.SAME, Op.DIFFERENT, Op.EQ)),
    *(Test("day", op, TermRef("other-day")) for op in (*_ORDERS, Op.SAME, Op.DIFFERENT)),
    *(Test("day", op, TermRef(TODAY)) for op in _ORDERS),
    *(Test("moment", op, TermRef("other-moment")) for op in (*_ORDERS, Op.SAME, Op.DIFFERENT)),
    *(Test("person", op, TermRef("other-person")) for op in (Op.SAME, Op.DIFFERENT)),
    *(Test("person", op, TermRef("person")) for op in (Op.SAME, Op.DIFFERENT)),
    *(Test("truth", op, TermRef(other)) for op in (Op.SAME, Op.DIFFERENT) for other in ("other-truth", "computed")),
    *(Test("computed", op, TermRef(other)) for op in (Op.EQ, Op.SAME, Op.DIFFERENT) for other in ("truth", "computed")),
    *(Test("day", op, ClockRef(clock)) for clock in _DAY_CLOCKS for op in _PLACES),
    *(Test("moment", op, ClockRef(clock)) for clock in _DAY_CLOCKS for op in _PLACES),
    *(Test("moment", op, ClockRef(clock)) for clock in ("hours", "minutes") for op in _PLACES),
    *(Test(term, Op.WITHIN, ClockRef(clock)) for term in ("hour", "moment") for clock in ("daytime", "night")),
    *(
        kind(parts)
        for kind in (AllOf, AnyOf)
        for parts in ((Test("truth", Op.EQ, True), Test("other-truth", Op.EQ, True)),)
    ),
    *(kind((Test("truth", Op.EQ, True), Side("reading", "wide"))) for kind in (AllOf, AnyOf)),
    AnyOf((Side("reading", "wide"), AllOf((Not(Test("truth", Op.EQ, True)), Not(Side("reading", "narrow")))))),
    Not(Test("number", Op.LT, 5)),
    Not(Not(Test("number", Op.LT, 5))),
    Not(AllOf((Test("truth", Op.EQ, True), Test("number", Op.GE, 5)))),
    Is("concept"),
    Not(Is("concept")),
    *(kind("files", Test("file.ok", Op.EQ, True)) for kind in (Each, Some)),
    *(kind("files", Test("truth", Op.EQ, True)) for kind in (Each, Some)),
    *(kind("files", AnyOf((Test("file.ok", Op.EQ, True), Test("truth", Op.EQ, True)))) for kind in (Each, Some)),
    *(kind("files", Not(Test("file.made", Op.AFTER, ClockRef(FORCE)))) for kind in (Each, Some)),
    *(kind("files", Stands("judged-in-record", broken=True)) for kind in (Each, Some)),
    Each("files", Some("files", Test("file.ok", Op.EQ, True))),
    *(Stands("asked-about", broken) for broken in (True, False)),
    *(Stands("free", broken) for broken in (True, False)),
    Not(Stands("asked-about", broken=True)),
]
OTHERS = (
    norm("asked-about", when=Test("truth", Op.EQ, True), kept=Test("number", Op.GE, 5), strength=Strength.SOFT),
    norm("judged-in-record", day="file.made", force=FORCE, kept=Test("file.ok", Op.EQ, True)),
    norm("free", strength=Strength.FREE, kept=NEVER),
)
CONCEPT = Concept(
    "concept",
    Words("概念"),
    "第2",
    Test("number", Op.LT, 5),
    (OpenCase(Test("truth", Op.EQ, True), "reading", "wide"),),
)


def terms_in(condition: Condition) -> Iterator[str]:
    """The terms a condition of the table looks at."""
    match condition:
        case Test(term, _, operand):
            yield from ("number", "computed") if term == "computed" else (term,)
            if isinstance(operand, TermRef):
                yield operand.id
            if isinstance(operand, ClockRef):
                start = next(clock.start for clock in CLOCKS if clock.id == operand.id)
                yield from (start,) if isinstance(start, str) else ()
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from terms_in(part)
        case Not(part):
            yield from terms_in(part)
        case Each(term, part) | Some(term, part):
            yield term
            yield from terms_in(part)
        case Is() | Stands():
            yield from ("number", "truth")
        case Side():
            return


def cases(condition: Condition) -> Iterator[dict[str, Value]]:
    terms = [term for term in dict.fromkeys(terms_in(condition)) if term in VALUES]
    for values in product(*(VALUES[term] for term in terms)):
        yield {TODAY: ON, **{term: value for term, value in zip(terms, values, strict=True) if value is not ABSENT}}


@pytest.mark.parametrize("condition", CONDITIONS, ids=str)
def test_every_condition_means_what_the_meaning_says(condition: Condition) -> None:
    law = directive(norm(kept=condition), norm("when", when=condition, kept=NEVER), *OTHERS, concepts=[CONCEPT])
    engine = compiled(law)
    for facts in cases(condition):
        for sides in ({}, {"reading": "wide"}, {"reading": "narrow"}):
            assert engine.standings(facts, sides) == meant(law, facts, sides), (facts, sides)


PARTS = (ALWAYS, NEVER, Test("truth", Op.EQ, True), Side("reading", "wide"))


@pytest.mark.parametrize("strength", Strength)
@pytest.mark.parametrize("force", ["", FORCE, "inclusive-90-day"])
@pytest.mark.parametrize("day", [None, "day", "moment"])
def test_a_norm_stands_as_its_parts_leave_it(strength: Strength, force: str, day: str | None) -> None:
    norms = [
        norm(
            f"n{i}", strength=strength, force=force, day=day, survives=survives, when=when, lifts=(Lift("但", lift),),
            kept=kept, pending=pending,
        )
        for i, (survives, when, lift, kept, pending) in enumerate(product(PARTS, repeat=5))
        if i % 7 == 0
    ]  # fmt: skip
    law = directive(*norms)
    engine = compiled(law)
    days: tuple[Any, ...] = (
        (date(2025, 1, 5), date(2035, 1, 1), None, ABSENT)
        if day == "day"
        else (datetime(2035, 1, 1, 3, 0), None, ABSENT)
    )
    for own, truth, start in product(days, (True, False, ABSENT), (date(2025, 1, 5), None, ABSENT)):
        said = {day or "day": own, "truth": truth, "other-day": start}
        facts: dict[str, Value] = {TODAY: ON, **{term: value for term, value in said.items() if value is not ABSENT}}
        for sides in ({}, {"reading": "wide"}, {"reading": "narrow"}):
            assert engine.standings(facts, sides) == meant(law, facts, sides), (facts, sides)


@pytest.mark.parametrize(
    "condition", [c for c in CONDITIONS if isinstance(c, Test) and c.term not in ("files", "computed")], ids=str
)
def test_what_the_act_fixes_is_judged_as_a_fact(condition: Test) -> None:
    for value in VALUES[condition.term]:
        if value is None or value is ABSENT:
            continue
        law = directive(
            norm(kept=condition), norm("in-records", kept=Each("files", condition)), act=[(condition.term, value)]
        )
        engine = compiled(law)
        for facts in cases(condition):
            assert engine.standings(facts, {}) == meant(law, facts, {}), (value, facts)


@settings(max_examples=150)
@given(directives(8), seeds())
def test_drawn_policies_and_facts_agree_with_the_meaning(law: Directive, seed: int) -> None:
    for judgement in law.judgements:
        engine = Compiled(law, judgement)
        for case in fill_in(law, seed, 8):
            expected = tuple(int(one) for one in semantics.standings(judgement, law, case.facts, case.sides))
            assert engine.standings(case.facts, case.sides) == expected
            assert _by_the_text_for_all_cases(engine, case) == expected


def _by_the_text_for_all_cases(engine: Compiled, case: Filling) -> tuple[int, ...]:
    values = tuple(case.facts.get(term, UNKNOWN) for term in engine.terms)
    return engine._kleene(values, tuple(case.sides.get(reading) for reading in engine._lowered().readings))


# ── plain values ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _plain(value: Value) -> object:
    if isinstance(value, RecordList):
        return [{key: _plain(one) for key, one in record.items()} for record in value.records]
    return value


def _nfc(value: object) -> object:
    if isinstance(value, list):
        return [{key: _nfc(one) for key, one in record.items()} for record in value]
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value


@settings(max_examples=150)
@given(directives(6), seeds())
def test_quick_answers_are_the_meaning_of_the_facts_they_show(law: Directive, seed: int) -> None:
    for judgement in law.judgements:
        engine = Compiled(law, judgement)
        for case in fill_in(law, seed, 8):
            on = case.facts[TODAY]
            assert type(on) is date
            raw = {
                term: _plain(value)
                for term, value in case.facts.items()
                if term in engine.terms and term != TODAY and law.term[term].derived is None
            }
            quick = engine.quick(raw, on)
            if quick is None:
                continue
            facts = engine.facts_of(quick.values)
            assert quick.standings == tuple(int(one) for one in semantics.standings(judgement, law, facts, {}))
            assert facts.pop(TODAY) == on
            assert {term: facts.pop(term) for term in quick.filled} == dict.fromkeys(quick.filled, on)
            assert {term: _nfc(_plain(value)) for term, value in facts.items()} == {
                term: _nfc(value) for term, value in raw.items()
            }


@settings(max_examples=60)
@given(directives(4), seeds())
def test_quick_answers_are_those_of_the_careful_way(law: Directive, seed: int) -> None:
    for judgement in law.judgements:
        judge = Judge(law, judgement.id)
        for case in fill_in(law, seed, 4):
            on = case.facts[TODAY]
            assert type(on) is date
            raw = {term: _plain(value) for term, value in case.facts.items() if term in Compiled(law, judgement).terms}
            del raw[TODAY]
            found = []
            for way in ({}, {"sides": {}}):
                try:
                    answer = judge.ask(raw, on=on, engine="compiled", **way)
                except Refused as refusal:
                    found.append(str(refusal))
                else:
                    found.append((answer.verdict, answer.reasons, answer.facts, answer.caveats))
            assert found[0] == found[1]


WHOLE: dict[str, Any] = {
    "truth": True, "choice": "a", "number": 5, "length": 30, "day": NEW_YEAR, "moment": datetime(2025, 1, 1, 9, 0),
    "hour": time(9, 0), "text": "文", "person": "P-1", "files": [{"file.ok": True}],
}  # fmt: skip
ASKING = directive(
    *(norm(term, kept=Test(term, Op.PRESENT)) for term in WHOLE),
    norm("computed", kept=Test("computed", Op.EQ, True)),
    norm("own-day", day="other-day", force=FORCE),
    norm("files-ok", kept=Each("files", Test("file.ok", Op.EQ, True))),
    act=[("other-number", 7)],
    day="other-day",
)


@pytest.mark.parametrize(
    ("term", "said", "read"),
    [
        ("choice", "乙", "b"),
        ("choice", None, None),
        ("number", 0, 0),
        ("day", "2025-01-10", date(2025, 1, 10)),
        ("moment", "2025-01-10T21:30", datetime(2025, 1, 10, 21, 30)),
        ("moment", "2025-01-10T12:30:00+00:00", datetime(2025, 1, 10, 21, 30)),
        ("moment", datetime(2025, 1, 10, 12, 30, tzinfo=UTC), datetime(2025, 1, 10, 21, 30)),
        ("hour", "21:30", time(21, 30)),
        ("text", "か\u3099", "が"),
        ("text", "山田　太郎", "山田　太郎"),
        ("person", "P 1", "P 1"),
        ("files", [], RecordList(())),
        ("files", [{"file.made": "2025-01-01"}, {}], RecordList(({"file.made": NEW_YEAR}, {}))),
        ("files", None, None),
    ],
)  # fmt: skip
@pytest.mark.parametrize("others", [WHOLE, {}], ids=["whole", "alone"])
def test_plain_values_are_read(term: str, said: object, read: Value, others: dict[str, Any]) -> None:
    engine = compiled(ASKING)
    quick = engine.quick({**others, term: said}, ON)
    assert quick is not None
    facts = engine.facts_of(quick.values)
    assert facts[term] == read
    assert type(facts[term]) is type(read)
    assert facts[TODAY] == facts["other-day"] == ON
    assert quick.filled == ("other-day",)
    assert quick.standings == meant(ASKING, facts, {})


@pytest.mark.parametrize(
    ("said", "plain"), [(0, True), (100, True), (None, True), (101, False), (-1, False), (True, False)]
)
def test_numbers_in_records_keep_their_bounds(said: object, plain: bool) -> None:
    terms = (*TERMS, Term("list", Words("一覧"), Records(("number",))))
    engine = compiled(directive(norm(kept=Each("list", Test("number", Op.GE, 5))), terms=terms))
    assert (engine.quick({"list": [{"number": said}]}, ON) is not None) is plain


class Loud(str):
    """Text of somebody's own kind."""

    __slots__ = ()


@pytest.mark.parametrize(
    ("term", "said"),
    [
        *(("truth", odd) for odd in (None, 1, 0, "true", "不明", [], {})),
        *(("choice", odd) for odd in ("", "d", "不明", True, 1, [], {}, float("nan"))),
        *(("number", odd) for odd in (True, 5.0, "5", -1, 101, 10**400, float("nan"), {"不明": True}, [])),
        *(("length", odd) for odd in (-1, True, 10**9 + 1, "30分")),
        *(("day", odd) for odd in (datetime(2025, 1, 10, 0, 0), "2025-W01-1", "20250110", "令和7年1月10日", 0, [])),
        *(("day", odd) for odd in ("2025-02-30", "不明")),
        *(("day", odd) for odd in ("1872-12-31", date(1872, 12, 31), "２０２５-０１-１０", True)),
        *(("moment", odd) for odd in (date(2025, 1, 10), "2025-01-10", "2025-01-10T25:00", "不明", 0)),
        ("moment", "2025-W02-5T10:00"),
        *(("hour", odd) for odd in ("24:00", "9:30", time(9, 0, tzinfo=UTC), 9, "不明")),
        *(("text", odd) for odd in ("", " ", " 山田", "山田\u3000")),
        *(("text", odd) for odd in ("不明", " unknown ", "分からない", "a\0", "\ud800", "a" * 10_001)),
        *(("text", odd) for odd in (1, b"", Loud("不明"), ["文"])),
        *(("person", odd) for odd in ("不明", {"不明": True}, 7)),
        *(("files", odd) for odd in ({}, "不明", [1], ["不明"], ({},))),
        *(("files", [odd]) for odd in ({"file.ok": None}, {"truth": True}, {"よし": True})),
        *(("files", odd) for odd in ([{"file.ok": {"不明": True}}], [{}] * 10_000, RecordList(()))),
        ("no such term", 1),
        ("真偽", True),
        ("file.ok", True),
        ("other-truth", True),
        ("computed", True),
        ("other-number", 8),
        (TODAY, ON),
        (1, 1),
    ],
    ids=repr,
)  # fmt: skip
@pytest.mark.parametrize("others", [{**WHOLE, "other-day": ON}, WHOLE, {}], ids=["whole", "day to fill", "alone"])
def test_anything_out_of_the_ordinary_is_left_to_the_careful_way(
    term: Any, said: object, others: dict[str, Any]
) -> None:
    assert compiled(ASKING).quick({**others, term: said}, ON) is None


def test_whole_facts_may_repeat_the_act() -> None:
    engine = compiled(ASKING)
    facts = {**WHOLE, "other-day": ON}
    assert engine.quick({**facts, "other-number": 7}, ON) == engine.quick(facts, ON) is not None


def test_other_mappings_and_moments_for_the_day_asked_are_left_to_the_careful_way() -> None:
    engine = compiled(ASKING)
    assert engine.quick({}, datetime(2025, 1, 10, 0, 0)) is None
    assert engine.quick(type("Facts", (dict,), {})(WHOLE), ON) is None


def test_a_list_judged_record_by_record_is_left_to_the_careful_way() -> None:
    law = directive(
        norm(kept=Some("files", Test("file.ok", Op.EQ, True))),
        norm("field", kept=Test("file.ok", Op.EQ, True)),
        unit="files",
    )
    engine = compiled(law)
    assert engine.quick({"files": [{"file.ok": True}]}, ON) is None
    quick = engine.quick({"file.ok": True}, ON)
    assert quick is not None
    assert quick.standings == meant(law, {TODAY: ON, "file.ok": True}, {})


def test_the_day_judged_stands_in_for_the_day_of_the_act() -> None:
    law = directive(norm(day="day", force=FORCE), day="day")
    quick = compiled(law).quick({}, ON)
    assert quick is not None
    assert quick.filled == ("day",)
    assert quick.standings == meant(law, {TODAY: ON, "day": ON}, {})


def test_a_norms_own_day_that_is_not_the_day_of_the_act_stays_unknown() -> None:
    law = directive(norm(day="day", force=FORCE))
    quick = compiled(law).quick({}, ON)
    assert quick is not None
    assert quick.filled == ()
    assert quick.standings == meant(law, {TODAY: ON}, {})


def test_a_moment_of_the_day_judged_is_left_to_the_careful_way() -> None:
    engine = compiled(directive(norm(day="moment", force=FORCE, kept=Test("truth", Op.EQ, True)), day="moment"))
    assert engine.quick({"truth": True}, ON) is None
    assert engine.quick({"truth": True, "moment": None}, ON) is not None


def test_an_act_that_fixes_what_the_facts_compute_is_left_to_the_careful_way() -> None:
    law = directive(norm(kept=Test("computed", Op.EQ, True)), act=[("computed", True)])
    assert compiled(law).quick({}, ON) is None
    assert compiled(law).standings({TODAY: ON, "number": 1}, {}) == meant(law, {TODAY: ON, "number": 1}, {})


def test_quick_answers_take_the_sides_that_the_directive_takes() -> None:
    law = directive(norm(kept=Side("reading", "wide")), readings=(replace(READINGS[0], taken="wide"),))
    quick = compiled(law).quick({}, ON)
    assert quick is not None
    assert quick.standings == meant(law, {TODAY: ON}, {"reading": "wide"}) != meant(law, {TODAY: ON}, {})


# ── what a policy writes is never run ────────────────────────────────────────────────────────────────────────────────


HOSTILE = (
    "__import__('os').abort()",
    "\n import os\n#",
    "x'; raise SystemExit #",
    '"""',
    "v0",
    "U",
    "M",
    "k0",
    "None",
    "{x}",
    "\\",
    "V[0]",
)


def test_ids_and_constants_are_held_and_never_spelled() -> None:
    mark = "qzj"
    terms = tuple(Term(mark + name, Words(mark), Text()) for name in HOSTILE)
    norms = [
        norm(mark + term.id, kept=Test(term.id, Op.EQ, mark + term.id), lifts=(Lift("但", Side(mark, mark)),))
        for term in terms
    ]
    law = directive(
        *norms, terms=terms, readings=(Reading(mark, "第1", Words(mark), (ReadingSide(mark, Words(mark)),)),)
    )
    engine = compiled(law)
    assert mark not in engine.source
    for facts in ({}, {term.id: mark + term.id for term in terms}, {term.id: "x" for term in terms}):
        assert engine.standings({TODAY: ON, **facts}, {mark: mark}) == meant(law, {TODAY: ON, **facts}, {mark: mark})
        assert engine.quick(facts, ON) is not None


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_of_a_policy_can_be_taken_for_one_of_ours(name: str) -> None:
    terms = (Term(name, Words("項"), Text()), Term("list", Words("一覧"), Records((name,))))
    law = directive(
        norm(name, kept=Test(name, Op.EQ, name)), norm("all", kept=Each("list", Test(name, Op.EQ, name))), terms=terms
    )
    for facts in (
        {},
        {name: name},
        {name: None, "list": RecordList(({name: name}, {}))},
        {"list": RecordList(({name: name},))},
    ):
        said = {TODAY: ON, **facts}
        assert compiled(law).standings(said, {}) == meant(law, said, {})


# ── size ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _nested(depth: int, leaf: Condition) -> Condition:
    for level in range(depth):
        leaf = (AllOf((Test("truth", Op.EQ, True), leaf)), AnyOf((leaf, Test("number", Op.GT, 99))), Not(leaf))[
            level % 3
        ]
    return leaf


@pytest.mark.parametrize(
    "facts", [{}, {"truth": True}, {"truth": True, "number": 1, "choice": "a"}, {"truth": True, "choice": None}]
)
def test_a_thousand_norms_and_deep_conditions_are_judged(facts: dict[str, Value]) -> None:
    deep = _nested(32, Test("choice", Op.EQ, "a"))
    norms = [norm(f"n{i}", force=FORCE, when=Test("number", Op.GE, i % 50), kept=deep) for i in range(1_000)]
    law = directive(*norms)
    said = {TODAY: ON, **facts}
    assert compiled(law).standings(said, {}) == meant(law, said, {})
    quick = compiled(law).quick(facts, ON)
    assert quick is not None
    assert quick.standings == meant(law, said, {})


@pytest.mark.parametrize("kind", [AllOf, AnyOf])
def test_a_condition_of_five_thousand_parts_is_judged(kind: type[AllOf] | type[AnyOf]) -> None:
    law = directive(norm(kept=kind(tuple(Test("text", Op.EQ, str(n)) for n in range(5_000)))))
    engine = compiled(law)
    for facts in ({}, {"text": "4999"}, {"text": "5000"}):
        assert engine.standings({TODAY: ON, **facts}, {}) == meant(law, {TODAY: ON, **facts}, {})


@pytest.mark.parametrize(("truth", "expected"), [(True, 8), (False, 32), (ABSENT, 40)])
def test_definitions_that_name_each_other_twice_do_not_double(truth: Any, expected: int) -> None:
    """Sixty levels, each using the one below three times: written out, 3^60 tests."""
    concepts = [Concept("c0", Words("c"), "第2", Test("truth", Op.EQ, True))]
    for level in range(1, 61):
        below = Is(f"c{level - 1}")
        concepts.append(
            Concept(f"c{level}", Words("c"), "第2", AllOf((below, AnyOf((below, Not(below), Side("reading", "wide"))))))
        )
    concepts.append(Concept("top", Words("c"), "第2", Is("c60")))
    engine = compiled(directive(norm(kept=Is("top")), norm("again", kept=Is("c59")), concepts=concepts))
    facts: dict[str, Value] = {TODAY: ON} if truth is ABSENT else {TODAY: ON, "truth": truth}
    assert engine.standings(facts, {"reading": "wide"}) == (expected, expected)


def test_equal_conditions_are_one() -> None:
    """What two norms ask alike is written once, even under different names."""
    asked = AllOf(tuple(Test("number", Op.GE, n) for n in range(1, 9)))
    once = compiled(directive(norm(kept=asked))).source.count(">= 8")
    concepts = [Concept(name, Words(name), "第2", AllOf(asked.parts)) for name in ("x", "y")]
    law = directive(norm(kept=asked), norm("x", kept=Is("x")), norm("y", when=Is("y"), kept=NEVER), concepts=concepts)
    assert compiled(law).source.count(">= 8") == once


# ── at once and after a fork ─────────────────────────────────────────────────────────────────────────────────────────


def _all(engine: Compiled) -> list[object]:
    some = [{}, {"number": 4}, {"number": 4, "truth": True}, {**WHOLE, "other-day": ON}]
    return [engine.quick(raw, ON) for raw in some] + [engine.standings({TODAY: ON, "truth": True}, {})]


def test_sixteen_threads_meeting_a_fresh_engine_get_the_same() -> None:
    expected = _all(compiled(ASKING))
    for _ in range(5):
        engine = compiled(ASKING)
        with ThreadPoolExecutor(16) as pool:
            assert all(found == expected for found in pool.map(_all, [engine] * 64))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.filterwarnings("ignore:.*multi-threaded.*:DeprecationWarning")
def test_a_forked_child_gets_the_same() -> None:
    engine = compiled(ASKING)
    expected = _all(engine)
    child = os.fork()
    if child == 0:
        os._exit(0 if _all(engine) == expected and _all(compiled(ASKING)) == expected else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_the_engine_knows_nothing_of_the_meaning() -> None:
    import tsutatsu.backends.compiled as package

    (folder,) = package.__path__
    texts = [entry.read_text(encoding="utf-8") for entry in __import__("pathlib").Path(folder).glob("*.py")]
    assert len(texts) > 5
    assert not [text for text in texts if "tsutatsu.semantics" in text or "from tsutatsu import semantics" in text]
