"""Asking the law from the command line: names, days, questions and sides as people type them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Final, TypeVar

import click

from tsutatsu.bundle import Bundle
from tsutatsu.cli.days import day_given, today
from tsutatsu.cli.frame import Run, option
from tsutatsu.cli.language import Misuse, misuse
from tsutatsu.cli.law import refuse_place
from tsutatsu.cli.paper import err
from tsutatsu.cli.rendering import show_finding
from tsutatsu.cli.submitted import Submission
from tsutatsu.diagnostics import Refused, finding
from tsutatsu.judging.answer import Answer
from tsutatsu.judging.asking import any_judgement, judge_of
from tsutatsu.judging.judges import Judge
from tsutatsu.semantics import Question

T = TypeVar("T")

QUESTIONS: Final = {
    "可否": Question.MAY,
    "適否": Question.ORDER,
    "要否": Question.DUTY,
    "効力": Question.FORCE,
    "may": Question.MAY,
    "order": Question.ORDER,
    "duty": Question.DUTY,
    "force": Question.FORCE,
}
ENGINES: Final = ("both", "rete", "compiled", "semantics")
_MISUSED: Final = frozenset({"TS314", "TS315", "TS316", "TS320", "TS382", "TS384", "TS522", "TS523"})
"""Findings about what was typed on the command line rather than about the facts."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a judgement is to be asked."""

    on: date
    question: Question
    engine: str
    presume: bool
    known: date | None
    sides: dict[str, str]
    local: str | None = None
    """The force whose own provisions are laid over the law."""


def manner(
    *,
    on: str | None = None,
    question: str = "可否",
    engine: str = "both",
    presume: bool = False,
    known: str | None = None,
    sides: Sequence[str] = (),
    local: str | None = None,
) -> Manner:
    """How a judgement is to be asked, from the options as typed."""
    decided: dict[str, str] = {}
    for one in sides:
        reading, mark, side = one.replace("＝", "=", 1).partition("=")
        if not mark:
            reading, mark, side = one.partition("/")
        if not mark:
            raise misuse("TS632", value=one, example="--side 上司の承認=甲")
        if reading.strip() in decided:
            raise misuse("TS633", name=reading.strip())
        decided[reading.strip()] = side.strip()
    day = day_given(on, "--on") or today()
    return Manner(day, QUESTIONS[question], engine, presume, day_given(known, "--known"), decided, local)


def judge_named(bundle: Bundle, name: str, how: Manner) -> Judge:
    """The judge of the judgement called ``name``; for 効力 the name of a directive will do."""
    bundle = under(bundle, how.local)
    if not bundle.find(name):
        refuse_place(name, "判断", "judgement")
    if how.question is Question.FORCE and not bundle.find(name):
        try:
            directive = bundle.directive(name)
        except Refused:
            pass
        else:
            version = bundle.at(directive, how.on, how.known)
            name = f"{directive}/{any_judgement(version)}"
    judge = mistyped(lambda: judge_of(bundle, name, on=how.on, known=how.known))
    if how.local is not None and judge.directive.local is None:
        show_finding(err(), finding("TS387", word=bundle.force_called(how.local).words.ja))
    return judge


def under(bundle: Bundle, local: str | None) -> Bundle:
    """The law with the provisions laid over it of the force that ``--local`` names, if it names one."""
    return bundle if local is None else mistyped(lambda: bundle.under(local))


def ask(judge: Judge, submission: Submission, how: Manner) -> Answer:
    """The answer on one submission."""
    return mistyped(
        lambda: judge.ask(
            submission.facts,
            on=how.on,
            question=how.question,
            presume=how.presume,
            engine=how.engine,
            sides=how.sides or None,
            texts=True,
        )
    )


def mistyped(run: "Callable[[], T]") -> "T":
    """What ``run`` gives; a refusal that is about the command line itself comes out as a misuse."""
    try:
        return run()
    except Refused as refused:
        if all(one.code in _MISUSED for one in refused.findings):
            raise Misuse(refused.findings) from None
        raise


def local_option(run: Run) -> Run:
    """The option ``--local``: whose own provisions are laid over the law."""
    return option(
        "--local",
        metavar="FORCE",
        ja="その組織の定め（policy/local）を重ねる。識別子か名。",
        en="Lay over the law what this force has laid down for itself (policy/local), by id or name.",
    )(run)


def manner_options(run: Run) -> Run:
    """The options that say how a judgement is asked; the command gets them together, as ``how``."""

    @wraps(run)
    def asked(
        *,
        on: str | None,
        question: str,
        engine: str,
        presume: bool,
        known: str | None,
        sides: Sequence[str],
        local: str | None,
        **rest: object,
    ) -> int | None:
        how = manner(on=on, question=question, engine=engine, presume=presume, known=known, sides=sides, local=local)
        return run(how=how, **rest)

    made: Run = asked
    for add in reversed(
        (
            option(
                "--on",
                metavar="DATE",
                ja="判断する日。令和7年1月10日 や 2025-01-10（既定は東京の今日）。",
                en="The day judged (today in Tokyo where none is given).",
            ),
            option(
                "--question",
                type=click.Choice(list(QUESTIONS)),
                default="可否",
                ja="尋ねること（既定は可否）。",
                en="What is asked (可否, may it be done, where none is given).",
            ),
            option(
                "--engine",
                type=click.Choice(ENGINES),
                default="both",
                ja="判定器（既定は both: 二つの一致を確かめる）。",
                en="The engine (both, by default: two decide and must agree).",
            ),
            option(
                "--presume",
                is_flag=True,
                ja="「特記なければ」の値を推定として使う。",
                en="Take the declared presumptions where nothing is said.",
            ),
            option(
                "--known",
                metavar="DATE",
                ja="その日までに符号化されていた内容で判断する。",
                en="Judge by what had been encoded by that day.",
            ),
            option(
                "--side",
                "sides",
                multiple=True,
                metavar="READING=SIDE",
                ja="この判断に限り解釈を決める（例: 上司の承認=甲）。",
                en="Decide a reading for this answer alone.",
            ),
            local_option,
        )
    ):
        made = add(made)
    return made
