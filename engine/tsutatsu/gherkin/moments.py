"""Moments as steps about cases say them."""

import re
import unicodedata
from datetime import time
from typing import Final

from tsutatsu.calendar import STATUS_WORDS, read_wareki
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.gherkin.case_acts import DaysOn, NthDay, When
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.ir import Day, Moment, Words
from tsutatsu.source import Source

_HOUR: Final = re.compile(r"(?P<day>.*?)の?\s*(?P<h>\d{1,2})(?:時(?:(?P<m>\d{1,2})分|(?P<half>半))?|:(?P<mm>\d{2}))")
_NTH: Final = re.compile(r"(?:「(?P<term>[^「」]*)」から)?(?P<number>\d{1,5})日目")
_LATER: Final = re.compile(r"(\d{1,5})日後")
_DAYS: Final = {"": 0, "同日": 0, "翌日": 1, "翌々日": 2}


def read_when(text: str, lexicon: Lexicon, where: Source, *, hour: bool = False) -> When:
    """The moment that ``text`` says; refused where it cannot be read, or lacks the time of day that is needed."""
    said = unicodedata.normalize("NFKC", text).strip()
    timed = _HOUR.fullmatch(said)
    at = None if timed is None else _time(timed, text, where)
    if timed is not None:
        said = timed["day"].strip()
    elif hour:
        raise _unreadable(text, Words("何時かが言われていない。", "It does not say at what time."), where)
    if said in _DAYS and timed is not None:
        return When(DaysOn(_DAYS[said]), at)
    if found := _LATER.fullmatch(said):
        return When(DaysOn(int(found[1])), at)
    if said in _DAYS and said:
        return When(DaysOn(_DAYS[said]), at)
    if found := _NTH.fullmatch(said):
        return When(_nth(found, lexicon, where), at)
    read = read_wareki(said)
    if read.date is None or not read.usable:
        raise _unreadable(text, STATUS_WORDS[read.status], where)
    return When(read.date, at)


def _nth(found: "re.Match[str]", lexicon: Lexicon, where: Source) -> NthDay:
    number = int(found["number"])
    if number < 1:
        raise _unreadable(found[0], Words("一日目から数える。", "Days are counted from the first."), where)
    if found["term"] is None:
        return NthDay(number)
    term = lexicon.term(found["term"], where)
    if not isinstance(term.type, (Day, Moment)):
        why = Words(f"「{term.words.ja}」は日でない。", f"“{term.words.say('en')}” is no day.")
        raise _unreadable(found[0], why, where)
    return NthDay(number, term.id)


def _time(found: "re.Match[str]", text: str, where: Source) -> time:
    minute = found["m"] or found["mm"] or ("30" if found["half"] else "0")
    try:
        return time(int(found["h"]), int(minute))
    except ValueError:
        raise _unreadable(text, Words("そのような時刻はない。", "There is no such time of day."), where) from None


def _unreadable(text: str, why: Words, where: Source) -> Refused:
    return Refused([finding("TS466", where, (), moment=text, why=why.ja, why_en=why.say("en"))])
