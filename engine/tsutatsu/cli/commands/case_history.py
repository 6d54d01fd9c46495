"""``tsutatsu case history``: what has happened to a case."""

from tsutatsu.cli.casework import db_option, entry_json, entry_words, run_on, show_duties, show_facts, show_local
from tsutatsu.cli.days import told_moment
from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.cli.language import say, told
from tsutatsu.cli.paper import out, put_json
from tsutatsu.words import Words


@command(
    "case history",
    Words(
        "起きたことを順に、誰がどの職で、何を言い、何が記され、どの義務が動いたかとともに示す。",
        "What has happened, in order: by whom and in which post, what was said and written, and which duties moved.",
    ),
    Example("tsutatsu case history K1 --db cases.sqlite", Words("経過を見る", "See how it went")),
)
@argument("case", ja="事案の番号。", en="The case.", metavar="CASE")
@db_option
@json_option
def command_(case: str, db: str | None, as_json: bool) -> int:
    """Shows the entries."""
    from tsutatsu.cases.store.store import Store

    def run(store: Store) -> None:
        one = store.case(case)
        if as_json:
            put_json([entry_json(entry) for entry in one.entries])
            return
        paper = out()
        for entry in one.entries:
            body = entry.body
            by = say("（消去済）", "(erased)")
            if body is not None:
                post = f"{body.doer.unit}{body.doer.post}"
                by = f"{body.doer.name or body.doer.id}" + (f"（{post}）" if post else "")
            ground = store.ground(one, entry.number)
            what = told(entry_words(entry, ground))
            state = told(ground.workflow.state[entry.target].words)
            paper.entry(f"{entry.number}.", f"{told_moment(entry.at)} {what} — {by} → {state}", style="head")
            if entry.pin is not None:
                show_local(paper, ground)
            if body is not None:
                show_facts(paper, {**body.supplied, **body.written}, ground)
                if body.words:
                    paper.put(body.words, indent=2)
            show_duties(paper, entry.duties)

    return run_on(db, run)
