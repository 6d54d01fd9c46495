"""Finds definitions that lead back to themselves: concepts, computed truths, and norms that speak of norms."""

from collections.abc import Iterator

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.ir import Condition, Directive, Is, Stands, Test, conditions_of, walk
from tsutatsu.source import Source


def find_cycles(directive: Directive) -> list[Diagnostic]:
    """One finding per circle, at the place of its first member; chains deeper than an engine can hold are found too."""
    edges = {name: list(dict.fromkeys(targets)) for name, targets in _edges(directive)}
    places = _places(directive)
    findings: list[Diagnostic] = []
    done: set[str] = set()
    for root in edges:
        if root in done:
            continue
        path: list[str] = []
        on_path: set[str] = set()
        stack: list[tuple[str, Iterator[str]]] = [(root, iter(edges.get(root, ())))]
        path.append(root)
        on_path.add(root)
        while stack:
            name, rest = stack[-1]
            target = next(rest, None)
            if target is None:
                stack.pop()
                path.pop()
                on_path.discard(name)
                done.add(name)
            elif target in on_path:
                circle = [*path[path.index(target) :], target]
                findings.append(finding("TS250", places[target], circle=" → ".join(_shown(n) for n in circle)))
            elif target not in done:
                if len(path) > 40:
                    return [*findings, finding("TS251", places[root], word=_shown(root))]
                stack.append((target, iter(edges.get(target, ()))))
                path.append(target)
                on_path.add(target)
    return findings


def _shown(name: str) -> str:
    return name.split(":", 1)[1]


def _places(directive: Directive) -> dict[str, Source]:
    return (
        {f"term:{t.id}": t.source for t in directive.terms}
        | {f"concept:{c.id}": c.source for c in directive.concepts}
        | {f"norm:{n.id}": n.source for n in directive.norms}
    )


def _edges(directive: Directive) -> Iterator[tuple[str, list[str]]]:
    derived = {t.id for t in directive.terms if t.derived is not None}
    for term in directive.terms:
        yield f"term:{term.id}", [] if term.derived is None else list(_named(term.derived, derived))
    for concept in directive.concepts:
        yield f"concept:{concept.id}", [n for part in conditions_of(concept) for n in _named(part, derived)]
    for norm in directive.norms:
        yield f"norm:{norm.id}", [n for part in conditions_of(norm) for n in _named(part, derived)]


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
