"""``tsutatsu review``: what it writes, where, and what it refuses."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bicycles import PAGE, mangle

Run = Callable[..., Any]
ON = ("--on", "2026-11-20")


def test_pages_and_their_list_are_written_and_named_in_json(run: Run, bicycles: Path, tmp_path: Path) -> None:
    out = tmp_path / "確認"
    result = run("review", str(bicycles), "--text", str(bicycles / "texts"), "--out", str(out), *ON, "--json")
    said = json.loads(result.stdout)
    assert sorted(one.name for one in out.iterdir()) == [PAGE, "index.html"]
    assert [one["file"] for one in said["pages"]] == [(out / PAGE).as_posix(), (out / "index.html").as_posix()]
    for one in said["pages"]:
        assert one["sha256"] == hashlib.sha256(Path(one["file"]).read_bytes()).hexdigest()
    (directive,) = said["directives"]
    assert directive["file"] == PAGE
    assert directive["has_text"] is directive["has_ledger"] is True
    assert said["clean"] is not bool(directive["failing_or_missing"])
    assert result.exit_code == (0 if said["clean"] else 1)


def test_written_again_the_pages_are_the_same(run: Run, bicycles: Path, tmp_path: Path) -> None:
    call = ("review", str(bicycles), "--out", str(tmp_path / "out"), *ON)
    run(*call)
    first = {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()}
    run(*call)
    assert {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()} == first


def test_nothing_is_written_outside_its_folder(run: Run, bicycles: Path, tmp_path: Path) -> None:
    before = {one: one.stat().st_mtime_ns for one in tmp_path.rglob("*") if one.is_file()}
    run("review", str(bicycles), "--out", str(tmp_path / "deep" / "out"), *ON)
    after = {one: one.stat().st_mtime_ns for one in tmp_path.rglob("*") if one.is_file()}
    assert {one for one in after if after[one] != before.get(one)} == {
        tmp_path / "deep" / "out" / PAGE,
        tmp_path / "deep" / "out" / "index.html",
    }


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_it_did_not_write_is_left_alone_and_no_page_is_written(
    run: Run, bicycles: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    mine = tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    if kind == "file":
        (out / "index.html").write_text("<html>mine</html>", encoding="utf-8")
    elif kind == "folder":
        (out / "index.html").mkdir()
    else:
        (out / "index.html").symlink_to(mine)
    result = run("review", str(bicycles), "--out", str(out), *ON)
    assert result.exit_code == 2
    assert "TS680" in result.stderr
    assert [one.name for one in out.iterdir()] == ["index.html"]
    assert mine.read_text(encoding="utf-8") == "mine"


def test_one_directive_alone_has_its_page_and_no_list(run: Run, bicycles: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("review", str(bicycles), "--directive", "庁用自転車貸出要領", "--out", str(out), *ON)
    assert [one.name for one in out.iterdir()] == [PAGE]


def test_a_law_with_errors_gets_no_pages(run: Run, bicycles: Path, tmp_path: Path) -> None:
    norms = bicycles / "policy" / "bicycle-lending" / "2026-04-01" / "norms" / "lending.yaml"
    mangle(norms, "力: 努力", "力: 努める")
    result = run("review", str(bicycles), "--out", str(tmp_path / "out"), *ON)
    assert result.exit_code == 1
    assert "TS" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_wrong_call_is_told_so(run: Run, bicycles: Path, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    for wrong, code in (
        (("--directive", "庁用自転車貸出要綱"), "TS636"),
        (("--text", str(tmp_path / "nowhere")), "TS627"),
        (("--out", str(file)), "TS635"),
        (("--on", "令和8年13月1日"), "TS638"),
    ):
        result = run("review", str(bicycles), *wrong)
        assert result.exit_code == 2, wrong
        assert code in result.stderr
    assert not (Path.cwd() / "review").exists()


def test_the_page_opens_in_the_language_asked_for_and_tells_the_force_on_the_day(
    run: Run, bicycles: Path, tmp_path: Path
) -> None:
    run("review", str(bicycles), "--out", str(tmp_path), "--on", "2029-04-01", "--lang", "en")
    text = (tmp_path / PAGE).read_text(encoding="utf-8")
    assert '<html lang="en">' in text
    assert "On 1 April 2029: lapsed" in text
    assert "令和11年4月1日現在: 失効" in text


def test_pages_may_be_read_by_others_than_who_wrote_them(run: Run, bicycles: Path, tmp_path: Path) -> None:
    run("review", str(bicycles), "--out", str(tmp_path / "out"), *ON)
    if os.name == "posix":
        assert (tmp_path / "out" / PAGE).stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("folder", ["", "policy", "policy/bicycles", "features"])
def test_no_page_is_put_nowhere_or_into_the_law_itself(run: Run, bicycles: Path, folder: str) -> None:
    before = sorted(bicycles.rglob("*"))
    result = run("review", str(bicycles), "--out", str(bicycles / folder) if folder else "", *ON)
    assert result.exit_code == 2
    assert ("TS635" if folder else "TS622") in result.stderr
    assert sorted(bicycles.rglob("*")) == before
    assert not (Path.cwd() / "index.html").exists()
