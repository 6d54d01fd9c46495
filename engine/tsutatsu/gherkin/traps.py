"""The mistakes that pytest-bdd passes over in silence, found in the sheet."""

import re
from collections.abc import Iterator
from typing import Final

from tsutatsu.diagnostics import Diagnostic, finding, near_blanks
from tsutatsu.gherkin.headings import ENGLISH_STEPS, is_heading
from tsutatsu.gherkin.phrases import understand
from tsutatsu.gherkin.saying import CaseSay, Mood
from tsutatsu.gherkin.sheet import Draft, Sheet, StepLine
from tsutatsu.source import Source

_STEP_WORDS: Final = ("前提", "もし", "ならば", "かつ", "且つ", "しかし", "然し", "但し", "ただし")
_LIKE_A_STEP: Final = re.compile(rf"\s*(?:(?:{'|'.join(_STEP_WORDS)})[\s「]|(?:{'|'.join(ENGLISH_STEPS)})\s*「)")
_FENCE: Final = re.compile(r'\s*("""|```)')


def find_traps(sheet: Sheet) -> Iterator[Diagnostic]:
    """Everything in the sheet that would be dropped, cut short, or pass without proving anything."""
    yield from _swallowed(sheet)
    yield from _same_names(sheet)
    for draft in sheet.scenarios:
        yield from _cut_heads(draft, sheet)
        yield from _examples(draft)
        yield from _shape(draft)


def _swallowed(sheet: Sheet) -> Iterator[Diagnostic]:
    """What follows a heading taken for a description goes with it: one finding tells of both."""
    fence = ""
    beneath = False
    for number, line in enumerate(sheet.lines, 1):
        mark = _FENCE.match(line)
        if fence or mark:
            if mark and not fence:
                fence = mark[1]
            elif mark and mark[1] == fence:
                fence = ""
            continue
        beneath = beneath and number not in sheet.spoken
        if number in sheet.spoken or line.lstrip().startswith("#"):
            continue
        heading = is_heading(line)
        if heading or (_LIKE_A_STEP.match(line) and not beneath):
            beneath = beneath or heading
            column = len(line) - len(line.lstrip()) + 1
            yield finding("TS405", Source(sheet.place, number, column), (), line=line.strip())


def _same_names(sheet: Sheet) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for draft in sheet.scenarios:
        if draft.name in seen:
            yield finding("TS403", draft.where, (), name=draft.name)
        seen.add(draft.name)


def _cut_heads(draft: Draft, sheet: Sheet) -> Iterator[Diagnostic]:
    for step in (*draft.background, *draft.steps):
        line = sheet.lines[step.where.line - 1].strip()
        rest = line[len(step.keyword) :]
        if step.keyword != "*" and rest and not rest[0].isspace() and rest[0] != "「":
            yield finding("TS406", step.where, (), line=line, keyword=step.keyword, rest=rest)


def _examples(draft: Draft) -> Iterator[Diagnostic]:
    if draft.examples and not draft.outline:
        yield finding("TS404", draft.examples[0].where)
        return
    if draft.outline and not draft.rows:
        yield finding("TS408", draft.where)
        return
    columns = tuple(dict.fromkeys(name for table in draft.examples for name in table.headings))
    used = {name for name, _ in draft.placeholders()}
    for table in draft.examples:
        if not table.rows:
            yield finding("TS408", table.where)
        for name in table.headings:
            if name not in used and f"<{name}>" not in draft.name:
                yield finding("TS410", table.where, (), name=name)
        for name, step in draft.placeholders():
            if name not in table.headings:
                yield finding("TS409", step.where, (), name=name, **near_blanks(name, columns))
    if not draft.examples:
        for name, step in draft.placeholders():
            yield finding("TS409", step.where, (), name=name, near="", near_en="")


def _shape(draft: Draft) -> Iterator[Diagnostic]:
    if not draft.steps:
        yield finding("TS411", draft.where, (), name=draft.name)
        return
    for steps in (draft.background, draft.steps):
        if steps and steps[0].own_mood is None:
            yield finding("TS407", steps[0].where, (), keyword=steps[0].keyword)
    yield from _order(draft, (*draft.background, *draft.steps))


def _of_case(step: StepLine) -> bool:
    """Whether the step does something to a case: what is done after it shows what came of it."""
    said = understand(step.text, step.mood)
    return said is not None and isinstance(said.phrase.say, CaseSay)


def _order(draft: Draft, steps: tuple[StepLine, ...]) -> Iterator[Diagnostic]:
    asked: StepLine | None = None
    unproved = True
    for step in steps:
        match step.mood:
            case Mood.WHEN:
                if asked is not None and unproved and not (_of_case(asked) and _of_case(step)):
                    yield finding("TS413", asked.where, (), name=draft.name)
                asked, unproved = step, True
            case Mood.THEN:
                if asked is None:
                    yield finding("TS412", step.where, (), name=draft.name)
                    return
                unproved = False
            case Mood.GIVEN:
                pass
    if asked is None:
        yield finding("TS412", draft.where, (), name=draft.name)
    elif unproved:
        yield finding("TS413", asked.where, (), name=draft.name)
