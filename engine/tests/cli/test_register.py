"""``tsutatsu register``: what is in force, what a lapsed circular leaves behind, what circulars say of each other."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

Run = Callable[..., Result]
SAMPLE = Path(__file__).parents[1] / "language" / "sample"
OLD = "policy/sample/2025-01-10/directive.yaml"
NEW = "policy/naming/2026-04-01"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """The sample law and a later circular that names it, a statute, and one that is nowhere."""
    law = tmp_path / "law"
    shutil.copytree(SAMPLE, law)
    shutil.copytree(law / "policy/sample/2025-01-10", law / NEW)
    head = (law / OLD).read_text("utf-8")
    for old, new in (
        ("夜間見回りの手引", "見回りの報告の手引"),
        ("Night rounds guide", "Reporting on rounds"),
        ("令和7年1月10日", "令和8年4月1日"),
        ("見本第1号", "見本第9号"),
        ("5, まで: 令和12年", "5, まで: 令和14年"),
        ("一種, まで: 令和12年", "一種, まで: 令和14年"),
    ):
        assert old in head
        head = head.replace(old, new)
    named = """廃止:
  - {番号: 見本第0号, 日: 令和6年1月10日, 題: 旧い手引, 条項: 前文, 読み: 存続/甲}
参照:
  - {番号: 見本第1号, 日: 令和7年1月10日, 題: 夜間見回りの手引, 条項: 第1}
  - {番号: 令和元年法律第999号, 題: 見回り法, 条項: 第2}
