"""A workflow over the small law of `provision`: a recording is asked for, decided on, handed out, reported, erased."""

from __future__ import annotations

from datetime import date, datetime

from provision import law

from tsutatsu.bundle import Bundle
from tsutatsu.cases import Actor, Ground, Grounds, Holding
from tsutatsu.ir import ALWAYS, AllOf, Condition, Op, TermRef, Test, Words
from tsutatsu.ir.workflows import Event, Hand, Stamp, State, StateOf, Timer, Workflow, Write


def event(name: str, ja: str, origins: tuple[str, ...], target: str, **how) -> Event:
    """An event of a person's hand, unless said otherwise."""
    return Event(name, Words(ja, name), f"第{len(name)}", origins, target, **how)


FOUR_EYES: Condition = AllOf(
    (Test("witness", Op.DIFFERENT, TermRef("viewer")), Test("decider", Op.IN, ("manager", "chief")))
)
EVENTS = (
    event(
        "submit", "申請する", ("draft",), "submitted",
        supplied=("purpose", "form", "made_on"), writes=(Write("viewer", Stamp.ACTOR),),
    ),
    event(
        "approve", "承認する", ("submitted",), "approved",
        guard=FOUR_EYES, supplied=("copies",),
        writes=(Write("witness", Stamp.ACTOR), Write("decider", Stamp.POST), Write("approved_on", Stamp.DAY)),
    ),
    event(
        "give", "提供する", ("approved",), "given", judgements=("give",),
        writes=(Write("given_at", Stamp.MOMENT), Write("presence", "throughout")),
    ),
    event("report", "報告する", ("given",), "given", writes=(Write("reported_on", Stamp.DAY),)),
    event("close", "済ませる", ("given",), "closed", hand=Hand.MACHINE, settled=True),
    event("drop", "取り下げる", ("submitted", "approved"), "closed"),
    event("erase", "自動消去", ("submitted", "approved", "given"), "gone", hand=Hand.CLOCK),
)  # fmt: skip
STATES = (
    State("draft", Words("受付前", "before receipt"), initial=True),
    State("submitted", Words("申請済", "submitted")),
    State("approved", Words("承認済", "approved")),
    State("given", Words("提供済", "given")),
    State("closed", Words("済", "closed"), final=True),
    State("gone", Words("消去済", "erased"), final=True),
)
HANDING = Workflow(
    "handing",
    "provision",
    date(2024, 12, 20),
    Words("記録の提供", "handing out"),
    "第1",
    Words("提供の一件", "one handing out"),
    STATES,
    EVENTS,
    (Timer("keep", "erase"),),
    ("give",),
)
AFTERWARDS = Workflow(
    "afterwards",
    "provision",
    date(2024, 12, 20),
    Words("事後の確認", "looking back"),
    "第1",
    Words("確認の一件", "one look back"),
    (State("waiting", Words("待ち", "waiting"), initial=True), State("seen", Words("確認済", "seen"), final=True)),
    (event("see", "確認する", ("waiting",), "seen", linked=(StateOf("handing", ("closed", "gone")),)),),
)
WORKFLOWS = (HANDING, AFTERWARDS)

DAY = date(2025, 6, 2)
AT = datetime(2025, 6, 2, 10, 0)
SUBMITTED = {"purpose": "inquiry", "form": True, "made_on": date(2025, 6, 1)}

ASKER = Actor("山田", "山田太郎", (Holding("係員", "地域課"),))
MANAGER = Actor("佐藤", "佐藤花子", (Holding("管理者", "地域課"),))
CHIEF = Actor("鈴木", "鈴木一郎", (Holding("主任者", "地域課", date(2025, 1, 1), date(2025, 6, 30)),))
CITIZEN = Actor("一般の人")
PEOPLE = (ASKER, MANAGER, CHIEF, CITIZEN)


def bundle(**changes) -> Bundle:
    """The law as a bundle."""
    return Bundle.of([law(**changes)])


def grounds(workflows: tuple[Workflow, ...] = WORKFLOWS, engine: str = "compiled", **changes) -> Grounds:
    """What cases may be opened under."""
    return Grounds(bundle(**changes), workflows, engine=engine)


def ground(**changes) -> Ground:
    """What the cases of these tests stand on."""
    return grounds(**changes).named("handing", DAY)


__all__ = [
    "AFTERWARDS", "ALWAYS", "ASKER", "AT", "CHIEF", "CITIZEN", "DAY", "EVENTS", "HANDING", "MANAGER", "PEOPLE",
    "STATES", "SUBMITTED", "WORKFLOWS", "bundle", "event", "ground", "grounds",
]  # fmt: skip
