"""From the kernel to the graph: names resolved, what the judgement fixes folded in, equal conditions made one node."""

from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Final, TypeAlias, assert_never, cast

from tsutatsu.backends.compiled.comparisons import clock_test, constant_test, pair_test
from tsutatsu.backends.compiled.nodes import (
    Atom,
    Both,
    Bound,
    Computed,
    Either,
    Fixed,
    Guard,
    Names,
    Node,
    Opposite,
    Over,
    Sided,
    State,
    Stood,
    Variable,
)
from tsutatsu.calendar import Unit
from tsutatsu.ir import (
    NEVER,
    TODAY,
    AllOf,
    AnyOf,
    Choice,
    Clock,
    ClockRef,
    Concept,
    Condition,
    Constant,
    Day,
    Directive,
    Each,
    Hour,
    Is,
    Judgement,
    Length,
    Moment,
    Norm,
    Not,
    Op,
    Person,
    RecordList,
    Records,
    Side,
    Some,
    Standing,
    Stands,
    TermRef,
    Test,
    Text,
    Truth,
    Type,
    Whole,
)

_NOTHING: Final[frozenset[Variable]] = frozenset()
_BROKEN: Final = int(Standing.BROKEN | Standing.UNEXPLAINED)
_KEPT: Final = int(Standing.KEPT)

Steps: TypeAlias = Generator["Steps", Node, Node]
"""A lowering in progress: it yields the lowerings it waits for, so that no depth of definitions exhausts the stack."""


@dataclass(slots=True, eq=False)
class Scope:
    """What the terms of a condition are read from: the facts, or the record of a list, then what lies around it."""

    around: "Scope | None" = None
    fields: frozenset[str] = frozenset()
    depth: int = 0
    named: dict[str, Variable] = field(default_factory=dict[str, Variable])
    made: dict[tuple[object, ...], Node] = field(default_factory=dict[tuple[object, ...], Node])
    """Definitions already lowered as seen from here."""


