"""`fmt` rewrites keywords and nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tsutatsu.bundle import Bundle, shipped_root
from tsutatsu.cli.commands.fmt import kind_of
from tsutatsu.passes.gather import gather_files
from tsutatsu.syntax.fmt import format_keywords
from tsutatsu.syntax.keywords import BY_WORD, KEYWORDS

Run = Callable[..., Any]
NORMS = "policy/bicycle-lending/2026-04-01/norms/lending.yaml"


def policy(root: Path) -> dict[str, bytes]:
    return {file.path: file.data for file in gather_files(root).files}


def test_there_and_back_again_gives_the_same_bytes_and_the_same_law(run: Run, law: Path) -> None:
    before, digest = policy(law), Bundle.load(law).digest
    assert run("fmt", "--keywords", "en", str(law)).exit_code == 0
    english = policy(law)
    assert english != before
    assert Bundle.load(law).digest == digest
    assert run("fmt", str(law)).exit_code == 0
    assert policy(law) == before


def test_the_shipped_law_survives_there_and_back_again() -> None:
    for path, data in policy(shipped_root()).items():
        kind = kind_of(path)
        assert kind is not None, path
        there = format_keywords(data, path, kind, "en")
        assert there is not None
        back = format_keywords(there.data, path, kind, "ja")
        assert back is not None
        assert back.data == data, path
        assert len(back.edits) == len(there.edits)


def test_the_shipped_law_says_the_same_in_english_keywords(tmp_path: Path) -> None:
    for path, data in policy(shipped_root()).items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        formatted = format_keywords(data, path, kind_of(path) or "", "en")
        assert formatted is not None
        file.write_bytes(formatted.data)
    assert Bundle.load(tmp_path).digest == Bundle.load(shipped_root()).digest


@pytest.mark.parametrize(("mark", "ending"), [(b"", b"\n"), (b"\xef\xbb\xbf", b"\r\n"), (b"\xef\xbb\xbf", b"\n")])
def test_comments_order_blanks_and_line_ends_stay(mark: bytes, ending: bytes) -> None:
    text = (
        "# 規範の注釈: 義務\n規範:\n  - id: 義務   # 義務という id\n    条項: 第1\n    力:   義務\n"
        "    要約: {英: 義務, 和: 義務を負う}\n\n"
        "    場合: {'すべて': [{用語A: {以上: {用語: 義務}}}, {語: true}],\n"
        "           用語B: [なし, {あり: {否: {用語C: {有無: あり}}}}]}\n"
    )
    data = mark + text.encode().replace(b"\n", ending)
    done = format_keywords(data, "x", "norms", "en")
    assert done is not None
    expected = (
        "# 規範の注釈: 義務\nnorms:\n  - id: 義務   # 義務という id\n    provision: 第1\n    force:   duty\n"
        "    summary: {en: 義務, ja: 義務を負う}\n\n"
        "    when: {'all': [{用語A: {at_least: {terms: 義務}}}, {語: true}],\n"
        "           用語B: [なし, {あり: {not: {用語C: {presence: present}}}}]}\n"
    )
    assert done.data == mark + expected.encode().replace(b"\n", ending)


def test_check_rewrites_nothing_and_names_the_place(run: Run, law: Path) -> None:
    before = policy(law)
    clean = run("fmt", "--check", str(law))
    assert clean.exit_code == 0
    assert "揃っている" in clean.stdout
    result = run("fmt", "--check", "--keywords", "en", str(law))
    assert result.exit_code == 1
    assert "TS643" in result.stderr
    assert policy(law) == before
    listed = json.loads(run("fmt", "--check", "--keywords", "en", str(law), "--json").stdout)
    assert NORMS in {one["file"] for one in listed}


def test_a_file_that_cannot_be_read_is_found_and_nothing_is_written(run: Run, law: Path) -> None:
    before = policy(law)
    (law / NORMS).write_text("規範: [\n", encoding="utf-8")
    result = run("fmt", "--keywords", "en", str(law))
    assert result.exit_code == 1
    assert "TS1" in result.stderr
    after = policy(law)
    assert {path: data for path, data in after.items() if path != NORMS} == {
        path: data for path, data in before.items() if path != NORMS
    }


def test_each_keyword_has_one_word_in_each_language() -> None:
    assert len(BY_WORD) == len({k.ja for k in KEYWORDS} | {k.en for k in KEYWORDS})
    assert all(re.fullmatch(r"[a-z_]+", k.en) for k in KEYWORDS)
