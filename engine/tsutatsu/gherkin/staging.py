"""The part of a scenario that is about cases, being performed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tsutatsu.cases.case import Entry
from tsutatsu.cases.deciding import Done, Refusal
from tsutatsu.cases.ground import Grounds
from tsutatsu.gherkin.case_acts import (
    Await,
    CaseAct,
    CaseExpectation,
    Deed,
    Enrol,
    ExpectAccepted,
    ExpectNotKnown,
    ExpectRefused,
    ExpectRefusedByJudgement,
    ExpectRefusedByNorm,
    ExpectRefusedByReading,
    ExpectUnsaid,
    Opening,
    Prepare,
    TakeUp,
)
from tsutatsu.gherkin.case_expecting import told_refusal, unmet_of_case
from tsutatsu.gherkin.docket import Docket, Trial
from tsutatsu.gherkin.expecting import Held
from tsutatsu.gherkin.talk import Talk
from tsutatsu.ir import Words
from tsutatsu.ir.workflows import Workflow
from tsutatsu.semantics import Verdict
from tsutatsu.source import Source

_OUTCOMES = (
    ExpectAccepted,
    ExpectRefused,
    ExpectRefusedByNorm,
    ExpectRefusedByJudgement,
    ExpectRefusedByReading,
    ExpectUnsaid,
    ExpectNotKnown,
)


@dataclass(frozen=True, slots=True)
class Stage:
    """Under what a case is opened: the law's workflows, those that steps may name, the readings decided."""

    grounds: Grounds
    flows: tuple[Workflow, ...]
    sides: Mapping[str, str]


@dataclass
class Staging:
    """The cases of a scenario, and what its next step may mean."""

    talk: Talk = field(default_factory=Talk)
    docket: Docket | None = None
    held: Held | None = None
    """The answer that refused what was done last, where one did."""
    _untold: bool = False
    """Something was refused, and no step has said so yet."""
    _continues: bool = False
    """Whether the next deed belongs together with the last one."""

    def act(self, act: CaseAct, setting: Stage, where: Source) -> Words | None:
        """Performs a step; what is so instead where it is not as the step says."""
        if self.docket is None:
            self.docket = Docket(setting.grounds)
        self.docket.grounds = setting.grounds  # a force may have been named since
        match act:
            case Enrol() | Prepare() | TakeUp():
                self.talk.follow(act, setting.flows)
                return None
            case Await(when, given):
                if unsaid := self._refused_in_silence():
                    return unsaid
                self._begin(given=given)
                self.docket.advance(self.docket.moment(when, self.talk.current, where))
                self.docket.came = self.held = None
                return None
            case Deed():
                if unsaid := self._refused_in_silence():
                    return unsaid
                return self._deed(act, self.docket, setting, where)
            case _:
                return self._expect(act, self.docket, where)

    def told(self, *, of_outcome: bool) -> Words | None:
        """Takes in that something is expected; what was refused must be said to be refused before anything else."""
        self._continues = False
        if of_outcome or not self._untold:
            self._untold = False
            return None
        return self._refused_in_silence()

    def _deed(self, deed: Deed, docket: Docket, setting: Stage, where: Source) -> Words | None:
        self._begin(given=deed.given)
        opening = isinstance(deed.what, Opening)
        label = deed.what.label if isinstance(deed.what, Opening) else self.talk.current
        assert label is not None  # TS467 has said so
        trial = Trial(deed, label, self.talk.people[deed.who], setting.sides)
        came = docket.do(trial, docket.moment(deed.when, self.talk.current, where), where)
        self.held = None
        if isinstance(came, Entry):
            if opening:
                self.talk.follow(deed, setting.flows)
            return None
        if deed.given or opening:
            why = told_refusal(came)
            docket.came = None
            return Words(f"受け付けられなかった。{why.ja}", f"It was refused. {why.say('en')}")
        self._untold = True
        if isinstance(came, Refusal) and came.answer is not None:

            def on_side(reading: str, side: str) -> Verdict:
                again = docket.again(trial, {reading: side})
                if isinstance(again, Done):
                    return Verdict.PERMITTED
                return Verdict.DENIED if again.answer is None else again.answer.verdict

            self.held = Held(came.answer, docket.ground(label).widened, on_side)
        return None

    def _begin(self, *, given: bool) -> None:
        assert self.docket is not None
        if given or not self._continues:
            self.docket.begin()
        self._continues = not given

    def _refused_in_silence(self) -> Words | None:
        if not self._untold or self.docket is None or self.docket.came is None:
            return None
        came = self.docket.came
        assert not isinstance(came, Entry)
        why = told_refusal(came)
        return Words(
            f"前の文が受け付けられなかったのに、「受け付けられない」と言われていない。{why.ja}",
            f"What was done before was refused, and no step says so. {why.say('en')}",
        )

    def _expect(self, expected: CaseExpectation, docket: Docket, where: Source) -> Words | None:
        if unsaid := self.told(of_outcome=isinstance(expected, _OUTCOMES)):
            return unsaid
        found = unmet_of_case(expected, docket, self.talk, where)
        self.talk.follow(expected, ())
        return found
