"""What holds for every command: help, languages, exit codes, mistakes, streams."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

import tsutatsu as package
from tsutatsu.cli.frame import Argument, Option, load, tsutatsu
from tsutatsu.cli.language import LANGS, speak
from tsutatsu.cli.table import COMMANDS
from tsutatsu.diagnostics import CATALOGUE
from tsutatsu.diagnostics.codes_commands import COMMANDS as CODES
from tsutatsu.judging.engines import Disagreement, EnginesDisagree
from tsutatsu.judging.judges import Judge

Run = Callable[..., Any]


def call(*args: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own."""
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)} | more.pop("env", {})
    return subprocess.run([sys.executable, "-m", "tsutatsu", *args], capture_output=True, env=env, check=False, **more)


def test_alone_it_prints_its_help(run: Run) -> None:
    assert run().exit_code == 0
    assert run().output == run("--help").output
    for name, row in COMMANDS.items():
        assert name in run().output
        assert row.purpose.ja and row.purpose.en


def test_it_says_its_version(run: Run) -> None:
    assert run("--version").output == f"tsutatsu {package.__version__}\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_both_languages_with_an_example(name: str, run: Run) -> None:
    command = load(name)
    assert command.name == name
    assert command.examples
    assert command.body.ja and command.body.en
    for example in command.examples:
        assert example.words.ja and example.words.en
        assert example.line.startswith(f"tsutatsu {name}")
    for parameter in command.params:
        assert isinstance(parameter, Option | Argument)
        if isinstance(parameter, Option):
            assert parameter.words.ja and parameter.words.en, parameter.name
    words = name.split()
    japanese, english = run(*words, "--help"), run(*words, "-h", "--lang", "en")
    assert japanese.exit_code == english.exit_code == 0
    assert "使い方:" in japanese.output
    assert "Usage:" in english.output
    assert command.examples[0].line in english.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_example_is_a_line_that_the_command_takes(name: str) -> None:
    for example in load(name).examples:
        words = shlex.split(example.line.partition(" > ")[0])[1:]
        if "--lang" in words:
            at = words.index("--lang")
            del words[at : at + 2]
        with tsutatsu.make_context("tsutatsu", words) as context:
            _, found, rest = tsutatsu.resolve_command(context, words)
            assert found is not None
            found.make_context(name, list(rest), parent=context).close()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_folder_of_law_but_those_without_one(name: str) -> None:
    shown = " ".join(p.shown() for p in load(name).params if isinstance(p, Argument))
    without = ("explain", "demo", "new", "text", "duties", "clock")
    on_a_store = name.startswith(("case ", "audit ")) and name not in (
        "case open", "case migrate", "audit prove", "audit verify",
    )  # fmt: skip
    assert ("DIR" in shown) is (name not in without and not on_a_store)


@pytest.mark.parametrize("word", ["case", "audit"])
def test_the_first_word_of_several_commands_lists_them(word: str, run: Run) -> None:
    alone, asked, english = run(word), run(word, "--help"), run(word, "--lang", "en")
    assert alone.exit_code == asked.exit_code == english.exit_code == 0
    assert alone.output == asked.output != english.output
    family = [name for name in COMMANDS if name.startswith(f"{word} ")]
    assert family and all(name in alone.output for name in family)
    wrong = run(word, "shwo")
    assert wrong.exit_code == 2 and "TS620" in wrong.stderr


