"""The hot path: each judgement as Python functions of its own, generated from the kernel and compiled.

Independent of ``semantics``: it makes its own comparisons and counts its own days, so that a fault in either is seen.
"""

from tsutatsu.backends.compiled.engine import UNKNOWN, Compiled, Quick, Unsaid

__all__ = ["UNKNOWN", "Compiled", "Quick", "Unsaid"]
