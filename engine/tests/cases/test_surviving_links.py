"""PostgreSQL that restarts, falls silent, is cut off: each command is answered or fails in time, and happens once."""

from __future__ import annotations

import threading

import pytest
from handing import ASKER, AT, SUBMITTED, grounds
from surviving.cutting import Mood, link
from surviving.link_trial import in_time, over_a_failing_link, through_restarts
from surviving.postgres import Server

from tsutatsu.cases import Done
from tsutatsu.cases.audit.keys import Signer
from tsutatsu.cases.store import connecting
from tsutatsu.cases.store.store import Store

TOLD = {"TS855", "TS885", "TS886"}
"""How a link that failed may be told."""


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    from tsutatsu.cases.store.patience import Patient

    monkeypatch.setattr(Patient, "limit", 0.4)
    monkeypatch.setattr(connecting, "LINK_DOWN", 2_000)


@pytest.mark.usefixtures("patience")
@pytest.mark.parametrize("mood", [Mood.SILENT, Mood.CUT])
def test_a_command_over_a_failing_link_ends_in_time_and_its_repetition_does_it_once(
    server: Server, signer: Signer, mood: Mood
) -> None:
    found = over_a_failing_link(server, signer, mood, seed=3, count=10)
    print(f"\nthe link {mood.value}: {found}")
    assert found.counts.good and found.counts.acknowledged == found.counts.entries == 10
    assert found.codes.total() >= 4 and found.codes.keys() <= TOLD


@pytest.mark.usefixtures("patience")
def test_an_answer_that_is_lost_after_the_commit_is_had_by_asking_again(server: Server, signer: Signer) -> None:
    database = server.database()
    with (
        link(server.socket) as wire,
        Store.new(server.url(database), grounds(), signer) as direct,
        Store.open(wire.url(database), grounds(), signer) as store,
    ):
        direct.start("handing", ASKER, AT, name="K1")
        heard = 0
        while direct.case("K1").version == 1:
            wire.after(heard, Mood.CUT)
            assert in_time(lambda: store.do("K1", "submit", ASKER, SUBMITTED, AT, key="a")) in TOLD
            wire.mend()
            heard += 1
        again = store.do("K1", "submit", ASKER, SUBMITTED, AT, key="a")
        assert isinstance(again, Done) and again.again and direct.case("K1").version == 2


def test_who_went_away_within_a_transaction_keeps_nobody_waiting_for_ever(
    server: Server, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "LOCK_WAIT", 200)
    url = server.url()
    with Store.new(url, grounds(), signer) as store, Store.open(url, grounds(), signer) as gone:
        store.start("handing", ASKER, AT, name="K1")
        with gone.database.writing() as connection:
            connection.exec_driver_sql("SELECT * FROM cases FOR UPDATE")
            assert in_time(lambda: store.do("K1", "submit", ASKER, SUBMITTED, AT)) == "TS886"
    monkeypatch.setattr(connecting, "LEFT_ALONE", 100)
    monkeypatch.setattr(connecting, "LOCK_WAIT", 30_000)
    with Store.open(url, grounds(), signer) as gone, Store.open(url, grounds(), signer) as store:

        def leave() -> None:
            with gone.database.writing() as connection:
                connection.exec_driver_sql("SELECT * FROM cases FOR UPDATE")
                assert isinstance(store.do("K1", "submit", ASKER, SUBMITTED, AT), Done)
                connection.exec_driver_sql("SELECT 1")

        assert in_time(leave) == "TS885"


def test_a_server_that_restarts_under_load_loses_nothing_and_does_nothing_twice(server: Server, signer: Signer) -> None:
    found = through_restarts(server, signer, restarts=2, each=12)
    print(f"\n2 restarts: {found}")
    assert found.counts.good and found.counts.acknowledged == found.counts.entries == 48
    assert found.codes and found.codes.keys() <= TOLD


def test_of_two_who_block_each_other_one_is_told_to_try_again(server: Server, signer: Signer) -> None:
    url, both = server.url(), threading.Barrier(2)
    with Store.new(url, grounds(), signer) as store:
        for name in ("K1", "K2"):
            store.start("handing", ASKER, AT, name=name)
        came: list[object] = []

        def lock(first: str, second: str) -> str:
            with store.database.writing() as connection:
                connection.exec_driver_sql(f"SELECT * FROM cases WHERE id = '{first}' FOR UPDATE")
                both.wait()
                connection.exec_driver_sql(f"SELECT * FROM cases WHERE id = '{second}' FOR UPDATE")
            return "taken"

        orders = (("K1", "K2"), ("K2", "K1"))
        threads = [threading.Thread(target=lambda o=o: came.append(in_time(lambda: lock(*o)))) for o in orders]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sorted(map(str, came)) == ["TS886", "taken"]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("40001", "TS886"), ("55P03", "TS886"), ("57014", "TS886"), ("53300", "TS886"),
        ("53100", "TS887"), ("58030", "TS887"), ("XX001", "TS888"), ("25006", "TS889"), ("42501", "TS889"),
        ("57P01", "TS885"), ("25P03", "TS885"), ("22012", "TS855"),
    ],
)  # fmt: skip
def test_what_the_server_cannot_do_is_told_by_its_kind(server: Server, signer: Signer, state: str, code: str) -> None:
    with Store.new(server.url(), grounds(), signer) as store:

        def fail() -> None:
            with store.database.writing() as connection:
                connection.exec_driver_sql(f"DO $$ BEGIN RAISE EXCEPTION 'it fails' USING ERRCODE = '{state}'; END $$")

        assert in_time(fail) == code
        store.start("handing", ASKER, AT, name="K1")
