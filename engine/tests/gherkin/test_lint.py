"""The lint finds what pytest-bdd passes over in silence, and words that are not the directive's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tsutatsu.diagnostics import CATALOGUE, Diagnostic, Severity
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.linting import lint, lint_file

HEAD = "# language: ja\n@第2\n機能: 閲覧\n"
ASK = "もし 「映像の閲覧」の可否を令和7年5月1日について判断する"
GOOD = f"    {ASK}\n    ならば 許可されない\n"

BAD: dict[str, tuple[str, str]] = {
    "TS401": ("step outside a scenario", HEAD + "  シナリオ: 甲\n" + GOOD + "  機能: もう一つ\n"),
    "TS402": ("no language", "機能: 閲覧\n  シナリオ: 甲\n" + GOOD),
    "TS403": (
        "same name in two rules",
        HEAD + f"  ルール: 一\n  シナリオ: 甲\n{GOOD}  ルール: 二\n  シナリオ: 甲\n{GOOD}",
    ),
    "TS404": ("例 in a plain scenario", HEAD + f"  シナリオ: 甲\n{GOOD}    例: こういうとき\n"),
    "TS405": ("a full-width colon", HEAD + f"  シナリオ：乙\n\n  シナリオ: 甲\n{GOOD}"),
    "TS406": ("前提条件", HEAD + f"  シナリオ: 甲\n    前提条件「承認」が「はい」である\n{GOOD}"),
    "TS407": ("かつ first", HEAD + f"  シナリオ: 甲\n    かつ 「承認」が「はい」である\n{GOOD}"),
    "TS408": ("an outline without rows", HEAD + f"  シナリオアウトライン: 甲\n{GOOD}    例:\n      | 職 |\n"),
    "TS409": ("an unknown placeholder", HEAD + f"  シナリオ: 甲\n    前提 「承認者の職」が「<職>」である\n{GOOD}"),
    "TS410": ("an unused column", HEAD + f"  シナリオアウトライン: 甲\n{GOOD}    例:\n      | 職 |\n      | 課長 |\n"),
    "TS411": ("no steps", HEAD + "  シナリオ: 甲\n"),
    "TS412": ("no question", HEAD + "  シナリオ: 甲\n    ならば 許可される\n"),
    "TS413": ("no expectation", HEAD + f"  シナリオ: 甲\n    {ASK}\n"),
    "TS415": ("no provision tag", HEAD.replace("@第2\n", "") + f"  シナリオ: 甲\n{GOOD}"),
    "TS416": ("an unknown provision tag", HEAD.replace("@第2", "@第2 @第9/1") + f"  シナリオ: 甲\n{GOOD}"),
    "TS416 alone": ("only an unknown provision tag", HEAD.replace("@第2", "@第9/1") + f"  シナリオ: 甲\n{GOOD}"),
    "TS430": ("an unknown step", HEAD + f"  シナリオ: 甲\n    前提 「承認」は「はい」である\n{GOOD}"),
    "TS431": ("an unknown term", HEAD + f"  シナリオ: 甲\n    前提 「承認の職」が「課長」である\n{GOOD}"),
    "TS432": ("an unknown judgement", HEAD + f"  シナリオ: 甲\n{GOOD.replace('映像の閲覧', '映像の視聴')}"),
    "TS433": ("an unknown provision", HEAD + f"  シナリオ: 甲\n{GOOD}    かつ 根拠に「第2/7」がない\n"),
    "TS434": ("an unknown reading", HEAD + f"  シナリオ: 甲\n    前提 解釈「代理」は「甲」を採る\n{GOOD}"),
    "TS435": ("an unknown side", HEAD + f"  シナリオ: 甲\n    前提 解釈「代行」は「丙」を採る\n{GOOD}"),
    "TS436": ("an unknown norm", HEAD + f"  シナリオ: 甲\n{GOOD}    かつ 規範「aproval」は違反である\n"),
    "TS437": (
        "a provision that is no exception",
        HEAD + f"  シナリオ: 甲\n{GOOD}    かつ ただし書「第2/1」が適用される\n",
    ),
    "TS438": ("an unknown directive", HEAD + f"  シナリオ: 甲\n    前提 「映像閲覧要項」による\n{GOOD}"),
    "TS449": ("a provision of several norms", HEAD + f"  シナリオ: 甲\n{GOOD}    かつ 規範「第5/1」は違反である\n"),
    "TS450": ("no duty of effort", HEAD + f"  シナリオ: 甲\n{GOOD}    かつ 「report」の努力義務が生じる\n"),
    "TS440": ("an answer to another question", HEAD + f"  シナリオ: 甲\n    {ASK}\n    ならば 違反である\n"),
    "TS441": ("no such day", HEAD + f"  シナリオ: 甲\n{GOOD.replace('5月1日', '2月30日')}"),
    "TS442": ("a table that is not used", HEAD + f"  シナリオ: 甲\n{GOOD}      | 用語 | 値 |\n"),
    "TS443": ("one fact twice", HEAD + "  シナリオ: 甲\n" + "    前提 「承認」が「はい」である\n" * 2 + GOOD),
    "TS444": ("no such option", HEAD + f"  シナリオ: 甲\n    前提 「承認者の職」が「部長」である\n{GOOD}"),
    "TS445": ("a list in a sentence", HEAD + f"  シナリオ: 甲\n    前提 「映像ファイル」が「一件」である\n{GOOD}"),
    "TS446": (
        "a table for no list",
        HEAD + f"  シナリオ: 甲\n    前提 「承認」が次のとおりである:\n      | 承認 |\n{GOOD}",
    ),
}
ELSEWHERE = {"TS414", "TS417", "TS439", "TS447", "TS448"}
"""Codes that need more than one feature of the law's own folder: shown firing below and in test_plugin.py."""

