"""Facts as submitted: every slip is found at once, with its place; unknown stays unknown; nothing hostile gets by."""

import math
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from provision import GOOD, ON, law

from tsutatsu.diagnostics import CATALOGUE, Refused
from tsutatsu.ir import Op, RecordList, Test
from tsutatsu.judging import FactReader, Judge
from tsutatsu.judging.facts import MOST_CHARACTERS, MOST_FACTS, MOST_RECORDS
from tsutatsu.semantics import Verdict

LAW = law()
READER = FactReader.of(LAW)


def read(raw: Any, judgement: str = "give", **how: Any) -> dict[str, Any]:
    return READER.read(raw, LAW.judgement[judgement], ON, {}, **how)


def refusals(raw: Any, judgement: str = "give", **how: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refused:
        read(raw, judgement, **how)
    for one in refused.value.findings:
        assert one.ja and one.en and one.mend_ja and one.mend_en and one.code in CATALOGUE
    return [(one.code, one.where.file) for one in refused.value.findings]


def test_keys_and_choices_go_by_id_and_by_name_in_either_language():
    for key, value in (("purpose", "inquiry"), ("目的", "捜査"), ("purpose", "捜査"), ("目的", "inquiry")):
        assert read({key: value})["purpose"] == "inquiry"
    assert read({"day of approval": "令和7年5月30日"})["approved_on"] == date(2025, 5, 30)


def test_days_moments_and_hours_are_read_as_people_write_them():
    assert read({"承認日": date(2025, 5, 30)})["approved_on"] == date(2025, 5, 30)
    plain = ("2025-05-31T21:30", "2025-05-31 21:30", "令和7年5月31日 21時30分")
    for said in (*plain, "2025-05-31T12:30Z", "2025-05-31T21:30+09:00"):
        assert read({"提供日時": said})["given_at"] == datetime(2025, 5, 31, 21, 30), said
    utc = datetime(2025, 5, 31, 12, 30, tzinfo=timezone(timedelta(0)))
    assert read({"提供日時": utc})["given_at"] == datetime(2025, 5, 31, 21, 30)
    assert read({"時刻": "9:05"})["hour"] == time(9, 5)
    assert read({"時刻": "21時30分"})["hour"] == time(21, 30)


def test_unknown_is_absence_and_none_is_a_fact():
    facts = read({"目的": "不明", "申請書": {"不明": True}, "承認日": None, "閲覧者": {"unknown": True}})
    assert facts == {"on": ON, "approved_on": None}


def test_a_list_that_may_have_more_is_incomplete():
    facts = read({"ファイル": [{"編集": False}, "不明"]}, "batch")
    assert facts["files"] == RecordList(({"edited": False},), complete=False)
    assert read({"ファイル": []}, "batch")["files"] == RecordList(())
    assert "files" not in read({"ファイル": "不明"}, "batch")


@pytest.mark.parametrize("word", ["不明", "unknown", "分からない", " 不明 ", "", "　"])
def test_an_unknown_person_is_never_taken_for_somebody_else(word: str):
    assert refusals({"閲覧者": "山田", "立会人": word}, "view") == [("TS516", "立会人")]


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"目的地": 1}, ("TS501", "")),
        ({"申請書": "はい"}, ("TS502", "申請書")),
        ({"申請書": 1}, ("TS502", "申請書")),
        ({"部数": True}, ("TS502", "部数")),
        ({"部数": 1.0}, ("TS502", "部数")),
        ({"承認日": datetime(2025, 5, 30)}, ("TS502", "承認日")),
        ({"提供日時": date(2025, 5, 30)}, ("TS502", "提供日時")),
        ({"閲覧者": ["山田"]}, ("TS502", "閲覧者")),
        ({"ファイル": {"編集": True}}, ("TS502", "ファイル")),
        ({"目的": "捜索"}, ("TS503", "目的")),
        ({"目的": "捜査", "purpose": "inquiry"}, ("TS505", "目的")),
        ({"目的": "捜査", "正当な目的": False}, ("TS506", "正当な目的")),
        ({"申請書": None}, ("TS507", "申請書")),
        ({"備考": "長" * (MOST_CHARACTERS + 1)}, ("TS508", "備考")),
        ({"ファイル": [{}] * (MOST_RECORDS + 1)}, ("TS508", "ファイル")),
        ({str(n): 1 for n in range(MOST_FACTS + 1)}, ("TS508", "")),
        ({"部数": math.nan}, ("TS509", "部数")),
        ({"部数": math.inf}, ("TS509", "部数")),
        ({"部数": 101}, ("TS510", "部数")),
        ({"部数": 10**5000}, ("TS510", "部数")),
        ({"備考": "\ud800"}, ("TS511", "備考")),
        ({"備考": "a\0b"}, ("TS511", "備考")),
        ({"承認日": "2025-02-30"}, ("TS512", "承認日")),
        ({"承認日": "5月30日"}, ("TS512", "承認日")),
        ({"時刻": "25:00"}, ("TS512", "時刻")),
        ({"提供日時": "2025-05-31"}, ("TS512", "提供日時")),
        ({"判断日": "2025-06-02"}, ("TS513", "判断日")),
        ([("目的", "捜査")], ("TS515", "")),
        ({3: "捜査"}, ("TS515", "")),
        ({"ファイル": [{"編集": True}, None]}, ("TS515", "ファイル[2]")),
        ({"ファイル": [{"作成日": "あした"}]}, ("TS512", "ファイル[1].作成日")),
        ({"ファイル": [{"目的": "捜査"}]}, ("TS501", "ファイル[1]")),
    ],
)
def test_each_slip_is_refused_at_its_place(raw: Any, expected: tuple[str, str]):
    assert refusals(raw) == [expected]


