"""``tsutatsu case migrate``: cases under way go over to a later issue, as its transitional clauses say."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from tsutatsu.cli.answers import cited
from tsutatsu.cli.casework import as_typed, at_option, db_option, key_of, key_option, place_of, show_duties
from tsutatsu.cli.days import day_given, moment_given, now, told_moment
from tsutatsu.cli.frame import Example, command, json_option, law_argument, option
from tsutatsu.cli.language import misuse, say, told
from tsutatsu.cli.law import open_law
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import out, put_json
from tsutatsu.diagnostics import Refused
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.cases.case import Pin
    from tsutatsu.cases.store.store import Store
    from tsutatsu.cases.ways import Goes, Mover, Stays


@command(
    "case migrate",
    Words(
        "通達が改められたとき、その経過措置が移すという事案を新しい版に移す。--apply と書くまでは何も書かず、どの事案が"
        "どう移り、どの事案がなぜ残るかを示す。事実や義務や期日が失われる事案は移さない。事案ごとに一つの記録になり、"
        "途中で止まっても、もう一度行えば残りが移る。--to に事案自身の版を書くと、改まった符号化に移す。",
        "When a circular has been amended, moves the cases that its transitional clauses move to the new issue. Until "
        "--apply is given nothing is written: it is shown which cases would go and how, and which stay and why. A case "
        "that would lose a fact, a duty or a clock is not moved. Each case is one entry; stopped half-way, the command "
        "run again moves the rest. With a case's own issue as --to, it goes over to the corrected encoding.",
    ),
    Example("tsutatsu case migrate --db cases.sqlite", Words("移る事案と残る事案を見る", "See which cases would go")),
    Example(
        "tsutatsu case migrate --apply --as 山田 --reason 改正の施行 --db cases.sqlite --key keys/audit",
        Words("移す", "Move them"),
    ),
)
@option("--case", "names", multiple=True, metavar="CASE", ja="この事案だけ。", en="Only this case.")
@option(
    "--to",
    metavar="DATE",
    ja="移す先の版の発出日（既定は今効力のある版）。",
    en="The day of issue to move to (the issue in force where none is given).",
)
@option("--apply", "applied", is_flag=True, ja="移す。書かなければ示すだけ。", en="Move them; without it, only show.")
@option("--as", "person", metavar="PERSON", ja="移す人（名簿の番号）。", en="Who moves them, by the roster's id.")
@option("--post", metavar="POST", ja="どの職で行うか。", en="In which post.")
@option("--reason", default="", metavar="TEXT", ja="移す理由。", en="Why they are moved.")
@at_option
@law_argument
@db_option
@key_option
@json_option
def command_(
    *,
    folder: str | None,
    names: Sequence[str],
    to: str | None,
    applied: bool,
    person: str | None,
    post: str | None,
    reason: str,
    at: str | None,
    db: str | None,
    key: str | None,
    as_json: bool,
) -> int:
    """Moves cases, or shows what would become of them."""
    from tsutatsu.cases.audit.keys import read_signer
    from tsutatsu.cases.ground import Grounds
    from tsutatsu.cases.moments import at_tokyo
    from tsutatsu.cases.people import Doer, doer
    from tsutatsu.cases.store.store import Store
    from tsutatsu.cases.ways import Mover

    issued: date | None = None if to is None else day_given(to, "--to")
    given, clock = moment_given(at, "--at"), now()
    moment: datetime = at_tokyo(given or clock)
    if applied and (not person or not reason.strip()):
        raise misuse("TS894")
    bundle = open_law(folder)
    issues = sorted({one.issued for one in bundle.directives})
    if issued is not None and issued not in issues:
        raise misuse("TS895", issued=issued.isoformat(), known="、".join(one.isoformat() for one in issues))
    try:
        signer = read_signer(key_of(key)) if applied else None
        with Store.open(place_of(db), Grounds(bundle, bundle.workflows), signer) as store:
            if applied and given is None:
                store.database.check_clock(clock)
            who = doer(store.person(person), moment.date(), post) if person else Doer("", "")
            return _run(store, Mover(who, moment, reason.strip(), issued), names, applied=applied, as_json=as_json)
    except Refused as refused:
        raise as_typed(refused) from None


def _run(store: "Store", mover: "Mover", names: Sequence[str], *, applied: bool, as_json: bool) -> int:
    from tsutatsu.cases.ways import Goes

    wanted = list(names) or [row.id for row in store.cases()]
    found: list[Goes | Stays] = []
    for name in wanted:
        found.append(store.move(name, mover) if applied else store.plan_move(name, mover))
        if not as_json:
            _show(found[-1], applied=applied)
    hindered = [one for one in found if not isinstance(one, Goes) and one.hindered]
    going = [one for one in found if isinstance(one, Goes)]
    if as_json:
        put_json({"applied": applied, "cases": [_to_dict(one) for one in found]})
    else:
        done, done_en = ("移した", "moved") if applied else ("移る", "would go")
        stay = len(found) - len(going) - len(hindered)
        out().put(
            say(
                f"{done}: {len(going)} 件、残る: {stay} 件、移せない: {len(hindered)} 件。",
                f"{len(going)} {done_en}, {stay} stay, {len(hindered)} cannot.",
            ),
            style="head",
        )
        if going and not applied:
            out().put(say("まだ何も書いていない。--apply で移す。", "Nothing was written yet; --apply moves them."))
    return FINDINGS if hindered else CLEAN


def _show(one: "Goes | Stays", *, applied: bool) -> None:
    from tsutatsu.cases.ways import Goes

    paper = out()
    if not isinstance(one, Goes):
        mark, style = ("×", "bad") if one.hindered else ("－", "quiet")
        paper.put(f"{mark} {one.case.id}  {one.case.pin.issued}  {told(one.said)}", style=style, hang=2)
        return
    before, pin = one.before.pin, one.case.pin
    flow = one.ground.workflow
    state = told(flow.state[one.entry.target].words)
    verb = say("移した" if applied else "移る", "moved" if applied else "would go")
    paper.put(f"○ {one.case.id}  {before.issued} → {pin.issued}  {verb}: {state}", style="good", hang=2)
    if one.clause is None:
        paper.put(say("同じ版の、改まった符号化へ。", "To the corrected encoding of the same issue."), indent=2)
    else:
        paper.put(f"{cited(one.clause.provision)} {told(one.clause.summary)}".strip(), indent=2)
    if one.ended:
        paper.put(
            say("終わる事実: ", "Facts that end: ") + say("、", ", ").join(told(term.words) for term in one.ended),
            indent=2,
        )
    show_duties(paper, one.entry.duties)
    for timing in one.entry.timings:
        event = told(flow.event[timing.event].words)
        paper.put(
            say(f"{told_moment(timing.due_at)}に「{event}」", f"“{event}” at {told_moment(timing.due_at)}"), indent=2
        )


def _to_dict(one: "Goes | Stays") -> dict[str, object]:
    from tsutatsu.cases.ways import Goes
    from tsutatsu.cli.casework import both, duty_json

    pin = one.case.pin
    if not isinstance(one, Goes):
        return {
            "case": one.case.id,
            "goes": False,
            "hindered": one.hindered,
            "why": one.why.value,
            "said": both(one.said),
            "issued": pin.issued.isoformat(),
        }
    return {
        "case": one.case.id,
        "goes": True,
        "from": _place(one.before.pin, one.entry.origin),
        "to": _place(pin, one.entry.target),
        "provision": None if one.clause is None else one.clause.provision,
        "ended": [term.id for term in one.ended],
        "duties": [duty_json(row) for row in one.entry.duties],
        "timers": [{"event": t.event, "clock": t.clock, "due_at": t.due_at.isoformat()} for t in one.entry.timings],
    }


def _place(pin: "Pin", state: str) -> dict[str, object]:
    return {"issued": pin.issued.isoformat(), "workflow": pin.workflow, "state": state}
