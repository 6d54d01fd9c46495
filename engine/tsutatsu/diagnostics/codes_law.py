"""TS3xx: the law as a whole: header, periods, what is in force, overlaps."""

from tsutatsu.diagnostics.finding import Code

CODES: tuple[Code, ...] = ()
