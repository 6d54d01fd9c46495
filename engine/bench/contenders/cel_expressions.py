"""CEL, one expression that lists every rule that holds: in C++ (cel-expr-python), Rust and pure Python."""

from typing import Any

from contender import Contender
from work import REFUSALS, Outcome, cases

CONDITIONS = {
    "purpose": "purpose == 'none_of_these'",
    "legal-basis": "purpose == 'other_law' && legal_basis == null",
    "form": "!request_form.submitted",
    "form-complete": "request_form.submitted && !request_form.fields_complete",
    "category": "material_category == 'not_listed'",
    "decider": "decision_maker.role == 'clerk'",
    "decider-hours": "decision_maker.role == 'chief' && !duty_hours",
    "ninety-days": "as_of - file.created >= 90",
    "no-edit": "file.edited",
    "record": "true",
    "report": "decision_maker.role == 'chief' && duty_hours",
    "staff-request": "requester.role == 'staff' && output in ['still', 'external_media']",
}
EXPRESSION = "[" + ", ".join(f"({text})" for text in CONDITIONS.values()) + "]"
NAMES = tuple(CONDITIONS)


def _outcome(found: Any) -> Outcome:
    rules = frozenset(name for name, holds in zip(NAMES, found, strict=True) if holds)
    return Outcome(not rules & frozenset(REFUSALS), rules)


def _cpp() -> Contender:
    from cel_expr_python import cel

    kinds = dict.fromkeys(cases(1)[0].nested(), cel.Type.DYN)
    evaluate = cel.NewEnv(variables=kinds).compile(EXPRESSION).eval

    def call(facts: dict[str, Any]) -> Any:
        return evaluate(data=facts).value()

    return Contender(call, [case.nested() for case in cases()], lambda found: _outcome([_plain(one) for one in found]))


def _plain(value: Any) -> Any:
    return value.value() if hasattr(value, "value") else value


def _rust() -> Contender:
    import cel

    return Contender(cel.compile(EXPRESSION).execute, [case.nested() for case in cases()], _outcome)


def _python() -> Contender:
    import celpy

    environment = celpy.Environment()
    program = environment.program(environment.compile(EXPRESSION))
    return Contender(program.evaluate, [celpy.json_to_cel(case.nested()) for case in cases(1_000)], _outcome)


CONTENDERS = {
    "CEL (C++), one expression": _cpp,
    "CEL (Rust), one expression": _rust,
    "CEL (pure Python), one expression": _python,
}
