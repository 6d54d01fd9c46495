"""An answer told in sentences: the verdict, why, what is owed, what is still asked, what else to know."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from tsutatsu.backends.prose import cite, tell_day, tell_moment, tell_reason, tell_verdict
from tsutatsu.ir import Directive, Standing, Value, Words
from tsutatsu.judging.parts import Duty, DutyState, Met, Reason

if TYPE_CHECKING:
    from tsutatsu.judging.answer import Answer

_STATES: Mapping[DutyState, Words] = {
    DutyState.DONE: Words("果たされている", "done"),
    DutyState.OPEN: Words("これから果たす", "still to be done"),
    DutyState.BREACHED: Words("果たされていない", "not done"),
    DutyState.ARISES: Words("生じる", "arises"),
    DutyState.MAY_ARISE: Words("生じるかは未定", "may arise"),
}


def told(answer: "Answer", directive: Directive, facts: Mapping[str, Value], lang: str) -> tuple[str, ...]:
    """The whole answer in ``lang`` ("ja" or "en"), a sentence each."""
    decisive = [reason for reason in answer.reasons if reason.decisive]
    shown = decisive or [
        reason for reason in answer.reasons if reason.standing & ~(Standing.OUT_OF_FORCE | Standing.NOT_APPLICABLE)
    ]
    return (
        tell_verdict(answer.verdict, answer.question, lang),
        *(_reason(reason, directive, facts, lang) for reason in shown),
        *(_duty(duty, lang) for duty in answer.duties),
        *(one.question.say(lang) for one in answer.questions),
        *(caveat.words.say(lang) for caveat in answer.caveats),
    )


def _reason(reason: Reason, directive: Directive, facts: Mapping[str, Value], lang: str) -> str:
    relied = {term: facts[term] for term in reason.facts if term in facts}
    plain = [term for term in reason.facts if term not in facts and directive.term[term].derived is None]
    waiting = plain if len(tuple(Standing(reason.standing))) > 1 else []
    lifting = next((one.provision for one in reason.exceptions if one.met is Met.APPLIED), None)
    return tell_reason(
        directive.norm[reason.norm], reason.standing, relied, directive, lang, lifted_by=lifting, waiting=waiting
    )


def _duty(duty: Duty, lang: str) -> str:
    state = _STATES[duty.state].say(lang)
    by = ""
    if duty.by is not None:
        by = tell_moment(duty.by, lang) if isinstance(duty.by, datetime) else tell_day(duty.by, lang)
    if lang == "en":
        until = f", by {by}" if by else f", {duty.time.say(lang)}" if duty.time.ja else ""
        whose = f"Duty of {duty.bearer or 'whoever acts'} ({cite(duty.provision, lang)})"
        return f"{whose}: {duty.summary.say(lang)} ({state}{until})"
    until = f"、{by}まで" if by else f"、{duty.time.ja}" if duty.time.ja else ""
    return f"{duty.bearer or '行為者'}の義務（{cite(duty.provision, lang)}）: {duty.summary.ja}（{state}{until}）"
