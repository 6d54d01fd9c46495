"""What the scenarios show of a directive: every point with the scenarios that show it, or facts that would."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from tsutatsu.coverage.demanding import points_of
from tsutatsu.coverage.hunting import Hunter
from tsutatsu.coverage.points import InForce, LeftOpen, Point, ReadSo, StandsSo, subject_of
from tsutatsu.coverage.resting import Reaching, Sort, Subject, subject
from tsutatsu.coverage.searching import End, Found
from tsutatsu.coverage.shows import shows
from tsutatsu.coverage.sightings import Sighting, Sightings, sightings_of
from tsutatsu.gherkin.performing import Performed
from tsutatsu.ir import Directive, Norm
from tsutatsu.semantics import Truth3
from tsutatsu.source import Source


class State(Enum):
    """Whether a point is shown."""

    SHOWN = "shown"
    MISSING = "missing"
    IMPOSSIBLE = "impossible"
    """No facts show it: proved by trying one value of each kind that the tests tell apart."""


@dataclass(frozen=True, slots=True)
class PointCoverage:
    """A point, and the scenarios that show it."""

    point: Point
    state: State
    scenarios: tuple[int, ...]
    """By their numbers in ``DirectiveCoverage.scenarios``."""
    example: Found | None = None
    """Facts that would show it, where a search found some."""


@dataclass(frozen=True)
class DirectiveCoverage:
    """One issue of a directive, point by point."""

    directive: Directive
    reaching: Reaching
    points: tuple[PointCoverage, ...]
    scenarios: tuple[Performed, ...]
    """All that were performed; points tell them by their numbers."""

    def of(self, thing: Subject) -> tuple[PointCoverage, ...]:
        """The points of one thing."""
        return self._by_subject.get(thing, ())

    def of_norm(self, norm: str) -> tuple[PointCoverage, ...]:
        """The points of a norm and of everything that it rests on, but for other norms."""
        rests_on = self.reaching.of(subject(Sort.NORM, norm))
        mine = subject(Sort.NORM, norm)
        return tuple(
            one
            for one in self.points
            for thing in (subject_of(one.point, self.directive.id),)
            if thing == mine or (thing in rests_on and thing.kind is not Sort.NORM)
        )

    def source_of(self, point: Point) -> Source:
        """Where in the policy the point's subject stands."""
        d, thing = self.directive, subject_of(point, self.directive.id)
        match thing.kind:
            case Sort.NORM:
                return d.norm[thing.id].source
            case Sort.CONCEPT:
                return d.concept[thing.id].source
            case Sort.READING:
                return d.reading[thing.id].source
            case Sort.TERM:
                return d.term[thing.id].source
            case Sort.CLOCK:
                return d.clock[thing.id].source
            case Sort.DIRECTIVE:
                return d.source

    def scenarios_of(self, norm: str) -> tuple[int, ...]:
        """The scenarios that show something of the norm itself."""
        own = self.of(subject(Sort.NORM, norm))
        return tuple(sorted({number for one in own for number in one.scenarios}))

    @cached_property
    def counted(self) -> tuple[PointCoverage, ...]:
        """The points that are demanded: all but the impossible ones."""
        return tuple(one for one in self.points if one.state is not State.IMPOSSIBLE)

    @cached_property
    def missing(self) -> tuple[PointCoverage, ...]:
        """The points that no scenario shows."""
        return tuple(one for one in self.points if one.state is State.MISSING)

    @cached_property
    def unjudged(self) -> tuple[Norm, ...]:
        """The norms that no judgement asks about."""
        return tuple(norm for norm in self.directive.norms if norm.id not in self.reaching.judged)

    @cached_property
    def unseen(self) -> tuple[Norm, ...]:
        """The norms that some judgement asks about and no scenario."""
        judged = [norm for norm in self.directive.norms if norm.id in self.reaching.judged]
        return tuple(norm for norm in judged if not self.scenarios_of(norm.id))

    @cached_property
    def _by_subject(self) -> dict[Subject, tuple[PointCoverage, ...]]:
        found: dict[Subject, list[PointCoverage]] = {}
        for one in self.points:
            found.setdefault(subject_of(one.point, self.directive.id), []).append(one)
        return {thing: tuple(points) for thing, points in found.items()}


Told = Callable[[int, int], None]
"""How far a long run has come: done, of how many."""


def measure(directive: Directive, scenarios: Sequence[Performed], told: Told | None = None) -> DirectiveCoverage:
    """What the scenarios show of the directive; for what none shows, facts are looked for that would."""
    reaching = Reaching(directive)
    sightings = sightings_of(directive, enumerate(scenarios))
    points = tuple(p for p in points_of(directive, reaching) if _is_asked(p, directive, reaching))
    shown = _shown(points, directive, reaching, sightings)
    hunter = Hunter(directive, reaching, sightings)
    found: list[PointCoverage] = []
    for number, point in enumerate(points):
        by = shown[point]
        if by:
            found.append(PointCoverage(point, State.SHOWN, tuple(sorted(by))))
        else:
            hunt = hunter.hunt(point)
            state = State.IMPOSSIBLE if hunt.end is End.NONE else State.MISSING
            found.append(PointCoverage(point, state, (), hunt.found))
        if told is not None:
            told(number + 1, len(points))
    return DirectiveCoverage(directive, reaching, tuple(found), tuple(scenarios))


def _is_asked(point: Point, directive: Directive, reaching: Reaching) -> bool:
    """Whether some judgement bears on what the point is of (the circular as a whole is always asked about)."""
    thing = subject_of(point, directive.id)
    return thing.kind is Sort.DIRECTIVE or any(reaching.bears(one, thing) for one in directive.judgements)


def _shown(
    points: Iterable[Point], directive: Directive, reaching: Reaching, sightings: Sightings
) -> dict[Point, set[int]]:
    shown: dict[Point, set[int]] = {point: set() for point in points}
    by_judgement = {
        one.id: [
            (point, tuple(n for n in reaching.norms(subject_of(point, directive.id)) if n in one.norms))
            for point in shown
            if reaching.bears(one, subject_of(point, directive.id))
        ]
        for one in directive.judgements
    }
    for one in sightings.seen:
        for point, norms in by_judgement[one.judgement]:
            if not shown[point].issuperset(one.scenarios) and _shows(point, one, directive, norms):
                shown[point].update(one.scenarios)
    for waiting in sightings.waiting:
        shown.get(LeftOpen(waiting.norm), set()).add(waiting.scenario)
    for force in sightings.force:
        for point in (InForce(force.verdict, None), InForce(force.verdict, force.on)):
            shown.get(point, set()).add(force.scenario)
    return shown


def _shows(point: Point, one: Sighting, directive: Directive, norms: tuple[str, ...]) -> bool:
    match point:
        case StandsSo(name, standing):
            at = directive.judgement[one.judgement].norms.index(name)
            return one.standings[at] == standing
        case LeftOpen() | InForce():
            return False
        case ReadSo(reading) if reading not in one.sides:
            return False
        case _:
            return shows(point, directive, one.facts, one.sides, norms) is Truth3.TRUE
