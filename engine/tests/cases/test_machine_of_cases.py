"""Whatever people try on cases of the shipped workflows, the circulars are kept to; were they not, it would show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from by_the_text import RULES, SPOKEN_OF
from case_machine import CaseMachine, shipped
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from surviving.postgres import Server

from tsutatsu.cases import Case, Deed, Entry, Holding, accounting, chances, deciding, opening
from tsutatsu.cases.deciding import Refusal
from tsutatsu.cases.store import reading, writing
from tsutatsu.cases.store.store import Store
from tsutatsu.semantics import Verdict


def steady(examples: int, steps: int) -> settings:
    """The same examples in every run; no shrinking, as what is drawn is short."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


def machine(**what: object) -> type[CaseMachine]:
    """A machine that counts for itself."""
    return type("Cases", (CaseMachine,), {"seen": Counter(), **what})


def test_whatever_is_tried_the_circulars_are_kept_to() -> None:
    one = machine()
    run_state_machine_as_test(one, settings=steady(16, 40))
    assert one.seen["Done"] > 100 and one.seen["next: may"] > 20 and one.seen["next: may_not"] > 100
    assert {"Refusal: guard", "Refusal: state", "next: depends"} <= set(one.seen)


def test_the_same_holds_on_postgresql(server: Server) -> None:
    one = machine(new_place=staticmethod(lambda _: server.url()), engine="compiled")
    run_state_machine_as_test(one, settings=steady(8, 30))
    assert one.seen["Done"] > 20


def test_every_rule_of_the_text_gets_to_speak() -> None:
    """The rules would be kept by a store that refuses everything, and by workflows that are called otherwise."""
    assert set(SPOKEN_OF) <= {one.id for one in shipped().workflows}
    one = machine(engine="compiled")
    for number in range(60):
        rng, watched = Random(number), one()
        try:
            for workflow in rng.sample(SPOKEN_OF, 3):
                watched.opened(workflow, rng, {})
            for _ in range(4):
                watched.go_on(rng, 6)
                watched.link(rng)
            watched.now += timedelta(days=91)
            watched.work()
        finally:
            watched.teardown()
        if set(RULES) <= set(one.seen):
            return
    raise AssertionError(f"rules that never spoke: {set(RULES) - set(one.seen)}")


# ── and where they were not, it shows ────────────────────────────────────────────────────────────────────────────────

Patch = pytest.MonkeyPatch
Fault = Callable[[Patch], None]
FAULTS: dict[str, tuple[Fault, tuple[str, ...]]] = {}


def fault(*opens: str) -> Callable[[Fault], Fault]:
    """A fault, and the workflows in which it is looked for (all, where none is named)."""

    def noted(plant: Fault) -> Fault:
        FAULTS[plant.__name__] = (plant, opens)
        return plant

    return noted


def skip(patch: Patch, check: str) -> None:
    patch.setattr(deciding._Trial, check, lambda _: None)


@fault("provision", "viewing")
def the_guard_is_not_asked(patch: Patch) -> None:
    skip(patch, "_by_guard")


@fault("provision")
def the_judgements_are_not_asked(patch: Patch) -> None:
    patch.setattr(deciding._Trial, "_by_judgements", lambda _: iter(()))


@fault()
def what_must_be_said_need_not_be(patch: Patch) -> None:
    skip(patch, "_by_missing")


@fault("provision")
def open_duties_hold_nothing_back(patch: Patch) -> None:
    skip(patch, "_by_duties")


@fault("exceptional-erasure")
def linked_cases_hold_nothing_back(patch: Patch) -> None:
    patch.setattr(deciding, "_stands", lambda *_: True)


@fault("viewing", "provision")
def a_post_is_held_for_ever(patch: Patch) -> None:
    patch.setattr(Holding, "valid", lambda *_: True)


@fault("viewing", "night-visit")
def a_post_is_held_a_day_too_long(patch: Patch) -> None:
    valid = Holding.valid
    patch.setattr(Holding, "valid", lambda self, day: valid(self, day) or valid(self, day - timedelta(days=1)))


@fault("footage-file")
def time_runs_out_a_day_early(patch: Patch) -> None:
    run_out = accounting.run_out
    patch.setattr(accounting, "run_out", lambda *how: shifted(run_out(*how), -1))


@fault("footage-file")
def time_runs_out_a_day_late(patch: Patch) -> None:
    run_out = accounting.run_out
    patch.setattr(accounting, "run_out", lambda *how: shifted(run_out(*how), 1))


def shifted(moment: datetime | None, days: int) -> datetime | None:
    return None if moment is None else moment + timedelta(days=days)


@fault("footage-file")
def a_clock_never_fires(patch: Patch) -> None:
    patch.setattr(accounting, "timings_in", lambda *_: ())
    patch.setattr(deciding, "timings_in", lambda *_: ())
    patch.setattr(opening, "timings_in", lambda *_: ())


