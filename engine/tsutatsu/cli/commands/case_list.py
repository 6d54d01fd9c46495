"""``tsutatsu case list``: the cases of a store."""

from datetime import date
from typing import TYPE_CHECKING

from tsutatsu.cli.casework import db_option, run_on
from tsutatsu.cli.days import told_moment
from tsutatsu.cli.frame import Example, command, json_option, option
from tsutatsu.cli.language import say, told
from tsutatsu.cli.paper import out, put_json
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.ir.workflows import Workflow


@command(
    "case list",
    Words(
        "事案を始めた順に並べる。手続、通達、状態で絞れる。",
        "Lists cases as they were opened; by workflow, circular or state.",
    ),
    Example("tsutatsu case list --db cases.sqlite", Words("事案を並べる", "List the cases")),
)
@option("--workflow", metavar="ID", ja="手続の識別子。", en="A workflow's id.")
@option("--directive", metavar="ID", ja="通達の識別子。", en="A circular's id.")
@option("--state", metavar="ID", ja="状態の識別子。", en="A state's id.")
@db_option
@json_option
def command_(workflow: str | None, directive: str | None, state: str | None, db: str | None, as_json: bool) -> int:
    """Lists them."""
    from tsutatsu.cases.store.store import Store

    def run(store: Store) -> None:
        rows = store.cases(directive=directive, workflow=workflow, state=state)
        if as_json:
            put_json(
                [
                    {
                        "id": one.id,
                        "label": one.label,
                        "workflow": one.workflow,
                        "directive": one.directive,
                        "issued": one.issued.isoformat(),
                        "state": one.state,
                        "version": one.version,
                        "opened_at": one.opened_at.isoformat(),
                        "last_at": one.last_at.isoformat(),
                        "next_due": None if one.next_due is None else one.next_due.isoformat(),
                    }
                    for one in rows
                ]
            )
            return
        paper, known = out(), dict[tuple[str, date, str], "Workflow"]()
        for one in rows:
            kind = (one.directive, one.issued, one.workflow)
            if kind not in known:
                known[kind] = store.ground(store.case(one.id)).workflow
            flow, since = known[kind], told_moment(one.last_at)
            where = told(flow.state[one.state].words) if one.state in flow.state else one.state
            label = f"「{one.label}」" if one.label else ""
            due = "" if one.next_due is None else told_moment(one.next_due)
            paper.entry(
                one.id,
                say(
                    f"{flow.words.ja}{label}　{where}（{since}から）" + (f"　次の期限 {due}" if due else ""),
                    f"{told(flow.words)} {label} {where} (since {since})" + (f", next due {due}" if due else ""),
                ),
                style="code",
            )
        paper.put(say(f"{len(rows)} 件。", f"{len(rows)} {'case' if len(rows) == 1 else 'cases'}."), style="quiet")

    return run_on(db, run)
