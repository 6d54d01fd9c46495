"""A store takes every command once, whole, or not at all."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from handing import AFTERWARDS, ASKER, AT, CHIEF, HANDING, MANAGER, PEOPLE, SUBMITTED, grounds
from sqlalchemy import insert, inspect, select, text

from tsutatsu.cases import MACHINE, Case, Chance, Deed, Done, DutyStanding, Refusal, Why
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import Signer, new_key
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.store.connecting import shown_place
from tsutatsu.cases.store.migrations import NEWEST
from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import ENTRIES, LEAVES, METADATA, MIGRATIONS, OUTBOX
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import Revision

NIGHT = datetime(2025, 6, 2, 22)


def code(run: Callable[[], object]) -> str:
    with pytest.raises(Refused) as raised:
        run()
    return raised.value.findings[0].code


def begun(store: Store, name: str = "K1") -> str:
    store.start("handing", ASKER, AT, name=name, label="一件目")
    return name


def given(store: Store, name: str = "K1", at: datetime = NIGHT) -> str:
    begun(store, name)
    for event, actor, said in (
        ("submit", ASKER, SUBMITTED),
        ("approve", MANAGER, {"copies": 1}),
        ("give", MANAGER, {}),
    ):
        assert isinstance(store.do(name, event, actor, said, at), Done)
    return name


def rows(store: Store, table) -> int:
    with store.database.reading() as connection:
        return len(connection.execute(select(table)).all())


def test_what_was_done_is_there_again_when_the_store_is_opened_anew(store: Store, place: Path | str) -> None:
    given(store)
    with Store.open(place, grounds()) as again:
        one = again.case("K1")
        assert one == store.case("K1")
        assert (one.state, one.version, one.label) == ("given", 4, "一件目")
        assert one.facts["copies"] == 1 and one.facts["given_at"] == NIGHT
        (row,) = again.cases()
        assert (row.state, row.version, row.next_due) == ("given", 4, datetime(2025, 6, 6))


def test_a_refused_event_changes_nothing(store: Store) -> None:
    begun(store)
    before = store.case("K1")
    came = store.do("K1", "give", MANAGER, {}, AT)
    assert isinstance(came, Refusal) and came.why is Why.STATE
    assert store.case("K1") == before and rows(store, OUTBOX) == rows(store, ENTRIES) == rows(store, LEAVES) == 1


def test_a_command_repeated_under_its_key_happens_once(store: Store) -> None:
    first = store.start("handing", ASKER, AT, key="open-1")
    again = store.start("handing", ASKER, AT, key="open-1")
    assert again.again and not first.again and again.case == first.case and len(store.cases()) == 1
    name = first.case.id
    one = store.do(name, "submit", ASKER, SUBMITTED, AT, key="a")
    two = store.do(name, "submit", ASKER, SUBMITTED, AT + timedelta(hours=1), key="a")
    assert isinstance(one, Done) and isinstance(two, Done)
    assert two.again and two.entry == one.entry and store.case(name).version == 2


def test_a_key_never_stands_for_two_commands(store: Store) -> None:
    begun(store)
    store.do("K1", "submit", ASKER, SUBMITTED, AT, key="a")
    assert code(lambda: store.do("K1", "approve", MANAGER, {"copies": 1}, AT, key="a")) == "TS850"
    assert code(lambda: store.do("K1", "submit", ASKER, {**SUBMITTED, "form": False}, AT, key="a")) == "TS850"


def test_a_command_that_saw_an_older_version_is_refused(store: Store) -> None:
    begun(store)
    store.do("K1", "submit", ASKER, SUBMITTED, AT)
    assert code(lambda: store.do("K1", "approve", MANAGER, {"copies": 1}, AT, expect=1)) == "TS842"
    assert isinstance(store.do("K1", "approve", MANAGER, {"copies": 1}, AT, expect=2), Done)


def test_of_many_writers_on_one_case_one_wins_and_nothing_is_lost(
    store: Store, place: Path | str, signer: Signer
) -> None:
    begun(store)
    came: list[object] = []

    def submit() -> None:
        with Store.open(place, grounds(), signer) as own:
            came.append(own.do("K1", "submit", ASKER, SUBMITTED, AT))

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(came) == 8 and sum(isinstance(one, Done) for one in came) == 1
    assert store.case("K1").version == 2 and rows(store, LEAVES) == 2


OPENING = """
import sys
from pathlib import Path
from handing import ASKER, AT, grounds
from tsutatsu.cases.audit.keys import read_signer
from tsutatsu.cases.store.store import Store
place, key = sys.argv[1:]
with Store.open(place, grounds(), read_signer(Path(key))) as store:
    for number in range(10_000):
        print(store.start("handing", ASKER, AT, name=f"K{number}").case.id, flush=True)
