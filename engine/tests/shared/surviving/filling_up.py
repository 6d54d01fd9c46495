"""A process that works on a store until there is no room left, is given room, and goes on. Run as a script."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

BALLAST, LITTLE = 1_500_000, 3_000_001
"""Bytes that are freed later; bytes by which files may grow."""


def main(folder: Path, how: str) -> None:
    """Prints what came of it, as JSON."""
    from handing import ASKER, AT, SUBMITTED, grounds

    from tsutatsu.cases.audit.deriving import verify_derived
    from tsutatsu.cases.audit.keys import new_key
    from tsutatsu.cases.audit.trail import whole_trail
    from tsutatsu.cases.audit.verifying import verify
    from tsutatsu.cases.backup import back_up, restore
    from tsutatsu.cases.outbox import CLAIM, FileSink, deliver
    from tsutatsu.cases.store.store import Store
    from tsutatsu.diagnostics import Refused

    signer = new_key(folder / "key")
    shrink, widen = _limits(folder) if how == "limit" else _ballast(folder)
    codes: dict[str, str] = {}

    def refused(what: str, run: Callable[[], object]) -> None:
        try:
            run()
        except Refused as why:
            codes[what] = why.findings[0].code
        except OSError as why:
            codes[what] = type(why).__name__

    with Store.new(folder / "cases.sqlite", grounds(), signer) as store:
        shrink()
        number, taken = 0, []
        while "command" not in codes and number < 2_000:
            key = f"K{number}"

            def act(key: str = key) -> None:
                store.start("handing", ASKER, AT, name=key, key=key)
                taken.append(key)

            refused("command", act)
            number += 1
        there = [one.id for one in store.cases()]
        file = folder / "messages.jsonl"
        refused("messages", lambda: deliver(store, FileSink(file), lambda: AT))
        refused("backup", lambda: back_up(store, folder / "backup.jsonl"))
        torn = file.exists() and not file.read_bytes().endswith(b"\n") and file.stat().st_size > 0
        parts = [one.name for one in folder.glob("*.part")]
        widen()
        for key in (f"K{number - 1}", "K0"):
            store.start("handing", ASKER, AT, name=key, key=key)
        store.do(f"K{number - 1}", "submit", ASKER, SUBMITTED, AT)
        deliver(store, FileSink(file), lambda: AT + CLAIM)
        count = back_up(store, folder / "backup.jsonl")
        with store.database.reading() as connection:
            trail = whole_trail(connection)
            wrong = len(verify(trail, signer.public).findings) + len(verify_derived(connection))
    lines = file.read_text(encoding="utf-8").splitlines()
    restored = restore(folder / "backup.jsonl", str(folder / "again.sqlite"))
    print(
        json.dumps(
            {
                "codes": codes,
                "taken": len(taken),
                "lost": len(set(taken) - set(there)),
                "half": len(set(there) - set(taken)),
                "torn": torn or bool(parts),
                "wrong": wrong,
                "messages": [len({json.loads(one)["message"] for one in lines}), len(lines), len(trail.entries)],
                "backup": [count, restored],
            }
        )
    )


def _limits(folder: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """No file may grow beyond a limit, so that room ends within a write."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]

    def shrink() -> None:
        log = folder / "cases.sqlite-wal"
        size = max(one.stat().st_size for one in (log, folder / "cases.sqlite") if one.exists())
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + LITTLE, hard))

    return shrink, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def _ballast(folder: Path) -> tuple[Callable[[], None], Callable[[], None]]:
    """A small file system, part of which is taken by something that can be deleted."""
    ballast = folder / "ballast"

    def shrink() -> None:
        ballast.write_bytes(bytes(BALLAST))

    return shrink, ballast.unlink


def small_disk() -> list[str] | None:
    """What a command is run with so that ``$0`` is a small file system of its own; nothing where that cannot be had."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return None
    within = [unshare, "-rm", "sh", "-c", 'mount -t tmpfs -o size=6m tmpfs "$0" && exec "$@"']
    tried = subprocess.run([*within, "/mnt", "true"], check=False, capture_output=True)
    return within if tried.returncode == 0 else None


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
