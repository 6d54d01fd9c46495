"""A made-up circular on lending bicycles, with its text and a whole ledger, and the pages of the shipped law."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from bicycles import Reviewed, lay_out, review
from calling import call
from click.testing import Result

from tsutatsu.bundle import shipped_root
from tsutatsu.site import Review

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the tester's own environment shows."""
    for name in ("TSUTATSU_LANG", "TSUTATSU_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run() -> Run:
    """Calls the command line."""
    return call


@pytest.fixture
def bicycles(tmp_path: Path) -> Path:
    """The circular in a folder of one's own."""
    return lay_out(tmp_path / "bicycles")


@pytest.fixture(scope="session")
def bicycle_review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """Its page, with the text."""
    (one,) = review(lay_out(tmp_path_factory.mktemp("law") / "bicycles"), texts=True).reviews
    return one


@pytest.fixture(scope="session")
def shipped() -> Reviewed:
    """The shipped law reviewed, without texts."""
    return review(shipped_root())


@pytest.fixture
def feature(bicycles: Path) -> Path:
    """The circular's one feature file."""
    (found,) = (bicycles / "features").rglob("*.feature")
    return found