def test_the_language_is_taken_before_or_after_the_command_and_from_the_environment(run: Run) -> None:
    wanted = run("explain", "TS620", "--lang", "en").output
    assert "no command" in wanted
    assert run("--lang=en", "explain", "TS620").output == wanted
    assert run("--lang", "en", "explain", "TS620").output == wanted
    assert run("explain", "TS620", env={"TSUTATSU_LANG": "en_GB.UTF-8"}).output == wanted
    assert run("--lang", "ja", "explain", "TS620", env={"TSUTATSU_LANG": "en"}).output != wanted


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("jugde",), "TS620", "「judge」"),
        (("judge", "x", "--questoin", "可否"), "TS621", "「--question」"),
        (("judge",), "TS622", "NAME"),
        (("judge", "x", "--on"), "TS625", "tsutatsu judge --help"),
        (("--lang",), "TS625", "--lang"),
        (("--lang", "fr"), "TS623", "ja, en"),
        (("judge", "x", "--question", "加否"), "TS623", "可否"),
        (("register", "--within", "soon"), "TS623", "90日"),
        (("explain", "TS620", "TS621"), "TS624", "TS621"),
        (("check", "/nowhere"), "TS626", "/nowhere"),
        (("explain", "TS999"), "TS637", "TS999"),
        (("register", "--on", "令和7年2月30日"), "TS638", "令和7年2月30日"),
        (("schema", "nomrs"), "TS623", "「norms」"),
        (("seal", "bicycle-lending"), "TS622", "DIR"),
        (("fmt",), "TS622", "DIR"),
        (("schema", "--write"), "TS622", "DIR"),
        (("find", " "), "TS622", "WORD"),
        (("judge", "."), "TS645", "NAME ."),
        (("facts", "."), "TS645", "NAME ."),
        (("judge", "x", "--side", "行事"), "TS632", "--side 上司の承認=甲"),
    ],
)
def test_a_wrong_call_says_what_is_right_and_exits_2(args: tuple[str, ...], code: str, told: str, run: Run) -> None:
    result = run(*args)
    assert result.exit_code == 2, result.output
    assert code in result.stderr
    assert told in result.stderr.replace("\n          ", "")
    assert result.stdout == ""
    english = run("--lang", "en", *args) if "--lang" not in args else result
    assert english.exit_code == 2


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("show", "no-drak"), "TS636", "「no-dark」"),
        (("judge", "庁用自転車の仕様"), "TS315", "庁用自転車の使用"),
        (("judge", "use", "--side", "訓練=丙"), "TS523", "訓練"),
        (("seal", "bicycle-lendin"), "TS636", "bicycle-lending"),
    ],
)
def test_a_wrong_name_within_a_law_says_the_nearest(
    args: tuple[str, ...], code: str, told: str, run: Run, law: Path
) -> None:
    result = run(*args, str(law))
    assert result.exit_code == 2, result.output
    assert code in result.stderr
    assert told in result.stderr.replace("\n          ", "")


def test_a_day_beyond_its_era_is_taken_and_said(run: Run, law: Path) -> None:
    beyond = run("judge", "use", str(law), "--on", "平成40年10月10日", "--json")
    assert "TS646" in beyond.stderr
    assert "令和10年10月10日" in beyond.stderr.replace("\n           ", "")
    assert json.loads(beyond.stdout)["on"] == "2028-10-10"
    assert run("judge", "use", str(law), "--on", "令和10年10月10日", "--json").stderr == ""


def test_every_code_of_the_command_line_is_in_the_catalogue_with_both_pages() -> None:
    for code in CODES:
        assert CATALOGUE[code.number] is code
        assert "TS620" <= code.number <= "TS659"
        for text in (code.ja, code.en, code.page_ja, code.page_en, code.mend_ja, code.mend_en):
            assert text


