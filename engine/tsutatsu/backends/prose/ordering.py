"""Provisions in the order of the text, whatever files they were written in."""

import re
import unicodedata
from typing import Final, TypeAlias

Step: TypeAlias = tuple[int, tuple[int, ...], str]
"""Where a step of a path stands among its neighbours: its rank, its numbers, its words."""

_RANKS: Final = {
    "頭書": 0,
    "前文": 0,
    "柱書": 0,
    "本文": 1,
    "記": 1,
    "前段": 1,
    "後段": 4,
    "ただし書": 5,
    "なお書": 6,
}
_NUMBERED: Final = 2
_LETTERED: Final = 3
_ANNEXED: Final = 7
_NUMBER: Final = re.compile(r"第?[(（]?([0-9]+(?:の[0-9]+)*)")
_LETTER: Final = re.compile(r"[(（]?[ア-ンa-z][)）]?")


def in_text_order(provision: str) -> tuple[Step, ...]:
    """What sorts a provision's path as the text has it: the preamble, the numbered parts, then what is annexed."""
    return tuple(_step(one) for one in unicodedata.normalize("NFKC", provision).split("/"))


def _step(step: str) -> Step:
    if step in _RANKS:
        return _RANKS[step], (), ""
    numbered = _NUMBER.match(step)
    if numbered is not None:
        return _NUMBERED, tuple(int(one) for one in numbered[1].split("の")), step
    return (_LETTERED if _LETTER.fullmatch(step) else _ANNEXED), (), step
