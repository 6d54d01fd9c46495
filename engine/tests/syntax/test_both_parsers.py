"""Where PyYAML was built without libyaml the same is read and the same is found."""

from pathlib import Path

import pytest

from tsutatsu.syntax import yaml_reader
from tsutatsu.syntax.python_parser import PythonLoader
from tsutatsu.syntax.yaml_reader import ReadFile, read_yaml

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.yaml"))
SOUND = sorted((HERE.parent / "language" / "sample").rglob("*.yaml"))


def read_in_python(data: bytes, monkeypatch: pytest.MonkeyPatch) -> ReadFile:
    with monkeypatch.context() as patch:
        patch.setattr(yaml_reader, "LOADER", PythonLoader)
        return read_yaml(data, "x")


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_both_parsers_lead_to_the_same_findings(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, fast = read_in_python(path.read_bytes(), monkeypatch), read_yaml(path.read_bytes(), "x")
    assert slow.node == fast.node or not (slow.sound or fast.sound)
    assert [(d.code, d.where.line) for d in slow.findings] == [(d.code, d.where.line) for d in fast.findings]


@pytest.mark.parametrize("path", SOUND, ids=lambda path: path.stem)
def test_both_parsers_read_a_sound_file_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, fast = read_in_python(path.read_bytes(), monkeypatch), read_yaml(path.read_bytes(), "x")
    assert fast.sound and fast.node is not None
    assert slow == fast


@pytest.mark.parametrize(
    "text", ["{a: b?}", "{a: b?c, d: e}", "{a: b ? c}", "[a?, b]", "{a?: b}", "{a:?}", "{a: ?b}", "a: b? # c", "a?: b"]
)
def test_a_question_mark_is_read_alike(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    slow, fast = read_in_python(text.encode(), monkeypatch), read_yaml(text.encode(), "x")
    assert slow.sound == fast.sound
    assert slow.node == fast.node or not fast.sound


def test_what_the_python_parser_trips_over_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    (finding,) = read_in_python(b'a: "\\U00110000"\n', monkeypatch).findings
    assert finding.code == "TS143"
    (finding,) = read_in_python(b'a: "\\ud800"\n', monkeypatch).findings
    assert finding.code == "TS105"
