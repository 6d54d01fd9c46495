"""``tsutatsu steps``: the sentences that scenarios can use, in the directive's own words."""

from collections.abc import Sequence

from tsutatsu.cli.asking import local_option, under
from tsutatsu.cli.days import day_given, today
from tsutatsu.cli.frame import Example, command, json_option, law_argument, option
from tsutatsu.cli.language import say, told
from tsutatsu.cli.law import named_directive, open_law
from tsutatsu.cli.paper import Paper, out, put_json
from tsutatsu.gherkin.case_vocabulary import case_steps_for
from tsutatsu.gherkin.vocabulary import Step, steps_for
from tsutatsu.words import Words


@command(
    "steps",
    Words(
        "通達の用語、判断、解釈から作った、シナリオの文の一覧。「…」には挙げた語が入る。通達が複数あれば、すべてを順に"
        "示す（--directive で一つに絞る）。",
        "Every step that scenarios can use, made from a directive's own terms, judgements and readings. Where there "
        "are several directives "
        "all are listed in turn; --directive keeps one.",
    ),
    Example(
        "tsutatsu steps --directive junkai-renraku",
        Words("巡回連絡実施要領のシナリオで使える文", "Steps for one directive"),
    ),
)
@option("--directive", "name", metavar="NAME", ja="どの通達の文か。", en="Whose steps.")
@option(
    "--on",
    metavar="DATE",
    ja="どの日に効力のある版か（既定は今日）。",
    en="By the issue in force on that day (today where none is given).",
)
@local_option
@json_option
@law_argument
def command_(*, folder: str | None, name: str | None, on: str | None, local: str | None, as_json: bool) -> None:
    """Lists the steps."""
    bundle = under(open_law(folder), local)
    day = day_given(on, "--on") or today()
    ids = bundle.ids if name is None else (named_directive(bundle, name),)
    laws = [bundle.at(one, day) for one in ids]
    flows = {one: tuple(f for f in bundle.workflows if (f.directive, f.issued) == (one.id, one.issued)) for one in laws}
    if as_json:
        put_json({one.id: [s.to_dict() for s in (*steps_for(one), *case_steps_for(one, flows[one]))] for one in laws})
        return
    paper = out()
    for number, one in enumerate(laws):
        if number:
            paper.put()
        paper.put(f"{told(one.header.title)}  ({one.id})", style="head")
        _show(paper, steps_for(one))
        if flows[one]:
            paper.put()
            listed = say("、", ", ").join(told(flow.words) for flow in flows[one])
            paper.put(say(f"手続の一件について（{listed}）", f"About cases ({listed})"), style="head")
            _show(paper, case_steps_for(one, flows[one]))


def _show(paper: Paper, steps: Sequence[Step]) -> None:
    keyword = ""
    for step in steps:
        if step.keyword != keyword:
            keyword = step.keyword
            paper.put()
            paper.put(keyword, style="head")
        paper.entry("-", step.pattern, indent=2)
        if step.choices:
            paper.put(say("… : ", "… : ") + say("、", ", ").join(step.choices), indent=4, hang=4, style="quiet")
