"""What a step about a case does, once its words are known to be the workflow's own."""

from dataclasses import dataclass
from datetime import date, time
from typing import TypeAlias

from tsutatsu.cases.chances import Chance
from tsutatsu.cases.deciding import Why
from tsutatsu.cases.people import Actor
from tsutatsu.gherkin.case_phrases import Being, Owed
from tsutatsu.ir import Strength, Value

# ── when ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class DaysOn:
    """So many days after the day of the step before (none: that day itself)."""

    days: int


@dataclass(frozen=True, slots=True)
class NthDay:
    """The n-th day, the first being that of the case's opening, or the one that a term of the case holds."""

    number: int
    term: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A moment as a step says it; a day alone where it has no time."""

    day: date | DaysOn | NthDay
    at: time | None = None


# ── what happens ─────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class SaidOf:
    """A term of a case with what is said of it."""

    term: str
    value: Value


@dataclass(frozen=True, slots=True)
class Opening:
    """A case is opened, of this workflow and by this name."""

    workflow: str
    label: str


@dataclass(frozen=True, slots=True)
class Trigger:
    """An event is triggered, with what is said."""

    event: str
    said: tuple[SaidOf, ...]


@dataclass(frozen=True, slots=True)
class Linking:
    """The case is linked with another one."""

    other: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """An event is taken back."""

    event: str
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """Facts are put right."""

    said: tuple[SaidOf, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Waiving:
    """A duty is waived."""

    norm: str
    reason: str


@dataclass(frozen=True, slots=True)
class Erasing:
    """Personal data are erased."""

    reason: str


What: TypeAlias = Opening | Trigger | Linking | Withdrawal | Correction | Waiving | Erasing


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody does something, then (at the moment of the step before, where none is said)."""

    what: What
    who: str
    post: str | None
    when: When | None
    given: bool
    """Said as 前提: it must be accepted."""


# ── what is said besides ─────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Enrol:
    """There are these people."""

    people: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class Prepare:
    """This is said with an event unless it is said otherwise."""

    workflow: str
    event: str
    said: tuple[SaidOf, ...]


@dataclass(frozen=True, slots=True)
class TakeUp:
    """From here on, it is about this case."""

    label: str


@dataclass(frozen=True, slots=True)
class Await:
    """Time passes until then."""

    when: When
    given: bool


# ── what is expected ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class ExpectAccepted:
    """What was done is accepted."""


@dataclass(frozen=True, slots=True)
class ExpectRefused:
    """What was done is refused, for this reason where one is given."""

    why: Why | None = None


@dataclass(frozen=True, slots=True)
class ExpectRefusedByNorm:
    """It is refused by a judgement that this norm bears."""

    norm: str


@dataclass(frozen=True, slots=True)
class ExpectRefusedByJudgement:
    """It is refused by this judgement."""

    judgement: str


@dataclass(frozen=True, slots=True)
class ExpectRefusedByReading:
    """It is refused since this reading is not decided."""

    reading: str


@dataclass(frozen=True, slots=True)
class ExpectUnsaid:
    """It is refused since this had to be said and was not."""

    term: str


@dataclass(frozen=True, slots=True)
class ExpectNotKnown:
    """It is refused while this is not known."""

    term: str


@dataclass(frozen=True, slots=True)
class ExpectState:
    """A case is in this state: came into it with what was done last, did not leave it, or is in it all the same."""

    case: str | None
    state: str
    being: Being


@dataclass(frozen=True, slots=True)
class ExpectOwed:
    """A duty stands so."""

    norms: tuple[str, ...]
    strength: Strength
    owed: Owed


@dataclass(frozen=True, slots=True)
class ExpectDue:
    """A duty is due then, or has no time limit that can be counted."""

    norm: str
    when: When | None


@dataclass(frozen=True, slots=True)
class ExpectNothingOwed:
    """No duty is open."""


@dataclass(frozen=True, slots=True)
class ExpectChance:
    """Somebody may do something now (or then), may not, or it depends."""

    who: str
    post: str | None
    event: str
    chance: Chance
    when: When | None


@dataclass(frozen=True, slots=True)
class ExpectOnly:
    """Of all the people whom the scenario knows these may do something now (or then), or may as far as depends on what
    is said; nobody else may."""

    people: tuple[str, ...]
    event: str
    when: When | None


@dataclass(frozen=True, slots=True)
class ExpectDocument:
    """A document was produced; none at all where none is named."""

    name: str | None


@dataclass(frozen=True, slots=True)
class ExpectHasFact:
    """A fact of the case."""

    term: str
    value: Value


@dataclass(frozen=True, slots=True)
class ExpectHasNot:
    """The case says nothing of the term."""

    term: str


@dataclass(frozen=True, slots=True)
class ExpectCame:
    """An event came by itself (then, where a moment is said), did not, or could not and waits."""

    event: str
    came: bool
    when: When | None = None


@dataclass(frozen=True, slots=True)
class ExpectHeldBack:
    """An event came due and could not go through; it waits."""

    event: str


CaseExpectation: TypeAlias = (
    ExpectAccepted
    | ExpectRefused
    | ExpectRefusedByNorm
    | ExpectRefusedByJudgement
    | ExpectRefusedByReading
    | ExpectUnsaid
    | ExpectNotKnown
    | ExpectState
    | ExpectOwed
    | ExpectDue
    | ExpectNothingOwed
    | ExpectChance
    | ExpectOnly
    | ExpectDocument
    | ExpectHasFact
    | ExpectHasNot
    | ExpectCame
    | ExpectHeldBack
)
OfOutcome: TypeAlias = (
    ExpectAccepted
    | ExpectRefused
    | ExpectRefusedByNorm
    | ExpectRefusedByJudgement
    | ExpectRefusedByReading
    | ExpectUnsaid
    | ExpectNotKnown
)
"""What is expected of what was done, rather than of the case."""
CaseAct: TypeAlias = Enrol | Prepare | TakeUp | Await | Deed | CaseExpectation
