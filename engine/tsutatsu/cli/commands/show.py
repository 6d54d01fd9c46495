"""``tsutatsu show``: the law in plain words."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from tsutatsu.backends import prose
from tsutatsu.bundle import Bundle
from tsutatsu.cli.answers import cited
from tsutatsu.cli.asking import local_option, under
from tsutatsu.cli.days import day_given, today, told_day, told_days
from tsutatsu.cli.frame import Example, argument, command, json_option, law_argument, option
from tsutatsu.cli.language import Lang, help_of, lang, misuse, say, told
from tsutatsu.cli.law import named_or_law, open_law
from tsutatsu.cli.paper import Paper, out, put_json
from tsutatsu.cli.relations import RELATION_WORDS, told_citation
from tsutatsu.cli.workflows import Told, lives_on, names_of, workflow_named, workflows_on
from tsutatsu.diagnostics import Severity, near_blanks
from tsutatsu.ir import FORCE, LOCAL, Clock, Concept, Directive, Norm, Reading, Relation
from tsutatsu.judging.deviating import deviations
from tsutatsu.judging.force import force_on, why
from tsutatsu.judging.measuring import said_by
from tsutatsu.words import Words


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that has a name in a directive, and how it is told."""

    kind: Words
    id: str
    names: tuple[str, ...]
    directive: Directive
    tell: Callable[[Lang], prose.Passage]


@command(
    "show",
    Words(
        "通達、規範、語、判断、用語、時計、解釈、手続を、名か識別子で示す。名を書かなければ、通達と判断と手続の一覧になる。"
        "「通達/名」で通達を絞れる。手続は図にもできる（--mermaid、--svg）。"
        "どの通達にも、発出から廃棄までの手続「通達の一生」がある。",
        "Shows a directive, norm, concept, judgement, term, clock, reading or workflow by its name or id; without a "
        "name, the directives with their judgements and workflows. “directive/name” narrows it to one directive. "
        "Workflows can be drawn, too (--mermaid, --svg). Every directive has the workflow “life of a directive”, from "
        "its issue to its disposal.",
    ),
    Example("tsutatsu show", Words("通達と判断の一覧", "List directives and judgements")),
    Example("tsutatsu show night-approval", Words("規範を平文で読む", "Read a norm in plain words")),
    Example("tsutatsu show 正当な承認者 --lang en", Words("語の定めを英語で読む", "Read a concept in English")),
    Example("tsutatsu show provision --svg > provision.svg", Words("手続を図にする", "Draw a workflow")),
)
@option("--mermaid", "drawn", flag_value="mermaid", ja="手続の図を Mermaid で出す。", en="Draw a workflow as Mermaid.")
@option("--svg", "drawn", flag_value="svg", ja="手続の図を SVG で出す。", en="Draw a workflow as SVG.")
@argument("name", ja="名か識別子。", en="A name or id.", metavar="[NAME]", required=False)
@option(
    "--on",
    metavar="DATE",
    ja="どの日に効力のある版か（既定は今日）。",
    en="By the issue in force on that day (today where none is given).",
)
@local_option
@json_option
@law_argument
def command_(
    *, name: str | None, folder: str | None, on: str | None, local: str | None, drawn: str | None, as_json: bool
) -> None:
    """Shows what is called ``name``, or the list."""
    name, folder = named_or_law(name, folder)
    day = day_given(on, "--on") or today()
    bundle = under(open_law(folder), local)
    paper = out()
    if drawn is not None:
        _draw(paper, bundle, name, day, drawn)
        return
    if name is None:
        _list(paper, bundle, day, as_json=as_json)
        return
    directive = _directive(bundle, name, day)
    if directive is not None:
        _show_directive(paper, directive, day, as_json=as_json)
        return
    found = _found(bundle, name, day)
    if as_json:
        put_json(
            [
                {"directive": one.directive.id, "id": one.id, "kind": _both(one.kind), "text": _in_both(one.tell)}
                for one in found
            ]
        )
        return
    for number, one in enumerate(found):
        if number:
            paper.put()
        passage = one.tell(lang())
        paper.put(f"{told(one.kind)}  {one.id}  〔{told(one.directive.header.title)}〕", style="quiet")
        paper.put(passage.heading.replace("\u3000", "  "), style="head")
        for line in passage.lines:
            paper.put(line, indent=2, hang=2 + len(line) - len(line.lstrip(" ")))


def _draw(paper: Paper, bundle: Bundle, name: str | None, day: date, drawn: str) -> None:
    """The drawing of the workflow called ``name``."""
    if name is None:
        raise misuse("TS622", what="NAME", help=help_of("show"))
    one = workflow_named(bundle, name, day)
    if one is None:
        _found(bundle, name, day)  # where there is no such thing at all, that is what to say
        raise misuse("TS832", word=name)
    paper.raw((one.mermaid(lang()) if drawn == "mermaid" else one.svg(lang())).rstrip("\n"))


