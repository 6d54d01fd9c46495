"""The tutorial is followed to its end, in both languages: its files, its edits, its commands and what they print."""

from __future__ import annotations

from pathlib import Path

import pytest
from walkthrough import follow, steps_of

PAGES = {"ja": "new-circular.ja.md", "en": "new-circular.md"}


@pytest.mark.parametrize("lang", PAGES)
def test_every_step_of_the_tutorial_does_and_shows_what_it_says(lang: str, checkout: Path, tmp_path: Path) -> None:
    follow(checkout / "engine/docs" / PAGES[lang], tmp_path, lang)
    assert (tmp_path / "policy/evening-rooms/2026-04-01/ledger.yaml").is_file()


def test_both_pages_write_the_same_files_and_run_the_same_commands(checkout: Path) -> None:
    ja, en = (steps_of((checkout / "engine/docs" / page).read_text(encoding="utf-8")) for page in PAGES.values())
    assert [(one.deed, one.path) for one in ja] == [(one.deed, one.path) for one in en]
    for mine, twin in zip(ja, en, strict=True):
        if mine.deed == "run":
            assert mine.body.splitlines()[0] == twin.body.splitlines()[0]
        else:
            assert mine.body == twin.body


def test_the_text_of_the_tutorial_is_the_sample(checkout: Path) -> None:
    (shown,) = (
        one
        for one in steps_of((checkout / "engine/docs" / PAGES["ja"]).read_text(encoding="utf-8"))
        if one.path == "evening-rooms.txt"
    )
    assert shown.body == (checkout / "engine/docs/samples/evening-rooms.txt").read_text(encoding="utf-8")
