"""TS1xx: the file as a file: bytes, YAML, notation."""

from tsutatsu.diagnostics.finding import Code

CODES: tuple[Code, ...] = ()
