"""The engine that judging calls."""

from collections.abc import Mapping
from typing import Final

from tsutatsu.backends.engine import EngineFault, EngineUnavailable
from tsutatsu.backends.rete.rules import Effect, network
from tsutatsu.backends.rete.shards import GATE, rule_engine, sharded
from tsutatsu.ir import Directive, Facts, Judgement

_DIGITS: Final = bytes.maketrans(b"\0\1\2", b"012")
_SAID: Final = bytes.maketrans(b"\0\1\2", b"102")
"""A definition's marks as the digit of its truth: none unknown, one false, two true."""


def available() -> bool:
    """Whether the rule engine can be used here."""
    try:
        rule_engine()
    except EngineUnavailable:
        return False
    return True


class Rete:
    """One judgement on the rule engine; ``EngineUnavailable`` where that is not installed.

    Threads may share it: one at a time is let through. A forked process makes its own rule sets on first use.
    """

    __slots__ = ("_act", "_always", "_atoms", "_blank", "_defined", "_stages", "_where")

    name: Final = "rete"

    _drop: Final = GATE.drop
    """Held here, for at the interpreter's end this module's own names go before the last engine does."""

    def __init__(self, directive: Directive, judgement: Judgement) -> None:
        rule_engine()
        rules = network(directive, judgement)
        self._act = dict(judgement.act)
        self._atoms = rules.atoms
        self._always: tuple[Effect, ...] = rules.always
        self._stages = tuple(sharded(stage) for stage in rules.stages)
        self._defined = rules.definitions
        self._blank = [0] * (rules.definitions + rules.norms)
        self._where = f"{directive.id}/{judgement.id}"

    def standings(self, facts: Facts, sides: Mapping[str, str]) -> tuple[int, ...]:
        """What each norm of the judgement can still be, in its order."""
        acted = {**facts, **self._act} if self._act else facts
        truths = bytearray([atom(acted, sides) for atom in self._atoms]).translate(_DIGITS)
        found = self._blank.copy()
        defined = self._defined
        for effect in self._always:
            found[effect.place] |= effect.marks
        with GATE.lock:
            GATE.sweep()
            for number, stage in enumerate(self._stages):
                if number:
                    truths[len(self._atoms) :] = bytes(found[:defined]).translate(_SAID)
                for shard in stage:
                    shard.fire(truths, found)
        standings = tuple(found[defined:])
        if 0 in standings:
            raise EngineFault(
                "rete",
                f"規則エンジンが「{self._where}」の規範の一つに何も答えなかった。判定は示さない。",
                f"The rule engine said nothing of one norm of “{self._where}”. No verdict is given.",
            )
        return standings

    def close(self) -> None:
        """Gives the rule sets back; they are made again if the engine is used once more."""
        with GATE.lock:
            GATE.sweep()
            for stage in self._stages:
                for shard in stage:
                    shard.close()

    def __del__(self) -> None:
        """What was never closed is closed by the next judgement, or the C extension would keep it for good."""
        for stage in getattr(self, "_stages", ()):
            self._drop(stage)
