"""Values of facts in the words of an official document: 令和7年8月1日, 22時5分, a person by the name recorded."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time

from tsutatsu.backends.prose import seen, tell_day, tell_hour, tell_moment
from tsutatsu.cases.case import Entry
from tsutatsu.cases.people import Doer
from tsutatsu.ir import Choice, Length, Person, RecordList, Term, Value, Whole


def people_in(entries: Iterable[Entry]) -> Mapping[str, Doer]:
    """Everyone who acted, by id, as recorded when each first did."""
    found: dict[str, Doer] = {}
    for entry in entries:
        if entry.body is not None:
            found.setdefault(entry.body.doer.id, entry.body.doer)
    return found


def doer_in(entries: Sequence[Entry], term: str, person: str) -> Doer | None:
    """The person whom a fact names, as recorded when that became a fact; else when he last acted."""
    own = [one.body for one in reversed(entries) if one.body is not None and one.body.doer.id == person]
    naming = (body for body in own if term in body.written or term in body.supplied)
    last = own[0] if own else None
    found = next(naming, last)
    return None if found is None else found.doer


def told(value: Value, term: Term, people: Mapping[str, Doer]) -> str:
    """A value as a document says it; nothing for what there is none of."""
    match value:
        case None:
            return "なし"
        case bool():
            return "はい" if value else "いいえ"
        case RecordList():
            return f"{len(value.records)}件" + ("" if value.complete else "（ほかにもあり得る）")
        case datetime():
            return tell_moment(value, "ja")
        case date():
            return tell_day(value, "ja")
        case time():
            return tell_hour(value, "ja")
        case int():
            return _counted(value, term)
        case str():
            return seen(_named(value, term, people))


def _counted(value: int, term: Term) -> str:
    match term.type:
        case Whole(unit):
            return f"{value}{seen(unit.ja)}"
        case Length(unit):
            from tsutatsu.backends.prose.tables import UNITS

            return f"{value}{UNITS[unit].ja}"
        case _:
            return str(value)


def _named(value: str, term: Term, people: Mapping[str, Doer]) -> str:
    if isinstance(term.type, Choice):
        return next((option.words.ja for option in term.type.options if option.id == value), value)
    if isinstance(term.type, Person) and value in people:
        return people[value].name or value
    return value
