"""A law folder: what belongs in it, what is in force when, and how judgements and directives are named."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from tsutatsu.bundle import Bundle, read_bundle
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import FORCE
from tsutatsu.sealing import digest_of, seal

SAMPLE = Path(__file__).parent / "sample"
VERSION = Path("policy/sample/2025-01-10")


@pytest.fixture
def law(tmp_path: Path) -> Path:
    """A copy of the sample law that a test may change."""
    shutil.copytree(SAMPLE, tmp_path / "law")
    return tmp_path / "law"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def codes(root: Path) -> dict[str, str]:
    return {one.code: one.where.file for one in read_bundle(root).findings}


def test_a_folder_without_policy_is_named(tmp_path: Path) -> None:
    assert codes(tmp_path) == {"TS309": str(tmp_path)}


def test_missing_files_and_missing_norms_are_found(law: Path) -> None:
    (law / VERSION / "judgements.yaml").unlink()
    shutil.rmtree(law / VERSION / "norms")
    assert {"TS308", "TS319"} <= set(codes(law))


@pytest.mark.parametrize("stray", ["norm/extra.yaml", "vocabulari.yaml", "norms/deep/extra.yaml", "norms/extra.yml"])
def test_a_file_that_would_not_be_read_is_an_error(law: Path, stray: str) -> None:
    (law / VERSION / stray).parent.mkdir(parents=True, exist_ok=True)
    (law / VERSION / stray).write_text("規範: []\n", encoding="utf-8")
    assert codes(law) == {"TS313": f"{VERSION}/{stray}"}
    assert read_bundle(law).bundle is None


def test_a_link_that_leads_out_of_the_law_is_refused(law: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("規範: []\n", encoding="utf-8")
    (law / VERSION / "norms/outside.yaml").symlink_to(outside)
    assert codes(law) == {"TS317": f"{VERSION}/norms/outside.yaml"}


def test_unknown_names_are_refused_with_the_nearest(law: Path) -> None:
    bundle = Bundle.load(law)
    with pytest.raises(Refused, match=r"TS315.*近いもの: 「夜の見回り」"):
        bundle.judgement("夜の見周り")
    with pytest.raises(Refused, match="TS314"):
        bundle.directive("手引き")
    assert bundle.directive("Night rounds guide") == "sample"
    assert str(bundle.judgement("night round")) == "sample/round"


def test_a_name_in_two_directives_must_be_qualified(law: Path) -> None:
    shutil.copytree(law / "policy/sample", law / "policy/other")
    edit(law / "policy/other/2025-01-10/directive.yaml", "見本第1号", "見本第2号")
    bundle = Bundle.load(law)
    with pytest.raises(Refused, match="TS316"):
        bundle.judgement("round")
    assert bundle.judgement("other/round").directive == "other"
    assert bundle.judgement("round", "夜間見回りの手引").directive in bundle.ids


def newer(law: Path) -> Path:
    shutil.copytree(law / VERSION, law / "policy/sample/2026-04-01")
    edit(law / "policy/sample/2026-04-01/directive.yaml", "日: 令和7年1月10日", "日: 令和8年4月1日")
    edit(law / "policy/sample/2026-04-01/directive.yaml", "見本第1号", "見本第9号")
    edit(law / "policy/sample/2026-04-01/directive.yaml", "5, まで: 令和12年", "5, まで: 令和14年")
    return law / "policy/sample/2026-04-01"


def test_a_newer_issue_ends_the_older_on_its_eve(law: Path) -> None:
    newer(law)
    bundle = Bundle.load(law)
    old, new = bundle.versions("sample")
    assert old.clock[FORCE].end == date(2026, 3, 31)
    assert old.superseded is not None and old.superseded.issued == date(2026, 4, 1)
    assert bundle.at("sample", date(2026, 3, 31)) is old
    assert bundle.at("sample", date(2026, 4, 1)) is new
    assert bundle.at("sample", date(2020, 1, 1)) is old


def test_a_repeal_by_number_and_date_ends_the_repealed(law: Path) -> None:
    newer(law)
    shutil.move(law / "policy/sample/2026-04-01", law / "policy/replacing/2026-04-01")
    head = law / "policy/replacing/2026-04-01/directive.yaml"
    head.write_text(head.read_text("utf-8") + "廃止: [{番号: 見本第1号, 日: 令和7年1月10日}]\n", encoding="utf-8")
    old = Bundle.load(law).at("sample", date(2026, 5, 1))
    assert old.superseded is not None and old.superseded.by == "replacing"
    assert old.clock[FORCE].end == date(2026, 3, 31)


def test_a_repeal_of_the_same_title_with_another_number_repeals_nothing(law: Path) -> None:
    newer(law)
    shutil.move(law / "policy/sample/2026-04-01", law / "policy/replacing/2026-04-01")
    head = law / "policy/replacing/2026-04-01/directive.yaml"
    head.write_text(head.read_text("utf-8") + "廃止: [{番号: 見本第7号, 日: 令和7年1月10日}]\n", encoding="utf-8")
    assert codes(law) == {"TS318": "policy/replacing/2026-04-01/directive.yaml"}
    assert Bundle.load(law).at("sample", date(2026, 5, 1)).superseded is None


def test_an_end_printed_earlier_than_the_replacement_stays(law: Path) -> None:
    newer(law)
    edit(law / VERSION / "directive.yaml", "一種, まで: 令和12年3月31日", "一種, まで: 令和7年12月31日")
    old = Bundle.load(law).versions("sample")[0]
    assert old.clock[FORCE].end == date(2025, 12, 31) and old.superseded is None


def test_known_goes_back_to_what_was_sealed_by_that_day(law: Path) -> None:
    first = Bundle.load(law).versions("sample")[0]
    seal(first, law / VERSION)
    edit(law / VERSION / "directive.yaml", "改訂: 1, 日: 2026-11-20", "改訂: 2, 日: 2026-12-01")
    edit(law / VERSION / "norms/all.yaml", "場合: {時間帯: 夜間}", "場合: {時間帯: 昼間}")
    bundle = Bundle.load(law)
    assert bundle.at("sample", date(2026, 12, 5)).revision.number == 2
    assert bundle.at("sample", date(2026, 12, 5), known=date(2026, 11, 30)) == first
    with pytest.raises(Refused, match="TS320"):
        bundle.at("sample", date(2026, 12, 5), known=date(2026, 11, 1))


def test_the_digest_is_of_what_is_said_not_of_how_it_is_written(law: Path) -> None:
    before = Bundle.load(law).digest
    file = law / VERSION / "norms/all.yaml"
    file.write_bytes(b"\xef\xbb\xbf# a comment\r\n" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert Bundle.load(law).digest == before
    edit(file, "時間帯: 夜間", "時間帯: 昼間")
    assert Bundle.load(law).digest != before


def test_keywords_in_english_say_the_same(law: Path) -> None:
    before = Bundle.load(law).digest
    text = "\n".join(
        [
            "readings:",
            "  - {id: 代行, provision: 第1, issue: {ja: 代行できるか。, en: May one act?},",
            "     reading: {甲: {ja: できる, en: 'yes'}, 乙: {ja: できない, en: 'no'}}, taken: undecided}",
            "  - {id: 存続, provision: 第2, issue: {ja: 残るか。, en: Does it survive?},",
            "     reading: {甲: {ja: 残る, en: 'yes'}, 乙: {ja: 残らない, en: 'no'}}, taken: undecided}",
        ]
    )
    (law / VERSION / "readings.yaml").write_text(text, encoding="utf-8")
    assert Bundle.load(law).digest == before


def test_a_repeal_by_another_circular_leaves_digest_and_seal_alone(law: Path) -> None:
    before = Bundle.load(law)
    digest = digest_of(before.encodings[0])
    seal(before.encodings[0], law / VERSION)
    newer(law)
    after = Bundle.load(law)
    old = after.versions("sample")[0]
    assert old.superseded is not None
    assert digest_of(after.encoding(old)) == digest
    assert seal(after.encoding(old), law / VERSION).is_file()
    assert after.with_digest(digest) is old


def test_a_linked_folder_and_a_folder_named_like_a_file_are_refused(law: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "more.yaml").write_text("規範: []\n", encoding="utf-8")
    (law / VERSION / "norms" / "linked").symlink_to(tmp_path / "elsewhere")
    (law / VERSION / "norms" / "folder.yaml").mkdir()
    found = {one.where.file for one in read_bundle(law).findings if one.code == "TS317"}
    assert {f"{VERSION}/norms/linked", f"{VERSION}/norms/folder.yaml"} <= found


def test_two_circulars_of_one_number_and_day_are_found(law: Path) -> None:
    shutil.copytree(law / "policy/sample", law / "policy/twin")
    assert codes(law) == {"TS321": "policy/twin/2025-01-10"}


@pytest.mark.parametrize(("number", "day"), [("見本第1号", "令和7年1月10日"), ("見本第9号", "令和7年2月1日")])
def test_a_repeal_of_itself_or_of_a_later_one_is_found(law: Path, number: str, day: str) -> None:
    head = law / VERSION / "directive.yaml"
    head.write_text(head.read_text("utf-8") + f"廃止: [{{番号: {number}, 日: {day}}}]\n", encoding="utf-8")
    assert codes(law) == {"TS322": "policy/sample/2025-01-10/directive.yaml"}
