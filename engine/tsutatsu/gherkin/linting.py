"""The lint of feature files: traps that run silently wrong, and words that are not the directive's."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tsutatsu.bundle import Bundle
from tsutatsu.diagnostics import Diagnostic, Refused, finding, in_file_order
from tsutatsu.gherkin.examining import Examiner, examine_tags
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.sheet import Sheet, decode, read_sheet
from tsutatsu.gherkin.traps import find_traps
from tsutatsu.source import Source
from tsutatsu.words import Words


def lint(paths: Path | Iterable[Path], bundle: Bundle) -> tuple[Diagnostic, ...]:
    """Every finding in the feature files at ``paths`` (files or folders), against the law in ``bundle``.

    Never raises over what the files say. Places are named from ``bundle.root``.
    """
    law = Law(bundle.root, bundle)
    files: list[Path] = []
    findings: list[Diagnostic] = []
    for path in [paths] if isinstance(paths, Path) else paths:
        beneath = feature_files(path)
        files += beneath
        if not beneath:
            findings.append(finding("TS417", Source(law.place(path)), (), place=law.place(path)))
    for file in files:
        findings += lint_file(file, law)
    return in_file_order(findings)


def feature_files(path: Path) -> list[Path]:
    """The feature files at or beneath ``path``, in order."""
    return sorted(path.rglob("*.feature")) if path.is_dir() else [path] if path.is_file() else []


def lint_file(path: Path, law: Law) -> tuple[Diagnostic, ...]:
    """Every finding in one feature file."""
    try:
        sheet = open_sheet(path, law)
    except Refused as refused:
        return refused.findings
    traps = list(find_traps(sheet))
    cut = {one.where for one in traps if one.code == "TS406"}  # a step that lost its head is no unknown step besides
    words = [one for one in _words(sheet, path, law) if not (one.code == "TS430" and one.where in cut)]
    return in_file_order([*traps, *words])


def open_sheet(path: Path, law: Law) -> Sheet:
    """The feature in the file; refused where it cannot be read at all."""
    place = law.place(path)
    if path.exists() and not path.is_file():  # a pipe would be waited on for ever
        raise _unreadable(place, Words("通常のファイルでない", "it is no plain file"))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise _unreadable(place, Words(error.strerror or type(error).__name__)) from error
    return read_sheet(decode(data, place), place)


def _unreadable(place: str, why: Words) -> Refused:
    mend = Words("ファイルを確かめる。", "Check the file.")
    said = finding("TS401", Source(place), (), why=why.ja, why_en=why.say("en"), mend=mend.ja, mend_en=mend.en)
    return Refused([said])


def _words(sheet: Sheet, path: Path, law: Law) -> Iterator[Diagnostic]:
    examiner = Examiner(law, path)
    for draft in sheet.scenarios:
        each = [examiner.examine(draft, row) for row in draft.rows or (None,)]
        for one in each:
            yield from one.findings
        if each[0].lexicon is not None:
            yield from examine_tags(draft, each[0].lexicon)
