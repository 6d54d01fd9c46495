"""What a case stands on: one circular and one workflow, made ready to be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tsutatsu.bundle import Bundle
from tsutatsu.cases.case import Pin
from tsutatsu.diagnostics import Refused, finding, near
from tsutatsu.ir import ALWAYS, Directive, Facts, Judgement, Kind, Norm, RecordList, Records, Strength, Value, Words
from tsutatsu.ir.workflows import Event, Workflow
from tsutatsu.judging.answer import Answer
from tsutatsu.judging.facts import FactReader
from tsutatsu.judging.judges import Judge
from tsutatsu.sealing import digest, digest_of, encode, encode_node
from tsutatsu.semantics import Question

if TYPE_CHECKING:
    from tsutatsu.cases.machine import Moves

_ANYTHING: Final = Judgement("", Words(""), ())
"""A judgement that fixes nothing: facts of a case are read by the directive's terms alone."""


class Ground:
    """One workflow under one circular; shared by all cases that are pinned to both."""

    def __init__(
        self, directive: Directive, workflow: Workflow, *, law: str | None = None, engine: str = "both"
    ) -> None:
        self.directive = directive
        self.workflow = workflow
        self.engine = engine
        self.law = law if law is not None else digest_of(directive)
        """The digest of the circular's encoding."""
        self._judges: dict[str, Judge] = {}

    def pin(self, sides: Mapping[str, str] | None = None) -> Pin:
        """What pins a case to it; refused where a reading or a side of it is none of the circular's."""
        for reading, side in (sides or {}).items():
            known = self.directive.reading.get(reading)
            if known is None or side not in [one.id for one in known.sides]:
                names = list(self.directive.reading) if known is None else [one.id for one in known.sides]
                nearest = near(reading if known is None else side, names)
                ja, en = f"近いもの: 「{nearest}」。", f"Nearest: “{nearest}”."
                raise Refused([finding("TS523", reading=reading, side=side, near=ja, near_en=en)])
        return Pin(
            self.directive.id,
            self.directive.issued,
            self.law,
            digest(self.text),
            self.workflow.id,
            digest(self.flow),
            tuple(sorted((sides or {}).items())),
        )

    @cached_property
    def text(self) -> bytes:
        """The circular as placed, in canonical form."""
        return encode(self.directive)

    @cached_property
    def flow(self) -> bytes:
        """The workflow in canonical form."""
        return encode_node(Workflow, self.workflow)

    @cached_property
    def moves(self) -> "Moves":
        """The machine that every case of the workflow shares."""
        from tsutatsu.cases.machine import Moves

        return Moves(self.workflow)

    @cached_property
    def reader(self) -> FactReader:
        """What reads facts by the circular's terms."""
        return FactReader.of(self.directive)

    def read(self, raw: object, on: date, *, texts: bool = False) -> dict[str, Value]:
        """Facts as submitted, made typed; refused with every finding."""
        from tsutatsu.ir import TODAY

        facts = self.reader.read(raw, _ANYTHING, on, {}, texts=texts)
        return {term: value for term, value in facts.items() if term != TODAY}

    def event(self, name: str) -> Event:
        """The event of this id or name; refused where there is none."""
        for one in self.workflow.events:
            if name in (one.id, one.words.ja, one.words.en):
                return one
        known = [word for one in self.workflow.events for word in (one.words.ja, one.id)]
        raise Refused([finding("TS841", word=name, workflow=self.workflow.words.ja, nearest=near(name, known))])

    # ── asking ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def ask(
        self, judgement: str, facts: Facts, on: date, sides: Mapping[str, str], question: Question = Question.MAY
    ) -> Answer:
        """The circular's answer on the facts of a case."""
        if judgement not in self._judges:
            self._judges[judgement] = Judge(self.directive, judgement, digest=self.law)
        judge = self._judges[judgement]
        seen = self.as_unit(facts, judgement)
        return judge.ask(submitted(seen), on=on, question=question, engine=self.engine, sides=sides or None)

    def guards(self, event: Event, facts: Facts, on: date, sides: Mapping[str, str]) -> Answer | None:
        """How the event's own condition stands on the facts, as an answer; nothing where it has none."""
        if event.guard == ALWAYS:
            return None
        return self._guard_judges[event.id].ask(
            submitted(facts), on=on, question=Question.MAY, engine=self.engine, sides=sides or None
        )

    @cached_property
    def _guard_judges(self) -> Mapping[str, Judge]:
        """Each event's condition as a norm that permits nothing else: a refusal then says what would make it pass."""
        whole = digest_of(self.widened)
        guarded = (one for one in self.workflow.events if one.guard != ALWAYS)
        return {one.id: Judge(self.widened, _guard(one), digest=whole) for one in guarded}

    @cached_property
    def widened(self) -> Directive:
        """The circular with the events' own conditions beside its norms: by its words every answer can be told."""
        guarded = [one for one in self.workflow.events if one.guard != ALWAYS]
        norms = tuple(_norm_of(one) for one in guarded)
        judgements = tuple(Judgement(_guard(one), one.words, (_guard(one),)) for one in guarded)
        return replace(
            self.directive,
            norms=(*self.directive.norms, *norms),
            judgements=(*self.directive.judgements, *judgements),
        )

    def as_unit(self, facts: Facts, judgement: str) -> Facts:
        """The facts as a judgement sees them: where it looks into the list of which the case is one record, as that."""
        unit = self.workflow.unit
        if unit is None or unit in facts or not self._looks_into(judgement, unit):
            return facts
        kind = self.directive.term[unit].type
        assert isinstance(kind, Records)
        record = {term: value for term, value in facts.items() if term in kind.fields}
        rest = {term: value for term, value in facts.items() if term not in kind.fields}
        return {**rest, unit: RecordList((record,))}

    def _looks_into(self, judgement: str, unit: str) -> bool:
        from tsutatsu.judging.law import Law

        found = self._units.get(judgement)
        if found is None:
            one = self.directive.judgement[judgement]
            law = Law(self.directive, one)
            found = self._units[judgement] = one.unit == unit or unit in law.reached(law.every).lists
        return found

    @cached_property
    def _units(self) -> dict[str, bool]:
        return {}


