"""The sentences about cases: who there is, what happens when and by whom, and what has become of it.

Besides the blanks of all sentences: ``{moment}`` a date with or without a time of day, 同日・翌日 with one, or 91日目;
``{who}`` a person's name, ``{people}`` several; ``{why}``, ``{kind}``, ``{owed}`` and ``{chance}`` one of their words.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final

from tsutatsu.cases.chances import Chance
from tsutatsu.cases.deciding import Why
from tsutatsu.gherkin.saying import CaseSay, Mood, Phrase, Tabled
from tsutatsu.ir import Strength, Words


class Owed(Enum):
    """How a duty of a case stands, as scenarios tell it apart."""

    OPEN = "open"
    MET = "met"
    BREACHED = "breached"
    LATE = "late"
    """Breached, and performed all the same afterwards."""
    WAIVED = "waived"
    NONE = "none"
    """It was never raised, or no longer is."""


WHY_WORDS: Final[Mapping[str, Why]] = MappingProxyType(
    {
        "今の状態": Why.STATE,
        "起こす者": Why.HAND,
        "職": Why.POST,
        "事実の食い違い": Why.FACTS,
        "言うべき事実": Why.MISSING,
        "別件の状態": Why.LINKED,
        "手続の要件": Why.GUARD,
        "判断": Why.JUDGEMENT,
        "残る義務": Why.DUTIES,
    }
)
"""What stands in the way of an event, by its words."""

KIND_WORDS: Final[Mapping[str, Strength]] = MappingProxyType({"義務": Strength.HARD, "努力義務": Strength.SOFT})

OWED_WORDS: Final[Mapping[str, Owed]] = MappingProxyType(
    {
        "が残る": Owed.OPEN,
        "が果たされている": Owed.MET,
        "に反している": Owed.BREACHED,
        "に反し、後から果たされている": Owed.LATE,
        "が免除されている": Owed.WAIVED,
        "はない": Owed.NONE,
    }
)
"""How a duty stands, by its words."""

CHANCE_WORDS: Final[Mapping[str, Chance]] = MappingProxyType(
    {
        "ことができる": Chance.MAY,
        "ことができない": Chance.MAY_NOT,
        "ことができるかは、言うことによる": Chance.DEPENDS,
    }
)
"""Whether an event may happen, by its words."""


class Being(Enum):
    """How a case is in its state."""

    REACHED = "reached"
    """It has come into it since."""
    KEPT = "kept"
    """It has not left it since."""
    IS = "is"


STATE_WORDS: Final[Mapping[str, Being]] = MappingProxyType(
    {"になる": Being.REACHED, "のままである": Being.KEPT, "になっている": Being.IS}
)
"""How a case is in its state, by its words."""

_INNER_NAME: Final = r"[^「」、\s]{1,40}?"


def closed(words: Mapping[str, object]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(sorted(words, key=len, reverse=True))


CASE_BLANKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "moment": r"(?P<moment>(?:「[^「」]*」から)?[^「」、がは]{1,40})",
        "who": f"(?P<who>{_INNER_NAME})",
        "people": f"(?P<people>{_INNER_NAME}(?:、{_INNER_NAME})*)",
        "why": f"(?P<why>{closed(WHY_WORDS)})",
        "kind": f"(?P<kind>{closed(KIND_WORDS)})",
        "owed": f"(?P<owed>{closed(OWED_WORDS)})",
        "chance": f"(?P<chance>{closed(CHANCE_WORDS)})",
        "becomes": f"(?P<becomes>{closed(STATE_WORDS)})",
    }
)

_G, _W, _T = Mood.GIVEN, Mood.WHEN, Mood.THEN
_BY: Final = "[{moment}に、]{who}が[「{post}」として]"


def _deed(say: CaseSay, sentence: str, words: Words, table: Tabled = Tabled.NO, given: str = "") -> Iterator[Phrase]:
    """A sentence of what happens: as 前提 it must come about, as もし what came of it is then told."""
    yield Phrase(say, _G, given or sentence, words, table)
    yield Phrase(say, _W, sentence, words, table)


CASE_PHRASES: Final[tuple[Phrase, ...]] = (
    Phrase(
        CaseSay.PEOPLE,
        _G,
        "次の者がいる:",
        Words(
            "人と、その職、所属、期間（者・職・所属・から・まで）。職を兼ねる者は行を分ける。職のない者は空欄にする。",
            "People with their posts, units and terms of office; a row for each post, an empty cell for none.",
        ),
        Tabled.YES,
    ),
    Phrase(
        CaseSay.PREPARE,
        _G,
        "[手続「{workflow}」の]「{event}」では次のことを言う:",
        Words(
            "その事象で言う事実を「用語・値」の表で用意する。事象の表で言えば、そちらによる。",
            "What is said with that event unless its own table says otherwise (用語 | 値).",
        ),
        Tabled.YES,
    ),
    *_deed(
        CaseSay.OPEN,
        _BY + "手続「{workflow}」を[「{label}」として]始める",
        Words(
            "一件を始める。二件目からは「…」として名を付ける。",
            "Opens a case; where there are several, each is given a name.",
        ),
        given=_BY + "手続「{workflow}」を[「{label}」として]始めている",
    ),
    *_deed(
        CaseSay.EVENT,
        _BY + "「{event}」:",
        Words(
            "事象を起こす。言うことがあれば「用語・値」の表を付ける（不明は、言わないこと）。前提なら受け付けられなければ"
            "ならない。",
            "Triggers an event, with a table 用語 | 値 of what is said (不明: not said). As 前提 it must be accepted.",
        ),
        Tabled.MAY,
    ),
    *_deed(
        CaseSay.LINK,
        _BY + "「{case}」と結び付ける",
        Words(
            "取り上げている一件を、別の一件と結び付ける。",
            "Links the case with another one.",
        ),
    ),
    *_deed(
        CaseSay.AWAIT,
        "{moment}になる",
        Words(
            "その時まで時が進み、それまでに来るべきことがすべて起こる。日だけなら、その日の始まりである。「ファイル作成日」"
            "から91日目、とも書ける（ただの91日目は、始めた日を一日目として数える）。",
            "Time passes until then, and all that is due by then happens. A day alone is its beginning; 91日目 counts "
            "the day of opening (or the day a term holds) as the first.",
        ),
    ),
    *(
        Phrase(
            CaseSay.TAKE_UP,
            mood,
            "「{case}」を取り上げる",
            Words("ここからは、その名の一件について言う。", "From here on, steps are about the case of that name."),
        )
        for mood in Mood
    ),
    *_deed(
        CaseSay.WITHDRAW,
        _BY + "理由「{reason}」で「{event}」を取り消す",
        Words(
            "直前の事象を、した者が取り消す。",
            "Takes the last event back.",
        ),
    ),
    *_deed(
        CaseSay.CORRECT,
        _BY + "理由「{reason}」で事実を訂正する:",
        Words(
            "事実を「用語・値」の表のとおりに直す。",
            "Puts facts right (用語 | 値).",
        ),
        Tabled.YES,
    ),
    *_deed(
        CaseSay.WAIVE,
        _BY + "理由「{reason}」で「{duty}」の義務を免除する",
        Words(
            "残る義務を免除する。",
            "Waives a duty.",
        ),
    ),
    *_deed(
        CaseSay.ERASE,
        _BY + "理由「{reason}」で個人情報を消去する",
        Words(
            "終わった一件の個人情報を消す。",
            "Erases the personal data of a case that has ended.",
        ),
    ),
    Phrase(CaseSay.ACCEPTED, _T, "受け付けられる", Words("したことが受け付けられる。", "What was done is accepted.")),
    Phrase(
        CaseSay.REFUSED,
        _T,
        "受け付けられない",
        Words(
            "したことが受け付けられず、何も残らない。続けて、断る答えについての文（根拠に…がある、など）が使える。",
            "What was done is refused and leaves nothing. Sentences about the answer that refuses it may follow.",
        ),
    ),
    Phrase(
        CaseSay.REFUSED_BY,
        _T,
        "受け付けられないのは、{why}による",
        Words("受け付けられず、その理由がこれである。", "It is refused, and this is what stands in the way."),
    ),
    Phrase(
        CaseSay.REFUSED_BY_NORM,
        _T,
        "受け付けられないのは、規範「{norm}」による",
        Words("受け付けない判断を、その規範が支えている。", "That norm bears the judgement that refuses it."),
    ),
    Phrase(
        CaseSay.REFUSED_BY_JUDGEMENT,
        _T,
        "受け付けられないのは、判断「{judgement}」による",
        Words("その判断が許可しない。", "That judgement does not permit it."),
    ),
    Phrase(
        CaseSay.REFUSED_BY_READING,
        _T,
        "受け付けられないのは、解釈「{reading}」が決まっていないことによる",
        Words("その解釈が決まらないので、許可されない。", "It turns on that reading, which is not decided."),
    ),
    Phrase(
        CaseSay.UNSAID,
        _T,
        "受け付けられないのは、「{term}」が言われていないことによる",
        Words("言うべきその事実が、言われていない。", "That fact had to be said and was not."),
    ),
    Phrase(
        CaseSay.NOT_KNOWN,
        _T,
        "受け付けられないのは、「{term}」が分からないことによる",
        Words("その事実が分からないので、許可されない。", "It is not permitted while that fact is not known."),
    ),
    Phrase(
        CaseSay.STATE,
        _T,
        "[「{case}」は]「{state}」{becomes}",
        Words(
            "前の「ならば」の後に、その状態になった（のままである: 変わらない、になっている: 今その状態にある）。",
            "It came into that state since the last ならば (のままである: did not leave it; になっている: is in it).",
        ),
    ),
    Phrase(
        CaseSay.OWED,
        _T,
        "「{duty}」の{kind}{owed}",
        Words(
            "その規範（id、要約、要約の語、条項のどれか）の義務がそうである。",
            "The duty of that norm (its id, its summary or words of it, or its provision) stands so.",
        ),
    ),
    Phrase(
        CaseSay.DUE,
        _T,
        "その期限は{moment}である",
        Words("すぐ前に挙げた義務の期限。", "When the duty just named is due."),
    ),
    Phrase(
        CaseSay.NO_DUE,
        _T,
        "その期限に定めはない",
        Words("すぐ前に挙げた義務に、数えられる期限がない。", "The duty just named has no time limit to count."),
    ),
    Phrase(
        CaseSay.NOTHING_OWED, _T, "残る義務はない", Words("果たすべき義務が一つも残っていない。", "No duty is open.")
    ),
    Phrase(
        CaseSay.MAY,
        _T,
        "[{moment}に、]{who}は[「{post}」として]「{event}」{chance}",
        Words(
            "その者が、その事象を起こせる（起こせない、言う事実による）。",
            "That person may trigger the event, may not, or it depends on what is said.",
        ),
    ),
    Phrase(
        CaseSay.ONLY,
        _T,
        "[{moment}に、]「{event}」ことができるのは、{people}だけである",
        Words(
            "いる者のうち、その事象を起こせる（又は言う事実による）のは、この者たちだけである。「、」で並べる。",
            "Of the people there are, these alone may trigger the event (or may, depending on what is said).",
        ),
    ),
    Phrase(
        CaseSay.NOBODY,
        _T,
        "[{moment}に、]「{event}」ことは、誰にもできない",
        Words("いる者の誰も、その事象を起こせない。", "None of the people there are may trigger the event."),
    ),
    Phrase(
        CaseSay.DOCUMENT, _T, "「{document}」が作られる", Words("その文書が作られる。", "That document is produced.")
    ),
    Phrase(CaseSay.NO_DOCUMENT, _T, "文書は作られない", Words("何の文書も作られない。", "No document is produced.")),
    Phrase(
        CaseSay.HAS_FACT, _T, "「{term}」が「{value}」である", Words("一件の事実がそうである。", "A fact of the case.")
    ),
    Phrase(
        CaseSay.HAS_NONE,
        _T,
        "「{term}」はない",
        Words("それが無いことが、一件の事実である。", "That there is none is a fact of the case."),
    ),
    Phrase(
        CaseSay.HAS_NOT,
        _T,
        "「{term}」は分からない",
        Words("それについて、一件は何も言っていない。", "The case says nothing of it."),
    ),
    Phrase(
        CaseSay.CAME,
        _T,
        "[{moment}に、]ひとりでに「{event}」が起こる",
        Words("時計か機械が、その事象を起こした。", "The clock or the machine did it."),
    ),
    Phrase(
        CaseSay.NOT_CAME,
        _T,
        "ひとりでに「{event}」は起こらない",
        Words("時計も機械も、その事象をまだ起こしていない。", "Neither the clock nor the machine has done it."),
    ),
    Phrase(
        CaseSay.HELD_BACK,
        _T,
        "「{event}」は起こせず、待っている",
        Words("時は来たが通らず、何かが変わるのを待っている。", "It came due, could not go through, and waits."),
    ),
)
"""Every sentence about cases, once for each kind of step."""
