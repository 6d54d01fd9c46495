"""Facts as submitted, made typed: every slip is found at once, with its place, and nothing is guessed.

A key is a term's id or its name in either language; a choice takes its option's id or name. ``null`` says that there is
none. What is not known is left out, or said with 不明 / unknown, alone as the value or as ``{不明: true}``; for persons
and free text only the second will do: the word alone (or a blank) could be taken for a name (TS516), and an unknown
person for another one. 不明 among a list's records says that there may be more.
"""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, assert_never, cast

from tsutatsu.calendar import STATUS_WORDS, TOKYO, Period, parse_period, read_wareki
from tsutatsu.diagnostics import Diagnostic, Refused, finding, near_blanks, shorten
from tsutatsu.ir import (
    TODAY,
    Choice,
    Constant,
    Day,
    Directive,
    Facts,
    Hour,
    Judgement,
    Length,
    Moment,
    Person,
    RecordList,
    Records,
    Term,
    Text,
    Truth,
    Type,
    Value,
    Whole,
    Words,
)
from tsutatsu.judging.exact import Pairs, Strange, exact
from tsutatsu.semantics import Sides, Truth3, holds
from tsutatsu.source import Source

UNKNOWN_WORDS: Final = frozenset({"不明", "分からない", "unknown"})
"""What says that a value is not known."""

MOST_FACTS: Final = 1_000
MOST_RECORDS: Final = 10_000
MOST_CHARACTERS: Final = 10_000
MOST_FINDINGS: Final = 100

TYPE_WORDS: Final[Mapping[type, Words]] = {
    Truth: Words("真偽 (true か false)", "true or false"),
    Choice: Words("選択肢の一つ", "one of its options"),
    Whole: Words("整数", "a whole number"),
    Length: Words("期間 (整数)", "a length of time (a whole number)"),
    Day: Words("日", "a day"),
    Moment: Words("日時", "a day and time"),
    Hour: Words("時刻", "a time of day"),
    Text: Words("文字列", "text"),
    Person: Words("人 (名か番号の文字列)", "a person (name or number, as text)"),
    Records: Words("一覧 (件の並び)", "a list of records"),
}


class _Unknown:
    """The value was said to be unknown."""


_UNKNOWN: Final = _Unknown()
_REFUSED: Final = _Unknown()
"""The value was refused; its finding has been noted."""


@dataclass(frozen=True, slots=True)
class FactReader:
    """Reads what callers submit as facts of one directive."""

    directive: Directive
    _names: Mapping[str, str]
    """Term id by every name it goes by."""

    @classmethod
    def of(cls, directive: Directive) -> "FactReader":
        """A reader for the terms of ``directive``."""
        names: dict[str, str] = {}
        for term in directive.term.values():
            for name in (term.words.ja, term.words.en):
                if name:
                    names.setdefault(_nfc(name), term.id)
        for term in directive.term.values():
            names[_nfc(term.id)] = term.id
        return cls(directive, names)

    def read(
        self, raw: object, judgement: Judgement, on: date, sides: Sides, *, texts: bool = False
    ) -> dict[str, Value]:
        """The typed facts, the day judged among them; refused with every finding.

        ``texts`` takes a word for any type (cells of a CSV file, ``--set``): はい / いいえ, figures, dates as text.
        """
        reading = _Reading(self, texts)
        facts = reading.mapping(raw, "", top=True)
        reading.agree_with_act(facts, judgement)
        if TODAY in facts and facts[TODAY] != on:
            reading.note("TS513", _label(self.directive, TODAY), on=on, value=facts[TODAY])
        facts[TODAY] = on
        reading.keep_fields_inside(facts, judgement)
        if not reading.findings:
            reading.agree_with_derived({**facts, **dict(judgement.act)}, sides)
        if reading.findings:
            raise Refused(reading.findings)
        return facts

    def term_named(self, name: str) -> Term | None:
        """The term that goes by ``name``."""
        found = self._names.get(_nfc(name))
        return None if found is None else self.directive.term[found]

    @property
    def names(self) -> tuple[str, ...]:
        """Every name a fact may be given by."""
        return tuple(self._names)


