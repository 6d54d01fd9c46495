"""Tsutatsu (通達): administrative circulars as executable policy."""

from typing import TYPE_CHECKING

from tsutatsu.version import VERSION

if TYPE_CHECKING:
    from tsutatsu.bundle import Bundle
    from tsutatsu.diagnostics import Diagnostic, Refused
    from tsutatsu.ir import Standing
    from tsutatsu.judging import Answer, EnginesDisagree, Judge, Receipt, judge, verify
    from tsutatsu.semantics import Question, Verdict

__version__ = VERSION
__all__ = [
    "Answer",
    "Bundle",
    "Diagnostic",
    "EnginesDisagree",
    "Judge",
    "Question",
    "Receipt",
    "Refused",
    "Standing",
    "Verdict",
    "judge",
    "verify",
]

_ROOMS = {
    "Bundle": "bundle",
    "Diagnostic": "diagnostics",
    "Refused": "diagnostics",
    "Standing": "ir",
    "Question": "semantics",
    "Verdict": "semantics",
}


def __getattr__(name: str) -> object:
    """The public names, each brought from its room on first use, so that a start pays only for what it needs."""
    if name not in __all__:
        raise AttributeError(f"module 'tsutatsu' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"tsutatsu.{_ROOMS.get(name, 'judging')}"), name)
    globals()[name] = value
    return value
