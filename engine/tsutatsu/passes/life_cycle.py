"""A circular's own life as a workflow, drawn from its head: issued, in force, lapsed or superseded, kept, disposed of.

What the head does not print, a person says for the record; what it prints, no person says otherwise. The original is
never to be disposed of before the last of the days on which its retention may end. Whoever says or does any of it holds
a post: which one, no circular prints.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from tsutatsu.calendar import CalendarRefusal, Counting, Period, Unit, retention_counted
from tsutatsu.ir import (
    ALWAYS,
    FORCE,
    LIFE,
    NEVER,
    TODAY,
    AllOf,
    Clock,
    ClockRef,
    Condition,
    Day,
    Directive,
    Norm,
    Op,
    Person,
    Side,
    Term,
    TermRef,
    Test,
    Text,
    Words,
    walk,
)
from tsutatsu.ir.workflows import POST, Allowed, Event, Hand, Handling, Stamp, State, Timer, Workflow, Write

LIFE_WORDS: Final = Words("通達の一生", "life of a directive")

_HEAD: Final = "頭書"
"""Where the head of a circular is cited."""
_EVE, _REPEALED, _KEPT = "life.eve", "life.repealed", "life.kept"
_SUCCESSOR, _LAST, _KEPT_UNTIL = "life.successor", "life.last_day", "life.kept_until"
_GROUND, _BY, _ON = "life.ground", "life.disposed_by", "life.disposed_on"

_ISSUED, _IN_FORCE = "issued", "in-force"
_LAPSED, _SUPERSEDED, _OVER, _DISPOSED = "lapsed", "superseded", "retention-over", "disposed"
_STATES: Final = {
    _ISSUED: Words("発出済", "issued"),
    _IN_FORCE: Words("有効", "in force"),
    _LAPSED: Words("失効・原議保存中", "lapsed (original kept)"),
    _SUPERSEDED: Words("廃止・原議保存中", "superseded (original kept)"),
    _OVER: Words("保存期間満了", "retention over"),
    _DISPOSED: Words("廃棄済", "disposed of"),
}
_ONE_DAY: Final = Period(1, Unit.DAY)
_BY_POST: Final = Test(POST, Op.PRESENT)


@dataclass(frozen=True, slots=True)
class Life:
    """A circular's life: the workflow, and as much of the circular as it runs by."""

    law: Directive
    """Its head, its effect and its retention, and the norms that outlive it, without what else they say."""
    workflow: Workflow


def life_of(directive: Directive) -> Life:
    """The life of one issue, as the other circulars leave its effect."""
    drawn = _Drawing(directive)
    events = tuple(drawn.events())
    reached = {_ISSUED, *(one.target for one in events)}
    said = {*(write.term for one in events for write in one.writes), *(term for one in events for term in one.supplied)}
    clocks = {one.clock for one in drawn.timers()} | {FORCE}
    norms = tuple(_bare(one) for one in directive.norms if one.survives != NEVER)
    parts = [part for one in norms for part in walk(one.survives)]
    starts = {part.term for part in parts if isinstance(part, Test)}
    open_ = {part.reading for part in parts if isinstance(part, Side)}
    law = replace(
        directive,
        terms=(
            *(one for one in directive.terms if one.id in starts),
            *(one for one in _TERMS if one.id in said),
        ),
        clocks=tuple(one for one in (*directive.clocks, *drawn.clocks()) if one.id in clocks),
        concepts=(),
        readings=tuple(one for one in directive.readings if one.id in open_),
        norms=norms,
        judgements=(),
        caveats=(),
        local=None,
        transitions=(),
    )
    workflow = Workflow(
        LIFE,
        directive.id,
        directive.issued,
        LIFE_WORDS,
        _HEAD,
        directive.header.title,
        tuple(
            State(name, words, initial=name == _ISSUED, final=name == _DISPOSED, source=directive.source)
            for name, words in _STATES.items()
            if name in reached
        ),
        events,
        tuple(drawn.timers()),
        allowed=tuple(Allowed(one, _BY_POST, directive.source) for one in Handling),
        source=directive.source,
    )
    return Life(law, workflow)


def kept_until(directive: Directive) -> date | None:
    """The last day on which the original must still be there: where print and count differ, the later one."""
    head = directive.header
    if head.retention_end is None or head.retention_end.day is None:
        return None
    counted: set[date] = set()
    if head.retention_years is not None and head.issued.day is not None:
        try:
            counted = set(retention_counted(head.issued.day, head.retention_years).values())
        except CalendarRefusal:
            counted = set()
    return head.retention_end.day if head.retention_end.day in counted else max({head.retention_end.day, *counted})


_TERMS: Final = (
    Term(
        _SUCCESSOR,
        Words("廃止した通達", "circular that repealed it"),
        Text(),
        Words("何という通達(番号、日)が廃止したか。", "By which circular (number, day) was it repealed?"),
    ),
    Term(
        _LAST,
        Words("廃止前の最後の日", "last day before repeal"),
        Day(),
        Words("廃止により、いつまでの効力となったか。", "Which is its last day in force on that account?"),
    ),
    Term(
        _KEPT_UNTIL,
        Words("原議保存の最後の日", "last day of retention"),
        Day(),
        Words("原議をいつまで保存するか。", "Until when is the original kept?"),
    ),
    Term(
        _GROUND,
        Words("廃棄の根拠", "ground of disposal"),
        Text(),
        Words("何によって廃棄するか。", "On what ground is it disposed of?"),
    ),
    Term(_BY, Words("廃棄した者", "who disposed of it"), Person()),
    Term(_ON, Words("廃棄した日", "day of disposal"), Day()),
)


