"""The work: requests for footage from the form to the entry in the books, and files kept until they are erased."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from tsutatsu.bundle import Bundle
from tsutatsu.cases import Actor, Done, Grounds, Holding, Refusal, Store
from tsutatsu.ir import Choice, Truth

DAY = datetime(2025, 8, 4, 9)
STAFF, MANAGER, CHIEF = (
    Actor(name, name, (Holding(post, "地域課"),))
    for name, post in (("職員", "カメラ装着警察官"), ("管理", "運用管理者"), ("主任", "運用主任者"))
)
COMMANDS = 4
"""Commands of one request: opened, handed in, provided, entered; it then closes by itself."""


@dataclass(frozen=True)
class Flow:
    """The shipped law, ready to be used."""

    engine: str = "both"

    @cached_property
    def grounds(self) -> Grounds:
        """What cases are opened under."""
        law = Bundle.default()
        return Grounds(law, law.workflows, engine=self.engine)

    @cached_property
    def _said(self) -> dict[str, dict[str, object]]:
        """What is said at each event of a request: as it is when all is in order."""
        ground = self.grounds.named("provision", DAY.date())
        found: dict[str, dict[str, object]] = {}
        for name in ("submit", "provide", "record"):
            said: dict[str, object] = {}
            for term in ground.workflow.event[name].supplied:
                kind = ground.directive.term[term].type
                said[term] = kind.options[0].id if isinstance(kind, Choice) else isinstance(kind, Truth) or None
            found[name] = said
        found["provide"]["provide.recipient"] = STAFF.id
        return found

    def request(self, store: Store, name: str, nth: int) -> None:
        """One request from its opening to its end; no two alike, as each is of a day and minute of its own."""
        begin = DAY + timedelta(days=nth % 90, minutes=nth // 90)
        store.start("provision", STAFF, begin, name=name)
        for minute, (event, who) in enumerate((("submit", STAFF), ("provide", MANAGER), ("record", CHIEF)), 1):
            _gone_through(store.do(name, event, who, self._said[event], begin + timedelta(minutes=minute)))

    def file(self, store: Store, name: str, made: datetime = DAY) -> None:
        """One file that is kept."""
        store.start("footage-file", STAFF, made, name=name)
        said = {"file.number": name, "record.day": date(2025, 8, 4)}
        _gone_through(store.do(name, "make", STAFF, said, made))


def _gone_through(came: Done | Refusal) -> None:
    if not isinstance(came, Done):
        raise RuntimeError(f"refused: {came.said.en}")
