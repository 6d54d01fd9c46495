"""Scenarios about cases hold when the case runs as they say, and tell what is so instead when it does not."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from calling import call
from hypothesis import given, settings
from hypothesis import strategies as st

from tsutatsu.cases import Actor, Entry, Grounds, Holding
from tsutatsu.cases.clockwork import run_ahead
from tsutatsu.cases.deciding import Why
from tsutatsu.cases.store.store import Store
from tsutatsu.diagnostics import CATALOGUE, Diagnostic, Refused
from tsutatsu.gherkin.case_acts import (
    Correction,
    DaysOn,
    Deed,
    Erasing,
    Linking,
    NthDay,
    Opening,
    SaidOf,
    Trigger,
    Waiving,
    What,
    When,
    Withdrawal,
)
from tsutatsu.gherkin.case_phrases import CASE_PHRASES, WHY_WORDS
from tsutatsu.gherkin.case_resolving import Heard, Setting, resolve_case
from tsutatsu.gherkin.case_vocabulary import LABEL, PERSON, POST, case_steps_for
from tsutatsu.gherkin.docket import Came, Docket, Trial, raw
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.linting import lint_file
from tsutatsu.gherkin.moments import read_when
from tsutatsu.gherkin.performing import Outcome, Performed, perform
from tsutatsu.gherkin.phrases import understand
from tsutatsu.gherkin.saying import CaseSay, Mood
from tsutatsu.gherkin.scene import Scene, Unmet
from tsutatsu.gherkin.suggesting import nearest_step
from tsutatsu.gherkin.talk import Talk
from tsutatsu.gherkin.telling import tell_unmet
from tsutatsu.source import NOWHERE, Source

from .conftest import run_features
from .conftest import write as put

HEAD = "# language: ja\n@第2\n機能: 一回の閲覧\n"
PEOPLE = """
    前提 次の者がいる:
      | 者   | 職       | 所属 | から          | まで           |
      | 甲野 |          |      |               |                |
      | 課長 | 課長     | 一課 |               | 令和7年5月31日 |
      | 補佐 | 課長補佐 | 一課 | 令和7年4月1日 |                |
      | 兼務 | 課長     |      |               |                |
      | 兼務 | 課長補佐 |      |               |                |
"""
OPENED = PEOPLE + "    かつ 令和7年5月1日9時に、甲野が手続「一回の閲覧」を始めている\n"
READY = (
    OPENED
    + """
    かつ 「申請する」では次のことを言う:
      | 用語       | 値     |
      | 閲覧の回数 | 2回    |
      | 編集       | いいえ |
