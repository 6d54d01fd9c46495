"""Values as submitted, made exactly what they hold.

A caller's own kind of text may say that it equals another, and a mapping may change while it is read. So nothing but
plain values is compared: text and numbers are brought to their plain kind, mappings and lists are copied once, and
whatever cannot be is marked as what facts cannot hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Final, cast

from tsutatsu.diagnostics import shorten
from tsutatsu.ir import Words

_PLAIN: Final = (bool, int, str, float, date, datetime, time)
_UNREADABLE: Final = Words("読み出せない値", "a value that cannot be read out")


@dataclass(frozen=True, slots=True)
class Pairs:
    """A mapping as it was when it was looked at, its names made plain."""

    each: tuple[tuple[object, object], ...]


@dataclass(frozen=True, slots=True)
class Strange:
    """What facts cannot hold, in words."""

    words: Words


def exact(raw: object, most: int) -> object:
    """``raw`` as a plain value, a list, ``Pairs`` or ``Strange``; of what holds several, no more than ``most`` + 1."""
    kind = type(raw)
    if raw is None or any(kind is one for one in (*_PLAIN, Pairs, Strange)):
        return raw
    if issubclass(kind, str):
        return str.__str__(cast("str", raw))
    if issubclass(kind, int):
        return int.__int__(cast("int", raw))
    if issubclass(kind, float):
        return float.__float__(cast("float", raw))
    if issubclass(kind, (date, time)):
        name = shorten(kind.__name__)
        return Strange(Words(f"日や時刻そのものでない値（{name}）", f"a day or time of a kind of its own ({name})"))
    try:
        return _held(raw, kind, most)
    except Exception:  # noqa: BLE001  # the caller's own code may raise anything
        return Strange(_UNREADABLE)


def _held(raw: object, kind: type, most: int) -> object:
    if issubclass(kind, (list, tuple)):
        return list(islice(cast("list[object]", raw), most + 1))
    if issubclass(kind, Mapping):
        said = cast("Mapping[object, object]", raw)
        # a plain mapping is copied at one stroke, whoever else changes it
        copied: Mapping[object, object] = dict(said) if kind is dict else said
        return Pairs(tuple((exact(key, 0), value) for key, value in islice(copied.items(), most + 1)))
    return Strange(Words("JSON にない値", "a value that JSON does not have"))
