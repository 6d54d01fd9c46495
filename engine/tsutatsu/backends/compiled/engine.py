"""The engine: one judgement of one directive as Python functions of its own, written and compiled when first needed."""

import builtins
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from typing import Any, Final, NamedTuple, TypeAlias

from tsutatsu.backends.compiled.graph import Graph
from tsutatsu.backends.compiled.reading import Frame
from tsutatsu.backends.compiled.writing import Writer
from tsutatsu.backends.engine import Engine
from tsutatsu.ir import Day, Directive, Facts, Judgement, Value


class Unsaid(Enum):
    """The mark of a fact that was not supplied."""

    UNKNOWN = "unknown"


UNKNOWN: Final = Unsaid.UNKNOWN

Values: TypeAlias = tuple["Value | Unsaid", ...]
Sides: TypeAlias = tuple[str | None, ...]
Decide: TypeAlias = Callable[[Values, Sides], tuple[int, ...]]


_NEW: Final[object] = vars(tuple)["__new__"]

OFTEN: Final = 64
"""How often facts with the same keys must come before these have a text of their own."""
MOST_SHAPES: Final = 16
MOST_SEEN: Final = 256
MOST_KEYS: Final = 100
MOST_SHAPED: Final = 50
"""Bounds: texts kept for one judgement, shapes counted, keys in a shape, norms in a judgement."""


class Quick(NamedTuple):
    """What plain facts came to."""

    values: Values
    """A snapshot of the facts, in the order of ``Compiled.terms``."""
    standings: tuple[int, ...]
    """As ``Engine.standings`` gives them, with each reading on the side that the directive takes."""
    filled: tuple[str, ...]
    """The terms that were not supplied and taken to be the day judged, since norms are judged on them."""


