"""Conditions in Japanese. Every single test is a subject and a predicate that can end a sentence or lead on."""

from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from tsutatsu.backends.prose.citing import cite
from tsutatsu.backends.prose.joining import Group, Single, joined
from tsutatsu.backends.prose.marks import japanese_mark
from tsutatsu.backends.prose.naming import clock_name, concept_name, issue_of, rank_bound, side_of, term_name, term_of
from tsutatsu.backends.prose.values import tell_value
from tsutatsu.backends.prose.wording import quoted, sentence
from tsutatsu.ir import (
    AllOf,
    AnyOf,
    ClockRef,
    Condition,
    Constant,
    Day,
    Directive,
    Each,
    Hour,
    Is,
    Moment,
    Not,
    Op,
    Person,
    Side,
    Some,
    Stands,
    Term,
    TermRef,
    Test,
)


class Ending(Enum):
    """How a predicate ends: affirming, affirming and leading on, denying, denying and leading on."""

    IS = ("である", "であり", "でない", "でなく")
    IS_ANY = ("のいずれかである", "のいずれかであり", "のいずれでもない", "のいずれでもなく")
    EXISTS = ("がある", "があり", "がない", "がなく")
    EXCEEDS = ("を超える", "を超え", "を超えない", "を超えず")
    DIFFERS = ("と異なる", "と異なり", "と異ならない", "と異ならず")
    MEETS = ("に当たる", "に当たり", "に当たらない", "に当たらず")
    READS = ("と読む", "と読み", "と読まない", "と読まず")
    BREAKS = ("に違反している", "に違反しており", "に違反していない", "に違反しておらず")
    FULFILS = ("を満たしている", "を満たしており", "を満たしていない", "を満たしておらず")
    SAYS = ("といえる", "といえ", "とはいえない", "とはいえず")
    ALL = ("の全てに当たる", "の全てに当たり", "の全てに当たるわけではない", "の全てに当たるわけではなく")
    ANY = ("のいずれかに当たる", "のいずれかに当たり", "のいずれにも当たらない", "のいずれにも当たらず")


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: all but its ending, the ending, whether it denies, and whether it joins several."""

    stem: str
    ending: Ending
    denied: bool = False
    compound: bool = False

    @property
    def closing(self) -> str:
        """The clause as the end of a sentence."""
        return self.stem + self.ending.value[2 * self.denied]

    @property
    def leading(self) -> str:
        """The clause with another to follow."""
        return self.stem + self.ending.value[2 * self.denied + 1]

    @property
    def within(self) -> str:
        """The clause as part of a larger one."""
        return f"（{self.closing}）" if self.compound else self.closing


def tell_japanese(condition: Condition, directive: Directive, *, denied: bool = False) -> str:
    """``condition`` as a Japanese clause in the plain form."""
    return _told(joined(condition, denied=denied), directive, 0).closing


def _told(one: Group | Single, directive: Directive, depth: int) -> Clause:
    match one:
        case Group(every, ()):
            return Clause("条件なしに成り立つもの" if every else "成り立つ場合のないもの", Ending.IS)
        case Group(every, (first, second)):
            return _pair(every, _told(first, directive, depth), _told(second, directive, depth))
        case Group(every, parts):
            told = [_told(part, directive, depth + 1).within for part in parts]
            listed = "、".join(f"{japanese_mark(number, depth)}{part}" for number, part in enumerate(told, 1))
            return Clause(f"{listed}、", Ending.ALL if every else Ending.ANY, compound=True)
        case Single(condition, denied):
            return _single(condition, directive, depth, denied=denied)
        case _:
            assert_never(one)


def _pair(every: bool, first: Clause, second: Clause) -> Clause:
    leading = first.within if first.compound else first.leading
    before = f"{leading}、かつ、" if every else f"{first.within}か、又は、"
    if second.compound:
        return Clause(f"{before}{second.within}", Ending.MEETS, compound=True)
    return Clause(before + second.stem, second.ending, second.denied, compound=True)


def _single(condition: Condition, directive: Directive, depth: int, *, denied: bool) -> Clause:
    match condition:
        case Test():
            return _test(condition, directive, denied)
        case Each(term, part):
            inner = _told(joined(part), directive, depth).within
            return Clause(f"{term_name(term, directive, 'ja')}の全てについて、{inner}", Ending.SAYS, denied)
        case Some(term, part):
            told = _told(joined(part), directive, depth)
            inner = f"{told.within}に当たるもの" if told.compound else f"{told.closing}もの"
            return Clause(f"{term_name(term, directive, 'ja')}の中に、{inner}", Ending.EXISTS, denied)
        case Is(name):
            return Clause(concept_name(name, directive, "ja"), Ending.MEETS, denied)
        case Side(reading, side):
            issue, said = issue_of(reading, directive, "ja"), side_of(reading, side, directive, "ja")
            return Clause(f"論点{issue}について{said}", Ending.READS, denied)
        case Stands(name, broken):
            norm = directive.norm.get(name)
            rule = quoted(name, "ja") if norm is None else quoted(sentence(norm.summary.ja), "ja")
            place = "" if norm is None else cite(norm.provision, "ja")
            return Clause(f"{place}の定め{rule}", Ending.BREAKS if broken else Ending.FULFILS, denied)
        case AllOf() | AnyOf() | Not():
            raise AssertionError("joined conditions are told as groups")
        case _:
            assert_never(condition)


def _test(test: Test, directive: Directive, denied: bool) -> Clause:
    term = term_of(test.term, directive)
    subject = term_name(test.term, directive, "ja")
    match test.operand:
        case ClockRef(name):
            return Clause(f"{subject}が{clock_name(name, directive, 'ja')}{_CLOCKED[test.op]}", Ending.IS, denied)
        case tuple(options):
            return _among(subject, options, term, denied)
        case TermRef(other):
            return _compared(subject, test.op, term_name(other, directive, "ja"), term, denied)
        case None:
            return Clause(subject, Ending.EXISTS, denied)
        case constant:
            return _compared(subject, test.op, tell_value(constant, term, "ja"), term, denied)


_CLOCKED = {Op.BEFORE: "の始まりより前", Op.WITHIN: "の期間内", Op.AFTER: "の終わりより後"}


def _among(subject: str, options: tuple[Constant, ...], term: Term, denied: bool) -> Clause:
    bound = rank_bound(options, term)
    if bound is not None:
        limit, upward = bound
        return Clause(f"{subject}が{tell_value(limit, term, 'ja')}{'以上' if upward else '以下'}", Ending.IS, denied)
    named = [tell_value(option, term, "ja") for option in options]
    if len(named) == 1:
        return Clause(f"{subject}が{named[0]}", Ending.IS, denied)
    return Clause(f"{subject}が{'、'.join(named) or '（候補なし）'}", Ending.IS_ANY, denied)


def _compared(subject: str, op: Op, against: str, term: Term, denied: bool) -> Clause:
    timed = isinstance(term.type, Day | Moment | Hour)
    person = isinstance(term.type, Person)
    match op:
        case Op.EQ:
            return Clause(f"{subject}が{against}", Ending.IS, denied)
        case Op.SAME:
            return Clause(f"{subject}と{against}が同{'一人' if person else 'じ'}", Ending.IS, denied)
        case Op.DIFFERENT:
            if person:
                return Clause(f"{subject}と{against}が別人", Ending.IS, denied)
            return Clause(f"{subject}が{against}", Ending.DIFFERS, denied)
        case Op.LT:
            return Clause(f"{subject}が{against}{'より前' if timed else '未満'}", Ending.IS, denied)
        case Op.LE:
            return Clause(f"{subject}が{against}{'以前' if timed else '以下'}", Ending.IS, denied)
        case Op.GT:
            if timed:
                return Clause(f"{subject}が{against}より後", Ending.IS, denied)
            return Clause(f"{subject}が{against}", Ending.EXCEEDS, denied)
        case Op.GE:
            return Clause(f"{subject}が{against}{'以後' if timed else '以上'}", Ending.IS, denied)
        case Op.IN | Op.PRESENT | Op.BEFORE | Op.WITHIN | Op.AFTER:
            raise AssertionError(f"{op} takes no such operand")
        case _:
            assert_never(op)
