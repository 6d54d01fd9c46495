"""``tsutatsu document list``: the documents that can be made, and what makes each."""

from typing import TYPE_CHECKING

from tsutatsu.cli.answers import cited
from tsutatsu.cli.casework import both
from tsutatsu.cli.documents import document_json, documents_in
from tsutatsu.cli.frame import Example, command, json_option, law_argument
from tsutatsu.cli.language import say, told
from tsutatsu.cli.paper import out, put_json
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.bundle import Bundle
    from tsutatsu.documents.nodes import Document
    from tsutatsu.ir.workflows import Event, Workflow


@command(
    "document list",
    Words(
        "宣言された文書を、通達ごとに、書式、条項、作る手続と事象、書き入れられる欄とともに並べる。",
        "Lists the documents declared, circular by circular: layout, provision, what makes each, and the boxes that "
        "can be filled in.",
    ),
    Example("tsutatsu document list", Words("備え付けの文書", "The shipped documents")),
)
@json_option
@law_argument
def command_(folder: str | None, as_json: bool) -> None:
    """Lists them."""
    bundle, documents = documents_in(folder)
    if as_json:
        put_json([_to_dict(one, bundle) for one in documents.each])
        return
    paper = out()
    issue = None
    for one in documents.each:
        if (one.directive, one.issued) != issue:
            issue = (one.directive, one.issued)
            law = next(d for d in bundle.versions(one.directive) if d.issued == one.issued)
            paper.put(f"{told(law.header.title)} ({one.directive} {one.issued})", style="head")
        paper.put(
            f"{told(one.words)} ({one.id}) — {told(LAYOUTS[one.layout.value])}{say('、', ', ')}{cited(one.provision)}",
            indent=2,
        )
        for workflow, event in makers(one, bundle):
            paper.put(f"{told(workflow.words)}: {told(event.words)}", indent=4, style="quiet")
        open_ones = [f"{told(cell.words)} ({name})" for name, cell in one.fillable.items()]
        if open_ones:
            paper.put(
                say("書き入れ: ", "To fill in: ") + say("、", ", ").join(open_ones), indent=4, hang=2, style="quiet"
            )
    count = len(documents.each)
    paper.put(say(f"文書 {count} 種。", f"{count} documents."))


LAYOUTS = {
    "form": Words("様式", "form"),
    "notice": Words("通知", "notice"),
    "report": Words("報告書", "report"),
    "roster": Words("名簿", "roster"),
}


def makers(document: "Document", bundle: "Bundle") -> "tuple[tuple[Workflow, Event], ...]":
    """The events that make a document."""
    from tsutatsu.documents.nodes import belongs, makes

    return tuple(
        (workflow, event)
        for workflow in bundle.workflows
        if belongs(document, workflow)
        for event in workflow.events
        if makes(event, document)
    )


def _to_dict(document: "Document", bundle: "Bundle") -> dict[str, object]:
    return {
        **document_json(document),
        "made_by": [
            {"workflow": workflow.id, "event": event.id, "words": both(event.words)}
            for workflow, event in makers(document, bundle)
        ],
        "boxes": [
            {
                "id": box.id,
                "label": both(box.words),
                "provision": box.provision,
                "cells": [
                    {"id": cell.id, "label": both(cell.words), "to_fill_in": cell.value is None}
                    for cell in box.every_cell
                ],
                "ticks": [
                    {"id": tick.id, "label": both(tick.words), "provision": tick.provision} for tick in box.ticks
                ],
            }
            for box in document.boxes
        ],
    }
