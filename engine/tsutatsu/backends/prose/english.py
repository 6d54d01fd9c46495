"""Conditions in English."""

from dataclasses import dataclass
from typing import assert_never

from tsutatsu.backends.prose.citing import cite
from tsutatsu.backends.prose.joining import Group, Single, joined
from tsutatsu.backends.prose.marks import english_mark
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


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause, and whether it joins several."""

    text: str
    compound: bool = False

    @property
    def within(self) -> str:
        """The clause as part of a larger one."""
        return f"[{self.text}]" if self.compound else self.text


def tell_english(condition: Condition, directive: Directive, *, denied: bool = False) -> str:
    """``condition`` as an English clause."""
    return _told(joined(condition, denied=denied), directive, 0).text


def _told(one: Group | Single, directive: Directive, depth: int) -> Clause:
    match one:
        case Group(every, ()):
            return Clause("this always holds" if every else "this never holds")
        case Group(every, (first, second)):
            told = [_told(part, directive, depth).within for part in (first, second)]
            return Clause((" and " if every else " or ").join(told), compound=True)
        case Group(every, parts):
            told = [_told(part, directive, depth + 1).within for part in parts]
            listed = "; ".join(f"{english_mark(number, depth)} {part}" for number, part in enumerate(told, 1))
            return Clause(f"{'all' if every else 'at least one'} of these: {listed}", compound=True)
        case Single(condition, denied):
            return Clause(_single(condition, directive, depth, denied=denied))
        case _:
            assert_never(one)


def _single(condition: Condition, directive: Directive, depth: int, *, denied: bool) -> str:
    match condition:
        case Test():
            return _test(condition, directive, denied)
        case Each(term, part):
            inner = _told(joined(part), directive, depth).text
            start, holds = ("not in every", "does it hold") if denied else ("in every", "it holds")
            return f"{start} entry of {term_name(term, directive, 'en')} {holds} that [{inner}]"
        case Some(term, part):
            inner = _told(joined(part), directive, depth).text
            start, holds = ("in no", "does it hold") if denied else ("in some", "it holds")
            return f"{start} entry of {term_name(term, directive, 'en')} {holds} that [{inner}]"
        case Is(name):
            return f"{concept_name(name, directive, 'en')} is {'not ' if denied else ''}met"
        case Side(reading, side):
            issue, said = issue_of(reading, directive, "en"), side_of(reading, side, directive, "en")
            return f"the open point {issue} is {'not ' if denied else ''}read as {said}"
        case Stands(name, broken):
            norm = directive.norm.get(name)
            rule = quoted(name if norm is None else sentence(norm.summary.say("en")), "en")
            place = "" if norm is None else f" in {cite(norm.provision, 'en')}"
            return f"the rule {rule}{place} is {'not ' if denied else ''}{'broken' if broken else 'kept'}"
        case AllOf() | AnyOf() | Not():
            raise AssertionError("joined conditions are told as groups")
        case _:
            assert_never(condition)


def _test(test: Test, directive: Directive, denied: bool) -> str:
    term = term_of(test.term, directive)
    subject = term_name(test.term, directive, "en")
    match test.operand:
        case ClockRef(name):
            return f"{subject} is {'not ' if denied else ''}{_CLOCKED[test.op]} {clock_name(name, directive, 'en')}"
        case tuple(options):
            return _among(subject, options, term, denied)
        case TermRef(other):
            return _compared(subject, test.op, term_name(other, directive, "en"), term, denied)
        case None:
            return f"there is {'no' if denied else 'some'} {subject.removeprefix('the ')}"
        case constant:
            return _compared(subject, test.op, tell_value(constant, term, "en"), term, denied)


_CLOCKED = {Op.BEFORE: "before the start of", Op.WITHIN: "within", Op.AFTER: "after the end of"}


def _among(subject: str, options: tuple[Constant, ...], term: Term, denied: bool) -> str:
    no = "not " if denied else ""
    bound = rank_bound(options, term)
    if bound is not None:
        limit, upward = bound
        return f"{subject} is {no}{tell_value(limit, term, 'en')} or {'above' if upward else 'below'}"
    named = [tell_value(option, term, "en") for option in options]
    if len(named) == 1:
        return f"{subject} is {no}{named[0]}"
    return f"{subject} is {'none' if denied else 'one'} of {', '.join(named) or '(nothing listed)'}"


def _compared(subject: str, op: Op, against: str, term: Term, denied: bool) -> str:
    timed = isinstance(term.type, Day | Moment | Hour)
    on = "at" if isinstance(term.type, Hour) else "on"
    no = "not " if denied else ""
    match op:
        case Op.EQ:
            return f"{subject} is {no}{against}"
        case Op.SAME:
            return f"{subject} is {no}the same {'person ' if isinstance(term.type, Person) else ''}as {against}"
        case Op.DIFFERENT:
            person = " person" if isinstance(term.type, Person) else ""
            return f"{subject} is {no}{'another' + person + ' than' if person else 'different from'} {against}"
        case Op.LT:
            return f"{subject} is {no}{'before' if timed else 'less than'} {against}"
        case Op.LE:
            return f"{subject} is {no}{f'{on} or before' if timed else 'at most'} {against}"
        case Op.GT:
            return f"{subject} is {no}{'after' if timed else 'more than'} {against}"
        case Op.GE:
            return f"{subject} is {no}{f'{on} or after' if timed else 'at least'} {against}"
        case Op.IN | Op.PRESENT | Op.BEFORE | Op.WITHIN | Op.AFTER:
            raise AssertionError(f"{op} takes no such operand")
        case _:
            assert_never(op)
