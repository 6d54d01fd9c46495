"""Commands over a link that fails, and under a server that restarts: answered or failed in time, and done once."""

from __future__ import annotations

import random
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from handing import ASKER, AT, grounds

from surviving.commands import Counts, counted
from surviving.cutting import Mood, link
from surviving.postgres import Server
from tsutatsu.cases import Done
from tsutatsu.cases.audit.keys import Signer
from tsutatsu.cases.store.store import Store
from tsutatsu.diagnostics import Refused

FOR_EVER = 60
"""Seconds after which a command counts as hanging."""


@dataclass(slots=True)
class Failures:
    """What came of it: the findings, what was taken though nobody heard so, and what is there in the end."""

    codes: Counter[str] = field(default_factory=Counter)
    unheard: int = 0
    counts: Counts = field(default_factory=Counts)

    def __str__(self) -> str:
        shown = ", ".join(f"{code} {count}" for code, count in sorted(self.codes.items()))
        return f"{shown}; {self.unheard} taken though the answer was lost; {self.counts}"


def in_time(what: Callable[[], object]) -> object:
    """What comes of it, or the code by which it fails; it must not hang."""
    came: list[object] = []

    def attempt() -> None:
        try:
            came.append(what())
        except Refused as refused:
            came.append(refused.findings[0].code)
        except Exception as error:  # noqa: BLE001  # told to the test
            came.append(error)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(FOR_EVER)
    assert came, "it hangs"
    assert not isinstance(came[0], Exception), came[0]
    return came[0]


def over_a_failing_link(server: Server, signer: Signer, mood: Mood, seed: int, count: int) -> Failures:
    """So many cases are opened; during each opening the link fails once, after as many pieces as the seed draws."""
    database, rng, found, said = server.database(), random.Random(seed), Failures(), []
    with (
        link(server.socket) as wire,
        Store.new(server.url(database), grounds(), signer) as direct,
        Store.open(wire.url(database), grounds(), signer) as store,
    ):
        for number in range(count):
            name = f"K{number}"

            def opening(name: str = name) -> Done:
                return store.start("handing", ASKER, AT, name=name, key=f"{name}/open")

            wire.after(rng.randrange(90), mood)
            came = in_time(opening)
            if isinstance(came, str):
                found.codes[came] += 1
                found.unheard += name in {one.id for one in direct.cases()}
            wire.mend()
            again = in_time(opening)
            assert isinstance(again, Done), again
            said.append(f"taken {name}/open {name}/{again.entry.number}")
        found.counts = counted(direct, signer.public, said, 0)
    return found


def through_restarts(server: Server, signer: Signer, restarts: int, each: int) -> Failures:
    """Four workers open ``each`` so many cases; the server is stopped as by a crash and started while they do."""
    url, up, found, said = server.url(), threading.Event(), Failures(), []
    done_so_far = threading.Semaphore(0)
    up.set()

    def work(worker: str) -> None:
        with Store.open(url, grounds(), signer) as store:
            for number in range(each):
                name = f"{worker}-{number}"
                while True:
                    try:
                        done = store.start("handing", ASKER, AT, name=name, key=name)
                    except Refused as refused:
                        found.codes[refused.findings[0].code] += 1
                        up.wait()
                        continue
                    break
                said.append(f"taken {name} {name}/{done.entry.number}")
                done_so_far.release()

    with Store.new(url, grounds(), signer):
        threads = [threading.Thread(target=work, args=(f"W{n}",), daemon=True) for n in range(4)]
        for one in threads:
            one.start()
        for _ in range(restarts):
            for _ in range(each * 4 // (restarts + 1)):
                assert done_so_far.acquire(timeout=FOR_EVER), "it hangs"
            up.clear()
            server.stop()
            server.start()
            up.set()
        for one in threads:
            one.join(FOR_EVER)
            assert not one.is_alive(), "it hangs"
    with Store.open(url, grounds(), signer) as store:
        found.counts = counted(store, signer.public, said, 0)
    return found
