"""How an entry is bound: its body by a salted commitment, the entry to the one before it, and both into a leaf."""

import hashlib
import hmac
import secrets

from tsutatsu.cases.audit.merkle import leaf_hash

FIRST = "0" * 64
"""What stands before the first entry of a case."""


def new_salt() -> str:
    """A salt that nobody can guess, so that a body cannot be found by trying once it has been erased."""
    return secrets.token_hex(32)


def commitment(salt: str, body: str) -> str:
    """What binds a body without showing it."""
    return hmac.new(salt.encode(), body.encode(), hashlib.sha256).hexdigest()


def link(before: str, header: str, committed: str) -> str:
    """The link of an entry: over the one before, the header, and what binds the body."""
    return hashlib.sha256(f"{before}\n{committed}\n{header}".encode()).hexdigest()


def leaf(case: str, number: int, linked: str) -> str:
    """The digest of an entry's leaf."""
    return leaf_hash(f"{number}\n{linked}\n{case}".encode()).hex()
