"""``tsutatsu case restore``: a store made from a backup."""

from pathlib import Path

from tsutatsu.cli.casework import as_typed, db_option, place_of
from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.cli.language import say
from tsutatsu.cli.leaving import CLEAN
from tsutatsu.cli.paper import out, put_json
from tsutatsu.diagnostics import Refused
from tsutatsu.words import Words


@command(
    "case restore",
    Words(
        "控えから新しい置き場を作る。控えが揃っていなければ何も書かない。戻した後に `tsutatsu audit verify` で確か"
        "める。",
        "Makes a new store from a backup; nothing is written where the backup is not whole. Verify it afterwards with "
        "`tsutatsu audit verify`.",
    ),
    Example("tsutatsu case restore 控え.jsonl --db new.sqlite", Words("控えから戻す", "Restore a backup")),
)
@argument("file", ja="控えのファイル。", en="The backup.", metavar="FILE")
@db_option
@json_option
def command_(file: str, db: str | None, as_json: bool) -> int:
    """Restores it."""
    from tsutatsu.cases.backup import restore
    from tsutatsu.cases.store.connecting import shown_place

    place = place_of(db)
    try:
        count = restore(Path(file), place)
    except Refused as refused:
        raise as_typed(refused) from None
    shown = shown_place(place)
    if as_json:
        put_json({"db": shown, "rows": count})
    else:
        out().put(say(f"戻した: {shown}（{count} 行）", f"Restored: {shown} ({count} rows)"), style="good")
    return CLEAN
