"""Norms, concepts, readings, judgements and terms in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tsutatsu.backends.prose.citing import cite
from tsutatsu.backends.prose.conditions import lay_out_condition
from tsutatsu.backends.prose.japanese import Close
from tsutatsu.backends.prose.naming import bare_name, concept_name, issue_of, side_of, term_name, term_of
from tsutatsu.backends.prose.outline import INDENT
from tsutatsu.backends.prose.tables import CHANGEABLE, KINDS, MUST, STRENGTHS, TRUTHS
from tsutatsu.backends.prose.values import tell_clock, tell_day, tell_type, tell_value
from tsutatsu.backends.prose.wording import quoted, sentence, shown
from tsutatsu.ir import (
    ALWAYS,
    NEVER,
    Changeable,
    ClockRef,
    Concept,
    Condition,
    Constant,
    Directive,
    Due,
    Is,
    Judgement,
    Norm,
    Reading,
    Strength,
    Term,
    Test,
    Words,
    conditions_of,
    walk,
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is told of one thing: a heading and the lines under it."""

    heading: str
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([self.heading, *(f"  {line}" for line in self.lines)])

    def to_dict(self) -> dict[str, Any]:
        """The passage as JSON carries it."""
        return {"heading": self.heading, "lines": list(self.lines)}


def tell_norm(norm: Norm, directive: Directive, lang: str) -> Passage:
    """A norm: where it stands, how it binds, and under it who, when, what, unless, by when."""
    binding = f"{KINDS[norm.kind].say(lang)} ({STRENGTHS[norm.strength].say(lang)})"
    if lang != "en":
        binding = f"{KINDS[norm.kind].ja}（{STRENGTHS[norm.strength].ja}）"
    heading = _head(cite(norm.provision, lang), binding, _sentence(norm.summary, lang), lang=lang)
    return Passage(heading, tuple(_norm_lines(norm, directive, lang)))


def tell_concept(concept: Concept, directive: Directive, lang: str) -> Passage:
    """A word of the text: when it is met, and where that is open."""
    heading = _head(cite(concept.provision, lang), quoted(concept.words.say(lang), lang), lang=lang)
    last = "What is not listed is not met." if lang == "en" else "挙げたもののほかは当たらない。"
    return Passage(heading, (*_concept_lines(concept, directive, lang), last))


def tell_reading(reading: Reading, directive: Directive, lang: str) -> Passage:
    """An open passage: what is in question, the sides, and which was taken by whom."""
    heading = _head(cite(reading.provision, lang), shown(sentence(reading.issue.say(lang))), lang=lang)
    lines = [f"{shown(side.id)}{_colon(lang)}{shown(side.words.say(lang))}" for side in reading.sides]
    if reading.taken is None:
        taken = "undecided" if lang == "en" else "未定"
    else:
        taken = side_of(reading.id, reading.taken, directive, lang)
        by = [shown(reading.decided_by)] if reading.decided_by else []
        by += [tell_day(reading.decided_on, lang)] if reading.decided_on is not None else []
        if by:
            taken += f" ({', '.join(by)})" if lang == "en" else f"（{'、'.join(by)}）"
    return Passage(heading, (*lines, _line(_TAKEN, taken, lang)))


def tell_judgement(judgement: Judgement, directive: Directive, lang: str) -> Passage:
    """A question the law can be asked: the act it fixes, its unit, and the norms that bear on it."""
    lines: list[str] = []
    if judgement.act:
        joint = " and " if lang == "en" else "、"
        fixed = [_fixed(name, value, directive, lang) for name, value in judgement.act]
        lines.append(_line(_ACT, joint.join(fixed), lang))
    if judgement.day is not None:
        lines.append(_line(_ACT_DAY, term_name(judgement.day, directive, lang), lang))
    if judgement.unit is not None:
        each = term_name(judgement.unit, directive, lang)
        lines.append(_line(_UNIT, f"each entry of {each}" if lang == "en" else f"{each}の一件ごと", lang))
    for name in judgement.norms:
        norm = directive.norm.get(name)
        said = shown(name) if norm is None else f"{cite(norm.provision, lang)} {_sentence(norm.summary, lang)}"
        lines.append(_line(_NORM, said, lang))
    return Passage(quoted(judgement.words.say(lang), lang), tuple(lines))


