"""Findings: one kind per code, each with a place, a sentence, a mend and a page, in Japanese and English."""

from tsutatsu.diagnostics.catalogue import CATALOGUE, finding
from tsutatsu.diagnostics.finding import Code, Diagnostic, Refused, Related, Severity, in_file_order, shorten
from tsutatsu.diagnostics.nearest import near, near_blanks, nearest

__all__ = [
    "CATALOGUE",
    "Code",
    "Diagnostic",
    "Refused",
    "Related",
    "Severity",
    "finding",
    "in_file_order",
    "near",
    "near_blanks",
    "nearest",
    "shorten",
]
