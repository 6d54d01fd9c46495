"""A small law about lending equipment, with whatever scenarios a test gives it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tsutatsu.bundle import read_bundle
from tsutatsu.coverage.drafting import draft_of_point, draft_of_survivor
from tsutatsu.coverage.surveying import Coverage, survey, try_mutants
from tsutatsu.gherkin.law import Law

HERE = Path(__file__).parent
FEATURES = "features/bihin/2025-04-01"
NORMS = "policy/bihin/2025-04-01/norms/lending.yaml"
FIRST = (HERE / "law" / FEATURES / "lending.feature").read_text(encoding="utf-8")
"""A feature with one scenario, in which everything is in order."""

Told = Callable[[str], Law]


def law_in(root: Path) -> Law:
    """The law of a folder, with the place of everything in it."""
    reading = read_bundle(root)
    assert reading.bundle is not None, reading.findings
    return Law(root, reading.bundle)


def with_scenarios(text: str, *scenarios: Sequence[str]) -> str:
    """A feature with more scenarios."""
    return "\n".join([text.rstrip(), *("\n" + "\n".join(lines) for lines in scenarios), ""])


def drafted(coverage: Coverage) -> list[tuple[str, ...]]:
    """A draft for each point that is missing and each mutant missed."""
    points = [draft_of_point(p, one) for one in coverage.directives for p in one.missing]
    mutants = [draft_of_survivor(t, coverage.scenarios) for tried in coverage.mutants or () for t in tried]
    return [lines for lines in (*points, *mutants) if lines]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of one's own with the small law and its one scenario."""
    shutil.copytree(HERE / "law", tmp_path / "law")
    return tmp_path / "law"


@pytest.fixture
def told(root: Path) -> Told:
    """The small law with the feature that ``text`` writes in place of its own."""

    def tell(text: str) -> Law:
        (root / FEATURES / "lending.feature").write_text(text, encoding="utf-8")
        return law_in(root)

    return tell


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A feature that shows every point and misses no mutant, made of what is drafted for the one scenario."""
    root = tmp_path_factory.mktemp("whole") / "law"
    shutil.copytree(HERE / "law", root)
    text, law = FIRST, law_in(root)
    for _ in range(4):
        coverage = try_mutants(survey(law), law)
        if coverage.complete:
            return text
        text = with_scenarios(text, *drafted(coverage))
        (root / FEATURES / "lending.feature").write_text(text, encoding="utf-8")
    pytest.fail("\n".join(one.told() for one in coverage.findings))
