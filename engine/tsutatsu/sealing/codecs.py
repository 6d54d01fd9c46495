"""How each type of the kernel is written as plain JSON and read back, made once from the node classes' own fields."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any, ForwardRef, TypeAlias, Union, cast, get_args, get_origin, get_type_hints

from tsutatsu import ir
from tsutatsu.calendar import CalendarRefusal
from tsutatsu.source import Source

DEEPEST = 64
"""How many nodes may stand inside each other."""

TAG = "node"
"""The key that names a node's class where a field may hold several."""

Held: TypeAlias = Any
"""A value of some type of the kernel; each codec checks that it is of its own."""

Json: TypeAlias = Any
"""What a JSON text may hold."""

PLAIN: tuple[type, ...] = (bool, int, str)
TEMPORAL: tuple[type[date] | type[time], ...] = (date, datetime, time)


class Malformed(Exception):
    """A value or a text does not fit the type it is to be written or read as; ``what`` names the place."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class Codec:
    """Both directions of one type: ``encode`` takes a value and how deep it stands, ``decode`` takes plain JSON."""

    encode: Callable[[Held, int], Json]
    decode: Callable[[Json], Held]


_NODES: dict[type, Codec] = {}
_LEAVES: dict[object, Codec] = {}


def codec_of(kind: object) -> Codec:
    """The codec of a type as annotations state it."""
    if isinstance(kind, ForwardRef):
        kind = getattr(ir, kind.__forward_arg__)
    if kind in _LEAVES:
        return _LEAVES[kind]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _union(arguments)
    if origin is tuple:
        if arguments[1:] == (...,):
            return _sequence(codec_of(arguments[0]))
        return _row([codec_of(one) for one in arguments])
    if origin is Mapping:
        return _mapping(codec_of(arguments[1]))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _enum(kind)
    if isinstance(kind, type) and is_dataclass(kind):
        return _NODES[kind] if kind in _NODES else _node(kind)
    raise AssertionError(f"the kernel holds no {kind}")


def _plain(kind: type) -> Codec:
    def check(value: Held) -> Held:
        if value.__class__ is not kind:
            raise Malformed(f"{kind.__name__}: {value!r}")
        return value

    return Codec(lambda value, _: check(value), check)


def _temporal(kind: type[date] | type[time]) -> Codec:
    def encode(value: Held, _: int) -> str:
        if value.__class__ is not kind or getattr(value, "tzinfo", None) is not None:
            raise Malformed(f"{kind.__name__}: {value!r}")
        return str(value.isoformat())

    def decode(raw: Json) -> Held:
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

    def encode(value: Held, _: int) -> Json:
        if value.__class__ is not kind:
            raise Malformed(f"{kind.__name__}: {value!r}")
        return value.value

    def decode(raw: Json) -> Enum:
        if raw.__class__ is not str or raw not in members:
            raise Malformed(f"{kind.__name__}: {raw!r}")
        return members[raw]

    return Codec(encode, decode)


def _sequence(part: Codec) -> Codec:
    into = part.decode

    def encode(value: Held, depth: int) -> list[Any]:
        if value.__class__ is not tuple:
            raise Malformed(f"tuple: {value!r}")
        return [part.encode(one, depth) for one in value]

    def decode(raw: Json) -> tuple[Any, ...]:
        if raw.__class__ is not list:
            raise Malformed(f"[…]: {raw!r}")
        return tuple([into(one) for one in raw])

    return Codec(encode, decode)


def _row(parts: list[Codec]) -> Codec:
    def encode(value: Held, depth: int) -> list[Any]:
        if value.__class__ is not tuple or len(value) != len(parts):
            raise Malformed(f"tuple: {value!r}")
        return [part.encode(one, depth) for part, one in zip(parts, value, strict=True)]

    def decode(raw: Json) -> tuple[Any, ...]:
        if raw.__class__ is not list or len(raw) != len(parts):
            raise Malformed(f"[…]: {raw!r}")
        return tuple(part.decode(one) for part, one in zip(parts, raw, strict=True))

    return Codec(encode, decode)


def _mapping(part: Codec) -> Codec:
    text = _LEAVES[str]

    def encode(value: Held, depth: int) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise Malformed(f"{{…}}: {value!r}")
        held = cast("Mapping[str, Held]", value)
        return {text.encode(key, depth): part.encode(one, depth) for key, one in held.items()}

    def decode(raw: Json) -> dict[str, Any]:
        if raw.__class__ is not dict:
            raise Malformed(f"{{…}}: {raw!r}")
        return {key: part.decode(one) for key, one in raw.items()}

    return Codec(encode, decode)


def _node(kind: type) -> Codec:
    """A node: its fields by name without those that hold their default, and without its place."""
    members: dict[str, Codec] = {}
    decoders: dict[str, Callable[[Any], Any]] = {}
    defaults: dict[str, Any] = {}

    def encode(value: Held, depth: int) -> dict[str, Any]:
        if value.__class__ is not kind:
            raise Malformed(f"{kind.__name__}: {value!r}")
        if depth >= DEEPEST:
            raise Malformed(f"{kind.__name__}: {DEEPEST}+")
        found: dict[str, Any] = {}
        for name, codec in members.items():
            one = getattr(value, name)
            if not _same(one, defaults[name]):
                found[name] = codec.encode(one, depth + 1)
        return found

    def decode(raw: Json) -> Held:
        if raw.__class__ is not dict:
            raise Malformed(f"{kind.__name__}: {raw!r}")
        try:
            return kind(**{name: decoders[name](one) for name, one in raw.items() if name != TAG})
        except KeyError as error:
            raise Malformed(f"{kind.__name__}.{error.args[0]}") from None
        except TypeError:
            missing = sorted(name for name, default in defaults.items() if default is MISSING and name not in raw)
            raise Malformed(f"{kind.__name__}.{', '.join(missing)}") from None
        except CalendarRefusal as error:
            raise Malformed(f"{kind.__name__}: {error.words.ja}") from None

    codec = _NODES[kind] = Codec(encode, decode)
    hints = get_type_hints(kind, localns=vars(ir))  # names of the kernel that its aliases put off
    for one in fields(kind):
        if hints[one.name] is not Source:
            members[one.name] = codec_of(hints[one.name])
            decoders[one.name] = members[one.name].decode
            defaults[one.name] = _default(one)
    return codec


def _default(one: Field[Any]) -> Held:
    assert one.default_factory is MISSING, "a default that is made anew could not be told from a value"
    return one.default


def _same(value: object, default: object) -> bool:
    return type(value) is type(default) and value == default


def _union(kinds: tuple[Any, ...]) -> Codec:
    """One of several: none as null, plain values and lists as they are, every other kind with its name beside it."""
    rest = [kind for kind in kinds if kind is not type(None)]
    if len(rest) == 1 and len(rest) < len(kinds):
        return _optional(codec_of(rest[0]))
    bare: dict[type, Codec] = {}
    if len(rest) < len(kinds):
        bare[type(None)] = Codec(lambda value, _: value, lambda raw: raw)
    into: dict[str, Callable[[Any], Any]] = {}
    by_type: dict[type, tuple[str, Codec]] = {}
    for kind in rest:
        resolved = getattr(ir, kind.__forward_arg__) if isinstance(kind, ForwardRef) else kind
        codec = codec_of(resolved)
        if resolved in PLAIN:
            bare[resolved] = codec
        elif get_origin(resolved) is tuple:
            bare[tuple], bare[list] = codec, codec
        else:
            named = _boxed(codec) if resolved in TEMPORAL or issubclass(resolved, Enum) else codec
            into[resolved.__name__] = named.decode
            by_type[resolved] = resolved.__name__, named

    def encode(value: Held, depth: int) -> Json:
        kind: type = value.__class__
        if kind in by_type:
            name, codec = by_type[kind]
            return {TAG: name, **codec.encode(value, depth)}
        if kind in bare and kind is not list:
            return bare[kind].encode(value, depth)
        raise Malformed(f"{kind.__name__}: {value!r}")

    def decode(raw: Json) -> Held:
        kind: type = raw.__class__
        if kind is dict:
            name = raw.get(TAG)
            if type(name) is not str or name not in into:
                raise Malformed(f"{TAG}: {name!r}")
            return into[name](raw)
        if kind in bare:
            return bare[kind].decode(raw)
        raise Malformed(f"{raw!r}")

    return Codec(encode, decode)


def _boxed(codec: Codec) -> Codec:
    """The same value as the one field of an object, so that its kind can be named beside it."""

    def decode(raw: Json) -> Held:
        if raw.keys() != {TAG, "value"}:
            raise Malformed(f"{TAG}: {sorted(raw)!r}")
        return codec.decode(raw["value"])

    return Codec(lambda value, depth: {"value": codec.encode(value, depth)}, decode)


def _optional(codec: Codec) -> Codec:
    into = codec.decode
    return Codec(
        lambda value, depth: None if value is None else codec.encode(value, depth),
        lambda raw: None if raw is None else into(raw),
    )


_LEAVES.update({kind: _plain(kind) for kind in PLAIN})
_LEAVES.update({kind: _temporal(kind) for kind in TEMPORAL})