"""
)
ASKED = READY + "    かつ 同日10時に、甲野が「申請する」\n"
APPROVED = ASKED + "    かつ 同日11時に、課長が「承認する」\n"
VIEWED = APPROVED + "    かつ 同日13時に、甲野が「見る」\n"

HOLDS = {
    "an event goes through": (
        ASKED + "    もし 同日11時に、課長が「承認する」\n",
        "受け付けられる", "「承認済」になる", "「承認済」になっている", "「承認の通知」が作られる",
        "「承認者の職」が「課長」である", "「報告日」は分からない", "甲野は「見る」ことができる",
        "甲野は「承認する」ことができない",
        "翌日9時に、甲野は「見る」ことができる", "ひとりでに「督促」は起こらない", "「report」の義務が残る",
        "「一回の閲覧」は「承認済」になる",
    ),
    "its own condition refuses": (
        ASKED + "    もし 同日11時に、甲野が「承認する」\n",
        "受け付けられない", "受け付けられないのは、手続の要件による",
    ),
    "a refusal leaves everything as it was": (
        ASKED + "    もし 同日11時に、甲野が「承認する」\n    ならば 受け付けられない\n",
        "「申請済」のままである", "「申請済」になっている", "「承認者の職」は分からない", "文書は作られない",
    ),
    "a judgement refuses": (
        APPROVED + "    もし 同日22時に、甲野が「見る」\n",
        "受け付けられないのは、判断による", "受け付けられないのは、判断「映像の閲覧」による",
        "受け付けられないのは、規範「夜十時以後に始めない」による",
    ),
    "its answer can be told": (
        APPROVED + "    もし 同日22時に、甲野が「見る」\n    ならば 受け付けられない\n",
        "許可されない", "根拠に「第2/2」がある", "規範「approval」は充足である",
    ),
    "one minute before, it does not": (APPROVED + "    もし 同日21時59分に、甲野が「見る」\n", "受け付けられる"),
    "an open reading refuses": (
        ASKED + "    かつ 同日11時に、補佐が「承認する」\n    もし 同日13時に、甲野が「見る」\n",
        "受け付けられないのは、解釈「代行」が決まっていないことによる",
    ),
    "the side that would do is told": (
        ASKED + "    かつ 同日11時に、補佐が「承認する」\n    もし 同日13時に、甲野が「見る」\n"
        "    ならば 受け付けられない\n",
        "解釈による", "解釈「代行」が「甲」なら許可される", "解釈「代行」が「乙」なら許可されない",
    ),
    "a reading decided before is kept": (
        ASKED.replace("    かつ 令和7年5月1日9時", "    かつ 解釈「代行」は「甲」を採る\n    かつ 令和7年5月1日9時")
        + "    かつ 同日11時に、補佐が「承認する」\n    もし 同日13時に、甲野が「見る」\n",
        "受け付けられる",
    ),
    "what must be said was not": (
        READY + "    もし 同日10時に、甲野が「申請する」:\n      | 用語 | 値 |\n      | 編集 | 不明 |\n",
        "受け付けられないのは、「編集」が言われていないことによる", "受け付けられないのは、言うべき事実による",
    ),
    "what is said overrides what was prepared": (
        READY + "    もし 同日10時に、甲野が「申請する」:\n      | 用語 | 値 |\n      | 編集 | はい |\n",
        "受け付けられる", "「編集」が「はい」である", "「閲覧の回数」が「2回」である",
    ),
    "a post that has ended": (
        ASKED + "    もし 令和7年6月1日10時に、課長が「課長」として「承認する」\n",
        "受け付けられないのは、職による",
    ),
    "on its last day it has not": (ASKED + "    もし 令和7年5月31日23時59分に、課長が「承認する」\n", "受け付けられる"),
    "one of two posts": (
        ASKED + "    もし 同日11時に、兼務が「課長補佐」として「承認しない」\n",
        "受け付けられないのは、手続の要件による",
    ),
    "chances by post": (
        ASKED + "    もし 同日11時になる\n",
        "兼務は「課長」として「承認しない」ことができる", "兼務は「課長補佐」として「承認しない」ことができない",
        "兼務は「承認しない」ことができる", "甲野は「見る」ことができない",
        "「承認しない」ことができるのは、兼務、課長だけである", "「見る」ことは、誰にもできない",
        "令和7年6月1日9時に、「承認しない」ことができるのは、兼務だけである",
    ),
    "an event from the wrong state": (
        READY + "    もし 同日10時に、甲野が「見る」\n",
        "受け付けられないのは、今の状態による",
    ),
    "a duty is raised": (
        VIEWED + "    もし 同日14時になる\n",
        "「結果を報告する」の義務が残る", "「閲覧済」のままである",
        "ひとりでに「済ませる」は起こらない",
    ),
    "a duty is met in time, and the machine ends the case": (
        VIEWED + "    もし 令和7年5月4日23時59分に、甲野が「報告する」\n",
        "「report」の義務が果たされている", "残る義務はない", "ひとりでに「済ませる」が起こる", "「済」になる",
        "「閲覧の報告」が作られる",
    ),
    "its last day is not too late": (
        VIEWED + "    もし 令和7年5月4日23時59分になる\n",
        "「report」の義務が残る", "ひとりでに「督促」は起こらない",
    ),
    "the day after is": (
        VIEWED + "    もし 5日目になる\n",
        "「report」の義務に反している", "ひとりでに「督促」が起こる", "令和7年5月5日に、ひとりでに「督促」が起こる",
    ),
    "and so it is on the day counted from a fact": (
        VIEWED + "    もし 「閲覧日」から5日目になる\n",
        "「report」の義務に反している",
    ),
    "a breach that is made good": (
        VIEWED + "    もし 令和7年5月6日9時に、甲野が「報告する」\n",
        "「report」の義務に反し、後から果たされている", "「済」になる",
    ),
    "what came at its own moment": (
        VIEWED + "    もし 令和7年5月9日9時に、甲野が「報告する」\n",
        "令和7年5月5日に、ひとりでに「督促」が起こる", "令和7年5月5日0時に、ひとりでに「督促」が起こる",
        "令和7年5月9日9時に、ひとりでに「済ませる」が起こる",
    ),
    "waived": (
        VIEWED + "    もし 同日14時に、課長が理由「口頭で聞いた」で「report」の義務を免除する\n",
        "受け付けられる", "「report」の義務が免除されている", "残る義務はない", "「閲覧済」のままである",
    ),
    "taken back": (
        VIEWED + "    もし 同日14時に、甲野が理由「誤り」で「見る」を取り消す\n",
        "受け付けられる", "「承認済」になる", "「閲覧日」は分からない",
    ),
    "taken back by another": (
        VIEWED + "    もし 同日14時に、課長が理由「誤り」で「見る」を取り消す\n",
        "受け付けられないのは、起こす者による",
    ),
    "put right": (
        ASKED + "    もし 同日11時に、甲野が理由「誤り」で事実を訂正する:\n"
        "      | 用語 | 値 |\n      | 編集 | はい |\n",
        "受け付けられる", "「編集」が「はい」である",
    ),
    "what an event wrote is not": (
        VIEWED + "    もし 同日14時に、甲野が理由「誤り」で事実を訂正する:\n"
        "      | 用語 | 値 |\n      | 閲覧日 | 令和7年4月1日 |\n",
        "受け付けられないのは、事実の食い違いによる",
    ),
    "none is a fact": (VIEWED + "    もし 同日14時になる\n", "「報告日」はない"),
    "linked cases": (
        VIEWED + "    かつ 同日14時に、課長が手続「閲覧の確認」を「確認の一件」として始めている\n"
        "    もし 同日15時に、課長が「確認する」\n",
        "受け付けられないのは、別件の状態による",
    ),
    "linked cases that stand as they must": (
        VIEWED + "    かつ 同日14時に、課長が手続「閲覧の確認」を「確認の一件」として始めている\n"
        "    かつ 課長が「一回の閲覧」と結び付ける\n    もし 同日15時に、課長が「確認する」\n",
        "受け付けられる", "「確認の一件」は「確認済」になる", "「一回の閲覧」は「閲覧済」のままである",
    ),
    "a linked case that moves wakes the other": (
        ASKED + "    かつ 同日11時に、課長が手続「閲覧の確認」を「確認の一件」として始めている\n"
        "    かつ 課長が「一回の閲覧」と結び付ける\n    かつ 「一回の閲覧」を取り上げる\n"
        "    もし 同日12時に、課長が「承認しない」\n    ならば 「不承認」になる\n    かつ 「確認の一件」を取り上げる\n",
        "ひとりでに「終わる」が起こる", "「終わり」になる",
    ),
    "erased": (
        ASKED + "    かつ 同日11時に、課長が「承認しない」\n"
        "    もし 翌日9時に、課長が理由「保存期間の満了」で個人情報を消去する\n",
        "受け付けられる",
    ),
    "not erased before its end": (
        ASKED + "    もし 翌日9時に、課長が理由「誤り」で個人情報を消去する\n",
        "受け付けられない",
    ),
}  # fmt: skip

FAILS = [
    ("an event goes through", "受け付けられない", "受け付けられた"),
    ("an event goes through", "「申請済」になる", "承認済"),
    ("an event goes through", "「承認済」のままである", "離れている"),
    ("a refusal leaves everything as it was", "「申請済」になる", "のまま"),
    ("a duty is raised", "「閲覧済」になる", "のまま"),
    ("an event goes through", "文書は作られない", "承認の通知"),
    ("an event goes through", "「閲覧の報告」が作られる", "承認の通知"),
    ("an event goes through", "「承認者の職」が「課長補佐」である", "課長"),
    ("an event goes through", "「承認者の職」は分からない", "課長"),
    ("a duty is met in time, and the machine ends the case", "「報告日」はない", "5月4日"),
    ("an event goes through", "「報告日」が「令和7年5月1日」である", "何も言っていない"),
    ("an event goes through", "甲野は「見る」ことができない", "できる"),
    ("an event goes through", "甲野は「承認する」ことができる", "できない"),
    ("an event goes through", "甲野は「見る」ことができるかは、言うことによる", "できる"),
    ("chances by post", "「承認しない」ことができるのは、課長だけである", "課長、兼務"),
    ("chances by post", "「承認しない」ことができるのは、課長、補佐、兼務だけである", "課長、兼務"),
    ("chances by post", "「承認しない」ことは、誰にもできない", "課長、兼務"),
    ("chances by post", "「見る」ことができるのは、甲野だけである", "誰もいない"),
    ("an event goes through", "ひとりでに「督促」が起こる", "起こっていない"),
    ("an event goes through", "「督促」は起こせず、待っている", "待っている"),
    ("what is said overrides what was prepared", "「report」の義務が残る", "その義務はない"),
    ("an event goes through", "受け付けられないのは、手続の要件による", "受け付けられた"),
    ("an event goes through", "許可される", "断る答えはない"),
    ("its own condition refuses", "受け付けられる", "要件"),
    ("its own condition refuses", "受け付けられないのは、判断による", "手続の要件による"),
    ("its own condition refuses", "受け付けられないのは、規範「approval」による", "手続の要件による"),
    ("its own condition refuses", "「申請済」のままである", "言われていない"),
    ("its own condition refuses", "残る義務はない", "言われていない"),
    ("its own condition refuses", "許可されない", "言われていない"),
    ("a judgement refuses", "受け付けられないのは、規範「approval」による", "「hours」"),
    ("a judgement refuses", "受け付けられないのは、判断「映像の消去」による", "判断による"),
    ("a judgement refuses", "受け付けられないのは、「編集」が分からないことによる", "不許可"),
    ("its answer can be told", "許可される", "不許可"),
    ("an open reading refuses", "受け付けられないのは、規範「hours」による", "解釈"),
    ("what must be said was not", "受け付けられないのは、「閲覧の回数」が言われていないことによる", "編集"),
    ("a duty is raised", "残る義務はない", "「report」未了"),
    ("a duty is raised", "「report」の義務が果たされている", "「report」未了"),
    ("a duty is raised", "「report」の義務に反している", "「report」未了"),
    ("a duty is raised", "「report」の義務が免除されている", "「report」未了"),
    ("a duty is raised", "「report」の義務はない", "「report」未了"),
    ("a duty is raised", "ひとりでに「済ませる」が起こる", "起こっていない"),
    ("the day after is", "「report」の義務が残る", "「report」違反"),
    ("the day after is", "令和7年5月4日に、ひとりでに「督促」が起こる", "5月5日"),
    ("the day after is", "ひとりでに「督促」は起こらない", "5月5日"),
    ("the day after is", "受け付けられる", "誰も何もしていない"),
    ("a breach that is made good", "「report」の義務に反している", "後から果たされた"),
    ("a breach that is made good", "「report」の義務が果たされている", "後から果たされた"),
    ("none is a fact", "「報告日」は分からない", "報告日"),
    ("linked cases", "受け付けられないのは、残る義務による", "別件"),
]


def write(law: Law, body: str) -> Path:
    path = law.root / "features/eizo/2025-04-01/一件.feature"
    path.write_text(HEAD + f"\n  シナリオ: 試し\n{body}", encoding="utf-8")
    return path


def ran(law: Law, body: str) -> Performed:
    path = write(law, body)
    try:
        (one,) = perform(law, path)
    finally:
        path.unlink()
    return one


def with_last(body: str, expectation: str) -> str:
    keyword = "かつ" if "    ならば " in body else "ならば"
    return f"{body}    {keyword} {expectation}\n"


@pytest.mark.parametrize("name", HOLDS)
def test_what_a_case_does_can_be_expected(law: Law, name: str) -> None:
    body, *expectations = HOLDS[name]
    for expectation in expectations:
        one = ran(law, with_last(body, expectation))
        assert one.passed, (expectation, one.trouble)


@pytest.mark.parametrize(("name", "expectation", "instead"), FAILS)
def test_what_it_does_not_do_fails_and_says_how_it_is(law: Law, name: str, expectation: str, instead: str) -> None:
    one = ran(law, with_last(HOLDS[name][0], expectation))
    assert one.outcome is Outcome.FAILED, one.trouble
    assert one.trouble is not None
    assert instead in one.trouble.ja, one.trouble
    assert one.trouble.en


def test_a_duty_whose_day_is_not_known_yet_has_no_time_limit(law: Law) -> None:
    body = APPROVED + "    もし 同日12時になる\n    ならば 「report」の義務が残る\n"
    assert ran(law, body + "    かつ その期限に定めはない\n").passed
    assert not ran(law, body + "    かつ その期限は令和7年5月4日である\n").passed


def test_the_due_day_is_exact(law: Law) -> None:
    body = VIEWED + "    もし 同日14時になる\n    ならば 「report」の義務が残る\n"
    assert ran(law, body + "    かつ その期限は令和7年5月4日である\n").passed
    for wrong in ("その期限は令和7年5月3日である", "その期限は令和7年5月4日9時である", "その期限に定めはない"):
        trouble = ran(law, body + f"    かつ {wrong}\n").trouble
        assert trouble is not None and "令和7年5月4日" in trouble.ja


@pytest.mark.parametrize(
    ("body", "instead"),
    [
        (
            ASKED + "    かつ 同日11時に、甲野が「承認する」\n    もし 同日12時になる\n    ならば 残る義務はない\n",
            "要件",
        ),
        (
            ASKED + "    もし 同日11時に、甲野が「承認する」\n    かつ 同日12時に、課長が「承認する」\n"
            "    ならば 受け付けられる\n",
            "言われていない",
        ),
        (
            ASKED + "    もし 同日11時に、甲野が「承認する」\n    かつ 同日12時になる\n    ならば 「申請済」になる\n",
            "言われていない",
        ),
    ],
)
def test_a_refusal_that_nobody_speaks_of_fails_the_scenario(law: Law, body: str, instead: str) -> None:
    one = ran(law, body)
    assert one.outcome is Outcome.FAILED and one.trouble is not None
    assert instead in one.trouble.ja


def test_events_in_a_row_need_one_expectation_for_what_comes_of_them(law: Law) -> None:
    body = ASKED + "    もし 同日11時に、課長が「承認する」\n    かつ 同日13時に、甲野が「見る」\n"
    assert ran(law, body + "    ならば 「閲覧済」になる\n").passed
    assert [one.code for one in ran(law, body).findings] == ["TS413"]


LOOK = "    もし 令和7年5月1日9時に、甲野が手続「閲覧の確認」を始める\n"
BAD = {
    "TS413": ASKED + "    もし 同日11時に、課長が「承認する」\n",
    "TS466": ASKED + "    もし 5月の初めになる\n    ならば 「申請済」になる\n",
    "TS466 no hour": ASKED + "    もし 令和7年5月2日に、課長が「承認する」\n    ならば 受け付けられる\n",
    "TS466 no such hour": ASKED + "    もし 同日25時に、課長が「承認する」\n    ならば 受け付けられる\n",
    "TS466 no day": ASKED + "    もし 「承認」から3日目になる\n    ならば 「申請済」になる\n",
    "TS467": PEOPLE + "    もし 令和7年5月1日9時に、甲野が「申請する」\n",
    "TS468": PEOPLE + "    もし 令和7年5月1日9時に、甲野が手続「一回の視聴」を始める\n    ならば 受け付けられる\n",
    "TS469": ASKED + "    もし 同日11時に、課長が「承認」\n    ならば 受け付けられる\n",
    "TS469 state": ASKED + "    もし 同日11時に、課長が「承認する」\n    ならば 「承認」になる\n",
    "TS469 document": ASKED + "    もし 同日11時に、課長が「承認する」\n    ならば 「承認書」が作られる\n",
    "TS470": ASKED + "    もし 同日11時に、部長が「承認する」\n    ならば 受け付けられる\n",
    "TS471": ASKED + "    もし 同日11時に、課長が「部長」として「承認する」\n    ならば 受け付けられる\n",
    "TS472": READY + "    もし 同日10時に、甲野が「申請する」:\n      | 用語 | 値 |\n      | 立会人 | 甲野 |\n"
    "    ならば 受け付けられる\n",
    "TS473": ASKED + "    もし 同日11時になる\n    ならば 「approval」の義務はない\n",
    "TS473 effort": ASKED + "    もし 同日11時になる\n    ならば 「report」の努力義務はない\n",
    "TS474": ASKED + "    もし 「別の一件」を取り上げる\n    ならば 「申請済」になる\n",
    "TS474 twice": ASKED + "    もし 同日11時に、甲野が手続「一回の閲覧」を始める\n    ならば 受け付けられる\n",
    "TS475": PEOPLE + "    かつ 「承認」が「はい」である\n"
    "    もし 令和7年5月1日9時に、甲野が手続「一回の閲覧」を始める\n    ならば 受け付けられる\n",
    "TS475 asked": ASKED + "    もし 「映像の閲覧」の可否を令和7年5月1日について判断する\n    ならば 許可されない\n",
    "TS477": ASKED + "    もし 同日11時になる\n    ならば ひとりでに「承認する」は起こらない\n",
    "TS477 machine": ASKED + "    もし 同日11時になる\n    ならば 甲野は「済ませる」ことができない\n",
    "TS477 only": ASKED + "    もし 同日11時になる\n    ならば 「済ませる」ことは、誰にもできない\n",
    "TS470 only": ASKED + "    もし 同日11時になる\n    ならば 「見る」ことができるのは、乙野だけである\n",
    "TS477 due": ASKED + "    もし 同日11時になる\n    ならば その期限は令和7年5月1日である\n",
    "TS477 unwatched": PEOPLE + LOOK + "    ならば 残る義務はない\n",
    "TS477 paperless": PEOPLE + LOOK + "    ならば 文書は作られない\n",
    "TS478": ASKED + "    かつ 解釈「代行」は「甲」を採る\n"
    "    もし 同日11時に、補佐が「承認する」\n    ならば 受け付けられる\n",
    "TS442": "    前提 次の者がいる:\n      | 職 | 所属 |\n      | 課長 | 一課 |\n",
    "TS442 twice": READY + "    もし 同日10時に、甲野が「申請する」:\n"
    "      | 用語 | 値 |\n      | 編集 | はい |\n      | 編集 | いいえ |\n    ならば 受け付けられる\n",
}  # fmt: skip


def test_a_case_that_could_not_be_opened_is_found_once(law: Law) -> None:
    opening = "    かつ 令和7年5月1日9時に、甲野が手続「一回の視聴」を始めている\n"
    body = PEOPLE + opening + "    もし 同日10時に、甲野が「申請する」\n    ならば 「申請済」になる\n"
    assert [one.code for one in ran(law, body).findings] == ["TS468"]


RUNNING = {
    "TS476": ASKED + "    もし 令和7年4月30日9時に、課長が「承認する」\n    ならば 受け付けられる\n",
    "TS476 unsaid": PEOPLE + "    もし 甲野が手続「一回の閲覧」を始める\n    ならば 受け付けられる\n",
    "TS476 no day yet": ASKED + "    もし 「閲覧日」から3日目になる\n    ならば 「申請済」になる\n",
    "TS476 too far": ASKED
    + "    もし 令和7年5月2日になる\n    かつ 99999日後になる\n    かつ 99999日後になる\n"
    + "    かつ 99999日後になる\n" * 30
    + "    ならば 「申請済」になる\n",
    "TS479": ASKED + "    もし 同日11時に、兼務が「承認する」\n    ならば 受け付けられる\n",
}


def lint(law: Law, body: str) -> tuple[Diagnostic, ...]:
    path = write(law, body)
    try:
        return lint_file(path, law)
    finally:
        path.unlink()


@pytest.mark.parametrize("code", BAD)
def test_the_lint_finds_what_a_case_scenario_gets_wrong(law: Law, code: str) -> None:
    found = {one.code: one for one in lint(law, BAD[code])}
    assert code[:5] in found, found
    one = found[code[:5]]
    for said in (one.ja, one.en, one.mend_ja, one.mend_en):
        assert said
        assert "{" not in said


@pytest.mark.parametrize("code", RUNNING)
def test_what_only_the_run_can_find_is_found_there(law: Law, code: str) -> None:
    assert lint(law, RUNNING[code]) == ()
    (one,) = ran(law, RUNNING[code]).findings
    assert one.code == code[:5]
    assert one.where.line > 0 and one.mend_ja and one.mend_en


def test_every_code_about_cases_is_shown_firing() -> None:
    fired = {code[:5] for code in (*BAD, *RUNNING)}
    assert {number for number in CATALOGUE if "TS466" <= number < "TS480"} <= fired


def test_what_holds_has_no_findings(law: Law) -> None:
    for body, *expectations in HOLDS.values():
        assert lint(law, with_last(body, expectations[0])) == ()


def test_every_reason_has_a_word() -> None:
    assert set(WHY_WORDS.values()) == set(Why)


def test_a_forces_own_provisions_hold_for_the_cases_opened_after_them(law: Law) -> None:
    local = "    かつ 「架空北署」の定めによる\n    かつ 令和7年5月1日9時に、甲野が手続"
    body = APPROVED.replace("    かつ 令和7年5月1日9時に、甲野が手続", local) + "    もし 同日13時に、甲野が「見る」\n"
    assert ran(law, body + "    ならば 受け付けられない\n    かつ 「閲覧席」を尋ねられる\n").passed
    before = APPROVED.replace("を始めている\n", "を始めている\n    かつ 「架空北署」の定めによる\n", 1)
    assert ran(law, before + "    もし 同日13時に、甲野が「見る」\n    ならば 受け付けられる\n").passed


# ── the sentences ────────────────────────────────────────────────────────────────────────────────────────────────────


def speaking(law: Law, lexicon: Lexicon) -> Setting:
    """A setting in which everything that the examples name has been named."""
    talk = Talk()
    flows = law.flows(lexicon.directive)
    setting = Setting(lexicon, flows, talk)
    for line in (
        "前提 次の者がいる:",
        *(f"前提 2025-05-01 9:00に、{PERSON}が手続「{one.words.ja}」を始めている" for one in flows),
    ):
        text = line.split(" ", 1)[1]
        said = understand(text, Mood.GIVEN)
        assert said is not None, line
        table = (("者", "職"), (PERSON, POST)) if text.endswith(":") else None
        talk.follow(resolve_case(Heard(said, text, table, NOWHERE), setting), flows)
    talk.cases[LABEL] = flows[0]
    return setting


def test_every_step_offered_about_cases_is_understood_and_resolves(law: Law) -> None:
    shipped = Law.shipped()
    for one, directive in [(law, d) for d in law.bundle.directives] + [(shipped, d) for d in shipped.bundle.directives]:
        lexicon = Lexicon(directive)
        flows = one.flows(directive)
        for step in case_steps_for(directive, flows):
            setting = speaking(one, lexicon)
            said = understand(step.example[0].removeprefix(f"{step.keyword} "), step.mood)
            assert said is not None, step.example
            if said.phrase.say is CaseSay.OPEN:
                setting.talk.cases.clear()
            table = [tuple(cell.strip() for cell in line.strip()[1:-1].split("|")) for line in step.example[1:]]
            setting.talk.current = next(
                (name for name, flow in setting.talk.cases.items() if f"「{flow.words.ja}」" in step.example[0]),
                setting.talk.current,
            )
            setting.talk.owed = lexicon.directive.norms[0].id
            for name in (setting.talk.current, *setting.talk.cases) if setting.talk.cases else (None,):
                setting.talk.current = name
                try:
                    resolve_case(Heard(said, step.example[0], table or None, NOWHERE), setting)
                    break
                except Refused as refused:
                    trouble = refused
            else:
                raise AssertionError((step.example, trouble))


def test_every_sentence_about_cases_is_offered(law: Law) -> None:
    lexicon = law.lexicon("eizo")
    assert lexicon is not None
    offered = {
        said.phrase.say
        for step in case_steps_for(lexicon.directive, law.flows(lexicon.directive))
        if (said := understand(step.example[0].split(" ", 1)[1], step.mood))
    }
    assert offered == {phrase.say for phrase in CASE_PHRASES} == set(CaseSay)
    assert case_steps_for(lexicon.directive, ()) == ()


@pytest.mark.parametrize(
    ("text", "mood", "near"),
    [
        ("同日11時に、課長は「承認する」", Mood.WHEN, "もし 課長が「承認する」:"),
        ("受付けられる", Mood.THEN, "ならば 受け付けられる"),
        ("「承認済」となる", Mood.THEN, "ならば 「承認済」になる"),
        ("「report」の義務が残っている", Mood.THEN, "ならば 「report」の義務が残る"),
        ("課長は「承認する」ことはできない", Mood.THEN, "ならば 課長は「承認する」ことができない"),
        (
            "受け付けられないのは、規範「hours」のためである",
            Mood.THEN,
            "ならば 受け付けられないのは、規範「hours」による",
        ),
        ("課長が手続「一回の閲覧」を始めている", Mood.WHEN, "前提 課長が手続「一回の閲覧」を始めている"),
    ],
)
def test_a_mistyped_step_about_a_case_is_told_the_nearest(law: Law, text: str, mood: Mood, near: str) -> None:
    assert nearest_step(text, mood, law.lexicon("eizo")).line == near


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("令和7年8月1日22時10分", When(date(2025, 8, 1), datetime(2025, 8, 1, 22, 10).time())),
        ("2025-08-01 22:10", When(date(2025, 8, 1), datetime(2025, 8, 1, 22, 10).time())),
        ("令和７年８月１日９時", When(date(2025, 8, 1), datetime(2025, 8, 1, 9).time())),
        ("令和7年8月1日9時半", When(date(2025, 8, 1), datetime(2025, 8, 1, 9, 30).time())),
        ("令和7年8月1日", When(date(2025, 8, 1))),
        ("同日23時59分", When(DaysOn(0), datetime(2025, 8, 1, 23, 59).time())),
        ("23時59分", When(DaysOn(0), datetime(2025, 8, 1, 23, 59).time())),
        ("翌日", When(DaysOn(1))),
        ("翌々日の8時", When(DaysOn(2), datetime(2025, 8, 1, 8).time())),
        ("10日後の8時", When(DaysOn(10), datetime(2025, 8, 1, 8).time())),
        ("91日目", When(NthDay(91))),
        ("91日目の10時", When(NthDay(91), datetime(2025, 8, 1, 10).time())),
        ("「閲覧日」から4日目", When(NthDay(4, "viewed.on"))),
    ],
)
def test_moments_are_read_as_people_write_them(law: Law, text: str, when: When) -> None:
    lexicon = law.lexicon("eizo")
    assert lexicon is not None
    assert read_when(text, lexicon, NOWHERE) == when


# ── as users run it ──────────────────────────────────────────────────────────────────────────────────────────────────


class Noted(Docket):
    """A docket that notes what is done to it."""

    def __init__(self, grounds: Grounds) -> None:
        super().__init__(grounds)
        self.noted: list[tuple[datetime, Trial | None]] = []

    def advance(self, until: datetime) -> None:
        self.noted.append((until, None))
        super().advance(until)

    def do(self, trial: Trial, at: datetime, where: Source) -> Came:
        came = super().do(trial, at, where)
        self.noted.append((at, trial))
        return came


def played(law: Law, one: Performed) -> Scene:
    """The scenario's steps played again."""
    scene = Scene(law, one.path)
    scene.staging.docket = Noted(law.grounds("both"))
    for line in one.script:
        scene.do(line.act, line.text, line.where)
    return scene


