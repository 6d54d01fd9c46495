"""From the graph to Python: a function for the judgement, and functions for what is shared, deep or a loop.

Two texts can be written. The *whole* one serves facts of which none is unknown: plain truths and short circuits,
three-valued only where a reading or a record can still leave something open. The other serves every case. In both,
three-valued truth is 0, 1 or 3: one bit is *possibly*, both are *surely*, so that ``&`` is all-of and ``|`` any-of.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from tsutatsu.backends.compiled.graph import Graph
from tsutatsu.backends.compiled.nodes import (
    Atom,
    Both,
    Bound,
    Computed,
    Either,
    Fixed,
    Node,
    Opposite,
    Over,
    Sided,
    State,
    Stood,
    Variable,
    parts_of,
)
from tsutatsu.ir import Standing, Strength

_DEEP: Final = 10
"""Nesting after which a condition becomes a function: Python's parser takes no more than 200 open brackets."""
_LARGE: Final = 8
"""Size above which what several conditions share becomes a function, called at most once, not a repeated text."""
_TOGETHER: Final = 50
"""How many norms one function judges."""

OUT_OF_FORCE, NOT_APPLICABLE, LIFTED, KEPT = (
    int(one) for one in (Standing.OUT_OF_FORCE, Standing.NOT_APPLICABLE, Standing.LIFTED, Standing.KEPT)
)
PENDING, BROKEN, UNEXPLAINED, FREE = (
    int(one) for one in (Standing.PENDING, Standing.BROKEN, Standing.UNEXPLAINED, Standing.FREE)
)


@dataclass(frozen=True, slots=True)
class Body:
    """The statements that judge all norms, given the values ``V`` (also as ``v0``, ``v1``…) and the readings ``R``."""

    lines: tuple[str, ...]
    result: str
    """The expression of the standings, after the statements."""
    loads: tuple[str, ...]
    """The statements that make the values which ``lines`` use, where these are not at hand."""


@dataclass(slots=True)
class Writer:
    """Writes one text of a judgement."""

    graph: Graph
    whole: bool
    functions: dict[int, str] = field(default_factory=dict[int, str])
    memo: dict[int, int] = field(default_factory=dict[int, int])
    _uses: dict[int, int] = field(default_factory=dict[int, int])
    _waiting: list[Node] = field(default_factory=list[Node])
    _body: Body | None = None

    def __post_init__(self) -> None:
        self._uses = counted(self.graph.norms, parts_of)

    def body(self) -> Body:
        """The statements for use inside another function; ``functions`` are what they call."""
        if self._body is None:
            self._body = self._chunked() if len(self.graph.norms) > _TOGETHER else self._judged(self.graph.norms)
            self._write_waiting()
            if self.functions:
                memo = f"M = [None] * {len(self.memo)}"
                self._body = Body((memo, *self._body.lines), self._body.result, self._body.loads)
        return self._body

    def module(self) -> str:
        """The text that defines ``decide(V, R)``, the standings, and whatever it calls."""
        body = self.body()
        decide = _function("decide(V, R)", [*body.loads, *body.lines, f"return {body.result}"])
        return "\n".join([*self.functions.values(), decide])

    def _chunked(self) -> Body:
        results: list[str] = []
        norms = self.graph.norms
        for start in range(0, len(norms), _TOGETHER):
            body = self._judged(norms[start : start + _TOGETHER])
            name = f"c{start}"
            self.functions[-1 - start] = _function(
                f"{name}(V, R, M)", [*body.loads, *body.lines, f"return {body.result}"]
            )
            results.append(f"*{name}(V, R, M)")
        return Body((), f"({', '.join(results)},)", ())

    def _judged(self, norms: list[Bound]) -> Body:
        page = _Page(self, norms)
        lines: list[str] = []
        names: list[str] = []
        done: dict[int, str] = {}
        for place, norm in enumerate(norms):
            name = f"s{place}"
            if norm.index in done:
                name = done[norm.index]
            elif self.separate(norm):
                lines.append(f"{name} = {page.call(norm)}")
            else:
                lines += page.standing(norm, name, at_head=True)
            done[norm.index] = name
            names.append(name)
        return Body((*page.blanks(), *lines), f"({', '.join(names)}{',' if len(names) == 1 else ''})", page.loads())

    def _write_waiting(self) -> None:
        while self._waiting:
            node = self._waiting.pop()
            if node.index not in self.functions:
                self.functions[node.index] = self._separate_text(node)

    def _separate_text(self, node: Node) -> str:
        page = _Page(self, parts_of(node), inside=node)
        match node:
            case Over():
                lines, result = page.loop(node), "x"
            case Bound():
                lines, result = page.standing(node, "s"), "s"
            case _:
                lines, result = [f"x = {page.inline(node)}"], "x"
        kept = [f"M[{self.memo[node.index]}] = {result}"] if node.index in self.memo else []
        parameters = "".join(f", {one.name}" for one in _sorted(node.inner))
        blanks = () if isinstance(node, Over) else page.blanks()
        return _function(
            f"f{node.index}(V, R, M{parameters})", [*page.loads(), *blanks, *lines, *kept, f"return {result}"]
        )

    def plain(self, state: State) -> bool:
        """Whether something that can be unknown in ``state`` is a plain truth in this text."""
        return state is State.SETTLED or (self.whole and state is State.GIVEN)

    def separate(self, node: Node) -> bool:
        """Whether a node is a function of its own."""
        if isinstance(node, Bound):
            return self._uses.get(node.index, 0) > 0
        if isinstance(node, Over):
            return True
        shared = self._uses.get(node.index, 0) > 1 and node.cost > _LARGE
        return (shared or node.level % _DEEP == 0) and bool(parts_of(node))

    def wanted(self, node: Node) -> str:
        """The expression that calls a node's function, at most once where its value is the same everywhere."""
        self._waiting.append(node)
        arguments = "".join(f", {one.name}" for one in _sorted(node.inner))
        call = f"f{node.index}(V, R, M{arguments})"
        if node.inner or (self._uses.get(node.index, 0) < 2 and not isinstance(node, Bound)):
            return call
        place = self.memo.setdefault(node.index, len(self.memo))
        return f"(m if (m := M[{place}]) is not None else {call})"


