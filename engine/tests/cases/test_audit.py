"""The trail shows every kind of tampering, and names the row; what is not signed is not verified."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from handing import ASKER, AT, CHIEF, MANAGER, SUBMITTED, grounds
from hypothesis import given as drawn
from hypothesis import strategies as st
from sqlalchemy import text

from tsutatsu.cases import Done
from tsutatsu.cases.audit.chain import FIRST, leaf, link
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.heads import Head
from tsutatsu.cases.audit.keys import Signer, new_key, read_checker, read_signer
from tsutatsu.cases.audit.merkle import EMPTY, Tree, grown, leaf_hash, led_to, node_hash, root_at, root_of
from tsutatsu.cases.audit.trail import Trail, proof_of, read_trail, whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.store.store import Store
from tsutatsu.diagnostics import Refused

NIGHT = datetime(2025, 6, 2, 22)


@pytest.fixture(scope="session")
def original(signer: Signer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cases, seven entries, seven heads; made once."""
    place = tmp_path_factory.mktemp("original") / "cases.sqlite"
    with Store.new(place, grounds(), signer) as store:
        for name, events in (("K1", 4), ("K2", 3)):
            store.start("handing", ASKER, AT, name=name)
            steps = (("submit", ASKER, SUBMITTED), ("approve", MANAGER, {"copies": 1}), ("give", MANAGER, {}))
            for event, actor, said in steps[: events - 1]:
                assert isinstance(store.do(name, event, actor, said, NIGHT), Done)
    return place


@pytest.fixture
def filled(original: Path, place: Path, signer: Signer) -> Iterator[Store]:
    """A copy of it."""
    shutil.copy(original, place)
    with Store.open(place, grounds(), signer) as store:
        yield store


def trail_of(store: Store) -> Trail:
    with store.database.reading() as connection:
        return whole_trail(connection)


def faults(store: Store, signer: Signer, witness: Head | None = None) -> list[tuple[str, str]]:
    """Codes and the rows named, in the store as it now is."""
    with store.database.reading() as connection:
        found = [*verify(whole_trail(connection), signer.public, witness).findings, *verify_derived(connection)]
    return [(one.code, one.en.partition(": ")[0]) for one in found]


def tamper(store: Store, *statements: str) -> None:
    with store.database.writing() as connection:
        for one in statements:
            assert connection.execute(text(one)).rowcount


def rechained(store: Store, case: str) -> None:
    """Does what a careful forger does: mends every link and leaf of a case after an edit."""
    with store.database.writing() as connection:
        before = FIRST
        for number, header, committed in connection.execute(
            text("SELECT number, header, commitment FROM entries WHERE case_id = :c ORDER BY number"), {"c": case}
        ).all():
            before = link(before, header, committed)
            at = {"c": case, "n": number}
            connection.execute(
                text("UPDATE entries SET link = :l WHERE case_id = :c AND number = :n"), {**at, "l": before}
            )
            connection.execute(
                text("UPDATE leaves SET leaf = :l WHERE case_id = :c AND number = :n"),
                {**at, "l": leaf(case, number, before)},
            )


