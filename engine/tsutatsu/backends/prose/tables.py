"""The words for what the kernel and the meaning enumerate, in Japanese with English beside."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from tsutatsu.calendar import Counting
from tsutatsu.ir import Changeable, Kind, Standing, Strength, Words
from tsutatsu.semantics import Question, Verdict

VERDICTS: Final[Mapping[Verdict, Words]] = MappingProxyType(
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

SENTENCES: Final[Mapping[Verdict, Words]] = MappingProxyType(
    {
        Verdict.PERMITTED: Words("許可される。", "It is permitted."),
        Verdict.DENIED: Words("許可されない。", "It is not permitted."),
        Verdict.IN_ORDER: Words("定めに適合している。", "It is in order."),
        Verdict.BREACH: Words("定めに違反している。", "It is in breach."),
        Verdict.UNEXPLAINED: Words("違反ではないが、理由の説明を要する。", "It is no breach, but has to be explained."),
        Verdict.OPEN: Words(
            "破られた定めはないが、果たすべき義務が残っている。", "Nothing is broken, but a duty is still open."
        ),
        Verdict.NOTHING_APPLIED: Words("当てはまる定めがない。", "No rule applied."),
        Verdict.BOUND: Words("義務がある。", "There is a duty."),
        Verdict.EFFORT: Words("努める義務がある。", "There is a duty of effort."),
        Verdict.NOT_BOUND: Words("義務はない。", "There is no duty."),
        Verdict.OUT_OF_SCOPE: Words(
            "効力のある定めがなく、{question}は対象外である。",
            "No rule is in force: whether {question} is out of scope.",
        ),
        Verdict.NOT_ENOUGH: Words(
            "情報が足りず、{question}は決まらない。", "Not enough is known to tell whether {question}."
        ),
        Verdict.BY_READING: Words("{question}は解釈によって異なる。", "Whether {question} depends on the reading."),
        Verdict.IN_FORCE: Words("効力がある。", "It is in force."),
        Verdict.IN_FORCE_NO_END: Words(
            "効力がある（終わりの日は印字されていない）。", "It is in force (no end is printed)."
        ),
        Verdict.NOT_YET: Words("まだ効力を生じていない。", "It is not yet in force."),
        Verdict.LAPSED: Words("期間の満了により効力を失っている。", "It has lapsed with its period."),
        Verdict.SUPERSEDED: Words("他の通達により廃止されている。", "Another circular has superseded it."),
    }
)
"""What a verdict says as a sentence; ``{question}`` where several questions share it."""

QUESTIONS: Final[Mapping[Question, Words]] = MappingProxyType(
    {
        Question.MAY: Words("可否", "may it be done"),
        Question.ORDER: Words("適否", "was it in order"),
        Question.DUTY: Words("要否", "is there a duty"),
        Question.FORCE: Words("効力", "is it in force"),
    }
)

ASKED: Final[Mapping[Question, Words]] = MappingProxyType(
    {
        Question.MAY: Words("可否", "it may be done"),
        Question.ORDER: Words("適否", "it was in order"),
        Question.DUTY: Words("要否", "there is a duty"),
        Question.FORCE: Words("効力の有無", "it is in force"),
    }
)
"""A question as part of a sentence."""

STANDINGS: Final[Mapping[Standing, Words]] = MappingProxyType(
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

UNDETERMINED: Final = Words("未定", "undetermined")
"""The word for a standing of which more than one is left."""

KINDS: Final[Mapping[Kind, Words]] = MappingProxyType(
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

STRENGTHS: Final[Mapping[Strength, Words]] = MappingProxyType(
    {
        Strength.HARD: Words("拘束", "binding"),
        Strength.SOFT: Words("努力義務", "effort only"),
        Strength.FREE: Words("任意", "free"),
    }
)

MUST: Final[Mapping[Strength, Words]] = MappingProxyType(
    {
        Strength.HARD: Words("要件", "Must"),
        Strength.SOFT: Words("努めること", "Should"),
        Strength.FREE: Words("任されること", "May"),
    }
)
"""What stands before the requirement of a norm, by how it binds."""

CHANGEABLE: Final[Mapping[Changeable, Words]] = MappingProxyType(
    {
        Changeable.BEFORE: Words("実施前", "before the act only"),
        Changeable.ANYTIME: Words("いつでも", "at any time"),
        Changeable.NEVER: Words("変えられない", "never"),
    }
)

COUNTINGS: Final[Mapping[Counting, Words]] = MappingProxyType(
    {
        Counting.INCLUSIVE: Words("起算", "the first day counts"),
        Counting.EXCLUSIVE: Words("初日不算入", "the first day does not count"),
        Counting.INSTANT: Words("即時に起算", "running at once"),
        Counting.FISCAL_NEXT: Words("翌年度起算", "counted from the next fiscal year"),
        Counting.CALENDAR_NEXT: Words("翌年起算", "counted from the next year"),
        Counting.AGE: Words("年齢計算", "counted as an age is"),
    }
)

TRUTHS: Final[Mapping[bool, Words]] = MappingProxyType({True: Words("はい", "yes"), False: Words("いいえ", "no")})
NONE: Final = Words("なし", "none")
NOT_KNOWN: Final = Words("不明", "not known")

UNITS: Final[Mapping[str, Words]] = MappingProxyType(
    {"day": Words("日", "day"), "hour": Words("時間", "hour"), "minute": Words("分", "minute")}
)

PARTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "本文": "main text",
        "ただし書": "proviso",
        "なお書": "note",
        "前段": "first part",
        "後段": "latter part",
        "柱書": "opening words",
        "前文": "preamble",
        "見出し": "heading",
        "別添": "attachment",
        "別紙": "annex",
        "別記": "schedule",
        "様式": "form",
        "別記様式": "appended form",
        "様式欄": "form field",
        "附則": "supplementary provisions",
    }
)
"""Parts of a provision, as English names them."""
