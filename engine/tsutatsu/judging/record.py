"""A whole answer as a value: what is stored, sent and read back."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tsutatsu.ir import Words
from tsutatsu.judging.parts import (
    Caveat,
    Duty,
    FactShown,
    Inquiry,
    OpenReading,
    Path,
    Presumption,
    Reason,
    SideVerdict,
    Told,
    UnitAnswer,
    Version,
)
from tsutatsu.judging.plain import from_plain, schema_of, to_plain
from tsutatsu.judging.receipt import Receipt
from tsutatsu.semantics import Question, Verdict


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """A whole answer as stored: what ``read_answer`` gives back."""

    verdict: Verdict
    question: Question
    judgement: str
    judgement_words: Words
    version: Version
    on: date
    engines: tuple[str, ...]
    engine_version: str
    exhaustive: bool
    reasons: tuple[Reason, ...]
    duties: tuple[Duty, ...]
    units: tuple[UnitAnswer, ...]
    questions: tuple[Inquiry, ...]
    path: Path | None
    readings: tuple[OpenReading, ...]
    sides: tuple[SideVerdict, ...]
    caveats: tuple[Caveat, ...]
    presumed: tuple[Presumption, ...]
    unknown: tuple[Told, ...]
    in_spite_of: tuple[Told, ...]
    facts: tuple[FactShown, ...]
    sentences: tuple[Words, ...]
    receipt: Receipt

    def to_dict(self) -> dict[str, Any]:
        """The answer as JSON, equal to what it was read from."""
        plain = to_plain(self)
        assert isinstance(plain, dict)
        return plain


def read_answer(plain: object) -> AnswerRecord:
    """The answer that JSON holds; refused (TS530) when it holds none."""
    return from_plain(AnswerRecord, plain)


def answer_schema() -> dict[str, Any]:
    """The JSON Schema of ``Answer.to_dict()``."""
    return schema_of(AnswerRecord, "tsutatsu answer")
