"""From a command line to an exit code: 0 clean, 1 findings, 2 usage, 3 our fault, 130 interrupted."""

import os
import sys
from collections.abc import Sequence
from typing import Final, NoReturn

import click

from tsutatsu.cli.frame import Commands, Option
from tsutatsu.cli.language import Misuse, by_name, help_of, misuse, of_the_environment, say, speak, unwritable
from tsutatsu.cli.paper import err, out, put_line, steady_streams
from tsutatsu.cli.table import COMMANDS
from tsutatsu.diagnostics import Diagnostic, Refused, finding, near_blanks, shorten

CLEAN: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
FAULT: Final = 3
PIPE_CLOSED: Final = 141
INTERRUPTED: Final = 130


def run(program: Commands, given: Sequence[str] | None) -> NoReturn:
    """Runs the command line and exits."""
    steady_streams()
    debug = bool(os.environ.get("TSUTATSU_DEBUG"))
    line = list(sys.argv[1:] if given is None else given)
    try:
        if "--traceback" in _before_separator(line):
            line.remove("--traceback")
            debug = True
        code = _invoke(program, _spoken(line))
        sys.stdout.flush()
    except click.exceptions.Exit as left:
        code = left.exit_code
    except (click.Abort, KeyboardInterrupt):
        err().put("\n" + say("中断した。", "Interrupted."))
        code = INTERRUPTED
    except click.UsageError as wrong:
        code = refuse(misuse_of(wrong, line).findings, as_json=_as_json(line), code=USAGE)
    except Refused as refused:
        code = refuse(refused.findings, as_json=_as_json(line), code=USAGE if isinstance(refused, Misuse) else FINDINGS)
    except BrokenPipeError:
        code = PIPE_CLOSED
    except Exception as wrong:  # noqa: BLE001 (whatever it is, the user gets a sentence and exit 3)
        code = _fault(wrong, line, debug=debug)
    sys.exit(_flushed(code))


def _flushed(code: int) -> int:
    """What is still to be written is written; the exit code where it cannot be."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
        return PIPE_CLOSED
    except OSError as error:
        return _unwritten(error)
    return code


def _unwritten(error: OSError) -> int:
    _let_go()
    return refuse(unwritable("(stdout)", error).findings, as_json=False, code=USAGE)


def _invoke(program: Commands, line: list[str]) -> int:
    with program.make_context(program.name, line) as context:
        result: object = program.invoke(context)
    return result if isinstance(result, int) else CLEAN


def _before_separator(line: list[str]) -> list[str]:
    return line[: line.index("--")] if "--" in line else line


def _as_json(line: Sequence[str]) -> bool:
    """Whether the line asks for JSON, however wrong it is otherwise."""
    return "--json" in _before_separator(list(line))


def _spoken(line: list[str]) -> list[str]:
    """The line without ``--lang``, its language spoken from here on."""
    speak(of_the_environment())
    rest: list[str] = []
    parts = iter(line)
    for part in parts:
        if part == "--":
            return [*rest, part, *parts]
        if part == "--lang" or part.startswith("--lang="):
            name = part.partition("=")[2] if "=" in part else next(parts, None)
            if name is None:
                raise misuse("TS625", what="--lang", help=help_of(""))
            speak(by_name(name, "--lang"))
        else:
            rest.append(part)
    return rest


def misuse_of(wrong: click.UsageError, line: Sequence[str]) -> Misuse:
    """A wrong call as click tells it, as a finding in both languages."""
    context = wrong.ctx
    usage = help_of(_command_in(line))
    match wrong:
        case click.NoSuchOption(option_name=given):
            options = [
                o for p in (context.command.params if context else ()) if isinstance(p, click.Option) for o in p.opts
            ]
            return misuse("TS621", name=given, help=usage, **near_blanks(given, [*options, "--lang", "--help"]))
        case click.MissingParameter(param=parameter):
            return misuse("TS622", what=_shown(parameter), help=usage)
        case click.BadOptionUsage(option_name=given):
            return misuse("TS625", what=given, help=usage)
        case click.BadParameter(param=parameter) if parameter is not None and isinstance(parameter.type, click.Choice):
            known = [str(one) for one in parameter.type.choices]
            value = _quoted(wrong.message)
            return misuse(
                "TS623", what=_shown(parameter), value=value, known=", ".join(known), **near_blanks(value, known)
            )
        case click.BadParameter(param=parameter) if parameter is not None and isinstance(
            parameter.type, click.IntRange
        ):
            least, most = parameter.type.min, parameter.type.max
            value = _quoted(wrong.message) if "'" in wrong.message else wrong.message.partition(" ")[0]
            whole = say(f"{least}から{most}までの整数", f"a whole number from {least} to {most}")
            return misuse("TS623", what=_shown(parameter), value=value, known=whole, near="", near_en="")
        case click.BadParameter(param=parameter):
            value = _quoted(wrong.message)
            return misuse(
                "TS623", what=_shown(parameter), value=value, known=say("整数", "a whole number"), near="", near_en=""
            )
        case _:
            return misuse("TS624", what=_quoted(wrong.message, parentheses=True), help=usage)


def _command_in(line: Sequence[str]) -> str:
    """The command that the line calls, where it calls one; its name may be of two words."""
    pairs = zip(line, [*line[1:], ""], strict=False)
    return next((name for pair in pairs for name in (" ".join(pair), pair[0]) if name in COMMANDS), "")


def _shown(parameter: click.Parameter | None) -> str:
    if isinstance(parameter, Option):
        return parameter.row()[0]
    if isinstance(parameter, click.Argument):
        return parameter.metavar or (parameter.name or "").upper()
    return parameter.opts[0] if parameter is not None and parameter.opts else "?"


def _quoted(message: str, *, parentheses: bool = False) -> str:
    """The value that click's sentence speaks of."""
    if parentheses and "(" in message:
        return message.partition("(")[2].rpartition(")")[0]
    for quote in ("'", '"'):
        if message.count(quote) >= 2:
            return message.partition(quote)[2].partition(quote)[0]
    return message


