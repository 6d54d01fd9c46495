"""Whole directives drawn at random: valid, acyclic, and using everything the kernel has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from random import Random

from drawing.pools import COLLIDING, DAYS, HOURS, IDS, LENGTHS, MOMENTS, TEXTS, WHOLES
from tsutatsu.calendar import Counting, DailyWindow, Period, Unit
from tsutatsu.ir import (
    ALWAYS,
    FORCE,
    NEVER,
    TODAY,
    AllOf,
    AnyOf,
    Choice,
    Clock,
    ClockRef,
    Concept,
    Condition,
    Constant,
    Day,
    Directive,
    Due,
    Each,
    Header,
    Hour,
    Is,
    Judgement,
    Kind,
    Length,
    Lift,
    Moment,
    Norm,
    Not,
    Op,
    OpenCase,
    Option,
    Person,
    Printed,
    Reading,
    ReadingSide,
    Records,
    Revision,
    Side,
    Some,
    Stands,
    Strength,
    Term,
    TermRef,
    Test,
    Text,
    Truth,
    Type,
    Whole,
    Words,
)

ORDERS = (Op.LT, Op.LE, Op.GT, Op.GE)
PLACES = (Op.BEFORE, Op.WITHIN, Op.AFTER)
CHOICES = (("甲", "乙", "丙"), ("true", "True", "1", ""), (*COLLIDING, "other"))
DAY_LENGTHS = (
    (Counting.INCLUSIVE, Unit.DAY, (1, 2, 90)),
    (Counting.EXCLUSIVE, Unit.DAY, (1, 2, 30)),
    (Counting.INCLUSIVE, Unit.WEEK, (1, 2)),
    (Counting.EXCLUSIVE, Unit.WEEK, (1, 2)),
    (Counting.INCLUSIVE, Unit.MONTH, (1, 3)),
    (Counting.EXCLUSIVE, Unit.MONTH, (1, 3)),
    (Counting.INCLUSIVE, Unit.YEAR, (1, 5)),
    (Counting.EXCLUSIVE, Unit.YEAR, (1,)),
    (Counting.FISCAL_NEXT, Unit.YEAR, (1, 5)),
    (Counting.CALENDAR_NEXT, Unit.YEAR, (1, 3)),
    (Counting.AGE, Unit.YEAR, (1, 18)),
)


def draw_directive(rng: Random, size: int = 5) -> Directive:
    """A valid directive with up to ``size`` norms; the same draws give the same directive."""
    return _Drawing(rng).directive(size)


@dataclass
class _Drawing:
    """What has been declared so far; a definition refers only to what stands before it, so none goes round."""

    rng: Random
    terms: dict[str, Term] = field(default_factory=dict)
    clocks: dict[str, Clock] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    norms: dict[str, Norm] = field(default_factory=dict)
    weight: dict[tuple[str, str], int] = field(default_factory=dict)
    """How many tests the meaning makes to decide a definition (it shares nothing): what is drawn stays small."""

    def directive(self, size: int) -> Directive:
        self._plain_terms()
        self._clocks()
        for _ in range(self.rng.randint(0, 2)):
            name = self._fresh(self.readings, "reading")
            sides = tuple(ReadingSide(side, Words(side)) for side in ("広く", "狭く", "role"))
            self.readings[name] = Reading(name, "第1", Words("範囲"), sides[: self.rng.randint(2, 3)])
        if self.rng.random() < 0.5:
            self._derived(lists=False)
        self._lists()
        for _ in range(self.rng.randint(1, size)):
            if self.rng.random() < 0.3:
                self._derived(lists=True)
            if self.rng.random() < 0.5:
                self._concept()
            self._norm()
        return self._assembled()

    def _assembled(self) -> Directive:
        rng, names = self.rng, list(self.norms)
        judgements = []
        for number in range(rng.randint(1, 2)):
            chosen = rng.sample(names, rng.randint(1, len(names))) if number else names
            settable = [t for t in self.terms.values() if not isinstance(t.type, Records) and t.id != TODAY]
            fixed = rng.sample(settable, min(len(settable), rng.choice((0, 0, 1, 2))))
            act = tuple((t.id, value) for t in fixed if (value := self.constant(t.type)) is not None)
            judgements.append(Judgement(f"問{number}", Words("問い"), tuple(chosen), act))
        printed = Printed("令和6年1月1日", date(2024, 1, 1))
        terms = [t for t in self.terms.values() if t.id != TODAY]
        rng.shuffle(terms)  # the order of declaration must not matter
        return Directive(
            "drawn",
            Header(Words("引いた通達"), printed, "者", "第1号"),
            Revision(1, date(2024, 1, 1)),
            tuple(terms),
            tuple(self.clocks.values()),
            tuple(self.concepts.values()),
            tuple(self.readings.values()),
            tuple(self.norms.values()),
            tuple(judgements),
        )

    def _fresh(self, taken: Sequence[str] | dict[str, object] | dict, prefix: str) -> str:
        if self.rng.random() < 0.5:
            name = self.rng.choice(IDS)
            if name not in taken and name != TODAY:
                return name
        return f"{prefix}{len(taken)}"

    # ── terms and clocks ─────────────────────────────────────────────────────────────────────────────────────────────

    def _add(self, kind: Type, derived: Condition | None = None) -> None:
        name = self._fresh(self.terms, "term")
        self.terms[name] = Term(name, Words(name), kind, derived=derived)
        self.weight["term", name] = 1 if derived is None else self._weigh(derived)

    def _plain_terms(self) -> None:
        rng = self.rng
        self.terms[TODAY] = Term(TODAY, Words("判断日"), Day())
        for name in COLLIDING if rng.random() < 0.3 else ():
            self.terms[name] = Term(name, Words(name), Text())
        self.weight |= {("term", name): 1 for name in self.terms}
        kinds: list[Type] = [
            Truth(), Truth(), Truth(), Day(), Day(), Moment(), Moment(), Hour(), Text(), Person(), Person(),
            Whole(Words("人")), Whole(Words("人"), 0, 3), Length("minute"), Length("day"),
        ]  # fmt: skip
        for options in CHOICES:
            kinds.append(Choice(tuple(Option(o, Words(o)) for o in options), ordered=rng.random() < 0.5))
        for kind in rng.sample(kinds, rng.randint(4, 11)):
            self._add(kind)

    def _named(self, kind: type[Type] | tuple[type[Type], ...], among: Sequence[str] | None = None) -> list[str]:
        return [t.id for t in self.terms.values() if isinstance(t.type, kind) and (among is None or t.id in among)]

    def _clocks(self) -> None:
        rng = self.rng
        self.clocks[FORCE] = Clock(FORCE, Words("効力"), date(2024, 1, 1), end=rng.choice((None, date(2025, 3, 31))))
        for _ in range(rng.randint(1, 5)):
            name = self._fresh(self.clocks, "clock")
            self.clocks[name] = replace(self._clock(), id=name)

    def _clock(self) -> Clock:
        rng = self.rng
        days, moments = self._named(Day), self._named(Moment)
        counting, unit, lengths = rng.choice(DAY_LENGTHS)
        length = Period(rng.choice(lengths), unit)
        start, blank = rng.choice(days), Words("時計")
        shapes = [
            Clock("", blank, rng.choice(DAYS[:6]), end=rng.choice(DAYS[6:])),
            Clock("", blank, rng.choice(DAYS)),
            Clock("", blank, end=rng.choice(DAYS)),
            Clock("", blank, rng.choice(DAYS), counting, length),
            Clock("", blank, start, counting, length),
            Clock("", blank, start, counting, length),
            Clock("", blank, start),
            Clock("", blank, start, end=rng.choice(DAYS)),
            Clock("", blank, window=DailyWindow(time(8, 30), time(17, 15))),
            Clock("", blank, window=DailyWindow(time(17, 15), time(8, 30))),
        ]
        if moments:
            moment = rng.choice(moments)
            hours = Period(rng.choice((1, 24, 48)), rng.choice((Unit.HOUR, Unit.MINUTE)))
            shapes += [Clock("", blank, moment, Counting.INSTANT, hours), Clock("", blank, moment, counting, length)]
        return rng.choice(shapes)

    def _lists(self) -> None:
        rng = self.rng
        for _ in range(rng.choice((0, 1, 1, 2))):
            inner = [t.id for t in self.terms.values() if t.id != TODAY and not isinstance(t.type, Records)]
            self._add(Records(tuple(rng.sample(inner, rng.randint(1, min(4, len(inner)))))))

    # ── definitions and norms ────────────────────────────────────────────────────────────────────────────────────────

    def _derived(self, *, lists: bool) -> None:
        self._add(Truth(), self.condition(2, lists=lists))

    def _concept(self) -> None:
        rng, cases = self.rng, []
        if self.readings:
            for _ in range(rng.choice((0, 1, 1, 2))):
                reading = self.readings[rng.choice(list(self.readings))]
                cases.append(OpenCase(self.condition(1), reading.id, rng.choice(reading.sides).id))
        name = self._fresh(self.concepts, "concept")
        met = self.condition(2)
        self.concepts[name] = Concept(name, Words(name), "第2", met, tuple(cases))
        self.weight["concept", name] = self._weigh(AllOf((met, *(case.when for case in cases))))

    def _norm(self) -> None:
        rng = self.rng
        name = self._fresh(self.norms, "norm")
        kept, pending, due = self._kept()
        force = [c.id for c in self.clocks.values() if _takes_days(c)]
        norm = Norm(
            name,
            "第3",
            rng.choice(list(Kind)),
            rng.choice((Strength.HARD, Strength.HARD, Strength.SOFT, Strength.FREE)),
            Words(name),
            day=rng.choice((None, None, rng.choice(self._named((Day, Moment))))),
            force=rng.choice(("", FORCE, rng.choice(force))),
            survives=self.condition(1) if rng.random() < 0.2 else NEVER,
            when=self.condition(2) if rng.random() < 0.8 else ALWAYS,
            lifts=tuple(Lift("ただし書", self.condition(1)) for _ in range(rng.choice((0, 0, 1, 2)))),
            kept=kept,
            pending=pending,
            due=due,
        )
        self.norms[name] = norm
        parts = (norm.survives, norm.when, *(lift.when for lift in norm.lifts), norm.kept, norm.pending)
        self.weight["norm", name] = 2 + self._weigh(AllOf(parts))

    def _weigh(self, condition: Condition) -> int:
        match condition:
            case AllOf(parts) | AnyOf(parts):
                return sum(self._weigh(part) for part in parts)
            case Not(part):
                return self._weigh(part)
            case Each(_, part) | Some(_, part):
                return 1 + 2 * self._weigh(part)
            case Is(name):
                return self.weight["concept", name]
            case Stands(name):
                return self.weight["norm", name]
            case Test(term):
                return self.weight["term", term]
            case Side():
                return 1

    def _light(self, kind: str, named: Iterable[str], inside: int) -> list[str]:
        """Those definitions that may be referred to without the whole growing out of hand."""
        return [name for name in named if self.weight[kind, name] <= (30, 6, 3)[inside]]

    def _kept(self) -> tuple[Condition, Condition, Due | None]:
        """What keeps a norm and what leaves it open: as a due duty is lowered, or anything at all."""
        rng = self.rng
        clocks = [c.id for c in self.clocks.values() if _takes_days(c)]
        if rng.random() < 0.4:
            met, clock = rng.choice(self._named(Day)), ClockRef(rng.choice(clocks))
            kept = AllOf((Test(met, Op.PRESENT), Not(Test(met, Op.AFTER, clock))))
            pending = AllOf((Not(Test(met, Op.PRESENT)), Not(Test(TODAY, Op.AFTER, clock))))
            return kept, pending, Due(met, clock=clock.id)
        return self.condition(2), self.condition(1) if rng.random() < 0.3 else NEVER, None

    def condition(self, depth: int, *, lists: bool = True, inside: int = 0) -> Condition:
        rng = self.rng
        shape = rng.random()
        if depth > 0 and shape < 0.55:
            count = rng.choice((1, 2, 2, 2, 3, 3, 4)) if shape > 0.02 else 0
            parts = tuple(self.condition(depth - 1, lists=lists, inside=inside) for _ in range(count))
            return AllOf(parts) if rng.random() < 0.5 else AnyOf(parts)
        if depth > 0 and shape < 0.70:
            return Not(self.condition(depth - 1, lists=lists, inside=inside))
        if lists and inside < 2 and shape < 0.80 and (named := self._named(Records)):
            kind = rng.choice((Each, Some))
            return kind(rng.choice(named), self.condition(1, inside=inside + 1))
        return self._leaf(lists=lists, inside=inside)

    def _leaf(self, *, lists: bool, inside: int) -> Condition:
        rng = self.rng
        leaves: list[Condition] = []
        if self.readings and rng.random() < 0.1:
            reading = self.readings[rng.choice(list(self.readings))]
            leaves.append(Side(reading.id, rng.choice(reading.sides).id))
        if lists and rng.random() < 0.3 and (light := self._light("concept", self.concepts, inside)):
            leaves.append(Is(rng.choice(light)))
        if lists and rng.random() < 0.15 and (light := self._light("norm", self.norms, inside)):
            leaves.append(Stands(rng.choice(light), rng.random() < 0.5))
        if leaves:
            return rng.choice(leaves)
        light = self._light("term", self.terms, inside)
        derived = [name for name in light if self.terms[name].derived is not None]
        return self.test(self.terms[rng.choice(derived if derived and rng.random() < 0.25 else light)])

    # ── tests of one term ────────────────────────────────────────────────────────────────────────────────────────────

    def test(self, term: Term) -> Test:
        """A test that the term's type allows."""
        rng, kind = self.rng, term.type
        ops = [Op.PRESENT]
        match kind:
            case Records():
                return Test(term.id, Op.PRESENT)
            case Truth():
                ops = [Op.EQ, Op.EQ, Op.EQ, Op.SAME, Op.DIFFERENT, Op.PRESENT]
            case Choice() | Text() | Person():
                ops += [Op.EQ, Op.EQ, Op.IN, Op.SAME, Op.DIFFERENT]
            case Whole() | Length():
                ops += [Op.EQ, Op.IN, *ORDERS, *ORDERS, Op.SAME, Op.DIFFERENT]
            case Day() | Moment():
                ops += [Op.EQ, Op.IN, *ORDERS, *PLACES, *PLACES, Op.SAME, Op.DIFFERENT]
            case Hour():
                ops += [Op.EQ, *ORDERS, Op.WITHIN, Op.SAME, Op.DIFFERENT]
        op = rng.choice(ops)
        alike = [t.id for t in self.terms.values() if t.type == kind] or [term.id]
        clocks = [c.id for c in self.clocks.values() if _takes(c, kind, op, self.terms)]
        if op in PLACES:
            return Test(term.id, op, ClockRef(rng.choice(clocks))) if clocks else Test(term.id, Op.PRESENT)
        if op is Op.PRESENT:
            return Test(term.id, op)
        if op in (Op.SAME, Op.DIFFERENT) or (rng.random() < 0.2 and op is not Op.IN):
            return Test(term.id, op, TermRef(rng.choice(alike)))
        if op is Op.IN:
            drawn = (self.constant(kind) for _ in range(rng.choice((1, 2, 3, 0) if rng.random() < 0.1 else (1, 2, 3))))
            return Test(term.id, op, tuple(value for value in drawn if value is not None))
        return Test(term.id, op, self.constant(kind))

    def constant(self, kind: Type) -> Constant | None:
        """A value of the type; a list has none."""
        rng = self.rng
        match kind:
            case Truth():
                return rng.random() < 0.7
            case Choice(options):
                return rng.choice(options).id
            case Whole(_, low, high):
                return rng.choice([w for w in WHOLES if low <= w <= high] or [low])
            case Length():
                return rng.choice(LENGTHS)
            case Day():
                return rng.choice(DAYS)
            case Moment():
                return rng.choice(MOMENTS)
            case Hour():
                return rng.choice(HOURS)
            case Text() | Person():
                return rng.choice([text for text in TEXTS if len(text) < 100])
            case Records():
                return None


def _takes_days(clock: Clock) -> bool:
    """Whether the clock counts whole days."""
    return clock.window is None and (clock.length is None or clock.length.unit not in (Unit.HOUR, Unit.MINUTE))


def _takes(clock: Clock, kind: Type, op: Op, terms: dict[str, Term]) -> bool:
    """Whether a value of the type can be placed on the clock so."""
    if clock.window is not None:
        return op is Op.WITHIN and isinstance(kind, Hour | Moment)
    if not _takes_days(clock):
        return isinstance(kind, Day | Moment) and isinstance(terms[str(clock.start)].type, Moment)
    return isinstance(kind, Day | Moment)