def test_an_unexpected_failure_is_one_sentence_and_exit_3(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("12")

    monkeypatch.setattr("tsutatsu.bundle.Bundle.default", broken)
    result = run("show")
    assert result.exit_code == 3
    assert "TS650" in result.stderr
    assert "ZeroDivisionError: 12" in result.stderr
    assert "--traceback" in result.stderr
    assert "Traceback" not in result.output
    assert "Neither your policy nor your facts" in run("show", "--lang", "en").stderr
    assert "Traceback" in run("show", "--traceback").stderr
    assert "Traceback" in run("show", env={"TSUTATSU_DEBUG": "1"}).stderr


def test_engines_that_disagree_give_no_verdict_and_exit_3(run: Run, law: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def disagree(*_: object, **__: object) -> None:
        raise EnginesDisagree(Disagreement("d", "j", "", {}, {}, {"rete": (1,), "compiled": (2,)}))

    monkeypatch.setattr(Judge, "ask", disagree)
    result = run("judge", "use", str(law), "--on", "2026-05-11")
    assert result.exit_code == 3
    assert "TS651" in result.stderr
    assert result.stdout == ""


def test_interruption_exits_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tsutatsu.bundle.Bundle.default", interrupted)
    result = run("show")
    assert result.exit_code == 130
    assert "中断" in result.stderr


def test_a_reader_that_goes_away_is_no_error() -> None:
    env = os.environ | {"PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
    with subprocess.Popen(
        [sys.executable, "-m", "tsutatsu", "explain"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.parametrize(
    "env", [{"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}]
)
def test_no_locale_breaks_the_output(env: dict[str, str]) -> None:
    result = call("explain", "TS620", env=env)
    assert result.returncode == 0, result.stderr
    if "PYTHONIOENCODING" not in env:
        assert "コマンド" in result.stdout.decode()


def test_nothing_is_coloured_where_nobody_looks() -> None:
    assert b"\x1b[" not in call("show").stdout
    assert b"\x1b[" not in call("no-such").stderr


def test_the_module_is_the_program() -> None:
    assert call("--version").stdout.decode().strip() == f"tsutatsu {package.__version__}"


def test_refusals_are_a_line_of_json_where_json_was_asked_for(run: Run, law: Path, tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"使用の目標": "公務"}', encoding="utf-8")
    result = run("judge", "use", str(facts), str(law), "--on", "2026-05-11", "--json")
    assert result.exit_code == 1
    assert result.stdout.count("\n") == 1
    (found,) = json.loads(result.stdout)["findings"]
    assert found["code"] == "TS501"
    assert set(found["message"]) == set(LANGS)


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("judge", "x", "--json", "--questoin", "可否"), "TS621"),
        (("judge", "--json"), "TS622"),
        (("judge", "x", "--question", "加否", "--json"), "TS623"),
        (("register", "a", "b", "--json"), "TS624"),
        (("judge", "x", "--json", "--on"), "TS625"),
        (("jugde", "--json"), "TS620"),
        (("show", "--json", "--lang", "fr"), "TS623"),
    ],
)
def test_a_wrong_call_is_told_in_json_where_json_was_asked_for(args: tuple[str, ...], code: str, run: Run) -> None:
    result = run(*args)
    (found,) = json.loads(result.stdout)["findings"]
    assert result.exit_code == 2 and result.stderr == ""
    assert found["code"] == code
    assert set(found["message"]) == set(LANGS)


def test_json_after_the_separator_asks_for_nothing(run: Run) -> None:
    result = run("judge", "--questoin", "--", "--json")
    assert result.exit_code == 2 and result.stdout == "" and "TS621" in result.stderr


def test_a_failure_of_ours_is_told_in_json_where_json_was_asked_for(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("12")

    monkeypatch.setattr("tsutatsu.bundle.Bundle.default", broken)
    result = run("show", "--json")
    assert result.exit_code == 3 and json.loads(result.stdout)["findings"][0]["code"] == "TS650"


def test_without_a_folder_the_shipped_law_is_used_and_a_policy_here_is_mentioned(
    run: Run, law: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(law)
    assert "TS652" in run("show").stderr
    assert "bicycle-lending" not in run("show").stdout
    assert run("show", ".").stderr == ""
    assert "bicycle-lending" in run("show", ".").stdout
    assert "bicycle-lending" in run("show", "policy").stdout


def test_commands_are_click_commands_of_ours() -> None:
    speak("ja")
    for name in COMMANDS:
        assert isinstance(load(name), click.Command)
