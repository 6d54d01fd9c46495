"""The first five circulars as published, where they are at hand; their sentences are not kept here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def circulars(checkout: Path) -> Path:
    """The folder of the five texts: TSUTATSU_CIRCULARS, else beside the checkout. Skips where there is none."""
    folder = Path(os.environ.get("TSUTATSU_CIRCULARS", checkout.parent / "shared" / "circulars"))
    if not folder.is_dir():
        pytest.skip("needs the circulars' texts: set TSUTATSU_CIRCULARS to their folder")
    return folder
