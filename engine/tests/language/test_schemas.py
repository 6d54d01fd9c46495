"""The JSON Schemas that editors use: they accept the law, refuse what the reader refuses, and offer its own words."""

from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tsutatsu.bundle import Bundle
from tsutatsu.passes.offer_words import offer_words
from tsutatsu.syntax.grammar import FILES
from tsutatsu.syntax.schema import file_schema

SAMPLE = Path(__file__).parent / "sample"
VERSION = SAMPLE / "policy/sample/2025-01-10"


class CoreSchema(yaml.CSafeLoader):
    """YAML 1.2's plain values, as editors read them: dates and yes/no stay text."""


CoreSchema.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in rules if tag.endswith((":int", ":null"))]
    for first, rules in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
CoreSchema.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile("^(?:true|false)$"), list("tf"))


def read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=CoreSchema)


def schema_of(kind: str) -> dict[str, Any]:
    return file_schema(kind, offer_words(Bundle.load(SAMPLE).at("sample", date(2025, 2, 1))))


@pytest.mark.parametrize("kind", sorted(FILES))
def test_every_schema_is_a_schema(kind: str) -> None:
    jsonschema.Draft202012Validator.check_schema(file_schema(kind))
    jsonschema.Draft202012Validator.check_schema(schema_of(kind))


@pytest.mark.parametrize("kind", ["directive", "vocabulary", "norms", "judgements", "readings"])
def test_the_law_fits_its_schema(kind: str) -> None:
    file = VERSION / ("norms/all.yaml" if kind == "norms" else f"{kind}.yaml")
    jsonschema.Draft202012Validator(schema_of(kind)).validate(read(file))


@pytest.mark.parametrize(
    "edit",
    [
        {"場合": {"時間対": "夜間"}},
        {"場合": {"時間帯": "深夜"}},
        {"要件": {"正当な承認": "課長"}},
        {"要件": {"読み": "代行/丙"}},
        {"力": "命令"},
        {"場所": "第1"},
    ],
)
def test_a_slip_the_reader_refuses_is_refused_by_the_schema(edit: dict[str, Any]) -> None:
    document = read(VERSION / "norms/all.yaml")
    document["規範"][0] |= edit
    assert not jsonschema.Draft202012Validator(schema_of("norms")).is_valid(document)


def test_a_schema_completes_the_directives_own_words() -> None:
    condition = schema_of("norms")["$defs"]["condition"]
    assert {"時間帯", "round.band", "正当な承認", "すべて", "all"} <= set(condition["properties"])
    assert "夜間" in condition["properties"]["時間帯"]["anyOf"][0]["enum"]