"""


def test_what_was_acknowledged_survives_a_writer_that_is_killed(place: Path | str, tmp_path: Path) -> None:
    signer = new_key(tmp_path / "key")
    with Store.new(place, grounds(), signer) as store:
        env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        call = [sys.executable, "-c", OPENING, str(place), str(tmp_path / "key")]
        with subprocess.Popen(call, stdout=subprocess.PIPE, text=True, env=env) as writer:
            assert writer.stdout is not None
            told = [writer.stdout.readline().strip() for _ in range(25)]
            writer.kill()
            told += [line.strip() for line in writer.stdout if line.endswith("\n")]
        there = {one.id for one in store.cases()}
        assert set(told) <= there and len(there) <= len(told) + 1
        with store.database.reading() as connection:
            assert verify(whole_trail(connection), signer.public).whole and verify_derived(connection) == ()


def test_time_comes_before_the_command(store: Store) -> None:
    begun(store)
    store.do("K1", "submit", ASKER, SUBMITTED, AT)
    came = store.do("K1", "approve", MANAGER, {"copies": 1}, datetime(2025, 8, 30))
    assert isinstance(came, Refusal) and came.why is Why.STATE
    assert store.case("K1").state == "gone"


def test_the_machine_closes_within_the_same_command(store: Store) -> None:
    given(store, at=AT)
    assert store.case("K1").state == "closed"
    assert [e.event for e in store.case("K1").entries[-2:]] == ["give", "close"]


def test_duties_are_listed_by_standing_circular_case_and_day(store: Store) -> None:
    given(store)
    given(store, "K2", NIGHT + timedelta(days=1))
    assert [(o.case, o.duty.standing) for o in store.duties()] == [("K1", DutyStanding.OPEN), ("K2", DutyStanding.OPEN)]
    assert [o.case for o in store.duties(due_by=datetime(2025, 6, 6))] == ["K1"]
    assert [o.case for o in store.duties(case="K2")] == ["K2"]
    assert store.duties(directive="other") == () and store.duties(standings=[DutyStanding.MET]) == ()
    store.do("K1", "report", MANAGER, {}, NIGHT + timedelta(days=1))
    assert [o.case for o in store.duties(standings=[DutyStanding.MET])] == ["K1"]


def test_corrections_withdrawals_and_waivers_are_entries(store: Store) -> None:
    given(store)
    store.correct("K1", CHIEF, {"copies": 2}, NIGHT, reason="数え違い", key="c")
    assert store.correct("K1", CHIEF, {"copies": 2}, NIGHT, reason="数え違い", key="c").again
    assert store.case("K1").facts["copies"] == 2
    store.withdraw("K1", MANAGER, NIGHT, reason="取り違え")
    assert store.case("K1").state == "approved" and "given_at" not in store.case("K1").facts
    store.do("K1", "give", MANAGER, {}, NIGHT)
    store.waive("K1", "report", CHIEF, NIGHT, reason="指示")
    assert [e.deed for e in store.case("K1").entries[4:]] == [
        Deed.CORRECTED, Deed.WITHDRAWN, Deed.EVENT, Deed.WAIVED, Deed.EVENT,
    ]  # fmt: skip
    assert store.case("K1").state == "closed"


def test_linked_cases_hold_an_event_back_until_they_stand_right(store: Store) -> None:
    given(store)
    store.start("afterwards", ASKER, AT, name="L1")
    assert code(lambda: store.link("L1", "K9", ASKER, AT)) == "TS843"
    assert code(lambda: store.link("L1", "L1", ASKER, AT)) == "TS871"
    store.link("L1", "K1", ASKER, AT)
    came = store.do("L1", "see", ASKER, {}, NIGHT)
    assert isinstance(came, Refusal) and came.why is Why.LINKED
    store.do("K1", "report", MANAGER, {}, NIGHT)
    assert isinstance(store.do("L1", "see", ASKER, {}, NIGHT), Done)


def test_a_case_whose_linked_case_moved_is_looked_at_by_the_worker(place: Path | str, signer: Signer) -> None:
    hand = type(HANDING.events[0].hand).MACHINE
    alone = replace(AFTERWARDS, events=tuple(replace(e, hand=hand) for e in AFTERWARDS.events))
    with Store.new(place, grounds((HANDING, alone)), signer) as store:
        given(store)
        store.start("afterwards", ASKER, AT, name="L1")
        store.link("L1", "K1", ASKER, AT)
        assert store.tick(NIGHT) is None
        store.do("K1", "report", MANAGER, {}, NIGHT)
        assert [e.event for e in store.tick(NIGHT) or ()] == ["see"]
        assert store.tick(NIGHT) is None


def test_personal_data_go_and_the_case_stays(store: Store) -> None:
    given(store, at=AT)
    store.erase("K1", CHIEF, NIGHT, reason="保存期間の満了")
    one = store.case("K1")
    assert one.erased and one.facts == {} and one.label == "" and one.state == "closed"
    assert [e.body is None for e in one.entries] == [True] * 5 + [False]
    assert code(lambda: store.correct("K1", CHIEF, {"copies": 2}, NIGHT, reason="x")) == "TS879"
    assert code(lambda: store.next("K1", CHIEF, NIGHT)) == "TS879"
    begun(store, "K2")
    assert code(lambda: store.erase("K2", CHIEF, NIGHT, reason="x")) == "TS870"


def test_a_key_still_stands_for_its_command_once_the_data_are_gone(store: Store) -> None:
    store.start("handing", ASKER, AT, name="K1", key="open")
    given_steps = (("submit", ASKER, SUBMITTED), ("drop", ASKER, {}))
    for event, actor, said in given_steps:
        assert isinstance(store.do("K1", event, actor, said, AT, key=event), Done)
    store.erase("K1", CHIEF, NIGHT, reason="満了")
    again = store.do("K1", "submit", ASKER, SUBMITTED, NIGHT, key="submit")
    assert isinstance(again, Done) and again.again and again.entry.body is None
    assert store.start("handing", ASKER, AT, name="K1", key="open").again


def test_the_machine_acts_under_its_own_name(store: Store) -> None:
    assert store.person("機械") is store.person("machine") is MACHINE


def test_a_case_keeps_the_law_it_was_opened_under(store: Store, place: Path | str, signer: Signer) -> None:
    begun(store)
    stricter = replace(
        HANDING, events=tuple(e for e in HANDING.events if e.id != "submit"), timers=(), states=HANDING.states
    )
    newer = grounds((stricter,), revision=Revision(2, date(2025, 6, 2), "改訂"))
    with Store.open(place, newer, signer) as later:
        assert isinstance(later.do("K1", "submit", ASKER, SUBMITTED, AT), Done)
        assert later.case("K1").pin.law == store.case("K1").pin.law != newer.named("handing", AT.date()).law
        later.start("handing", ASKER, AT, name="K2")
        assert code(lambda: later.do("K2", "submit", ASKER, SUBMITTED, AT)) == "TS841"


def test_names_that_are_not_there_are_told_with_the_nearest(store: Store) -> None:
    begun(store)
    assert code(lambda: store.case("K9")) == "TS843"
    assert code(lambda: store.start("handin", ASKER, AT)) == "TS856"
    assert code(lambda: store.start("handing", ASKER, AT, name="K1")) == "TS878"
    assert code(lambda: store.person("佐籐")) == "TS844"
    assert store.person("佐藤花子") == store.person("佐藤") == MANAGER


def test_the_roster_replaces_the_posts_of_those_it_names(store: Store) -> None:
    moved = replace(MANAGER, holdings=())
    store.enrol([moved])
    assert store.person("佐藤") == moved and {one.id for one in store.people()} == {one.id for one in PEOPLE}


def test_a_store_is_made_on_purpose_and_never_by_a_slip(tmp_path: Path, store: Store, place: Path | str) -> None:
    assert code(lambda: Store.open(tmp_path / "typo.sqlite", grounds())) == "TS855"
    assert not (tmp_path / "typo.sqlite").exists()
    assert code(lambda: Store.new(place, grounds())) == "TS859"
    (tmp_path / "text").write_text("これは置き場ではない" * 100, encoding="utf-8")
    assert code(lambda: Store.open(tmp_path / "text", grounds())) == "TS855"
    assert code(lambda: Store.open("mysql://x/y", grounds())) == "TS855"


def test_postgresql_needs_its_own_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tsutatsu.cases.store.connecting.find_spec", lambda _: None)
    assert code(lambda: Store.open("postgresql://user:secret@nowhere/db", grounds())) == "TS875"


def test_a_password_is_never_shown(store: Store) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(Refused) as raised:
        Store.open("postgresql://user:secret@/db?host=/nowhere", grounds())
    (found,) = raised.value.findings
    assert found.code == "TS855" and "secret" not in found.told()


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:secret@h:port/db",
        "postgresql://user:secret@[::1/db",
        "postgresql://h:1/db?user=a&Password=secret&x=1",
        "postgresql://user:secret@127.0.0.1:1/db?sslpassword=secret",
        "postgresql://user:my@secret@127.0.0.1:1/db",
        " postgresql://user:secret@h/db",
        "postgresql:/user:secret@h/db",
        "mysql://user:secret@h/db",
        "sqlite://user:secret@h/x.sqlite",
    ],
)
def test_no_place_that_cannot_be_had_shows_its_password(url: str) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(Refused) as raised:
        Store.open(url, grounds())
    (found,) = raised.value.findings
    assert found.code == "TS855" and "secret" not in found.told()
    assert "secret" not in shown_place(url)


def test_a_file_is_called_as_it_was_named(tmp_path: Path, signer: Signer) -> None:
    for name in ("a?b.sqlite", "a%20b.sqlite", "a#b.sqlite", "a b.sqlite"):
        Store.new(str(tmp_path / name), grounds(), signer).close()
        assert (tmp_path / name).is_file()
    assert {one.name for one in tmp_path.glob("a*")} == {"a?b.sqlite", "a%20b.sqlite", "a#b.sqlite", "a b.sqlite"}
    assert code(lambda: Store.open(f"sqlite:///{tmp_path}/a b.sqlite?mode=ro", grounds())) == "TS855"
    assert code(lambda: Store.open(str(tmp_path / ("x" * 5_000)), grounds())) == "TS855"


@pytest.mark.parametrize(
    "script",
    [
        "CREATE TABLE notes (text)",
        "CREATE TABLE migrations (app TEXT)",
        "CREATE TABLE migrations (number, name); INSERT INTO migrations VALUES (2.5, 'x')",
        "CREATE TABLE migrations (number, name); INSERT INTO migrations VALUES ('abc', 'x')",
    ],
)
def test_the_file_of_another_program_stays_as_it_is(tmp_path: Path, signer: Signer, script: str) -> None:
    file = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(file)) as other:
        other.executescript(script)
    before = file.read_bytes()
    assert code(lambda: Store.open(file, grounds())) == "TS855"
    assert code(lambda: Store.new(file, grounds(), signer)) == "TS855"
    assert file.read_bytes() == before


def test_a_store_of_a_later_version_is_left_alone(store: Store, place: Path | str) -> None:
    with store.database.writing() as connection:
        connection.execute(insert(MIGRATIONS).values(number=NEWEST + 1, name="later"))
    assert code(lambda: Store.open(place, grounds())) == "TS876"


def test_the_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    found = inspect(store.database.engine)
    assert set(found.get_table_names()) == set(METADATA.tables)
    for name, table in METADATA.tables.items():
        columns = {one["name"]: one["nullable"] for one in found.get_columns(name)}
        assert columns == {one.name: one.nullable for one in table.columns} | {
            one.name: columns[one.name] for one in table.primary_key
        }
        assert found.get_pk_constraint(name)["constrained_columns"] == [one.name for one in table.primary_key]


def test_sqlite_flushes_every_commit(store: Store) -> None:
    if store.database.postgres:
        pytest.skip("PostgreSQL flushes by its own setting")
    with store.database.reading() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar() == 2


def test_what_fails_halfway_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    begun(store)
    before: Case = store.case("K1")

    def fail(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(store, "_seal", fail)
    with pytest.raises(OSError, match="full"):
        store.do("K1", "submit", ASKER, SUBMITTED, AT)
    assert store.case("K1") == before and rows(store, ENTRIES) == 1


def test_next_tells_what_may_be_done_once_time_has_taken_its_course(store: Store) -> None:
    given(store)
    found = {one.event.id: one.chance for one in store.next("K1", MANAGER, datetime(2025, 6, 3)).options}
    assert found["report"] is Chance.MAY
    store.next("K1", MANAGER, datetime(2025, 6, 6))
    assert store.case("K1").duties[0].standing is DutyStanding.BREACHED
