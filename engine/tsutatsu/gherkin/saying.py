"""What sentences are made of: the kinds of step, what each sentence says, and a step as understood."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import Final

from tsutatsu.ir import Words


class Mood(Enum):
    """The kind of step a sentence belongs to; かつ and しかし continue the one before."""

    GIVEN = "given"
    WHEN = "when"
    THEN = "then"


MOOD_WORDS: Final[Mapping[Mood, str]] = MappingProxyType({Mood.GIVEN: "前提", Mood.WHEN: "もし", Mood.THEN: "ならば"})


class Say(Enum):
    """What a sentence about judging says."""

    DIRECTIVE = "directive"
    LOCAL = "local"
    FACT = "fact"
    UNKNOWN = "unknown"
    NONE = "none"
    FACTS = "facts"
    RECORDS = "records"
    SIDE = "side"
    PRESUME = "presume"
    ASK = "ask"
    ASK_FORCE = "ask_force"
    VERDICT = "verdict"
    GROUND = "ground"
    NO_GROUND = "no_ground"
    ASKED = "asked"
    NOTHING_ASKED = "nothing_asked"
    DUTY = "duty"
    NOT_THIS_DUTY = "not_this_duty"
    EFFORT = "effort"
    NOT_THIS_EFFORT = "not_this_effort"
    NO_DUTY = "no_duty"
    WAY = "way"
    ON_SIDE = "on_side"
    EXCEPTION = "exception"
    NO_EXCEPTION = "no_exception"
    STANDING = "standing"
    UNIT = "unit"
    UNIT_STANDING = "unit_standing"


class CaseSay(Enum):
    """What a sentence about a case says."""

    PEOPLE = "people"
    PREPARE = "prepare"
    OPEN = "open"
    EVENT = "event"
    LINK = "link"
    AWAIT = "await"
    TAKE_UP = "take_up"
    WITHDRAW = "withdraw"
    CORRECT = "correct"
    WAIVE = "waive"
    ERASE = "erase"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    REFUSED_BY = "refused_by"
    REFUSED_BY_NORM = "refused_by_norm"
    REFUSED_BY_JUDGEMENT = "refused_by_judgement"
    REFUSED_BY_READING = "refused_by_reading"
    UNSAID = "unsaid"
    NOT_KNOWN = "not_known"
    STATE = "state"
    OWED = "owed"
    DUE = "due"
    NO_DUE = "no_due"
    NOTHING_OWED = "nothing_owed"
    MAY = "may"
    DOCUMENT = "document"
    ONLY = "only"
    NOBODY = "nobody"
    NO_DOCUMENT = "no_document"
    HAS_FACT = "has_fact"
    HAS_NONE = "has_none"
    HAS_NOT = "has_not"
    CAME = "came"
    NOT_CAME = "not_came"
    HELD_BACK = "held_back"


class Tabled(Enum):
    """Whether a table goes with a sentence."""

    NO = "no"
    YES = "yes"
    MAY = "may"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One sentence: when it may be said, with which blanks, and whether a table goes with it.

    What stands in [ ] may be left out.
    """

    say: Say | CaseSay
    mood: Mood
    sentence: str
    words: Words
    table: Tabled = Tabled.NO


@dataclass(frozen=True, slots=True)
class Said:
    """A step as understood so far: its sentence, and what stood in the blanks (nothing in those left out)."""

    phrase: Phrase
    blanks: Mapping[str, str]
