"""``tsutatsu register``: the directives as a register: in force, about to lapse, superseded, and what they leave."""

from collections.abc import Iterable, Sequence
from datetime import date

from tsutatsu.cli.answers import cited, mark_of, style_of
from tsutatsu.cli.days import day_given, days_given, today, told_day, told_days
from tsutatsu.cli.frame import Example, command, json_option, law_argument, option
from tsutatsu.cli.language import say, told
from tsutatsu.cli.law import open_law
from tsutatsu.cli.lives import told_retention, told_survivors
from tsutatsu.cli.paper import Paper, out, put_json
from tsutatsu.cli.relations import RELATION_WORDS, relations_to_dict, show_relations, told_citation
from tsutatsu.ir import Citation, Relation
from tsutatsu.judging.force import IN_FORCE, standing_caveats, why
from tsutatsu.judging.labels import VERDICT_WORDS
from tsutatsu.judging.register import Entry, Leaning, register
from tsutatsu.passes.relate import relate
from tsutatsu.semantics import Verdict
from tsutatsu.words import Words

_DONE = {
    Relation.REPEALS: Words("廃止したもの", "Repeals"),
    Relation.AMENDS: Words("改正したもの", "Amends"),
}
"""What is listed with each entry; citations are many, and shown by ``--relations``."""


@command(
    "register",
    Words(
        "すべての通達の各版が、その日に効力があるか、いつ失効するか、何に替わられたか、原議をいつまで保存するかを並べる。"
        "失効したものには、失効後も残る定めと、それを引いている効力のある通達を添える。--within で、その日数のうちに"
        "失効するものだけにする。--retention を付けると、原議の保存期間の満了で並べ、絞る。--relations は、廃止・改正・"
        "参照の関係を木で示す（--json では節と辺）。手元にない通達や法令は、番号・日・題だけの「名のみ」の節になる。",
        "Lists every issue of every directive: whether it is in force on the day, when it lapses, what superseded it, "
        "and until when its original is kept. To one that has lapsed it adds the norms that survive, and the circulars "
        "in force that still name it. --within keeps only those that lapse within so many days; with --retention, "
        "entries are ordered and chosen by the end of the original's retention. --relations shows repeals, amendments "
        "and citations as a tree (nodes and edges in --json); what is not at hand is a stub known by name only.",
    ),
    Example("tsutatsu register --on 2026-04-01", Words("2026年4月1日の効力", "What is in force on 1 April 2026")),
    Example(
        "tsutatsu register --within 90d",
        Words("今日から90日のうちに失効するもの", "What lapses within 90 days from today"),
    ),
    Example(
        "tsutatsu register --within 200d --retention",
        Words("200日のうちに原議の保存期間が満了するもの", "Whose original need be kept no longer than 200 days"),
    ),
    Example("tsutatsu register --relations", Words("廃止・改正・参照の関係", "What repeals, amends and cites what")),
)
@option("--on", metavar="DATE", ja="どの日について（既定は今日）。", en="For which day (today where none is given).")
@option(
    "--within",
    metavar="DAYS",
    ja="その日数のうちに失効するものだけ（90d、90日）。",
    en="Only what lapses within so many days (90d).",
)
@option(
    "--retention",
    is_flag=True,
    ja="失効ではなく、原議の保存期間の満了で並べ、絞る。",
    en="Order and choose by the end of the original's retention, not by the end of effect.",
)
@option(
    "--relations", is_flag=True, ja="廃止・改正・参照の関係を示す。", en="Show what repeals, amends and cites what."
)
@json_option
@law_argument
def command_(
    *, folder: str | None, on: str | None, within: str | None, retention: bool, relations: bool, as_json: bool
) -> None:
    """Lists the register."""
    day = day_given(on, "--on") or today()
    span = None if within is None else days_given(within, "--within")
    until = None if span is None else day + min(span, date.max - day)
    bundle = open_law(folder)
    entries = _chosen(register(bundle, day), day, until, retention=retention)
    if relations:
        graph, shown = relate(bundle.directives), [one.directive for one in entries]
        if as_json:
            put_json(relations_to_dict(graph, shown, day))
        else:
            paper = _headed(day, until, entries, retention=retention)
            show_relations(paper, graph, shown, day)
    elif as_json:
        listed = [_to_dict(e, day) for e in entries]
        put_json({"on": day.isoformat(), "within": until.isoformat() if until else None, "directives": listed})
    else:
        _show(_headed(day, until, entries, retention=retention), entries, day, soon=until is not None)


def _chosen(entries: Iterable[Entry], day: date, until: date | None, *, retention: bool) -> list[Entry]:
    """The entries to be shown: all, or those whose effect (or original's retention) ends by ``until``."""
    ends = [(one, one.kept_until if retention else one.last) for one in entries]
    if retention:
        ends.sort(key=lambda pair: pair[1] or date.max)
    return [one for one, end in ends if until is None or (end is not None and day <= end <= until)]


