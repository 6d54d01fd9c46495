"""Opening a case, and what may be done to it besides its events: correcting, withdrawing, waiving, linking, erasing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from tsutatsu.cases.accounting import breached_by_time, duties_after, timings_in
from tsutatsu.cases.blaming import unheld
from tsutatsu.cases.case import (
    Body,
    Case,
    Deed,
    DutyRow,
    DutyStanding,
    Entry,
    Timing,
    fold,
    held,
    standing_events,
)
from tsutatsu.cases.correcting import his_to_say, only_written
from tsutatsu.cases.deciding import Done, in_order
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.moments import at_tokyo
from tsutatsu.cases.people import CLOCK, Actor, Doer, doer
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.ir.workflows import Hand, Handling
from tsutatsu.source import NOWHERE

_CLOCK = Doer(CLOCK.id, CLOCK.name, hand=Hand.CLOCK)


def opened(
    ground: Ground,
    name: str,
    actor: Actor,
    now: datetime,
    *,
    post: str | None = None,
    label: str = "",
    sides: Mapping[str, str] | None = None,
    key: str = "",
) -> Done:
    """A case begun: pinned to the law and the workflow of its ground, in the workflow's first state."""
    now = at_tokyo(now)
    start = ground.workflow.start.id
    entry = Entry(
        name,
        1,
        Deed.OPENED,
        now,
        "",
        start,
        pin=ground.pin(sides),
        key=key,
        body=Body(doer(actor, now.date(), post), {}, {}, words=label),
    )
    begun = fold([entry])
    raised, timings = duties_after(ground, begun, {}, now, 1), timings_in(ground, begun, start, {})
    entry = replace(entry, duties=raised, timings=timings)
    return Done(entry, fold([entry]))


def corrected(
    ground: Ground,
    case: Case,
    raw: Mapping[str, object],
    actor: Actor,
    now: datetime,
    *,
    reason: str,
    post: str | None = None,
    texts: bool = False,
    key: str = "",
) -> Done:
    """The case with facts put right. What an event wrote of itself (who did it, when) is not put right by hand."""
    now, who, reason = in_order(case, now), doer(actor, at_tokyo(now).date(), post), _said(reason)
    _allowed(ground, case, Handling.CORRECT, who, now)
    facts = ground.read(raw, now.date(), texts=texts)
    _only_if(not (wrong := [one for one in facts if only_written(ground, case, one)]), "TS851", ground, wrong)
    if not facts:
        raise Refused([finding("TS873")])
    after = {**case.facts, **facts}
    wrong = [one for one in facts if not his_to_say(ground, case, one, after, who)]
    _only_if(not wrong, "TS881", ground, wrong, who=who.id, post=who.post or "—")
    return _rest(ground, case, Deed.CORRECTED, now, Body(who, facts, {}, words=reason), key=key)


def _only_if(fine: bool, code: str, ground: Ground, terms: list[str], **blanks: str) -> None:
    """Refused, naming the terms, where it is not."""
    if not fine:
        words = [ground.directive.term[one].words for one in terms]
        ja, en = "、".join(one.ja for one in words), ", ".join(one.say("en") for one in words)
        raise Refused([finding(code, NOWHERE, (), word=ja, word_en=en, **blanks)])


def withdrawn(
    ground: Ground,
    case: Case,
    actor: Actor,
    now: datetime,
    *,
    reason: str,
    number: int | None = None,
    post: str | None = None,
    key: str = "",
) -> Done:
    """The case with its last event taken back by whoever did it; its facts and its state are as before it.

    What was done in a post is not taken back by one who holds none any more.
    """
    now, who, reason = in_order(case, now), doer(actor, at_tokyo(now).date(), post), _said(reason)
    events = [one for one in standing_events(case.entries) if one.number > case.moved]  # a move is not taken back
    last = events[-1] if events else None
    if last is None or (number is not None and number != last.number):
        raise Refused([finding("TS852", entry=number or "—", last=last.number if last is not None else "—")])
    if last.body is None or last.body.doer.hand is not Hand.PERSON or last.body.doer.id != who.id:
        by = last.body.doer.id if last.body is not None else "—"
        raise Refused([finding("TS853", entry=last.number, who=who.id, by=by)])
    if last.body.doer.post and not who.post:
        raise Refused([finding("TS883", entry=last.number, who=who.id, post=last.body.doer.post)])
    body = Body(who, {}, {}, words=reason)
    return _rest(ground, case, Deed.WITHDRAWN, now, body, target=last.origin, refers=last.number, key=key)


