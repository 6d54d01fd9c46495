"""Receipts: an answer in codes, the digest of the law, a salted commitment to each fact; anyone can redo it."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tsutatsu.ir import TODAY, Facts, Value
from tsutatsu.judging.plain import from_plain, to_plain
from tsutatsu.sealing import encode_value

FORMAT = 1
"""Which form of receipt this is."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """A fact that was submitted, named but not shown."""

    term: str
    digest: str


@dataclass(frozen=True, slots=True)
class UnitReceipt:
    """One unit's verdict and the standings of its norms (unions of bits), in codes."""

    number: int
    verdict: str
    standings: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SideReceipt:
    """What one way of taking the open readings left possible, in codes (``reading=side``)."""

    sides: tuple[str, ...]
    verdicts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receipt:
    """An answer in codes, never in sentences."""

    format: int
    engine_version: str
    directive: str
    issued: date | None
    revision: int
    law: str
    """The digest of the directive as it was judged."""
    local: str | None
    """The force whose own provisions were laid over it."""
    judgement: str
    question: str
    on: date
    presume: bool
    decided: tuple[str, ...]
    """The sides taken for this answer alone, as ``reading=side``."""
    engines: tuple[str, ...]
    salt: str
    facts: tuple[Commitment, ...]
    verdict: str
    units: tuple[UnitReceipt, ...]
    sides: tuple[SideReceipt, ...]
    exhaustive: bool
    digest: str
    """Of everything above: shows accidental alteration. It is no signature, since anyone can compute it anew."""

    def to_dict(self) -> dict[str, Any]:
        """The receipt as JSON."""
        plain = to_plain(self)
        assert isinstance(plain, dict)
        return plain

    def sealed(self) -> "Receipt":
        """The receipt with its own digest."""
        return replace(self, digest=digest_of_receipt(self))


def digest_of_receipt(receipt: Receipt) -> str:
    """The digest that a receipt should carry."""
    text = json.dumps(replace(receipt, digest="").to_dict(), ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def read_receipt(plain: object) -> Receipt:
    """The receipt that JSON holds; refused (TS530) when it holds none."""
    return from_plain(Receipt, plain)


def new_salt() -> str:
    """A salt that nobody can guess."""
    return secrets.token_hex(16)


def commitments(facts: Facts, salt: str) -> tuple[Commitment, ...]:
    """A commitment to each fact but the day judged, which the receipt shows."""
    return tuple(Commitment(term, _commit(term, facts[term], salt)) for term in sorted(facts) if term != TODAY)


def _commit(term: str, value: Value, salt: str) -> str:
    said = json.dumps(term).encode() + b"=" + encode_value(value)
    return hmac.new(salt.encode("utf-8", "surrogatepass"), said, hashlib.sha256).hexdigest()


def as_codes(sides: Mapping[str, str]) -> tuple[str, ...]:
    """Sides as ``reading=side``, in order."""
    return tuple(f"{reading}={side}" for reading, side in sorted(sides.items()))