class _Drawing:
    """The parts of one circular's life."""

    def __init__(self, directive: Directive) -> None:
        self._directive = directive
        self._kept = kept_until(directive)
        self._force = directive.clock[FORCE]
        self._ends = [
            *((_SUPERSEDED,) if directive.superseded is not None or directive.takes_effect else ()),
            *((_LAPSED,) if directive.superseded is None and self._force.end is not None else ()),
        ]
        """The states in which it is no longer in force."""

    def clocks(self) -> Iterator[Clock]:
        """The clocks of its life besides its effect."""
        eve = self._directive.first_day - timedelta(days=1) if self._directive.first_day > date.min else date.min
        yield Clock(_EVE, Words("効力を生ずる前", "time before its effect"), end=eve)
        yield Clock(_REPEALED, Words("廃止前の最後の日", "last day before repeal"), _LAST, Counting.INCLUSIVE, _ONE_DAY)
        words = Words("原議の保存期間", "retention of the original")
        if self._kept is None:
            yield Clock(_KEPT, words, _KEPT_UNTIL, Counting.INCLUSIVE, _ONE_DAY)
        else:
            yield Clock(_KEPT, words, self._directive.issued, end=self._kept)

    def events(self) -> Iterator[Event]:
        """What can happen to it."""
        one = self._directive
        if one.takes_effect:
            yield self._event(
                "take-effect", Words("効力を生ずる", "take effect"), (_ISSUED,), _IN_FORCE, hand=Hand.CLOCK
            )
        began = (_IN_FORCE,) if one.takes_effect else (_ISSUED,)
        if one.superseded is None and one.takes_effect:
            yield self._event(
                "note-repeal",
                Words("廃止を記す", "note its repeal"),
                began,
                _IN_FORCE,
                supplied=(_SUCCESSOR, _LAST),
                guard=Test(_LAST, Op.WITHIN, ClockRef(FORCE)),
            )
        if _SUPERSEDED in self._ends:
            yield self._event(
                "be-superseded", Words("廃止される", "be superseded"), began, _SUPERSEDED, hand=Hand.CLOCK
            )
        if _LAPSED in self._ends:
            yield self._event("lapse", Words("失効する", "lapse"), began, _LAPSED, hand=Hand.CLOCK)
        if self._kept is None:
            for state in self._ends:
                yield self._event(
                    f"note-retention-{state}",
                    Words(
                        f"原議の保存期間を記す（{'失効' if state == _LAPSED else '廃止'}後）",
                        f"note the retention ({state})",
                    ),
                    (state,),
                    state,
                    supplied=(_KEPT_UNTIL,),
                    guard=self._kept_long_enough(state),
                )
        yield self._event(
            "retention-ends",
            Words("保存期間が満了する", "retention ends"),
            tuple(self._ends),
            _OVER,
            hand=Hand.CLOCK,
        )
        yield self._event(
            "dispose",
            Words("原議を廃棄する", "dispose of the original"),
            (_OVER,),
            _DISPOSED,
            guard=Test(TODAY, Op.AFTER, ClockRef(_KEPT)),
            supplied=(_GROUND,),
            writes=(Write(_BY, Stamp.ACTOR), Write(_ON, Stamp.DAY)),
        )

    def _kept_long_enough(self, state: str) -> Condition:
        """That the retention noted does not end while the circular was still in force."""
        if state == _SUPERSEDED and self._directive.superseded is None:
            return Test(_KEPT_UNTIL, Op.GE, TermRef(_LAST))
        return ALWAYS if self._force.end is None else Test(_KEPT_UNTIL, Op.GE, self._force.end)

    def timers(self) -> Iterator[Timer]:
        """What comes by itself."""
        if self._directive.takes_effect:
            yield Timer(_EVE, "take-effect", self._directive.source)
        if _SUPERSEDED in self._ends:
            clock = _REPEALED if self._directive.superseded is None else FORCE
            yield Timer(clock, "be-superseded", self._directive.source)
        if _LAPSED in self._ends:
            yield Timer(FORCE, "lapse", self._directive.source)
        yield Timer(_KEPT, "retention-ends", self._directive.source)

    def _event(
        self,
        name: str,
        words: Words,
        origins: tuple[str, ...],
        target: str,
        *,
        hand: Hand = Hand.PERSON,
        guard: Condition = ALWAYS,
        supplied: tuple[str, ...] = (),
        writes: tuple[Write, ...] = (),
    ) -> Event:
        return Event(
            name,
            words,
            _HEAD,
            origins,
            target,
            hand,
            _guarded(guard) if hand is Hand.PERSON else guard,
            supplied=supplied,
            writes=writes,
            source=self._directive.source,
        )


def _guarded(guard: Condition) -> Condition:
    """The guard of what a person does: whoever holds no post does none of it."""
    return _BY_POST if guard == ALWAYS else AllOf((_BY_POST, guard))


def _bare(norm: Norm) -> Norm:
    """A norm as what is left of it is told: what it says on which facts is its circular's matter."""
    return replace(norm, day=None, when=ALWAYS, lifts=(), kept=ALWAYS, pending=NEVER, due=None)
