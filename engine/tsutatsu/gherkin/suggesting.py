"""The real step nearest to a mistyped one: the nearest sentence, with what was written put into its blanks."""

import re
from dataclasses import dataclass
from typing import Final

from tsutatsu.diagnostics import nearest
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.phrases import MOOD_WORDS, PHRASES, Mood, normal, understand
from tsutatsu.gherkin.vocabulary import steps_for

_QUOTED: Final = re.compile(r"「[^「」]*」")
_EMPTY: Final = "「…」"


@dataclass(frozen=True, slots=True)
class NearStep:
    """A step that may have been meant."""

    line: str | None

    def blanks(self) -> dict[str, str]:
        """The blanks ``near`` and ``near_en`` of a finding."""
        if self.line is None:
            return {"near": "", "near_en": ""}
        return {"near": f"近いもの: {self.line}", "near_en": f"Nearest: {self.line}"}


def nearest_step(text: str, mood: Mood, lexicon: Lexicon | None) -> NearStep:
    """The step nearest to ``text``: of its own kind first; else the same words as another kind of step."""
    for other in Mood:
        if other is not mood and understand(text, other) is not None:
            return NearStep(f"{MOOD_WORDS[other]} {normal(text)}")
    shapes = _shapes(mood, lexicon)
    heard = normal(text)
    shape = nearest(_QUOTED.sub(_EMPTY, heard), shapes)
    if shape is None:
        return NearStep(None)
    said = _QUOTED.findall(heard)
    blanks = shape.count(_EMPTY)
    line = shape
    if len(said) == blanks:
        for one in said:
            line = line.replace(_EMPTY, one, 1)
    else:
        line = shapes[shape]
    return NearStep(f"{MOOD_WORDS[mood]} {line}")


def _shapes(mood: Mood, lexicon: Lexicon | None) -> dict[str, str]:
    """Each sentence of the kind with its quotes emptied, and an example of it in the directive's words."""
    if lexicon is None:
        written = [phrase.sentence for phrase in PHRASES if phrase.mood is mood]
        return {_QUOTED.sub(_EMPTY, one): one for one in written}
    found: dict[str, str] = {}
    for step in steps_for(lexicon.directive):
        if step.mood is mood:
            said = step.example[0].removeprefix(f"{step.keyword} ")
            found.setdefault(_QUOTED.sub(_EMPTY, said), said)
    return found
