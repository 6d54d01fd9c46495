"""Names of our own for what the rule engine is given: it knows fields by a 32-bit hash alone; no two may share."""

from collections.abc import Iterable, Iterator
from itertools import product
from string import ascii_lowercase, digits
from typing import Final

RESERVED: Final = (
    "sid",
    "id",
    "z",
    "m",
    "$s",
    "$m",
    "$and",
    "$or",
    "$lt",
    "$lte",
    "$gt",
    "$gte",
    "$forward",
    "all",
    "any",
    "count",
    "pri",
    "cap",
)
"""Names that mean something to the rule engine, or to how it is used here; ``z`` is the sentinel's."""

WIDTH: Final = 3
"""All keys are of one width, so that a fact is a mould into which digits are pressed."""


def fnv(name: str) -> int:
    """The 32-bit FNV-1a hash, as the rule engine computes it."""
    found = 0x811C9DC5
    for byte in name.encode("ascii"):
        found = (found ^ byte) * 16_777_619 & 0xFFFFFFFF
    return found


def _names() -> Iterator[str]:
    for letters in product(ascii_lowercase, digits + ascii_lowercase, digits + ascii_lowercase):
        yield "".join(letters)


def distinct(names: Iterable[str], count: int) -> tuple[str, ...]:
    """The first ``count`` of the names whose hashes differ from each other's and from those of the reserved names."""
    taken = {fnv(name) for name in RESERVED}
    found: list[str] = []
    for name in names:
        if len(found) == count:
            break
        if (hashed := fnv(name)) not in taken:
            taken.add(hashed)
            found.append(name)
    if len(found) < count:
        raise ValueError(f"{count} keys were asked for, and only {len(found)} have hashes of their own")
    return tuple(found)


def keys(count: int) -> tuple[str, ...]:
    """As many keys, of one width and with hashes of their own."""
    return distinct(_names(), count)
