"""The words of verdicts, standings and questions, as prose has them (heavy: for where words are said)."""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, Final

from tsutatsu.backends.prose.tables import KINDS, QUESTIONS, STANDINGS, UNDETERMINED, VERDICTS
from tsutatsu.ir import Kind, Standing, Words
from tsutatsu.semantics import Question, Verdict

VERDICT_WORDS: Final = VERDICTS
STANDING_WORDS: Final = STANDINGS
QUESTION_WORDS: Final = QUESTIONS
OPEN: Final = UNDETERMINED
"""The word for a standing of which more than one is left."""

WORDS: Final[Mapping[type[Enum], Mapping[Any, Words]]] = MappingProxyType(
    {Verdict: VERDICTS, Question: QUESTIONS, Kind: KINDS}
)
"""For each enumeration that an answer shows, the words of its members (others are shown by code alone)."""


def standing_words(standing: Standing) -> Words:
    """The word for a standing, or 未定 where several are still possible."""
    return STANDING_WORDS.get(standing, OPEN)


def one_by_one(standing: int) -> tuple[Standing, ...]:
    """The single standings that a union leaves possible, in the order of their bits."""
    return tuple(one for one in STANDING_WORDS if one & standing)
