"""What a step does, once its words are known to be the directive's own."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from tsutatsu.gherkin.case_acts import CaseAct
from tsutatsu.gherkin.phrases import VerdictPhrase
from tsutatsu.gherkin.saying import Mood
from tsutatsu.ir import Standing, Value
from tsutatsu.semantics import Question


class Unsaid(Enum):
    """The value of a fact that is not known."""

    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: the term, and its value or that it is not known."""

    term: str
    value: Value | Unsaid


@dataclass(frozen=True, slots=True)
class ByDirective:
    """From here on, judge by this directive."""

    directive: str


@dataclass(frozen=True, slots=True)
class ByForce:
    """From here on, judge with the provisions that this force has laid down for itself."""

    force: str


@dataclass(frozen=True, slots=True)
class StateFacts:
    """Take these facts."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class TakeSide:
    """Decide a reading."""

    reading: str
    side: str


@dataclass(frozen=True, slots=True)
class Presume:
    """Take the values that terms declare as presumed."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask a question for a day: of a judgement, or (効力) of a directive as a whole."""

    question: Question
    directive: str
    judgement: str | None
    on: date


@dataclass(frozen=True, slots=True)
class ExpectVerdict:
    """The answer is this."""

    verdict: VerdictPhrase


@dataclass(frozen=True, slots=True)
class ExpectGround:
    """Something of the provision bears the answer, or does not."""

    provision: str
    there: bool


@dataclass(frozen=True, slots=True)
class ExpectGroundNorm:
    """The norm bears the answer, or does not."""

    norm: str
    there: bool


@dataclass(frozen=True, slots=True)
class ExpectAsked:
    """This fact is asked for."""

    term: str


@dataclass(frozen=True, slots=True)
class ExpectNothingAsked:
    """No fact is asked for."""


@dataclass(frozen=True, slots=True)
class ExpectDuty:
    """A duty of one of these norms arises (a duty of effort, where that is said), or none of them does or may."""

    called: str
    norms: tuple[str, ...]
    arises: bool
    effort: bool = False


@dataclass(frozen=True, slots=True)
class ExpectNoDuty:
    """No duty arises or may arise."""


@dataclass(frozen=True, slots=True)
class ExpectWay:
    """The lawful path offers exactly these changes."""

    changes: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ExpectOnSide:
    """With this side taken, the answer is this."""

    reading: str
    side: str
    verdict: VerdictPhrase


@dataclass(frozen=True, slots=True)
class ExpectException:
    """An exception lifts its norm, or does not."""

    provision: str
    applies: bool


@dataclass(frozen=True, slots=True)
class ExpectStanding:
    """A norm stands so; nothing for 未定."""

    norm: str
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class ExpectUnit:
    """The answer for one record is this."""

    number: int
    verdict: VerdictPhrase


@dataclass(frozen=True, slots=True)
class ExpectUnitStanding:
    """For one record a norm stands so; nothing for 未定."""

    number: int
    norm: str
    standing: Standing | None


Expectation: TypeAlias = (
    ExpectVerdict
    | ExpectGround
    | ExpectGroundNorm
    | ExpectAsked
    | ExpectNothingAsked
    | ExpectDuty
    | ExpectNoDuty
    | ExpectWay
    | ExpectOnSide
    | ExpectException
    | ExpectStanding
    | ExpectUnit
    | ExpectUnitStanding
)


@dataclass(frozen=True, slots=True)
class OfCase:
    """What a step about a case does, and whether it was given, done or expected."""

    act: CaseAct
    mood: Mood


Act: TypeAlias = ByDirective | ByForce | StateFacts | TakeSide | Presume | Ask | OfCase | Expectation
