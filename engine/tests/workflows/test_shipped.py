"""The workflows that ship: clean, and saying of each circular what it says."""

import re

import pytest

from tsutatsu.bundle import Bundle
from tsutatsu.cli.workflows import workflow_findings
from tsutatsu.ir.workflows import Hand, Stamp

FIRST = {"night-visit", "visit-card", "footage-file", "provision", "viewing", "exceptional-erasure"}


def test_nothing_is_found_in_the_shipped_workflows(shipped: Bundle) -> None:
    assert workflow_findings(shipped) == []
    assert {one.id for one in shipped.workflows} >= FIRST


def test_everything_that_people_read_is_in_both_languages(shipped: Bundle) -> None:
    for workflow in shipped.workflows:
        for words in (workflow.words, workflow.subject, *(one.words for one in (*workflow.states, *workflow.events))):
            assert re.search("[ぁ-んァ-ヶ一-龠]", words.ja) and re.fullmatch("[ -~]+", words.en), (workflow.id, words)


@pytest.mark.parametrize("name", ["provide", "provide-on-duty"])
def test_provision_is_judged_by_the_law_and_notes_who_when_and_what_is_owed(shipped: Bundle, name: str) -> None:
    event = shipped.workflow("provision").event[name]
    assert event.judgements == ("provide",)
    written = {write.term: write.value for write in event.writes}
    assert written["provide.decider"] is Stamp.POST and written["use.day"] is Stamp.DAY
    assert written["entry.day"] is None


def test_a_footage_file_erases_itself_when_its_ninety_days_are_over(shipped: Bundle) -> None:
    workflow = shipped.workflow("footage-file")
    (timer,) = workflow.timers
    assert (timer.clock, workflow.event[timer.event].hand) == ("保存期間", Hand.CLOCK)
    assert workflow.event[timer.event].judgements == ("erase",)
    assert workflow.unit == "files"
