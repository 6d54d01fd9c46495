"""A small law of our own, and ways to lint and to run features written against it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from tsutatsu.bundle import Bundle
from tsutatsu.diagnostics import Diagnostic
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.linting import lint_file

HERE = Path(__file__).parent
FOLDER = "features/eizo/2025-04-01"
HEAD = "# language: ja\n@第2\n機能: 閲覧\n"

Lint = Callable[[str], tuple[Diagnostic, ...]]


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run said, and how it ended."""

    code: int
    said: str


@pytest.fixture(scope="session")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    """The small law, loaded once."""
    root = tmp_path_factory.mktemp("law")
    for part in ("policy", "workflows"):
        shutil.copytree(HERE / "law" / part, root / part)
    (root / FOLDER).mkdir(parents=True)
    return Law(root, Bundle.load(root))


@pytest.fixture
def lint(law: Law) -> Lint:
    """Lints the text of one feature of the small law."""

    def linting(text: str) -> tuple[Diagnostic, ...]:
        path = law.root / FOLDER / "試し.feature"
        path.write_text(text, encoding="utf-8")
        return lint_file(path, law)

    return linting


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder of one's own with the small law in it."""
    for part in ("policy", "workflows"):
        shutil.copytree(HERE / "law" / part, tmp_path / part)
    (tmp_path / FOLDER).mkdir(parents=True)
    return tmp_path


def write(root: Path, files: Mapping[str, str]) -> None:
    """Writes feature files into the folder of the small law's directive."""
    for name, text in files.items():
        (root / FOLDER / name).write_text(text, encoding="utf-8")


def python(code: str, *args: str, cwd: Path) -> Ran:
    """Runs Python code apart, with the package as this run has it."""
    return _ran([sys.executable, "-c", code, *args], cwd)


def run_features(root: Path, *args: str) -> Ran:
    """Runs a law folder's features as the command line does."""
    code = (
        "import sys; from pathlib import Path; from tsutatsu.gherkin.running import run; "
        "sys.exit(run(Path(sys.argv[1]), sys.argv[2:]))"
    )
    return python(code, str(root), *args, cwd=root)


def run_pytest(cwd: Path, *args: str) -> Ran:
    """Runs pytest itself, with the plugin as an installation has it."""
    from tsutatsu.gherkin.running import plugin_arguments

    return _ran([sys.executable, "-m", "pytest", *plugin_arguments(), *args], cwd)


def _ran(command: Sequence[str], cwd: Path) -> Ran:
    import tsutatsu

    away = {"PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_CURRENT_TEST", "TSUTATSU_LANG"}
    env = {name: value for name, value in os.environ.items() if name not in away}
    env["PYTHONPATH"] = os.pathsep.join([str(Path(tsutatsu.__file__).parents[1]), env.get("PYTHONPATH", "")])
    env["PYTHONUTF8"] = "1"
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    return Ran(done.returncode, done.stdout + done.stderr)
