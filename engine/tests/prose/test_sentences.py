"""The law in plain words: told the same every time, readable in one way only, and unharmed by what labels contain.

The snapshots beside this file are what a reader sees. After a change that is meant, rewrite them with
``TSUTATSU_REWRITE_SNAPSHOTS=1`` and read the difference.
"""

import os
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest
from drawing import directives
from hypothesis import given, settings
from hypothesis import strategies as st
from specimen import CONDITIONS, DIRECTIVE

from tsutatsu.backends.prose import (
    cite,
    quoted,
    shown,
    tables,
    tell_clock,
    tell_concept,
    tell_condition,
    tell_day,
    tell_judgement,
    tell_norm,
    tell_reading,
    tell_reason,
    tell_standing,
    tell_term,
    tell_value,
    tell_verdict,
)
from tsutatsu.backends.prose.joining import Group, Single, joined
from tsutatsu.backends.prose.naming import Basis, basis
from tsutatsu.calendar import Counting
from tsutatsu.ir import (
    ALWAYS,
    AllOf,
    AnyOf,
    Changeable,
    Concept,
    Condition,
    Directive,
    Each,
    Is,
    Kind,
    Not,
    Op,
    RecordList,
    Side,
    Some,
    Standing,
    Stands,
    Strength,
    TermRef,
    Test,
    Words,
    conditions_of,
)
from tsutatsu.semantics import Question, Verdict

SNAPSHOTS = Path(__file__).parent / "snapshots"
TERM = DIRECTIVE.term

PROVISIONS = (
    "第5/3", "第5/3/本文", "要領案/第7/2/(2)/ただし書", "第4/1/(2)/ア/(ア)", "別添/第7/2/⑴", "別紙1/2",
    "第5条/第2項/第3号", "前文", "要領案", "第5/3の2/後段", "",
    "要領案/別記様式/様式欄14", "別記様式/様式", "本文/本文", "第1/第1",
)  # fmt: skip


def conditions(lang: str) -> Iterator[str]:
    for name, condition in CONDITIONS.items():
        yield f"[{name}]"
        yield tell_condition(condition, DIRECTIVE, lang)
        yield tell_condition(condition, DIRECTIVE, lang, denied=True)


def passages(lang: str) -> Iterator[str]:
    for norm in DIRECTIVE.norms:
        yield str(tell_norm(norm, DIRECTIVE, lang))
    for concept in DIRECTIVE.concepts:
        yield str(tell_concept(concept, DIRECTIVE, lang))
    for reading in DIRECTIVE.readings:
        yield str(tell_reading(reading, DIRECTIVE, lang))
    for judgement in DIRECTIVE.judgements:
        yield str(tell_judgement(judgement, DIRECTIVE, lang))
    for term in DIRECTIVE.terms:
        yield str(tell_term(term, DIRECTIVE, lang))
    for clock in DIRECTIVE.clocks:
        yield f"{clock.id}: {tell_clock(clock, DIRECTIVE, lang)}"


def answers(lang: str) -> Iterator[str]:
    shared = (Verdict.OUT_OF_SCOPE, Verdict.NOT_ENOUGH, Verdict.BY_READING)
    for question in Question:
        for verdict in Verdict if question is Question.MAY else shared:
            yield f"[{question.value} {verdict.value}] {tell_verdict(verdict, question, lang)}"
    for standing in Standing:
        yield f"[{standing.name}] {tell_standing(standing, lang)}"
    yield tell_standing(Standing.KEPT | Standing.BROKEN, lang)
    yield tell_standing(Standing(0), lang)


def reasons(lang: str) -> Iterator[str]:
    night = DIRECTIVE.norm["night"]
    facts = {"visit.time_band": "night", "approver.post": "deputy", "witness": None}
    for standing in Standing:
        yield f"[{standing.name}]"
        yield tell_reason(night, standing, facts, DIRECTIVE, lang, lifted_by="第5/3/ただし書")
        yield tell_reason(night, standing, {}, DIRECTIVE, lang)
    open_ = Standing.KEPT | Standing.BROKEN
    yield "[open]"
    yield tell_reason(night, open_, {"visit.time_band": "night"}, DIRECTIVE, lang, waiting=("approver.post",))
    yield tell_reason(night, open_, {}, DIRECTIVE, lang, waiting=("approver.post", "acting.order"))
    yield tell_reason(night, open_, {}, DIRECTIVE, lang)
    yield "[without English, and with two sentences]"
    yield tell_reason(DIRECTIVE.norm["may"], Standing.FREE, {}, DIRECTIVE, lang)
    two = replace(night, summary=Words("課長が認める。書面による。", "The chief approves. It is in writing."))
    yield tell_reason(two, Standing.KEPT, {}, DIRECTIVE, lang)


