"""Provisions as people cite them."""

import re
from itertools import pairwise

from tsutatsu.backends.prose.tables import PARTS
from tsutatsu.backends.prose.wording import shown

_NUMBERED = re.compile(r"第([0-9０-９]+(?:の[0-9０-９]+)*)(条|項|号|章|節)?")
_ENGLISH = {None: "part", "条": "article", "項": "paragraph", "号": "item", "章": "chapter", "節": "section"}
_ITEM = re.compile(r"[0-9０-９]+(?:の[0-9０-９]+)*")
_NAMED = re.compile(r"(\D+?)([0-9０-９]+)")


def cite(provision: str, lang: str) -> str:
    """A provision's path as a citation: 要領案/第7/2/(2)/ただし書 → 要領案第7の2(2)ただし書; in English, glossed.

    A word that a step repeats from the one above is said once: 別記様式/様式欄1 → 別記様式の欄1.
    """
    steps = [shown(step) for step in provision.split("/") if step]
    made = ""
    for above, step in pairwise(["", *steps]):
        rest = step[_repeated(above, step) :]
        made += f"の{rest}" if made and (step[0].isdecimal() or rest != step) else step
    if lang != "en" or not steps:
        return made
    gloss = _glossed(steps)
    return f"{made} ({gloss})" if gloss else made


def _repeated(above: str, step: str) -> int:
    """How much of a step's beginning the step above ends with: words of two characters or more, and not the whole."""
    return next(
        (
            size
            for size in range(len(step) - 1, 1, -1)
            if above.endswith(step[:size]) and not any(ch.isdecimal() for ch in step[:size])
        ),
        0,
    )


def _glossed(steps: list[str]) -> str:
    """The steps in English; nothing where none of them has an English name."""
    found: list[str] = []
    known = False
    for step in steps:
        numbered, named = _NUMBERED.fullmatch(step), _NAMED.fullmatch(step)
        if numbered:
            word = f"{_ENGLISH[numbered[2]]} {numbered[1]}"
        elif _ITEM.fullmatch(step):
            word = f"item {step}"
        elif named and named[1] in PARTS:
            word = f"{PARTS[named[1]]} {named[2]}"
        else:
            word = PARTS.get(step, step)
        known = known or word != step
        found.append(word)
    joined = ""
    for word in found:
        joined += word if not joined else f" {word}" if word.startswith(("(", "（", "⑴")) else f", {word}"
    return joined if known else ""
