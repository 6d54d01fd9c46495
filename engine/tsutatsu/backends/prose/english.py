"""Conditions in English."""

from dataclasses import dataclass
from typing import assert_never

from tsutatsu.backends.prose.citing import cite
from tsutatsu.backends.prose.joining import Group, Single, joined
from tsutatsu.backends.prose.marks import english_mark
from tsutatsu.backends.prose.naming import (
    MOST_NAMED,
    Basis,
    bare_name,
    basis,
    clock_name,
    concept_name,
    issue_of,
    rank_bound,
    side_of,
    term_name,
    term_of,
)
from tsutatsu.backends.prose.outline import Outline
from tsutatsu.backends.prose.tables import TRUTHS
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
    """A clause, and the items it speaks of as these."""

    text: str
    items: tuple[Outline, ...] = ()
    plain: bool = True
    """Whether “and” or “or” can join it to another without a doubt about how far it reaches."""


def english_line(condition: Condition, directive: Directive, *, denied: bool = False) -> str:
    """``condition`` as an English clause on one line."""
    told = _told(joined(condition, denied=denied), directive)
    return _on_a_line(Outline(told.text, told.items))


def english_outline(condition: Condition, directive: Directive) -> Outline:
    """``condition`` as an English clause, its items beneath it."""
    told = _told(joined(condition), directive)
    return Outline(told.text, told.items)


def _on_a_line(outline: Outline, depth: int = 0) -> str:
    if not outline.items:
        return outline.text
    listed = [f"{english_mark(at, depth)} {_on_a_line(item, depth + 1)}" for at, item in enumerate(outline.items, 1)]
    return f"{outline.text} [{'; '.join(listed)}]"


def _told(one: Group | Single, directive: Directive, *, itemise: bool = False) -> Clause:
    match one:
        case Group(every, ()):
            return Clause("this always holds" if every else "this never holds")
        case Group(every, parts):
            told = [_told(part, directive) for part in parts]
            if len(told) == 2 and told[0].plain and told[1].plain and not itemise:
                return Clause((" and " if every else " or ").join(part.text for part in told), plain=False)
            head = "all of these hold" if every else "at least one of these holds"
            return Clause(head, tuple(Outline(part.text, part.items) for part in told), plain=False)
        case Single(condition, denied):
            return _single(condition, directive, denied=denied)
        case _:
            assert_never(one)


def _single(condition: Condition, directive: Directive, *, denied: bool) -> Clause:
    match condition:
        case Test():
            return Clause(_test(condition, directive, denied))
        case Each(term, part):
            name = term_name(term, directive, "en")
            start = f"it is not the case for every entry of {name} that" if denied else f"for every entry of {name},"
            return _entries(start, part, directive)
        case Some(term, part):
            start = f"for {'no' if denied else 'some'} entry of {term_name(term, directive, 'en')},"
            return _entries(start, part, directive)
        case Is(name):
            seen = _seen(basis(name, directive), directive)
            return Clause(f"{concept_name(name, directive, 'en')} is {'not ' if denied else ''}met{seen}")
        case Side(reading, side):
            issue, said = issue_of(reading, directive, "en"), side_of(reading, side, directive, "en")
            return Clause(f"the open point {issue} is {'not ' if denied else ''}read as {said}", plain=False)
        case Stands(name, broken):
            norm = directive.norm.get(name)
            rule = quoted(name if norm is None else sentence(norm.summary.say("en")), "en")
            place = "" if norm is None else f" in {cite(norm.provision, 'en')}"
            said = f"{'not ' if denied else ''}{'broken' if broken else 'kept'}"
            return Clause(f"the rule {rule}{place} is {said}", plain=False)
        case AllOf() | AnyOf() | Not():
            raise AssertionError("joined conditions are told as groups")
        case _:
            assert_never(condition)


def _entries(start: str, part: Condition, directive: Directive) -> Clause:
    inner = _told(joined(part), directive, itemise=True)
    return Clause(f"{start} {inner.text}", inner.items, plain=False)


def _seen(looked: Basis, directive: Directive) -> str:
    """The facts by which a word of the text is judged, so that nobody takes its subject to be whoever is addressed."""
    names = [term_name(one, directive, "en") for one in looked.terms]
    names += ["whether rules are broken"] if looked.standings else []
    if not names:
        return ""
    if len(names) > MOST_NAMED:
        return f" (going by {', '.join(names[:MOST_NAMED])} and more)"
    return f" (going by {' and '.join(part for part in (', '.join(names[:-1]), names[-1]) if part)})"


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
        case bool(answer) if test.op is Op.EQ:
            said = TRUTHS[answer is not denied].en
            return f"{quoted(bare_name(test.term, directive, 'en'), 'en')} is {said}"
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
