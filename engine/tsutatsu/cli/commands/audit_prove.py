"""``tsutatsu audit prove``: the evidence of one case."""

from tsutatsu.cli.casework import db_option, run_on, write_trail
from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.words import Words


@command(
    "audit prove",
    Words(
        "一つの事案の記録、本文（消去されていなければ）、よるべき法令の文、最新の署名された頂点と、その下にあること"
        "の証明を書く。置き場なしで、個人情報が消された後でも確かめられる。",
        "Writes one case's records, its bodies (unless erased), the law by which it runs, the newest signed head, "
        "and the proof that it lies under it: to be verified without the store, also after the personal data were "
        "erased.",
    ),
    Example("tsutatsu audit prove K1 証拠.json --db cases.sqlite", Words("証拠を書き出す", "Write the evidence")),
)
@argument("case", ja="事案の番号。", en="The case.", metavar="CASE")
@argument("file", ja="書くファイル。", en="The file to write.", metavar="FILE")
@db_option
@json_option
def command_(case: str, file: str, db: str | None, as_json: bool) -> int:
    """Writes it."""
    from tsutatsu.cases.audit.trail import proof_of
    from tsutatsu.cases.store.store import Store

    def run(store: Store) -> None:
        store.case(case)
        with store.database.reading() as connection:
            trail = proof_of(connection, case)
        write_trail(trail, file, as_json=as_json)

    return run_on(db, run)
