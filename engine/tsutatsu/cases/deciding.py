"""Whether an event may happen to a case: it happens, or the refusal says which condition stands in its way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from tsutatsu.cases.accounting import duties_after, timings_in
from tsutatsu.cases.blaming import unheld
from tsutatsu.cases.case import Body, Case, Deed, DutyRow, DutyStanding, Entry, Given, Linked, by_key
from tsutatsu.cases.ground import Ground
from tsutatsu.cases.moments import at_tokyo
from tsutatsu.cases.people import Actor, Doer, doer, post_as
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.ir import Facts, Value, Words
from tsutatsu.ir.workflows import Event, Hand, Stamp, StateOf
from tsutatsu.judging.answer import Answer
from tsutatsu.sealing import text_of
from tsutatsu.semantics import Verdict


class Why(Enum):
    """What stands in the way of an event."""

    STATE = "state"  # 今の状態からは起こせない
    HAND = "hand"  # その者の手によるものでない
    POST = "post"  # その職は記せない
    FACTS = "facts"  # 事実が食い違う
    MISSING = "missing"  # 言うべき事実が言われていない
    LINKED = "linked"  # 別件の状態が整わない
    GUARD = "guard"  # 要件が満たされない
    JUDGEMENT = "judgement"  # 判断が許可しない
    DUTIES = "duties"  # 義務が残っている


@dataclass(frozen=True, slots=True)
class Refusal:
    """That an event may not happen now, and why: nothing of it stays."""

    event: str
    words: Words
    """What the event is called."""
    provision: str
    why: Why
    said: Words
    """Why, in a sentence."""
    answer: Answer | None = None
    """The answer that does not permit it: its norms and provisions, what is not known, what would make it pass."""
    missing: tuple[str, ...] = ()
    """Facts that whoever triggers it must say."""
    duties: tuple[DutyRow, ...] = ()
    """Duties that are still open."""
    linked: tuple[StateOf, ...] = ()
    """Linked cases that do not stand as they must."""


@dataclass(frozen=True, slots=True)
class Done:
    """That an event has happened: its entry, and the case after it."""

    entry: Entry
    case: Case
    again: bool = False
    """Whether it had happened before: the command was a repetition, and nothing was added."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """An event that someone would have happen."""

    event: Event
    who: Doer
    supplied: Facts
    now: datetime
    linked: tuple[Linked, ...] = ()
    must_say: bool = True
    """Whether what the event needs to be told must have been said; else what was not said is taken as unknown."""
    key: str = ""


def decide(
    ground: Ground,
    case: Case,
    event: str,
    actor: Actor,
    supplied: Mapping[str, object],
    *,
    now: datetime,
    post: str | None = None,
    linked: Iterable[Linked] = (),
    texts: bool = False,
    key: str = "",
) -> Done | Refusal:
    """What comes of ``actor`` triggering ``event`` at ``now``, saying ``supplied``.

    A wrong call (no such event, facts that cannot be read or that the event does not take, a post not held) is refused
    with findings; an event that may not happen is answered with a ``Refusal``.
    """
    now = in_order(case, now)
    one = ground.event(event)
    facts = _supplied(ground, one, supplied, now, texts=texts)
    who = doer(actor, now.date(), post)
    return weigh(ground, case, Attempt(one, who, facts, now, tuple(linked), key=key))


def weigh(ground: Ground, case: Case, attempt: Attempt) -> Done | Refusal:
    """What comes of an event whose facts have been read."""
    event, now = attempt.event, attempt.now
    trial = _Trial(ground, case, attempt)
    if not ground.moves.can_leave(case.state, event.id):
        return trial.refused(Why.STATE, _not_from(ground, case, event))
    target = ground.moves.move(case.state, event.id, trial)
    if target is None:
        assert trial.refusal is not None
        return trial.refusal
    number = case.version + 1
    entry = Entry(
        case.id,
        number,
        Deed.EVENT,
        now,
        case.state,
        target,
        event.id,
        duties=trial.duties,
        timings=timings_in(ground, case, target, trial.facts, (event.id, now)),
        key=attempt.key,
        body=Body(attempt.who, attempt.supplied, trial.written, tuple(trial.given)),
    )
    return Done(entry, case.after(entry))


def in_order(case: Case, now: datetime) -> datetime:
    """The moment as held; refused where something has happened to the case after it."""
    now = at_tokyo(now)
    if now < case.last:
        raise Refused([finding("TS848", at=now.isoformat(" "), last=case.last.isoformat(" "))])
    return now


class _Trial:
    """One event being tried: everything that must hold for it, in the order in which a person would ask."""

    def __init__(self, ground: Ground, case: Case, attempt: Attempt) -> None:
        self._ground, self._case, self._event, self._who = ground, case, attempt.event, attempt.who
        self._supplied, self._now, self._linked = attempt.supplied, attempt.now, attempt.linked
        self._must_say = attempt.must_say
        self.written: dict[str, Value] = {}
        self.facts: dict[str, Value] = {}
        self.duties: tuple[DutyRow, ...] = ()
        self.given: list[Given] = []
        self.refusal: Refusal | None = None

    def passes(self) -> bool:
        """Whether everything holds; if not, ``refusal`` says what does not."""
        self.refusal = self._by_hand() or self._by_missing() or self._by_linked()
        if self.refusal is None:
            self.refusal = self._by_writing() or self._by_rules() or self._by_duties()
        return self.refusal is None

    def refused(
        self,
        why: Why,
        said: Words,
        answer: Answer | None = None,
        *,
        missing: tuple[str, ...] = (),
        duties: tuple[DutyRow, ...] = (),
        linked: tuple[StateOf, ...] = (),
    ) -> Refusal:
        """The refusal of this event."""
        one = self._event
        return Refusal(one.id, one.words, one.provision, why, said, answer, missing, duties, linked)

    def _by_hand(self) -> Refusal | None:
        if self._event.hand is self._who.hand:
            return None
        hand = _HANDS[self._event.hand]
        said = Words(
            f"「{self._event.words.ja}」は{hand.ja}が起こす。",
            f"“{self._event.words.say('en')}” comes by {hand.say('en')}.",
        )
        return self.refused(Why.HAND, said)

    def _by_missing(self) -> Refusal | None:
        missing = tuple(term for term in self._event.supplied if term not in self._supplied)
        if not missing or not self._must_say:
            return None
        words = [self._ground.directive.term[term].words for term in missing]
        said = Words(
            f"「{self._event.words.ja}」には、{'、'.join(f'「{one.ja}」' for one in words)}を言う必要がある。",
            f"“{self._event.words.say('en')}” needs to be told: {', '.join(one.say('en') for one in words)}.",
        )
        return self.refused(Why.MISSING, said, missing=missing)

    def _by_linked(self) -> Refusal | None:
        alike = self._event.alike
        others = [one for one in self._linked if _same(alike, one.facts, {**self._case.facts, **self._supplied})]
        wanting = tuple(one for one in self._event.linked if not _stands(one, others))
        if not wanting:
            return None
        terms = [self._ground.directive.term[one].words for one in alike]
        of = f"（{'、'.join(f'「{one.ja}」' for one in terms)}が同じもの）" if terms else ""
        of_en = f" (with the same {', '.join(one.say('en') for one in terms)})" if terms else ""
        said = Words(
            f"結び付けた別件{of}が次のようでない: {'、'.join(one.words.ja for one in wanting)}。",
            f"No linked case{of_en} is as it must be: {', '.join(one.words.say('en') for one in wanting)}.",
        )
        return self.refused(Why.LINKED, said, linked=wanting)

    def _by_writing(self) -> Refusal | None:
        """What the event writes joins the facts, unless a term cannot hold the post of whoever acts."""
        try:
            self._write()
        except Refused as refused:
            return self.refused(Why.POST, sentences(refused))
        return None

    def _write(self) -> None:
        for write in self._event.writes:
            term = self._ground.directive.term[write.term]
            match write.value:
                case Stamp.ACTOR:
                    self.written[write.term] = self._who.id
                case Stamp.POST:
                    self.written[write.term] = post_as(term, self._who.post)
                case Stamp.DAY:
                    self.written[write.term] = self._now.date()
                case Stamp.MOMENT:
                    self.written[write.term] = self._now
                case Stamp.TIME:
                    self.written[write.term] = self._now.time()
                case value:
                    self.written[write.term] = value
        unsaid = () if self._must_say else tuple(t for t in self._event.supplied if t not in self._supplied)
        before = {term: value for term, value in self._case.facts.items() if term not in unsaid}
        self.facts = {**before, **self._supplied, **self.written}

    def _by_guard(self) -> Refusal | None:
        found = unheld(self._ground, self._event, self.facts, self._who, on=self._now.date(), sides=self._case.sides)
        return None if found is None else self.refused(Why.GUARD, found.said, found.answer)

    def _by_rules(self) -> Refusal | None:
        """The event's own condition, then its judgements.

        A judgement's sure no comes before a condition that hangs on a reading or on what is still to be said, and not
        before one that lacks a fact which an earlier event should have brought.
        """
        first = self._by_guard()
        if first is not None and not self._may_still_hold(first):
            return first
        for one in self._by_judgements():
            if _verdict(one) is Verdict.DENIED:
                return one
            first = first or one
        return first

    def _may_still_hold(self, guard: Refusal) -> bool:
        return _verdict(guard) is Verdict.BY_READING or not (self._must_say or _verdict(guard) is Verdict.DENIED)

    def _by_judgements(self) -> Iterator[Refusal]:
        """Every judgement that does not permit it; the answers that do are kept."""
        for name in self._event.judgements:
            answer = self._ground.ask(name, self.facts, self._now.date(), self._case.sides)
            if answer.verdict is not Verdict.PERMITTED:
                words = self._ground.directive.judgement[name].words
                verdict = verdict_words(answer.verdict)
                said = Words(
                    f"「{words.ja}」の可否が「{verdict.ja}」である。",
                    f"“{words.say('en')}”: {verdict.say('en')}.",
                )
                yield self.refused(Why.JUDGEMENT, said, answer)
            elif self._must_say:
                self.given.append(Given(name, answer.verdict.value, _json(answer.receipt.to_dict())))

    def _by_duties(self) -> Refusal | None:
        if not self._must_say:
            return self._settled(self._case.duties)
        number = self._case.version + 1
        self.duties = duties_after(self._ground, self._case, self.facts, self._now, number, event=True)
        return self._settled({**by_key(self._case.duties), **by_key(self.duties)}.values())

    def _settled(self, duties: Iterable[DutyRow]) -> Refusal | None:
        still = tuple(one for one in duties if one.standing is DutyStanding.OPEN)
        if not self._event.settled or not still:
            return None
        said = Words(
            f"果たすべき義務が {len(still)} 件残っている。",
            f"{len(still)} {'duty is' if len(still) == 1 else 'duties are'} still open.",
        )
        return self.refused(Why.DUTIES, said, duties=still)


def _verdict(refusal: Refusal) -> Verdict | None:
    return None if refusal.answer is None else refusal.answer.verdict


def _json(plain: object) -> str:
    return text_of(plain).decode()


def sentences(refused: Refused) -> Words:
    """What findings say, in a row."""
    return Words(" ".join(one.ja for one in refused.findings), " ".join(one.en for one in refused.findings))


def verdict_words(verdict: Verdict) -> Words:
    """The word for a verdict."""
    from tsutatsu.judging.labels import VERDICT_WORDS

    return VERDICT_WORDS[verdict]


_HANDS = {
    Hand.PERSON: Words("人", "a person"),
    Hand.MACHINE: Words("機械", "the machine"),
    Hand.CLOCK: Words("時計", "the clock"),
}


def _same(terms: Iterable[str], there: Facts, here: Facts) -> bool:
    """Whether both cases are known to say the same of each."""
    return all(term in there and term in here and there[term] == here[term] is not None for term in terms)


def _stands(wanted: StateOf, linked: Iterable[Linked]) -> bool:
    """Whether a case is linked under that workflow, and every such case stands in one of the states."""
    found = [one for one in linked if one.workflow == wanted.workflow]
    return bool(found) and all(one.state in wanted.states for one in found)


def _supplied(
    ground: Ground, event: Event, raw: Mapping[str, object], now: datetime, *, texts: bool
) -> dict[str, Value]:
    """What was said for the event; refused where neither the event takes it nor the force asks it of its own."""
    facts = ground.read(raw, now.date(), texts=texts)
    taken = (*event.supplied, *ground.directive.own_terms)
    beyond = [ground.directive.term[term].words for term in facts if term not in taken]
    if beyond:
        takes = [ground.directive.term[term].words for term in taken]
        raise Refused(
            [
                finding(
                    "TS849",
                    word="、".join(one.ja for one in beyond),
                    word_en=", ".join(one.say("en") for one in beyond),
                    event=event.words.ja,
                    event_en=event.words.say("en"),
                    takes="、".join(one.ja for one in takes) or "—",
                    takes_en=", ".join(one.say("en") for one in takes) or "—",
                )
            ]
        )
    return facts


def _not_from(ground: Ground, case: Case, event: Event) -> Words:
    state = ground.workflow.state[case.state].words
    origins = [ground.workflow.state[one].words for one in event.origins]
    return Words(
        f"今の状態「{state.ja}」からは起こせない（{'、'.join(f'「{one.ja}」' for one in origins)}から）。",
        f"It does not start from “{state.say('en')}” (only from {', '.join(one.say('en') for one in origins)}).",
    )