def test_a_trail_that_nobody_touched_is_whole(filled: Store, signer: Signer) -> None:
    assert faults(filled, signer) == []
    found = verify(trail_of(filled), signer.public)
    assert found.whole and (found.entries, found.cases, found.heads) == (7, 2, 7)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE entries SET header = replace(header, 'submit', 'x') WHERE case_id='K1' AND number=2",
         ("TS860", "entries K1/2")),
        ("UPDATE entries SET at = '2025-06-01T00:00:00' WHERE case_id='K1' AND number=3", ("TS860", "entries K1/3")),
        ("UPDATE entries SET deed = 'waived' WHERE case_id='K2' AND number=2", ("TS860", "entries K2/2")),
        ("UPDATE entries SET link = commitment WHERE case_id='K1' AND number=4", ("TS860", "entries K1/4")),
        ("UPDATE entries SET header = 'x' WHERE case_id='K1' AND number=2", ("TS860", "entries K1/2")),
        ("DELETE FROM entries WHERE case_id='K1' AND number=2", ("TS861", "entries K1/2")),
        ("DELETE FROM entries WHERE case_id='K1' AND number=4", ("TS861", "entries K1/4")),
        ("UPDATE bodies SET text = replace(text, '山田', '佐藤') WHERE case_id='K1' AND number=2",
         ("TS868", "bodies K1/2")),
        ("DELETE FROM bodies WHERE case_id='K1' AND number=2", ("TS868", "bodies K1/2")),
        ("INSERT INTO bodies VALUES ('K1', 9, 'x', 'x')", ("TS862", "bodies K1/9")),
        ("UPDATE leaves SET leaf = replace(leaf, 'a', 'b') WHERE case_id='K2' AND number=2", ("TS860", "leaves K2/2")),
        ("DELETE FROM leaves WHERE case_id='K2' AND number=3", ("TS862", "entries K2/3")),
        ("INSERT INTO leaves VALUES ('K9', 1, 'ab', 7)", ("TS861", "entries K9/1")),
        ("UPDATE leaves SET place = 9 WHERE place = 6", ("TS861", "leaves #6")),
        ("UPDATE heads SET root = replace(root, '1', '2') WHERE size = 7", ("TS864", "heads 7 (leaves #6)")),
        ("UPDATE heads SET signature = '' WHERE size = 7", ("TS865", "heads 7")),
        ("UPDATE heads SET signature = (SELECT signature FROM heads WHERE size = 6) WHERE size = 7",
         ("TS865", "heads 7")),
        ("UPDATE heads SET at = '2025-06-02T23:00:00' WHERE size = 3", ("TS865", "heads 3")),
        ("DELETE FROM heads WHERE size = 7", ("TS865", "leaves #6")),
        ("DELETE FROM heads WHERE size = 4", ("TS864", "heads 5 (leaves #4)")),
        ("DELETE FROM heads", ("TS865", "heads")),
        ("UPDATE meta SET value = 'another'", ("TS865", "heads 1")),
        ("UPDATE laws SET text = replace(text, '第3', '第4') WHERE kind = 'directive'", ("TS860", "laws")),
        ("DELETE FROM laws WHERE kind = 'workflow'", ("TS861", "laws")),
        ("UPDATE cases SET state = 'closed' WHERE id = 'K1'", ("TS867", "cases K1")),
        ("UPDATE cases SET next_due = NULL WHERE id = 'K1'", ("TS867", "cases K1")),
        ("UPDATE duties SET standing = 'met'", ("TS867", "duties K1/give/report")),
        ("DELETE FROM duties", ("TS867", "duties K1/give/report")),
        ("UPDATE timers SET held = 1 WHERE case_id = 'K2'", ("TS867", "timers K2/erase")),
        ("INSERT INTO links VALUES ('K2', 'K1')", ("TS867", "links K2/K1")),
    ],
)  # fmt: skip
def test_every_row_that_was_touched_is_named(
    statement: str, expected: tuple[str, str], filled: Store, signer: Signer
) -> None:
    tamper(filled, statement)
    assert any(code == expected[0] and row.startswith(expected[1]) for code, row in faults(filled, signer))


def test_an_inserted_entry_is_named_even_with_a_fitting_link(filled: Store, signer: Signer) -> None:
    tamper(
        filled,
        "INSERT INTO entries SELECT case_id, 5, deed, at, header, commitment, link FROM entries "
        "WHERE case_id='K1' AND number=4",
    )
    rechained(filled, "K1")
    found = faults(filled, signer)
    assert ("TS863", "entries K1/5") in found and ("TS862", "entries K1/5") in found


def test_entries_that_changed_places_are_named(filled: Store, signer: Signer) -> None:
    tamper(
        filled,
        "UPDATE entries SET number = 99 WHERE case_id='K1' AND number=2",
        "UPDATE entries SET number = 2 WHERE case_id='K1' AND number=3",
        "UPDATE entries SET number = 3 WHERE case_id='K1' AND number=99",
    )
    found = faults(filled, signer)
    assert {("TS863", "entries K1/2"), ("TS863", "entries K1/3")} <= set(found)


def test_a_forger_who_mends_chain_and_leaves_is_stopped_by_the_signed_head(filled: Store, signer: Signer) -> None:
    tamper(
        filled,
        "UPDATE entries SET at = '2025-06-02T21:00:00', header = replace(header, '22:00:00', '21:00:00') "
        "WHERE case_id='K1' AND number=2",
    )
    rechained(filled, "K1")
    assert "TS864" in {code for code, _ in faults(filled, signer)}


