"""What events, the clock, verification and open cases cost, each beside the least that could be done for it."""

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from statistics import median

from bare import Bare, Clock, Taken, transactions
from flow import COMMANDS, DAY, STAFF, Flow
from memory import resident_mb
from sqlalchemy import text

from tsutatsu.cases import Store, fire, verify, whole_trail
from tsutatsu.cases.audit.keys import Signer

NewPlace = Callable[[], Path | str]
DAY_91 = DAY.replace(hour=0) + timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Rate:
    """What one thing costs by the wall in µs, and how many times that of the least that could be done."""

    what: str
    cost: float
    ratio: float
    cpu_ratio: float

    @property
    def per_second(self) -> float:
        """How many there are in a second."""
        return 1_000_000 / self.cost


@dataclass(frozen=True, slots=True)
class Bench:
    """Where stores are made, and how much is measured."""

    flow: Flow
    new_place: NewPlace
    signer: Signer
    rounds: int
    each: int
    """Cases in a round."""

    def events(self) -> Rate:
        """Commands of requests against the same rows written bare, round about."""
        ours: list[Taken] = []
        bare: list[Taken] = []
        with self._store() as store, self._store() as empty:
            least = Bare(empty)
            for number in range(3):
                self.flow.request(store, f"W{number}", number)
            least.write(transactions(store, 0))
            for turn in range(self.rounds):
                sealed = _size(store)
                clock = Clock()
                for number in range(self.each):
                    self.flow.request(store, f"K{turn}-{number}", 10 + turn * self.each + number)
                ours.append(clock.read(self.each * COMMANDS))
                bare.append(least.write(transactions(store, sealed)))
            least.close()
        return _rate("a command that adds an entry, sealed", ours, bare)

    def clock(self) -> Rate:
        """Files erased by themselves on day 91 against the same rows written bare."""
        ours: list[Taken] = []
        bare: list[Taken] = []
        with self._store() as store, self._store() as empty:
            least = Bare(empty)
            for turn in range(self.rounds):
                for number in range(self.each):
                    self.flow.file(store, f"F{turn}-{number}", DAY + timedelta(days=turn))
                least.write(transactions(store, _size(empty)))
                sealed, clock = _size(store), Clock()
                count = sum(len(one.entries) for one in fire(store, DAY_91 + timedelta(days=turn)))
                ours.append(clock.read(count))
                bare.append(least.write(transactions(store, sealed)))
            least.close()
        return _rate("a clock that fires, sealed", ours, bare)

    def verification(self) -> Rate:
        """The whole trail read and verified against its rows read and hashed once each."""
        ours: list[Taken] = []
        bare: list[Taken] = []
        with self._store() as store:
            for number in range(self.each * self.rounds):
                self.flow.request(store, f"K{number}", number)
            for _ in range(self.rounds):
                with store.database.reading() as connection:
                    clock = Clock()
                    trail = whole_trail(connection)
                    if not verify(trail, self.signer.public).whole:
                        raise RuntimeError("the trail does not verify")
                    ours.append(clock.read(len(trail.entries)))
                    clock = Clock()
                    rows = list(connection.execute(text("SELECT header, link FROM entries")))
                    rows += connection.execute(text("SELECT text, salt FROM bodies"))
                    rows += connection.execute(text("SELECT leaf, case_id FROM leaves"))
                    for first, second in rows:
                        hashlib.sha256(f"{first}\n{second}".encode()).digest()
                    bare.append(clock.read(len(trail.entries)))
        return _rate("an entry verified", ours, bare)

    def memory(self, count: int) -> tuple[float, ...]:
        """Resident MB at each tenth while ``count`` cases are opened and stay open."""
        sizes: list[float] = []
        with self._store() as store:
            for number in range(count):
                store.start("footage-file", STAFF, DAY, name=f"F{number}")
                if (number + 1) % (count // 10) == 0:
                    gc.collect()
                    sizes.append(round(resident_mb(), 2))
        return tuple(sizes)

    @contextmanager
    def _store(self) -> Iterator[Store]:
        with Store.new(self.new_place(), self.flow.grounds, self.signer) as store:
            yield store


def _size(store: Store) -> int:
    with store.database.reading() as connection:
        return int(connection.execute(text("SELECT coalesce(max(size), 0) FROM heads")).scalar_one())


def _rate(what: str, ours: list[Taken], bare: list[Taken]) -> Rate:
    cost = median(one.wall for one in ours)
    ratio = median(one.wall / least.wall for one, least in zip(ours, bare, strict=True))
    cpu = median(one.cpu / max(least.cpu, 0.001) for one, least in zip(ours, bare, strict=True))
    return Rate(what, cost, ratio, cpu)
