"""A file of a circular's text, read whole."""

from __future__ import annotations

from tsutatsu.diagnostics import finding, in_file_order
from tsutatsu.source import Source
from tsutatsu.text.freezing import Freezer
from tsutatsu.text.growing import Grower
from tsutatsu.text.heading import read_above
from tsutatsu.text.lines import is_page_mark, lines_of, measure, text_of
from tsutatsu.text.nodes import Document, Header, Piece
from tsutatsu.text.pointing import definitions_of, passages_of, references_of
from tsutatsu.text.titles import Titles


def read_text(data: bytes, file: str) -> Document:
    """The provision tree of the text in ``data``; what is doubtful is a finding of the document, and nothing is lost.

    Refused, with findings: more than 2 MiB, and letters that are neither UTF-8, UTF-16 nor cp932.
    """
    printed = lines_of(text_of(data, file))
    marks = [one for one in printed if is_page_mark(one)]
    lines = [one for one in printed if not is_page_mark(one)]
    above = read_above(lines, file)
    body = lines[above.lines :]
    grower = Grower(file, body, measure(body), Titles(lines))
    grower.grow()
    freezer = Freezer(file, grower.branches)
    parts = freezer.parts()
    passages = passages_of(parts)
    references, lost = references_of(passages, parts)
    findings = [*above.findings, *grower.findings, *freezer.findings, *lost]
    if not any(part.provisions for part in parts):
        findings.append(finding("TS705", Source(file)))
    layout = [Piece("頁", Source(file, one.number, one.column), one.text) for one in marks] + grower.bullets
    return Document(
        file,
        Header(above.fields),
        parts,
        tuple(layout),
        definitions_of(passages, parts),
        references,
        in_file_order(findings),
    )
