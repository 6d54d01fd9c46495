"""Feature files and scenarios as pytest collects and runs them; registered when the first such file is met."""

import types
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import Final

import pytest
from _pytest._code.code import ExceptionInfo, TerminalRepr
from _pytest.mark.structures import Mark, MarkDecorator
from pytest_bdd import feature as bdd_features
from pytest_bdd import scenario as bdd_scenario
from pytest_bdd.exceptions import StepDefinitionNotFoundError
from pytest_bdd.parser import Feature, Step

from tsutatsu.diagnostics import Diagnostic, Refused, Severity, finding
from tsutatsu.gherkin.acting import fixtures
from tsutatsu.gherkin.counting import count_scenarios
from tsutatsu.gherkin.examining import Examiner, stops
from tsutatsu.gherkin.law import Law, Laws
from tsutatsu.gherkin.linting import open_sheet
from tsutatsu.gherkin.saying import Mood, Said
from tsutatsu.gherkin.scene import Scene, Unmet
from tsutatsu.gherkin.sheet import Draft, ExampleRow, Sheet, decode
from tsutatsu.gherkin.suggesting import nearest_step
from tsutatsu.gherkin.telling import language, tell_findings, tell_unmet
from tsutatsu.gherkin.traps import find_traps
from tsutatsu.judging import EnginesDisagree
from tsutatsu.source import Source

_LAWS: Final = pytest.StashKey[Laws]()
_COUNTED: Final = pytest.StashKey[dict[str, int]]()
_TAGS: Final = pytest.StashKey[set[str]]()
_COLLECTING: Final[ContextVar[bool]] = ContextVar("tsutatsu_collecting", default=False)


class FeatureFile(pytest.Module):
    """A feature file; its steps are the vocabulary of its law, and those that a conftest.py defines."""

    root: Path | None

    @classmethod
    def of(cls, path: Path, parent: pytest.Collector, root: Path | None) -> "FeatureFile":
        """The feature file at ``path``, speaking of the law in ``root`` (the shipped law for none)."""
        made: FeatureFile = cls.from_parent(parent, path=path)  # pyright: ignore[reportUnknownMemberType]
        made.root = root
        return made

    def _getobj(self) -> types.ModuleType:
        module = types.ModuleType(self.path.stem)
        module.__file__ = str(self.path)
        vars(module).update(fixtures())
        vars(module)["_pytest_bdd_example"] = _example
        return module

    def collect(self) -> Iterator[pytest.Item | pytest.Collector]:
        """A test for each scenario, and for each row of an outline's examples; a file with a trap is refused whole."""
        try:
            law = self.config.stash.setdefault(_LAWS, Laws()).at(self.root)
            sheet = open_sheet(self.path, law)
        except Refused as refused:
            raise self._refused(refused.findings) from None
        errors = [one for one in find_traps(sheet) if one.severity is Severity.ERROR]
        if errors:
            raise self._refused(errors)
        yield from super().collect()  # registers the step definitions for this file
        items = list(self._scenarios(sheet, law))
        written = count_scenarios(decode(self.path.read_bytes(), sheet.place))
        if written != len(items):
            raise self._refused([finding("TS414", sheet.where, (), written=written, collected=len(items))])
        self.config.stash.setdefault(_COUNTED, {})[self.nodeid] = written
        yield from items

    def _scenarios(self, sheet: Sheet, law: Law) -> "Iterator[ScenarioItem]":
        folder, name = str(self.path.parent), self.path.name
        bdd_features.features.pop(str(self.path.absolute()), None)  # never a copy read before the file was changed
        feature = bdd_features.get_feature(folder, name, encoding="utf-8-sig")
        row_tags = _take_row_tags(feature)
        for draft in sheet.scenarios:
            if draft.name not in feature.scenarios:
                continue
            run = self._bound(folder, name, draft.name)
            _let_select((*draft.tags, *(tag for table in draft.examples for tag in table.tags)), self.config)
            for at, row in enumerate(draft.rows or (None,)):
                tags = row_tags[draft.name][at] if row is not None else ()
                item = ScenarioItem.of(self, draft, row, run, law)
                for tag in tags:
                    item.add_marker(_mark(tag))
                yield item

    def _bound(self, folder: str, name: str, scenario: str) -> Callable[..., object]:
        """The test that pytest-bdd makes of a scenario, its tags made marks."""
        token = _COLLECTING.set(True)
        try:
            return bdd_scenario(name, scenario, encoding="utf-8-sig", features_base_dir=folder)(_proves_nothing_more)
        finally:
            _COLLECTING.reset(token)

    def _refused(self, findings: Sequence[Diagnostic]) -> pytest.Collector.CollectError:
        return self.CollectError(tell_findings(findings, language()))


