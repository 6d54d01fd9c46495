"""How much of a file is read before it is refused: what bounds the time and memory a hostile file can cost."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file: bytes, depth of nesting, count of values, characters in a value, findings listed."""

    bytes: int = 1_000_000
    depth: int = 32
    nodes: int = 50_000
    scalar: int = 10_000
    findings: int = 200


LIMITS = Limits()
"""Room for any policy file: the largest that we know has a few hundred values, eight levels deep."""
