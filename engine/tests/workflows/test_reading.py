"""How workflows are gathered with the law, read, named and digested."""

from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml
from calling import call
from rounds import ISSUE, PLACE, ROUNDS

from tsutatsu.bundle import Bundle, read_bundle
from tsutatsu.diagnostics import Refused
from tsutatsu.ir.workflows import ACTOR, POST, Handling, Workflow
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


WHO = ROUNDS.replace("代行命令]", "代行命令, 見回る者]").replace(
    "要件: {正当な承認: true}",
    "要件: {いずれか: [{行為者の職: [課長, 係長]}, {否: {行為者の職: 課長}}], 別人: [行為者, 見回る者]}",
)


def test_guards_ask_who_acts_in_either_language_and_know_the_posts_they_name(law: Path) -> None:
    first = digest_of(law, WHO)
    workflow = Bundle.load(law).workflow("rounds")
    assert [one.words.ja for one in workflow.posts] == ["課長", "係長"]
    assert workflow.event["approve"].asks_who == {ACTOR, POST} and not workflow.event["go"].asks_who
    assert decode_node(Workflow, encode_node(Workflow, workflow)) == workflow
    in_english = format_keywords(WHO.encode(), PLACE, "workflow", "en")
    assert in_english is not None
    for word in ("actor_post: [課長, 係長]", "not: {actor_post: 課長}", "different: [actor, 見回る者]"):
        assert word in in_english.data.decode()
    back = format_keywords(in_english.data, PLACE, "workflow", "ja")
    assert back is not None and back.data == WHO.encode()
    assert digest_of(law, in_english.data.decode()) == first
    assert (
        digest_of(law, WHO.replace("[行為者, 見回る者]", "[actor, walker]").replace("[課長, 係長]", "[chief, clerk]"))
        == first
    )
    assert digest_of(law, WHO.replace("[課長, 係長]", "[課長]")) != first


def test_a_workflow_says_who_may_waive_and_correct_and_tells_it(law: Path) -> None:
    who = (
        "  できる者: {訂正: {同人: [行為者, 見回る者]}, 免除: {行為者の職: 課長}, 結付け: {行為者の職: {有無: あり}}}\n"
    )
    first = digest_of(law, WHO + who)
    workflow = Bundle.load(law).workflow("rounds")
    assert [one.handling for one in workflow.allowed] == [Handling.CORRECT, Handling.WAIVE, Handling.LINK]
    assert first != digest_of(law, WHO)
    in_english = format_keywords((WHO + who).encode(), PLACE, "workflow", "en")
    assert in_english is not None
    assert (
        "allowed: {corrected: {same: [actor, 見回る者]}, waived: {actor_post: 課長}, joined" in in_english.data.decode()
    )
    assert digest_of(law, in_english.data.decode()) == first
    said = call("show", "rounds", str(law)).output
    assert "義務を免除する：行為者の職が「課長」" in said


def test_a_post_is_one_of_the_list_that_all_circulars_share(law: Path) -> None:
    posts = law / "policy/common/posts.yaml"
    posts.write_text(posts.read_text(encoding="utf-8") + "  guard: {和: 警備員, 英: guard}\n", encoding="utf-8")
    digest_of(law, WHO.replace("[課長, 係長]", "[警備員, guard, 課長]"))
    assert [one.words.ja for one in Bundle.load(law).workflow("rounds").posts] == ["課長", "警備員"]
    (law / PLACE).write_text(WHO.replace("[課長, 係長]", "その他"), encoding="utf-8")
    assert [one.code for one in Bundle.load(law).workflow_findings] == ["TS207"]


def test_no_term_of_a_circular_can_be_called_what_guards_ask_of_whoever_acts(law: Path) -> None:
    vocabulary = law / f"policy/{ISSUE}/vocabulary.yaml"
    text = vocabulary.read_text(encoding="utf-8")
    for old, new in (
        ("名: 見回る者", "名: 行為者"),
        ("英: who makes the round", "英: actor"),
        ("  walker:", "  actor_post:"),
    ):
        vocabulary.write_text(text.replace(old, new), encoding="utf-8")
        assert {one.code for one in read_bundle(law).findings} == {"TS213"}


def test_the_schema_of_a_workflow_offers_who_acts_and_no_other_file_does(law: Path) -> None:
    words = offer_words(Bundle.load(law).at("sample", date(2025, 2, 1)))
    check = jsonschema.Draft202012Validator(file_schema("workflow", words))
    assert not list(check.iter_errors(yaml.safe_load(WHO)))
    assert "行為者の職" not in file_schema("norms", words)["$defs"]["condition"]["properties"]


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
