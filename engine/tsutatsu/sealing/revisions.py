"""Sealed revisions: a released encoding kept beside its source as ``sealed/r<number>.json``, and never written over."""

import re
from dataclasses import dataclass
from pathlib import Path

from tsutatsu.diagnostics import Diagnostic, Refused, finding
from tsutatsu.ir import Directive
from tsutatsu.passes.find_cycles import find_cycles
from tsutatsu.passes.find_missing import find_missing
from tsutatsu.sealing.canonical import (
    FORMAT,
    MOST_BYTES,
    digest,
    digest_of,
    directive_from,
    parsed,
    plain,
    retold,
    text_of,
)
from tsutatsu.sealing.writing import write_once
from tsutatsu.source import Source

FOLDER = "sealed"
_NAME = re.compile(r"r([1-9][0-9]{0,5})\.json")


@dataclass(frozen=True, slots=True)
class SealedRevision:
    """One sealed revision, its digest found right."""

    digest: str
    directive: Directive
    file: Path


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a folder of sealed revisions holds: those found right, oldest first, and what is wrong with the others."""

    revisions: tuple[SealedRevision, ...]
    findings: tuple[Diagnostic, ...] = ()

    @property
    def directives(self) -> tuple[Directive, ...]:
        """The directives sealed, oldest revision first."""
        return tuple(one.directive for one in self.revisions)


def sealed_text(directive: Directive) -> bytes:
    """What the file of a sealed revision holds: the canonical kernel with its own digest, and a line end."""
    return text_of({"digest": digest_of(directive), "directive": plain(directive), "format": FORMAT}) + b"\n"


def seal(directive: Directive, folder: Path) -> Path:
    """Keep ``directive`` in ``folder``/sealed for good, and say where. Sealing the same revision again changes nothing;
    another content under its number, or a revision older than one already sealed, is refused."""
    file = folder / FOLDER / f"r{directive.revision.number}.json"
    where = Source(file.as_posix())
    if not _NAME.fullmatch(file.name):
        raise Refused([finding("TS610", where)])
    before = read_sealed(folder)
    if before.findings:
        raise Refused(before.findings)
    actual = digest_of(directive)
    for one in before.revisions:
        if one.directive.revision.number == directive.revision.number:
            if one.digest != actual:
                number = directive.revision.number
                raise Refused([finding("TS606", where, revision=number, sealed=one.digest, new=actual)])
            return file
    for one in before.revisions:
        _follows(one.directive, directive, where)
    try:
        fresh = write_once(file, sealed_text(directive))
    except OSError as error:
        raise Refused([finding("TS609", where, why=error.strerror or type(error).__name__)]) from None
    return file if fresh else seal(directive, folder)


def read_sealed(folder: Path) -> Sealed:
    """The revisions sealed in ``folder``/sealed, each compared with the digest that it records; nothing there, nothing
    sealed."""
    revisions: list[SealedRevision] = []
    findings: list[Diagnostic] = []
    home = folder / FOLDER
    if not home.is_dir():
        return Sealed(())
    for file in sorted(home.glob("*.json")):
        try:
            revisions.append(_read(file))
        except Refused as refused:
            findings.extend(refused.findings)
    revisions.sort(key=lambda one: one.directive.revision.number)
    return Sealed(tuple(revisions), tuple(findings))


def _follows(old: Directive, new: Directive, where: Source) -> None:
    """Refuse a revision of another directive, or one that does not come after those sealed: ``known=`` goes by days."""
    if old.id != new.id:
        raise Refused([finding("TS608", where, sealed=old.id, new=new.id)])
    if old.revision.number > new.revision.number or old.revision.day > new.revision.day:
        last, this = old.revision, new.revision
        said = finding("TS607", where, revision=this.number, day=this.day, last=last.number, last_day=last.day)
        raise Refused([said])


def _read(file: Path) -> SealedRevision:
    where = Source(file.as_posix())
    name = _NAME.fullmatch(file.name)
    if name is None or not file.is_file():
        raise Refused([finding("TS610", where)])
    text = _bytes(file, where)
    document = parsed(text, where)
    recorded = document.get("digest")
    directive = directive_from(document.get("directive"), where)
    actual = digest(retold(directive, where))
    if recorded != actual:
        raise Refused([finding("TS611", where, recorded=recorded, actual=actual)])
    if sealed_text(directive).rstrip() != text.rstrip(b"\r\n"):
        raise Refused([finding("TS603", where)])
    if directive.revision.number != int(name[1]):
        raise Refused([finding("TS610", where)])
    broken = find_missing(directive) or [one.ja for one in find_cycles(directive)]
    if broken:
        raise Refused([finding("TS612", where, what="、".join(broken))])
    return SealedRevision(actual, directive, file)


def _bytes(file: Path, where: Source) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused([finding("TS609", where, why=error.strerror or type(error).__name__)]) from None
