"""``tsutatsu case link``: a case linked with another."""

from tsutatsu.cli.casework import Acting, acting_options, db_option, key_option, run_on, show_done
from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.words import Words


@command(
    "case link",
    Words(
        "事案を同じ置き場の別件と結び付ける。手続が別件の状態を要するときは、結び付けた事案の状態を見る。",
        "Links a case with another one of the same store. Where a workflow asks how a linked case stands, it is "
        "this one.",
    ),
    Example(
        "tsutatsu case link K1 F7 --as 佐藤 --db cases.sqlite --key keys/audit",
        Words("別件と結び付ける", "Link it with another"),
    ),
)
@argument("case", ja="事案の番号。", en="The case.", metavar="CASE")
@argument("other", ja="別件の番号。", en="The other case.", metavar="OTHER")
@acting_options
@db_option
@key_option
@json_option
def command_(*, case: str, other: str, who: Acting, db: str | None, key: str | None, as_json: bool) -> int:
    """Links them."""
    from tsutatsu.cases.store.store import Store

    def run(store: Store) -> int:
        done = store.link(case, other, store.person(who.person), who.at, post=who.post, key=who.once)
        return show_done(store, done, as_json=as_json)

    return run_on(db, run, key=key, writes=True, clock=who.clock)
