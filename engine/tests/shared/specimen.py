"""One small directive, invented for tests, that uses every node of the kernel, every type and every operator."""

from dataclasses import replace
from datetime import date, datetime, time

from tsutatsu.calendar import Counting, DailyWindow, Period, Unit
from tsutatsu.ir import (
    ALWAYS,
    FORCE,
    NEVER,
    TODAY,
    AllOf,
    Amended,
    AnyOf,
    Carried,
    Changeable,
    Choice,
    Citation,
    Clock,
    ClockRef,
    Concept,
    Condition,
    Day,
    Directive,
    Due,
    Each,
    Guide,
    Header,
    Hour,
    Is,
    Judgement,
    Kind,
    Length,
    Lift,
    Local,
    Measure,
    Moment,
    Moved,
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
    Stands,
    Strength,
    Superseded,
    Term,
    TermRef,
    Test,
    Text,
    Transition,
    Truth,
    Type,
    Whole,
    Words,
)
from tsutatsu.source import Source


def _choice(*options: tuple[str, str, str], ordered: bool = False) -> Choice:
    return Choice(tuple(Option(name, Words(ja, en)) for name, ja, en in options), ordered)


def _term(name: str, ja: str, en: str, kind: Type, **more: object) -> Term:
    return replace(Term(name, Words(ja, en), kind, source=Source("vocabulary.yaml", 3, 5)), **more)  # type: ignore[arg-type]


TERMS = (
    _term(
        "visit.time_band",
        "訪問の時間帯",
        "time band of the visit",
        _choice(("day", "昼間", "daytime"), ("night", "夜間", "night")),
        question=Words("訪問は昼間か夜間か。", "Is the visit by day or by night?"),
        answered_by="受持警察官",
        changeable=Changeable.BEFORE,
        changed_by="受持警察官",
    ),
    _term(
        "approver.post",
        "承認者の職",
        "approver's post",
        _choice(
            ("chief", "課長", "section chief"),
            ("deputy", "課長代理", "deputy section chief"),
            ("other", "その他", "other"),
        ),
    ),
    _term(
        "visitor.rank",
        "訪問者の階級",
        "visitor's rank",
        _choice(
            ("r1", "巡査", "officer"),
            ("r2", "巡査部長", "sergeant"),
            ("r3", "警部補", "assistant inspector"),
            ("r4", "警部", "inspector"),
            ordered=True,
        ),
    ),
    _term("acting.order", "職務代行命令", "order to act as deputy", Truth(), changeable=Changeable.ANYTIME),
    _term("consent", "居住者の同意", "resident's consent", Truth(), presumed=True),
    _term("urgent", "急を要すること", "urgency", Truth(), derived=Test("delay", Op.GT, 5)),
    _term("delay", "遅れ", "delay", Length("day")),
    _term("count", "枚数", "number of sheets", Whole(Words("枚", "sheets"), 0, 100)),
    _term("quota", "上限の枚数", "allowed number of sheets", Whole(Words("枚", "sheets"))),
    _term("made.day", "作成日", "day made", Day()),
    _term("report.day", "報告日", "day of the report", Day()),
    _term("given.at", "提供日時", "moment of provision", Moment()),
    _term("start.at", "開始時刻", "starting time", Hour()),
    _term("ground", "根拠", "ground", Text()),
    _term("viewer", "閲覧者", "viewer", Person()),
    _term("witness", "立会人", "witness", Person()),
    _term("files", "映像の一覧", "list of footage", Records(("file.kind", "file.edited"))),
    _term(
        "file.kind", "映像の種別", "kind of footage", _choice(("still", "静止画", "still"), ("video", "動画", "video"))
    ),
    _term("file.edited", "編集の有無", "edited", Truth()),
)

CLOCKS = (
    Clock(FORCE, Words("効力", "effect"), date(2024, 9, 13), end=date(2030, 3, 31)),
    Clock("keeping", Words("保存期間", "keeping period"), "made.day", Counting.INCLUSIVE, Period(90, Unit.DAY)),
    Clock("duty", Words("当直時間帯", "duty hours"), window=DailyWindow(time(17, 30), time(8, 30))),
    Clock("hours", Words("報告の時間", "time to report"), "given.at", Counting.INSTANT, Period(24, Unit.HOUR)),
    Clock("late", Words("年度末", "end of the fiscal year"), end=date(2026, 3, 31)),
)

NIGHT = Test("visit.time_band", Op.EQ, "night", Source("norms/1.yaml", 7, 9))
CHIEF = Test("approver.post", Op.EQ, "chief")
PROPER = Is("proper")
LATE = Test("delay", Op.LT, 5)

