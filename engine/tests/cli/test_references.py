"""The references are made from the code, and are current."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from tsutatsu.cli.table import COMMANDS
from tsutatsu.diagnostics import CATALOGUE
from tsutatsu.syntax.keywords import KEYWORDS


@pytest.fixture
def generate(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", checkout / "engine" / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_references_are_current(generate: ModuleType, checkout: Path) -> None:
    for name, text in generate.references().items():
        kept = (checkout / "engine" / "docs" / name).read_text(encoding="utf-8")
        assert kept == text, f"{name} is stale: run `python engine/docs/generate.py`"


def test_every_command_finding_and_keyword_is_in_them(generate: ModuleType) -> None:
    pages = generate.references()
    for name in COMMANDS:
        assert f"\n## {name}\n" in pages["cli.md"]
        assert f"\n## {name}\n" in pages["cli.ja.md"]
    for number in CATALOGUE:
        assert f"\n## {number} " in pages["findings.md"]
        assert f"\n## {number} " in pages["findings.ja.md"]
    for word in KEYWORDS:
        assert f"| `{word.ja}` | `{word.en}` | {word.help_ja} | {word.help_en} |" in pages["language.md"]
        assert word.help_ja.endswith("。") and word.help_en.isascii(), f"the row of {word.en} is not parted as meant"


def test_every_command_has_its_file_and_every_file_its_command(checkout: Path) -> None:
    folder = checkout / "engine" / "tsutatsu" / "cli" / "commands"
    assert {file.stem for file in folder.glob("*.py")} - {"__init__"} == {name.replace(" ", "_") for name in COMMANDS}
