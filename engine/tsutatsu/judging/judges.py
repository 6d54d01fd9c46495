"""A judgement made ready to be asked many times."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from tsutatsu.diagnostics import Diagnostic, Refused, finding, nearest
from tsutatsu.ir import Day, Directive, Facts, RecordList, Value, Words
from tsutatsu.judging import force
from tsutatsu.judging.answer import Answer
from tsutatsu.judging.arguments import a_day, a_question, some_sides
from tsutatsu.judging.desk import Case, Desk, day_filled
from tsutatsu.judging.engines import Engines, Recorder, engines_named, no_such_engine
from tsutatsu.judging.law import Law
from tsutatsu.judging.outcome import Outcome, taken
from tsutatsu.judging.parts import Caveat, CaveatKind, Overlay, Presumption, Version
from tsutatsu.sealing import digest_of
from tsutatsu.semantics import Question
from tsutatsu.version import VERSION

if TYPE_CHECKING:
    from tsutatsu.backends.compiled import Compiled, Quick
    from tsutatsu.judging.facts import FactReader
    from tsutatsu.judging.slots import Slot

ENGINE_VERSION: Final = VERSION


class Judge:
    """One judgement of one directive; safe to share between threads."""

    def __init__(
        self, directive: Directive, judgement: str, *, digest: str | None = None, recorder: Recorder | None = None
    ) -> None:
        self.directive = directive
        self.law = Law(directive, directive.judgement[judgement])
        self._digest = digest
        self._recorder = recorder
        self._engines: dict[str, Engines] = {}
        self._desks: dict[tuple[Question, str], Desk] = {}
        self._last: tuple[Question, str, Desk] | None = None

    @cached_property
    def digest(self) -> str:
        """The digest of the directive as it stands."""
        return self._digest if self._digest is not None else digest_of(self.directive)

    @cached_property
    def reader(self) -> "FactReader":
        """What reads facts for it."""
        from tsutatsu.judging.facts import FactReader

        return FactReader.of(self.directive)

    def ask(
        self,
        facts: Mapping[str, Any],
        *,
        on: date,
        question: Question | str = Question.MAY,
        presume: bool = False,
        engine: str = "both",
        sides: Mapping[str, str] | None = None,
        texts: bool = False,
    ) -> Answer:
        """The answer on ``facts`` for the day ``on``; refused with every finding when the facts cannot be read.

        ``presume`` takes the declared presumptions where nothing is said; ``sides`` decides readings this once;
        ``texts`` takes words for values of any type, as cells of a CSV file have them.
        """
        last = self._last
        desk = last[2] if last is not None and last[0] is question and last[1] is engine else self._at(question, engine)
        compiled = desk.compiled
        if compiled is not None and not presume and sides is None:
            quick = compiled.quick(facts, on)
            if quick is not None:
                standings = self._agreed(desk, quick) if desk.others else quick.standings
                try:
                    outcome = desk.outcomes[standings]
                except KeyError:
                    outcome = desk.outcome(standings)
                if outcome is not None:
                    return Answer(desk, outcome, on, quick, None)
        return self._carefully(desk, facts, on, presume=presume, sides=sides, texts=texts)

    def _at(self, said: object, engine: object) -> Desk:
        """The desk where that question is answered by ``engine``."""
        question = a_question(said)
        if type(engine) is not str:
            raise no_such_engine(engine)
        desk = self._desks.get((question, engine))
        if desk is None:
            engines = self._engines.get(engine)
            if engines is None:
                engines = engines_named(engine, self.directive, self.law.judgement, self.digest, self._recorder)
                self._engines[engine] = engines
            desk = self._made(question, engines)
            self._desks[question, engine] = desk
        self._last = (question, engine, desk)  # one value, so that another thread sees all of it or none
        return desk

    def _made(self, question: Question, engines: Engines) -> Desk:
        if question is Question.FORCE:
            engines = Engines(self.directive, self.law.judgement, (), self.digest, None, replaced=False)
        return Desk(
            self.law,
            question,
            engines,
            version=self.version,
            engine_version=ENGINE_VERSION,
            compiled=self._compiled(engines),
        )

    def _compiled(self, engines: Engines) -> "Compiled | None":
        """What reads plain facts: the compiled engine, where it decides; else one that reads and has no say.

        Nothing where facts are to be measured first."""
        if not engines.every or self.directive.measures:
            return None
        for engine in engines.every:
            if engine.name == "compiled":
                return engine  # type: ignore[return-value]  # known by its name: importing it here would cost every start
        from tsutatsu.backends.compiled import Compiled

        return Compiled(self.directive, self.law.judgement)

    @cached_property
    def version(self) -> Version:
        """Which law answers."""
        header, revision = self.directive.header, self.directive.revision
        local: Overlay | None = None
        if self.directive.local is not None:
            from tsutatsu.judging.measuring import overlay_of

            local = overlay_of(self.directive.local)
        return Version(
            self.directive.id, header.title, header.issued.day, revision.number, revision.day, self.digest, local
        )

    def _agreed(self, desk: Desk, quick: "Quick") -> tuple[int, ...]:
        """The standings on which the engines that decide agree."""
        facts, taken = desk.facts_of(quick), self.law.taken
        if not desk.compiled_decides:
            return desk.engines(facts, taken)
        for other in desk.others:
            if other.standings(facts, taken) != quick.standings:
                raise desk.engines.disagreement(facts, taken)
        return quick.standings

    # ── the careful way ──────────────────────────────────────────────────────────────────────────────────────────────

    def _carefully(self, desk: Desk, raw: object, on: object, *, presume: bool, sides: object, texts: bool) -> Answer:
        day = a_day(on)
        decided = self._decided(some_sides(sides))
        sides_taken = {**self.law.taken, **decided}
        submitted = self.reader.read(raw, self.law.judgement, day, sides_taken, texts=texts)
        if desk.question is Question.FORCE:
            return self._in_force(desk, submitted, day, decided)
        case = self._case(desk, submitted, day, sides=sides_taken, decided=decided, presume=presume)
        outcome: Outcome | None = None
        if len(case.unit_facts) == 1 and 0 in case.unit_facts:
            standings = desk.engines(case.unit_facts[0], sides_taken)
            outcome = desk.outcomes.get(standings) or desk.outcome(standings)
        return Answer(desk, outcome or desk.work_out(case), day, None, case)

    def _in_force(self, desk: Desk, submitted: Facts, on: date, decided: Mapping[str, str]) -> Answer:
        """Whether the circular is in force; facts of the case do not bear on it."""
        verdict = force.force_on(self.directive, on)
        said = Caveat(CaveatKind.OUT_OF_FORCE, force.why(self.directive, on))
        caveats = (said,) if verdict not in force.IN_FORCE else ()
        case = Case(submitted, submitted, {}, self.law.taken, decided, {}, False, (), ())
        return Answer(desk, Outcome(verdict, (), (), True, caveats), on, None, case)

    def _case(
        self,
        desk: Desk,
        submitted: Facts,
        on: date,
        *,
        sides: Mapping[str, str],
        decided: Mapping[str, str],
        presume: bool,
    ) -> Case:
        law, unit = self.law, self.law.judgement.unit
        facts: dict[str, Value] = dict(submitted)
        caveats: list[Caveat] = [
            Caveat(CaveatKind.READING_TAKEN, _for_this(one.reading, one.words))
            for one in taken(decided.items(), self.directive)
        ]
        listed: tuple[Presumption, ...] = ()
        slots: tuple[Slot, ...] = ()
        if self.directive.measures:
            from tsutatsu.judging.measuring import measured

            done = measured(law, facts, sides)
            facts, slots = done.facts, done.slots
            caveats += done.caveats
        if presume:
            from tsutatsu.judging.presuming import caveat as presumed_caveat
            from tsutatsu.judging.presuming import presumed, presumed_in_units

            facts, listed = presumed(law, law.reached(law.every), facts)
            if unit is not None:
                facts, inside = presumed_in_units(law, facts, unit, sorted(desk.unit_fields))
                listed += inside
            if listed:
                caveats.append(presumed_caveat(listed))
        units = self._units(desk, facts)
        caveats += self._unit_caveats(facts, units)
        filled: dict[str, None] = {}
        days: dict[str, date] = {}
        for number in units:
            units[number] = self._with_day(units[number], on, filled, days)
        if filled or days:
            caveats.append(day_filled(self.directive, tuple({**filled, **dict.fromkeys(days)}), on))
        return Case(submitted, facts, units, sides, decided, days, presume, listed, tuple(caveats), slots)

    def _units(self, desk: Desk, facts: dict[str, Value]) -> dict[int, dict[str, Value]]:
        """What each unit's norms see: its own fields, and everything else from outside."""
        unit = self.law.judgement.unit
        if unit is None or unit not in facts:
            return {0: facts}
        records = facts[unit]
        if not isinstance(records, RecordList):
            return {}
        outside = {k: v for k, v in facts.items() if k not in desk.unit_fields}
        return {number: {**outside, **record} for number, record in enumerate(records.records, 1)}

    def _unit_caveats(self, facts: Facts, units: Mapping[int, Facts]) -> list[Caveat]:
        unit = self.law.judgement.unit
        if unit is None or unit not in facts:
            return []
        words, records = self.directive.term[unit].words, facts[unit]
        found: list[Caveat] = []
        if not units:
            found.append(
                Caveat(
                    CaveatKind.NO_UNIT,
                    Words(
                        f"「{words.ja}」が一件もないので、判断の対象がない。",
                        f"There is no record of “{words.say('en')}”, so there is nothing to judge.",
                    ),
                )
            )
        if isinstance(records, RecordList) and not records.complete:
            found.append(
                Caveat(
                    CaveatKind.MORE_UNITS,
                    Words(
                        f"「{words.ja}」はほかにもあるかもしれない。",
                        f"There may be more records of “{words.say('en')}” than were given.",
                    ),
                )
            )
        return found

    def _with_day(
        self, facts: dict[str, Value], on: date, filled: dict[str, None], days: dict[str, date]
    ) -> dict[str, Value]:
        """The facts with the day judged as the day of the act, where nobody gave one (or some moment of it)."""
        term = self.law.judgement.day
        if term is None or term in facts or term in self.law.act:
            return facts
        if isinstance(self.directive.term[term].type, Day):
            filled[term] = None
            return {**facts, term: on}
        days[term] = on
        return facts

    def _decided(self, sides: Mapping[object, object]) -> dict[str, str]:
        """The sides taken for one answer, each found to be one of the directive's."""
        findings: list[Diagnostic] = []
        found: dict[str, str] = {}
        for said, taken_side in sides.items():
            reading, side = _as_text(said), _as_text(taken_side)
            known = self.directive.reading.get(reading)
            names = [one.id for one in known.sides] if known is not None else []
            if side in names:
                found[reading] = side
            else:
                near = nearest(reading, self.directive.reading) if known is None else nearest(side, names)
                ja, en = (f"近いもの: 「{near}」。", f"Nearest: “{near}”.") if near else ("", "")
                findings.append(finding("TS523", reading=reading, side=side, near=ja, near_en=en))
        if findings:
            raise Refused(findings)
        return found


def _as_text(said: object) -> str:
    """A name as plain text; what is no text is told by its kind, which names nothing."""
    return str.__str__(said) if isinstance(said, str) else f"({type(said).__name__})"


def _for_this(reading: str, side: Words) -> Words:
    return Words(
        f"解釈「{reading}」は、この判断に限り「{side.ja}」による。",
        f"Reading “{reading}” is taken as “{side.say('en')}” for this answer alone.",
    )
