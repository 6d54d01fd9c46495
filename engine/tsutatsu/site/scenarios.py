"""The scenarios of one issue of a circular: as written, with what came of them, each at the provision it proves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Final

from tsutatsu.coverage.reaching import reaches
from tsutatsu.diagnostics import Refused
from tsutatsu.gherkin import sheet as written
from tsutatsu.gherkin.acts import (
    Act,
    ExpectDuty,
    ExpectException,
    ExpectGround,
    ExpectGroundNorm,
    ExpectStanding,
    ExpectUnitStanding,
    OfCase,
)
from tsutatsu.gherkin.case_acts import ExpectOwed, ExpectRefusedByNorm
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.linting import open_sheet
from tsutatsu.gherkin.performing import Outcome, Performed
from tsutatsu.ir import Directive
from tsutatsu.site.proofs import Case, Proof, Row, Sheet, Span, Step, Table
from tsutatsu.source import Source

_WORST_FIRST: Final = (
    Outcome.FAILED,
    Outcome.REFUSED,
    Outcome.NOT_PERFORMED,
    Outcome.SET_ASIDE,
    Outcome.PASSED,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario or an outline as it is written, and every time it was performed."""

    sheet: written.Sheet | None
    """Nothing where its file cannot be read."""
    draft: written.Draft | None
    performed: tuple[Performed, ...]

    @property
    def outcome(self) -> Outcome:
        """The worst of what came of it."""
        return next(one for one in _WORST_FIRST if any(each.outcome is one for each in self.performed))


def told_of(directive: Directive, performed: Iterable[Performed], law: Law) -> tuple[Told, ...]:
    """The scenarios of this issue, in the order of its feature files; the law's other scenarios are left out."""
    own = [one for one in performed if _is_of(directive, one, law)]
    return tuple(told for path, group in groupby(own, key=lambda one: one.path) for told in _told(path, [*group], law))


def _is_of(directive: Directive, one: Performed, law: Law) -> bool:
    """By the folder that its file stands in; by what it asks, where that is no circular's."""
    folders = one.file.split("/")[:-1]
    if folders[:1] == ["features"] and len(folders) > 1:
        if folders[1] == directive.id:
            issues = {each.issued.isoformat() for each in law.bundle.versions(directive.id)}
            named = folders[2] if len(folders) > 2 and folders[2] in issues else max(issues)
            return named == directive.issued.isoformat()
        return False
    return any((asked.directive, asked.issued) == (directive.id, directive.issued) for asked in one.asked)


def _told(path: Path, performed: Sequence[Performed], law: Law) -> Iterator[Told]:
    try:
        sheet = open_sheet(path, law)
    except Refused:
        yield Told(None, None, tuple(performed))
        return
    places = {where: draft for draft in sheet.scenarios for where in (draft.where, *(row.where for row in draft.rows))}
    for draft, group in groupby(performed, key=lambda one: places.get(one.where)):
        yield Told(sheet, draft, tuple(group))