def waived(
    ground: Ground,
    case: Case,
    duty: str,
    actor: Actor,
    now: datetime,
    *,
    reason: str,
    post: str | None = None,
    key: str = "",
) -> Done:
    """The case with an open or breached duty waived, by whom and on what ground."""
    now, who, reason = in_order(case, now), doer(actor, at_tokyo(now).date(), post), _said(reason)
    _allowed(ground, case, Handling.WAIVE, who, now)
    can = [one for one in case.duties if one.standing in (DutyStanding.OPEN, DutyStanding.BREACHED)]
    found = [one for one in can if duty in (str(one.key), one.key.norm)]
    if len(found) != 1:
        raise Refused([finding("TS854", word=duty, known="、".join(str(one.key) for one in can) or "—")])
    number = case.version + 1
    row = replace(found[0], standing=DutyStanding.WAIVED, settled=number)
    return _appended(
        case,
        Entry(
            case.id,
            number,
            Deed.WAIVED,
            now,
            case.state,
            case.state,
            duties=(row,),
            timings=case.timings,
            key=key,
            body=Body(who, {}, {}, words=reason),
        ),
    )


def linked(
    ground: Ground, case: Case, other: str, actor: Actor, now: datetime, *, post: str | None = None, key: str = ""
) -> Done:
    """The case linked with another one."""
    now, who = in_order(case, now), doer(actor, at_tokyo(now).date(), post)
    _allowed(ground, case, Handling.LINK, who, now)
    if other == case.id or other in case.links:
        raise Refused([finding("TS871", word=other)])
    return _appended(
        case,
        Entry(
            case.id,
            case.version + 1,
            Deed.LINKED,
            now,
            case.state,
            case.state,
            other=other,
            timings=case.timings,
            key=key,
            body=Body(who, {}, {}),
        ),
    )


def erased(
    ground: Ground, case: Case, actor: Actor, now: datetime, *, reason: str, post: str | None = None, key: str = ""
) -> Done:
    """The case with the personal data of all its earlier entries gone, as the law requires; only once it has ended."""
    now, who, reason = in_order(case, now), doer(actor, at_tokyo(now).date(), post), _said(reason)
    _allowed(ground, case, Handling.ERASE, who, now)
    state = ground.workflow.state[case.state]
    if not state.final:
        raise Refused([finding("TS870", state=state.words.ja, state_en=state.words.say("en"))])
    bare = replace(case, entries=tuple(replace(one, body=None) for one in case.entries))
    return _appended(
        bare,
        Entry(
            case.id,
            case.version + 1,
            Deed.ERASED,
            now,
            case.state,
            case.state,
            timings=(),
            key=key,
            body=Body(who, {}, {}, words=reason),
        ),
    )


def breached(case: Case, by: datetime, now: datetime) -> Done:
    """The case with the duties breached whose time had run out ``by`` then."""
    number = case.version + 1
    rows = breached_by_time(case.duties, by, number)
    return _appended(
        case,
        Entry(
            case.id,
            number,
            Deed.BREACHED,
            now,
            case.state,
            case.state,
            duties=rows,
            timings=case.timings,
            body=Body(_CLOCK, {}, {}),
        ),
    )


def elapsed(case: Case, duties: tuple[DutyRow, ...], now: datetime) -> Done:
    """The case with duties that time alone has raised or settled."""
    body = Body(_CLOCK, {}, {})
    number, state = case.version + 1, case.state
    entry = Entry(case.id, number, Deed.ELAPSED, now, state, state, duties=duties, timings=case.timings, body=body)
    return _appended(case, entry)


def put_off(ground: Ground, case: Case, timing: Timing, now: datetime, why: str) -> Done:
    """The case with an event that came by itself and could not go through, waiting until something else happens."""
    number = case.version + 1
    return _appended(
        case,
        Entry(
            case.id,
            number,
            Deed.HELD,
            now,
            case.state,
            case.state,
            timing.event,
            duties=duties_after(ground, case, case.facts, now, number),
            timings=held(case.timings, timing),
            body=Body(_CLOCK, {}, {}, words=why),
        ),
    )


def _rest(
    ground: Ground,
    case: Case,
    deed: Deed,
    now: datetime,
    body: Body,
    *,
    target: str | None = None,
    refers: int | None = None,
    key: str = "",
) -> Done:
    """The case after an entry that changes its facts, its duties and clocks taken account of anew."""
    number = case.version + 1
    to = case.state if target is None else target
    entry = Entry(case.id, number, deed, now, case.state, to, refers=refers, key=key, body=body)
    facts = case.after(entry).facts
    entry = replace(
        entry,
        duties=duties_after(ground, case, facts, now, number),
        timings=timings_in(ground, case, to, facts),
    )
    return _appended(case, entry)


def _appended(case: Case, entry: Entry) -> Done:
    return Done(entry, case.after(entry))


def _allowed(ground: Ground, case: Case, handling: Handling, who: Doer, now: datetime) -> None:
    """Refused where the workflow lets only others do that, or does not surely let him."""
    event = ground.workflow.handled.get(handling)
    if event is None:
        return
    found = unheld(ground, event, case.facts, who, on=now.date(), sides=case.sides)
    if found is not None:
        raise Refused([finding("TS882", why=found.said.ja, why_en=found.said.say("en"))])


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused([finding("TS872")])
    return reason.strip()
