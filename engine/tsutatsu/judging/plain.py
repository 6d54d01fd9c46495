"""Typed values as JSON, back again, and the JSON Schema of both: one declaration (the dataclass) says all three."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from tsutatsu.diagnostics import Refused, finding
from tsutatsu.ir import Standing, Words
from tsutatsu.judging.labels import WORDS, one_by_one, standing_words
from tsutatsu.source import Source

Plain: TypeAlias = bool | int | str | list["Plain"] | dict[str, "Plain"] | None
"""What JSON can say, numbers being whole."""

T = TypeVar("T")


def to_plain(value: object) -> Plain:
    """``value`` (a dataclass, or what one holds) as JSON: codes stand beside their words in both languages."""
    match value:
        case Words():
            return {"ja": value.ja, "en": value.say("en")}
        case Standing():
            words = standing_words(value)
            return {"possible": [_code(one) for one in one_by_one(value)], "ja": words.ja, "en": words.en}
        case Enum():
            labels = WORDS.get(type(value))
            if labels is None:
                return str(value.value)
            return {"code": str(value.value), "ja": labels[value].ja, "en": labels[value].en}
        case None | bool() | int() | str():
            return value
        case date() | time():
            return value.isoformat()
        case tuple() | list():
            return [to_plain(one) for one in value]  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case Mapping():
            return {str(key): to_plain(one) for key, one in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
        case _:
            assert is_dataclass(value)
            return {f.name: to_plain(getattr(value, f.name)) for f in fields(value)}


def from_plain(kind: type[T], plain: object, where: str = "") -> T:
    """The value of type ``kind`` that ``plain`` says; refused with the place when it says none."""
    read: T = _read(kind, plain, where, 0)
    return read


def _read(kind: Any, plain: object, where: str, depth: int) -> Any:  # noqa: ANN401  # a type, and its value
    if depth > _DEEPEST:
        raise _misread(where, "…")
    if kind is Any:
        return _copied(plain, where, depth)
    if kind is Words:
        ja, en = _fields(plain, ("ja", "en"), where)
        return Words(_text(ja, f"{where}.ja"), _text(en, f"{where}.en"))
    origin = get_origin(kind)
    if origin is tuple:
        (one, *_) = get_args(kind)
        return tuple(_read(one, item, f"{where}[{i}]", depth + 1) for i, item in enumerate(_items(plain, where), 1))
    if origin is Union or origin is types.UnionType:
        return _one_of(get_args(kind), plain, where, depth)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        found = _fields(plain, tuple(hints), where)
        values = {
            name: _read(hint, value, f"{where}.{name}", depth + 1)
            for (name, hint), value in zip(hints.items(), found, strict=True)
        }
        return kind(**values)
    return _scalar(kind, plain, where)


def _one_of(kinds: tuple[Any, ...], plain: object, where: str, depth: int) -> Any:  # noqa: ANN401
    if plain is None and type(None) in kinds:
        return None
    if date in kinds and datetime in kinds:
        return _scalar(datetime if isinstance(plain, str) and "T" in plain else date, plain, where)
    (kind,) = (one for one in kinds if one is not type(None))
    return _read(kind, plain, where, depth + 1)


def _scalar(kind: Any, plain: object, where: str) -> Any:  # noqa: ANN401
    if kind is Standing:
        possible, _, _ = _fields(plain, ("possible", "ja", "en"), where)
        union = Standing(0)
        for one in _items(possible, where):
            if not isinstance(one, str) or one not in _STANDINGS:
                raise _misread(where, one)
            union |= _STANDINGS[one]
        if not union:
            raise _misread(where, plain)
        return union
    if isinstance(kind, type) and issubclass(kind, Enum):
        code = _fields(plain, ("code", "ja", "en"), where)[0] if kind in WORDS else plain
        try:
            return kind(code)
        except ValueError:
            raise _misread(where, code) from None
    if kind in (bool, int, str):
        if type(plain) is not kind:
            raise _misread(where, plain)
        return plain
    if kind in (date, datetime, time) and isinstance(plain, str):
        try:
            return kind.fromisoformat(plain)
        except ValueError:
            raise _misread(where, plain) from None
    raise _misread(where, plain)


def _copied(plain: object, where: str, depth: int) -> Plain:
    match plain:
        case None | bool() | int() | str():
            return plain
        case list() if depth < _DEEPEST:
            return [
                _copied(one, f"{where}[{i}]", depth + 1) for i, one in enumerate(_items(cast(object, plain), where), 1)
            ]
        case dict() if depth < _DEEPEST:
            pairs = cast("dict[object, object]", plain)
            return {_text(key, where): _copied(one, f"{where}.{key}", depth + 1) for key, one in pairs.items()}
        case _:
            raise _misread(where, plain)


def _fields(plain: object, names: tuple[str, ...], where: str) -> tuple[object, ...]:
    if not isinstance(plain, dict):
        raise _misread(where, plain)
    pairs = cast("dict[object, object]", plain)
    if set(pairs) != set(names):
        raise _misread(where, "、".join(str(key) for key in pairs)[:200])
    return tuple(pairs[name] for name in names)


def _items(plain: object, where: str) -> list[object]:
    if isinstance(plain, (list, tuple)):
        return cast("list[object]", plain)
    raise _misread(where, plain)


def _text(plain: object, where: str) -> str:
    if not isinstance(plain, str):
        raise _misread(where, plain)
    return plain


def _misread(where: str, plain: object) -> Refused:
    return Refused(
        [
            finding(
                "TS530", Source(where.lstrip(".")), found=type(plain).__name__ if not isinstance(plain, str) else plain
            )
        ]
    )


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}


def _code(standing: Standing) -> str:
    assert standing.name is not None
    return standing.name.lower()


_STANDINGS = {_code(one): one for one in Standing}
_DEEPEST = 40


def schema_of(kind: type, title: str) -> dict[str, Any]:
    """The JSON Schema (2020-12) of what ``to_plain`` makes of ``kind``."""
    defs: dict[str, Any] = {}
    root = _schema(kind, defs)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **root,
        "$defs": dict(sorted(defs.items())),
    }


def _schema(kind: Any, defs: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    if kind is Any:
        return {}
    if kind is Standing:
        defs["Standing"] = _object(
            {"possible": {"type": "array", "minItems": 1, "items": {"enum": list(_STANDINGS)}}, **_WORDS_OF}
        )
        return {"$ref": "#/$defs/Standing"}
    origin = get_origin(kind)
    if origin is tuple:
        return {"type": "array", "items": _schema(get_args(kind)[0], defs)}
    if origin is Union or origin is types.UnionType:
        return {"anyOf": [_schema(one, defs) for one in get_args(kind)]}
    if isinstance(kind, type) and issubclass(kind, Enum):
        codes = {"enum": [one.value for one in kind]}
        if kind not in WORDS:
            return codes
        defs[kind.__name__] = _object({"code": codes, **_WORDS_OF})
        return {"$ref": f"#/$defs/{kind.__name__}"}
    if kind in _SIMPLE:
        return dict(_SIMPLE[kind])
    if kind.__name__ not in defs:
        defs[kind.__name__] = {}
        defs[kind.__name__] = _object({name: _schema(hint, defs) for name, hint in _hints(kind).items()})  # pyright: ignore[reportUnknownArgumentType]
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


_WORDS_OF: dict[str, Any] = {"ja": {"type": "string"}, "en": {"type": "string"}}
_SIMPLE: dict[Any, dict[str, Any]] = {
    type(None): {"type": "null"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    time: {"type": "string", "format": "time"},
}
