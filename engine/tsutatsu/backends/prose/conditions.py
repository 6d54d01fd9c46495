"""A condition in plain words."""

from tsutatsu.backends.prose.english import tell_english
from tsutatsu.backends.prose.japanese import tell_japanese
from tsutatsu.ir import Condition, Directive


def tell_condition(condition: Condition, directive: Directive, lang: str, *, denied: bool = False) -> str:
    """``condition`` as one clause, or its denial. It can be read in one way only: parts that join others are bracketed,
    three or more are numbered, negations stand at the single tests."""
    tell = tell_english if lang == "en" else tell_japanese
    return tell(condition, directive, denied=denied)