@dataclass(slots=True)
class Homes:
    """Which provision each scenario proves first of all, and the running numbers by which the others name it."""

    directive: Directive
    told: Sequence[Told]
    paths: Sequence[str]
    """The provisions of the page, in its order."""
    _at: dict[str, list[Told]] = field(init=False)
    performed: tuple[Performed, ...] = field(init=False)
    """Every time a scenario of the page was performed, in its order."""
    _numbers: dict[int, int] = field(init=False)
    _numbered: tuple[int, ...] = field(init=False)
    """The running numbers of ``performed``."""
    _reaching: dict[str, list[tuple[int, Performed]]] = field(init=False)

    def __post_init__(self) -> None:
        self._at = {}
        for one in self.told:
            self._at.setdefault(self._home(one), []).append(one)
        ordered = [one for path in (*self.paths, "") for one in self._at.get(path, ())]
        self._numbers = {id(one): number for number, one in enumerate(ordered, 1)}
        pairs = [(number, each) for number, one in enumerate(ordered, 1) for each in one.performed]
        self.performed = tuple(each for _, each in pairs)
        self._numbered = tuple(number for number, _ in pairs)
        self._reaching = {}
        for number, each in pairs:
            for name in sorted({key[2] for key in reaches(each) if key[:2] == self._of}):
                self._reaching.setdefault(name, []).append((number, each))

    @property
    def _of(self) -> tuple[str, date]:
        return self.directive.id, self.directive.issued

    def sheets(self, path: str) -> tuple[Sheet, ...]:
        """The scenarios at home in a provision, or in none (an empty path), by feature file and what is given."""
        return tuple(self._sheet(list(group)) for _, group in groupby(self._at.get(path, ()), key=_given))

    def proof(self, norm: str) -> Proof:
        """The scenarios that reach a norm."""
        found = self._reaching.get(norm, [])
        spans = tuple(_spans(sorted({number for number, _ in found})))
        return Proof(len(found), sum(one.passed for _, one in found), spans)

    def spans(self, performed: Iterable[int]) -> tuple[Span, ...]:
        """The running numbers of scenarios told by their places in ``performed``."""
        return tuple(_spans(sorted({self._numbered[at] for at in performed})))

    def outcomes(self) -> Mapping[Outcome, int]:
        """How many came to what."""
        every = [one.outcome for told in self.told for one in told.performed]
        return {outcome: every.count(outcome) for outcome in Outcome}

    def failing(self) -> Iterator[tuple[int, Told]]:
        """Those of which something should be seen to, with their numbers."""
        ordered = sorted(self.told, key=lambda one: self._numbers[id(one)])
        yield from ((self._numbers[id(one)], one) for one in ordered if one.outcome is not Outcome.PASSED)

    def place(self, provision: str) -> str | None:
        """The provision of the page in which a place that is cited stands: itself, what holds it, or what it holds."""
        steps = provision.split("/")
        for end in range(len(steps), 0, -1):
            path = "/".join(steps[:end])
            if path in self.paths:
                return path
        return next((path for path in self.paths if path.startswith(f"{provision}/")), None)

    def _home(self, told: Told) -> str:
        if told.sheet is None or told.draft is None:
            return ""
        common = told.sheet.tags
        own = [place for tag in told.draft.tags[len(common) :] if (place := self.place(tag)) is not None]
        if own:
            return max(own, key=lambda path: path.count("/"))
        tags = [tag for tag in common if self.place(tag) is not None]
        places = [place for tag in tags if (place := self.place(tag)) is not None]
        for one in told.performed[:1]:
            for line in one.script:
                for cited in self._cited(line.act):
                    place = self.place(cited)
                    if place is not None and any(_within(cited, tag) for tag in tags):
                        return place
        return next(iter(places), "")

    def _cited(self, act: Act) -> Iterator[str]:
        """The provisions that a step expects something of."""
        match act:
            case ExpectGround(provision, True) | ExpectException(provision):
                yield provision
            case ExpectGroundNorm(norm, True) | ExpectStanding(norm) | ExpectUnitStanding(_, norm):
                if norm in self.directive.norm:
                    yield self.directive.norm[norm].provision
            case OfCase(ExpectRefusedByNorm(norm)) if norm in self.directive.norm:
                yield self.directive.norm[norm].provision
            case ExpectDuty(_, norms, True) | OfCase(ExpectOwed(norms)):
                yield from (self.directive.norm[norm].provision for norm in norms if norm in self.directive.norm)
            case _:
                return

    def _sheet(self, told: Sequence[Told]) -> Sheet:
        sheet, draft = told[0].sheet, told[0].draft
        if sheet is None or draft is None:
            return Sheet(told[0].performed[0].file, (), (), tuple(self._case(one) for one in told))
        return Sheet(
            sheet.name, _description(sheet), tuple(_step(one) for one in draft.background),
            tuple(self._case(one) for one in told),
        )  # fmt: skip

    def _case(self, told: Told) -> Case:
        number, draft = self._numbers[id(told)], told.draft
        troubles = tuple(one.trouble for one in told.performed if one.trouble is not None)
        if draft is None:
            return Case(number, told.performed[0].name, (), (), told.outcome, troubles)
        steps = tuple(_step(one) for one in draft.steps)
        by_row = {one.where: one for one in told.performed}
        tables = tuple(
            Table(table.headings, tuple(_row(row, by_row) for row in table.rows)) for table in draft.examples
        )
        return Case(number, draft.name, steps, tables, told.outcome, () if tables else troubles)


def _given(told: Told) -> tuple[str, tuple[written.StepLine, ...]]:
    if told.sheet is None or told.draft is None:
        return told.performed[0].file, ()
    return told.sheet.place, told.draft.background


def _within(provision: str, above: str) -> bool:
    return provision == above or provision.startswith(f"{above}/")


def _row(row: written.ExampleRow, by_row: Mapping[Source, Performed]) -> Row:
    one = by_row.get(row.where)
    if one is None:
        return Row(row.cells, Outcome.NOT_PERFORMED, None)
    return Row(row.cells, one.outcome, one.trouble)


def _step(line: written.StepLine) -> Step:
    return Step(line.keyword, line.text, line.table or ())


def _description(sheet: written.Sheet) -> tuple[str, ...]:
    """What is written beneath the feature's name, before anything else is said."""
    lines: list[str] = []
    for number in range(sheet.where.line + 1, len(sheet.lines) + 1):
        if number in sheet.spoken:
            break
        line = sheet.lines[number - 1].strip()
        if line and not line.startswith("#"):
            lines.append(line)
    return tuple(lines)


def _spans(numbers: Sequence[int]) -> Iterator[Span]:
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        yield Span(run[0], run[-1])
