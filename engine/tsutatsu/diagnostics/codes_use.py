"""TS6xx: commands, receipts, sealed revisions."""

from tsutatsu.diagnostics.finding import Code

CODES: tuple[Code, ...] = ()
