"""Which definitions a definition refers to, and an order in which each comes after those it refers to."""

from collections.abc import Iterator
from typing import Literal, NamedTuple, assert_never

from tsutatsu.ir import AllOf, AnyOf, Condition, Directive, Each, Is, Not, Side, Some, Stands, Test


class Named(NamedTuple):
    """A definition: of a norm, a concept or a computed truth."""

    kind: Literal["norm", "concept", "derived"]
    id: str


def in_order(root: Named, directive: Directive) -> list[Named]:
    """The root and all that it refers to, each after what it refers to itself. One that goes round is refused."""
    done: dict[Named, None] = {}
    open_: dict[Named, Iterator[Named]] = {root: _referred(root, directive)}
    while open_:
        last = next(reversed(open_))
        for named in open_[last]:
            if named in open_:
                raise ValueError(f"「{named.id}」の定義が自分自身に戻る / the definition of “{named.id}” goes round")
            if named not in done:
                open_[named] = _referred(named, directive)
                break
        else:
            del open_[last]
            done[last] = None
    return list(done)


def _referred(named: Named, directive: Directive) -> Iterator[Named]:
    for condition in _conditions(named, directive):
        yield from _named_in(condition, directive)


def _conditions(named: Named, directive: Directive) -> list[Condition]:
    match named.kind:
        case "norm":
            norm = directive.norm[named.id]
            return [norm.survives, norm.when, *(lift.when for lift in norm.lifts), norm.kept, norm.pending]
        case "concept":
            concept = directive.concept[named.id]
            return [concept.yes, *(case.when for case in concept.open)]
        case "derived":
            derived = directive.term[named.id].derived
            return [] if derived is None else [derived]
        case _:
            assert_never(named.kind)


def _named_in(condition: Condition, directive: Directive) -> Iterator[Named]:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _named_in(part, directive)
        case Not(part):
            yield from _named_in(part, directive)
        case Test(term):
            if directive.term[term].derived is not None:
                yield Named("derived", term)
        case Is(concept):
            yield Named("concept", concept)
        case Stands(norm):
            yield Named("norm", norm)
        case Side() | Each() | Some():  # what is asked of records is asked of the meaning, as a whole
            pass
        case _:
            assert_never(condition)
