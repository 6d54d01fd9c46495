"""Three invented texts whole: a tax office's 1-1-1, a city's articles, a ministry's questions and answers."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from printed import printed_and_held

from tsutatsu.text import Document, FieldKind, Role, diff, read_text

BODIES = Path(__file__).parent / "bodies"
FILES = ("tax", "municipal", "ministry")


def document(name: str) -> Document:
    return read_text((BODIES / f"{name}.txt").read_bytes(), name)


def targets(name: str) -> list[tuple[str, str, str]]:
    return [(one.path, one.text, one.target) for one in document(name).references if not one.external]


@pytest.mark.parametrize("name", FILES)
def test_every_character_belongs_to_one_node(name: str) -> None:
    printed, held = printed_and_held((BODIES / f"{name}.txt").read_text(encoding="utf-8"), document(name))
    assert Counter(printed) == Counter(held)
    assert printed == held


@pytest.mark.parametrize("name", FILES)
def test_paths_are_unique_and_a_text_does_not_differ_from_itself(name: str) -> None:
    paths = [one.path for one in document(name).provisions()]
    assert len(set(paths)) == len(paths)
    assert diff(document(name), document(name)) == ()


def test_a_tax_circular_is_numbered_by_hyphens_with_captions_and_notes() -> None:
    tax = document("tax")
    assert tax.findings == ()
    assert [one.path for one in tax.provisions()] == [
        "第1章", "第1章/第1節", "第1章/第1節/1-1-1",
        "第1章/第1節/1-1-2", "第1章/第1節/1-1-2/(1)", "第1章/第1節/1-1-2/(2)", "第1章/第1節/1-1-2/注",
        "第1章/第1節/1-1-2の2", "第1章/第1節/1-1-2の2/注1", "第1章/第1節/1-1-2の2/注2",
        "第1章/第2節", "第1章/第2節/1-2-1", "第1章/第2節/1-2-2",
        "第1章/第2節/1-2-2/イ", "第1章/第2節/1-2-2/ロ",
    ]  # fmt: skip
    by_path = {one.path: one for one in tax.provisions()}
    assert by_path["第1章/第1節/1-1-2"].heading == "（傘の所有者の判定）"
    assert [s.role for s in by_path["第1章/第1節/1-1-1"].sentences] == [Role.HEADING, Role.MAIN, Role.PROVISO]
    assert [s.role for s in by_path["第1章/第1節/1-1-2/(2)"].sentences] == [Role.MAIN, Role.LATTER]
    assert [one.text for one in tax.header.all(FieldKind.NUMBER)] == ["課備3-12", "課評1-4"]
    assert [(one.title, one.number) for one in tax.references if one.external] == [("傘法", "平成10年法律第888号")]
    assert targets("tax") == [
        ("前文", "別冊", "別冊"),
        ("第1章/第1節/1-1-2", "次に掲げる", "第1章/第1節/1-1-2/(1)"),
        ("第1章/第1節/1-1-2/(2)", "前号", "第1章/第1節/1-1-2/(1)"),
        ("第1章/第1節/1-1-2の2", "１－１－２の(2)", "第1章/第1節/1-1-2/(2)"),
        ("第1章/第1節/1-1-2の2/注2", "前項", ""),
        ("第1章/第1節/1-1-2の2/注2", "同条", ""),
        ("第1章/第2節/1-2-2", "次の各号", "第1章/第2節/1-2-2/イ"),
    ]


def test_a_citys_articles_bear_captions_paragraphs_and_items() -> None:
    city = document("municipal")
    assert [(one.code, one.where.line) for one in city.findings] == [("TS706", 30)]  # 第９条 is not there
    assert [one.path for one in city.parts] == ["前文", "本則", "附則", "様式第1号"]
    assert city.parts[1].title == "公園ベンチ貸出要綱"
    assert [one.path for one in city.provisions()] == [
        "第1条", "第2条", "第2条/(1)", "第2条/(2)", "第2条/(3)", "第2条/2", "第2条/3",
        "第3条", "第3条/2", "第3条/2/(1)", "第3条/2/(2)", "第3条の2", "第4条", "第4条/2", "第5条",
        "附則/第1条", "附則/第2条",
    ]  # fmt: skip
    by_path = {one.path: one for one in city.provisions()}
    assert [by_path[path].heading for path in ("第3条の2", "附則/第1条")] == ["（台帳）", "（施行期日）"]
    assert targets("municipal") == [
        ("前文", "次のように", "本則"),
        ("第2条", "様式第１号", "様式第1号"),
        ("第2条", "次に掲げる", "第2条/(1)"),
        ("第2条/2", "前項", "第2条"),
        ("第2条/2", "同項第３号", "第2条/(3)"),
        ("第2条/3", "前２項", "第2条"),
        ("第2条/3", "前２項", "第2条/2"),
        ("第2条/3", "第４条第１項", "第4条"),
        ("第3条", "前条第１項", "第2条"),
        ("第3条/2", "前項", "第3条"),
        ("第3条/2", "次の各号", "第3条/2/(1)"),
        ("第3条/2/(2)", "前号", "第3条/2/(1)"),
        ("第4条/2", "次条", "第5条"),
        ("第4条/2", "本条", "第4条"),
        ("第5条", "第９条", ""),
        ("第5条", "第３条の２", "第3条の2"),
        ("第5条", "第３条第２項第１号", "第3条/2/(1)"),
        ("附則/第2条", "前条", "附則/第1条"),
        ("附則/第2条", "本則第２条", "第2条"),
    ]


def test_a_ministrys_answers_stand_under_their_questions() -> None:
    answers = document("ministry")
    assert answers.findings == ()
    assert [one.path for one in answers.provisions()] == [
        "1", "1/問1", "1/問1/答", "1/問1/答/①", "1/問1/答/②", "1/問2", "1/問2/答",
        "2", "2/問3", "2/問3/答", "2/問3/答/1", "2/問3/答/2", "2/問3/答/2/(1)", "2/問3/答/2/(2)", "2/問4", "2/問4/答",
    ]  # fmt: skip
    assert next((one.kind, one.text) for one in answers.header.fields) == (FieldKind.NUMBER, "事務連絡")
    assert answers.header.title == "掃除用具の取扱いに関する質疑応答について"
    assert targets("ministry") == [
        ("前文", "別添", "別添"),
        ("1/問1/答/②", "①", "1/問1/答/①"),
        ("1/問2", "前問", "1/問1"),
        ("2/問3/答", "次のとおり", "2/問3/答/1"),
        ("2/問3/答/2", "前項", "2/問3/答/1"),
        ("2/問3/答/2/(2)", "(1)", "2/問3/答/2/(1)"),
        ("2/問4", "問３の１", "2/問3/答/1"),
    ]


ARTICLES = """傘貸出要綱

