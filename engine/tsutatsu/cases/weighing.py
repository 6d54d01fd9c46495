"""Whether a case can go over whole: its facts, its readings, its duties and its clocks held against the other law."""

from collections.abc import Iterator
from dataclasses import replace

from tsutatsu.cases.accounting import duties_after, timings_in, watches
from tsutatsu.cases.case import Body, Case, Deed, DutyKey, DutyRow, DutyStanding, Entry, fold
from tsutatsu.cases.deciding import in_order, sentences
from tsutatsu.cases.ground import Ground, submitted
from tsutatsu.cases.ways import Goes, Mover, Stays, Way, Why
from tsutatsu.diagnostics import Refused
from tsutatsu.ir import TODAY, Choice, Facts, Length, RecordList, Type, Value, Whole, Words
from tsutatsu.ir.workflows import OTHER_POST
from tsutatsu.semantics import Truth3, holds


def gone_over(ground: Ground, case: Case, way: Way, mover: Mover) -> Goes | Stays:
    """What becomes of a case on a way that is open to it."""
    return _Weighing(ground, case, way, mover).weighed()


class _Hindered(Exception):
    """Something stands in the way of a case that was to go."""

    def __init__(self, why: Why, ja: str, en: str) -> None:
        super().__init__(ja)
        self.why, self.said = why, Words(ja, en)


