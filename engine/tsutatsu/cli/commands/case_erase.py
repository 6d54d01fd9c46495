"""``tsutatsu case erase``: the personal data of an ended case erased."""

from tsutatsu.cli.casework import Acting, acting_options, db_option, key_option, run_on, show_done
from tsutatsu.cli.frame import Example, argument, command, json_option, option
from tsutatsu.words import Words


@command(
    "case erase",
    Words(
        "終わった事案の、個人情報を含みうる本文をすべて消す。記録の連なりと証明はそのまま残り、消去したことも理由とともに残る。"
        "元に戻すことはできない。",
        "Erases every body of an ended case, where personal data may stand. The chain of entries and its proofs stay "
        "whole, and so does the record of the erasure with its reason. It cannot be undone.",
    ),
    Example(
        "tsutatsu case erase K1 --reason 保存期間の満了 --as 佐藤 --db cases.sqlite --key keys/audit",
        Words("個人情報を消す", "Erase the personal data"),
    ),
)
@argument("case", ja="事案の番号。", en="The case.", metavar="CASE")
@option("--reason", default="", metavar="TEXT", ja="理由。", en="On what ground.")
@acting_options
@db_option
@key_option
@json_option
def command_(*, case: str, reason: str, who: Acting, db: str | None, key: str | None, as_json: bool) -> int:
    """Erases them."""
    from tsutatsu.cases.store.store import Store

    def run(store: Store) -> int:
        done = store.erase(case, store.person(who.person), who.at, reason=reason, post=who.post, key=who.once)
        return show_done(store, done, as_json=as_json)

    return run_on(db, run, key=key, writes=True, clock=who.clock)
