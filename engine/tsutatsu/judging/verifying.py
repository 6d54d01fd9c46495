"""Performing an answer again from its receipt, the facts and the law, offline, and saying what does not agree."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, Protocol

from tsutatsu.diagnostics import Refused, shorten
from tsutatsu.ir import Directive, Words
from tsutatsu.judging.engines import EnginesDisagree
from tsutatsu.judging.judges import ENGINE_VERSION, Judge
from tsutatsu.judging.receipt import FORMAT, Commitment, Receipt, commitments, digest_of_receipt, read_receipt
from tsutatsu.semantics import Question


class LawAtHand(Protocol):
    """What finds a directive, current or sealed, by its digest: a bundle does."""

    def with_digest(self, digest: str) -> Directive | None:
        """The directive that has this digest."""
        ...


class Trouble(Enum):
    """What stands against a receipt."""

    UNREADABLE = "unreadable"
    ALTERED = "altered"
    LAW_MISSING = "law_missing"
    FACTS_REFUSED = "facts_refused"
    FACT_MISSING = "fact_missing"
    FACT_ALTERED = "fact_altered"
    FACT_EXTRA = "fact_extra"
    ANSWER_DIFFERS = "answer_differs"
    ENGINE_FAULT = "engine_fault"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stands against a receipt."""

    trouble: Trouble
    what: str
    words: Words


@dataclass(frozen=True, slots=True)
class Verification:
    """What came of performing an answer again."""

    ok: bool
    """Whether the same answer came out of the same law and facts."""
    problems: tuple[Problem, ...]
    notes: tuple[Words, ...]

    def to_dict(self) -> dict[str, Any]:
        """The same as JSON."""
        from tsutatsu.judging.plain import to_plain

        return {
            "ok": self.ok,
            "problems": [
                {"trouble": p.trouble.value, "what": p.what, "message": to_plain(p.words)} for p in self.problems
            ],
            "notes": [to_plain(note) for note in self.notes],
        }


_SAID = {
    Trouble.UNREADABLE: Words("受領証として読めない。", "It cannot be read as a receipt."),
    Trouble.ALTERED: Words("受領証は作られた後に書き換えられている。", "The receipt was altered after it was made."),
    Trouble.LAW_MISSING: Words(
        "この受領証の通達と改訂が手元にない。", "The revision of the law that it names is not at hand."
    ),
    Trouble.FACTS_REFUSED: Words("事実が読めない。", "The facts cannot be read."),
    Trouble.FACT_MISSING: Words(
        "受領証にある事実が渡されていない。", "A fact that the receipt commits to was not given."
    ),
    Trouble.FACT_ALTERED: Words("事実が当時と違う。", "A fact differs from the one judged."),
    Trouble.FACT_EXTRA: Words("当時はなかった事実が渡された。", "A fact was given that was not judged."),
    Trouble.ANSWER_DIFFERS: Words("やり直すと違う回答になる。", "Performed again, the answer differs."),
    Trouble.ENGINE_FAULT: Words("判定器が判定できない。", "The engines cannot decide it."),
}


def verify(
    receipt: Receipt | Mapping[str, Any], facts: Mapping[str, Any], law: LawAtHand, *, engine: str = "both"
) -> Verification:
    """Performs the answer again; says what is missing or does not agree. Nothing that a receipt says makes it raise.

    A receipt's digest shows accidental alteration only. It is no signature: whoever alters a receipt can compute a new
    digest. That a receipt is yours must be shown by other means; that its answer follows is shown by doing it again.
    """
    try:
        read = receipt if isinstance(receipt, Receipt) else read_receipt(receipt)
    except (Refused, RecursionError):
        return _against([_problem(Trouble.UNREADABLE)])
    if read.format != FORMAT:
        return _against([_problem(Trouble.UNREADABLE, f"format {read.format}")])
    unclear = _unclear(read)
    if unclear is not None:
        return _against([_problem(Trouble.UNREADABLE, unclear)])
    problems = [_problem(Trouble.ALTERED)] if digest_of_receipt(read) != read.digest else []
    directive = law.with_digest(read.law)
    if directive is None or read.judgement not in directive.judgement:
        return _against([*problems, _law_missing(read)])
    return _performed(read, facts, Judge(directive, read.judgement, digest=read.law), problems, engine)


