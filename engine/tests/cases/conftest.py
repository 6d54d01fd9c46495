"""Stores for tests: a SQLite file each; what is tried of stores and clocks is tried on PostgreSQL as well.

Where PostgreSQL is on the machine, the tests start a server of their own, as an unprivileged user, on a socket only.
"""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from handing import PEOPLE, grounds

from tsutatsu.cases.audit.keys import Signer, new_key
from tsutatsu.cases.store.store import Store

ON_BOTH = ("test_store", "test_clock")
"""The modules whose tests run on both kinds of database."""
NUMBERS = itertools.count(1)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        both = metafunc.module.__name__.rpartition(".")[2] in ON_BOTH
        metafunc.parametrize("place", ["sqlite", "postgres"] if both else ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return new_key(tmp_path_factory.mktemp("keys") / "audit")


def tools() -> Path | None:
    """Where PostgreSQL's programs are."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    return next((one for one in reversed(folders) if (one / "pg_ctl").exists()), None)


@pytest.fixture(scope="session")
def server() -> Iterator[Path]:
    """The folder of a server's socket."""
    bin_ = tools()
    if bin_ is None:
        pytest.skip("needs PostgreSQL on this machine")
    pytest.importorskip("psycopg")
    folder = Path(tempfile.mkdtemp(prefix="tsutatsu-pg-"))
    who = {}
    if os.geteuid() == 0:
        user = next(one.pw_name for one in pwd.getpwall() if one.pw_name in ("postgres", "nobody"))
        os.chown(folder, pwd.getpwnam(user).pw_uid, pwd.getpwnam(user).pw_gid)
        who = {"user": user, "cwd": folder}

    def call(*args: str) -> None:
        subprocess.run(args, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **who)

    data = str(folder / "data")
    call(str(bin_ / "initdb"), "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
    options = f"-k {folder} -c listen_addresses= -c fsync=off -c max_connections=60"
    call(str(bin_ / "pg_ctl"), "-D", data, "-l", str(folder / "log"), "-w", "-o", options, "start")
    try:
        yield folder
    finally:
        call(str(bin_ / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a new store may be made."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return tmp_path / "cases.sqlite"
    folder = request.getfixturevalue("server")
    import psycopg

    name = f"t{next(NUMBERS)}"
    with psycopg.connect(host=str(folder), user="tester", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql://tester@/{name}?host={folder}"


@pytest.fixture
def store(place: Path | str, signer: Signer) -> Iterator[Store]:
    with Store.new(place, grounds(), signer) as made:
        made.enrol(PEOPLE)
        yield made