def citations(lang: str) -> Iterator[str]:
    for provision in PROVISIONS:
        yield f"{provision} → {cite(provision, lang)}"


TOLD: dict[str, Callable[[str], Iterator[str]]] = {
    "conditions": conditions,
    "passages": passages,
    "answers": answers,
    "reasons": reasons,
    "citations": citations,
}


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("subject", TOLD)
def test_the_law_is_told_in_these_words(subject: str, lang: str):
    told = "\n".join(TOLD[subject](lang)) + "\n"
    file = SNAPSHOTS / f"{subject}.{lang}.txt"
    if os.environ.get("TSUTATSU_REWRITE_SNAPSHOTS") == "1":
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(told.encode())
    assert told == file.read_bytes().decode()


@pytest.mark.parametrize(
    ("value", "name", "ja", "en"),
    [
        ("night", "visit.time_band", "「夜間」", "“night”"),
        ("unlisted", "visit.time_band", "「unlisted」", "“unlisted”"),
        (None, "witness", "「なし」", "“none”"),
        (True, "consent", "「はい」", "“yes”"),
        (False, "consent", "「いいえ」", "“no”"),
        (3, "count", "3枚", "3 sheets"),
        (1, "delay", "1日", "1 day"),
        (-2, "delay", "-2日", "-2 days"),
        (date(2019, 5, 1), "made.day", "令和元年5月1日", "1 May 2019"),
        (date(1872, 12, 2), "made.day", "西暦1872年12月2日", "2 December 1872"),
        (datetime.fromisoformat("2025-01-10T00:00"), "given.at", "令和7年1月10日0時", "10 January 2025 00:00"),
        (
            datetime.fromisoformat("2025-01-10T22:05:07"),
            "given.at",
            "令和7年1月10日22時5分7秒",
            "10 January 2025 22:05:07",
        ),
        (time(8, 30), "start.at", "8時30分", "08:30"),
        (time(8, 0, 0, 5), "start.at", "8時0分0.000005秒", "08:00:00.000005"),
        ("令状", "ground", "「令状」", "“令状”"),
        (RecordList(()), "files", "0件", "0 entries"),
        (RecordList(({},), complete=False), "files", "1件（ほかにもあり得る）", "1 entry (there may be more)"),
    ],
)
def test_a_value_is_told_as_people_say_it(value: object, name: str, ja: str, en: str):
    assert tell_value(value, TERM[name], "ja") == ja  # type: ignore[arg-type]
    assert tell_value(value, TERM[name], "en") == en  # type: ignore[arg-type]


def test_every_word_that_the_kernel_enumerates_is_in_both_languages():
    enumerations = (
        (tables.VERDICTS, Verdict),
        (tables.SENTENCES, Verdict),
        (tables.QUESTIONS, Question),
        (tables.ASKED, Question),
        (tables.STANDINGS, Standing),
        (tables.KINDS, Kind),
        (tables.STRENGTHS, Strength),
        (tables.MUST, Strength),
        (tables.CHANGEABLE, Changeable),
        (tables.COUNTINGS, Counting),
    )
    for table, enumeration in enumerations:
        assert set(table) == set(enumeration)
        assert all(words.ja and words.en for words in table.values())


HOSTILE = "夜\n間\x00\u202e\u200b「x」\u2028“y”\U000e0001\x1b[31m"


def test_what_the_eye_cannot_see_is_spelt_out():
    assert shown(HOSTILE) == "夜\\u000a間\\u0000\\u202e\\u200b「x」\\u2028“y”\\U000e0001\\u001b[31m"
    assert shown("全角　空白と葛󠄀") == "全角　空白と葛󠄀"
    assert quoted("「甲」", "ja") == "「『甲』」"
    assert quoted("“a”", "en") == "“‘a’”"