class _Page:
    """One function being written: which values it has loaded, and which shared conditions it keeps in variables."""

    def __init__(self, writer: Writer, roots: Iterable[Node], inside: Node | None = None) -> None:
        self.writer = writer
        self._inside = inside
        self._loaded: dict[str, Variable] = {}
        self._kept: list[str] = []
        self._ready: set[int] = set()
        self._uses = counted(roots, self._opened)

    def _opened(self, node: Node) -> tuple[Node, ...]:
        if node is not self._inside and self.writer.separate(node):
            return ()
        return parts_of(node)

    # ── the head of the function ─────────────────────────────────────────────────────────────────────────────────────

    def loads(self) -> tuple[str, ...]:
        """The statements that load what the function looks at; the day judged first, since others are made from it."""
        others = sorted(self._loaded.keys() - {"v0"}, key=lambda name: (name[0] == "g", name))
        return ("v0 = V[0]", *(f"{name} = {self._loaded[name].setup}" for name in others))

    def blanks(self) -> tuple[str, ...]:
        """The statement that empties the variables of shared conditions."""
        return (f"{' = '.join(self._kept)} = None",) if self._kept else ()

    # ── norms and loops ──────────────────────────────────────────────────────────────────────────────────────────────

    def standing(self, norm: Bound, s: str, *, at_head: bool = False) -> list[str]:
        """The statements that put a norm's possible standings into ``s``. ``at_head``: they run in any case."""
        stages, last = _stages(norm)
        lines = self._settled(stages[0].asked) if at_head and stages else []
        pad, setting = "", "="
        ways: list[tuple[int, str]] = []  # standings that plain truths end with, one after the other
        for stage in stages:
            text = self.expression(stage.asked)
            if self.writer.plain(stage.asked.state):
                ways.append((stage.bit, text if stage.ends else f"not {text}"))
                continue
            for bit, truth in ways:
                lines += [f"{pad}if {truth}: {s} {setting} {bit}", f"{pad}else:"]
                pad += " "
            ways = []
            if setting == "=":
                lines.append(f"{pad}{s} = 0")
                setting = "|="
            lines += [f"{pad}x = {text}", f"{pad}if {'x' if stage.ends else 'x != 3'}: {s} |= {stage.bit}"]
            lines.append(f"{pad}if {'x != 3' if stage.ends else 'x'}:")
            pad += " "
        either = "".join(f"{bit} if {truth} else " for bit, truth in ways)
        return [*lines, f"{pad}{s} {setting} {either}{last}"]

    def _settled(self, node: Node) -> list[str]:
        """A shared condition that is asked in any case, kept at once."""
        while isinstance(node, (Both, Either)) and not self._shared(node):
            node = node.parts[0]
        name = f"t{node.index}"
        if not self._shared(node) or node.index in self._ready or name in self._kept:
            return []
        self._ready.add(node.index)
        return [f"{name} = {self._unkept(node)}"]

    def loop(self, node: Over) -> list[str]:
        """The statements that put the truth of ``node`` into ``x``."""
        records = self._named(node.records)
        step = self.truth(node.part)
        fields = [f"{one.name} = {one.setup}" for one in node.fields]
        fields.sort(key=lambda line: line.startswith("g"))
        getting = ["get = record.get"] if fields else []
        inner = [*getting, *fields, *self.blanks(), f"x {'&' if node.every else '|'}= {step}"]
        return [
            f"if {records} is U: x = 1",
            f"elif {records} is None: x = 0",
            "else:",
            f" x = {3 if node.every else 0} if {records}.complete else 1",
            f" for record in {records}.records:",
            *(f"  {line}" for line in inner),
            f"  if {'not x' if node.every else 'x == 3'}: break",
        ]

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────

    def truth(self, node: Node) -> str:
        """A three-valued expression of a node, also where it is a plain truth."""
        text = self.expression(node)
        return f"(3 if {text} else 0)" if self.writer.plain(node.state) else text

    def expression(self, node: Node) -> str:
        """The expression of a node, plain or three-valued as its state says; a name, a call, or bracketed."""
        if not self._shared(node):
            return self._unkept(node)
        name = f"t{node.index}"
        if node.index in self._ready:
            return name
        text = self._unkept(node)
        if name not in self._kept:
            self._kept.append(name)
        return f"({name} if {name} is not None else ({name} := {text}))"

    def call(self, node: Node) -> str:
        """The expression that calls a node's own function."""
        for variable in node.inner:
            self._named(variable)
        return self.writer.wanted(node)

    def _shared(self, node: Node) -> bool:
        return self._uses.get(node.index, 0) > 1 and node.cost > 1

    def _unkept(self, node: Node) -> str:
        return self.call(node) if self.writer.separate(node) else self.inline(node)

    def inline(self, node: Node) -> str:
        """A node's own text."""
        match node:
            case Fixed(truth=truth):
                return str(truth)
            case Atom():
                return self._atom(node, 3, 0)
            case Both(parts=parts):
                return self._both(node, parts)
            case Either(parts=parts):
                return self._either(node, parts)
            case Opposite(part=part):
                return self._opposite(part)
            case Sided(reading=reading, side=side):
                return f"(1 if R[{reading}] is None else 3 if R[{reading}] == {side} else 0)"
            case Computed(supplied=supplied, part=part):
                name, text = self._named(supplied), self.expression(part)
                if self.writer.plain(node.state):
                    return f"({text} if {name} is U else {name} is True)"
                return f"({self.truth(part)} if {name} is U else 3 if {name} is True else 0)"
            case Stood(norm=norm, asked=asked):
                found = self.call(norm)
                if self.writer.plain(node.state):
                    return f"({found} & {asked} != 0)"
                return f"(3 if not (t := {found}) & {255 - asked} else 1 if t & {asked} else 0)"
            case _:
                raise AssertionError(f"{type(node).__name__} is a function of its own")

    def _both(self, node: Node, parts: tuple[Node, ...]) -> str:
        plain = [self.expression(part) for part in parts if self.writer.plain(part.state)]
        if self.writer.plain(node.state):
            return f"({' and '.join(plain)})"
        first, *others = (self.expression(part) for part in parts if not self.writer.plain(part.state))
        if others:
            *middle, last = others
            chain = [f"(t := {first})", *(f"(t := t & {text})" for text in middle), f"t & {last}"]
            first = f"({' and '.join(chain)})"
        return f"({first} if {' and '.join(plain)} else 0)" if plain else first

    def _either(self, node: Node, parts: tuple[Node, ...]) -> str:
        plain = [self.expression(part) for part in parts if self.writer.plain(part.state)]
        if self.writer.plain(node.state):
            return f"({' or '.join(plain)})"
        first, *others = (self.expression(part) for part in parts if not self.writer.plain(part.state))
        if others:
            chain = [f"(t := {first}) == 3", *(f"(t := t | {text}) == 3" for text in others)]
            first = f"(3 if {' or '.join(chain)} else t)"
        return f"(3 if {' or '.join(plain)} else {first})" if plain else first

    def _opposite(self, part: Node) -> str:
        if self.writer.plain(part.state):
            return f"(not {self.expression(part)})"
        if isinstance(part, Atom) and not self._shared(part):
            return self._atom(part, 0, 3)
        return f"N[{self.expression(part)}]"

    def _atom(self, atom: Atom, yes: int, no: int) -> str:
        for guard in atom.guards:
            self._named(guard.variable)
        if self.writer.plain(atom.state):
            asked = (guard.variable for guard in atom.guards if guard.none)
            there = [f"{variable.name} is not None" for variable in asked if variable.nullable]
            return f"({' and '.join([*there, atom.plain])})"
        ways: list[str] = []
        for guard in atom.guards:
            if not self.writer.plain(guard.variable.state):
                ways.append(f"1 if {guard.variable.name} is U else")
            if guard.none and guard.variable.nullable:
                ways.append(f"{no} if {guard.variable.name} is None else")
        return f"({' '.join(ways)} {yes} if {atom.plain} else {no})"

    def _named(self, variable: Variable) -> str:
        if variable.depth == 0:
            self._loaded[variable.name] = variable
        return variable.name


