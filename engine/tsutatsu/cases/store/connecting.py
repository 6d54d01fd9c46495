"""The database behind a store: SQLite in a file, or PostgreSQL by URL; durable before anything is acknowledged."""

from collections.abc import Generator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, DBAPIError, IntegrityError

from tsutatsu.cases.store.migrations import NEWEST, migrate, step_of
from tsutatsu.diagnostics import Refused, finding

WAIT: Final = 60
"""Seconds that a writer waits for another one on SQLite."""
LINK_DOWN: Final = 10_000
"""Milliseconds after which a PostgreSQL link on which nothing is acknowledged counts as cut."""
_WRITING: Final = "tsutatsu_writing"


class Database:
    """One database, with transactions that read and transactions that write."""

    def __init__(self, engine: Engine, place: str) -> None:
        self.engine = engine
        self.place = place
        self.postgres = engine.dialect.name == "postgresql"
        self._writing = engine.execution_options(**{_WRITING: True})

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A transaction that sees one state of the database and changes nothing."""
        options: dict[str, Any] = {"isolation_level": "REPEATABLE READ"} if self.postgres else {}
        with self._told(), self.engine.execution_options(**options).begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection]:
        """A transaction that is whole on the disk when it ends, or has not been."""
        with self._told(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def _told(self) -> Generator[None]:
        """What the database refuses is told in a sentence."""
        try:
            yield
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise _closed(self.place, error) from None

    def close(self) -> None:
        """Lets its connections go."""
        self.engine.dispose()


def connect(place: str, *, new: bool = False) -> Database:
    """The database at ``place`` (a file, or a URL), in its newest form; ``new`` makes one where there is none.

    Refused where it cannot be had, where there is none, or, with ``new``, where there is one already.
    """
    url = place if "://" in place else f"sqlite:///{place}"
    database = Database(_engine(url, place, new=new), _hidden(url))
    try:
        with database.writing() as connection:
            found = step_of(connection)
            if new and found:
                raise Refused([finding("TS859", place=database.place)])
            if not new and not found:
                raise _refused(database.place, "事案の置き場でない。", "It holds no cases.")
            if found != NEWEST:
                migrate(connection, database.place)
    except Refused:
        database.close()
        raise
    return database


def _engine(url: str, place: str, *, new: bool) -> Engine:
    try:
        made = make_url(url)
    except ArgumentError:
        raise _refused(place, "URL として読めない。", "It is no URL.") from None
    kind = made.get_backend_name()
    if kind == "sqlite":
        file = made.database
        if not file or file == ":memory:":
            raise _refused(place, "ファイルの名がない。", "It names no file.")
        if not new and not Path(file).is_file():
            raise _refused(place, "ファイルがない。", "There is no such file.")
        engine = create_engine(f"sqlite+pysqlite:///{file}", connect_args={"timeout": WAIT})
        event.listen(engine, "connect", _durable)
        event.listen(engine, "begin", _begin)
        return engine
    if kind in ("postgresql", "postgres"):
        if find_spec("psycopg") is None:
            raise Refused([finding("TS875", word="psycopg", extra="postgres")])
        return create_engine(
            made.set(drivername="postgresql+psycopg"),
            connect_args={"tcp_user_timeout": LINK_DOWN, "connect_timeout": WAIT // 6},
            pool_pre_ping=True,
        )
    raise _refused(
        _hidden(url), "SQLite のファイルか postgresql:// の URL でない。", "It is neither SQLite nor PostgreSQL."
    )


def _durable(connection: Any, _: object) -> None:  # noqa: ANN401  (the driver's own)
    """WAL, and each commit flushed: NORMAL loses acknowledged commits when the power fails."""
    connection.isolation_level = None
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    """A writer takes its turn at once, so that what it has read still holds when it writes."""
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _closed(place: str, error: DBAPIError) -> Refused:
    why = str(error.orig).partition("\n")[0]
    return _refused(place, why, why)


def _refused(place: str, why: str, why_en: str) -> Refused:
    return Refused([finding("TS855", place=place, why=why, why_en=why_en)])


def _hidden(url: str) -> str:
    """The URL as it may be shown: without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True).removeprefix("sqlite:///")
    except ArgumentError:
        return url
