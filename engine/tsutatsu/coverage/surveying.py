"""The coverage of a law folder: each directive's points, and what became of its mutants."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from tsutatsu.bundle import Bundle
from tsutatsu.coverage.flows import FlowCoverage, measure_flows
from tsutatsu.coverage.measuring import DirectiveCoverage, measure
from tsutatsu.coverage.mutating import Mutant, mutants_of
from tsutatsu.coverage.points import subject_of
from tsutatsu.coverage.resting import Reaching, Sort
from tsutatsu.coverage.sightings import sightings_of
from tsutatsu.coverage.trying import Difference, Fate, Trial, Tried
from tsutatsu.coverage.wording import tell_point, tell_subject
from tsutatsu.diagnostics import Diagnostic, Severity, finding, in_file_order
from tsutatsu.gherkin.law import Law
from tsutatsu.gherkin.performing import Outcome, Performed, perform
from tsutatsu.ir import Directive

CHUNK: Final = 40
"""Mutants that one process takes at a time."""

Told = Callable[[str, int, int], None]
"""How far a long run has come: at what, done, of how many."""


@dataclass(frozen=True)
class Coverage:
    """What the scenarios of a law folder show of it, and what they leave unshown."""

    directives: tuple[DirectiveCoverage, ...]
    scenarios: tuple[Performed, ...]
    flows: tuple[FlowCoverage, ...] = ()
    """The workflows of these directives."""
    mutants: "tuple[tuple[Tried, ...], ...] | None" = None
    """What became of each directive's mutants, where they were tried."""

    @cached_property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Everything that is missing, and whatever kept a scenario from being counted."""
        found: list[Diagnostic] = []
        for one in self.scenarios:
            if one.outcome is Outcome.NOT_PERFORMED:
                found += one.findings
            elif one.outcome in (Outcome.FAILED, Outcome.REFUSED) and one.trouble is not None:
                why = one.trouble
                found.append(finding("TS462", one.where, (), name=one.name, why=why.ja, why_en=why.say("en")))
        for at, covered in enumerate(self.directives):
            found += _missing(covered)
            if self.mutants is not None:
                found += _survivors(self.mutants[at])
        for flow in self.flows:
            found += flow.findings()
        return in_file_order(found)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not any(one.severity is Severity.ERROR for one in self.findings)


def _missing(covered: DirectiveCoverage) -> Iterator[Diagnostic]:
    d = covered.directive
    for norm in covered.unjudged:
        yield finding("TS461", norm.source, (), name=norm.id)
    for norm in covered.unseen:
        yield finding("TS355", norm.source, (), word=norm.id, place=norm.provision)
    silent = {norm.id for norm in (*covered.unjudged, *covered.unseen)}
    for one in covered.missing:
        thing = subject_of(one.point, d.id)
        if thing.kind is Sort.NORM and thing.id in silent:
            continue
        words, name = tell_point(one.point, d), tell_subject(thing, d)
        yield finding(
            "TS463", covered.source_of(one.point), (),
            name=name.ja, name_en=name.say("en"), words=words.ja, words_en=words.say("en"),
        )  # fmt: skip


def _survivors(tried: Sequence[Tried]) -> Iterator[Diagnostic]:
    for one in tried:
        code = {Fate.SURVIVED: "TS464", Fate.UNDECIDED: "TS465"}.get(one.fate)
        if code is not None:
            mutant = one.mutant
            name, words = tell_subject(mutant.subject, mutant.original), mutant.words
            yield finding(
                code, mutant.where, (),
                name=name.ja, name_en=name.say("en"), words=words.ja, words_en=words.say("en"), id=mutant.id,
            )  # fmt: skip


def survey(
    law: Law,
    directives: Sequence[Directive] | None = None,
    told: Told | None = None,
) -> Coverage:
    """Performs every scenario of the law and measures what they show of the directives chosen (all, for none)."""
    scenarios: list[Performed] = []
    for one in perform(law, engine="compiled"):
        scenarios.append(one)
        if told is not None:
            told("scenarios", len(scenarios), 0)
    chosen = law.bundle.directives if directives is None else directives
    every = tuple(scenarios)
    return Coverage(
        tuple(measure(one, every, None if told is None else _telling(told, one.id)) for one in chosen),
        every,
        tuple(flow for one in chosen for flow in measure_flows(one, law.bundle.workflows, every)),
    )


def _telling(told: Told, name: str) -> Callable[[int, int], None]:
    return lambda done, whole: told(name, done, whole)


def try_mutants(
    coverage: Coverage, law: Law, *, norm: str | None = None, jobs: int = 1, told: Told | None = None
) -> Coverage:
    """The same coverage, with every mutant tried (those of one norm and of what it rests on, where one is named).

    ``jobs``: processes that share the work; each performs the scenarios anew.
    """
    mutants = [mutants_of(one.directive, one.reaching, norm) for one in coverage.directives]
    whole = sum(map(len, mutants))
    parts = [
        Part(one.directive.id, one.directive.issued.isoformat(), norm, start, min(start + CHUNK, len(of)))
        for one, of in zip(coverage.directives, mutants, strict=True)
        for start in range(0, len(of), CHUNK)
    ]
    results: dict[Part, tuple[Result, ...]] = {}
    done = 0
    for part, found in _all(parts, law, coverage, jobs):
        results[part] = found
        done += len(found)
        if told is not None:
            told("mutants", done, whole)
    tried: list[tuple[Tried, ...]] = []
    for one, of in zip(coverage.directives, mutants, strict=True):
        mine = [part for part in parts if (part.directive, part.issued) == _name(one.directive)]
        flat = [result for part in mine for result in results[part]]
        tried.append(tuple(Tried(m, r.fate, r.by, r.difference) for m, r in zip(of, flat, strict=True)))
    return replace(coverage, mutants=tuple(tried))


# ── sharing the work ─────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Part:
    """Some of one directive's mutants, by their place among them."""

    directive: str
    issued: str
    norm: str | None
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a mutant, as one process tells another."""

    fate: Fate
    by: int | None
    difference: Difference | None


def _name(directive: Directive) -> tuple[str, str]:
    return directive.id, directive.issued.isoformat()


def _all(parts: Sequence[Part], law: Law, coverage: Coverage, jobs: int) -> Iterator[tuple[Part, tuple[Result, ...]]]:
    if jobs <= 1 or len(parts) <= 1:
        bench = _Bench(law, coverage.scenarios)
        yield from ((part, bench.results(part)) for part in parts)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (str(law.root),)) as pool:
        waiting = {pool.submit(_work, part): part for part in parts}
        for future in as_completed(waiting):
            yield waiting[future], future.result()


@dataclass
class _Bench:
    """Where one process tries mutants: the law and its scenarios, made ready once."""

    law: Law
    scenarios: tuple[Performed, ...]
    _ready: dict[tuple[str, str, str | None], tuple[Trial, tuple[Mutant, ...]]] = field(
        default_factory=dict[tuple[str, str, str | None], tuple[Trial, tuple[Mutant, ...]]]
    )

    def results(self, part: Part) -> tuple[Result, ...]:
        trial, mutants = self._at(part)
        found = [trial.tried(mutant) for mutant in mutants[part.start : part.stop]]
        return tuple(Result(one.fate, one.by, one.difference) for one in found)

    def _at(self, part: Part) -> tuple[Trial, tuple[Mutant, ...]]:
        key = part.directive, part.issued, part.norm
        if key not in self._ready:
            directive = next(d for d in self.law.bundle.directives if _name(d) == key[:2])
            reaching = Reaching(directive)
            seen = sightings_of(directive, enumerate(self.scenarios))
            trial = Trial(self.law, directive, reaching, seen, self.scenarios)
            self._ready[key] = trial, mutants_of(directive, reaching, part.norm)
        return self._ready[key]


_BENCH: list[_Bench] = []


def _begin(root: str) -> None:
    """Makes a process ready."""
    law = Law(Path(root), Bundle.load(Path(root)))
    _BENCH.append(_Bench(law, tuple(perform(law, engine="compiled"))))


def _work(part: Part) -> tuple[Result, ...]:
    return _BENCH[0].results(part)
