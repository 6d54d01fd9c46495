"""Rego in C++ (rego-cpp, regopy): a set of the rules that hold, built once and queried through its entry point."""

import json
from typing import Any

import regopy
from contender import Contender
from work import REFUSALS, Outcome, cases

BODIES = {
    "purpose": 'input.purpose == "none_of_these"',
    "legal-basis": 'input.purpose == "other_law"; input.legal_basis == null',
    "form": "not input.request_form.submitted",
    "form-complete": "input.request_form.submitted; not input.request_form.fields_complete",
    "category": 'input.material_category == "not_listed"',
    "decider": 'input.decision_maker.role == "clerk"',
    "decider-hours": 'input.decision_maker.role == "chief"; not input.duty_hours',
    "ninety-days": "input.as_of - input.file.created >= 90",
    "no-edit": "input.file.edited",
    "record": "true",
    "report": 'input.decision_maker.role == "chief"; input.duty_hours',
    "staff-request": 'input.requester.role == "staff"; input.output in {"still", "external_media"}',
}
MODULE = "package footage\nimport rego.v1\n" + "\n".join(
    f'rules contains "{name}" if {{ {body} }}' for name, body in BODIES.items()
)


def _bundle() -> Contender:
    interpreter = regopy.Interpreter()
    interpreter.add_module("footage", MODULE)
    bundle = interpreter.build("data.footage.rules", ["footage/rules"])
    put, ask = interpreter.set_input, interpreter.query_bundle

    def call(facts: dict[str, Any]) -> Any:
        put(facts)
        return str(ask(bundle))

    def outcome(found: str) -> Outcome:
        rules = frozenset(json.loads(found)["expressions"][0])
        return Outcome(not rules & frozenset(REFUSALS), rules)

    return Contender(call, [case.nested() for case in cases(1_000)], outcome)


CONTENDERS = {"Rego (C++)": _bundle}
