"""What a database could not do, as a finding: which of a few kinds it is, and what its own words were."""

from typing import Final

from sqlalchemy.exc import DBAPIError

from tsutatsu.diagnostics import Refused, finding

_SQLITE: Final = {
    5: "TS886",  # busy
    6: "TS886",  # locked
    8: "TS889",  # read only
    10: "TS887",  # input and output
    11: "TS888",  # corrupt
    13: "TS887",  # full
}
"""By SQLite's primary codes."""
_POSTGRES: Final = {
    "40": "TS886",  # deadlock, serialisation
    "55P03": "TS886",  # a lock that did not come
    "57014": "TS886",  # cancelled
    "53300": "TS886",  # too many connections
    "53100": "TS887",  # disk full
    "58030": "TS887",  # input and output
    "25006": "TS889",  # read only
    "42501": "TS889",  # no right
    "XX001": "TS888",  # damaged data
    "XX002": "TS888",  # damaged index
    "25P03": "TS885",  # left alone within a transaction for too long
    "57P": "TS885",  # shut down
    "08": "TS885",
}
"""By the beginning of PostgreSQL's codes."""


def failure(place: str, error: DBAPIError) -> Refused:
    """What went wrong with the database at ``place``."""
    why = str(error.orig).partition("\n")[0]
    return Refused([finding(_kind(error), place=place, why=why, why_en=why)])


def occupied(place: str) -> Refused:
    """Too many within this program want a connection at once."""
    why, why_en = "つながりが空かない", "no connection became free"
    return Refused([finding("TS886", place=place, why=why, why_en=why_en)])


def inconsistent(place: str, error: DBAPIError) -> Refused:
    """A row is there that, by all the others, cannot be."""
    why = str(error.orig).partition("\n")[0]
    return Refused([finding("TS888", place=place, why=why, why_en=why)])


def _kind(error: DBAPIError) -> str:
    cause = error.orig
    state: object = getattr(cause, "sqlstate", None)
    number: object = getattr(cause, "sqlite_errorcode", None)
    if isinstance(number, int) and number & 0xFF in _SQLITE:
        return _SQLITE[number & 0xFF]
    if isinstance(state, str):
        for begins, code in _POSTGRES.items():
            if state.startswith(begins):
                return code
    return "TS885" if error.connection_invalidated else "TS855"