def _both(words: Words) -> dict[str, str]:
    return {"ja": words.ja, "en": words.say("en")}


def _in_both(tell: Callable[[Lang], prose.Passage]) -> dict[str, object]:
    return {"ja": tell("ja").to_dict(), "en": tell("en").to_dict()}


def _directive(bundle: Bundle, name: str, day: date) -> Directive | None:
    for one in bundle.directives:
        if name in (one.id, one.header.title.ja, one.header.title.en):
            return bundle.at(one.id, day)
    return None


def _found(bundle: Bundle, name: str, day: date) -> list[Thing]:
    """Everything called ``name``; refused with the nearest name where there is nothing."""
    within, mark, rest = name.partition("/")
    narrowed = mark and within in bundle.ids
    ids = (within,) if narrowed else bundle.ids
    wanted = _plain(rest if narrowed else name)
    every = [thing for one in ids for thing in things(bundle.at(one, day))]
    flows = (*_readable(bundle, day), *lives_on(bundle, day))
    every += [_procedure(one) for one in flows if one.workflow.directive in ids]
    found = [one for one in every if wanted in map(_plain, one.names)]
    if not found:
        workflows_on(bundle, day)  # a name unknown may be that of a workflow that cannot be read: then that is said
        raise misuse("TS636", name=name, **near_blanks(name, [word for one in every for word in one.names]))
    return found


def _readable(bundle: Bundle, day: date) -> list[Told]:
    """The workflows on that day; none where some cannot be read, so that the law can still be shown."""
    wrong = any(one.severity is Severity.ERROR for one in bundle.workflow_findings)
    return [] if wrong else workflows_on(bundle, day)


def _procedure(one: Told) -> Thing:
    names = tuple(name for name in names_of(one.workflow) if "/" not in name)
    return Thing(Words("手続", "workflow"), one.workflow.id, names, one.directive, one.passage)


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def things(directive: Directive) -> Iterator[Thing]:
    """Everything in a directive that has a name."""
    d = directive
    for norm in d.norms:
        said = norm.provision, prose.cite(norm.provision, "ja"), norm.summary.ja, norm.summary.en
        yield _thing(Words("規範", "norm"), norm.id, said, d, partial(prose.tell_norm, norm, d))
    for concept in d.concepts:
        tell = partial(prose.tell_concept, concept, d)
        yield _thing(Words("語", "concept"), concept.id, (concept.words.ja, concept.words.en), d, tell)
    for judgement in d.judgements:
        tell = partial(prose.tell_judgement, judgement, d)
        yield _thing(Words("判断", "judgement"), judgement.id, (judgement.words.ja, judgement.words.en), d, tell)
    for term in d.terms:
        tell = partial(prose.tell_term, term, d)
        yield _thing(Words("用語", "term"), term.id, (term.words.ja, term.words.en), d, tell)
    for clock in _clocks(d):
        tell = partial(_tell_clock, clock, d)
        yield _thing(Words("時計", "clock"), clock.id, (clock.words.ja, clock.words.en), d, tell)
    for reading in d.readings:
        yield _thing(Words("解釈", "reading"), reading.id, (), d, partial(prose.tell_reading, reading, d))


def _tell_clock(clock: Clock, directive: Directive, language: Lang) -> prose.Passage:
    heading = prose.quoted(clock.words.say(language), language)
    return prose.Passage(heading, (prose.tell_clock(clock, directive, language),))


def _thing(kind: Words, id: str, also: tuple[str, ...], d: Directive, tell: Callable[[Lang], prose.Passage]) -> Thing:  # noqa: A002
    return Thing(kind, id, tuple(dict.fromkeys(name for name in (id, *also) if name)), d, tell)


def _list(paper: Paper, bundle: Bundle, day: date, *, as_json: bool) -> None:
    laws = [bundle.at(one, day) for one in bundle.ids]
    workflows = _readable(bundle, day)
    if as_json:
        put_json([{**_to_dict(one, day), "workflows": _workflows_of(one, workflows)} for one in laws])
        return
    for number, one in enumerate(laws):
        if number:
            paper.put()
        paper.put(f"{told(one.header.title)}  ({one.id})", style="head")
        paper.put(f"{_issue(one)}  {told_days(told(why(one, day)))}", indent=2, style="quiet")
        paper.rows([(told(judgement.words), judgement.id) for judgement in one.judgements], indent=4)
        listed = [each.workflow for each in workflows if each.workflow.directive == one.id]
        if listed:
            paper.put(say("手続", "Workflows"), indent=2, style="quiet")
            paper.rows([(told(workflow.words), workflow.id) for workflow in listed], indent=4)


