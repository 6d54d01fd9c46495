"""What the scenarios are to show of a circular, and whether they do, by the running numbers of the page."""

from collections.abc import Iterator
from dataclasses import dataclass

from tsutatsu.coverage.measuring import DirectiveCoverage, PointCoverage, State, measure
from tsutatsu.coverage.points import subject_of
from tsutatsu.coverage.resting import Sort, subject
from tsutatsu.coverage.wording import provision_of, tell_point, tell_subject
from tsutatsu.site.proofs import Point
from tsutatsu.site.scenarios import Homes
from tsutatsu.words import Words


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is missing, and the provision of the page that it is about (empty where it is about none)."""

    place: str
    words: Words


@dataclass(frozen=True, slots=True)
class Points:
    """The points of one issue, told."""

    homes: Homes
    coverage: DirectiveCoverage

    @classmethod
    def of(cls, homes: Homes) -> "Points":
        """The points of the issue whose scenarios these are."""
        return cls(homes, measure(homes.directive, homes.performed))

    def norm(self, name: str) -> tuple[Point, ...]:
        """The points of a norm."""
        return self._told(Sort.NORM, name)

    def reading(self, name: str) -> tuple[Point, ...]:
        """The points of a reading."""
        return self._told(Sort.READING, name)

    def concept(self, name: str) -> tuple[Point, ...]:
        """The points of a word of the text; none for anything else."""
        return self._told(Sort.CONCEPT, name) if name in self.homes.directive.concept else ()

    @property
    def demanded(self) -> int:
        """How many points there are, but for those that no facts can show."""
        return len(self.coverage.counted)

    @property
    def shown(self) -> int:
        """How many of them some scenario shows."""
        return len(self.coverage.counted) - len(self.coverage.missing)

    def gaps(self) -> Iterator[Gap]:
        """The points that no scenario shows."""
        d = self.homes.directive
        for one in self.coverage.missing:
            of, said = tell_subject(subject_of(one.point, d.id), d), tell_point(one.point, d)
            words = Words(f"{of.ja}: {said.ja}がない。", f"{of.say('en')} lacks {said.say('en')}.")
            yield Gap(self.homes.place(provision_of(one.point, d)) or "", words)

    def _told(self, sort: Sort, name: str) -> tuple[Point, ...]:
        return tuple(self._point(one) for one in self.coverage.of(subject(sort, name)))

    def _point(self, one: PointCoverage) -> Point:
        said = tell_point(one.point, self.homes.directive)
        return Point(said, one.state is State.SHOWN, one.state is State.MISSING, self.homes.spans(one.scenarios))
