"""Power that fails at any step leaves every acknowledged command, and a store that verifies (SQLite)."""

from __future__ import annotations

from pathlib import Path

import pytest
from surviving.power import COMPILER
from surviving.power_trial import failing, steps_of

pytestmark = pytest.mark.skipif(COMPILER is None, reason="needs a C compiler")


def test_nothing_acknowledged_is_lost_when_the_power_fails(tmp_path: Path) -> None:
    steps, key = steps_of(tmp_path, "FULL")
    counts = failing(steps, key, tmp_path, seed=1, count=40)
    print(f"SQLite, synchronous=FULL: {counts}")
    assert counts.failures == 40 and counts.acknowledged > 500
    assert counts.lost == counts.unsound == counts.untold == 0


def test_a_store_that_flushed_less_would_lose_what_it_acknowledged(tmp_path: Path) -> None:
    steps, key = steps_of(tmp_path, "NORMAL")
    counts = failing(steps, key, tmp_path, seed=1, count=30)
    print(f"SQLite, synchronous=NORMAL: {counts}")
    assert counts.lost > 0
