"""What every command shares: help in two languages, options, and the loading of a command when it is called."""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, Final, NoReturn, TypeVar

import click

from tsutatsu.cli.language import misuse, told
from tsutatsu.cli.layout import width
from tsutatsu.cli.paper import Paper, out
from tsutatsu.cli.table import COMMANDS
from tsutatsu.diagnostics import near_blanks
from tsutatsu.words import Words

PROGRAM: Final = "tsutatsu"

Run = Callable[..., int | None]
R = TypeVar("R", bound=Run)


@dataclass(frozen=True, slots=True)
class Example:
    """A command line worth copying, and what it does."""

    line: str
    words: Words


class Option(click.Option):
    """An option whose help is in both languages."""

    def __init__(self, declarations: Sequence[str], words: Words = Words(""), **settings: Any) -> None:  # noqa: ANN401 (click\'s own settings)
        super().__init__(declarations, **settings)
        self.words = words

    def row(self) -> tuple[str, str]:
        """The option as its command's help shows it."""
        names = ", ".join([*self.opts, *self.secondary_opts])
        if not self.is_flag:
            shown = (
                "|".join(str(one) for one in self.type.choices)
                if isinstance(self.type, click.Choice)
                else self.metavar or "TEXT"
            )
            names += f" {shown}"
        return names, told(self.words)


class Argument(click.Argument):
    """An argument whose help is in both languages."""

    def __init__(self, declarations: Sequence[str], words: Words = Words(""), **settings: Any) -> None:  # noqa: ANN401 (click\'s own settings)
        super().__init__(declarations, **settings)
        self.words = words

    def shown(self) -> str:
        """The argument as the line of usage shows it."""
        name = self.metavar or (self.name or "").upper()
        return name if self.required or name.startswith("[") else f"[{name}]"


COMMON: Final = (
    (
        "--lang ja|en",
        Words(
            "この回の言語（既定は TSUTATSU_LANG、無ければ日本語）。",
            "The language of this run (TSUTATSU_LANG, else Japanese).",
        ),
    ),
    (
        "--traceback",
        Words(
            "予期しない失敗の詳細を出す（TSUTATSU_DEBUG=1 と同じ）。",
            "Print the details of an unexpected failure (as TSUTATSU_DEBUG=1).",
        ),
    ),
    ("-h, --help", Words("この説明。", "This help.")),
)
"""Options that stand anywhere on the line, before or after the command."""


class Command(click.Command):
    """A command with a page of help: what it is for, its arguments and options, and examples."""

    body: Words = Words("")
    examples: tuple[Example, ...] = ()

    def get_help(self, ctx: click.Context) -> str:
        """The page as text, which click prints."""
        return _text(lambda paper: self.page(paper, ctx.command_path))

    def page(self, paper: Paper, path: str) -> None:
        """The page of help on ``paper``."""
        arguments = [one for one in self.params if isinstance(one, Argument)]
        options = [one for one in self.params if isinstance(one, Option) and not one.hidden]
        usage = " ".join([path, told(Words("[オプション]", "[OPTIONS]")), *(one.shown() for one in arguments)])
        paper.entry(told(Words("使い方:", "Usage:")), usage, style="head")
        paper.put()
        paper.put(told(COMMANDS[self.name or ""].purpose))
        if told(self.body):
            paper.put()
            for paragraph in told(self.body).split("\n"):
                paper.put(paragraph)
        _rows(
            paper,
            Words("引数", "Arguments"),
            [(_bare(one.shown()), told(one.words)) for one in arguments if one.words.ja],
        )
        _rows(
            paper,
            Words("オプション", "Options"),
            [*(one.row() for one in options), *((name, told(words)) for name, words in COMMON)],
        )
        if self.examples:
            paper.put()
            paper.put(told(Words("例", "Examples")), style="head")
            for example in self.examples:
                paper.put(told(example.words), indent=2)
                paper.raw(paper.paint(f"    {example.line}", "code"))


def _text(write: Callable[[Paper], None]) -> str:
    """What ``write`` writes, as wide and coloured as standard output."""
    stream = io.StringIO()
    write(replace(out(), stream=stream))
    return stream.getvalue().removesuffix("\n")


def _bare(metavar: str) -> str:
    """The name of an argument without the brackets that make it optional; several stay as they are."""
    return metavar.strip("[]") if metavar.count("[") == 1 else metavar


def _rows(paper: Paper, head: Words, rows: list[tuple[str, str]]) -> None:
    if not rows:
        return
    paper.put()
    paper.put(told(head), style="head")
    paper.rows(rows)


def command(name: str, body: Words, *examples: Example) -> Callable[[Run], Command]:
    """Makes a function the command ``name`` (a row of ``COMMANDS``) with a page of help."""

    def make(run: Run) -> Command:
        made = click.command(name, cls=Command, context_settings={"help_option_names": ["-h", "--help"]})(run)
        made.body = body
        made.examples = examples
        return made

    return make


def option(*declarations: str, ja: str, en: str, **settings: Any) -> Callable[[R], R]:  # noqa: ANN401 (click\'s own settings)
    """An option with its help."""
    return click.option(*declarations, cls=Option, words=Words(ja, en), **settings)


