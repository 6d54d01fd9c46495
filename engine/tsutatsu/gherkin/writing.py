"""A question written as a scenario in Japanese: the facts as steps and tables, so that the same facts are read back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from tsutatsu.backends.prose import tell_day
from tsutatsu.gherkin.phrases import PHRASES, VERDICT_PHRASES
from tsutatsu.gherkin.resolving import FACTS_HEADING
from tsutatsu.gherkin.saying import MOOD_WORDS, Mood, Say
from tsutatsu.gherkin.scene import raw
from tsutatsu.ir import (
    TODAY,
    Choice,
    Directive,
    Facts,
    Judgement,
    Length,
    RecordList,
    Records,
    Standing,
    Strength,
    Term,
    Value,
    Whole,
)
from tsutatsu.judging.labels import QUESTION_WORDS, standing_words
from tsutatsu.semantics import Question, Verdict

_LENGTHS: Final = {"day": "日", "hour": "時間", "minute": "分"}
_SENTENCES: Final = {phrase.say: phrase.sentence for phrase in PHRASES}


@dataclass(frozen=True, slots=True)
class Expected:
    """One thing that a written scenario expects."""

    say: Say
    blanks: Mapping[str, str]


def submitted(facts: Facts, judgement: Judgement) -> dict[str, object]:
    """What one unit's norms saw, as a caller would submit it: without the act, the day judged and the list of units."""
    left_out = {TODAY, judgement.unit, *dict(judgement.act)}
    return {term: raw(value) for term, value in facts.items() if term not in left_out}


def expect_verdict(verdict: Verdict) -> Expected:
    """That the answer is this."""
    phrase = next(one for one in VERDICT_PHRASES if verdict in one.verdicts)
    return Expected(Say.VERDICT, {"verdict": phrase.ja})


def expect_standing(norm: str, standing: Standing) -> Expected:
    """That a norm stands so."""
    return Expected(Say.STANDING, {"norm": norm, "standing": standing_words(standing).ja})


def expect_duty(norm: str, strength: Strength) -> Expected:
    """That the duty of a norm arises, or its duty of effort."""
    return Expected(Say.EFFORT if strength is Strength.SOFT else Say.DUTY, {"duty": norm})


def expect_exception(provision: str, *, applies: bool) -> Expected:
    """That an exception lifts its norm, or does not."""
    return Expected(Say.EXCEPTION if applies else Say.NO_EXCEPTION, {"provision": provision})


@dataclass(frozen=True, slots=True)
class Written:
    """A question to be written as a scenario, with what it expects."""

    name: str
    judgement: Judgement
    question: Question
    on: date
    facts: Facts
    """As one unit's norms saw them."""
    sides: Mapping[str, str]
    expected: tuple[Expected, ...]
    tags: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    """Terms to be called unknown, which a background may have said."""


def write_scenario(one: Written, directive: Directive) -> tuple[str, ...]:
    """The lines of a scenario that asks this."""
    left_out = {TODAY, one.judgement.unit, *dict(one.judgement.act)}
    known = [(directive.term[term], value) for term, value in one.facts.items() if term not in left_out]
    taken = {reading.id: reading.taken for reading in directive.readings}
    steps = [*_facts(known, directive)]
    steps += [_said(Say.UNKNOWN, term=directive.term[term].words.ja) for term in one.unknown]
    steps += [_said(Say.SIDE, reading=r, side=side) for r, side in one.sides.items() if taken[r] != side]
    asked = _said(
        Say.ASK,
        judgement=one.judgement.words.ja,
        question=QUESTION_WORDS[one.question].ja,
        day=tell_day(one.on, "ja"),
    )
    tags = [f"  {' '.join('@' + tag for tag in one.tags)}"] if one.tags else []
    return (
        *tags,
        f"  シナリオ: {one.name}",
        *_block(Mood.GIVEN, steps),
        *_block(Mood.WHEN, [asked]),
        *_block(Mood.THEN, [_said(expected.say, **expected.blanks) for expected in one.expected]),
    )


def write_of_force(name: str, directive: Directive, on: date, verdict: Verdict, tag: str) -> tuple[str, ...]:
    """The lines of a scenario that asks for the circular's force on a day."""
    asked = _said(Say.ASK_FORCE, directive=directive.header.title.ja, day=tell_day(on, "ja"))
    expected = expect_verdict(verdict)
    return (
        f"  @{tag}",
        f"  シナリオ: {name}",
        *_block(Mood.WHEN, [asked]),
        *_block(Mood.THEN, [_said(expected.say, **expected.blanks)]),
    )


def value_text(value: Value, term: Term) -> str:
    """A single value as a step or a cell says it."""
    match value:
        case None:
            return "なし"
        case bool():
            return "はい" if value else "いいえ"
        case datetime():
            return f"{tell_day(value, 'ja')} {_hour(value.time())}"
        case date():
            return tell_day(value, "ja")
        case time():
            return _hour(value)
        case int():
            unit = term.type.unit.ja if isinstance(term.type, Whole) else ""
            return f"{value}{_LENGTHS.get(term.type.unit, '') if isinstance(term.type, Length) else unit}"
        case str():
            if isinstance(term.type, Choice):
                return next(option.words.ja for option in term.type.options if option.id == value)
            return value
        case RecordList():
            raise AssertionError("a list is said as a table")


def _facts(known: Sequence[tuple[Term, Value]], directive: Directive) -> Iterator[list[str]]:
    single = [(term, value) for term, value in known if not isinstance(term.type, Records)]
    if single:
        rows = [FACTS_HEADING, *((term.words.ja, value_text(value, term)) for term, value in single)]
        yield [_SENTENCES[Say.FACTS], *_table(rows)]
    for term, value in known:
        if not isinstance(term.type, Records):
            continue
        if isinstance(value, RecordList) and (value.records or not value.complete):
            yield [_SENTENCES[Say.RECORDS].format_map({"term": term.words.ja}), *_records(term, value, directive)]
        else:
            yield _said(Say.NONE, term=term.words.ja)


def _records(term: Term, value: RecordList, directive: Directive) -> list[str]:
    assert isinstance(term.type, Records)
    used = [field for field in term.type.fields if any(field in record for record in value.records)]
    fields = [directive.term[field] for field in used or term.type.fields[:1]]
    rows = [tuple(field.words.ja for field in fields)]
    for record in value.records:
        rows.append(tuple(value_text(record[f.id], f) if f.id in record else "不明" for f in fields))
    if not value.complete:
        rows.append(("不明",) * len(fields))
    return _table(rows)


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    return [f"  | {' | '.join(_escaped(cell) for cell in row)} |" for row in rows]


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")


def _said(say: Say, **blanks: str) -> list[str]:
    return [_SENTENCES[say].format_map(blanks)]


def _block(mood: Mood, steps: Sequence[Sequence[str]]) -> list[str]:
    lines: list[str] = []
    for number, (sentence, *table) in enumerate(steps):
        lines.append(f"    {'かつ' if number else MOOD_WORDS[mood]} {sentence}")
        lines += [f"    {row}" for row in table]
    return lines


def _hour(at: time) -> str:
    return at.isoformat("minutes") if not (at.second or at.microsecond) else at.isoformat()
