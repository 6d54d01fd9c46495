"""Values of facts and stretches of time, as people say them."""

from datetime import date, datetime, time
from typing import assert_never

from tsutatsu.backends.prose.naming import term_name, term_of
from tsutatsu.backends.prose.tables import COUNTINGS, NONE, TRUTHS, UNITS
from tsutatsu.backends.prose.wording import quoted, shown
from tsutatsu.calendar import FIRST_GREGORIAN_DAY, DailyWindow, to_wareki
from tsutatsu.ir import (
    Choice,
    Clock,
    Day,
    Directive,
    Hour,
    Length,
    Moment,
    Person,
    RecordList,
    Records,
    Term,
    Text,
    Truth,
    Value,
    Whole,
    Words,
)

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def tell_value(value: Value, term: Term, lang: str) -> str:
    """A value as a sentence names it: 「夜間」, 5日, 令和7年1月10日22時5分, 「はい」, 「なし」."""
    if value is None:
        return quoted(NONE.say(lang), lang)
    if isinstance(value, bool):
        return quoted(TRUTHS[value].say(lang), lang)
    if isinstance(value, RecordList):
        return _tell_records(value, lang)
    if isinstance(value, datetime):
        return tell_moment(value, lang)
    if isinstance(value, date):
        return tell_day(value, lang)
    if isinstance(value, time):
        return tell_hour(value, lang)
    if isinstance(value, int):
        return _tell_number(value, term, lang)
    return quoted(_option(value, term, lang), lang)


def tell_day(day: date, lang: str) -> str:
    """A day: by era in Japanese (in western years before 1873)."""
    if lang == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    plain = date(day.year, day.month, day.day)
    return to_wareki(plain) if plain >= FIRST_GREGORIAN_DAY else f"西暦{plain.year}年{plain.month}月{plain.day}日"


def tell_hour(at: time, lang: str) -> str:
    """A time of day, as finely as it is given."""
    parts = [at.hour, at.minute]
    if at.second or at.microsecond:
        parts.append(at.second)
    fine = f".{at.microsecond:06d}" if at.microsecond else ""
    if lang == "en":
        return ":".join(f"{part:02d}" for part in parts) + fine
    words = [f"{at.hour}時", f"{at.minute}分", f"{at.second}{fine}秒"][: len(parts)]
    return "".join(words[:1] if parts[1:] == [0] else words)


def tell_moment(moment: datetime, lang: str) -> str:
    """A day and its time."""
    joint = " " if lang == "en" else ""
    return f"{tell_day(moment, lang)}{joint}{tell_hour(moment.time(), lang)}"


def tell_clock(clock: Clock, directive: Directive, lang: str) -> str:
    """A stretch of time: from when, for how long or until when."""
    if clock.window is not None:
        return _tell_window(clock.window, lang)
    start = ""
    if isinstance(clock.start, str):
        name = term_name(clock.start, directive, lang)
        start = f"from {name}" if lang == "en" else f"{name}から"
    elif clock.start is not None:
        start = f"from {tell_day(clock.start, lang)}" if lang == "en" else f"{tell_day(clock.start, lang)}から"
    end = ""
    if clock.length is not None:
        words = clock.length.words
        length = words.en if lang == "en" else words.ja
        counting = "" if clock.counting is None else COUNTINGS[clock.counting].say(lang)
        end = f"for {length} ({counting})" if lang == "en" else f"{length}（{counting}）"
    elif clock.end is not None:
        end = f"to {tell_day(clock.end, lang)}" if lang == "en" else f"{tell_day(clock.end, lang)}まで"
    else:
        end = "with no end stated" if lang == "en" else "（終わりの定めなし）"
    return " ".join(part for part in (start, end) if part) if lang == "en" else start + end


def tell_type(term: Term, directive: Directive, lang: str) -> str:
    """What kind of value a term takes."""
    kind = term.type
    match kind:
        case Truth():
            return "yes or no" if lang == "en" else "はい・いいえ"
        case Choice(options, ordered):
            rising = (" (rising)" if lang == "en" else "（低い順）") if ordered else ""
            return _list([quoted(option.words.say(lang), lang) for option in options], lang) + rising
        case Whole(unit, low, high):
            words = Words("整数", "a whole number")
            unit_said = shown(unit.say(lang))
            bounds = "" if (low, high) == (Whole(unit).low, Whole(unit).high) else f" {low}–{high}"
            return f"{words.say(lang)} ({unit_said}){bounds}" if lang == "en" else f"整数（{unit_said}）{bounds}"
        case Length(unit):
            return f"a length in {UNITS[unit].en}s" if lang == "en" else f"長さ（{UNITS[unit].ja}）"
        case Day():
            return "a day" if lang == "en" else "日"
        case Moment():
            return "a day and time" if lang == "en" else "日時"
        case Hour():
            return "a time of day" if lang == "en" else "時刻"
        case Text():
            return "text" if lang == "en" else "文字列"
        case Person():
            return "a person" if lang == "en" else "人"
        case Records(fields):
            names = [shown(term_of(one, directive).words.say(lang)) for one in fields]
            return f"a list of: {_list(names, lang)}" if lang == "en" else f"一覧（{_list(names, lang)}）"
        case _:
            assert_never(kind)


def _list(parts: list[str], lang: str) -> str:
    return ", ".join(parts) if lang == "en" else "、".join(parts)


def _option(value: str, term: Term, lang: str) -> str:
    if isinstance(term.type, Choice):
        return next((option.words.say(lang) for option in term.type.options if option.id == value), value)
    return value


def _tell_number(value: int, term: Term, lang: str) -> str:
    match term.type:
        case Whole(unit):
            said = shown(unit.say(lang))
            return f"{value} {said}".rstrip() if lang == "en" else f"{value}{said}"
        case Length(unit) if unit in UNITS:
            plural = "" if value == 1 else "s"
            return f"{value} {UNITS[unit].en}{plural}" if lang == "en" else f"{value}{UNITS[unit].ja}"
        case _:
            return str(value)


def _tell_records(value: RecordList, lang: str) -> str:
    count = len(value.records)
    if lang == "en":
        return f"{count} {'entry' if count == 1 else 'entries'}" + ("" if value.complete else " (there may be more)")
    return f"{count}件" + ("" if value.complete else "（ほかにもあり得る）")


def _tell_window(window: DailyWindow, lang: str) -> str:
    start, end = tell_hour(window.start, lang), tell_hour(window.end, lang)
    overnight = window.end < window.start
    if window.end == time.min:
        end, overnight = ("24:00" if lang == "en" else "24時"), False
    if lang == "en":
        return f"every day from {start} to {end}" + (" the next day" if overnight else "")
    return f"毎日{start}から{'翌日' if overnight else ''}{end}まで"
