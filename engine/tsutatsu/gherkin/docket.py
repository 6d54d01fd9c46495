"""The cases of one scenario as they run: each deed as the library takes it, the clock at work all the time between.

It does what a store with a worker does, without a database: what is due comes at its own moment, then the deed is
tried, then whatever follows from it, also in the cases that are linked with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias, assert_never

from tsutatsu.cases import opening
from tsutatsu.cases.case import Case, Entry, Linked, fold
from tsutatsu.cases.case import Deed as Kind
from tsutatsu.cases.chances import Option, option
from tsutatsu.cases.deciding import Done, Refusal, Why, decide
from tsutatsu.cases.ground import Ground, Grounds
from tsutatsu.cases.looking import next_moment
from tsutatsu.cases.passing import passed
from tsutatsu.cases.people import Actor
from tsutatsu.diagnostics import Diagnostic, Refused, finding
from tsutatsu.gherkin.case_acts import (
    Correction,
    DaysOn,
    Deed,
    Erasing,
    Linking,
    NthDay,
    Opening,
    SaidOf,
    Trigger,
    Waiving,
    When,
    Withdrawal,
)
from tsutatsu.gherkin.shown import Showings
from tsutatsu.ir import RecordList, Value, Words
from tsutatsu.ir.workflows import Hand, Handling
from tsutatsu.source import Source

_DECLINED: Final[Mapping[str, Why]] = {
    "TS845": Why.POST,  # not held that day
    "TS851": Why.FACTS,  # written by an event
    "TS852": Why.STATE,  # not the last event
    "TS853": Why.HAND,  # not by whoever did it
    "TS883": Why.POST,  # done in a post that is no longer held
    "TS854": Why.DUTIES,  # no such duty to waive
    "TS870": Why.STATE,  # not ended yet
    "TS871": Why.LINKED,  # linked already
    "TS879": Why.STATE,  # erased
    "TS881": Why.POST,  # not his to put right
    "TS882": Why.GUARD,  # only others may
}
"""Findings by which the library turns down what somebody would do; any other means that the step is wrong."""


_HANDLING: Final[Mapping[type, Handling]] = {
    Correction: Handling.CORRECT,
    Waiving: Handling.WAIVE,
    Linking: Handling.LINK,
    Erasing: Handling.ERASE,
}


@dataclass(frozen=True, slots=True)
class Declined:
    """That something may not be done, said in findings."""

    why: Why
    findings: tuple[Diagnostic, ...]


Came: TypeAlias = Entry | Refusal | Declined


@dataclass(frozen=True, slots=True)
class Trial:
    """A deed, to which case, by whom, with the readings that the scenario has decided."""

    deed: Deed
    label: str
    actor: Actor
    sides: Mapping[str, str]


@dataclass
class Docket:
    """The cases by the names that the scenario gives them, all at one moment."""

    grounds: Grounds
    now: datetime | None = None
    cases: dict[str, Case] = field(default_factory=dict[str, Case])
    came: Came | None = None
    """What came of the last deed; nothing where only time has passed since."""
    recent: dict[str, list[Entry]] = field(default_factory=dict[str, list[Entry]])
    """What has been added to each case since ``begin`` was called last."""
    shown: Showings = field(default_factory=Showings)
    """What the cases have shown of their workflows so far."""
    _ground: dict[str, Ground] = field(default_factory=dict[str, Ground])

    def begin(self) -> None:
        """From here on, entries are recent."""
        self.recent = {}

    def ground(self, label: str) -> Ground:
        """What a case stands on."""
        return self._ground[label]

    def linked(self, label: str) -> tuple[Linked, ...]:
        """The cases that a case is linked with, as they stand."""
        others = [self.cases[one] for one in sorted(self.cases[label].links)]
        alike = self._ground[label].workflow.alike
        found = ((one, Linked(one.id, one.pin.workflow, one.state, one.version)) for one in others)
        return tuple(linked.with_facts_of(one, alike) for one, linked in found)

    # ── time ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    def moment(self, when: When | None, label: str | None, where: Source) -> datetime:
        """The moment that a step means; refused where it is not settled, or has passed already."""
        if when is None:
            if self.now is None:
                raise _no_moment(where, *_NOT_SAID)
            return self.now
        found = datetime.combine(self.day(when, label, where), when.at or time())
        if self.now is not None and found < self.now:
            then, now = found.isoformat(" ", "minutes"), self.now.isoformat(" ", "minutes")
            why = Words(f"{then}は、前の文の{now}より前である。", f"{then} is before {now}.")
            raise _no_moment(where, why, _IN_ORDER)
        return found

    def day(self, when: When, label: str | None, where: Source) -> date:
        """The day that a step means; refused where it is not settled."""
        try:
            return self._day(when, label, where)
        except OverflowError:
            raise _no_moment(where, *_TOO_FAR) from None

    def _day(self, when: When, label: str | None, where: Source) -> date:
        match when.day:
            case DaysOn(days):
                if self.now is None:
                    raise _no_moment(where, *_NOT_SAID)
                return self.now.date() + timedelta(days)
            case NthDay(number, term):
                assert label is not None
                case = self.cases[label]
                first = case.entries[0].at if term is None else case.facts.get(term)
                if not isinstance(first, date):
                    raise _no_moment(where, *_NO_SUCH_DAY)
                return date(first.year, first.month, first.day) + timedelta(number - 1)
            case date():
                return when.day
            case _:
                assert_never(when.day)

    def advance(self, until: datetime) -> None:
        """Lets time pass until then: all that is due comes, each thing at its own moment."""
        now = self.now or until
        while True:
            self._settle(now)
            moments = (next_moment(self._ground[label], case, now) for label, case in self.cases.items())
            due = min((one for one in moments if one is not None), default=None)
            if due is None or due > until or due <= now:
                break
            now = due
        self._settle(until)
        self.now = until

    def _settle(self, now: datetime) -> None:
        """What time and the machine bring to any case by then, until nothing more comes."""
        moved = True
        while moved:
            moved = False
            for label, case in self.cases.items():
                entries = passed(self._ground[label], case, now, self.linked(label))
                moved |= bool(entries)
                for entry in entries:
                    self._add(label, entry)
        for label, case in self.cases.items():
            self.shown.resting(self._ground[label].workflow, case.state)

    def _add(self, label: str, entry: Entry) -> None:
        self.cases[label] = self.cases[label].after(entry) if label in self.cases else fold([entry])
        self.recent.setdefault(label, []).append(entry)
        self.shown.entry(self._ground[label].workflow, entry)

    # ── deeds ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def do(self, trial: Trial, at: datetime, where: Source) -> Came:
        """What comes of a deed: what is added, or why not; refused where the step itself is wrong."""
        self.advance(at)
        label = trial.label
        try:
            came = self._tried(trial, at)
        except Refused as refused:
            self.came = self._declined(refused, where)
            handling = _HANDLING.get(type(trial.deed.what))
            if handling is not None and {one.code for one in refused.findings} == {"TS882"}:
                self.shown.not_handled(self._ground[label].workflow, handling)
            return self.came
        if isinstance(came, Done):
            self._add(label, came.entry)
            self.cases[label] = came.case
            self._settle(at)
        else:
            self.shown.refusal(self._ground[label].workflow, came)
        self.came = came.entry if isinstance(came, Done) else came
        return self.came

    def _tried(self, trial: Trial, at: datetime) -> Done | Refusal:
        what, post, label, actor = trial.deed.what, trial.deed.post, trial.label, trial.actor
        if isinstance(what, Opening):
            ground = self.grounds.named(what.workflow, at.date())
            done = opening.opened(ground, label, actor, at, post=post, label=label, sides=dict(trial.sides) or None)
            self._ground[label] = ground
            return done
        ground, case = self._ground[label], self.cases[label]
        if case.erased:
            raise Refused([finding("TS879", word=label)])
        match what:
            case Trigger(event, said):
                return decide(ground, case, event, actor, raw(said), now=at, post=post, linked=self.linked(label))
            case Linking(other):
                return opening.linked(ground, case, other, actor, at, post=post)
            case Withdrawal(event, reason):
                number = next((one.number for one in reversed(case.entries) if one.event == event), None)
                if number is None:
                    raise Refused([finding("TS852", entry="—", last="—")])
                return opening.withdrawn(ground, case, actor, at, reason=reason, number=number, post=post)
            case Correction(said, reason):
                return opening.corrected(ground, case, raw(said), actor, at, reason=reason, post=post)
            case Waiving(norm, reason):
                return opening.waived(ground, case, norm, actor, at, reason=reason, post=post)
            case Erasing(reason):
                return opening.erased(ground, case, actor, at, reason=reason, post=post)
            case _:
                assert_never(what)

    def _declined(self, refused: Refused, where: Source) -> Declined:
        codes = {one.code for one in refused.findings}
        if codes <= set(_DECLINED):
            return Declined(_DECLINED[min(codes)], refused.findings)
        raise Refused(_wrong(one, where) for one in refused.findings) from refused

    # ── looking ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def option(self, label: str, event: str, actor: Actor, post: str | None, at: datetime) -> Option:
        """What the actor may do with an event at a moment (in one of his posts, where it is named)."""
        self.advance(at)
        who = actor if post is None else replace(actor, holdings=tuple(h for h in actor.holdings if h.post == post))
        ground = self._ground[label]
        one, others = ground.workflow.event[event], self.linked(label)
        return option(ground, self.cases[label], who, one, now=at, linked=others)

    def again(self, trial: Trial, sides: Mapping[str, str]) -> Done | Refusal:
        """What would have come of the deed had these readings been decided for the case."""
        deed, label = trial.deed, trial.label
        assert isinstance(deed.what, Trigger) and self.now is not None
        case = self.cases[label]
        taken = tuple(sorted({**case.sides, **sides}.items()))
        as_read = replace(case, pin=replace(case.pin, sides=taken))
        return decide(
            self._ground[label], as_read, deed.what.event, trial.actor, raw(deed.what.said),
            now=self.now, post=deed.post, linked=self.linked(label),
        )  # fmt: skip

    def added(self, label: str) -> Iterator[Entry]:
        """What has been added to the case lately."""
        yield from self.recent.get(label, ())

    def events_by_themselves(self, label: str, event: str) -> tuple[Entry, ...]:
        """The recent entries of an event that the clock or the machine did."""
        return tuple(
            one
            for one in self.added(label)
            if one.deed is Kind.EVENT and one.event == event and one.body is not None
            and one.body.doer.hand is not Hand.PERSON
        )  # fmt: skip


def raw(said: tuple[SaidOf, ...]) -> dict[str, object]:
    """What is said, as a caller submits it."""
    return {one.term: _plain(one.value) for one in said}


def _plain(value: Value) -> object:
    assert not isinstance(value, RecordList)
    return value


_NOT_SAID: Final = (
    Words("まだどの時も言われていない。", "No moment has been said yet."),
    Words("「令和7年8月1日10時に、」と書き始める。", "Begin with 令和7年8月1日10時に、."),
)
_NO_SUCH_DAY: Final = (
    Words("数え始める日が、一件の事実にない。", "The case does not hold the day from which to count."),
    Words(
        "その日を言う（書く）事象の後にするか、別の日から数える。",
        "Put it after the event that says that day, or count from another.",
    ),
)
_TOO_FAR: Final = (
    Words("数えられる日の外である。", "It lies beyond the days that can be counted."),
    Words("もっと近い日を書く。", "Write a nearer day."),
)
_IN_ORDER: Final = Words("起こる順に書く。", "Write what happens in its order.")


def _wrong(one: Diagnostic, where: Source) -> Diagnostic:
    mend, mend_en = f"{one.mend_ja} ({one.code})", f"{one.mend_en} ({one.code})"
    return finding("TS479", where, (), why=one.ja, why_en=one.en, mend=mend, mend_en=mend_en)


def _no_moment(where: Source, why: Words, mend: Words) -> Refused:
    blanks = {"why": why.ja, "why_en": why.say("en"), "mend": mend.ja, "mend_en": mend.say("en")}
    return Refused([finding("TS476", where, (), **blanks)])
