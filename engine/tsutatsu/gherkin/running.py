"""Runs the features of a law folder, as ``tsutatsu test`` does: no Python of the folder's own is read."""

import os
from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path
from typing import Final

from tsutatsu.diagnostics import Refused, finding
from tsutatsu.gherkin.linting import feature_files
from tsutatsu.source import Source

SETTINGS: Final = Path(__file__).with_name("officer.ini")
_EXITS: Final = {0: 0, 1: 1, 2: 1, 3: 3, 4: 2, 5: 1}
"""pytest's exit codes as ours: 0 clean, 1 findings, 2 usage, 3 our fault. Nothing run is no success."""


def run(root: Path, args: Sequence[str] = ()) -> int:
    """Runs every feature beneath ``root/features`` with pytest's own ``args`` besides, and gives our exit code.

    Refused where there is no feature file. Paths among ``args`` (files, file::scenario) are run instead of the folder.
    """
    import pytest

    features = root / "features"
    if not feature_files(features):
        raise Refused([finding("TS417", Source(features.as_posix()), (), place=features.as_posix())])
    chosen = [arg for arg in args if not arg.startswith("-") and Path(arg.partition("::")[0]).exists()]
    line = ["-c", str(SETTINGS), "--rootdir", str(root), "--noconftest", "--assert=plain", "-p", "no:cacheprovider"]
    line += [*plugin_arguments(), *args]
    return _EXITS.get(int(pytest.main(line if chosen else [*line, str(features)])), 3)


def plugin_arguments() -> list[str]:
    """What must be named for pytest to load: nothing where installed plugins load by themselves."""
    by_themselves = not os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    installed = {one.name for one in entry_points(group="pytest11")}
    needed = {"pytest-bdd": "pytest_bdd.plugin", "tsutatsu": "tsutatsu.gherkin.plugin"}
    return [
        part for name, module in needed.items() if not (by_themselves and name in installed) for part in ("-p", module)
    ]
