"""The duties that arise: whose, what, by when."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from tsutatsu.calendar import UNIT_WORDS
from tsutatsu.ir import Clock, Directive, Facts, Norm, Standing, Words
from tsutatsu.judging.parts import Duty, DutyState
from tsutatsu.semantics import Question, end_of
from tsutatsu.semantics.verdicts import APPLIES, DUTIES

NO_TIME: Final = Words("期限の定めなし", "no time given")


def duties(
    question: Question, norms: Sequence[Norm], standings: Sequence[int], directive: Directive
) -> tuple[Duty, ...]:
    """The later duties that arise or may arise, without their last days; when duties are asked for, every duty."""
    found: list[Duty] = []
    for norm, standing in zip(norms, standings, strict=True):
        asked = norm.kind in DUTIES and (norm.due is not None or question is Question.DUTY)
        if asked and standing & APPLIES:
            found.append(
                Duty(
                    norm.id,
                    norm.provision,
                    norm.bearer,
                    norm.summary,
                    _state(standing),
                    norm.strength,
                    None,
                    _time(norm, directive),
                )
            )
    return tuple(found)


def timed(norm: Norm, directive: Directive) -> bool:
    """Whether the facts can give the duty a last day."""
    return norm.due is not None and norm.due.clock is not None and directive.clock[norm.due.clock].window is None


def with_last_day(duty: Duty, directive: Directive, facts: Facts) -> Duty:
    """The duty with the last day that its clock gives on these facts, where its start is known."""
    norm = directive.norm[duty.norm]
    if norm.due is None or norm.due.clock is None:
        return duty
    return replace(duty, by=_by(directive.clock[norm.due.clock], facts))


def _state(standing: int) -> DutyState:
    match standing:
        case Standing.KEPT:
            return DutyState.DONE
        case Standing.PENDING:
            return DutyState.OPEN
        case Standing.BROKEN | Standing.UNEXPLAINED:
            return DutyState.BREACHED
        case _:
            return DutyState.MAY_ARISE if standing & ~APPLIES else DutyState.ARISES


def _time(norm: Norm, directive: Directive) -> Words:
    due = norm.due
    if due is None:
        return Words("", "")
    if due.prompt is not None:
        return Words(f"{due.prompt}（日数の定めなし）", f"{due.prompt} (no measure given)")
    if due.clock is None:
        return NO_TIME
    clock = directive.clock[due.clock]
    if clock.length is not None:
        unit = UNIT_WORDS[clock.length.unit]
        return Words(
            f"{clock.length.n}{unit.ja}以内", f"within {clock.length.n} {unit.en}{'s' if clock.length.n > 1 else ''}"
        )
    if clock.end is not None:
        return Words(f"{clock.end.isoformat()}まで", f"by {clock.end.isoformat()}")
    return clock.words


def _by(clock: Clock, facts: Facts) -> date | None:
    start = facts.get(clock.start) if isinstance(clock.start, str) else clock.start
    if clock.length is None:
        return clock.end
    return end_of(clock, start) if isinstance(start, date) else None