@fault("provision", "night-visit")
def what_is_not_known_permits(patch: Patch) -> None:
    """Where not enough is known, the answer is taken for a yes."""
    ask = deciding.Ground.ask

    def lenient(self, *how, **more):
        answer = ask(self, *how, **more)
        return Yes() if answer.verdict is Verdict.NOT_ENOUGH and len(how) < 5 else answer

    patch.setattr(deciding.Ground, "ask", lenient)


@fault("viewing")
def an_open_reading_permits(patch: Patch) -> None:
    ask = deciding.Ground.ask

    def lenient(self, *how, **more):
        answer = ask(self, *how, **more)
        return Yes() if answer.verdict is Verdict.BY_READING and len(how) < 5 else answer

    patch.setattr(deciding.Ground, "ask", lenient)


class Yes:
    """An answer that permits, and its receipt, which says nothing."""

    verdict = Verdict.PERMITTED

    @property
    def receipt(self) -> Yes:
        return self

    def to_dict(self) -> dict[str, object]:
        return {}


@fault("provision")
def a_duty_is_lost(patch: Patch) -> None:
    patch.setattr(writing, "_duties", lambda *_: None)


@fault("provision")
def a_duty_is_never_raised(patch: Patch) -> None:
    patch.setattr(deciding, "duties_after", lambda *_, **__: ())


@fault("provision", "viewing")
def what_was_taken_back_still_counts(patch: Patch) -> None:
    def careless(entries):
        return fold([replace(one, refers=None) if one.deed is Deed.WITHDRAWN else one for one in entries])

    fold = reading.fold
    patch.setattr(reading, "fold", careless)


@fault("viewing")
def anyone_takes_back_what_another_did(patch: Patch) -> None:
    doer = opening.doer

    def the_last(actor, day, post=None):
        return replace(doer(actor, day, post), id=last[-1]) if last else doer(actor, day, post)

    last: list[str] = []
    withdrawn = opening.withdrawn

    def lenient(ground, case: Case, actor, now, **how):
        events = [one for one in opening.standing_events(case.entries) if one.body is not None]
        last[:] = [events[-1].body.doer.id] if events and events[-1].body is not None else []
        try:
            return withdrawn(ground, case, actor, now, **how)
        finally:
            last.clear()

    patch.setattr(opening, "doer", the_last)
    patch.setattr(opening, "withdrawn", lenient)


@fault()
def a_key_is_no_key(patch: Patch) -> None:
    patch.setattr(Store, "_repeated", lambda *_: None)
    patch.setattr(Store, "_note_key", lambda *_: None)


@fault()
def a_key_stands_for_any_command(patch: Patch) -> None:
    repeated = Store._repeated

    def lenient(self, key, _):
        with self.database.writing() as connection:
            connection.exec_driver_sql("UPDATE commands SET request = ''")
        return repeated(self, key, "")

    patch.setattr(Store, "_repeated", lenient)


@fault()
def an_older_version_will_do(patch: Patch) -> None:
    command = Store._command

    def lenient(self, *how, expect=None, **more):
        return command(self, *how, expect=None, **more)

    patch.setattr(Store, "_command", lenient)


@fault()
def what_is_refused_happens_after_all(patch: Patch) -> None:
    move = deciding.weigh

    def lenient(ground, case, attempt):
        came = move(ground, case, attempt)
        if isinstance(came, Refusal) and came.why is deciding.Why.GUARD:
            return opening._rest(ground, case, Deed.CORRECTED, attempt.now, deciding.Body(attempt.who, {}, {}))
        return came

    patch.setattr(deciding, "weigh", lenient)


@fault()
def everything_is_offered(patch: Patch) -> None:
    option = chances._option
    patch.setattr(chances, "_option", lambda *how: replace(option(*how), chance=chances.Chance.MAY, refusal=None))


@fault()
def nothing_is_offered(patch: Patch) -> None:
    option = chances._option
    patch.setattr(chances, "_option", lambda *how: replace(option(*how), chance=chances.Chance.MAY_NOT, posts=()))


@fault()
def an_entry_is_not_sealed(patch: Patch) -> None:
    patch.setattr(Store, "_seal", lambda *_: None)


@fault()
def the_row_says_another_state(patch: Patch) -> None:
    columns = writing.case_columns
    patch.setattr(writing, "case_columns", lambda case: {**columns(case), "state": case.entries[0].target})


@fault("night-visit", "viewing")
def erased_data_stay(patch: Patch) -> None:
    delete = writing.delete

    class Kept:
        def __init__(self, table):
            self.made = delete(table)

        def where(self, *how):
            return self.made.where(*how, writing.BODIES.c.number < 0)

    patch.setattr(writing, "delete", lambda table: Kept(table) if table is writing.BODIES else delete(table))


@fault()
def another_time_is_written(patch: Patch) -> None:
    entry = writing.encode_node

    def late(kind, node):
        if kind is Entry and node.deed is Deed.EVENT:
            node = replace(node, at=node.at.replace(second=0))
        return entry(kind, node)

    patch.setattr(writing, "encode_node", late)


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_caught(name: str, monkeypatch: Patch) -> None:
    plant, opens = FAULTS[name]
    plant(monkeypatch)
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine(engine="compiled", opens=opens), settings=steady(200, 25))
