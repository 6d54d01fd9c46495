"""Provisions as people cite them."""

import re

from tsutatsu.backends.prose.tables import PARTS
from tsutatsu.backends.prose.wording import shown

_NUMBERED = re.compile(r"第([0-9０-９]+(?:の[0-9０-９]+)*)(条|項|号|章|節)?")
_ENGLISH = {None: "part", "条": "article", "項": "paragraph", "号": "item", "章": "chapter", "節": "section"}
_ITEM = re.compile(r"[0-9０-９]+(?:の[0-9０-９]+)*")
_NAMED = re.compile(r"(\D+?)([0-9０-９]+)")


def cite(provision: str, lang: str) -> str:
    """A provision's path as a citation: 要領案/第7/2/(2)/ただし書 → 要領案第7の2(2)ただし書; in English, glossed."""
    steps = [shown(step) for step in provision.split("/") if step]
    made = ""
    for step in steps:
        made += f"の{step}" if made and step[0].isdecimal() else step
    if lang != "en" or not steps:
        return made
    gloss = _glossed(steps)
    return f"{made} ({gloss})" if gloss else made


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
