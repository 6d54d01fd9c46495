"""Processes that are killed at any step lose nothing that they acknowledged, and nothing happens twice."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path

import pytest
from handing import ASKER, AT, grounds
from surviving.commands import act, counted, messages, send, tick
from surviving.killing import Job, run_to_the_end

from tsutatsu.cases import DutyStanding
from tsutatsu.cases.audit.keys import new_key, read_signer
from tsutatsu.cases.outbox import CLAIM, FileSink, deliver
from tsutatsu.cases.store.store import Store

SHARED = 3


@pytest.fixture
def key(tmp_path: Path) -> Path:
    new_key(tmp_path / "key")
    return tmp_path / "key"


def test_killed_workers_lose_nothing_and_do_nothing_twice(place: Path | str, key: Path, tmp_path: Path) -> None:
    signer = read_signer(key)
    rng = random.Random(4)
    with Store.new(place, grounds(), signer) as store:
        for number in range(SHARED):
            store.start("handing", ASKER, AT, name=f"S{number}")
        jobs = [Job(act, (f"W{n}", 4, SHARED)) for n in range(4)]
        tally = run_to_the_end(jobs, str(place), key, rng, kills=12)
        counts = counted(store, signer.public, tally.said, tally.kills)
        print(f"\n{store.database.engine.dialect.name}, commands: {counts}")
        assert counts.kills >= 6 and counts.good
        assert counts.acknowledged == 4 * 4 * 4 + SHARED and counts.entries == counts.acknowledged + SHARED

        late = datetime(2025, 6, 6)
        tally = run_to_the_end([Job(tick, (late,))] * 3, str(place), key, rng, kills=6, within=120)
        counts = counted(store, signer.public, tally.said, tally.kills)
        print(f"{store.database.engine.dialect.name}, clocks: {counts}")
        assert counts.good and {one.duty.standing for one in store.duties()} == {DutyStanding.BREACHED}
        assert len(store.duties()) == 16 and {one.state for one in store.cases()} == {"closed", "submitted"}

        file = tmp_path / "messages.jsonl"
        jobs = [Job(send, (str(file), late))] * 2
        tally = run_to_the_end(jobs, str(place), key, rng, kills=6, within=150)
        deliver(store, FileSink(file), lambda: late + CLAIM)  # what those who died had taken on
        total, missing, again = messages(store, file)
        print(f"{store.database.engine.dialect.name}, messages: {tally.kills} kills, {total} sent, {missing} missing, "
              f"{again} again")  # fmt: skip
        assert total == counts.entries and missing == 0 and again <= tally.kills
