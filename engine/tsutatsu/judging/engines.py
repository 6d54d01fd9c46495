"""The engines that decide, by name; several decide together and must agree."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, cast

from tsutatsu.backends.engine import Engine
from tsutatsu.diagnostics import Refused, finding, nearest, shorten
from tsutatsu.ir import Directive, Facts, Judgement
from tsutatsu.semantics import Sides, standings

CHOICES: Final = ("both", "rete", "compiled", "semantics")
"""The names under which engines are chosen: ``both`` is rete and compiled together."""


class ByMeaning:
    """The meaning itself as an engine: slow, and the measure of the others."""

    name = "semantics"

    def __init__(self, directive: Directive, judgement: Judgement) -> None:
        self._directive = directive
        self._judgement = judgement

    def standings(self, facts: Facts, sides: Mapping[str, str]) -> tuple[int, ...]:
        """What each norm of the judgement can still be."""
        return tuple(int(one) for one in standings(self._judgement, self._directive, facts, sides))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two engines, one question, different standings: a fault of ours, kept whole so that it can be run again."""

    directive: str
    judgement: str
    digest: str
    facts: Facts
    sides: Sides
    standings: Mapping[str, tuple[int, ...]]
    """By engine."""


class EnginesDisagree(Exception):
    """The engines do not agree; no verdict is given."""

    def __init__(self, pair: Disagreement) -> None:
        self.pair = pair
        said = "、".join(f"{name} {list(found)}" for name, found in pair.standings.items())
        super().__init__(
            f"「{pair.directive}」の判断「{pair.judgement}」で判定器が一致しない（{said}）。判定は示さない。"
            "エンジンの誤りなので報告してほしい。"
            f" / The engines disagree on judgement “{pair.judgement}” of “{pair.directive}” ({said}). "
            "No verdict is given; this is a fault of the engine, please report it."
        )


Recorder = Callable[[Disagreement], None]


class Engines:
    """One or two engines made ready for one judgement."""

    __slots__ = ("_digest", "_directive", "_judgement", "_recorder", "every", "names", "replaced")

    def __init__(
        self,
        directive: Directive,
        judgement: Judgement,
        every: tuple[Engine, ...],
        digest: str,
        recorder: Recorder | None,
        *,
        replaced: bool,
    ) -> None:
        self._directive = directive
        self._judgement = judgement
        self._digest = digest
        self._recorder = recorder
        self.every = every
        self.names = tuple(engine.name for engine in every)
        self.replaced = replaced
        """Whether the meaning stands in for rete, which is not installed here."""

    def __call__(self, facts: Facts, sides: Sides) -> tuple[int, ...]:
        """The standings on which all engines agree."""
        first, *others = self.every
        found = tuple(first.standings(facts, sides))
        for engine in others:
            if tuple(engine.standings(facts, sides)) != found:
                raise self.disagreement(facts, sides)
        return found

    def disagreement(self, facts: Facts, sides: Sides) -> EnginesDisagree:
        """The fault, recorded."""
        said = {engine.name: tuple(int(one) for one in engine.standings(facts, sides)) for engine in self.every}
        pair = Disagreement(self._directive.id, self._judgement.id, self._digest, dict(facts), dict(sides), said)
        if self._recorder is not None:
            self._recorder(pair)
        return EnginesDisagree(pair)


def engines_named(
    name: str, directive: Directive, judgement: Judgement, digest: str, recorder: Recorder | None = None
) -> Engines:
    """The engines chosen by ``name``; where rete is not installed, ``both`` is compiled and the meaning."""
    replaced = False
    match name:
        case "both" if rete_installed():
            every: tuple[Engine, ...] = (_compiled(directive, judgement), _rete(directive, judgement))
        case "both":
            every = (_compiled(directive, judgement), ByMeaning(directive, judgement))
            replaced = True
        case "rete":
            every = (_rete(directive, judgement),)
        case "compiled":
            every = (_compiled(directive, judgement),)
        case "semantics":
            every = (ByMeaning(directive, judgement),)
        case _:
            raise no_such_engine(name)
    return Engines(directive, judgement, every, digest, recorder, replaced=replaced)


def no_such_engine(name: object) -> Refused:
    """That no engine goes by that name."""
    said = str.__str__(name) if isinstance(name, str) else type(name).__name__
    near = nearest(said, CHOICES)
    ja, en = (f"近いもの: {near}。", f"Nearest: {near}.") if near else ("", "")
    return Refused([finding("TS522", name=shorten(said), near=ja, near_en=en)])


def _compiled(directive: Directive, judgement: Judgement) -> Engine:
    from tsutatsu.backends.compiled import Compiled

    return Compiled(directive, judgement)


def rete_installed() -> bool:
    """Whether the rule engine can be used here."""
    from tsutatsu.backends.rete import available

    return available()


def _rete(directive: Directive, judgement: Judgement) -> Engine:
    from tsutatsu.backends.rete import Rete

    return cast("Engine", Rete(directive, judgement))
