"""The meaning of conditions, norms and questions. Short, slow and obvious; every engine must agree with it."""

from tsutatsu.semantics.comparing import end_of
from tsutatsu.semantics.overlapping import Overlap, overlaps
from tsutatsu.semantics.standing import Sides, holds, in_force, met, possible, scopes, standings
from tsutatsu.semantics.truth import Truth3
from tsutatsu.semantics.verdicts import LEVELS, Question, Span, Verdict, level, span

__all__ = [
    "LEVELS",
    "Overlap",
    "Question",
    "Sides",
    "Span",
    "Truth3",
    "Verdict",
    "end_of",
    "holds",
    "in_force",
    "level",
    "met",
    "overlaps",
    "possible",
    "scopes",
    "span",
    "standings",
]
