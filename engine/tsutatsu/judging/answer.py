"""The answer: a verdict, and everything it rests on, computed when read over a snapshot of the facts."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Final, NoReturn

from tsutatsu.ir import Words
from tsutatsu.judging import force
from tsutatsu.judging.duties import with_last_day
from tsutatsu.judging.outcome import UNLAWFUL, Outcome, Part
from tsutatsu.judging.parts import (
    Caveat,
    Duty,
    FactShown,
    Inquiry,
    OpenReading,
    OptionShown,
    Path,
    Presumption,
    Reason,
    Seen,
    SideVerdict,
    Told,
    UnitAnswer,
    Version,
)
from tsutatsu.judging.reasons import looked_at_closely
from tsutatsu.judging.showing import shown_facts
from tsutatsu.semantics import Question, Verdict

if TYPE_CHECKING:
    from tsutatsu.backends.compiled import Quick
    from tsutatsu.ir import Facts, Value
    from tsutatsu.judging.desk import Case, Desk
    from tsutatsu.judging.questions import Turning
    from tsutatsu.judging.receipt import Receipt
    from tsutatsu.judging.record import AnswerRecord
    from tsutatsu.judging.slots import Slot

MOST_UNITS_ASKED: Final = 20
"""For more units than this, questions and paths are not worked out."""


class Answer:
    """What the law says of the facts. It cannot be changed, and equals another answer that says the same."""

    __slots__ = ("_case", "_desk", "_on", "_outcome", "_quick", "_read")

    def __init__(self, desk: "Desk", outcome: Outcome, on: date, quick: "Quick | None", case: "Case | None") -> None:
        self._desk = desk
        self._outcome = outcome
        self._quick = quick
        self._on = on
        self._case = case
        self._read: dict[str, Any] | None = None

    # ── at once ──────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def verdict(self) -> Verdict:
        """What is answered."""
        return self._outcome.verdict

    @property
    def question(self) -> Question:
        """What was asked: 可否, 適否, 要否 or 効力."""
        return self._desk.question

    @property
    def judgement(self) -> str:
        """The judgement that was asked for, by id."""
        return self._desk.law.judgement.id

    @property
    def directive(self) -> str:
        """The circular that answers, by id."""
        return self._desk.law.directive.id

    @property
    def on(self) -> date:
        """The day judged."""
        return self._on

    @property
    def version(self) -> Version:
        """Which issue and encoding of the circular answered."""
        return self._desk.version

    @property
    def engines(self) -> tuple[str, ...]:
        """The engines that decided and agreed."""
        return self._desk.engines.names

    @property
    def exhaustive(self) -> bool:
        """Whether everything that had to be tried was tried."""
        return self._outcome.exhaustive

    @property
    def sides(self) -> tuple[SideVerdict, ...]:
        """The verdicts on each way of taking the open readings, where they matter."""
        return self._outcome.sides

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """How each norm stands, the decisive ones first; of the worst unit where several were judged."""
        parts = self._outcome.parts
        part = parts[0] if len(parts) == 1 else self._worst
        if part is None:
            return ()
        return self._reasons(part) if part.closer else part.reasons

    @property
    def duties(self) -> tuple[Duty, ...]:
        """The duties that arise, those of every unit."""
        parts = self._outcome.parts
        if len(parts) == 1:
            return self._duties(parts[0]) if parts[0].dated else parts[0].duties
        return tuple(dict.fromkeys(duty for part in parts for duty in self._duties(part)))

    @property
    def unknown(self) -> tuple[Told, ...]:
        """The facts not known on which some norm still waits."""
        quick = self._quick
        if quick is not None:
            part = self._outcome.parts[0]
            if not part.waiting:
                return ()
            watched = self._desk.waiting(part)
            if watched is not None:
                values, unsaid = quick.values, self._desk.unsaid
                return tuple([told for place, told in watched if values[place] is unsaid])
        elif not any(part.waiting for part in self._outcome.parts):
            return ()
        found: tuple[Told, ...] = self._kept("unknown", self._find_unknown)
        return found

    @property
    def in_spite_of(self) -> tuple[Told, ...]:
        """Where the verdict stands: the unknown facts in spite of which it does.

        Only those on which, these facts being so, how some norm stands can still depend.
        """
        if self.verdict in (Verdict.NOT_ENOUGH, Verdict.BY_READING) or not self.unknown:
            return ()
        found: tuple[Told, ...] = self._kept("in_spite_of", lambda: self._find_unknown(live=True))
        return found

    # ── when read ────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def facts(self) -> tuple[FactShown, ...]:
        """The facts as the answer rests on them, presumptions and the day filled in among them."""
        found: tuple[FactShown, ...] = self._kept("facts", lambda: shown_facts(self._facts(), self._desk.law.directive))
        return found

    @property
    def units(self) -> tuple[UnitAnswer, ...]:
        """Each record's own answer, where records are judged one by one; else the one answer there is."""
        found: tuple[UnitAnswer, ...] = self._kept(
            "units",
            lambda: tuple(
                UnitAnswer(p.number, p.verdict, self._reasons(p), self._duties(p)) for p in self._outcome.parts
            ),
        )
        return found

    @property
    def seen(self) -> tuple[Seen, ...]:
        """What the norms saw in each record, where records are judged one by one; else in the facts as a whole."""
        law = self._desk.law
        sides = law.taken if self._case is None else self._case.taken
        return tuple(
            Seen(part.number, {**self._unit_facts(part), **law.act}, sides, part.verdict, part.standings)
            for part in self._outcome.parts
        )

    @property
    def questions(self) -> tuple[Inquiry, ...]:
        """The facts that can still change the verdict, the most decisive first."""
        if self.verdict is not Verdict.NOT_ENOUGH:
            return ()
        found: tuple[Inquiry, ...] = self._kept("questions", self._find_questions)
        return found

    @property
    def path(self) -> Path | None:
        """What would make it lawful; nothing where it is not refused."""
        if self.verdict not in UNLAWFUL:
            return None
        found: Path = self._kept("path", self._find_path)
        return found

    @property
    def readings(self) -> tuple[OpenReading, ...]:
        """The open passages that nobody has decided and whose reading can still change the verdict on these facts."""
        found: tuple[OpenReading, ...] = self._kept("readings", self._find_readings)
        return found

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """What the reader must know besides."""
        found: tuple[Caveat, ...] = self._kept("caveats", self._find_caveats)
        return found

    @property
    def presumed(self) -> tuple[Presumption, ...]:
        """The presumptions taken, which the caller asked for."""
        return () if self._case is None else self._case.presumed

    @property
    def receipt(self) -> "Receipt":
        """The answer in codes, with which it can be performed again; its salt is drawn when it is first read."""
        found: Receipt = self._kept("receipt", self._find_receipt)
        return found

    def receipt_with(self, salt: str) -> "Receipt":
        """The receipt with a salt of the caller's own."""
        from tsutatsu.judging.receipt import FORMAT, Receipt, SideReceipt, UnitReceipt, as_codes, commitments

        desk, case, version = self._desk, self._case, self._desk.version
        return Receipt(
            format=FORMAT,
            engine_version=desk.engine_version,
            directive=version.directive,
            issued=version.issued,
            revision=version.revision,
            law=version.digest,
            local=None if version.local is None else version.local.force,
            judgement=self.judgement,
            question=self.question.value,
            on=self._on,
            presume=case is not None and case.presume,
            decided=as_codes(case.decided if case is not None else {}),
            engines=self.engines,
            salt=salt,
            facts=commitments(self._submitted(), salt),
            verdict=self.verdict.value,
            units=tuple(UnitReceipt(p.number, p.verdict.value, p.standings) for p in self._outcome.parts),
            sides=tuple(
                SideReceipt(as_codes({t.reading: t.side for t in one.sides}), tuple(v.value for v in one.verdicts))
                for one in self.sides
            ),
            exhaustive=self.exhaustive,
            digest="",
        ).sealed()

    def sentences(self, lang: str = "ja") -> tuple[str, ...]:
        """The answer in sentences ("ja" or "en"): the verdict, why, what is owed, what is asked, what else to know."""
        from tsutatsu.judging.sentences import told

        part = self._worst
        facts = self._facts() if part is None else {**self._unit_facts(part), **self._desk.law.act}
        return told(self, self._desk.law.directive, facts, lang)

    def record(self) -> "AnswerRecord":
        """The whole answer as one typed value, everything in it computed."""
        from tsutatsu.judging.record import AnswerRecord

        law = self._desk.law
        return AnswerRecord(
            verdict=self.verdict,
            question=self.question,
            judgement=self.judgement,
            judgement_words=law.judgement.words,
            version=self.version,
            on=self.on,
            engines=self.engines,
            engine_version=self._desk.engine_version,
            exhaustive=self.exhaustive,
            reasons=self.reasons,
            duties=self.duties,
            units=self.units,
            questions=self.questions,
            path=self.path,
            readings=self.readings,
            sides=self.sides,
            caveats=self.caveats,
            presumed=self.presumed,
            unknown=self.unknown,
            in_spite_of=self.in_spite_of,
            facts=self.facts,
            sentences=tuple(map(Words, self.sentences("ja"), self.sentences("en"))),
            receipt=self.receipt,
        )

    def to_dict(self) -> dict[str, Any]:
        """The whole answer as JSON, in both languages, as ``answer_schema`` says."""
        return self.record().to_dict()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Answer):
            return NotImplemented
        return self is other or _without_salt(self.record()) == _without_salt(other.record())

    def __copy__(self) -> "Answer":
        return self

    def __deepcopy__(self, memo: object) -> "Answer":
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise TypeError(
            "回答は法令とエンジンにつながっており、pickle できない。"
            "answer.to_dict() を保存し、tsutatsu.judging.read_answer() で読む。"
            " / An Answer cannot be pickled: it is tied to the law and its engines. "
            "Store answer.to_dict(), and read it back with tsutatsu.judging.read_answer()."
        )

    def __hash__(self) -> int:
        return hash((self.verdict, self.question, self.judgement, self.directive, self._on))

    def __repr__(self) -> str:
        return f"<Answer {self.verdict.value}: {self.directive}/{self.judgement} on {self._on}>"

    # ── how ──────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _kept(self, name: str, find: Callable[[], object]) -> Any:  # noqa: ANN401  # each reader knows its own
        """What ``find`` finds, found once."""
        read = self._read
        if read is None:
            read = self._read = {}
        if name not in read:
            read[name] = find()
        return read[name]

    @property
    def _worst(self) -> Part | None:
        parts = self._outcome.parts
        if not parts:
            return None
        return next((part for part in parts if part.verdict is self._outcome.verdict), parts[0])

    def _facts(self) -> "Mapping[str, Value]":
        """The facts that were judged."""
        case, quick = self._case, self._quick
        if case is not None:
            return case.facts
        assert quick is not None
        found: dict[str, Value] = self._kept("snapshot", lambda: self._desk.facts_of(quick))
        return found

    def _submitted(self) -> "Facts":
        """The facts as they were submitted, nothing filled in."""
        case, quick = self._case, self._quick
        if case is not None:
            return case.submitted
        assert quick is not None
        return {term: value for term, value in self._facts().items() if term not in quick.filled}

    def _unit_facts(self, part: Part) -> "Mapping[str, Value]":
        return self._facts() if self._case is None else self._case.unit_facts[part.number]

    def _reasons(self, part: Part) -> tuple[Reason, ...]:
        if not part.closer:
            return part.reasons
        law = self._desk.law
        facts = {**self._unit_facts(part), **law.act}
        sides = law.taken if self._case is None else self._case.taken
        return tuple(
            replace(reason, exceptions=looked_at_closely(reason, law.directive, facts, sides))
            if _closer(reason)
            else reason
            for reason in part.reasons
        )

    def _duties(self, part: Part) -> tuple[Duty, ...]:
        if not part.dated:
            return part.duties
        facts = {**self._unit_facts(part), **self._desk.law.act}
        return tuple(with_last_day(duty, self._desk.law.directive, facts) for duty in part.duties)

    def _find_receipt(self) -> "Receipt":
        from tsutatsu.judging.receipt import new_salt

        return self.receipt_with(new_salt())

    def _find_unknown(self, *, live: bool = False) -> tuple[Told, ...]:
        from tsutatsu.judging.live import live_reach_of
        from tsutatsu.judging.slots import unknown_slots

        law = self._desk.law
        sides = law.taken if self._case is None else self._case.taken
        found: dict[Told, None] = {}
        for part in self._outcome.parts[:MOST_UNITS_ASKED]:
            facts = {**self._unit_facts(part), **law.act}
            norms = [law.norms[number] for number in part.waiting] if live else []
            reached = live_reach_of(norms, law.directive, facts, sides) if live else law.reached(part.waiting)
            for slot in unknown_slots(reached, law.directive, facts):
                found[Told(slot.term, self._place(part, slot), law.directive.term[slot.term].words)] = None
        return tuple(found)

    def _turnings(self) -> tuple[tuple[Part, "Turning"], ...]:
        """What can still change the verdict, for each unit of which not enough is known."""
        from tsutatsu.judging.questions import Turning

        def find() -> tuple[tuple[Part, "Turning"], ...]:
            waiting = [part for part in self._outcome.parts if part.verdict is Verdict.NOT_ENOUGH]
            return tuple(
                (part, Turning(self._desk.search(self._case), {**self._unit_facts(part), **self._desk.law.act}))
                for part in waiting[:MOST_UNITS_ASKED]
            )

        found: tuple[tuple[Part, Turning], ...] = self._kept("turnings", find)
        return found

    def _find_questions(self) -> tuple[Inquiry, ...]:
        from tsutatsu.judging.questions import inquiries

        found: dict[tuple[str, str], Inquiry] = {}
        for part, turning in self._turnings():
            for one in inquiries(turning.search, turning.weighed(), partial(self._place, part)):
                found.setdefault((one.term, one.place), one)
        return tuple(sorted(found.values(), key=lambda one: -one.settling))

    def _find_path(self) -> Path:
        from tsutatsu.judging.path import lawful_path

        refused = [part for part in self._outcome.parts if part.verdict is self.verdict][:MOST_UNITS_ASKED]
        paths = [
            lawful_path(
                self._desk.search(self._case),
                self._unit_facts(part),
                partial(self._place, part),
                part.number,
                self._desk.following(self._case, part.number),
            )
            for part in refused
        ]
        if len(paths) == 1:
            return paths[0]
        ways = tuple(way for path in paths for way in path.ways)
        best = next((path for path in paths if not path.ways), paths[0])
        return Path(ways, all(path.exhaustive for path in paths), best.words)

    def _find_readings(self) -> tuple[OpenReading, ...]:
        names = {one.reading for side in self.sides for one in side.sides}
        if self.verdict is Verdict.NOT_ENOUGH:
            names.update(name for _, turning in self._turnings() for name in turning.readings())
        return tuple(
            OpenReading(one.id, one.provision, one.issue, tuple(OptionShown(side.id, side.words) for side in one.sides))
            for one in self._desk.law.directive.readings
            if one.id in names
        )

    def _find_caveats(self) -> tuple[Caveat, ...]:
        found = [*self._desk.caveats, *self._outcome.caveats]
        directive, days = self._desk.law.directive, self._days_of_the_act()
        if self.verdict is Verdict.OUT_OF_SCOPE:
            found.append(force.out_of_force(directive, min(days, default=self._on)))
        else:
            found += [said for day in days if (said := force.effect_over(directive, day)) is not None]
        if self._case is not None:
            found += self._case.caveats
        elif self._quick is not None and self._quick.filled:
            found.append(self._desk.day_filled(self._quick.filled, self._on))
        return tuple(found)

    def _days_of_the_act(self) -> tuple[date, ...]:
        """The days on which the acts judged were done, as far as they are known."""
        term, found = self._desk.law.judgement.day, set[date]()
        for part in self._outcome.parts:
            day = self._on if term is None else self._unit_facts(part).get(term, self._filled_day(term))
            if isinstance(day, date):
                found.add(day.date() if isinstance(day, datetime) else day)
        return tuple(sorted(found))

    def _filled_day(self, term: str) -> date | None:
        """The day judged, where it was taken for a moment that nobody gave."""
        return None if self._case is None else self._case.days.get(term)

    def _place(self, part: Part, slot: "Slot") -> str:
        """Where a place of a unit's facts lies in the facts as submitted."""
        from tsutatsu.judging.slots import Slot

        directive = self._desk.law.directive
        if part.number and slot.within is None and slot.term in self._desk.unit_fields:
            unit = self._desk.law.judgement.unit
            assert unit is not None
            return Slot(slot.term, unit, part.number - 1).path(directive)
        return slot.path(directive)


def _closer(reason: Reason) -> bool:
    return any(one.met.value == "open" for one in reason.exceptions)


def _without_salt(record: "AnswerRecord") -> "AnswerRecord":
    bare = replace(record.receipt, salt="", facts=(), digest="")
    return replace(record, receipt=bare)
