"""The rule engine: it decides as the meaning does, sees nothing of the caller's, and survives what is done to it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import product
from random import Random
from textwrap import dedent
from threading import Thread

import pytest
from drawing import draw_directive, fill_in

from tsutatsu.backends.engine import EngineFault, EngineUnavailable
from tsutatsu.backends.rete import Rete, available, shards
from tsutatsu.backends.rete.keys import RESERVED, WIDTH, distinct, fnv, keys
from tsutatsu.backends.rete.rules import Effect, Rule, network
from tsutatsu.backends.rete.shards import GATE, Shard, sharded
from tsutatsu.ir import (
    ALWAYS,
    NEVER,
    TODAY,
    AllOf,
    AnyOf,
    Concept,
    Condition,
    Directive,
    Facts,
    Header,
    Is,
    Judgement,
    Kind,
    Lift,
    Norm,
    Not,
    Op,
    OpenCase,
    Printed,
    Reading,
    ReadingSide,
    Revision,
    Side,
    Stands,
    Strength,
    Term,
    TermRef,
    Test,
    Text,
    Truth,
    Words,
)
from tsutatsu.semantics import standings

pytestmark = pytest.mark.skipif(not available(), reason="durable-rules is not built here")

DAY = date(2025, 1, 10)
ATOMS = ("a", "b", "c")


def yes(term: str) -> Test:
    return Test(term, Op.EQ, operand=True)


def norm(name: str, *, kept: Condition = ALWAYS, when: Condition = ALWAYS, **others: object) -> Norm:
    parts = {"strength": Strength.HARD, **others}
    return Norm(name, "第1", Kind.DUTY, summary=Words(name), kept=kept, when=when, **parts)


def directive(norms: Sequence[Norm], terms: Sequence[Term] | None = None, **others: object) -> Directive:
    printed = Printed("令和7年1月10日", DAY)
    parts = {"clocks": (), "concepts": (), "readings": (), **others}
    return Directive(
        "手本",
        Header(Words("手本"), printed, "者", "第1号"),
        Revision(1, DAY),
        tuple(terms if terms is not None else (Term(name, Words(name), Truth()) for name in ATOMS)),
        norms=tuple(norms),
        judgements=(Judgement("問", Words("問"), tuple(one.id for one in norms)),),
        **parts,
    )


def every_fact(terms: Sequence[str] = ATOMS) -> Iterator[Facts]:
    """All facts about truths: each true, false or unknown."""
    for values in product((True, False, None), repeat=len(terms)):
        known = {term: value for term, value in zip(terms, values, strict=True) if value is not None}
        yield {TODAY: DAY, **known}


def agrees(law: Directive, every: Iterator[Facts], sides: dict[str, str] | None = None) -> Rete:
    """The engine, after it has said what the meaning says on every one of the facts."""
    judgement = law.judgements[0]
    engine = Rete(law, judgement)
    for facts in every:
        assert engine.standings(facts, sides or {}) == standings(judgement, law, facts, sides or {})
    return engine


def drawn(rng: Random, depth: int) -> Condition:
    shape = rng.random()
    if depth and shape < 0.75:
        parts = tuple(drawn(rng, depth - 1) for _ in range(rng.randint(1, 4)))
        return AllOf(parts) if shape < 0.4 else AnyOf(parts)
    return Not(drawn(rng, depth)) if shape < 0.85 else yes(rng.choice(ATOMS))


# ── it decides as the meaning does ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("values", [0b001, 0b010, 0b100, 0b011, 0b110])
@pytest.mark.parametrize("truth", [0, 1, 2])
def test_each_comparison_matches_just_the_truths_it_names(values: int, truth: int):
    found = [0]
    Shard((Rule(((0, values),), (Effect(0, 1),)),)).fire(bytearray(b"012"[truth : truth + 1]), found)
    assert found == [values >> truth & 1]


def test_conjunctions_match_when_each_part_does_on_every_combination():
    every = list(product((0b001, 0b010, 0b100, 0b011, 0b110), repeat=3))
    chained = sharded(tuple(Rule(tuple(enumerate(one)), (Effect(place, 1),)) for place, one in enumerate(every)))
    for truths in product((0, 1, 2), repeat=3):
        found = [0] * len(every)
        for shard in chained:
            shard.fire(bytearray(b"012"[truth] for truth in truths), found)
        assert found == [all(v >> t & 1 for v, t in zip(one, truths, strict=True)) for one in every]


@pytest.mark.parametrize("seed", range(40))
def test_norms_stand_as_the_meaning_says_on_every_combination_of_facts(seed: int):
    rng = Random(seed)
    norms = [
        norm(
            str(number),
            strength=rng.choice(list(Strength)),
            when=drawn(rng, rng.randint(0, 3)),
            lifts=tuple(Lift("但", drawn(rng, 1)) for _ in range(rng.randint(0, 2))),
            kept=drawn(rng, rng.randint(0, 3)),
            pending=drawn(rng, 1) if rng.random() < 0.5 else NEVER,
        )
        for number in range(4)
    ]
    agrees(directive(norms), every_fact())


def test_a_norm_without_conditions_is_decided_too():
    agrees(directive([norm("一"), norm("二", strength=Strength.FREE), norm("三", kept=NEVER)]), every_fact())


def test_definitions_are_chained_stage_by_stage():
    wide = [AnyOf((AllOf((yes("a"), yes("b"))), AllOf((yes("b"), Not(yes("c")))), AllOf((yes("c"), Not(yes("a"))))))]
    concepts = []
    for depth in range(6):
        met = AllOf((AnyOf((wide[-1], yes("a"))), AnyOf((Not(wide[-1]), yes("b"))), AnyOf((wide[-1], Not(yes("c"))))))
        concepts.append(Concept(f"概念{depth}", Words(""), "第1", met))
        wide.append(Is(f"概念{depth}"))
    law = directive([norm("一", kept=wide[-1]), norm("二", when=Not(wide[3]))], concepts=tuple(concepts))
    assert len(network(law, law.judgements[0]).stages) > 3
    agrees(law, every_fact())


def test_deep_and_shared_definitions_take_no_time_and_no_stack_to_prepare():
    concepts = [Concept("0", Words(""), "第1", yes("a"))]
    for depth in range(1, 400):
        below = Is(str(depth - 1))
        either = AnyOf((AllOf((below, yes("b"))), AllOf((below, yes("c"))), AllOf((Not(below), Not(yes("b"))))))
        concepts.append(Concept(str(depth), Words(""), "第1", either))
    law = directive([norm("一", kept=Is("399"))], concepts=tuple(concepts))
    engine = Rete(law, law.judgements[0])
    assert engine.standings({TODAY: DAY, "a": True, "b": True, "c": True}, {}) == (8,)
    assert engine.standings({TODAY: DAY, "a": False, "b": True, "c": True}, {}) == (32,)


def test_a_definition_that_goes_round_is_refused():
    law = directive([norm("一", kept=Is("甲"))], concepts=(Concept("甲", Words(""), "第1", Not(Is("甲"))),))
    with pytest.raises(ValueError, match="甲"):
        Rete(law, law.judgements[0])


def test_an_open_case_waits_for_its_reading_and_follows_it():
    reading = Reading("読み", "第1", Words("範囲"), (ReadingSide("広", Words("")), ReadingSide("狭", Words(""))))
    concept = Concept("概念", Words(""), "第1", yes("a"), (OpenCase(yes("b"), "読み", "広"),))
    law = directive(
        [norm("一", kept=Is("概念")), norm("二", when=Side("読み", "狭"))], concepts=(concept,), readings=(reading,)
    )
    for sides in ({}, {"読み": "広"}, {"読み": "狭"}, {"読み": "ほか"}):
        agrees(law, every_fact(), sides)


def test_what_another_norm_stands_at_is_known_as_far_as_the_meaning_knows_it():
    first = [
        norm("元", when=yes("a"), kept=yes("b"), pending=yes("c"), lifts=(Lift("但", AllOf((yes("b"), yes("c")))),)),
        norm("任意", strength=Strength.FREE),
        norm("努力", strength=Strength.SOFT, kept=yes("c")),
    ]
    after = [norm(f"{one.id}{broken}", when=Stands(one.id, broken)) for one in first for broken in (True, False)]
    agrees(directive(first + after), every_fact())


@pytest.mark.parametrize("op", [Op.EQ, Op.SAME, Op.DIFFERENT, Op.PRESENT])
@pytest.mark.parametrize("operand", [True, False, TermRef("b"), TermRef("導"), TermRef("別")])
def test_a_computed_truth_is_tested_as_supplied_or_as_computed(op: Op, operand: bool | TermRef):
    terms = [Term(name, Words(name), Truth()) for name in ATOMS]
    terms.append(Term("導", Words("導"), Truth(), derived=AnyOf((yes("a"), yes("別")))))
    terms.append(Term("別", Words("別"), Truth(), derived=AllOf((yes("b"), yes("c")))))
    test = Test("導", op, None if op is Op.PRESENT else operand)
    agrees(directive([norm("一", kept=test), norm("二", when=Not(test))], terms), every_fact((*ATOMS, "導", "別")))


def test_what_the_act_fixes_overrides_the_facts():
    law = directive([norm("一", kept=AllOf((yes("a"), yes("b"))), when=Not(Test("c", Op.SAME, TermRef("b"))))])
    act = (("a", True), ("c", False))
    judgement = Judgement("問", Words("問"), ("一",), act)
    engine = Rete(law, judgement)
    for facts in every_fact():
        assert engine.standings(facts, {}) == standings(judgement, law, facts, {})


@pytest.mark.parametrize("kind", [AllOf, AnyOf])
def test_a_condition_of_six_hundred_parts_is_decided(kind: type[AllOf] | type[AnyOf]):
    names = tuple(f"項{number}" for number in range(600))
    terms = [Term(name, Words(name), Truth()) for name in names]
    law = directive([norm("一", kept=kind(tuple(yes(name) for name in names)))], terms)
    rng = Random(7)
    cases = [{TODAY: DAY, **dict.fromkeys(names, value)} for value in (True, False)]
    for _ in range(20):
        base, odd = rng.random() < 0.5, rng.sample(names, 2)
        cases.append({TODAY: DAY, **dict.fromkeys(names, base), odd[0]: not base})
        cases.append({name: value for name, value in cases[-1].items() if name != odd[1]})
    agrees(law, iter(cases))


def test_a_thousand_norms_of_which_many_say_the_same_are_decided():
    rng = Random(3)
    wholes = [drawn(rng, 2) for _ in range(40)]
    agrees(directive([norm(str(number), kept=wholes[number % 40]) for number in range(1_000)]), every_fact())


# ── nothing of the caller's reaches the rule engine ──────────────────────────────────────────────────────────────────


class Watched:
    """The rule engine, with every word that is handed to it kept."""

    def __init__(self) -> None:
        self.inner = shards.rule_engine()
        self.heard: list[str] = []

    def __getattr__(self, name: str):
        def called(*arguments: int | str):
            self.heard += [one for one in arguments if isinstance(one, str)]
            return getattr(self.inner, name)(*arguments)

        return called


@pytest.mark.parametrize("seed", range(25))
def test_no_key_value_or_id_of_the_callers_reaches_the_rule_engine(seed: int, monkeypatch: pytest.MonkeyPatch):
    watched = Watched()
    monkeypatch.setattr(shards, "rule_engine", lambda: watched)
    law = draw_directive(Random(seed))
    engine = Rete(law, law.judgements[0])
    for case in fill_in(law, seed, 20):
        engine.standings(case.facts, case.sides)
    allowed = set(keys(400)) | {"sid", "id", "z", "m", "all", "count", "$and", "$lt", "$gt"}
    for words in filter(lambda words: words.startswith("{"), watched.heard):
        assert _names(json.loads(words)) <= allowed | {f"{n:02d}" for n in range(60)} | {"zz"}
        assert _values(json.loads(words)) <= {0, 1, 2, "1"}


def _names(value: object) -> set[str]:
    match value:
        case dict():
            return set(value).union(*map(_names, value.values()))
        case list():
            return set().union(*map(_names, value))
        case _:
            return set()


def _values(value: object) -> set[object]:
    match value:
        case dict():
            return set().union(*map(_values, value.values()))
        case list():
            return set().union(*map(_values, value))
        case _:
            return {value}


def test_fields_whose_names_collide_in_the_rule_engine_stay_apart():
    assert fnv("role") == fnv("dmhx84e")
    terms = [Term(name, Words(name), Text()) for name in ("role", "dmhx84e")]
    law = directive([norm("一", kept=Test("role", Op.EQ, "admin"))], terms)
    agrees(law, iter([{TODAY: DAY, "dmhx84e": "admin"}, {TODAY: DAY, "role": "admin", "dmhx84e": "x"}]))


def test_keys_never_share_a_hash_with_each_other_or_with_what_is_reserved():
    assert distinct(("role", "dmhx84e", "sid", "other"), 2) == ("role", "other")
    with pytest.raises(ValueError, match="only 1 have"):
        distinct(("role", "dmhx84e"), 2)
    made = keys(5_000)
    assert len({fnv(key) for key in (*made, *RESERVED)}) == len(made) + len(RESERVED)
    assert {len(key) for key in made} == {WIDTH}


# ── it survives what is done to it ───────────────────────────────────────────────────────────────────────────────────


class Failing:
    """The rule engine, failing once at the call named, before or after the call has done its work."""

    def __init__(self, at: str, error: type[BaseException], *, after: bool) -> None:
        self.inner = shards.rule_engine()
        self.at, self.error, self.after = at, error, after
        self.armed = False

    def __getattr__(self, name: str):
        def called(*arguments: int | str):
            if name != self.at or not self.armed:
                return getattr(self.inner, name)(*arguments)
            self.armed = False
            if self.after:
                getattr(self.inner, name)(*arguments)
            raise self.error("planted")

        return called


CALLS = ("assert_fact", "start_action_for_state", "complete_and_start_action", "retract_fact")


@pytest.mark.parametrize("at", CALLS)
@pytest.mark.parametrize("error", [RuntimeError, MemoryError, KeyboardInterrupt])
@pytest.mark.parametrize("after", [False, True])
def test_after_any_failure_the_next_judgement_is_right(
    at: str, error: type[BaseException], after: bool, monkeypatch: pytest.MonkeyPatch
):
    failing = Failing(at, error, after=after)
    monkeypatch.setattr(shards, "rule_engine", lambda: failing)
    law = directive([norm("一", when=yes("a"), kept=yes("b")), norm("二", kept=yes("c"))])
    engine = agrees(law, every_fact())
    for facts in every_fact():
        failing.armed = True
        with pytest.raises(error, match="planted"):
            engine.standings(facts, {})
        assert engine.standings(facts, {}) == standings(law.judgements[0], law, facts, {})


def test_a_rule_engine_that_loses_a_firing_gives_no_verdict(monkeypatch: pytest.MonkeyPatch):
    law = directive([norm("一", kept=yes("a"))])
    engine = Rete(law, law.judgements[0])
    facts = {TODAY: DAY, "a": True}
    assert engine.standings(facts, {}) == (8,)
    inner = shards.rule_engine()
    [[shard]] = engine._stages
    for answer in ('{"zz":{"m":{}}}', '{"00":{"m":{}}}'):
        with monkeypatch.context() as patched:
            patched.setattr(shard, "_engine", _Answering(inner, answer))
            with pytest.raises(EngineFault):
                engine.standings(facts, {})
        assert engine.standings(facts, {}) == (8,)


class _Answering:
    """A rule engine that fires the one rule named, and no other."""

    def __init__(self, inner: object, answer: str) -> None:
        self.inner, self.answer = inner, answer

    def start_action_for_state(self, handle: int, state: int) -> tuple[str, str]:
        self.inner.start_action_for_state(handle, state)
        return "", self.answer

    def complete_and_start_action(self, handle: int, state: int) -> None:
        while self.inner.complete_and_start_action(handle, state) is not None:
            pass

    def __getattr__(self, name: str):
        return getattr(self.inner, name)


def test_sixteen_threads_get_the_answers_that_one_gets():
    law = draw_directive(Random(11), 6)
    judgement = law.judgements[0]
    cases = fill_in(law, 11, 60)
    wanted = [standings(judgement, law, case.facts, case.sides) for case in cases]
    engine = Rete(law, judgement)
    wrong: list[int] = []

    def judge(offset: int) -> None:
        for turn in range(240):
            at = (turn * 7 + offset) % len(cases)
            if engine.standings(cases[at].facts, cases[at].sides) != wanted[at]:
                wrong.append(at)

    threads = [Thread(target=judge, args=(offset,)) for offset in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_closed_it_can_be_used_again_and_forgotten_it_is_given_back(monkeypatch: pytest.MonkeyPatch):
    counting = Counting()
    monkeypatch.setattr(shards, "rule_engine", lambda: counting)
    law = directive([norm("一", kept=yes("a"))])
    engine = agrees(law, every_fact())
    engine.close()
    engine.close()
    assert counting.held == 0
    assert engine.standings({TODAY: DAY, "a": True}, {}) == (8,)
    assert counting.held == 1
    del engine
    with GATE.lock:
        GATE.sweep()
    assert counting.held == 0


class Counting:
    """The rule engine, with its rule sets counted."""

    def __init__(self) -> None:
        self.inner = shards.rule_engine()
        self.held = 0

    def create_ruleset(self, name: str, rules: str) -> int:
        self.held += 1
        return self.inner.create_ruleset(name, rules)

    def delete_ruleset(self, handle: int) -> None:
        self.held -= 1
        self.inner.delete_ruleset(handle)

    def __getattr__(self, name: str):
        return getattr(self.inner, name)


def test_memory_is_collected_while_the_lock_is_held_without_waiting_for_it():
    law = directive([norm("一", kept=yes("a"))])
    engine = agrees(law, every_fact())
    with GATE.lock:
        engine.__del__()
        GATE.sweep()
    assert engine.standings({TODAY: DAY, "a": True}, {}) == (8,)


def test_an_engine_that_outlives_its_module_goes_without_a_sound(monkeypatch: pytest.MonkeyPatch):
    engine = agrees(directive([norm("一", kept=yes("a"))]), every_fact())
    monkeypatch.setattr(sys.modules[Rete.__module__], "GATE", None)  # as the interpreter leaves it at its end
    engine.__del__()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_judges_on_its_own_even_when_the_lock_was_held():
    told = _run(
        """
        import os
        from tsutatsu.backends.rete.shards import GATE
        engine = Rete(law, judgement)
        wanted = [engine.standings(case.facts, case.sides) for case in cases]
        with GATE.lock:
            child = os.fork()
            if child == 0:
                said = [engine.standings(case.facts, case.sides) for case in cases]
                engine.close()
                os._exit(0 if said == wanted else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        print(wanted == [engine.standings(case.facts, case.sides) for case in cases])
        """
    )
    assert told == "True"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_memory_stays_flat_over_two_hundred_thousand_judgements():
    told = _run(
        """
        def resident():
            return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        engine = Rete(law, judgement)
        def judge(times):
            for turn in range(times):
                case = cases[turn % len(cases)]
                engine.standings(case.facts, case.sides)
        judge(20_000)
        before = resident()
        judge(200_000)
        print(resident() - before < 4 * 2**20)
        """,
        quick=True,
    )
    assert told == "True"


def _run(script: str, *, quick: bool = False) -> str:
    """What the script prints, in a process of its own, with an engine's worth of law and cases at hand."""
    lists = "law = next(d for d in laws if not any(isinstance(t.type, Records) for t in d.terms) and len(d.norms) > 3)"
    before = f"""
import os
from random import Random
from drawing import draw_directive, fill_in
from tsutatsu.backends.rete import Rete
from tsutatsu.ir import Records
laws = [draw_directive(Random(seed), 6) for seed in range(40)]
{lists if quick else "law = laws[5]"}
judgement = law.judgements[0]
cases = fill_in(law, 5, 200)
"""
    path = os.pathsep.join(one for one in sys.path if one)
    done = subprocess.run(
        [sys.executable, "-c", before + dedent(script)],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_where_it_was_never_built_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    shards.rule_engine.cache_clear()
    try:
        assert not available()
        law = directive([norm("一")])
        with pytest.raises(EngineUnavailable, match="pip install durable-rules") as refused:
            Rete(law, law.judgements[0])
        assert "C コンパイラ" in refused.value.ja
        assert "C compiler" in refused.value.en
    finally:
        shards.rule_engine.cache_clear()
