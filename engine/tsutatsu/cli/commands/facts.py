"""``tsutatsu facts``: what a judgement needs to be told."""

from dataclasses import dataclass

from tsutatsu.bundle import Bundle
from tsutatsu.cli.asking import Manner, judge_named, local_option, manner, under
from tsutatsu.cli.frame import Example, argument, command, json_option, law_argument, option
from tsutatsu.cli.language import lang, misuse, say, told
from tsutatsu.cli.law import open_law
from tsutatsu.cli.paper import out, put_json
from tsutatsu.cli.workflows import event_named, workflow_named, workflows_on
from tsutatsu.diagnostics import near
from tsutatsu.ir import Choice, Directive, Person, Records, Term, Text, Value
from tsutatsu.judging.needed import Needed, facts_schema, needed
from tsutatsu.words import Words


@command(
    "facts",
    Words(
        "判断に関わる事実を、問い、型、答える人を添えた YAML のひな形にして出す。空のままの項目は「不明」として扱われ"
        "る。--event を添えれば、手続の事象を起こすときに言う事実のひな形になる。--json は JSON のひな形、"
        "--schema は渡す事実の JSON Schema。",
        "Prints the facts that bear on a judgement as a YAML skeleton with each question, type and who answers. What "
        "is left empty is unknown. With --event it is what must be said to trigger an event of a workflow. "
        "--json prints it as JSON, --schema the JSON Schema of what can be submitted.",
    ),
    Example(
        "tsutatsu facts 夜間の訪問 > facts.yaml",
        Words("ひな形を作り、書き込んでから judge に渡す", "Make a skeleton to fill in and give to judge"),
    ),
    Example(
        "tsutatsu facts 提供の一件 --event 提出する --on 2025-08-01 > request.yaml",
        Words("case do に渡すひな形を作る", "Make a skeleton to give to case do"),
    ),
    Example(
        "tsutatsu facts 夜間の訪問 --schema",
        Words("ほかのシステムのための JSON Schema", "The JSON Schema for another system"),
    ),
)
@argument(
    "name",
    ja="判断（--event では手続）の名か識別子。",
    en="A judgement's (with --event a workflow's) name or id.",
    metavar="NAME",
)
@option(
    "--event", metavar="EVENT", ja="この事象を起こすときに言う事実。", en="What must be said to trigger this event."
)
@option("--schema", is_flag=True, ja="事実の JSON Schema を出す。", en="Print the JSON Schema of the facts.")
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
    *,
    name: str,
    folder: str | None,
    event: str | None,
    schema: bool,
    on: str | None,
    local: str | None,
    as_json: bool,
) -> None:
    """Prints the skeleton or the schema."""
    how, bundle = manner(on=on, local=local), open_law(folder)
    asked = _of_judgement(bundle, name, how) if event is None else _of_event(bundle, name, event, how)
    if schema:
        put_json(facts_schema(asked.words, asked.terms))
    elif as_json:
        put_json({_name(one.term): _empty(one) for one in asked.terms})
    else:
        out().code(skeleton(asked), "yaml")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be filled in: for what, the facts, and what an empty one means."""

    directive: Directive
    words: Words
    note: Words
    terms: tuple[Needed, ...]
    act: tuple[tuple[str, Value], ...] = ()


def _of_judgement(bundle: Bundle, name: str, how: Manner) -> Asked:
    judge = judge_named(bundle, name, how)
    judgement = judge.law.judgement
    note = Words(
        "分からない項目は空のままにする。「無い」ことは なし と書く。",
        "Leave empty what is not known; write none where there is none.",
    )
    return Asked(judge.directive, judgement.words, note, needed(judge.directive, judgement), judgement.act)


def _of_event(bundle: Bundle, name: str, event: str, how: Manner) -> Asked:
    found = workflow_named(under(bundle, how.local), name, how.on)
    if found is None:
        known = [one.workflow.words.ja for one in workflows_on(bundle, how.on)]
        raise misuse("TS856", word=name, day=how.on, nearest=near(name, known))
    one = event_named(found.workflow, event)
    flow = found.workflow.words
    words = Words(f"{flow.ja}「{one.words.ja}」", f"{flow.say('en')}: {one.words.say('en')}")
    note = Words(
        "すべての項目を埋める。「無い」ことは なし と書く。分からない項目があるうちは起こせない。",
        "Fill in every one; write none where there is none. What is not known yet keeps the event from happening.",
    )
    return Asked(found.directive, words, note, tuple(Needed(found.directive.term[term]) for term in one.supplied))


def _name(term: Term) -> str:
    return told(term.words)


def _empty(one: Needed) -> object:
    """What stands for “not known” until someone fills it in."""
    match one.term.type:
        case Records():
            return [{_name(record_field): _empty(Needed(record_field)) for record_field in one.fields}]
        case Text() | Person():
            return {"不明": True}
        case _:
            return "不明"


def skeleton(asked: Asked) -> str:
    """The YAML skeleton."""
    from tsutatsu.backends.prose import tell_value

    directive = asked.directive
    title = f"{told(directive.header.title)} ({directive.header.issued.day})"
    lines = [f"# {told(asked.words)} — {title}", f"# {told(asked.note)}"]
    for term, value in asked.act:
        fixed = f"{_name(directive.term[term])} = {tell_value(value, directive.term[term], lang())}"
        lines.append(say(f"# この判断では決まっている: {fixed}", f"# Fixed by this judgement: {fixed}"))
    for one in asked.terms:
        lines += ["", *_comment(one.term, directive, "# ")]
        if isinstance(one.term.type, Records):
            lines.append(f"{_key(_name(one.term))}:")
            lead = "  - "
            for record_field in one.fields:
                lines += _comment(record_field, directive, "    # ")
                lines.append(f"{lead}{_key(_name(record_field))}:")
                lead = "    "
        else:
            lines.append(f"{_key(_name(one.term))}:")
    return "\n".join(lines)


def _key(name: str) -> str:
    plain = (
        all(ch.isalnum() or ch in " _・ー々" for ch in name)
        and not name.isdigit()
        and name not in ("true", "false", "null")
    )
    return name if plain else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _comment(term: Term, directive: Directive, lead: str) -> list[str]:
    from tsutatsu.backends.prose import tell_type

    lines = [lead + told(term.question)] if told(term.question) else []
    kind = (
        say("、", ", ").join(told(option.words) for option in term.type.options)
        if isinstance(term.type, Choice)
        else tell_type(term, directive, lang())
    )
    who = say(f"  答える人: {term.answered_by}", f"  Answered by: {term.answered_by}") if term.answered_by else ""
    return [*lines, f"{lead}{say('（', '(')}{kind}{say('）', ')')}{who}"]