Lint = Callable[[str], tuple[Diagnostic, ...]]


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [one.code for one in found]


@pytest.mark.parametrize("code", BAD)
def test_each_mistake_gets_its_own_finding(lint: Lint, code: str) -> None:
    _, text = BAD[code]
    found = lint(text)
    assert codes(found) == [code[:5]], [one.ja for one in found]
    (one,) = found
    assert one.where.file == "features/eizo/2025-04-01/試し.feature"
    assert one.where.line > 0
    for said in (one.ja, one.en, one.mend_ja, one.mend_en):
        assert said
        assert "{" not in said


def test_every_code_about_features_is_shown_firing() -> None:
    assert {code[:5] for code in BAD} | ELSEWHERE == {number for number in CATALOGUE if "TS400" <= number < "TS460"}


def test_a_feature_without_mistakes_has_no_findings(lint: Lint) -> None:
    text = HEAD + (
        "  もしも、で始まる説明は読み飛ばされてよい。\n\n  背景:\n    前提 「承認」が「はい」である\n\n  ルール: 承認\n"
        f"  @第2/1\n  シナリオ: 背景を言い換える\n    前提 「承認」が「いいえ」である\n{GOOD}"
        "  シナリオアウトライン: <職>の承認\n    前提 「承認者の職」が「<職>」である\n"
        f"    {ASK}\n    ならば <答え>\n    @第2/2\n    例: 二つ\n      | 職 | 答え |\n"
        "      | 課長 | 情報が足りない |\n      | なし | 許可されない |\n"
    )
    assert lint(text) == ()


@pytest.mark.parametrize("swallowed", ["前提 「承認」が「はい」である", "シナリオ： 乙", "例：", "ならば 許可される"])
def test_a_line_taken_for_description_is_found_where_it_stands(lint: Lint, swallowed: str) -> None:
    found = lint(HEAD + f"  {swallowed}\n\n  シナリオ: 甲\n{GOOD}")
    assert codes(found) == ["TS405"]
    assert (found[0].where.line, found[0].where.column) == (4, 3)


@pytest.mark.parametrize(
    ("text", "line", "written", "meant"),
    [
        ("# language: ja\n@第2\n機能：閲覧\n\n  シナリオ: 甲\n" + GOOD, 3, "機能：", "機能:"),
        ("# language: ja\nFeature: 閲覧\n\n  シナリオ: 甲\n" + GOOD, 2, "Feature:", "機能:"),
        (HEAD + f"  @第2/1\n  シナリオ：甲\n    前提 「承認」が「はい」である\n{GOOD}", 5, "シナリオ：", "シナリオ:"),
        (HEAD + f"  @第2/1\n  Scenario: 甲\n    前提 「承認」が「はい」である\n{GOOD}", 5, "Scenario:", "シナリオ:"),
        (HEAD + f"  シナリオ: 甲\n{GOOD}\n  Scenario: 乙\n{GOOD}", 8, "Scenario:", "シナリオ:"),
        (HEAD + f"  シナリオ: 甲\n    Given 「承認」が「はい」である\n{GOOD}", 5, "Given", "前提"),
    ],
)
def test_a_heading_or_keyword_mistyped_is_one_finding_that_says_how_to_write_it(
    lint: Lint, text: str, line: int, written: str, meant: str
) -> None:
    (found,) = lint(text)
    assert (found.where.line, found.code) in {(line, "TS401"), (line, "TS405")}, found
    if found.code == "TS401":
        assert f"「{written}」" in found.ja
        assert found.mend_ja == f"「{meant}」と書く。"
        assert found.mend_en == f"Write “{meant}”."


def test_every_mistyped_heading_is_told_and_nothing_that_follows_from_it(lint: Lint) -> None:
    text = HEAD + f"  @第2/1\n  シナリオ：甲\n{GOOD}  シナリオ: 乙\n{GOOD}  Scenario: 丙\n{GOOD}"
    assert [(one.code, one.where.line) for one in lint(text)] == [("TS401", 5), ("TS401", 11)]


