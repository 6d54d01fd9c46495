"""The work that everyone is timed on: may this footage be provided, and with what duties?

Twelve rules. Nine can refuse, two bind afterwards, one permits expressly. A benchmark's simplification, not the law:
whether provision under another law needs the form, for one, is an open reading in the circular.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any, Final

SEED: Final = 20250724
COUNT: Final = 10_000

LAWFUL: Final = ("review", "proper", "evidence")
PURPOSES: Final = (*LAWFUL, "other_law", "none_of_these")
LISTED: Final = ("duty_record", "injury_prevention", "crime_or_accident", "otherwise_useful")
CATEGORIES: Final = (*LISTED, "not_listed")
DECIDERS: Final = ("manager", "chief", "clerk")
ROLES: Final = ("staff", "prosecutor", "court")
OUTPUTS: Final = ("still", "external_media")
KEPT_DAYS: Final = 90

REFUSALS: Final = (
    "purpose",
    "legal-basis",
    "form",
    "form-complete",
    "category",
    "decider",
    "decider-hours",
    "ninety-days",
    "no-edit",
)
DUTIES: Final = ("record", "report")
PERMISSION: Final = "staff-request"
RULES: Final = (*REFUSALS, *DUTIES, PERMISSION)


@dataclass(frozen=True, slots=True)
class Case:
    """One request for footage, and the day it is judged."""

    requester_role: str
    requester_id: str
    purpose: str
    legal_basis: str | None
    submitted: bool
    complete: bool
    output: str
    category: str
    decider: str
    duty_hours: bool
    created: date
    edited: bool
    as_of: date

    def nested(self, *, dates: str = "days") -> dict[str, Any]:
        """As peers take it. ``dates`` is ``days`` (numbers, the cheapest for those without dates) or ``text``."""

        def told(day: date) -> Any:
            return day.toordinal() if dates == "days" else day.isoformat()

        return {
            "requester": {"role": self.requester_role, "id": self.requester_id},
            "purpose": self.purpose,
            "legal_basis": self.legal_basis,
            "request_form": {"submitted": self.submitted, "fields_complete": self.complete},
            "output": self.output,
            "material_category": self.category,
            "decision_maker": {"role": self.decider},
            "duty_hours": self.duty_hours,
            "file": {"created": told(self.created), "edited": self.edited},
            "as_of": told(self.as_of),
        }

    def flat(self) -> dict[str, Any]:
        """By term, as our door takes it; the day judged goes beside it."""
        return {
            "requester.role": self.requester_role,
            "requester.id": self.requester_id,
            "purpose": self.purpose,
            "legal_basis": self.legal_basis,
            "request_form.submitted": self.submitted,
            "request_form.fields_complete": self.complete,
            "output": self.output,
            "material_category": self.category,
            "decision_maker.role": self.decider,
            "duty_hours": self.duty_hours,
            "file.created": self.created,
            "file.edited": self.edited,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What every contender must come to: the verdict, and the rules that refuse, bind or expressly permit."""

    permitted: bool
    rules: frozenset[str]


def cases(count: int = COUNT, seed: int = SEED) -> list[Case]:
    """Random requests; the same seed draws the same. About two in five are permitted."""
    rng = Random(seed)
    found = []
    for number in range(count):
        as_of = date(2025, 7, 24) + timedelta(rng.randrange(240))
        found.append(
            Case(
                requester_role=rng.choice(ROLES),
                requester_id=f"P-{number:05}",
                purpose=rng.choices(PURPOSES, (4, 4, 4, 3, 1))[0],
                legal_basis="個人情報保護法第69条" if rng.random() < 0.7 else None,
                submitted=rng.random() < 0.9,
                complete=rng.random() < 0.9,
                output=rng.choice(OUTPUTS),
                category=rng.choices(CATEGORIES, (4, 4, 4, 4, 1))[0],
                decider=rng.choices(DECIDERS, (6, 4, 1))[0],
                duty_hours=rng.random() < 0.6,
                created=as_of - timedelta(rng.randrange(105)),
                edited=rng.random() < 0.1,
                as_of=as_of,
            )
        )
    return found


def oracle(case: Case) -> Outcome:
    """The answer, rule by rule, written to be read."""
    rules = {
        "purpose": case.purpose == "none_of_these",
        "legal-basis": case.purpose == "other_law" and case.legal_basis is None,
        "form": not case.submitted,
        "form-complete": case.submitted and not case.complete,
        "category": case.category == "not_listed",
        "decider": case.decider == "clerk",
        "decider-hours": case.decider == "chief" and not case.duty_hours,
        "ninety-days": case.as_of > case.created + timedelta(KEPT_DAYS - 1),  # the creation day is the first of ninety
        "no-edit": case.edited,
        "record": True,
        "report": case.decider == "chief" and case.duty_hours,
        "staff-request": case.requester_role == "staff" and case.output in OUTPUTS,
    }
    return Outcome(
        permitted=not any(rules[rule] for rule in REFUSALS),
        rules=frozenset(rule for rule, holds in rules.items() if holds),
    )
