"""``tsutatsu document make``: a document from the record of a case, or a roster from those of many."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from tsutatsu.cli.casework import db_option, run_on
from tsutatsu.cli.documents import document_named, documents_in, law_of, out_option, put_document, supplied
from tsutatsu.cli.frame import Example, argument, command, json_option, law_argument, option
from tsutatsu.cli.language import help_of, misuse
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.cases.store.store import Store
    from tsutatsu.documents.filling import Record
    from tsutatsu.documents.nodes import Document
    from tsutatsu.ir.workflows import Workflow


@command(
    "document make",
    Words(
        "事案の記録から文書を作る。印は事実が確かに当てはまるものにだけ付き、人の名と職は当時の記録のままに、日は元号で"
        "示す。通知には、判断の根拠と適法にする道を載せる。作った事象の時点の記録による（--entry で後の記録まで）。\n"
        "事実を持たない欄の言葉は --set か --fill で書き入れ、入りきらなければ続紙に刷る。名簿は --case なしで、"
        "置き場の事案を一件一行に並べる。",
        "Makes a document from the record of a case. Boxes are ticked only where the facts surely hold; names and "
        "posts are as recorded at the time, days by era. Letters state the grounds of the answer and the lawful path. "
        "The record is read as of the event that made it (up to a later entry with --entry).\n"
        "Words for boxes that stand for no fact come by --set or --fill; what does not fit goes on a further sheet. A "
        "roster takes no --case: it has a line for each case of the store.",
    ),
    Example(
        "tsutatsu document make 映像ファイル提供依頼書 --case K1 --set outline=路上での口論 --out 依頼書.pdf "
        "--db cases.sqlite",
        Words("提出された依頼書を作る", "The request form as handed in"),
    ),
    Example(
        "tsutatsu document make 不提供の通知 --case K1 --out 通知.html --db cases.sqlite",
        Words("根拠を添えた不提供の通知", "A letter of refusal with its grounds"),
    ),
)
@argument("name", ja="文書の名か識別子。", en="The document, by name or id.", metavar="NAME")
@option("--case", "case", metavar="CASE", ja="事案の番号。", en="The case.")
@option("--entry", type=int, metavar="N", ja="この記録までによる。", en="By the record up to this entry.")
@option(
    "--set",
    "assignments",
    multiple=True,
    metavar="BOX=WORDS",
    ja="欄に書き入れる言葉（繰り返せる）。",
    en="Words for a box (may be repeated).",
)
@option("--fill", metavar="FILE", ja="欄と言葉の表（標準入力は -）。", en="A file of boxes and words (- for stdin).")
@out_option
@db_option
@json_option
@law_argument
def command_(
    *,
    name: str,
    folder: str | None,
    case: str | None,
    entry: int | None,
    assignments: Sequence[str],
    fill: str | None,
    out: str | None,
    db: str | None,
    as_json: bool,
) -> int:
    """Makes it."""
    from tsutatsu.documents.filling import MOST_ROWS, filled, record_of, roster
    from tsutatsu.documents.nodes import Layout

    bundle, documents = documents_in(folder)
    words = supplied(assignments, fill)

    def one(store: "Store", number: str) -> int:
        found = store.case(number)
        ground = store.ground(found, entry if entry is not None and 1 <= entry <= found.version else None)
        document = document_named(documents, name, ground.workflow)
        record = record_of(document, lambda at: store.ground(found, at), found, entry)
        if document.layout is Layout.ROSTER:
            if words:
                raise misuse("TS624", what="--set/--fill", help=help_of("document make"))
            return put_document(roster(document, ground.directive, (record,)), document, out, as_json=as_json)
        return put_document(filled(document, record, words), document, out, as_json=as_json)

    def many(store: "Store") -> int:
        sheet = roster(listed, law_of(bundle, listed), tuple(islice(_lines(store, listed), MOST_ROWS + 1)))
        return put_document(sheet, listed, out, as_json=as_json)

    if case is not None:
        return run_on(db, lambda store: one(store, case))
    listed = document_named(documents, name)
    if listed.layout is not Layout.ROSTER:
        raise misuse("TS622", what="--case CASE", help=help_of("document make"))
    for given, what in ((entry is not None, "--entry"), (bool(words), "--set/--fill")):
        if given:
            raise misuse("TS624", what=what, help=help_of("document make"))
    return run_on(db, many)


def _lines(store: "Store", document: "Document") -> "Iterator[Record]":
    """The cases of the store that are on a roster, in the order in which they were opened."""
    from tsutatsu.documents.filling import on_roster, row_of

    flows: dict[tuple[date, str], Workflow] = {}
    for row in store.cases(directive=document.directive):
        kind = (row.issued, row.workflow)
        if kind not in flows:
            flows[kind] = store.ground(store.case(row.id)).workflow
        if on_roster(document, flows[kind], row.state):
            one = store.case(row.id)
            line = row_of(document, store.ground(one), one)
            if line is not None:
                yield line
