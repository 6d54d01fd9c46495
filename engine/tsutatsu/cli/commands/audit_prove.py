"""``tsutatsu audit prove``: the evidence of one case."""

from dataclasses import replace

from tsutatsu.cli.casework import db_option, run_on, write_trail
from tsutatsu.cli.documents import documents_in
from tsutatsu.cli.frame import Example, argument, command, json_option, law_argument
from tsutatsu.cli.language import say
from tsutatsu.cli.paper import out
from tsutatsu.words import Words


@command(
    "audit prove",
    Words(
        "一つの事案の記録、本文（消去されていなければ）、よるべき法令の文、事案の作った文書、最新の署名された頂点と、"
        "その下にあることの証明を書く。置き場なしで、個人情報が消された後でも確かめられる。文書は DIR の様式による。",
        "Writes one case's records, its bodies (unless erased), the law by which it runs, the newest signed head, "
        "the documents that the case made, and the proof that it lies under it: to be verified without the store, "
        "also after the personal data were erased. The documents are made by the forms in DIR.",
    ),
    Example("tsutatsu audit prove K1 証拠.json --db cases.sqlite", Words("証拠を書き出す", "Write the evidence")),
)
@argument("case", ja="事案の番号。", en="The case.", metavar="CASE")
@argument("file", ja="書くファイル。", en="The file to write.", metavar="FILE")
@db_option
@json_option
@law_argument
def command_(case: str, file: str, folder: str | None, db: str | None, as_json: bool) -> int:
    """Writes it."""
    from tsutatsu.cases.audit.trail import proof_of
    from tsutatsu.cases.store.store import Store
    from tsutatsu.documents.evidence import papers_of

    _, documents = documents_in(folder)

    def run(store: Store) -> None:
        one = store.case(case)
        papers = papers_of(lambda number: store.ground(one, number), one, documents)
        with store.database.reading() as connection:
            trail = proof_of(connection, case)
        write_trail(replace(trail, documents=papers.rows), file, as_json=as_json)
        if papers.left_out and not as_json:
            names = say("、", ", ").join(papers.left_out)
            out().put(
                say(
                    f"宣言がないか作れないので入らない文書: {names}",
                    f"Not in it, being declared nowhere or impossible to make: {names}",
                ),
                style="care",
            )

    return run_on(db, run)
