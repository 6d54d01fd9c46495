"""The invented circular on meeting rooms, in a folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from calling import call
from rooms import FILES, TEXT, Run, ledger_of


@pytest.fixture
def run() -> Run:
    """Calls the command line."""
    return call


@pytest.fixture
def rooms(tmp_path: Path, run: Run) -> Path:
    """The law with a ledger that is whole; its text stands in ``texts``."""
    for name, content in FILES.items():
        place = tmp_path / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "rooms.txt").write_text(TEXT, encoding="utf-8")
    result = run("ledger", str(tmp_path), "--text", str(tmp_path / "texts"), "--write")
    ledger = ledger_of(tmp_path)
    assert ledger.is_file(), result.output
    return tmp_path
