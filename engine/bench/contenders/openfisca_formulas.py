"""OpenFisca: the verdict as a formula over one person; it is made for populations."""

from typing import Any

import numpy as np
from contender import Contender
from openfisca_core import periods
from openfisca_core.entities import build_entity
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from work import CATEGORIES, DECIDERS, PURPOSES, Outcome, cases

MONTH = periods.DateUnit.MONTH
NOW = periods.period("2025-08")
Request = build_entity(key="request", plural="requests", label="a request", is_person=True)


def _input(name: str, kind: type) -> type[Variable]:
    return type(name, (Variable,), {"value_type": kind, "entity": Request, "definition_period": MONTH, "label": name})


INPUTS: dict[str, type] = {
    **dict.fromkeys(("purpose", "category", "decider", "age"), int),
    **dict.fromkeys(("has_basis", "submitted", "complete", "hours", "edited"), bool),
}


class permitted(Variable):  # noqa: N801  # OpenFisca names a variable by its class
    """Whether it may be provided."""

    value_type = bool
    entity = Request
    definition_period = MONTH
    label = "permitted"

    def formula(request: Any, period: Any) -> Any:  # noqa: N805  # as OpenFisca writes formulas
        """Every refusal, negated."""
        get = {name: request(name, period) for name in INPUTS}
        purpose = (get["purpose"] < 3) | ((get["purpose"] == 3) & get["has_basis"])
        decider = (get["decider"] == 0) | ((get["decider"] == 1) & get["hours"])
        return (
            purpose
            & get["submitted"]
            & get["complete"]
            & (get["category"] < 4)
            & decider
            & (get["age"] < 90)
            & ~get["edited"]
        )


def _one() -> Contender:
    system = TaxBenefitSystem([Request])
    for name, kind in INPUTS.items():
        system.add_variable(_input(name, kind))
    system.add_variable(permitted)

    def call(facts: dict[str, Any]) -> bool:
        simulation = SimulationBuilder().build_default_simulation(system, count=1)
        for name, value in facts.items():
            simulation.set_input(name, NOW, np.array([value]))
        return bool(simulation.calculate("permitted", NOW)[0])

    def facts_of(case: Any) -> dict[str, Any]:
        return {
            "purpose": PURPOSES.index(case.purpose),
            "has_basis": case.legal_basis is not None,
            "submitted": case.submitted,
            "complete": case.complete,
            "category": CATEGORIES.index(case.category),
            "decider": DECIDERS.index(case.decider),
            "hours": case.duty_hours,
            "age": (case.as_of - case.created).days,
            "edited": case.edited,
        }

    return Contender(
        call, [facts_of(case) for case in cases(500)], lambda found: Outcome(found, frozenset()), verdict_only=True
    )


CONTENDERS = {"OpenFisca, one person": _one}
