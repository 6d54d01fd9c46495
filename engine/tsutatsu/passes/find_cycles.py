"""Finds definitions that lead back to themselves, or that come to more than an engine can hold: concepts, computed
truths, and norms that speak of norms."""

from collections.abc import Iterator
from typing import Final

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.ir import Condition, Directive, Is, Stands, Test, conditions_of, walk
from tsutatsu.source import Source

MOST_STEPS: Final = 40
"""How many definitions may be written in terms of one another, one after the other."""

MOST_CONDITIONS: Final = 10_000
"""How many conditions a definition may come to, with everything written out that it names."""


def find_cycles(directive: Directive) -> list[Diagnostic]:
    """One finding per circle, at the place of its first member; where there is none, one for the first chain of
    definitions that is too long and one for the first that comes to too much."""
    written = _written(directive)
    edges = {name: list(dict.fromkeys(targets)) for name, (targets, _) in written.items()}
    places = _places(directive)
    findings: list[Diagnostic] = []
    order: dict[str, None] = {}
    """Those gone through, what they name before them."""
    for root, named in edges.items():
        if root in order:
            continue
        on_path = {root: None}
        stack: list[tuple[str, Iterator[str]]] = [(root, iter(named))]
        while stack:
            name, rest = stack[-1]
            target = next(rest, None)
            if target is None:
                stack.pop()
                del on_path[name]
                order[name] = None
            elif target in on_path:
                path = list(on_path)
                circle = [*path[path.index(target) :], target]
                findings.append(finding("TS250", places[target], circle=" → ".join(_shown(n) for n in circle)))
            elif target not in order:
                stack.append((target, iter(edges[target])))
                on_path[target] = None
    return findings or _too_much(written, list(order), places)


def _too_much(
    written: dict[str, tuple[list[str], int]], order: list[str], places: dict[str, Source]
) -> list[Diagnostic]:
    """The first definitions of a depth and of a size that no engine should be asked to hold."""
    steps: dict[str, int] = {}
    sizes: dict[str, int] = {}
    for name in order:
        targets, own = written[name]
        steps[name] = 1 + max((steps[target] for target in targets), default=0)
        sizes[name] = own + sum(sizes[target] for target in targets)
    findings: list[Diagnostic] = []
    deep = next((name for name in written if steps[name] > MOST_STEPS), None)
    large = next((name for name in written if sizes[name] > MOST_CONDITIONS), None)
    if deep is not None:
        findings.append(finding("TS251", places[deep], word=_shown(deep)))
    if large is not None:
        findings.append(finding("TS252", places[large], word=_shown(large), most=MOST_CONDITIONS))
    return findings


def _shown(name: str) -> str:
    return name.split(":", 1)[1]


def _places(directive: Directive) -> dict[str, Source]:
    return (
        {f"term:{t.id}": t.source for t in directive.terms}
        | {f"concept:{c.id}": c.source for c in directive.concepts}
        | {f"norm:{n.id}": n.source for n in directive.norms}
    )


def _written(directive: Directive) -> dict[str, tuple[list[str], int]]:
    """What each definition names, as often as it does, and of how many conditions it is made itself."""
    derived = {t.id for t in directive.terms if t.derived is not None}
    stated: dict[str, tuple[Condition, ...]] = {
        f"term:{t.id}": () if t.derived is None else (t.derived,) for t in directive.terms
    }
    stated |= {f"concept:{c.id}": conditions_of(c) for c in directive.concepts}
    stated |= {f"norm:{n.id}": conditions_of(n) for n in directive.norms}
    return {
        name: ([n for part in parts for n in _named(part, derived)], sum(1 for part in parts for _ in walk(part)))
        for name, parts in stated.items()
    }


def _named(condition: Condition, derived: set[str]) -> Iterator[str]:
    for one in walk(condition):
        match one:
            case Test(term) if term in derived:
                yield f"term:{term}"
            case Is(concept):
                yield f"concept:{concept}"
            case Stands(norm):
                yield f"norm:{norm}"
            case _:
                pass
