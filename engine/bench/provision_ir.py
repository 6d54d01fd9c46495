"""The footage-provision work as the kernel holds it: twelve norms, the outcomes of ``by_hand_with_reasons``.

A benchmark's simplification, not the law. Run as a program, it prints the compiled engine's cost as ratios to the
hand-written functions of the same run.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from tsutatsu.calendar import Counting, Period, Unit
from tsutatsu.ir import (
    FORCE,
    TODAY,
    AllOf,
    AnyOf,
    Choice,
    Clock,
    ClockRef,
    Day,
    Directive,
    Due,
    Header,
    Judgement,
    Kind,
    Norm,
    Not,
    Op,
    Option,
    Person,
    Printed,
    Revision,
    Strength,
    Term,
    Test,
    Text,
    Truth,
    Type,
    Words,
)

LAWFUL = ("criminal_investigation", "traffic_accident", "missing_person")
PURPOSES = (*LAWFUL, "other_law", "media_request")
CATEGORIES = ("scene", "vehicle", "person", "crowd", "interview")
LISTED = CATEGORIES[:4]
DECIDERS = ("manager", "chief", "clerk")
ROLES = ("investigator", "prosecutor", "clerk", "citizen")
OUTPUTS = ("still", "external_media", "live_view")
FIRST, LAST = date(2024, 9, 13), date(2030, 3, 31)


def _choice(*ids: str) -> Choice:
    return Choice(tuple(Option(one, Words(f"{one}（選択）")) for one in ids))


def _term(name: str, kind: Type) -> Term:
    return Term(name, Words(f"用語 {name}"), kind)


TERMS = (
    _term("requester.role", _choice(*ROLES)),
    _term("requester.id", Person()),
    _term("purpose", _choice(*PURPOSES)),
    _term("legal_basis", Text()),
    _term("request_form.submitted", Truth()),
    _term("request_form.fields_complete", Truth()),
    _term("output", _choice(*OUTPUTS)),
    _term("material_category", _choice(*CATEGORIES)),
    _term("decision_maker.role", _choice(*DECIDERS)),
    _term("duty_hours", Truth()),
    _term("file.created", Day()),
    _term("file.edited", Truth()),
    _term("record.entered", Day()),
    _term("report.made", Day()),
)


def _norm(name: str, kept: object, when: object = None, *, kind: Kind = Kind.BAN, due: Due | None = None) -> Norm:
    extra = {} if when is None else {"when": when}
    return Norm(
        name, f"第7/{name}", kind, Strength.HARD, Words(f"要約 {name}"), force=FORCE, kept=kept, due=due, **extra,  # type: ignore[arg-type]
    )  # fmt: skip


_OTHER_LAW = Test("purpose", Op.EQ, "other_law")
_CHIEF_IN_DUTY_HOURS = AllOf((Test("decision_maker.role", Op.EQ, "chief"), Test("duty_hours", Op.EQ, True)))

NORMS = (
    _norm("purpose", Test("purpose", Op.IN, (*LAWFUL, "other_law"))),
    _norm("legal-basis", Test("legal_basis", Op.PRESENT), _OTHER_LAW, kind=Kind.DUTY),
    _norm("form", Test("request_form.submitted", Op.EQ, True), kind=Kind.DUTY),
    _norm(
        "form-complete",
        Test("request_form.fields_complete", Op.EQ, True),
        Test("request_form.submitted", Op.EQ, True),
        kind=Kind.DUTY,
    ),
    _norm("category", Test("material_category", Op.IN, LISTED), kind=Kind.PERMISSION),
    _norm("decider", AnyOf((Test("decision_maker.role", Op.EQ, "manager"), _CHIEF_IN_DUTY_HOURS)), kind=Kind.DUTY),
    _norm("ninety-days", Not(Test(TODAY, Op.AFTER, ClockRef("keeping")))),
    _norm("no-edit", Test("file.edited", Op.EQ, False)),
    _norm("output", Test("output", Op.IN, ("still", "external_media")), kind=Kind.PERMISSION),
    _norm("requester", AllOf((Test("requester.id", Op.PRESENT), Not(Test("requester.role", Op.EQ, "citizen"))))),
    _norm("record", Test("record.entered", Op.PRESENT), kind=Kind.DUTY, due=Due("record.entered")),
    _norm("report", Test("report.made", Op.PRESENT), _CHIEF_IN_DUTY_HOURS, kind=Kind.DUTY, due=Due("report.made")),
)

DIRECTIVE = Directive(
    "bench",
    Header(
        Words("映像ファイルの提供（計測用）", "footage provision (benchmark)"),
        Printed("令和6年9月13日", FIRST),
        "計測",
        "第0号",
    ),
    Revision(1, FIRST),
    TERMS,
    (
        Clock(FORCE, Words("効力"), FIRST, end=LAST),
        Clock("keeping", Words("保存期間"), "file.created", Counting.INCLUSIVE, Period(90, Unit.DAY)),
    ),
    (),
    (),
    NORMS,
    (Judgement("provide", Words("映像ファイルの提供"), tuple(norm.id for norm in NORMS)),),
)
JUDGEMENT = DIRECTIVE.judgements[0]


def draw(seed: int, count: int, missing: float = 0.0) -> list[tuple[dict[str, object], date]]:
    """Plain facts with the day they are asked for; the same seed draws the same."""
    rng = Random(seed)
    found = []
    for _ in range(count):
        on = date(2025, 1, 1) + timedelta(rng.randrange(200))
        purpose = rng.choice(PURPOSES)
        raw: dict[str, object] = {
            "requester.role": rng.choice(ROLES),
            "requester.id": f"P-{rng.randrange(10_000)}",
            "purpose": purpose,
            "legal_basis": "Code of Criminal Procedure 197(2)" if rng.random() < 0.6 else None,
            "request_form.submitted": rng.random() < 0.8,
            "request_form.fields_complete": rng.random() < 0.8,
            "output": rng.choice(OUTPUTS),
            "material_category": rng.choice(CATEGORIES),
            "decision_maker.role": rng.choice(DECIDERS),
            "duty_hours": rng.random() < 0.5,
            "file.created": on - timedelta(rng.randrange(130)),
            "file.edited": rng.random() < 0.2,
            "record.entered": on if rng.random() < 0.5 else None,
            "report.made": None,
        }
        found.append(({key: value for key, value in raw.items() if rng.random() >= missing}, on))
    return found


def by_hand(raw: Mapping[str, object], on: date) -> bool:
    """Whether the footage may be provided: the least that can be written."""
    purpose, decider, created = raw["purpose"], raw["decision_maker.role"], raw["file.created"]
    assert isinstance(created, date)
    return not (
        (purpose not in LAWFUL and purpose != "other_law")
        or (purpose == "other_law" and raw["legal_basis"] is None)
        or not raw["request_form.submitted"]
        or not raw["request_form.fields_complete"]
        or raw["material_category"] not in LISTED
        or not (decider == "manager" or (decider == "chief" and raw["duty_hours"]))
        or (on - created).days > 89
        or raw["file.edited"]
        or raw["output"] == "live_view"
        or raw["requester.role"] == "citizen"
    )


def by_hand_with_reasons(raw: Mapping[str, object], on: date) -> tuple[bool, list[str], list[str]]:
    """The same with every reason and the duties that arise."""
    denied: list[str] = []
    duties = [] if raw["record.entered"] is not None else ["record"]
    purpose = raw["purpose"]
    if purpose == "other_law":
        if raw["legal_basis"] is None:
            denied.append("legal-basis")
    elif purpose not in LAWFUL:
        denied.append("purpose")
    if not raw["request_form.submitted"]:
        denied.append("form")
    elif not raw["request_form.fields_complete"]:
        denied.append("form-complete")
    if raw["material_category"] not in LISTED:
        denied.append("category")
    decider = raw["decision_maker.role"]
    if decider == "chief" and raw["duty_hours"]:
        if raw["report.made"] is None:
            duties.append("report")
    elif decider != "manager":
        denied.append("decider")
    created = raw["file.created"]
    if (on - created).days > 89:  # type: ignore[operator]
        denied.append("ninety-days")
    if raw["file.edited"]:
        denied.append("no-edit")
    if raw["output"] == "live_view":
        denied.append("output")
    if raw["requester.id"] is None or raw["requester.role"] == "citizen":
        denied.append("requester")
    return not denied, denied, duties


def main() -> None:
    """Print what the compiled engine costs beside functions written by hand."""
    from statistics import median
    from time import perf_counter_ns

    from tsutatsu.backends.compiled import Compiled

    def cost(function: object, cases: list[tuple[dict[str, object], date]]) -> float:
        found = []
        for _ in range(15):
            start = perf_counter_ns()
            for raw, on in cases:
                function(raw, on)  # type: ignore[operator]
            found.append((perf_counter_ns() - start) / len(cases) / 1000)
        return median(found)

    cases, partial = draw(1, 10_000), draw(2, 10_000, missing=0.1)
    written = [
        ({key: value.isoformat() if isinstance(value, date) else value for key, value in raw.items()}, on)
        for raw, on in cases
    ]
    engine = Compiled(DIRECTIVE, JUDGEMENT)
    wrong = 0
    for raw, on in cases:
        quick = engine.quick(raw, on)
        assert quick is not None
        broken = [n.id for n, s in zip(NORMS, quick.standings, strict=True) if s == 32 and n.due is None]
        wrong += broken != by_hand_with_reasons(raw, on)[1]
    assert not wrong, wrong
    typed = [({**raw, TODAY: on}, {}) for raw, on in cases]
    base = cost(by_hand_with_reasons, cases)
    print(f"by hand, with reasons      {base:6.2f} µs  1.00")
    for label, function, drawn in (
        ("by hand, verdict only", by_hand, cases),
        ("quick, all facts", engine.quick, cases),
        ("quick, days as text", engine.quick, written),
        ("quick, a tenth missing", engine.quick, partial),
        ("standings, typed facts", engine.standings, typed),
    ):
        spent = cost(function, drawn)  # type: ignore[arg-type]
        print(f"{label:26} {spent:6.2f} µs  {spent / base:.2f}")
    start = perf_counter_ns()
    for _ in range(50):
        fresh = Compiled(DIRECTIVE, JUDGEMENT)
        fresh.quick(*cases[0])
    print(
        f"lower, write and compile   {(perf_counter_ns() - start) / 50_000:6.0f} µs, to the first answer on whole facts"
    )


if __name__ == "__main__":
    main()
