"""Whether a case is as expected, and if not, how it is instead."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import assert_never

from tsutatsu.backends.prose import quoted, tell_day, tell_fact
from tsutatsu.cases.case import Case, DutyRow, DutyStanding, Entry
from tsutatsu.cases.chances import Chance
from tsutatsu.cases.deciding import Refusal, Why
from tsutatsu.cases.labels import CHANCE_WORDS as CHANCES
from tsutatsu.cases.labels import STANDING_WORDS
from tsutatsu.gherkin.case_acts import (
    CaseExpectation,
    ExpectAccepted,
    ExpectCame,
    ExpectChance,
    ExpectDocument,
    ExpectDue,
    ExpectHasFact,
    ExpectHasNot,
    ExpectHeldBack,
    ExpectNothingOwed,
    ExpectNotKnown,
    ExpectOnly,
    ExpectOwed,
    ExpectRefused,
    ExpectRefusedByJudgement,
    ExpectRefusedByNorm,
    ExpectRefusedByReading,
    ExpectState,
    ExpectUnsaid,
    OfOutcome,
)
from tsutatsu.gherkin.case_phrases import WHY_WORDS, Being, Owed
from tsutatsu.gherkin.docket import Declined, Docket
from tsutatsu.gherkin.expecting import grounds
from tsutatsu.gherkin.talk import Talk
from tsutatsu.ir import Strength, Words
from tsutatsu.judging.labels import VERDICT_WORDS
from tsutatsu.semantics import Verdict
from tsutatsu.source import Source


def unmet_of_case(expected: CaseExpectation, docket: Docket, talk: Talk, where: Source) -> Words | None:
    """What is so instead of what was expected; nothing where it is as expected."""
    label = talk.current
    assert label is not None  # TS467 has said so
    case = docket.cases[label]
    match expected:
        case (
            ExpectAccepted()
            | ExpectRefused()
            | ExpectRefusedByNorm()
            | ExpectRefusedByJudgement()
            | ExpectRefusedByReading()
            | ExpectUnsaid()
            | ExpectNotKnown()
        ):
            return _outcome(expected, docket, label)
        case ExpectState():
            return _state(expected, docket, label)
        case ExpectOwed():
            return _owed(expected, case)
        case ExpectDue():
            return _due(expected, case, docket, where)
        case ExpectNothingOwed():
            still = [one for one in case.duties if one.standing is DutyStanding.OPEN and one.strength is Strength.HARD]
            return _duties(still) if still else None
        case ExpectChance(who, post, event, chance, when):
            at = docket.moment(when, label, where)
            found = docket.option(label, event, talk.people[who], post, at)
            if found.chance is chance:
                return None
            why = Words("", "") if found.refusal is None else found.refusal.said
            words = CHANCES[found.chance]
            return Words(f"「{words.ja}」である。{why.ja}", f"It is “{words.say('en')}”. {why.say('en')}".strip())
        case ExpectOnly():
            return _only(expected, docket, talk, where)
        case ExpectDocument(name):
            return _document(name, docket, label)
        case ExpectHasFact(term, value):
            if term in case.facts and case.facts[term] == value:
                return None
            return _fact(term, docket, label)
        case ExpectHasNot(term):
            return _fact(term, docket, label) if term in case.facts else None
        case ExpectCame():
            return _came(expected, docket, label, where)
        case ExpectHeldBack(event):
            if any(one.event == event and one.held for one in case.timings):
                return None
            return Words("待っているその事象はない。", "No such event is waiting.")
        case _:
            assert_never(expected)


# ── what came of it ──────────────────────────────────────────────────────────────────────────────────────────────────


def told_refusal(came: Refusal | Declined) -> Words:
    """Why something was refused."""
    if isinstance(came, Refusal):
        return came.said
    return Words(" ".join(one.ja for one in came.findings), " ".join(one.en for one in came.findings))


def _outcome(expected: OfOutcome, docket: Docket, label: str) -> Words | None:
    came = docket.came
    if came is None:
        return Words("時が進んだだけで、誰も何もしていない。", "Only time has passed; nobody did anything.")
    if isinstance(expected, ExpectAccepted):
        if isinstance(came, Entry):
            return None
        why = told_refusal(came)
        return Words(f"受け付けられなかった。{why.ja}", f"It was refused. {why.say('en')}")
    if isinstance(came, Entry):
        return Words("受け付けられた。", "It was accepted.")
    if _refused_so(expected, came, docket, label):
        return None
    return _why(came, docket, label)


def _refused_so(expected: OfOutcome, came: Refusal | Declined, docket: Docket, label: str) -> bool:
    answer = came.answer if isinstance(came, Refusal) else None
    match expected:
        case ExpectAccepted():
            return False
        case ExpectRefused(why):
            return why is None or came.why is why
        case ExpectRefusedByNorm(norm):
            directive = docket.ground(label).widened
            return answer is not None and any(one.norm == norm for one in grounds(answer, directive))
        case ExpectRefusedByJudgement(judgement):
            return came.why is Why.JUDGEMENT and answer is not None and answer.judgement == judgement
        case ExpectRefusedByReading(reading):
            if answer is None or answer.verdict is not Verdict.BY_READING:
                return False
            return any(one.reading == reading for told in answer.sides for one in told.sides)
        case ExpectUnsaid(term):
            return isinstance(came, Refusal) and term in came.missing
        case ExpectNotKnown(term):
            return answer is not None and any(one.term == term for one in answer.questions)
        case _:
            assert_never(expected)


def _why(came: Refusal | Declined, docket: Docket, label: str) -> Words:
    """Why it was refused, with whatever bears the answer that refuses it."""
    why, said = next(ja for ja, one in WHY_WORDS.items() if one is came.why), told_refusal(came)
    ja, en = f"受け付けられないのは{why}による。{said.ja}", f"It is refused by {came.why.value}. {said.say('en')}"
    if isinstance(came, Refusal) and came.answer is not None:
        answer = came.answer
        bearing = [one.norm for one in grounds(answer, docket.ground(label).widened)]
        asked = [one.words for one in answer.questions]
        readings = dict.fromkeys(one.reading for told in answer.sides for one in told.sides)
        verdict = VERDICT_WORDS[answer.verdict]
        ja += f"答えは「{verdict.ja}」" + "".join(
            f"、{head}は{'、'.join(f'「{one}」' for one in each)}"
            for head, each in (("根拠", bearing), ("要る事実", [one.ja for one in asked]), ("解釈", list(readings)))
            if each
        )
        ja += "である。"
        en += f" The answer is “{verdict.say('en')}”" + "".join(
            f"; {head}: {', '.join(quoted(one, 'en') for one in each)}"
            for head, each in (
                ("grounds", bearing),
                ("needed", [one.say("en") for one in asked]),
                ("readings", list(readings)),
            )
            if each
        )
        en += "."
    return Words(ja, en)


# ── how it is ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _state(expected: ExpectState, docket: Docket, label: str) -> Words | None:
    of = label if expected.case is None else expected.case
    state = docket.cases[of].state
    words = docket.ground(of).workflow.state[state].words
    if state != expected.state:
        return Words(f"「{words.ja}」である。", f"It is “{words.say('en')}”.")
    moved = any(one.origin != one.target for one in docket.added(of))
    if expected.being is Being.KEPT and moved:
        return Words("一度その状態を離れている。", "It had left that state in between.")
    if expected.being is Being.REACHED and not moved:
        return Words(f"前から「{words.ja}」のままである。", f"It has been “{words.say('en')}” all along.")
    return None


def _only(expected: ExpectOnly, docket: Docket, talk: Talk, where: Source) -> Words | None:
    assert talk.current is not None  # TS467 has said so
    at = docket.moment(expected.when, talk.current, where)
    found = [
        name
        for name, actor in talk.people.items()
        if docket.option(talk.current, expected.event, actor, None, at).chance is not Chance.MAY_NOT
    ]
    if set(found) == set(expected.people):
        return None
    if not found:
        return Words("できる者は誰もいない。", "Nobody may.")
    return Words(f"できるのは{'、'.join(found)}である。", f"Those who may: {', '.join(found)}.")


def _owed(expected: ExpectOwed, case: Case) -> Words | None:
    rows = [one for one in case.duties if one.key.norm in expected.norms and one.strength is expected.strength]
    found = [one for one in rows if one.standing is not DutyStanding.DROPPED]
    if expected.owed is Owed.NONE:
        return _duties(found) if found else None
    if found and all(_stands(one) is expected.owed for one in found):
        return None
    if not found:
        return Words("その義務はない。", "There is no such duty.")
    return _duties(found)


def _stands(row: DutyRow) -> Owed:
    match row.standing:
        case DutyStanding.OPEN:
            return Owed.OPEN
        case DutyStanding.MET:
            return Owed.MET
        case DutyStanding.BREACHED:
            return Owed.BREACHED if row.performed is None else Owed.LATE
        case DutyStanding.WAIVED:
            return Owed.WAIVED
        case DutyStanding.DROPPED:
            return Owed.NONE
        case _:
            assert_never(row.standing)


def _duties(rows: Iterable[DutyRow]) -> Words:
    ja: list[str] = []
    en: list[str] = []
    for one in rows:
        late = ("、後から果たされた", ", performed later") if one.performed is not None else ("", "")
        words = STANDING_WORDS[one.standing]
        ja.append(f"「{one.key.norm}」{words.ja}{late[0]}")
        en.append(f"“{one.key.norm}” {words.say('en')}{late[1]}")
    return Words(f"義務は{'、'.join(ja)}である。", f"Duties: {'; '.join(en)}.")


def _due(expected: ExpectDue, case: Case, docket: Docket, where: Source) -> Words | None:
    rows = [one for one in case.duties if one.key.norm == expected.norm and one.standing is not DutyStanding.DROPPED]
    if not rows:
        return Words("その義務はない。", "There is no such duty.")
    lasts = {one.last for one in rows}
    if expected.when is None:
        if lasts == {None}:
            return None
    else:
        day = docket.day(expected.when, case.id, where)
        if lasts == {day if expected.when.at is None else datetime.combine(day, expected.when.at)}:
            return None
    ja = "、".join("定めなし" if one is None else _told(one, "ja") for one in lasts)
    en = ", ".join("none" if one is None else _told(one, "en") for one in lasts)
    return Words(f"期限は{ja}である。", f"It is due: {en}.")


def _document(name: str | None, docket: Docket, label: str) -> Words | None:
    flow = docket.ground(label).workflow
    made = [
        document
        for one in docket.added(label)
        if one.event and one.body is not None and one.deed.value == "event"
        for document in flow.event[one.event].documents
    ]
    if (name is None and not made) or name in made:
        return None
    if not made:
        return Words("文書は作られていない。", "No document was produced.")
    listed = "、".join(f"「{one}」" for one in made)
    return Words(f"作られたのは{listed}である。", f"Produced: {listed}.")


def _fact(term: str, docket: Docket, label: str) -> Words:
    directive, facts = docket.ground(label).directive, docket.cases[label].facts
    if term not in facts:
        return Words("それについて、一件は何も言っていない。", "The case says nothing of it.")
    return Words(tell_fact(term, facts, directive, "ja"), tell_fact(term, facts, directive, "en"))


def _came(expected: ExpectCame, docket: Docket, label: str, where: Source) -> Words | None:
    found = docket.events_by_themselves(label, expected.event)
    if not expected.came:
        return None if not found else Words(f"{_told(found[0].at, 'ja')}に起こった。", f"It came on {found[0].at}.")
    if not found:
        return Words("起こっていない。", "It has not come.")
    if expected.when is None:
        return None
    day = docket.day(expected.when, label, where)
    if any(one.at.date() == day and expected.when.at in (None, one.at.time()) for one in found):
        return None
    return Words(f"{_told(found[0].at, 'ja')}に起こった。", f"It came on {_told(found[0].at, 'en')}.")


def _told(moment: object, lang: str) -> str:
    if isinstance(moment, datetime):
        at = moment.time().replace(tzinfo=None)
        return tell_day(moment.date(), lang) + ("" if at == time() else f" {at.isoformat('minutes')}")
    return tell_day(moment, lang)  # type: ignore[arg-type]