def test_a_tail_cut_off_cleanly_is_missed_by_the_head(filled: Store, signer: Signer) -> None:
    tamper(
        filled,
        "DELETE FROM leaves WHERE case_id='K2' AND number=3",
        "DELETE FROM bodies WHERE case_id='K2' AND number=3",
        "DELETE FROM entries WHERE case_id='K2' AND number=3",
    )
    assert ("TS866", "heads 7") in faults(filled, signer)


def test_a_trail_rolled_back_as_a_whole_is_shown_by_a_head_sent_outside(filled: Store, signer: Signer) -> None:
    witness = trail_of(filled).heads[-1]
    tamper(
        filled,
        "DELETE FROM leaves WHERE case_id='K2' AND number=3",
        "DELETE FROM bodies WHERE case_id='K2' AND number=3",
        "DELETE FROM entries WHERE case_id='K2' AND number=3",
        "DELETE FROM heads WHERE size = 7",
    )
    assert verify(trail_of(filled), signer.public).whole
    assert ("TS866", "witness 7") in faults(filled, signer, witness)


def test_a_witness_of_another_past_is_told(filled: Store, signer: Signer) -> None:
    head = trail_of(filled).heads[-1]
    other = replace(head, root="00" * 32).signed(signer)
    assert ("TS864", "witness 7") in faults(filled, signer, other)
    assert ("TS865", "witness 7") in faults(filled, signer, replace(head, signature=""))


def test_another_key_verifies_nothing(filled: Store, tmp_path: Path) -> None:
    other = new_key(tmp_path / "other")
    assert {code for code, _ in faults(filled, other)} == {"TS865"}


def test_what_waits_for_its_seal_is_not_verified(filled: Store, place: Path, signer: Signer) -> None:
    with Store.open(place, grounds()) as unsigned:
        unsigned.do("K2", "give", MANAGER, {}, NIGHT)
    assert ("TS865", "entries K2/4") in faults(filled, signer)
    with filled.database.reading() as connection, pytest.raises(Refused, match="TS865"):
        proof_of(connection, "K2")
    assert filled.seal(NIGHT) == 1 and filled.seal(NIGHT) == 0
    assert faults(filled, signer) == []


def test_an_erasure_by_law_leaves_the_trail_whole(filled: Store, signer: Signer) -> None:
    filled.do("K1", "report", MANAGER, {}, NIGHT)
    filled.erase("K1", CHIEF, NIGHT, reason="保存期間の満了")
    assert faults(filled, signer) == []
    assert "山田" not in json.dumps([b.text for b in trail_of(filled).bodies if b.case == "K1"], ensure_ascii=False)


def test_an_export_verifies_without_the_store(filled: Store, signer: Signer, tmp_path: Path) -> None:
    trail_of(filled).write(tmp_path / "export.json")
    assert verify(read_trail(tmp_path / "export.json"), signer.public).whole


def test_the_evidence_of_one_case_verifies_without_the_store(filled: Store, signer: Signer, tmp_path: Path) -> None:
    with filled.database.reading() as connection:
        proof_of(connection, "K1").write(tmp_path / "K1.json")
    proof = read_trail(tmp_path / "K1.json")
    assert {one.case for one in proof.entries} == {"K1"} and len(proof.heads) == 1
    assert verify(proof, signer.public).whole
    assert verify(proof, signer.public, proof.heads[0]).whole


def test_evidence_stays_good_after_the_personal_data_were_erased(filled: Store, signer: Signer, tmp_path: Path) -> None:
    filled.do("K1", "report", MANAGER, {}, NIGHT)
    filled.erase("K1", CHIEF, NIGHT, reason="保存期間の満了")
    with filled.database.reading() as connection:
        proof = proof_of(connection, "K1")
    assert verify(proof, signer.public).whole and len(proof.bodies) == 1


