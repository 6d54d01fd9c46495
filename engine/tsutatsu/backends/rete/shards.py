"""The only safe way to use durable-rules, and the only module that touches it.

Measured on version 2.0.28: it is correct, leak-free and steady when it is given one fact at a time, on one session,
retracted before the next; when only keys of our own and small whole numbers reach it; when few rules match one fact;
when a rule that always fires has initialised the session before anything is deleted; and when one thread at a time uses
it. All of that is kept here, whatever is asked. ``$or`` is not used: it fires once for each of its parts that matches.
"""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from operator import itemgetter
from threading import Lock
from typing import Final, Protocol, cast

from tsutatsu.backends.engine import EngineFault, EngineUnavailable
from tsutatsu.backends.rete.keys import WIDTH, keys
from tsutatsu.backends.rete.rules import Rule

RULES: Final = 59
"""Rules in a shard, the sentinel apart: 64 matches of one fact are the engine's limit."""
SLOTS: Final = 200
"""Fields of a fact: 255 are the engine's limit."""

_HEAD: Final = '{"sid":"1","id":"1","z":1'
_FIELD: Final = ',"{}":0'
_STRIDE: Final = len(_FIELD.format("k" * WIDTH))
_FIRST: Final = len(_HEAD) + _STRIDE - 1
_RETRACTED: Final = '{"sid":"1","id":"1"}'
_SENTINEL: Final = "zz"
_TESTS: Final = {0b001: ("", 0), 0b010: ("", 1), 0b100: ("", 2), 0b011: ("$lt", 2), 0b110: ("$gt", 0)}
"""How a set of truths is asked for: equality, or an order between small whole numbers."""


class _RuleEngine(Protocol):
    """What is used of the C extension."""

    def create_ruleset(self, name: str, rules: str, /) -> int: ...
    def delete_ruleset(self, handle: int, /) -> None: ...
    def assert_fact(self, handle: int, fact: str, /) -> tuple[int, int]: ...
    def retract_fact(self, handle: int, fact: str, /) -> tuple[int, int]: ...
    def start_action_for_state(self, handle: int, state: int, /) -> tuple[str, str] | None: ...
    def complete_and_start_action(self, handle: int, state: int, /) -> str | None: ...
    def abandon_action(self, handle: int, state: int, /) -> None: ...
    def delete_state(self, handle: int, sid: str, /) -> None: ...


@cache
def rule_engine() -> _RuleEngine:
    """The C extension; ``EngineUnavailable`` where it was never built."""
    try:
        return cast(_RuleEngine, import_module("durable_rules_engine"))
    except ImportError as error:
        raise EngineUnavailable(
            "rete",
            "規則エンジン durable-rules が入っていない。"
            "C コンパイラを入れて「pip install durable-rules==2.0.28」を実行するか、判定器に compiled を選ぶ。",
            "The rule engine durable-rules is not installed. "
            "Install a C compiler and run “pip install durable-rules==2.0.28”, or choose the engine “compiled”.",
        ) from error


