"""The sentences that steps are made of: one way to say each thing.

A sentence is written with blanks. A blank within 「」 takes any text, also with balanced 「」 in it; ``{day}`` a date;
``{question}``, ``{verdict}`` and ``{standing}`` one of their words; ``{number}`` a whole number; ``{changes}`` a list
of 「…」を「…」 joined by と. The colon before a table may be left out.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from tsutatsu.gherkin.case_phrases import CASE_BLANKS, CASE_PHRASES
from tsutatsu.gherkin.saying import Mood, Phrase, Said, Say, Tabled
from tsutatsu.ir import Standing, Words
from tsutatsu.judging.labels import OPEN, STANDING_WORDS
from tsutatsu.semantics import LEVELS, Question, Verdict


@dataclass(frozen=True, slots=True)
class VerdictPhrase:
    """How an expected answer is said, and the verdicts that fulfil it."""

    ja: str
    verdicts: tuple[Verdict, ...]


VERDICT_PHRASES: Final[tuple[VerdictPhrase, ...]] = (
    VerdictPhrase("許可される", (Verdict.PERMITTED,)),
    VerdictPhrase("許可されない", (Verdict.DENIED,)),
    VerdictPhrase("適合である", (Verdict.IN_ORDER,)),
    VerdictPhrase("違反である", (Verdict.BREACH,)),
    VerdictPhrase("要説明である", (Verdict.UNEXPLAINED,)),
    VerdictPhrase("未了である", (Verdict.OPEN,)),
    VerdictPhrase("該当しない", (Verdict.NOTHING_APPLIED,)),
    VerdictPhrase("義務がある", (Verdict.BOUND,)),
    VerdictPhrase("努力義務がある", (Verdict.EFFORT,)),
    VerdictPhrase("義務がない", (Verdict.NOT_BOUND,)),
    VerdictPhrase("対象外である", (Verdict.OUT_OF_SCOPE,)),
    VerdictPhrase("情報が足りない", (Verdict.NOT_ENOUGH,)),
    VerdictPhrase("解釈による", (Verdict.BY_READING,)),
    VerdictPhrase("効力がある", (Verdict.IN_FORCE, Verdict.IN_FORCE_NO_END)),
    VerdictPhrase("まだ効力がない", (Verdict.NOT_YET,)),
    VerdictPhrase("失効している", (Verdict.LAPSED,)),
    VerdictPhrase("廃止されている", (Verdict.SUPERSEDED,)),
)
"""Every expected answer, once."""

ASKABLE: Final[Mapping[str, Question]] = MappingProxyType(
    {"可否": Question.MAY, "適否": Question.ORDER, "要否": Question.DUTY}
)
"""The questions asked of a judgement; 効力 is asked of a directive."""

STANDING_NAMES: Final[Mapping[str, Standing | None]] = MappingProxyType(
    {words.ja: standing for standing, words in STANDING_WORDS.items()} | {OPEN.ja: None}
)
"""The standings by their words; nothing stands for 未定."""

_G, _W, _T = Mood.GIVEN, Mood.WHEN, Mood.THEN

PHRASES: Final[tuple[Phrase, ...]] = (
    Phrase(
        Say.DIRECTIVE,
        _G,
        "「{directive}」による",
        Words(
            "その通達で判断する（置き場所で決まるなら要らない）。",
            "Judges by that directive (not needed where the file's folder says it).",
        ),
    ),
    Phrase(
        Say.LOCAL,
        _G,
        "「{force}」の定めによる",
        Words(
            "その組織の定め（policy/local）を重ねて判断する。",
            "Judges with what that force has laid down for itself (policy/local).",
        ),
    ),
    Phrase(
        Say.FACT,
        _G,
        "「{term}」が「{value}」である",
        Words(
            "事実を一つ与える。",
            "States one fact.",
        ),
    ),
    Phrase(
        Say.UNKNOWN,
        _G,
        "「{term}」が分からない",
        Words(
            "背景で与えた事実を、分からないことにする。",
            "Makes a fact unknown again.",
        ),
    ),
    Phrase(
        Say.NONE,
        _G,
        "「{term}」はない",
        Words(
            "それが無いという事実を与える（分からないのとは違う）。",
            "States that there is none, which is not the same as unknown.",
        ),
    ),
    Phrase(
        Say.FACTS,
        _G,
        "次の事実がある:",
        Words(
            "事実を「用語・値」の表で与える。値には 不明 と なし も書ける。",
            "States facts in a table 用語 | 値; 不明 and なし may stand for a value.",
        ),
        table=Tabled.YES,
    ),
    Phrase(
        Say.RECORDS,
        _G,
        "「{term}」が次のとおりである:",
        Words(
            "一覧を表で与える。見出しが項目、各行が一件。すべて不明の行は「ほかにもあるかもしれない」。",
            "States a list: field names as headings, a record to a row; a row of 不明 says that there may be more.",
        ),
        table=Tabled.YES,
    ),
    Phrase(
        Say.SIDE,
        _G,
        "解釈「{reading}」は「{side}」を採る",
        Words(
            "このシナリオの間だけ、解釈を決める。",
            "Decides a reading for this scenario.",
        ),
    ),
    Phrase(
        Say.PRESUME,
        _G,
        "特記のない事実は推定する",
        Words(
            "用語の「特記なければ」の値を使う。",
            "Uses the values that terms declare as presumed.",
        ),
    ),
    Phrase(
        Say.ASK,
        _W,
        "「{judgement}」の{question}を{day}について判断する",
        Words(
            "その日について、可否・適否・要否を尋ねる。",
            "Asks 可否 (may it), 適否 (was it in order) or 要否 (is it due) for that day.",
        ),
    ),
    Phrase(
        Say.ASK_FORCE,
        _W,
        "「{directive}」の効力を{day}について判断する",
        Words(
            "その日の通達の効力を尋ねる。",
            "Asks whether the directive is in force that day.",
        ),
    ),
    Phrase(
        Say.VERDICT,
        _T,
        "{verdict}",
        Words(
            "答えがそのとおりである。",
            "The answer is this.",
        ),
    ),
    Phrase(
        Say.GROUND,
        _T,
        "根拠に「{provision}」がある",
        Words(
            "その条項（またはその下）の規範か例外が、答えを支えている。一つの規範は、id か要約の語でも指せる。",
            "A norm or exception of that provision, or beneath it, bears the answer; a norm may also be named by its "
            "id or by words of its summary.",
        ),
    ),
    Phrase(
        Say.NO_GROUND,
        _T,
        "根拠に「{provision}」がない",
        Words(
            "その条項の規範も例外も（または、その規範が）、答えを支えていない。",
            "Nothing of that provision (or not that norm) bears the answer.",
        ),
    ),
    Phrase(
        Say.ASKED,
        _T,
        "「{term}」を尋ねられる",
        Words(
            "その事実を知れば答えが変わりうるので、尋ねられる。",
            "That fact could still change the answer and is asked for.",
        ),
    ),
    Phrase(
        Say.NOTHING_ASKED,
        _T,
        "何も尋ねられない",
        Words(
            "答えを変えうる不明な事実がない。",
            "No unknown fact could change the answer.",
        ),
    ),
    Phrase(
        Say.DUTY,
        _T,
        "「{duty}」の義務が生じる",
        Words(
            "その規範（id、要約、要約の語、条項のどれか）の義務が生じる。",
            "The duty of that norm (its id, its summary or words of it, or its provision) arises.",
        ),
    ),
    Phrase(
        Say.NOT_THIS_DUTY,
        _T,
        "「{duty}」の義務は生じない",
        Words(
            "その規範の義務は生じない。",
            "The duty of that norm does not arise.",
        ),
    ),
    Phrase(
        Say.EFFORT,
        _T,
        "「{duty}」の努力義務が生じる",
        Words(
            "その規範の努力義務（努力、配慮）が生じる。",
            "The duty of effort of that norm arises.",
        ),
    ),
    Phrase(
        Say.NOT_THIS_EFFORT,
        _T,
        "「{duty}」の努力義務は生じない",
        Words(
            "その規範の努力義務は生じない。",
            "The duty of effort of that norm does not arise.",
        ),
    ),
    Phrase(
        Say.NO_DUTY,
        _T,
        "義務は生じない",
        Words(
            "どの義務も生じず、生じうる義務もない。",
            "No duty arises or may arise.",
        ),
    ),
    Phrase(
        Say.WAY,
        _T,
        "{changes}にすれば許可される",
        Words(
            "ちょうどその変更で許可される道が示される（複数は「と」でつなぐ）。",
            "The lawful path offers exactly these changes (several are joined by と).",
        ),
    ),
    Phrase(
        Say.ON_SIDE,
        _T,
        "解釈「{reading}」が「{side}」なら{verdict}",
        Words(
            "その側を採れば、答えがそうなる。",
            "On that side of the reading, the answer is this.",
        ),
    ),
    Phrase(
        Say.EXCEPTION,
        _T,
        "ただし書「{provision}」が適用される",
        Words(
            "その例外が規範を外す。",
            "That exception lifts its norm.",
        ),
    ),
    Phrase(
        Say.NO_EXCEPTION,
        _T,
        "ただし書「{provision}」は適用されない",
        Words(
            "その例外は規範を外さない。",
            "That exception does not lift its norm.",
        ),
    ),
    Phrase(
        Say.STANDING,
        _T,
        "規範「{norm}」は{standing}である",
        Words(
            "その規範（id、要約、要約の語、条項のどれか）の立ち方がそうである。",
            "That norm (its id, its summary or words of it, or its provision) stands so.",
        ),
    ),
    Phrase(
        Say.UNIT,
        _T,
        "{number}件目は{verdict}",
        Words(
            "一件ごとの判断で、その件の答えがそのとおりである（一覧の上から1件目、2件目と数える）。",
            "Where records are judged one by one, the answer for that record, counted from 1, is this.",
        ),
    ),
    Phrase(
        Say.UNIT_STANDING,
        _T,
        "{number}件目の規範「{norm}」は{standing}である",
        Words(
            "一件ごとの判断で、その件について規範の立ち方がそうである。",
            "Where records are judged one by one, that norm stands so for that record.",
        ),
    ),
)
"""Every sentence, once. Where two could match, the first does."""

_INNER = r"(?:[^「」]|「(?:[^「」]|「[^「」]*」)*」)*"
_CHANGE = f"「{_INNER}」を「{_INNER}」"
_BLANKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "day": r"(?P<day>[^「」について]+)",
        "question": f"(?P<question>{'|'.join(ASKABLE)})",
        "verdict": f"(?P<verdict>{'|'.join(v.ja for v in VERDICT_PHRASES)})",
        "number": r"(?P<number>[0-9０-９]{1,6})",
        "standing": f"(?P<standing>{'|'.join(STANDING_NAMES)})",
        "changes": f"(?P<changes>{_CHANGE}(?:と{_CHANGE})*)",
        **CASE_BLANKS,
    }
)
_MARKS = re.compile(r"\{(\w+)\}|([\[\]])")
_ONE_CHANGE = re.compile(f"「({_INNER})」を「({_INNER})」")


def understand(text: str, mood: Mood) -> Said | None:
    """What a step says, or nothing when no sentence of its kind matches."""
    heard = normal(text)
    for phrase, pattern in _patterns(mood):
        found = pattern.fullmatch(heard)
        if found is not None:
            return Said(phrase, {name: said for name, said in found.groupdict().items() if said is not None})
    return None


def normal(text: str) -> str:
    """A step's text without what typing habits change: composition, outer space, a full-width colon at the end."""
    heard = unicodedata.normalize("NFC", text).strip()
    return f"{heard[:-1]}:" if heard.endswith("：") else heard


