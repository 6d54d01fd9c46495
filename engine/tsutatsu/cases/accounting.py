"""The account of a case's duties and clocks: what its facts raise, meet and breach, and what comes by itself."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from tsutatsu.cases.case import Case, DutyKey, DutyRow, DutyStanding, Timing, by_key, standing_events
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.moments import run_out, too_late
from tsutatsu.ir import Facts, RecordList, Records, Strength, Value
from tsutatsu.judging.parts import Duty, DutyState
from tsutatsu.semantics import Question


def duties_after(ground: Ground, case: Case, facts: Facts, now: datetime, number: int) -> tuple[DutyRow, ...]:
    """The duties that entry ``number``, leaving these facts, changes, as they then stand; the others are not listed."""
    known = by_key(case.duties)
    found = dict(_found(ground, facts, case.sides, now))
    changed: list[DutyRow] = []
    for key, duty in found.items():
        row = _row(known.get(key), _fresh(key, duty, number), duty.state, now, performed=_performed(ground, key, facts))
        if row != known.get(key):
            changed.append(row)
    for key, row in known.items():
        if key not in found and row.standing not in (DutyStanding.WAIVED, DutyStanding.DROPPED):
            changed.append(replace(row, standing=DutyStanding.DROPPED, settled=number))
    return tuple(changed)


def _found(ground: Ground, facts: Facts, sides: Mapping[str, str], now: datetime) -> Iterator[tuple[DutyKey, Duty]]:
    """What every watched judgement says is owed."""
    for judgement in ground.workflow.watched:
        answer = ground.ask(judgement, _not_yet(ground, judgement, facts), now.date(), sides, Question.ORDER)
        for unit in answer.units:
            for duty in unit.duties:
                if duty.state is DutyState.MAY_ARISE:
                    continue  # whether it is owed is not known: no row until it is
                yield DutyKey(judgement, duty.norm, unit.number), duty


def _not_yet(ground: Ground, judgement: str, facts: Facts) -> Facts:
    """The facts with what would meet a later duty taken as not having happened where the case does not say it has."""
    norms = (ground.directive.norm[name] for name in ground.directive.judgement[judgement].norms)
    met = {norm.due.met for norm in norms if norm.due is not None and norm.due.met is not None}
    found: dict[str, Value] = dict(facts)
    for term in met:
        within = _list_of(ground, term, facts)
        if within is None:
            found.setdefault(term, None)
        else:
            records = found[within]
            assert isinstance(records, RecordList)
            found[within] = RecordList(tuple({term: None, **one} for one in records.records), records.complete)
    return found


def _list_of(ground: Ground, term: str, facts: Facts) -> str | None:
    """The list among the facts in whose records the term is said."""
    for name, value in facts.items():
        kind = ground.directive.term[name].type
        if isinstance(value, RecordList) and isinstance(kind, Records) and term in kind.fields:
            return name
    return None


def _performed(ground: Ground, key: DutyKey, facts: Facts) -> bool:
    """Whether what would meet the duty has happened, in time or not."""
    due = ground.directive.norm[key.norm].due
    if due is None or due.met is None:
        return False
    within = _list_of(ground, due.met, facts)
    if within is None:
        return facts.get(due.met) is not None
    records = facts[within]
    assert isinstance(records, RecordList)
    return 0 < key.unit <= len(records.records) and records.records[key.unit - 1].get(due.met) is not None


def _fresh(key: DutyKey, duty: Duty, number: int) -> DutyRow:
    """The row of a duty that entry ``number`` raises."""
    return DutyRow(
        key,
        duty.provision,
        duty.bearer,
        duty.summary,
        duty.time,
        duty.strength,
        DutyStanding.OPEN,
        duty.by,
        too_late(duty.by),
        number,
    )


def _row(before: DutyRow | None, row: DutyRow, state: DutyState, now: datetime, *, performed: bool) -> DutyRow:
    """The duty's row after an entry, ``row`` being as the entry would raise it."""
    number = row.raised
    if before is None or before.standing is DutyStanding.DROPPED:
        before = None
    elif before.standing is DutyStanding.WAIVED:
        return before
    else:
        row = replace(row, raised=before.raised)
    was = None if before is None else before.standing
    if state is DutyState.DONE:
        settled = before.settled if before is not None and was is DutyStanding.MET else number
        return replace(row, standing=DutyStanding.MET, settled=settled)
    overdue = row.due_at is not None and row.due_at <= now and not performed
    late = row.strength is Strength.HARD and (state is DutyState.BREACHED or overdue)
    if not late and was is not DutyStanding.BREACHED:
        return row
    settled, done = number, number if performed else None
    if before is not None and was is DutyStanding.BREACHED:
        settled = before.settled or number
        done = before.performed if performed and before.performed is not None else done
    return replace(row, standing=DutyStanding.BREACHED, settled=settled, performed=done)


def breached_by_time(duties: Iterable[DutyRow], now: datetime, number: int) -> tuple[DutyRow, ...]:
    """The duties that nothing but time has breached by ``now``, as they then stand."""
    return tuple(
        replace(one, standing=DutyStanding.BREACHED, settled=number)
        for one in duties
        if one.standing is DutyStanding.OPEN
        and one.strength is Strength.HARD
        and one.due_at is not None
        and one.due_at <= now
    )


def timings_in(
    ground: Ground, case: Case, state: str, facts: Facts, now: tuple[str, datetime] | None = None
) -> tuple[Timing, ...]:
    """The events that come by themselves from a state, and when; what has come at its time does not come again.

    ``now`` is the event that is happening, and when.
    """
    done = [(one.event, one.at) for one in standing_events(case.entries)]
    if now is not None:
        done.append(now)
    found: list[Timing] = []
    for timer in ground.workflow.timers:
        if state in ground.workflow.event[timer.event].origins:
            due_at = run_out(ground.directive.clock[timer.clock], facts)
            if due_at is not None and not any(event == timer.event and at >= due_at for event, at in done):
                found.append(Timing(timer.event, timer.clock, due_at))
    return tuple(sorted(found, key=lambda one: (one.due_at, one.event)))