def test_the_act_is_not_denied_and_units_speak_for_themselves():
    assert refusals({"目的": "捜査"}, "teach") == [("TS504", "目的")]
    assert read({"目的": "教養"}, "teach")["purpose"] == "teaching"
    assert refusals({"ファイル": [], "編集": True}, "erase") == [("TS514", "編集")]
    assert read({"編集": True}, "erase")["edited"] is True


@pytest.mark.parametrize("engine", ["compiled", "semantics"])
def test_none_is_refused_where_one_of_the_options_always_holds(engine: str):
    always = law(
        terms=tuple(replace(t, type=replace(t.type, none=False)) if t.id == "purpose" else t for t in LAW.terms)
    )
    with pytest.raises(Refused) as refused:
        Judge(always, "purpose").ask({"purpose": None}, on=ON, engine=engine)
    assert [one.code for one in refused.value.findings] == ["TS517"]
    either = replace(always.norm["purpose"], kept=Test("purpose", Op.IN, ("inquiry", "teaching", "other")))
    all_of_them = replace(always, norms=(either, *always.norms[1:]))
    assert Judge(all_of_them, "purpose").ask({}, on=ON, engine=engine).verdict is Verdict.PERMITTED


def test_everything_wrong_is_said_at_once_with_the_nearest_name():
    with pytest.raises(Refused) as refused:
        read({"目 的": "捜査", "申請所": True, "決定者": "管理職", "部数": "多い"})
    found = {one.code for one in refused.value.findings}
    assert found == {"TS501", "TS502", "TS503"}
    said = " ".join(one.ja for one in refused.value.findings)
    assert "申請書" in said
    assert "管理者" in said


def test_words_serve_for_every_type_where_cells_are_read():
    said = {"申請書": "はい", "部数": "３", "承認日": "令和7年5月30日", "決定者": "管理者", "備考": "", "閲覧者": " "}
    facts = read(said, texts=True)
    assert facts == {"form": True, "copies": 3, "approved_on": date(2025, 5, 30), "decider": "manager", "on": ON}


@pytest.mark.parametrize("on", ["2025-06-01", None, datetime(2025, 6, 1), 20250601])
def test_the_day_judged_is_a_day(on: Any):
    with pytest.raises(Refused) as refused:
        Judge(LAW, "give").ask(GOOD, on=on, engine="semantics")
    assert [one.code for one in refused.value.findings] == ["TS524"]


def test_a_side_that_nobody_named_is_refused():
    for sides in ({"認定": "丙"}, {"認証": "甲"}):
        with pytest.raises(Refused) as refused:
            Judge(LAW, "give").ask(GOOD, on=ON, sides=sides)
        assert [one.code for one in refused.value.findings] == ["TS523"]


def test_an_engine_that_nobody_built_is_refused():
    with pytest.raises(Refused) as refused:
        Judge(LAW, "give").ask(GOOD, on=ON, engine="retee")
    (found,) = refused.value.findings
    assert found.code == "TS522"
    assert "rete" in found.ja


JUNK = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(),
        st.dates(),
        st.datetimes(),
        st.binary(),
        st.just(object()),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text() | st.integers(), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from([*READER.names]) | st.text()


@settings(max_examples=200)
@given(st.dictionaries(KEYS, JUNK, max_size=5) | JUNK, st.sampled_from(sorted(LAW.judgement)))
def test_anything_at_all_is_answered_or_refused_with_findings(raw: Any, judgement: str):
    findings: tuple[object, ...] = ()
    answer = None
    try:
        answer = Judge(LAW, judgement).ask(raw, on=ON, engine="compiled")
    except Refused as refused:
        findings = refused.findings
    assert (answer is None) == bool(findings)
