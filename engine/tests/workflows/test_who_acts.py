"""The shipped workflows say of every event who may trigger it, refusing and withdrawing included."""

import pytest

from tsutatsu.bundle import Bundle
from tsutatsu.ir.workflows import Hand, Stamp
from tsutatsu.judging.workable import holders_of

CIRCULARS = ("keikai-kuhaku", "anzen-network", "junkai-renraku", "cyber-renkei")


@pytest.mark.parametrize("circular", CIRCULARS)
def test_every_event_that_a_person_triggers_asks_who_acts(shipped: Bundle, circular: str) -> None:
    events = [
        (workflow.id, event)
        for workflow in shipped.workflows
        if workflow.directive == circular
        for event in workflow.events
        if event.hand is Hand.PERSON
    ]
    assert events
    for name, event in events:
        judged = event.judgements and any(write.value is Stamp.POST for write in event.writes)
        guarded = any(write.value is Stamp.POST for write in event.writes)
        assert event.asks_who or judged or guarded, (name, event.id)


@pytest.mark.parametrize(
    ("workflow", "event", "surely", "as_read"),
    [
        ("exemption", "find", {"station_chief"}, set[str]()),
        ("exemption", "instruct", {"station_chief"}, set[str]()),
        ("exemption", "restore", {"station_chief"}, set[str]()),
        ("frequency", "set", {"superintendent_general", "prefectural_chief", "area_chief"}, set[str]()),
        ("night-visit", "refuse", {"section_chief"}, {"station_chief", "deputy_section_chief"}),
        ("headquarters-seat", "designate", {"npa_commissioner"}, {"npa_deputy"}),
        ("headquarters", "set-up", {"npa_commissioner", "npa_deputy"}, set[str]()),
        ("committee", "set-up", {"superintendent_general", "prefectural_chief"}, set[str]()),
        ("prefectural-system", "build", {"superintendent_general", "prefectural_chief"}, set[str]()),
        ("designation", "arrange-own", {"attached_head"}, set[str]()),
        ("coordination", "assist", {"cyber_responsible"}, set[str]()),
    ],
)
def test_what_the_text_gives_to_a_post_is_its_holders_alone(
    shipped: Bundle, workflow: str, event: str, surely: set[str], as_read: set[str]
) -> None:
    one = shipped.workflow(workflow)
    found = holders_of(one.event[event], one, shipped.law_of(one)) or ()
    assert {holder.post for holder in found if not holder.by_reading} == surely
    assert {holder.post for holder in found if holder.by_reading} == as_read
