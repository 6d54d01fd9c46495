"""Whom a scenario puts its questions to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from tsutatsu.bundle import Bundle
from tsutatsu.gherkin.acts import Ask
from tsutatsu.ir import Directive
from tsutatsu.judging import Answer, judge
from tsutatsu.judging.asking import any_judgement
from tsutatsu.semantics import Question


class Asking(Protocol):
    """What answers a scenario's questions."""

    def at(self, directive: str, on: date) -> Directive:
        """The issue of the directive that answers for that day."""
        ...

    def ask(self, asked: Ask, facts: Mapping[str, Any], sides: Mapping[str, str], *, presume: bool) -> Answer:
        """The answer on these facts; refused with every finding when they cannot be judged."""
        ...

    def under(self, force: str) -> "Asking":
        """What answers with the provisions that a force has laid down for itself."""
        ...


@dataclass(frozen=True, slots=True)
class ByLaw:
    """The law of a folder, decided by the engines chosen."""

    bundle: Bundle
    engine: str = "both"

    def at(self, directive: str, on: date) -> Directive:
        """The issue that governs on that day."""
        return self.bundle.at(directive, on)

    def ask(self, asked: Ask, facts: Mapping[str, Any], sides: Mapping[str, str], *, presume: bool) -> Answer:
        """The answer of the issue that governs on the day asked for."""
        return judge(
            self.bundle, judgement_of(asked, self), facts, on=asked.on, question=asked.question,
            directive=asked.directive, presume=presume, sides=dict(sides) or None, engine=self.engine,
        )  # fmt: skip

    def under(self, force: str) -> "ByLaw":
        """The same with that force's own provisions."""
        return ByLaw(self.bundle.under(force), self.engine)


def judgement_of(asked: Ask, asking: Asking) -> str:
    """The judgement that a question is asked of; 効力 is the same whichever is taken."""
    if asked.judgement is None:
        assert asked.question is Question.FORCE
        return any_judgement(asking.at(asked.directive, asked.on))
    return asked.judgement