def submitted(facts: Facts) -> dict[str, object]:
    """Typed facts as a caller submits them: a list as its records, and 不明 where there may be more."""
    return {
        term: value if not isinstance(value, RecordList) else [*map(submitted, value.records), *_more(value)]
        for term, value in facts.items()
    }


def _more(records: RecordList) -> list[object]:
    return [] if records.complete else ["不明"]


def _guard(event: Event) -> str:
    return f"event:{event.id}"


def _norm_of(event: Event) -> Norm:
    return Norm(
        _guard(event),
        event.provision,
        Kind.PERMISSION,
        Strength.HARD,
        Words(
            f"「{event.words.ja}」ことができるのは、手続が定める場合に限る。",
            f"“{event.words.say('en')}” is possible only where the workflow says so.",
        ),
        kept=event.guard,
        limits=True,
        source=event.source,
    )


class Grounds:
    """Every workflow under which a case may be opened, by circular and day; and the grounds of cases already open."""

    def __init__(self, bundle: Bundle, workflows: Iterable[Workflow], *, engine: str = "both") -> None:
        self.bundle = bundle
        self.workflows = tuple(workflows)
        self.engine = engine
        self._open: dict[tuple[str, date], Ground] = {}
        self._pinned: dict[tuple[str, str], Ground] = {}

    def named(self, name: str, on: date) -> Ground:
        """The ground of the workflow called ``name`` (also "directive/workflow") for a case opened that day."""
        found = [one for one in self.workflows if name in _names(one)]
        ids = {(one.directive, one.id) for one in found}
        if len(ids) > 1:
            raise Refused([finding("TS316", word=name, known="、".join(sorted(f"{d}/{w}" for d, w in ids)))])
        for one in found:
            directive = self.bundle.at(one.directive, on)
            if directive.issued == one.issued:
                return self._ground(directive, one)
        known = [word for one in self.workflows for word in (one.words.ja, one.id)]
        raise Refused([finding("TS856", word=name, day=on, nearest=near(name, known))])

    def _ground(self, directive: Directive, workflow: Workflow) -> Ground:
        key = (f"{directive.id}/{workflow.id}", directive.issued)
        if key not in self._open:
            law = digest_of(self.bundle.encoding(directive))
            self._open[key] = Ground(directive, workflow, law=law, engine=self.engine)
        return self._open[key]

    def pinned(self, pin: Pin) -> Ground | None:
        """The ground of a pin that has been met before, or that a workflow of today gives."""
        key = (pin.text, pin.flow)
        if key not in self._pinned:
            for one in self.workflows:
                if (one.directive, one.issued, one.id) == (pin.directive, pin.issued, pin.workflow):
                    for directive in self.bundle.versions(one.directive):
                        if directive.issued == one.issued:
                            ground = self._ground(directive, one)
                            self._pinned[digest(ground.text), digest(ground.flow)] = ground
        return self._pinned.get(key)

    def keep(self, pin: Pin, directive: Directive, workflow: Workflow) -> Ground:
        """The ground of a pin whose law and workflow a store has kept."""
        ground = self._pinned[pin.text, pin.flow] = Ground(directive, workflow, law=pin.law, engine=self.engine)
        return ground


def _names(one: Workflow) -> tuple[str, ...]:
    names = (one.id, one.words.ja, one.words.en, one.subject.ja, one.subject.en)
    return (*(name for name in names if name), f"{one.directive}/{one.id}")
