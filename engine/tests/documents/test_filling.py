"""What stands on a document: the facts of record in the right boxes, nothing that nobody recorded, and grounds."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papers import (
    ASKER,
    CHIEF,
    CLERK,
    MANAGER,
    PROVIDED,
    WHOLE,
    document,
    done,
    law_of,
    liaison,
    made_of,
    record,
    requested,
)

from tsutatsu.cases import Actor, Store
from tsutatsu.cases.case import Body, Deed, Entry, fold
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.people import Doer
from tsutatsu.diagnostics import Refused
from tsutatsu.documents.filling import MOST, blank, filled, record_of, roster, row_of
from tsutatsu.documents.nodes import Box, Cell, Document, Layout
from tsutatsu.ir import Words

REFUSED_AT = datetime(2025, 8, 2, 10, 0)


def code_of(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    return {one.code for one in refused.value.findings}


def ticked(sheet: object) -> set[str]:
    return {name for name, tick in sheet.ticks.items() if tick.on}


def test_a_blank_form_says_nothing_and_ticks_nothing() -> None:
    sheet = blank(document("request-form"), law_of(document("request-form")))
    assert ticked(sheet) == set() and {one.text for one in sheet.cells.values()} == {""}
    assert sheet.cells["date"].blank == "令和　　年　　月　　日" and sheet.origin is None


def test_a_request_is_filled_in_from_its_record(store: Store) -> None:
    found = record(store, requested(store), "映像ファイル提供依頼書")
    sheet = filled(document("request-form"), found, {"outline": "路上の口論"})
    assert ticked(sheet) == {"request-image", "request-media", "purpose-evidence"}
    texts = {name: cell.text for name, cell in sheet.cells.items() if cell.text}
    assert texts == {
        "date": "令和7年8月1日",
        "outline": "路上の口論",
        "requester-office": "見本警察署地域課",
        "requester-name": "山田 太郎",
    }
    assert sheet.origin is not None and (sheet.origin.entry, sheet.origin.as_of) == (2, 2)


def test_the_receiving_box_is_filled_in_once_the_receiving_office_has_filled_it_in(store: Store) -> None:
    name, form = requested(store), document("request-form")
    done(store.do(name, "provide", MANAGER, PROVIDED, datetime(2025, 8, 1, 11, 0)))
    receiving = {"entered-done", "result-image", "result-media"}
    assert not receiving & ticked(filled(form, record(store, name, form.id, 3)))
    said = {
        "受理者の記載": True,
        "映像ファイル番号の記載": True,
        "入力済みのチェック": False,
        "処理結果のチェック": "両方",
    }
    done(store.do(name, "fill-result", CHIEF, said, datetime(2025, 8, 1, 12, 0)))
    sheet = filled(form, record(store, name, form.id), {"receiver": "髙﨑 𠮷郎", "file-number": "F-1"})
    assert receiving & ticked(sheet) == {"result-image", "result-media"}
    assert sheet.cells["receiver"].text == "髙﨑 𠮷郎"
    assert (sheet.cells["requester-name"].text, sheet.cells["requester-office"].text) == (
        "山田 太郎",
        "見本警察署地域課",
    )
    assert sheet.origin is not None and (sheet.origin.name, sheet.origin.entry) == ("髙﨑 𠮷郎", 4)
    before = filled(form, record(store, name, form.id, 2))
    assert not receiving & ticked(before) and before.origin is not None and before.origin.entry == 2


@given(
    request=st.sampled_from(["image", "media", "both", "none", None]),
    purposes=st.fixed_dictionaries(
        {name: st.sampled_from([True, False, None]) for name in ("form.review", "form.proper", "form.evidence")}
    ),
    stated=st.sampled_from([True, False, None]),
)
def test_a_box_is_ticked_exactly_where_its_fact_surely_holds(
    request: str | None, purposes: dict, stated: object
) -> None:
    facts = {name: value for name, value in purposes.items() if value is not None}
    facts |= {} if request is None else {"form.request": request}
    facts |= {} if stated is None else {"form.requester": stated}
    sheet = filled(document("request-form"), made_of(facts | {"form.submitter": "yamada"}))
    wanted = {f"purpose-{name.removeprefix('form.')}" for name, value in purposes.items() if value is True}
    wanted |= {"request-image"} if request in ("image", "both") else set()
    wanted |= {"request-media"} if request in ("media", "both") else set()
    assert ticked(sheet) == wanted
    assert sheet.cells["requester-name"].text == ("山田 太郎" if stated is True else "")


def test_names_and_posts_are_those_of_the_time(store: Store) -> None:
    from tsutatsu.cases import Actor, Holding

    name = requested(store)
    store.enrol([Actor("yamada", "別の 名前", (Holding("係長", "別の課"),))])
    sheet = filled(document("request-form"), record(store, name, "request-form"))
    assert sheet.cells["requester-name"].text == "山田 太郎"
    assert sheet.cells["requester-office"].text == "見本警察署地域課"


def test_a_form_handed_in_again_is_that_of_the_last_time(store: Store) -> None:
    name = requested(store, said={"証拠の保全のチェック": False})
    done(store.do(name, "resubmit", ASKER, _again(), datetime(2025, 8, 3, 9, 0)))
    form = document("request-form")
    now, before = filled(form, record(store, name, form.id)), filled(form, record(store, name, form.id, 2))
    assert now.cells["date"].text == "令和7年8月3日" and "purpose-evidence" in ticked(now)
    assert before.cells["date"].text == "令和7年8月1日" and "purpose-evidence" not in ticked(before)
    store.withdraw(name, ASKER, datetime(2025, 8, 3, 9, 5), reason="取り違え")
    assert filled(form, record(store, name, form.id)).cells["date"].text == "令和7年8月1日"


def _again() -> dict:
    """What is said when a form is handed in again."""
    unasked = ("利用目的", "現に起きた犯罪又は事故", "法令に基づく場合", "職員による提出")
    return {name: value for name, value in WHOLE.items() if name not in unasked}


# ── what is refused ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_words_are_refused_for_boxes_that_stand_for_facts_and_for_those_left_blank_on_record(store: Store) -> None:
    found = record(store, requested(store, said={"事案概要の記載": False}), "request-form")
    form = document("request-form")
    for words, code in (
        ({"requester-name": "別人"}, "TS916"),
        ({"outlin": "x"}, "TS916"),
        ({"outline": "後から書く"}, "TS917"),
        ({"remarks": "x" * (MOST + 1)}, "TS915"),
    ):
        with pytest.raises(Refused) as refused:
            filled(form, found, words)
        assert code_of(refused) == {code}
    assert filled(form, found, {"outline": "  "}).cells["outline"].text.strip() == ""


def test_words_go_by_the_name_of_their_box_where_it_is_the_only_one_of_that_name(store: Store) -> None:
    found, form = record(store, requested(store), "request-form"), document("request-form")
    for name in ("outline", "事案概要", "outline of the case"):
        assert filled(form, found, {name: "路上での口論"}).cells["outline"].text == "路上での口論"
    for words in ({"事案概要": "a", "outline": "b"}, {"氏名": "a"}):  # said twice; the name of two boxes
        with pytest.raises(Refused) as refused:
            filled(form, found, words)
        assert code_of(refused) == {"TS916"}
        assert "事案概要（outline）" in refused.value.findings[0].mend_ja


def test_a_document_of_what_did_not_happen_is_refused(store: Store) -> None:
    name = requested(store)
    for asked, entry in (
        ("不提供の通知", None),
        ("当直時間帯の提供の報告", None),
        ("映像ファイル提供依頼書", 1),
        ("映像ファイル提供依頼書", 9),
    ):
        with pytest.raises(Refused) as refused:
            record(store, name, asked, entry)
        assert code_of(refused) == {"TS918"}
    with pytest.raises(Refused) as refused:
        record(store, name, "承認の通知")  # of another workflow
    assert code_of(refused) == {"TS918"}
    with pytest.raises(Refused) as refused:
        record(store, name, "不明の通知")
    assert code_of(refused) == {"TS901"}


def test_there_is_no_document_once_the_personal_data_are_erased(store: Store) -> None:
    name = requested(store)
    done(store.do(name, "refuse", MANAGER, {}, REFUSED_AT))
    store.erase(name, MANAGER, datetime(2025, 8, 3, 9, 0), reason="満了")
    with pytest.raises(Refused) as refused:
        record(store, name, "不提供の通知")
    assert code_of(refused) == {"TS918"}


def test_more_cases_than_a_roster_takes_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tsutatsu.documents.filling.MOST_ROWS", 1)
    with pytest.raises(Refused) as refused:
        roster(document("liaison-list"), law_of(document("liaison-list")), (made_of({}), made_of({})))
    assert code_of(refused) == {"TS915"}


def test_a_case_that_has_gone_over_to_another_issue_keeps_the_documents_of_the_one_before() -> None:
    from amending import issued_anew
    from handing import HANDING
    from provision import law

    events = tuple(replace(one, documents=("控え",)) if one.id == "submit" else one for one in HANDING.events)
    old = Ground(law(), replace(HANDING, events=events))
    new = Ground(issued_anew(), replace(HANDING, events=events, issued=issued_anew().issued))
    doer = Doer("yamada", "山田 太郎")
    moments = [datetime(2025, 6, day, 9, 0) for day in (1, 2, 12)]
    entries = (
        Entry("K1", 1, Deed.OPENED, moments[0], "", "draft", pin=old.pin(), body=Body(doer, {}, {})),
        Entry("K1", 2, Deed.EVENT, moments[1], "draft", "submitted", "submit", body=Body(doer, {"form": True}, {})),
        Entry("K1", 3, Deed.MOVED, moments[2], "submitted", "submitted", pin=new.pin(), body=Body(doer, {}, {})),
    )
    box = Box("form", Words("様式"), "第1", cells=(Cell("form", Words("様式"), "form"),))
    copy = Document("copy", "provision", law().issued, Words("控え"), "第1", Layout.REPORT, (box,))
    case = fold(entries)
    found = record_of(copy, lambda number: old if number < 3 else new, case)
    assert filled(copy, found).cells["form"].text == "はい" and found.law is old
    with pytest.raises(Refused) as refused:
        record_of(copy, lambda number: old if number < 3 else new, case, 3)
    assert code_of(refused) == {"TS918"}


# ── long words ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_words_that_do_not_fit_go_on_further_sheets_whole_and_in_order(store: Store) -> None:
    found = record(store, requested(store), "request-form")
    long, lines = "口論の経緯。" * 60, "一\n" * 20
    sheet = filled(document("request-form"), found, {"remarks": lines, "outline": long, "officer-unit": "第一係"})
    assert [(one.id, one.sheet, one.text) for one in sheet.further] == [("outline", 1, long), ("remarks", 2, lines)]
    assert sheet.cells["officer-unit"].sheet == 0


# ── letters ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_refusal_states_the_norm_that_stands_in_the_way_and_the_lawful_path(store: Store) -> None:
    name = requested(store, said={"事案概要の記載": False})
    done(store.do(name, "refuse", MANAGER, {}, REFUSED_AT))
    sheet = filled(document("refusal-to-provide"), record(store, name, "不提供の通知"))
    assert sheet.addressee is not None and sheet.addressee.text == "山田 太郎"
    assert sheet.origin is not None and (sheet.origin.name, sheet.origin.post) == ("佐藤 花子", "運用管理者")
    (ground, *_) = sheet.grounds
    assert ground.denied and ground.verdict == "不許可"
    assert "要領案第7の2(3)" in {norm.place for norm in ground.norms}
    assert any("事案概要の記載: いいえ" in norm.rests_on for norm in ground.norms)
    assert ground.ways and any("事案概要の記載を「はい」にする" in way for way in ground.ways)
    assert len(sheet.grounds) == len(set(sheet.grounds))


def test_a_refusal_that_no_norm_demands_states_no_norm(store: Store) -> None:
    name = requested(store)
    done(store.do(name, "refuse", MANAGER, {}, REFUSED_AT))
    assert filled(document("refusal-to-provide"), record(store, name, "不提供の通知")).grounds == ()


def test_an_approval_states_what_it_rests_on(store: Store) -> None:
    store.start("wearable-camera/viewing", ASKER, datetime(2025, 8, 1, 9, 0), name="V1")
    said = {"利用目的": "証拠の保全", "現に起きた犯罪又は事故": True, "法令に基づく場合": False}
    done(store.do("V1", "ask", ASKER, said, datetime(2025, 8, 1, 9, 5)))
    done(store.do("V1", "approve", CHIEF, {}, datetime(2025, 8, 1, 9, 10)))
    sheet = filled(document("viewing-approval"), record(store, "V1", "閲覧の承認の通知"))
    assert [one.denied for one in sheet.grounds] == [False]
    assert sheet.origin is not None and sheet.origin.name == "髙﨑 𠮷郎"
    assert {norm.standing for one in sheet.grounds for norm in one.norms} <= {"充足", "免除", "任意"}


def test_a_refusal_to_erase_states_what_forbids_it_or_how_it_may_be_read(store: Store) -> None:
    at = datetime(2025, 8, 1, 9, 0)
    store.start("wearable-camera/exceptional-erasure", CHIEF, at, name="E1")
    said = {
        "映像ファイル番号": "F-1",
        "ファイル作成日": "2025-07-30",
        "撮影日": "2025-07-30",
        "削除を要請した者": "被撮影者でない者",
    }
    done(store.do("E1", "take-in", CHIEF, said, datetime(2025, 8, 1, 9, 5)))
    done(store.do("E1", "decline", MANAGER, {}, datetime(2025, 8, 1, 9, 10)))
    (ground,) = filled(document("erasure-refusal"), record(store, "E1", "消去しない旨の回答")).grounds
    assert ground.denied and any("第7の2(6)" in norm.place for norm in ground.norms)
    assert any("削除を要請した者: 被撮影者でない者" in norm.rests_on for norm in ground.norms)


def test_a_refusal_by_night_states_what_the_judgement_says(store: Store) -> None:
    from tsutatsu.cases import Actor, Holding

    officer = Actor("officer", "田村 春子", (Holding("地域警察官", "見本交番"),))
    head = Actor("head", "本田 夏男", (Holding("地域警察担当課長", "地域課"),))
    store.start("junkai-renraku/night-visit", officer, datetime(2025, 8, 1, 9, 0), name="N1")
    said = {
        "訪問日": "2025-08-01",
        "訪問時刻": "21:00",
        "夜間とする理由": "特段の理由はない",
        "迷惑とならない時間帯": False,
    }
    done(store.do("N1", "ask", officer, said, datetime(2025, 8, 1, 9, 5), texts=True))
    done(store.do("N1", "refuse", head, {"職務代行命令": False}, datetime(2025, 8, 1, 9, 10)))
    sheet = filled(document("night-refusal"), record(store, "N1", "不承認の通知"))
    assert sheet.addressee is not None and sheet.addressee.text == "田村 春子"
    assert sheet.cells["visit-day"].text == "令和7年8月1日" and sheet.cells["visit-at"].text == "21時"
    assert [(norm.place, norm.rests_on) for one in sheet.grounds for norm in one.norms if norm.standing == "違反"] == [
        ("第5の3", ("迷惑とならない時間帯: いいえ",))
    ]


def test_a_viewing_for_no_purpose_laid_down_is_refused_on_that_ground(store: Store) -> None:
    store.start("wearable-camera/viewing", ASKER, datetime(2025, 8, 1, 9, 0), name="V1")
    said = {"利用目的": "その他", "現に起きた犯罪又は事故": False, "法令に基づく場合": False}
    done(store.do("V1", "ask", ASKER, said, datetime(2025, 8, 1, 9, 5)))
    done(store.do("V1", "refuse", CHIEF, {}, datetime(2025, 8, 1, 9, 10)))
    (ground,) = filled(document("viewing-refusal"), record(store, "V1", "閲覧の不承認の通知")).grounds
    assert ground.denied and [norm.place for norm in ground.norms] == ["要領案第7の2(1)", "要領案第7の2(2)本文"]
    assert any("判断日 令和7年8月1日" in caveat for caveat in ground.caveats)


def test_a_roster_has_a_line_for_each_case_in_its_states(store: Store) -> None:
    names = [liaison(store, f"L{number}", Actor(f"c{number}", name)) for number, name in enumerate(("伊藤", "加藤"), 1)]
    store.start("anzen-network/liaison", CLERK, datetime(2025, 8, 1, 9, 0), name="L3")
    one = document("liaison-list")
    lines = [row_of(one, store.ground(store.case(name)), store.case(name)) for name in (*names, "L3")]
    assert lines[2] is None
    sheet = roster(one, law_of(one), [line for line in lines if line is not None])
    assert [(row.case, [cell.text for box in row.boxes for cell in box.cells]) for row in sheet.rows] == [
        ("L1", ["伊藤", "兼任しない", "田中 次郎", "令和7年8月1日"]),
        ("L2", ["加藤", "兼任しない", "田中 次郎", "令和7年8月1日"]),
    ]
    request = filled(document("liaison-request"), record(store, "L1", "連絡員の依頼"), {"addressee": "伊藤"})
    assert request.addressee is not None and request.addressee.text == "伊藤"
