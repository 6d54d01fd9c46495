"""Circulars of other bodies, invented: tax and municipal manners of writing, and hand-made slips."""

from __future__ import annotations

import datetime as dt

import pytest
from printed import printed_and_held

from tsutatsu.text import FieldKind, PartKind, Role, read_text

TAX = """課備第12号
令和６年４月１日
各支署長　殿
中央備品局課税部長

備品の貸出しに係る記録の取扱いについて（指示）

　標題のことについて、令和６年７月１日以後に貸し出す備品（以下「対象備品」という。）から下記により
取り扱うこととしたから、これによられたい。
　おって、「備品の貸出しについて」（平成30年３月５日付け課備第３号。以下「旧指示」という。）は廃止する。

記

第１　通則
１　対象備品を貸し出す者（以下「貸出者」という。）は、台帳に次の事項を記載する。
　(1)　貸出しの日
　(2)　返却の予定の日（１に定める者が定めた日をい
う。）
　(3)　その他必要な事項
２　１の台帳は、３年間保存する。ただし、１(1)の日から５年を超えるものは、この限りで
ない。この場合において、貸出者は、その旨を台帳に付記する。
第２　報告
　貸出者は、毎月、第１の１の台帳の写しを備品法（昭和50年法律第999号）第3条に定める者に送る。

以　上
"""

CITY = """市備第７号
２０２５年５月１２日

各課長　様

総務部長

庁舎の会議室の利用に関する要綱の制定について（通知）

このたび、別紙「会議室利用要綱」を定めたので、通知します。

- 1 -

別紙

会議室利用要綱

第１条（目的）　この要綱は、会議室の利用に関し必要な事項を定める。
第２条（申込み）　利用しようとする者は、次に掲げる事項を申込書により届け出なければならない。
　ア　利用の日時
　イ　利用の人数
　なお、急を要する場合は、口頭で足りる。
第４条　この要綱に定めるもののほか、必要な事項は、第９の１に定める。

別記様式第１号

会議室利用申込書

申込日	年　月　日
設備	□ 映写機　□ 拡声器
"""


def kept(text: str) -> bool:
    printed, held = printed_and_held(text, read_text(text.encode(), "x.txt"))
    return printed == held


def test_a_tax_circular_is_read() -> None:
    document = read_text(TAX.encode(), "tax.txt")
    assert kept(TAX)
    assert document.findings == ()
    assert [one.path for one in document.parts] == ["前文", "記"]
    assert [one.path for one in document.provisions()] == [
        "記/第1", "記/第1/1", "記/第1/1/(1)", "記/第1/1/(2)", "記/第1/1/(3)", "記/第1/2", "記/第2",
    ]  # fmt: skip
    by_path = {one.path: one for one in document.provisions()}
    assert [s.role for s in by_path["記/第1/2"].sentences] == [Role.MAIN, Role.PROVISO, Role.LATTER]
    assert len(by_path["記/第1/1/(2)"].sentences) == 1  # broken over two lines inside a bracket
    assert by_path["記/第2"].heading == "報告"
    assert [one.term for one in document.definitions] == ["対象備品", "旧指示", "貸出者"]
    assert {r.text: r.target for r in document.references if not r.external} == {
        "下記": "記",
        "１": "記/第1/1",
        "１(1)": "記/第1/1/(1)",
        "第１の１": "記/第1/1",
    }
    assert {(r.title, r.locator) for r in document.references if r.external} == {
        ("備品の貸出しについて", ""),
        ("備品法", "第3条"),
    }
    assert [one.text for one in document.header.all(FieldKind.ISSUER)] == ["中央備品局課税部長"]


def test_a_municipal_circular_is_read_and_its_slips_are_told() -> None:
    document = read_text(CITY.encode(), "city.txt")
    assert kept(CITY)
    assert [(one.kind, one.path) for one in document.parts] == [
        (PartKind.COVERING, "前文"),
        (PartKind.SHEET, "別紙"),
        (PartKind.FORM, "別記様式第1号"),
    ]
    assert [one.path for one in document.provisions()] == ["第1条", "第2条", "第2条/ア", "第2条/イ", "第4条"]
    by_path = {one.path: one for one in document.provisions()}
    assert by_path["第2条"].sentences[-1].role is Role.NOTE
    assert [(one.code, one.where.line) for one in document.findings] == [("TS703", 23), ("TS706", 23)]
    assert [(one.kind, one.text) for one in document.layout_marks] == [("頁", "- 1 -")]
    assert [by_path[path].heading for path in ("第1条", "第2条")] == ["（目的）", "（申込み）"]
    assert document.header.all(FieldKind.DATE)[0].days == (dt.date(2025, 5, 12),)
    assert [one.text for one in document.header.all(FieldKind.ISSUER)] == ["総務部長"]
    assert document.parts[2].title == "会議室利用申込書"
    assert [one.boxes for one in document.parts[2].fields] == [(), ("映写機", "拡声器")]
    assert document.header.title.startswith("庁舎の会議室")


