"""Gathers the files of a law folder, and only what may lie there."""

from dataclasses import dataclass
from pathlib import Path

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.source import Source
from tsutatsu.syntax.limits import LIMITS

_ASIDE = ("sealed",)
_MOST_FILES = 5_000


@dataclass(frozen=True, slots=True)
class File:
    """One file of a law folder: its path from the root, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Gathered:
    """The files of a law folder, in order, and what stood in the way of reading some."""

    files: tuple[File, ...]
    findings: tuple[Diagnostic, ...]


def gather_files(root: Path) -> Gathered:
    """Every policy file beneath ``root``; links that lead out of it, strays and unreadable files are found."""
    findings: list[Diagnostic] = []
    files: list[File] = []
    policy = root / "policy"
    if not policy.is_dir():
        return Gathered((), (finding("TS309", Source(str(root)), place=root),))
    inside = policy.resolve()
    for path in sorted(policy.rglob("*")):
        shown = path.relative_to(root).as_posix()
        parts = path.relative_to(policy).parts
        if parts[2:3] == _ASIDE or any(part.startswith(".") for part in parts):
            continue
        if path.is_dir() and not path.is_symlink() and path.suffix not in (".yaml", ".yml"):
            continue
        if len(files) >= _MOST_FILES:
            findings.append(finding("TS317", Source(shown), file=shown, why=f"> {_MOST_FILES} files"))
            break
        try:
            if not path.resolve().is_relative_to(inside) or not path.is_file():
                findings.append(finding("TS317", Source(shown), file=shown, why="link or special file"))
                continue
            with path.open("rb") as opened:
                files.append(File(shown, opened.read(LIMITS.bytes + 1)))
        except OSError as error:
            findings.append(finding("TS317", Source(shown), file=shown, why=error.strerror or type(error).__name__))
    return Gathered(tuple(files), tuple(findings))
