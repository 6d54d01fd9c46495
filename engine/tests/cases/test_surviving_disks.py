"""Disks that are full, read-only, slow or damaged, and keys that are gone: a finding, and nothing half-written."""

from __future__ import annotations

import json
import os
import pwd
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from calling import call as run
from handing import ASKER, AT, CHIEF, MANAGER, SUBMITTED, grounds
from surviving import filling_up

from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import Signer, new_key, read_checker
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.outbox import CLAIM, FileSink, deliver
from tsutatsu.cases.store import connecting
from tsutatsu.cases.store.store import Store
from tsutatsu.diagnostics import Refused


def code(what: Callable[[], object]) -> str:
    with pytest.raises(Refused) as raised:
        what()
    return raised.value.findings[0].code


# ── full ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("how", ["limit", "disk"])
def test_a_full_disk_stops_everything_and_leaves_nothing_by_halves(tmp_path: Path, how: str) -> None:
    before = [] if how == "limit" else filling_up.small_disk()
    if before is None:
        pytest.skip("needs the right to mount a small file system")
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    call = [*before, *([str(tmp_path)] if before else []), sys.executable, filling_up.__file__, str(tmp_path), how]
    done = subprocess.run(call, env=env, check=True, stdout=subprocess.PIPE, text=True)
    came = json.loads(done.stdout)
    print(f"\n{how}: {came}")
    assert came["codes"]["command"] == "TS887" and came["taken"] > 20
    assert came["lost"] == came["half"] == came["wrong"] == 0 and not came["torn"]
    once, lines, entries = came["messages"]
    assert once == entries == came["taken"] + 2
    assert lines - once <= 1, "one that had arrived, and could then not be marked, is sent again"
    assert came["backup"][0] == came["backup"][1] > entries
    if how == "disk":
        assert came["codes"]["messages"] in ("TS874", "TS887") and came["codes"]["backup"] == "OSError"


