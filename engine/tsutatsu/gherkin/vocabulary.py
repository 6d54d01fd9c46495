"""The steps of one directive, in its own words: for ``tsutatsu steps``, and to compare a mistyped step with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from tsutatsu.gherkin.lexicon import Lexicon
from tsutatsu.gherkin.phrases import ASKABLE, PHRASES, STANDING_NAMES, VERDICT_PHRASES
from tsutatsu.gherkin.saying import MOOD_WORDS, Mood, Phrase, Say
from tsutatsu.ir import (
    Choice,
    Day,
    Directive,
    Hour,
    Length,
    Moment,
    Person,
    Records,
    Strength,
    Term,
    Text,
    Truth,
    Type,
    Whole,
    Words,
)

_DAY = "令和7年1月10日"
_LENGTHS = {"day": "日", "hour": "時間", "minute": "分"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step that can be written: its keyword, its sentence (… where something is filled in), and what it says."""

    mood: Mood
    keyword: str
    pattern: str
    example: tuple[str, ...]
    """An example: the step's line, and the lines of its table."""
    words: Words
    choices: tuple[str, ...] = ()
    """What may stand for …, where that is a closed list."""

    def to_dict(self) -> dict[str, object]:
        """The step as JSON carries it."""
        return {
            "kind": self.mood.value,
            "keyword": self.keyword,
            "pattern": self.pattern,
            "example": "\n".join(self.example),
            "explanation": {"ja": self.words.ja, "en": self.words.say("en")},
            "choices": list(self.choices),
        }


def steps_for(directive: Directive) -> tuple[Step, ...]:
    """Every step that features of ``directive`` can use, facts term by term and questions judgement by judgement."""
    called = Lexicon(directive).norm_words
    return tuple(
        step
        for phrase in PHRASES
        if isinstance(phrase.say, Say)
        for step in _steps(phrase, phrase.say, directive, called)
    )


def _steps(phrase: Phrase, say: Say, directive: Directive, called: Mapping[str, str]) -> Iterator[Step]:  # noqa: PLR0915
    d = directive
    match say:
        case Say.DIRECTIVE:
            yield _step(phrase, {"directive": d.header.title.ja}, (d.header.title.ja,))
        case Say.LOCAL:
            if d.local is not None:
                yield _step(phrase, {"force": d.local.words.ja}, (d.local.words.ja,))
        case Say.FACT:
            for term in _single(d):
                values = _values(term.type)
                yield _step(
                    phrase, {"term": term.words.ja, "value": values[0]}, values if _closed(term.type) else (), ("term",)
                )
        case Say.UNKNOWN | Say.ASKED:
            for term in _single(d) if say is Say.UNKNOWN else d.terms:
                yield _step(phrase, {"term": term.words.ja}, (), ("term",))
        case Say.NONE:
            for term in d.terms:
                if may_be_none(term.type) and term.id not in _fields(d):
                    yield _step(phrase, {"term": term.words.ja}, (), ("term",))
        case Say.FACTS:
            single = _single(d)
            if single:
                rows = [("用語", "値"), *((term.words.ja, _values(term.type)[0]) for term in single[:2])]
                yield _step(phrase, {}, table=rows)
        case Say.RECORDS:
            for term in d.terms:
                if isinstance(term.type, Records):
                    fields = [d.term[field] for field in term.type.fields]
                    cells = [tuple(f.words.ja for f in fields), tuple(_values(f.type)[0] for f in fields)]
                    yield _step(phrase, {"term": term.words.ja}, (), ("term",), cells)
        case Say.SIDE:
            for reading in d.readings:
                sides = tuple(side.id for side in reading.sides)
                yield _step(phrase, {"reading": reading.id, "side": sides[0]}, sides, ("reading",))
        case Say.PRESUME:
            if any(term.presumed is not None for term in d.terms):
                yield _step(phrase, {})
        case Say.ASK:
            for judgement in d.judgements:
                blanks = {"judgement": judgement.words.ja, "question": "可否", "day": _DAY}
                yield _step(phrase, blanks, tuple(ASKABLE), ("judgement",))
        case Say.ASK_FORCE:
            yield _step(phrase, {"directive": d.header.title.ja, "day": _DAY}, (), ("directive",))
        case Say.VERDICT:
            for verdict in VERDICT_PHRASES:
                yield _step(phrase, {"verdict": verdict.ja}, (), ("verdict",))
        case Say.GROUND | Say.NO_GROUND:
            provisions = tuple(dict.fromkeys(norm.provision for norm in d.norms))
            if provisions:
                yield _step(phrase, {"provision": provisions[0]}, provisions)
        case Say.DUTY | Say.NOT_THIS_DUTY:
            for norm in d.norms:
                if norm.due is not None and norm.strength is not Strength.SOFT:
                    yield _step(phrase, {"duty": called[norm.id]}, (), ("duty",))
        case Say.EFFORT | Say.NOT_THIS_EFFORT:
            for norm in d.norms:
                if norm.strength is Strength.SOFT:
                    yield _step(phrase, {"duty": called[norm.id]}, (), ("duty",))
        case Say.NOTHING_ASKED | Say.NO_DUTY:
            yield _step(phrase, {})
        case Say.WAY:
            changes = "と".join(f"「{t.words.ja}」を「{_values(t.type)[0]}」" for t in _single(d)[:1])
            if changes:
                yield _step(phrase, {"changes": changes})
        case Say.ON_SIDE:
            for reading in d.readings:
                for side in reading.sides:
                    yield _step(
                        phrase,
                        {"reading": reading.id, "side": side.id, "verdict": "許可される"},
                        (),
                        ("reading", "side"),
                    )
        case Say.EXCEPTION | Say.NO_EXCEPTION:
            provisions = tuple(dict.fromkeys(lift.provision for norm in d.norms for lift in norm.lifts))
            for provision in provisions:
                yield _step(phrase, {"provision": provision}, (), ("provision",))
        case Say.STANDING:
            for norm in d.norms:
                yield _step(phrase, {"norm": called[norm.id], "standing": "充足"}, tuple(STANDING_NAMES), ("norm",))
        case Say.UNIT:
            if any(judgement.unit is not None for judgement in d.judgements):
                yield _step(phrase, {"number": "1", "verdict": "許可される"}, tuple(v.ja for v in VERDICT_PHRASES))
        case Say.UNIT_STANDING:
            each = [name for judgement in d.judgements if judgement.unit is not None for name in judgement.norms]
            for name in dict.fromkeys(each):
                blanks = {"number": "1", "norm": called[name], "standing": "充足"}
                yield _step(phrase, blanks, tuple(STANDING_NAMES), ("norm",))
        case _:
            assert_never(say)


