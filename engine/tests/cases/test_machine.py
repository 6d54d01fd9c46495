"""The whole API of cases under random use: whatever is tried, in whatever order, these things hold."""

from __future__ import annotations

import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from handing import ASKER, CHIEF, CITIZEN, MANAGER, PEOPLE, SUBMITTED, grounds
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from tsutatsu.cases import Actor, Case, Deed, Done, DutyStanding, Entry, Holding, Refusal
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import new_key
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.clockwork import fire
from tsutatsu.cases.store.store import Store
from tsutatsu.diagnostics import Refused

GROUNDS = grounds()
ACTORS = st.sampled_from([*PEOPLE, Actor("二役", "", (Holding("管理者"), Holding("係員")))])
SAID = st.fixed_dictionaries(
    {},
    optional={
        "purpose": st.sampled_from(["inquiry", "teaching", "other"]),
        "form": st.booleans(),
        "made_on": st.just(SUBMITTED["made_on"]),
        "copies": st.integers(0, 3),
    },
)
RIGHT = {"submit": SUBMITTED, "approve": {"copies": 1}}
EVENTS = st.sampled_from(["submit", "approve", "give", "report", "close", "drop", "erase"])


class Cases(RuleBasedStateMachine):
    """Random commands on a store, and what has been acknowledged of them."""

    names = Bundle("names")

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="tsutatsu-cases-"))
        self.signer = new_key(self.folder / "key")
        self.store = Store.new(self.folder / "cases.sqlite", GROUNDS, self.signer)
        self.now = datetime(2025, 6, 2, 9)
        self.told: dict[str, list[Entry]] = {}
        self.keys: list[tuple[str, tuple, Entry]] = []
        self.number = 0

    def teardown(self) -> None:
        with self.store.database.reading() as connection:
            assert verify(whole_trail(connection), self.signer.public).findings == ()
            assert verify_derived(connection) == ()
        for command, args, entry in self.keys:
            again = self.try_(command, *args)
            assert (
                isinstance(again, Done)
                and again.again
                and again.entry == self.case(entry.case).entries[entry.number - 1]
            )
        self.store.close()
        shutil.rmtree(self.folder)

    # ── help ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def case(self, name: str) -> Case:
        return self.store.case(name)

    def try_(self, command: str, *args: object, **how: object) -> Done | Refusal | None:
        """The command's answer; nothing where the call itself was wrong."""
        *plain, key = args
        try:
            came: Done | Refusal = getattr(self.store, command)(*plain, key=key, **how)
        except Refused:
            return None
        return came

    def attempt(self, command: str, name: str, *args: object, **how: object) -> None:
        """A command on one case: what is acknowledged is noted, what is refused must have changed nothing."""
        self.store.catch_up(name, self.now)
        before = self.case(name)
        self.number += 1
        came = self.try_(command, name, *args, f"k{self.number}", **how)
        if isinstance(came, Done):
            assert came.entry.number == before.version + 1
            self.told[name].append(came.entry)
            if not how:
                self.keys.append((command, (name, *args, f"k{self.number}"), came.entry))
        else:
            assert self.case(name) == before

    # ── what may be tried ────────────────────────────────────────────────────────────────────────────────────────────

    @initialize(target=names)
    def first(self) -> str:
        return self.open(ASKER)

    @rule(target=names, actor=ACTORS)
    def open(self, actor: Actor) -> str:
        name = f"K{len(self.told)}"
        post = "係員" if len(actor.holdings) > 1 else None
        done = self.store.start("handing", actor, self.now, name=name, post=post)
        self.told[name] = [done.entry]
        return name

    @rule(name=names, event=EVENTS, actor=ACTORS, said=SAID)
    def do_anything(self, name: str, event: str, actor: Actor, said: dict) -> None:
        self.attempt("do", name, event, actor, said, self.now)

    @rule(name=names, actor=st.sampled_from([ASKER, MANAGER, CHIEF, CITIZEN]))
    def do_what_comes_next(self, name: str, actor: Actor) -> None:
        event = {"draft": "submit", "submitted": "approve", "approved": "give", "given": "report"}.get(
            self.case(name).state
        )
        if event is not None:
            self.attempt("do", name, event, actor, RIGHT.get(event, {}), self.now)

    @rule(name=names, actor=ACTORS, said=SAID)
    def correct(self, name: str, actor: Actor, said: dict) -> None:
        self.attempt("correct", name, actor, said, self.now, reason="誤記")

    @rule(name=names, actor=st.sampled_from(PEOPLE))
    def withdraw(self, name: str, actor: Actor) -> None:
        self.attempt("withdraw", name, actor, self.now, reason="取り違え")

    @rule(name=names)
    def waive(self, name: str) -> None:
        self.attempt("waive", name, "report", CHIEF, self.now, reason="指示")

    @rule(name=names, other=names)
    def link(self, name: str, other: str) -> None:
        self.attempt("link", name, other, ASKER, self.now)

    @rule(name=names)
    def erase(self, name: str) -> None:
        self.attempt("erase", name, CHIEF, self.now, reason="満了")

    @rule(hours=st.sampled_from([1, 13, 24, 24 * 4, 24 * 91]))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule()
    def work(self) -> None:
        list(fire(self.store, self.now))
        due = self.store.next_due()
        assert due is None or due > self.now
        assert list(fire(self.store, self.now)) == []

    @rule()
    def open_the_store_anew(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder / "cases.sqlite", GROUNDS, self.signer)

    # ── what always holds ────────────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def nothing_acknowledged_is_lost_or_changed(self) -> None:
        for name, entries in self.told.items():
            case = self.case(name)
            erasures = [e.number for e in case.entries if e.deed is Deed.ERASED]
            for one in entries:
                there = case.entries[one.number - 1]
                gone = any(one.number < number for number in erasures)
                assert there == one or (gone and there.body is None and there.at == one.at)
            assert [e.number for e in case.entries] == list(range(1, case.version + 1))
            assert [e.at for e in case.entries] == sorted(e.at for e in case.entries)

    @invariant()
    def four_eyes_and_authority_hold(self) -> None:
        for name in self.told:
            case = self.case(name)
            if case.state in ("approved", "given") and not case.erased:
                assert case.facts["witness"] != case.facts["viewer"]
                assert case.facts["decider"] in ("manager", "chief")

    @invariant()
    def what_is_done_owes_nothing_and_efforts_are_never_breached(self) -> None:
        for name in self.told:
            case = self.case(name)
            if any(e.event == "close" for e in case.entries) and case.state == "closed" and not case.erased:
                last = max(e.number for e in case.entries if e.event == "close")
                raised_later = [d for d in case.duties if d.standing is DutyStanding.OPEN and d.raised < last]
                corrected = any(e.deed is Deed.CORRECTED and e.number > last for e in case.entries)
                assert corrected or not raised_later
            for duty in case.duties:
                assert duty.standing is not DutyStanding.BREACHED or duty.strength.value == "hard"


TestCases = Cases.TestCase
TestCases.settings = settings(max_examples=12, stateful_step_count=18, deadline=None)


def test_the_machine_reaches_what_it_is_about() -> None:
    """The invariants would hold of a store that refuses everything: the steps that lead on do lead on."""
    machine = Cases()
    try:
        name = machine.first()
        for actor in (ASKER, MANAGER, CHIEF):
            machine.do_what_comes_next(name, actor)
        machine.wait(24)
        machine.work()
        assert machine.case(name).state == "closed" and len(machine.told[name]) == 4 == len(machine.keys) + 1
    finally:
        machine.teardown()
