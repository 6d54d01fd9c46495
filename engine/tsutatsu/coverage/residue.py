"""What is left to ask of a condition once some facts are fixed: equal residues, equal meanings."""

from dataclasses import replace
from typing import assert_never

from tsutatsu.ir import (
    ALWAYS,
    NEVER,
    AllOf,
    AnyOf,
    Concept,
    Condition,
    Directive,
    Each,
    Facts,
    Is,
    Norm,
    Not,
    Side,
    Some,
    Stands,
    Test,
)
from tsutatsu.semantics import Truth3, holds


def residue_of_norm(norm: Norm, directive: Directive, fixed: Facts) -> Norm:
    """The norm with everything settled that the facts fix."""
    when = residue(norm.when, directive, fixed)
    if when == NEVER:
        return replace(norm, when=NEVER, lifts=(), kept=ALWAYS, pending=NEVER)
    lifts = [replace(lift, when=residue(lift.when, directive, fixed)) for lift in norm.lifts]
    return replace(
        norm,
        when=when,
        lifts=tuple(lift for lift in lifts if lift.when != NEVER),
        kept=residue(norm.kept, directive, fixed),
        pending=residue(norm.pending, directive, fixed),
        survives=residue(norm.survives, directive, fixed),
    )


def residue_of_concept(concept: Concept, directive: Directive, fixed: Facts) -> Concept:
    """The concept with everything settled that the facts fix."""
    cases = [replace(case, when=residue(case.when, directive, fixed)) for case in concept.open]
    left = tuple(case for case in cases if case.when != NEVER)
    return replace(concept, yes=residue(concept.yes, directive, fixed), open=left)


def residue(condition: Condition, directive: Directive, fixed: Facts) -> Condition:
    """The condition without the parts that the fixed facts settle; what a name stands for is left as it is."""
    match condition:
        case Test():
            match holds(condition, directive, fixed, {}):
                case Truth3.TRUE:
                    return ALWAYS
                case Truth3.FALSE:
                    return NEVER
                case Truth3.UNKNOWN:
                    return condition
        case AllOf(parts):
            return _joined([residue(part, directive, fixed) for part in parts], AllOf, ALWAYS, NEVER)
        case AnyOf(parts):
            return _joined([residue(part, directive, fixed) for part in parts], AnyOf, NEVER, ALWAYS)
        case Not(part):
            inner = residue(part, directive, fixed)
            if inner in (ALWAYS, NEVER):
                return NEVER if inner == ALWAYS else ALWAYS
            return Not(inner)
        case Each() | Some() | Is() | Side() | Stands():
            return condition
        case _:
            assert_never(condition)


def _joined(parts: list[Condition], make: type[AllOf] | type[AnyOf], idle: Condition, decisive: Condition) -> Condition:
    if decisive in parts:
        return decisive
    left = [part for part in parts if part != idle]
    flat: dict[Condition, None] = {}
    for part in left:
        flat.update(dict.fromkeys(part.parts if isinstance(part, make) else (part,)))
    return next(iter(flat)) if len(flat) == 1 else make(tuple(flat)) if flat else idle
