"""Going through conditions, part by part."""

from collections.abc import Iterator
from typing import assert_never

from tsutatsu.ir.conditions import AllOf, AnyOf, Condition, Each, Is, Not, Side, Some, Stands, Test
from tsutatsu.ir.local import Measure
from tsutatsu.ir.norms import Concept, Norm


def walk(condition: Condition) -> Iterator[Condition]:
    """The condition and every condition within it, outermost first (what a name stands for is not entered)."""
    waiting = [condition]
    while waiting:
        one = waiting.pop()
        yield one
        match one:
            case AllOf(parts) | AnyOf(parts):
                waiting.extend(reversed(parts))
            case Not(part):
                waiting.append(part)
            case Each(_, part) | Some(_, part):
                waiting.append(part)
            case Test() | Is() | Side() | Stands():
                pass
            case _:
                assert_never(one)


def conditions_of(thing: Norm | Concept | Measure) -> tuple[Condition, ...]:
    """Every condition that a norm, a concept or a measure states."""
    match thing:
        case Norm():
            return thing.when, *(lift.when for lift in thing.lifts), thing.kept, thing.pending, thing.survives
        case Concept():
            return thing.yes, *(case.when for case in thing.open)
        case Measure():
            return tuple(guide.when for guide in thing.guides)
        case _:
            assert_never(thing)
