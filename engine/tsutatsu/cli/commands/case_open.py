"""``tsutatsu case open``: a case begun."""

from collections.abc import Sequence

from tsutatsu.cli.asking import local_option
from tsutatsu.cli.casework import (
    Acting,
    acting_options,
    as_typed,
    db_option,
    key_of,
    key_option,
    place_of,
    show_done,
)
from tsutatsu.cli.frame import Example, argument, command, json_option, law_argument, option
from tsutatsu.cli.law import open_law
from tsutatsu.cli.paper import err
from tsutatsu.cli.rendering import show_finding
from tsutatsu.cli.submitted import assigned
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.words import Words


@command(
    "case open",
    Words(
        "手続の事案を一つ始める。事案は、始めた日に効力のある通達の版と手続に結び付き、最後までそれによる。番号を書かなければ"
        "付けられる。解釈を --side で決めると、その事案ではそれによる。--local で組織の定めを重ねると、それにもよる。",
        "Begins a case of a workflow. It runs by the issue of the circular and the workflow of that day to its end. "
        "A number is drawn where none is given. Readings decided with --side hold for the case; so does what a force "
        "has laid down for itself, laid over the circular with --local.",
    ),
    Example(
        "tsutatsu case open 映像の提供 --as 山田 --db cases.sqlite --key keys/audit",
        Words("提供の事案を始める", "Open a case of providing footage"),
    ),
)
@argument("workflow", ja="手続の名、識別子、対象の名。", en="A workflow's name, id or subject.", metavar="WORKFLOW")
@law_argument
@option("--id", "name", metavar="ID", ja="事案の番号。", en="The number of the case.")
@option("--label", default="", metavar="TEXT", ja="事案の呼び名。", en="What the case is called.")
@option(
    "--side",
    "sides",
    multiple=True,
    metavar="READING=SIDE",
    ja="この事案の解釈を決める。",
    en="Decide a reading for it.",
)
@local_option
@acting_options
@db_option
@key_option
@json_option
def command_(
    *,
    workflow: str,
    folder: str | None,
    name: str | None,
    label: str,
    sides: Sequence[str],
    local: str | None,
    who: Acting,
    db: str | None,
    key: str | None,
    as_json: bool,
) -> int:
    """Opens the case."""
    from tsutatsu.cases.audit.keys import read_signer
    from tsutatsu.cases.ground import Grounds
    from tsutatsu.cases.store.store import Store

    bundle = open_law(folder)
    decided = {reading: str(side) for reading, side in assigned(sides).items()}
    try:
        signer = read_signer(key_of(key))
        with Store.open(place_of(db), Grounds(bundle, bundle.workflows), signer) as store:
            if who.clock is not None:
                store.database.check_clock(who.clock)
            done = store.start(
                workflow,
                store.person(who.person),
                who.at,
                name=name,
                label=label,
                post=who.post,
                sides=decided or None,
                local=local,
                key=who.once,
            )
            if local is not None and not done.case.pin.force:
                show_finding(err(), finding("TS387", word=bundle.force_called(local).words.ja))
            return show_done(store, done, as_json=as_json)
    except Refused as refused:
        raise as_typed(refused) from None
