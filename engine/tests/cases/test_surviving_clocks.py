"""Many open clocks: each runs out once, whoever is killed meanwhile; and the next one is found without a search."""

from __future__ import annotations

import gc
import random
import re
import sys
import tracemalloc
from collections import Counter
from datetime import datetime, timedelta
from itertools import zip_longest
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from calling import call
from handing import ASKER, AT, SUBMITTED, grounds
from sqlalchemy import event, text
from surviving.commands import tick
from surviving.filling import fill
from surviving.killing import Job, run_to_the_end

from tsutatsu.calendar import TOKYO
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import new_key, read_signer
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.clockwork import fire
from tsutatsu.cases.outbox import CommandSink, deliver
from tsutatsu.cases.store.store import Store
from tsutatsu.diagnostics import Refused

OPEN, DUE = 20_000, 100
FIRST_DAY = datetime(2025, 8, 30)
"""When the first clocks of the cases run out: ninety days after the recording."""


def day_of(number: int) -> int:
    """A few on the first day, all the others on one later day."""
    return 0 if number < DUE else 1


@pytest.fixture
def key(tmp_path: Path) -> Path:
    new_key(tmp_path / "key")
    return tmp_path / "key"


@pytest.mark.parametrize("workers", [2, 4])
def test_of_many_open_clocks_each_that_is_due_runs_out_once(place: Path | str, key: Path, workers: int) -> None:
    with Store.new(place, grounds(), read_signer(key)) as store:
        fill(store, OPEN if workers == 4 else OPEN // 10, day_of)
        jobs = [Job(tick, (FIRST_DAY,))] * workers
        tally = run_to_the_end(jobs, str(place), key, random.Random(workers), kills=2 * workers, within=300)
        fired = Counter(line.split()[1].partition("/")[0] for line in tally.said if line.startswith("fired "))
        gone = {one.id for one in store.cases(state="gone")}
        left = len(store.cases(state="submitted"))
        print(f"\n{store.database.engine.dialect.name}: {workers} workers, {tally.kills} kills, {len(gone)} fired, "
              f"{left} still open, {sum(fired.values()) - len(fired)} twice")  # fmt: skip
        assert len(gone) == DUE + 1 and fired.keys() <= gone and set(fired.values()) <= {1}
        assert len(fired) >= len(gone) - tally.kills, "only what a killed worker could no longer say may be missing"
        assert {len(store.case(name).entries) for name in gone} == {3}
        if workers == 2:
            with store.database.reading() as connection:
                assert verify(whole_trail(connection), read_signer(key).public).findings == ()
                assert verify_derived(connection) == ()


def test_the_next_clock_and_the_next_message_are_found_by_their_index(store: Store) -> None:
    """Though a thousand are due at the same moment."""
    fill(store, 1_000, lambda _: 0)
    asked: list[tuple[str, object]] = []

    def note(_: object, __: object, statement: str, values: object, *___: object) -> None:
        asked.append((statement, values))

    with store.database.writing() as connection:
        connection.execute(text("ANALYZE"))
    event.listen(store.database.engine, "before_cursor_execute", note)
    store.tick(FIRST_DAY)
    with pytest.raises(Refused, match="TS874"):
        deliver(store, CommandSink([sys.executable, "-c", "raise SystemExit(1)"]), lambda: AT)
    store.next_due()
    event.remove(store.database.engine, "before_cursor_execute", note)
    plans = [
        (statement, plan)
        for statement, values in asked
        if re.search(r"FROM (cases|outbox)[\s\S]* ORDER BY", statement)
        for plan in [_plan(store, statement, values)]
    ]
    assert len(plans) >= 3
    for statement, plan in plans:
        assert not re.search(r"SCAN (cases|outbox)(?! USING)|TEMP B-TREE|Seq Scan on (cases|outbox)|Sort", plan), (
            f"{statement}\n{plan}"
        )


def _plan(store: Store, statement: str, values: object) -> str:
    explain = "EXPLAIN " if store.database.postgres else "EXPLAIN QUERY PLAN "
    with store.database.engine.connect() as connection:
        raw = connection.connection.cursor()
        if store.database.postgres:
            raw.execute("SET enable_seqscan = off")
        raw.execute(explain + statement, values)
        return "\n".join(" ".join(map(str, row)) for row in raw.fetchall())


def test_a_worker_keeps_nothing_of_what_it_has_done(store: Store) -> None:
    fill(store, 100, lambda _: 0)
    firing = fire(store, FIRST_DAY)

    def held() -> int:
        for _ in range(30):
            next(firing)
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        _, before, after = held(), held(), held()
    finally:
        tracemalloc.stop()
    assert after - before < 50_000, f"{after - before} bytes more after 30 cases"


def test_a_worker_whose_clock_is_not_the_servers_does_nothing(
    place: Path | str, key: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.new(place, grounds(), read_signer(key)) as store:
        store.enrol([ASKER])
        store.start("handing", ASKER, AT, name="K1")
        store.do("K1", "submit", ASKER, SUBMITTED, AT)
        line = ["clock", "--db", str(place), "--key", str(key)]
        real = datetime.now(TOKYO)
        monkeypatch.setattr("tsutatsu.cli.commands.clock.now", lambda: real + timedelta(days=1))
        said = call(*line)
        if store.database.postgres:
            assert said.exit_code == 1 and "TS884" in said.output and store.case("K1").version == 2
            assert call(*line, "--at", "2025-06-05").exit_code == 0 and store.case("K1").version == 2
            monkeypatch.setattr("tsutatsu.cli.casework.now", lambda: real + timedelta(days=1))
            said = call("case", "do", "K1", "drop", "--as", "山田", *line[1:])
            assert said.exit_code == 1 and "TS884" in said.output and store.case("K1").version == 2
            monkeypatch.setattr("tsutatsu.cli.commands.clock.now", lambda: real)
            said = call(*line)
        assert said.exit_code == 0 and store.case("K1").state == "gone"


def test_workers_whose_clocks_differ_fire_everything_once_and_never_before_their_own_time(store: Store) -> None:
    fill(store, 30, lambda number: number % 3)
    behind, ahead = fire(store, FIRST_DAY), fire(store, FIRST_DAY + timedelta(days=1, hours=1))
    fired = [one for pair in zip_longest(behind, ahead) for found in pair if found is not None for one in found.entries]
    assert len({one.case for one in fired}) == len(fired) == 21
    assert all(one.at in (FIRST_DAY, FIRST_DAY + timedelta(days=1, hours=1)) for one in fired)
    assert len(store.cases(state="submitted")) == 10 and list(fire(store, FIRST_DAY)) == []


def test_an_hour_that_another_zone_has_twice_is_two_hours_in_tokyo(store: Store) -> None:
    there = ZoneInfo("America/New_York")
    early = datetime(2025, 11, 2, 1, 30, tzinfo=there)
    late = early.replace(fold=1)
    store.start("handing", ASKER, early, name="K1")
    store.do("K1", "submit", ASKER, {**SUBMITTED, "made_on": early.date()}, late)
    assert [one.at for one in store.case("K1").entries] == [
        datetime(2025, 11, 2, 14, 30),
        datetime(2025, 11, 2, 15, 30),
    ]
    with pytest.raises(Refused, match="TS848"):
        store.do("K1", "drop", ASKER, {}, early)


def test_a_command_dated_before_the_last_entry_is_refused_and_nothing_moves(store: Store) -> None:
    store.start("handing", ASKER, AT, name="K1")
    before = store.case("K1")
    with pytest.raises(Refused, match="TS848"):
        store.do("K1", "submit", ASKER, SUBMITTED, AT.replace(hour=9))
    assert store.case("K1") == before
