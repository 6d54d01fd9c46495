"""Missing scenarios, drafted: the facts found, the law's own answer to them, ready to be read and pasted."""

from collections.abc import Sequence
from dataclasses import replace

from tsutatsu.coverage.measuring import DirectiveCoverage, PointCoverage
from tsutatsu.coverage.points import InForce, LeftOpen, Lifted, StandsSo, subject_of
from tsutatsu.coverage.resting import Sort
from tsutatsu.coverage.searching import Found
from tsutatsu.coverage.trying import Difference, Tried
from tsutatsu.coverage.wording import provision_of, tell_point, tell_subject
from tsutatsu.diagnostics import Refused
from tsutatsu.gherkin.acts import StateFacts
from tsutatsu.gherkin.performing import Performed
from tsutatsu.gherkin.writing import (
    Expected,
    Written,
    expect_duty,
    expect_exception,
    expect_standing,
    expect_verdict,
    submitted,
    write_of_force,
    write_scenario,
)
from tsutatsu.ir import Directive, Strength
from tsutatsu.judging import Answer, Judge


def draft_of_point(one: PointCoverage, covered: DirectiveCoverage) -> tuple[str, ...]:
    """A scenario that would show the point; nothing where no facts were found."""
    found, directive = one.example, covered.directive
    thing = subject_of(one.point, directive.id)
    name = f"{tell_subject(thing, directive).ja}に、{tell_point(one.point, directive).ja}"
    if isinstance(one.point, InForce):
        verdict, on = one.point.verdict, one.point.on or directive.issued
        return write_of_force(name, directive, on, verdict, "有効期間")
    if found is None:
        return ()
    expected = _expected(one, found, directive)
    return _draft(name, found, directive, scenarios=covered.scenarios, expected=expected, tags=_tag(one, directive))


def draft_of_survivor(one: Tried, scenarios: Sequence[Performed]) -> tuple[str, ...]:
    """A scenario that a mutant would make fail; nothing where it did not survive."""
    told = one.difference
    if told is None:
        return ()
    directive = one.mutant.original
    subject = tell_subject(one.mutant.subject, directive)
    name = f"{subject.ja}の変異（{one.mutant.words.ja}）を見分ける（{one.mutant.id}）"
    provision = directive.norm[told.norm].provision
    found = replace(told.found, question=told.question)
    return _draft(
        name,
        found,
        directive,
        scenarios=scenarios,
        expected=_told_apart(told, directive.norm[told.norm].strength),
        tags=(provision,),
    )


def _draft(
    name: str,
    found: Found,
    directive: Directive,
    *,
    scenarios: Sequence[Performed],
    expected: tuple[Expected, ...],
    tags: tuple[str, ...],
) -> tuple[str, ...]:
    """The scenario; where its facts are another scenario's with some changed, fit to stand beside that one."""
    near = None if found.scenario is None else scenarios[found.scenario]
    judgement = directive.judgement[found.judgement]
    written = Written(
        name, judgement, found.question, found.on, found.facts, found.sides, expected, tags, _unsaid(near, found)
    )
    lines = write_scenario(written, directive)
    if near is None:
        return lines
    return (f"  # {near.where}「{near.name}」の事実で、「{'、'.join(found.changed)}」を変えたもの", *lines)


def _unsaid(near: Performed | None, found: Found) -> tuple[str, ...]:
    """What the near scenario says, or its background, that is not known here."""
    stated = [line.act for line in near.script if isinstance(line.act, StateFacts)] if near is not None else []
    terms = dict.fromkeys(fact.term for act in stated for fact in act.facts)
    return tuple(term for term in terms if term not in found.facts)


def _told_apart(told: Difference, strength: Strength) -> tuple[Expected, ...]:
    shown = expect_standing(told.norm, told.law)
    if told.law is told.mutant:
        shown = expect_duty(told.norm, strength)
    return (expect_verdict(told.verdict), shown) if told.verdict is not told.other else (shown,)


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
