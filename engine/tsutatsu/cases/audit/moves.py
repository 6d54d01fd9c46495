"""Whether each case that was moved to another issue was moved as that issue's transitional clauses say."""

from collections.abc import Iterator

from tsutatsu.cases.audit.replaying import KeptLaw, Replayed, replayed
from tsutatsu.cases.audit.trail import Trail
from tsutatsu.cases.case import Deed, Entry, Pin
from tsutatsu.cases.moving import clause_of
from tsutatsu.cases.ways import Way
from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.passes.carry_over import Issue, unchanged
from tsutatsu.words import Words


def verify_moves(trail: Trail) -> Iterator[Diagnostic]:
    """The moves that the law, as the trail carries it, does not bear out."""
    kept = KeptLaw(trail)
    for case in replayed(trail):
        for entry in case.entries:
            why = _against(case, entry, kept) if entry.deed is Deed.MOVED else None
            if why is not None:
                row = f"entries {entry.case}/{entry.number}"
                yield finding("TS896", row=row, why=why.ja, why_en=why.say("en"))


def _against(case: Replayed, entry: Entry, kept: KeptLaw) -> Words | None:
    """What stands against a move; nothing where the law bears it out."""
    before = next((one for one in case.entries if one.number == entry.number - 1), None)
    old, new = case.pin_at(entry.number - 1), entry.pin
    if before is None or old is None or new is None or entry.origin != before.target:
        return Words("前の記録と続いていない。", "It does not follow the entry before it.")
    if new.directive != old.directive or new.issued < old.issued:
        return Words("前の版か別の通達に移している。", "It goes to an earlier issue or to another circular.")
    if new.force != old.force:
        return Words("別の組織の定めに移している。", "It goes under another force's provisions.")
    way = way_of(entry, old, kept)
    return way if isinstance(way, Words) else None


def way_of(entry: Entry, old: Pin, kept: KeptLaw) -> Way | Words:
    """The way that the law opens to a move from ``old``; why none, where it does not bear the move out."""
    new = entry.pin
    earlier, later = kept.ground(old), None if new is None else kept.ground(new)
    if new is None or earlier is None or later is None:
        return Words("その版の正文が残されていない。", "The text of the issue is not kept.")
    if new.issued == old.issued:
        if new.workflow != old.workflow or entry.target != entry.origin:
            return Words("符号化の改まりでは状態は変わらない。", "A new encoding changes no state.")
        return Way(later, unchanged(earlier.workflow, later.workflow), None)
    found = clause_of(
        later.directive,
        old,
        entry.origin,
        Issue(earlier.directive, (earlier.workflow,)),
        Issue(later.directive, (later.workflow,)),
    )
    if isinstance(found, Words):
        return found if found.ja else Words("経過措置がない。", "There is no such clause.")
    clause, passage = found
    if passage.states[entry.origin] != entry.target:
        return Words("経過措置が言う状態でない。", "The clause names another state.")
    return Way(later, passage, clause)
