"""How many scenarios a feature file states, counted from its lines alone: a check on what a parser collects."""

import re
from typing import Final

_SCENARIO: Final = re.compile(r"\s*シナリオ\s*[:：]")
_OUTLINE: Final = re.compile(r"\s*(?:シナリオアウトライン|シナリオテンプレート|シナリオテンプレ|テンプレ)\s*[:：]")
_APART: Final = re.compile(r"\s*(?:ルール|背景)\s*[:：]")
_EXAMPLES: Final = re.compile(r"\s*(?:例|サンプル)\s*[:：]")
_TEXT: Final = re.compile(r'\s*("""|```)')


def count_scenarios(text: str) -> int:
    """A scenario counts once, an outline once for each row of its examples (and once where it has none)."""
    whole = 0
    outline_rows: int | None = None  # None: not within an outline
    rows_to_skip = -1  # 1: the next row is the heading; 0: rows count; -1: rows are no examples
    fence = ""
    for line in text.splitlines():
        mark = _TEXT.match(line)
        if fence or mark:
            if mark and not fence:
                fence = mark[1]
            elif mark and mark[1] == fence:
                fence = ""
            continue
        if _SCENARIO.match(line) or _OUTLINE.match(line):
            whole += _closed(outline_rows)
            outline_rows = 0 if _OUTLINE.match(line) else None
            whole += outline_rows is None
            rows_to_skip = -1
        elif _APART.match(line):
            rows_to_skip = -1
        elif _EXAMPLES.match(line) and outline_rows is not None:
            rows_to_skip = 1
        elif line.lstrip().startswith("|") and rows_to_skip >= 0 and outline_rows is not None:
            outline_rows += rows_to_skip == 0
            rows_to_skip = 0
    return whole + _closed(outline_rows)


def _closed(outline_rows: int | None) -> int:
    return 0 if outline_rows is None else max(outline_rows, 1)
