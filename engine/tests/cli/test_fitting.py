"""`schema --check`: a JSON document held against a published schema, misfits told with their places in words."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tsutatsu.cli.fitting import misfits
from tsutatsu.cli.frame import tsutatsu

LAW = Path(__file__).parents[1] / "language" / "sample"
FACTS = {"時間帯": "夜間", "承認者の職": "課長", "見回りの日": "2025-02-01"}


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(tsutatsu, list(words))
    return done.exit_code, done.output


def test_an_answer_of_ours_fits_its_schema(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text(json.dumps(FACTS), encoding="utf-8")
    code, answer = run("judge", "夜の見回り", str(facts), str(LAW), "--on", "2025-02-01", "--json")
    assert code == 0
    file = tmp_path / "answer.json"
    file.write_text(answer, encoding="utf-8")
    assert run("schema", "answer", "--check", str(file))[0] == 0


def test_each_misfit_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(json.dumps({"format": "x", "extra": 1}), encoding="utf-8")
    code, said = run("schema", "receipt", "--check", str(file))
    assert code == 1
    assert "TS654" in said
    assert "extra" in said
    assert "がない" in said


@pytest.mark.parametrize(
    ("document", "path", "word"),
    [
        ({"a": 1}, "$.a", "型が string でない"),
        ({"a": "x", "c": 1}, "$", "c は使えない"),
        ({}, "$", "a がない"),
        ({"a": "x", "b": ["no"]}, "$.b[0]", "次のどれかでない: yes・maybe"),
    ],
)
def test_a_misfit_is_said_in_words(document: object, path: str, word: str) -> None:
    schema = {
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"type": "string"}, "b": {"type": "array", "items": {"enum": ["yes", "maybe"]}}},
        "additionalProperties": False,
    }
    (found,) = misfits(document, schema, "file.json")
    assert found.code == "TS654"
    assert found.ja.startswith(path)
    assert word in found.ja
    assert found.en
