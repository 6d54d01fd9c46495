"""Stores for tests: a SQLite file each; what is tried of stores and clocks is tried on PostgreSQL as well.

Where PostgreSQL is on the machine, the tests start a server of their own, as an unprivileged user, on a socket only.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from handing import PEOPLE, grounds
from surviving.postgres import Server, tools
from surviving.postgres import server as running

from tsutatsu.cases.audit.keys import Signer, new_key
from tsutatsu.cases.store.store import Store

ON_BOTH = (
    "test_store", "test_clock", "test_looking", "test_surviving_kills", "test_surviving_clocks", "test_writers",
    "test_moving",
)  # fmt: skip
"""The modules whose tests run on both kinds of database."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "place" in metafunc.fixturenames:
        both = metafunc.module.__name__.rpartition(".")[2] in ON_BOTH
        metafunc.parametrize("place", ["sqlite", "postgres"] if both else ["sqlite"], indirect=True)


@pytest.fixture(scope="session")
def signer(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    return new_key(tmp_path_factory.mktemp("keys") / "audit")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server of PostgreSQL."""
    if tools() is None:
        pytest.skip("needs PostgreSQL on this machine")
    pytest.importorskip("psycopg")
    with running() as one:
        yield one


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a new store may be made."""
    if getattr(request, "param", "sqlite") == "sqlite":
        return tmp_path / "cases.sqlite"
    one: Server = request.getfixturevalue("server")
    return one.url()


@pytest.fixture
def store(place: Path | str, signer: Signer) -> Iterator[Store]:
    with Store.new(place, grounds(), signer) as made:
        made.enrol(PEOPLE)
        yield made
