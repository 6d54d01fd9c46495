"""A scenario's words, looked up step by step without judging: for the lint, and before a scenario runs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tsutatsu.diagnostics import Diagnostic, Refused, Severity, finding, near_blanks
from tsutatsu.gherkin.acts import (
    Act,
    Ask,
    ByDirective,
    ByForce,
    ExpectOnSide,
    ExpectUnit,
    ExpectVerdict,
    OfCase,
    Presume,
    StateFacts,
    TakeSide,
)
from tsutatsu.gherkin.case_acts import Deed, Opening
from tsutatsu.gherkin.case_resolving import Heard, Setting, resolve_case
from tsutatsu.gherkin.law import Law, lexicon_for
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.phrases import VERDICT_PHRASES, VerdictPhrase, understand, verdicts_of
from tsutatsu.gherkin.resolving import resolve
from tsutatsu.gherkin.saying import CaseSay, Said
from tsutatsu.gherkin.sheet import Draft, ExampleRow, StepLine
from tsutatsu.gherkin.suggesting import nearest_step
from tsutatsu.gherkin.talk import Talk
from tsutatsu.judging.labels import QUESTION_WORDS
from tsutatsu.semantics import Question

ABOUT_THE_HEADER: Final = frozenset({"有効期間", "失効後", "廃止", "発出", "宛先", "適用範囲", "原議保存期間"})
"""Tags that name a part of the directive's head rather than a provision."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in the words of a scenario, and whose words they were in the end."""

    findings: tuple[Diagnostic, ...]
    lexicon: Lexicon | None
    """Those of the folder's directive, or of the one that its steps name."""


class Examiner:
    """Examines the scenarios of one file; what a background comes to is worked out once for all of them."""

    def __init__(self, law: Law, path: Path) -> None:
        self._law, self._path = law, path
        self._begun: dict[tuple[StepLine, ...], tuple[_Script, tuple[Diagnostic, ...]]] = {}

    def examine(self, draft: Draft, row: ExampleRow | None) -> Examined:
        """What is wrong with the words of a scenario (of one row of examples, for an outline)."""
        script, begun = self._background(draft.background, row)
        found = [*begun, *script.block(draft.steps, row)]
        found += [finding("TS478", step.where, (), reading=reading) for reading, step in script.late.items()]
        return Examined(tuple(found), script.lexicon)

    def _background(
        self, steps: tuple[StepLine, ...], row: ExampleRow | None
    ) -> tuple["_Script", tuple[Diagnostic, ...]]:
        if row is not None and any(one.unfilled for one in steps):
            script = _Script(self._law, self._law.home(self._path))
            return script, tuple(script.block(steps, row))
        if steps not in self._begun:
            script = _Script(self._law, self._law.home(self._path))
            self._begun[steps] = script, tuple(script.block(steps, None))
        script, found = self._begun[steps]
        return script.again(), found


def examine_tags(draft: Draft, lexicon: Lexicon) -> Iterator[Diagnostic]:
    """Whether a scenario says, by tags that exist, which provision it is about."""
    tags = (*draft.tags, *(tag for table in draft.examples for tag in table.tags))
    known = lexicon.provisions_and_above
    if not any(tag in known or tag in ABOUT_THE_HEADER or _looks_like_a_provision(tag) for tag in tags):
        yield finding("TS415", draft.where, (), name=draft.name)
    for tag in dict.fromkeys(tags):
        if tag not in known and _looks_like_a_provision(tag):
            yield finding("TS416", draft.where, (), name=tag, **near_blanks(tag, known))


