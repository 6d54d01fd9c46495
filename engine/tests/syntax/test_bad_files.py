"""Each bad file says on its own lines what is found there; nothing else is found, and nothing is missed."""

import re
from pathlib import Path

import pytest

from tsutatsu.syntax.yaml_reader import read_yaml

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_gets_the_findings_written_in_it(path: Path) -> None:
    lines = path.read_text("utf-8").split("\n")
    expected = {
        (number, code)
        for number, line in enumerate(lines, 1)
        if (said := re.search(r"# error: (TS\d+(?: TS\d+)*)", line))
        for code in said[1].split()
    }
    found = read_yaml(path.read_bytes(), path.name).findings
    assert {(finding.where.line, finding.code) for finding in found} == expected
    assert all(finding.where.file == path.name for finding in found)
    assert all(1 <= finding.where.column <= len(lines[finding.where.line - 1]) + 1 for finding in found)