def _headed(day: date, until: date | None, entries: Sequence[Entry], *, retention: bool) -> Paper:
    """The page with its heading, and the word that there is none where there is none."""
    paper = out()
    if until is None:
        paper.put(say(f"{told_day(day)}の通達", f"Directives on {told_day(day)}"), style="head")
    elif retention:
        paper.put(
            say(
                f"{told_day(day)}から{told_day(until)}までに原議の保存期間が満了する通達",
                f"Directives whose original's retention ends from {told_day(day)} to {told_day(until)}",
            ),
            style="head",
        )
    else:
        paper.put(
            say(
                f"{told_day(day)}から{told_day(until)}までに失効する通達",
                f"Directives that lapse from {told_day(day)} to {told_day(until)}",
            ),
            style="head",
        )
    if not entries:
        paper.put(say("該当する通達はない。", "None."), indent=2)
    return paper


def _show(paper: Paper, entries: Sequence[Entry], day: date, *, soon: bool) -> None:
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
        paper.put(_effect(one, day), indent=2)
        over = one.verdict in (Verdict.LAPSED, Verdict.SUPERSEDED)
        if over or soon:
            for survivors in one.survivors:
                paper.put(told(told_survivors(one.directive, survivors)), indent=2, hang=2)
            if one.leaning:
                paper.put(_told_leaning(one.leaning, over=over), indent=2, hang=2, style="care")
        if one.verdict in IN_FORCE:
            for caveat in standing_caveats(one.directive):
                paper.put(say("留意: ", "Note: ") + told_days(told(caveat.words)), indent=2, hang=2)
        if head.effect_end is not None:
            kind, end = head.effect_kind, head.effect_end.literal
            printed = say(f"{kind}、{end}まで" if kind else f"{end}まで", f"{kind}, {end}" if kind else end)
            paper.put(say("有効期間の印字: ", "Effect as printed: ") + printed, indent=2, hang=2, style="quiet")
        if one.retention is not None:
            paper.put(told_days(told(told_retention(one.retention))), indent=2, hang=2, style="quiet")
        for relation, words in _DONE.items():
            if named := head.named(relation):
                listed = say("、", ", ").join(told_citation(citation) for citation in named)
                paper.put(f"{told(words)}: {listed}", indent=2, hang=2, style="quiet")


def _effect(one: Entry, day: date) -> str:
    """Until when it is in force, or why it is not."""
    if one.last is not None and one.verdict is Verdict.IN_FORCE:
        left = (one.last - day).days
        return say(
            f"{told_day(one.last)}まで、あと{left}日。",
            f"Until {told_day(one.last)}, {left} days from then.",
        )
    return told_days(told(why(one.directive, day)))


def _told_leaning(leaning: Sequence[Leaning], *, over: bool) -> str:
    """The circulars in force that name it, which may have to be issued anew."""
    named = say("、", ", ").join(
        say(
            f"「{told(one.directive.header.title)}」{cited(one.provision)}（{told(RELATION_WORDS[one.relation])}）",
            f"“{told(one.directive.header.title)}” {cited(one.provision)} ({told(RELATION_WORDS[one.relation])})",
        )
        for one in leaning
    )
    if over:
        return say(
            f"効力のある通達が、失効したこの通達を引いている: {named}。引き直すか、改めて発出するかを確かめる。",
            f"Circulars in force still name it: {named}. See whether they are to be issued anew.",
        )
    return say(
        f"失効すると、これを引く通達に影響する: {named}。",
        f"Its end will bear on the circulars that name it: {named}.",
    )


def _to_dict(one: Entry, day: date) -> dict[str, object]:
    d = one.directive
    by, kept = d.superseded, one.retention
    return {
        "id": d.id,
        "title": {"ja": d.header.title.ja, "en": d.header.title.say("en")},
        "issued": d.header.issued.day.isoformat() if d.header.issued.day else None,
        "number": d.header.number,
        "other_numbers": list(d.header.other_numbers),
        "force": one.verdict.value,
        "said": {"ja": why(d, day).ja, "en": why(d, day).say("en")},
        "effect_kind": d.header.effect_kind or None,
        "last_day": one.last.isoformat() if one.last else None,
        "retention_end": one.kept_until.isoformat() if one.kept_until else None,
        "retention": {
            "years": kept.years,
            "printed": kept.printed.literal,
            "counting": kept.counting.value if kept.counting is not None else None,
            "counted": [day.isoformat() for day in kept.counted],
        }
        if kept is not None
        else None,
        "superseded_by": {"id": by.by, "issued": by.issued.isoformat()} if by is not None else None,
        "caveats": [{"ja": c.words.ja, "en": c.words.say("en")} for c in standing_caveats(d)],
        "survivors": [
            {
                "norms": [norm.id for norm in each.norms],
                "start": each.start or None,
                "reading": each.side.reading if each.side is not None else None,
                "side": each.side.side if each.side is not None else None,
            }
            for each in one.survivors
        ],
        "named_by": [
            {
                "id": each.directive.id,
                "issued": each.directive.issued.isoformat(),
                "relation": each.relation.value,
                "provision": each.provision or None,
            }
            for each in one.leaning
        ],
        **{relation.value: [_citation(c) for c in d.header.named(relation)] for relation in Relation},
    }


def _citation(one: Citation) -> dict[str, object]:
    return {
        "number": one.number or None,
        "issued": one.issued.literal or None,
        "title": one.title or None,
        "provision": one.provision or None,
        "reading": one.side.reading if one.side is not None else None,
        "side": one.side.side if one.side is not None else None,
    }
