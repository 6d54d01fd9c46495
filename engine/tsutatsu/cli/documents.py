"""What commands on documents share: the documents of a law folder, the words supplied, and where a document goes."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tsutatsu.cli.casework import both
from tsutatsu.cli.frame import Run, option
from tsutatsu.cli.language import Misuse, misuse, say, unwritable
from tsutatsu.cli.law import law_root, open_law, placed
from tsutatsu.cli.leaving import CLEAN
from tsutatsu.cli.paper import out, put_json
from tsutatsu.diagnostics import Refused, near_blanks

if TYPE_CHECKING:
    from tsutatsu.bundle import Bundle
    from tsutatsu.documents.nodes import Document
    from tsutatsu.documents.reading import Documents
    from tsutatsu.documents.sheet import Sheet
    from tsutatsu.ir import Directive
    from tsutatsu.ir.workflows import Workflow

_SUFFIXES: Final = (".html", ".htm", ".pdf")


def out_option(run: Run) -> Run:
    """The option ``--out``: where the document goes."""
    return option(
        "--out",
        metavar="FILE",
        ja="書くファイル。.pdf なら PDF、.html なら HTML（既定は HTML を標準出力に）。",
        en="The file to write: .pdf or .html (HTML on standard output where none is given).",
    )(run)


def documents_in(folder: str | None) -> "tuple[Bundle, Documents]":
    """The law in ``folder`` and its documents; refused with every error found in either."""
    from tsutatsu.documents.reading import sound_documents

    bundle, root = open_law(folder), law_root(folder)
    try:
        return bundle, sound_documents(root, bundle)
    except Refused as refused:
        raise Refused(placed(refused.findings, root)) from None


def documents_read(root: Path, bundle: "Bundle") -> "Documents":
    """The documents of a law folder as far as they can be read, with everything found in their files."""
    from tsutatsu.documents.reading import read_documents

    return read_documents(root, bundle)


def document_named(documents: "Documents", name: str, workflow: "Workflow | None" = None) -> "Document":
    """The document called ``name``; a misuse where there is none."""
    try:
        return documents.named(name, workflow)
    except Refused as refused:
        raise Misuse(refused.findings) from None


def law_of(bundle: "Bundle", document: "Document") -> "Directive":
    """The issue of the circular that a document belongs to."""
    return next(one for one in bundle.versions(document.directive) if one.issued == document.issued)


def supplied(assignments: Sequence[str], file: str | None) -> dict[str, str]:
    """The words supplied for the places of a document: those of a file, with those of ``--set`` added."""
    from tsutatsu.cli.submitted import read_submitted

    found: dict[str, str] = {}
    if file is not None:
        read = read_submitted(file, ())
        if len(read.every) != 1:
            raise misuse("TS642", what="--fill", paths=file)
        for name, value in read.every[0].facts.items():
            if value is not None and (isinstance(value, bool) or not isinstance(value, str | int)):
                raise misuse("TS623", what=name, value=type(value).__name__, known="文字 / words", near="", near_en="")
            found[name] = "" if value is None else str(value)
    for one in assignments:
        name, mark, words = one.partition("=")
        if not mark or not name.strip():
            raise misuse("TS632", value=one, example="--set outline=路上での口論")
        if name.strip() in found:
            raise misuse("TS633", name=name.strip())
        found[name.strip()] = words
    return found


def put_document(sheet: "Sheet", document: "Document", file: str | None, *, as_json: bool) -> int:
    """Writes the document where it is to go, and says what was written."""
    from tsutatsu.documents.rendering import html_of, template_digest
    from tsutatsu.sealing.writing import write_over

    if file is not None and Path(file).suffix.lower() not in _SUFFIXES:
        near = near_blanks(Path(file).suffix, list(_SUFFIXES))
        raise misuse("TS623", what="--out", value=file, known=", ".join(_SUFFIXES), **near)
    page = html_of(sheet, document)
    as_pdf = file is not None and Path(file).suffix.lower() == ".pdf"
    if as_pdf:
        from tsutatsu.documents.pdf import pdf_of

        content = pdf_of(page, sheet, document)
    else:
        content = page.encode("utf-8")
    if file is not None:
        try:
            write_over(Path(file), content)
        except OSError as error:
            raise unwritable(file, error) from None
    if as_json:
        put_json(
            {
                **document_json(document),
                "file": file,
                "media": "application/pdf" if as_pdf else "text/html",
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "template": template_digest(document),
                "case": None if sheet.origin is None else sheet.origin.case,
                "entry": None if sheet.origin is None else sheet.origin.entry,
                "as_of": None if sheet.origin is None else sheet.origin.as_of,
                "rows": len(sheet.rows),
                "further_sheets": len(sheet.further),
                "html": page if file is None else None,
            }
        )
        return CLEAN
    paper = out()
    if file is None:
        paper.raw(page.removesuffix("\n"))
        return CLEAN
    more = len(sheet.further)
    also = say(f"、続紙 {more} 枚", f", {more} further sheets") if more else ""
    paper.put(say(f"書いた: {file}{also}", f"Written: {file}{also}"), style="good")
    return CLEAN


def document_json(document: "Document") -> dict[str, object]:
    """A document as programs read it."""
    return {
        "id": document.id,
        "name": both(document.words),
        "directive": document.directive,
        "issued": document.issued.isoformat(),
        "provision": document.provision,
        "layout": document.layout.value,
    }
