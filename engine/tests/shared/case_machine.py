"""The whole API of cases under random use, on the workflows that ship: whatever is tried, the text is kept to.

What is tried is drawn; the program's own deciding is asked only to find out which steps lead on, never to judge them.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import ClassVar

from by_the_text import SPOKEN_OF, Other
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from keeping_watch import Claim, Watch
from station import CHANGE, EVE, STAFF, Rota, Saying, likeliest

from tsutatsu.bundle import Bundle
from tsutatsu.cases import Actor, Case, Chance, Done, DutyStanding, Grounds, Linked, Option, Refusal, Why, deciding
from tsutatsu.cases.audit.deriving import verify_derived
from tsutatsu.cases.audit.keys import Signer, new_key
from tsutatsu.cases.audit.trail import whole_trail
from tsutatsu.cases.audit.verifying import verify
from tsutatsu.cases.clockwork import fire, run_ahead
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.store.store import Store
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import Person
from tsutatsu.ir.workflows import Event, Hand

SEEDS = st.integers(0, 2**32 - 1)
FIRST_DAY = datetime(2025, 8, 4, 9)
WAITS = (60, 3_600, 8 * 3_600, 86_400, 30 * 86_400, 89 * 86_400, 91 * 86_400)
MOST_CASES = 8


@cache
def shipped() -> Bundle:
    """The law that ships."""
    return Bundle.default()


@cache
def grounds(engine: str = "both") -> Grounds:
    """What cases are opened under; shared by all examples, as it keeps nothing of any case."""
    return Grounds(shipped(), shipped().workflows, engine=engine)


class CaseMachine(RuleBasedStateMachine):
    """Random people at work on random cases, and someone who watches what is accepted."""

    seen: ClassVar[Counter[str]] = Counter()
    """How often each rule of the text spoke, each kind of thing came, and each answer was given."""
    new_place: ClassVar[Callable[[Path], Path | str]] = staticmethod(lambda folder: folder / "cases.sqlite")
    engine: ClassVar[str] = "both"
    opens: ClassVar[tuple[str, ...]] = ()
    """The workflows that are opened; where none is named, all, those that the text's rules speak of more often."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="tsutatsu-machine-"))
        self.signer: Signer = new_key(self.folder / "key")
        self.place = type(self).new_place(self.folder)
        self.store = Store.new(self.place, grounds(self.engine), self.signer)
        self.rota = Rota().with_posts_of(shipped())
        self.store.enrol(self.rota.actors())
        self.now = FIRST_DAY
        self.cases: dict[str, Watch] = {}
        self.keyed: list[tuple[Callable[..., Done | Refusal], str, int]] = []
        self.number = self.turn = 0

    def teardown(self) -> None:
        try:
            for name in self.cases:
                self.catch_up(name)
            with self.store.database.reading() as connection:
                assert verify(whole_trail(connection), self.signer.public).findings == ()
                assert verify_derived(connection) == ()
            for command, name, number in self.keyed:
                try:
                    again = command()
                except Refused as refused:
                    raise AssertionError(f"a command of {name} is not known again") from refused
                assert isinstance(again, Done) and again.again
                assert again.entry == self.store.case(name).entries[number - 1]
        finally:
            self.store.close()
            shutil.rmtree(self.folder)

    # ── what may be tried ────────────────────────────────────────────────────────────────────────────────────────────

    @initialize(seed=SEEDS, count=st.integers(1, 4))
    def first(self, seed: int, count: int) -> None:
        rng = self.drawn(seed)
        for _ in range(count):
            self.open(rng)

    def open(self, rng: Random) -> None:
        if len(self.cases) >= MOST_CASES:
            return
        every = tuple(f"{one.directive}/{one.id}" for one in shipped().workflows)
        spoken_of = tuple(name for name in every if name.rpartition("/")[2] in SPOKEN_OF)
        self.opened(rng.choice(self.opens or rng.choice((every, spoken_of))), rng)

    def opened(self, workflow: str, rng: Random, sides: Mapping[str, str] | None = None) -> str | None:
        """A case of this workflow, where one may be opened today."""
        try:
            ground = grounds(self.engine).named(workflow, self.now.date())
        except Refused:
            return None  # the circular is not in effect any more
        readings = [one for one in ground.directive.reading.values() if one.taken is None]
        if sides is None:
            some = rng.sample(readings, min(len(readings), rng.choice((0, 0, 1, 3, 40))))
            sides = {one.id: rng.choice(one.sides).id for one in some}
        name = f"K{len(self.cases) + 1}"
        actor, post = self.someone(rng)
        self.number += 1
        key = f"k{self.number}"
        done = self.store.start(workflow, actor, self.now, name=name, post=post, sides=sides, key=key)
        watch = self.cases[name] = Watch(name, ground.workflow, sides)
        self.watch(name, Claim(1, actor.id, self.rota.posts(actor.id, self.now.date()), {}))
        self.keyed.append((lambda: self.store.start(
            workflow, actor, self.now, name=name, post=post, sides=sides, key=key
        ), name, 1))  # fmt: skip
        assert done.case.state == watch.workflow.start.id
        return name

    @rule(seed=SEEDS, steps=st.integers(1, 5))
    def carry_on(self, seed: int, steps: int) -> None:
        """Whatever leads on: each time the first event, person and answers found with which something happens."""
        self.go_on(self.drawn(seed), steps)

    def go_on(self, rng: Random, steps: int) -> None:
        name = self.some_case(rng, lambda one: not one.workflow.state[one.state].final)
        for _ in range(steps if name is not None else 0):
            if (found := self.way_on(name, rng)) is None:
                return
            event, actor, post, said = found
            came = self.do(name, event.id, actor, post, said)
            assert isinstance(came, Done), f"{event.id} by {actor.id} had just been found possible: {came}"
            self.now += timedelta(seconds=rng.choice((0, 1, 60, 3_600)))

    @rule(seed=SEEDS, slips=st.sampled_from([0.0, 0.1, 0.5]))
    def try_anything(self, seed: int, slips: float) -> None:
        """Any event by anybody with any answers; less known than this never gets further."""
        rng = self.drawn(seed)
        self.go_on(rng, rng.choice((0, 1, 2)))
        name = self.some_case(rng)
        if name is None:
            return
        ground, case = self.ground(name), self.catch_up(name)
        every = ground.workflow.events
        here = [one for one in every if case.state in one.origins and one.hand is Hand.PERSON]
        event = rng.choice(here if here and rng.random() < 0.8 else every)
        actor, post = self.someone(rng, self.doers(name))
        said = self.answers(name, event, rng, slips)
        self.do(name, event.id, actor, post, said, expect=rng.choice((None, case.version)))
        after = self.store.case(name)
        if after == case and not case.erased:
            thinner = {term: value for term, value in case.facts.items() if rng.random() < 0.6}
            came = self.dry(replace(case, facts=thinner), event, actor, post, said)
            assert not isinstance(came, Done), f"{event.id} is refused, but goes through where less is known"

    @rule(seed=SEEDS)
    def ask_what_may_be_done(self, seed: int) -> None:
        """What is offered goes through; what is refused is refused for the reason given."""
        rng = self.drawn(seed)
        self.go_on(rng, rng.choice((0, 1, 2)))
        name = self.some_case(rng)
        if name is None:
            return
        found = self.way_on(name, rng)
        person = rng.choice(list(self.rota.held)) if found is None or rng.random() < 0.4 else found[1].id
        actor, case = self.store.person(person), self.catch_up(name)
        if case.erased:
            return
        listed = self.store.next(name, actor, self.now)
        assert {one.event.id for one in listed.options} == set(self.cases[name].workflow.event)
        for option in listed.options:
            for post in sorted(self.rota.posts(actor.id, self.now.date())) or [None]:
                for slips in (0.0, 0.5):
                    said = self.answers(name, option.event, rng, slips)
                    self.agrees(option, post, self.dry(case, option.event, actor, post, said))

    def agrees(self, option: Option, post: str | None, came: Done | Refusal | None) -> None:
        """Whether what was offered and what would come of it are the same."""
        if came is None:
            return  # what was said contradicts itself: nobody can offer for that
        offered = post in option.posts or (post is None and option.chance is not Chance.MAY_NOT)
        type(self).seen[f"next: {option.chance.value}"] += 1
        if isinstance(came, Done):
            assert offered, f"{option.event.id} goes through as {post}, but is not offered: {option.refusal}"
        elif option.chance is Chance.MAY:
            assert not offered or came.why is Why.DUTIES, f"{option.event.id} is offered as {post}, but refused: {came}"
        elif offered:
            assert came.why in (Why.GUARD, Why.JUDGEMENT), f"{option.event.id} depends on what is said, but: {came.why}"
        elif option.chance is Chance.MAY_NOT and len(option.posts) == 0:
            assert option.refusal is not None and (came.why is option.refusal.why or post is not None)
        assert isinstance(came, Done) or (came.said.ja and came.said.en), "a refusal names no reason"

    @rule(seed=SEEDS)
    def do_something_else(self, seed: int) -> None:
        """What may be done to a case besides its events, or to the roster, or to the store."""
        rng = self.drawn(seed)
        self.go_on(rng, rng.choice((0, 1)))
        often = (self.open, self.link, self.withdraw, self.correct)
        rng.choice((
            *often, *often, self.waive, self.erase_personal_data, self.change_the_roster, self.open_the_store_anew
        ))(rng)  # fmt: skip

    def correct(self, rng: Random) -> None:
        name = self.some_case(rng)
        if name is None:
            return
        ground, actor, post = self.ground(name), *self.someone(rng)
        said = [term for event in ground.workflow.events for term in event.supplied]
        if not said:
            return
        saying = self.saying(name, rng, 0.5)
        person = [one for one in said if isinstance(ground.directive.term[one].type, Person)]
        facts = {term: saying.answer(ground.directive, term) for term in rng.sample(person or said, 1)}
        self.attempt(
            name,
            actor,
            facts,
            lambda **how: self.store.correct(name, actor, facts, self.now, reason="誤記", post=post, **how),
        )

    def withdraw(self, rng: Random) -> None:
        name = self.some_case(rng)
        if name is None:
            return
        actor, post = self.someone(rng, self.doers(name)[:1])
        self.attempt(
            name, actor, {}, lambda **how: self.store.withdraw(name, actor, self.now, reason="取違え", post=post, **how)
        )

    def waive(self, rng: Random) -> None:
        name = self.some_case(rng, lambda one: bool(one.standings))
        if name is None:
            return
        actor, post = self.someone(rng)
        duty = rng.choice(sorted(self.cases[name].standings))
        can = self.catch_up(name).duties
        came = self.attempt(
            name,
            actor,
            {},
            lambda **how: self.store.waive(name, duty, actor, self.now, reason="指示", post=post, **how),
        )
        if isinstance(came, Done):
            standing = {str(one.key): one.standing for one in can}[duty]
            assert standing in (DutyStanding.OPEN, DutyStanding.BREACHED)

    def link(self, rng: Random) -> None:
        """Cases that wait for each other are linked, most of the time."""
        name = self.some_case(rng, lambda one: any(event.linked for event in one.workflow.events) or rng.random() < 0.1)
        if name is None:
            return
        wanted = {of.workflow for event in self.cases[name].workflow.events for of in event.linked}
        fit = [one for one, watch in self.cases.items() if watch.workflow.id in wanted]
        if not fit and wanted and len(self.cases) < MOST_CASES:
            fit = [made] if (made := self.opened(rng.choice(sorted(wanted)), rng)) else []
        other = rng.choice(fit or list(self.cases))
        for _ in range(8):  # not everyone may
            actor, post = self.someone(rng)
            linking = partial(self.store.link, name, other, actor, self.now, post=post)
            if isinstance(self.attempt(name, actor, {}, linking), Done):
                return

    def erase_personal_data(self, rng: Random) -> None:
        name = self.some_case(rng, lambda one: one.workflow.state[one.state].final or rng.random() < 0.05)
        if name is None or rng.random() < 0.5:
            return
        actor, post = self.someone(rng)
        came = self.attempt(
            name, actor, {}, lambda key="": self.store.erase(name, actor, self.now, reason="満了", post=post, key=key)
        )
        if isinstance(came, Done):
            assert self.store.case(name).facts == {} and all(e.body is None for e in came.case.entries[:-1])

    def change_the_roster(self, rng: Random) -> None:
        person, day = rng.choice(list(STAFF)), self.now.date()
        another = rng.choice([terms for terms in STAFF.values() if terms])
        self.rota.held[person] = rng.choice(
            (
                (),
                STAFF[person],
                another,
                tuple((post, None, day - timedelta(days=1)) for post, _, _ in another),
                tuple((post, day + timedelta(days=1), None) for post, _, _ in another),
                tuple((post, day, day) for post, _, _ in another),
            )
        )
        self.store.enrol([self.rota.actor(person)])

    @rule(seconds=st.sampled_from(WAITS), work=st.booleans())
    def wait(self, seconds: int, work: bool) -> None:
        self.now += timedelta(seconds=seconds)
        if work:
            self.work()

    @rule(seconds=st.sampled_from([-1, 0, 1]), work=st.booleans())
    def go_to_the_edge(self, seconds: int, work: bool) -> None:
        """To just before, at, or just after the moment at which the next clock runs out, or the posts change."""
        due = self.store.next_due() or datetime(CHANGE.year, CHANGE.month, CHANGE.day)
        self.now = max(self.now, due + timedelta(seconds=seconds))
        if work:
            self.work()

    def work(self) -> None:
        list(fire(self.store, self.now))
        due = self.store.next_due()
        assert due is None or due > self.now, "the worker left something due"
        assert list(fire(self.store, self.now)) == [], "the worker did something twice"
        for name in self.cases:
            self.watch(name)

    @rule(days=st.sampled_from([1, 31, 92]))
    def run_ahead(self, days: int) -> None:
        until = self.now + timedelta(days=days)
        for one in run_ahead(self.store, self.now, until):
            assert all(self.now <= entry.at <= until for entry in one.entries)
        self.now = until
        for name in self.cases:
            self.watch(name)

    def open_the_store_anew(self, _: Random) -> None:
        self.store.close()
        self.store = Store.open(self.place, grounds(self.engine), self.signer)

    # ── how ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def drawn(self, seed: int) -> Random:
        """A source of draws for one turn: Hypothesis likes to draw the same small seeds again and again."""
        self.turn += 1
        return Random(f"{seed} {self.turn}")

    def some_case(self, rng: Random, fits: Callable[[Watch], bool] = lambda _: True) -> str | None:
        """A case, the younger the likelier."""
        fitting = [name for name, one in self.cases.items() if fits(one)]
        return None if not fitting else rng.choice((*fitting, *fitting[-2:]))

    def someone(self, rng: Random, first: Iterable[str] = ()) -> tuple[Actor, str | None]:
        """A person as the store knows him, and the post in which he acts where he must say."""
        named = [one for one in first if one in self.rota.held]
        person = rng.choice(named if named and rng.random() < 0.7 else list(self.rota.held))
        actor, posts = self.store.person(person), sorted(self.rota.posts(person, self.now.date()))
        return actor, rng.choice(posts) if posts and (len(posts) > 1 or rng.random() < 0.3) else None

    def doers(self, name: str) -> list[str]:
        """Who has done something to the case, the last first."""
        watch = self.cases[name]
        return [step.who for number, step in reversed(watch.steps.items()) if number not in watch.gone]

    def saying(self, name: str, rng: Random, slips: float) -> Saying:
        return Saying(rng, self.now, likeliest(self.doers(name), self.rota.held), slips)

    def answers(self, name: str, event: Event, rng: Random, slips: float) -> dict[str, object]:
        return self.saying(name, rng, slips).answers(self.ground(name).directive, event)

    def ground(self, name: str) -> Ground:
        ground = grounds(self.engine).pinned(self.cases[name].entries[0].pin)
        assert ground is not None
        return ground

    def linked(self, case: Case) -> tuple[Linked, ...]:
        others = [self.store.case(one) for one in sorted(case.links)]
        alike = self.ground(case.id).workflow.alike
        return tuple(
            Linked(one.id, one.pin.workflow, one.state, one.version).with_facts_of(one, alike) for one in others
        )

    def dry(
        self, case: Case, event: Event, actor: Actor, post: str | None, said: Mapping[str, object]
    ) -> Done | Refusal | None:
        """What would come of it, without a store; nothing where the call itself is wrong."""
        try:
            return deciding.decide(
                self.ground(case.id), case, event.id, actor, said, now=self.now, post=post, linked=self.linked(case)
            )
        except Refused:
            return None

    def way_on(self, name: str, rng: Random) -> tuple[Event, Actor, str | None, dict[str, object]] | None:
        """An event that can happen now, by whom and with what answers; those that end the case come last."""
        case = self.catch_up(name)
        if case.erased:
            return None
        workflow = self.cases[name].workflow
        here = [one for one in workflow.events if case.state in one.origins and one.hand is Hand.PERSON]
        rng.shuffle(here)
        here.sort(
            key=lambda one: one.target == case.state and rng.random() < 0.7
        )  # rather onwards than round and round
        ends = [
            one
            for one in here
            if workflow.state[one.target].final and not (one.judgements or one.linked or one.settled)
        ]
        for event in [*(one for one in here if one not in ends), *(ends if rng.random() < 0.2 else ())]:
            people = [*self.rota.held]
            rng.shuffle(people)
            for person in people:
                actor = self.store_person(person)
                for post in sorted(self.rota.posts(person, self.now.date())) or [None]:
                    said = self.answers(name, event, rng, rng.choice((0.0, 0.0, 0.05, 0.3)))
                    if isinstance(self.dry(case, event, actor, post, said), Done):
                        self.nothing_goes_unsaid(case, event, actor, post, said)
                        return event, actor, post, said
        return None

    def store_person(self, person: str) -> Actor:
        return self.rota.actor(person)

    def nothing_goes_unsaid(
        self, case: Case, event: Event, actor: Actor, post: str | None, said: Mapping[str, object]
    ) -> None:
        """Whatever the event asks for: without it, it does not go through."""
        for term in said:
            came = self.dry(case, event, actor, post, {one: value for one, value in said.items() if one != term})
            assert isinstance(came, Refusal) and came.why is Why.MISSING and came.missing == (term,)

    def do(
        self,
        name: str,
        event: str,
        actor: Actor,
        post: str | None,
        said: Mapping[str, object],
        *,
        expect: int | None = None,
    ) -> Done | Refusal | None:
        return self.attempt(
            name, actor, said, lambda **how: self.store.do(name, event, actor, said, self.now, post=post, **how), expect
        )

    def attempt(
        self,
        name: str,
        actor: Actor,
        said: Mapping[str, object],
        command: Callable[..., Done | Refusal],
        expect: int | None = None,
    ) -> Done | Refusal | None:
        """A command: what is acknowledged has happened once, what is refused has changed nothing."""
        before = self.catch_up(name)
        self.number += 1
        key = f"k{self.number}"
        how = {"key": key} if expect is None else {"key": key, "expect": expect}
        at = self.now
        try:
            came = command(**how)
        except Refused:
            came = None
        kind = type(came).__name__ if not isinstance(came, Refusal) else f"Refusal: {came.why.value}"
        type(self).seen[kind] += 1
        if not isinstance(came, Done):
            assert self.store.case(name) == before, "a refused command left something"
            return came
        assert (came.entry.number, came.entry.at, came.again) == (before.version + 1, at, False)
        self.watch(name, Claim(came.entry.number, actor.id, self.rota.posts(actor.id, at.date()), said))
        if self.number % 3 == 0:
            self.once_only(name, came, command, key)
        if self.number % 3 == 1:
            self.stale(name, before.version, command)
        return came

    def once_only(self, name: str, came: Done, command: Callable[..., Done | Refusal], key: str) -> None:
        """The same command again is answered the same, and nothing more happens; its key is no other command's."""
        version = self.store.case(name).version
        again = command(key=key)
        assert isinstance(again, Done) and again.again and again.entry == came.entry
        someone = self.rota.actor("市民")
        try:
            self.store.do(name, self.cases[name].workflow.events[0].id, someone, {}, self.now, key=key, texts=True)
        except Refused as refused:
            codes = [one.code for one in refused.findings]
        else:
            codes = []
        assert codes == ["TS850"], "one key stood for two commands"
        assert self.store.case(name).version == version
        self.keyed.append((lambda: command(key=key), name, came.entry.number))

    def stale(self, name: str, version: int, command: Callable[..., Done | Refusal]) -> None:
        """Whoever has seen an older version is told so."""
        before = self.store.case(name)
        try:
            came = command(expect=version)
        except TypeError:
            return
        except Refused as refused:
            codes = {one.code for one in refused.findings}
            assert codes <= {"TS842", "TS879"}, codes
        else:
            raise AssertionError(f"a command that saw version {version} of {before.version} was taken: {came}")
        assert self.store.case(name) == before

    def catch_up(self, name: str) -> Case:
        """The case once time has taken its course, watched."""
        self.store.catch_up(name, self.now)
        case = self.watch(name)
        self.cases[name].in_time(case, self.now)
        return case

    def watch(self, name: str, claim: Claim | None = None) -> Case:
        """The case as it stands, and whether that is as it should be."""
        case = self.store.case(name)
        linked = tuple(
            Other(one.id, one.pin.workflow, one.state, self.cases[one.id].said, one.links)
            for one in map(self.store.case, sorted(case.links))
        )
        self.cases[name].look(case, claim, linked, type(self).seen)
        return case


__all__ = ["EVE", "CaseMachine", "date", "grounds", "shipped"]
