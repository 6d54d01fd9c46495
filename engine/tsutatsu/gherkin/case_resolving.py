"""From a sentence about a case to what it does; the same for the lint and for the run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NoReturn

from tsutatsu.diagnostics import Refused, finding
from tsutatsu.gherkin.acts import Fact, Unsaid
from tsutatsu.gherkin.case_acts import (
    Await,
    CaseAct,
    Correction,
    Deed,
    Enrol,
    Erasing,
    ExpectAccepted,
    ExpectCame,
    ExpectChance,
    ExpectDocument,
    ExpectDue,
    ExpectHasFact,
    ExpectHasNot,
    ExpectHeldBack,
    ExpectNothingOwed,
    ExpectNotKnown,
    ExpectOnly,
    ExpectOwed,
    ExpectRefused,
    ExpectRefusedByJudgement,
    ExpectRefusedByNorm,
    ExpectRefusedByReading,
    ExpectState,
    ExpectUnsaid,
    Linking,
    NthDay,
    Opening,
    Prepare,
    SaidOf,
    TakeUp,
    Trigger,
    Waiving,
    What,
    When,
    Withdrawal,
)
from tsutatsu.gherkin.case_phrases import CHANCE_WORDS, KIND_WORDS, OWED_WORDS, STATE_WORDS, WHY_WORDS, Owed
from tsutatsu.gherkin.lexicon import Lexicon, refuse_table
from tsutatsu.gherkin.moments import read_when
from tsutatsu.gherkin.people_table import people_in
from tsutatsu.gherkin.resolving import Table, facts_in, fit_table
from tsutatsu.gherkin.saying import CaseSay, Mood, Said
from tsutatsu.gherkin.talk import (
    Talk,
    document_of,
    duties_of,
    event_of,
    state_of,
    watched_of,
    workflow_of,
)
from tsutatsu.ir import Strength, Term, Words
from tsutatsu.ir.workflows import Event, Hand, Workflow
from tsutatsu.source import Source


@dataclass(frozen=True, slots=True)
class Heard:
    """A step as it was written, and the sentence that it is."""

    said: Said
    text: str
    table: Table | None
    where: Source


@dataclass(frozen=True, slots=True)
class Setting:
    """By whose words a step about a case is read: the directive's, its workflows', the scenario's own."""

    lexicon: Lexicon
    flows: Sequence[Workflow]
    talk: Talk


def resolve_case(heard: Heard, setting: Setting) -> CaseAct:
    """What the step does; refused with a finding where a word is none of the setting's."""
    fit_table(heard.said.phrase, heard.table, heard.where)
    return _Reading(heard, setting).act()


