"""A fact is put right only by someone who could say it; otherwise what only some may say could be said by anyone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from tsutatsu.bundle import Bundle
from tsutatsu.cases import Actor, Done, Grounds, Holding, Refusal, Store
from tsutatsu.cases.audit.keys import Signer
from tsutatsu.diagnostics import Refused

AT = datetime(2025, 8, 4, 9)
_REFUSED = ("TS851", "TS881", "TS882")
OFFICER, CHIEF, CLERK, CITIZEN = (
    Actor(post or "市民", "", (Holding(post),) if post else ())
    for post in ("カメラ装着警察官", "運用主任者", "運用担当者", "")
)
PURPOSE = {"利用目的": "職務執行状況の事後的な確認", "現に起きた犯罪又は事故": False, "法令に基づく場合": False}
PRESENCE = {
    "立会人の立場": "運用主任者が指定した職員",
    "立会いの方法": "その場",
    "立会いの時間": "終始",
    "閲覧に使う機器": "管理用パソコン",
}


@pytest.fixture
def viewing(tmp_path: Path, signer: Signer) -> Iterator[Store]:
    """A viewing that has been approved, and nobody designated yet to be present."""
    law = Bundle.default()
    with Store.new(tmp_path / "cases.sqlite", Grounds(law, law.workflows), signer) as store:
        store.start("viewing", OFFICER, AT, name="V")
        assert isinstance(store.do("V", "申請する", OFFICER, PURPOSE, AT), Done)
        assert isinstance(store.do("V", "承認する", CHIEF, {}, AT), Done)
        yield store


def code(run: Callable[[], object]) -> str:
    with pytest.raises(Refused) as raised:
        run()
    return raised.value.findings[0].code


def put_right(store: Store, actor: Actor, **facts: object) -> Done:
    return store.correct("V", actor, facts, AT, reason="誤記")


def test_nobody_makes_himself_the_designated_witness(viewing: Store) -> None:
    for who in (CITIZEN, CLERK, OFFICER):
        assert code(lambda who=who: put_right(viewing, who, 立会いを指定された者=CLERK.id)) in _REFUSED
    came = viewing.do("V", "立ち会う", CLERK, PRESENCE, AT)
    assert isinstance(came, Refusal)


def test_whoever_may_designate_puts_the_designation_right(viewing: Store) -> None:
    assert isinstance(viewing.do("V", "立ち会う職員を指定する", CHIEF, {"立会いを指定された者": "誰か"}, AT), Done)
    assert code(lambda: put_right(viewing, CLERK, 立会いを指定された者=CLERK.id)) in _REFUSED
    put_right(viewing, CHIEF, 立会いを指定された者=CLERK.id)
    assert isinstance(viewing.do("V", "立ち会う", CLERK, PRESENCE, AT), Done)


def test_what_only_an_event_writes_is_not_said_by_hand_before_it_either(viewing: Store) -> None:
    assert code(lambda: put_right(viewing, CHIEF, 立会人=CHIEF.id)) == "TS851"
    assert code(lambda: put_right(viewing, CHIEF, 承認した者の氏名="別の者")) == "TS851"


def test_what_anyone_could_say_is_put_right_by_whom_the_workflow_names(viewing: Store) -> None:
    """The purpose that was approved is not changed afterwards by whoever asked for it."""
    for who in (OFFICER, CLERK):
        assert code(lambda who=who: put_right(viewing, who, 利用目的="証拠の保全")) == "TS882"
    put_right(viewing, CHIEF, 利用目的="証拠の保全")
    assert viewing.case("V").facts["use.purpose"] == "evidence"


def test_that_something_was_not_so_may_be_put_on_record(viewing: Store) -> None:
    """What the law then says of it is another matter; only what is asked of whoever acts is looked at."""
    put_right(viewing, CHIEF, 利用目的="その他")
    assert isinstance(viewing.do("V", "立ち会う", CHIEF, {**PRESENCE, "立会人の立場": "運用主任者"}, AT), Refusal)
