"""ZEN (GoRules): expressions and a decision table, through ZenEngine with a static loader, which is its fast way."""

from functools import partial
from typing import Any, cast

import zen
from contender import Contender
from growing import broken_by_hand, drawn, norms_of
from work import PERMISSION, REFUSALS, Outcome, cases

CONDITIONS = {
    "purpose": "purpose == 'none_of_these'",
    "legal-basis": "purpose == 'other_law' and legal_basis == null",
    "form": "request_form.submitted == false",
    "form-complete": "request_form.submitted and request_form.fields_complete == false",
    "category": "material_category == 'not_listed'",
    "decider": "decision_maker.role == 'clerk'",
    "decider-hours": "decision_maker.role == 'chief' and duty_hours == false",
    "ninety-days": "as_of - file.created >= 90",
    "no-edit": "file.edited",
    "record": "true",
    "report": "decision_maker.role == 'chief' and duty_hours",
    "staff-request": "requester.role == 'staff' and output in ['still', 'external_media']",
}


def _graph(node: dict[str, Any]) -> dict[str, Any]:
    return {
        "contentType": "application/vnd.gorules.decision",
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode", "content": {}},
            node,
            {"id": "out", "name": "out", "type": "outputNode", "content": {}},
        ],
        "edges": [
            {"id": "a", "type": "edge", "sourceId": "in", "targetId": "rules"},
            {"id": "b", "type": "edge", "sourceId": "rules", "targetId": "out"},
        ],
    }


def expressions(conditions: dict[str, str]) -> dict[str, Any]:
    """One node in which each rule is an expression."""
    return _graph(
        {
            "id": "rules",
            "name": "rules",
            "type": "expressionNode",
            "content": {
                "expressions": [
                    {"id": name, "key": name.replace("-", "_"), "value": text} for name, text in conditions.items()
                ]
            },
        }
    )


def table(conditions: dict[str, str]) -> dict[str, Any]:
    """A table that collects every row that matches."""
    return _graph(
        {
            "id": "rules",
            "name": "rules",
            "type": "decisionTableNode",
            "content": {
                "hitPolicy": "collect",
                "inputs": [{"id": "when", "name": "when"}],
                "outputs": [{"id": "rule", "field": "rule", "name": "rule"}],
                "rules": [{"_id": name, "when": text, "rule": f"'{name}'"} for name, text in conditions.items()],
            },
        }
    )


COLUMNS = (
    "purpose",
    "legal_basis",
    "request_form.submitted",
    "request_form.fields_complete",
    "material_category",
    "decision_maker.role",
    "duty_hours",
    "as_of - file.created",
    "file.edited",
    "requester.role",
    "output",
)
CELLS: dict[str, dict[str, str]] = {
    "purpose": {"purpose": "'none_of_these'"},
    "legal-basis": {"purpose": "'other_law'", "legal_basis": "null"},
    "form": {"request_form.submitted": "false"},
    "form-complete": {"request_form.submitted": "true", "request_form.fields_complete": "false"},
    "category": {"material_category": "'not_listed'"},
    "decider": {"decision_maker.role": "'clerk'"},
    "decider-hours": {"decision_maker.role": "'chief'", "duty_hours": "false"},
    "ninety-days": {"as_of - file.created": ">= 90"},
    "no-edit": {"file.edited": "true"},
    "record": {},
    "report": {"decision_maker.role": "'chief'", "duty_hours": "true"},
    "staff-request": {"requester.role": "'staff'", "output": "'still', 'external_media'"},
}


def columns() -> dict[str, Any]:
    """A table as its authors draw them: a column per fact, a row per rule."""
    graph = table(CONDITIONS)
    content = graph["nodes"][1]["content"]
    content["inputs"] = [{"id": f"c{at}", "name": field, "field": field} for at, field in enumerate(COLUMNS)]
    content["rules"] = [
        {"_id": name, "rule": f"'{name}'", **{f"c{at}": cells.get(field, "") for at, field in enumerate(COLUMNS)}}
        for name, cells in CELLS.items()
    ]
    return graph


def engine_of(graph: dict[str, Any]) -> zen.ZenEngine:
    """An engine that holds this one graph."""
    return zen.ZenEngine({"loader": {"type": "static", "content": {"work": graph}}})


def _from_flags(found: dict[str, Any]) -> Outcome:
    rules = frozenset(name for name in CONDITIONS if found["result"][name.replace("-", "_")])
    return Outcome(not rules & frozenset(REFUSALS), rules)


def _from_rows(found: dict[str, Any]) -> Outcome:
    rules = frozenset(row["rule"] for row in found["result"])
    return Outcome(not rules & frozenset(REFUSALS), rules)


def _expressions() -> Contender:
    evaluate = engine_of(expressions(CONDITIONS)).evaluate
    return Contender(lambda facts: evaluate("work", facts), [case.nested() for case in cases()], _from_flags)


def _expressions_in_json() -> Contender:
    import orjson

    evaluate, dumps = engine_of(expressions(CONDITIONS)).evaluate, orjson.dumps
    return Contender(
        lambda text: dumps(evaluate("work", text)["result"]),
        [orjson.dumps(case.nested()) for case in cases()],
        lambda text: _from_flags({"result": orjson.loads(text)}),
    )


def _tabled(graph: dict[str, Any], *, traced: bool) -> Contender:
    evaluate = engine_of(graph).evaluate
    options = {"trace": traced}
    call = (lambda facts: evaluate("work", facts, options)) if traced else (lambda facts: evaluate("work", facts))
    return Contender(call, [case.nested() for case in cases()], _from_rows)


def _growing(size: int) -> Contender:
    """``size`` norms over twenty facts, as expressions."""
    conditions = {norm.id: norm.zen for norm in norms_of(size)}
    evaluate = engine_of(expressions(conditions)).evaluate
    items = drawn(size)

    def call(facts: dict[str, Any]) -> Any:
        return evaluate("work", facts)

    for facts in items[:50]:
        found = call(facts)["result"]
        told = [norm.id for norm in norms_of(size) if found[norm.id.replace("-", "_")]]
        assert told == broken_by_hand(size, facts), (told, broken_by_hand(size, facts))
    return Contender(call, cast(list[Any], items), None)


CONTENDERS = {
    "ZEN expressions": _expressions,
    "ZEN expressions, JSON in and out": _expressions_in_json,
    "ZEN decision table, a column per fact": partial(_tabled, columns(), traced=False),
    "ZEN decision table, a column per fact, with trace": partial(_tabled, columns(), traced=True),
    "ZEN decision table, a column of expressions": partial(_tabled, table(CONDITIONS), traced=False),
    "ZEN decision table, a column of expressions, with trace": partial(_tabled, table(CONDITIONS), traced=True),
    "growing": _growing,
}
assert PERMISSION in CONDITIONS
