"""What an answer is made of. Every part is a frozen value that JSON can carry and give back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeAlias

from tsutatsu.ir import Facts, Kind, Standing, Strength, Words
from tsutatsu.semantics import Verdict

Shown: TypeAlias = Any
"""A fact's value as JSON shows it: a scalar, a date as text, or a list of records."""


class Met(Enum):
    """Whether an exception applies."""

    APPLIED = "applied"  # 適用
    NOT_APPLIED = "not_applied"  # 不適用
    OPEN = "open"  # 未定
    NOT_REACHED = "not_reached"  # the norm did not apply, so its exceptions were not asked


@dataclass(frozen=True, slots=True)
class Exempting:
    """An exception that was considered, and whether it applied."""

    provision: str
    words: Words
    met: Met


@dataclass(frozen=True, slots=True)
class Reason:
    """How one norm stands, where it is written, what it rests on, and the exceptions considered."""

    norm: str
    provision: str
    kind: Kind
    strength: Strength
    standing: Standing
    summary: Words
    decisive: bool
    """Whether it is one of the norms that put the verdict where it is."""
    facts: tuple[str, ...]
    """The terms its standing rests on."""
    exceptions: tuple[Exempting, ...]


class DutyState(Enum):
    """Where a duty that arises stands."""

    DONE = "done"  # 充足
    OPEN = "open"  # 未了: it arises, and its time has not run out
    BREACHED = "breached"  # 違反
    ARISES = "arises"  # it arises; how it stands is not known
    MAY_ARISE = "may_arise"  # whether it arises is not known


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that arises: whose, what, by when, and where it is written."""

    norm: str
    provision: str
    bearer: str
    summary: Words
    state: DutyState
    strength: Strength
    by: date | datetime | None
    """The last day, or the instant at which hours run out; nothing where the text or the facts give none."""
    time: Words
    """Its time in words: the measure, the word that has none (速やか), or that no time is given."""


@dataclass(frozen=True, slots=True)
class OptionShown:
    """One value that a choice may take."""

    id: str
    words: Words


@dataclass(frozen=True, slots=True)
class Bearing:
    """A norm that a fact bears on."""

    norm: str
    provision: str


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A fact still to be asked for: answers to it can change the verdict."""

    term: str
    place: str
    """Where the answer goes in the facts: a term, or a record's field like ``映像ファイル[2].作成日``."""
    words: Words
    question: Words
    kind: str
    choices: tuple[OptionShown, ...]
    answered_by: str
    because: tuple[Bearing, ...]
    settling: int
    """Of a hundred kinds of answer, how many would settle the verdict at once."""
    guides: tuple[Words, ...]
    """How a force measures it, where one does: other facts may then settle it."""


class Reach(Enum):
    """Who can still make a change, and when."""

    NOW = "now"  # doable now
    BEFOREHAND = "beforehand"  # could only have been done before the act
    OTHERS = "others"  # not in this actor's power


@dataclass(frozen=True, slots=True)
class Change:
    """One fact made otherwise."""

    term: str
    place: str
    value: Shown
    words: Words
    reach: Reach
    changed_by: str


@dataclass(frozen=True, slots=True)
class Way:
    """A smallest set of changes that makes it lawful on every open reading; it reaches as far as its hardest change."""

    unit: int
    """The record it is for, counted from 1; 0 where records are not judged one by one."""
    changes: tuple[Change, ...]
    reach: Reach


@dataclass(frozen=True, slots=True)
class Path:
    """The lawful path: the ways found, and whether anything was left unsearched."""

    ways: tuple[Way, ...]
    exhaustive: bool
    """Whether every set of up to three changes was tried; then no way at all means that none helps."""
    words: Words


@dataclass(frozen=True, slots=True)
class Taken:
    """A side of a reading."""

    reading: str
    side: str
    words: Words


@dataclass(frozen=True, slots=True)
class SideVerdict:
    """The verdicts still possible when the open readings are taken so."""

    sides: tuple[Taken, ...]
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class OpenReading:
    """An open passage on which the answer may turn."""

    reading: str
    provision: str
    issue: Words
    sides: tuple[OptionShown, ...]


class CaveatKind(Enum):
    """What the reader of an answer must know besides."""

    END_NOT_PRINTED = "end_not_printed"
    OUT_OF_FORCE = "out_of_force"
    EFFECT_OVER = "effect_over"
    DAY_FILLED = "day_filled"
    NOT_EXHAUSTIVE = "not_exhaustive"
    PRESUMED = "presumed"
    NO_UNIT = "no_unit"
    MORE_UNITS = "more_units"
    READING_TAKEN = "reading_taken"
    READING_OPEN = "reading_open"
    AMENDED = "amended"
    ENGINE_REPLACED = "engine_replaced"
    LOCAL = "local"
    MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Caveat:
    """One thing that the reader of an answer must know besides."""

    kind: CaveatKind
    words: Words


@dataclass(frozen=True, slots=True)
class Presumption:
    """A value taken because nothing was said and the caller asked for presumptions."""

    term: str
    place: str
    words: Words
    value: Shown


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact as the answer rests on it."""

    term: str
    words: Words
    value: Shown


@dataclass(frozen=True, slots=True)
class Told:
    """A term or a place in the facts of which nothing is known."""

    term: str
    place: str
    words: Words


@dataclass(frozen=True, slots=True)
class UnitAnswer:
    """One record of the judgement's unit (counted from 1; 0 where the facts themselves are the one unit)."""

    number: int
    verdict: Verdict
    reasons: tuple[Reason, ...]
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What one unit's norms saw (the act applied, the day judged among the facts), and how each of them stands."""

    number: int
    facts: Facts
    sides: Mapping[str, str]
    verdict: Verdict
    standings: tuple[int, ...]
    """In the judgement's order."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """A force's own provisions that were laid over the circular: whose, by whom, when and on what ground."""

    force: str
    words: Words
    example: bool
    """An example that no force has laid down."""
    decided_by: str
    decided_on: date
    ground: Words


@dataclass(frozen=True, slots=True)
class Version:
    """Which law answered: the circular, its issue, its encoding, and the digest of both."""

    directive: str
    title: Words
    issued: date | None
    revision: int
    encoded: date
    digest: str
    local: Overlay | None
    """The force's own provisions that were laid over it; part of the digest."""


def say(verdict: Verdict) -> Words:
    """The word for a verdict."""
    from tsutatsu.judging.labels import VERDICT_WORDS

    return VERDICT_WORDS[verdict]