class _Reading:
    """One submission being read: the findings so far."""

    def __init__(self, reader: FactReader, texts: bool) -> None:
        self.reader = reader
        self.directive = reader.directive
        self.texts = texts
        self.findings: list[Diagnostic] = []

    def note(self, code: str, place: str, **blanks: object) -> None:
        """One more finding (beyond a hundred nobody reads on)."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(finding(code, Source(place), (), **blanks))

    def mapping(self, raw: object, place: str, *, top: bool, fields: tuple[str, ...] | None = None) -> dict[str, Value]:
        """The facts of a submission, or of one record."""
        raw = exact(raw, MOST_FACTS)
        if not isinstance(raw, Pairs):
            self.note("TS515", place, found=_kind_of(raw).ja, found_en=_kind_of(raw).en)
            return {}
        if len(raw.each) > MOST_FACTS:
            self.note("TS508", place, what=f"{MOST_FACTS}項目まで", what_en=f"at most {MOST_FACTS} facts")
            return {}
        facts: dict[str, Value] = {}
        said: set[str] = set()
        for key, value in raw.each:
            term = self._term(key, place, fields)
            if term is None:
                continue
            at = f"{place}.{term.words.ja}" if place else term.words.ja
            if term.id in said:
                self.note("TS505", at, term=term.words.ja, key=key)
                continue
            said.add(term.id)
            if isinstance(term.type, Records) and not top:
                self.note("TS508", at, what="一覧の中の一覧", what_en="a list within a list")
                continue
            read = self._value(term, value, at)
            if not isinstance(read, _Unknown):
                facts[term.id] = read
        return facts

    def _term(self, key: object, place: str, fields: tuple[str, ...] | None) -> Term | None:
        if not isinstance(key, str):
            self.note("TS515", place, found=_kind_of(key).ja, found_en=f"a name that is {_kind_of(key).en}")
            return None
        known = self.reader.term_named(key) if len(key) <= MOST_CHARACTERS else None
        if known is not None and (fields is None or known.id in fields):
            return known
        names = self.reader.names if fields is None else tuple(self.directive.term[f].words.ja for f in fields)
        near = near_blanks(key, names if len(self.findings) < MOST_FINDINGS else ())
        self.note("TS501", place, key=key, **near)
        return None

    def _value(self, term: Term, raw: object, at: str) -> Value | _Unknown:
        kind = term.type
        raw = exact(raw, MOST_RECORDS)
        if _says_unknown(raw):
            return _UNKNOWN
        if isinstance(raw, str):
            raw = self._text(raw, term, at)
            if raw is None:
                return _REFUSED
            if self.texts and not raw.strip():
                return _UNKNOWN
            if isinstance(kind, (Text, Person)):
                raw = raw.strip()
            unsaid = raw.strip() in UNKNOWN_WORDS or (isinstance(kind, (Text, Person)) and not raw)
            if unsaid and not (isinstance(kind, Choice) and _option(kind, raw) is not None):
                if isinstance(kind, (Text, Person)):
                    self.note("TS516", at, term=term.words.ja, value=raw)
                    return _REFUSED
                return _UNKNOWN
        if raw is None:
            if isinstance(kind, Truth):
                self.note("TS507", at, term=term.words.ja)
                return _REFUSED
            if isinstance(kind, Choice) and not kind.none:
                self.note("TS517", at, term=term.words.ja, options=_options(kind))
                return _REFUSED
            return None
        if isinstance(raw, float) and not math.isfinite(raw):
            self.note("TS509", at, term=term.words.ja, value=raw)
            return _REFUSED
        return self._typed(term, kind, raw, at)

    def _typed(self, term: Term, kind: Type, raw: object, at: str) -> Value | _Unknown:
        match kind:
            case Truth():
                if isinstance(raw, bool):
                    return raw
                if self.texts and isinstance(raw, str) and raw.strip().lower() in _TRUTHS:
                    return _TRUTHS[raw.strip().lower()]
            case Choice():
                if isinstance(raw, str):
                    return self._chosen(term, kind, raw, at)
            case Whole():
                number = self._number(raw)
                if number is not None:
                    return self._bounded(term, number, kind, at)
            case Length(unit):
                number = self._number(raw)
                if number is None and isinstance(raw, str):
                    number = _length(raw, unit)
                if number is not None:
                    return self._bounded(term, number, Whole(Words(unit, unit), 0), at)
            case Day() | Moment() | Hour():
                return self._timed(term, kind, raw, at)
            case Text() | Person():
                if isinstance(raw, str):
                    return raw
            case Records(fields):
                if isinstance(raw, list):
                    return self._records(cast("list[object]", raw), fields, at)
            case _:
                assert_never(kind)
        return self._wrong(term, raw, at)

    def _wrong(self, term: Term, raw: object, at: str) -> _Unknown:
        expected, found = TYPE_WORDS[type(term.type)], _kind_of(raw)
        self.note(
            "TS502",
            at,
            term=term.words.ja,
            expected=expected.ja,
            expected_en=expected.en,
            found=found.ja,
            found_en=found.en,
        )
        return _REFUSED

    def _text(self, raw: str, term: Term, at: str) -> str | None:
        if len(raw) > MOST_CHARACTERS:
            self.note("TS508", at, what=f"{MOST_CHARACTERS}文字まで", what_en=f"at most {MOST_CHARACTERS} characters")
            return None
        if "\x00" in raw or any("\ud800" <= ch <= "\udfff" for ch in raw):
            self.note("TS511", at, term=term.words.ja)
            return None
        return _nfc(raw)

    def _chosen(self, term: Term, kind: Choice, raw: str, at: str) -> Value | _Unknown:
        option = _option(kind, raw)
        if option is not None:
            return option
        near = near_blanks(raw, [name for o in kind.options for name in (o.words.ja, o.id, o.words.en) if name])
        self.note("TS503", at, term=term.words.ja, value=raw, **near, options=_options(kind))
        return _REFUSED

    def _number(self, raw: object) -> int | None:
        if isinstance(raw, int) and not isinstance(raw, bool):
            return int(raw)
        if self.texts and isinstance(raw, str) and 0 < len(raw.strip()) <= 20:
            digits = unicodedata.normalize("NFKC", raw.strip())
            if digits.removeprefix("-").isascii() and digits.removeprefix("-").isdigit():
                return int(digits)
        return None

    def _bounded(self, term: Term, number: int, bounds: Whole, at: str) -> Value | _Unknown:
        low, high = bounds.low, bounds.high
        if low <= number <= high:
            return number
        shown = str(number) if number.bit_length() < 200 else f"2^{number.bit_length() - 1}…"
        self.note("TS510", at, term=term.words.ja, low=low, high=f"{high}{bounds.unit.ja}", value=shown)
        return _REFUSED

    def _timed(self, term: Term, kind: Day | Moment | Hour, raw: object, at: str) -> Value | _Unknown:
        if isinstance(raw, str):
            read = _day(raw) if isinstance(kind, Day) else _moment(raw) if isinstance(kind, Moment) else _hour(raw)
            if isinstance(read, Words):
                expected = TYPE_WORDS[type(kind)]
                self.note(
                    "TS512",
                    at,
                    term=term.words.ja,
                    value=raw,
                    expected=expected.ja,
                    expected_en=expected.en,
                    why=read.ja,
                    why_en=read.en,
                )
                return _REFUSED
            return read
        match kind:
            case Day():
                if type(raw) is date:
                    return raw
            case Moment():
                if isinstance(raw, datetime):
                    return self._in_tokyo(term, raw, at)
            case Hour():
                if isinstance(raw, time) and raw.tzinfo is None:
                    return raw
            case _:
                assert_never(kind)
        return self._wrong(term, raw, at)

    def _in_tokyo(self, term: Term, raw: datetime, at: str) -> Value | _Unknown:
        shown = _tokyo(raw)
        if isinstance(shown, Words):
            expected = TYPE_WORDS[Moment]
            self.note(
                "TS512",
                at,
                term=term.words.ja,
                value=raw.replace(tzinfo=None),
                expected=expected.ja,
                expected_en=expected.en,
                why=shown.ja,
                why_en=shown.en,
            )
            return _REFUSED
        return shown

    def _records(self, raw: Sequence[object], fields: tuple[str, ...], at: str) -> Value | _Unknown:
        if len(raw) > MOST_RECORDS:
            self.note("TS508", at, what=f"{MOST_RECORDS}件まで", what_en=f"at most {MOST_RECORDS} records")
            return _REFUSED
        records: list[Facts] = []
        complete = True
        for number, said in enumerate(raw, 1):
            one = exact(said, MOST_FACTS)
            if _says_unknown(one) or (isinstance(one, str) and one in UNKNOWN_WORDS):
                complete = False
                continue
            records.append(self.mapping(one, f"{at}[{number}]", top=False, fields=fields))
        return RecordList(tuple(records), complete)

    def agree_with_act(self, facts: dict[str, Value], judgement: Judgement) -> None:
        """A fact that the judgement fixes may be repeated, never denied."""
        for name, fixed in judgement.act:
            if name in facts and (type(facts[name]), facts[name]) != (type(fixed), fixed):
                term = self.directive.term[name]
                self.note(
                    "TS504",
                    term.words.ja,
                    term=term.words.ja,
                    fixed=shown_value(term, fixed).ja,
                    value=shown_value(term, facts[name]).ja,
                )

    def keep_fields_inside(self, facts: dict[str, Value], judgement: Judgement) -> None:
        """What is judged record by record is said in the records."""
        if judgement.unit is None or not isinstance(facts.get(judgement.unit), RecordList):
            return
        unit = self.directive.term[judgement.unit]
        assert isinstance(unit.type, Records)
        for name in unit.type.fields:
            if name in facts:
                label = self.directive.term[name].words.ja
                self.note("TS514", label, term=label, unit=unit.words.ja)

    def agree_with_derived(self, facts: dict[str, Value], sides: Sides) -> None:
        """A computed truth that was also supplied must come to the same."""
        self._derived_in(facts, facts, sides, "")
        for name, value in facts.items():
            if isinstance(value, RecordList):
                kind = self.directive.term[name].type
                assert isinstance(kind, Records)
                outside = {key: v for key, v in facts.items() if key not in kind.fields}
                for number, record in enumerate(value.records, 1):
                    place = f"{self.directive.term[name].words.ja}[{number}]."
                    self._derived_in(record, {**outside, **record}, sides, place)

    def _derived_in(self, said: Facts, scope: Facts, sides: Sides, place: str) -> None:
        for name, value in said.items():
            term = self.directive.term[name]
            if term.derived is None:
                continue
            computed = holds(term.derived, self.directive, {k: v for k, v in scope.items() if k != name}, sides)
            if computed is not Truth3.UNKNOWN and (computed is Truth3.TRUE) is not value:
                right, wrong = _TRUTH_WORDS[not value], _TRUTH_WORDS[bool(value)]
                self.note(
                    "TS506",
                    place + term.words.ja,
                    term=term.words.ja,
                    computed=right.ja,
                    computed_en=right.en,
                    value=wrong.ja,
                    value_en=wrong.en,
                )


_TRUTHS: Final = {
    "true": True, "false": False, "はい": True, "いいえ": False, "真": True, "偽": False, "yes": True, "no": False,
}  # fmt: skip
_TRUTH_WORDS: Final = {True: Words("真", "true"), False: Words("偽", "false")}


def shown_value(term: Term, value: Value | Constant) -> Words:
    """A value as people read it: an option by its name, none as なし."""
    if value is None:
        return Words("なし", "none")
    if isinstance(value, bool):
        return _TRUTH_WORDS[value]
    if isinstance(value, RecordList):
        more = "" if value.complete else "以上"
        return Words(f"{len(value.records)}件{more}", f"{len(value.records)} records{' or more' if more else ''}")
    if isinstance(term.type, Choice):
        for option in term.type.options:
            if option.id == value:
                return option.words
    if isinstance(value, (date, time)):
        return Words(value.isoformat(), value.isoformat())
    unit = term.type.unit if isinstance(term.type, Whole) else None
    return (
        Words(f"{value}{unit.ja}", f"{value} {unit.say('en')}")
        if unit
        else Words(shorten(str(value)), shorten(str(value)))
    )


def _nfc(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _says_unknown(raw: object) -> bool:
    """``{不明: true}``."""
    if not isinstance(raw, Pairs):
        return False
    return len(raw.each) == 1 and all(isinstance(k, str) and k in UNKNOWN_WORDS and v is True for k, v in raw.each)


def _option(kind: Choice, raw: str) -> str | None:
    for option in kind.options:
        if raw == option.id:
            return option.id
    for option in kind.options:
        if raw in (_nfc(option.words.ja), _nfc(option.words.en)):
            return option.id
    return None


def _options(kind: Choice) -> str:
    return "、".join(f"{o.words.ja} ({o.id})" for o in kind.options)


def _length(raw: str, unit: str) -> int | None:
    period: Period | None = parse_period(raw) if len(raw) <= 40 else None
    return period.n if period is not None and period.unit.value == unit else None


def _day(raw: str) -> date | Words:
    read = read_wareki(raw)
    if read.date is not None and read.usable:
        return read.date
    return (
        Words(STATUS_WORDS[read.status].ja, STATUS_WORDS[read.status].en)
        if read.date is None or not read.usable
        else read.date
    )


def _moment(raw: str) -> datetime | Words:
    """A day, then ``T`` or a space, then an hour; with an offset, as Tokyo's clocks show it."""
    text = unicodedata.normalize("NFKC", raw.strip())
    day, mark, rest = text.partition("T")
    if not mark:
        day, mark, rest = text.rpartition(" ")
    if not mark:
        return Words("日と時刻の両方が要る。", "It needs a day and a time.")
    read = _day(day.strip())
    if isinstance(read, Words):
        return read
    try:
        at = time.fromisoformat(_clock_text(rest))
    except ValueError:
        return _NO_HOUR
    return _tokyo(datetime.combine(read, at))


