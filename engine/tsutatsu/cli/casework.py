"""What commands on cases share: the store and the key, who acts and when, and how cases and refusals are shown."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING

from tsutatsu.cli.answers import cited, show_answer, value_told
from tsutatsu.cli.days import moment_given, now, told_day, told_moment
from tsutatsu.cli.frame import Run, option
from tsutatsu.cli.language import Misuse, help_of, misuse, say, told, unwritable
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import Paper, out, put_json
from tsutatsu.diagnostics import Refused
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.cases import Actor, Case, Done, DutyRow, Entry, Ground, Refusal
    from tsutatsu.cases.audit.trail import Trail
    from tsutatsu.cases.store.store import Store
    from tsutatsu.ir import Facts

DB = "TSUTATSU_DB"
KEY = "TSUTATSU_KEY"
_MISUSED = frozenset(
    {
        "TS382", "TS841", "TS843", "TS844", "TS845", "TS846", "TS849", "TS852", "TS853", "TS854", "TS855", "TS856",
        "TS858", "TS859", "TS871", "TS872", "TS873", "TS875", "TS878", "TS894", "TS895",
    }
)  # fmt: skip
"""Findings about what was typed rather than about the case."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who gives a command, when, and under which key it happens once."""

    person: str
    post: str | None
    at: datetime
    once: str
    clock: datetime | None
    """What this machine's clock shows, where the moment was taken from it."""


def db_option(run: Run) -> Run:
    """The option ``--db``: which store."""
    return option(
        "--db",
        metavar="FILE|URL",
        ja=f"事案の置き場。SQLite のファイルか postgresql:// の URL（既定は環境変数 {DB}）。",
        en=f"The store of cases: a SQLite file or a postgresql:// URL ({DB} where none is given).",
    )(run)


def key_option(run: Run) -> Run:
    """The option ``--key``: the key that signs."""
    return option(
        "--key",
        metavar="FILE",
        ja=f"監査の鍵（既定は環境変数 {KEY}）。記録は署名してから受け付ける。",
        en=f"The audit key ({KEY} where none is given): records are signed before they are acknowledged.",
    )(run)


def at_option(run: Run) -> Run:
    """The option ``--at``: the moment that counts as now."""
    return option(
        "--at",
        metavar="MOMENT",
        ja="この時刻に行ったものとする（例: 2025-06-02T22:15。既定は東京の今）。",
        en="The moment it is done (such as 2025-06-02T22:15; now in Tokyo where none is given).",
    )(run)


def acting_options(run: Run) -> Run:
    """Who acts, in which post, when, and once under which key; the command gets them together, as ``who``."""

    @wraps(run)
    def acted(*, person: str | None, post: str | None, at: str | None, once: str | None, **rest: object) -> int | None:
        if not person:
            raise misuse("TS622", what="--as PERSON", help=help_of("case"))
        given, clock = moment_given(at, "--at"), now()
        shown = None if given else clock
        return run(who=Acting(person, post, given or clock, once or "", shown), **rest)

    made: Run = acted
    for add in reversed(
        (
            option(
                "--as", "person", metavar="PERSON", ja="する人（名簿の番号）。", en="Who does it, by the roster's id."
            ),
            option(
                "--post",
                metavar="POST",
                ja="どの職で行うか（二つ以上持つとき）。",
                en="In which post, where he holds several.",
            ),
            at_option,
            option(
                "--once",
                metavar="KEY",
                ja="この鍵の命令は、何度届いても一度だけ行う。",
                en="However often the command of this key arrives, it happens once.",
            ),
        )
    ):
        made = add(made)
    return made


def place_of(db: str | None) -> str:
    """Where the store is; refused where nobody says."""
    place = db or os.environ.get(DB, "")
    if not place:
        raise misuse("TS840")
    return place


def key_of(key: str | None) -> Path:
    """Where the key is; refused where nobody says."""
    place = key or os.environ.get(KEY, "")
    if not place:
        why, why_en = "場所が示されていない。", "Nobody says where it is."
        raise misuse("TS858", place="--key", why=why, why_en=why_en)
    return Path(place)


def run_on(
    db: str | None,
    run: "Callable[[Store], int | None]",
    *,
    key: str | None = None,
    writes: bool = False,
    clock: datetime | None = None,
) -> int:
    """Runs something on the store; with ``writes`` its key is needed, and what is added is signed with it.

    Refused where ``clock``, which this machine's shows, is not what the clock of a server shows.
    """
    from tsutatsu.bundle import Bundle
    from tsutatsu.cases.audit.keys import read_signer
    from tsutatsu.cases.ground import Grounds
    from tsutatsu.cases.store.store import Store

    try:
        signer = read_signer(key_of(key)) if writes else None
        with Store.open(place_of(db), Grounds(Bundle.of(()), ()), signer) as store:
            if clock is not None:
                store.database.check_clock(clock)
            return run(store) or CLEAN
    except Refused as refused:
        raise as_typed(refused) from None


