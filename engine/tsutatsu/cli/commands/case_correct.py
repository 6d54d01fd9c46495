"""``tsutatsu case correct``: facts put right."""

from collections.abc import Sequence

from tsutatsu.cli.casework import Acting, acting_options, db_option, key_option, run_on, show_done
from tsutatsu.cli.frame import Example, argument, command, json_option, option
from tsutatsu.cli.submitted import assigned
from tsutatsu.words import Words


@command(
    "case correct",
    Words(
        "言われた事実を、理由とともに改める。前の記録は残る。義務と期日は改めた事実で数え直す。事象が自ら記した事実"
        "（誰がいつし"
        "たか）は改められない。",
        "Puts facts that were said right, with the reason; the entries before stay. Duties and clocks are counted "
        "anew. "
        "What an event wrote of itself (who did it, when) cannot be corrected.",
    ),
    Example(
        "tsutatsu case correct K1 --set 部数=2 --reason 数え違い --as 佐藤 --db cases.sqlite --key keys/audit",
        Words("事実を改める", "Put a fact right"),
    ),
)
@argument("case", ja="事案の番号。", en="The case.", metavar="CASE")
@option(
    "--set",
    "assignments",
    multiple=True,
    metavar="TERM=VALUE",
    ja="改める事実（繰り返せる）。",
    en="The fact as it is (may be repeated).",
)
@option("--reason", default="", metavar="TEXT", ja="理由。", en="Why.")
@acting_options
@db_option
@key_option
@json_option
def command_(
    *,
    case: str,
    assignments: Sequence[str],
    reason: str,
    who: Acting,
    db: str | None,
    key: str | None,
    as_json: bool,
) -> int:
    """Puts the facts right."""
    from tsutatsu.cases.store.store import Store

    said = assigned(assignments)

    def run(store: Store) -> int:
        actor = store.person(who.person)
        done = store.correct(case, actor, said, who.at, reason=reason, post=who.post, texts=True, key=who.once)
        return show_done(store, done, as_json=as_json)

    return run_on(db, run, key=key, writes=True, clock=who.clock)
