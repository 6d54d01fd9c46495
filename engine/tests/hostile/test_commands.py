"""Commands called as nobody should call them: a sentence and a promised exit code, whatever comes."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from calling import call
from click.testing import Result

SAMPLE = Path(__file__).parents[1] / "language" / "sample"
Run = Callable[..., Result]
STEER = "\x1b]0;x\x07\u202e"
"""Sets a terminal's title, and turns the reading order."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("TSUTATSU_LANG", "TSUTATSU_DEBUG", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    return call


def judged(run: Run, path: Path, text: str | bytes) -> Result:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return run("judge", "round", str(path), str(SAMPLE), "--on", "2025-02-01", "--json")


def codes(result: Result) -> list[str]:
    return [one["code"] for line in result.stdout.splitlines() for one in json.loads(line).get("findings", [])]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"時間帯": NaN}', "NaN は JSON の値でない"),
        ('{"時間帯": "夜間", "時間帯": "昼間"}', "「時間帯」が二度ある"),
        ('{"時間帯": ' + "9" * 5_000 + "}", "桁の多すぎる数がある"),
        ('{"時間帯": ' + "[" * 100_000, "入れ子が深すぎる"),
        ('{"時間帯"', "名の後に「:」がない"),
        ('{"時間帯": "夜間" "x"}', "項目の間に「,」がない"),
        ('{"時間帯": "夜間', "引用符が閉じていない"),
        ("{} {}", "終わった後に続きがある"),
    ],
)
def test_what_is_not_json_is_told_in_one_language_at_a_time(run: Run, tmp_path: Path, text: str, why: str) -> None:
    result = judged(run, tmp_path / "facts.json", text)
    assert result.exit_code == 1
    (found,) = json.loads(result.stdout)["findings"]
    assert found["code"] == "TS629"
    assert found["message"]["ja"] == f"JSON として読めない（{why}）。"
    assert found["message"]["en"].isascii() or "時間帯" in found["message"]["en"]


def test_a_line_of_json_lines_ends_where_the_line_does(run: Run, tmp_path: Path) -> None:
    told = judged(run, tmp_path / "facts.jsonl", '{"時間帯": "夜\u2028間"}\r\n\r\n{"時間帯": "夜間"}\r\n')
    assert codes(told) == ["TS503"]
    assert len(told.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "text",
    ['時間帯,承認者の職\n夜間,"課長\n昼間,係長\n', '時間帯,承認者の職\n夜間,"課長"x\n', "時間帯\n" + "夜" * 200_000],
    ids=["a quote never closed", "text after a quote", "a huge cell"],
)
def test_a_torn_table_swallows_no_rows(run: Run, tmp_path: Path, text: str) -> None:
    told = judged(run, tmp_path / "facts.csv", text)
    assert told.exit_code == 1
    assert codes(told) == ["TS653"]


@pytest.mark.skipif(os.name != "posix", reason="such names are made as POSIX has them")
def test_no_file_name_steers_the_terminal(run: Run, tmp_path: Path) -> None:
    norms = tmp_path / "policy" / "sample" / "2025-01-10" / "norms"
    norms.mkdir(parents=True)
    (norms / f"{STEER}\n○.yaml").write_text("規範: [", encoding="utf-8")
    result = run("check", str(tmp_path))
    assert result.exit_code == 1
    assert not {"\x1b", "\x07", "\u202e"} & set(result.output)
    assert "\\u001b]0;x\\u0007\\u202e\\u000a○.yaml" in result.output.replace("\n", "")


@pytest.mark.skipif(os.name != "posix", reason="a pipe is made as POSIX has it")
@pytest.mark.parametrize("command", [("test", "--lint-only"), ("find", "夜")])
def test_a_pipe_among_the_features_is_never_waited_on(run: Run, tmp_path: Path, command: tuple[str, ...]) -> None:
    assert run("init", str(tmp_path / "own")).exit_code == 0
    os.mkfifo(tmp_path / "own" / "features" / "pipe.feature")
    name, *rest = command
    result = run(name, *rest, str(tmp_path / "own"))
    assert result.exit_code in (0, 1)
    assert ("TS401" in result.output) == (name == "test")


def test_a_stretch_beyond_the_calendar_ends_with_it(run: Run) -> None:
    result = run("register", str(SAMPLE), "--on", "9999-12-31", "--within", "400")
    assert result.exit_code == 0, result.output


def test_a_path_that_no_system_takes_is_the_callers(run: Run) -> None:
    result = run("check", "x" * 100_000)
    assert result.exit_code == 2
    assert "TS627" in result.output


@pytest.mark.skipif(os.name != "posix", reason="streams are closed as a POSIX shell does")
@pytest.mark.parametrize(
    ("closing", "arguments", "expected"),
    [
        (">&-", ["check"], 0),
        (">&- 2>&-", ["check"], 0),
        ("<&-", ["judge", "round", "-"], 0),
        ("> /dev/full", ["check"], 2),
    ],
)
def test_a_stream_that_is_closed_or_full_makes_no_traceback(closing: str, arguments: list[str], expected: int) -> None:
    if "/dev/full" in closing and not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    line = f'"$0" -m tsutatsu "$@" {closing}'
    command = ["sh", "-c", line, sys.executable, *arguments, str(SAMPLE)]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == expected, done.stderr.decode()
    assert b"Traceback" not in done.stderr
