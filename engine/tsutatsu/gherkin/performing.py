"""Runs feature files in this process, without pytest: the same sheets, the same lint, the same steps.

What comes of a scenario is what pytest says of it, and besides that everything it asked with the answers, and its
steps as what they do, so that it can be played again before another law in no time.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from tsutatsu.diagnostics import Diagnostic, Refused, Severity, finding
from tsutatsu.gherkin.acts import Act, Ask
from tsutatsu.gherkin.asking import Asking, ByLaw
from tsutatsu.gherkin.examining import Examiner, stops
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.linting import feature_files, open_sheet
from tsutatsu.gherkin.phrases import understand
from tsutatsu.gherkin.scene import Scene, Unmet
from tsutatsu.gherkin.sheet import Draft, ExampleRow, Sheet
from tsutatsu.gherkin.shown import Shown
from tsutatsu.gherkin.traps import find_traps
from tsutatsu.ir import Directive, Words
from tsutatsu.judging import Answer
from tsutatsu.semantics import Question
from tsutatsu.source import Source

_SET_ASIDE: Final = frozenset({"skip", "xfail"})
"""Tags by which pytest does not ask that a scenario holds."""


class Outcome(Enum):
    """What came of a scenario."""

    PASSED = "passed"
    FAILED = "failed"
    REFUSED = "refused"
    """It cannot run: its words, or its whole file, have errors."""
    SET_ASIDE = "set_aside"
    """Marked skip or xfail: nothing is to be proved by it."""
    NOT_PERFORMED = "not_performed"
    """It has steps that a conftest.py defines, which only pytest can run."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that a scenario put, and the answer; also those put again to see another side of a reading."""

    directive: str
    issued: date
    judgement: str | None
    """Nothing for 効力, which is asked of the directive."""
    question: Question
    on: date
    facts: Mapping[str, Any]
    sides: Mapping[str, str]
    presume: bool
    force: str | None
    """The force whose own provisions were laid over the law, where there was one."""
    answer: Answer


@dataclass(frozen=True, slots=True)
class Line:
    """One step as what it does."""

    act: Act
    text: str
    where: Source


@dataclass(frozen=True, slots=True)
class Performed:
    """One scenario (one row of an outline, its name filled), and what came of it."""

    path: Path
    file: str
    """The feature file, as findings name it."""
    name: str
    row: tuple[str, ...]
    """The cells of its row of examples."""
    tags: tuple[str, ...]
    where: Source
    outcome: Outcome
    trouble: Words | None
    """Why it did not pass."""
    findings: tuple[Diagnostic, ...]
    asked: tuple[Asked, ...]
    script: tuple[Line, ...]
    """Its steps as far as it got."""
    shown: tuple[Shown, ...] = ()
    """What its cases showed of their workflows; nothing where a force's own provisions were laid over the law."""

    @property
    def passed(self) -> bool:
        """Whether it ran and everything expected was so."""
        return self.outcome is Outcome.PASSED

    @property
    def node(self) -> str:
        """Its name as pytest shows it."""
        return f"{self.name}[{'-'.join(self.row)}]" if self.row else self.name


def perform(law: Law, features: Path | Iterable[Path] | None = None, *, engine: str = "both") -> Iterator[Performed]:
    """Every scenario of the feature files at or beneath ``features`` (all of the law's own, where none are given)."""
    places = [law.root / "features"] if features is None else [features] if isinstance(features, Path) else features
    asking = ByLaw(law.bundle, engine)
    for place in places:
        for path in feature_files(place):
            yield from _perform_file(path, law, asking)


def perform_of(law: Law, directive: str | None, *, engine: str = "both") -> tuple[Performed, ...]:
    """Every scenario of the law that may bear on one directive (on any, for none): not those of the others' folders."""
    features = law.root / "features"
    others = () if directive is None else tuple(one for one in law.bundle.ids if one != directive)
    files = [one for one in feature_files(features) if one.relative_to(features).parts[0] not in others]
    return tuple(perform(law, files, engine=engine))


def play(script: Iterable[Line], law: Law, path: Path, asking: Asking) -> Words | None:
    """Plays a scenario's steps again before ``asking``: nothing where all is as expected, else what is not."""
    scene = Scene(law, path, asking)
    try:
        for line in script:
            scene.do(line.act, line.text, line.where)
    except Unmet as unmet:
        return unmet.instead
    except Refused as refused:
        return _told(refused.findings)
    return None


def _perform_file(path: Path, law: Law, asking: ByLaw) -> Iterator[Performed]:
    try:
        sheet = open_sheet(path, law)
    except Refused as refused:
        yield _file_refused(path, Source(law.place(path)), path.stem, refused.findings)
        return
    errors = tuple(one for one in find_traps(sheet) if one.severity is Severity.ERROR)
    if errors:
        yield _file_refused(path, sheet.where, sheet.name, errors)
        return
    for draft in sheet.scenarios:
        for at, row in enumerate(draft.rows or (None,)):
            yield _Performance(path, sheet, draft, row, _tags(draft, at), law, asking).performed()


