"""Headings and step words as people mistype them: with a full-width colon, or in English."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.source import Source

HEADINGS: Final = (
    "フィーチャ",
    "機能",
    "ルール",
    "背景",
    "シナリオアウトライン",
    "シナリオテンプレート",
    "シナリオテンプレ",
    "テンプレ",
    "シナリオ",
    "例",
    "サンプル",
)
_ENGLISH: Final = {
    "Feature": "機能",
    "Background": "背景",
    "Rule": "ルール",
    "Scenario Outline": "シナリオアウトライン",
    "Scenario Template": "シナリオアウトライン",
    "Scenario": "シナリオ",
    "Examples": "例",
    "Example": "例",
}
ENGLISH_STEPS: Final = {"Given": "前提", "When": "もし", "Then": "ならば", "And": "かつ", "But": "しかし"}
_HEADING: Final = re.compile(rf"\s*(?:({'|'.join(HEADINGS)})|({'|'.join(_ENGLISH)}))\s*([:：])")
_STEP: Final = re.compile(rf"\s*({'|'.join(ENGLISH_STEPS)})[\s「]")


@dataclass(frozen=True, slots=True)
class Misheading:
    """A line that was meant to begin something: where it stands, what was written, and what it should be."""

    line: int
    column: int
    written: str
    meant: str
    why: str
    why_en: str

    def finding(self, place: str) -> Diagnostic:
        """What to tell of it."""
        return finding(
            "TS401",
            Source(place, self.line, self.column),
            (),
            why=f"「{self.written}」{self.why}",
            why_en=f"“{self.written}” {self.why_en}",
            mend=f"「{self.meant}」と書く。",
            mend_en=f"Write “{self.meant}”.",
        )


def is_heading(line: str) -> bool:
    """Whether ``line`` begins as a heading does, well written or not."""
    return _HEADING.match(line) is not None


def misheading(lines: Sequence[str], at: int) -> Misheading | None:
    """The mistyped step word on line ``at``, or the mistyped heading under which the line stands."""
    if 0 < at <= len(lines) and (step := _STEP.match(lines[at - 1])):
        why = "は英語のステップの語である", "is an English keyword"
        return Misheading(at, step.start(1) + 1, step[1], ENGLISH_STEPS[step[1]], *why)
    for number in range(min(at, len(lines)), 0, -1):
        found = _HEADING.match(lines[number - 1])
        if found is None:
            continue
        japanese, english, colon = found.groups()
        written, column = found[0].strip(), (found.start(1) if japanese else found.start(2)) + 1
        if english:
            why = "は英語の見出しである", "is an English heading"
            return Misheading(number, column, written, f"{_ENGLISH[english]}:", *why)
        if colon == "：":
            return Misheading(
                number, column, written, f"{japanese}:", "の「：」が全角である", "ends with a full-width colon"
            )
        return None
    return None
