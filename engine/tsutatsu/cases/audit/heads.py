"""Signed tree heads: how many entries there are, the root over all of them, and the head before."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from tsutatsu.cases.audit.keys import Checker, Signer
from tsutatsu.diagnostics import Refused, finding

NONE_BEFORE = "0" * 64
"""What stands before the first head."""


@dataclass(frozen=True, slots=True)
class Head:
    """A tree head as it is signed."""

    store: str
    """The name of the store, drawn when it was made."""
    size: int
    root: str
    at: str
    previous: str
    """The digest of the head before."""
    signature: str = ""

    @property
    def text(self) -> bytes:
        """What is signed."""
        said = {"at": self.at, "previous": self.previous, "root": self.root, "size": self.size, "store": self.store}
        return b"tsutatsu tree head\n" + json.dumps(said, sort_keys=True, separators=(",", ":")).encode()

    @property
    def digest(self) -> str:
        """What the next head carries of it."""
        return hashlib.sha256(self.text + b"\n" + self.signature.encode()).hexdigest()

    def signed(self, by: Signer) -> "Head":
        """The head with its signature."""
        return Head(self.store, self.size, self.root, self.at, self.previous, by.sign(self.text))

    def holds(self, by: Checker) -> bool:
        """Whether its signature is that key's; a missing one never is."""
        return bool(self.signature) and by.signed(self.text, self.signature)


def read_head(path: Path) -> Head:
    """The head that a file holds, such as one that was kept outside; refused where it holds none."""
    from tsutatsu.judging.plain import from_plain

    try:
        plain: object = json.loads(path.read_text(encoding="utf-8"))
        return from_plain(Head, plain)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Refused([finding("TS869", place=path, why=why, why_en=why)]) from None
    except (ValueError, RecursionError, Refused):
        why, why_en = "署名された頂点でない", "it is no signed head"
        raise Refused([finding("TS869", place=path, why=why, why_en=why_en)]) from None
