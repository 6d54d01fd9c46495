"""What circulars say of each other: one graph, stubs for what is not at hand, findings where something is wrong."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from circulars import circular, citing, printed
from hypothesis import given
from hypothesis import strategies as st

from tsutatsu.bundle import Bundle, read_bundle
from tsutatsu.diagnostics import Severity
from tsutatsu.ir import Citation, Directive, Printed, Relation
from tsutatsu.passes.find_relations import find_relations
from tsutatsu.passes.relate import key_of, relate

SAMPLE = Path(__file__).parent / "sample"
OLD = circular("旧", date(2024, 4, 1))
STATUTE = Citation("令和元年法律第999号", Printed("", None), "見本法", "第1")


def found(*directives: Directive) -> list[str]:
    return [one.code for one in find_relations(directives)]


def test_the_graph_holds_every_circular_and_every_statute_once() -> None:
    misspelt = Citation("令和元年法律第９９９号", Printed("", None), "見本の法", "第2")
    new = circular("新", date(2025, 4, 1), repeals=(citing(OLD),), amends=(), cites=(STATUTE, misspelt))
    graph = relate([OLD, new])
    (statute,) = [one for one in graph.instruments if one.stub]
    assert (statute.number, statute.titles) == ("令和元年法律第999号", ("見本法", "見本の法"))
    assert [(one.relation, one.target) for one in graph.out(key_of(new))] == [
        (Relation.REPEALS, key_of(OLD)),
        (Relation.CITES, statute.key),
        (Relation.CITES, statute.key),
    ]
    assert [one.source for one in graph.into(key_of(OLD))] == [key_of(new)]
    assert graph.of(statute.key) is statute and graph.of(key_of(OLD)).directive is OLD


def test_a_title_alone_never_names_a_circular_at_hand() -> None:
    by_title = Citation("", Printed("", None), OLD.header.title.ja, "前文")
    undated = Citation(OLD.header.number, Printed("", None))
    graph = relate([OLD, circular("新", date(2025, 4, 1), cites=(by_title, undated))])
    assert [one.titles for one in graph.instruments if one.stub] == [("旧の手引",), ()]


@given(st.permutations(range(4)), st.integers(0, 3))
def test_circulars_that_repeal_each_other_in_a_circle_are_refused(order: list[int], shift: int) -> None:
    days = [date(2024, 4, 1 + one) for one in order]
    plain = [circular(f"第{n}", day) for n, day in enumerate(days)]
    ring = [circular(f"第{n}", day, repeals=(citing(plain[(n + 1 + shift) % 4]),)) for n, day in enumerate(days)]
    wrong = [one for one in find_relations(ring) if one.severity is Severity.ERROR]
    assert wrong and {one.code for one in wrong} == {"TS322"}
    Bundle.of(ring).directives  # noqa: B018  placing them comes to an end all the same


def test_what_is_only_cited_may_be_unknown() -> None:
    unknown = citing(circular("遠", date(2020, 4, 1)))
    assert found(circular("新", date(2025, 4, 1), cites=(unknown, STATUTE))) == []
    assert found(circular("新", date(2025, 4, 1), repeals=(unknown,))) == ["TS318"]
    assert found(circular("新", date(2025, 4, 1), amends=(unknown,))) == ["TS394"]
    severities = {one.severity for one in find_relations([circular("新", date(2025, 4, 1), amends=(unknown,))])}
    assert severities == {Severity.ADVICE}


@pytest.mark.parametrize(
    ("number", "day", "code"),
    [
        ("見本旧第1号", date(2024, 4, 1), None),
        ("見本旧第1号", date(2024, 4, 2), "TS393"),
        ("旧第1号", date(2024, 4, 1), "TS393"),
        ("見本旧第2号", date(2024, 4, 1), "TS318"),
    ],
)
def test_a_slip_in_number_or_day_is_told(number: str, day: date, code: str | None) -> None:
    new = circular("新", date(2025, 4, 1), repeals=(Citation(number, printed(day)),))
    assert found(OLD, new) == ([code] if code else [])


def test_a_circular_of_the_same_day_may_be_cited_but_neither_amended_nor_itself() -> None:
    twin = circular("双", date(2024, 4, 1))
    assert found(OLD, circular("新", date(2024, 4, 1), cites=(citing(twin),)), twin) == []
    assert found(twin, circular("新", date(2024, 4, 1), amends=(citing(twin),))) == ["TS391"]
    itself = circular("双", date(2024, 4, 1), cites=(citing(twin),))
    assert found(itself) == ["TS392"]


def test_a_repeal_of_a_circular_at_hand_on_an_open_reading_is_told() -> None:
    assert found(OLD, circular("新", date(2025, 4, 1), repeals=(citing(OLD, "甲"),))) == ["TS395"]
    assert found(OLD, circular("新", date(2025, 4, 1), repeals=(citing(OLD, "甲"),), taken="乙")) == []


def test_a_number_that_two_joint_circulars_bear_is_told() -> None:
    joint = circular("連", date(2024, 4, 1), other_numbers=("見本旧第１号",))
    assert found(OLD, joint) == ["TS321"]


def test_a_finding_stands_on_the_line_of_the_citation(tmp_path: Path) -> None:
    law = tmp_path / "law"
    shutil.copytree(SAMPLE, law)
    head = law / "policy/sample/2025-01-10/directive.yaml"
    text = head.read_text("utf-8")
    head.write_text(
        text + "廃止:\n  - {番号: 見本第0号, 日: 令和6年1月10日, 条項: 前文, 読み: 存続/丙}\n参照: [{条項: 第1}]\n",
        encoding="utf-8",
    )
    lines = len(text.splitlines())
    told = [(one.code, one.where.file, one.where.line - lines) for one in read_bundle(law).findings]
    file = "policy/sample/2025-01-10/directive.yaml"
    assert told == [("TS318", file, 2), ("TS205", file, 2), ("TS390", file, 3)]


def test_relations_written_in_english_say_the_same(tmp_path: Path) -> None:
    for name, text in (
        ("ja", "改正: [{番号: 甲第1号, 日: 令和6年1月10日, 題: 甲, 条項: 前文}]\n参照: [{題: 乙}]\n"),
        (
            "en",
            "amends: [{number: 甲第1号, day: 令和6年1月10日, heading: 甲, provision: 前文}]\ncites: [{heading: 乙}]\n",
        ),
    ):
        shutil.copytree(SAMPLE, tmp_path / name)
        head = tmp_path / name / "policy/sample/2025-01-10/directive.yaml"
        head.write_text(head.read_text("utf-8") + text, encoding="utf-8")
    ja, en = (Bundle.load(tmp_path / name) for name in ("ja", "en"))
    assert ja.digest == en.digest != Bundle.load(SAMPLE).digest
    assert [one.title for one in ja.directives[0].header.named(Relation.CITES)] == ["乙"]
