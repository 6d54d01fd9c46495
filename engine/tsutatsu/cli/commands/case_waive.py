"""``tsutatsu case waive``: a duty waived."""

from tsutatsu.cli.casework import Acting, acting_options, db_option, key_option, run_on, show_done
from tsutatsu.cli.frame import Example, argument, command, json_option, option
from tsutatsu.words import Words


@command(
    "case waive",
    Words(
        "未了か違反の義務を、誰がどの理由で免除したかとともに記録する。",
        "Records that a duty, open or breached, is waived: by whom, on what ground.",
    ),
    Example(
        "tsutatsu case waive K1 after-report --reason 本部長の指示 --as 佐藤 --db cases.sqlite --key keys/audit",
        Words("義務を免除する", "Waive a duty"),
    ),
)
@argument("case", ja="事案の番号。", en="The case.", metavar="CASE")
@argument(
    "duty", ja="義務（規範の識別子か、判断/規範）。", en="The duty: a norm's id, or judgement/norm.", metavar="DUTY"
)
@option("--reason", default="", metavar="TEXT", ja="理由。", en="On what ground.")
@acting_options
@db_option
@key_option
@json_option
def command_(*, case: str, duty: str, reason: str, who: Acting, db: str | None, key: str | None, as_json: bool) -> int:
    """Waives it."""
    from tsutatsu.cases.store.store import Store

    def run(store: Store) -> int:
        actor = store.person(who.person)
        done = store.waive(case, duty, actor, who.at, reason=reason, post=who.post, key=who.once)
        return show_done(store, done, as_json=as_json)

    return run_on(db, run, key=key, writes=True, clock=who.clock)
