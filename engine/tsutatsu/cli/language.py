"""The language a run speaks: Japanese, unless English was asked for."""

import os
from contextvars import ContextVar
from typing import Final, Literal

from tsutatsu.diagnostics import Refused, finding, near_blanks
from tsutatsu.source import NOWHERE
from tsutatsu.words import Words

Lang = Literal["ja", "en"]
LANGS: Final[tuple[Lang, ...]] = ("ja", "en")
VARIABLE: Final = "TSUTATSU_LANG"

_chosen: ContextVar[Lang] = ContextVar("lang", default="ja")


class Misuse(Refused):
    """The command was called wrongly (exit 2), as against a finding about what it was called on (exit 1)."""


def misuse(code: str, **blanks: object) -> Misuse:
    """The refusal of a wrong call, by the finding ``code``."""
    return Misuse([finding(code, NOWHERE, (), **blanks)])


def unwritable(path: object, error: OSError) -> Misuse:
    """The refusal of a call that asks to write where the system does not let it."""
    why = error.strerror or type(error).__name__
    return misuse("TS635", path=path, why=why, why_en=why)


def help_of(command: str) -> str:
    """The line that prints the help of a command, or of the program where there is none."""
    return f"tsutatsu {command} --help" if command else "tsutatsu --help"


def lang() -> Lang:
    """The language of this run."""
    return _chosen.get()


def speak(language: Lang) -> None:
    """Speak ``language`` from here on."""
    _chosen.set(language)


def say(ja: str, en: str) -> str:
    """The sentence in the language of this run."""
    return en if lang() == "en" else ja


def told(words: Words) -> str:
    """The words in the language of this run."""
    return words.say(lang())


def by_name(name: str, place: str) -> Lang:
    """The language called ``name`` at ``place`` (an option, or a variable); refused when there is none."""
    code = name.lower()
    if place == VARIABLE:
        code = code.replace("_", "-").partition(".")[0].partition("-")[0]
    for one in LANGS:
        if code == one:
            return one
    raise misuse("TS623", what=place, value=name, known="ja, en", **near_blanks(name, ["ja", "en"]))


def of_the_environment() -> Lang:
    """The language that the environment asks for."""
    named = os.environ.get(VARIABLE, "")
    return by_name(named, VARIABLE) if named else "ja"
