"""``tsutatsu coverage``: what the scenarios show of the law, and what they leave unshown."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from tsutatsu.cli.frame import Example, command, json_option, law_argument, option
from tsutatsu.cli.language import lang, misuse, say
from tsutatsu.cli.law import law_root, named_directive, placed
from tsutatsu.cli.leaving import CLEAN, FINDINGS
from tsutatsu.cli.paper import Paper, err, out, put_json
from tsutatsu.cli.rendering import show_findings, summary
from tsutatsu.diagnostics import Refused, Severity, near_blanks
from tsutatsu.words import Words

if TYPE_CHECKING:
    from tsutatsu.bundle import Bundle
    from tsutatsu.coverage.flows import FlowCoverage
    from tsutatsu.coverage.measuring import DirectiveCoverage
    from tsutatsu.coverage.surveying import Coverage, Told
    from tsutatsu.coverage.trying import Tried


@command(
    "coverage",
    Words(
        "シナリオが通達の何を示しているかを、規範の立ち方、例外、境目、語、解釈ごとに数える。起こりうるのに"
        "示されていないことが一つでもあれば 1。--mutants は、規範を一か所ずつわざと誤らせ、どのシナリオも失敗しなければ"
        "見分けるシナリオを下書きする。",
        "Counts what the scenarios show of the law: outcomes of norms, exceptions, bounds, concepts, readings. Exits 1 "
        "where anything that can happen is not shown. --mutants makes one deliberate mistake after another in the "
        "norms and drafts the scenario that would tell it, where none fails.",
    ),
    Example("tsutatsu coverage . --missing", Words("足りないシナリオを事実の例つきで並べる", "List what is missing")),
    Example(
        "tsutatsu coverage . --mutants", Words("シナリオが見逃す誤りを探す", "Look for mistakes nobody would notice")
    ),
)
@option(
    "--directive",
    metavar="NAME",
    ja="この通達だけを見る（id か題）。",
    en="Look at this directive only (its id or title).",
)
@option(
    "--missing", is_flag=True, ja="足りないシナリオを、下書きつきで並べる。", en="List what is missing, with drafts."
)
@option(
    "--gate", is_flag=True, ja="足りないものがなければ何も出さない。", en="Print nothing unless something is missing."
)
@option("--mutants", is_flag=True, ja="変異を試す。", en="Try mutants.")
@option("--norm", metavar="ID", ja="この規範の変異だけを試す。", en="Try only the mutants of this norm.")
@option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=None,
    metavar="N",
    ja="変異を試すのに使うプロセスの数（既定は機械の数）。",
    en="Processes that try mutants (as many as the machine has).",
)
@json_option
@law_argument
def command_(
    *,
    folder: str | None,
    directive: str | None,
    missing: bool,
    gate: bool,
    mutants: bool,
    norm: str | None,
    jobs: int | None,
    as_json: bool,
) -> int:
    """Surveys, tries mutants where asked, and tells."""
    from tsutatsu.coverage.surveying import survey, try_mutants
    from tsutatsu.gherkin.law import Law

    bundle = _sound(folder)
    law = Law(bundle.root, bundle)
    chosen = None if directive is None else bundle.versions(named_directive(bundle, directive))
    told = _progress()
    coverage = survey(law, chosen, told)
    if norm is not None and not any(norm in one.directive.norm for one in coverage.directives):
        known = [name for one in coverage.directives for name in one.directive.norm]
        raise misuse("TS636", name=norm, **near_blanks(norm, known))
    if mutants or norm is not None:
        coverage = try_mutants(coverage, law, norm=norm, jobs=jobs or os.cpu_count() or 1, told=told)
    if told is not None:
        sys.stderr.write("\r\x1b[K")
    if as_json:
        from tsutatsu.coverage.reporting import as_dict

        put_json(as_dict(coverage))
    else:
        _tell(coverage, bundle, missing=missing, gate=gate)
    return CLEAN if coverage.complete else FINDINGS


def _sound(folder: str | None) -> "Bundle":
    """The law with the place of everything in it; refused where it has errors."""
    from tsutatsu.bundle import read_bundle

    root = law_root(folder)
    reading = read_bundle(root)
    if reading.bundle is None:
        raise Refused(placed((one for one in reading.findings if one.severity is Severity.ERROR), root))
    return reading.bundle


def _tell(coverage: "Coverage", bundle: "Bundle", *, missing: bool, gate: bool) -> None:
    paper = out()
    findings = placed(coverage.findings, bundle.root)
    if gate:
        if not coverage.complete:
            show_findings(paper, findings)
            summary(paper, findings)
        return
    mutants = coverage.mutants or (None,) * len(coverage.directives)
    for one, tried in zip(coverage.directives, mutants, strict=True):
        _table(paper, one)
        if tried is not None:
            _fates(paper, tried)
    _flows(paper, coverage.flows)
    if missing or coverage.mutants is not None:
        for one, tried in zip(coverage.directives, mutants, strict=True):
            _drafts(paper, one, tried or (), points=missing)
    else:
        loose = [one for one in findings if one.code not in ("TS463", "TS480")]
        show_findings(paper, loose)
    if missing:
        show_findings(paper, placed((said for flow in coverage.flows for said in flow.findings()), bundle.root))
    paper.put()
    _last(paper, coverage, listed=missing)


def _table(paper: Paper, one: "DirectiveCoverage") -> None:
    from tsutatsu.coverage.measuring import State
    from tsutatsu.coverage.points import Aspect, aspect
    from tsutatsu.coverage.reporting import counts
    from tsutatsu.coverage.wording import ASPECT_WORDS

    d, found = one.directive, counts(one)
    paper.put(f"{d.header.title.say(lang())} ({d.issued})", style="head")
    rows = [(say("規範", "norms"), str(len(d.norms)))]
    for which in Aspect:
        points = [point for point in one.counted if aspect(point.point) is which]
        if points:
            shown = sum(point.state is State.SHOWN for point in points)
            rows.append((ASPECT_WORDS[which].say(lang()), _share(shown, len(points))))
    rows.append((say("合わせて", "in all"), _share(found["shown"], found["demanded"])))
    if found["impossible"]:
        rows.append((say("起こりえない", "impossible"), str(found["impossible"])))
    paper.rows(rows)


def _flows(paper: Paper, flows: "Sequence[FlowCoverage]") -> None:
    if not flows:
        return
    paper.put(say("手続", "Workflows"), style="head")
    paper.rows([(one.workflow.words.say(lang()), _share(one.shown, len(one.points))) for one in flows])


def _share(shown: int, demanded: int) -> str:
    percent = 100 if shown == demanded else min(99, shown * 100 // max(demanded, 1))
    return f"{shown} / {demanded}  {percent} %"


def _fates(paper: Paper, tried: "Sequence[Tried]") -> None:
    from tsutatsu.coverage.reporting import fates
    from tsutatsu.coverage.trying import Fate

    found = fates(tuple(tried))
    words = {
        Fate.KILLED: say("失敗したシナリオあり", "told by a scenario"),
        Fate.EQUAL: say("違いなし", "no different"),
        Fate.UNDECIDED: say("未決", "undecided"),
        Fate.SURVIVED: say("見逃し", "missed"),
    }
    told = "、" if lang() == "ja" else ", "
    paper.entry(
        say("  変異", "  mutants"),
        f"{len(tried)}: " + told.join(f"{words[fate]} {count}" for fate, count in found.items()),
        column=12,
    )


def _drafts(paper: Paper, one: "DirectiveCoverage", tried: "Sequence[Tried]", *, points: bool) -> None:
    from tsutatsu.coverage.drafting import draft_of_point, draft_of_survivor
    from tsutatsu.coverage.points import subject_of
    from tsutatsu.coverage.trying import Fate
    from tsutatsu.coverage.wording import provision_of, tell_point, tell_subject

    d = one.directive
    for point in one.missing if points else ():
        paper.put()
        thing = tell_subject(subject_of(point.point, d.id), d).say(lang())
        paper.put(f"{provision_of(point.point, d)} {thing}: {tell_point(point.point, d).say(lang())}".strip(), hang=2)
        _draft(paper, draft_of_point(point, one))
    for each in tried:
        if each.fate in (Fate.SURVIVED, Fate.UNDECIDED):
            mark = say("見逃し", "missed") if each.fate is Fate.SURVIVED else say("未決", "undecided")
            paper.put()
            thing = tell_subject(each.mutant.subject, d).say(lang())
            paper.put(f"{mark} {each.mutant.id} {thing}: {each.mutant.words.say(lang())}", hang=2)
            _draft(paper, draft_of_survivor(each, one.scenarios))


def _draft(paper: Paper, lines: "Sequence[str]") -> None:
    if not lines:
        paper.put(say("事実の例は見つからなかった。", "No example of facts was found."), indent=2, style="quiet")
    for line in lines:
        paper.raw(paper.paint(line, "code"))


def _last(paper: Paper, coverage: "Coverage", *, listed: bool) -> None:
    lacking = sum(len(one.missing) for one in coverage.directives)
    unshown = sum(len(one.missing) for one in coverage.flows)
    if unshown:
        paper.put(say(f"示されていない手続のこと {unshown} 件", f"{unshown} things of workflows are not shown"))
    survived = sum(one.fate.value == "survived" for tried in coverage.mutants or () for one in tried)
    if coverage.complete:
        paper.put(say("足りないシナリオはない。", "No scenario is missing."), style="good")
        return
    paper.put(
        say(
            f"足りないシナリオ {lacking} 件" + (f"、見逃した変異 {survived} 個" if coverage.mutants else ""),
            f"{lacking} scenarios missing" + (f", {survived} mutants missed" if coverage.mutants else ""),
        ),
        style="bad",
    )
    if lacking and not listed:
        paper.put(say("--missing で並べる。", "List them with --missing."))


def _progress() -> "Told | None":
    """Tells how far a long run has come, where somebody is looking."""
    if not err().stream.isatty():
        return None

    def told(what: str, done: int, whole: int) -> None:
        sys.stderr.write(f"\r\x1b[K{what} {done}" + (f" / {whole}" if whole else ""))
        sys.stderr.flush()

    return told
