"""Pages put into a folder: whole or not at all, and never over what this did not write."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tsutatsu.diagnostics import Refused, finding
from tsutatsu.sealing.writing import write_over
from tsutatsu.site.pages import GENERATOR
from tsutatsu.source import Source

_MARK: Final = f'<meta name="generator" content="{GENERATOR}">'.encode()
_HEAD: Final = 2_000
"""Within how many bytes a page of an earlier run names its maker."""


def place(pages: Mapping[str, bytes], folder: Path) -> tuple[Path, ...]:
    """Puts the pages into ``folder`` by their names; refused, and nothing written, where another's file stands there.

    Raises OSError where the folder cannot be written.
    """
    assert all(name == Path(name).name for name in pages)
    places = [folder / name for name in pages]
    others = [one for one in places if not _may_be_replaced(one)]
    if others:
        raise Refused(finding("TS680", Source(one.as_posix()), (), path=one.as_posix()) for one in others)
    folder.mkdir(parents=True, exist_ok=True)
    for one, content in zip(places, pages.values(), strict=True):
        write_over(one, content)
    return tuple(places)


def _may_be_replaced(one: Path) -> bool:
    """Whether nothing stands there, or a page that this wrote."""
    if one.is_symlink() or one.is_dir():
        return False
    if not one.exists():
        return True
    if not one.is_file():
        return False
    with one.open("rb") as opened:
        return _MARK in opened.read(_HEAD)