@dataclass(frozen=True, slots=True)
class _Stage:
    """One thing asked of a norm, the standing that this may end with, and whether it does on a yes or on a no."""

    asked: Node
    bit: int
    ends: bool


def _stages(norm: Bound) -> tuple[list[_Stage], int]:
    """What has to be asked of a norm, in order, and how it stands when nothing ended the asking."""
    asked = [
        _Stage(norm.force, OUT_OF_FORCE, ends=False),
        _Stage(norm.when, NOT_APPLICABLE, ends=False),
        _Stage(norm.lifted, LIFTED, ends=True),
    ]
    if norm.strength is Strength.FREE:
        last = FREE
    else:
        asked += [_Stage(norm.kept, KEPT, ends=True), _Stage(norm.pending, PENDING, ends=True)]
        last = BROKEN if norm.strength is Strength.HARD else UNEXPLAINED
    left: list[_Stage] = []
    for stage in asked:
        if not isinstance(stage.asked, Fixed):
            left.append(stage)
        elif stage.asked.truth is stage.ends:
            return left, stage.bit
    return left, last


def counted(roots: Iterable[Node], opened: Callable[[Node], tuple[Node, ...]]) -> dict[int, int]:
    """How many nodes refer to each node within reach (the roots' own place counts for all but norms)."""
    uses: dict[int, int] = {}
    stack = list(roots)
    for root in stack:
        if not isinstance(root, Bound):
            uses[root.index] = uses.get(root.index, 0) + 1
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        if node.index in seen:
            continue
        seen.add(node.index)
        for part in opened(node):
            uses[part.index] = uses.get(part.index, 0) + 1
            stack.append(part)
    return uses


def _sorted(variables: Iterable[Variable]) -> list[Variable]:
    return sorted(variables, key=lambda one: one.name)


def _function(head: str, lines: list[str]) -> str:
    return "\n".join([f"def {head}:", *(f" {line}" for line in lines), ""])
