"""The words of verdicts, standings, questions, kinds and strengths, in Japanese with English beside."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

from tsutatsu.ir import Kind, Standing, Strength, Words
from tsutatsu.semantics import Question, Verdict

VERDICT_WORDS: Final[Mapping[Verdict, Words]] = MappingProxyType(
    {
        Verdict.PERMITTED: Words("許可", "permitted"),
        Verdict.DENIED: Words("不許可", "not permitted"),
        Verdict.IN_ORDER: Words("適合", "in order"),
        Verdict.BREACH: Words("違反", "breach"),
        Verdict.UNEXPLAINED: Words("要説明", "to be explained"),
        Verdict.OPEN: Words("未了", "duty still open"),
        Verdict.NOTHING_APPLIED: Words("該当なし", "nothing applied"),
        Verdict.BOUND: Words("義務あり", "duty"),
        Verdict.EFFORT: Words("努力義務", "duty of effort"),
        Verdict.NOT_BOUND: Words("義務なし", "no duty"),
        Verdict.OUT_OF_SCOPE: Words("対象外", "out of scope"),
        Verdict.NOT_ENOUGH: Words("情報不足", "not enough known"),
        Verdict.BY_READING: Words("解釈による", "depends on the reading"),
        Verdict.IN_FORCE: Words("効力あり", "in force"),
        Verdict.IN_FORCE_NO_END: Words("効力あり（終期の印字なし）", "in force (no end printed)"),
        Verdict.NOT_YET: Words("未発効", "not yet in force"),
        Verdict.LAPSED: Words("失効", "lapsed"),
        Verdict.SUPERSEDED: Words("廃止", "superseded"),
    }
)

STANDING_WORDS: Final[Mapping[Standing, Words]] = MappingProxyType(
    {
        Standing.OUT_OF_FORCE: Words("効力外", "out of force"),
        Standing.NOT_APPLICABLE: Words("非該当", "not applicable"),
        Standing.LIFTED: Words("免除", "lifted by an exception"),
        Standing.KEPT: Words("充足", "kept"),
        Standing.PENDING: Words("未了", "still open in time"),
        Standing.BROKEN: Words("違反", "broken"),
        Standing.UNEXPLAINED: Words("要説明", "to be explained"),
        Standing.FREE: Words("任意", "free"),
    }
)

OPEN: Final = Words("未定", "undetermined")
"""The word for a standing of which more than one is left."""

QUESTION_WORDS: Final[Mapping[Question, Words]] = MappingProxyType(
    {
        Question.MAY: Words("可否", "may it be done"),
        Question.ORDER: Words("適否", "was it in order"),
        Question.DUTY: Words("要否", "is there a duty"),
        Question.FORCE: Words("効力", "is it in force"),
    }
)

KIND_WORDS: Final[Mapping[Kind, Words]] = MappingProxyType(
    {
        Kind.DUTY: Words("義務", "duty"),
        Kind.BAN: Words("禁止", "ban"),
        Kind.PERMISSION: Words("許可", "permission"),
        Kind.DISCRETION: Words("裁量", "discretion"),
        Kind.EFFORT: Words("努力", "effort"),
        Kind.CONSIDERATION: Words("配慮", "consideration"),
        Kind.ESTABLISHMENT: Words("設置", "establishment"),
        Kind.EX_OFFICIO: Words("充て職", "ex officio"),
    }
)

STRENGTH_WORDS: Final[Mapping[Strength, Words]] = MappingProxyType(
    {
        Strength.HARD: Words("拘束", "binding"),
        Strength.SOFT: Words("努力・配慮", "effort"),
        Strength.FREE: Words("任意", "free"),
    }
)

WORDS: Final[Mapping[type[Enum], Mapping[Any, Words]]] = MappingProxyType(
    {Verdict: VERDICT_WORDS, Question: QUESTION_WORDS, Kind: KIND_WORDS, Strength: STRENGTH_WORDS}
)
"""For each enumeration that an answer shows, the words of its members (others are shown by code alone)."""


def standing_words(standing: Standing) -> Words:
    """The word for a standing, or 未定 where several are still possible."""
    return STANDING_WORDS.get(standing, OPEN)


def one_by_one(standing: int) -> tuple[Standing, ...]:
    """The single standings that a union leaves possible, in the order of their bits."""
    return tuple(one for one in STANDING_WORDS if one & standing)
