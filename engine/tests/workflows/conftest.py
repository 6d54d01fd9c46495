"""A small law of its own, the sample of the language tests with a little more, and a workflow under it."""

from pathlib import Path

import pytest
from rounds import LAW, PLACE, ROUNDS

from tsutatsu.bundle import Bundle


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A law folder with one workflow."""
    for path, text in {**LAW, PLACE: ROUNDS}.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def shipped() -> Bundle:
    """The shipped law."""
    return Bundle.default()