CONDITIONS: dict[str, Condition] = {
    "always": ALWAYS,
    "never": NEVER,
    "eq-choice": NIGHT,
    "eq-true": Test("consent", Op.EQ, True),
    "eq-false": Test("consent", Op.EQ, False),
    "eq-whole": Test("count", Op.EQ, 3),
    "eq-day": Test("made.day", Op.EQ, date(2025, 1, 10)),
    "eq-moment": Test("given.at", Op.EQ, datetime.fromisoformat("2025-01-10T22:05")),
    "eq-hour": Test("start.at", Op.EQ, time(22, 0)),
    "eq-text": Test("ground", Op.EQ, "令状"),
    "eq-term": Test("report.day", Op.EQ, TermRef("made.day")),
    "in-two": Test("approver.post", Op.IN, ("chief", "deputy")),
    "in-one": Test("approver.post", Op.IN, ("chief",)),
    "in-none": Test("approver.post", Op.IN, ()),
    "rank-at-least": Test("visitor.rank", Op.IN, ("r3", "r4")),
    "rank-at-most": Test("visitor.rank", Op.IN, ("r1", "r2")),
    "rank-scattered": Test("visitor.rank", Op.IN, ("r1", "r4")),
    "lt-length": LATE,
    "le-whole": Test("count", Op.LE, 10),
    "gt-whole": Test("count", Op.GT, 10),
    "ge-whole": Test("count", Op.GE, 10),
    "le-term": Test("count", Op.LE, TermRef("quota")),
    "lt-day": Test("report.day", Op.LT, date(2025, 1, 10)),
    "le-day": Test("report.day", Op.LE, date(2025, 1, 10)),
    "gt-moment": Test("given.at", Op.GT, datetime.fromisoformat("2025-01-10T00:00:30")),
    "ge-hour": Test("start.at", Op.GE, time(8, 30)),
    "gt-day-term": Test("report.day", Op.GT, TermRef("made.day")),
    "present": Test("witness", Op.PRESENT),
    "same": Test("viewer", Op.SAME, TermRef("witness")),
    "different": Test("viewer", Op.DIFFERENT, TermRef("witness")),
    "different-constant": Test("viewer", Op.DIFFERENT, "山田太郎"),
    "before-clock": Test("given.at", Op.BEFORE, ClockRef("keeping")),
    "within-clock": Test("given.at", Op.WITHIN, ClockRef("keeping")),
    "within-window": Test("given.at", Op.WITHIN, ClockRef("duty")),
    "after-clock": Test("given.at", Op.AFTER, ClockRef("late")),
    "is": PROPER,
    "side": Side("special", "甲"),
    "broken": Stands("night", broken=True),
    "kept": Stands("night", broken=False),
    "each": Each("files", Test("file.kind", Op.EQ, "still")),
    "each-of-two": Each("files", AllOf((Test("file.kind", Op.EQ, "still"), Test("file.edited", Op.EQ, False)))),
    "some": Some("files", Test("file.edited", Op.EQ, True)),
    "some-of-two": Some("files", AnyOf((Test("file.kind", Op.EQ, "still"), Test("file.edited", Op.EQ, False)))),
    "and": AllOf((NIGHT, CHIEF)),
    "or": AnyOf((NIGHT, CHIEF)),
    "and-of-three": AllOf((NIGHT, CHIEF, PROPER)),
    "or-of-three": AnyOf((NIGHT, CHIEF, PROPER)),
    "or-in-and": AllOf((NIGHT, AnyOf((CHIEF, PROPER)))),
    "and-in-or": AnyOf((AllOf((NIGHT, CHIEF)), LATE)),
    "threes-in-threes": AllOf((NIGHT, AnyOf((CHIEF, PROPER, AllOf((LATE, Test("witness", Op.PRESENT), NIGHT)))), LATE)),
    "single": AllOf((AnyOf((NIGHT,)),)),
    "each-in-and": AllOf((Each("files", Test("file.kind", Op.EQ, "still")), CHIEF)),
    "not-and": Not(AllOf((NIGHT, CHIEF))),
    "not-not": Not(Not(NIGHT)),
}
"""Conditions by what they show; each is told as it is and negated."""

