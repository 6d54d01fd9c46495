"""The small law of `provision`, issued anew: what becomes of the cases of `handing` that are under way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from handing import EVENTS, HANDING, STATES, WORKFLOWS, event
from provision import CLOCKS, JUDGEMENTS, NORMS, READINGS, TERMS, law

from tsutatsu.bundle import Bundle
from tsutatsu.cases import Grounds
from tsutatsu.cases.people import Doer
from tsutatsu.cases.ways import Mover
from tsutatsu.ir import FORCE, Carried, Directive, Header, Printed, Revision, Transition, Words
from tsutatsu.ir.workflows import State, Workflow, Write

OLD, NEW = date(2024, 12, 20), date(2025, 6, 10)
LATER = datetime(2025, 6, 12, 9, 0)
"""A moment at which the newer issue is in force."""

SAME = tuple(Carried(one.id, one.id) for one in STATES if not one.final)
CLAUSE = Transition(OLD, "記録の提供", SAME, provision="附則/2", summary=Words("なお続ける。", "They go on."))
BY = Mover(Doer("佐藤", "佐藤花子", "管理者"), LATER, "改正の施行")


def issued_anew(*clauses: Transition, **changes: object) -> Directive:
    """The same circular, issued again on the tenth of June."""
    force = replace(CLOCKS[0], start=NEW)
    parts: dict[str, object] = {
        "header": Header(Words("記録の提供について"), Printed("令和7年6月10日", NEW), "局長", "第8号"),
        "revision": Revision(1, NEW),
        "clocks": (force, *CLOCKS[1:]),
        "transitions": clauses,
    }
    return law(**{**parts, **changes})


def handing_anew(**changes: object) -> Workflow:
    """Its workflow under the newer issue."""
    return replace(HANDING, issued=NEW, **changes)


def amended(*clauses: Transition, flow: Workflow | None = None, engine: str = "compiled", **changes: object) -> Grounds:
    """Both issues of it."""
    flows = (*WORKFLOWS, handing_anew() if flow is None else flow)
    return Grounds(Bundle.of([law(), issued_anew(*clauses, **changes)]), flows, engine=engine)


__all__ = [
    "BY", "CLAUSE", "CLOCKS", "EVENTS", "FORCE", "JUDGEMENTS", "LATER", "NEW", "NORMS", "OLD", "READINGS", "SAME",
    "STATES", "TERMS", "State", "Write", "amended", "event", "handing_anew", "issued_anew",
]  # fmt: skip
