"""Reads a constant by the type of its term."""

import unicodedata
from typing import assert_never

from tsutatsu.calendar import Unit, parse_period
from tsutatsu.diagnostics import near
from tsutatsu.ir import Choice, Constant, Day, Hour, Length, Moment, Person, Records, Term, Text, Truth, Whole
from tsutatsu.passes.names import Names
from tsutatsu.syntax.nodes import Node, Scalar
from tsutatsu.syntax.scalars import as_bool, as_date, as_datetime, as_int, as_time


def lower_value(node: Node, term: Term, names: Names) -> Constant | None:
    """The constant written at ``node``, or nothing and a finding."""
    if not isinstance(node, Scalar) or node.empty:
        names.find(
            "TS206", node.source, term=term.words.ja, expected=asked(term)[0], expected_en=asked(term)[1], got="…"
        )
        return None
    kind = term.type
    if isinstance(kind, Choice):
        for option in kind.options:
            if node.text in (option.id, option.words.ja, option.words.en):
                return option.id
        words = [w for o in kind.options for w in (o.words.ja, o.id)]
        names.find(
            "TS207",
            node.source,
            term=term.words.ja,
            got=node.text,
            nearest=near(node.text, words),
            options="・".join(o.words.ja for o in kind.options),
        )
        return None
    value = read_value(node, kind)
    other = names.term_called(node.text) if value is None else None
    if other is not None:
        names.find("TS228", node.source, term=term.words.ja, other=node.text)
    elif value is None:
        ja, en = asked(term)
        names.find("TS206", node.source, term=term.words.ja, expected=ja, expected_en=en, got=node.text)
    return value


def read_value(
    node: Scalar, kind: Truth | Whole | Length | Day | Moment | Hour | Text | Person | Records
) -> Constant | None:
    """The scalar as a value of the type, or nothing."""
    match kind:
        case Truth():
            return as_bool(node)
        case Whole(_, low, high):
            number = as_int(node)
            return number if number is not None and low <= number <= high else None
        case Length(unit):
            period = parse_period(node.text)
            if period is None:
                return None
            return in_unit(period.n, period.unit, unit)
        case Day():
            return as_date(node)
        case Moment():
            return as_datetime(node)
        case Hour():
            return as_time(node)
        case Text() | Person():
            return unicodedata.normalize("NFC", node.text)
        case Records():
            return None
        case _:
            assert_never(kind)


_MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.DAY: 1440, Unit.WEEK: 10080}
_UNITS = {"minute": Unit.MINUTE, "hour": Unit.HOUR, "day": Unit.DAY}


def in_unit(n: int, unit: Unit, wanted: str) -> int | None:
    """A length in another unit, where it comes out whole (a month is no fixed number of days)."""
    if unit not in _MINUTES:
        return None
    whole, rest = divmod(n * _MINUTES[unit], _MINUTES[_UNITS[wanted]])
    return None if rest else whole


def asked(term: Term) -> tuple[str, str]:
    """What a term's type asks for, in both languages."""
    match term.type:
        case Truth():
            return "true か false", "true or false"
        case Choice(options):
            return "・".join(o.words.ja for o in options) + " のどれか", "one of " + ", ".join(o.id for o in options)
        case Whole(unit):
            return f"整数({unit.ja})", f"a whole number ({unit.say('en')})"
        case Length(unit_name):
            ja = {"day": "日", "hour": "時間", "minute": "分"}[unit_name]
            return f"期間(3{ja} など)", f"a length of time in {unit_name}s (3{ja})"
        case Day():
            return "日付", "a date"
        case Moment():
            return "日時(2025-01-10 22:00 など)", "a date and time (2025-01-10 22:00)"
        case Hour():
            return '時刻("22:00" など)', 'a time of day ("22:00")'
        case Text() | Person():
            return "文字", "text"
        case Records():
            return "記録の一覧", "a list of records"
        case _:
            assert_never(term.type)
