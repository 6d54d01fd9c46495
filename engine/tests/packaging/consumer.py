"""What a user's own program looks like to a type checker: every public name is known, and none of it is unknown."""

from datetime import date

from tsutatsu import (
    Answer,
    Bundle,
    Diagnostic,
    EnginesDisagree,
    Judge,
    Question,
    Refused,
    Standing,
    Verdict,
    judge,
    verify,
)


def told(law: Bundle, name: str, facts: dict[str, object], on: date) -> str:
    """The answer in a line, or what to mend."""
    try:
        answer: Answer = judge(law, name, facts, on=on, question=Question.MAY)
    except Refused as refused:
        findings: tuple[Diagnostic, ...] = tuple(refused.findings)
        return "\n".join(f"{one.where}: {one.en}" for one in findings)
    except EnginesDisagree as fault:
        return f"{fault.pair.judgement}: {fault}"
    if answer.verdict is Verdict.PERMITTED:
        return "permitted"
    broken: list[str] = [one.provision for one in answer.reasons if one.standing & Standing.BROKEN]
    asked: list[str] = [one.question.say("en") for one in answer.questions]
    return ", ".join([answer.verdict.value, *broken, *asked])


def stored(answer: Answer) -> dict[str, object]:
    """The answer as JSON."""
    payload: dict[str, object] = answer.to_dict()
    receipt: dict[str, object] = answer.receipt.to_dict()
    return {**payload, "receipt": receipt}


def redone(answer: Answer, facts: dict[str, object], law: Bundle) -> bool:
    """Whether the answer comes out again."""
    return verify(answer.receipt, facts, law).ok and verify(answer.receipt.to_dict(), facts, law).ok


def often(asked: Judge, many: list[dict[str, object]], on: date) -> list[Verdict]:
    """One judgement asked many times."""
    return [asked.ask(facts, on=on, question="order").verdict for facts in many]


def shipped() -> Bundle:
    """The law that comes with the package."""
    return Bundle.default()