class _Reading:
    """One sentence being read."""

    def __init__(self, heard: Heard, setting: Setting) -> None:
        say = heard.said.phrase.say
        assert isinstance(say, CaseSay)
        self.b, self.say, self.text, self.table = heard.said.blanks, say, heard.text, heard.table
        self.lexicon, self.flows, self.talk, self.where = setting.lexicon, setting.flows, setting.talk, heard.where
        self.given = heard.said.phrase.mood is Mood.GIVEN

    def act(self) -> CaseAct:
        b, where = self.b, self.where
        match self.say:
            case CaseSay.PEOPLE:
                return Enrol(people_in(self.table or (), where))
            case CaseSay.PREPARE:
                flow = workflow_of(b["workflow"], self.flows, where) if "workflow" in b else self._flow
                event = event_of(flow, b["event"], where)
                return Prepare(flow.id, event.id, self._said(self._takes(event), event))
            case CaseSay.TAKE_UP:
                return TakeUp(self.talk.case(b["case"], where))
            case CaseSay.AWAIT:
                return Await(self._when(), self.given)
            case (
                CaseSay.OPEN | CaseSay.EVENT | CaseSay.LINK | CaseSay.WITHDRAW | CaseSay.CORRECT | CaseSay.WAIVE
                | CaseSay.ERASE
            ):  # fmt: skip
                return self._deed()
            case _:
                return self._expectation()

    def _deed(self) -> Deed:
        actor = self.talk.person(self.b["who"], self.where)
        post = self.talk.post(actor, self.b["post"], self.where) if "post" in self.b else None
        when = read_when(self.b["moment"], self.lexicon, self.where, hour=True) if "moment" in self.b else None
        return Deed(self._what(), actor.id, post, when, self.given)

    def _what(self) -> What:
        b, where = self.b, self.where
        match self.say:
            case CaseSay.OPEN:
                flow = workflow_of(b["workflow"], self.flows, where)
                return Opening(f"{flow.directive}/{flow.id}", self.talk.new(b.get("label"), flow, where))
            case CaseSay.EVENT:
                event = self._event()
                ready = {one.term: one for one in self.talk.prepared.get((self._flow.id, event.id), ())}
                heard, unsaid = self._heard(self._takes(event), event)
                ready.update({one.term: one for one in heard})
                return Trigger(event.id, tuple(one for one in ready.values() if one.term not in unsaid))
            case CaseSay.LINK:
                self._need_case()
                return Linking(self.talk.case(b["case"], where))
            case CaseSay.WITHDRAW:
                return Withdrawal(self._event().id, b["reason"])
            case CaseSay.CORRECT:
                self._need_case()
                return Correction(self._said(None, None), b["reason"])
            case CaseSay.WAIVE:
                return Waiving(self._one_duty(b["duty"], Strength.HARD), b["reason"])
            case _:
                assert self.say is CaseSay.ERASE
                self._need_case()
                return Erasing(b["reason"])

    def _expectation(self) -> CaseAct:
        b, lexicon, where, flow = self.b, self.lexicon, self.where, self._flow
        match self.say:
            case CaseSay.ACCEPTED:
                return ExpectAccepted()
            case CaseSay.REFUSED:
                return ExpectRefused()
            case CaseSay.REFUSED_BY:
                return ExpectRefused(WHY_WORDS[b["why"]])
            case CaseSay.REFUSED_BY_NORM:
                return ExpectRefusedByNorm(lexicon.norm(b["norm"], where))
            case CaseSay.REFUSED_BY_JUDGEMENT:
                return ExpectRefusedByJudgement(lexicon.judgement(b["judgement"], where).id)
            case CaseSay.REFUSED_BY_READING:
                return ExpectRefusedByReading(lexicon.reading_called(b["reading"], where))
            case CaseSay.UNSAID:
                return ExpectUnsaid(lexicon.term(b["term"], where).id)
            case CaseSay.NOT_KNOWN:
                return ExpectNotKnown(lexicon.term(b["term"], where).id)
            case CaseSay.STATE:
                case = self.talk.case(b["case"], where) if "case" in b else None
                of = flow if case is None else self.talk.cases[case]
                return ExpectState(case, state_of(of, b["state"], where), STATE_WORDS[b["becomes"]])
            case CaseSay.OWED:
                return self._owed(b["duty"], KIND_WORDS[b["kind"]], OWED_WORDS[b["owed"]])
            case CaseSay.DUE | CaseSay.NO_DUE:
                return self._due()
            case CaseSay.NOTHING_OWED:
                if not watched_of(flow, lexicon):
                    self._nothing(Words("この手続はどの義務も見ていない。", "The workflow watches no duty."))
                return ExpectNothingOwed()
            case CaseSay.MAY:
                return self._chance()
            case CaseSay.ONLY | CaseSay.NOBODY:
                return self._only()
            case CaseSay.DOCUMENT:
                return ExpectDocument(document_of(flow, b["document"], where))
            case CaseSay.NO_DOCUMENT:
                if not any(one.documents for one in flow.events):
                    self._nothing(Words("この手続はどの文書も作らない。", "The workflow produces no document."))
                return ExpectDocument(None)
            case CaseSay.HAS_FACT:
                fact = lexicon.fact(b["term"], b["value"], where)
                assert not isinstance(fact.value, Unsaid)
                return ExpectHasFact(fact.term, fact.value)
            case CaseSay.HAS_NONE:
                return ExpectHasFact(lexicon.none(b["term"], where).term, None)
            case CaseSay.HAS_NOT:
                return ExpectHasNot(lexicon.term(b["term"], where).id)
            case CaseSay.CAME | CaseSay.NOT_CAME:
                when = self._when() if "moment" in b else None
                return ExpectCame(self._by_itself().id, self.say is CaseSay.CAME, when)
            case CaseSay.HELD_BACK:
                return ExpectHeldBack(self._by_itself().id)
            case _:
                raise AssertionError(self.say)

    # ── words ────────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def _flow(self) -> Workflow:
        return self.talk.here(self.text, self.where)

    def _need_case(self) -> None:
        self.talk.here(self.text, self.where)

    def _event(self) -> Event:
        return event_of(self._flow, self.b["event"], self.where)

    def _by_itself(self) -> Event:
        event = self._event()
        if event.hand is Hand.PERSON:
            why = Words(
                f"「{event.words.ja}」は人が起こす事象で、ひとりでに起こることはない。",
                f"“{event.words.say('en')}” is a person's, and never comes by itself.",
            )
            self._nothing(why)
        return event

    def _when(self) -> When:
        when = read_when(self.b["moment"], self.lexicon, self.where)
        if isinstance(when.day, NthDay):
            self._need_case()  # days are counted within a case
        return when

    def _owed(self, name: str, strength: Strength, owed: Owed) -> ExpectOwed:
        if owed is not Owed.NONE:
            return ExpectOwed((self._one_duty(name, strength),), strength, owed)
        return ExpectOwed(duties_of(self._flow, name, strength, self.lexicon, self.where), strength, owed)

    def _one_duty(self, name: str, strength: Strength) -> str:
        found = duties_of(self._flow, name, strength, self.lexicon, self.where)
        if len(found) > 1:
            norms = [self.lexicon.directive.norm[one] for one in found]
            said = finding(
                "TS449", self.where, (), name=name,
                known="、".join(f"{one.id}（{one.summary.ja}）" for one in norms),
                known_en=", ".join(f"{one.id} ({one.summary.say('en')})" for one in norms),
            )  # fmt: skip
            raise Refused([said])
        return next(iter(found))

    def _due(self) -> ExpectDue:
        if self.talk.owed is None:
            self._nothing(Words("すぐ前に一つの義務が挙げられていない。", "No single duty was named just before."))
        return ExpectDue(self.talk.owed, self._when() if self.say is CaseSay.DUE else None)

    def _chance(self) -> ExpectChance:
        actor = self.talk.person(self.b["who"], self.where)
        post = self.talk.post(actor, self.b["post"], self.where) if "post" in self.b else None
        return ExpectChance(actor.id, post, self._of_people().id, CHANCE_WORDS[self.b["chance"]], self._at())

    def _only(self) -> ExpectOnly:
        names = self.b["people"].split("、") if self.say is CaseSay.ONLY else []
        people = tuple(self.talk.person(one, self.where).id for one in names)
        return ExpectOnly(people, self._of_people().id, self._at())

    def _at(self) -> When | None:
        return read_when(self.b["moment"], self.lexicon, self.where, hour=True) if "moment" in self.b else None

    def _of_people(self) -> Event:
        event = self._event()
        if event.hand is not Hand.PERSON:
            why = Words(
                f"「{event.words.ja}」は人の起こす事象でない。",
                f"“{event.words.say('en')}” is not triggered by people.",
            )
            self._nothing(why)
        return event

    def _nothing(self, why: Words) -> NoReturn:
        raise Refused([finding("TS477", self.where, (), step=self.text, why=why.ja, why_en=why.say("en"))])

    # ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _said(self, takes: Sequence[str] | None, event: Event | None) -> tuple[SaidOf, ...]:
        said, _ = self._heard(takes, event)
        return said

    def _heard(self, takes: Sequence[str] | None, event: Event | None) -> tuple[tuple[SaidOf, ...], frozenset[str]]:
        """What the table says, and the terms of which it says that they are not said."""
        if self.table is None:
            return (), frozenset()
        facts = facts_in(self.table, self.lexicon, self.where)
        if len({fact.term for fact in facts}) < len(facts):
            refuse_table(self.where, _TWICE)
        if takes is not None and event is not None:
            for fact in facts:
                if fact.term not in takes:
                    raise self._not_taken(fact, event)
        return (
            tuple(SaidOf(fact.term, fact.value) for fact in facts if not isinstance(fact.value, Unsaid)),
            frozenset(fact.term for fact in facts if isinstance(fact.value, Unsaid)),
        )

    def _takes(self, event: Event) -> tuple[str, ...]:
        """What can be said with an event: what it takes, and what the force asks of its own."""
        return (*event.supplied, *self.lexicon.directive.own_terms)

    def _not_taken(self, fact: Fact, event: Event) -> Refused:
        def words(terms: Iterable[str]) -> list[Term]:
            return [self.lexicon.directive.term[one] for one in terms]

        known = "、".join(one.words.ja for one in words(self._takes(event))) or "—"
        (term,) = words([fact.term])
        return Refused([finding("TS472", self.where, (), event=event.words.ja, name=term.words.ja, known=known)])


_TWICE: Final = {
    "what": "同じ用語が表に二度ある。",
    "what_en": "A term stands twice in the table.",
    "mend": "一つにする。",
    "mend_en": "Keep one.",
}