"""
    (law / NEW / "directive.yaml").write_text(head + named, encoding="utf-8")
    return law


def entries(run: Run, law: Path, *more: str) -> dict[str, dict[str, Any]]:
    told = json.loads(run("register", str(law), "--json", *more).stdout)
    return {one["id"]: one for one in told["directives"]}


def test_the_tree_marks_what_is_known_by_name_only(run: Run, two: Path, same: Callable[[str, str], None]) -> None:
    shown = run("register", str(two), "--on", "2026-05-11", "--relations")
    assert shown.exit_code == 0, shown.output
    assert shown.stdout.count("［名のみ］") == 2
    same("register-relations", shown.stdout)
    same("register-relations-en", run("register", str(two), "--on", "2026-05-11", "--relations", "--lang", "en").stdout)


def test_the_graph_is_nodes_and_edges_for_programs(run: Run, two: Path) -> None:
    graph = json.loads(run("register", str(two), "--on", "2026-05-11", "--relations", "--json").stdout)
    nodes = {one["key"]: one for one in graph["nodes"]}
    assert {(key, one["stub"]) for key, one in nodes.items()} == {
        ("naming/2026-04-01", False),
        ("sample/2025-01-10", False),
        ("見本第0号(2024-01-10)", True),
        ("令和元年法律第999号", True),
    }
    assert nodes["sample/2025-01-10"]["force"] == "in_force"
    assert nodes["見本第0号(2024-01-10)"]["force"] is None
    edges = [(one["relation"], one["target"], one["provision"], one["side"]) for one in graph["edges"]]
    assert edges == [
        ("repeals", "見本第0号(2024-01-10)", "前文", "甲"),
        ("cites", "sample/2025-01-10", "第1", None),
        ("cites", "令和元年法律第999号", "第2", None),
    ]
    assert all(one["source"] in nodes and one["target"] in nodes for one in graph["edges"])


def test_what_lapsed_tells_what_survives_and_who_still_names_it(
    run: Run, two: Path, same: Callable[[str, str], None]
) -> None:
    lapsed = entries(run, two, "--on", "2030-04-01")["sample"]
    assert lapsed["force"] == "lapsed"
    assert [(one["norms"], one["reading"], one["side"]) for one in lapsed["survivors"]] == [(["report"], "存続", "甲")]
    assert [(one["id"], one["relation"], one["provision"]) for one in lapsed["named_by"]] == [
        ("naming", "cites", "第1")
    ]
    same("register-lapsed", run("register", str(two), "--on", "2030-04-01").stdout)
    soon = run("register", str(two), "--on", "2030-03-01", "--within", "31d").stdout
    assert "影響する: 「見回りの報告の手引」第1（参照）" in soon and "失効後も残る定め" in soon
    assert "規範1件、条項1か所。第2" in soon
    assert entries(run, two, "--on", "2032-04-01")["sample"]["named_by"] == []  # the other has lapsed too


def test_norms_and_provisions_that_survive_are_counted_each_for_itself(run: Run) -> None:
    line = ("register", "--on", "2030-12-01")
    told = "".join(run(*line).stdout.split())
    found = json.loads(run(*line, "--json").stdout)["directives"]
    (many,) = [each["norms"] for one in found if one["id"] == "wearable-camera" for each in one["survivors"]]
    _, _, listed = told.partition(f"規範{len(many)}件、条項")
    count, _, rest = listed.partition("か所。")
    provisions = rest.partition("有効期間の印字")[0].split("、")
    assert int(count) == len(provisions) == len(set(provisions)) < len(many)
    assert any(one.endswith("別記様式の欄1") for one in provisions) and not any("様式様式" in one for one in provisions)
    english = " ".join(run(*line, "--lang", "en").stdout.split())
    assert f"{len(many)} norms in {count} provisions: " in english


def test_a_reading_decided_the_other_way_leaves_nothing_behind(run: Run, two: Path) -> None:
    readings = two / "policy/sample/2025-01-10/readings.yaml"
    text = readings.read_text("utf-8")
    before, mark, after = text.partition("id: 存続")
    for side, norms in (("甲", [["report"]]), ("乙", [])):
        readings.write_text(
            before
            + mark
            + after.replace("採る: 未定", f"採る: {side}, 決めた者: 見本庁総務課長, 決めた日: 2026-05-01"),
            encoding="utf-8",
        )
        found = entries(run, two, "--on", "2030-04-01")["sample"]["survivors"]
        assert [one["norms"] for one in found] == norms
        assert all(one["reading"] is None for one in found)


def test_the_retention_is_counted_again_beside_the_print(run: Run, two: Path) -> None:
    kept = entries(run, two, "--on", "2026-05-11")["sample"]["retention"]
    assert kept == {
        "years": 5,
        "printed": "令和12年3月31日",
        "counting": "next_fiscal_year",
        "counted": ["2030-03-31", "2030-12-31"],
    }
    assert "印字と一致" in run("register", str(two)).stdout
    for printed, said in (("令和12年12月31日", "翌年から5年を数えて印字と一致"), ("令和13年3月31日", "印字と合わない")):
        head = two / OLD
        text = head.read_text("utf-8")
        head.write_text(text.replace("5, まで: 令和12年3月31日", f"5, まで: {printed}"), encoding="utf-8")
        assert said in run("register", str(two)).stdout
        head.write_text(text, encoding="utf-8")


def test_the_end_of_retention_can_be_asked_for_instead_of_the_end_of_effect(run: Run, two: Path) -> None:
    head = two / OLD
    text = head.read_text("utf-8")
    head.write_text(text.replace("一種, まで: 令和12年", "一種, まで: 令和9年"), encoding="utf-8")
    for day, plain, kept in (("2027-03-01", ["sample"], []), ("2030-03-01", [], ["sample"])):
        assert list(entries(run, two, "--on", day, "--within", "30日")) == plain
        assert list(entries(run, two, "--on", day, "--within", "30日", "--retention")) == kept
    assert list(entries(run, two, "--on", "2030-03-01", "--within", "29d", "--retention")) == []
    assert "満了する" in run("register", str(two), "--on", "2030-03-01", "--within", "30d", "--retention").stdout


def test_a_circular_without_a_printed_end_runs_with_a_caveat(run: Run, two: Path) -> None:
    head = two / OLD
    text = head.read_text("utf-8")
    head.write_text(text.replace("有効期間: {種別: 一種, まで: 令和12年3月31日}\n", ""), encoding="utf-8")
    one = entries(run, two, "--on", "2099-01-01")["sample"]
    assert one["force"] == "in_force_no_end" and one["last_day"] is None
    assert "印字されていない" in one["caveats"][0]["ja"]
    assert "留意: この通達には有効期間の終期が印字されていない。" in run("register", str(two)).stdout


@pytest.mark.parametrize(
    ("directive", "on", "force"),
    [
        ("wearable-camera", "2026-03-31", "in_force"),
        ("wearable-camera", "2026-11-20", "lapsed"),
        ("cyber-renkei", "2024-03-31", "in_force"),
        ("cyber-renkei", "2026-11-20", "lapsed"),
        ("anzen-network", "2026-11-20", "in_force_no_end"),
        ("junkai-renraku", "2026-11-20", "in_force"),
        ("keikai-kuhaku", "2029-04-01", "lapsed"),
    ],
)
def test_the_shipped_circulars_stand_as_they_are_printed(run: Run, directive: str, on: str, force: str) -> None:
    told = json.loads(run("register", "--json", "--on", on).stdout)["directives"]
    (one,) = [each for each in told if each["id"] == directive]
    assert one["force"] == force
    assert one["retention"] is None or one["retention"]["counting"] == "next_fiscal_year"