def test_a_text_of_any_length_keeps_a_sentence_short():
    assert len(tell_value("x" * 1_000_000, TERM["ground"], "ja")) < 300
    assert tell_value("x" * 1_000_000, TERM["ground"], "ja").endswith("…」")


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_hostile_labels_never_break_a_line(lang: str):
    words = Words(HOSTILE, HOSTILE)
    hostile = replace(
        DIRECTIVE,
        terms=tuple(replace(term, words=words, question=words) for term in DIRECTIVE.terms),
        norms=tuple(replace(norm, summary=words, bearer=HOSTILE, provision=HOSTILE) for norm in DIRECTIVE.norms),
        clocks=tuple(replace(clock, words=words) for clock in DIRECTIVE.clocks),
    )
    for norm in hostile.norms:
        told = tell_norm(norm, hostile, lang)
        for line in (
            told.heading,
            *told.lines,
            tell_reason(norm, Standing.BROKEN, {"witness": HOSTILE}, hostile, lang),
        ):
            assert not any(unicodedata.category(ch) in {"Cc", "Cf", "Zl", "Zp", "Cn", "Cs"} for ch in line)


@settings(max_examples=60)
@given(directives())
def test_whatever_can_be_written_can_be_told(directive: Directive):
    for lang in ("ja", "en"):
        for thing in (*directive.norms, *directive.concepts):
            for condition in conditions_of(thing):
                told = tell_condition(condition, directive, lang)
                assert told == tell_condition(condition, directive, lang)
                assert "\n" not in told
        for norm in directive.norms:
            assert tell_norm(norm, directive, lang).heading
            for standing in Standing:
                assert tell_reason(norm, standing, {}, directive, lang)
        for judgement in directive.judgements:
            assert tell_judgement(judgement, directive, lang).lines
        for term in directive.terms:
            assert tell_term(term, directive, lang).lines


def test_what_the_directive_does_not_name_is_told_by_its_id():
    bare = replace(DIRECTIVE, terms=(), clocks=(), concepts=(), readings=(), norms=())
    for condition in CONDITIONS.values():
        for lang in ("ja", "en"):
            assert tell_condition(condition, bare, lang)


SINGLES = st.sampled_from(
    [
        Test("visit.time_band", Op.EQ, "night"),
        Test("witness", Op.PRESENT),
        Test("delay", Op.GT, 5),
        Test("viewer", Op.DIFFERENT, "山田"),
        Test("consent", Op.EQ, True),
        Test("consent", Op.EQ, False),
        Is("proper"),
        Side("special", "甲"),
        Stands("night", broken=True),
    ]
)


