"""Whether an answer is as expected, and if not, what it is instead."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, assert_never

from tsutatsu.backends.prose import quoted, tell_standing
from tsutatsu.gherkin.acts import (
    ExpectAsked,
    Expectation,
    ExpectDuty,
    ExpectException,
    ExpectGround,
    ExpectGroundNorm,
    ExpectNoDuty,
    ExpectNothingAsked,
    ExpectOnSide,
    ExpectStanding,
    ExpectUnit,
    ExpectUnitStanding,
    ExpectVerdict,
    ExpectWay,
    Unsaid,
)
from tsutatsu.ir import Directive, Standing, Strength, Words
from tsutatsu.judging import Answer
from tsutatsu.judging.labels import VERDICT_WORDS, one_by_one
from tsutatsu.judging.parts import DutyState, Met, Reason, UnitAnswer
from tsutatsu.judging.showing import shown
from tsutatsu.semantics import LEVELS, Question, Verdict, level

_APPLIES: Final = frozenset(
    {Standing.KEPT, Standing.PENDING, Standing.LIFTED, Standing.BROKEN, Standing.UNEXPLAINED, Standing.FREE}
)


@dataclass(frozen=True, slots=True)
class Held:
    """An answer, the law that gave it, and how to ask again with a reading decided."""

    answer: Answer
    directive: Directive
    on_side: Callable[[str, str], Verdict]


def unmet(expected: Expectation, held: Held) -> Words | None:
    """What is so instead of what was expected; nothing where it is as expected."""
    answer = held.answer
    match expected:
        case ExpectVerdict(verdict):
            return None if answer.verdict in verdict.verdicts else _answered(answer.verdict)
        case ExpectGround(provision, there):
            return _ground(provision, held) if there else _no_ground(provision, held)
        case ExpectGroundNorm(norm, there):
            return _bears(norm, there, held)
        case ExpectAsked(term):
            return None if any(one.term == term for one in answer.questions) else _asked(answer)
        case ExpectNothingAsked():
            return _asked(answer) if answer.questions else None
        case ExpectDuty(_, norms, arises, effort):
            return _duty(norms, answer, effort=effort) if arises else _other_than_none(answer, norms)
        case ExpectNoDuty():
            return _other_than_none(answer, tuple(one.norm for one in answer.duties))
        case ExpectWay():
            return _way(expected, held)
        case ExpectOnSide(reading, side, verdict):
            found = held.on_side(reading, side)
            return None if found in verdict.verdicts else _answered(found)
        case ExpectException(provision, applies):
            return _exception(provision, applies, answer)
        case ExpectStanding(norm, standing):
            return _standing(norm, standing, answer.reasons)
        case ExpectUnit(number, verdict):
            unit = _unit(number, answer)
            if isinstance(unit, Words):
                return unit
            return None if unit.verdict in verdict.verdicts else _answered(unit.verdict)
        case ExpectUnitStanding(number, norm, standing):
            unit = _unit(number, answer)
            return unit if isinstance(unit, Words) else _standing(norm, standing, unit.reasons)
        case _:
            assert_never(expected)


def grounds(answer: Answer, directive: Directive) -> tuple[Reason, ...]:
    """The norms that bear the answer.

    They are those that surely put the verdict where it is: broken for a refusal, unexplained for 要説明, kept for 適合;
    where none surely does, those that may; those waited for, for 情報不足 and 解釈による; all, for 対象外. The mildest
    verdict of a question (許可, 該当なし, 義務なし) is put there by no norm: every norm bears it that is in force and
    applies, be it kept, open, free, or lifted by an exception.
    """
    decisive = tuple(one for one in answer.reasons if one.decisive)
    if answer.question is Question.FORCE or answer.verdict not in LEVELS[answer.question]:
        return decisive
    reached = LEVELS[answer.question].index(answer.verdict)
    if reached == 0:
        return tuple(one for one in answer.reasons if one.standing in _APPLIES)

    def surely(reason: Reason) -> bool:
        norm = directive.norm[reason.norm]
        return all(level(answer.question, norm, one) >= reached for one in one_by_one(reason.standing))

    return tuple(one for one in decisive if surely(one)) or decisive


def beneath(provision: str, above: str) -> bool:
    """Whether ``provision`` is ``above`` or lies within it."""
    return provision == above or provision.startswith(f"{above}/")


def _provisions(held: Held) -> tuple[str, ...]:
    """The provisions that bear the answer: of norms, and of the exceptions applied to them."""
    found = dict[str, None]()
    for reason in grounds(held.answer, held.directive):
        found[reason.provision] = None
        found.update(dict.fromkeys(one.provision for one in reason.exceptions if one.met is Met.APPLIED))
    return tuple(found)


def _ground(provision: str, held: Held) -> Words | None:
    found = _provisions(held)
    if any(beneath(one, provision) for one in found):
        return None
    if not found:
        return Words("答えを支える規範はない。", "No norm bears the answer.")
    listed = "、".join(f"「{one}」" for one in found)
    return Words(f"根拠は{listed}である。", f"The grounds are {listed}.")


def _bears(norm: str, there: bool, held: Held) -> Words | None:
    bearing = grounds(held.answer, held.directive)
    if any(one.norm == norm for one in bearing) is there:
        return None
    if not there:
        return Words(f"「{norm}」が根拠になっている。", f"“{norm}” is a ground.")
    if not bearing:
        return Words("答えを支える規範はない。", "No norm bears the answer.")
    ja = "、".join(f"「{one.norm}」" for one in bearing)
    en = ", ".join(f"“{one.norm}”" for one in bearing)
    return Words(f"根拠は{ja}である。", f"The grounds are {en}.")


def _no_ground(provision: str, held: Held) -> Words | None:
    there = [one for one in _provisions(held) if beneath(one, provision)]
    if not there:
        return None
    listed = "、".join(f"「{one}」" for one in there)
    return Words(f"{listed}が根拠になっている。", f"{listed} is a ground.")


def _answered(verdict: Verdict) -> Words:
    words = VERDICT_WORDS[verdict]
    return Words(f"答えは「{words.ja}」である。", f"The answer is “{words.say('en')}”.")


def _asked(answer: Answer) -> Words:
    if not answer.questions:
        return Words("何も尋ねられない。", "Nothing is asked.")
    ja = "、".join(f"「{one.words.ja}」" for one in answer.questions)
    en = ", ".join(quoted(one.words.say("en"), "en") for one in answer.questions)
    return Words(f"尋ねられるのは{ja}である。", f"Asked for: {en}.")


def _duty(norms: tuple[str, ...], answer: Answer, *, effort: bool) -> Words | None:
    arising = [one for one in answer.duties if one.state is not DutyState.MAY_ARISE]
    meant = [one for one in arising if one.norm in norms]
    if any((one.strength is Strength.SOFT) is effort for one in meant):
        return None
    if meant:
        what = Words("義務", "a duty") if effort else Words("努力義務", "a duty of effort")
        return Words(f"生じるのは{what.ja}である。", f"What arises is {what.say('en')}.")
    if any(one.norm in norms for one in answer.duties):
        return Words("その義務が生じるかどうかは、まだ決まらない。", "Whether that duty arises is not settled.")
    if not arising:
        return Words("生じる義務はない。", "No duty arises.")
    listed = "、".join(f"「{one.norm}」" for one in arising)
    return Words(f"生じる義務は{listed}である。", f"The duties that arise are {listed}.")


def _other_than_none(answer: Answer, norms: tuple[str, ...]) -> Words | None:
    found = [one for one in answer.duties if one.norm in norms]
    if not found:
        return None
    ja = "、".join(
        f"「{one.norm}」" + ("（生じるかは未定）" if one.state is DutyState.MAY_ARISE else "") for one in found
    )
    en = ", ".join(f"“{one.norm}”" + (" (may arise)" if one.state is DutyState.MAY_ARISE else "") for one in found)
    return Words(f"義務{ja}が生じる。", f"These duties arise: {en}.")


def _way(expected: ExpectWay, held: Held) -> Words | None:
    path = held.answer.path
    if path is None:
        return Words(
            "断る答えではないので、許可される道は示されない。", "Nothing is refused, so no lawful path is offered."
        )
    wanted = {(one.term, repr(shown(one.value))) for one in expected.changes if not isinstance(one.value, Unsaid)}
    if len(wanted) == len(expected.changes):
        for way in path.ways:
            if {(one.term, repr(one.value)) for one in way.changes} == wanted:
                return None
    if not path.ways:
        return path.words
    ja = " / ".join("、".join(change.words.ja for change in way.changes) for way in path.ways)
    en = " / ".join(", ".join(change.words.say("en") for change in way.changes) for way in path.ways)
    return Words(f"示される道は: {ja}", f"The ways offered: {en}")


def _exception(provision: str, applies: bool, answer: Answer) -> Words | None:
    met = {one.met for reason in answer.reasons for one in reason.exceptions if one.provision == provision}
    if (Met.APPLIED in met) is applies and not (Met.OPEN in met and not applies):
        return None
    if not met:
        return Words("この判断では、その例外は検討されない。", "This judgement does not consider that exception.")
    if Met.APPLIED in met:
        return Words("その例外は適用される。", "That exception applies.")
    if Met.OPEN in met:
        return Words(
            "その例外が適用されるかどうかは、まだ決まらない。", "Whether that exception applies is not settled."
        )
    if met == {Met.NOT_REACHED}:
        return Words(
            "その規範が当てはまらないので、例外は問題にならない。",
            "Its norm does not apply, so the exception is not reached.",
        )
    return Words("その例外は適用されない。", "That exception does not apply.")


def _unit(number: int, answer: Answer) -> UnitAnswer | Words:
    """The answer for one record, or that there is none."""
    units = [one for one in answer.units if one.number]
    if not units:
        return Words("この判断は一件ごとにはされていない。", "Records were not judged one by one.")
    found = next((one for one in units if one.number == number), None)
    return found or Words(f"判断されたのは{len(units)}件である。", f"{len(units)} records were judged.")


def _standing(norm: str, standing: Standing | None, reasons: tuple[Reason, ...]) -> Words | None:
    found = next((one.standing for one in reasons if one.norm == norm), None)
    if found is None:
        return Words("この判断はその規範を見ない。", "This judgement does not look at that norm.")
    settled = found in tuple(Standing)
    if (standing is None and not settled) or found == standing:
        return None
    return Words(f"「{tell_standing(found, 'ja')}」である。", f"It is {tell_standing(found, 'en')}.")
