"""Power that fails: of what a process wrote, only what it had flushed is sure to be there afterwards.

A preloaded library records every write and every flush of a process to the files of one folder. From the record the
folder is put together as a power failure at any step may leave it: what was flushed stands; of what was not, all,
nothing, or any part of it, down to single sectors. A new file's name is sure only once its folder has been flushed.
"""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path(__file__).with_name("recording.c")
SECTOR = 512
COMPILER = shutil.which("gcc") or shutil.which("cc")


def recorder(folder: Path) -> Path:
    """The library, made in ``folder``."""
    assert COMPILER is not None
    made = folder / "recording.so"
    subprocess.run([COMPILER, "-shared", "-fPIC", "-O1", "-o", made, SOURCE, "-ldl"], check=True)
    return made


def recorded(library: Path, folder: Path, log: Path, script: str, *args: str) -> str:
    """What the script prints; what it writes to ``folder`` goes on record."""
    env = os.environ | {
        "LD_PRELOAD": str(library),
        "POWER_FOLDER": str(folder),
        "POWER_LOG": str(log),
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
    }
    run = subprocess.run([sys.executable, "-c", script, *args], env=env, check=True, stdout=subprocess.PIPE, text=True)
    return run.stdout


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that the process did to a file: c(reated), w(rote), t(runcated), s(ynced), u(nlinked)."""

    kind: str
    name: str
    offset: int
    data: bytes


def read_steps(log: Path) -> list[Step]:
    """The record."""
    raw, at, found = log.read_bytes(), 0, []
    while at < len(raw):
        kind, named, offset, size = struct.unpack_from("=QQQQ", raw, at)
        at += 32
        name = raw[at : at + named].decode()
        at += named
        data = raw[at : at + size] if chr(kind) == "w" else b""
        at += len(data)
        found.append(Step(chr(kind), name, offset, data))
    return found


@dataclass(slots=True)
class _File:
    """What of a file is on the disk for sure, and what has been written since."""

    sure: bytearray = field(default_factory=bytearray)
    since: list[Step] = field(default_factory=list)


@dataclass(slots=True)
class Disk:
    """A folder as the steps so far leave it."""

    files: dict[str, _File] = field(default_factory=dict)
    """By name as the running process sees them."""
    named: dict[str, _File] = field(default_factory=dict)
    """By name as they were when the folder was last flushed."""

    def take(self, step: Step) -> None:
        """One more step."""
        match step.kind:
            case "c":
                self.files[step.name] = _File()
            case "u":
                self.files.pop(step.name, None)
            case "s" if step.name == ".":
                self.named = dict(self.files)
            case "s":
                file = self.files[step.name]
                for one in file.since:
                    _apply(file.sure, one, one.data)
                file.since.clear()
            case _:
                self.files[step.name].since.append(step)

    def after_a_failure(self, folder: Path, rng: random.Random) -> None:
        """Writes into ``folder`` what may be left if the power fails now."""
        for name in sorted(self.files.keys() | self.named.keys()):
            before, now = self.named.get(name), self.files.get(name)
            file = now if before is now else rng.choice([before, now])
            if file is not None:
                (folder / name).write_bytes(_left(file, rng))


def _left(file: _File, rng: random.Random) -> bytes:
    left = bytearray(file.sure)
    how = rng.choice(["nothing", "all", "some", "torn"])
    for one in file.since:
        match how:
            case "nothing":
                continue
            case "some" if rng.random() < 0.5:
                continue
            case "torn" if one.kind == "w":
                for at in range(0, len(one.data), SECTOR):
                    if rng.random() < 0.5:
                        _apply(left, Step("w", one.name, one.offset + at, b""), one.data[at : at + SECTOR])
            case _:
                _apply(left, one, one.data)
    return bytes(left)


def _apply(content: bytearray, step: Step, data: bytes) -> None:
    if step.kind == "t":
        del content[step.offset :]
        content.extend(bytes(step.offset - len(content)))
        return
    end = step.offset + len(data)
    content.extend(bytes(max(end - len(content), 0)))
    content[step.offset : end] = data
