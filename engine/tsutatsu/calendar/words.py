"""A word an officer reads, in Japanese with its English beside it."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Words"]


@dataclass(frozen=True, slots=True)
class Words:
    """One word or sentence in both languages; the two always say the same."""

    ja: str
    en: str
