"""Every answer on record asked again, of the law to which its case was pinned, on the facts that the case then held."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from tsutatsu.cases.audit.moves import way_of
from tsutatsu.cases.audit.replaying import KeptLaw, Replayed, replayed
from tsutatsu.cases.audit.trail import Trail
from tsutatsu.cases.case import Deed, Entry, Given, fold
from tsutatsu.cases.ways import Goes, Mover, Stays
from tsutatsu.cases.weighing import gone_over
from tsutatsu.diagnostics import Diagnostic, Refused, finding
from tsutatsu.judging.engines import EnginesDisagree
from tsutatsu.judging.receipt import Receipt, read_receipt
from tsutatsu.words import Words


@dataclass(frozen=True, slots=True)
class Reperformed:
    """What came of asking again."""

    answers: int
    """How many answers were asked for again."""
    erased: int
    """How many entries could not be looked at, their personal data being gone."""
    findings: tuple[Diagnostic, ...]


def reperform(trail: Trail) -> Reperformed:
    """Asks for every answer of a trail again; what differs is named by case, entry and norm."""
    kept = KeptLaw(trail)
    answers = erased = 0
    found: list[Diagnostic] = []
    for case in replayed(trail):
        for place, entry in enumerate(case.entries, 1):
            if entry.body is None:
                erased += 1
                continue
            if entry.deed is Deed.MOVED:
                found += _moved_again(case, place, kept)
            for given in entry.body.given:
                answers += 1
                found += _again(case, case.entries[:place], given, kept)
    return Reperformed(answers, erased, tuple(found))


def _moved_again(case: Replayed, place: int, kept: KeptLaw) -> Iterator[Diagnostic]:
    """What differs where a move is made again on the facts, duties and clocks that the case had."""
    entry, before = case.entries[place - 1], case.entries[: place - 1]
    old, body = case.pin_at(entry.number - 1), entry.body
    if old is None or body is None or any(one.body is None for one in before):
        return
    way = way_of(entry, old, kept)
    ground = kept.ground(old)
    if isinstance(way, Words) or ground is None:
        return  # that the law does not bear it out is found whether or not it is made again
    came = gone_over(ground, fold(before), way, Mover(body.doer, entry.at, body.words))
    if isinstance(came, Stays) or replace(came.entry, key=entry.key) != entry:
        why = Words("やり直すと違う。", "Made again, it differs.") if isinstance(came, Goes) else came.said
        yield finding("TS896", row=f"entries {entry.case}/{entry.number}", why=why.ja, why_en=why.say("en"))


def _again(case: Replayed, entries: tuple[Entry, ...], given: Given, kept: KeptLaw) -> Iterator[Diagnostic]:
    """What differs in one answer of the last of these entries."""
    entry = entries[-1]
    row = f"entries {entry.case}/{entry.number}"
    pin = case.pin_at(entry.number)
    ground = None if pin is None else kept.ground(pin)
    whole = entries[0].deed is Deed.OPENED
    if not whole or pin is None or ground is None or given.judgement not in ground.directive.judgement:
        yield _not_again(row, given, _NO_LAW)
        return
    try:
        receipt = read_receipt(json.loads(given.receipt))
        answer = ground.ask(given.judgement, fold(entries).facts, entry.at.date(), dict(pin.sides))
        fresh = answer.receipt_with(receipt.salt)
    except (Refused, ValueError, EnginesDisagree) as fault:
        yield _not_again(row, given, Words(str(fault), str(fault)))
        return
    said = list(_differing(receipt, fresh, ground.directive.judgement[given.judgement].norms))
    if given.verdict != fresh.verdict:
        said.append(Words(f"結論 {given.verdict} → {fresh.verdict}", f"verdict {given.verdict} → {fresh.verdict}"))
    for what in dict.fromkeys(said):
        yield finding("TS897", row=row, judgement=given.judgement, what=what.ja, what_en=what.say("en"))


_NO_LAW = Words(
    "結び付いた法令の正文か、事案の始めの記録が残されていない。",
    "its opening, or the text of the law it was pinned to, is not kept.",
)


def _not_again(row: str, given: Given, why: Words) -> Diagnostic:
    return finding("TS898", row=row, judgement=given.judgement, why=why.ja, why_en=why.say("en"))


_OURS = frozenset({"engine_version", "engines", "digest"})
"""What depends on the engine rather than on law and facts."""


def _differing(then: Receipt, now: Receipt, norms: tuple[str, ...]) -> Iterator[Words]:
    """What two receipts of one answer say differently; standings by their norms, facts by their terms."""
    for one in fields(Receipt):
        before, after = getattr(then, one.name), getattr(now, one.name)
        if one.name in _OURS or before == after:
            continue
        if one.name == "units":
            yield from _by_norm(then, now, norms)
        elif one.name == "facts":
            digests, again = ({fact.term: fact.digest for fact in said.facts} for said in (then, now))
            terms = sorted(term for term in digests.keys() | again.keys() if digests.get(term) != again.get(term))
            yield Words(f"事実 {'、'.join(terms)}", f"facts {', '.join(terms)}")
        else:
            yield Words(f"{one.name} {before} → {after}", f"{one.name} {before} → {after}")


def _by_norm(then: Receipt, now: Receipt, norms: tuple[str, ...]) -> Iterator[Words]:
    before, after = ({one.number: one for one in said.units} for said in (then, now))
    for number in sorted(before.keys() | after.keys()):
        old, new = before.get(number), after.get(number)
        if old is None or new is None or len(old.standings) != len(new.standings):
            yield Words(f"単位 {number}", f"unit {number}")
            continue
        for norm, was, is_ in zip(norms, old.standings, new.standings, strict=False):
            if was != is_:
                yield Words(f"規範 {norm}（{was} → {is_}）", f"norm {norm} ({was} → {is_})")
        if old.verdict != new.verdict:
            yield Words(f"単位 {number} {old.verdict} → {new.verdict}", f"unit {number} {old.verdict} → {new.verdict}")
