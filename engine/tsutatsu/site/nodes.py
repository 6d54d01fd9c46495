"""What a review page consists of, as its template gets it: everything decided, nothing left to look up."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from tsutatsu.backends import prose
from tsutatsu.gherkin.performing import Outcome
from tsutatsu.site.words import OUTCOMES
from tsutatsu.words import Words

_BRIEF: Final = 48
"""The most characters that stand on a line beside the role and the treatment."""
_LABEL: Final = 6
"""The most characters of a label that stand beside its words."""
_MARKS: Final = "(①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose: how far in it stands, its label (empty where it has none), its words."""

    depth: int
    label: str
    text: str

    @property
    def listed(self) -> bool:
        """Whether it is an item of a list, with its mark before it."""
        return bool(self.depth) and self.text[:1] in _MARKS

    @property
    def over(self) -> bool:
        """Whether its label is too long to stand beside its words."""
        return len(self.label) > (_LABEL * 2 if self.label.isascii() else _LABEL)


@dataclass(frozen=True, slots=True)
class Prose:
    """What is told of one thing, in both languages."""

    ja: tuple[Line, ...]
    en: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Where something stands on the page."""

    anchor: str
    words: Words


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


@dataclass(frozen=True, slots=True)
class Norm:
    """A norm in plain words, with its proof and the readings it hangs on."""

    form: ClassVar[str] = "norm"
    id: str
    anchor: str
    kind: Words
    strength: Words
    hard: bool
    cited: Words
    summary: Words
    prose: Prose
    proof: Proof
    points: tuple[Point, ...]
    readings: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something besides a norm that carries a passage: a word of the text, a fact, a period, a question."""

    form: ClassVar[str] = "thing"
    id: str
    anchor: str
    kind: Words
    name: Words
    prose: Prose
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A norm or a thing that stands in full elsewhere on the page."""

    form: ClassVar[str] = "mention"
    id: str
    kind: Words
    link: Link


Card = Norm | Thing | Mention


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a reading."""

    id: str
    words: Words
    taken: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """An open passage with its sides, what hangs on it, and who decided it."""

    id: str
    anchor: str
    cited: Words
    issue: Words
    sides: tuple[Side, ...]
    decided: bool
    by: Words
    """Who decided it and when; empty while nobody has."""
    whole: bool
    """Whether it hangs over the whole circular."""
    bears: tuple[Link, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the text, what became of it, and what carries it."""

    role: Words
    number: int
    text: str | None
    """Its words; nothing where the text is not at hand."""
    digest: str
    treatment: Words
    waiver: Words | None
    cards: tuple[Card, ...]

    @property
    def headed(self) -> bool:
        """Whether it is a heading and nothing else, which the provision's own heading says already."""
        return not self.number and self.text is not None and not self.cards and self.waiver is None

    @property
    def brief(self) -> bool:
        """Whether it stands on a line: a line of the header, an addressee, a field of a form."""
        return not self.cards and self.waiver is None and len(self.text or "") <= _BRIEF


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision with everything that the reviewer holds against it."""

    anchor: str
    path: str
    depth: int
    cited: Words
    heading: str
    passages: tuple[Passage, ...]
    loose: tuple[Card, ...]
    """What cites the provision without carrying any of its passages."""
    readings: tuple[Reading, ...]
    elsewhere: tuple[Link, ...]
    """Readings of other provisions on which something here hangs."""
    scenarios: Scenarios
    missing: tuple[Words, ...]
    open: bool
    """Whether an undecided reading bears on it."""
    wanting: bool
    """Whether something in it fails or is missing."""

    @property
    def signed(self) -> bool:
        """Whether there is something in it to sign."""
        return any(one.number for one in self.passages) or bool(self.loose or self.readings or self.scenarios.sheets)

    @property
    def long(self) -> bool:
        """Whether it may not fit on a sheet of paper."""
        return self.scenarios.number + len(self.passages) + len(self.loose) > 5


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the circular."""

    anchor: str
    cited: Words
    provisions: tuple[Provision, ...]

    @property
    def own(self) -> bool:
        """Whether the first provision is the part itself, so that a heading of its own would say it twice."""
        return self.provisions[0].depth == 0


@dataclass(frozen=True, slots=True)
class Fact:
    """A row of the head: what it is, and what is so."""

    label: Words
    said: tuple[Words, ...]
    grave: bool = False
    """Whether the reader must not overlook it."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number that the head shows."""

    label: Words
    number: int
    of: int | None = None
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that fails or is missing, and where on the page to look."""

    words: Words
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """One issue of a circular, as a page for review."""

    directive: str
    issued: date
    title: Words
    on: date
    verdict: Words
    in_force: bool
    head: tuple[Fact, ...]
    counts: tuple[Count, ...]
    caveats: tuple[Words, ...]
    lacks: tuple[Lack, ...]
    open_readings: tuple[Link, ...]
    parts: tuple[Part, ...]
    rest: Scenarios
    """Scenarios of no single provision."""
    questions: tuple[Thing, ...]
    """What the law can be asked."""
    has_text: bool
    has_ledger: bool

    @property
    def file(self) -> str:
        """The name of its page."""
        return f"{self.directive}-{self.issued.isoformat()}.html"

    @property
    def day_of_issue(self) -> Words:
        """The day of its issue, as people say it."""
        return Words(f"{prose.tell_day(self.issued, 'ja')}発出", f"issued {prose.tell_day(self.issued, 'en')}")

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """Every provision, in the order of the page."""
        return tuple(one for part in self.parts for one in part.provisions)

    @property
    def shown(self) -> int:
        """How many provisions it has."""
        return len(self.provisions)

    @property
    def hanging(self) -> int:
        """How many of them an undecided reading bears on."""
        return sum(one.open for one in self.provisions)

    @property
    def wanting(self) -> int:
        """In how many of them something fails or is missing."""
        return sum(one.wanting for one in self.provisions)
