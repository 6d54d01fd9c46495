"""durable-rules as it comes: a ruleset of the language it offers, a fact posted afresh, its state thrown away after."""

from typing import Any

from contender import Contender
from durable import lang
from durable.lang import m, ruleset, when_all
from work import REFUSALS, Outcome, cases


def _conditions() -> dict[str, Any]:
    return {
        "purpose": m.purpose == "none_of_these",
        "legal-basis": (m.purpose == "other_law") & (m.has_basis == False),  # noqa: E712  # the language's own operator
        "form": m.submitted == False,  # noqa: E712
        "form-complete": (m.submitted == True) & (m.complete == False),  # noqa: E712
        "category": m.category == "not_listed",
        "decider": m.decider == "clerk",
        "decider-hours": (m.decider == "chief") & (m.hours == False),  # noqa: E712
        "ninety-days": m.age >= 90,
        "no-edit": m.edited == True,  # noqa: E712
        "record": m.output != "",
        "report": (m.decider == "chief") & (m.hours == True),  # noqa: E712
        "staff-request": (m.role == "staff") & (m.output != ""),
    }


def _as_it_comes() -> Contender:
    held: list[str] = []

    def concluding(name: str) -> Any:
        def conclude(_: Any) -> None:
            held.append(name)

        return conclude

    with ruleset("footage"):
        for name, condition in _conditions().items():
            when_all(condition)(concluding(name))
    post, retract = lang.assert_fact, lang.retract_fact

    def call(fact: dict[str, Any]) -> list[str]:
        held.clear()
        post("footage", fact)
        retract("footage", fact)
        return held.copy()

    def fact_of(case: Any) -> dict[str, Any]:
        return {
            "role": case.requester_role,
            "requester": case.requester_id,
            "purpose": case.purpose,
            "has_basis": case.legal_basis is not None,
            "submitted": case.submitted,
            "complete": case.complete,
            "output": case.output,
            "category": case.category,
            "decider": case.decider,
            "hours": case.duty_hours,
            "age": (case.as_of - case.created).days,
            "edited": case.edited,
        }

    def outcome(found: list[str]) -> Outcome:
        rules = frozenset(found)
        return Outcome(not rules & frozenset(REFUSALS), rules)

    return Contender(call, [fact_of(case) for case in cases()], outcome)


CONTENDERS = {"durable-rules, as it comes": _as_it_comes}
