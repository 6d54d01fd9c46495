"""``tsutatsu duties``: what is owed, by whom and by when."""

from collections.abc import Sequence

import click

from tsutatsu.cli.casework import at_option, db_option, duty_json, run_on, show_duties
from tsutatsu.cli.days import moment_given, now
from tsutatsu.cli.frame import Example, command, json_option, option
from tsutatsu.cli.language import say
from tsutatsu.cli.paper import out, put_json
from tsutatsu.words import Words


@command(
    "duties",
    Words(
        "義務を期限の早い順に並べる。書かなければ未了のものだけ。overdue は、未了のまま期限を過ぎ、まだ違反と記録さ"
        "れていないも"
        "の。努力の義務は違反にならない。何も書き込まない（期限を過ぎたものを違反と記録するのは clock と次の命令）。",
        "Lists duties, those due first first; the open ones where nothing else is said. Overdue are those open "
        "past their "
        "time that nobody has recorded as breached yet. Efforts are never breached. Writes nothing (clock and the next "
        "command record breaches).",
    ),
    Example("tsutatsu duties --db cases.sqlite", Words("未了の義務を見る", "See what is still owed")),
    Example(
        "tsutatsu duties --standing breached --directive wearable-camera --db cases.sqlite",
        Words("違反を見る", "See the breaches"),
    ),
)
@option(
    "--standing",
    "standings",
    multiple=True,
    type=click.Choice(["open", "overdue", "met", "breached", "waived", "dropped", "all"]),
    ja="立場（繰り返せる。既定は open）。",
    en="How they stand (may be repeated; open where none is given).",
)
@option(
    "--by", "due_by", metavar="MOMENT", ja="この時刻までに期限の来るものだけ。", en="Only those that fall due by then."
)
@option("--case", metavar="CASE", ja="この事案のものだけ。", en="Only those of this case.")
@option("--directive", metavar="ID", ja="この通達によるものだけ。", en="Only those under this circular.")
@option(
    "--for",
    "person",
    metavar="PERSON",
    ja="この人の職が負うものだけ。",
    en="Only those whose bearer is a post of this person.",
)
@at_option
@db_option
@json_option
def command_(
    *,
    standings: Sequence[str],
    due_by: str | None,
    case: str | None,
    directive: str | None,
    person: str | None,
    at: str | None,
    db: str | None,
    as_json: bool,
) -> int:
    """Lists the duties."""
    from tsutatsu.cases import DutyStanding
    from tsutatsu.cases.moments import at_tokyo
    from tsutatsu.cases.store.store import Store

    moment = at_tokyo(moment_given(at, "--at") or now())
    by = moment_given(due_by, "--by")
    chosen = set(standings) or {"open"}
    wanted = [] if "all" in chosen else [DutyStanding(one) for one in chosen - {"overdue"}]
    if "overdue" in chosen and "all" not in chosen:
        wanted.append(DutyStanding.OPEN)
    only_overdue = chosen & {"overdue", "open", "all"} == {"overdue"}

    def run(store: Store) -> None:
        rows = store.duties(
            standings=set(wanted), directive=directive, case=case, due_by=None if by is None else at_tokyo(by)
        )
        if only_overdue:
            rows = tuple(
                one
                for one in rows
                if one.duty.standing is not DutyStanding.OPEN
                or (one.duty.due_at is not None and one.duty.due_at <= moment)
            )
        if person is not None:
            posts = [held.post for held in store.person(person).posts(moment.date()) if held.post]
            rows = tuple(one for one in rows if any(post in one.duty.bearer for post in posts))
        if as_json:
            put_json([{"case": one.case, "directive": one.directive, **duty_json(one.duty)} for one in rows])
            return
        paper = out()
        for one in rows:
            paper.put(one.case, style="code")
            show_duties(paper, (one.duty,))
        paper.put(say(f"{len(rows)} 件。", f"{len(rows)} {'duty' if len(rows) == 1 else 'duties'}."), style="quiet")

    return run_on(db, run)
