"""A condition in plain words."""

from tsutatsu.backends.prose.english import english_line, english_outline
from tsutatsu.backends.prose.japanese import Close, japanese_line, japanese_outline
from tsutatsu.backends.prose.marks import english_mark, japanese_mark
from tsutatsu.backends.prose.outline import lay_out
from tsutatsu.ir import Condition, Directive


def tell_condition(condition: Condition, directive: Directive, lang: str, *, denied: bool = False) -> str:
    """``condition`` as one clause, or its denial. It can be read in one way only: two plain tests are joined by a word,
    all else is numbered, and negations stand at the single tests."""
    tell = english_line if lang == "en" else japanese_line
    return tell(condition, directive, denied=denied)


def lay_out_condition(
    condition: Condition, directive: Directive, lang: str, close: Close = Close.SENTENCE
) -> tuple[str, ...]:
    """``condition`` as lines: the clause, ending as ``close`` says (in Japanese), and its items further in."""
    if lang == "en":
        return tuple(lay_out(english_outline(condition, directive), english_mark))
    return tuple(lay_out(japanese_outline(condition, directive, close), japanese_mark))
