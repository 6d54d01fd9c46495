"""``tsutatsu audit export``: the whole trail in one file."""

from pathlib import Path

from tsutatsu.cli.casework import db_option, run_on
from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.cli.language import misuse, say
from tsutatsu.cli.paper import out, put_json
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
        try:
            trail.write(Path(file))
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise misuse("TS635", path=file, why=why, why_en=why) from None
        if as_json:
            put_json({"file": file, "entries": len(trail.entries)})
        else:
            count = len(trail.entries)
            out().put(say(f"書いた: {file}（記録 {count} 件）", f"Written: {file} ({count} entries)"), style="good")

    return run_on(db, run)
