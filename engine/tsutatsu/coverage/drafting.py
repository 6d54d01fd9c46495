"""Missing scenarios, drafted: the facts found, the law's own answer to them, ready to be read and pasted."""

from collections.abc import Sequence
from dataclasses import replace

from tsutatsu.coverage.measuring import DirectiveCoverage, PointCoverage
from tsutatsu.coverage.points import LeftOpen, Lifted, StandsSo, subject_of
from tsutatsu.coverage.resting import Sort
from tsutatsu.coverage.searching import Found
from tsutatsu.coverage.trying import Difference, Tried
from tsutatsu.coverage.wording import provision_of, tell_point, tell_subject
from tsutatsu.diagnostics import Refused
from tsutatsu.gherkin.performing import Performed
from tsutatsu.gherkin.writing import (
    Expected,
    Written,
    expect_exception,
    expect_standing,
    expect_verdict,
    submitted,
    write_scenario,
)
from tsutatsu.ir import Directive
from tsutatsu.judging import Answer, Judge


def draft_of_point(one: PointCoverage, covered: DirectiveCoverage) -> tuple[str, ...]:
    """A scenario that would show the point; nothing where no facts were found."""
    found, directive = one.example, covered.directive
    if found is None:
        return ()
    thing = subject_of(one.point, directive.id)
    name = f"{tell_subject(thing, directive).ja}に、{tell_point(one.point, directive).ja}"
    lines = _draft(name, found, directive, _expected(one, found, directive), _tag(one, directive))
    return (*_near(found, covered.scenarios), *lines)


def draft_of_survivor(one: Tried, scenarios: Sequence[Performed]) -> tuple[str, ...]:
    """A scenario that a mutant would make fail; nothing where it did not survive."""
    told = one.difference
    if told is None:
        return ()
    directive = one.mutant.original
    subject = tell_subject(one.mutant.subject, directive)
    name = f"{subject.ja}の変異（{one.mutant.words.ja}）を見分ける"
    provision = directive.norm[told.norm].provision
    found = replace(told.found, question=told.question)
    return (*_near(found, scenarios), *_draft(name, found, directive, _told_apart(told), (provision,)))


def _near(found: Found, scenarios: Sequence[Performed]) -> tuple[str, ...]:
    """Which scenario's facts these are, and which of them is changed."""
    if found.scenario is None:
        return ()
    one = scenarios[found.scenario]
    return (f"  # {one.where}「{one.name}」の事実で、「{found.changed}」を変えたもの",)


def _draft(
    name: str, found: Found, directive: Directive, expected: tuple[Expected, ...], tags: tuple[str, ...]
) -> tuple[str, ...]:
    judgement = directive.judgement[found.judgement]
    written = Written(name, judgement, found.question, found.on, found.facts, found.sides, expected, tags)
    return write_scenario(written, directive)


def _told_apart(told: Difference) -> tuple[Expected, ...]:
    standing = expect_standing(told.norm, told.law)
    return (expect_verdict(told.verdict), standing) if told.verdict is not told.other else (standing,)


def _expected(one: PointCoverage, found: Found, directive: Directive) -> tuple[Expected, ...]:
    """The law's answer, and how the norm stands."""
    answer = _answer(found, directive)
    if answer is None:
        return ()
    expected = [expect_verdict(answer.verdict)]
    match one.point:
        case StandsSo(norm, standing):
            expected.append(expect_standing(norm, standing))
        case Lifted(norm, number, applies):
            expected.append(expect_exception(directive.norm[norm].lifts[number].provision, applies=applies))
        case LeftOpen():
            pass
        case _:
            thing = subject_of(one.point, directive.id)
            stood = [reason for reason in answer.reasons if thing.kind is Sort.NORM and reason.norm == thing.id]
            expected += [expect_standing(reason.norm, reason.standing) for reason in stood]
    return tuple(expected)


def _answer(found: Found, directive: Directive) -> Answer | None:
    judge = Judge(directive, found.judgement, digest="")
    given = submitted(found.facts, directive.judgement[found.judgement])
    try:
        return judge.ask(given, on=found.on, question=found.question, engine="semantics", sides=found.sides)
    except Refused:
        return None


def _tag(one: PointCoverage, directive: Directive) -> tuple[str, ...]:
    provision = provision_of(one.point, directive)
    return (provision,) if provision else ()
