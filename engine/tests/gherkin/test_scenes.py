"""Scenarios hold when the law answers as they say, and tell what is so instead when it does not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tsutatsu.diagnostics import Refused
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.linting import lint_file
from tsutatsu.gherkin.phrases import PHRASES, understand
from tsutatsu.gherkin.saying import Mood
from tsutatsu.gherkin.scene import Scene, Unmet
from tsutatsu.gherkin.sheet import read_sheet
from tsutatsu.gherkin.telling import tell_unmet
from tsutatsu.source import Source

HEAD = "# language: ja\n@第2\n機能: 閲覧\n"
APPROVED = """
    前提 「閲覧日」が「令和7年5月1日」である
    かつ 「承認」が「はい」である
    かつ 「承認者の職」が「課長」である
    かつ 「開始時刻」が「10:00」である
    かつ 「報告日」はない
    かつ 「映像ファイル」はない
    かつ 「立会人」が「甲野」である
    もし 「映像の閲覧」の可否を令和7年5月1日について判断する
"""
LATE = APPROVED.replace("10:00", "22:30").replace(
    "かつ 「立会人」", "かつ 「閲覧の回数」が「2回」である\n    かつ 「立会人」"
)
DENIED = APPROVED.replace("「承認」が「はい」", "「承認」が「いいえ」")
OPEN = APPROVED.replace("「課長」", "「課長補佐」")
UNKNOWN = APPROVED.replace("    かつ 「承認者の職」が「課長」である\n", "")
EDITED = APPROVED.replace(
    "「映像ファイル」はない",
    "「映像ファイル」が次のとおりである:\n      | 作成日 | 編集 |\n"
    "      | 不明 | いいえ |\n      | 令和7年4月2日 | はい |",
)
MAYBE_EDITED = EDITED.replace("| 令和7年4月2日 | はい |", "| 不明 | 不明 |")
ERASING = """
    前提 「映像ファイル」が次のとおりである:
      | 作成日        | 編集   |
      | 令和7年4月2日 | いいえ |
      | 令和6年4月2日 | はい   |
      | 不明          | いいえ |
    もし 「映像の消去」の適否を令和7年5月1日について判断する
