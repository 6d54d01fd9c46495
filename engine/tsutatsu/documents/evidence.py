"""The documents of one case as evidence: made from its record, and made again from a trail without the store."""

from dataclasses import dataclass

from tsutatsu.cases.audit.replaying import KeptLaw, replayed
from tsutatsu.cases.audit.trail import PaperRow, Trail
from tsutatsu.cases.case import Case, fold, standing_events
from tsutatsu.cases.ground import Ground
from tsutatsu.diagnostics import Diagnostic, Refused, finding
from tsutatsu.documents.filling import LawAt, Record, filled
from tsutatsu.documents.nodes import Document, Layout
from tsutatsu.documents.reading import Documents
from tsutatsu.documents.rendering import html_of, template_digest
from tsutatsu.sealing import digest


@dataclass(frozen=True, slots=True)
class Papers:
    """The documents that a case made, and the names of those that nobody has declared or that cannot be made."""

    rows: tuple[PaperRow, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """What came of making the documents of a trail again."""

    same: int
    """How many came out as the trail has them."""
    others: int
    """How many could not be compared: made by another template or version, or from personal data since erased."""
    findings: tuple[Diagnostic, ...]


def papers_of(law_at: LawAt, case: Case, documents: Documents) -> Papers:
    """Every document that the case made by events that stand, each as of its event; none once bodies are erased."""
    rows: list[PaperRow] = []
    left_out: dict[str, None] = {}
    for entry in standing_events(case.entries):
        known = case.entries[: entry.number]
        if any(one.body is None for one in known):
            continue
        law = law_at(entry.number)
        event = law.workflow.event.get(entry.event)
        for name in event.documents if event is not None else ():
            document = documents.of(law.workflow, name)
            if document is not None and document.layout is Layout.ROSTER:
                continue
            paper = None if document is None else _paper(document, Record(law, known, entry))
            if paper is None:
                left_out[name] = None
            else:
                rows.append(paper)
    return Papers(tuple(rows), tuple(left_out))


def made_again(trail: Trail, documents: Documents) -> MadeAgain:
    """Makes each document of the trail again, where its template is at hand, and says which came out otherwise."""
    if not trail.documents:
        return MadeAgain(0, 0, ())
    kept = KeptLaw(trail)
    case = next((fold(one.entries) for one in replayed(trail) if one.case == trail.case), None)
    if case is None or any(kept.ground(one.pin) is None for one in case.entries if one.pin is not None):
        return MadeAgain(0, len(trail.documents), ())

    def law_at(number: int) -> Ground:
        law = kept.ground(case.pin_at(number))
        assert law is not None
        return law

    fresh = {(row.document, row.number): row for row in papers_of(law_at, case, documents).rows}
    same = others = 0
    findings: list[Diagnostic] = []
    for row in trail.documents:
        again = fresh.get((row.document, row.number))
        if again is None or again.template != row.template:
            others += 1
        elif again.html == row.html:
            same += 1
        else:
            findings.append(finding("TS919", row=row))
    return MadeAgain(same, others, tuple(findings))


def _paper(document: Document, record: Record) -> PaperRow | None:
    """The document; nothing where it cannot be made: evidence does not wait for a form to be mended."""
    try:
        page = html_of(filled(document, record), document)
    except Refused:
        return None
    made = record.made
    return PaperRow(
        str(document), made.case, made.number, template_digest(document), digest(page.encode("utf-8")), page
    )
