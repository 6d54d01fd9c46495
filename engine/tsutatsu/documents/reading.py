"""Reads the documents that stand beside the law: templates/forms/<directive>/<issued>/*.yaml, and their templates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from tsutatsu.bundle import Bundle
from tsutatsu.diagnostics import Diagnostic, Refused, Severity, finding, in_file_order, near
from tsutatsu.documents.lowering import lower_documents
from tsutatsu.documents.nodes import Document, belongs, names_of
from tsutatsu.ir import Directive
from tsutatsu.ir.workflows import Workflow
from tsutatsu.passes.gather import File, gather_documents
from tsutatsu.passes.names import Names
from tsutatsu.source import Source
from tsutatsu.syntax.forms import read_form
from tsutatsu.syntax.grammar import FILES
from tsutatsu.syntax.limits import LIMITS
from tsutatsu.syntax.yaml_reader import read_yaml

_PLACE: Final = re.compile(
    r"templates/forms/(?P<directive>[a-z0-9]+(?:-[a-z0-9]+)*)/(?P<issued>\d{4}-\d{2}-\d{2})"
    r"/(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)\.(?P<kind>yaml|j2)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of a law folder, by directive, issue and id, and everything found in their files."""

    each: tuple[Document, ...]
    findings: tuple[Diagnostic, ...]

    def named(self, name: str, workflow: Workflow | None = None) -> Document:
        """The document of this name or id (or directive/id): the workflow's own where one is given, else the latest.

        Refused where there is none, or more than one.
        """
        latest = {(one.directive, one.id): one for one in self.each}
        if workflow is not None:
            latest |= {(one.directive, one.id): one for one in self.each if belongs(one, workflow)}
        found = [one for one in latest.values() if name in _names(one)]
        own = [one for one in found if workflow is not None and belongs(one, workflow)]
        found = own or found
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused([finding("TS316", word=name, known="、".join(f"{d.directive}/{d.id}" for d in found))])
        known = [word for one in latest.values() for word in (one.words.ja, one.id)]
        raise Refused([finding("TS901", word=name, nearest=near(name, known))])

    def of(self, workflow: Workflow, name: str) -> Document | None:
        """The document that a workflow calls by this name; nothing where none is declared."""
        return next((one for one in self.each if belongs(one, workflow) and name in (one.words.ja, one.id)), None)


def read_documents(root: Path, bundle: Bundle) -> Documents:
    """Every document declared beneath ``root`` for the law in ``bundle``; never raises over what the files say."""
    gathered = gather_documents(root)
    findings: list[Diagnostic] = list(gathered.findings)
    issues = {(one.id, one.issued.isoformat()): one for one in bundle.directives}
    workflows = _workflows(bundle)
    templates = {file.path: file for file in gathered.files if file.path.endswith(".j2")}
    each: list[Document] = []
    for file in gathered.files:
        place = _PLACE.fullmatch(file.path)
        directive = None if place is None else issues.get((place["directive"], place["issued"]))
        if place is None or directive is None:
            findings.append(finding("TS902", Source(file.path), file=file.path))
        elif place["kind"] == "yaml":
            called = [
                name
                for one in workflows
                if (one.directive, one.issued) == (directive.id, directive.issued)
                for name in names_of(one)
            ]
            each += _read(file, directive, called, findings)
    dressed = [_dressed(one, templates, findings) for one in each]
    findings += _shared(dressed)
    taken = {_template_of(one) for one in dressed}
    findings += [finding("TS902", Source(path), file=path) for path in templates if path not in taken]
    ordered = sorted(dressed, key=lambda one: (one.directive, one.issued, one.id))
    return Documents(tuple(ordered), tuple(in_file_order(findings)))


def sound_documents(root: Path, bundle: Bundle) -> Documents:
    """The documents declared beneath ``root``; refused with every error found in their files."""
    found = read_documents(root, bundle)
    wrong = [one for one in found.findings if one.severity is Severity.ERROR]
    if wrong:
        raise Refused(wrong)
    return found


def _workflows(bundle: Bundle) -> tuple[Workflow, ...]:
    """The workflows as far as they can be read: what is wrong with them is found elsewhere."""
    try:
        return bundle.workflows
    except Refused:
        return ()


def _read(file: File, directive: Directive, workflows: list[str], findings: list[Diagnostic]) -> list[Document]:
    read = read_yaml(file.data, file.path)
    findings += read.findings
    if read.node is None:
        return []
    form = read_form(read.node, FILES["document"], findings)
    found: list[Diagnostic] = []
    made = list(lower_documents(form, directive, workflows, Names.of(directive, found)))
    findings += found
    return made if read.sound else []


def _template_of(document: Document) -> str:
    return f"templates/forms/{document.directive}/{document.issued}/{document.id}.j2"


def _dressed(document: Document, templates: dict[str, File], findings: list[Diagnostic]) -> Document:
    """The document with the template of its own name, where one stands beside it."""
    own = templates.get(_template_of(document))
    if own is None:
        return document
    if len(own.data) > LIMITS.bytes:
        why = f"> {LIMITS.bytes:,} bytes"
        findings.append(finding("TS911", Source(own.path), file=own.path, why=why, why_en=why))
        return document
    try:
        return replace(document, template=own.data.decode("utf-8"))
    except UnicodeDecodeError as error:
        why = f"UTF-8, byte {error.start}"
        findings.append(finding("TS911", Source(own.path), file=own.path, why=why, why_en=why))
        return document


def _shared(documents: Iterable[Document]) -> list[Diagnostic]:
    """Ids, or names within one workflow, that two documents of one issue bear."""
    found: list[Diagnostic] = []
    seen: dict[tuple[str, str, str], Document] = {}
    for one in documents:
        for word in dict.fromkeys((one.id, one.words.ja)):
            key = (one.directive, one.issued.isoformat(), word)
            other = seen.setdefault(key, one)
            if other is not one and (word == one.id or _overlap(other, one)):
                found.append(finding("TS212", one.source, word=word))
    return found


def _overlap(one: Document, other: Document) -> bool:
    return not one.workflows or not other.workflows or not set(one.workflows).isdisjoint(other.workflows)


def _names(one: Document) -> tuple[str, ...]:
    return tuple(word for word in (one.id, one.words.ja, one.words.en, f"{one.directive}/{one.id}") if word)