"""
FORCE = "\n    もし 「映像閲覧要領」の効力を{day}について判断する\n"

HOLDS = {
    "permitted": (
        APPROVED,
        "許可される",
        "根拠に「第2/1」がある",
        "根拠に「第2」がある",
        "根拠に「第2/3」がない",
        "根拠に「approval」がある",
        "根拠に「しかるべき者の承認」がある",
        "根拠に「編集した映像を見ない」がない",
        "何も尋ねられない",
    ),
    "its later duty": (
        APPROVED,
        "「report」の義務が生じる",
        "「結果を報告する」の義務が生じる",
        "「第4」の義務が生じる",
        "規範「report」は未了である",
    ),
    "a standing": (
        APPROVED,
        "規範「approval」は充足である",
        "規範「hours」は非該当である",
        "規範「witness」は充足である",
        "規範「立会人を置く」は充足である",
        "規範「第2の1」は充足である",
    ),
    "denied": (
        DENIED,
        "許可されない",
        "根拠に「第2/1」がある",
        "根拠に「第3」がない",
        "「report」の義務は生じない",
        "義務は生じない",
    ),
    "denied whatever is unknown": (
        DENIED.replace("    かつ 「開始時刻」が「10:00」である\n", ""),
        "許可されない",
        "根拠に「第2/1」がある",
        "根拠に「第2/2」がない",
    ),
    "a way out": (DENIED, "「承認」を「はい」にすれば許可される"),
    "two changes": (
        DENIED.replace("「課長」", "「なし」"),
        "「承認」を「はい」と「承認者の職」を「課長」にすれば許可される",
    ),
    "by reading": (
        OPEN,
        "解釈による",
        "解釈「代行」が「甲」なら許可される",
        "解釈「代行」が「乙」なら許可されない",
        "規範「approval」は未定である",
    ),
    "a side taken": (OPEN.replace("    もし", "    かつ 解釈「代行」は「甲」を採る\n    もし"), "許可される"),
    "unknown": (UNKNOWN, "情報が足りない", "「承認者の職」を尋ねられる", "根拠に「第2/1」がある"),
    "an exception not met": (LATE, "許可されない", "ただし書「第2/2/ただし書」は適用されない", "根拠に「第2/2」がある"),
    "an exception met": (
        LATE.replace("2回", "1回"),
        "許可される",
        "ただし書「第2/2/ただし書」が適用される",
        "根拠に「第2/2/ただし書」がある",
        "規範「hours」は免除である",
    ),
    "an exception not reached": (APPROVED, "ただし書「第2/2/ただし書」は適用されない"),
    "a list": (EDITED, "許可されない", "根拠に「第2/3」がある"),
    "a list that may have more": (MAYBE_EDITED, "情報が足りない"),
    "another question": (DENIED.replace("可否", "適否"), "違反である", "根拠に「第2/1」がある"),
    "soft": (
        APPROVED.replace("「立会人」が「甲野」である", "「立会人」はない").replace("可否", "適否"),
        "要説明である",
        "根拠に「第3」がある",
    ),
    "a duty": (
        APPROVED.replace("可否", "要否"),
        "義務がある",
        "「witness」の努力義務が生じる",
        "「立会人を置く」の努力義務が生じる",
    ),
    "no such duty": (DENIED.replace("可否", "要否"), "「report」の義務は生じない"),
    "no effort": (
        APPROVED.replace("令和7年5月1日に", "令和11年4月1日に").replace("可否", "要否"),
        "対象外である",
        "「witness」の努力義務は生じない",
    ),
    "record by record": (
        ERASING,
        "違反である",
        "1件目は要説明である",
        "2件目は違反である",
        "３件目は情報が足りない",
        "1件目の規範「編集した映像を消さない」は非該当である",
        "2件目の規範「erase-edited」は違反である",
        "3件目の規範「erase-old」は未定である",
        "根拠に「erase-edited」がある",
    ),
    "presumed": (
        APPROVED.replace("    かつ 「立会人」が「甲野」である\n", "    かつ 特記のない事実は推定する\n").replace(
            "可否", "適否"
        ),
        "未了である",
        "規範「witness」は充足である",
        "規範「report」は未了である",
    ),
    "presumed, and the later duty done": (
        APPROVED.replace("    かつ 「立会人」が「甲野」である\n", "    かつ 特記のない事実は推定する\n")
        .replace("「報告日」はない", "「報告日」が「令和7年5月2日」である")
        .replace("可否", "適否")
        .replace("令和7年5月1日について", "令和7年5月2日について"),
        "適合である",
    ),
    "out of scope": (APPROVED.replace("令和7年5月1日に", "令和11年4月1日に"), "対象外である", "根拠に「第2/1」がある"),
    "in force": (FORCE.format(day="令和11年3月31日"), "効力がある"),
    "lapsed": (FORCE.format(day="令和11年4月1日"), "失効している"),
    "not yet": (FORCE.format(day="令和7年3月31日"), "まだ効力がない"),
}

FAILS = {
    "許可されない": (APPROVED, "答えは「許可」である。"),
    "許可される": (DENIED, "答えは「不許可」である。"),
    "根拠に「第2/3」がある": (DENIED, "根拠は「第2/1」である。"),
    "根拠に「第2」がない": (DENIED, "「第2/1」が根拠になっている。"),
    "「開始時刻」を尋ねられる": (UNKNOWN, "尋ねられるのは「承認者の職」である。"),
    "「承認」を尋ねられる": (APPROVED, "何も尋ねられない。"),
    "何も尋ねられない": (UNKNOWN, "尋ねられるのは「承認者の職」である。"),
    "「report」の義務が生じる": (DENIED, "生じる義務はない。"),
    "「report」の義務は生じない": (APPROVED, "義務「report」が生じる。"),
    "義務は生じない": (APPROVED, "義務「report」が生じる。"),
    "「承認者の職」を「課長」にすれば許可される": (DENIED, "示される道は: 承認を「真」にする"),
    "「承認」を「はい」にすれば許可される": (APPROVED, "断る答えではないので、許可される道は示されない。"),
    "解釈「代行」が「乙」なら許可される": (OPEN, "答えは「不許可」である。"),
    "ただし書「第2/2/ただし書」が適用される": (LATE, "その例外は適用されない。"),
    "ただし書「第2/2/ただし書」は適用されない": (LATE.replace("2回", "1回"), "その例外は適用される。"),
    "規範「approval」は違反である": (APPROVED, "「充足」である。"),
    "根拠に「hours」がある": (DENIED, "根拠は「approval」である。"),
    "根拠に「approval」がない": (DENIED, "「approval」が根拠になっている。"),
    "「witness」の努力義務が生じる": (DENIED, "生じる義務はない。"),
    "「witness」の義務が生じる": (APPROVED.replace("可否", "要否"), "生じるのは努力義務である。"),
    "「witness」の努力義務は生じない": (APPROVED.replace("可否", "要否"), "義務「witness」が生じる。"),
    "2件目は適合である": (ERASING, "答えは「違反」である。"),
    "4件目は適合である": (ERASING, "判断されたのは3件である。"),
    "1件目は許可される": (APPROVED, "この判断は一件ごとにはされていない。"),
    "1件目の規範「erase-old」は充足である": (ERASING, "「要説明」である。"),
    "規範「approval」は未定である": (APPROVED, "「充足」である。"),
}

Perform = Callable[[str], None]


@pytest.fixture
def perform(law: Law) -> Perform:
    """Performs the steps of one scenario, as written, after checking that the lint has nothing to say."""

    def performing(steps: str) -> None:
        text = f"{HEAD}  シナリオ: 試し\n{steps}"
        path = law.root / "features" / "eizo" / "2025-04-01" / "場面.feature"
        path.write_text(text, encoding="utf-8")
        assert [one.ja for one in lint_file(path, law)] == []
        (draft,) = read_sheet(text, law.place(path)).scenarios
        scene = Scene(law, path)
        for step in draft.steps:
            said = understand(step.text, step.mood)
            assert said is not None
            scene.take(said, step.text, step.table, step.where)

    return performing


@pytest.mark.parametrize("name", HOLDS)
def test_a_scenario_holds_where_the_law_answers_so(perform: Perform, name: str) -> None:
    steps, first, *others = HOLDS[name]
    perform(steps + f"    ならば {first}\n" + "".join(f"    かつ {one}\n" for one in others))


@pytest.mark.parametrize("said", FAILS)
def test_an_expectation_that_fails_says_what_is_so_instead(perform: Perform, said: str) -> None:
    steps, instead = FAILS[said]
    with pytest.raises(Unmet) as failed:
        perform(steps + f"    ならば {said}\n")
    assert failed.value.instead.ja.startswith(instead)
    assert failed.value.instead.en


def test_every_kind_of_expectation_is_shown_holding_and_failing() -> None:
    def kinds(lines: list[str]) -> set[str]:
        return {said.phrase.say.value for line in lines if (said := understand(line, Mood.THEN))}

    every = {phrase.say.value for phrase in PHRASES if phrase.mood is Mood.THEN}
    assert kinds([line for _, *lines in HOLDS.values() for line in lines]) == every
    assert kinds(list(FAILS)) == every


def test_the_block_tells_question_facts_answer_and_grounds(perform: Perform) -> None:
    with pytest.raises(Unmet) as failed:
        perform(DENIED + "    ならば 許可される\n")
    told = tell_unmet(failed.value, "ja")
    for part in (
        "features/eizo/2025-04-01/場面.feature:14:5",
        "✗ ならば 許可される → 答えは「不許可」である。",
        "「映像の閲覧」の可否（令和7年5月1日）",
        "承認：いいえ",
        "映像閲覧要領（令和7年4月1日発出、改訂2）",
        "* 第2の1 [approval] 違反: 見る前に、しかるべき者の承認を受ける。",
    ):
        assert part in told, told
    english = tell_unmet(failed.value, "en")
    for part in (
        "(issued 1 April 2025, revision 2)",
        "The answer is “not permitted”.",
        "The rightful person's approval is obtained first.",
    ):
        assert part in english, english


def test_facts_that_cannot_be_judged_are_refused_where_the_question_stands(law: Law) -> None:
    scene = Scene(law, law.root / "features" / "eizo" / "x.feature")
    scene.facts["no.such"] = True
    said = understand("「映像の閲覧」の可否を令和7年5月1日について判断する", Mood.WHEN)
    assert said is not None
    with pytest.raises(Refused) as refused:
        scene.take(said, "", None, Source("x.feature", 3, 1))
    assert [one.code for one in refused.value.findings] == ["TS448"]
    assert refused.value.findings[0].where.line == 3
