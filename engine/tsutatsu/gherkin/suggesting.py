"""The real step nearest to a mistyped one: the nearest sentence, with what was written put into its blanks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tsutatsu.diagnostics import nearest
from tsutatsu.gherkin.case_phrases import CASE_PHRASES, CHANCE_WORDS, KIND_WORDS, OWED_WORDS, STATE_WORDS, WHY_WORDS
from tsutatsu.gherkin.case_vocabulary import shortest
from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.phrases import PHRASES, normal, understand
from tsutatsu.gherkin.saying import MOOD_WORDS, Mood, Phrase
from tsutatsu.gherkin.vocabulary import steps_for

SOMEBODY: Final = "誰か"
_MOMENT: Final = re.compile(r"^[^「」、]+に、")
_WHO: Final = re.compile(r"^[^「」、\s]{1,40}?(?=が(?:手続|理由)?「|は「)")
_BLANK: Final = re.compile(r"\{\w+\}")
_CLOSED: Final[dict[str, tuple[str, ...]]] = {
    "{why}": tuple(WHY_WORDS),
    "{owed}": tuple(OWED_WORDS),
    "{chance}": tuple(CHANCE_WORDS),
    "{becomes}": tuple(STATE_WORDS),
    "{kind}": tuple(KIND_WORDS),
}
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
    who = _WHO.match(_MOMENT.sub("", heard))
    shape = nearest(_QUOTED.sub(_EMPTY, _WHO.sub(SOMEBODY, _MOMENT.sub("", heard))), shapes)
    if shape is None:
        return NearStep(None)
    said = _QUOTED.findall(heard)
    if shape.startswith(SOMEBODY) and who is not None:
        line = f"{who[0]}{shape.removeprefix(SOMEBODY)}"
        for one in said if len(said) == shape.count(_EMPTY) else ():
            line = line.replace(_EMPTY, one, 1)
        return NearStep(f"{MOOD_WORDS[mood]} {line}")
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
    found = {shape: shape for phrase in CASE_PHRASES if phrase.mood is mood for shape in _spelt_out(phrase)}
    if lexicon is None:
        written = [phrase.sentence for phrase in PHRASES if phrase.mood is mood]
        return {**found, **{_QUOTED.sub(_EMPTY, one): one for one in written}}
    for step in steps_for(lexicon.directive):
        if step.mood is mood:
            said = step.example[0].removeprefix(f"{step.keyword} ")
            found.setdefault(_QUOTED.sub(_EMPTY, said), said)
    return found


def _spelt_out(phrase: Phrase) -> Iterator[str]:
    """A sentence about cases without what may be left out, for each of the words that may end it."""
    said = shortest(phrase).replace("{who}", SOMEBODY).replace("{moment}", "…")
    closed = next((words for blank, words in _CLOSED.items() if blank in said), None)
    for word in closed or ("",):
        filled = said
        for blank in _CLOSED:
            filled = filled.replace(blank, word if closed is _CLOSED[blank] else "義務")
        yield _BLANK.sub("…", _QUOTED.sub(_EMPTY, filled))