def quotable(text: str) -> bool:
    """Whether a step can have the text between 「 and 」 and be understood to have said it."""
    return bool(text) and text == normal(text) and text.isprintable() and re.fullmatch(_INNER, text) is not None


def changes_in(text: str) -> tuple[tuple[str, str], ...]:
    """The pairs of a list of changes: a term, and the value it is made."""
    return tuple((found[1], found[2]) for found in _ONE_CHANGE.finditer(text))


def verdict_phrase(ja: str) -> VerdictPhrase:
    """The expected answer that ``ja`` says."""
    return next(one for one in VERDICT_PHRASES if one.ja == ja)


def verdicts_of(question: Question) -> frozenset[Verdict]:
    """Every answer that a question can have."""
    if question is Question.FORCE:
        return frozenset(
            {Verdict.IN_FORCE, Verdict.IN_FORCE_NO_END, Verdict.NOT_YET, Verdict.LAPSED, Verdict.SUPERSEDED}
        )
    return frozenset(LEVELS[question]) | {Verdict.OUT_OF_SCOPE, Verdict.NOT_ENOUGH, Verdict.BY_READING}


@cache
def _patterns(mood: Mood) -> tuple[tuple[Phrase, re.Pattern[str]], ...]:
    return tuple((phrase, _pattern(phrase)) for phrase in (*PHRASES, *CASE_PHRASES) if phrase.mood is mood)


def _pattern(phrase: Phrase) -> re.Pattern[str]:
    written, at = "", 0
    for mark in _MARKS.finditer(phrase.sentence):
        written += re.escape(phrase.sentence[at : mark.start()]) + _written(mark[1], mark[2])
        at = mark.end()
    written += re.escape(phrase.sentence[at:])
    return re.compile(written + ("?" if phrase.sentence.endswith(":") else ""))  # the colon before a table


def _written(blank: str | None, bracket: str | None) -> str:
    if blank is not None:
        return _BLANKS.get(blank, f"(?P<{blank}>{_INNER})")
    return "(?:" if bracket == "[" else ")?"