def as_typed(refused: Refused) -> Refused:
    """A refusal that is about the command line itself comes out as a misuse."""
    if not isinstance(refused, Misuse) and all(one.code in _MISUSED for one in refused.findings):
        return Misuse(refused.findings)
    return refused


def actor_of(store: "Store", who: Acting) -> "Actor":
    """The person who acts."""
    return store.person(who.person)


# ── showing ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def show_done(store: "Store", done: "Done", *, as_json: bool) -> int:
    """What came of a command that was taken: where the case now stands, what is owed, and what else moved."""
    from tsutatsu.cases import DutyStanding

    ground, case = store.ground(done.case), store.case(done.case.id)
    if as_json:
        put_json(
            {"accepted": True, "again": done.again, "entry": entry_json(done.entry), "case": case_json(case, ground)}
        )
        return CLEAN
    paper = out()
    state = ground.workflow.state[case.state].words
    name = entry_words(done.entry, ground)
    paper.put(
        say(
            f"○ {'（前に受け付けたもの）' if done.again else ''}{case.id} {told(name)} — 今「{state.ja}」、版 "
            f"{case.version}",
            f"○ {'(taken before) ' if done.again else ''}{case.id} {told(name)} — now “{state.say('en')}”, version "
            f"{case.version}",
        ),
        style="good",
    )
    for entry in case.entries[done.entry.number :]:
        paper.put(say("続いて: ", "Then: ") + told(entry_words(entry, ground)), indent=2)
    touched = {one.key for entry in case.entries[done.entry.number - 1 :] for one in entry.duties}
    shown = (one for one in case.duties if one.key in touched or one.standing is DutyStanding.OPEN)
    show_duties(paper, shown)
    return CLEAN


def show_refusal(ground: "Ground", refusal: "Refusal", *, as_json: bool) -> int:
    """Why an event may not happen."""
    if as_json:
        put_json(refusal_json(refusal))
        return FINDINGS
    paper = out()
    head = say(f"× 受け付けられない — 「{refusal.words.ja}」", f"× Not accepted — “{refusal.words.say('en')}”")
    paper.put(head + (f"（{cited(refusal.provision)}）" if refusal.provision else ""), style="bad")
    paper.put(told(refusal.said))
    if refusal.duties:
        show_duties(paper, refusal.duties)
    if refusal.answer is not None:
        paper.put()
        show_answer(paper, refusal.answer.record(), ground.widened)
    return FINDINGS


def show_duties(paper: Paper, duties: "Iterable[DutyRow]") -> None:
    """Duties, a paragraph each: how it stands and what it is; then what commands call it, whose, by when, by what."""
    from tsutatsu.cases.labels import STANDING_WORDS

    for one in duties:
        mark, style = _MARKS[one.standing.value]
        late = say("（後から行われた）", " (done later)") if one.performed is not None else ""
        paper.entry(f"  {mark} {told(STANDING_WORDS[one.standing])}{late}", told(one.summary), style=style)
        until = told(one.time) if one.last is None else _told_last(one.last)
        where, key = cited(one.provision), str(one.key)
        paper.put(
            say(
                f"{key}　名宛: {one.bearer}　期限: {until}（{where}）",
                f"{key}, bearer: {one.bearer}, due: {until} ({where})",
            ),
            indent=4,
            hang=2,
            style="quiet",
        )


_MARKS = {
    "open": ("□", "care"),
    "met": ("☑", "good"),
    "breached": ("×", "bad"),
    "waived": ("－", "quiet"),
    "dropped": ("－", "quiet"),
}


def _told_last(last: date | datetime) -> str:
    """The last day, or the instant, that is still in time."""
    if isinstance(last, datetime):
        return say(f"{told_moment(last)}まで", f"by {told_moment(last)}")
    return say(f"{told_day(last)}まで", f"by the end of {told_day(last)}")


def show_local(paper: Paper, ground: "Ground") -> None:
    """Whose own provisions are laid over the circular, where any are."""
    from tsutatsu.judging.measuring import said_by

    if ground.directive.local is not None:
        paper.put(say("定め: ", "Provisions: ") + told(said_by(ground.directive.local)), style="quiet")


