"""A roster comes whole or not at all; a store goes into a file and comes back as it was."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest
from handing import ASKER, AT, MANAGER, SUBMITTED, grounds
from sqlalchemy import Connection, insert, inspect, select

from tsutatsu.cases import Actor, Holding
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import Signer, new_key
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.backup import FORMAT, TABLES, back_up, restore
from tsutatsu.cases.roster import read_roster
from tsutatsu.cases.store import connecting, migrations
from tsutatsu.cases.store.store import Store
from tsutatsu.cases.store.tables import METADATA
from tsutatsu.diagnostics import Refused


def test_a_roster_has_a_post_to_a_line_in_either_language() -> None:
    said = (
        "番号,氏名,職,所属,から,まで\n佐藤,佐藤花子,管理者,地域課,令和7年4月1日,\n"
        "佐藤,,係員,,,2025-03-31\n\n一般,,,,,\n"
    )
    held = (Holding("管理者", "地域課", date(2025, 4, 1)), Holding("係員", "", None, date(2025, 3, 31)))
    assert read_roster(said) == (Actor("佐藤", "佐藤花子", held), Actor("一般"))
    assert read_roster("id,post\nA,manager\n") == (Actor("A", "", (Holding("manager"),)),)
    assert read_roster("番号,氏名,所属\n山田,山田太郎,刑事課\n") == (
        Actor("山田", "山田太郎", (Holding("", "刑事課"),)),
    )
    assert read_roster("番号,氏名\n1,山田　太郎\n") == (Actor("1", "山田　太郎"),)
    assert read_roster("") == ()


@pytest.mark.parametrize(
    "said",
    [
        "番号,肩書\n佐藤,管理者\n",
        "番号,番号\n佐藤,佐藤\n",
        "氏名\n佐藤\n",
        "番号,職\n佐藤\n",
        "番号,職\n,管理者\n",
        "番号,職,から\n佐藤,管理者,四月\n",
        "番号,職,から,まで\n佐藤,管理者,2025-04-01,2025-03-31\n",
        "番号,氏名\n佐藤,花子\n佐藤,一郎\n",
        "番号,職,から\n佐藤,,四月\n",
        '番号,職\n佐藤,"管理者\n',
        "番号,職\nmachine,管理者\n",
        "番号,職\n時計,管理者\n",
        "番号,職\n佐藤\u200b,管理者\n",
        "番号,職\n佐\u202e藤,管理者\n",
        "番号,職\n佐\0藤,管理者\n",
        '番号,職\n"佐\n藤",管理者\n',
        "番号,職\n" + "佐" * 200_000 + ",管理者\n",
    ],
)
def test_a_line_that_cannot_be_read_is_named(said: str) -> None:
    with pytest.raises(Refused) as raised:
        read_roster(said, "名簿.csv")
    (found,) = raised.value.findings
    assert found.code == "TS857" and found.where.file == "名簿.csv" and found.where.line


def test_a_backup_restores_to_the_same_store(store: Store, signer: Signer, tmp_path: Path) -> None:
    store.start("handing", ASKER, AT, name="K1", label="改行\u2028のある名")
    store.do("K1", "submit", ASKER, SUBMITTED, AT)
    count = back_up(store, tmp_path / "backup.jsonl")
    place = str(tmp_path / "again.sqlite")
    assert restore(tmp_path / "backup.jsonl", place) == count
    with Store.open(place, grounds(), signer) as again:
        assert again.case("K1") == store.case("K1") and again.people() == store.people()
        again.do("K1", "drop", ASKER, {}, datetime(2025, 6, 3))
        with again.database.reading() as connection:
            assert verify(whole_trail(connection), signer.public).whole and verify_derived(connection) == ()
    with pytest.raises(Refused, match="TS859"):
        restore(tmp_path / "backup.jsonl", place)


def test_a_backup_takes_the_place_of_no_device(store: Store, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="pipe"):
        back_up(store, pipe)
    with pytest.raises(OSError, match=r"\."):
        back_up(store, Path())
    assert pipe.is_fifo()


def test_a_public_key_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "key.pub").write_text("older", encoding="ascii")
    with pytest.raises(Refused, match="TS858"):
        new_key(tmp_path / "key")
    assert (tmp_path / "key.pub").read_text(encoding="ascii") == "older" and not (tmp_path / "key").exists()


def test_a_backup_that_is_not_whole_restores_nothing(store: Store, tmp_path: Path) -> None:
    store.start("handing", ASKER, AT, name="K1")
    back_up(store, tmp_path / "whole.jsonl")
    whole = (tmp_path / "whole.jsonl").read_text(encoding="utf-8")
    lines = whole.splitlines(keepends=True)
    torn = (
        "",
        "x",
        "".join(lines[:-1]),
        "".join(lines[1:]),
        whole.replace("K1", "K2"),
        "".join([*lines[:2], *lines[3:]]),
    )
    for number, text in enumerate(torn):
        (tmp_path / f"{number}.jsonl").write_text(text, encoding="utf-8")
        with pytest.raises(Refused, match="TS877"):
            restore(tmp_path / f"{number}.jsonl", str(tmp_path / f"{number}.sqlite"))
        assert not (tmp_path / f"{number}.sqlite").exists()
    with pytest.raises(Refused, match="TS855"):
        restore(tmp_path / "nowhere", str(tmp_path / "x.sqlite"))


def test_a_backup_whose_rows_cannot_stand_beside_each_other_restores_nothing(store: Store, tmp_path: Path) -> None:
    store.start("handing", ASKER, AT, name="K1")
    back_up(store, tmp_path / "whole.jsonl")
    lines = (tmp_path / "whole.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)[:-1]
    twice = "".join([*lines, next(line for line in lines if '"table": "entries"' in line)])
    ending = {"rows": len(lines), "digest": hashlib.sha256(twice.encode()).hexdigest()}
    (tmp_path / "twice.jsonl").write_text(twice + json.dumps(ending) + "\n", encoding="utf-8")
    with pytest.raises(Refused, match="TS877"):
        restore(tmp_path / "twice.jsonl", str(tmp_path / "twice.sqlite"))


@pytest.mark.parametrize(
    ("head", "row", "code"),
    [
        ([1], None, "TS877"),
        ({"step": True}, None, "TS876"),
        ({"step": 2.5}, None, "TS876"),
        ({}, "x", "TS877"),
        ({}, {"table": "people"}, "TS877"),
        ({}, {"table": "people", "row": "x"}, "TS877"),
        ({}, {"table": "nothing", "row": {"id": "1"}}, "TS877"),
        ({}, {"table": "migrations", "row": {"number": 9, "name": "x"}}, "TS877"),
        ({}, {"table": "people", "row": {"id": "1", "name": "x", "more": "x"}}, "TS877"),
        ({}, {"table": "people", "row": {"id": "1", "name": []}}, "TS877"),
        ({}, {"table": "people", "row": {"id": "\ud800", "name": "x"}}, "TS877"),
        ({}, {"table": "looks", "row": {"case_id": "K1", "at": 2**70}}, "TS877"),
        ({}, {"table": "entries", "row": {"case_id": "K1", "number": 2**70}}, "TS877"),
        ({}, "[" * 50_000 + "]" * 50_000, "TS877"),
    ],
)
def test_a_backup_made_up_under_a_digest_that_fits_restores_nothing(
    store: Store, tmp_path: Path, head: object, row: object, code: str
) -> None:
    store.start("handing", ASKER, AT, name="K1")
    back_up(store, tmp_path / "whole.jsonl")
    first, *lines = (tmp_path / "whole.jsonl").read_text(encoding="utf-8").split("\n")[:-2]
    begins = json.dumps({**json.loads(first), **head} if isinstance(head, dict) else head)
    added = [] if row is None else [row if isinstance(row, str) and row.startswith("[") else json.dumps(row)]
    text = "".join(f"{line}\n" for line in [begins, *lines, *added])
    ending = {"rows": len(lines) + len(added), "digest": hashlib.sha256(text.encode()).hexdigest()}
    (tmp_path / "made.jsonl").write_text(text + json.dumps(ending) + "\n", encoding="utf-8")
    with pytest.raises(Refused, match=code):
        restore(tmp_path / "made.jsonl", str(tmp_path / "made.sqlite"))
    assert not (tmp_path / "made.sqlite").exists()


def test_a_store_and_a_backup_of_an_earlier_form_are_brought_to_the_newest(
    tmp_path: Path, signer: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was written by the first form is read by the newest one, from the store itself and from its backup."""
    place, backup = tmp_path / "old.sqlite", tmp_path / "old.jsonl"
    with Store.new(place, grounds(), signer) as store:
        store.start("handing", ASKER, AT, name="K1")
        store.do("K1", "submit", ASKER, SUBMITTED, AT)
        before = store.case("K1")
        with store.database.writing() as connection:
            kept = {
                name: [dict(row) for row in connection.execute(select(METADATA.tables[name])).mappings()]
                for name in METADATA.tables
            }

    def first_form(connection: Connection) -> None:
        columns = {one["name"] for one in inspect(connection).get_columns("outbox")}
        for table in TABLES:
            rows = kept[table.name] if inspect(connection).has_table(table.name) else []
            if table.name == "outbox":
                rows = [{name: value for name, value in row.items() if name in columns} for row in rows]
            if rows:
                connection.execute(insert(table), rows)

    for newest in (migrations, connecting):
        monkeypatch.setattr(newest, "NEWEST", 1)
    monkeypatch.setattr(connecting, "migrate", lambda connection, place, _=1: migrations.migrate(connection, place, 1))
    old = tmp_path / "first.sqlite"
    connecting.connect(str(old), fill=first_form, step=1).close()
    monkeypatch.undo()
    with Store.open(old, grounds(), signer) as store:
        assert store.case("K1") == before
        store.do("K1", "approve", MANAGER, {"copies": 1}, AT)
        with store.database.reading() as connection:
            assert verify(whole_trail(connection), signer.public).whole and verify_derived(connection) == ()

    lines = [{"format": FORMAT, "step": 1}]
    lines += [
        {"table": table.name, "row": {name: value for name, value in row.items() if not name.startswith("claimed_")}}
        for table in TABLES if table.name != "looks" for row in kept[table.name]
    ]  # fmt: skip
    text = "".join(json.dumps(line) + "\n" for line in lines)
    ending = {"rows": len(lines) - 1, "digest": hashlib.sha256(text.encode()).hexdigest()}
    backup.write_text(text + json.dumps(ending) + "\n", encoding="utf-8")
    assert restore(backup, str(tmp_path / "restored.sqlite")) == len(lines) - 1
    with Store.open(tmp_path / "restored.sqlite", grounds(), signer) as store:
        assert store.case("K1") == before and store.next_due() is not None
