"""What stops the YAML parser, said as a finding: by the kind of its complaint, in the reader's words."""

import re
from dataclasses import dataclass

import yaml

from tsutatsu.diagnostics import Diagnostic, Related, finding
from tsutatsu.source import Source

_BRACKETED_LINES = 20
_PAIRS = {"[": "]", "{": "}"}
_TOLD_AT_OPENING = frozenset({"TS114", "TS115", "TS116", "TS132", "TS133", "TS139"})

# (what the parser was doing, its complaint, code): the first that fits. The wordings of both of PyYAML's parsers.
_KINDS = (
    ("directive", "", "TS121"),
    ("anchor", "", "TS114"),
    ("alias", "", "TS115"),
    (" tag", "", "TS116"),
    ("", "tag handle", "TS116"),
    ("", "mapping values are not allowed", "TS131"),
    ("plain scalar", "unexpected ':'", "TS156"),
    ("", "could not find expected ':'", "TS132"),
    ("quoted scalar", "found unexpected", "TS133"),
    ("quoted scalar", "", "TS138"),
    ("", "expected ',' or", "TS134"),
    ("", "tab character", "TS135"),
    ("block scalar", "", "TS139"),
    ("", "sequence entries are not allowed", "TS140"),
    ("", "mapping keys are not allowed", "TS122"),
    ("", "node content", "TS141"),
    ("", "<document start>", "TS142"),
)
_MISALIGNED = re.compile("expected key|'-' indicator|<block end>")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A syntax error as a finding, with the lines (from 0) where a slip of notation would explain it."""

    finding: Diagnostic
    lines: range
    bracketed: bool


def complaint(error: Exception, lines: list[str], file: str) -> Complaint:
    """What ``error``, from either PyYAML parser, means for the file that consists of ``lines``."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Complaint(finding("TS143", Source(file)), range(0), False)
    problem, context = str(error.problem), str(error.context or "")
    line, column = error.problem_mark.line, error.problem_mark.column
    opening_mark = error.context_mark or error.problem_mark
    opened_line, opened_column = opening_mark.line, opening_mark.column
    number = _kind(problem, context, lines, line, column)
    bracketed = "flow" in context
    near = range(opened_line if bracketed else max(0, line - 1), min(line, opened_line + _BRACKETED_LINES) + 1)
    note: tuple[Related, ...] = ()
    opening = "".join(lines[opened_line : opened_line + 1])[opened_column : opened_column + 1]
    if number in _TOLD_AT_OPENING:
        line, column = opened_line, opened_column
    elif number == "TS134":
        note = (Related(Source(file, opened_line + 1, opened_column + 1), "ここで開いている。", "It opens here."),)
    line, column = _last_written(lines, line, column)
    token = (re.match(r"[^\s,\[\]{}]*", lines[line][column:]) or [""])[0]
    before = lines[line][opened_column:column] if line == opened_line else ""
    words = {"name": token[1:], "tag": token, "sign": token[:1], "closing": _PAIRS.get(opening, "]"), "key": before}
    return Complaint(finding(number, Source(file, line + 1, column + 1), note, **words), near, bracketed)


def _kind(problem: str, context: str, lines: list[str], line: int, column: int) -> str:
    here = lines[line] if line < len(lines) else ""
    if "cannot start any token" in problem:
        return "TS135" if here[column : column + 1] == "\t" else "TS137"
    if re.match(r":(\s|$)", here[column:]) and re.search("node content|expected key|<block end>", problem):
        return "TS123"
    for doing, said, number in _KINDS:
        if doing in context and said in problem:
            return number
    if "block" in context and _MISALIGNED.search(problem):
        return "TS142" if here[:column].strip(" -") else "TS136"
    return "TS143"


def _last_written(lines: list[str], line: int, column: int) -> tuple[int, int]:
    """The place itself, or the end of the last line with text on it where the place is past that."""
    while line > 0 and (line >= len(lines) or not lines[line].strip()):
        line -= 1
        column = len(lines[line])
    return line, column