def show_facts(paper: Paper, facts: "Facts", ground: "Ground") -> None:
    """Facts by their names."""
    from tsutatsu.judging.showing import shown_facts

    directive = ground.directive
    rows = [(told(one.words), value_told(directive, one.term, one.value)) for one in shown_facts(facts, directive)]
    paper.rows(rows)


def entry_words(entry: "Entry", ground: "Ground") -> Words:
    """What happened, in a few words."""
    from tsutatsu.cases.labels import DEED_WORDS

    deed = DEED_WORDS[entry.deed]
    event = ground.workflow.event.get(entry.event)
    if event is None:
        return deed
    if entry.deed.value == "event":
        return event.words
    return Words(f"{deed.ja}「{event.words.ja}」", f"{deed.say('en')}: {event.words.say('en')}")


def refusal_json(refusal: "Refusal") -> dict[str, object]:
    """A refusal as programs read it."""
    return {
        "accepted": False,
        "event": refusal.event,
        "provision": refusal.provision,
        "why": refusal.why.value,
        "said": both(refusal.said),
        "missing": list(refusal.missing),
        "linked": [{"workflow": one.workflow, "states": list(one.states)} for one in refusal.linked],
        "duties": [duty_json(one) for one in refusal.duties],
        "answer": None if refusal.answer is None else refusal.answer.to_dict(),
    }


def case_json(case: "Case", ground: "Ground") -> dict[str, object]:
    """A case as programs read it."""
    from tsutatsu.judging.showing import shown

    state = ground.workflow.state[case.state]
    return {
        "id": case.id,
        "label": case.label,
        "workflow": case.pin.workflow,
        "directive": case.pin.directive,
        "issued": case.pin.issued.isoformat(),
        "law": case.pin.law,
        "local": case.pin.force or None,
        "state": {"id": state.id, **both(state.words), "final": state.final},
        "version": case.version,
        "last": case.last.isoformat(),
        "erased": case.erased,
        "facts": {term: shown(value) for term, value in case.facts.items()},
        "sides": case.sides,
        "duties": [duty_json(one) for one in case.duties],
        "timers": [
            {"event": one.event, "clock": one.clock, "due_at": one.due_at.isoformat(), "held": one.held}
            for one in case.timings
        ],
        "links": list(case.links),
    }


def duty_json(one: "DutyRow") -> dict[str, object]:
    """A duty as programs read it."""
    return {
        "duty": str(one.key),
        "standing": one.standing.value,
        "provision": one.provision,
        "bearer": one.bearer,
        "summary": both(one.summary),
        "time": both(one.time),
        "strength": one.strength.value,
        "last": None if one.last is None else one.last.isoformat(),
        "due_at": None if one.due_at is None else one.due_at.isoformat(),
        "raised": one.raised,
        "settled": one.settled,
        "performed": one.performed,
    }


def entry_json(entry: "Entry") -> dict[str, object]:
    """An entry as programs read it."""
    from tsutatsu.judging.showing import shown

    body = entry.body
    return {
        "case": entry.case,
        "number": entry.number,
        "deed": entry.deed.value,
        "event": entry.event or None,
        "at": entry.at.isoformat(),
        "from": entry.origin or None,
        "to": entry.target,
        "refers": entry.refers,
        "local": None if entry.pin is None else entry.pin.force or None,
        "linked": entry.other or None,
        "duties": [duty_json(one) for one in entry.duties],
        "by": None
        if body is None
        else {
            "id": body.doer.id,
            "name": body.doer.name,
            "post": body.doer.post,
            "unit": body.doer.unit,
            "hand": body.doer.hand.value,
        },
        "supplied": None if body is None else {term: shown(value) for term, value in body.supplied.items()},
        "written": None if body is None else {term: shown(value) for term, value in body.written.items()},
        "judgements": [] if body is None else [{"judgement": g.judgement, "verdict": g.verdict} for g in body.given],
        "words": None if body is None else body.words,
    }


def write_trail(trail: "Trail", file: str, *, as_json: bool) -> None:
    """Writes a trail as one file, and says so."""
    try:
        trail.write(Path(file))
    except OSError as error:
        raise unwritable(file, error) from None
    count = len(trail.entries)
    if as_json:
        put_json({"file": file, "entries": count})
    else:
        out().put(say(f"書いた: {file}（記録 {count} 件）", f"Written: {file} ({count} entries)"), style="good")


def both(words: Words) -> dict[str, object]:
    """Words in both languages."""
    return {"ja": words.ja, "en": words.say("en")}
