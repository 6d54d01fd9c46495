"""What a store holds, read back: cases from their entries, rows of duties and timers, people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection, Row, RowMapping, or_, select

from tsutatsu.cases.case import Body, Case, DutyRow, DutyStanding, Entry, Linked, Pin, fold
from tsutatsu.cases.ground import Ground, Grounds
from tsutatsu.cases.people import Actor, Holding, nfc
from tsutatsu.cases.store.statements import ENTRIES_OF
from tsutatsu.cases.store.tables import BODIES, CASES, DUTIES, LAWS, LINKS, PEOPLE, POSTS
from tsutatsu.diagnostics import Refused, finding, near
from tsutatsu.ir.workflows import Workflow
from tsutatsu.sealing import decode, decode_node
from tsutatsu.source import Source


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list."""

    id: str
    label: str
    """What it was called when it was opened; nothing once its personal data have been erased."""
    directive: str
    issued: date
    workflow: str
    state: str
    version: int
    opened_at: datetime
    last_at: datetime
    next_due: datetime | None


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A duty in a list, and the case that owes it."""

    case: str
    directive: str
    duty: DutyRow


def case_of(connection: Connection, name: str) -> Case:
    """The case called ``name``, from its entries."""
    entries = [entry_of(header, body, name) for header, body in connection.execute(ENTRIES_OF, {"of_case": name})]
    if not entries:
        known = connection.execute(select(CASES.c.id).order_by(CASES.c.id).limit(1_000)).scalars().all()
        raise Refused([finding("TS843", word=name, nearest=near(name, known))])
    return fold(entries)


def entry_of(header: str, body: str | None, where: str = "") -> Entry:
    """An entry from its rows."""
    place = Source(where)
    entry = decode_node(Entry, header.encode(), place)
    return entry if body is None else replace(entry, body=decode_node(Body, body.encode(), place))


def linked_with(connection: Connection, case: Case, alike: frozenset[str] = frozenset()) -> tuple[Linked, ...]:
    """The cases that this one is linked with, as they stand, each with what it says of the terms in ``alike``."""
    if not case.links:
        return ()
    asked = select(CASES.c.id, CASES.c.workflow, CASES.c.state, CASES.c.version).where(CASES.c.id.in_(case.links))
    found = tuple(Linked(*row) for row in connection.execute(asked.order_by(CASES.c.id)))
    return tuple(one.with_facts_of(case_of(connection, one.case), alike) for one in found) if alike else found


def linking_to(connection: Connection, name: str) -> tuple[str, ...]:
    """The cases that are linked with this one."""
    return tuple(
        connection.execute(select(LINKS.c.case_id).where(LINKS.c.other == name).order_by(LINKS.c.case_id)).scalars()
    )


def ground_of(connection: Connection, grounds: Grounds, pin: Pin) -> Ground:
    """The ground of a case: as today's law gives it, else as the store has kept it."""
    found = grounds.pinned(pin)
    if found is not None:
        return found
    texts = {
        row.digest: row.text for row in connection.execute(select(LAWS).where(LAWS.c.digest.in_((pin.text, pin.flow))))
    }
    directive = decode(texts[pin.text].encode(), Source(pin.directive))
    return grounds.keep(pin, directive, decode_node(Workflow, texts[pin.flow].encode(), Source(pin.workflow)))


def case_rows(
    connection: Connection, *, directive: str | None = None, workflow: str | None = None, state: str | None = None
) -> tuple[CaseRow, ...]:
    """Every case that fits, by number."""
    first = (BODIES.c.case_id == CASES.c.id) & (BODIES.c.number == 1)
    asked = select(*CASES.columns, BODIES.c.text.label("opening")).select_from(CASES.outerjoin(BODIES, first))
    asked = asked.order_by(CASES.c.opened_at, CASES.c.id)
    for column, wanted in ((CASES.c.directive, directive), (CASES.c.workflow, workflow), (CASES.c.state, state)):
        if wanted is not None:
            asked = asked.where(column == wanted)
    return tuple(_case_row(row) for row in connection.execute(asked).mappings())


def _case_row(row: RowMapping) -> CaseRow:
    return CaseRow(
        row["id"],
        "" if row["opening"] is None else decode_node(Body, row["opening"].encode(), Source(row["id"])).words,
        row["directive"],
        date.fromisoformat(row["issued"]),
        row["workflow"],
        row["state"],
        row["version"],
        datetime.fromisoformat(row["opened_at"]),
        datetime.fromisoformat(row["last_at"]),
        None if row["next_due"] is None else datetime.fromisoformat(row["next_due"]),
    )


def duty_rows(
    connection: Connection,
    *,
    standings: Iterable[DutyStanding] = (),
    directive: str | None = None,
    case: str | None = None,
    due_by: datetime | None = None,
) -> tuple[OwedRow, ...]:
    """Every duty that fits, those that are due first before those that have no time."""
    asked = select(DUTIES.c.case_id, CASES.c.directive, DUTIES.c.stated).join(CASES, CASES.c.id == DUTIES.c.case_id)
    wanted = [one.value for one in standings]
    if wanted:
        asked = asked.where(DUTIES.c.standing.in_(wanted))
    if directive is not None:
        asked = asked.where(CASES.c.directive == directive)
    if case is not None:
        asked = asked.where(DUTIES.c.case_id == case)
    if due_by is not None:
        asked = asked.where(DUTIES.c.due_at <= due_by.isoformat())
    asked = asked.order_by(
        DUTIES.c.due_at.is_(None), DUTIES.c.due_at, DUTIES.c.case_id, DUTIES.c.judgement, DUTIES.c.norm, DUTIES.c.unit
    )
    return tuple(
        OwedRow(owner, law, decode_node(DutyRow, stated.encode(), Source(owner)))
        for owner, law, stated in connection.execute(asked)
    )


def person(connection: Connection, name: str) -> Actor:
    """The person of this id in the roster (or of this name, where it is one person's alone)."""
    called = nfc(name)
    asked = select(PEOPLE).where(or_(PEOPLE.c.id == called, PEOPLE.c.name == called)).order_by(PEOPLE.c.id)
    rows = connection.execute(asked).all()
    found = [row for row in rows if row.id == called] or rows
    if len(found) != 1:
        known = connection.execute(select(PEOPLE.c.id).order_by(PEOPLE.c.id).limit(10_000)).scalars().all()
        raise Refused([finding("TS844", word=name, nearest=near(name, known))])
    (one,) = found
    held = connection.execute(select(POSTS).where(POSTS.c.person == one.id).order_by(POSTS.c.place))
    return Actor(one.id, one.name, tuple(_holding(row) for row in held))


def people(connection: Connection) -> tuple[Actor, ...]:
    """Everyone in the roster."""
    held: dict[str, list[Holding]] = {}
    for row in connection.execute(select(POSTS).order_by(POSTS.c.person, POSTS.c.place)):
        held.setdefault(row.person, []).append(_holding(row))
    rows: Sequence[Row[tuple[str, str]]] = connection.execute(select(PEOPLE).order_by(PEOPLE.c.id)).all()
    return tuple(Actor(row.id, row.name, tuple(held.get(row.id, ()))) for row in rows)


def _holding(row: Row[tuple[object, ...]]) -> Holding:
    first, last = (None if one is None else date.fromisoformat(one) for one in (row.first_day, row.last_day))
    return Holding(row.post, row.unit, first, last)
