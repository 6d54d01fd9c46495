"""The tables of a store. ``entries`` and ``bodies`` say everything; what else stands of a case is derived from them."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Integer, MetaData, Table, Text

METADATA: Final = MetaData()

META: Final = Table("meta", METADATA, Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
MIGRATIONS: Final = Table(
    "migrations", METADATA, Column("number", Integer, primary_key=True), Column("name", Text, nullable=False)
)
LAWS: Final = Table(
    "laws",
    METADATA,
    Column("digest", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
)
"""The circulars and workflows that cases are pinned to, in canonical form."""
CASES: Final = Table(
    "cases",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("directive", Text, nullable=False),
    Column("issued", Text, nullable=False),
    Column("workflow", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("last_at", Text, nullable=False),
    Column("next_due", Text),
)
ENTRIES: Final = Table(
    "entries",
    METADATA,
    Column("case_id", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("deed", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("header", Text, nullable=False),
    Column("commitment", Text, nullable=False),
    Column("link", Text, nullable=False),
    ForeignKeyConstraint(["case_id"], ["cases.id"]),
)
BODIES: Final = Table(
    "bodies",
    METADATA,
    Column("case_id", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("salt", Text, nullable=False),
    Column("text", Text, nullable=False),
)
LEAVES: Final = Table(
    "leaves",
    METADATA,
    Column("case_id", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("leaf", Text, nullable=False),
    Column("place", BigInteger),
)
HEADS: Final = Table(
    "heads",
    METADATA,
    Column("size", BigInteger, primary_key=True),
    Column("root", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("signature", Text, nullable=False),
    Column("frontier", Text, nullable=False),
)
COMMANDS: Final = Table(
    "commands",
    METADATA,
    Column("key", Text, primary_key=True),
    Column("case_id", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("request", Text, nullable=False),
)
DUTIES: Final = Table(
    "duties",
    METADATA,
    Column("case_id", Text, primary_key=True),
    Column("judgement", Text, primary_key=True),
    Column("norm", Text, primary_key=True),
    Column("unit", Integer, primary_key=True),
    Column("standing", Text, nullable=False),
    Column("due_at", Text),
    Column("stated", Text, nullable=False),
)
TIMERS: Final = Table(
    "timers",
    METADATA,
    Column("case_id", Text, primary_key=True),
    Column("event", Text, primary_key=True),
    Column("clock", Text, primary_key=True),
    Column("due_at", Text, nullable=False),
    Column("held", Integer, nullable=False),
)
LINKS: Final = Table(
    "links",
    METADATA,
    Column("case_id", Text, primary_key=True),
    Column("other", Text, primary_key=True),
)
WAKES: Final = Table(
    "wakes",
    METADATA,
    Column("case_id", Text, primary_key=True),
    Column("other", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
)
"""Cases to be looked at, because one that they are linked with has moved."""
LOOKS: Final = Table("looks", METADATA, Column("case_id", Text, primary_key=True), Column("at", Text, nullable=False))
"""When time alone may next change a case; a reminder for the worker, and no part of what has happened."""
OUTBOX: Final = Table(
    "outbox",
    METADATA,
    Column("case_id", Text, primary_key=True),
    Column("number", BigInteger, primary_key=True),
    Column("at", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("claimed_at", Text),
    Column("claimed_by", Text),
)
PEOPLE: Final = Table("people", METADATA, Column("id", Text, primary_key=True), Column("name", Text, nullable=False))
POSTS: Final = Table(
    "posts",
    METADATA,
    Column("person", Text, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("post", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("first_day", Text),
    Column("last_day", Text),
)