@dataclass(slots=True, eq=False)
class Graph:
    """One judgement, lowered. ``slots`` are the facts that it looks at: the nth is ``v<n>`` in generated code."""

    directive: Directive
    judgement: Judgement
    present: frozenset[str] = frozenset()
    """Terms that are always given, where the code is for one shape of facts alone."""
    names: Names = field(default_factory=Names)
    slots: list[str] = field(default_factory=list[str])
    readings: list[str] = field(default_factory=list[str])
    norms: list[Bound] = field(default_factory=list[Bound])
    _made: dict[tuple[object, ...], Node] = field(default_factory=dict[tuple[object, ...], Node])
    _act: dict[str, Constant] = field(default_factory=dict[str, Constant])
    _scope: Scope = field(default_factory=Scope)
    _pending: set[tuple[int, tuple[object, ...]]] = field(default_factory=set[tuple[int, tuple[object, ...]]])

    def __post_init__(self) -> None:
        self._act = dict(self.judgement.act)
        assert TODAY not in self._act, "the day judged belongs to the question, never to the act"
        self._resolve(TODAY, self._scope)
        for name in self.judgement.norms:
            norm = self.directive.norm[name]
            bound = _run(self._bound(norm, self._scope))
            assert isinstance(bound, Bound)
            self.norms.append(bound)

    # ── conditions ───────────────────────────────────────────────────────────────────────────────────────────────────

    def _lower(self, condition: Condition, scope: Scope) -> Steps:
        match condition:
            case Test():
                return (yield self._test(condition, scope))
            case AllOf(parts):
                return self._both((yield from self._lowered(parts, scope)))
            case AnyOf(parts):
                return self._either((yield from self._lowered(parts, scope)))
            case Not(part):
                return self._not((yield self._lower(part, scope)))
            case Each(term, part):
                return (yield self._over(term, part, scope, every=True))
            case Some(term, part):
                return (yield self._over(term, part, scope, every=False))
            case Is(name):
                return (
                    yield self._once(("is", name), scope, lambda: self._concept(self.directive.concept[name], scope))
                )
            case Side(reading, side):
                return self._side(reading, side)
            case Stands(name, broken):
                norm = yield self._bound(self.directive.norm[name], scope)
                assert isinstance(norm, Bound)
                return self._stood(norm, _BROKEN if broken else _KEPT)
            case _:
                assert_never(condition)

    def _lowered(self, parts: tuple[Condition, ...], scope: Scope) -> Generator[Steps, Node, list[Node]]:
        found: list[Node] = []
        for part in parts:
            found.append((yield self._lower(part, scope)))
        return found

    def _once(self, key: tuple[object, ...], scope: Scope, lower: Callable[[], Steps]) -> Steps:
        """A definition, lowered once for each scope that it is seen from."""
        if key not in scope.made:
            pending = (id(scope), key)
            assert pending not in self._pending, f"{key} is defined by itself"
            self._pending.add(pending)
            scope.made[key] = yield lower()
            self._pending.discard(pending)
        return scope.made[key]

    def _concept(self, concept: Concept, scope: Scope) -> Steps:
        found = [(yield self._lower(concept.yes, scope))]
        for case in concept.open:
            when = yield self._lower(case.when, scope)
            found.append(self._both([when, self._side(case.reading, case.side)]))
        return self._either(found)

    def _test(self, test: Test, scope: Scope) -> Steps:
        x = self._resolve(test.term, scope)
        derived = self.directive.term[test.term].derived
        if derived is not None and x.depth >= 0:
            key = ("derived", test.term)
            node = yield self._once(key, scope, lambda: self._computed(x, derived, scope))
            return self._of_computed(test, node, scope)
        return self._plain_test(test, x, scope)

    def _plain_test(self, test: Test, x: Variable, scope: Scope) -> Node:
        match test.operand:
            case TermRef(other) if test.op is not Op.PRESENT:
                guards, plain = pair_test(test.op, x, self._resolve(other, scope))
                return self._atom(guards, plain, 1)
            case ClockRef(name) if test.op is not Op.PRESENT:
                return self._on_clock(test.op, x, self.directive.clock[name], scope)
            case operand:
                guards, plain = constant_test(test.op, x, operand, self.names)
                if x.depth < 0:
                    return self._fixed(_evaluated(plain, self.names))
                return self._atom(guards, plain, 1)

    def _on_clock(self, op: Op, x: Variable, clock: Clock, scope: Scope) -> Node:
        start = None
        if isinstance(clock.start, str):
            start = self._resolve(clock.start, scope)
        elif isinstance(clock.start, datetime) and clock.length and clock.length.unit in (Unit.HOUR, Unit.MINUTE):
            start = Variable(self.names.of(clock.start), datetime, State.SETTLED, nullable=False, depth=-1)
        guards, plain = clock_test(op, x, clock, start, self.names)
        return self._atom(guards, plain, 2)

    def _computed(self, x: Variable, derived: Condition, scope: Scope) -> Steps:
        part = yield self._lower(derived, scope)
        return self._make(
            ("computed", x.name, part.index),
            lambda i: Computed(
                i, max(part.state, State.SETTLED), part.cost + 1, part.level + 1, part.inner | _inner(x), x, part
            ),
        )

    def _of_computed(self, test: Test, node: Node, scope: Scope) -> Node:
        """A test of a computed truth: first it has to be known, then it is compared."""
        unlike = self._both([node, self._not(node)])  # unknown while the truth is, else false
        known = self._not(unlike)
        match test.operand:
            case TermRef(other) if test.op is not Op.PRESENT:
                if other == test.term:
                    return known if test.op is not Op.DIFFERENT else unlike
                y = self._resolve(other, scope)
                op = Op.DIFFERENT if test.op is Op.DIFFERENT else Op.EQ
                yes, no = (self._plain_test(Test(other, op, truth), y, scope) for truth in (True, False))
                return self._either([self._both([node, yes]), self._both([self._not(node), no])])
            case operand:
                accepted = _accepted(test.op, operand)
                if len(accepted) == 2:
                    return known
                if not accepted:
                    return unlike
                return node if True in accepted else self._not(node)

    def _over(self, term: str, part: Condition, scope: Scope, *, every: bool) -> Steps:
        kind = self.directive.term[term].type
        assert isinstance(kind, Records)
        records = self._resolve(term, scope)
        inside = Scope(scope, frozenset(kind.fields), scope.depth + 1)
        body = yield self._lower(part, inside)
        fields = tuple(sorted((one for one in body.inner if one.depth == inside.depth), key=lambda one: one.name))
        inner = (body.inner - frozenset(fields)) | _inner(records)
        key = ("over", every, records.name, body.index)
        return self._make(key, lambda i: Over(i, State.OPEN, 50, 1, inner, records, every, body, fields))

    # ── norms ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _bound(self, norm: Norm, scope: Scope) -> Steps:
        return self._once(("norm", norm.id), scope, lambda: self._norm(norm, scope))

    def _norm(self, norm: Norm, scope: Scope) -> Steps:
        force = yield self._force(norm, scope)
        when = yield self._lower(norm.when, scope)
        lifted = self._either((yield from self._lowered(tuple(lift.when for lift in norm.lifts), scope)))
        kept = yield self._lower(norm.kept, scope)
        pending = yield self._lower(norm.pending, scope)
        parts = (force, when, lifted, kept, pending)
        return self._make(
            ("norm", norm.strength, *(part.index for part in parts)),
            lambda i: Bound(i, max(part.state for part in parts), 50, 1, _union(parts), norm.strength, *parts),
        )

    def _force(self, norm: Norm, scope: Scope) -> Steps:
        if not norm.force:
            return self._fixed(truth=True)
        day = self._judged_on(norm, scope)
        clock = self.directive.clock[norm.force]
        within = self._on_clock(Op.WITHIN, day, clock, scope)
        if norm.survives == NEVER:
            return within
        survives = yield self._lower(norm.survives, scope)
        return self._either([within, self._both([self._on_clock(Op.AFTER, day, clock, scope), survives])])

    def _judged_on(self, norm: Norm, scope: Scope) -> Variable:
        """The norm's own day; the day judged where it has none, or where none has come."""
        today = self._resolve(TODAY, scope)
        if norm.day is None or norm.day == TODAY:
            return today
        own = self._resolve(norm.day, scope)
        if own.depth < 0:
            return own
        home = _home(scope, own.depth)
        key = f"judged on {norm.day}"  # never a term's id: ids of slots are looked up under ``term:``
        if key not in home.named:
            told = "w" if own.kind is date else "(w if w is U else w.date())"
            made = f"{today.name} if (w := {own.setup}) is None else {told}"
            home.named[key] = Variable(f"g{own.name}", date, own.state, nullable=False, depth=own.depth, setup=made)
        return home.named[key]

    # ── terms ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _resolve(self, term: str, scope: Scope) -> Variable:
        home = scope
        while home.around is not None and term not in home.fields:
            home = home.around
        key = f"term:{term}"
        if key not in home.named:
            home.named[key] = self._variable(term, home)
        return home.named[key]

    def _variable(self, term: str, home: Scope) -> Variable:
        kind = kind_of(self.directive.term[term].type)
        if home.around is not None:
            key = self.names.of(term)
            return Variable(
                f"r{home.depth}_{key}", kind, State.OPEN, nullable=True, depth=home.depth, setup=f"get({key}, U)"
            )
        if term in self._act:
            fixed = self._act[term]
            # held even where it could be spelled: what stands before a dot must be a name
            return Variable(self.names.hold(fixed), type(fixed), State.SETTLED, nullable=False, depth=-1)
        name = f"v{len(self.slots)}"
        self.slots.append(term)
        if term == TODAY:
            return Variable(name, kind, State.SETTLED, nullable=False, depth=0, setup="V[0]")
        derived = self.directive.term[term].derived is not None
        unsaid = State.OPEN if derived else State.GIVEN  # nobody need supply what can be computed
        state = State.SETTLED if term in self.present else unsaid
        return Variable(name, kind, state, nullable=True, depth=0, setup=f"V[{len(self.slots) - 1}]")

    # ── nodes ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _make(self, key: tuple[object, ...], make: Callable[[int], Node]) -> Node:
        if key not in self._made:
            self._made[key] = make(len(self._made))
        return self._made[key]

    def _fixed(self, truth: bool) -> Node:
        return self._make(("fixed", truth), lambda i: Fixed(i, State.SETTLED, 0, 0, _NOTHING, truth))

    def _atom(self, guards: tuple[Guard, ...], plain: str, cost: int) -> Node:
        state = max(guard.variable.state for guard in guards)
        inner = frozenset(guard.variable for guard in guards if guard.variable.depth > 0)
        key = ("atom", plain, *(guard.variable.name for guard in guards))
        return self._make(key, lambda i: Atom(i, state, cost, 1, inner, guards, plain))

    def _side(self, reading: str, side: str) -> Node:
        if reading not in self.readings:
            self.readings.append(reading)
        place, name = self.readings.index(reading), self.names.of(side)
        return self._make(("side", place, name), lambda i: Sided(i, State.OPEN, 1, 1, _NOTHING, place, name))

    def _stood(self, norm: Bound, asked: int) -> Node:
        return self._make(("stood", norm.index, asked), lambda i: Stood(i, norm.state, 3, 1, norm.inner, norm, asked))

    def _not(self, part: Node) -> Node:
        match part:
            case Fixed(truth=truth):
                return self._fixed(not truth)
            case Opposite(part=inside):
                return inside
            case _:
                return self._make(
                    ("not", part.index),
                    lambda i: Opposite(i, part.state, part.cost + 1, part.level + 1, part.inner, part),
                )

    def _both(self, parts: list[Node]) -> Node:
        return self._joined("both", Both, parts, neutral=True)

    def _either(self, parts: list[Node]) -> Node:
        return self._joined("either", Either, parts, neutral=False)

    def _joined(self, word: str, make: type[Both] | type[Either], parts: list[Node], *, neutral: bool) -> Node:
        left: dict[int, Node] = {}
        for part in parts:
            if not isinstance(part, Fixed):
                left[part.index] = part
            elif part.truth is not neutral:
                return part
        found = tuple(left.values())
        if not found:
            return self._fixed(neutral)
        if len(found) == 1:
            return found[0]
        state, cost = max(part.state for part in found), sum(part.cost for part in found)
        level = max(part.level for part in found) + 1
        return self._make((word, *left), lambda i: make(i, state, cost, level, _union(found), found))


