"""``tsutatsu case backup``: a whole store in one file."""

from pathlib import Path

from tsutatsu.cli.casework import db_option, run_on
from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.cli.language import say, unwritable
from tsutatsu.cli.paper import out, put_json
from tsutatsu.words import Words


@command(
    "case backup",
    Words(
        "置き場の全部を、一つの時点のものとして一つのファイル（JSON Lines）に書く。動いている間でもよい。SQLite か"
        "らも PostgreSQL "
        "からも同じ形で、どちらにも戻せる。鍵は含まない。",
        "Writes the whole store, as of one moment, to one file (JSON lines); it may be in use. The form is the "
        "same from "
        "SQLite and PostgreSQL, and restores into either. The key is not in it.",
    ),
    Example("tsutatsu case backup 控え.jsonl --db cases.sqlite", Words("控えを取る", "Take a backup")),
)
@argument("file", ja="書くファイル。", en="The file to write.", metavar="FILE")
@db_option
@json_option
def command_(file: str, db: str | None, as_json: bool) -> int:
    """Takes the backup."""
    from tsutatsu.cases.backup import back_up
    from tsutatsu.cases.store.store import Store

    def run(store: Store) -> None:
        try:
            count = back_up(store, Path(file))
        except OSError as error:
            raise unwritable(file, error) from None
        if as_json:
            put_json({"file": file, "rows": count})
        else:
            out().put(say(f"控えを取った: {file}（{count} 行）", f"Backed up: {file} ({count} rows)"), style="good")

    return run_on(db, run)