def _tokyo(raw: datetime) -> datetime | Words:
    if raw.tzinfo is None:
        return raw.replace(fold=0)
    try:
        return raw.astimezone(TOKYO).replace(tzinfo=None, fold=0)
    except Exception:  # noqa: BLE001  # a zone may be the caller's own code
        return Words("暦の範囲を外れる。", "It leaves the calendar.")


def _hour(raw: str) -> time | Words:
    try:
        at = time.fromisoformat(_clock_text(unicodedata.normalize("NFKC", raw.strip())))
    except ValueError:
        return _NO_HOUR
    return _NO_HOUR if at.tzinfo is not None else at


def _clock_text(text: str) -> str:
    """「21時30分」 as 21:30, 「9:05」 as 09:05."""
    text = text.strip()
    if text.endswith(("時", "分")) and "時" in text:
        hour, _, minute = text.partition("時")
        text = f"{hour}:{minute.removesuffix('分') or '00'}"
    hour, colon, rest = text.partition(":")
    if not colon:
        raise ValueError(text)
    minute, more = rest[:2], rest[2:]
    if len(rest) == 1:
        minute, more = f"0{rest}", ""
    return f"{hour.zfill(2)}:{minute}{more}"


_NO_HOUR: Final = Words("時刻は「21:30」のように書く。", "Write the time like 21:30.")


def _kind_of(raw: object) -> Words:
    """What was found instead, in words that are not a programmer's."""
    match raw:
        case None:
            return Words("null", "null")
        case bool():
            return Words("真偽", "a truth")
        case int():
            return Words("整数", "a whole number")
        case float():
            return Words("小数", "a fraction")
        case str():
            return Words("文字列", "text")
        case datetime():
            return Words("日時", "a day and time")
        case date():
            return Words("日", "a day")
        case time():
            return Words("時刻", "a time of day")
        case Pairs():
            return Words("項目の組", "a mapping")
        case Strange(words):
            return words
        case _:
            return Words("一覧", "a list")


def _label(directive: Directive, term: str) -> str:
    return directive.term[term].words.ja
