"""Presumptions (特記なければ): values taken where nothing was said, only when the caller asks, and always listed."""

from collections.abc import Iterable

from tsutatsu.ir import Facts, RecordList, Value, Words
from tsutatsu.judging.facts import shown_value
from tsutatsu.judging.law import Law
from tsutatsu.judging.parts import Caveat, CaveatKind, Presumption
from tsutatsu.judging.reach import Reached
from tsutatsu.judging.showing import shown
from tsutatsu.judging.slots import Slot, slots_at


def presumed(law: Law, reached: Reached, facts: Facts) -> tuple[dict[str, Value], tuple[Presumption, ...]]:
    """The facts with every declared presumption taken that bears on the judgement; never one on the act itself."""
    filled: dict[str, Value] = dict(facts)
    taken: list[Presumption] = []
    for spot in reached.spots:
        term = law.directive.term[spot.term]
        if term.presumed is None or spot.term in law.act:
            continue
        for slot in slots_at(spot, filled):
            if not slot.known(filled):
                filled = slot.put(filled, term.presumed)
                taken.append(
                    Presumption(
                        term.id, slot.path(law.directive), shown_value(term, term.presumed), shown(term.presumed)
                    )
                )
    return filled, tuple(taken)


def presumed_in_units(
    law: Law, facts: Facts, unit: str, fields: Iterable[str]
) -> tuple[dict[str, Value], tuple[Presumption, ...]]:
    """The same for the records judged one by one, whose fields the norms see as their own."""
    records = facts.get(unit)
    filled: dict[str, Value] = dict(facts)
    taken: list[Presumption] = []
    if not isinstance(records, RecordList):
        return filled, ()
    for field in fields:
        term = law.directive.term[field]
        if term.presumed is None or field in law.act:
            continue
        for index in range(len(records.records)):
            slot = Slot(field, unit, index)
            if not slot.known(filled):
                filled = slot.put(filled, term.presumed)
                taken.append(
                    Presumption(field, slot.path(law.directive), shown_value(term, term.presumed), shown(term.presumed))
                )
    return filled, tuple(taken)


def caveat(found: tuple[Presumption, ...]) -> Caveat:
    """What the answer says of the presumptions it rests on."""
    places = "、".join(one.place for one in found)
    return Caveat(
        CaveatKind.PRESUMED,
        Words(f"次は特記がないものとして推定した: {places}", f"Presumed, nothing being said of them: {places}"),
    )
