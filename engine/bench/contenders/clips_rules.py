"""CLIPS through clipspy: one fact asserted afresh, the rules run, the conclusions read."""

from typing import Any

import clips
from contender import Contender
from work import REFUSALS, Outcome, cases

SLOTS = (
    "role",
    "requester",
    "purpose",
    "basis",
    "submitted",
    "complete",
    "output",
    "category",
    "decider",
    "hours",
    "age",
    "edited",
)
PATTERNS = {
    "purpose": "(purpose none_of_these)",
    "legal-basis": "(purpose other_law) (basis no)",
    "form": "(submitted no)",
    "form-complete": "(submitted yes) (complete no)",
    "category": "(category not_listed)",
    "decider": "(decider clerk)",
    "decider-hours": "(decider chief) (hours no)",
    "ninety-days": "(age ?a&:(>= ?a 90))",
    "no-edit": "(edited yes)",
    "record": "",
    "report": "(decider chief) (hours yes)",
    "staff-request": "(role staff) (output still|external_media)",
}


def _rules() -> Contender:
    environment = clips.Environment()
    environment.build(f"(deftemplate request {' '.join(f'(slot {slot})' for slot in SLOTS)})")
    environment.build("(defglobal ?*held* = (create$))")
    for name, pattern in PATTERNS.items():
        environment.build(f"(defrule {name} (request {pattern}) => (bind ?*held* ?*held* {name}))")
    held = environment.find_global("held")
    template = environment.find_template("request")
    word = {True: clips.Symbol("yes"), False: clips.Symbol("no")}

    def call(slots: dict[str, Any]) -> tuple[str, ...]:
        held.value = ()
        fact = template.assert_fact(**slots)
        environment.run()  # named here, and so kept: clipspy's templates do not hold their environment
        fact.retract()
        return held.value

    def slots_of(case: Any) -> dict[str, Any]:
        symbol = clips.Symbol
        return {
            "role": symbol(case.requester_role),
            "requester": symbol(case.requester_id),
            "purpose": symbol(case.purpose),
            "basis": word[case.legal_basis is not None],
            "submitted": word[case.submitted],
            "complete": word[case.complete],
            "output": symbol(case.output),
            "category": symbol(case.category),
            "decider": symbol(case.decider),
            "hours": word[case.duty_hours],
            "age": (case.as_of - case.created).days,
            "edited": word[case.edited],
        }

    def outcome(found: tuple[str, ...]) -> Outcome:
        rules = frozenset(found)
        return Outcome(not rules & frozenset(REFUSALS), rules)

    return Contender(call, [slots_of(case) for case in cases()], outcome)


CONTENDERS = {"CLIPS, fresh facts": _rules}
