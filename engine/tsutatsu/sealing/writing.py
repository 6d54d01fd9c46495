"""Files written whole or not at all."""

import os
from pathlib import Path


def write_once(file: Path, content: bytes) -> bool:
    """Put ``content`` at ``file`` in one step, on disk before it is seen; False when something is there already."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = _draft(file, content)
    try:
        os.link(draft, file)
    except FileExistsError:
        return False
    except OSError:  # a file system without hard links: the check and the step are then two
        if file.exists():
            return False
        draft.replace(file)
        _settle(file.parent)
        return True
    finally:
        draft.unlink(missing_ok=True)
    _settle(file.parent)
    return True


def write_over(file: Path, content: bytes) -> None:
    """Put ``content`` at ``file`` in one step, in place of what is there."""
    draft = _draft(file, content, lasting=False)
    try:
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def _draft(file: Path, content: bytes, *, lasting: bool = True) -> Path:
    import tempfile  # on use: reading needs none of it

    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", suffix=".tmp", dir=file.parent)
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
            if hasattr(os, "fchmod"):
                os.fchmod(stream.fileno(), 0o644)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    return draft


def _settle(folder: Path) -> None:
    """Have the folder's own entry on disk too, where the system lets a folder be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
