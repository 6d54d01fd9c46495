"""A link with PostgreSQL on which nobody waits for ever."""

from collections.abc import Generator
from time import monotonic
from typing import Any, Final

import psycopg

SILENCE: Final = 60.0
"""Seconds without a byte from the server after which the link counts as cut.

A link that is down is noticed sooner, by its own acknowledgements; this is for one that takes bytes and passes none on.
The server gives up waiting for a lock before, and says so.
"""


class Patient(psycopg.Connection[Any]):
    """A connection that gives up, and is closed, once the server has been silent for too long."""

    limit = SILENCE

    def wait(self, gen: Any, *args: Any, **named: Any) -> Any:  # noqa: ANN401  (the driver's own)
        """Waits for the server."""
        return super().wait(self._counted(gen), *args, **named)

    def _counted(self, gen: Any) -> Generator[Any, Any, Any]:  # noqa: ANN401  (the driver's own)
        """The driver's own steps; between two that bring something, no more than the limit."""
        heard = monotonic()
        try:
            wanted = next(gen)
            while True:
                ready = yield wanted
                if ready:
                    heard = monotonic()
                elif monotonic() - heard > self.limit:
                    self.pgconn.finish()  # else the rollback would wait as long again
                    raise psycopg.OperationalError(f"no answer from the server for {self.limit:g} s")
                wanted = gen.send(ready)
        except StopIteration as done:
            return done.value
