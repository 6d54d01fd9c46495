"""How each type of the kernel is written as plain JSON and read back, made once from the node classes' own fields."""

import types
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any, ForwardRef, Union, get_args, get_origin, get_type_hints

from tsutatsu import ir
from tsutatsu.calendar import CalendarRefusal
from tsutatsu.source import Source

DEEPEST = 64
"""How many nodes may stand inside each other."""

TAG = "node"
"""The key that names a node's class where a field may hold several."""

PLAIN = (bool, int, str)
TEMPORAL: tuple[type[date] | type[time], ...] = (date, datetime, time)


class Malformed(Exception):
    """A value or a text does not fit the type it is to be written or read as; ``what`` names the place."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class Codec:
    """Both directions of one type: ``encode`` takes a value and how deep it stands, ``decode`` takes plain JSON."""

    encode: Callable[[Any, int], Any]
    decode: Callable[[Any], Any]


_NODES: dict[type, Codec] = {}


def codec_of(kind: Any) -> Codec:
    """The codec of a type as annotations state it."""
    if isinstance(kind, ForwardRef):
        kind = getattr(ir, kind.__forward_arg__)
    if kind in PLAIN:
        return _plain(kind)
    if kind in TEMPORAL:
        return _temporal(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is tuple:
        return _sequence(codec_of(arguments[0])) if arguments[1:] == (...,) else _row([codec_of(one) for one in arguments])
    if origin is Mapping:
        return _mapping(codec_of(arguments[1]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _NODES[kind] if kind in _NODES else _node(kind)
    raise AssertionError(f"the kernel holds no {kind}")


def _plain(kind: type) -> Codec:
    def check(value: Any) -> Any:
        if type(value) is not kind:
            raise Malformed(f"{kind.__name__}: {value!r}")
        return value

    if kind is str:
        return Codec(lambda value, _: unicodedata.normalize("NFC", check(value)), check)
    return Codec(lambda value, _: check(value), check)


def _temporal(kind: Any) -> Codec:
    def encode(value: Any, _: int) -> str:
        if type(value) is not kind or getattr(value, "tzinfo", None) is not None:
            raise Malformed(f"{kind.__name__}: {value!r}")
        return str(value.isoformat())

    def decode(raw: Any) -> Any:
        try:
            value = kind.fromisoformat(raw)
            if value.isoformat() == raw and getattr(value, "tzinfo", None) is None:
                return value
        except (TypeError, ValueError):
            pass
        raise Malformed(f"{kind.__name__}: {raw!r}")

    return Codec(encode, decode)


def _enum(kind: type[Enum]) -> Codec:
    members = {member.value: member for member in kind}

    def encode(value: Any, _: int) -> Any:
        if type(value) is not kind:
            raise Malformed(f"{kind.__name__}: {value!r}")
        return value.value

    def decode(raw: Any) -> Enum:
        if type(raw) is not str or raw not in members:
            raise Malformed(f"{kind.__name__}: {raw!r}")
        return members[raw]

    return Codec(encode, decode)


def _sequence(part: Codec) -> Codec:
    into = part.decode

    def encode(value: Any, depth: int) -> list[Any]:
        if type(value) is not tuple:
            raise Malformed(f"tuple: {value!r}")
        return [part.encode(one, depth) for one in value]

    def decode(raw: Any) -> tuple[Any, ...]:
        if type(raw) is not list:
            raise Malformed(f"[…]: {raw!r}")
        return tuple([into(one) for one in raw])

    return Codec(encode, decode)


def _row(parts: list[Codec]) -> Codec:
    def encode(value: Any, depth: int) -> list[Any]:
        if type(value) is not tuple or len(value) != len(parts):
            raise Malformed(f"tuple: {value!r}")
        return [part.encode(one, depth) for part, one in zip(parts, value, strict=True)]

    def decode(raw: Any) -> tuple[Any, ...]:
        if type(raw) is not list or len(raw) != len(parts):
            raise Malformed(f"[…]: {raw!r}")
        return tuple(part.decode(one) for part, one in zip(parts, raw, strict=True))

    return Codec(encode, decode)


def _mapping(part: Codec) -> Codec:
    text = _plain(str)

    def encode(value: Any, depth: int) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise Malformed(f"{{…}}: {value!r}")
        return {text.encode(key, depth): part.encode(one, depth) for key, one in value.items()}

    def decode(raw: Any) -> dict[str, Any]:
        if type(raw) is not dict:
            raise Malformed(f"{{…}}: {raw!r}")
        return {key: part.decode(one) for key, one in raw.items()}

    return Codec(encode, decode)


def _node(kind: type) -> Codec:
    """A node: its fields by name without those that hold their default, and without its place."""
    members: dict[str, Codec] = {}
    decoders: dict[str, Callable[[Any], Any]] = {}
    defaults: dict[str, Any] = {}

    def encode(value: Any, depth: int) -> dict[str, Any]:
        if type(value) is not kind:
            raise Malformed(f"{kind.__name__}: {value!r}")
        if depth >= DEEPEST:
            raise Malformed(f"{kind.__name__}: {DEEPEST}+")
        found: dict[str, Any] = {}
        for name, codec in members.items():
            one = getattr(value, name)
            if not _same(one, defaults[name]):
                found[name] = codec.encode(one, depth + 1)
        return found

    def decode(raw: Any) -> Any:
        if type(raw) is not dict:
            raise Malformed(f"{kind.__name__}: {raw!r}")
        try:
            return kind(**{name: decoders[name](one) for name, one in raw.items()})
        except KeyError as error:
            raise Malformed(f"{kind.__name__}.{error.args[0]}") from None
        except TypeError:
            missing = sorted(name for name, default in defaults.items() if default is MISSING and name not in raw)
            raise Malformed(f"{kind.__name__}.{', '.join(missing)}") from None
        except CalendarRefusal as error:
            raise Malformed(f"{kind.__name__}: {error.words.ja}") from None

    codec = _NODES[kind] = Codec(encode, decode)
    hints = get_type_hints(kind)
    for one in fields(kind):
        if hints[one.name] is not Source:
            members[one.name] = codec_of(hints[one.name])
            decoders[one.name] = members[one.name].decode
            defaults[one.name] = _default(one)
    return codec


def _default(one: Field[Any]) -> Any:
    assert one.default_factory is MISSING, "a default that is made anew could not be told from a value"
    return one.default


def _same(value: object, default: object) -> bool:
    return type(value) is type(default) and value == default


def _union(kinds: tuple[Any, ...]) -> Codec:
    """One of several: none as null, plain values and lists as they are, every other kind with its name beside it."""
    rest = [kind for kind in kinds if kind is not type(None)]
    if len(rest) == 1 and len(rest) < len(kinds):
        return _optional(codec_of(rest[0]))
    bare: dict[type, Codec] = {type(None): Codec(lambda value, _: value, lambda raw: raw)} if len(rest) < len(kinds) else {}
    tagged: dict[str, Codec] = {}
    by_type: dict[type, tuple[str, Codec]] = {}
    for kind in rest:
        resolved = getattr(ir, kind.__forward_arg__) if isinstance(kind, ForwardRef) else kind
        codec = codec_of(resolved)
        if resolved in PLAIN:
            bare[resolved] = codec
        elif get_origin(resolved) is tuple:
            bare[tuple], bare[list] = codec, codec
        else:
            tagged[resolved.__name__] = codec
            by_type[resolved] = resolved.__name__, codec

    def encode(value: Any, depth: int) -> Any:
        kind = type(value)
        if kind in by_type:
            name, codec = by_type[kind]
            found = codec.encode(value, depth)
            return {TAG: name, **found} if isinstance(found, dict) else {TAG: name, "value": found}
        if kind in bare and kind is not list:
            return bare[kind].encode(value, depth)
        raise Malformed(f"{kind.__name__}: {value!r}")

    def decode(raw: Any) -> Any:
        kind = type(raw)
        if kind is dict:
            name = raw.get(TAG)
            if type(name) is not str or name not in tagged:
                raise Malformed(f"{TAG}: {name!r}")
            inner = {key: one for key, one in raw.items() if key != TAG}
            if name in _TEMPORAL_NAMES:
                if inner.keys() != {"value"}:
                    raise Malformed(f"{TAG}: {name!r}")
                return tagged[name].decode(inner["value"])
            return tagged[name].decode(inner)
        if kind in bare:
            return bare[kind].decode(raw)
        raise Malformed(f"{raw!r}")

    return Codec(encode, decode)


_TEMPORAL_NAMES = frozenset(kind.__name__ for kind in TEMPORAL)


def _optional(codec: Codec) -> Codec:
    into = codec.decode
    return Codec(
        lambda value, depth: None if value is None else codec.encode(value, depth),
        lambda raw: None if raw is None else into(raw),
    )
