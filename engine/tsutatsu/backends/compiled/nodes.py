"""What a judgement comes to before it is written as Python: a graph in which equal conditions are one node."""

from dataclasses import dataclass, field
from enum import IntEnum

from tsutatsu.ir import Strength


class State(IntEnum):
    """When a condition can be unknown."""

    SETTLED = 0
    """Never: it looks at the day judged and at what the judgement fixes."""
    GIVEN = 1
    """Only while a fact that it looks at is not supplied."""
    OPEN = 2
    """Even on whole facts: it looks at a reading, or into records."""


@dataclass(frozen=True, slots=True)
class Variable:
    """A value as generated code names it. ``setup`` is the expression that makes it, where it is made in place."""

    name: str
    kind: type
    state: State
    nullable: bool
    depth: int
    """0: of the facts; n: of the record that the nth list around it is at; -1: a constant of the module."""
    setup: str = ""


@dataclass(frozen=True, slots=True)
class Guard:
    """One value that a test looks at, and whether none (null) has to be ruled out before the comparison."""

    variable: Variable
    none: bool


@dataclass(slots=True, eq=False)
class Node:
    """One condition. ``index`` names it; ``cost`` is the size of its text, unshared; ``level`` how deep that nests."""

    index: int
    state: State
    cost: int
    level: int
    inner: frozenset[Variable]
    """The values of records around it that it needs."""


@dataclass(slots=True, eq=False)
class Fixed(Node):
    """Known when the code is written."""

    truth: bool


@dataclass(slots=True, eq=False)
class Atom(Node):
    """A comparison: unknown when a guarded value is, false when one is none, else ``plain``."""

    guards: tuple[Guard, ...]
    plain: str


@dataclass(slots=True, eq=False)
class Both(Node):
    """All of its parts."""

    parts: tuple[Node, ...]


@dataclass(slots=True, eq=False)
class Either(Node):
    """Any of its parts."""

    parts: tuple[Node, ...]


@dataclass(slots=True, eq=False)
class Opposite(Node):
    """Not its part."""

    part: Node


@dataclass(slots=True, eq=False)
class Over(Node):
    """Its part in every record of a list, or in some."""

    records: Variable
    every: bool
    part: Node
    fields: tuple[Variable, ...]
    """What its part reads from the record."""


@dataclass(slots=True, eq=False)
class Sided(Node):
    """A side of a reading."""

    reading: int
    side: str
    """The name of the constant that holds the side's id."""


@dataclass(slots=True, eq=False)
class Computed(Node):
    """A truth as supplied, or as computed from its definition where it is not."""

    supplied: Variable
    part: Node


@dataclass(slots=True, eq=False)
class Stood(Node):
    """Whether a norm surely has one of the standings ``asked`` (bits)."""

    norm: "Bound"
    asked: int


@dataclass(slots=True, eq=False)
class Bound(Node):
    """How one norm stands: not a truth but a union of standings."""

    strength: Strength
    force: Node
    when: Node
    lifted: Node
    kept: Node
    pending: Node


def parts_of(node: Node) -> tuple[Node, ...]:
    """The nodes that a node is made of."""
    match node:
        case Both(parts=parts) | Either(parts=parts):
            return parts
        case Opposite(part=part) | Over(part=part) | Computed(part=part):
            return (part,)
        case Stood(norm=norm):
            return (norm,)
        case Bound():
            return (node.force, node.when, node.lifted, node.kept, node.pending)
        case _:
            return ()


@dataclass(slots=True)
class Names:
    """The constants of a generated module: no value is ever spelled in its text but whole numbers and truths."""

    values: dict[str, object] = field(default_factory=dict[str, object])
    known: dict[tuple[type, object], str] = field(default_factory=dict[tuple[type, object], str])

    def of(self, value: object) -> str:
        """What generated code writes for ``value`` (hashable)."""
        if value is None or isinstance(value, bool) or (type(value) is int and abs(value) < 1 << 30):
            return repr(value)
        key = (type(value), value)
        if key not in self.known:
            self.known[key] = self.hold(value)
        return self.known[key]

    def hold(self, value: object) -> str:
        """A fresh name for ``value``, hashable or not."""
        name = f"k{len(self.values)}"
        self.values[name] = value
        return name