def tell_term(term: Term, directive: Directive, lang: str) -> Passage:
    """A fact: its type, the question that asks for it, who answers, until when it can be changed and by whom."""
    lines = [_line(_TYPE, tell_type(term, directive, lang), lang)]
    if term.question.ja:
        lines.append(_line(_ASKED, shown(term.question.say(lang)), lang))
    if term.answered_by:
        lines.append(_line(_ANSWERS, shown(term.answered_by), lang))
    changeable = CHANGEABLE[term.changeable].say(lang)
    if term.changed_by and term.changeable is not Changeable.NEVER:
        changeable += f" ({shown(term.changed_by)})" if lang == "en" else f"（{shown(term.changed_by)}）"
    lines.append(_line(_CHANGES, changeable, lang))
    if term.presumed is not None:
        lines.append(_line(_PRESUMED, tell_value(term.presumed, term, lang), lang))
    if term.derived is not None:
        lines += _condition_lines(_DERIVED, term.derived, directive, lang, Close.WHEN)
    lines += _measure_lines(term, directive, lang)
    name = shown(term.words.say(lang))
    return Passage(f"{name} ({shown(term.id)})" if lang == "en" else f"{name}（{shown(term.id)}）", tuple(lines))


def _measure_lines(term: Term, directive: Directive, lang: str) -> Iterator[str]:
    """That the text gives no measure, and the guides of a force that has laid one down."""
    measure = next((one for one in directive.measures if one.term == term.id), None)
    if measure is None:
        if term.unmeasured:
            yield _line(_MEASURE, "none in the text" if lang == "en" else "通達に定めはない", lang)
        return
    for guide in measure.guides:
        value = tell_value(guide.value, term, lang)
        label = Words(f"尺度により{value}とする場合", f"Measured as {value} when")
        yield from _condition_lines(label, guide.when, directive, lang, Close.WHEN)


def _norm_lines(norm: Norm, directive: Directive, lang: str) -> Iterator[str]:
    if norm.bearer:
        yield _line(_BEARER, shown(norm.bearer), lang)
    if norm.when != ALWAYS:
        yield from _condition_lines(_WHEN, norm.when, directive, lang, Close.WHEN)
    if norm.strength is not Strength.FREE:
        if norm.kept == NEVER:
            yield _BANNED[norm.strength].say(lang)
        elif norm.kept != ALWAYS:
            yield from _condition_lines(MUST[norm.strength], norm.kept, directive, lang, Close.THAT)
    if norm.limits:
        yield _LIMITS.say(lang)
    for lift in norm.lifts:
        label = Words(f"ただし、{cite(lift.provision, 'ja')}", f"Except under {cite(lift.provision, 'en')}")
        yield from _condition_lines(label, lift.when, directive, lang, Close.WHEN)
    if norm.due is not None:
        yield _line(_DUE, tell_due(norm.due, directive, lang), lang)
    elif norm.pending != NEVER:
        yield from _condition_lines(_PENDING, norm.pending, directive, lang, Close.WHEN)
    if norm.day is not None:
        yield _line(_DAY, term_name(norm.day, directive, lang), lang)
    force = directive.clock.get(norm.force)
    if force is not None:
        yield _line(_FORCE, tell_clock(force, directive, lang), lang)
    if norm.survives != NEVER:
        yield from _condition_lines(_SURVIVES, norm.survives, directive, lang, Close.WHEN)
    for name in _clocks_of(norm):
        clock = directive.clock.get(name)
        if clock is not None:
            told = f"{quoted(clock.words.say(lang), lang)}{_colon(lang)}{tell_clock(clock, directive, lang)}"
            yield _line(_CLOCK, told, lang)
    for name in _concepts_of(norm):
        concept = directive.concept.get(name)
        if concept is not None:
            place = f", {cite(concept.provision, lang)}" if lang == "en" else f"（{cite(concept.provision, lang)}）"
            yield _line(_WORD, f"{quoted(concept.words.say(lang), lang)}{place if concept.provision else ''}", lang)
            yield from (f"{INDENT}{line}" for line in _concept_lines(concept, directive, lang))


def _concept_lines(concept: Concept, directive: Directive, lang: str) -> Iterator[str]:
    if concept.yes != NEVER:
        yield from _condition_lines(_MET, concept.yes, directive, lang, Close.WHEN)
    for case in concept.open:
        issue, side = issue_of(case.reading, directive, lang), side_of(case.reading, case.side, directive, lang)
        yield from _condition_lines(_OPEN, case.when, directive, lang, Close.WHEN)
        if lang == "en":
            yield f"{INDENT}Met only where the open point {issue} is read as {side}"
        else:
            yield f"{INDENT}論点{issue}について{side}と読むときに限り当たる"


