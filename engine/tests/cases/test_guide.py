"""The guide to running cases is followed to its end, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from walkthrough import follow, steps_of

PAGES = {"ja": "cases.ja.md", "en": "cases.md"}


@pytest.mark.parametrize("lang", PAGES)
def test_every_step_of_the_guide_does_and_shows_what_it_says(lang: str, checkout: Path, tmp_path: Path) -> None:
    follow(checkout / "engine/docs" / PAGES[lang], tmp_path, lang)
    assert (tmp_path / "P1.json").is_file()


def test_both_pages_write_the_same_files_and_run_the_same_commands(checkout: Path) -> None:
    ja, en = (steps_of((checkout / "engine/docs" / page).read_text(encoding="utf-8")) for page in PAGES.values())
    assert [(one.deed, one.path) for one in ja] == [(one.deed, one.path) for one in en]
    for mine, twin in zip(ja, en, strict=True):
        run = [line for line in mine.body.splitlines() if line.startswith("$ ")]
        assert run == [line for line in twin.body.splitlines() if line.startswith("$ ")]
        assert run or mine.body == twin.body
