"""This project, through its public door: the policy in ``law/``, loaded as any law is, judged as any caller judges."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contender import Contender
from growing import broken_by_hand, drawn, write_law
from work import REFUSALS, RULES, Case, Outcome, cases, oracle

from tsutatsu.bundle import Bundle
from tsutatsu.ir import Standing, Words
from tsutatsu.judging import Answer, Judge, judge
from tsutatsu.judging.parts import DutyState

LAW = Path(__file__).resolve().parent.parent / "law"
DIRECTIVE, JUDGEMENT = "footage", "provide"
ON = date(2025, 8, 1)
NOT_YET = {"record.day": None, "report.day": None}
ARISING = frozenset({DutyState.ARISES, DutyState.OPEN})

Asked = tuple[dict[str, Any], date]


def the_judge() -> Judge:
    """The judge of the benchmark's policy."""
    return Judge(Bundle.load(LAW).at(DIRECTIVE, ON), JUDGEMENT)


def outcome_of(answer: Answer) -> Outcome:
    """What a whole answer comes to, read from its reasons and duties."""
    rules = {one.norm for one in answer.reasons if one.standing is Standing.FREE}
    rules |= {one.norm for one in answer.reasons if one.standing is Standing.BROKEN and one.norm in REFUSALS}
    rules |= {one.norm for one in answer.duties if one.state in ARISING}
    return Outcome(answer.verdict.value == "permitted", frozenset(rules))


def asked(case: Case, **more: Any) -> Asked:
    """The facts by term, and the day."""
    return {**case.flat(), **more}, case.as_of


def read_whole(answer: Answer) -> Answer:
    """Everything an answer holds at once: verdict, reasons with provisions, duties, what is unknown."""
    _ = answer.verdict, answer.reasons, answer.duties, answer.unknown
    return answer


def _whole(engine: str, **more: Any) -> Callable[[], Contender]:
    def make() -> Contender:
        ask = the_judge().ask

        def call(given: Asked) -> Answer:
            answer = ask(given[0], on=given[1], engine=engine)
            _ = answer.verdict, answer.reasons, answer.duties, answer.unknown
            return answer

        return Contender(call, [asked(case, **more) for case in cases()], outcome_of)

    return make


def _by_name() -> Contender:
    bundle = Bundle.load(LAW)

    def call(given: Asked) -> Answer:
        return read_whole(judge(bundle, "映像の提供", given[0], on=given[1]))

    return Contender(call, [asked(case) for case in cases()], outcome_of)


def _in_japanese() -> Contender:
    """Facts by their Japanese labels and the labels of their options, as an officer's form would give them."""
    judge_ = the_judge()
    terms = {term.id: term for term in judge_.directive.terms}

    def label(term: str, value: Any) -> Any:
        options = {one.id: one.words.ja for one in getattr(terms[term].type, "options", ())}
        return options.get(value, value) if isinstance(value, str) else value

    def said(given: Asked) -> Asked:
        return {terms[term].words.ja: label(term, value) for term, value in given[0].items()}, given[1]

    def call(given: Asked) -> Answer:
        return read_whole(judge_.ask(given[0], on=given[1]))

    return Contender(call, [said(asked(case)) for case in cases(2_000)], outcome_of)


def _more_than_needed() -> Contender:
    """Facts of the same circular that this judgement does not look at, given with the rest."""
    judge_ = the_judge()
    ask = Judge(judge_.directive, "provide-decided").ask

    def call(given: Asked) -> Answer:
        return read_whole(ask(given[0], on=given[1]))

    return Contender(call, [asked(case) for case in cases(4_000)], None)


def _half_known() -> Contender:
    """A tenth of the facts missing. The oracle knows no unknown, so the agreement of our engines is the check."""
    from random import Random

    rng, ask = Random(5), the_judge().ask

    def call(given: Asked) -> Answer:
        return read_whole(ask(given[0], on=given[1]))

    items = [asked(case) for case in cases()]
    return Contender(call, [({k: v for k, v in facts.items() if rng.random() >= 0.1}, on) for facts, on in items], None)


def codes(answer: Answer) -> dict[str, Any]:
    """An answer as a service would send it: in codes, sentences left to who reads it."""
    return {
        "verdict": answer.verdict.value,
        "reasons": [(one.norm, one.provision, one.standing.value) for one in answer.reasons],
        "duties": [(one.norm, one.state.value, one.by) for one in answer.duties],
        "unknown": [one.term for one in answer.unknown],
    }