def _condition_lines(
    label: Words, condition: Condition, directive: Directive, lang: str, close: Close
) -> Iterator[str]:
    """A condition after its label, its items beneath."""
    first, *items = lay_out_condition(condition, directive, lang, close)
    yield _line(label, first, lang)
    yield from items


def tell_due(due: Due, directive: Directive, lang: str) -> str:
    """By when a later duty is to be met, and what says that it was."""
    start = "" if due.start is None else term_name(due.start, directive, lang)
    clock = None if due.clock is None else directive.clock.get(due.clock)
    english = lang == "en"
    if clock is not None:
        told = tell_clock(clock, directive, lang)
    elif due.prompt is not None:
        word = concept_name(due.prompt, directive, lang)
        told = f"{word} after {start}" if english and start else f"{start}から{word}" if start and not english else word
    else:
        none = "no time is stated" if english else "定めなし"
        told = f"{none} (from {start})" if english and start else f"{none}（{start}から）" if start else none
    if due.met is None:
        return told
    met = term_name(due.met, directive, lang)
    return f"{told}; met on {met}" if english else f"{told}（果たした時は{met}）"


def _concepts_of(norm: Norm) -> tuple[str, ...]:
    """The words of the text that the norm's conditions speak of, in order, without repeats."""
    parts = (part for condition in conditions_of(norm) for part in walk(condition))
    return tuple(dict.fromkeys(part.concept for part in parts if isinstance(part, Is)))


def _clocks_of(norm: Norm) -> tuple[str, ...]:
    """The clocks that the norm's conditions speak of besides that of its effect, in order, without repeats."""
    return tuple(
        dict.fromkeys(
            part.operand.id
            for condition in conditions_of(norm)
            for part in walk(condition)
            if isinstance(part, Test) and isinstance(part.operand, ClockRef) and part.operand.id != norm.force
        )
    )


def _fixed(name: str, value: Constant, directive: Directive, lang: str) -> str:
    if isinstance(value, bool):
        return f"{bare_name(name, directive, lang)}{_colon(lang)}{TRUTHS[value].say(lang)}"
    subject, said = term_name(name, directive, lang), tell_value(value, term_of(name, directive), lang)
    return f"{subject} is {said}" if lang == "en" else f"{subject}が{said}"


def _head(*parts: str, lang: str) -> str:
    return (" · " if lang == "en" else "　").join(part for part in parts if part)


def _sentence(words: Words, lang: str) -> str:
    said = shown(sentence(words.say(lang)))
    return said if not said else said + ("." if lang == "en" and words.en else "。")


def _colon(lang: str) -> str:
    return ": " if lang == "en" else "："


def _line(label: Words, told: str, lang: str) -> str:
    return f"{label.say(lang)}{_colon(lang)}{told}"


_BEARER = Words("名宛", "Who")
_WHEN = Words("場合", "When")
_LIMITS = Words("これによらないものは許されない。", "What does not meet this is not permitted.")
_BANNED = {
    Strength.HARD: Words("上の場合に当たることをしてはならない。", "What is described above must not be done."),
    Strength.SOFT: Words("上の場合に当たることをしないよう努める。", "What is described above should not be done."),
}
_DUE = Words("期限", "Time")
_PENDING = Words("未了とする間", "Still open while")
_DAY = Words("基準日", "Judged on")
_FORCE = Words("効力", "In force")
_SURVIVES = Words("効力の終わった後も存続する場合", "Outlives that period when")
_CLOCK = Words("期間", "Period")
_WORD = Words("語", "Word")
_MET = Words("当たる", "Met when")
_OPEN = Words("分かれる", "Open when")
_TAKEN = Words("採る読み", "Taken")
_ACT = Words("行為", "Act")
_ACT_DAY = Words("行為の日", "Day of the act")
_UNIT = Words("単位", "Unit")
_NORM = Words("規範", "Norm")
_TYPE = Words("型", "Type")
_ASKED = Words("問", "Question")
_ANSWERS = Words("答える人", "Answered by")
_CHANGES = Words("変更", "Can be changed")
_PRESUMED = Words("特記なければ", "Presumed, on request, to be")
_MEASURE = Words("尺度", "Measure")
_DERIVED = Words("算出", "Computed: yes when")
