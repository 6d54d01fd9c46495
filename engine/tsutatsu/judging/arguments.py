"""What a caller asks with, taken as it is meant or refused: never half understood."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, cast

from tsutatsu.diagnostics import Refused, finding, shorten
from tsutatsu.ir import Words
from tsutatsu.semantics import Question

_DAY: Final = Words("日 (datetime.date)", "a day (datetime.date)")
_SIDES: Final = Words("「解釈: 読み」の組", "a mapping of readings to sides")
_QUESTION: Final = Words(
    "問い (" + "、".join(one.value for one in Question) + ")",
    f"a question ({', '.join(one.value for one in Question)})",
)
LAW: Final = Words("法令 (tsutatsu.Bundle)", "a law (tsutatsu.Bundle)")
_TEXT: Final = Words("文字列", "text")


def a_day(said: object, name: str = "on") -> date:
    """The day that is meant: a plain ``date`` and nothing else; a moment would leave its zone to be guessed."""
    if type(said) is date:
        return said
    raise refused(name, _DAY, said)


def a_question(said: object) -> Question:
    """The question, given as itself or by its code ("may")."""
    if type(said) is Question:
        return said
    if isinstance(said, str):
        code = str.__str__(said)
        for one in Question:
            if one.value == code:
                return one
    raise refused("question", _QUESTION, said)


def a_text(said: object, name: str) -> str:
    """A name, as text."""
    if isinstance(said, str):
        return str.__str__(said)
    raise refused(name, _TEXT, said)


def some_sides(said: object) -> dict[object, object]:
    """The sides to be taken, copied once."""
    if said is None:
        return {}
    if not issubclass(type(said), Mapping):
        raise refused("sides", _SIDES, said)
    try:
        return dict(cast("Mapping[object, object]", said).items())
    except Exception:  # noqa: BLE001  # the caller's own code may raise anything
        raise refused("sides", _SIDES, said) from None


def refused(name: str, expected: Words, said: object) -> Refused:
    """That the argument ``name`` is not what is expected of it."""
    found = _told(said)
    return Refused(
        [finding("TS524", name=name, expected=expected.ja, expected_en=expected.en, found=found, found_en=found)]
    )


def _told(said: object) -> str:
    """What was given instead: plain values as they are written, all others by their kind."""
    kind = type(said)
    if said is None or kind is str or kind is bool or kind is int or kind is date or kind is datetime:
        return shorten(repr(said)) if kind is not int or cast("int", said).bit_length() < 200 else "int"
    return shorten(kind.__name__)
