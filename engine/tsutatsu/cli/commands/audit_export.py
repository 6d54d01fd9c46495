"""``tsutatsu audit export``: the whole trail in one file."""

from tsutatsu.cli.casework import db_option, run_on, write_trail
from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.words import Words


@command(
    "audit export",
    Words(
        "記録の全部（本文を含む）と署名された頂点を書く。`tsutatsu audit verify FILE --key …` が、置き場なしで確か"
        "める。",
        "Writes all records (bodies included) and the signed heads. `tsutatsu audit verify FILE --key …` verifies "
        "them without the store.",
    ),
    Example("tsutatsu audit export 記録.json --db cases.sqlite", Words("記録を書き出す", "Export the trail")),
)
@argument("file", ja="書くファイル。", en="The file to write.", metavar="FILE")
@db_option
@json_option
def command_(file: str, db: str | None, as_json: bool) -> int:
    """Writes it."""
    from tsutatsu.cases.audit.trail import whole_trail
    from tsutatsu.cases.store.store import Store

    def run(store: Store) -> None:
        with store.database.reading() as connection:
            trail = whole_trail(connection)
        write_trail(trail, file, as_json=as_json)

    return run_on(db, run)
