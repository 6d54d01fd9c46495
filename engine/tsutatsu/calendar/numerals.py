"""Numbers as circulars write them: 90, ９０ (after NFKC), 九十, 九〇."""

from __future__ import annotations

import re

__all__ = ["read_number"]

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
# 大字 stand for the plain figures in formal writing.
_FORMAL = str.maketrans("壱壹弐貳参參拾", "一一二二三三十")
_POSITIONAL = "[〇零一二三四五六七八九]+"
_TIMES = "([一二三四五六七八九])?"
_MULTIPLES = f"(?:{_TIMES}(千))?(?:{_TIMES}(百))?(?:{_TIMES}(十))?{_TIMES}"
_LONGEST = 40


def read_number(text: str) -> int | None:
    """The whole number written, in ASCII figures, kanji with 十百千 below 10,000, or kanji figure by figure.

    None for anything else, mixtures of the two scripts and numbers of more than 40 figures included.
    """
    if not text or len(text) > _LONGEST:
        return None
    if text.isascii():
        return int(text) if text.isdecimal() else None
    plain = text.translate(_FORMAL)
    if re.fullmatch(_POSITIONAL, plain):
        return int("".join(str(_DIGITS[figure]) for figure in plain))
    found = re.fullmatch(_MULTIPLES, plain)
    if found is None:
        return None
    total = 0
    for times, mark, worth in ((1, 2, 1000), (3, 4, 100), (5, 6, 10)):
        if found[mark]:
            total += worth * (_DIGITS[found[times]] if found[times] else 1)
    return total + (_DIGITS[found[7]] if found[7] else 0)
