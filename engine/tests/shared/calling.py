"""The command line called in this process, as a user would call it."""

from __future__ import annotations

from click.testing import CliRunner, Result

from tsutatsu.cli.frame import tsutatsu
from tsutatsu.cli.language import speak


def call(*args: str, stdin: str | bytes | None = None, env: dict[str, str] | None = None) -> Result:
    """What comes of ``tsutatsu`` with these arguments; the language that it chose does not outlast it."""
    result = CliRunner().invoke(tsutatsu, list(args), input=stdin, env=env)
    speak("ja")
    return result
