"""Gathers the files of a law folder, and only what may lie there."""

from collections.abc import Iterator
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
    if not (root / "policy").is_dir():
        return Gathered((), (finding("TS309", Source(str(root)), place=root),))
    return _gathered(root, "policy")


def gather_workflows(root: Path) -> Gathered:
    """Every workflow file beneath ``root``, found and refused as policy files are; there need not be any."""
    return _gathered(root, "workflows") if (root / "workflows").is_dir() else Gathered((), ())


def gather_documents(root: Path) -> Gathered:
    """Every file beneath ``templates/forms`` of ``root``, found and refused as policy files are; there need be none."""
    return _gathered(root, "templates/forms") if (root / "templates" / "forms").is_dir() else Gathered((), ())


def _gathered(root: Path, room: str) -> Gathered:
    findings: list[Diagnostic] = []
    files: list[File] = []
    inside = (root / room).resolve()
    for path in _paths(root / room):
        shown = path.relative_to(root).as_posix()
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


def _paths(folder: Path) -> Iterator[Path]:
    """What lies beneath a folder, in order, hidden things and folders themselves left aside."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if parts[2:3] == _ASIDE or any(part.startswith(".") for part in parts):
            continue
        if path.is_dir() and not path.is_symlink() and path.suffix not in (".yaml", ".yml"):
            continue
        yield path
