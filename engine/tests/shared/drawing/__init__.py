"""Whole policies and facts drawn at random, for every test that holds an engine against the meaning.

Everything is drawn from a ``random.Random``: Hypothesis hands in its own (and so shrinks what it finds); long runs
hand in a seeded one.
"""

from hypothesis import strategies as st

from drawing.filling import Filling, fill_in
from drawing.policies import draw_directive
from tsutatsu.ir import Directive

__all__ = ["Filling", "directives", "draw_directive", "fill_in", "seeds"]


def directives(size: int = 5) -> st.SearchStrategy[Directive]:
    """Valid directives of up to ``size`` norms that use every kind of term, clock, condition and reference."""
    return st.randoms(use_true_random=False).map(lambda rng: draw_directive(rng, size))


def seeds() -> st.SearchStrategy[int]:
    """A seed from which facts are filled in."""
    return st.integers(0, 2**32 - 1)