class Gate:
    """One thread at a time, in the whole process; opened anew in a process that was forked."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.generation = 0
        self._dropped: deque[tuple[Shard, ...]] = deque()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._forked)

    def drop(self, shards: tuple["Shard", ...]) -> None:
        """Takes shards that nobody holds any more. It never waits: memory may be collected while the lock is held."""
        self._dropped.append(shards)

    def sweep(self) -> None:
        """Closes what was dropped. Only with the lock held."""
        while self._dropped:
            for shard in self._dropped.popleft():
                shard.close()

    def _forked(self) -> None:
        """What the parent was in the middle of is not ours: a new lock, and every rule set made again on next use."""
        self.lock = Lock()
        self.generation += 1


GATE: Final = Gate()


class Shard:
    """Some of the rules of one stage, in a rule set of their own. Not to be used without the gate's lock."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._engine = rule_engine()
        slots = sorted({slot for rule in rules for slot, _ in rule.matches})
        names = dict(zip(slots, keys(len(slots)), strict=True))
        self._definition = json.dumps(_definition(rules, names))
        self._effects = {_name(number): rule.effects for number, rule in enumerate(rules)} | {_SENTINEL: ()}
        only = slice(slots[0], slots[0] + 1)  # of a single place, itemgetter would give the thing itself
        self._pick: Callable[[bytearray], Iterable[int]] = itemgetter(*slots) if len(slots) > 1 else itemgetter(only)
        self._mould = (_HEAD + "".join(_FIELD.format(name) for name in names.values()) + "}").encode("ascii")
        self._end = len(self._mould) - 1
        self._handle: int | None = None
        self._state: int | None = None
        self._generation = -1

    def fire(self, truths: bytearray, found: list[int]) -> None:
        """Lets the rules fire that match, their effects going to ``found``; ``truths`` hold the digit of each slot.

        What goes wrong on the way, an interruption included, ends the rule set: the next use starts on a new one.
        """
        mould = bytearray(self._mould)
        mould[_FIRST : self._end : _STRIDE] = bytes(self._pick(truths))
        fact = mould.decode("ascii")
        if self._handle is None or self._generation != GATE.generation:
            self._prime()
        engine, effects = self._engine, self._effects
        handle = cast(int, self._handle)
        try:
            refused, state = engine.assert_fact(handle, fact)
            if refused:
                raise _fault(f"assert {refused}")
            started = engine.start_action_for_state(handle, state)
            message = None if started is None else started[1]
            sentinel = False
            proceed = engine.complete_and_start_action
            while message is not None:
                name = message[2:4]
                if name == _SENTINEL:
                    sentinel = True
                for place, marks in effects[name]:
                    found[place] |= marks
                message = proceed(handle, state)
            refused, _ = engine.retract_fact(handle, _RETRACTED)
            if refused or not sentinel:
                raise _fault(f"retract {refused}, sentinel {sentinel}")
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Gives the rule set back; the next use makes it again."""
        handle, state, here = self._handle, self._state, self._generation == GATE.generation
        self._handle = self._state = None
        if handle is None or not here:  # after a fork, the copy of what the parent held is left alone
            return
        if state is not None:  # a session that never fired must not be deleted: its memory was never initialised
            self._engine.abandon_action(handle, state)
            self._engine.delete_state(handle, "1")
        self._engine.delete_ruleset(handle)

    def _prime(self) -> None:
        """Makes the rule set and lets its sentinel fire once, on a fact that no other rule can match."""
        engine = self._engine
        self._generation = GATE.generation
        self._state = None
        self._handle = engine.create_ruleset("t", self._definition)
        blank = _HEAD + "}"
        refused, state = engine.assert_fact(self._handle, blank)
        started = None if refused else engine.start_action_for_state(self._handle, state)
        if started is None or started[1][2:4] != _SENTINEL:
            self.close()
            raise _fault("the sentinel is silent")
        self._state = state
        engine.complete_and_start_action(self._handle, state)
        engine.retract_fact(self._handle, _RETRACTED)


def sharded(rules: tuple[Rule, ...]) -> tuple[Shard, ...]:
    """The rules of a stage, in shards within the rule engine's limits."""
    groups: list[list[Rule]] = []
    slots: set[int] = set()
    for rule in rules:
        asked = {slot for slot, _ in rule.matches}
        if not groups or len(groups[-1]) == RULES or len(slots | asked) > SLOTS:
            groups.append([])
            slots = set()
        groups[-1].append(rule)
        slots |= asked
    return tuple(Shard(tuple(group)) for group in groups)


def _definition(rules: tuple[Rule, ...], names: dict[int, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for number, rule in enumerate(rules):
        tests = [_asked(names[slot], values) for slot, values in rule.matches]
        found[_name(number)] = _fired_by(tests[0] if len(tests) == 1 else {"$and": tests})
    return found | {_SENTINEL: _fired_by({"z": 1})}


def _fired_by(match: dict[str, object]) -> dict[str, object]:
    return {"all": [{"m": match}], "count": 1}


def _asked(name: str, values: int) -> dict[str, object]:
    order, bound = _TESTS[values]
    return {order: {name: bound}} if order else {name: bound}


def _name(number: int) -> str:
    """Two signs for each rule of a shard."""
    return f"{number:02d}"


def _fault(what: str) -> EngineFault:
    return EngineFault(
        "rete",
        f"規則エンジンが規則を最後まで当てなかった（{what}）。判定は示さない。",
        f"The rule engine did not run its rules to the end ({what}). No verdict is given.",
    )
