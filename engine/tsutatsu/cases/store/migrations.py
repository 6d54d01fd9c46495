"""The form of a store, step by step: forward only; a step that has been released is never changed."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, inspect, select, text

from tsutatsu.cases.store.tables import MIGRATIONS
from tsutatsu.diagnostics import Refused, finding


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: statements, parted by semicolons, that every kind of database takes."""

    number: int
    name: str
    script: str


_FIRST: Final = """
CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE laws (digest TEXT PRIMARY KEY, kind TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE cases (
    id TEXT PRIMARY KEY, directive TEXT NOT NULL, issued TEXT NOT NULL, workflow TEXT NOT NULL, state TEXT NOT NULL,
    version BIGINT NOT NULL, opened_at TEXT NOT NULL, last_at TEXT NOT NULL, next_due TEXT
);
CREATE INDEX cases_next_due ON cases (next_due);
CREATE TABLE entries (
    case_id TEXT NOT NULL REFERENCES cases (id), number BIGINT NOT NULL, deed TEXT NOT NULL, at TEXT NOT NULL,
    header TEXT NOT NULL, commitment TEXT NOT NULL, link TEXT NOT NULL, PRIMARY KEY (case_id, number)
);
CREATE TABLE bodies (
    case_id TEXT NOT NULL, number BIGINT NOT NULL, salt TEXT NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (case_id, number)
);
CREATE TABLE leaves (
    case_id TEXT NOT NULL, number BIGINT NOT NULL, leaf TEXT NOT NULL, place BIGINT, PRIMARY KEY (case_id, number)
);
CREATE UNIQUE INDEX leaves_place ON leaves (place);
CREATE TABLE heads (
    size BIGINT PRIMARY KEY, root TEXT NOT NULL, at TEXT NOT NULL, previous TEXT NOT NULL, signature TEXT NOT NULL,
    frontier TEXT NOT NULL
);
CREATE TABLE commands (key TEXT PRIMARY KEY, case_id TEXT NOT NULL, number BIGINT NOT NULL, request TEXT NOT NULL);
CREATE TABLE duties (
    case_id TEXT NOT NULL, judgement TEXT NOT NULL, norm TEXT NOT NULL, unit INTEGER NOT NULL, standing TEXT NOT NULL,
    due_at TEXT, stated TEXT NOT NULL, PRIMARY KEY (case_id, judgement, norm, unit)
);
CREATE INDEX duties_standing ON duties (standing, due_at);
CREATE TABLE timers (
    case_id TEXT NOT NULL, event TEXT NOT NULL, clock TEXT NOT NULL, due_at TEXT NOT NULL, held INTEGER NOT NULL,
    PRIMARY KEY (case_id, event, clock)
);
CREATE TABLE links (case_id TEXT NOT NULL, other TEXT NOT NULL, PRIMARY KEY (case_id, other));
CREATE INDEX links_other ON links (other);
CREATE TABLE wakes (
    case_id TEXT NOT NULL, other TEXT NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (case_id, other, number)
);
CREATE TABLE outbox (
    case_id TEXT NOT NULL, number BIGINT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL, sent INTEGER NOT NULL,
    PRIMARY KEY (case_id, number)
);
CREATE INDEX outbox_sent ON outbox (sent, at);
CREATE TABLE people (id TEXT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE posts (
    person TEXT NOT NULL, place INTEGER NOT NULL, post TEXT NOT NULL, unit TEXT NOT NULL, first_day TEXT,
    last_day TEXT, PRIMARY KEY (person, place)
)
"""
_SECOND: Final = """
ALTER TABLE outbox ADD COLUMN claimed_at TEXT;
ALTER TABLE outbox ADD COLUMN claimed_by TEXT;
DROP INDEX outbox_sent;
CREATE INDEX outbox_sent ON outbox (sent, at, case_id, number);
DROP INDEX cases_next_due;
CREATE INDEX cases_next_due ON cases (next_due, id)
"""
_THIRD: Final = """
CREATE TABLE looks (case_id TEXT PRIMARY KEY, at TEXT NOT NULL);
CREATE INDEX looks_at ON looks (at, case_id);
INSERT INTO looks (case_id, at) SELECT id, last_at FROM cases
"""
STEPS: Final = (
    Migration(1, "cases, entries, audit trail, duties and timers, messages, people", _FIRST),
    Migration(2, "who is sending a message; the next case, or message, among many of one moment", _SECOND),
    Migration(3, "when time alone may change a case", _THIRD),
)
NEWEST: Final = STEPS[-1].number


def step_of(connection: Connection) -> int:
    """How far the store has come; 0 where there is none yet."""
    if not inspect(connection).has_table("migrations"):
        return 0
    found = connection.execute(select(MIGRATIONS.c.number)).scalars().all()
    return max((0, *found)) if all(type(one) is int for one in found) else 0


def migrate(connection: Connection, place: str, upto: int = NEWEST) -> None:
    """Takes the store to the newest form, or to that of a step; refused where it is newer than this program knows."""
    found = step_of(connection)
    if found > NEWEST:
        raise Refused([finding("TS876", place=place, found=found, known=NEWEST)])
    for step in STEPS[found:upto]:
        for statement in step.script.split(";"):
            connection.execute(text(statement))
        connection.execute(MIGRATIONS.insert().values(number=step.number, name=step.name))
