"""Conditions in Japanese. Every single test is a subject and a predicate that can end a sentence or lead on."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import assert_never

from tsutatsu.backends.prose.citing import cite
from tsutatsu.backends.prose.joining import Group, Single, joined
from tsutatsu.backends.prose.marks import japanese_mark
from tsutatsu.backends.prose.naming import (
    MOST_NAMED,
    Basis,
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


class Ending(Enum):
    """How a predicate ends: affirming, affirming and leading on, denying, denying and leading on."""

    IS = ("である", "であり", "でない", "でなく")
    IS_ANY = ("のいずれかである", "のいずれかであり", "のいずれでもない", "のいずれでもなく")
    EXISTS = ("がある", "があり", "がない", "がなく")
    LIVES = ("がいる", "がおり", "がいない", "がおらず")
    EXCEEDS = ("を超える", "を超え", "を超えない", "を超えず")
    DIFFERS = ("と異なる", "と異なり", "と異ならない", "と異ならず")
    MEETS = ("に当たる", "に当たり", "に当たらない", "に当たらず")
    READS = ("と読む", "と読み", "と読まない", "と読まず")
    BREAKS = ("に違反している", "に違反しており", "に違反していない", "に違反しておらず")
    FULFILS = ("を満たしている", "を満たしており", "を満たしていない", "を満たしておらず")
    SAYS = ("といえる", "といえ", "とまではいえない", "とまではいえず")


class Close(Enum):
    """What follows a clause that stands after a label: nothing, とき or こと."""

    SENTENCE = ""
    WHEN = "とき"
    THAT = "こと"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: all but its ending, the ending, whether it denies, and the items it speaks of as 次の."""

    stem: str
    ending: Ending
    denied: bool = False
    items: tuple[Outline, ...] = ()
    leads: bool = True
    """Whether かつ or 又は can join another to it without a doubt about how far it reaches."""
    trails: bool = True
    """Whether it can be joined to another so."""
    entry: str = ""
    """How it stands as an item, where that is not how it ends a sentence."""

    @property
    def closing(self) -> str:
        """The clause as the end of a sentence, or before a noun."""
        return self.stem + self.ending.value[2 * self.denied]

    @property
    def leading(self) -> str:
        """The clause with another to follow."""
        return self.stem + self.ending.value[2 * self.denied + 1]

    @property
    def item(self) -> Outline:
        """The clause as an item of a list."""
        return Outline(self.entry or self.closing, self.items)


def japanese_line(condition: Condition, directive: Directive, *, denied: bool = False) -> str:
    """``condition`` as a Japanese clause in the plain form, on one line."""
    told = _told(joined(condition, denied=denied), directive)
    return _on_a_line(Outline(told.closing, told.items))


def japanese_outline(condition: Condition, directive: Directive, close: Close = Close.SENTENCE) -> Outline:
    """``condition`` as a Japanese clause that ends as ``close`` says, its items beneath it."""
    told = _told(joined(condition), directive)
    return Outline(told.closing + close.value, told.items)


def _on_a_line(outline: Outline, depth: int = 0) -> str:
    if not outline.items:
        return outline.text
    listed = [f"{japanese_mark(at, depth)}{_on_a_line(item, depth + 1)}" for at, item in enumerate(outline.items, 1)]
    return f"{outline.text}（{'、'.join(listed)}）"


def _told(one: Group | Single, directive: Directive, *, itemise: bool = False) -> Clause:
    match one:
        case Group(every, ()):
            return Clause("常", Ending.MEETS, denied=not every)
        case Group(every, parts):
            told = [_told(part, directive) for part in parts]
            if len(told) == 2 and told[0].leads and told[1].trails and not itemise:
                before = f"{told[0].leading}、かつ、" if every else f"{told[0].closing}か、又は、"
                return replace(told[1], stem=before + told[1].stem, leads=False, trails=False)
            head = "次の全て" if every else "次のいずれか"
            return Clause(head, Ending.MEETS, items=tuple(part.item for part in told), leads=False, trails=False)
        case Single(condition, denied):
            return _single(condition, directive, denied=denied)
        case _:
            assert_never(one)


def _single(condition: Condition, directive: Directive, *, denied: bool) -> Clause:
    match condition:
        case Test():
            return _test(condition, directive, denied)
        case Each(term, part):
            inner = _told(joined(part), directive, itemise=True)
            stem = f"{term_name(term, directive, 'ja')}の全てについて、"
            if denied:
                return Clause(stem + inner.closing, Ending.SAYS, True, inner.items, leads=False, trails=False)
            return replace(inner, stem=stem + inner.stem, leads=False, trails=False, entry="")
        case Some(term, part):
            inner = _told(joined(part), directive, itemise=True)
            stem = f"{term_name(term, directive, 'ja')}の中に、{inner.closing}もの"
            return Clause(stem, Ending.EXISTS, denied, inner.items, leads=False, trails=False)
        case Is(name):
            said = concept_name(name, directive, "ja")
            return Clause(f"{_seen(basis(name, directive), directive)}{said}", Ending.MEETS, denied, leads=False)
        case Side(reading, side):
            issue, said = issue_of(reading, directive, "ja"), side_of(reading, side, directive, "ja")
            return Clause(f"論点{issue}について{said}", Ending.READS, denied, leads=False, trails=False)
        case Stands(name, broken):
            norm = directive.norm.get(name)
            rule = quoted(name, "ja") if norm is None else quoted(sentence(norm.summary.ja), "ja")
            place = "" if norm is None else cite(norm.provision, "ja")
            ending = Ending.BREAKS if broken else Ending.FULFILS
            return Clause(f"{place}の定め{rule}", ending, denied, leads=False, trails=False)
        case AllOf() | AnyOf() | Not():
            raise AssertionError("joined conditions are told as groups")
        case _:
            assert_never(condition)


def _seen(looked: Basis, directive: Directive) -> str:
    """The facts by which a word of the text is judged, so that nobody takes its subject to be whoever is addressed."""
    names = [term_name(one, directive, "ja") for one in looked.terms]
    names += ["定めへの違反の有無"] if looked.standings else []
    if not names:
        return ""
    if len(names) > MOST_NAMED:
        return f"{'、'.join(names[:MOST_NAMED])}などに照らし、"
    return f"{'及び'.join(part for part in ('、'.join(names[:-1]), names[-1]) if part)}に照らし、"


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
            return Clause(subject, Ending.LIVES if isinstance(term.type, Person) else Ending.EXISTS, denied)
        case bool(answer) if test.op is Op.EQ:
            said = f"{subject}：{TRUTHS[answer].ja}"
            return Clause(quoted(said, "ja"), Ending.IS, denied, leads=False, trails=False, entry=said)
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
