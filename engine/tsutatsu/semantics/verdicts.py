"""What the standings of norms come to, by the question asked.

Every question has levels; a norm's standing puts it on one, and the highest level stands (the worst decides).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from tsutatsu.ir import Kind, Norm, Standing, Strength


class Question(Enum):
    """What is asked of a judgement."""

    MAY = "may"  # 可否
    ORDER = "order"  # 適否
    DUTY = "duty"  # 要否
    FORCE = "force"  # 効力


class Verdict(Enum):
    """What an answer says."""

    PERMITTED = "permitted"  # 許可
    DENIED = "denied"  # 不許可
    IN_ORDER = "in_order"  # 適合
    BREACH = "breach"  # 違反
    UNEXPLAINED = "unexplained"  # 要説明
    OPEN = "open"  # 未了
    NOTHING_APPLIED = "nothing_applied"  # 該当なし
    BOUND = "bound"  # 義務あり
    EFFORT = "effort"  # 努力義務
    NOT_BOUND = "not_bound"  # 義務なし
    OUT_OF_SCOPE = "out_of_scope"  # 対象外
    NOT_ENOUGH = "not_enough"  # 情報不足
    BY_READING = "by_reading"  # 解釈による
    IN_FORCE = "in_force"  # 効力あり
    IN_FORCE_NO_END = "in_force_no_end"  # 効力あり (終期の印字なし)
    NOT_YET = "not_yet"  # 未発効
    LAPSED = "lapsed"  # 失効
    SUPERSEDED = "superseded"  # 廃止


LEVELS: dict[Question, tuple[Verdict, ...]] = {
    Question.MAY: (Verdict.PERMITTED, Verdict.DENIED),
    Question.ORDER: (
        Verdict.NOTHING_APPLIED,
        Verdict.IN_ORDER,
        Verdict.OPEN,
        Verdict.UNEXPLAINED,
        Verdict.BREACH,
    ),
    Question.DUTY: (Verdict.NOT_BOUND, Verdict.EFFORT, Verdict.BOUND),
}
"""Verdicts of each question, mildest first."""

DUTIES = frozenset({Kind.DUTY, Kind.ESTABLISHMENT, Kind.EX_OFFICIO, Kind.EFFORT, Kind.CONSIDERATION})
_IN_ORDER = {Standing.KEPT: 1, Standing.PENDING: 2, Standing.UNEXPLAINED: 3, Standing.BROKEN: 4}
APPLIES = Standing.KEPT | Standing.PENDING | Standing.BROKEN | Standing.UNEXPLAINED


def level(question: Question, norm: Norm, standing: Standing) -> int:
    """The level on which one standing (a single one) puts a norm."""
    match question:
        case Question.MAY:
            return int(standing is Standing.BROKEN and norm.due is None)
        case Question.ORDER:
            if standing is Standing.LIFTED:
                return int(norm.kind in (Kind.BAN, Kind.PERMISSION))
            return _IN_ORDER.get(standing, 0)
        case Question.DUTY:
            if norm.kind not in DUTIES or not standing & APPLIES:
                return 0
            return 2 if norm.strength is Strength.HARD else 1
        case Question.FORCE:
            raise AssertionError("効力 is asked of the directive, not of norms")


@dataclass(frozen=True, slots=True)
class Span:
    """The verdicts that standings leave possible when each norm is taken on its own."""

    least: Verdict
    most: Verdict

    @property
    def settled(self) -> Verdict | None:
        """The verdict, where only one is left."""
        return self.least if self.least is self.most else None


def span(question: Question, norms: Sequence[Norm], standings: Sequence[Standing]) -> Span:
    """The mildest and the worst verdict that the standings leave; 対象外 when every norm is surely out of force."""
    if all(standing == Standing.OUT_OF_FORCE for standing in standings):
        return Span(Verdict.OUT_OF_SCOPE, Verdict.OUT_OF_SCOPE)
    levels = [
        [level(question, norm, one) for one in Standing if one & found]
        for norm, found in zip(norms, standings, strict=True)
    ]
    least, most = max(min(found) for found in levels), max(max(found) for found in levels)
    names = LEVELS[question]
    if all(Standing.OUT_OF_FORCE in found for found in standings):
        return Span(Verdict.OUT_OF_SCOPE, names[most])
    return Span(names[least], names[most])
