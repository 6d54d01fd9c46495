"""The words of the page for what the text, the ledger and the scenarios enumerate."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tsutatsu.gherkin.performing import Outcome
from tsutatsu.text.ledger import Treatment
from tsutatsu.text.nodes import Role
from tsutatsu.words import Words

ROLES: Final[Mapping[Role, Words]] = MappingProxyType(
    {
        Role.MAIN: Words("本文", "main text"),
        Role.PROVISO: Words("ただし書", "proviso"),
        Role.NOTE: Words("なお書", "note"),
        Role.LATTER: Words("後段", "latter part"),
        Role.HEADING: Words("見出し", "heading"),
        Role.TABLE_ROW: Words("表", "row of a table"),
        Role.FORM_ROW: Words("様式欄", "field of a form"),
        Role.CLOSING: Words("結び", "closing words"),
        Role.HEADER: Words("頭書", "header"),
    }
)

TREATMENTS: Final[Mapping[Treatment, Words]] = MappingProxyType(
    {
        Treatment.NORM: Words("規範", "norm"),
        Treatment.DEFINITION: Words("定義", "definition"),
        Treatment.BACKGROUND: Words("趣旨", "background"),
        Treatment.HEADING: Words("見出し", "heading"),
        Treatment.HEADER: Words("頭書", "header"),
        Treatment.ADDRESSEE: Words("宛先", "addressee"),
        Treatment.FORM: Words("様式", "form"),
        Treatment.NOT_SUPPLIED: Words("未提供", "not supplied"),
        Treatment.WAIVED: Words("免除", "waived"),
    }
)

OUTCOMES: Final[Mapping[Outcome, Words]] = MappingProxyType(
    {
        Outcome.PASSED: Words("合格", "passed"),
        Outcome.FAILED: Words("不合格", "failed"),
        Outcome.REFUSED: Words("実行できない", "cannot run"),
        Outcome.SET_ASIDE: Words("実行から外されている", "set aside"),
        Outcome.NOT_PERFORMED: Words("未実行", "not performed"),
    }
)
