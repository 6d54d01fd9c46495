"""``tsutatsu register``: the directives as a register: in force, about to lapse, superseded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tsutatsu.bundle import Bundle
from tsutatsu.cli.answers import mark_of, style_of
from tsutatsu.cli.days import day_given, days_given, today, told_day, told_days
from tsutatsu.cli.frame import Example, command, json_option, law_argument, option
from tsutatsu.cli.language import say, told
from tsutatsu.cli.law import open_law
from tsutatsu.cli.paper import Paper, out, put_json
from tsutatsu.ir import FORCE, Directive
from tsutatsu.judging.force import force_on, why
from tsutatsu.judging.labels import VERDICT_WORDS
from tsutatsu.semantics import Verdict
from tsutatsu.words import Words


@dataclass(frozen=True, slots=True)
class Entry:
    """One issue of one directive as it stands on a day."""

    directive: Directive
    verdict: Verdict
    last: date | None
    """Its last day in force, where there is one."""
    lapsing: bool
    """Whether that day comes within the days asked about."""


@command(
    "register",
    Words(
        "すべての通達の各版が、その日に効力があるか、いつ失効するか、何に替わられたかを並べる。--within で、その日数の"
        "うちに失効するものだけにする。",
        "Lists every issue of every directive: whether it is in force on the day, when it lapses, what superseded "
        "what. --within keeps only "
        "those that lapse within so many days.",
    ),
    Example("tsutatsu register --on 2026-04-01", Words("2026年4月1日の効力", "What is in force on 1 April 2026")),
    Example(
        "tsutatsu register --within 90d",
        Words("今日から90日のうちに失効するもの", "What lapses within 90 days from today"),
    ),
)
@option("--on", metavar="DATE", ja="どの日について（既定は今日）。", en="For which day (today where none is given).")
@option(
    "--within",
    metavar="DAYS",
    ja="その日数のうちに失効するものだけ（90d、90日）。",
    en="Only what lapses within so many days (90d).",
)
@json_option
@law_argument
def command_(folder: str | None, on: str | None, within: str | None, as_json: bool) -> None:
    """Lists the register."""
    day = day_given(on, "--on") or today()
    span = None if within is None else days_given(within, "--within")
    until = None if span is None else day + min(span, date.max - day)
    entries = [one for one in register(open_law(folder), day, until) if until is None or one.lapsing]
    if as_json:
        put_json(
            {
                "on": day.isoformat(),
                "within": until.isoformat() if until else None,
                "directives": [_to_dict(e, day) for e in entries],
            }
        )
        return
    paper = out()
    head = say(f"{told_day(day)}の通達", f"Directives on {told_day(day)}")
    if until is not None:
        head = say(
            f"{told_day(day)}から{told_day(until)}までに失効する通達",
            f"Directives that lapse from {told_day(day)} to {told_day(until)}",
        )
    paper.put(head, style="head")
    _show(paper, entries, day)


def register(bundle: Bundle, day: date, until: date | None = None) -> list[Entry]:
    """Every issue as it stands on ``day``, those that end soonest first among those in force, then the others."""
    found: list[Entry] = []
    for one in bundle.directives:
        last = one.clock[FORCE].end
        lapsing = last is not None and until is not None and day <= last <= until
        found.append(Entry(one, force_on(one, day), last, lapsing))
    order = (Verdict.IN_FORCE, Verdict.IN_FORCE_NO_END, Verdict.NOT_YET, Verdict.SUPERSEDED, Verdict.LAPSED)
    return sorted(found, key=lambda e: (order.index(e.verdict), e.last or date.max, e.directive.id))


def _show(paper: Paper, entries: Sequence[Entry], day: date) -> None:
    if not entries:
        paper.put(say("該当する通達はない。", "None."), indent=2)
    for one in entries:
        head = one.directive.header
        issued = told_day(head.issued.day) if head.issued.day else head.issued.literal
        paper.put()
        verdict = f"{mark_of(one.verdict)} {told(VERDICT_WORDS[one.verdict])}"
        paper.entry(
            verdict,
            say(f"{head.title.ja}、{issued}、{head.number}", f"{told(head.title)} ({issued}, {head.number})"),
            style=style_of(one.verdict),
        )
        if one.last is not None and one.verdict is Verdict.IN_FORCE:
            left = (one.last - day).days
            paper.put(
                say(f"{told_day(one.last)}まで、あと{left}日。", f"Until {told_day(one.last)}, {left} days from then."),
                indent=2,
            )
        else:
            paper.put(told_days(told(why(one.directive, day))), indent=2)
        if head.retention_end is not None:
            paper.put(
                say(
                    f"原議の保存: {head.retention_end.literal}まで",
                    f"Original kept until: {head.retention_end.literal}",
                ),
                indent=2,
                style="quiet",
            )
        if head.repeals:
            cited = say("、", ", ").join(f"{c.number}（{c.issued.literal}）" for c in head.repeals)
            paper.put(say(f"廃止したもの: {cited}", f"Repeals: {cited}"), indent=2, hang=2, style="quiet")


def _to_dict(one: Entry, day: date) -> dict[str, object]:
    d = one.directive
    by = d.superseded
    return {
        "id": d.id,
        "title": {"ja": d.header.title.ja, "en": d.header.title.say("en")},
        "issued": d.header.issued.day.isoformat() if d.header.issued.day else None,
        "number": d.header.number,
        "force": one.verdict.value,
        "said": {"ja": why(d, day).ja, "en": why(d, day).say("en")},
        "last_day": one.last.isoformat() if one.last else None,
        "retention_end": d.header.retention_end.day.isoformat()
        if d.header.retention_end and d.header.retention_end.day
        else None,
        "superseded_by": {"id": by.by, "issued": by.issued.isoformat()} if by is not None else None,
        "repeals": [{"number": c.number, "issued": c.issued.literal} for c in d.header.repeals],
    }
