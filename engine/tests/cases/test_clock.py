"""What is due is done once, as of the day it is due; messages arrive; no test waits for anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from handing import ASKER, AT, MANAGER, SUBMITTED, grounds
from sqlalchemy import func, select, text

from tsutatsu.cases import Deed, Done, DutyStanding
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import Signer, new_key
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.clockwork import fire, run_ahead
from tsutatsu.cases.outbox import CommandSink, FileSink, deliver
from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import ENTRIES, OUTBOX
from tsutatsu.diagnostics import Refused

NIGHT = datetime(2025, 6, 2, 22)


def filled(store: Store, count: int) -> None:
    """Cases that each owe a report by 5 June and are erased on 30 August."""
    for n in range(count):
        name = f"K{n}"
        store.start("handing", ASKER, AT, name=name)
        for event, actor, said in (
            ("submit", ASKER, SUBMITTED),
            ("approve", MANAGER, {"copies": 1}),
            ("give", MANAGER, {}),
        ):
            assert isinstance(store.do(name, event, actor, said, NIGHT), Done)


def test_nothing_fires_before_its_first_moment(store: Store) -> None:
    filled(store, 1)
    assert list(fire(store, datetime(2025, 6, 5, 23, 59, 59))) == []
    (fired,) = fire(store, datetime(2025, 6, 6))
    assert [e.deed for e in fired.entries] == [Deed.BREACHED, Deed.EVENT]
    assert list(fire(store, datetime(2025, 6, 6))) == []


def test_running_ahead_does_each_thing_as_of_its_own_moment(store: Store) -> None:
    store.start("handing", ASKER, AT, name="K1")
    store.do("K1", "submit", ASKER, SUBMITTED, AT)
    store.start("handing", ASKER, AT, name="K2")
    store.do("K2", "submit", ASKER, {**SUBMITTED, "made_on": date(2025, 5, 1)}, AT)
    fired = [e for one in run_ahead(store, AT, datetime(2025, 12, 31)) for e in one.entries]
    assert [(e.case, e.at) for e in fired] == [("K2", datetime(2025, 7, 30)), ("K1", datetime(2025, 8, 30))]
    assert store.next_due() is None


def test_a_worker_that_comes_late_records_when_it_came(store: Store) -> None:
    store.start("handing", ASKER, AT, name="K1")
    store.do("K1", "submit", ASKER, SUBMITTED, AT)
    (fired,) = fire(store, datetime(2025, 9, 2, 7, 30))
    assert fired.entries[0].at == datetime(2025, 9, 2, 7, 30)
    assert store.case("K1").entries[1].timings[0].due_at == datetime(2025, 8, 30)


def test_a_clock_that_goes_backwards_moves_nothing_back(store: Store) -> None:
    filled(store, 1)
    list(fire(store, datetime(2025, 6, 6)))
    assert list(fire(store, datetime(2025, 6, 1))) == []
    assert store.case("K0").last == datetime(2025, 6, 6)


WORKER = """
import sys
from datetime import datetime
from pathlib import Path
from handing import grounds
from tsutatsu.cases.audit.keys import read_signer
from tsutatsu.cases.clockwork import fire
from tsutatsu.cases.store.store import Store
place, key = sys.argv[1:]
with Store.open(place, grounds(), read_signer(Path(key))) as store:
    sys.stdin.readline()
    print(sum(len(one.entries) for one in fire(store, datetime(2025, 6, 6))))
"""


def test_of_several_processes_each_thing_is_done_by_one(place: Path | str, tmp_path: Path) -> None:
    key = tmp_path / "key"
    signer = new_key(key)
    with Store.new(place, grounds(), signer) as store:
        filled(store, 12)
        env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        call = [sys.executable, "-c", WORKER, str(place), str(key)]
        workers = [
            subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env) for _ in range(4)
        ]
        done = [worker.communicate("\n") for worker in workers]
        assert [worker.returncode for worker in workers] == [0] * 4
        assert sum(int(out) for out, _ in done) == 24
        assert {o.duty.standing for o in store.duties()} == {DutyStanding.BREACHED} and len(store.duties()) == 12
        with store.database.reading() as connection:
            breaches = select(func.count()).select_from(ENTRIES).where(ENTRIES.c.deed == "breached")
            assert connection.execute(breaches).scalar() == 12
            assert verify(whole_trail(connection), signer.public).whole and verify_derived(connection) == ()


def test_every_entry_is_told_once_and_tells_nothing_personal(store: Store, tmp_path: Path) -> None:
    filled(store, 1)
    assert deliver(store, FileSink(tmp_path / "out.jsonl"), lambda: NIGHT) == 4
    assert deliver(store, FileSink(tmp_path / "out.jsonl"), lambda: NIGHT) == 0
    text_ = (tmp_path / "out.jsonl").read_text(encoding="utf-8")
    said = [json.loads(line) for line in text_.splitlines()]
    assert [one["message"] for one in said] == ["K0/1", "K0/2", "K0/3", "K0/4"]
    assert said[-1]["duties"][0]["standing"] == "open" and said[-1]["duties"][0]["due_at"] == "2025-06-06T00:00:00"
    assert not [name for name in ("山田", "佐藤", "inquiry") if name in text_]


def test_a_message_that_did_not_arrive_is_sent_again(store: Store, tmp_path: Path) -> None:
    filled(store, 1)
    for sink in (
        CommandSink([sys.executable, "-c", "raise SystemExit(3)"]),
        CommandSink([str(tmp_path / "nowhere")]),
        FileSink(tmp_path / "no" / "such" / "folder"),
    ):
        with pytest.raises(Refused, match="TS874"):
            deliver(store, sink, lambda: NIGHT)
    keep = f"import sys; open({str(tmp_path / 'got')!r}, 'ab').write(sys.stdin.buffer.read() + b'\\n')"
    assert deliver(store, CommandSink([sys.executable, "-c", keep]), lambda: NIGHT) == 4
    assert len((tmp_path / "got").read_text(encoding="utf-8").splitlines()) == 4


def test_what_is_sealed_later_is_sealed_by_whoever_has_the_key(place: Path | str, signer: Signer) -> None:
    with Store.new(place, grounds()) as unsigned:
        filled(unsigned, 2)
        unsigned.signer = signer
        assert unsigned.seal(NIGHT) == 8
        with unsigned.database.reading() as connection:
            assert verify(whole_trail(connection), signer.public).whole


def test_messages_are_kept_with_what_they_tell_of(store: Store) -> None:
    filled(store, 2)
    list(fire(store, datetime(2025, 6, 6) + timedelta(days=1)))
    with store.database.reading() as connection:
        told = connection.execute(select(OUTBOX.c.case_id, OUTBOX.c.number)).all()
        assert {tuple(row) for row in told} == {
            tuple(row) for row in connection.execute(text("SELECT case_id, number FROM entries"))
        }
