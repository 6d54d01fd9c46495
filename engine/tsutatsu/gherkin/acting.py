"""The step definitions that pytest-bdd finds: one for each kind of step, which take every sentence of the vocabulary.

pytest-bdd puts a fixture for each into this module; ``fixtures`` hands them to the feature files that speak of a law
folder, and to nothing else.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pytest
from pytest_bdd import given, then, when
from pytest_bdd.parsers import StepParser

from tsutatsu.gherkin.phrases import understand
from tsutatsu.gherkin.saying import Mood, Said

if TYPE_CHECKING:
    from tsutatsu.gherkin.resolving import Table


class Vocabulary(StepParser):
    """Matches the steps of one kind that say something."""

    def __init__(self, mood: Mood) -> None:
        super().__init__(f"tsutatsu-{mood.value}")
        self.mood = mood

    def is_matching(self, name: str) -> bool:
        """Whether the step is one of the vocabulary's sentences."""
        return understand(name, self.mood) is not None

    def parse_arguments(self, name: str) -> dict[str, object]:
        """What the step says."""
        return {"said": understand(name, self.mood), "text": name}


@given(Vocabulary(Mood.GIVEN))
@when(Vocabulary(Mood.WHEN))
@then(Vocabulary(Mood.THEN))
def perform(request: pytest.FixtureRequest, said: Said, text: str, datatable: "Table | None" = None) -> None:
    """Performs a step on the scenario that is running."""
    request.node.perform(said, text, datatable)


def fixtures() -> Mapping[str, object]:
    """The fixtures by which pytest-bdd knows the step definitions, by the names they stand under."""
    return {name: one for name, one in globals().items() if name.startswith("pytestbdd_stepdef")}