def commanded(store: Store, trial: Trial, at: datetime) -> None:
    """Has a store do what the docket did."""
    name, actor, how = trial.label, trial.actor, {"post": trial.deed.post}
    match trial.deed.what:
        case Opening(workflow, label):
            store.start(workflow, actor, at, name=label, label=label, sides=trial.sides or None, **how)
        case Trigger(event, said):
            store.do(name, event, actor, raw(said), at, **how)
        case Linking(other):
            store.link(name, other, actor, at, **how)
        case Withdrawal(_, reason):
            store.withdraw(name, actor, at, reason=reason, **how)
        case Correction(said, reason):
            store.correct(name, actor, raw(said), at, reason=reason, **how)
        case Waiving(norm, reason):
            store.waive(name, norm, actor, at, reason=reason, **how)
        case Erasing(reason):
            store.erase(name, actor, at, reason=reason, **how)


def unsalted(entries: tuple[Entry, ...]) -> list[Entry]:
    """Entries without the receipts, of which no two are alike."""
    return [
        one
        if one.body is None
        else replace(one, body=replace(one.body, given=tuple(replace(g, receipt="") for g in one.body.given)))
        for one in entries
    ]


def test_a_scenario_and_a_store_with_a_worker_come_to_the_same(law: Law, tmp_path: Path) -> None:
    compared = 0
    for number, (body, *expectations) in enumerate(HOLDS.values()):
        scene = played(law, ran(law, with_last(body, expectations[0])))
        docket = scene.staging.docket
        assert isinstance(docket, Noted)
        with Store.new(tmp_path / f"{number}.sqlite", law.grounds("both")) as store:
            store.enrol(scene.staging.talk.people.values())
            now = docket.noted[0][0]
            for at, trial in docket.noted:
                list(run_ahead(store, now, at))
                now = at
                if trial is not None:
                    with contextlib.suppress(Refused):  # a docket takes it for a refusal
                        commanded(store, trial, at)
                    list(run_ahead(store, at, at))
            for label, case in docket.cases.items():
                assert unsalted(store.case(label).entries) == unsalted(case.entries), (body, label)
                compared += case.version
    assert compared > 100


