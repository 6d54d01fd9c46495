"""JSON Schemas of the policy files, for editors: the same shapes that the reader uses, with a directive's own words.

Keys may be written in Japanese or in English; both are offered, each with its explanation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias, assert_never

from tsutatsu.syntax.grammar import FILES
from tsutatsu.syntax.keywords import BY_WORD
from tsutatsu.syntax.shapes import (
    STAMPS,
    Bilingual,
    Clause,
    ClockTime,
    Constant,
    Either,
    FactTable,
    Flag,
    Free,
    ListOf,
    Name,
    Number,
    OneOf,
    PrintedDay,
    Record,
    Shape,
    Span,
    TableOf,
    WriteTable,
)

Json: TypeAlias = dict[str, Any]
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_COMPARISONS = ("at_least", "at_most", "less_than", "more_than", "other_than", "within", "before", "after", "presence")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of one directive that a schema can offer: terms with the values they take, and other names."""

    terms: Mapping[str, tuple[str | bool, ...]] = field(default_factory=dict[str, tuple[str | bool, ...]])
    """Every label of a term, with the values it can be given (none listed: any)."""
    lists: frozenset[str] = frozenset()
    """Labels of lists of records."""
    concepts: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Names by kind: term, norm, clock, side."""

    @property
    def empty(self) -> bool:
        """Whether no directive's words are known."""
        return not self.terms


def file_schema(kind: str, vocabulary: Vocabulary | None = None) -> Json:
    """The JSON Schema of one kind of policy file, completing the words of ``vocabulary``."""
    words = vocabulary or Vocabulary()
    return {
        "$schema": _DIALECT,
        "title": f"tsutatsu {kind}",
        **_schema(FILES[kind], words),
        "$defs": {
            "condition": _condition(words, acting=kind == "workflow"),
            "constant": {"type": ["string", "number", "boolean"]},
        },
    }


def _schema(shape: Shape, words: Vocabulary) -> Json:
    match shape:
        case Free():
            return {"type": ["string", "number"]}
        case PrintedDay() | Span() | ClockTime():
            return {"type": "string"}
        case Bilingual():
            both = {w: {"type": "string"} for w in ("和", "英", "ja", "en")}
            return {
                "anyOf": [{"type": "string"}, {"type": "object", "properties": both, "additionalProperties": False}]
            }
        case Flag():
            return {"type": "boolean"}
        case Number():
            return {"type": "integer"}
        case Name(kind):
            known = words.names.get(kind, ())
            return {"type": "string", "enum": list(known)} if known else {"type": "string"}
        case OneOf(options):
            return {"enum": _spellings(options)}
        case Clause():
            return {"$ref": "#/$defs/condition"}
        case Constant():
            return {"$ref": "#/$defs/constant"}
        case ListOf(item):
            return {"type": "array", "items": _schema(item, words)}
        case TableOf(item, _):
            return {"type": "object", "additionalProperties": _schema(item, words)}
        case FactTable():
            return _facts(words)
        case WriteTable():
            return _writes(words)
        case Either(shapes):
            return {"anyOf": [_schema(one, words) for one in shapes]}
        case Record(_, fields):
            properties: Json = {}
            for one in fields:
                for word in _spellings([one.word]):
                    keyword = BY_WORD[word]
                    help_text = f"{keyword.help_ja} / {keyword.help_en}"
                    properties[word] = {"description": help_text, **_schema(one.shape, words)}
            required = [{"anyOf": [{"required": [w]} for w in _spellings([f.word])]} for f in fields if f.required]
            schema: Json = {"type": "object", "properties": properties, "additionalProperties": False}
            return schema | {"allOf": required} if required else schema
        case _:
            assert_never(shape)


def _spellings(words: Iterable[str]) -> list[str]:
    """Each keyword in Japanese, then in English."""
    chosen = [BY_WORD[word] for word in words]
    return list(dict.fromkeys([k.ja for k in chosen] + [k.en for k in chosen]))


def _condition(words: Vocabulary, *, acting: bool) -> Json:
    """A condition; ``acting``: one that may ask for whoever acts, and for his post."""
    inner: Json = {"$ref": "#/$defs/condition"}
    listed: Json = {"type": "array", "items": inner, "minItems": 1}
    properties: Json = {}

    def offer(names: Iterable[str], schema: Json) -> None:
        for name in _spellings(names):
            keyword = BY_WORD[name]
            properties[name] = {"description": f"{keyword.help_ja} / {keyword.help_en}", **schema}

    offer(["all", "any"], listed)
    offer(["not"], inner)
    offer(["reading"], _schema(Name("side"), words))
    offer(["broken", "kept"], {"type": "array", "items": _schema(Name("norm"), words), "minItems": 1})
    person = _schema(Name("term"), words)
    if acting and "enum" in person:
        person = {**person, "enum": [*person["enum"], *_spellings(["actor"])]}
    offer(["different", "same"], {"type": "array", "items": person, "minItems": 2})
    if acting:
        offer(["actor_post"], _tested("", (), words))
    for label, values in words.terms.items():
        properties[label] = _tested(label, values, words)
    for concept in words.concepts:
        properties[concept] = {"type": "boolean"}
    if words.empty:
        return {"type": "object", "properties": properties}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _tested(label: str, values: tuple[str | bool, ...], words: Vocabulary) -> Json:
    """What may stand after a term: a value, several, or a comparison."""
    if label in words.lists:
        inner: Json = {w: {"$ref": "#/$defs/condition"} for w in _spellings(["each", "some"])}
        inner |= {w: {"enum": _spellings(["present", "absent"])} for w in _spellings(["presence"])}
        return {"type": "object", "properties": inner, "additionalProperties": False}
    value: Json = {"enum": list(values)} if values else {"$ref": "#/$defs/constant"}
    anything: Json = {}
    compared: Json = dict.fromkeys(_spellings(_COMPARISONS), anything)
    compared |= {w: {"enum": _spellings(["present", "absent"])} for w in _spellings(["presence"])}
    clocks = _schema(Name("clock"), words)
    compared |= dict.fromkeys(_spellings(["within", "before", "after"]), clocks)
    items = {"anyOf": [value, {"type": "object", "additionalProperties": {"$ref": "#/$defs/condition"}}]}
    return {
        "anyOf": [
            value,
            {"type": "array", "items": items},
            {"type": "object", "properties": compared, "additionalProperties": False},
        ]
    }


def _facts(words: Vocabulary) -> Json:
    if words.empty:
        return {"type": "object", "additionalProperties": {"$ref": "#/$defs/constant"}}
    properties = {
        label: {"enum": list(values)} if values else {"$ref": "#/$defs/constant"}
        for label, values in words.terms.items()
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _writes(words: Vocabulary) -> Json:
    """What an event writes: a value of the term, what the moment brings, or that there is none."""
    absent = [
        {"type": "object", "properties": {w: {"enum": _spellings(["absent"])}}, "additionalProperties": False}
        for w in _spellings(["presence"])
    ]
    stamps: Json = {"enum": _spellings(STAMPS)}

    def written(value: Json) -> Json:
        return {"anyOf": [value, stamps, *absent]}

    facts = _facts(words)
    if words.empty:
        return facts | {"additionalProperties": written({"$ref": "#/$defs/constant"})}
    return facts | {"properties": {label: written(value) for label, value in facts["properties"].items()}}
