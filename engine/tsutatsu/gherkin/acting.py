"""The step definitions that pytest-bdd finds: one for each kind of step, which take every sentence of the vocabulary.

They are visible only in feature files that speak of a law folder: ``fixtures`` names what is put there, and nothing is registered globally.
"""

from collections.abc import Callable
from typing import Any, Literal

from pytest import FixtureRequest
from pytest_bdd import step
from pytest_bdd.parsers import StepParser

from tsutatsu.gherkin.phrases import Mood, Said, understand


class Vocabulary(StepParser):
    """Matches the steps of one kind that say something."""

    def __init__(self, mood: Mood) -> None:
        super().__init__(f"tsutatsu-{mood.value}")
        self.mood = mood

    def is_matching(self, name: str) -> bool:
        """Whether the step is one of the vocabulary's sentences."""
        return understand(name, self.mood) is not None

    def parse_arguments(self, name: str) -> dict[str, Any]:
        """What the step says."""
        return {"said": understand(name, self.mood), "text": name}


def _perform(request: FixtureRequest, said: Said, text: str, datatable: Any = None) -> None:
    item: Any = request.node
    item.perform(said, text, datatable)


def fixtures() -> dict[str, object]:
    """The fixtures by which pytest-bdd knows the step definitions, by the names they must stand under."""
    given: Literal["given"] = "given"
    when: Literal["when"] = "when"
    then: Literal["then"] = "then"
    made = [_defined(given, Mood.GIVEN), _defined(when, Mood.WHEN), _defined(then, Mood.THEN)]
    return {name: fixture for one in made for name, fixture in one.items()}


def _defined(kind: Literal["given", "when", "then"], mood: Mood) -> dict[str, object]:
    def defining() -> dict[str, object]:
        define: Callable[[Callable[..., None]], Callable[..., None]] = step(Vocabulary(mood), kind)
        define(_perform)
        return dict(locals())  # pytest-bdd puts its fixture among its caller's names

    found = defining()
    return {name: fixture for name, fixture in found.items() if name.startswith("pytestbdd_stepdef")}
