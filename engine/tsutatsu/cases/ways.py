"""What may become of a case that is to go over to another law: it goes, or it stays and why."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from tsutatsu.cases.case import Case, Entry
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.people import Doer
from tsutatsu.ir import Term, Transition, Words
from tsutatsu.ir.workflows import Workflow
from tsutatsu.passes.carry_over import Passage


class Why(Enum):
    """Why a case stays where it is."""

    ERASED = "erased"  # 個人情報が消去されている
    ENDED = "ended"  # 終わっている
    LATER = "later"  # その時刻より後に動いている
    THERE = "there"  # 既にそこにある
    NO_LAW = "no_law"  # その通達か版が手元にない
    EARLIER = "earlier"  # 前の版には戻らない
    NOT_YET = "not_yet"  # まだ効力がない
    CORRECTED = "corrected"  # 符号化だけが改まった
    NO_CLAUSE = "no_clause"  # 経過措置がない
    CONDITION = "condition"  # 経過措置の場合に当たらない
    UNKNOWN = "unknown"  # 経過措置の場合に当たるか分からない
    NAMES = "names"  # 経過措置の名が合わない
    STATE = "state"  # 移る状態がない
    FACTS = "facts"  # 事実が失われる
    READINGS = "readings"  # 決めた解釈が失われる
    DUTIES = "duties"  # 義務が消えるか、改めて判断される
    TIMERS = "timers"  # 期日の事象が消える
    LINKED = "linked"  # 別件がその状態を待っている
    FORCE = "force"  # 組織の定めが失われる


_HINDERED = frozenset({Why.NAMES, Why.STATE, Why.FACTS, Why.READINGS, Why.DUTIES, Why.TIMERS, Why.LINKED, Why.FORCE})


@dataclass(frozen=True, slots=True)
class Stays:
    """That a case stays, and why."""

    case: Case
    why: Why
    said: Words

    @property
    def hindered(self) -> bool:
        """Whether it was to go, and something stands in the way."""
        return self.why in _HINDERED


@dataclass(frozen=True, slots=True)
class Goes:
    """That a case goes over: by which clause (none where only its encoding changes), and how it then stands."""

    entry: Entry
    case: Case
    before: Case
    earlier: Workflow
    """The workflow that it leaves."""
    ground: Ground
    """What it stands on from then."""
    clause: Transition | None
    ended: tuple[Term, ...] = ()
    """The facts that end with it."""


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves cases, when, why, and to which issue; without one to that which is in force."""

    who: Doer
    now: datetime
    reason: str
    to: date | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """Where a case would go, and by which clause."""

    target: Ground
    passage: Passage
    clause: Transition | None
