"""``tsutatsu case withdraw``: one's own last event taken back."""

from tsutatsu.cli.casework import Acting, acting_options, db_option, key_option, run_on, show_done
from tsutatsu.cli.frame import Example, argument, command, json_option, option
from tsutatsu.words import Words


@command(
    "case withdraw",
    Words(
        "最後の事象を、した者が理由とともに取り消す。事実と状態はその前に戻り、取り消したことも記録に残る。",
        "Takes back the last event, by whoever did it, with the reason. Facts and state are as before it; that it was "
        "taken back stays on record.",
    ),
    Example(
        "tsutatsu case withdraw K1 --reason 取り違え --as 佐藤 --db cases.sqlite --key keys/audit",
        Words("最後の事象を取り消す", "Take back the last event"),
    ),
)
@argument("case", ja="事案の番号。", en="The case.", metavar="CASE")
@option(
    "--entry",
    "number",
    type=int,
    metavar="NUMBER",
    ja="取り消す記録の番号（最後の事象であること）。",
    en="The entry meant (it must be the last event).",
)
@option("--reason", default="", metavar="TEXT", ja="理由。", en="Why.")
@acting_options
@db_option
@key_option
@json_option
def command_(
    *, case: str, number: int | None, reason: str, who: Acting, db: str | None, key: str | None, as_json: bool
) -> int:
    """Takes it back."""
    from tsutatsu.cases.store.store import Store

    def run(store: Store) -> int:
        actor = store.person(who.person)
        done = store.withdraw(case, actor, who.at, reason=reason, number=number, post=who.post, key=who.once)
        return show_done(store, done, as_json=as_json)

    return run_on(db, run, key=key, writes=True, clock=who.clock)