class Compiled(Engine):
    """The hot path. Nothing a policy or a caller wrote becomes program text: ids and constants are held, never spelled.

    Safe to share between threads and after a fork: what is written on first use is the same whoever writes it.
    """

    unsaid: Final = UNKNOWN
    """The mark, in a snapshot, of a fact that was not supplied."""

    quick: Callable[[Mapping[str, object], date], Quick | None]
    """The answer to plain values by term id, asked for a day. Terms that are left out are unknown.

    None where anything at all is out of the ordinary: a key that is no id of a term that bears on the judgement, a
    wrong type, something computed or contrary to the act, a list judged record by record. Those facts have to be read
    the careful way.
    """

    def __init__(self, directive: Directive, judgement: Judgement) -> None:
        self.directive = directive
        self.judgement = judgement
        self._graph: Graph | None = None
        self._decides: dict[bool, Decide] = {}
        self._spaces: tuple[dict[str, Any], ...] = ()
        self._answer: Callable[[Facts, Mapping[str, str]], tuple[int, ...]] = self._first_answer
        self._general_made: Callable[[Mapping[str, object], date], Quick | None] | None = None
        self._shapes: dict[tuple[object, ...], Callable[[Mapping[str, object], date], Quick | None]] = {}
        self._seen: dict[tuple[object, ...], int] = {}
        self.quick = self._first_quick

    @property
    def name(self) -> str:
        """The engine's name."""
        return "compiled"

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms that bear on the judgement, the day judged first; what the act fixes is not among them."""
        return tuple(self._lowered().slots)

    def standings(self, facts: Facts, sides: Mapping[str, str]) -> tuple[int, ...]:
        """The standings that the facts leave open, norm by norm, as the meaning says."""
        return self._answer(facts, sides)

    def facts_of(self, values: Values) -> dict[str, Value]:
        """The facts that a snapshot holds."""
        return {term: value for term, value in zip(self.terms, values, strict=True) if not isinstance(value, Unsaid)}

    @property
    def source(self) -> str:
        """The text of every function that may be written for the judgement; its constants are held, not spelled."""
        graph = self._lowered()
        frame, whole, doubtful = Frame(graph), Writer(graph, whole=True), Writer(graph, whole=False)
        texts = (
            frame.typed(),
            whole.module(),
            doubtful.module(),
            frame.quick(whole.body()),
            frame.general(doubtful.body()),
        )
        return "\n".join(texts)

    # ── first use ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _lowered(self) -> Graph:
        graph = self._graph
        if graph is None:
            graph = self._graph = Graph(self.directive, self.judgement)
        return graph

    def _known(self, values: Values, sides: Sides) -> tuple[int, ...]:
        return self._decide(whole=True)(values, sides)

    def _kleene(self, values: Values, sides: Sides) -> tuple[int, ...]:
        return self._decide(whole=False)(values, sides)

    def _decide(self, *, whole: bool) -> Decide:
        decide = self._decides.get(whole)
        if decide is None:
            graph = self._lowered()
            decide = self._decides[whole] = _made(Writer(graph, whole=whole).module(), graph.names.values)["decide"]
            for space in self._spaces:
                space["known" if whole else "kleene"] = decide
        return decide

    def _first_answer(self, facts: Facts, sides: Mapping[str, str]) -> tuple[int, ...]:
        frame = Frame(self._lowered())
        self._answer = self._around(frame.typed(), frame)["answer"]
        return self._answer(facts, sides)

    def _first_quick(self, raw: Mapping[str, object], on: date) -> Quick | None:
        frame, whole = Frame(self._lowered()), Writer(self._lowered(), whole=True)
        body = whole.body()
        text = "\n".join([*whole.functions.values(), frame.quick(body)])
        self.quick = self._around(text, frame, general=self._general)["quick"]
        return self.quick(raw, on)

    def _general(self, raw: Mapping[str, object], on: date) -> Quick | None:
        """Facts that are not whole: callers tend to leave out the same ones, and a shape met often has its own text."""
        if raw.__class__ is dict and len(raw) <= MOST_KEYS:
            shape: tuple[object, ...] = tuple(raw)
            shaped = self._shapes.get(shape) or self._oftener(shape)
            if shaped is not None:
                return shaped(raw, on)
        return self._any_facts(raw, on)

    def _oftener(self, shape: tuple[object, ...]) -> Callable[[Mapping[str, object], date], Quick | None] | None:
        """The text for a shape that has now been met often enough."""
        if len(self._shapes) >= MOST_SHAPES or len(self.judgement.norms) > MOST_SHAPED:
            return None
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        seen = self._seen[shape] = self._seen.get(shape, 0) + 1
        if seen != OFTEN:
            return None
        terms = self._plain_terms()
        if not all(term in terms for term in shape):
            return None
        keys = frozenset(term for term in shape if isinstance(term, str))
        day = self.judgement.day
        present = keys if day is None or not isinstance(self.directive.term[day].type, Day) else keys | {day}
        graph = Graph(self.directive, self.judgement, present)
        if graph.slots != self._lowered().slots or (day in terms and day not in present):
            return None
        frame, writer = Frame(graph), Writer(graph, whole=False)
        body = writer.body()
        text = "\n".join([*writer.functions.values(), frame.shaped(keys, body)])
        made: Callable[[Mapping[str, object], date], Quick | None] = self._around(text, frame)["shaped"]
        self._shapes[shape] = made
        return made

    def _plain_terms(self) -> frozenset[str]:
        """The terms that plain facts may name: what bears on the judgement and can be given, and what the act fixes."""
        graph = self._lowered()
        given = [term for term in graph.slots[1:] if self.directive.term[term].derived is None]
        return frozenset((*given, *dict(self.judgement.act))) - {self.judgement.unit}

    def _any_facts(self, raw: Mapping[str, object], on: date) -> Quick | None:
        general = self._general_made
        if general is None:
            frame, doubtful = Frame(self._lowered()), Writer(self._lowered(), whole=False)
            body = doubtful.body()
            text = "\n".join([*doubtful.functions.values(), frame.general(body)])
            general = self._general_made = self._around(text, frame)["general"]
        return general(raw, on)

    def _around(self, text: str, frame: Frame, **more: object) -> dict[str, Any]:
        taken = tuple(self.directive.reading[reading].taken for reading in self._lowered().readings)
        own: dict[str, object] = {"R": taken, "Quick": Quick, "new": _NEW, "date": date, **more}
        space = _made(text, frame.names.values, known=self._known, kleene=self._kleene, **own)
        self._spaces = (*self._spaces, space)
        return space


def _made(text: str, constants: Mapping[str, object], **around: object) -> dict[str, Any]:
    """The names that a text of ours defines, with its constants at hand."""
    space: dict[str, Any] = {"__builtins__": builtins, "U": UNKNOWN, "N": (3, 1, 1, 0), **constants, **around}
    exec(compile(text, "<tsutatsu compiled>", "exec", dont_inherit=True), space)  # noqa: S102  # text of our own making
    return space
