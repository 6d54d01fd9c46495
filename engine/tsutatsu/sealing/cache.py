"""The start-up cache: checked kernels under the digest of everything they were made from.

A convenience that is never trusted to be there: an entry that is missing, damaged, of another user or writable by one
counts as none, and the law is read from its source again. Entries hold canonical text: reading one can run nothing.
"""

import gc
import hashlib
import os
import re
import stat
import sys
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tsutatsu.diagnostics import Refused
from tsutatsu.ir import Directive
from tsutatsu.sealing.canonical import FORMAT, MOST_BYTES, digest, directive_from, parsed, plain, text_of
from tsutatsu.sealing.writing import write_over
from tsutatsu.version import VERSION

KEPT = 32
"""How many entries stay; the oldest go first."""

_KEY = re.compile("[0-9a-f]{64}")
_ROOMS = (".", "calendar", "syntax", "ir", "passes", "sealing")


def cache_key(files: Mapping[str, bytes]) -> str:
    """The key of what is made from ``files`` (path within the law → content) by this engine on this Python.

    The engine counts with its version and with the state of its own files, so that a change in a pass is never masked.
    """
    parts = [part.encode() for part in (VERSION, *_engine_files(), sys.version, str(FORMAT))]
    for name in sorted(files):
        parts += [name.encode("utf-8", "surrogatepass"), files[name]]
    made = hashlib.sha256()
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()


def load_cached(key: str) -> tuple[Directive, ...] | None:
    """What was stored under ``key``; nothing where it cannot be had or cannot be relied on. Places are not kept."""
    folder = _folder()
    text = None if folder is None or not _KEY.fullmatch(key) else _read(folder / f"{key}.json")
    if text is None:
        return None
    recorded, _, body = text.partition(b"\n")
    if recorded.decode("latin-1") != digest(body):
        return None
    try:
        with _collector_paused():
            return tuple(directive_from(one) for one in parsed(body)["directives"])
    except (KeyError, TypeError, Refused):
        return None


def store_cached(key: str, directives: Sequence[Directive]) -> bool:
    """Keep ``directives`` under ``key`` for the next start; False where that cannot be done."""
    folder = _folder()
    if folder is None or not _KEY.fullmatch(key):
        return False
    try:
        body = text_of({"directives": [plain(one) for one in directives], "format": FORMAT})
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _ours(folder.stat(follow_symlinks=False)):
            return False
        write_over(folder / f"{key}.json", digest(body).encode() + b"\n" + body)
        _thin(folder)
    except (OSError, Refused):
        return False
    return True


def _engine_files() -> Iterator[str]:
    root = Path(__file__).parent.parent
    for room in _ROOMS:
        for file in sorted((root / room).glob("*.py")):
            state = file.stat()
            yield f"{room}/{file.name} {state.st_size} {state.st_mtime_ns}"


def _folder() -> Path | None:
    """This user's folder for the cache; none when ``TSUTATSU_CACHE`` is ``off`` or the user has no home."""
    chosen = os.environ.get("TSUTATSU_CACHE", "")
    if chosen == "off":
        return None
    if chosen:
        return Path(chosen)
    home = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME", "")
    if home and Path(home).is_absolute():
        return Path(home) / "tsutatsu"
    try:
        return Path.home() / ".cache" / "tsutatsu"
    except RuntimeError:
        return None


def _ours(state: os.stat_result) -> bool:
    """Whether only this user can have written it."""
    if os.name != "posix":
        return True
    shared = state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    return state.st_uid == os.geteuid() and not shared and not stat.S_ISLNK(state.st_mode)


def _read(file: Path) -> bytes | None:
    """The content of a plain file of this user's, in a folder of this user's."""
    try:
        if not _ours(file.parent.stat(follow_symlinks=False)):
            return None
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            state = os.fstat(handle)
            if not stat.S_ISREG(state.st_mode) or not _ours(state) or state.st_size > MOST_BYTES:
                return None
            return stream.read(MOST_BYTES + 1)
    except OSError:
        return None


def _thin(folder: Path) -> None:
    """Let the oldest entries go."""
    entries = sorted(folder.glob("*.json"), key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
    for entry in entries[KEPT:]:
        entry.unlink(missing_ok=True)


@contextmanager
def _collector_paused() -> Generator[None]:
    """Thousands of nodes made at once, none of them garbage: looking for garbage among them would double the time."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
