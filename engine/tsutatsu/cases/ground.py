"""What a case stands on: one circular and one workflow, made ready to be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from tsutatsu.bundle import Bundle
from tsutatsu.cases.case import Pin
from tsutatsu.cases.people import Doer, post_as
from tsutatsu.diagnostics import Refused, finding, near
from tsutatsu.ir import (
    ALWAYS,
    TODAY,
    Directive,
    Facts,
    Judgement,
    Kind,
    Norm,
    RecordList,
    Records,
    Strength,
    Value,
    Words,
)
from tsutatsu.ir.workflows import ACTOR, POST, Event, Hand, Workflow
from tsutatsu.judging.answer import Answer
from tsutatsu.judging.facts import FactReader
from tsutatsu.judging.judges import Judge
from tsutatsu.sealing import digest, digest_of, encode, encode_node
from tsutatsu.semantics import Question

if TYPE_CHECKING:
    from tsutatsu.cases.looking import Lookout
    from tsutatsu.cases.machine import Moves

MOST_ANSWERS: Final = 64
"""Answers that are kept: within a command the same is asked more than once, by the event and by what it leads to."""
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
        self._answers: dict[tuple[object, ...], Answer] = {}

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
            "" if self.directive.local is None else self.directive.local.force,
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
    def lookout(self) -> "Lookout":
        """What tells when time alone may change a case."""
        from tsutatsu.cases.looking import Lookout

        return Lookout(self)

    @cached_property
    def reader(self) -> FactReader:
        """What reads facts by the circular's terms."""
        return FactReader.of(self.directive)

    def read(self, raw: object, on: date, *, texts: bool = False) -> dict[str, Value]:
        """Facts as submitted, made typed; refused with every finding."""
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
        try:
            asked = (judgement, frozenset(facts.items()), on, frozenset(sides.items()), question)
            known = self._answers.get(asked)
        except TypeError:  # lists among the facts cannot be looked up
            return self._ask(judgement, facts, on, sides, question)
        if known is None:
            if len(self._answers) >= MOST_ANSWERS:
                self._answers.clear()
            known = self._answers[asked] = self._ask(judgement, facts, on, sides, question)
        return known

    def _ask(self, judgement: str, facts: Facts, on: date, sides: Mapping[str, str], question: Question) -> Answer:
        if judgement not in self._judges:
            self._judges[judgement] = Judge(self.directive, judgement, digest=self.law)
        judge = self._judges[judgement]
        seen = self.as_unit(facts, judgement)
        return judge.ask(submitted(seen), on=on, question=question, engine=self.engine, sides=sides or None)

    def guards(self, event: Event, facts: Facts, who: Doer, on: date, sides: Mapping[str, str]) -> Answer | None:
        """How the event's own condition stands on the facts and on who acts; nothing where it has none."""
        if event.guard == ALWAYS:
            return None
        asked = submitted({**facts, **self.acting(event, who)})
        judge = self._guard_judges[event.id]
        return judge.ask(asked, on=on, question=Question.MAY, engine=self.engine, sides=sides or None)

    def acting(self, event: Event, who: Doer) -> dict[str, Value]:
        """What the event's guard asks of whoever acts; the machine and the clock are nobody and hold no post."""
        asked = self._asked_of_doers.get(event.id, frozenset())
        known: dict[str, Value] = dict.fromkeys(sorted(asked))
        if who.hand is Hand.PERSON and ACTOR in asked:
            known[ACTOR] = who.id
        if who.hand is Hand.PERSON and POST in asked:
            known[POST] = post_as(next(one for one in self.workflow.acting if one.id == POST), who.post)
        return known

    @cached_property
    def _asked_of_doers(self) -> Mapping[str, frozenset[str]]:
        return {one.id: one.asks_who for one in self._conditioned}

    @cached_property
    def _guard_judges(self) -> Mapping[str, Judge]:
        """Each event's condition as a norm that permits nothing else: a refusal then says what would make it pass."""
        whole = digest_of(self.widened)
        return {one.id: Judge(self.widened, _guard(one), digest=whole) for one in self._conditioned}

    @cached_property
    def _conditioned(self) -> tuple[Event, ...]:
        """What has a condition of its own: events, and what only some may do besides them."""
        every = (*self.workflow.events, *self.workflow.handled.values())
        return tuple(one for one in every if one.guard != ALWAYS)

    @cached_property
    def widened(self) -> Directive:
        """The circular with the events' own conditions beside its norms, and what these ask of whoever acts beside its
        terms: by its words every answer can be told."""
        norms = tuple(_norm_of(one) for one in self._conditioned)
        judgements = tuple(Judgement(_guard(one), one.words, (_guard(one),)) for one in self._conditioned)
        return replace(
            self.workflow.among_terms_of(self.directive),
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
        self._under: dict[str, Grounds] = {}
        self._pinned: dict[tuple[str, str], Ground] = {}

    def named(self, name: str, on: date) -> Ground:
        """The ground of the workflow called ``name`` (also "directive/workflow") for a case opened that day."""
        found = [one for one in self.workflows if name in _names(one)] or self._lives_named(name)
        ids = {(one.directive, one.id) for one in found}
        if len(ids) > 1:
            raise Refused([finding("TS316", word=name, known="、".join(sorted(f"{d}/{w}" for d, w in ids)))])
        for one in found:
            if name == _of_issue(one) or self.bundle.at(one.directive, on).issued == one.issued:
                return self.ground_of(one)
        known = [word for one in self.every for word in (one.words.ja, one.id)]
        raise Refused([finding("TS856", word=name, day=on, nearest=near(name, known))])

    def _lives_named(self, name: str) -> list[Workflow]:
        """The lives of circulars called so; one issue's is also directive/day of issue/id."""
        return [one.workflow for one in self.bundle.lives if name in (*_names(one.workflow), _of_issue(one.workflow))]

    @property
    def every(self) -> tuple[Workflow, ...]:
        """The workflows, and the lives of the circulars."""
        return (*self.workflows, *(one.workflow for one in self.bundle.lives))

    def flows(self, law: Directive) -> tuple[Workflow, ...]:
        """The workflows of one issue."""
        return tuple(one for one in self.workflows if (one.directive, one.issued) == (law.id, law.issued))

    def issue(self, directive: str, issued: date | None, on: date) -> Directive | None:
        """The issue of that day of issue, or the one to judge by ``on`` that day; nothing where there is none."""
        versions = self.bundle.versions(directive)
        if issued is None and versions:
            return self.bundle.at(directive, on)
        return next((one for one in versions if one.issued == issued), None)

    def under(self, force: str) -> "Grounds":
        """The same with what a force has laid down for itself over each circular; refused where there is none such."""
        law = self.bundle.under(force)
        if law is self.bundle:
            return self
        assert law.force is not None
        if law.force not in self._under:
            self._under[law.force] = Grounds(law, law.workflows, engine=self.engine)
        return self._under[law.force]

    def ground_of(self, workflow: Workflow) -> Ground:
        """The ground of one of its workflows."""
        key = (f"{workflow.directive}/{workflow.id}", workflow.issued)
        if key not in self._open:
            directive = self.bundle.law_of(workflow)
            law = digest_of(self.bundle.encoding(directive))
            self._open[key] = Ground(directive, workflow, law=law, engine=self.engine)
        return self._open[key]

    def pinned(self, pin: Pin) -> Ground | None:
        """The ground of a pin that has been met before, or that a workflow of today gives."""
        key = (pin.text, pin.flow)
        if key not in self._pinned:
            for one in self.every:
                if (one.directive, one.issued, one.id) == (pin.directive, pin.issued, pin.workflow):
                    ground = self.ground_of(one)
                    self._pinned[digest(ground.text), digest(ground.flow)] = ground
        return self._pinned.get(key)

    def keep(self, pin: Pin, directive: Directive, workflow: Workflow) -> Ground:
        """The ground of a pin whose law and workflow a store has kept."""
        ground = self._pinned[pin.text, pin.flow] = Ground(directive, workflow, law=pin.law, engine=self.engine)
        return ground


def _names(one: Workflow) -> tuple[str, ...]:
    names = (one.id, one.words.ja, one.words.en, one.subject.ja, one.subject.en)
    return (*(name for name in names if name), f"{one.directive}/{one.id}", f"{one.directive}/{one.words.ja}")


def _of_issue(one: Workflow) -> str:
    return f"{one.directive}/{one.issued.isoformat()}/{one.id}"