PEOPLE_OF_ALL = (
    Actor("甲野"),
    Actor("課長", "", (Holding("課長", "一課", None, date(2025, 5, 31)),)),
    Actor("補佐", "", (Holding("課長補佐"),)),
)
SAID = (SaidOf("count", 2), SaidOf("file.edited", False))
DEEDS: tuple[What, ...] = (
    Trigger("ask", SAID), Trigger("ask", SAID[:1]), Trigger("approve", ()), Trigger("refuse", ()), Trigger("view", ()),
    Trigger("report", ()), Trigger("look", ()), Linking("甲"), Linking("乙"), Withdrawal("view", "誤り"),
    Withdrawal("approve", "誤り"), Correction((SaidOf("file.edited", True),), "誤り"), Waiving("report", "口頭"),
    Erasing("満了"),
)  # fmt: skip


PATH = (
    (Trigger("ask", SAID), PEOPLE_OF_ALL[0], "甲", 1),
    (Trigger("approve", ()), PEOPLE_OF_ALL[1], "甲", 0),
    (Linking("甲"), PEOPLE_OF_ALL[1], "乙", 0),
    (Trigger("view", ()), PEOPLE_OF_ALL[0], "甲", 2),
)
"""The way on which a case runs, of which each example goes a part."""


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(DEEDS), st.sampled_from(PEOPLE_OF_ALL), st.sampled_from(["甲", "乙"]), st.integers(0, 60)
        ),
        max_size=10,
    ),
    st.integers(0, len(PATH)),
)
def test_whatever_is_done_a_docket_and_a_store_come_to_the_same(
    law: Law, tmp_path_factory: pytest.TempPathFactory, deeds: list[tuple[What, Actor, str, int]], along: int
) -> None:
    grounds, at = law.grounds("compiled"), datetime(2025, 5, 1, 9)
    place = tmp_path_factory.mktemp("store") / "cases.sqlite"
    begun = [(Opening("eizo/one-viewing", "甲"), PEOPLE_OF_ALL[0], "甲", 0)]
    begun += [(Opening("eizo/looking-back", "乙"), PEOPLE_OF_ALL[0], "乙", 0)]
    docket = Docket(grounds)
    with Store.new(place, grounds) as store:
        store.enrol(PEOPLE_OF_ALL)
        for what, actor, label, hours in (*begun, *PATH[:along], *deeds):
            now, at = at, at + timedelta(hours=hours)
            trial = Trial(Deed(what, actor.id, None, None, given=False), label, actor, {})
            with contextlib.suppress(Refused):
                docket.do(trial, at, NOWHERE)
            list(run_ahead(store, now, at))
            with contextlib.suppress(Refused):
                commanded(store, trial, at)
            list(run_ahead(store, at, at))
        for label, case in docket.cases.items():
            assert unsalted(store.case(label).entries) == unsalted(case.entries)


