"""A small law of our own for tests of judging: handing out a recording, none of it in a circular's words."""

from datetime import date, time

from tsutatsu.calendar import Counting, DailyWindow, Period, Unit
from tsutatsu.ir import (
    FORCE,
    AllOf,
    AnyOf,
    Changeable,
    Choice,
    Clock,
    ClockRef,
    Concept,
    Day,
    Directive,
    Due,
    Header,
    Hour,
    Is,
    Judgement,
    Kind,
    Lift,
    Moment,
    Norm,
    Not,
    Op,
    OpenCase,
    Option,
    Person,
    Printed,
    Reading,
    ReadingSide,
    Records,
    Revision,
    Side,
    Some,
    Strength,
    Term,
    TermRef,
    Test,
    Text,
    Truth,
    Whole,
    Words,
)


def _choice(**options: str) -> Choice:
    return Choice(tuple(Option(name, Words(label, name)) for name, label in options.items()))


TERMS = (
    Term(
        "purpose",
        Words("目的", "purpose"),
        _choice(inquiry="捜査", teaching="教養", other="その他"),
        Words("目的は何か。", "For what purpose?"),
        "申請者",
    ),
    Term(
        "form",
        Words("申請書", "form"),
        Truth(),
        Words("申請書は出されたか。", "Was the form submitted?"),
        "申請者",
        Changeable.ANYTIME,
    ),
    Term(
        "decider",
        Words("決定者", "decider"),
        _choice(manager="管理者", chief="主任者", clerk="係員"),
        changeable=Changeable.BEFORE,
    ),
    Term("given_at", Words("提供日時", "time of provision"), Moment()),
    Term("approved_on", Words("承認日", "day of approval"), Day(), changeable=Changeable.BEFORE),
    Term("viewer", Words("閲覧者", "viewer"), Person()),
    Term("witness", Words("立会人", "witness"), Person(), changeable=Changeable.ANYTIME, changed_by="管理者"),
    Term("presence", Words("立会い", "presence"), _choice(throughout="終始", part="一部"), presumed="throughout"),
    Term("copies", Words("部数", "copies"), Whole(Words("部", "copies"), 0, 100), changeable=Changeable.ANYTIME),
    Term("made_on", Words("作成日", "day of making"), Day()),
    Term("edited", Words("編集", "edited"), Truth()),
    Term("files", Words("ファイル", "files"), Records(("made_on", "edited"))),
    Term("hour", Words("時刻", "hour"), Hour()),
    Term("note", Words("備考", "note"), Text()),
    Term("reported_on", Words("報告日", "day of report"), Day()),
    Term("special", Words("特別な事情", "special circumstances"), Truth()),
    Term(
        "lawful_purpose",
        Words("正当な目的", "lawful purpose"),
        Truth(),
        derived=Test("purpose", Op.IN, ("inquiry", "teaching")),
    ),
)
CLOCKS = (
    Clock(FORCE, Words("効力"), date(2025, 1, 1), end=date(2025, 12, 31)),
    Clock("keep", Words("保存"), "made_on", Counting.INCLUSIVE, Period(90, Unit.DAY)),
    Clock("duty", Words("当直"), window=DailyWindow(time(17, 15), time(8, 30))),
    Clock("report", Words("報告期限"), "approved_on", Counting.EXCLUSIVE, Period(3, Unit.DAY)),
)
READINGS = (
    Reading(
        "認定",
        "第2",
        Words("認定は要るか。", "Is a finding needed?"),
        (ReadingSide("甲", Words("要らない")), ReadingSide("乙", Words("要る"))),
    ),
    Reading(
        "職務代行",
        "第3",
        Words("代行でよいか。"),
        (ReadingSide("可", Words("よい")), ReadingSide("否", Words("よくない"))),
    ),
)
CONCEPTS = (
    Concept(
        "decider",
        Words("決定権者"),
        "第3",
        Test("decider", Op.EQ, "manager"),
        (OpenCase(Test("decider", Op.EQ, "chief"), "職務代行", "可"),),
    ),
)


