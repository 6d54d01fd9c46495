"""Whole policies and facts drawn at random, for every test that holds an engine against the meaning.

Everything is drawn from a seeded ``random.Random``: Hypothesis chooses the seed, and long runs count it up.
"""

from random import Random

from hypothesis import strategies as st

from drawing.filling import Filling, fill_in
from drawing.policies import draw_directive
from tsutatsu.ir import Directive

__all__ = ["Filling", "directives", "draw_directive", "fill_in", "seeds"]


def directives(size: int = 5) -> st.SearchStrategy[Directive]:
    """Valid directives of up to ``size`` norms that use every kind of term, clock, condition and reference.

    What is drawn is a seed and a size: so no two are alike, and none is poor. What fails shrinks in size only.
    """
    return st.builds(lambda seed, most: draw_directive(Random(seed), most), seeds(), st.integers(1, size))


def seeds() -> st.SearchStrategy[int]:
    """A seed from which facts are filled in."""
    return st.binary(min_size=8, max_size=8).map(lambda drawn: int.from_bytes(drawn, "big"))
