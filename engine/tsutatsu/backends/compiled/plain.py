"""Plain values as a caller hands them over, where nothing has to be guessed, found or explained.

Each reader takes one value and gives the kernel's; whatever is not plainly right is a ``ValueError``, ``TypeError`` or
``KeyError``, and the caller then reads all the facts the careful way, with findings.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import partial
from typing import Final, TypeAlias, assert_never, cast

from tsutatsu.calendar import FIRST_GREGORIAN_DAY, as_tokyo
from tsutatsu.ir import (
    Choice,
    Day,
    Directive,
    Hour,
    Length,
    Moment,
    Person,
    RecordList,
    Records,
    Text,
    Truth,
    Type,
    Value,
    Whole,
)

Reader: TypeAlias = Callable[[object], Value]

LONGEST_TEXT: Final = 10_000
LONGEST_LENGTH: Final = 10**9
MOST_FACTS: Final = 1_000
_MOST_RECORDS: Final = 1_000
_FIRST_MOMENT: Final = datetime.combine(FIRST_GREGORIAN_DAY, time())
_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{6})?)?([+-][0-9]{2}:[0-9]{2}|Z)?")
_HOUR = re.compile("[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{6})?)?")
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
PERHAPS_UNSAID: Final = frozenset(("", "不明", "分からない", "unknown"))


def reader(kind: Type, directive: Directive) -> Reader:
    """How a value of the type is read."""
    match kind:
        case Truth():
            return truth
        case Choice():
            return partial(choice, options(kind))
        case Whole(_, low, high):
            return partial(whole, low, high)
        case Length():
            return partial(whole, 0, LONGEST_LENGTH)
        case Day():
            return day
        case Moment():
            return moment
        case Hour():
            return hour
        case Text() | Person():
            return text
        case Records(fields):
            terms = (directive.term[name] for name in fields)
            plain = (one for one in terms if one.derived is None and not isinstance(one.type, Records))
            return partial(records, {one.id: reader(one.type, directive) for one in plain})
        case _:
            assert_never(kind)


def options(choice: Choice) -> dict[object, str | None]:
    """What may be said for a choice: an option's id or its Japanese name, where that names no other; or none."""
    found: dict[object, str | None] = {None: None} if choice.none else {}
    claims = Counter(name for option in choice.options for name in {option.id, option.words.ja, option.words.en})
    for option in choice.options:
        for said in (option.id, option.words.ja):
            clear = claims[said] == 1 and said not in PERHAPS_UNSAID
            if clear and unicodedata.is_normalized("NFC", said):
                found[said] = option.id
    return found


def choice(known: Mapping[object, str | None], said: object) -> str | None:
    """The option that is meant; a word of a caller's own class may say that it equals another, and is none."""
    if said is None or type(said) is str:
        return known[said]
    raise ValueError(type(said))


def _name(said: object) -> str:
    """A field's name, itself and nothing that only says it equals one."""
    if type(said) is str:
        return said
    raise TypeError(type(said))


def truth(said: object) -> bool:
    """Yes or no, and nothing else."""
    if said is True or said is False:
        return said
    raise ValueError(said)


def whole(low: int, high: int, said: object) -> int | None:
    """A whole number between bounds; a truth is none."""
    if said is None:
        return None
    if type(said) is int and low <= said <= high:
        return said
    raise ValueError(said)


def day(said: object) -> date | None:
    """A day, as itself or as 2025-01-10."""
    found: date
    if said is None:
        return None
    if type(said) is date:
        found = said
    elif type(said) is str and len(said) == 10 and said[4] == said[7] == "-":
        found = date.fromisoformat(said)
    else:
        raise ValueError(said)
    if found < FIRST_GREGORIAN_DAY:
        raise ValueError(said)
    return found


def moment(said: object) -> datetime | None:
    """A moment, in Tokyo where it names no zone, as itself or as 2025-01-10T21:30."""
    if said is None:
        return None
    if type(said) is datetime:
        found = said
    elif type(said) is str and _MOMENT.fullmatch(said):
        found = datetime.fromisoformat(said)
    else:
        raise ValueError(said)
    if found.tzinfo is not None or found.fold:
        try:
            found = as_tokyo(found).replace(tzinfo=None, fold=0)
        except Exception as trouble:  # a zone may be the caller's own code
            raise ValueError(type(said)) from trouble
    if found < _FIRST_MOMENT:
        raise ValueError(said)
    return found


def hour(said: object) -> time | None:
    """A time of day without a zone, as itself or as 21:30."""
    if said is None:
        return None
    if type(said) is time and said.tzinfo is None and not said.fold:
        return said
    if type(said) is str and _HOUR.fullmatch(said):
        return time.fromisoformat(said)
    raise ValueError(said)


def text(said: object) -> str | None:
    """Words in NFC; blanks about them, and words that may mean that nothing is known, are for the careful way."""
    if said is None:
        return None
    if type(said) is not str or len(said) > LONGEST_TEXT or said in PERHAPS_UNSAID or said != said.strip():
        raise ValueError(said)
    if _NO_TEXT.search(said):
        raise ValueError(said)
    return said if unicodedata.is_normalized("NFC", said) else unicodedata.normalize("NFC", said)


def records(fields: Mapping[str, Reader], said: object) -> RecordList | None:
    """A whole list of records."""
    if said is None:
        return None
    if type(said) is not list:
        raise TypeError
    given = cast(list[object], said)
    if len(given) > _MOST_RECORDS:
        raise ValueError(len(given))
    found: list[dict[str, Value]] = []
    for record in given:
        if type(record) is not dict:
            raise TypeError
        found.append({_name(key): fields[key](value) for key, value in cast(dict[str, object], record).items()})
    return RecordList(tuple(found))
