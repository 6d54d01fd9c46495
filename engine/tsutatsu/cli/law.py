"""The law that a command works on: the folder named, or the shipped law."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tsutatsu.bundle import Bundle, Reading, read_bundle, shipped_root
from tsutatsu.cli.language import help_of, misuse
from tsutatsu.cli.paper import err
from tsutatsu.diagnostics import Diagnostic, Refused, Severity, finding, near_blanks
from tsutatsu.source import Source

if TYPE_CHECKING:
    from tsutatsu.coverage.accounts import Texts


def law_root(folder: str | None) -> Path:
    """The folder that holds ``policy``: the one named, or the shipped law's; refused where there is none."""
    if folder is None:
        root = shipped_root()
        if Path("policy").is_dir() and Path.cwd().resolve() != root:
            from tsutatsu.cli.rendering import show_finding

            show_finding(err(), finding("TS652"))
        return root
    root = Path(folder)
    if root.name == "policy" and root.is_dir() and not (root / "policy").is_dir():
        root = root.parent
    if not (root / "policy").is_dir():
        raise misuse("TS626", path=folder)
    return root


def open_law(folder: str | None) -> Bundle:
    """The law in ``folder`` (the shipped law for none); refused with every finding, placed as seen from here."""
    root = law_root(folder)
    try:
        return Bundle.default() if folder is None else Bundle.load(root)
    except Refused as refused:
        raise Refused(placed(refused.findings, root)) from None


def sound_law(root: Path) -> Reading:
    """The law in ``root`` as it was read, with its ledgers; refused where it has errors."""
    reading = read_bundle(root)
    if reading.bundle is None:
        raise Refused(placed((one for one in reading.findings if one.severity is Severity.ERROR), root))
    return reading


def texts_in(folder: str) -> "Texts":
    """The circulars' texts in the folder that ``--text`` names."""
    from tsutatsu.coverage.accounts import read_texts

    if not folder or not Path(folder).is_dir():
        raise misuse("TS627", path=folder, why="フォルダーがない", why_en="there is no such folder")
    return read_texts(Path(folder))


def is_law(folder: str) -> bool:
    """Whether ``folder`` is a folder of law rather than the name of something."""
    path = Path(folder)
    return folder in (".", "..") or (path / "policy").is_dir() or (path.name == "policy" and path.is_dir())


def named_or_law(name: str | None, folder: str | None) -> tuple[str | None, str | None]:
    """A name and a folder, told apart where only one of them was given."""
    if name is not None and folder is None and is_law(name):
        return None, name
    return name, folder


def placed(findings: Iterable[Diagnostic], root: Path) -> tuple[Diagnostic, ...]:
    """The findings with their files as seen from where the command was called."""
    return tuple(
        replace(
            one,
            where=_placed(one.where, root),
            related=tuple(replace(r, where=_placed(r.where, root)) for r in one.related),
        )
        for one in findings
    )


def _placed(where: Source, root: Path) -> Source:
    if where.file.startswith(("policy/", "features/", "workflows/", "templates/")) and root != Path():
        return replace(where, file=(root / where.file).as_posix())
    return where


def writable_root(folder: str | None, command: str) -> Path:
    """The folder of law that a command is to write in: it must be named, for the shipped law is nobody's to rewrite."""
    if folder is None:
        raise misuse("TS622", what="DIR", help=help_of(command))
    return law_root(folder)


def refuse_place(name: str, what: str, what_en: str) -> None:
    """Refuses ``name`` where it is a folder or a file and the name of something was to stand."""
    try:
        place = Path(name).exists()
    except (OSError, ValueError):
        return
    if place:
        raise misuse("TS645", path=name, what=what, what_en=what_en, list="tsutatsu show")


def named_directive(bundle: Bundle, name: str) -> str:
    """The id of the directive called ``name``."""
    try:
        return bundle.directive(name)
    except Refused:
        refuse_place(name, "通達", "directive")
        known = [word for one in bundle.directives for word in (one.id, one.header.title.ja)]
        raise misuse("TS636", name=name, **near_blanks(name, known)) from None