RULES = """総備第45号
令和5年3月1日
各係長　殿

傘の管理について（通知）

　傘の管理については、別添の傘管理要綱により行うこととしたので通知する。

（別添）
傘管理要綱

第１章　総則
第１条　この要綱は、傘の管理について定める。
２　前項の管理は、次に掲げるもの（第３条の傘に係るものであって、
(1)の係が行うものを除く。）とする。
(１)貸出し
(２)返却
　イ　雨の日のもの
　ロ　晴れの日のもの
第２章　雑則
第２条　鍵は、係長が預かる。
第３条　濡れた傘は、傘立てに置く。
附　則
１．この要綱は、令和5年4月1日から施行する。
"""


def test_articles_chapters_and_supplementary_rules_are_read() -> None:
    document = read_text(RULES.encode(), "rules.txt")
    assert kept(RULES)
    assert document.findings == ()
    assert [one.path for one in document.provisions()] == [
        "第1章", "第1章/第1条", "第1章/第1条/2", "第1章/第1条/2/(1)", "第1章/第1条/2/(2)",
        "第1章/第1条/2/(2)/イ", "第1章/第1条/2/(2)/ロ", "第2章", "第2章/第2条", "第2章/第3条", "附則/1",
    ]  # fmt: skip
    by_path = {one.path: one for one in document.provisions()}
    assert len(by_path["第1章/第1条/2"].sentences) == 1  # a wrapped line that begins with a number is no provision
    assert {r.text: r.target for r in document.references} == {
        "別添": "要綱",
        "前項": "第1章/第1条",
        "次に掲げる": "第1章/第1条/2/(1)",
        "第３条": "第2章/第3条",
        "(1)": "第1章/第1条/2/(1)",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932"])
def test_the_encoding_of_the_file_changes_nothing(encoding: str) -> None:
    plain = read_text(TAX.encode(), "x")
    assert read_text(TAX.encode(encoding), "x") == plain


def test_line_ends_and_blank_lines_change_no_fingerprint() -> None:
    digests = [one.digest for _, one in read_text(TAX.encode(), "x").passages()]
    assert [one.digest for _, one in read_text(TAX.replace("\n", "\r\n").encode(), "x").passages()] == digests


@pytest.mark.parametrize(
    ("heading", "body"),
    [
        ("目的", "この通達は、倉庫の使用について定める。"),
        ("その他", "あらかじめ、係長に届け出る。"),
        ("鍵の貸出し", "それぞれの係が行うこと"),
        ("使用の期間", "とくに定めない。"),
    ],
)
@pytest.mark.parametrize("mark", ["１", "第１", "(1)", "ア"])
def test_an_indented_body_under_a_numbered_heading_is_not_joined_to_it(mark: str, heading: str, body: str) -> None:
    text = f"{mark}　{heading}\n　{body}\n"
    assert kept(text)
    (one,) = read_text(text.encode(), "x.txt").provisions()
    assert [(each.text, each.role) for each in one.sentences] == [(heading, Role.HEADING), (body, Role.MAIN)]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("１　係長は、職員に自転車を貸し出", "　すことができる。"),
        ("１　自転車貸出簿", "　に記載する事項を定める。"),
        ("１　職員が自転車を借りる", "　ときは、台帳に記す。"),
        ("１　自転車の貸出しをした", "　ところは、記録する。"),
        ("１　借りた者の氏名", "おおむね三月前から使う者の氏名"),
    ],
)
def test_a_line_that_goes_on_with_a_sentence_is_joined_to_it(first: str, then: str) -> None:
    (one,) = read_text(f"{first}\n{then}\n".encode(), "x.txt").provisions()
    assert [each.text for each in one.sentences] == [first[2:] + then.strip()]


MINISTRY = """環自発第0512003号
令和8年5月12日

各所長　殿

自然局長
（公　印　省　略）

傘の貸出しについて（通知）

「傘について」（平成30年4月2日付け環自発第0402001号）により取り扱ってきた。

記

1　傘を貸し出す。
"""


def test_long_numbers_and_omitted_seals_of_the_header_are_known() -> None:
    document = read_text(MINISTRY.encode(), "x.txt")
    assert document.findings == ()
    assert [one.kind for one in document.header.fields] == [
        FieldKind.NUMBER,
        FieldKind.DATE,
        FieldKind.ADDRESSEE,
        FieldKind.ISSUER,
        FieldKind.SEAL,
        FieldKind.TITLE,
    ]
    assert [one.number for one in document.references if one.external] == ["環自発第0402001号"]


@pytest.mark.parametrize("line", ["（公印省略）", "公印省略", "(公印・契印省略)", "（押印を省略）", "（印影　省略）"])
def test_every_wording_of_an_omitted_seal_is_known(line: str) -> None:
    document = read_text(MINISTRY.replace("（公　印　省　略）", line).encode(), "x.txt")
    assert [one.text for one in document.header.all(FieldKind.SEAL)] == [line]