NORMS = (
    Norm(
        "night",
        "第5/3/本文",
        Kind.DUTY,
        Strength.HARD,
        Words("夜間の訪問には課長の承認が要る。", "A visit by night needs the section chief's approval."),
        "受持警察官",
        force=FORCE,
        when=NIGHT,
        lifts=(Lift("第5/3/ただし書", AllOf((PROPER, LATE)), Words("急ぐとき", "when in haste")),),
        kept=CHIEF,
        source=Source("norms/1.yaml", 2, 3, "第5/3"),
    ),
    Norm(
        "no-erase",
        "要領案/第7/2/(6)/本文",
        Kind.BAN,
        Strength.HARD,
        Words("映像を消してはならない。", "Footage must not be erased."),
        day="made.day",
        force=FORCE,
        survives=Side("special", "乙"),
        when=Some("files", Test("file.edited", Op.EQ, True)),
        lifts=(Lift("要領案/第7/2/(6)/ただし書", Stands("night", broken=True)),),
        kept=NEVER,
    ),
    Norm(
        "report",
        "要領案/第7/2/(4)/後段",
        Kind.DUTY,
        Strength.HARD,
        Words("当直に提供したときは、後で報告する。", "What is provided in duty hours is reported afterwards."),
        "運用主任者",
        when=Test("given.at", Op.WITHIN, ClockRef("duty")),
        kept=Test("report.day", Op.PRESENT),
        pending=Not(Test(TODAY, Op.AFTER, ClockRef("keeping"))),
        due=Due("report.day", "given.at", prompt="速やか"),
    ),
    Norm(
        "hand-back",
        "第6/1",
        Kind.DUTY,
        Strength.HARD,
        Words("24時間のうちに返す。", "It is handed back in 24 hours."),
        kept=Test("report.day", Op.PRESENT),
        pending=Test("given.at", Op.WITHIN, ClockRef("hours")),
        due=Due("report.day", "given.at", clock="hours"),
    ),
    Norm(
        "only",
        "第8",
        Kind.PERMISSION,
        Strength.HARD,
        Words("警部補以上の者に限り見てよい。", "Only assistant inspectors and above may view it."),
        kept=Test("visitor.rank", Op.IN, ("r3", "r4")),
        limits=True,
    ),
    Norm(
        "care",
        "第9/なお書",
        Kind.EFFORT,
        Strength.SOFT,
        Words("居住者の都合に配るよう努める", "The resident's convenience should be minded"),
        kept=Test("consent", Op.EQ, True),
    ),
    Norm("may", "第10", Kind.DISCRETION, Strength.FREE, Words("訪問を省くことができる。"), when=Not(NIGHT)),
    Norm(
        "log",
        "第11",
        Kind.DUTY,
        Strength.HARD,
        Words("記録を残す。", "A record is kept."),
        due=Due("report.day"),
        kept=Test("report.day", Op.PRESENT),
        pending=NEVER,
    ),
)

DIRECTIVE = Directive(
    "specimen",
    Header(
        Words("見本の要領", "Specimen guidelines"),
        Printed("令和6年9月13日", date(2024, 9, 13)),
        "見本局長",
        "見本第1号",
        ("各見本長",),
        ("見本県",),
        "一種",
        Printed("令和6年9月13日", date(2024, 9, 13)),
        Printed("令和12年3月31日", date(2030, 3, 31)),
        5,
        Printed("令和12年3月31日", date(2030, 3, 31)),
        (Citation("見本第0号", Printed("令和6年3月29日", date(2024, 3, 29)), "旧見本"),),
    ),
    Revision(1, date(2026, 11, 20), "初版"),
    TERMS,
    CLOCKS,
    (
        Concept(
            "proper",
            Words("正当な承認者", "proper approver"),
            "第5/3",
            CHIEF,
            (
                OpenCase(
                    AllOf((Test("approver.post", Op.EQ, "deputy"), Test("acting.order", Op.EQ, True))), "special", "甲"
                ),
            ),
        ),
    ),
    (
        Reading(
            "special",
            "要領案/第7/2/(6)",
            Words("特別な事情の認定は要るか。", "Must special circumstances be found?"),
            (ReadingSide("甲", Words("要らない", "not needed")), ReadingSide("乙", Words("要る", "needed"))),
        ),
        Reading(
            "settled",
            "第2",
            Words("範囲は広いか。", "Is the scope wide?"),
            (ReadingSide("甲", Words("広い", "wide")), ReadingSide("乙", Words("狭い", "narrow"))),
            taken="乙",
            decided_by="見本課長",
            decided_on=date(2025, 4, 1),
        ),
    ),
    NORMS,
    (
        Judgement(
            "visit",
            Words("夜間の訪問", "visit by night"),
            ("night", "care"),
            (("visit.time_band", "night"),),
            source=Source("judgements.yaml", 2, 5),
        ),
        Judgement("erase", Words("映像の消去", "erasing footage"), ("no-erase",), unit="files"),
    ),
    Superseded("specimen-2", date(2029, 4, 1), date(2029, 3, 31)),
    Source("directive.yaml", 1, 1),
)

LOCAL = Local(
    "sample-force",
    Words("見本県警察", "Sample Prefecture Police"),
    "見本県警察本部長",
    date(2024, 10, 1),
    Words("見本の要綱", "sample rules"),
    True,
    (
        Measure(
            "visit.time_band",
            (
                Guide("night", Test("start.at", Op.GE, time(20, 0))),
                Guide("day", AllOf((Test("start.at", Op.GE, time(8, 0)), Test("start.at", Op.LT, time(17, 0))))),
            ),
        ),
    ),
    ("night",),
    (Moved("keeping", Period(120, Unit.DAY)),),
    ("special",),
)
AMENDED = replace(
    DIRECTIVE,
    amended=(Amended("specimen-1", date(2025, 4, 1), date(2025, 4, 1), Words("見本の改正"), "見本第5号"),),
    transitions=(
        Transition(
            date(2024, 4, 1),
            "見回り",
            (Carried("予定", "planned"),),
            norms=(Carried("old", "new"),),
            ending=("備考",),
            when=Test("special", Op.EQ, True),
            provision="附則/2",
            summary=Words("移す。"),
        ),
    ),
)
"""The same as another circular that amends it leaves it, with a clause on the cases of its own earlier issue."""
OVERLAID = replace(DIRECTIVE, local=LOCAL)
"""The same with what a force has laid down over it."""
