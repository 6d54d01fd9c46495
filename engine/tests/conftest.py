"""What every test may rely on: steady random draws, the place of the checkout, and the circulars as published."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[2]

# "steady" draws the same examples in every run; "wide" looks elsewhere each time, to hunt rather than to guard.
settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("wide", parent=settings.get_profile("steady"), derandomize=False, max_examples=2_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The source tree, also when the suite runs against an installed wheel with that tree's folders moved away."""
    root = Path(os.environ.get("TSUTATSU_CHECKOUT", ROOT))
    if not (root / "engine" / "tsutatsu").is_dir():
        pytest.skip("needs the source tree: set TSUTATSU_CHECKOUT to it")
    return root


@pytest.fixture(scope="session")
def circulars(checkout: Path) -> Path:
    """The folder of the five texts: TSUTATSU_CIRCULARS, else beside the checkout. Skips where there is none."""
    folder = Path(os.environ.get("TSUTATSU_CIRCULARS", checkout.parent / "shared" / "circulars"))
    if not folder.is_dir():
        pytest.skip("needs the circulars' texts: set TSUTATSU_CIRCULARS to their folder")
    return folder
