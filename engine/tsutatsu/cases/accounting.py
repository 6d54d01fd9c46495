"""The account of a case's duties and clocks: what its facts raise, meet and breach, and what comes by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from tsutatsu.cases.case import Case, DutyKey, DutyRow, DutyStanding, Timing, by_key, standing_events
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.moments import run_out, too_late
from tsutatsu.cases.promptness import last_prompt
from tsutatsu.ir import Facts, RecordList, Records, Strength, Value
from tsutatsu.judging.measuring import said_by
from tsutatsu.judging.parts import Duty, DutyState
from tsutatsu.semantics import Question


def duties_after(
    ground: Ground, case: Case, facts: Facts, now: datetime, number: int, *, event: bool = False
) -> tuple[DutyRow, ...]:
    """The duties that entry ``number``, leaving these facts, changes, as they then stand; the others are not listed.

    What an ``event`` does once more undoes nothing that was done in time; only putting the facts right can.
    """
    known, account = by_key(case.duties), _Account(ground, case, facts, now, number, event)
    found = account.owed(now.date())
    rows = {key: account.row(key, duty) for key, duty in found.items()}
    for key, row in known.items():
        if key in found or row.standing in (DutyStanding.WAIVED, DutyStanding.DROPPED) or not watches(ground, key):
            continue
        # time alone, and the end of a circular, undo no duty: it goes where the facts no longer raise it as of its day
        then = account.owed(row.arose or case.entries[row.raised - 1].at.date()).get(key)
        dropped = replace(row, standing=DutyStanding.DROPPED, settled=number)
        rows[key] = dropped if then is None else account.row(key, then)
    return tuple(row for key, row in rows.items() if row != known.get(key))


def duties_by_time(ground: Ground, case: Case, at: datetime, number: int) -> tuple[DutyRow, ...]:
    """The duties that time alone has raised or settled by ``at``: none vanishes, nor becomes due at another time."""
    known = by_key(case.duties)
    changed: list[DutyRow] = []
    for row in duties_after(ground, case, case.facts, at, number):
        before = known.get(row.key)
        if before is None or before.standing is DutyStanding.DROPPED:
            changed.append(row)
        elif row.standing is not before.standing:
            changed.append(replace(before, standing=row.standing, settled=row.settled, performed=row.performed))
    return tuple(changed)


def watches(ground: Ground, key: DutyKey) -> bool:
    """Whether the law and the workflow speak of a duty: one of an earlier issue stands as it was left."""
    judgement = ground.directive.judgement.get(key.judgement)
    return judgement is not None and key.judgement in ground.workflow.watched and key.norm in judgement.norms


@dataclass(frozen=True, slots=True)
class _Account:
    """What a case owes once its entry ``number`` has left it these facts."""

    ground: Ground
    case: Case
    facts: Facts
    now: datetime
    number: int
    event: bool = False

    def owed(self, on: date) -> dict[DutyKey, Duty]:
        """What every watched judgement says is owed as of that day."""
        found: dict[DutyKey, Duty] = {}
        for judgement in self.ground.workflow.watched:
            facts = _not_yet(self.ground, judgement, self.facts)
            for unit in self.ground.ask(judgement, facts, on, self.case.sides, Question.ORDER).units:
                for duty in unit.duties:
                    if duty.state is not DutyState.MAY_ARISE:  # whether it is owed is not known: no row until it is
                        found[DutyKey(judgement, duty.norm, unit.number)] = duty
        return found

    def row(self, key: DutyKey, duty: Duty) -> DutyRow:
        """The duty as it now stands."""
        before, row = self.case.duty(key), self._raised(key, duty)
        performed = _performed(self.ground, key, self.facts)
        if self.event and performed and before is not None and _same_again(before, row):
            return before
        return _row(before, row, duty.state, self.now, performed=performed)

    def _raised(self, key: DutyKey, duty: Duty) -> DutyRow:
        """The duty as the entry would raise it."""
        last, said = duty.by, duty.time
        local = self.ground.directive.local
        if last is None and local is not None:
            last = last_prompt(self.ground, key, self.facts, self.case.sides)
            said = said if last is None else said_by(local)
        return DutyRow(
            key,
            duty.provision,
            duty.bearer,
            duty.summary,
            said,
            duty.strength,
            DutyStanding.OPEN,
            last,
            too_late(last),
            self.number,
            arose=self.now.date(),
        )


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


def _same_again(before: DutyRow, row: DutyRow) -> bool:
    """Whether it is the very duty that was met already, by the same time."""
    return before.standing is DutyStanding.MET and before.last is not None and row.last in (None, before.last)


def _row(before: DutyRow | None, row: DutyRow, state: DutyState, now: datetime, *, performed: bool) -> DutyRow:
    """The duty's row after an entry, ``row`` being as the entry would raise it."""
    number = row.raised
    if before is None or before.standing is DutyStanding.DROPPED:
        before = None
    elif before.standing is DutyStanding.WAIVED:
        return before
    else:
        row = replace(row, raised=before.raised, arose=before.arose)
        if performed and row.last is None:  # no time runs any more, and by when it was due stays on record
            row = replace(row, last=before.last, time=before.time)
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