def argument(name: str, *, ja: str = "", en: str = "", **settings: Any) -> Callable[[R], R]:  # noqa: ANN401 (click\'s own settings)
    """An argument with its help."""
    return click.argument(name, cls=Argument, words=Words(ja, en), **settings)


def law_argument(run: R) -> R:
    """The argument ``[DIR]``: the folder that holds ``policy``."""
    return argument(
        "folder",
        ja="policy を含むフォルダー。書かなければ備え付けの通達。",
        en="A folder that holds policy/. The shipped law where none is given.",
        metavar="[DIR]",
        required=False,
    )(run)


def json_option(run: R) -> R:
    """The option ``--json``."""
    return option(
        "--json",
        "as_json",
        is_flag=True,
        ja="プログラムが読む JSON で出す（日本語と英語の両方を含む）。",
        en="JSON for programs, in both languages.",
    )(run)


def family(word: str) -> tuple[str, ...]:
    """The commands whose names begin with this word."""
    return tuple(name for name in COMMANDS if name.startswith(f"{word} "))


def _sections(paper: Paper, names: Iterable[str]) -> None:
    """Commands with their purposes, section by section."""
    rows = {name: COMMANDS[name] for name in names}
    column = max(width(name) for name in COMMANDS) + 4
    for section in dict.fromkeys(row.section for row in rows.values()):
        paper.put()
        paper.put(told(section), style="head")
        for name, row in rows.items():
            if row.section == section:
                paper.entry(name, told(row.purpose), indent=2, column=column, style="code")


class Family(click.Command):
    """The first word of several commands: called alone, it lists them."""

    def __init__(self, word: str) -> None:
        super().__init__(
            word, callback=lambda: self.page(out()), context_settings={"help_option_names": ["-h", "--help"]}
        )

    def get_help(self, ctx: click.Context) -> str:  # noqa: ARG002
        """The list as text, which click prints."""
        return _text(self.page)

    def page(self, paper: Paper) -> None:
        """The list on ``paper``."""
        shown = f"{PROGRAM} {self.name} " + told(Words("動作 [オプション] …", "ACTION [OPTIONS] …"))
        paper.entry(told(Words("使い方:", "Usage:")), shown, style="head")
        _sections(paper, family(self.name or ""))


class Commands(click.Group):
    """All commands, each loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Their names, as a reader meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, loaded; for the first word of several commands, what lists them."""
        if cmd_name in COMMANDS:
            return load(cmd_name)
        return Family(cmd_name) if family(cmd_name) else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the line calls; refused with the nearest name where there is none."""
        name, taken = args[0], 1
        if family(name) and len(args) > 1 and not args[1].startswith("-"):
            name, taken = f"{name} {args[1]}", 2
        found = self.get_command(ctx, name)
        if found is None and not ctx.resilient_parsing:
            raise misuse("TS620", name=name, **near_blanks(name, list(COMMANDS)))
        return name if found else None, found, args[taken:]

    def get_help(self, ctx: click.Context) -> str:  # noqa: ARG002
        """The list of commands as text, which click prints."""
        return _text(self.page)

    def page(self, paper: Paper) -> None:
        """The list of commands on ``paper``."""
        paper.entry(
            told(Words("使い方:", "Usage:")),
            f"{PROGRAM} " + told(Words("コマンド [オプション] …", "COMMAND [OPTIONS] …")),
            style="head",
        )
        paper.put()
        paper.put(
            told(
                Words(
                    "通達を、実行できる方針として調べ、尋ね、確かめる。",
                    "Tsutatsu (通達): administrative circulars as executable policy: check, ask, prove.",
                )
            )
        )
        _sections(paper, COMMANDS)
        version = ("--version", Words("版を出す。", "Print the version."))
        _rows(paper, Words("オプション", "Options"), [(name, told(words)) for name, words in (version, *COMMON)])
        paper.put()
        paper.put(
            told(Words("最初の一歩: ", "First step: "))
            + f"{PROGRAM} demo"
            + told(Words("　各コマンドの例: ", "   Examples: "))
            + f"{PROGRAM} judge --help"
        )

    def main(  # type: ignore[override]  # it always leaves
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,  # noqa: ARG002 (it has one name)
        **extra: Any,  # noqa: ANN401 (click's own settings)
    ) -> NoReturn:
        """Runs the line and leaves with its exit code."""
        from tsutatsu.cli.leaving import run

        self._main_shell_completion(extra, PROGRAM)
        run(self, args)


def load(name: str) -> Command:
    """The command ``name``, from its file."""
    made = import_module(f"tsutatsu.cli.commands.{name.replace(' ', '_')}").command_
    assert isinstance(made, Command)
    return made


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from tsutatsu import __version__

        out().raw(f"{PROGRAM} {__version__}")
        ctx.exit()


@click.group(
    PROGRAM, cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_version)
@click.pass_context
def tsutatsu(ctx: click.Context) -> None:
    """The program; called alone it prints its help."""
    if ctx.invoked_subcommand is None:
        tsutatsu.page(out())
