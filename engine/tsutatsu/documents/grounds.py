"""The grounds that a letter states: the law's own answers on the facts of record, asked again by the case's own law."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from tsutatsu.backends.prose import cite, tell_day
from tsutatsu.cases.case import Deed, Entry, fold
from tsutatsu.cases.deciding import Attempt, Done, verdict_words, weigh
from tsutatsu.cases.ground import Ground as Law
from tsutatsu.cases.people import Doer
from tsutatsu.documents.sheet import Ground, NormShown
from tsutatsu.documents.wording import people_in, told
from tsutatsu.ir import ALWAYS, TODAY, Day, Directive, Facts, Hour, Moment, Standing
from tsutatsu.ir.workflows import Event
from tsutatsu.judging.answer import Answer
from tsutatsu.judging.judges import Judge
from tsutatsu.judging.labels import standing_words
from tsutatsu.judging.parts import Change, Reason
from tsutatsu.semantics import Verdict

_DAY: Final = re.compile(r"\b\d{4}-\d{2}-\d{2}\b", re.ASCII)
_AGAINST = (Verdict.DENIED, Verdict.BY_READING)
"""The answers that a refusal can rest on: the law forbids it, or does as one may read it."""
_SETTLED = (Standing.KEPT, Standing.LIFTED, Standing.FREE)


def grounds_of(law: Law, entries: tuple[Entry, ...], events: Collection[str]) -> tuple[Ground, ...]:
    """What the law says of these events at the last of these entries.

    Of the event that happened there: the answers by which it could. Of others that might have happened in its stead:
    why none of them could, had the same person tried; nothing where the law would have let one through, for then no
    norm stood in the way, and the reason is for whoever refused to give. Of those that could come later only: what the
    law already says against them.
    """
    made = entries[-1]
    event = law.workflow.event.get(made.event)
    if made.deed is not Deed.EVENT or event is None or made.body is None:
        return ()
    if not _named(event, events):
        return tuple(_denials(law, entries, events))
    case, on = fold(entries), made.at.date()
    answers = [law.guards(event, case.facts, made.body.doer, on, case.sides)]
    answers += [law.ask(name, case.facts, on, case.sides) for name in event.judgements]
    return tuple(_told(answer, law, case.facts, entries) for answer in answers if answer is not None)


def _named(event: Event, names: Collection[str]) -> bool:
    return any(name in names for name in (event.id, event.words.ja, event.words.en))


def _denials(law: Law, entries: tuple[Entry, ...], events: Collection[str]) -> Iterator[Ground]:
    before, made = fold(entries[:-1]), entries[-1]
    assert made.body is not None
    named = [event for event in law.workflow.events if _named(event, events)]
    now = [event for event in named if before.state in event.origins]
    instead: list[Answer] = []
    through = False
    for event in now:
        # What the circular says of it: not how other cases stand, nor (where it judges) who is at hand to do it.
        bare = replace(event, linked=(), guard=ALWAYS if event.judgements else event.guard)
        came = weigh(law, before, Attempt(bare, made.body.doer, {}, made.at, must_say=False))
        if isinstance(came, Done):
            through = True
        elif came.answer is not None:
            instead.append(came.answer)
    # That what was refused is not there yet (an approval, say) is no ground for refusing it.
    brought = {term for event in now for term in (*event.supplied, *(write.term for write in event.writes))}
    facts = {term: value for term, value in before.facts.items() if term not in brought}
    asked = {one.judgement for one in instead}
    names = dict.fromkeys(name for event in named if event not in now for name in event.judgements)
    later = [law.ask(name, facts, made.at.date(), before.sides) for name in names if name not in asked]
    found = [_told(one, law, before.facts, entries) for one in (() if through else instead) if one.verdict in _AGAINST]
    found += [_told(one, law, facts, entries) for one in later if one.verdict in _AGAINST]
    yield from dict.fromkeys(found)


def _narrower(answer: Answer, law: Law, sides: Mapping[str, str]) -> Answer:
    """The same question of the norms alone that stand in the way: of the whole, too much is not known to find a way."""
    directive = law.widened
    asked = directive.judgement[answer.judgement]
    against = tuple(one.norm for one in answer.reasons if one.decisive)
    narrow = replace(asked, id=f"{asked.id}/grounds", norms=against)
    facts = {one.term: one.value for one in answer.facts if one.term != TODAY and one.term not in dict(asked.act)}
    judge = Judge(replace(directive, judgements=(*directive.judgements, narrow)), narrow.id)
    return judge.ask(facts, on=answer.on, question=answer.question, engine=law.engine, sides=sides or None)


def _by_era(words: str) -> str:
    """Words with their days by era."""

    def told_day(found: re.Match[str]) -> str:
        try:
            return tell_day(date.fromisoformat(found[0]), "ja")
        except ValueError:
            return found[0]

    return _DAY.sub(told_day, words)


def _made(change: Change, directive: Directive, people: Mapping[str, Doer]) -> str:
    """One change in words: which fact, and what it would have to be."""
    term = directive.term[change.term]
    value = change.value
    match term.type, value:
        case Day(), str():
            said = told(date.fromisoformat(value), term, people)
        case Moment(), str():
            said = told(datetime.fromisoformat(value), term, people)
        case Hour(), str():
            said = told(time.fromisoformat(value), term, people)
        case _, list():
            said = "改めた一覧"
        case _:
            said = told(value, term, people)
    place = term.words.ja if change.place == term.words.ja else change.place
    return f"{place}を「{said}」にする"


def _told(answer: Answer, law: Law, facts: Facts, entries: tuple[Entry, ...]) -> Ground:
    directive, people = law.widened, people_in(entries)
    words = directive.judgement[answer.judgement].words

    def norm(one: Reason) -> NormShown:
        known = tuple(
            f"{directive.term[term].words.ja}: {told(facts[term], directive.term[term], people)}"
            for term in one.facts
            if term in facts and term != TODAY
        )
        return NormShown(cite(one.provision, "ja"), one.summary.ja, standing_words(one.standing).ja, known)

    shown = [one for one in answer.reasons if one.decisive]
    if not shown:
        shown = [one for one in answer.reasons if one.standing in _SETTLED]
    path = answer.path
    whole = path is None or bool(path.ways)
    if path is not None and not path.ways:
        path = _narrower(answer, law, fold(entries).sides).path
    ways = () if path is None else path.ways
    return Ground(
        words.ja,
        verdict_words(answer.verdict).ja,
        answer.verdict is Verdict.DENIED,
        tuple(norm(one) for one in shown),
        tuple("、かつ".join(_made(change, directive, people) for change in way.changes) for way in ways),
        whole,
        tuple(f"解釈「{one.reading}」は未定である。{one.issue.ja}" for one in answer.readings)
        + tuple(_by_era(one.words.ja) for one in answer.caveats),
    )
