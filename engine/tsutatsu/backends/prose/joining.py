"""Conditions as they are joined: negations carried down to the single tests, like joined with like."""

from dataclasses import dataclass, replace

from tsutatsu.ir import AllOf, AnyOf, Condition, Not, Op, Test


@dataclass(frozen=True, slots=True)
class Group:
    """Parts of which all, or at least one, must hold; a part may be denied."""

    every: bool
    parts: tuple["Group | Single", ...]


@dataclass(frozen=True, slots=True)
class Single:
    """A condition that is no joining of others, affirmed or denied."""

    condition: Condition
    denied: bool


def joined(condition: Condition, *, denied: bool = False) -> Group | Single:
    """``condition`` as groups of singles. Not-all is any-not and not-any is all-not, which three-valued truth allows;
    all-of within all-of is one all-of; a group of one is that one; not-yes is no, since a truth is never none."""
    match condition:
        case Not(part):
            return joined(part, denied=not denied)
        case AllOf(parts) | AnyOf(parts):
            every = isinstance(condition, AllOf) is not denied
            found: list[Group | Single] = []
            for part in parts:
                one = joined(part, denied=denied)
                found.extend(one.parts if isinstance(one, Group) and one.parts and one.every is every else [one])
            return found[0] if len(found) == 1 else Group(every, tuple(found))
        case Test(_, Op.EQ, bool(answer)):
            return Single(replace(condition, operand=answer is not denied), False)
        case _:
            return Single(condition, denied)