def refuse(findings: Sequence[Diagnostic], *, as_json: bool, code: int) -> int:
    """Shows why the command stopped, and gives its exit code."""
    if as_json:
        put_line({"findings": [one.to_dict() for one in findings]})
        return code
    from tsutatsu.cli.rendering import show_findings

    out().stream.flush()
    show_findings(err(), findings)
    return code


def _fault(wrong: Exception, line: Sequence[str], *, debug: bool) -> int:
    """What went wrong and nobody foresaw; a path that the system does not take, or a full disk, is the caller's."""
    if isinstance(wrong, OSError) and wrong.filename is None and wrong.errno is not None:
        return _unwritten(wrong)
    if isinstance(wrong, OSError) and any(part and str(wrong.filename).startswith(part) for part in line):
        why = wrong.strerror or type(wrong).__name__
        refused = misuse("TS627", path=wrong.filename, why=why, why_en=why)
        return refuse(refused.findings, as_json=_as_json(line), code=USAGE)
    if debug:
        import traceback

        err().raw("".join(traceback.format_exception(wrong)).rstrip())
    said = str(wrong).partition("\n")[0]
    what = shorten(f"{type(wrong).__name__}: {said}" if said else type(wrong).__name__, 100)
    found = finding("TS651" if _disagreement(wrong) else "TS650", what=what)
    return refuse([found], as_json=_as_json(line), code=FAULT)


def _disagreement(wrong: Exception) -> bool:
    """Whether engines disagreed; nothing is brought in to tell, for that may be what went wrong."""
    engines = sys.modules.get("tsutatsu.judging.engines")
    return engines is not None and isinstance(wrong, getattr(engines, "EnginesDisagree", ()))


def _let_go() -> None:
    """Nobody reads any more: have the last flush at exit go nowhere instead of complaining."""
    try:
        sink = os.open(os.devnull, os.O_WRONLY)
        os.dup2(sink, sys.stdout.fileno())
    except (OSError, ValueError):
        pass
