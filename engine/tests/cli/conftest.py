"""How the command line is tested: run in this process as a user would call it, and shown outputs kept as text files."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from calling import call
from click.testing import Result

SNAPSHOTS = Path(__file__).parent / "snapshots"
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def plain_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the tester's own environment shows."""
    for name in ("TSUTATSU_LANG", "TSUTATSU_DEBUG", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run() -> Run:
    """Calls the command line with arguments, and perhaps lines of input."""
    return call


@pytest.fixture
def law(run: Run, tmp_path: Path) -> Path:
    """A folder as `init` makes it."""
    folder = tmp_path / "own"
    result = run("init", str(folder))
    assert result.exit_code == 0, result.output
    return folder


@pytest.fixture
def same(tmp_path: Path) -> Callable[[str, str], None]:
    """Compares an output with the one kept; TSUTATSU_SNAPSHOTS=write keeps the present one instead."""

    def compare(name: str, text: str) -> None:
        text = text.replace(str(tmp_path), "…")
        text = re.sub(r"sha256:\s*[0-9a-f\s]{60,80}[0-9a-f]{2}", "sha256:…", text)
        text = re.sub(r"(判定: |Decided by: )[^\n]*(\n  (が)?一致|\n  agree)?", r"\1…", text)
        kept = SNAPSHOTS / f"{name}.txt"
        if os.environ.get("TSUTATSU_SNAPSHOTS") == "write":
            kept.parent.mkdir(exist_ok=True)
            kept.write_text(text, encoding="utf-8")
        assert text == kept.read_text(encoding="utf-8")

    return compare
