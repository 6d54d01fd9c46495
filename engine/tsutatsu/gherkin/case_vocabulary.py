"""The steps about cases, in the words of a directive's workflows: each sentence once, with what may stand in it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

from tsutatsu.gherkin.case_phrases import (
    CASE_PHRASES,
    CHANCE_WORDS,
    KIND_WORDS,
    OWED_WORDS,
    STATE_WORDS,
    WHY_WORDS,
)
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.saying import MOOD_WORDS, CaseSay, Mood, Phrase, Tabled
from tsutatsu.gherkin.talk import watched_of
from tsutatsu.gherkin.vocabulary import Step, example_value, may_be_none
from tsutatsu.ir import Directive, Records, Term
from tsutatsu.ir.workflows import Event, Hand, Workflow

_MARKS: Final = re.compile(r"\{(\w+)\}|[\[\]]")
_OPTIONAL: Final = re.compile(r"\[[^\[\]]*\]")
_MOMENT: Final = "令和7年8月1日10時00分"
PERSON: Final = "甲野"
POST: Final = "係員"
LABEL: Final = "別の一件"
REASON: Final = "書き誤り"


def case_steps_for(directive: Directive, workflows: Sequence[Workflow]) -> tuple[Step, ...]:
    """Every step about cases that features of ``directive`` can use; none where it has no workflow."""
    if not workflows:
        return ()
    words = _Words(Lexicon(directive), workflows)
    return tuple(
        step for mood in Mood for phrase in CASE_PHRASES if phrase.mood is mood for step in _steps(phrase, words)
    )


def shortest(phrase: Phrase) -> str:
    """The sentence with everything left out that may be."""
    return _OPTIONAL.sub("", phrase.sentence)


class _Words:
    """The words of the workflows; examples are of the one that has most of everything."""

    def __init__(self, lexicon: Lexicon, workflows: Sequence[Workflow]) -> None:
        self.lexicon, self.workflows = lexicon, workflows
        self.flow = max(workflows, key=lambda one: (len(watched_of(one, lexicon)) > 0, len(one.events)))

    def events(self, *, by_people: bool) -> list[Event]:
        """The events that people trigger, or those that come by themselves."""
        every = [one for flow in (self.flow, *self.workflows) for one in flow.events]
        return [one for one in every if (one.hand is Hand.PERSON) is by_people]

    def term(self) -> Term:
        """A term that can be said in one sentence."""
        return self._single[0]

    @cached_property
    def _single(self) -> list[Term]:
        """The terms that are said in one sentence, those of the workflow first."""
        d = self.lexicon.directive
        said = [d.term[name] for event in self.flow.events for name in event.supplied]
        return [one for one in (*said, *d.terms) if not isinstance(one.type, Records)]

    def speaking(self) -> Event | None:
        """An event of the examples' workflow with which something is said."""
        return next((one for one in self.flow.events if one.hand is Hand.PERSON and one.supplied), None)

    def absent(self) -> Term | None:
        """A term of which there may be none."""
        return next((one for one in self._single if may_be_none(one.type)), None)

    def documents(self) -> list[str]:
        """What the workflows produce."""
        return [name for flow in (self.flow, *self.workflows) for one in flow.events for name in one.documents]

    def duties(self) -> list[str]:
        """The duties that cases keep account of, as steps call them."""
        called = self.lexicon.norm_words
        norms = [one for flow in (self.flow, *self.workflows) for one in watched_of(flow, self.lexicon)]
        return [called[one.id] for one in norms]


def _steps(phrase: Phrase, words: _Words) -> Iterator[Step]:
    choices = tuple(dict.fromkeys(_choices(phrase, words)))
    blanks = _blanks(phrase, words)
    if blanks is None:
        return
    pattern = phrase.sentence.replace("[", "（").replace("]", "）")
    pattern = _MARKS.sub(lambda found: _PATTERNS.get(found[1] or "", "…"), pattern)
    said = shortest(phrase).format_map(blanks)
    rows: list[str] = []
    if phrase.say is CaseSay.PEOPLE:
        rows = ["  | 者 | 職 | 所属 | から | まで |", f"  | {PERSON} | {POST} | 地域課 | 令和7年4月1日 |  |"]
    elif phrase.table is not Tabled.NO and (term := _said(phrase, words)) is not None:
        rows = ["  | 用語 | 値 |", f"  | {term.words.ja} | {example_value(term.type)} |"]
    keyword = MOOD_WORDS[phrase.mood]
    yield Step(phrase.mood, keyword, pattern, (f"{keyword} {said}", *rows), phrase.words, choices)


