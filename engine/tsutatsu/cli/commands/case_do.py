"""``tsutatsu case do``: an event that happens, or the reason why it may not."""

from collections.abc import Sequence

from tsutatsu.cli.casework import Acting, acting_options, db_option, key_option, run_on, show_done, show_refusal
from tsutatsu.cli.frame import Example, argument, command, json_option, option
from tsutatsu.cli.language import misuse
from tsutatsu.cli.submitted import read_submitted
from tsutatsu.words import Words


@command(
    "case do",
    Words(
        "事象を起こす。要件と判断がすべて許すときだけ通り、通らなければ、どの定めによるか、どうすれば通るかを示して"
        " 1 で終わる。"
        "通らなかったときは何も残らない。期限の遅れは違反として記録され、断る理由にはならない。",
        "Has an event happen. It goes through only where its condition and every judgement permit; else the "
        "command says "
        "by which provision it is refused and what would make it pass, and exits 1, leaving nothing behind. "
        "Lateness is "
        "recorded as a breach, never a reason to refuse.",
    ),
    Example(
        "tsutatsu case do K1 提供する --as 佐藤 --db cases.sqlite --key keys/audit",
        Words("事象を起こす", "Have an event happen"),
    ),
    Example(
        "tsutatsu case do K1 提出する --as 山田 --facts 依頼.yaml --set 利用目的=証拠の保全 --db cases.sqlite "
        "--key keys/audit",
        Words("事実を添えて起こす", "With what it needs to be told"),
    ),
)
@argument("case", ja="事案の番号。", en="The case.", metavar="CASE")
@argument("event", ja="事象の名か識別子。", en="The event, by name or id.", metavar="EVENT")
@option(
    "--set",
    "assignments",
    multiple=True,
    metavar="TERM=VALUE",
    ja="事実を一つ言う（繰り返せる）。",
    en="One fact (may be repeated).",
)
@option("--facts", metavar="FILE", ja="事実のファイル（標準入力は -）。", en="A file of facts (- for standard input).")
@option(
    "--expect",
    type=int,
    metavar="VERSION",
    ja="事案がこの版のときだけ受け付ける。",
    en="Only if the case still has this version.",
)
@acting_options
@db_option
@key_option
@json_option
def command_(
    *,
    case: str,
    event: str,
    assignments: Sequence[str],
    facts: str | None,
    expect: int | None,
    who: Acting,
    db: str | None,
    key: str | None,
    as_json: bool,
) -> int:
    """Has the event happen, or says why it may not."""
    from tsutatsu.cases import Refusal
    from tsutatsu.cases.store.store import Store

    submitted = read_submitted(facts, assignments)
    if len(submitted.every) != 1:
        raise misuse("TS642", what="--facts", paths=facts or "")

    def run(store: Store) -> int:
        came = store.do(
            case,
            event,
            store.person(who.person),
            submitted.every[0].facts,
            who.at,
            post=who.post,
            texts=True,
            expect=expect,
            key=who.once,
        )
        if isinstance(came, Refusal):
            return show_refusal(store.ground(store.case(case)), came, as_json=as_json)
        return show_done(store, came, as_json=as_json)

    return run_on(db, run, key=key, writes=True, clock=who.clock)