def kind_of(kind: Type) -> type:
    """The Python type that holds a term's values."""
    match kind:
        case Truth():
            return bool
        case Choice() | Text() | Person():
            return str
        case Whole() | Length():
            return int
        case Day():
            return date
        case Moment():
            return datetime
        case Hour():
            return time
        case Records():
            return RecordList
        case _:
            assert_never(kind)


def _accepted(op: Op, operand: object) -> frozenset[bool]:
    """The truths that a test of a truth accepts."""
    constants: tuple[object, ...] = (operand,)
    if isinstance(operand, tuple):
        constants = operand  # pyright: ignore[reportUnknownVariableType]
    named = frozenset(one for one in (True, False) if any(constant is one for constant in constants))
    match op:
        case Op.PRESENT:
            return frozenset((True, False))
        case Op.EQ | Op.SAME | Op.IN:
            return named
        case Op.DIFFERENT:
            return frozenset((True, False)) - named
        case _:
            raise AssertionError(f"{op} does not compare truths")


def _evaluated(plain: str, names: Names) -> bool:
    """A comparison of constants, made once and for all: text of our own, which names no value but through ``names``."""
    return bool(eval(plain, {"__builtins__": {}}, names.values))  # noqa: S307


def _inner(variable: Variable) -> frozenset[Variable]:
    return frozenset((variable,)) if variable.depth > 0 else _NOTHING


def _union(parts: tuple[Node, ...]) -> frozenset[Variable]:
    return frozenset[Variable]().union(*(part.inner for part in parts))


def _home(scope: Scope, depth: int) -> Scope:
    while scope.depth != depth:
        assert scope.around is not None
        scope = scope.around
    return scope


def _run(steps: Steps) -> Node:
    """Carry a lowering through to its node."""
    stack = [steps]
    found: Node | None = None
    while stack:
        try:
            waiting = next(stack[-1]) if found is None else stack[-1].send(found)
        except StopIteration as done:
            stack.pop()
            found = cast(Node, done.value)
        else:
            stack.append(waiting)
            found = None
    assert found is not None
    return found
