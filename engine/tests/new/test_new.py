"""What ``tsutatsu new`` writes: the head as printed, gaps for the rest, a ledger, drafts; and it overwrites nothing."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from tsutatsu.bundle import read_bundle
from tsutatsu.diagnostics import CATALOGUE, Severity
from tsutatsu.text import Role, read_text

Run = Callable[..., Any]
FOLDER = "policy/evening-rooms/2026-04-01"


def begun(run: Run, text: Path, root: Path, *args: str) -> Path:
    """The folder of the circular that was begun."""
    result = run("new", str(text), "--into", str(root), *args)
    assert result.exit_code == 0, result.output
    (folder,) = (root / "policy").glob("*/*")
    return folder


def head_of(folder: Path) -> dict[str, Any]:
    head: dict[str, Any] = yaml.load((folder / "directive.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)
    return head


def codes(root: Path) -> list[str]:
    return [one.code for one in read_bundle(root).findings]


def uncommented(text: str) -> str:
    """The text with its drafts as an officer would uncomment them."""
    kept = [line for line in text.splitlines() if not line.startswith("  # ── ")]
    return "\n".join(re.sub("^  # ", "  ", line) for line in kept) + "\n"


def test_the_head_is_as_printed_and_the_rest_is_left_open(run: Run, sample: Path, tmp_path: Path) -> None:
    head = head_of(begun(run, sample, tmp_path, "--encoded", "2026-11-20"))
    assert head["通達"] == "会議室の夜間貸出しについて（通達）"
    assert head["英"] == ""
    assert head["発出"] == {"日": "令和8年4月1日", "者": "架空市総務部長", "番号": "架総第21号"}
    assert head["宛先"] == ["各課長", "各支所長"]
    assert head["有効期間"] == {"種別": "一種", "まで": "令和14年3月31日"}
    assert head["原議保存期間"] == {"年": "5", "まで": "令和14年3月31日"}
    (repealed,) = head["廃止"]
    assert (repealed["番号"], repealed["日"], repealed["条項"]) == ("架総第8号", "令和3年3月25日", "前文/なお書")
    assert head["符号化"]["日"] == "2026-11-20"


def test_the_only_error_is_the_gap_and_once_it_is_filled_there_is_none(run: Run, sample: Path, tmp_path: Path) -> None:
    folder = begun(run, sample, tmp_path)
    reading = read_bundle(tmp_path)
    assert [one.code for one in reading.findings if one.severity is Severity.ERROR] == ["TS670"]
    directive = folder / "directive.yaml"
    directive.write_text(re.sub("(?m)^英:.*", "英: Rooms", directive.read_text(encoding="utf-8")), encoding="utf-8")
    assert read_bundle(tmp_path).bundle is not None
    checked = run("check", str(tmp_path), "--lang", "en")
    assert checked.exit_code == 0
    assert checked.stdout.count("TS672") == 1
    assert "7 passages are carried by nothing yet. Next: 記/1." in checked.stdout
    assert run("ledger", str(tmp_path), "--missing").stdout.count("TS359") == 7


def test_no_sentence_of_the_text_is_written_down(run: Run, sample: Path, tmp_path: Path) -> None:
    folder = begun(run, sample, tmp_path)
    written = "".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.yaml"))
    document = read_text(sample.read_bytes(), "x.txt")
    sentences = [one.text for _, one in document.passages() if one.role in (Role.MAIN, Role.PROVISO, Role.NOTE)]
    assert len(sentences) >= 9
    assert not [one for one in sentences if one in written]


def test_drafts_have_the_provision_and_force_and_uncommented_only_gaps(run: Run, sample: Path, tmp_path: Path) -> None:
    folder = begun(run, sample, tmp_path)
    for file in (folder / "norms").iterdir():
        file.write_text(uncommented(file.read_text(encoding="utf-8")), encoding="utf-8")
    norms = yaml.load((folder / "norms/1-below-02.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)["規範"]
    told = [(one["条項"], one["力"]) for one in norms]
    assert told == [("記/2/(1)", "許可"), ("記/2/(2)", "義務"), ("記/2/(3)/本文", "禁止"), ("記/2/(4)", "努力")]
    assert norms[2]["ただし"][0]["条項"] == "記/2/(3)/ただし書"
    errors = {one.code for one in read_bundle(tmp_path).findings if one.severity is Severity.ERROR}
    assert errors == {"TS670"}


def test_nothing_that_is_there_is_touched(run: Run, sample: Path, tmp_path: Path) -> None:
    begun(run, sample, tmp_path)
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    again = run("new", str(sample), "--into", str(tmp_path), "--encoded", "2020-01-01")
    assert again.exit_code == 2
    assert "TS676" in again.stderr
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_features_that_are_there_stop_it_before_a_file_is_written(run: Run, sample: Path, tmp_path: Path) -> None:
    kept = tmp_path / "features/evening-rooms/2026-04-01/kept.feature"
    kept.parent.mkdir(parents=True)
    kept.write_text("# mine\n", encoding="utf-8")
    assert "TS676" in run("new", str(sample), "--into", str(tmp_path)).stderr
    assert not (tmp_path / "policy").exists()
    assert kept.read_text(encoding="utf-8") == "# mine\n"


def test_a_second_circular_and_another_issue_stand_beside_the_first(run: Run, sample: Path, tmp_path: Path) -> None:
    for args in ((), ("--id", "other"), ("--issued", "令和8年5月1日")):
        assert run("new", str(sample), "--into", str(tmp_path), *args).exit_code == 0
    assert sorted(one.relative_to(tmp_path).as_posix() for one in (tmp_path / "policy").glob("*/*")) == [
        FOLDER,
        "policy/evening-rooms/2026-05-01",
        "policy/other/2026-04-01",
    ]


def test_programs_get_the_files_the_gaps_and_the_passages_in_order(run: Run, sample: Path, tmp_path: Path) -> None:
    told = json.loads(run("new", str(sample), "--into", str(tmp_path), "--json").stdout)
    assert (told["id"], told["issued"], told["gaps"]) == ("evening-rooms", "2026-04-01", ["英"])
    assert all((tmp_path / path).is_file() for path in told["files"])
    lines = [one["line"] for one in told["to_do"]]
    assert lines == sorted(lines)
    assert [one["force"] for one in told["to_do"]] == [None, "許可", "義務", "禁止", None, "努力", "義務"]
    assert told["to_do"][0]["file"].endswith("vocabulary.yaml")
    assert all(one["file"] in told["files"] for one in told["to_do"])


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_it_ends_with_commands_that_run(run: Run, sample: Path, tmp_path: Path, lang: str) -> None:
    shown = run("new", str(sample), "--into", str(tmp_path), "--lang", lang).stdout
    lines = re.findall(r"(?m)^  tsutatsu (.*?)   #", shown)
    assert len(lines) == 3
    for line in lines:
        assert run(*line.split()).exit_code in (0, 1)


@pytest.mark.parametrize(
    ("name", "args", "code"),
    [
        ("会議室.txt", (), "TS673"),
        ("-", (), "TS673"),
        ("evening-rooms.txt", ("--id", "夜間"), "TS674"),
        ("evening-rooms.txt", ("--id", "../x"), "TS674"),
        ("evening-rooms.txt", ("--id", ""), "TS674"),
        ("evening-rooms.txt", ("--id", "local"), "TS674"),
        ("common.txt", (), "TS674"),
        ("evening-rooms.txt", ("--id", "com1"), "TS674"),
        ("nul.txt", (), "TS674"),
        ("evening-rooms.txt", ("--into", ""), "TS622"),
        ("evening-rooms.txt", ("--issued", "昨日"), "TS638"),
        ("nowhere.txt", (), "TS627"),
    ],
)
def test_a_wrong_call_says_what_is_right(
    run: Run, sample: Path, *, name: str, args: tuple[str, ...], code: str
) -> None:
    law = sample.parent / "law"
    place = name if name == "-" else str(sample.with_name(name))
    if name not in ("-", "nowhere.txt"):
        sample.with_name(name).write_bytes(sample.read_bytes())
    result = run("new", place, "--into", str(law), *args, stdin=sample.read_bytes())
    assert result.exit_code == 2
    assert code in result.stderr
    assert not law.exists()


def test_where_one_file_cannot_be_written_none_is_left(
    run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tsutatsu.cli.commands import new

    def full(file: Path, content: bytes) -> bool:
        if file.name == "readings.yaml":
            raise OSError(28, "No space left on device")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        return True

    monkeypatch.setattr(new, "write_once", full)
    result = run("new", str(sample), "--into", str(tmp_path / "law"))
    assert result.exit_code == 2
    assert "TS635" in result.stderr
    assert [one for one in (tmp_path / "law").rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
def test_an_interrupted_beginning_leaves_nothing(
    run: Run, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: type[BaseException]
) -> None:
    from tsutatsu.cli.commands import new

    whole = new.write_once

    def stopped(file: Path, content: bytes) -> bool:
        if file.name == "vocabulary.yaml":
            raise stop
        return whole(file, content)

    monkeypatch.setattr(new, "write_once", stopped)
    assert run("new", str(sample), "--into", str(tmp_path / "law")).exit_code != 0
    assert [one for one in (tmp_path / "law").rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("link", ["policy", "policy/evening-rooms", FOLDER, "features", f"{FOLDER}/norms"])
def test_nothing_is_written_through_a_link(run: Run, sample: Path, tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place = tmp_path / "law" / link
    place.parent.mkdir(parents=True)
    place.symlink_to(elsewhere)
    result = run("new", str(sample), "--into", str(tmp_path / "law"))
    assert result.exit_code == 2
    assert "TS635" in result.stderr or "TS676" in result.stderr
    assert list(elsewhere.iterdir()) == []
    assert [one for one in (tmp_path / "law").rglob("*") if one.is_file()] == []


@pytest.mark.parametrize("taken", ["dangling", "folder"])
def test_where_a_name_is_taken_nothing_is_left_behind(run: Run, sample: Path, tmp_path: Path, taken: str) -> None:
    place = tmp_path / FOLDER / "ledger.yaml"
    if taken == "folder":
        place.mkdir(parents=True)
    else:
        place.parent.mkdir(parents=True)
        place.symlink_to(tmp_path / "nowhere.yaml")
    result = run("new", str(sample), "--into", str(tmp_path))
    assert result.exit_code == 2
    assert "TS676" in result.stderr
    assert [one.name for one in (tmp_path / "policy").rglob("*.yaml")] == ["ledger.yaml"]
    assert not (tmp_path / "nowhere.yaml").exists()


def test_a_circular_of_any_allowed_id_is_read_back(run: Run, sample: Path, tmp_path: Path) -> None:
    for name in ("sealed", "norms", "true", "on", "123"):
        root = tmp_path / name
        assert run("new", str(sample), "--into", str(root), "--id", name).exit_code == 0
        assert codes(root) == codes(tmp_path / "sealed") != []


def test_a_character_that_cannot_be_written_is_shown_in_the_text(run: Run, sample: Path, tmp_path: Path) -> None:
    text = sample.read_text(encoding="utf-8")
    sample.write_text(text.replace("夜間貸出しについて（", "夜間\u200b貸出しについて（"), encoding="utf-8")
    result = run("new", str(sample), "--into", str(tmp_path / "law"))
    assert result.exit_code == 1
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "夜間貸出しについて（" in each)
    assert "TS678" in result.stderr and f"{sample.name}:{line}" in result.stderr.replace("\n", "")


def test_a_place_that_cannot_be_written_is_told(run: Run, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("new", str(sample), "--into", str(tmp_path / "file"))
    assert result.exit_code == 2
    assert "TS635" in result.stderr


@pytest.mark.skipif(os.name != "posix", reason="a terminal is made as POSIX has it")
def test_at_a_terminal_what_is_missing_is_asked_for(sample: Path, tmp_path: Path) -> None:
    import pty

    bare = sample.with_name("会議室.txt")
    bare.write_text("貸出しについて（通達）\n\n次のとおり行う。\n\n1 貸出し\n\n係員は、貸し出す。\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    os.write(ours, "rooms\n令和8年4月1日\n".encode())
    done = subprocess.run(
        [sys.executable, "-m", "tsutatsu", "new", str(bare), "--into", str(tmp_path)],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=False,
    )
    os.close(theirs)
    os.close(ours)
    assert done.returncode == 0
    assert (tmp_path / "policy/rooms/2026-04-01/directive.yaml").is_file()


def test_a_circular_without_judgements_answers_no_question_and_says_so(run: Run, sample: Path, tmp_path: Path) -> None:
    folder = begun(run, sample, tmp_path)
    directive = folder / "directive.yaml"
    directive.write_text(re.sub("(?m)^英:.*", "英: Rooms", directive.read_text(encoding="utf-8")), encoding="utf-8")
    for line in (
        "show {}",
        "show evening-rooms {}",
        "register {} --on 2026-05-01",
        "find 鍵 {}",
        "steps {}",
        "test {}",
        "schema --write {}",
        "fmt --keywords en {}",
        "facts evening-rooms {}",
        "judge evening-rooms {} --question 効力 --on 2026-05-01",
    ):
        result = run(*line.format(tmp_path).split())
        assert result.exit_code in (0, 1, 2), line
    assert "TS679" in result.stderr
    scenario = (
        "\n  @記/1\n  シナリオ: 効力\n"
        "    もし 「会議室の夜間貸出しについて（通達）」の効力を令和8年5月1日について判断する\n    ならば 効力がある\n"
    )
    with next(tmp_path.rglob("*.feature")).open("a", encoding="utf-8") as feature:
        feature.write(scenario)
    assert "TS679" in run("test", str(tmp_path)).stdout or run("test", str(tmp_path)).exit_code == 1


def test_an_empty_list_is_advice_and_an_empty_value_an_error(tmp_path: Path, run: Run, sample: Path) -> None:
    begun(run, sample, tmp_path)
    assert codes(tmp_path).count("TS671") == 7
    assert codes(tmp_path).count("TS670") == 1
    assert CATALOGUE["TS671"].severity is Severity.ADVICE
