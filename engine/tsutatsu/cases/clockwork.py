"""The worker: what is due is done, exactly once however many workers there are; and messages are sent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tsutatsu.cases.case import Entry
from tsutatsu.cases.moments import at_tokyo
from tsutatsu.cases.store.store import Store


@dataclass(frozen=True, slots=True)
class Fired:
    """What a worker did for one case."""

    entries: tuple[Entry, ...]


def fire(store: Store, now: datetime) -> Iterator[Fired]:
    """Does all that has become due by ``now``, as of ``now``."""
    while (entries := store.tick(now)) is not None:
        if entries:
            yield Fired(entries)


def run_ahead(store: Store, begin: datetime, until: datetime) -> Iterator[Fired]:
    """Does all that becomes due from ``begin`` to ``until``, each as of its own moment, as if that time had passed."""
    now, until = at_tokyo(begin), at_tokyo(until)
    while now <= until:
        yield from fire(store, now)
        due = store.next_due()
        if due is None or due > until:
            return
        now = max(now, due)
