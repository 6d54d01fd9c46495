"""TS5xx: facts submitted for a judgement."""

from tsutatsu.diagnostics.finding import Code

CODES: tuple[Code, ...] = ()