def test_a_failed_step_is_told_with_the_case_beneath_it(law: Law) -> None:
    one = ran(law, with_last(HOLDS["a duty is raised"][0], "残る義務はない"))
    with pytest.raises(Unmet) as raised:
        played(law, one)
    told = tell_unmet(raised.value, "ja")
    for part in ("✗ ならば 残る義務はない", "一回の閲覧", "閲覧済", "令和7年5月1日 14:00", "report: 未了", "編集"):
        assert part in told, told
    assert "open" in tell_unmet(raised.value, "en")


def test_a_given_event_that_is_refused_is_told_as_a_given(law: Law) -> None:
    body = ASKED + "    かつ 同日11時に、甲野が「承認する」\n    もし 同日12時になる\n    ならば 残る義務はない\n"
    one = ran(law, body)
    assert one.outcome is Outcome.FAILED
    with pytest.raises(Unmet) as raised:
        played(law, one)
    assert tell_unmet(raised.value, "ja").startswith("✗ 前提 同日11時に")


# ── the command line and pytest ──────────────────────────────────────────────────────────────────────────────────────


def test_the_command_runs_and_counts_scenarios_about_cases(root: Path) -> None:
    outline = (
        "\n  シナリオアウトライン: <者>の承認\n"
        + ASKED
        + "    もし 同日11時に、<者>が「承認する」\n    ならば <結果>\n    例:\n      | 者 | 結果 |\n"
        "      | 課長 | 受け付けられる |\n      | 甲野 | 受け付けられない |\n      | 課長 | 受け付けられない |\n"
    )
    good = "\n  シナリオ: 報告の期限\n" + with_last(*HOLDS["the day after is"][:2])
    text = HEAD + good + outline
    put(root, {"一件.feature": text})
    done = run_features(root)
    assert done.code == 1
    assert "1 件に書かれたシナリオ 4 件をすべて集めた" in done.said
    assert "3 passed" in done.said and "1 failed" in done.said
    assert "✗ ならば 受け付けられない → 受け付けられた。" in done.said
    assert "Traceback" not in done.said


def test_steps_about_cases_are_listed_once_beneath_the_names_of_the_workflows(root: Path) -> None:
    told = call("steps", str(root)).output
    assert "手続の一件について（閲覧の確認、一回の閲覧）" in told
    assert told.count("受け付けられないのは、規範「…」による") == 1
    assert "（いつに、）誰かが（「…」として）「…」:" in told
    steps = json.loads(call("steps", str(root), "--json").output)["eizo"]
    assert {"kind": "then", "keyword": "ならば", "pattern": "受け付けられる"}.items() <= next(
        one for one in steps if one["pattern"] == "受け付けられる"
    ).items()
