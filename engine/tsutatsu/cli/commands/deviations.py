"""``tsutatsu deviations``: what forces have laid down for themselves, beside what the model says."""

from collections.abc import Iterator, Sequence

from tsutatsu.bundle import Bundle
from tsutatsu.cli.answers import cited
from tsutatsu.cli.asking import local_option, mistyped
from tsutatsu.cli.days import told_day
from tsutatsu.cli.frame import Example, command, json_option, law_argument
from tsutatsu.cli.language import say, told
from tsutatsu.cli.law import open_law
from tsutatsu.cli.paper import Paper, out, put_json
from tsutatsu.judging.deviating import Deviation, deviations
from tsutatsu.words import Words


@command(
    "deviations",
    Words(
        "組織の定め（policy/local/<組織>/local.yaml）が通達に重ねたものを一つずつ、通達の言うこと、組織の言うこと、種類（"
        "尺度、追加、期間、解釈）、定めた者と日、根拠とともに並べる。--local で一つの組織に絞る。",
        "Lists what forces have laid over the circulars (policy/local/<force>/local.yaml), one by one: what the model "
        "says, what the force says, its kind (measure, addition, length, reading), who laid it down, when, and on what "
        "ground. --local keeps one force.",
    ),
    Example("tsutatsu deviations", Words("備え付けの定めを並べる", "List those that ship")),
    Example(
        "tsutatsu deviations --local 例示県警察 --json",
        Words("一つの組織の定めを JSON で", "Those of one force, as JSON"),
    ),
)
@local_option
@json_option
@law_argument
def command_(folder: str | None, local: str | None, as_json: bool) -> None:
    """Lists them, force by force."""
    bundle = open_law(folder)
    forces = [mistyped(lambda: bundle.force_called(local or ""))] if local is not None else list(bundle.forces)
    found = [one for force in forces for one in every(bundle, force.id)]
    if as_json:
        put_json([one.to_dict() for one in found])
        return
    _show(out(), found, bundle)


def every(bundle: Bundle, force: str) -> Iterator[Deviation]:
    """Everything that one force has laid over the circulars."""
    for directive in bundle.under(force).directives:
        yield from deviations(directive)


def _show(paper: Paper, found: Sequence[Deviation], bundle: Bundle) -> None:
    if not found:
        paper.put(say("通達に重ねた定めはない。", "Nothing is laid over the circulars."))
    head: tuple[object, ...] = ()
    for one in found:
        if head != (one.force, one.directive, one.issued):
            if head:
                paper.put()
            head = (one.force, one.directive, one.issued)
            _head(paper, one, bundle)
        place = f"{cited(one.provision)}  " if one.provision else ""
        paper.entry(f"[{told(one.kind_words)}]", f"{place}{told(one.name)}", indent=2, style="care")
        paper.entry(say("通達:", "Model:"), told(one.model), indent=6)
        for own in one.own:
            paper.entry(say("組織:", "Force:"), told(own), indent=6)


def _head(paper: Paper, one: Deviation, bundle: Bundle) -> None:
    directive = next(d for d in bundle.directives if (d.id, d.header.issued.day) == (one.directive, one.issued))
    example = say("（例）", " (an example)") if one.example else ""
    title = told(directive.header.title)
    issued = told_day(one.issued) if one.issued is not None else directive.header.issued.literal
    paper.put(
        say(
            f"{one.force_words.ja}{example}: {title}、{issued}発出",
            f"{told(one.force_words)}{example}: {title} (issued {issued})",
        ),
        style="head",
        hang=2,
    )
    day = told_day(one.decided_on)
    paper.put(
        say(
            f"{one.decided_by}、{day}。根拠: {one.ground.ja}",
            f"{one.decided_by}, {day}; ground: {one.ground.say('en')}",
        ),
        indent=2,
        hang=2,
        style="quiet",
    )
