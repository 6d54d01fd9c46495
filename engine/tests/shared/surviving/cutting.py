"""A link with PostgreSQL that can fall silent, or be cut, at any moment: a proxy before the server's socket."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from urllib.parse import quote


class Mood(Enum):
    """What the link does with what it is given."""

    PASSES = "passes it on"
    SILENT = "takes it and passes nothing on"
    CUT = "closes"


class Link:
    """Listens on a port of this machine, for one server's socket; ``after`` so many pieces it changes its mood."""

    def __init__(self, server: Path) -> None:
        self.server = server
        self.mood = Mood.PASSES
        self._left: int | None = None
        self._then = Mood.PASSES
        self._lock = threading.Lock()
        self._ends: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._door.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def url(self, database: str) -> str:
        """The store behind the link."""
        return f"postgresql://tester@127.0.0.1:{self.port}/{quote(database)}"

    def after(self, pieces: int, mood: Mood) -> None:
        """Has the link change once so many more pieces have come through, in either direction."""
        with self._lock:
            self._left, self._then = pieces, mood

    def mend(self) -> None:
        """The link works again; what was silent is gone."""
        with self._lock:
            self.mood, self._left = Mood.PASSES, None
            ends, self._ends = self._ends, []
        for one in ends:
            _shut(one)

    def close(self) -> None:
        """Ends it."""
        self.mend()
        _shut(self._door)

    def _listen(self) -> None:
        while True:
            try:
                near, _ = self._door.accept()
            except OSError:
                return
            far = socket.socket(socket.AF_UNIX)
            try:
                far.connect(str(self.server))
            except OSError:
                _shut(near)
                _shut(far)
                continue
            with self._lock:
                self._ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        while True:
            try:
                data = one.recv(65_536)
            except OSError:
                data = b""
            mood = self._counted()
            if not data or mood is Mood.CUT:
                _shut(one)
                _shut(other)
                return
            if mood is Mood.PASSES:
                with contextlib.suppress(OSError):
                    other.sendall(data)

    def _counted(self) -> Mood:
        with self._lock:
            if self._left is not None:
                self._left -= 1
                if self._left < 0:
                    self.mood, self._left = self._then, None
            return self.mood


def _shut(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@contextlib.contextmanager
def link(server: Path) -> Iterator[Link]:
    """A link, while it is needed."""
    one = Link(server)
    try:
        yield one
    finally:
        one.close()
