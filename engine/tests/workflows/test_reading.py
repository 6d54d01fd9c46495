"""How workflows are gathered with the law, read, named and digested."""

from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml
from rounds import ISSUE, PLACE, ROUNDS

from tsutatsu.bundle import Bundle, read_bundle
from tsutatsu.diagnostics import Refused
from tsutatsu.ir.workflows import Workflow
from tsutatsu.passes.offer_words import offer_words
from tsutatsu.sealing import decode_node, digest, encode_node
from tsutatsu.syntax.fmt import format_keywords
from tsutatsu.syntax.schema import file_schema


def digest_of(law: Path, text: str) -> str:
    (law / PLACE).write_text(text, encoding="utf-8")
    return digest(encode_node(Workflow, Bundle.load(law).workflow("rounds")))


def test_a_workflow_goes_by_id_label_english_label_and_with_its_directive(law: Path) -> None:
    bundle = Bundle.load(law)
    for name in ("rounds", "見回りの一件", "one round", "sample/rounds"):
        assert bundle.workflow(name).id == "rounds"
        assert bundle.workflow(name, date(2025, 2, 1)).issued == date(2025, 1, 10)


def test_a_name_that_is_none_is_refused_with_the_nearest(law: Path) -> None:
    with pytest.raises(Refused) as refused:
        Bundle.load(law).workflow("round")
    assert [one.code for one in refused.value.findings] == ["TS830"]
    assert "rounds" in refused.value.findings[0].mend_ja


def test_a_law_without_workflows_has_none(law: Path) -> None:
    (law / PLACE).unlink()
    assert Bundle.load(law).workflows == () and read_bundle(law).findings == read_bundle(law).findings


def test_a_workflow_that_cannot_be_read_does_not_keep_the_law_from_judging(law: Path) -> None:
    (law / PLACE).write_text(ROUNDS.replace("から: [承認済]", "から: [承認ずみ]"), encoding="utf-8")
    bundle = Bundle.load(law)
    assert bundle.judgement("round").judgement == "round"
    with pytest.raises(Refused) as refused:
        _ = bundle.workflows
    assert {one.code for one in refused.value.findings} == {"TS205"}
    assert {one.code for one in bundle.workflow_findings} == {"TS205"}


def test_a_link_that_leads_out_of_the_workflows_is_not_followed(
    law: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text(ROUNDS.replace("id: rounds", "id: secret"), encoding="utf-8")
    (law / f"workflows/{ISSUE}/secret.yaml").symlink_to(outside)
    (law / "workflows/loop").symlink_to(law)
    bundle = Bundle.load(law)
    assert [one.code for one in bundle.workflow_findings] == ["TS317", "TS317"]
    with pytest.raises(Refused):
        _ = bundle.workflows


def test_hidden_files_are_left_aside(law: Path) -> None:
    (law / f"workflows/{ISSUE}/.rounds.yaml.swp").write_bytes(b"\x00")
    assert [one.id for one in Bundle.load(law).workflows] == ["rounds"]


def test_the_law_keeps_its_digest_whatever_its_workflows_say(law: Path) -> None:
    before = Bundle.load(law).digest
    (law / PLACE).write_text("手続: [", encoding="utf-8")
    assert Bundle.load(law).digest == before


def test_the_digest_is_of_what_a_workflow_says_not_of_how_it_is_written(law: Path) -> None:
    first = digest_of(law, ROUNDS)
    in_english = format_keywords(ROUNDS.encode(), PLACE, "workflow", "en")
    assert in_english is not None and in_english.edits
    assert digest_of(law, in_english.data.decode()) == first
    assert digest_of(law, "# 別の注釈\n" + ROUNDS.replace("\n", "\r\n")) == first
    assert digest_of(law, ROUNDS.replace("から: [承認済]", "から: [approved]")) == first
    assert digest_of(law, ROUNDS.replace("終点: true", "終点: true, 始め: false")) == first
    assert digest_of(law, ROUNDS.replace("名: 見回る", "名: 見回りに行く")) != first
    assert digest_of(law, ROUNDS.replace(", 義務済: true", "")) != first


def test_keywords_go_to_english_and_back_to_the_byte() -> None:
    there = format_keywords(ROUNDS.encode(), PLACE, "workflow", "en")
    assert there is not None
    text = there.data.decode()
    for word in ("workflow:", "states:", "actor_post", "{presence: absent}", "today", "hand: machine", "settled: true"):
        assert word in text
    for word in ("記す", "行為者の職", "有無", "今日", "起こす者"):
        assert word not in text
    back = format_keywords(there.data, PLACE, "workflow", "ja")
    assert back is not None and back.data == ROUNDS.encode()


def test_a_workflow_survives_its_canonical_text(law: Path) -> None:
    workflow = Bundle.load(law).workflow("rounds")
    assert decode_node(Workflow, encode_node(Workflow, workflow)) == workflow


def test_workflows_are_read_by_the_law_with_a_forces_provisions_and_by_the_law_known_earlier(shipped: Bundle) -> None:
    force = shipped.forces[0].id
    assert [one.id for one in shipped.under(force).workflows] == [one.id for one in shipped.workflows]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("から: [承認済]", "から: 承認済"),
        ("記す: {報告日: 今日}", "書く: {報告日: 今日}"),
        ("時間帯: 夜間, 承認者", "時間帯: 深夜, 承認者"),
        ("判断: [round]", "判断: [rounds]"),
        ("起こす者: 機械", "起こす者: 猫"),
        ("要件: {正当な承認: true}", "要件: {正当な承認: はい}"),
    ],
)
def test_the_schema_takes_the_sample_and_refuses_what_the_reader_refuses(law: Path, old: str, new: str) -> None:
    words = offer_words(Bundle.load(law).at("sample", date(2025, 2, 1)))
    check = jsonschema.Draft202012Validator(file_schema("workflow", words))
    assert old in ROUNDS
    assert not list(check.iter_errors(yaml.safe_load(ROUNDS)))
    assert list(check.iter_errors(yaml.safe_load(ROUNDS.replace(old, new, 1))))
    (law / PLACE).write_text(ROUNDS.replace(old, new, 1), encoding="utf-8")
    assert Bundle.load(law).workflow_findings
