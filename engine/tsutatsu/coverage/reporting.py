"""Coverage as JSON carries it."""

from collections import Counter
from typing import Any

from tsutatsu.coverage.drafting import draft_of_point, draft_of_survivor
from tsutatsu.coverage.flows import FlowCoverage
from tsutatsu.coverage.measuring import DirectiveCoverage, PointCoverage, State
from tsutatsu.coverage.points import Aspect, aspect, subject_of
from tsutatsu.coverage.surveying import Coverage
from tsutatsu.coverage.trying import Fate, Tried
from tsutatsu.coverage.wording import key_of, provision_of, tell_point
from tsutatsu.gherkin.performing import Performed
from tsutatsu.ir import Words


def as_dict(coverage: Coverage) -> dict[str, Any]:
    """The whole coverage, in both languages, with every draft."""
    mutants = coverage.mutants or (None,) * len(coverage.directives)
    return {
        "complete": coverage.complete,
        "directives": [
            _directive(one, tried, coverage.scenarios) for one, tried in zip(coverage.directives, mutants, strict=True)
        ],
        "workflows": [_flow(one, coverage.scenarios) for one in coverage.flows],
        "findings": [one.to_dict() for one in coverage.findings],
    }


def _flow(one: FlowCoverage, scenarios: tuple[Performed, ...]) -> dict[str, Any]:
    flow = one.workflow
    return {
        "id": flow.id,
        "directive": flow.directive,
        "issued": flow.issued.isoformat(),
        "name": _words(flow.words),
        "counts": {
            "demanded": len(one.points),
            "shown": len(one.points) - len(one.missing),
            "missing": len(one.missing),
        },
        "points": [
            {
                "shows": point.shown.showing.value,
                "name": point.shown.name,
                "judgement": point.shown.judgement or None,
                "words": _words(point.words),
                "scenarios": [_scenario(scenarios[number]) for number in point.scenarios],
            }
            for point in one.points
        ],
    }


def _directive(
    one: DirectiveCoverage, tried: tuple[Tried, ...] | None, scenarios: tuple[Performed, ...]
) -> dict[str, Any]:
    d = one.directive
    keys = {point.point: key_of(point.point, d) for point in one.points}
    told: dict[str, Any] = {
        "id": d.id,
        "title": _words(d.header.title),
        "issued": d.issued.isoformat(),
        "counts": counts(one),
        "aspects": {
            aspect_.value: _counted([p for p in one.points if aspect(p.point) is aspect_]) for aspect_ in Aspect
        },
        "norms": [
            {
                "id": norm.id,
                "provision": norm.provision,
                "points": [keys[point.point] for point in one.of_norm(norm.id)],
                "scenarios": [_scenario(scenarios[number]) for number in one.scenarios_of(norm.id)],
            }
            for norm in d.norms
        ],
        "points": [_point(point, keys[point.point], one, scenarios) for point in one.points],
    }
    if tried is not None:
        told["mutants"] = {
            "counts": {fate.value: count for fate, count in fates(tried).items()},
            "survivors": [_mutant(each, scenarios) for each in tried if each.fate in (Fate.SURVIVED, Fate.UNDECIDED)],
        }
    return told


def counts(one: DirectiveCoverage) -> dict[str, int]:
    """How many points are demanded, shown, missing; and how many no facts can show."""
    return _counted(list(one.points))


def fates(tried: tuple[Tried, ...]) -> dict[Fate, int]:
    """How many mutants came to what."""
    found = Counter(one.fate for one in tried)
    return {fate: found[fate] for fate in Fate}


def _counted(points: list[PointCoverage]) -> dict[str, int]:
    found = Counter(point.state for point in points)
    return {
        "demanded": found[State.SHOWN] + found[State.MISSING],
        "shown": found[State.SHOWN],
        "missing": found[State.MISSING],
        "impossible": found[State.IMPOSSIBLE],
    }


def _point(
    one: PointCoverage, key: str, covered: DirectiveCoverage, scenarios: tuple[Performed, ...]
) -> dict[str, Any]:
    d = covered.directive
    draft = draft_of_point(one, covered)
    return {
        "key": key,
        "subject": str(subject_of(one.point, d.id)),
        "provision": provision_of(one.point, d),
        "aspect": aspect(one.point).value,
        "state": one.state.value,
        "words": _words(tell_point(one.point, d)),
        "scenarios": [_scenario(scenarios[number]) for number in one.scenarios],
        "draft": "\n".join(draft) if draft else None,
    }


def _mutant(one: Tried, scenarios: tuple[Performed, ...]) -> dict[str, Any]:
    mutant = one.mutant
    return {
        "id": mutant.id,
        "change": mutant.change.value,
        "words": _words(mutant.words),
        "file": mutant.where.file,
        "line": mutant.where.line,
        "fate": one.fate.value,
        "draft": "\n".join(draft_of_survivor(one, scenarios)) or None,
    }


def _scenario(one: Performed) -> str:
    return f"{one.file}::{one.node}"


def _words(words: Words) -> dict[str, str]:
    return {"ja": words.ja, "en": words.say("en")}