第１条　傘は、貸し出す。
２　前項の傘は、返す。
第２条　{}
(1)　一本目
(2)　二本目
２　二項
３　三項
第３条　終わり。
"""


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("前条の傘", [("前条", "第1条")]),
        ("前条第2項の傘", [("前条第2項", "第1条/2")]),
        ("前条第９項の傘", [("前条第９項", "")]),
        ("次条の傘", [("次条", "第3条")]),
        ("次項及び第３項の傘", [("次項", "第2条/2"), ("第３項", "第2条/3")]),
        ("次二項の傘", [("次二項", "第2条/2"), ("次二項", "第2条/3")]),
        ("第１条第１項及び第２項の傘", [("第１条第１項", "第1条"), ("第２項", "第1条/2")]),
        ("第一条第二項の傘", [("第一条第二項", "第1条/2")]),
        ("第１条の傘、同条第２項の傘", [("第１条", "第1条"), ("同条第２項", "第1条/2")]),
        ("第２項第１号の傘", [("第２項第１号", "")]),
        ("第１号から第２号までの傘", [("第１号", "第2条/(1)"), ("第２号", "第2条/(2)")]),
        ("前各項の傘", [("前各項", "")]),
        ("傘法第１条の傘", []),
        ("傘法第１条の傘、同条第２項の傘", [("同条第２項", "")]),
        ("同条件の傘、前項目の傘、第１号様式の傘、本条例の傘", []),
        ("令和６年４月１日の３－２の傘、1-1-1の傘", []),
        ("第２章の傘", []),
    ],
)
def test_places_are_followed_as_statutes_tell_them(sentence: str, expected: list[tuple[str, str]]) -> None:
    read = read_text(ARTICLES.format(sentence).encode(), "x")
    assert [(one.text, one.target) for one in read.references if one.path == "第2条"] == expected


def test_what_surely_should_be_there_and_is_not_is_found() -> None:
    for sentence, lost in (
        ("前条第９項の傘", True),
        ("第８条の傘", True),
        ("第３号の傘", True),
        ("前項の傘", True),
        ("前各項の傘", False),
        ("同条の傘", False),
        ("傘法第８条の傘", False),
    ):
        read = read_text(ARTICLES.format(sentence).encode(), "x")
        assert [one.code for one in read.findings if one.where.line == 5] == (["TS706"] if lost else []), sentence
    nowhere = read_text("1 前項の傘は、第8条による。\n\n2 前項の傘".encode(), "x")
    assert [(one.text, one.target) for one in nowhere.references] == [("前項", ""), ("第8条", ""), ("前項", "1")]
    assert nowhere.findings == ()