def _outcome_of_codes(found: dict[str, Any]) -> Outcome:
    rules = {norm for norm, _, standing in found["reasons"] if standing == Standing.FREE}
    rules |= {norm for norm, _, standing in found["reasons"] if standing == Standing.BROKEN and norm in REFUSALS}
    rules |= {norm for norm, state, _ in found["duties"] if DutyState(state) in ARISING}
    return Outcome(found["verdict"] == "permitted", frozenset(rules))


def _json(engine: str) -> Callable[[], Contender]:
    def make() -> Contender:
        import orjson

        ask, loads, dumps = the_judge().ask, orjson.loads, orjson.dumps

        def call(text: bytes) -> bytes:
            facts = loads(text)
            on = date.fromisoformat(facts.pop("as_of"))
            return dumps(codes(ask(facts, on=on, engine=engine)))

        items = [orjson.dumps({**case.flat(), "as_of": case.as_of}) for case in cases()]
        return Contender(call, items, lambda text: _outcome_of_codes(loads(text)))

    return make


def _to_dict() -> Contender:
    """The whole answer as JSON carries it: both languages, lawful path, receipt, everything computed."""
    ask = the_judge().ask

    def call(given: Asked) -> Any:
        return ask(given[0], on=given[1]).to_dict()

    def outcome(found: Any) -> Outcome:
        standing = {one["norm"]: one["standing"]["possible"] for one in found["reasons"]}
        rules = {norm for norm, possible in standing.items() if possible == ["free"]}
        rules |= {norm for norm, possible in standing.items() if possible == ["broken"] and norm in REFUSALS}
        rules |= {one["norm"] for one in found["duties"] if one["state"] in ("arises", "open")}
        return Outcome(found["verdict"]["code"] == "permitted", frozenset(rules))

    return Contender(call, [asked(case) for case in cases(200)], outcome)


def _growing(size: int, engine: str = "both") -> Contender:
    """A judgement of ``size`` norms over twenty facts."""
    with TemporaryDirectory() as folder:
        write_law(Path(folder), size)
        ask = Judge(Bundle.load(Path(folder)).at("grown", ON), "grown").ask
    items = drawn(size)

    def call(facts: dict[str, Any]) -> Answer:
        return read_whole(ask(facts, on=ON, engine=engine))

    for facts in items[:20]:
        told = [one.norm for one in call(facts).reasons if one.standing is Standing.BROKEN]
        assert sorted(told) == sorted(broken_by_hand(size, facts)), "a judgement that grew wrong"
    return Contender(call, items, None)


def _circulars(count: int) -> Contender:
    """The work again, among ``count`` circulars of its kind; asked by name, so that finding it counts."""
    (one,) = Bundle.load(LAW).directives
    judgement = one.judgement[JUDGEMENT]
    others = [
        replace(
            one,
            id=f"other-{number}",
            header=replace(one.header, number=f"架地発第{number + 2}号"),
            judgements=(replace(judgement, words=Words(f"映像の提供その{number}", f"providing footage, {number}")),),
        )
        for number in range(count - 1)
    ]
    bundle = Bundle.of([one, *others])

    def call(given: Asked) -> Answer:
        return read_whole(judge(bundle, "映像の提供", given[0], on=given[1]))

    return Contender(call, [asked(case) for case in cases()], outcome_of)


__all__ = ["CONTENDERS", "NOT_YET", "RULES", "asked", "cases", "oracle", "outcome_of", "read_whole", "the_judge"]

CONTENDERS = {
    "ours, both engines": _whole("both"),
    "ours, compiled alone": _whole("compiled"),
    "ours, rete alone": _whole("rete"),
    "ours, compiled alone, nothing unknown": _whole("compiled", **NOT_YET),
    "ours, both engines, by name": _by_name,
    "ours, both engines, Japanese labels": _in_japanese,
    "ours, both engines, more facts than needed": _more_than_needed,
    "ours, both engines, a tenth missing": _half_known,
    "ours, compiled alone, JSON in and out": _json("compiled"),
    "ours, both engines, JSON in and out": _json("both"),
    "ours, both engines, to_dict": _to_dict,
    "growing": _growing,
    "circulars": _circulars,
}
