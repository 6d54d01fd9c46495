"""A case that goes over to a later issue, or to a corrected encoding of its own: by which way, if any.

It goes only where the later issue's transitional clause says so, and only whole: where a fact would have no place, a
duty or a clock would vanish, or what is settled would be judged anew, it stays, unless the clause says what ends.
"""

from collections.abc import Iterable
from datetime import date

from tsutatsu.cases.case import Case, Pin
from tsutatsu.cases.deciding import sentences
from tsutatsu.cases.ground import Ground, Grounds
from tsutatsu.cases.ways import Goes, Mover, Stays, Way, Why
from tsutatsu.cases.weighing import gone_over
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import LIFE, Directive, Transition, Words
from tsutatsu.ir.workflows import Workflow
from tsutatsu.passes.carry_over import Issue, Passage, carry_over, unchanged


def go_over(grounds: Grounds, ground: Ground, case: Case, mover: Mover) -> Goes | Stays:
    """What becomes of a case that stands on ``ground``, under the law of ``grounds``."""
    if mover.now < case.last:
        said = Words("その時刻より後に動いている。", "Something has happened to it after that moment.")
        return Stays(case, Why.LATER, said)
    try:
        law = grounds.under(case.pin.force) if case.pin.force else grounds
    except Refused as refused:  # the force is not among those of this law
        return Stays(case, Why.NO_LAW, sentences(refused))
    way = _way(law, ground, case, mover)
    return way if isinstance(way, Stays) else gone_over(ground, case, way, mover)


def waited_for(came: Goes, waiting: Iterable[Workflow]) -> Stays | None:
    """That workflows whose cases are linked with this one wait for a state that would then be another, or be gone."""
    before, after = came.before.pin.workflow, came.ground.workflow
    for one in waiting:
        for state_of in (link for event in one.events for link in event.linked if link.workflow == before):
            meant = [came.earlier.state.get(state) for state in state_of.states]
            found = [after.state.get(state) for state in state_of.states]
            same = [
                old is not None and new is not None and old.words == new.words
                for old, new in zip(meant, found, strict=True)
            ]
            if after.id != before or not all(same):
                said = Words(
                    f"結び付いた別件「{one.words.ja}」が、今の手続の状態を待っている。",
                    f"A linked case of “{one.words.say('en')}” waits for a state of its present workflow.",
                )
                return Stays(came.before, Why.LINKED, said)
    return None


def clause_of(law: Directive, pin: Pin, state: str, earlier: Issue, later: Issue) -> tuple[Transition, Passage] | Words:
    """The clause of ``law`` that moves a case pinned so from that state; else why there is none.

    Nothing is chosen: where a clause cannot be read against the two issues it moves nothing.
    """
    for clause in law.transitions:
        if clause.earlier != pin.issued or earlier.workflow(clause.workflow) is None:
            continue
        joined = carry_over(clause, earlier, later)
        if joined.findings or joined.passage is None:
            return sentences(Refused(joined.findings))
        if state in joined.passage.states:
            return clause, joined.passage
    return Words("")


def _way(grounds: Grounds, ground: Ground, case: Case, mover: Mover) -> Way | Stays:
    """The way that the law offers a case."""
    pin, on = case.pin, mover.now.date()
    state = ground.workflow.state[case.state]
    if case.erased:
        return Stays(case, Why.ERASED, Words("個人情報は消去されている。", "Its personal data have been erased."))
    if state.final:
        said = Words(f"「{state.words.ja}」で終わっている。", f"It has ended (“{state.words.say('en')}”).")
        return Stays(case, Why.ENDED, said)
    law = grounds.issue(pin.directive, mover.to, on)
    if law is None:
        return Stays(case, Why.NO_LAW, Words("その通達か版が手元にない。", "That circular or issue is not at hand."))
    if law.issued < pin.issued:
        said = Words(
            f"{law.issued}の版は、この事案の版より前である。", f"The issue of {law.issued} is earlier than the case's."
        )
        return Stays(case, Why.EARLIER, said)
    if law.issued == pin.issued or (pin.workflow == LIFE and mover.to is None):  # a life is that of one issue
        return _own_issue(grounds, ground, case, mover)
    if not law.takes_effect or on < law.first_day:
        said = Words(f"{law.issued}の版は、まだ効力がない。", f"The issue of {law.issued} is not in force yet.")
        return Stays(case, Why.NOT_YET, said)
    earlier, later = Issue(ground.directive, (ground.workflow,)), Issue(law, grounds.flows(law))
    found = clause_of(law, pin, case.state, earlier, later)
    if isinstance(found, Words):
        if found.ja:
            return Stays(case, Why.NAMES, found)
        said = Words(
            f"{law.issued}の版に、「{state.words.ja}」にあるこの手続の事案を移す経過措置はない。",
            f"The issue of {law.issued} has no clause that moves such cases from “{state.words.say('en')}”.",
        )
        return Stays(case, Why.NO_CLAUSE, said)
    clause, passage = found
    return Way(grounds.ground_of(passage.later), passage, clause)


def _own_issue(grounds: Grounds, ground: Ground, case: Case, mover: Mover) -> Way | Stays:
    """To another encoding of the same issue: only where it was asked for."""
    now = next((one for one in grounds.every if _same(one.directive, one.issued, one.id, case.pin)), None)
    if now is None:
        return Stays(case, Why.NO_LAW, Words("その手続が手元にない。", "That workflow is not at hand."))
    target = grounds.ground_of(now)
    pin = target.pin()
    if (pin.text, pin.flow) == (case.pin.text, case.pin.flow):
        return Stays(case, Why.THERE, Words("今の版による。", "It runs by that already."))
    if mover.to is None:
        said = Words(
            f"同じ版による（その符号化、手続か効力の終わりが改まった。それに移すには --to {now.issued}）。",
            f"By its own issue (whose encoding, workflow or end has changed: to take that on, --to {now.issued}).",
        )
        return Stays(case, Why.CORRECTED, said)
    return Way(target, unchanged(ground.workflow, now), None)


def _same(directive: str, issued: date, workflow: str, pin: Pin) -> bool:
    return (directive, issued, workflow) == (pin.directive, pin.issued, pin.workflow)
