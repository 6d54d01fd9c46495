"""What a review page consists of, as its template gets it: everything decided, nothing left to look up."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from tsutatsu.backends import prose
from tsutatsu.site.proofs import Point, Proof, Scenarios
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
class Process:
    """A workflow that operates the provision, in plain words and as a drawing."""

    id: str
    anchor: str
    name: Words
    prose: Prose
    drawing: Words
    """As SVG."""


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
    processes: tuple[Process, ...]
    """The workflows of the provision."""
    scenarios: Scenarios
    missing: tuple[Words, ...]
    open: bool
    """Whether an undecided reading bears on it."""
    wanting: bool
    """Whether something in it fails or is missing."""

    @property
    def signed(self) -> bool:
        """Whether there is something in it to sign."""
        more = self.loose or self.readings or self.processes or self.scenarios.sheets
        return any(one.number for one in self.passages) or bool(more)

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

    @property
    def open(self) -> bool:
        """Whether an undecided reading bears on any of them."""
        return any(one.open for one in self.provisions)

    @property
    def wanting(self) -> bool:
        """Whether something fails or is missing in any of them."""
        return any(one.wanting for one in self.provisions)


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
