"""A roster comes whole or not at all; a store goes into a file and comes back as it was."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from handing import ASKER, AT, SUBMITTED, grounds

from tsutatsu.cases import Actor, Holding
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import Signer
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.backup import back_up, restore
from tsutatsu.cases.roster import read_roster
from tsutatsu.cases.store.store import Store
from tsutatsu.diagnostics import Refused


def test_a_roster_has_a_post_to_a_line_in_either_language() -> None:
    said = (
        "番号,氏名,職,所属,から,まで\n佐藤,佐藤花子,管理者,地域課,令和7年4月1日,\n"
        "佐藤,,係員,,,2025-03-31\n\n一般,,,,,\n"
    )
    held = (Holding("管理者", "地域課", date(2025, 4, 1)), Holding("係員", "", None, date(2025, 3, 31)))
    assert read_roster(said) == (Actor("佐藤", "佐藤花子", held), Actor("一般"))
    assert read_roster("id,post\nA,manager\n") == (Actor("A", "", (Holding("manager"),)),)
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
        "番号,職,所属\n佐藤,,地域課\n",
        '番号,職\n佐藤,"管理者\n',
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
