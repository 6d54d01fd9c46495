"""The pytest plugin: collects Japanese feature files that speak of a law folder, and leaves every other run alone.

A ``.feature`` file is taken when it lies beneath a folder ``features`` whose neighbour ``policy`` holds a directive.
Files elsewhere are taken only where the ini option ``tsutatsu_law`` names their law: a folder that holds ``policy``
(from the ini file's own folder), or ``shipped`` for the law that comes with the package.
"""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from tsutatsu.gherkin.collecting import FeatureFile

LAW_OPTION: Final = "tsutatsu_law"
SHIPPED: Final = "shipped"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Names the law of feature files that do not stand beside one."""
    parser.addini(
        LAW_OPTION,
        "law for Japanese feature files that do not lie beside a policy/ folder: a folder, or 'shipped'",
        default="",
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "FeatureFile | None":
    """A feature file that speaks of a law folder."""
    if file_path.suffix != ".feature":
        return None
    from tsutatsu.gherkin.roots import law_root

    root = law_root(file_path)
    if root is None:
        named = str(parent.config.getini(LAW_OPTION))
        if not named or not _says_japanese(file_path):
            return None
        if named != SHIPPED:
            base = parent.config.inipath.parent if parent.config.inipath else parent.config.rootpath
            root = (base / named).resolve()
    from tsutatsu.gherkin import collecting

    if not parent.config.pluginmanager.is_registered(collecting):
        parent.config.pluginmanager.register(collecting, "tsutatsu-collecting")
    return collecting.FeatureFile.of(file_path, parent, root)


def _says_japanese(path: Path) -> bool:
    with path.open("rb") as opened:
        head = opened.read(400).decode("utf-8", "replace")
    return "".join(head.lstrip("\ufeff").split()).startswith("#language:ja")
