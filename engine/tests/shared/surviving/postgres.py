"""A PostgreSQL server of the tests' own: as an unprivileged user, on a socket only."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PORT = 5432
"""By which the socket is called; nothing listens on a port."""


def tools() -> Path | None:
    """Where PostgreSQL's programs are."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((one for one in reversed(folders) if (one / "pg_ctl").exists()), None)


class Server:
    """A running server in a folder of its own."""

    def __init__(self, programs: Path, folder: Path, settings: str) -> None:
        self.folder = folder
        self.socket = folder / f".s.PGSQL.{PORT}"
        self._control = str(programs / "pg_ctl")
        self._who: dict[str, object] = {}
        if os.geteuid() == 0:
            user = next(one for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody"))
            os.chown(folder, user.pw_uid, user.pw_gid)
            self._who = {"user": user.pw_name, "cwd": folder}
        self._numbers = itertools.count(1)
        data = str(folder / "data")
        self._call(
            str(programs / "initdb"), "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"
        )
        self._options = f"-k {folder} -c listen_addresses= -c max_connections=60 {settings}"
        self.start()

    def start(self) -> None:
        """Starts it, and returns when it takes connections."""
        self._call(self._control, "-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w", "-o",
                   self._options, "start")  # fmt: skip

    def stop(self) -> None:
        """Stops it as a crash would."""
        self._call(self._control, "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")

    def _call(self, *args: str) -> None:
        subprocess.run(args, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._who)

    def database(self) -> str:
        """The name of a new database."""
        import psycopg

        name = f"t{next(self._numbers)}"
        with psycopg.connect(host=str(self.folder), user="tester", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return name

    def url(self, database: str | None = None) -> str:
        """Where a new store may be made."""
        return f"postgresql://tester@/{database or self.database()}?host={self.folder}"


@contextmanager
def server(settings: str = "-c fsync=off") -> Iterator[Server]:
    """A server, while it is needed; PostgreSQL must be on the machine."""
    programs = tools()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="tsutatsu-pg-"))
    try:
        one = Server(programs, folder, settings)
        try:
            yield one
        finally:
            one.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
