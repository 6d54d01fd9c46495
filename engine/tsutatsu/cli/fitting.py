"""Holds a JSON document against one of our JSON Schemas, and says what does not fit in the reader's words."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.source import Source
from tsutatsu.words import Words

MOST = 100
"""More misfits than this are not told."""

MOST_NAMES = 8
"""More names than this are not listed in one sentence."""


def misfits(document: object, schema: Mapping[str, Any], file: str) -> tuple[Diagnostic, ...]:
    """Everything in ``document`` that the schema does not allow, in the document's order."""
    validator: Any = Draft202012Validator(schema)
    errors: list[ValidationError] = sorted(validator.iter_errors(document), key=lambda error: error.json_path)
    found: list[Diagnostic] = []
    for error in errors[:MOST]:
        deepest = max(_within(error), key=lambda one: len(one.absolute_path))
        why = _told(deepest)
        found.append(finding("TS654", Source(file), path=deepest.json_path, why=why.ja, why_en=why.en))
    return tuple(dict.fromkeys(found))


def _within(error: ValidationError) -> Iterable[ValidationError]:
    """The error and, of a choice between forms, what went wrong in the forms tried."""
    yield error
    for one in error.context or ():
        yield from _within(one)


def _told(error: ValidationError) -> Words:
    """Why the value does not fit."""
    match error.validator:
        case "required":
            missing = [name for name in _names(error.validator_value) if name not in _names(error.instance)]
            return Words(f"{_some(missing, '、')} がない。", f"{_some(missing, ', ')} is missing.")
        case "additionalProperties":
            known = _names(error.schema.get("properties", {})) if isinstance(error.schema, Mapping) else []
            extra = [name for name in _names(error.instance) if name not in known]
            return Words(f"{_some(extra, '、')} は使えない。", f"{_some(extra, ', ')} cannot stand here.")
        case "enum" | "const":
            allowed = "・".join(str(one) for one in _values(error.validator_value))
            return Words(f"次のどれかでない: {allowed}", f"It is none of: {allowed}")
        case "type":
            kinds = " / ".join(_names(error.validator_value) or [str(error.validator_value)])
            return Words(f"型が {kinds} でない。", f"It is not of type {kinds}.")
        case _:
            return Words(f"形が合わない（{error.validator}）。", f"It does not fit ({error.validator}).")


def _some(names: list[str], joint: str) -> str:
    """The names, so few that the sentence can be read to its end."""
    return joint.join(names[:MOST_NAMES]) + (f" … (+{len(names) - MOST_NAMES})" if len(names) > MOST_NAMES else "")


def _names(value: object) -> list[str]:
    return [str(one) for one in cast("Iterable[object]", value)] if isinstance(value, dict | list) else []


def _values(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else [value]
