"""Typed values as an answer shows them."""

from datetime import date, time

from tsutatsu.ir import Directive, Facts, RecordList, Value
from tsutatsu.judging.parts import FactShown, Shown


def shown(value: Value) -> Shown:
    """A value as JSON shows it: dates as text, a list as its records (and 不明 where there may be more)."""
    if isinstance(value, RecordList):
        records: list[Shown] = [{term: shown(one) for term, one in record.items()} for record in value.records]
        return records if value.complete else [*records, "不明"]
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value


def shown_facts(facts: Facts, directive: Directive) -> tuple[FactShown, ...]:
    """The facts as the answer rests on them, in the order of the directive's terms."""
    order = {term: number for number, term in enumerate(directive.term)}
    known = sorted((term for term in facts if term in order), key=lambda term: order[term])
    return tuple(FactShown(term, directive.term[term].words, shown(facts[term])) for term in known)