def test_steps_under_a_heading_taken_for_description_go_with_it(lint: Lint) -> None:
    text = HEAD + f"  シナリオ：乙\n{GOOD}\n  シナリオ: 甲\n{GOOD}"
    assert [(one.code, one.where.line) for one in lint(text)] == [("TS405", 4)]


def test_steps_after_examples_are_found_where_they_stand(lint: Lint) -> None:
    text = (
        HEAD + f"  シナリオアウトライン: <職>\n{GOOD}    例:\n    かつ 何も尋ねられない\n      | 職 |\n      | 課長 |\n"
    )
    assert codes(lint(text)) == ["TS405"]


@pytest.mark.parametrize("head", ["もしも 夜間", "前提条件 は次のとおり", "かつて 承認があった"])
def test_a_keyword_that_takes_a_words_head_is_found(lint: Lint, head: str) -> None:
    assert "TS406" in codes(lint(HEAD + f"  シナリオ: 甲\n    前提 「承認」が「はい」である\n    {head}\n{GOOD}"))


def test_a_question_answered_before_it_is_asked_is_found(lint: Lint) -> None:
    text = HEAD + f"  シナリオ: 甲\n    ならば 許可されない\n    {ASK}\n    ならば 許可されない\n"
    assert codes(lint(text)) == ["TS412"]


def test_a_second_question_may_change_the_facts(lint: Lint) -> None:
    first = f"    前提 「承認」が「いいえ」である\n{GOOD}"
    second = "    前提 「承認」が「はい」である\n    " + ASK + "\n    ならば 情報が足りない\n"
    assert lint(HEAD + "  シナリオ: 甲\n" + first + second) == ()
    assert codes(lint(HEAD + "  シナリオ: 甲\n" + first + f"    {ASK}\n" + "    ならば 適合である\n")) == ["TS440"]


def test_findings_of_an_outline_row_are_found_once(lint: Lint) -> None:
    text = HEAD + (
        "  シナリオアウトライン: 甲\n    前提 「承認者の職」が「<職>」である\n"
        f"    かつ 「承諾」が「はい」である\n{GOOD}"
        "    例:\n      | 職 |\n      | 課長 |\n      | 部長 |\n      | 局長 |\n"
    )
    assert codes(lint(text)) == ["TS444", "TS444", "TS431"]


def test_unreadable_files_are_findings(law: Law, tmp_path: Path) -> None:
    broken = {
        "sjis.feature": ("# language: ja\n機能: 閲覧\n".encode("cp932"), "Shift_JIS"),
        "bytes.feature": (b"# language: ja\n\xff\xfe\x00", "UTF-8"),
        "empty.feature": (b"", "language"),
        "head.feature": (b"# language: ja\n", "途中"),
        "table.feature": ((HEAD + f"  シナリオ: 甲\n{GOOD}      | 一 | 二 |\n      | 三 |\n").encode(), "列の数"),
    }
    for name, (data, why) in broken.items():
        path = tmp_path / name
        path.write_bytes(data)
        (found,) = lint_file(path, law)
        assert found.code in ("TS401", "TS402")
        assert why in found.ja, found.ja
    assert codes(lint_file(tmp_path / "absent.feature", law)) == ["TS401"]


def test_windows_files_are_welcome(law: Law, tmp_path: Path) -> None:
    path = law.root / "features" / "eizo" / "2025-04-01" / "windows.feature"
    text = "\ufeff" + HEAD + f"  シナリオ: 甲\n{GOOD}"
    path.write_bytes(text.replace("\n", "\r\n").replace("    もし ", "　　もし　").encode())
    assert lint_file(path, law) == ()


def test_a_feature_outside_a_directives_folder_must_name_its_directive(law: Law, tmp_path: Path) -> None:
    path = law.root / "features" / "よそ.feature"
    path.write_text(HEAD + f"  シナリオ: 甲\n{GOOD}", encoding="utf-8")
    assert set(codes(lint_file(path, law))) == {"TS439"}
    path.write_text(HEAD + f"  シナリオ: 甲\n    前提 「映像閲覧要領」による\n{GOOD}", encoding="utf-8")
    assert lint_file(path, law) == ()
    path.unlink()


def test_a_folder_without_features_is_a_finding(law: Law, tmp_path: Path) -> None:
    assert codes(lint(tmp_path, law.bundle)) == ["TS417"]


def test_only_a_missing_tag_is_a_warning() -> None:
    lenient = [
        code for code in CATALOGUE.values() if "TS400" <= code.number < "TS460" and code.severity is not Severity.ERROR
    ]
    assert [code.number for code in lenient] == ["TS415"]
