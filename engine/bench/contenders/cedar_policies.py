"""Cedar through cedarpy: each rule a forbid, so that one denied request names every rule that holds."""

from typing import Any

import cedarpy
from contender import Contender
from work import REFUSALS, Outcome, cases

CONDITIONS = {
    "purpose": 'context.purpose == "none_of_these"',
    "legal-basis": 'context.purpose == "other_law" && !(context has legal_basis)',
    "form": "!context.request_form.submitted",
    "form-complete": "context.request_form.submitted && !context.request_form.fields_complete",
    "category": 'context.material_category == "not_listed"',
    "decider": 'context.decision_maker.role == "clerk"',
    "decider-hours": 'context.decision_maker.role == "chief" && !context.duty_hours',
    "ninety-days": "context.as_of - context.file.created >= 90",
    "no-edit": "context.file.edited",
    "record": "true",
    "report": 'context.decision_maker.role == "chief" && context.duty_hours',
    "staff-request": 'context.requester.role == "staff" && ["still", "external_media"].contains(context.output)',
}
NAMES = {f"policy{number}": name for number, name in enumerate(CONDITIONS)}
TEXT = "\n".join(f"forbid(principal, action, resource) when {{ {text} }};" for text in CONDITIONS.values())
WHO = {"principal": 'User::"u"', "action": 'Action::"provide"', "resource": 'File::"f"'}


def _items() -> list[dict[str, Any]]:
    return [{**WHO, "context": {k: v for k, v in case.nested().items() if v is not None}} for case in cases()]


def _one_request() -> Contender:
    policies, entities, ask = (
        cedarpy.PolicySet.from_str(TEXT),
        cedarpy.Entities.from_json_str("[]"),
        cedarpy.is_authorized,
    )

    def outcome(found: cedarpy.AuthzResult) -> Outcome:
        rules = frozenset(NAMES[name] for name in found.diagnostics.reasons)
        return Outcome(not rules & frozenset(REFUSALS), rules)

    return Contender(lambda request: ask(request, policies, entities), _items(), outcome)


CONTENDERS = {"cedarpy, one request": _one_request}
