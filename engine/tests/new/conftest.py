"""``tsutatsu new``, called as a user would."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from calling import call
from click.testing import Result

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Calls the command line with arguments, and perhaps bytes on standard input."""
    for name in ("TSUTATSU_LANG", "TSUTATSU_DEBUG", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    return call


@pytest.fixture
def sample(checkout: Path, tmp_path: Path) -> Path:
    """The invented circular of the tutorial, in a folder of its own."""
    text = tmp_path / "texts" / "evening-rooms.txt"
    text.parent.mkdir()
    text.write_bytes((checkout / "engine/docs/samples/evening-rooms.txt").read_bytes())
    return text
