"""Findings as values: what is wrong, where, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tsutatsu.source import NOWHERE, Source


class Severity(Enum):
    """How a finding bears on use: an error stops, a warning does not, advice only tells."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding: its number, its sentences with ``{blanks}``, and the page that explains it."""

    number: str
    name: str
    ja: str
    en: str
    mend_ja: str
    mend_en: str
    page_ja: str
    page_en: str
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that a finding speaks of."""

    where: Source
    ja: str
    en: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, in both languages, with the step that mends it."""

    code: str
    where: Source
    ja: str
    en: str
    mend_ja: str
    mend_en: str
    severity: Severity = Severity.ERROR
    related: tuple[Related, ...] = ()

    def told(self) -> str:
        """The finding in one line, in both languages, as an exception shows it."""
        place = f"{self.where}: " if self.where != NOWHERE else ""
        return f"{place}{self.code} {self.ja}{self.mend_ja} / {self.en} {self.mend_en}"

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON carries it: both languages, the place in parts."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": self.where.file,
            "line": self.where.line,
            "column": self.where.column,
            "provision": self.where.provision,
            "message": {"ja": self.ja, "en": self.en},
            "mend": {"ja": self.mend_ja, "en": self.mend_en},
            "related": [
                {
                    "file": r.where.file,
                    "line": r.where.line,
                    "column": r.where.column,
                    "message": {"ja": r.ja, "en": r.en},
                }
                for r in self.related
            ],
        }


_NEAREST_JA = "近いもの: 「{nearest}」。"
_NEAREST_EN = 'Nearest: "{nearest}".'
"""Left out of a mend where nothing is near."""


def fill(code: Code, where: Source = NOWHERE, related: Iterable[Related] = (), **blanks: object) -> Diagnostic:
    """The finding of kind ``code`` at ``where``, its blanks filled (values are cut to a readable length)."""
    words = {key: shorten(str(value)) for key, value in blanks.items()}
    mend_ja, mend_en = code.mend_ja, code.mend_en
    if words.get("nearest") in ("", "—"):
        mend_ja, mend_en = mend_ja.replace(_NEAREST_JA, ""), mend_en.replace(_NEAREST_EN, "")
    return Diagnostic(
        code.number,
        where,
        code.ja.format_map(words),
        code.en.format_map(words),
        mend_ja.format_map(words).strip(),
        mend_en.format_map(words).strip(),
        code.severity,
        tuple(related),
    )


def shorten(text: str, most: int = 160) -> str:
    """``text`` made fit for one line of a message: control characters shown, length bounded."""
    shown = text[: most + 1]
    if not shown.isprintable():
        shown = "".join(ch if ch.isprintable() else f"\\u{ord(ch):04x}" for ch in shown)
    return shown if len(text) <= most else shown[:most] + "…"


def in_file_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Findings as a reader meets them, without repeats."""
    return tuple(
        sorted(dict.fromkeys(findings), key=lambda d: (d.where.file, d.where.line, d.where.column, d.code, d.ja))
    )


class Refused(Exception):
    """Input was refused; carries every finding."""

    def __init__(self, findings: Iterable[Diagnostic]) -> None:
        self.findings = in_file_order(findings)
        super().__init__("\n".join(one.told() for one in self.findings))