def _step(
    phrase: Phrase,
    blanks: dict[str, str],
    choices: tuple[str, ...] = (),
    fixed: tuple[str, ...] = (),
    table: Sequence[tuple[str, ...]] = (),
) -> Step:
    keyword = MOOD_WORDS[phrase.mood]
    pattern = phrase.sentence.format_map({name: value if name in fixed else "…" for name, value in blanks.items()})
    said = phrase.sentence.format_map(blanks)
    rows = tuple(f"  | {' | '.join(row)} |" for row in table)
    return Step(phrase.mood, keyword, pattern, (f"{keyword} {said}", *rows), phrase.words, choices)


def _single(directive: Directive) -> list[Term]:
    """The terms said in one sentence: no lists, and nothing that stands only in a list's records."""
    fields = _fields(directive)
    return [t for t in directive.terms if not isinstance(t.type, Records) and t.id not in fields]


def _fields(directive: Directive) -> frozenset[str]:
    return frozenset(field for t in directive.terms if isinstance(t.type, Records) for field in t.type.fields)


def may_be_none(kind: Type) -> bool:
    """Whether 「…」はない can be said: never of a truth, nor of a choice of which one option always holds."""
    return not isinstance(kind, Truth) and not (isinstance(kind, Choice) and not kind.none)


def _closed(kind: Type) -> bool:
    return isinstance(kind, (Truth, Choice))


def example_value(kind: Type) -> str:
    """A value as steps write it."""
    return _values(kind)[0]


def _values(kind: Type) -> tuple[str, ...]:
    """Values as steps write them: all of them for a closed type, an example for another."""
    match kind:
        case Truth():
            return "はい", "いいえ"
        case Choice(options):
            return tuple(option.words.ja for option in options)
        case Whole(unit, low, _):
            return (f"{max(low, 1)}{unit.ja}",)
        case Length(unit):
            return (f"3{_LENGTHS.get(unit, '')}",)
        case Day():
            return (_DAY,)
        case Moment():
            return (f"{_DAY} 21:30",)
        case Hour():
            return ("21:30",)
        case Text():
            return ("書かれた言葉",)
        case Person():
            return ("甲野",)
        case Records():
            return ("不明",)
        case _:
            assert_never(kind)
