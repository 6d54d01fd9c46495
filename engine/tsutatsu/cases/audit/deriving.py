"""Whether what a store derives from its entries is what they give: states, duties, timers, links."""

from collections.abc import Iterator

from sqlalchemy import Connection, select

from tsutatsu.cases.case import Case, DutyKey
from tsutatsu.cases.store import reading
from tsutatsu.cases.store.tables import CASES, DUTIES, LINKS, TIMERS
from tsutatsu.cases.store.writing import case_columns, duty_columns, next_due
from tsutatsu.diagnostics import Diagnostic, Refused, finding


def verify_derived(connection: Connection) -> tuple[Diagnostic, ...]:
    """The derived rows that differ, each named; a case whose entries cannot be read is named as a whole."""
    found: list[Diagnostic] = []
    for row in connection.execute(select(CASES).order_by(CASES.c.id)).all():
        try:
            case = reading.case_of(connection, row.id)
        except (Refused, AssertionError):
            found.append(finding("TS867", row=f"cases {row.id}"))
            continue
        derived = (
            *case_columns(case).values(),
            case.version,
            case.entries[0].at.isoformat(),
            case.last.isoformat(),
            next_due(case),
        )
        if tuple(row)[1:] != derived:
            found.append(finding("TS867", row=f"cases {row.id}"))
        found += [finding("TS867", row=name) for name in _rows(connection, case)]
    return tuple(found)


def _rows(connection: Connection, case: Case) -> Iterator[str]:
    """The derived rows of one case that differ."""
    derived = {str(one.key): tuple(duty_columns(one).values()) for one in case.duties}
    asked = select(DUTIES).where(DUTIES.c.case_id == case.id)
    stored = {
        str(DutyKey(row.judgement, row.norm, row.unit)): (row.standing, row.due_at, row.stated)
        for row in connection.execute(asked)
    }
    for key in sorted(derived.keys() | stored.keys()):
        if derived.get(key) != stored.get(key):
            yield f"duties {case.id}/{key}"
    timers = {(one.event, one.clock, one.due_at.isoformat(), int(one.held)) for one in case.timings}
    waiting = connection.execute(select(TIMERS).where(TIMERS.c.case_id == case.id))
    kept = {(str(row.event), str(row.clock), str(row.due_at), int(row.held)) for row in waiting}
    for event, *_ in sorted(timers ^ kept):
        yield f"timers {case.id}/{event}"
    links = set(connection.execute(select(LINKS.c.other).where(LINKS.c.case_id == case.id)).scalars())
    for other in sorted(links ^ set(case.links)):
        yield f"links {case.id}/{other}"