def _law_missing(receipt: Receipt) -> Problem:
    """That the law of a receipt is not at hand; under a force's provisions its digest is of both, so both are named."""
    problem = _problem(
        Trouble.LAW_MISSING, f"{receipt.directive} {receipt.issued} 第{receipt.revision}版 {receipt.law}"
    )
    if receipt.local is None:
        return problem
    force = shorten(receipt.local)
    return replace(
        problem,
        words=Words(
            f"{problem.words.ja} 組織「{force}」の定めを重ねて判断したもので、当時のその定め"
            f"（policy/local/{force}/local.yaml）も要る。",
            f"{problem.words.en} It was judged under what force “{force}” had laid down: those provisions as they then "
            f"stood (policy/local/{force}/local.yaml) are needed too.",
        ),
    )


def _unclear(receipt: Receipt) -> str | None:
    """What the receipt does not say clearly: a side of no reading, or something it says twice."""
    for one in receipt.decided:
        if not all(_taken(one)):
            return f"decided: {one}"
    told = [
        *(("decided", _taken(one)[0]) for one in receipt.decided),
        *(("facts", one.term) for one in receipt.facts),
        *(("units", str(one.number)) for one in receipt.units),
    ]
    twice = [one for one, times in Counter(told).items() if times > 1]
    return f"{twice[0][0]}: {twice[0][1]}" if twice else None


def _taken(said: str) -> tuple[str, str]:
    """A reading and the side taken of it; either is blank where none is said."""
    reading, _, side = said.partition("=")
    return reading, side


def _performed(
    receipt: Receipt, facts: Mapping[str, Any], judge: Judge, problems: list[Problem], engine: str
) -> Verification:
    try:
        question = Question(receipt.question)
    except ValueError:
        return _against([*problems, _problem(Trouble.UNREADABLE, receipt.question)])
    decided = dict(_taken(one) for one in receipt.decided)
    try:
        typed = judge.reader.read(facts, judge.law.judgement, receipt.on, {**judge.law.taken, **decided})
    except Refused as refused:
        return _against([*problems, *(_problem(Trouble.FACTS_REFUSED, f"{f.where} {f.ja}") for f in refused.findings)])
    problems += _facts_compared(receipt.facts, commitments(typed, receipt.salt))
    if any(one.trouble in (Trouble.FACT_MISSING, Trouble.FACT_ALTERED, Trouble.FACT_EXTRA) for one in problems):
        return _against(problems)
    try:
        again = judge.ask(
            facts, on=receipt.on, question=question, presume=receipt.presume, engine=engine, sides=decided or None
        )
    except Refused as refused:
        return _against([*problems, *(_problem(Trouble.FACTS_REFUSED, f"{f.where} {f.ja}") for f in refused.findings)])
    except EnginesDisagree as fault:
        return _against([*problems, _problem(Trouble.ENGINE_FAULT, str(fault))])
    fresh = again.receipt_with(receipt.salt)
    for name in ("directive", "issued", "revision", "local", "verdict", "units", "sides", "exhaustive"):
        then, now = getattr(receipt, name), getattr(fresh, name)
        if then != now:
            problems.append(_problem(Trouble.ANSWER_DIFFERS, f"{name}: {then} → {now}"))
    notes: list[Words] = []
    if receipt.engine_version != ENGINE_VERSION:
        notes.append(
            Words(
                f"当時のエンジンは {receipt.engine_version}、今は {ENGINE_VERSION}。",
                f"It was made by engine {receipt.engine_version}; this is {ENGINE_VERSION}.",
            )
        )
    if receipt.engines != again.engines:
        notes.append(
            Words(
                f"判定器が当時と違う（今は {'、'.join(again.engines)}）。",
                f"Other engines decided this time ({', '.join(again.engines)}).",
            )
        )
    return Verification(not problems, tuple(problems), tuple(notes))


def _facts_compared(then: tuple[Commitment, ...], now: tuple[Commitment, ...]) -> list[Problem]:
    before = {one.term: one.digest for one in then}
    after = {one.term: one.digest for one in now}
    found = [_problem(Trouble.FACT_MISSING, term) for term in sorted(before.keys() - after.keys())]
    found += [_problem(Trouble.FACT_EXTRA, term) for term in sorted(after.keys() - before.keys())]
    found += [
        _problem(Trouble.FACT_ALTERED, term)
        for term in sorted(before.keys() & after.keys())
        if before[term] != after[term]
    ]
    return found


def _problem(trouble: Trouble, what: str = "") -> Problem:
    said = _SAID[trouble]
    shown = what[:200].encode("utf-8", "replace").decode()
    return Problem(trouble, shown, Words(f"{said.ja}{shown}", f"{said.en} {shown}".rstrip()))


def _against(problems: list[Problem]) -> Verification:
    return Verification(False, tuple(problems), ())