class _Weighing:
    """One case held against the law to which it would go."""

    def __init__(self, ground: Ground, case: Case, way: Way, mover: Mover) -> None:
        self._ground, self._case, self._target = ground, case, way.target
        self._passage, self._clause, self._mover = way.passage, way.clause, mover
        self._now = in_order(case, mover.now)
        self._number = case.version + 1
        self._lost: list[str] = []
        """The facts that have no place where it would go."""

    def weighed(self) -> Goes | Stays:
        """The entry, or why there is none."""
        try:
            facts = self._carried()
            stays = self._by_condition(facts)
            if stays is not None:
                return stays
            self._keeps_facts(facts)
            return self._goes(facts)
        except _Hindered as hindered:
            return Stays(self._case, hindered.why, hindered.said)

    def _goes(self, facts: Facts) -> Goes:
        state = self._passage.states.get(self._case.state)
        if state is None:
            word = self._ground.workflow.state[self._case.state].words
            raise _Hindered(
                Why.STATE,
                f"今の状態「{word.ja}」は、移る先にない。",
                f"Where it would go there is no state “{word.say('en')}”.",
            )
        pin = self._target.pin(dict(self._sides()))
        if pin.force != self._case.pin.force:
            raise _Hindered(
                Why.FORCE,
                f"「{self._case.pin.force or pin.force}」の定めが、今の版と移る先の版の両方には重ねられていない。",
                f"What “{self._case.pin.force or pin.force}” has laid down is not laid over both issues.",
            )
        terms = self._passage.terms
        written = {terms.get(one, one) for one in self._case.written} & facts.keys()
        body = Body(
            self._mover.who,
            {term: value for term, value in facts.items() if term not in written},
            {term: value for term, value in facts.items() if term in written},
            words=self._mover.reason,
        )
        case = self._case
        entry = Entry(case.id, self._number, Deed.MOVED, self._now, case.state, state, pin=pin, body=body)
        bare = fold((*case.entries, entry))
        duties = self._duties(bare)
        timings = timings_in(self._target, bare, state, facts)
        self._keeps_timers({one.event for one in timings})
        entry = replace(entry, duties=duties, timings=timings)
        gone = sorted(self._passage.ending.terms & case.facts.keys())
        ended = tuple(self._ground.directive.term[one] for one in gone)
        after = fold((*case.entries, entry))
        return Goes(entry, after, case, self._ground.workflow, self._target, self._clause, ended)

    # ── facts ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def _carried(self) -> dict[str, Value]:
        """The facts that have a place in the later law, by its names, each as it was."""
        found: dict[str, Value] = {}
        for term, value in self._renamed(self._case.facts):
            if term in found:
                self._lost.append(term)
            found[term] = value
        return found

    def _renamed(self, facts: Facts) -> Iterator[tuple[str, Value]]:
        old, new = self._ground.directive.term, self._target.directive.term
        for term, value in facts.items():
            if term in self._passage.ending.terms:
                continue
            to = self._passage.terms.get(term, term)
            if to not in new or to == TODAY or not _means_same(value, old[term].type, new[to].type):
                self._lost.append(term)
            elif isinstance(value, RecordList):
                records = tuple(dict(self._renamed(one)) for one in value.records)
                yield to, RecordList(records, value.complete)
            else:
                yield to, value

    def _keeps_facts(self, facts: Facts) -> None:
        """Nothing was lost on the way, and the later law reads each fact as what it was."""
        try:
            read = self._target.read(submitted(facts), self._now.date())
        except Refused as refused:
            said = sentences(refused)
            raise _Hindered(Why.FACTS, said.ja, said.en) from None
        lost = [*self._lost, *(term for term, value in facts.items() if term not in read or not _is(read[term], value))]
        if lost:
            known = [self._ground.directive.term.get(one) or self._target.directive.term[one] for one in lost]
            raise _Hindered(
                Why.FACTS,
                f"事実{'、'.join(f'「{one.words.ja}」' for one in known)}が、移る先にそのままの形では残らない。",
                f"These facts would not stay as they are: {', '.join(one.words.say('en') for one in known)}.",
            )

    def _by_condition(self, facts: Facts) -> Stays | None:
        """That the clause's own condition does not surely hold, by the words of the later law."""
        if self._clause is None:
            return None
        law = self._target.directive
        sides = {one.id: one.taken for one in law.readings if one.taken is not None}
        sides |= {reading: side for reading, side in self._case.sides.items() if reading in law.reading}
        told = holds(self._clause.when, law, {**facts, TODAY: self._now.date()}, sides)
        if told is Truth3.TRUE:
            return None
        if told is Truth3.FALSE:
            said = Words("経過措置が移す場合に当たらない。", "It is none of the cases that the clause moves.")
            return Stays(self._case, Why.CONDITION, said)
        said = Words(
            "経過措置が移す場合に当たるか、事実か解釈が足りず分からない。",
            "Whether it is one of the cases that the clause moves is not known: a fact or a reading is open.",
        )
        return Stays(self._case, Why.UNKNOWN, said)

    def _sides(self) -> Iterator[tuple[str, str]]:
        """The readings decided for the case; what the later law decides otherwise, or does not know, is in the way."""
        for reading, side in self._case.sides.items():
            if reading in self._passage.ending.readings:
                continue
            known = self._target.directive.reading.get(reading)
            open_ = known is not None and known.taken in (None, side)
            if known is None or not open_ or side not in [one.id for one in known.sides]:
                raise _Hindered(
                    Why.READINGS,
                    f"この事案のために決めた解釈「{reading}={side}」が、移る先で成り立たない。",
                    f"The reading decided for it, “{reading}={side}”, does not stand where it would go.",
                )
            yield reading, side

    # ── duties and clocks ────────────────────────────────────────────────────────────────────────────────────────────

    def _duties(self, bare: Case) -> tuple[DutyRow, ...]:
        """The duties that change; every one that is not named as ending stands afterwards as it stood."""
        ending = self._passage.ending.norms
        moved = [(row, self._key(row)) for row in bare.duties if row.key.norm not in ending]
        known = tuple(replace(row, key=key) for row, key in moved)
        base = replace(bare, duties=known)
        changed = {row.key: row for row in duties_after(self._target, base, bare.facts, self._now, self._number)}
        rows: dict[DutyKey, DutyRow] = {}
        for row in bare.duties:
            if row.key.norm in ending and row.standing is DutyStanding.OPEN:
                rows[row.key] = replace(row, standing=DutyStanding.DROPPED, settled=self._number)
        for row, key in moved:
            after = changed.get(key, replace(row, key=key))
            self._keeps(row, after)
            if key != row.key:
                rows[row.key] = replace(row, standing=DutyStanding.DROPPED, settled=self._number)
                rows[key] = after
        for key, row in changed.items():
            before = next((one for one in known if one.key == key), None)
            if row.standing is DutyStanding.BREACHED and (before is None or before.standing is DutyStanding.DROPPED):
                raise _Hindered(
                    Why.DUTIES,
                    f"移った時に既に果たされていないことになる義務がある: {row.summary.ja}",
                    f"A duty would be breached by the move itself: {row.summary.say('en')}",
                )
            rows[key] = row
        return tuple(rows.values())

    def _key(self, row: DutyRow) -> DutyKey:
        """The key by which the later law watches the same duty; its own where it watches none."""
        norm = self._passage.norms.get(row.key.norm, row.key.norm)
        law, flow = self._target.directive, self._target.workflow
        watched = dict.fromkeys(one for one in (row.key.judgement, *flow.watched) if one in flow.watched)
        named = [one for one in watched if norm in law.judgement[one].norms]
        return DutyKey(named[0], norm, row.key.unit) if named and row.standing is not DutyStanding.DROPPED else row.key

    def _keeps(self, before: DutyRow, after: DutyRow) -> None:
        if before.standing is DutyStanding.DROPPED:
            return
        known = watches(self._target, after.key)
        if after.standing is before.standing and (known or before.standing is not DutyStanding.OPEN):
            return
        raise _Hindered(
            Why.DUTIES,
            f"義務が消えるか、改めて判断されることになる: {before.summary.ja}",
            f"A duty would vanish, or be judged anew: {before.summary.say('en')}",
        )

    def _keeps_timers(self, events: set[str]) -> None:
        for one in self._case.timings:
            if one.event not in events and one.event not in self._passage.ending.events:
                words = self._ground.workflow.event[one.event].words
                raise _Hindered(
                    Why.TIMERS,
                    f"ひとりでに起こるはずの「{words.ja}」が起こらなくなる。",
                    f"“{words.say('en')}”, which is to come by itself, would no longer come.",
                )


def _is(one: Value, other: Value) -> bool:
    """Whether two values are one and the same: 1 is not true, and a day no moment."""
    return one.__class__ is other.__class__ and one == other


def _means_same(value: Value, old: Type, new: Type) -> bool:
    """Whether a value means under the later type what it meant under the earlier one."""
    if old.__class__ is not new.__class__:
        return False
    if isinstance(old, Whole) and isinstance(new, Whole):
        return old.unit == new.unit
    if isinstance(old, Length) and isinstance(new, Length):
        return old.unit == new.unit
    if isinstance(old, Choice) and isinstance(new, Choice) and value is not None:
        before, after = ({one.id: one.words.ja for one in kind.options} for kind in (old, new))
        named = isinstance(value, str) and before.get(value) == after.get(value)
        return named and (value != OTHER_POST.id or before.keys() == after.keys())  # what その他 is depends on the rest
    return True
