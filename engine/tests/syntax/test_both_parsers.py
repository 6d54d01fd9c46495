"""Where PyYAML was built without libyaml the same is read and the same is found."""

from pathlib import Path

import pytest
import yaml

from tsutatsu.syntax import yaml_reader
from tsutatsu.syntax.yaml_reader import ReadFile, read_yaml

BAD = sorted((Path(__file__).parent / "bad").glob("*.yaml"))


def read_in_python(data: bytes, monkeypatch: pytest.MonkeyPatch) -> ReadFile:
    with monkeypatch.context() as patch:
        patch.setattr(yaml_reader, "LOADER", yaml.SafeLoader)
        return read_yaml(data, "x")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_both_parsers_lead_to_the_same_findings(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, fast = read_in_python(path.read_bytes(), monkeypatch), read_yaml(path.read_bytes(), "x")
    assert slow.node == fast.node or not (slow.sound or fast.sound)
    assert [(d.code, d.where.line) for d in slow.findings] == [(d.code, d.where.line) for d in fast.findings]


def test_what_the_python_parser_trips_over_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    (finding,) = read_in_python(b'a: "\\U00110000"\n', monkeypatch).findings
    assert finding.code == "TS143"
    (finding,) = read_in_python(b'a: "\\ud800"\n', monkeypatch).findings
    assert finding.code == "TS105"
