"""``tsutatsu audit head``: the newest signed head, to be kept outside."""

from tsutatsu.cli.casework import db_option, run_on
from tsutatsu.cli.frame import Example, command, json_option
from tsutatsu.cli.leaving import FINDINGS
from tsutatsu.cli.paper import out, put_line
from tsutatsu.words import Words


@command(
    "audit head",
    Words(
        "最新の署名された頂点を JSON で出す。置き場の外に控えておけば、丸ごと巻き戻されても `audit verify "
        "--witness` で分かる。頂"
        "点がなければ 1 で終わる。",
        "Prints the newest signed head as JSON. Kept outside, it shows with `audit verify --witness` even a store "
        "that was "
        "rolled back as a whole. Exits 1 where there is none.",
    ),
    Example("tsutatsu audit head --db cases.sqlite > 頂点.json", Words("頂点を控える", "Keep a head outside")),
)
@db_option
@json_option
def command_(db: str | None, as_json: bool) -> int:  # noqa: ARG001  # it is JSON with and without
    """Prints it."""
    from tsutatsu.cases.audit.trail import newest_head
    from tsutatsu.cases.store.store import Store
    from tsutatsu.judging.plain import to_plain

    def run(store: Store) -> int | None:
        with store.database.reading() as connection:
            head = newest_head(connection)
        if head is None:
            out().raw("null")
            return FINDINGS
        put_line(to_plain(head))
        return None

    return run_on(db, run)
