"""A small invented circular with its text, encoding and scenario, whose ledger the tests of ledgers write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from click.testing import Result

from tsutatsu.diagnostics import Diagnostic

Run = Callable[..., Result]

TEXT = """令和6年4月1日
総第12号

会議室の夜間貸出しについて（通達）

夜間の貸出しを下記のとおり行う。

記

1 貸出し

係員は、夜間に会議室を貸し出すときは、課長の承認を受けなければならない。ただし、災害のときは、この限りでない。

2 別紙

（略）
"""
FILES = {
    "policy/rooms/2024-04-01/directive.yaml": """通達: 会議室の夜間貸出しについて
英: Lending meeting rooms at night
発出: {日: 令和6年4月1日, 者: 総務部長, 番号: 総第12号}
有効期間: {まで: 令和11年3月31日}
符号化: {改訂: 1, 日: 2024-04-02, 内容: 初版}
""",
    "policy/rooms/2024-04-01/vocabulary.yaml": """用語:
  approved: {名: 課長の承認, 英: the chief's approval, 型: 真偽, 問: 課長の承認を受けたか。, 答える人: 係員}
  disaster: {名: 災害, 英: a disaster, 型: 真偽, 問: 災害のときか。, 答える人: 係員}
""",
    "policy/rooms/2024-04-01/norms/rooms.yaml": """規範:
  - id: approval
    条項: 記/1/本文
    力: 義務
    要件: {課長の承認: true}
    ただし:
      - {条項: 記/1/ただし書, 場合: {災害: true}, 要約: 災害のとき。}
    要約: 夜間の貸出しには課長の承認を要する。
""",
    "policy/rooms/2024-04-01/judgements.yaml": """判断:
  - {id: lend, 名: 夜間の貸出し, 英: lending at night, 規範: [approval]}
""",
    "features/rooms/2024-04-01/lend.feature": """# language: ja
@記/1
機能: 夜間の貸出し
  シナリオ: 承認がなければ貸し出せない
    前提 「課長の承認」が「いいえ」である
    かつ 「災害」が「いいえ」である
    もし 「夜間の貸出し」の可否を令和6年5月1日について判断する
    ならば 許可されない
""",
}


def ledger_of(root: Path) -> Path:
    """Where its ledger stands."""
    return root / "policy/rooms/2024-04-01/ledger.yaml"


def codes(findings: tuple[Diagnostic, ...]) -> list[str]:
    """What was found, by code."""
    return [one.code for one in findings]
