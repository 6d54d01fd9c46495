"""A force's measures applied to facts before they are judged: what they surely say is filled in, and always listed.

Engines never see a measure. A fact that was given stands wherever the guides leave it open; where they surely say
otherwise the facts are refused. Between the guides an unknown fact stays unknown.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tsutatsu.diagnostics import Diagnostic, Refused, finding
from tsutatsu.ir import Directive, Facts, Guide, Local, Measure, RecordList, Records, Value, Words
from tsutatsu.judging.facts import shown_value
from tsutatsu.judging.law import Law
from tsutatsu.judging.parts import Caveat, CaveatKind, Overlay
from tsutatsu.judging.slots import Slot
from tsutatsu.semantics import Sides, Truth3, holds
from tsutatsu.source import Source


@dataclass(frozen=True, slots=True)
class Measured:
    """The facts with what the measures surely say, and where that was filled in."""

    facts: dict[str, Value]
    slots: tuple[Slot, ...]
    caveats: tuple[Caveat, ...]


def measured(law: Law, facts: Facts, sides: Sides) -> Measured:
    """``facts`` measured as far as the judgement asks about them; refused where a guide is surely against them."""
    directive = law.directive
    asked = frozenset(law.reached(law.every).terms)
    filled: dict[str, Value] = {**facts}
    slots: list[Slot] = []
    caveats: list[Caveat] = []
    findings: list[Diagnostic] = []
    for measure in directive.measures:
        for slot in _places(measure.term, facts, directive):
            scope = _scope(slot, {**facts, **law.act}, directive)
            sure = _sure(measure, scope, directive, sides)
            known = measure.term in scope
            wrong = _against(measure, sure, scope, slot, directive)
            if wrong is not None:
                findings.append(wrong)
            elif sure and not known and measure.term in asked:
                filled = slot.put(filled, sure[0].value)
                slots.append(slot)
                caveats.append(_listed(measure, sure[0], slot, directive))
    if findings:
        raise Refused(findings)
    return Measured(filled, tuple(slots), tuple(caveats))


def measured_again(directive: Directive, facts: Facts, following: Collection[Slot], sides: Sides) -> Facts:
    """Facts that were changed, with what had been filled in measured anew."""
    found = dict(facts)
    for measure in directive.measures:
        for slot in following:
            if slot.term == measure.term:
                sure = _sure(measure, _scope(slot, found, directive), directive, sides)
                found = slot.put(found, sure[0].value) if sure else slot.without(found)
    return found


def contradicted(directive: Directive, facts: Facts, sides: Sides) -> bool:
    """Whether some guide is surely against the facts."""
    return any(
        _against(measure, _sure(measure, scope, directive, sides), scope, slot, directive) is not None
        for measure in directive.measures
        for slot in _places(measure.term, facts, directive)
        for scope in [_scope(slot, facts, directive)]
    )


def overlay_of(local: Local | None) -> Overlay | None:
    """Whose provisions were laid over the circular, as an answer names them."""
    if local is None:
        return None
    return Overlay(local.force, local.words, local.example, local.decided_by, local.decided_on, local.ground)


def overlay_caveats(directive: Directive) -> tuple[Caveat, ...]:
    """That an answer rests on a force's own provisions, too."""
    local = directive.local
    if local is None:
        return ()
    by, day = local.decided_by, local.decided_on
    words = Words(
        f"{said_by(local).ja}。{by}、{day}。根拠: {local.ground.ja}",
        f"{said_by(local).say('en')} ({by}, {day}; ground: {local.ground.say('en')}).",
    )
    return (Caveat(CaveatKind.LOCAL, words),)


def said_by(local: Local | Overlay) -> Words:
    """「例示県警察の定めによる(例)」."""
    return Words(
        f"{local.words.ja}の定めによる{'（例）' if local.example else ''}",
        f"Under the own provisions of {local.words.say('en')}{' (an example)' if local.example else ''}",
    )


def told_guides(measure: Measure, directive: Directive) -> tuple[Words, ...]:
    """The guides in words, one by one: 「夜間」: 訪問時刻が20時以後である."""
    from tsutatsu.backends.prose import tell_condition, tell_value

    term = directive.term[measure.term]

    def told(guide: Guide, lang: str) -> str:
        return f"{tell_value(guide.value, term, lang)}: {tell_condition(guide.when, directive, lang)}"

    return tuple(Words(told(guide, "ja"), told(guide, "en")) for guide in measure.guides)


def _places(term: str, facts: Facts, directive: Directive) -> Iterator[Slot]:
    """The places that a term has in the facts: in each record where it is a field of a list that was given."""
    listed = False
    for name, value in facts.items():
        kind = directive.term[name].type
        if isinstance(value, RecordList) and isinstance(kind, Records) and term in kind.fields:
            listed = True
            yield from (Slot(term, name, index) for index in range(len(value.records)))
    if not listed:
        yield Slot(term)


def _scope(slot: Slot, facts: Facts, directive: Directive) -> Facts:
    """The facts as seen from the place."""
    if slot.within is None:
        return facts
    kind = directive.term[slot.within].type
    assert isinstance(kind, Records)
    return {**{key: value for key, value in facts.items() if key not in kind.fields}, **slot.scope(facts)}


def _sure(measure: Measure, scope: Facts, directive: Directive, sides: Sides) -> list[Guide]:
    """The guides that surely hold."""
    return [guide for guide in measure.guides if holds(guide.when, directive, scope, sides) is Truth3.TRUE]


def _against(measure: Measure, sure: list[Guide], scope: Facts, slot: Slot, directive: Directive) -> Diagnostic | None:
    """What is to be told where two guides hold at once, or one against what was given."""
    local, term = directive.local, directive.term[measure.term]
    assert local is not None
    where, blanks = Source(slot.path(directive)), {"force": local.words.ja, "force_en": local.words.say("en")}
    if len(sure) > 1:
        one, other = (shown_value(term, guide.value) for guide in sure[:2])
        said = {"one": one.ja, "one_en": one.say("en"), "other": other.ja, "other_en": other.say("en")}
        return finding("TS386", where, (), term=term.words.ja, **said, **blanks)
    if sure and measure.term in scope and scope[measure.term] != sure[0].value:
        given, right = shown_value(term, scope[measure.term]), shown_value(term, sure[0].value)
        said = {"value": given.ja, "measured": right.ja, "measured_en": right.say("en")}
        return finding("TS385", where, (), term=term.words.ja, **said, **blanks)
    return None


def _listed(measure: Measure, guide: Guide, slot: Slot, directive: Directive) -> Caveat:
    """What the answer says of a fact that was measured: which guide, whose, on what ground."""
    from tsutatsu.backends.prose import tell_condition

    local, term = directive.local, directive.term[measure.term]
    assert local is not None
    value, place = shown_value(term, guide.value), slot.path(directive)
    in_english = term.words.say("en") if slot.within is None else place
    ja, en = (tell_condition(guide.when, directive, lang) for lang in ("ja", "en"))
    words = Words(
        f"「{place}」は、{local.words.ja}の尺度により「{value.ja}」とした（目安: {ja}。根拠: {local.ground.ja}）。",
        f"“{in_english}” was taken as “{value.say('en')}” by the measure of {local.words.say('en')} "
        f"(guide: {en}; ground: {local.ground.say('en')}).",
    )
    return Caveat(CaveatKind.MEASURED, words)