class ScenarioItem(pytest.Function):
    """One scenario, or one row of an outline, as a test."""

    draft: Draft
    row: ExampleRow | None
    scene: Scene
    step: Step | None = None

    @classmethod
    def of(
        cls, parent: FeatureFile, draft: Draft, row: ExampleRow | None, run: Callable[..., object], law: Law
    ) -> "ScenarioItem":
        """The test of a scenario, or of one row of an outline."""
        name = _node_name(draft.name if row is None else f"{row.fill(draft.name)}[{'-'.join(row.cells)}]")
        made: ScenarioItem = cls.from_parent(parent, name=name, callobj=run)  # pyright: ignore[reportUnknownMemberType]
        made.draft, made.row, made.scene = draft, row, Scene(law, parent.path)
        return made

    def runtest(self) -> None:
        """Runs the steps, unless the scenario's words already show that it cannot."""
        found = stops(Examiner(self.scene.law, self.path).examine(self.draft, self.row).findings)
        if found:
            raise Refused(found)
        super().runtest()

    def perform(self, said: Said, text: str, table: Sequence[Sequence[str]] | None) -> None:
        """Performs one step."""
        self.scene.take(said, text, table, self._where())

    def repr_failure(  # type: ignore[override]  # pytest's own Function narrows it so
        self, excinfo: ExceptionInfo[BaseException]
    ) -> str | TerminalRepr:
        """What went wrong, in a reader's words; only a fault of ours shows how the program got there."""
        lang = language()
        match excinfo.value:
            case Unmet() as failed:
                return tell_unmet(failed, lang)
            case Refused() as refused:
                return tell_findings(refused.findings, lang)
            case StepDefinitionNotFoundError():
                return tell_findings([self._unknown()], lang)
            case EnginesDisagree() as disagreement:
                return str(disagreement)
            case _:
                return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the scenario stands."""
        return self.path, self.draft.where.line - 1, self.name

    def _where(self) -> Source:
        line = 0 if self.step is None else self.step.line_number
        column = 1 if self.step is None else self.step.indent + 1
        return Source(self.draft.where.file, line, column)

    def _unknown(self) -> Diagnostic:
        step = self.step
        assert step is not None
        near = nearest_step(step.name, Mood(step.type), self.scene.lexicon)
        return finding("TS430", self._where(), (), step=step.name, **near.blanks())


@pytest.fixture(name="_pytest_bdd_example")
def _example(request: pytest.FixtureRequest) -> dict[str, str]:
    """The row of examples that fills an outline."""
    row = request.node.row
    return {} if row is None else dict(zip(row.headings, row.cells, strict=True))


def _proves_nothing_more() -> None:
    """All that a scenario proves is in its steps."""


def _take_row_tags(feature: Feature) -> dict[str, list[tuple[str, ...]]]:
    """The tags of each row of examples, taken out of pytest-bdd, which would refuse those not registered as marks."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for name, template in feature.scenarios.items():
        found[name] = [tuple(sorted(table.tags)) for table in template.examples for _ in table.examples]
        for table in template.examples:
            table.tags = set()
    return found


def _node_name(name: str) -> str:
    """A scenario's name as a node of pytest, whose own marks are :: and [ ]."""
    return name.replace("::", "：：")


def _mark(tag: str) -> MarkDecorator:
    """A tag as a mark; provisions such as 第5/3 need not be registered."""
    return MarkDecorator(Mark(tag, (), {}, _ispytest=True), _ispytest=True)


def _let_select(tags: Iterable[str], config: pytest.Config) -> None:
    """Lets ``-m`` choose by the tags also where marks must be registered."""
    known = config.stash.setdefault(_TAGS, set())
    for tag in tags:
        if tag not in known and not set(tag) & set(":("):
            known.add(tag)
            config.addinivalue_line("markers", f"{tag}: 機能ファイルのタグ / a tag of a feature file")


# ── hooks ────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Callable[..., object]) -> object:
    """Makes a mark of a tag on our own scenarios, also where marks must be registered (so @skip and @xfail work)."""
    if not _COLLECTING.get():
        return None
    _mark(tag)(function)
    return True


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Step) -> None:
    """Remembers which step is running."""
    if isinstance(request.node, ScenarioItem):
        request.node.step = step


def pytest_bdd_step_func_lookup_error(request: pytest.FixtureRequest, step: Step) -> None:
    """Remembers which step is not known."""
    if isinstance(request.node, ScenarioItem):
        request.node.step = step


def pytest_report_collectionfinish(config: pytest.Config) -> list[str]:
    """How many scenarios the feature files state, all of them collected."""
    counted = config.stash.setdefault(_COUNTED, {})
    if not counted:
        return []
    whole = sum(counted.values())
    if language() == "en":
        return [f"tsutatsu: {whole} scenarios in {len(counted)} feature files, all collected"]
    return [f"tsutatsu: 機能ファイル {len(counted)} 件に書かれたシナリオ {whole} 件をすべて集めた"]
