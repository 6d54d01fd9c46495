"""Bad workflows, each stating its own expected finding."""

import re
from pathlib import Path

import pytest
from rounds import ISSUE, PLACE, ROUNDS, findings_in

from tsutatsu.diagnostics import CATALOGUE, Diagnostic
from tsutatsu.passes.gather import File

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))
MARK = re.compile(r"# error: (TS\d{3})(?: (\S+))?$")


def marks(text: str) -> dict[tuple[int, str], str | None]:
    return {(n, mark[1]): mark[2] for n, line in enumerate(text.splitlines(), 1) if (mark := MARK.search(line))}


def told(findings: list[Diagnostic]) -> set[str]:
    return {one.code for one in findings}


def test_the_sample_workflow_is_clean() -> None:
    assert findings_in(File(PLACE, ROUNDS.encode())) == []


@pytest.mark.parametrize("bad", BAD, ids=lambda p: p.stem)
def test_a_bad_workflow_gets_exactly_the_finding_it_states(bad: Path) -> None:
    text = bad.read_text(encoding="utf-8")
    place = text.splitlines()[0].removeprefix("# file: ")
    expected = marks(text)
    assert expected, "the bad file states no expectation"
    found = {(one.where.line, one.code): one for one in findings_in(File(place, text.encode()))}
    assert set(found) == set(expected)
    for at, hint in expected.items():
        assert not hint or hint in found[at].ja + found[at].mend_ja
        assert found[at].where.file == place
        assert found[at].en and found[at].mend_en and found[at].where.column >= 1


def test_every_finding_about_workflows_is_tried() -> None:
    stated = {code for bad in BAD for _, code in marks(bad.read_text(encoding="utf-8"))}
    elsewhere = {"TS800", "TS815", "TS830", "TS831", "TS832"}  # below, and in test_reading and test_showing
    assert {code for code in CATALOGUE if "TS800" <= code < "TS840"} - elsewhere <= stated


@pytest.mark.parametrize(
    "place",
    [
        "workflows/rounds.yaml",
        f"workflows/{ISSUE}/rounds.yml",
        f"workflows/{ISSUE}/more/rounds.yaml",
        "workflows/sample/today/rounds.yaml",
        f"workflows/{ISSUE}/notes.txt",
    ],
)
def test_a_file_in_the_wrong_place_is_found(place: str) -> None:
    assert told(findings_in(File(place, ROUNDS.encode()))) == {"TS800"}


def test_a_workflow_of_an_issue_that_is_not_there_is_found() -> None:
    assert told(findings_in(File("workflows/sample/2025-01-11/rounds.yaml", ROUNDS.encode()))) == {"TS815"}


def test_a_link_to_a_workflow_that_cannot_be_read_is_not_found_a_second_time() -> None:
    linked = ROUNDS.replace("起こす者: 機械, 義務済: true", "起こす者: 機械, 別件: {other: [済]}")
    broken = ROUNDS.replace("id: rounds", "id: other").replace("入力: [代行命令]", "入力: [代行の命令]")
    found = findings_in(File(PLACE, linked.encode()), File(f"workflows/{ISSUE}/other.yaml", broken.encode()))
    assert told(found) == {"TS204"}


def test_two_workflows_of_one_name_are_found() -> None:
    other = ROUNDS.replace("id: rounds", "id: other")
    found = findings_in(File(PLACE, ROUNDS.encode()), File(f"workflows/{ISSUE}/other.yaml", other.encode()))
    assert told(found) == {"TS212"}


@pytest.mark.parametrize(
    "data", [b"", b"\x00", b"\xff\xfe", "手続: [".encode(), "手続:\n".encode(), b"- 1\n", b"a: &b c\n"]
)
def test_bytes_that_state_no_workflow_are_found_and_never_a_traceback(data: bytes) -> None:
    assert findings_in(File(PLACE, data))
