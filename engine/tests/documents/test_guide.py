"""The guide to documents is followed to its end, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from walkthrough import follow, steps_of

from tsutatsu.diagnostics import Refused
from tsutatsu.documents.fonts import japanese_font
from tsutatsu.documents.pdf import typesetter

PAGES = {"ja": "documents.ja.md", "en": "documents.md"}


@pytest.mark.parametrize("lang", PAGES)
def test_every_step_of_the_guide_does_and_shows_what_it_says(lang: str, checkout: Path, tmp_path: Path) -> None:
    try:
        typesetter()
        japanese_font()
    except Refused as refused:
        pytest.skip(refused.findings[0].en)
    follow(checkout / "engine/docs" / PAGES[lang], tmp_path, lang)
    letter = (tmp_path / "refusal.html").read_text(encoding="utf-8")
    assert "事案概要の記載を「はい」にする" in letter and (tmp_path / "blank.pdf").read_bytes().startswith(b"%PDF-")


def test_both_pages_write_the_same_files_and_run_the_same_commands(checkout: Path) -> None:
    ja, en = (steps_of((checkout / "engine/docs" / page).read_text(encoding="utf-8")) for page in PAGES.values())
    assert [(one.deed, one.path) for one in ja] == [(one.deed, one.path) for one in en]
    for mine, twin in zip(ja, en, strict=True):
        run = [line for line in mine.body.splitlines() if line.startswith("$ ")]
        assert run == [line for line in twin.body.splitlines() if line.startswith("$ ")]
        assert run or mine.body == twin.body
