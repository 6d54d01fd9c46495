"""A failed step in a compact block: what was asked, on which facts, what the answer is, and why."""

import os
import textwrap
from collections.abc import Iterable
from typing import Final

from tsutatsu.backends.prose import cite, quoted, tell_day, tell_fact, tell_standing
from tsutatsu.diagnostics import Diagnostic
from tsutatsu.gherkin.case_telling import tell_case
from tsutatsu.gherkin.expecting import Held, grounds
from tsutatsu.gherkin.saying import MOOD_WORDS
from tsutatsu.gherkin.scene import Scene, Unmet
from tsutatsu.ir import TODAY, Words
from tsutatsu.judging.facts import FactReader
from tsutatsu.judging.labels import QUESTION_WORDS, VERDICT_WORDS
from tsutatsu.judging.parts import Met
from tsutatsu.semantics import Question

_HEADS: Final = {
    "law": Words("通達", "law"),
    "question": Words("問い", "asked"),
    "facts": Words("事実", "facts"),
    "answer": Words("答え", "answer"),
    "grounds": Words("根拠", "grounds"),
    "duties": Words("義務", "duties"),
    "asked": Words("要る事実", "needed"),
}
_MOST_LINES: Final = 12


def language() -> str:
    """The language of this run: Japanese unless TSUTATSU_LANG says en."""
    return "en" if os.environ.get("TSUTATSU_LANG") == "en" else "ja"


def tell_unmet(failed: Unmet, lang: str) -> str:
    """The block for an expectation that did not hold."""
    lines = [f"✗ {MOOD_WORDS[failed.mood]} {failed.said} → {failed.instead.say(lang)}", f"  {failed.where}", ""]
    held = failed.scene.held
    staging = failed.scene.staging
    if staging.docket is not None:
        lines += tell_case(staging.docket, staging.talk, lang)
    elif held is not None:
        lines += _of_answer(held, failed.scene, lang)
    return "\n".join(lines).rstrip()


def tell_findings(findings: Iterable[Diagnostic], lang: str) -> str:
    """Findings, each with its place and its mend."""
    told: list[str] = []
    for one in findings:
        said, mend = (one.en, one.mend_en) if lang == "en" else (one.ja, one.mend_ja)
        told += [f"{one.where}: {one.code} {said}", *([f"  → {mend}"] if mend else [])]
    return "\n".join(told)


def _of_answer(held: Held, scene: Scene, lang: str) -> list[str]:
    answer, directive = held.answer, held.directive
    header = directive.header
    issued = header.issued.day
    day = header.issued.literal if issued is None else tell_day(issued, lang)
    number = directive.revision.number
    version = (
        f"{header.title.say(lang)} (issued {day}, revision {number})"
        if lang == "en"
        else f"{header.title.ja}（{day}発出、改訂{number}）"
    )
    question = QUESTION_WORDS[answer.question].say(lang)
    name = header.title if answer.question is Question.FORCE else directive.judgement[answer.judgement].words
    on = tell_day(answer.on, lang)
    asked = (
        f"{quoted(name.say(lang), lang)}: {question}, {on}" if lang == "en" else f"「{name.ja}」の{question}（{on}）"
    )
    lines = [
        *_row("law", [version], lang),
        *_row("question", [asked], lang),
        *_row("facts", _facts(scene, held, lang), lang),
        *_row("answer", [VERDICT_WORDS[answer.verdict].say(lang)], lang),
        *_row("grounds", _grounds(held, lang), lang),
        *_row("duties", [f"{d.norm}: {d.summary.say(lang)}" for d in answer.duties], lang),
        *_row("asked", [one.words.say(lang) for one in answer.questions], lang),
    ]
    return [f"  {line}" for line in lines]


def _row(head: str, lines: list[str], lang: str) -> list[str]:
    if not lines:
        return []
    label = _HEADS[head].say(lang)
    indent = " " * 10
    pad = " " * (10 - sum(2 if ord(ch) > 0x2E80 else 1 for ch in label))
    shown = lines if len(lines) <= _MOST_LINES else [*lines[: _MOST_LINES - 1], f"… (+{len(lines) - _MOST_LINES + 1})"]
    return [f"{label}{pad}{shown[0]}", *(textwrap.indent(line, indent) for line in shown[1:])]


def _facts(scene: Scene, held: Held, lang: str) -> list[str]:
    if held.answer.question is Question.FORCE:
        return []
    asked = scene.asked
    assert asked is not None
    judgement = held.directive.judgement[held.answer.judgement]
    read = FactReader.of(held.directive).read(scene.facts, judgement, asked.on, scene.sides)
    told = [tell_fact(term, read, held.directive, lang) for term in read if term != TODAY]
    told += [f"{reading}: {side}" for reading, side in scene.sides.items()]
    return told or ["(none)" if lang == "en" else "（何も与えられていない）"]


def _grounds(held: Held, lang: str) -> list[str]:
    lines: list[str] = []
    bearing = grounds(held.answer, held.directive)
    for reason in held.answer.reasons:
        mark = "*" if reason in bearing else " "
        standing, summary = tell_standing(reason.standing, lang), reason.summary.say(lang)
        said = f"{mark} {cite(reason.provision, lang)} [{reason.norm}] {standing}: {summary}"
        lifted = [cite(one.provision, lang) for one in reason.exceptions if one.met is Met.APPLIED]
        lines.append(said + (f" ← {'、'.join(lifted)}" if lifted else ""))
    return lines
