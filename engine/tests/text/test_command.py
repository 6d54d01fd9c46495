"""``tsutatsu text``: the tree and the differences, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from calling import call

TEXT = """自転車の貸出しについて（通達）

次のとおり定める。

1 貸出し

(1) 係長は、自転車を貸し出す。ただし、夜間は、貸し出さない。
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    for name in ("TSUTATSU_LANG", "TSUTATSU_DEBUG", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    return partial(call, "text")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "circular.txt"
    made.write_text(TEXT, encoding="utf-8")
    return made


def test_the_tree_is_shown(run: Callable[..., Any], file: Path) -> None:
    result = run("tree", str(file))
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[0] == "自転車の貸出しについて（通達）"
    assert "〔ただし書2〕 ただし、夜間は、貸し出さない。" in result.output
    assert "条項 2、文 3、定義 0、参照 1。" in result.output
    assert run("tree", "-", stdin=TEXT).output == result.output
    assert "Provisions: 2" in run("tree", str(file), "--lang", "en").output


def test_the_tree_is_json_for_programs(run: Callable[..., Any], file: Path) -> None:
    tree = json.loads(run("tree", str(file), "--json").stdout)
    (inner,) = tree["parts"][1]["provisions"][0]["children"]
    assert inner["path"] == "1/(1)"
    assert [one["role"] for one in inner["sentences"]] == ["本文", "ただし書"]
    assert all(len(one["digest"]) == 64 for one in inner["sentences"])


def test_findings_are_told_and_exit_1(run: Callable[..., Any], file: Path) -> None:
    file.write_text(TEXT + "(4) 鍵を返す。\n", encoding="utf-8")
    result = run("tree", str(file))
    assert result.exit_code == 1
    assert "TS703" in result.stderr and "「(2)」" in result.stderr


def test_differences_are_told_and_exit_1(run: Callable[..., Any], file: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.txt"
    new.write_text(TEXT.replace("夜間", "早朝") + "(2) 職員は、鍵を返す。\n", encoding="utf-8")
    assert run("diff", str(file), str(file)).output == "違いはない。\n"
    assert run("diff", str(file), str(file)).exit_code == 0
    result = run("diff", str(file), str(new))
    assert result.exit_code == 1
    assert "1/(1) 変更" in result.output and "1/(2) 追加" in result.output
    told = json.loads(run("diff", str(file), str(new), "--json").stdout)
    assert [(one["changes"], one["new"]) for one in told] == [(["changed"], "1/(1)"), (["added"], "1/(2)")]


def test_header_lines_and_moved_sentences_are_told(run: Callable[..., Any], file: Path, tmp_path: Path) -> None:
    file.write_text(f"備第3号\n令和6年4月1日\n\n{TEXT}(2) 職員は、鍵を返す。\n", encoding="utf-8")
    new = tmp_path / "new.txt"
    text = file.read_text(encoding="utf-8").replace("ただし、夜間は、貸し出さない。", "")
    new.write_text(text.replace("備第3号", "備第4号").rstrip() + "ただし、夜間は、貸し出さない。\n", encoding="utf-8")
    assert run("diff", str(file), str(new)).output.splitlines() == [
        "頭書/番号 変更",
        "  - 備第3号",
        "  + 備第4号",
        "1/(1) 変更",
        "  - 〔1/(2) へ移動〕ただし、夜間は、貸し出さない。",
        "1/(2) 変更",
        "  + 〔1/(1) から移動〕ただし、夜間は、貸し出さない。",
    ]
    assert "[moved to 1/(2)]" in run("diff", str(file), str(new), "--lang", "en").output
    told = json.loads(run("diff", str(file), str(new), "--json").stdout)
    assert [[each["elsewhere"] for each in one["sentences"]] for one in told] == [[None], ["1/(2)"], ["1/(1)"]]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("three", "x"), "TS623"),
        (("tree",), "TS622"),
        (("diff", "x"), "TS622"),
        (("tree", "x", "y"), "TS624"),
        (("tree", "/nowhere.txt"), "TS627"),
    ],
)
def test_a_wrong_call_says_what_is_right(args: tuple[str, ...], code: str, run: Callable[..., Any]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert code in result.stderr