@dataclass(slots=True)
class _Performance:
    """One scenario on its way."""

    path: Path
    sheet: Sheet
    draft: Draft
    row: ExampleRow | None
    tags: tuple[str, ...]
    law: Law
    asking: ByLaw
    asked: list[Asked] = field(default_factory=list[Asked])
    script: list[Line] = field(default_factory=list[Line])
    shown: tuple[Shown, ...] = ()

    def performed(self) -> Performed:
        if _SET_ASIDE & set(self.tags):
            return self._came_to(Outcome.SET_ASIDE)
        found = Examiner(self.law, self.path).examine(self.draft, self.row).findings
        if stops(found):
            return self._came_to(Outcome.REFUSED, _told(stops(found)), stops(found))
        unknown = tuple(one for one in found if one.code == "TS430")
        if unknown and _own_steps(self.path, self.law.root):
            said = finding("TS460", unknown[0].where, (), name=self.draft.name)
            return self._came_to(Outcome.NOT_PERFORMED, _told((said,)), (said,))
        if unknown:
            return self._came_to(Outcome.FAILED, _told(unknown), unknown)
        return self._play()

    def _play(self) -> Performed:
        scene = Scene(self.law, self.path, _Recorder(self.asking, self.asked), self.asking.engine)
        try:
            for written in (*self.draft.background, *self.draft.steps):
                step = written if self.row is None else written.filled(self.row)
                said = understand(step.text, step.mood)
                assert said is not None  # TS430 has said so
                line = Line(scene.resolved(said, step.text, step.table, step.where), step.text, step.where)
                self.script.append(line)
                scene.do(line.act, line.text, line.where)
        except Unmet as unmet:
            trouble = Words(
                f"{unmet.said} → {unmet.instead.ja}（{unmet.where}）",
                f"{unmet.said} → {unmet.instead.say('en')} ({unmet.where})",
            )
            return self._came_to(Outcome.FAILED, trouble)
        except Refused as refused:
            return self._came_to(Outcome.FAILED, _told(refused.findings), refused.findings)
        docket = scene.staging.docket
        if docket is not None and scene.law.bundle.force is None:
            self.shown = tuple(docket.shown.found)
        return self._came_to(Outcome.PASSED)

    def _came_to(
        self, outcome: Outcome, trouble: Words | None = None, findings: tuple[Diagnostic, ...] = ()
    ) -> Performed:
        row = self.row
        return Performed(
            self.path,
            self.sheet.place,
            self.draft.name if row is None else row.fill(self.draft.name),
            () if row is None else row.cells,
            self.tags,
            self.draft.where if row is None else row.where,
            outcome,
            trouble,
            findings,
            tuple(self.asked),
            tuple(self.script),
            self.shown,
        )


@dataclass(frozen=True, slots=True)
class _Recorder:
    """Puts every question on, and keeps it with its answer."""

    asking: Asking
    kept: list[Asked]
    force: str | None = None

    def at(self, directive: str, on: date) -> Directive:
        return self.asking.at(directive, on)

    def under(self, force: str) -> "_Recorder":
        return _Recorder(self.asking.under(force), self.kept, force)

    def ask(self, asked: Ask, facts: Mapping[str, Any], sides: Mapping[str, str], *, presume: bool) -> Answer:
        answer = self.asking.ask(asked, facts, sides, presume=presume)
        self.kept.append(
            Asked(
                asked.directive,
                self.at(asked.directive, asked.on).issued,
                asked.judgement,
                asked.question,
                asked.on,
                MappingProxyType(dict(facts)),
                MappingProxyType(dict(sides)),
                presume,
                self.force,
                answer,
            )
        )
        return answer


def _file_refused(path: Path, where: Source, name: str, findings: tuple[Diagnostic, ...]) -> Performed:
    return Performed(
        path, where.file, name, (), (), where, Outcome.REFUSED, _told(findings), findings, (), ()
    )  # fmt: skip


def _tags(draft: Draft, at: int) -> tuple[str, ...]:
    """A scenario's tags with those of the table of examples that its row stands in."""
    of_tables = [table.tags for table in draft.examples for _ in table.rows]
    return tuple(dict.fromkeys((*draft.tags, *(of_tables[at] if of_tables else ()))))


def _own_steps(path: Path, root: Path) -> bool:
    """Whether some conftest.py between the feature and its law may define steps."""
    above = path.resolve().parents
    return any((folder / "conftest.py").is_file() for folder in above if folder.is_relative_to(root.resolve()))


def _told(findings: Iterable[Diagnostic]) -> Words:
    every = list(findings)
    return Words(" ".join(f"{one.code} {one.ja}" for one in every), " ".join(f"{one.code} {one.en}" for one in every))
