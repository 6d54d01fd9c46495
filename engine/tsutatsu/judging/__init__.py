"""A question asked of the law, and the answer."""

from tsutatsu.judging.answer import Answer, AnswerRecord, answer_schema, read_answer
from tsutatsu.judging.asking import judge
from tsutatsu.judging.engines import Disagreement, EnginesDisagree
from tsutatsu.judging.facts import FactReader
from tsutatsu.judging.judges import Judge
from tsutatsu.judging.receipt import Receipt, read_receipt
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
