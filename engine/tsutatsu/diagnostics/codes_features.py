"""TS4xx: Gherkin: steps, traps, scenarios."""

from tsutatsu.diagnostics.finding import Code

CODES: tuple[Code, ...] = ()
