"""What a judgement needs to be told: its terms in order, and the JSON Schema of the facts that callers submit."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, assert_never

from tsutatsu.ir import (
    TODAY,
    Choice,
    Day,
    Directive,
    Hour,
    Judgement,
    Length,
    Moment,
    Person,
    Records,
    Term,
    Text,
    Truth,
    Type,
    Whole,
    Words,
)
from tsutatsu.judging.facts import UNKNOWN_WORDS
from tsutatsu.judging.law import Law
from tsutatsu.judging.reach import with_measures


@dataclass(frozen=True, slots=True)
class Needed:
    """A term that bears on a judgement; for a list, the terms of its records that do."""

    term: Term
    fields: tuple[Term, ...] = ()


def needed(directive: Directive, judgement: Judgement) -> tuple[Needed, ...]:
    """The terms that the judgement's norms look at, but for those that the act fixes and those computed from others."""
    law = Law(directive, judgement)
    reached = with_measures(law.reached(law.every), directive)
    fixed = {TODAY, *(term for term, _ in judgement.act)}
    lists: dict[str, dict[str, None]] = {name: {} for name in reached.lists}
    if judgement.unit is not None:
        lists.setdefault(judgement.unit, {})
    alone: dict[str, None] = {}
    for spot in reached.spots:
        if spot.within is not None:
            lists.setdefault(spot.within, {})[spot.term] = None
        elif judgement.unit is not None and spot.term in _fields(directive, judgement.unit):
            lists[judgement.unit][spot.term] = None
        else:
            alone[spot.term] = None
    order = [term.id for term in directive.terms]
    found: list[Needed] = []
    for name in sorted({*alone, *lists} - fixed, key=order.index):
        term = directive.term[name]
        if term.derived is None:
            inner = sorted((f for f in lists.get(name, {}) if directive.term[f].derived is None), key=order.index)
            found.append(Needed(term, tuple(directive.term[f] for f in inner)))
    return tuple(found)


def facts_schema(words: Words, terms: Iterable[Needed]) -> dict[str, Any]:
    """The JSON Schema of the facts: each term by its id or name; nothing is required: what is absent is unknown."""
    definitions: dict[str, Any] = {"unknown": _unknown()}
    properties: dict[str, Any] = {}
    for one in terms:
        definitions[one.term.id] = _schema(one, definitions)
        for name in names_of(one.term):
            properties[name] = {"$ref": f"#/$defs/{one.term.id}"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{words.ja} / {words.say('en')}",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": definitions,
    }


def names_of(term: Term) -> tuple[str, ...]:
    """Every name that a fact may be given by, without repeats."""
    return tuple(dict.fromkeys(name for name in (term.id, term.words.ja, term.words.en) if name))


def _schema(one: Needed, definitions: dict[str, Any]) -> dict[str, Any]:
    term = one.term
    kinds: list[dict[str, Any]] = [_plain(term.type)]
    if isinstance(term.type, Records):
        inner: dict[str, Any] = {}
        for record_field in one.fields:
            definitions[record_field.id] = _schema(Needed(record_field), definitions)
            inner |= {name: {"$ref": f"#/$defs/{record_field.id}"} for name in names_of(record_field)}
        record = {"type": "object", "properties": inner}
        kinds = [{"type": "array", "items": {"anyOf": [record, {"$ref": "#/$defs/unknown"}]}}]
    if not isinstance(term.type, Truth):
        kinds.append({"type": "null", "description": "なし / none"})
    kinds.append({"$ref": "#/$defs/unknown"})
    told: dict[str, Any] = {"title": f"{term.words.ja} / {term.words.say('en')}", "anyOf": kinds}
    if term.question.ja:
        told["description"] = f"{term.question.ja} / {term.question.say('en')}"
    return told


def _plain(kind: Type) -> dict[str, Any]:
    match kind:
        case Truth():
            return {"type": "boolean"}
        case Choice(options):
            words = [w for o in options for w in (o.id, o.words.ja, o.words.en) if w]
            return {"enum": list(dict.fromkeys(words))}
        case Whole(_, low, high):
            return {"type": "integer", "minimum": low, "maximum": high}
        case Length(unit):
            return {"anyOf": [{"type": "integer", "minimum": 0, "description": unit}, {"type": "string"}]}
        case Day():
            return {"type": "string", "examples": ["2025-01-10", "令和7年1月10日"]}
        case Moment():
            return {"type": "string", "examples": ["2025-01-10T21:30"]}
        case Hour():
            return {"type": "string", "examples": ["21:30"]}
        case Text() | Person():
            return {"type": "string"}
        case Records():
            return {"type": "array"}
        case _:
            assert_never(kind)


def _unknown() -> dict[str, Any]:
    words = sorted(UNKNOWN_WORDS)
    said = {word: {"const": True} for word in words}
    by_object = {
        "type": "object",
        "properties": said,
        "additionalProperties": False,
        "minProperties": 1,
        "maxProperties": 1,
    }
    return {"title": "不明 / unknown", "anyOf": [{"enum": words}, by_object]}


def _fields(directive: Directive, unit: str) -> tuple[str, ...]:
    kind = directive.term[unit].type
    return kind.fields if isinstance(kind, Records) else ()
