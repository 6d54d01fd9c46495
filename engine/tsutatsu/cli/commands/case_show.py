"""``tsutatsu case show``: how a case stands."""

from tsutatsu.cli.casework import case_json, db_option, run_on, show_duties, show_facts, show_local
from tsutatsu.cli.days import told_days, told_moment
from tsutatsu.cli.frame import Example, argument, command, json_option
from tsutatsu.cli.language import say, told
from tsutatsu.cli.lives import told_life
from tsutatsu.cli.paper import out, put_json
from tsutatsu.ir import LIFE
from tsutatsu.words import Words


@command(
    "case show",
    Words(
        "事案の状態、事実、義務、期日、結び付いた別件、よるべき通達の版を示す。何も書き込まない。",
        "Shows a case's state, facts, duties, clocks, links, and the issue of the circular by which it runs. "
        "Writes nothing.",
    ),
    Example("tsutatsu case show K1 --db cases.sqlite", Words("事案を見る", "Look at a case")),
)
@argument("case", ja="事案の番号。", en="The case.", metavar="CASE")
@db_option
@json_option
def command_(case: str, db: str | None, as_json: bool) -> int:
    """Shows it."""
    from tsutatsu.cases.store.store import Store

    def run(store: Store) -> None:
        one = store.case(case)
        ground = store.ground(one)
        if as_json:
            put_json(case_json(one, ground))
            return
        paper = out()
        title = told(ground.workflow.subject)
        paper.put(f"{one.id}  {title}" + (f"「{one.label}」" if one.label else ""), style="head")
        state = told(ground.workflow.state[one.state].words)
        at = told_moment(one.last)
        paper.put(
            say(f"状態: {state}（版 {one.version}、{at}から）", f"State: {state} (version {one.version}, since {at})")
        )
        paper.put(
            say(
                f"よる通達: 「{told(ground.directive.header.title)}」{one.pin.issued}",
                f"By: “{told(ground.directive.header.title)}” {one.pin.issued}",
            )
        )
        show_local(paper, ground)
        if one.moved:
            before = one.pin_at(one.moved - 1).issued
            paper.put(
                say(
                    f"記録 {one.moved} で、{before}の版から移った。",
                    f"Moved from the issue of {before} by entry {one.moved}.",
                ),
                indent=2,
            )
        if one.erased:
            paper.put(say("個人情報は消去されている。", "Its personal data have been erased."), style="care")
        show_facts(paper, one.facts, ground)
        show_duties(paper, one.duties)
        for timing in one.timings:
            event, due = told(ground.workflow.event[timing.event].words), told_moment(timing.due_at)
            held = (
                say("（起こせず、次の動きを待つ）", " (could not come; waits for something else)")
                if timing.held
                else ""
            )
            paper.put(say(f"{due}に「{event}」{held}", f"“{event}” at {due}{held}"), indent=2)
        if one.pin.workflow == LIFE:
            for words in told_life(ground.directive):
                paper.put(told_days(told(words)), indent=2, hang=2)
        if one.links:
            paper.put(say("別件: ", "Linked: ") + say("、", ", ").join(one.links))

    return run_on(db, run)
