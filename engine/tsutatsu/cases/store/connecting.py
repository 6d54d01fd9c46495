"""The database behind a store: SQLite in a file, or PostgreSQL by URL; durable before anything is acknowledged."""

import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, Engine, create_engine, event, func, inspect, make_url, select
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnection

from tsutatsu.calendar import TOKYO
from tsutatsu.cases.store.failing import failure, occupied
from tsutatsu.cases.store.migrations import NEWEST, migrate, step_of
from tsutatsu.diagnostics import Diagnostic, Refused, finding

WAIT: Final = 60
"""Seconds that a writer waits for another one on SQLite."""
LINK_DOWN: Final = 10_000
"""Milliseconds after which a PostgreSQL link on which nothing is acknowledged counts as cut."""
LOCK_WAIT: Final = 30_000
"""Milliseconds that a writer waits for another one on PostgreSQL."""
LEFT_ALONE: Final = 60_000
"""Milliseconds after which PostgreSQL ends the transaction, and frees the locks, of a writer who has gone."""
CLOCKS_DIFFER: Final = timedelta(minutes=1)
"""How far the clock of a worker may be from that of the server."""
MAKING_LOCK: Final = 0x7375_7462
"""The advisory lock under which a store is made, or takes its newest form, on PostgreSQL."""
_WRITING: Final = "tsutatsu_writing"
_OURS: Final = frozenset({"migrations", "cases", "entries", "leaves", "heads"})
"""Tables by which a SQLite file is known to be a store."""
_SECRETS: Final = re.compile(r"(?<=:)[^/].*@|(?<=password=)[^&]*", re.IGNORECASE | re.DOTALL)


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

    def alone(self, connection: Connection, lock: int) -> None:
        """Has whoever asks for the same lock wait for the end of this transaction (on SQLite any writer does)."""
        if self.postgres:
            connection.execute(select(func.pg_advisory_xact_lock(lock)))

    def check_clock(self, now: datetime) -> None:
        """Refused where a server's own clock says something else than ``now`` (which bears its zone)."""
        if not self.postgres:
            return
        with self.reading() as connection:
            there = connection.execute(select(func.clock_timestamp())).scalar_one()
        if abs(there - now) > CLOCKS_DIFFER:
            shown = [one.astimezone(TOKYO).isoformat(sep=" ", timespec="seconds") for one in (now, there)]
            raise Refused([finding("TS884", here=shown[0], there=shown[1])])

    def damage(self, connection: Connection) -> tuple[Diagnostic, ...]:
        """What the database itself finds damaged in its file (SQLite; PostgreSQL has tools of its own)."""
        if self.postgres:
            return ()
        found = connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars().all()
        return tuple(finding("TS888", place=self.place, why=one, why_en=one) for one in found if one != "ok")

    @contextmanager
    def _told(self) -> Generator[None]:
        """What the database refuses is told in a sentence."""
        try:
            yield
        except IntegrityError:
            raise
        except DBAPIError as error:
            raise failure(self.place, error) from None
        except NoConnection:
            raise occupied(self.place) from None

    def close(self) -> None:
        """Lets its connections go."""
        self.engine.dispose()


def connect(place: str, *, fill: Callable[[Connection], object] | None = None, step: int = NEWEST) -> Database:
    """The database at ``place`` (a file, or a URL), in its newest form.

    ``fill`` makes one where there is none, and writes its first rows (in the form of ``step``), all of it in one
    transaction. Refused where it cannot be had, where there is none, or, with ``fill``, where there is one already.
    """
    database = Database(_engine(place, new=fill is not None), shown_place(place))
    try:
        if fill is not None:
            with _alone(database) as connection:
                if step_of(connection):
                    raise Refused([finding("TS859", place=database.place)])
                if not database.postgres and inspect(connection).get_table_names():
                    raise _refused(database.place, "事案の置き場でない。", "It holds no cases.")
                migrate(connection, database.place, step)
                fill(connection)
                migrate(connection, database.place)
            return database
        with database.reading() as connection:
            found = step_of(connection)
        if not found:
            raise _refused(database.place, "事案の置き場でない。", "It holds no cases.")
        if found != NEWEST:
            with _alone(database) as connection:
                migrate(connection, database.place)
    except BaseException:
        database.close()
        raise
    return database


