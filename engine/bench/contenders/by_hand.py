"""Written by hand for this work alone: what nothing general can beat. And the floor of a service call, decoding."""

import json
from typing import Any

from contender import Contender
from work import LAWFUL, LISTED, Outcome, cases

DENIES = frozenset(
    {
        "purpose",
        "legal-basis",
        "form",
        "form-complete",
        "category",
        "decider",
        "decider-hours",
        "ninety-days",
        "no-edit",
    }
)


def verdict(facts: dict[str, Any]) -> bool:
    """Whether it may be provided."""
    purpose, form, decider, file = (
        facts["purpose"],
        facts["request_form"],
        facts["decision_maker"]["role"],
        facts["file"],
    )
    return (
        (purpose in LAWFUL or (purpose == "other_law" and facts["legal_basis"] is not None))
        and form["submitted"]
        and form["fields_complete"]
        and facts["material_category"] in LISTED
        and (decider == "manager" or (decider == "chief" and facts["duty_hours"]))
        and facts["as_of"] - file["created"] < 90
        and not file["edited"]
    )


def with_reasons(facts: dict[str, Any]) -> tuple[bool, list[str], list[str]]:
    """The same, with every rule that refuses, binds or expressly permits."""
    denied: list[str] = []
    more = ["record"]
    purpose = facts["purpose"]
    if purpose == "other_law":
        if facts["legal_basis"] is None:
            denied.append("legal-basis")
    elif purpose not in LAWFUL:
        denied.append("purpose")
    form = facts["request_form"]
    if not form["submitted"]:
        denied.append("form")
    elif not form["fields_complete"]:
        denied.append("form-complete")
    if facts["material_category"] not in LISTED:
        denied.append("category")
    decider = facts["decision_maker"]["role"]
    if decider == "chief":
        if facts["duty_hours"]:
            more.append("report")
        else:
            denied.append("decider-hours")
    elif decider != "manager":
        denied.append("decider")
    file = facts["file"]
    if facts["as_of"] - file["created"] >= 90:
        denied.append("ninety-days")
    if file["edited"]:
        denied.append("no-edit")
    if facts["requester"]["role"] == "staff" and facts["output"] in ("still", "external_media"):
        more.append("staff-request")
    return not denied, denied, more


def _outcome(found: tuple[bool, list[str], list[str]]) -> Outcome:
    permitted, denied, more = found
    return Outcome(permitted, frozenset([*denied, *more]))


def _verdict_only() -> Contender:
    return Contender(
        verdict, [case.nested() for case in cases()], lambda found: Outcome(bool(found), frozenset()), verdict_only=True
    )


def _with_reasons() -> Contender:
    return Contender(with_reasons, [case.nested() for case in cases()], _outcome)


def _json_floor() -> Contender:
    return Contender(
        json.loads, [json.dumps(case.nested(dates="text"), ensure_ascii=False).encode() for case in cases()], None
    )


def _orjson_floor() -> Contender:
    import orjson

    return Contender(orjson.loads, [orjson.dumps(case.nested(dates="text")) for case in cases()], None)


def _orjson_through() -> Contender:
    import orjson

    loads, dumps = orjson.loads, orjson.dumps

    def call(text: bytes) -> bytes:
        permitted, denied, more = with_reasons(loads(text))
        return dumps({"permitted": permitted, "denied": denied, "more": more})

    def outcome(text: bytes) -> Outcome:
        found = loads(text)
        return Outcome(found["permitted"], frozenset([*found["denied"], *found["more"]]))

    return Contender(call, [orjson.dumps(case.nested()) for case in cases()], outcome)


CONTENDERS = {
    "by hand, verdict only": _verdict_only,
    "by hand, with reasons": _with_reasons,
    "json decode alone": _json_floor,
    "orjson decode alone": _orjson_floor,
    "by hand + orjson, JSON in and out": _orjson_through,
}
