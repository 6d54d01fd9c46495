"""Terms of the vocabulary that no norm uses: one that a workflow uses bears on its cases."""

from pathlib import Path

from rounds import PLACE, ROUNDS

from tsutatsu.bundle import read_bundle
from tsutatsu.passes.find_loose_ends import UNUSED_TERM


def unused(law: Path) -> list[str]:
    return [one.ja for one in read_bundle(law).findings if one.code == UNUSED_TERM and "見回る者" in one.ja]


def test_a_term_that_no_norm_and_no_workflow_uses_is_found(law: Path) -> None:
    assert len(unused(law)) == 1
    (law / PLACE).unlink()
    assert len(unused(law)) == 1


def test_a_term_that_a_workflow_is_told_writes_or_asks_of_is_used(law: Path) -> None:
    for before, after in (
        ("入力: [代行命令]", "入力: [代行命令, 見回る者]"),
        ("記す: {見回りの日: 今日, ", "記す: {見回りの日: 今日, 見回る者: 行為者, "),
        ("要件: {正当な承認: true}", "要件: {正当な承認: true, 別人: [行為者, 見回る者]}"),
    ):
        assert before in ROUNDS
        (law / PLACE).write_text(ROUNDS.replace(before, after), encoding="utf-8")
        assert unused(law) == [], after


def test_a_term_stays_found_where_the_workflow_cannot_be_read(law: Path) -> None:
    (law / PLACE).write_text(ROUNDS.replace("入力: [代行命令]", "入力: [代行命令, 見回る者, 誰]"), encoding="utf-8")
    assert len(unused(law)) == 1