def _said(phrase: Phrase, words: _Words) -> Term | None:
    """The term of the example's table."""
    if phrase.say is CaseSay.CORRECT:
        return words.term()
    event = words.speaking()
    return None if event is None else words.lexicon.directive.term[event.supplied[0]]


_PATTERNS: Final[Mapping[str, str]] = {
    "who": "誰か",
    "people": "誰か",
    "moment": "いつ",
    "kind": next(iter(KIND_WORDS)),
    "becomes": next(iter(STATE_WORDS)),
    "chance": next(iter(CHANCE_WORDS)),
}


def _choices(phrase: Phrase, words: _Words) -> Iterator[str]:
    match phrase.say:
        case CaseSay.OPEN:
            yield from (one.words.ja for one in words.workflows)
        case CaseSay.EVENT | CaseSay.ONLY | CaseSay.NOBODY:
            yield from (one.words.ja for one in words.events(by_people=True))
        case CaseSay.MAY:
            yield from CHANCE_WORDS
        case CaseSay.CAME:
            yield from (one.words.ja for one in words.events(by_people=False))
        case CaseSay.STATE:
            yield from (one.words.ja for flow in words.workflows for one in flow.states)
        case CaseSay.OWED:
            yield from OWED_WORDS
            yield from words.duties()
        case CaseSay.DOCUMENT:
            yield from words.documents()
        case CaseSay.REFUSED_BY:
            yield from WHY_WORDS
        case _:
            return
    if phrase.say is CaseSay.STATE:
        yield from STATE_WORDS


def _blanks(phrase: Phrase, words: _Words) -> dict[str, str] | None:
    """What stands in the example's blanks; nothing where the workflows have no such thing."""
    event = words.events(by_people=phrase.say not in (CaseSay.CAME, CaseSay.NOT_CAME, CaseSay.HELD_BACK))
    speaking = words.speaking()
    if phrase.table is not Tabled.NO and phrase.say in (CaseSay.EVENT, CaseSay.PREPARE):
        event = [speaking] if speaking is not None else [] if phrase.say is CaseSay.PREPARE else event
    none = words.absent()
    d, duties, documents = words.lexicon.directive, words.duties(), words.documents()
    found: dict[str, str | None] = {
        "moment": _MOMENT,
        "who": PERSON,
        "people": PERSON,
        "post": POST,
        "workflow": words.flow.words.ja,
        "label": LABEL,
        "case": LABEL,
        "event": event[0].words.ja if event else None,
        "reason": REASON,
        "duty": duties[0] if duties else None,
        "why": next(iter(WHY_WORDS)),
        "norm": words.lexicon.norm_words[d.norms[0].id] if d.norms else None,
        "judgement": d.judgements[0].words.ja if d.judgements else None,
        "reading": d.readings[0].id if d.readings else None,
        "term": words.term().words.ja if phrase.say is not CaseSay.HAS_NONE else none.words.ja if none else None,
        "value": example_value(words.term().type),
        "state": words.flow.states[0].words.ja,
        "becomes": next(iter(STATE_WORDS)),
        "kind": next(iter(KIND_WORDS)),
        "owed": next(iter(OWED_WORDS)),
        "chance": next(iter(CHANCE_WORDS)),
        "document": documents[0] if documents else None,
    }
    needed = [found_[1] for found_ in _MARKS.finditer(shortest(phrase)) if found_[1]]
    if phrase.say is CaseSay.NOTHING_OWED and not duties:
        return None
    if phrase.say in (CaseSay.DUE, CaseSay.NO_DUE) and not duties:
        return None
    if phrase.say is CaseSay.NO_DOCUMENT and not documents:
        return None
    if any(found[name] is None for name in needed):
        return None
    return {name: value for name, value in found.items() if value is not None}