def refuse_taken(place: str) -> None:
    """Refused where there is a store at ``place``, in whatever state."""
    try:
        connect(place).close()
    except Refused as refused:
        if any(one.code == "TS855" for one in refused.findings):
            return
        raise
    raise Refused([finding("TS859", place=shown_place(place))])


@contextmanager
def _alone(database: Database) -> Generator[Connection]:
    """A transaction in which nobody else makes or changes the tables."""
    with database.writing() as connection:
        database.alone(connection, MAKING_LOCK)
        yield connection


def _engine(place: str, *, new: bool) -> Engine:
    try:
        made = make_url(place) if "://" in place else URL.create("sqlite", database=place)
    except (ArgumentError, ValueError):  # ValueError: a port that is no number
        raise _refused(place, "URL として読めない。", "It is no URL.") from None
    kind = made.get_backend_name()
    if kind == "sqlite":
        file = made.database
        if not file or file == ":memory:":
            raise _refused(place, "ファイルの名がない。", "It names no file.")
        if made.host or made.query:
            raise _refused(place, "ファイルの名のほかに書いてある。", "It says more than the name of a file.")
        try:
            if not new and not Path(file).is_file():
                raise _refused(place, "ファイルがない。", "There is no such file.")
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise _refused(place, why, why) from None
        engine = create_engine(URL.create("sqlite+pysqlite", database=file), connect_args={"timeout": WAIT})
        event.listen(engine, "connect", _made_durable if new else _durable)
        event.listen(engine, "begin", _begin)
        return engine
    if kind in ("postgresql", "postgres"):
        if find_spec("psycopg") is None:
            raise Refused([finding("TS875", word="psycopg", extra="postgres")])
        if "@" in (made.host or ""):
            raise _refused(place, "パスワードの @ は %40 と書く。", "An @ in a password is written %40.")
        return _postgres(made)
    raise _refused(place, "SQLite のファイルか postgresql:// の URL でない。", "It is neither SQLite nor PostgreSQL.")


def _postgres(url: URL) -> Engine:
    """Nobody waits for ever: neither this program for a server, nor a server for a program that has gone."""
    own = url.query.get("options", "")
    bounds = {"lock_timeout": LOCK_WAIT, "idle_in_transaction_session_timeout": LEFT_ALONE, "tcp_keepalives_idle": 10}
    engine = create_engine(
        url.set(drivername="postgresql+psycopg").difference_update_query(["options"]),
        connect_args={
            "tcp_user_timeout": LINK_DOWN,
            "connect_timeout": LINK_DOWN // 1_000,
            "keepalives_idle": 10,
            "keepalives_interval": 3,
            "keepalives_count": 3,
            "options": " ".join([f"-c {name}={value}" for name, value in bounds.items()] + [str(own)]).strip(),
        },
        pool_pre_ping=True,
    )
    event.listen(engine, "do_connect", _patient)
    return engine


def _patient(_: object, __: object, args: list[Any], named: dict[str, Any]) -> object:
    from tsutatsu.cases.store.patience import Patient

    return Patient.connect(*args, **named)


def _made_durable(connection: Any, _: object) -> None:  # noqa: ANN401  (the driver's own)
    """The settings of a new store; a file in which something else lies already stays as it is."""
    connection.isolation_level = None
    if not _tables(connection):
        _set(connection)
    else:
        _durable(connection, _)


def _durable(connection: Any, _: object) -> None:  # noqa: ANN401  (the driver's own)
    """The settings of a store; a file of another program stays as it is."""
    connection.isolation_level = None
    if _tables(connection) >= _OURS:
        _set(connection)


def _tables(connection: Any) -> set[str]:  # noqa: ANN401  (the driver's own)
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _set(connection: Any) -> None:  # noqa: ANN401  (the driver's own)
    """WAL, and each commit flushed: NORMAL loses acknowledged commits when the power fails."""
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    """A writer takes its turn at once, so that what it has read still holds when it writes."""
    writing = connection.get_execution_options().get(_WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _refused(place: str, why: str, why_en: str) -> Refused:
    return Refused([finding("TS855", place=shown_place(place), why=why, why_en=why_en)])


def shown_place(place: str) -> str:
    """A place as it may be shown: without the password of a URL, however ill it is written."""
    return _SECRETS.sub(lambda found: "***@" if found[0].endswith("@") else "***", place).removeprefix("sqlite:///")