def test_evidence_that_was_changed_is_named(filled: Store, signer: Signer) -> None:
    with filled.database.reading() as connection:
        proof = proof_of(connection, "K1")
    row = proof.entries[1]
    forged = {
        "TS860": replace(proof, entries=(proof.entries[0], replace(row, link=row.commitment), *proof.entries[2:])),
        "TS861": replace(proof, entries=(proof.entries[0], *proof.entries[2:])),
        "TS864": replace(proof, proofs=(replace(proof.proofs[0], place=1), *proof.proofs[1:])),
        "TS865": replace(proof, proofs=()),
        "TS866": proof,
        "TS862": replace(proof, entries=(*proof.entries, replace(row, case="K2"))),
    }  # fmt: skip
    newer = replace(proof.heads[0], size=proof.heads[0].size + 1).signed(signer)
    for code, trail in forged.items():
        witness = newer if code == "TS866" else None
        assert code in {one.code for one in verify(trail, signer.public, witness).findings}, code


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": "x"}', "[" * 100_000])
def test_what_is_no_trail_is_refused(content: str, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(content, encoding="utf-8")
    with pytest.raises(Refused, match="TS869"):
        read_trail(tmp_path / "x.json")
    with pytest.raises(Refused, match="TS869"):
        read_trail(tmp_path / "nowhere.json")


def test_a_key_is_its_owners_alone_and_never_overwritten(tmp_path: Path) -> None:
    made = new_key(tmp_path / "keys" / "audit")
    assert (tmp_path / "keys" / "audit").stat().st_mode & 0o077 == 0
    assert read_checker(tmp_path / "keys" / "audit").signed(b"x", made.sign(b"x"))
    assert read_checker(tmp_path / "keys" / "audit.pub").signed(
        b"x", read_signer(tmp_path / "keys" / "audit").sign(b"x")
    )
    (tmp_path / "bad").write_text("zz", encoding="ascii")
    wrongs: tuple[Callable[[], object], ...] = (
        lambda: new_key(tmp_path / "keys" / "audit"),
        lambda: read_signer(tmp_path / "bad"),
        lambda: read_signer(tmp_path / "nowhere"),
    )
    for wrong in wrongs:
        with pytest.raises(Refused, match="TS858"):
            wrong()


@drawn(st.integers(0, 70), st.data())
def test_the_tree_is_that_of_rfc_6962(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(size)]

    def head(part: list[bytes]) -> bytes:
        if not part:
            return EMPTY
        if len(part) == 1:
            return part[0]
        half = 1 << (len(part) - 1).bit_length() - 1
        return node_hash(head(part[:half]), head(part[half:]))

    cut = data.draw(st.integers(0, size))
    assert root_of(leaves) == head(leaves) == Tree(leaves).root
    assert root_at(grown(grown((), 0, leaves[:cut]), cut, leaves[cut:])) == head(leaves)
    if size:
        place = data.draw(st.integers(0, size - 1))
        path = Tree(leaves).path(place)
        assert led_to(leaves[place], place, size, path) == head(leaves)
        other = data.draw(st.integers(0, size - 1))
        assert (led_to(leaves[place], other, size, path) == head(leaves)) is (other == place)
        assert led_to(leaves[place], place, size, (*path, EMPTY)) != head(leaves)
    assert led_to(EMPTY, size, size, ()) is None


def test_what_is_no_file_is_written_to_and_not_replaced(filled: Store, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        replace(trail_of(filled), entries=(), bodies=(), leaves=(), heads=(), laws=()).write(pipe)
        assert pipe.is_fifo() and json.loads(os.read(reader, 65_536))["entries"] == []
    finally:
        os.close(reader)


def test_a_gap_of_any_width_is_told_at_once(filled: Store, signer: Signer) -> None:
    trail = trail_of(filled)
    entries = (*trail.entries[:-1], replace(trail.entries[-1], number=10**30))
    leaves = (*trail.leaves[:-1], replace(trail.leaves[-1], place=10**30))
    found = verify(replace(trail, entries=entries, leaves=leaves), signer.public).findings
    said = [one.ja for one in found]
    assert any(f"–{10**30 - 1}" in one for one in said) and len(said) < 10_000


@pytest.mark.parametrize("text", ['{"format": "\\ud800"}', "[" * 50_000, "\ufeff{}", "1e999"])
def test_a_file_that_is_no_trail_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "made.json").write_text(text, encoding="utf-8")
    with pytest.raises(Refused, match="TS869"):
        read_trail(tmp_path / "made.json")