def norm(name: str, **how) -> Norm:
    """A hard duty in force with its circular, unless said otherwise."""
    given = {
        "kind": Kind.DUTY,
        "strength": Strength.HARD,
        "force": FORCE,
        "provision": f"第{len(name)}",
        "summary": Words(f"{name}の定め", f"rule {name}"),
    }
    return Norm(id=name, **{**given, **how})


NORMS = (
    norm("purpose", provision="第1", kept=Test("lawful_purpose", Op.EQ, True)),
    norm(
        "form",
        provision="第2",
        kept=Test("form", Op.EQ, True),
        lifts=(Lift("第2ただし書", AnyOf((Test("special", Op.EQ, True), Side("認定", "甲")))),),
    ),
    norm("decider", provision="第3", kept=Is("decider")),
    norm(
        "witness",
        provision="第4",
        kept=AllOf((Test("witness", Op.DIFFERENT, TermRef("viewer")), Test("presence", Op.EQ, "throughout"))),
    ),
    norm("approved", provision="第5", kept=Test("approved_on", Op.LE, TermRef("on"))),
    norm("copies", provision="第6", kind=Kind.EFFORT, strength=Strength.SOFT, kept=Test("copies", Op.LE, 2)),
    norm(
        "fresh",
        provision="第7",
        kind=Kind.BAN,
        kept=Test("on", Op.WITHIN, ClockRef("keep")),
        when=Test("made_on", Op.PRESENT),
    ),
    norm("unedited", provision="第8", kind=Kind.BAN, kept=Not(Test("edited", Op.EQ, True))),
    norm(
        "report",
        provision="第9",
        bearer="主任者",
        when=Test("given_at", Op.WITHIN, ClockRef("duty")),
        kept=AllOf((Test("reported_on", Op.PRESENT), Not(Test("reported_on", Op.AFTER, ClockRef("report"))))),
        pending=AllOf((Not(Test("reported_on", Op.PRESENT)), Not(Test("on", Op.AFTER, ClockRef("report"))))),
        due=Due("reported_on", "approved_on", "report"),
    ),
    norm("any-edited", provision="第10", kind=Kind.BAN, kept=Not(Some("files", Test("edited", Op.EQ, True)))),
    norm("on-the-day", provision="第11", day="approved_on", kept=Test("copies", Op.LT, 10)),
)
JUDGEMENTS = (
    Judgement("purpose", Words("目的の当否", "purpose"), ("purpose",)),
    Judgement("give", Words("提供", "provision"), ("purpose", "form", "decider", "approved", "copies", "report")),
    Judgement("view", Words("閲覧", "viewing"), ("witness",)),
    Judgement("erase", Words("消去", "erasing"), ("fresh", "unedited"), unit="files"),
    Judgement("batch", Words("一括", "batch"), ("any-edited",)),
    Judgement("teach", Words("教養利用", "teaching"), ("purpose", "form"), act=(("purpose", "teaching"),)),
    Judgement("formal", Words("様式"), ("form",)),
    Judgement("dated", Words("基準日"), ("on-the-day",), day="approved_on"),
)


def law(**changes) -> Directive:
    """The law of these tests."""
    parts = {
        "id": "provision",
        "header": Header(
            Words("記録の提供について", "On provision"), Printed("令和6年12月20日", date(2024, 12, 20)), "局長", "第7号"
        ),
        "revision": Revision(1, date(2024, 12, 25)),
        "terms": TERMS,
        "clocks": CLOCKS,
        "concepts": CONCEPTS,
        "readings": READINGS,
        "norms": NORMS,
        "judgements": JUDGEMENTS,
    }
    return Directive(**{**parts, **changes})


ON = date(2025, 6, 1)
GOOD = {
    "purpose": "inquiry", "form": True, "decider": "manager", "approved_on": "2025-05-30", "copies": 1,
    "given_at": "2025-05-31T10:00", "reported_on": None, "special": False,
}  # fmt: skip