def larger(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    lists = st.lists(parts, max_size=4).map(tuple)
    return st.one_of(
        lists.map(AllOf),
        lists.map(AnyOf),
        parts.map(Not),
        parts.map(lambda part: Each("files", part)),
        parts.map(lambda part: Some("files", part)),
    )


ANY_CONDITION: st.SearchStrategy[Condition] = st.recursive(SINGLES, larger, max_leaves=10)


def shape(one: Group | Single) -> object:
    """What a condition says, apart from how it was built: negations at the singles, like joined with like."""
    match one:
        case Group(every, parts):
            return (every, tuple(shape(part) for part in parts))
        case Single(Each(term, part), denied):
            return ("each", term, shape(joined(part)), denied)
        case Single(Some(term, part), denied):
            return ("some", term, shape(joined(part)), denied)
        case Single():
            return one


@settings(max_examples=400)
@given(ANY_CONDITION, ANY_CONDITION)
def test_conditions_that_say_different_things_are_told_differently(first: Condition, second: Condition):
    same = shape(joined(first)) == shape(joined(second))
    for lang in ("ja", "en"):
        assert (tell_condition(first, DIRECTIVE, lang) == tell_condition(second, DIRECTIVE, lang)) is same


@given(st.lists(st.booleans(), min_size=2, max_size=2), st.permutations(range(3)))
def test_grouping_is_never_lost(kinds: list[bool], order: list[int]):
    """A op (B op C) and (A op B) op C are told apart for every two connectives that differ."""
    singles = [Test("visit.time_band", Op.EQ, "night"), Test("witness", Op.PRESENT), Test("delay", Op.GT, 5)]
    a, b, c = (singles[place] for place in order)
    outer, inner = (AllOf if kind else AnyOf for kind in kinds)
    right, left = outer((a, inner((b, c)))), outer((inner((a, b)), c))
    for lang in ("ja", "en"):
        same = tell_condition(right, DIRECTIVE, lang) == tell_condition(left, DIRECTIVE, lang)
        assert same is (outer is inner)


def laid_out(condition: Condition, lang: str) -> tuple[str, ...]:
    norm = replace(DIRECTIVE.norm["care"], when=condition, kept=ALWAYS)
    return tuple(line for line in tell_norm(norm, DIRECTIVE, lang).lines if not line.startswith(("語", "Word")))


@settings(max_examples=200)
@given(ANY_CONDITION, ANY_CONDITION)
def test_conditions_laid_out_in_lines_never_look_the_same_either(first: Condition, second: Condition):
    same = shape(joined(first)) == shape(joined(second))
    always = {lang: (laid_out(ALWAYS, lang), laid_out(AllOf((ALWAYS, ALWAYS)), lang)) for lang in ("ja", "en")}
    for lang in ("ja", "en"):
        one, other = laid_out(first, lang), laid_out(second, lang)
        if not {one, other} & set(always[lang]):
            assert (one == other) is same


def test_a_word_of_the_text_names_the_facts_it_is_judged_by():
    assert tell_condition(Is("proper"), DIRECTIVE, "ja") == (
        "承認者の職及び職務代行命令に照らし、「正当な承認者」に当たる"
    )
    assert tell_condition(Is("proper"), DIRECTIVE, "en", denied=True) == (
        "“proper approver” is not met (going by the approver's post and the order to act as deputy)"
    )
    facts = (Test("delay", Op.LT, 5), Test("count", Op.LE, TermRef("quota")), Is("proper"), Is("wide"))
    wide = Concept("wide", Words("広い語"), "", AllOf((*facts, Some("files", Test("file.edited", Op.EQ, True)))))
    directive = replace(DIRECTIVE, concepts=(*DIRECTIVE.concepts, wide))
    assert tell_condition(Is("wide"), directive, "ja") == "遅れ、枚数、上限の枚数などに照らし、「広い語」に当たる"
    looked = ("delay", "count", "quota", "files", "approver.post", "acting.order")
    assert basis("wide", directive) == Basis(looked, standings=False)
    ill = replace(directive, concepts=(replace(wide, yes=AllOf((facts[0], Stands("night", broken=True)))),))
    assert tell_condition(Is("wide"), ill, "ja") == "遅れ及び定めへの違反の有無に照らし、「広い語」に当たる"
    assert tell_condition(Is("wide"), ill, "en") == (
        "“広い語” is met (going by the delay and whether rules are broken)"
    )


def test_what_is_more_than_two_plain_tests_is_itemised_under_its_label():
    chief, late = Test("approver.post", Op.EQ, "chief"), Test("delay", Op.LT, 5)
    consent = Test("consent", Op.EQ, True)
    when = AllOf((AnyOf((chief, AllOf((late, consent)))), Test("witness", Op.PRESENT)))
    norm = replace(DIRECTIVE.norm["care"], when=when, kept=consent)
    assert tell_norm(norm, DIRECTIVE, "ja").lines == (
        "場合：次の全てに当たるとき",
        "  ① 次のいずれかに当たる",
        "    (ア) 承認者の職が「課長」である",
        "    (イ) 次の全てに当たる",
        "      (a) 遅れが5日未満である",
        "      (b) 居住者の同意：はい",
        "  ② 立会人がいる",
        "努めること：「居住者の同意：はい」であること",
    )
    assert tell_norm(norm, DIRECTIVE, "en").lines[:3] == (
        "When: all of these hold",
        "  (1) at least one of these holds",
        "    (a) the approver's post is “section chief”",
    )


def test_not_yes_is_no():
    yes, no = Test("consent", Op.EQ, True), Test("consent", Op.EQ, False)
    for lang in ("ja", "en"):
        assert tell_condition(yes, DIRECTIVE, lang, denied=True) == tell_condition(no, DIRECTIVE, lang)


def test_days_are_told_by_era():
    assert tell_day(date(1989, 1, 7), "ja") == "昭和64年1月7日"
    assert tell_day(date(1989, 1, 8), "ja") == "平成元年1月8日"
