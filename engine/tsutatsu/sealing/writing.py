"""Files written whole or not at all."""

import os
import stat
from pathlib import Path


def write_once(file: Path, content: bytes) -> bool:
    """Put ``content`` at ``file`` in one step, on disk before it is seen; False when something is there already."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft_of(file)
    try:
        _fill(draft, content)
        placed = _placed(draft, file)
    finally:
        draft.unlink(missing_ok=True)
    if placed:
        _settle(file.parent)
    return placed


def write_over(file: Path, content: bytes) -> None:
    """Put ``content`` at ``file`` in one step, in place of what is there, which leaves it its permissions.

    A device, or what else is no file, is written to.
    """
    if file.exists() and not file.is_file():
        file.write_bytes(content)
        return
    draft = _draft_of(file)
    try:
        _fill(draft, content, lasting=False)
        if file.is_file():
            draft.chmod(stat.S_IMODE(file.stat().st_mode))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _draft_of(file: Path) -> Path:
    """A name beside ``file`` that nobody else has."""
    import secrets  # on use: reading needs none of it

    return file.with_name(f".{file.name}.{secrets.token_hex(8)}.tmp")


def _fill(draft: Path, content: bytes, *, lasting: bool = True) -> None:
    with draft.open("xb") as stream:
        stream.write(content)
        stream.flush()
        if lasting:
            os.fsync(stream.fileno())
        if hasattr(os, "fchmod"):  # what the user's mask leaves, but nobody else's to write
            os.fchmod(stream.fileno(), os.fstat(stream.fileno()).st_mode & 0o644)


def _placed(draft: Path, file: Path) -> bool:
    """Whether ``draft`` now stands at ``file``, where nothing stood."""
    try:
        os.link(draft, file)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links: the check and the step are then two
        if file.exists():
            return False
        draft.replace(file)
    return True


def _settle(folder: Path) -> None:
    """Have the folder's own entry on disk too, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
