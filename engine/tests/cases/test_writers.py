"""Sixteen processes write at once: on one case, on many, under one key, to the roster; each thing happens once."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from handing import ASKER, AT, MANAGER, PEOPLE, SUBMITTED, grounds
from surviving.commands import TURNS, act, counted, put_right
from surviving.killing import Job, Tally, run

from tsutatsu.cases import Done, Refusal
from tsutatsu.cases.audit.keys import Signer, new_key, read_signer
from tsutatsu.cases.store.store import Store
from tsutatsu.diagnostics import Refused

MANY = 16


@pytest.fixture
def key(tmp_path: Path) -> Path:
    new_key(tmp_path / "key")
    return tmp_path / "key"


def test_sixteen_on_one_case_each_get_their_turn(place: Path | str, key: Path) -> None:
    signer = read_signer(key)
    with Store.new(place, grounds(), signer) as store:
        store.start("handing", ASKER, AT, name="K1")
        store.do("K1", "submit", ASKER, SUBMITTED, AT)
        tally = Tally()
        assert all(run([Job(put_right, (f"W{n}",)) for n in range(MANY)], str(place), key, tally))
        conflicts = Counter(line.split()[1] for line in tally.said if line.startswith("conflict"))
        counts = counted(store, signer.public, tally.said, 0)
        print(f"\n{store.database.engine.dialect.name}, one case: {counts}, {conflicts.total()} conflicts")
        assert counts.good and counts.acknowledged == MANY * TURNS == store.case("K1").version - 2
        assert conflicts.keys() <= {"TS842"}
        reasons = [one.body.words for one in store.case("K1").entries[2:] if one.body is not None]
        assert sorted(reasons) == sorted(f"W{n}/{turn}" for n in range(MANY) for turn in range(TURNS))


def test_sixteen_on_many_cases_do_all_of_them_and_one_of_them_each_shared_one(place: Path | str, key: Path) -> None:
    signer = read_signer(key)
    with Store.new(place, grounds(), signer) as store:
        for number in range(2):
            store.start("handing", ASKER, AT, name=f"S{number}")
        tally = Tally()
        assert all(run([Job(act, (f"W{n}", 2, 2)) for n in range(MANY)], str(place), key, tally))
        counts = counted(store, signer.public, tally.said, 0)
        refused = sum(line.startswith("refused") for line in tally.said)
        print(f"\n{store.database.engine.dialect.name}, many cases: {counts}, {refused} came too late")
        assert counts.good and counts.acknowledged == MANY * 2 * 4 + 2 and refused == (MANY - 1) * 2


def at_once(count: int, what: Callable[[int], object]) -> list[object]:
    """What comes of it when so many threads do it at the same moment."""
    came: list[object] = [None] * count
    start = threading.Barrier(count)

    def one(number: int) -> None:
        start.wait()
        try:
            came[number] = what(number)
        except Exception as error:  # noqa: BLE001  # told to the test
            came[number] = error

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came


def test_a_command_that_arrives_from_sixteen_at_once_happens_once_and_all_are_told_so(store: Store) -> None:
    opened = at_once(MANY, lambda _: store.start("handing", ASKER, AT, key="open"))
    assert {one.case.id if isinstance(one, Done) else one for one in opened} == {store.cases()[0].id}
    name = store.cases()[0].id
    came = at_once(MANY, lambda _: store.do(name, "submit", ASKER, SUBMITTED, AT, key="submit"))
    assert [one for one in came if not isinstance(one, Done)] == []
    assert sum(isinstance(one, Done) and not one.again for one in came) == 1 and store.case(name).version == 2


def test_a_repeated_command_is_known_again_though_the_case_has_moved_on_meanwhile(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first of two arrives between the other's look at the keys and its look at the case."""
    store.start("handing", ASKER, AT, name="K1")
    looked = store._repeated
    first: list[object] = []

    def late(key: str, request: str) -> Done | None:
        found = looked(key, request)
        if not first:
            first.append(None)
            first[0] = store.do("K1", "submit", ASKER, SUBMITTED, AT, key="a", expect=1)
        return found

    monkeypatch.setattr(store, "_repeated", late)
    second = store.do("K1", "submit", ASKER, SUBMITTED, AT, key="a", expect=1)
    assert isinstance(first[0], Done) and isinstance(second, Done)
    assert second.again and second.entry == first[0].entry


def test_rosters_that_arrive_at_once_are_each_taken_whole(store: Store, place: Path | str, signer: Signer) -> None:
    def enrol(number: int) -> None:
        people = [replace(one, name=f"第{number}") for one in PEOPLE]
        with Store.open(place, grounds(), signer) as own:
            own.enrol(people if number % 2 else reversed(people))

    came = at_once(8, enrol)
    assert [one for one in came if one is not None] == []
    assert len({one.name for one in store.people()}) == 1 and len(store.people()) == len(PEOPLE)


def test_of_several_who_make_a_store_at_once_one_does(place: Path | str, signer: Signer) -> None:
    came = at_once(6, lambda _: Store.new(place, grounds(), signer).close())
    refused = [one for one in came if one is not None]
    assert len(refused) == 5
    assert all(isinstance(one, Refused) and one.findings[0].code == "TS859" for one in refused), refused
    with Store.open(place, grounds(), signer) as store:
        store.start("handing", ASKER, AT)


def test_who_comes_too_late_is_told_why(store: Store) -> None:
    store.start("handing", ASKER, AT, name="K1")
    store.do("K1", "submit", ASKER, SUBMITTED, AT)
    came = at_once(MANY, lambda _: store.do("K1", "approve", MANAGER, {"copies": 1}, AT))
    assert sum(isinstance(one, Done) for one in came) == 1
    late = [one for one in came if not isinstance(one, Done)]
    assert len(late) == MANY - 1 and all(isinstance(one, Refusal) and one.said.ja for one in late)