def stops(findings: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The findings that a scenario cannot run with. An unknown step may yet be one that a conftest.py defines."""
    return tuple(one for one in findings if one.severity is Severity.ERROR and one.code != "TS430")


class _Script:
    """A scenario read step by step: the directive spoken of, the question asked, the facts said."""

    def __init__(self, law: Law, lexicon: Lexicon | None) -> None:
        self.law = law
        self.lexicon = lexicon
        self.question: Question | None = None
        self.talk = Talk()
        self.late: dict[str, StepLine] = {}
        """Readings decided after a case was opened, and none since."""
        self.unopened = False
        """Whether a step before any case was opened is found wrong: that none is open afterwards is no news."""
        self.asked: StepLine | None = None
        """A fact said, or a question asked, before anything was said of a case."""

    def again(self) -> "_Script":
        """The same as far as it has come, to go on from."""
        script = _Script(self.law, self.lexicon)
        script.question, script.asked, script.unopened = self.question, self.asked, self.unopened
        script.talk, script.late = self.talk.again(), dict(self.late)
        return script

    def block(self, steps: Sequence[StepLine], row: ExampleRow | None) -> Iterator[Diagnostic]:
        """One background or scenario; within it, and between two questions, a fact is said once."""
        said: set[str] = set()
        for written in steps:
            step = written if row is None else written.filled(row)
            if step.unfilled and written.unfilled:
                continue  # TS409 has said so
            understood = understand(step.text, step.mood)
            if understood is None:
                near_step = nearest_step(step.text, step.mood, self.lexicon)
                yield finding("TS430", step.where, (), step=step.text, **near_step.blanks())
                continue
            if step.has_text:
                yield finding("TS442", step.where, (), **_NO_TEXT)
                continue
            try:
                act = self._act(understood, step)
            except Refused as refused:
                if not (self.unopened and all(one.code == "TS467" for one in refused.findings)):
                    yield from refused.findings
                self.unopened = self.unopened or self.talk.current is None
                continue
            yield from self._follow(act, step, said)

    def _act(self, said: Said, step: StepLine) -> Act:
        lexicon = lexicon_for(said.phrase.say, self.lexicon, self.law, step.where)
        if isinstance(said.phrase.say, CaseSay):
            setting = Setting(lexicon, self.law.flows(lexicon.directive), self.talk)
            return OfCase(resolve_case(Heard(said, step.text, step.table, step.where), setting), said.phrase.mood)
        return resolve(said, step.table, lexicon, self.law.find, step.where)

    def _follow(self, act: Act, step: StepLine, said: set[str]) -> Iterator[Diagnostic]:
        if isinstance(act, (StateFacts, Presume, Ask)) and self.talk.begun:
            yield finding("TS475", step.where, (), step=step.text)
        match act:
            case OfCase(done):
                assert self.lexicon is not None
                self.talk.follow(done, self.law.flows(self.lexicon.directive))
                if isinstance(done, Deed) and isinstance(done.what, Opening):
                    self.late.clear()
                self.question = Question.MAY
                if self.asked is not None:
                    yield finding("TS475", self.asked.where, (), step=self.asked.text)
                self.asked = None
            case TakeSide(reading) if self.talk.cases:
                self.late[reading] = step
            case ByDirective(directive):
                self.lexicon = self.law.lexicon(directive)
            case ByForce(force):
                try:
                    self.law = self.law.under(force, step.where)
                except Refused as refused:
                    yield from refused.findings
                    return
                self.lexicon = self.law.same(self.lexicon)
            case StateFacts(facts):
                assert self.lexicon is not None
                self.asked = step
                for fact in facts:
                    if fact.term in said:
                        yield finding("TS443", step.where, (), name=self.lexicon.directive.term[fact.term].words.ja)
                    said.add(fact.term)
            case Ask(question):
                self.question, self.asked = question, step
                said.clear()
            case ExpectVerdict(verdict) | ExpectOnSide(_, _, verdict) | ExpectUnit(_, verdict):
                yield from self._possible(verdict, step)
            case _:
                pass

    def _possible(self, verdict: VerdictPhrase, step: StepLine) -> Iterator[Diagnostic]:
        if self.question is None or set(verdict.verdicts) & verdicts_of(self.question):
            return
        words = QUESTION_WORDS[self.question]
        known = "、".join(one.ja for one in VERDICT_PHRASES if set(one.verdicts) & verdicts_of(self.question))
        yield finding(
            "TS440", step.where, (), question=words.ja, question_en=words.say("en"), said=verdict.ja, known=known
        )


def _looks_like_a_provision(tag: str) -> bool:
    return "/" in tag or (tag.startswith("第") and tag[1:2].isdigit())


_NO_TEXT: Final = {
    "what": "このステップは文章を取らない。",
    "what_en": "No step takes a block of text.",
    "mend": "文章を除く。",
    "mend_en": "Take the text out.",
}
