"""A store with cases of the shipped law, and a folder of templates to be spoilt."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from papers import LAW, new_store

from tsutatsu.cases import Store

Spoil = Callable[..., Path]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path / "cases.sqlite") as made:
        yield made


@pytest.fixture
def spoil(tmp_path: Path) -> Spoil:
    """The shipped templates in a folder of their own, words of one file replaced (or all of it)."""

    def spoilt(file: str, old: str = "", new: str = "") -> Path:
        root = tmp_path / "law"
        if not root.exists():
            shutil.copytree(LAW.root / "templates", root / "templates")
        place = root / "templates" / "forms" / file
        if old:
            text = place.read_text(encoding="utf-8")
            assert old in text
            place.write_text(text.replace(old, new, 1), encoding="utf-8")
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(new, encoding="utf-8")
        return root

    return spoilt
