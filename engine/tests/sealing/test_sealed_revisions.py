"""Sealed revisions: written once, never over, and used only while their digest is right."""

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest
from specimen import DIRECTIVE

from tsutatsu.diagnostics import Refused
from tsutatsu.ir import Directive
from tsutatsu.sealing import digest_of, read_sealed, seal


def revised(number: int, day: date = DIRECTIVE.revision.day, **more: object) -> Directive:
    return replace(DIRECTIVE, revision=replace(DIRECTIVE.revision, number=number, day=day), **more)  # type: ignore[arg-type]


def refusal(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        act()
    return [one.code for one in refused.value.findings]


def problems(folder: Path) -> list[str]:
    return [one.code for one in read_sealed(folder).findings]


def test_what_is_sealed_is_read_back_with_its_digest(tmp_path: Path):
    file = seal(DIRECTIVE, tmp_path)
    assert file == tmp_path / "sealed" / "r1.json"
    sealed = read_sealed(tmp_path)
    assert sealed.findings == ()
    assert sealed.directives == (DIRECTIVE,)
    assert sealed.revisions[0].digest == digest_of(DIRECTIVE) == json.loads(file.read_bytes())["digest"]
    assert [entry.name for entry in file.parent.iterdir()] == ["r1.json"]


def test_sealing_the_same_again_changes_nothing(tmp_path: Path):
    file = seal(DIRECTIVE, tmp_path)
    before = file.stat().st_mtime_ns, file.read_bytes()
    assert seal(DIRECTIVE, tmp_path) == file
    assert (file.stat().st_mtime_ns, file.read_bytes()) == before


def test_another_content_under_a_sealed_number_is_refused(tmp_path: Path):
    file = seal(DIRECTIVE, tmp_path)
    before = file.read_bytes()
    assert refusal(lambda: seal(replace(DIRECTIVE, norms=DIRECTIVE.norms[1:]), tmp_path)) == ["TS606"]
    assert file.read_bytes() == before


def test_revisions_are_read_in_the_order_of_their_numbers(tmp_path: Path):
    for number in (1, 2, 10):
        seal(revised(number), tmp_path)
    assert [one.directive.revision.number for one in read_sealed(tmp_path).revisions] == [1, 2, 10]


def test_an_earlier_revision_cannot_be_added_later(tmp_path: Path):
    seal(revised(3), tmp_path)
    assert refusal(lambda: seal(revised(2), tmp_path)) == ["TS607"]
    assert refusal(lambda: seal(revised(4, DIRECTIVE.revision.day - timedelta(days=1)), tmp_path)) == ["TS607"]
    seal(revised(4), tmp_path)
    assert seal(revised(3), tmp_path).name == "r3.json"


def test_another_directive_is_refused(tmp_path: Path):
    seal(DIRECTIVE, tmp_path)
    assert refusal(lambda: seal(revised(2, id="another"), tmp_path)) == ["TS608"]


@pytest.mark.parametrize("number", [0, -1, 10**6])
def test_a_number_that_names_no_file_is_refused(tmp_path: Path, number: int):
    assert refusal(lambda: seal(revised(number), tmp_path)) == ["TS610"]
    assert not (tmp_path / "sealed").exists()


def test_an_altered_seal_is_found_out_and_left_unused(tmp_path: Path):
    file = seal(DIRECTIVE, tmp_path)
    file.write_bytes(file.read_bytes().replace("課長".encode(), "署長".encode()))
    assert problems(tmp_path) == ["TS611"]
    assert read_sealed(tmp_path).directives == ()
    assert refusal(lambda: seal(DIRECTIVE, tmp_path)) == ["TS611"]


@pytest.mark.parametrize("ending", [b"", b"\n", b"\r\n"])
def test_line_ends_do_not_matter(tmp_path: Path, ending: bytes):
    file = seal(DIRECTIVE, tmp_path)
    file.write_bytes(file.read_bytes().rstrip() + ending)
    assert problems(tmp_path) == []


def test_a_seal_in_another_spelling_is_found_out(tmp_path: Path):
    file = seal(DIRECTIVE, tmp_path)
    file.write_text(json.dumps(json.loads(file.read_bytes()), ensure_ascii=False, indent=1), encoding="utf-8")
    assert problems(tmp_path) == ["TS603"]


def test_a_seal_under_another_number_is_found_out(tmp_path: Path):
    file = seal(DIRECTIVE, tmp_path)
    file.rename(file.with_name("r2.json"))
    assert problems(tmp_path) == ["TS610"]


@pytest.mark.parametrize("name", ["r01.json", "R1.json", "notes.json", "r1 (copy).json"])
def test_a_stray_file_among_seals_is_found_out_and_the_rest_is_read(tmp_path: Path, name: str):
    file = seal(DIRECTIVE, tmp_path)
    file.with_name(name).write_bytes(file.read_bytes())
    assert problems(tmp_path) == ["TS610"]
    assert read_sealed(tmp_path).directives == (DIRECTIVE,)


def test_a_folder_named_like_a_seal_is_found_out(tmp_path: Path):
    (tmp_path / "sealed" / "r1.json").mkdir(parents=True)
    assert problems(tmp_path) == ["TS610"]


@pytest.mark.parametrize("content", [b"", b"{}", b"\0" * 10, b"[" * 100_000, b'{"format":9}'])
def test_rubbish_gives_a_finding_that_names_the_file(tmp_path: Path, content: bytes):
    (tmp_path / "sealed").mkdir()
    (tmp_path / "sealed" / "r1.json").write_bytes(content)
    (found,) = read_sealed(tmp_path).findings
    assert found.code in {"TS602", "TS604", "TS605"}
    assert found.where.file.endswith("sealed/r1.json")


def test_nothing_sealed_is_no_fault(tmp_path: Path):
    assert read_sealed(tmp_path / "nowhere").revisions == ()
    assert problems(tmp_path / "nowhere") == []


def test_a_folder_that_cannot_be_written_gives_a_finding(tmp_path: Path):
    (tmp_path / "sealed").write_text("a file stands where the folder should")
    assert refusal(lambda: seal(DIRECTIVE, tmp_path)) == ["TS609"]


def test_two_who_seal_at_once_cannot_overwrite_each_other(tmp_path: Path):
    contents = [replace(DIRECTIVE, header=replace(DIRECTIVE.header, issuer=f"庁{n}")) for n in range(6)]
    outcomes: list[str] = []

    def attempt(directive: Directive) -> None:
        try:
            seal(directive, tmp_path)
            outcomes.append(digest_of(directive))
        except Refused as refused:
            outcomes.append(refused.findings[0].code)

    threads = [Thread(target=attempt, args=(one,)) for one in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (kept,) = read_sealed(tmp_path).revisions
    assert sorted(outcomes) == sorted(["TS606"] * 5 + [kept.digest])
    assert [entry.name for entry in (tmp_path / "sealed").iterdir()] == ["r1.json"]


@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX has them")
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o644)])
def test_what_is_written_is_open_to_nobody_whom_the_mask_shuts_out_and_to_no_other_writer(
    tmp_path: Path, mask: int, mode: int
):
    before = os.umask(mask)
    try:
        seal(DIRECTIVE, tmp_path)
    finally:
        os.umask(before)
    (sealed,) = (one for one in tmp_path.rglob("*") if one.is_file())
    assert sealed.stat().st_mode & 0o777 == mode
