"""What the circulars ask of a case, read off their text in plain Python and not off our encoding of it.

A rule looks at what has happened to a case (who did what when, holding which posts that day, what was said), and never
at what the program wrote down of it. It is asked whenever something has been accepted, and says nothing (``None``)
where it does not speak of that. Where the text is open, only a reading that was decided for the case permits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

LAPSE = date(2026, 3, 31)
"""The last day of the footage circular's effect."""
VISITS_LAPSE = date(2030, 3, 31)
"""The last day of the effect of the circular on home visits."""
SPOKEN_OF = (
    "night-visit", "exemption", "visit-card", "viewing", "provision", "footage-file", "exceptional-erasure",
    "credentials", "urgent-report", "closing-report",
)  # fmt: skip
"""The workflows that the rules below are about."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a case and still stands."""

    number: int
    event: str
    """Nothing for a correction."""
    target: str
    at: datetime
    who: str
    acted_as: str
    posts: frozenset[str]
    """The posts that he held on that day, by the roster."""
    said: Mapping[str, object]

    def by(self, *posts: str) -> bool:
        """Whether he did it in one of these posts, holding it on that day."""
        return self.acted_as in posts and self.acted_as in self.posts


@dataclass(frozen=True, slots=True)
class Other:
    """A case that this one is linked with: where it stands, and what was said of it."""

    name: str
    workflow: str
    state: str
    said: Mapping[str, object]
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A case up to the step that has just been accepted, those taken back left out."""

    name: str
    workflow: str
    sides: Mapping[str, str]
    steps: tuple[Step, ...]
    linked: tuple[Other, ...] = ()
    owed: Mapping[str, str] = field(default_factory=dict)
    """How each duty stands, by its norm."""

    @property
    def now(self) -> Step:
        """What has just been accepted."""
        return self.steps[-1]

    @property
    def said(self) -> dict[str, object]:
        """All that has been said, the later word counting."""
        found: dict[str, object] = {}
        for step in self.steps:
            found.update(step.said)
        return found

    def enters(self, workflow: str, state: str) -> bool:
        """Whether the case has just come into the state, by an event, from another one."""
        events = [one for one in self.steps if one.event]
        came = self.workflow == workflow and self.now.event != "" and self.now.target == state
        return came and (len(events) < 2 or events[-2].target != state)

    def last_into(self, state: str) -> Step | None:
        """The last event before now that led into the state from another one."""
        events = [one for one in self.steps[:-1] if one.event]
        before = ["", *(one.target for one in events)]
        came = [one for one, was in zip(events, before, strict=False) if one.target == state != was]
        return came[-1] if came else None

    def last_done(self, *events: str) -> Step | None:
        """The last of these events before now."""
        return next((one for one in reversed(self.steps[:-1]) if one.event in events), None)

    def takes(self, reading: str, *sides: str) -> bool:
        """Whether the open passage was decided so for this case."""
        return self.sides.get(reading) in sides


Rule = Callable[[Story], bool | None]
RULES: dict[str, Rule] = {}


def rule(says: Rule) -> Rule:
    """Adds a rule under its name."""
    RULES[says.__name__] = says
    return says


def broken(story: Story) -> Iterator[tuple[str, bool]]:
    """Every rule that speaks of the last step, and whether it is broken; none, once a circular has ceased to bind."""
    lapse = VISITS_LAPSE if story.workflow in ("night-visit", "exemption", "visit-card") else LAPSE
    if story.now.at.date() > lapse and story.takes("義務の存続", "乙"):
        return
    for name, says in RULES.items():
        kept = says(story)
        if kept is not None:
            yield name, not kept


# ── night visits (junkai-renraku, section 5-3) ───────────────────────────────────────────────────────────────────────


@rule
def a_night_visit_is_approved_beforehand_by_the_section_chief(story: Story) -> bool | None:
    if not story.enters("night-visit", "visited"):
        return None
    approval = story.last_into("approved")
    if approval is None or approval.at >= story.now.at:
        return False
    return (
        approval.by("地域警察担当課長")
        or (approval.by("警察署長") and story.takes("上司の承認", "甲"))
        or (
            approval.by("地域警察担当課長代理")
            and story.takes("職務代行", "甲")
            and story.said["approver.acting"] is True
        )
    )


@rule
def a_night_visit_is_made_for_the_residents_sake_at_an_hour_that_does_not_trouble_them(story: Story) -> bool | None:
    if not story.enters("night-visit", "visited"):
        return None
    why = story.said.get("night.reason")
    reason = (
        why == "residents"
        or (why == "other" and story.takes("都合等", "甲"))
        or (why in ("police", "none", "other") and story.takes("都合のない夜間訪問", "乙"))
    )
    return reason and story.now.said["visit.untroubling"] is True


@rule
def nobody_says_he_approves_his_own_night_visit(story: Story) -> bool | None:
    if not story.enters("night-visit", "approved"):
        return None
    return story.now.said["approver.visits"] == "other" or story.takes("自己の承認", "甲")


@rule
def nobody_makes_a_night_visit_that_he_approved_himself(story: Story) -> bool | None:
    if not story.enters("night-visit", "visited"):
        return None
    approval = story.last_into("approved")
    return (approval is not None and approval.who != story.now.who) or story.takes("自己の承認", "甲")


# ── premises left out (section 5-1) ──────────────────────────────────────────────────────────────────────────────────


@rule
def premises_are_left_out_only_where_the_station_chief_found_no_need_and_said_so(story: Story) -> bool | None:
    if not story.enters("exemption", "left-out"):
        return None
    found, told = story.last_into("unneeded"), story.last_into("instructed")
    return found is not None and told is not None and found.by("警察署長") and told.by("警察署長")


# ── visit cards (section 6) ──────────────────────────────────────────────────────────────────────────────────────────


@rule
def a_card_is_made_by_the_residents_or_by_the_visiting_officer(story: Story) -> bool | None:
    if not story.enters("visit-card", "made"):
        return None
    if story.now.event == "receive":
        return story.last_into("asked") is not None
    return story.said["card.maker"] == "visiting"


@rule
def a_card_in_a_foreign_language_is_made_where_needed(story: Story) -> bool | None:
    if not story.enters("visit-card", "made"):
        return None
    return story.said["card.foreign_needed"] is False or story.said["card.foreign_made"] is True


@rule
def a_card_is_used_for_what_it_is_for_and_handled_properly(story: Story) -> bool | None:
    if story.workflow != "visit-card" or story.now.event != "use":
        return None
    use = story.now.said["card.use"]
    meant = use == "guidance" or (use == "safety" and story.takes("指導連絡等", "甲"))
    return meant and story.now.said["card.proper"] is True


@rule
def a_card_is_put_away_only_once_every_change_known_is_entered(story: Story) -> bool | None:
    if not story.enters("visit-card", "closed"):
        return None
    change = next((one for one in reversed(story.steps) if "card.changed_on" in one.said), None)
    correction = next((one for one in reversed(story.steps) if one.event == "correct"), None)
    when = story.said.get("card.changed_on")
    if change is None or not isinstance(when, date) or story.owed.get("card-correct") == "waived":
        return True
    return correction is not None and correction.at.date() >= when


# ── viewing (wearable-camera, rules 7-2(2)) ──────────────────────────────────────────────────────────────────────────


def _three_purposes(story: Story) -> bool:
    said = story.said
    return said.get("use.purpose") in ("review", "proper") or (
        said.get("use.purpose") == "evidence" and said.get("use.actual") is True
    )


def _viewed_by_the_rules(story: Story) -> bool:
    """Whether the rules on persons, device and witness are for this viewing, or may be."""
    return _three_purposes(story) or not story.takes("法令に基づく閲覧", "乙")


@rule
def footage_is_viewed_for_one_of_the_three_purposes_or_under_a_law(story: Story) -> bool | None:
    if not story.enters("viewing", "viewing"):
        return None
    by_law = story.said["use.by_law"] is True and story.takes("法令に基づく閲覧", "甲", "乙")
    return _three_purposes(story) or by_law


@rule
def a_viewing_is_approved_beforehand_by_the_operations_chief_and_by_another(story: Story) -> bool | None:
    if not story.enters("viewing", "viewing"):
        return None
    asked, approval = story.last_into("asked"), story.last_into("approved")
    if asked is None or approval is None or approval.at > story.now.at:
        return False
    right = approval.by("運用主任者") or (approval.by("運用管理者") and story.takes("管理者の代行", "甲"))
    return right and (approval.who != asked.who or story.takes("自己の承認", "乙"))


@rule
def a_witness_is_another_than_the_viewer_and_stays_on_the_spot_throughout(story: Story) -> bool | None:
    if not story.enters("viewing", "viewing") or not _viewed_by_the_rules(story):
        return None
    asked, said = story.last_into("asked"), story.said
    assert asked is not None
    another = story.now.who != asked.who or story.takes("自己の立会い", "乙")
    throughout = said["witness.presence"] == "throughout" or story.takes("立会いの程度", "乙")
    there = said["witness.means"] == "spot" or story.takes("遠隔の立会い", "甲")
    return another and throughout and there and said["view.device"] == "pc"


@rule
def a_witness_is_the_operations_chief_or_one_he_designated(story: Story) -> bool | None:
    if not story.enters("viewing", "viewing") or not _viewed_by_the_rules(story):
        return None
    if story.now.by("運用主任者") or (story.now.by("運用管理者") and story.takes("管理者の代行", "甲")):
        return True
    named = [one for one in story.steps[:-1] if one.by("運用主任者") and story.now.who in one.said.values()]
    return bool(named)


@rule
def who_attends_in_his_place_is_for_the_operations_chief_to_say(story: Story) -> bool | None:
    if story.workflow != "viewing" or story.now.event != "designate":
        return None
    return story.now.by("運用主任者")


# ── provision (rules 7-2(3) to (5), and the form) ────────────────────────────────────────────────────────────────────


def _provides(story: Story) -> bool:
    return story.enters("provision", "provided")


@rule
def footage_is_provided_for_one_of_the_three_purposes_or_under_a_law(story: Story) -> bool | None:
    return None if not _provides(story) else _three_purposes(story) or story.said["use.by_law"] is True


@rule
def in_normal_hours_only_the_manager_provides_and_in_duty_hours_the_chief_too(story: Story) -> bool | None:
    if not _provides(story):
        return None
    if not _three_purposes(story) and story.takes("法令に基づく提供の提供者", "乙"):
        return True
    return story.now.by("運用管理者") or (story.now.event == "provide-on-duty" and story.now.by("運用主任者"))


@rule
def the_form_is_handed_in_beforehand_to_the_right_one_and_is_whole(story: Story) -> bool | None:
    if not _provides(story) or (not _three_purposes(story) and story.takes("法令に基づく提供", "甲")):
        return None
    form, said = story.last_done("submit", "resubmit"), story.said
    if form is None or form.at >= story.now.at:
        return False
    to = {"ordinary": ("operations_manager",), "duty": ("operations_chief",)}[str(said["form.band"])]
    if said["form.band"] == "duty" and story.takes("当直中の提出先", "甲"):
        to = (*to, "operations_manager")
    boxes = ("form.case", "form.when", "form.officer", "form.requester", "form.date", "form.addressee")
    wanted = {"image": ("image", "both"), "media": ("media", "both"), "both": ("both",)}
    whole = said["form.to"] in to and all(said[one] is True for one in boxes)
    return whole and said["form.request"] in wanted.get(str(said["provide.content"]), ())


@rule
def the_purpose_is_ticked_on_the_form(story: Story) -> bool | None:
    if not _provides(story) or not _three_purposes(story):
        return None
    said = story.said
    brackets = said["form.detail"] is True or story.takes("括弧内の記載", "乙")
    return said[f"form.{said['use.purpose']}"] is True and (said["use.purpose"] != "proper" or brackets)


@rule
def footage_goes_to_the_member_of_staff_who_asked(story: Story) -> bool | None:
    if not _provides(story) or (not _three_purposes(story) and story.takes("法令に基づく提供", "甲")):
        return None
    form = story.last_done("submit", "resubmit")
    assert form is not None
    return story.said["provide.recipient"] == form.who and story.said["form.by_staff"] is True


@rule
def nobody_grants_his_own_request_where_the_text_is_left_open(story: Story) -> bool | None:
    if not _provides(story):
        return None
    form = story.last_done("submit", "resubmit")
    return form is None or form.who != story.now.who or story.takes("自己への提供", "甲")


@rule
def who_provides_holds_a_post_of_the_police(story: Story) -> bool | None:
    return None if not _provides(story) else bool(story.now.acted_as) and not story.now.by("公安委員会委員")


@rule
def only_four_kinds_of_footage_are_provided(story: Story) -> bool | None:
    if not _provides(story) or (not _three_purposes(story) and story.takes("法令に基づく提供", "甲")):
        return None
    kinds = {"review": "kind.conduct", "proper": "kind.training", "evidence": "kind.evidence"}
    said = story.said
    if said["kind.further"] is True or said.get(kinds.get(str(said["use.purpose"]), "")) is True:
        return True
    return any(said[one] is True for one in kinds.values()) and story.takes("種別と目的の対応", "乙")


def _provided_on_duty(story: Story) -> Step | None:
    """The provision by the chief in duty hours that stands, while the circular is in effect."""
    if story.workflow != "provision" or story.now.target not in ("provided", "closed"):
        return None
    given = next(one for one in reversed(story.steps) if one.event.startswith("provide"))
    on_duty = given.event == "provide-on-duty" and given.by("運用主任者")
    return given if on_duty and given.at.date() <= LAPSE else None


@rule
def the_chief_who_provided_in_duty_hours_owes_the_manager_a_report(story: Story) -> bool | None:
    if _provided_on_duty(story) is None:
        return None
    return story.owed.get("after-report") in ("open", "met", "breached", "waived")


@rule
def the_chief_or_the_clerk_enters_the_request(story: Story) -> bool | None:
    if story.workflow != "provision" or story.now.event != "record":
        return None
    return story.now.by("運用主任者", "運用担当者")


@rule
def a_provision_is_done_only_once_it_is_recorded_and_reported(story: Story) -> bool | None:
    """By the chief or the clerk, and to the manager; unless it was waived, or is on record as having come too late."""
    if not story.enters("provision", "closed"):
        return None
    excused = [norm for norm, standing in story.owed.items() if standing in ("waived", "breached")]
    events = {one.event: one for one in story.steps}
    recorded = "record" in events and events["record"].by("運用主任者", "運用担当者")
    told = _provided_on_duty(story) is None or ("report" in events and story.said["report.to"] == "operations_manager")
    reported = told or "after-report" in excused or "after-report-overdue" in excused
    return (recorded or "record-request" in excused) and reported


# ── credentials (rules 5-1), reports (rules 9-1 and 11) ──────────────────────────────────────────────────────────────


@rule
def credentials_are_the_managers_to_register_change_and_erase(story: Story) -> bool | None:
    events = ("register", "change", "grant", "erase")
    if story.workflow != "credentials" or story.now.event.removesuffix("-as-told") not in events:
        return None
    told = story.now.event.endswith("-as-told") and story.takes("登録等の代行", "甲")
    return story.now.by("運用管理者") or (told and story.now.by("運用主任者", "運用担当者"))


@rule
def an_urgent_report_goes_from_the_manager_to_headquarters_and_on_to_the_agency(story: Story) -> bool | None:
    if story.workflow != "urgent-report" or not story.now.event.startswith("report"):
        return None
    to_agency = story.now.event.startswith("report-to-agency")
    right, stand_in = ("総括運用管理者", "副総括運用管理者") if to_agency else ("運用管理者", "運用主任者")
    return story.now.by(right) or (story.takes("報告と協議の代行", "甲") and story.now.by(stand_in))


@rule
def the_closing_report_is_the_general_managers(story: Story) -> bool | None:
    if story.workflow != "closing-report" or story.now.event not in ("report", "publish"):
        return None
    stand_in = story.takes("報告と協議の代行", "甲") and story.now.by("副総括運用管理者")
    return story.now.by("総括運用管理者") or stand_in


# ── erasure (rules 7-1(2) and 7-2(6)) ────────────────────────────────────────────────────────────────────────────────


def first_moment_of_day_91(made: date) -> datetime:
    """The moment from which a file made that day may be erased by the machine: the day it was made is day one."""
    day = made + timedelta(days=90)
    return datetime(day.year, day.month, day.day)


@rule
def a_file_is_erased_by_itself_on_day_91_or_by_way_of_exception(story: Story) -> bool | None:
    if not story.enters("footage-file", "erased"):
        return None
    made = story.last_into("kept")
    assert made is not None
    by_machine = story.now.who in ("clock", "machine")
    excepted = any((one.workflow, one.state) == ("exceptional-erasure", "erased") for one in story.linked)
    return by_machine and (excepted or story.now.at >= first_moment_of_day_91(made.at.date()))


@rule
def an_exceptional_erasure_needs_the_right_finder_or_an_open_reading_decided(story: Story) -> bool | None:
    """The general manager finds special circumstances; that a request alone will do is one reading of the text."""
    if not story.enters("exceptional-erasure", "erased"):
        return None
    found = story.last_into("found")
    if found is not None and found.by("総括運用管理者") and found.at <= story.now.at:
        return True
    asked = story.said["erase.asked_by"]
    filmed = asked == "subject" or (asked == "agent" and story.takes("代理人の要請", "甲"))
    return filmed and story.takes("その他", "甲")


@rule
def an_exceptional_erasure_is_of_a_file_that_is_kept(story: Story) -> bool | None:
    if not story.enters("exceptional-erasure", "erased"):
        return None
    files = [one.state for one in story.linked if one.workflow == "footage-file"]
    return bool(files) and set(files) == {"kept"}


__all__ = [
    "LAPSE",
    "RULES",
    "SPOKEN_OF",
    "VISITS_LAPSE",
    "Other",
    "Rule",
    "Step",
    "Story",
    "broken",
    "first_moment_of_day_91",
]
