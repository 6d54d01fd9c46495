"""A question asked of the law, and the answer."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tsutatsu.judging.answer import Answer
    from tsutatsu.judging.asking import judge
    from tsutatsu.judging.engines import Disagreement, EnginesDisagree
    from tsutatsu.judging.facts import FactReader
    from tsutatsu.judging.judges import Judge
    from tsutatsu.judging.receipt import Receipt, read_receipt
    from tsutatsu.judging.record import AnswerRecord, answer_schema, read_answer
    from tsutatsu.judging.verifying import Verification, verify

__all__ = [
    "Answer",
    "AnswerRecord",
    "Disagreement",
    "EnginesDisagree",
    "FactReader",
    "Judge",
    "Receipt",
    "Verification",
    "answer_schema",
    "judge",
    "read_answer",
    "read_receipt",
    "verify",
]

_PLACES = {
    "Answer": "answer",
    "AnswerRecord": "record",
    "Disagreement": "engines",
    "EnginesDisagree": "engines",
    "FactReader": "facts",
    "Judge": "judges",
    "Receipt": "receipt",
    "Verification": "verifying",
    "answer_schema": "record",
    "judge": "asking",
    "read_answer": "record",
    "read_receipt": "receipt",
    "verify": "verifying",
}


def __getattr__(name: str) -> object:
    """Each name from its place on first use: a first answer pays for no more than it needs."""
    if name not in _PLACES:
        raise AttributeError(f"module 'tsutatsu.judging' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"tsutatsu.judging.{_PLACES[name]}"), name)
    globals()[name] = value
    return value
