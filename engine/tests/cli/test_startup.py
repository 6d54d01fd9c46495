"""Start-up stays light: what a call does not need is not imported."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tsutatsu.bundle import Bundle

HEAVY = (
    "cryptography",
    "durable",
    "durable_rules_engine",
    "gherkin",
    "jinja2",
    "jsonschema",
    "pytest",
    "pytest_bdd",
    "rich",
    "sqlalchemy",
    "transitions",
)

FIRST = str(next(iter(Bundle.default().find(Bundle.default().directives[0].judgements[0].id))))

CODE = """
import sys
from tsutatsu.cli import main
sys.argv = ["tsutatsu", *sys.argv[1:]]
try:
    main()
except SystemExit as left:
    assert not left.code, left.code
print(*sorted(sys.modules), sep="\\n", file=sys.stderr)
"""


def imported(*args: str) -> set[str]:
    """The modules that a call leaves imported."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    run = subprocess.run([sys.executable, "-c", CODE, *args], capture_output=True, text=True, env=env, check=False)
    assert run.returncode == 0, run.stderr
    return set(run.stderr.split())


@pytest.mark.parametrize("args", [("--help",), ("--version",), ("--lang", "en")])
def test_help_imports_neither_yaml_nor_any_room_but_the_command_line(args: tuple[str, ...]) -> None:
    found = imported(*args)
    assert not found & {*HEAVY, "yaml", "json"}
    rooms = {name.split(".")[1] for name in found if name.startswith("tsutatsu.")}
    assert rooms <= {"cli", "diagnostics", "source", "version", "words"}
    assert not [name for name in found if name.startswith("tsutatsu.cli.commands.")]


def test_a_judgement_imports_no_more_than_judging_needs() -> None:
    found = imported("judge", FIRST, "--on", "2025-01-10", "--engine", "compiled")
    assert not found & set(HEAVY)
    commands = {name for name in found if name.startswith("tsutatsu.cli.commands.")}
    assert commands == {"tsutatsu.cli.commands.judge"}


def test_a_judgement_by_both_engines_adds_the_rule_engine_alone() -> None:
    found = imported("judge", FIRST, "--on", "2025-01-10")
    assert not found & (set(HEAVY) - {"durable", "durable_rules_engine"})