def _workflows_of(one: Directive, workflows: list[Told]) -> list[dict[str, object]]:
    return [
        {"id": each.workflow.id, "name": _both(each.workflow.words), "digest": each.digest}
        for each in workflows
        if each.workflow.directive == one.id
    ]


def _issue(one: Directive) -> str:
    day = told_day(one.header.issued.day) if one.header.issued.day else one.header.issued.literal
    return say(f"{day}発出", f"issued {day}")


def _show_directive(paper: Paper, one: Directive, day: date, *, as_json: bool) -> None:
    if as_json:
        put_json(_to_dict(one, day))
        return
    head = one.header
    paper.put(f"{told(head.title)}  ({one.id})", style="head")
    rows = [
        (say("発出", "Issued"), f"{_issue(one)}  {head.issuer} {say('、', ', ').join(head.numbers)}"),
        (say("宛先", "To"), say("、", ", ").join(head.addressees)),
        (say("適用範囲", "Scope"), say("、", ", ").join(head.scope)),
        (say("効力", "Effect"), told_days(told(why(one, day)))),
        (
            say("有効期間", "Printed end"),
            f"{head.effect_kind} {head.effect_end.literal}" if head.effect_end else say("印字なし", "not printed"),
        ),
        (say("原議保存", "Kept until"), head.retention_end.literal if head.retention_end else ""),
        *(
            (
                told(RELATION_WORDS[relation]).capitalize(),
                say("、", ", ").join(dict.fromkeys(map(told_citation, head.named(relation)))),
            )
            for relation in Relation
        ),
        (
            say("符号化", "Encoding"),
            say(
                f"改訂{one.revision.number}、{told_day(one.revision.day)}",
                f"revision {one.revision.number} ({one.revision.day})",
            ),
        ),
    ]
    paper.rows([row for row in rows if row[1].strip()])
    if one.local is not None:
        paper.put()
        paper.put(f"{told(said_by(one.local))}  {one.local.decided_by} {told_day(one.local.decided_on)}", style="head")
        for deviation in deviations(one):
            paper.entry(f"[{told(deviation.kind_words)}]", told(deviation.name), indent=2)
            for own in deviation.own:
                paper.put(told(own), indent=6, hang=2)
    for ja, en, listed in (
        ("判断", "Judgements", [(told(j.words), j.id) for j in one.judgements]),
        ("規範", "Norms", [(n.id, f"{cited(n.provision)}  {told(n.summary)}") for n in _norms(one)]),
        ("解釈の分かれ", "Open readings", [(r.id, f"{cited(r.provision)}  {told(r.issue)}") for r in _readings(one)]),
        ("語", "Concepts", [(told(c.words), cited(c.provision)) for c in _concepts(one)]),
        ("時計", "Clocks", [(told(c.words), prose.tell_clock(c, one, lang())) for c in _clocks(one)]),
        ("用語", "Terms", [(told(t.words), t.id) for t in one.terms]),
    ):
        if listed:
            paper.put()
            paper.put(say(ja, en), style="head")
            paper.rows(listed)


def _norms(one: Directive) -> list[Norm]:
    return sorted(one.norms, key=lambda norm: prose.in_text_order(norm.provision))


def _concepts(one: Directive) -> list[Concept]:
    return sorted(one.concepts, key=lambda concept: prose.in_text_order(concept.provision))


def _readings(one: Directive) -> list[Reading]:
    return sorted(one.readings, key=lambda reading: prose.in_text_order(reading.provision))


def _clocks(one: Directive) -> list[Clock]:
    """The clocks of the text; that of the circular's own effect is told with the effect."""
    return [clock for clock in one.clocks if clock.id not in (FORCE, LOCAL)]


def _to_dict(one: Directive, day: date) -> dict[str, object]:
    head = one.header
    return {
        "id": one.id,
        "title": _both(head.title),
        "issued": head.issued.day.isoformat() if head.issued.day else None,
        "number": head.number,
        "issuer": head.issuer,
        "revision": one.revision.number,
        "force": force_on(one, day).value,
        "on": day.isoformat(),
        "judgements": [{"id": j.id, "name": _both(j.words)} for j in one.judgements],
        "norms": [{"id": n.id, "provision": n.provision, "summary": _both(n.summary)} for n in _norms(one)],
        "readings": [
            {"id": r.id, "provision": r.provision, "issue": _both(r.issue), "taken": r.taken} for r in _readings(one)
        ],
        "concepts": [{"id": c.id, "provision": c.provision, "name": _both(c.words)} for c in _concepts(one)],
        "clocks": [{"id": c.id, "name": _both(c.words)} for c in _clocks(one)],
        "terms": [{"id": t.id, "name": _both(t.words)} for t in one.terms],
        "local": one.local.force if one.local is not None else None,
        "deviations": [deviation.to_dict() for deviation in deviations(one)],
    }
