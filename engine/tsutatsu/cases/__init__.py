"""Cases: workflows as they run, for one subject each, with their duties, clocks, store and audit trail."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tsutatsu.cases.audit.keys import new_key, read_checker, read_signer
    from tsutatsu.cases.audit.trail import proof_of, read_trail, whole_trail
    from tsutatsu.cases.audit.verifying import verify
    from tsutatsu.cases.backup import back_up, restore
    from tsutatsu.cases.case import Case, Deed, DutyKey, DutyRow, DutyStanding, Entry, Linked, Pin, Timing
    from tsutatsu.cases.chances import Chance, Option, Options, options
    from tsutatsu.cases.clockwork import fire, run_ahead
    from tsutatsu.cases.deciding import Done, Refusal, Why, decide
    from tsutatsu.cases.ground import Ground, Grounds
    from tsutatsu.cases.opening import corrected, erased, linked, opened, waived, withdrawn
    from tsutatsu.cases.outbox import CommandSink, FileSink, deliver
    from tsutatsu.cases.passing import passed
    from tsutatsu.cases.people import CLOCK, MACHINE, Actor, Doer, Holding
    from tsutatsu.cases.roster import read_roster
    from tsutatsu.cases.store.store import Store
    from tsutatsu.cases.ways import Goes, Mover, Stays

__all__ = [
    "CLOCK",
    "MACHINE",
    "Actor",
    "Case",
    "Chance",
    "CommandSink",
    "Deed",
    "Doer",
    "Done",
    "DutyKey",
    "DutyRow",
    "DutyStanding",
    "Entry",
    "FileSink",
    "Goes",
    "Ground",
    "Grounds",
    "Holding",
    "Linked",
    "Mover",
    "Option",
    "Options",
    "Pin",
    "Refusal",
    "Stays",
    "Store",
    "Timing",
    "Why",
    "back_up",
    "corrected",
    "decide",
    "deliver",
    "erased",
    "fire",
    "linked",
    "new_key",
    "opened",
    "options",
    "passed",
    "proof_of",
    "read_checker",
    "read_roster",
    "read_signer",
    "read_trail",
    "restore",
    "run_ahead",
    "verify",
    "waived",
    "whole_trail",
    "withdrawn",
]

_PLACES = {
    "case": ("Case", "Deed", "DutyKey", "DutyRow", "DutyStanding", "Entry", "Linked", "Pin", "Timing"),
    "deciding": ("Done", "Refusal", "Why", "decide"),
    "ground": ("Ground", "Grounds"),
    "opening": ("corrected", "erased", "linked", "opened", "waived", "withdrawn"),
    "chances": ("Chance", "Option", "Options", "options"),
    "ways": ("Goes", "Mover", "Stays"),
    "passing": ("passed",),
    "people": ("CLOCK", "MACHINE", "Actor", "Doer", "Holding"),
    "store.store": ("Store",),
    "clockwork": ("fire", "run_ahead"),
    "outbox": ("CommandSink", "FileSink", "deliver"),
    "roster": ("read_roster",),
    "backup": ("back_up", "restore"),
    "audit.keys": ("new_key", "read_checker", "read_signer"),
    "audit.trail": ("proof_of", "read_trail", "whole_trail"),
    "audit.verifying": ("verify",),
}
_PLACE = {name: place for place, names in _PLACES.items() for name in names}


def __getattr__(name: str) -> object:
    """Each name from its place on first use: what is heavy is brought in only where it is needed."""
    if name not in _PLACE:
        raise AttributeError(f"module 'tsutatsu.cases' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"tsutatsu.cases.{_PLACE[name]}"), name)
    globals()[name] = value
    return value
