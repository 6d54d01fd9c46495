"""TS2xx: the policy language: keywords, words, types, references."""

from tsutatsu.diagnostics.finding import Code

CODES: tuple[Code, ...] = ()
