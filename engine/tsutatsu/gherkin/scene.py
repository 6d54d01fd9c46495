"""A scenario being performed: the facts said so far, the question, the answer, and what is expected of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from tsutatsu.diagnostics import Refused, finding
from tsutatsu.gherkin.acts import (
    Act,
    Ask,
    ByDirective,
    ByForce,
    Expectation,
    Fact,
    OfCase,
    Presume,
    StateFacts,
    TakeSide,
    Unsaid,
)
from tsutatsu.gherkin.asking import Asking, ByLaw
from tsutatsu.gherkin.case_resolving import Heard, Setting, resolve_case
from tsutatsu.gherkin.expecting import Held, unmet
from tsutatsu.gherkin.law import Law, lexicon_for
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.resolving import Table, resolve
from tsutatsu.gherkin.saying import CaseSay, Mood, Said
from tsutatsu.gherkin.staging import Stage, Staging
from tsutatsu.ir import RecordList, Value, Words
from tsutatsu.judging import Answer
from tsutatsu.semantics import Question, Verdict
from tsutatsu.source import Source


class Unmet(AssertionError):
    """An expectation that did not hold: what was said, and what is so instead."""

    def __init__(self, said: str, instead: Words, where: Source, scene: "Scene", mood: Mood = Mood.THEN) -> None:
        self.said = said
        self.mood = mood
        self.instead = instead
        self.where = where
        self.scene = scene
        super().__init__(f"{where}: {said}: {instead.ja} / {instead.en}")


class Scene:
    """One scenario's state; ``take`` performs a step. Questions go to the law, or to ``asking`` in its stead."""

    def __init__(self, law: Law, path: Path, asking: Asking | None = None, engine: str = "both") -> None:
        self.law = law
        self.asking = asking or ByLaw(law.bundle, engine)
        self.engine = engine
        self.staging = Staging()
        self.lexicon: Lexicon | None = law.home(path)
        self.facts: dict[str, Any] = {}
        self.sides: dict[str, str] = {}
        self.presume = False
        self.asked: Ask | None = None
        self.held: Held | None = None

    def take(self, said: Said, text: str, table: Table | None, where: Source) -> None:
        """Performs a step; refused where its words are not the directive's, ``Unmet`` where an expectation fails."""
        self.do(self.resolved(said, text, table, where), text, where)

    def resolved(self, said: Said, text: str, table: Table | None, where: Source) -> Act:
        """What a step does here; refused where its words are not the directive's."""
        lexicon = lexicon_for(said.phrase.say, self.lexicon, self.law, where)
        if isinstance(said.phrase.say, CaseSay):
            setting = Setting(lexicon, self.law.flows(lexicon.directive), self.staging.talk)
            return OfCase(resolve_case(Heard(said, text, table, where), setting), said.phrase.mood)
        return resolve(said, table, lexicon, self.law.find, where)

    def do(self, act: Act, text: str, where: Source) -> None:
        """Performs what a step does; ``Unmet`` where an expectation fails."""
        match act:
            case ByDirective(directive):
                self.lexicon = self.law.lexicon(directive)
            case ByForce(force):
                self.law = self.law.under(force, where)
                self.asking = self.asking.under(force)
                self.lexicon = self.law.same(self.lexicon)
            case StateFacts(facts):
                for fact in facts:
                    self._state(fact)
            case TakeSide(reading, side):
                self.sides[reading] = side
            case Presume():
                self.presume = True
            case Ask():
                self._ask(act, where)
            case OfCase():
                self._of_case(act, text, where)
            case _:
                self._expect(act, text, where)

    def _of_case(self, step: OfCase, text: str, where: Source) -> None:
        assert self.lexicon is not None
        stage = Stage(self.law.grounds(self.engine), self.law.flows(self.lexicon.directive), self.sides)
        instead = self.staging.act(step.act, stage, where)
        self.held = self.staging.held
        if instead is not None:
            raise Unmet(text, instead, where, self, step.mood)

    def _state(self, fact: Fact) -> None:
        if isinstance(fact.value, Unsaid):
            self.facts.pop(fact.term, None)
        else:
            self.facts[fact.term] = raw(fact.value)

    def _ask(self, asked: Ask, where: Source) -> None:
        self.asked, self.held = asked, None
        answer = self._answer(asked, self.sides, where)
        directive = self.asking.at(asked.directive, asked.on)
        self.held = Held(answer, directive, lambda reading, side: self._on_side(asked, reading, side, where))

    def _on_side(self, asked: Ask, reading: str, side: str, where: Source) -> Verdict:
        return self._answer(asked, {**self.sides, reading: side}, where).verdict

    def _answer(self, asked: Ask, sides: Mapping[str, str], where: Source) -> Answer:
        force = asked.question is Question.FORCE
        try:
            return self.asking.ask(asked, {} if force else self.facts, sides, presume=self.presume and not force)
        except Refused as refused:
            raise Refused(
                finding(
                    "TS448",
                    where,
                    (),
                    why=one.ja,
                    why_en=one.en,
                    mend=f"{one.mend_ja} ({one.code})",
                    mend_en=f"{one.mend_en} ({one.code})",
                )
                for one in refused.findings
            ) from refused

    def _expect(self, expected: Expectation, text: str, where: Source) -> None:
        if self.staging.talk.cases and (unsaid := self.staging.told(of_outcome=False)):
            raise Unmet(text, unsaid, where, self)
        if self.held is None and self.staging.talk.cases:
            raise Unmet(text, _NOT_REFUSED, where, self)
        if self.held is None:
            raise Refused([finding("TS412", where, (), name=text)])
        instead = unmet(expected, self.held)
        if instead is not None:
            raise Unmet(text, instead, where, self)


_NOT_REFUSED: Final = Words("断る答えはない。", "No answer refuses anything.")


def raw(value: Value) -> object:
    """A typed value as judging takes it: lists as their records, and 不明 where there may be more."""
    if not isinstance(value, RecordList):
        return value
    records: list[object] = [dict(record) for record in value.records]
    return records if value.complete else [*records, "不明"]
