"""Scenarios as the page shows them, and how it tells which of them prove something."""

from dataclasses import dataclass

from tsutatsu.gherkin.performing import Outcome
from tsutatsu.site.words import OUTCOMES
from tsutatsu.words import Words


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a scenario, with the table that hangs on it."""

    keyword: str
    text: str
    table: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of examples, with what came of it."""

    cells: tuple[str, ...]
    outcome: Outcome
    trouble: Words | None

    @property
    def said(self) -> Words:
        """What came of it, in words."""
        return OUTCOMES[self.outcome]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of examples."""

    headings: tuple[str, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario or an outline as it is written, with what came of it."""

    number: int
    name: str
    steps: tuple[Step, ...]
    tables: tuple[Table, ...]
    outcome: Outcome
    """The worst, where it has several rows."""
    troubles: tuple[Words, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"s{self.number}"

    @property
    def said(self) -> Words:
        """What came of it, in words."""
        return OUTCOMES[self.outcome]

    @property
    def rows(self) -> int:
        """How often it is performed."""
        return sum(len(table.rows) for table in self.tables) or 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """Scenarios of one feature file that prove one provision, with what is given for all of them."""

    title: str
    description: tuple[str, ...]
    background: tuple[Step, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Scenarios:
    """All scenarios that stand at one place of the page."""

    sheets: tuple[Sheet, ...]

    @property
    def number(self) -> int:
        """How many there are, an outline counted once."""
        return sum(len(sheet.cases) for sheet in self.sheets)

    @property
    def failing(self) -> int:
        """How many of them did not pass."""
        return sum(case.outcome is not Outcome.PASSED for sheet in self.sheets for case in sheet.cases)


@dataclass(frozen=True, slots=True)
class Span:
    """Scenarios by their running numbers, from the first to the last."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Proof:
    """The scenarios that reach a norm: how many times performed and passed, and which."""

    performed: int
    passed: int
    spans: tuple[Span, ...]

    @property
    def sound(self) -> bool:
        """Whether there are any, and all pass."""
        return self.performed == self.passed > 0


@dataclass(frozen=True, slots=True)
class Point:
    """Something that scenarios are to show, and those that do."""

    words: Words
    shown: bool
    missing: bool
    """Whether some scenario should show it and none does; where neither is so, no facts can."""
    spans: tuple[Span, ...]
