"""A scenario's words, looked up step by step without judging: for the lint, and before a scenario runs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tsutatsu.diagnostics import Diagnostic, Refused, Severity, finding, near_blanks
from tsutatsu.gherkin.acts import Act, Ask, ByDirective, ByForce, ExpectOnSide, ExpectUnit, ExpectVerdict, StateFacts
from tsutatsu.gherkin.law import Law, lexicon_for
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.phrases import VERDICT_PHRASES, VerdictPhrase, understand, verdicts_of
from tsutatsu.gherkin.resolving import resolve
from tsutatsu.gherkin.sheet import Draft, ExampleRow, StepLine
from tsutatsu.gherkin.suggesting import nearest_step
from tsutatsu.judging.labels import QUESTION_WORDS
from tsutatsu.semantics import Question

ABOUT_THE_HEADER: Final = frozenset({"有効期間", "失効後", "廃止", "発出", "宛先", "適用範囲", "原議保存期間"})
"""Tags that name a part of the directive's head rather than a provision."""


def examine(draft: Draft, row: ExampleRow | None, law: Law, path: Path) -> Iterator[Diagnostic]:
    """What is wrong with the words of a scenario (of one row of examples, for an outline)."""
    script = _Script(law, law.home(path))
    yield from script.block(draft.background, row)
    yield from script.block(draft.steps, row)


def lexicon_of(draft: Draft, row: ExampleRow | None, law: Law, path: Path) -> Lexicon | None:
    """The words of the directive that a scenario speaks of in the end: its folder's, or the one that its steps name."""
    script = _Script(law, law.home(path))
    for steps in (draft.background, draft.steps):
        for _ in script.block(steps, row):
            pass
    return script.lexicon


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
                act = resolve(
                    understood,
                    step.table,
                    lexicon_for(understood.phrase.say, self.lexicon, self.law, step.where),
                    self.law.find,
                    step.where,
                )
            except Refused as refused:
                yield from refused.findings
                continue
            yield from self._follow(act, step, said)

    def _follow(self, act: Act, step: StepLine, said: set[str]) -> Iterator[Diagnostic]:
        match act:
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
                for fact in facts:
                    if fact.term in said:
                        yield finding("TS443", step.where, (), name=self.lexicon.directive.term[fact.term].words.ja)
                    said.add(fact.term)
            case Ask(question):
                self.question = question
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
