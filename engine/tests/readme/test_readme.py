"""Every command and snippet of the READMEs runs, and what they show is what is printed.

``TSUTATSU_REWRITE_SNAPSHOTS=1`` writes what is printed today into the READMEs instead of comparing.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

BLOCK = re.compile(
    r"(?:<!-- from (?P<file>\S+): (?P<what>.+?) -->\n)?^```(?P<kind>[a-z]+)\n(?P<body>.*?)^```$",
    re.DOTALL | re.MULTILINE,
)
READMES = ("README.md", "engine/docs/README.ja.md")
SET_UP = "python3 -m venv .venv && .venv/bin/pip install -q -e '.[dev]' && "
BIN = Path(sys.executable).parent
REWRITE = os.environ.get("TSUTATSU_REWRITE_SNAPSHOTS") == "1"
HEAVY = ".venv/bin/pytest -q"  # this very suite: run from outside, by .ci/run


def run(line: str, folder: Path) -> str:
    """What a command prints; its exit code must be 0."""
    assert line.startswith("tsutatsu ")
    argv = [str(BIN / "tsutatsu"), *shlex.split(line)[1:]]
    environment = os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "TSUTATSU_LANG": "ja", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        argv, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def excerpt(file: Path, what: str) -> str:
    """One norm of a YAML file, or one scenario of a feature, as it stands there."""
    lines = file.read_text(encoding="utf-8").splitlines()
    if file.suffix == ".feature":
        start = next(i for i, line in enumerate(lines) if line.strip() == f"シナリオ: {what}")
        stop = next((i for i in range(start + 1, len(lines)) if not lines[i].strip()), len(lines))
    else:
        assert any(norm["id"] == what for norm in yaml.safe_load(file.read_text(encoding="utf-8"))["規範"])
        start = next(i for i, line in enumerate(lines) if line.strip() == f"- id: {what}")
        stop = next((i for i in range(start + 1, len(lines)) if lines[i].startswith("  - id:")), len(lines))
    indent = len(lines[start]) - len(lines[start].lstrip())
    return "".join(f"{line[indent:]}\n" for line in lines[start:stop])


def shown(match: re.Match[str], before: str, checkout: Path, folder: Path) -> str:
    """What the block's body should be."""
    kind, body = match["kind"], match["body"]
    if match["file"]:
        return excerpt(checkout / match["file"], match["what"])
    if kind == "sh":
        for line in body.splitlines():
            command = line.removeprefix(SET_UP)
            if command != HEAVY:
                run(command.removeprefix(".venv/bin/"), folder)
        return body
    if kind == "console":
        commands = [line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")]
        assert commands
        return "".join(f"$ {line}\n{run(line, folder).strip(chr(10))}\n" for line in commands)
    if kind == "text":
        return before
    return body


@pytest.mark.parametrize("readme", READMES)
def test_every_command_and_snippet_runs_and_shows_what_it_says(readme: str, checkout: Path, tmp_path: Path) -> None:
    file = checkout / readme
    text = file.read_text(encoding="utf-8")
    printed = ""
    blocks = list(BLOCK.finditer(text))
    assert {"sh", "console", "python", "text", "yaml", "gherkin"} <= {block["kind"] for block in blocks}
    fresh = text
    for block in blocks:
        if block["kind"] == "python":
            snippet = subprocess.run(
                [sys.executable, "-c", block["body"]],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
            assert snippet.returncode == 0, snippet.stderr
            printed = snippet.stdout
    folder = tmp_path / "here"
    folder.mkdir()
    for block in blocks:
        body = shown(block, printed, checkout, folder)
        fresh = fresh.replace(
            block[0], block[0].replace(f"{block['kind']}\n{block['body']}", f"{block['kind']}\n{body}", 1), 1
        )
    if REWRITE:
        file.write_text(fresh, encoding="utf-8")
    assert fresh == text or REWRITE