def test_a_message_that_does_not_fit_leaves_no_part_of_itself(store: Store, tmp_path: Path) -> None:
    store.start("handing", ASKER, AT, name="K1")
    file = tmp_path / "messages.jsonl"
    script = (
        "import resource, sys; from pathlib import Path; from tsutatsu.cases.outbox import FileSink\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))\n"
        "FileSink(Path(sys.argv[1])).send('x' * 60, 'K1/1')\n"
        "FileSink(Path(sys.argv[1])).send('y' * 60, 'K1/2')\n"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    done = subprocess.run([sys.executable, "-c", script, str(file)], env=env, check=False, capture_output=True)
    assert done.returncode == 1 and b"TS874" in done.stderr
    assert file.read_text(encoding="utf-8") == "x" * 60 + "\n"


def test_a_line_that_was_broken_off_is_not_continued(store: Store, tmp_path: Path) -> None:
    store.start("handing", ASKER, AT, name="K1")
    file = tmp_path / "messages.jsonl"
    file.write_text('{"message": "K0/1"}\n{"messa', encoding="utf-8")
    deliver(store, FileSink(file), lambda: AT)
    _, broken, whole = file.read_text(encoding="utf-8").splitlines()
    assert broken == '{"messa' and json.loads(whole)["message"] == "K1/1"


# ── slow ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


class WhileSending:
    """A sink in which something else happens while a message is under way."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self.meanwhile = meanwhile
        self.sent: list[str] = []

    def send(self, message: str, number: str) -> None:
        assert json.loads(message)["message"] == number
        self.meanwhile()
        self.sent.append(number)


def test_a_slow_receiver_holds_nobody_up(place: Path, store: Store, signer: Signer, monkeypatch) -> None:
    store.start("handing", ASKER, AT, name="K1")
    monkeypatch.setattr(connecting, "WAIT", 0.1)
    with Store.open(place, grounds(), signer) as other:
        sink = WhileSending(lambda: other.start("handing", ASKER, AT, name="K2") if not sink.sent else None)
        assert deliver(store, sink, lambda: AT) == 2
    assert sink.sent == ["K1/1", "K2/1"]


@pytest.mark.parametrize("command", ["", "'", 'tell "me'])
def test_a_receiver_that_is_no_command_is_refused(tmp_path: Path, command: str) -> None:
    place, key = str(tmp_path / "cases.sqlite"), str(tmp_path / "key")
    assert run("case", "init", "--db", place, "--key", key).exit_code == 0
    said = run("clock", "--db", place, "--key", key, "--outbox-command", command)
    assert said.exit_code == 2 and "TS623" in said.output


def test_while_one_sends_a_message_nobody_else_does_until_the_claim_runs_out(store: Store) -> None:
    store.start("handing", ASKER, AT, name="K1")
    store.do("K1", "submit", ASKER, SUBMITTED, AT)
    store.start("handing", ASKER, AT, name="K2")
    other = WhileSending(lambda: None)

    def meanwhile() -> None:
        if not sink.sent:
            assert deliver(store, other, lambda: AT) == 1 and other.sent == ["K2/1"], "K1/2 waits for K1/1"
            assert deliver(store, other, lambda: AT + CLAIM) == 2 and other.sent[1:] == ["K1/1", "K1/2"]

    sink = WhileSending(meanwhile)
    assert deliver(store, sink, lambda: AT) == 1 and sink.sent == ["K1/1"]


def test_a_claim_by_a_clock_that_was_ahead_holds_no_longer_than_others(store: Store) -> None:
    store.start("handing", ASKER, AT, name="K1")
    sink = WhileSending(lambda: None)

    class Died(BaseException):
        pass

    def die() -> None:
        with store.database.writing() as connection:
            connection.exec_driver_sql("UPDATE outbox SET claimed_by = 'one who died'")
        raise Died

    with pytest.raises(Died):
        deliver(store, WhileSending(die), lambda: AT.replace(year=2035))
    assert deliver(store, sink, lambda: AT) == 1


# ── in use ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_store_that_others_keep_locked_can_be_read_and_says_so_to_writers(
    place: Path, store: Store, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.start("handing", ASKER, AT, name="K1")
    monkeypatch.setattr(connecting, "WAIT", 0.1)
    with sqlite3.connect(place, isolation_level=None) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with Store.open(place, grounds(), signer) as other:
            assert other.case("K1").state == "draft"
            assert code(lambda: other.do("K1", "submit", ASKER, SUBMITTED, AT)) == "TS886"
            holder.execute("ROLLBACK")
            other.do("K1", "submit", ASKER, SUBMITTED, AT)
    holder.close()
    assert store.case("K1").version == 2


# ── read-only ────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def as_somebody() -> Iterator[None]:
    """Without the rights of the superuser, whom no permission stops."""
    if os.geteuid():
        yield
        return
    os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_file_that_may_only_be_read_is_read_and_never_written(signer: Signer) -> None:
    folder = Path(tempfile.mkdtemp(prefix="tsutatsu-ro-"))
    try:
        with Store.new(folder / "cases.sqlite", grounds(), signer) as store:
            store.start("handing", ASKER, AT, name="K1")
            (folder / "cases.sqlite").chmod(0o444)
            folder.chmod(0o555)
            with as_somebody(), Store.open(folder / "cases.sqlite", grounds(), signer) as other:
                assert other.case("K1").state == "draft"
                assert code(lambda: other.do("K1", "submit", ASKER, SUBMITTED, AT)) == "TS889"
            assert store.case("K1").version == 1
        with as_somebody():
            try:
                with Store.open(folder / "cases.sqlite", grounds(), signer) as other:
                    assert other.case("K1").state == "draft"
            except Refused as refused:  # SQLite itself needs a file beside it to read one that nobody has open
                found = {one.code for one in refused.findings}
            else:
                found = set()
        assert found <= {"TS855", "TS889"}
    finally:
        folder.chmod(0o755)
        shutil.rmtree(folder)


# ── damaged ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _seen(place: Path, key: Path) -> tuple[object, ...] | str:
    """All that a store says of itself, or by which finding it is found to be wrong."""
    try:
        with Store.open(place, grounds()) as store, store.database.reading() as connection:
            trail = whole_trail(connection)
            found = (
                *verify(trail, read_checker(key)).findings, *verify_derived(connection),
                *store.database.damage(connection),
            )  # fmt: skip
            if found:
                return found[0].code
            return trail, store.cases(), store.duties(), store.people(), store.next_due()
    except Refused as refused:
        return refused.findings[0].code


def test_a_damaged_page_is_found_or_does_no_harm(tmp_path: Path) -> None:
    place, key = tmp_path / "cases.sqlite", tmp_path / "key"
    with Store.new(place, grounds(), new_key(key)) as store:
        store.enrol([MANAGER, CHIEF])
        for number in range(3):
            store.start("handing", ASKER, AT, name=f"K{number}")
            store.do(f"K{number}", "submit", ASKER, SUBMITTED, AT)
    whole, right = place.read_bytes(), _seen(place, key)
    assert not isinstance(right, str)
    rng, found, harmless = random.Random(7), [], 0
    for _ in range(60):
        spoilt = bytearray(whole)
        at = rng.randrange(100, len(spoilt) - 64)
        spoilt[at : at + rng.choice([1, 8, 64])] = rng.randbytes(1)
        place.write_bytes(bytes(spoilt))
        for name in ("-wal", "-shm"):
            Path(f"{place}{name}").unlink(missing_ok=True)
        seen = _seen(place, key)
        if isinstance(seen, str):
            found.append(seen)
        else:
            assert seen == right
            harmless += 1
    print(f"\n{len(found)} found ({', '.join(sorted(set(found)))}), {harmless} harmless")
    assert len(found) > 20 and "TS888" in found


def test_the_command_line_tells_damage_in_a_sentence(tmp_path: Path) -> None:
    place, key = tmp_path / "cases.sqlite", tmp_path / "key"
    with Store.new(place, grounds(), new_key(key)) as store:
        store.start("handing", ASKER, AT, name="K1")
    spoilt = bytearray(place.read_bytes())
    for at in range(4096, len(spoilt), 4096):
        spoilt[at : at + 16] = b"\xff" * 16
    place.write_bytes(bytes(spoilt))
    for line in (["audit", "verify"], ["case", "list"], ["duties"]):
        said = run(*line, "--db", str(place), *(["--key", str(key)] if line[0] == "audit" else []))
        assert said.exit_code in (1, 2) and "TS888" in said.output, said.output


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_store_whose_key_is_gone_gets_no_other_one(tmp_path: Path, signer: Signer) -> None:
    place, key = tmp_path / "cases.sqlite", tmp_path / "key"
    assert run("case", "init", "--db", str(place), "--key", str(key)).exit_code == 0
    with Store.open(place, grounds(), signer=None) as store:
        store.start("handing", ASKER, AT, name="K1")
    (tmp_path / "key.pub").unlink()
    assert run("clock", "--db", str(place), "--key", str(key)).exit_code == 0
    with Store.open(place, grounds(), new_key(tmp_path / "other")) as other:
        assert code(lambda: other.do("K1", "submit", ASKER, SUBMITTED, AT)) == "TS858"
        assert code(lambda: other.seal(AT)) == "TS858"
        assert other.case("K1").version == 1
    assert run("audit", "verify", "--db", str(place), "--key", str(key)).exit_code == 0, "by the private key alone"
    key.unlink()
    said = run("clock", "--db", str(place), "--key", str(key))
    assert said.exit_code == 2 and "TS858" in said.output
    said = run("case", "init", "--db", str(place), "--key", str(key))
    assert said.exit_code == 2 and "TS859" in said.output and not key.exists()
