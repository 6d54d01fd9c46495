"""A user's own program, type-checked as strictly as can be against the package as it stands."""

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SETTINGS = {"include": ["consumer.py"], "typeCheckingMode": "strict", "pythonVersion": "3.11"}


def run(folder: Path, *command: str, **environ: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(HERE / "consumer.py", folder)
    return subprocess.run(
        command, cwd=folder, env=os.environ | environ, capture_output=True, text=True, encoding="utf-8", check=False
    )


def spoilt(folder: Path) -> None:
    """A slip in the copy that a checker which knows the types must see."""
    copy = folder / "consumer.py"
    text = copy.read_text(encoding="utf-8").replace("answer.verdict.value, *broken", "answer.verdict, *broken")
    copy.with_name("spoilt.py").write_text(text, encoding="utf-8")


@pytest.mark.skipif(find_spec("mypy") is None, reason="mypy is not installed here")
def test_mypy_finds_nothing_to_say_of_a_users_program(checkout: Path, tmp_path: Path) -> None:
    command = (
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--follow-imports=silent",
        "--cache-dir",
        str(tmp_path / "kept"),
    )
    path = str(checkout / "engine")
    done = run(tmp_path, *command, "consumer.py", MYPYPATH=path)
    assert done.returncode == 0, done.stdout + done.stderr
    spoilt(tmp_path)
    assert run(tmp_path, *command, "spoilt.py", MYPYPATH=path).returncode == 1


def test_pyright_finds_nothing_to_say_of_a_users_program(checkout: Path, tmp_path: Path) -> None:
    if find_spec("pyright") is None:
        pytest.skip("pyright is not installed here")
    (tmp_path / "pyrightconfig.json").write_text(
        json.dumps({**SETTINGS, "extraPaths": [(checkout / "engine").as_posix()]}), encoding="utf-8"
    )
    done = run(tmp_path, sys.executable, "-m", "pyright")
    if " errors" not in done.stdout and " error" not in done.stdout:
        pytest.skip(f"pyright cannot run here: {(done.stderr or done.stdout).strip()[-200:]}")
    assert done.returncode == 0, done.stdout
    assert "0 errors" in done.stdout
    spoilt(tmp_path)
    assert run(tmp_path, sys.executable, "-m", "pyright", "spoilt.py").returncode == 1
