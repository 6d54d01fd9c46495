"""The key that signs tree heads: Ed25519, in a file of its own whose place is always said."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tsutatsu.cases.flushing import flush_folder
from tsutatsu.diagnostics import Refused, finding

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PUBLIC = ".pub"
"""What the public key's file is called, after the private one's."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs, and gives the key with which the signature is checked."""

    key: "Ed25519PrivateKey"

    def sign(self, text: bytes) -> str:
        """The signature of ``text``, in hexadecimal."""
        return self.key.sign(text).hex()

    @property
    def public(self) -> "Checker":
        """What checks its signatures."""
        return Checker(self.key.public_key())


@dataclass(frozen=True, slots=True)
class Checker:
    """Checks signatures."""

    key: "Ed25519PublicKey"

    def signed(self, text: bytes, signature: str) -> bool:
        """Whether ``signature`` is this key's, of ``text``."""
        from cryptography.exceptions import InvalidSignature

        try:
            self.key.verify(bytes.fromhex(signature), text)
        except (InvalidSignature, ValueError):
            return False
        return True

    @property
    def hexadecimal(self) -> str:
        """The key itself."""
        return self.key.public_bytes_raw().hex()


def new_key(path: Path) -> Signer:
    """A new key at ``path``, readable by its owner alone, its public half beside it; refused where a file is there."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signer, public = Signer(Ed25519PrivateKey.generate()), Path(f"{path}{PUBLIC}")
    try:
        if public.exists():  # another key's: what it signed could be checked no more
            raise Refused([finding("TS858", place=public, why="既にある。", why_en="It is there already.")])
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(signer.key.private_bytes_raw().hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        public.write_text(signer.public.hexadecimal + "\n", encoding="ascii")
        flush_folder(path.parent)
    except OSError as error:
        raise _unusable(path, error) from None
    return signer


def read_signer(path: Path) -> Signer:
    """The key at ``path``."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Signer(Ed25519PrivateKey.from_private_bytes(_read(path)))


def read_checker(path: Path) -> Checker:
    """The public key at ``path`` (or of the private one there)."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    beside = Path(f"{path}{PUBLIC}")
    if path.suffix != PUBLIC and path.is_file() and not beside.exists():
        return read_signer(path).public
    return Checker(Ed25519PublicKey.from_public_bytes(_read(path if path.suffix == PUBLIC else beside)))


def _read(path: Path) -> bytes:
    try:
        data = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise _unusable(path, error) from None
    except ValueError:
        data = b""
    if len(data) != 32:
        why, why_en = "鍵の形でない。", "It does not hold a key."
        raise Refused([finding("TS858", place=path, why=why, why_en=why_en)])
    return data


def _unusable(path: Path, error: OSError) -> Refused:
    why = error.strerror or type(error).__name__
    return Refused([finding("TS858", place=path, why=why, why_en=why)])
