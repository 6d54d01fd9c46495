"""What circulars say of each other, as a tree on the terminal and as nodes and edges for programs."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from tsutatsu.cli.answers import cited, mark_of
from tsutatsu.cli.days import told_day
from tsutatsu.cli.language import say, told
from tsutatsu.cli.paper import Paper
from tsutatsu.ir import FORCE, Citation, Directive, Relation
from tsutatsu.judging.force import force_on
from tsutatsu.judging.labels import VERDICT_WORDS
from tsutatsu.passes.relate import Instrument, Link, Relations, key_of
from tsutatsu.words import Words

RELATION_WORDS: Final = {
    Relation.REPEALS: Words("廃止", "repeals"),
    Relation.AMENDS: Words("改正", "amends"),
    Relation.CITES: Words("参照", "cites"),
}
_BACKWARDS: Final = {
    Relation.REPEALS: Words("廃止される", "repealed by"),
    Relation.AMENDS: Words("改正される", "amended by"),
    Relation.CITES: Words("参照される", "cited by"),
}


def told_citation(citation: Citation) -> str:
    """Another circular or statute as a reader looks it up: its number, the day where one is printed, the reading."""
    number = citation.number or say(f"「{citation.title}」", f"“{citation.title}”")
    day = citation.issued.literal
    if citation.side is None:
        return f"{number}（{day}）" if day else number
    reading, side = citation.side.reading, citation.side.side
    return number + say(
        f"（{day}。解釈「{reading}」が{side}のとき）", f" ({day}; on side {side} of the reading “{reading}”)"
    )


def show_relations(paper: Paper, relations: Relations, shown: Sequence[Directive], day: date) -> None:
    """A tree for each circular: what it names, by relation, then what names it."""
    for one in shown:
        verdict, key = force_on(one, day), key_of(one)
        paper.put()
        paper.entry(mark_of(verdict), f"{_named(relations.of(key))}  {told(VERDICT_WORDS[verdict])}", style="head")
        rows = [
            (told(RELATION_WORDS[link.relation]), _line(relations.of(link.target), link, one))
            for link in relations.out(key)
        ]
        rows += [
            (
                told(_BACKWARDS[link.relation]),
                _line(relations.of(link.source), link, relations.of(link.source).directive),
            )
            for link in relations.into(key)
        ]
        for n, (word, text) in enumerate(rows):
            paper.entry(f"{'└' if n == len(rows) - 1 else '├'} {word}", text, indent=2)
        if not rows:
            paper.put(
                say("ほかの通達や法令を引かず、引かれてもいない。", "It names nothing, and nothing names it."), indent=2
            )


def relations_to_dict(relations: Relations, shown: Sequence[Directive], day: date) -> dict[str, object]:
    """The circulars shown with everything they are linked to: nodes, stubs among them, and edges."""
    keys = {key_of(one) for one in shown}
    links = [one for one in relations.links if one.source in keys or one.target in keys]
    reached = keys | {key for link in links for key in (link.source, link.target)}
    return {
        "on": day.isoformat(),
        "nodes": [_node(one, day) for one in relations.instruments if one.key in reached],
        "edges": [_edge(link, relations) for link in links],
    }


def _named(one: Instrument, title: str = "") -> str:
    """Its title, or the one it is given here; day and number."""
    shown = title or (told(one.directive.header.title) if one.directive is not None else "")
    day = told_day(one.issued.day) if one.issued.day else one.issued.literal
    parts = [say(f"「{shown}」", f"“{shown}”") if shown else "", day, one.number]
    return say("、", ", ").join(part for part in parts if part)


def _line(other: Instrument, link: Link, speaker: Directive | None) -> str:
    """The other end of a link, whether only its name is known, the provision, and the reading that leaves it open."""
    citation = link.citation
    text = _named(other, citation.title if other.stub else "")
    if other.stub:
        text += say("［名のみ］", " [known by name only]")
    if citation.provision:
        text += f"  {cited(citation.provision)}"
    if citation.side is None or speaker is None:
        return text
    reading, side = speaker.reading[citation.side.reading], citation.side.side
    taken = say(f"採るのは{reading.taken}", f"taken: {reading.taken}") if reading.taken else say("未定", "undecided")
    return text + say(
        f"（解釈「{reading.id}」が{side}のとき。{taken}）",
        f" (on side {side} of the reading “{reading.id}”; {taken})",
    )


def _node(one: Instrument, day: date) -> dict[str, object]:
    d = one.directive
    return {
        "key": one.key,
        "stub": one.stub,
        "number": one.number or None,
        "issued": one.issued.day.isoformat() if one.issued.day else None,
        "titles": list(one.titles),
        "directive": d.id if d is not None else None,
        "force": force_on(d, day).value if d is not None else None,
        "last_day": end.isoformat() if d is not None and (end := d.clock[FORCE].end) is not None else None,
    }


def _edge(link: Link, relations: Relations) -> dict[str, object]:
    side, speaker = link.citation.side, relations.of(link.source).directive
    return {
        "source": link.source,
        "relation": link.relation.value,
        "target": link.target,
        "title": link.citation.title or None,
        "provision": link.citation.provision or None,
        "reading": side.reading if side is not None else None,
        "side": side.side if side is not None else None,
        "taken": speaker.reading[side.reading].taken if side is not None and speaker is not None else None,
    }
