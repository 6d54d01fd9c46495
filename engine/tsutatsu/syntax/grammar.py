"""The files of a directive, key by key."""

from tsutatsu.syntax.shapes import (
    Bilingual,
    Clause,
    ClockTime,
    Constant,
    Either,
    FactTable,
    Field,
    Flag,
    Free,
    ListOf,
    Name,
    Number,
    OneOf,
    PrintedDay,
    Record,
    Span,
    TableOf,
)

_TEXT, _WORDS, _DAY, _NUMBER, _FLAG, _CLAUSE = Free(), Bilingual(), PrintedDay(), Number(), Flag(), Clause()

DIRECTIVE = Record(
    "directive",
    (
        Field("title", _TEXT, True),
        Field("en", _TEXT, True),
        Field(
            "issued",
            Record("issued", (Field("day", _DAY, True), Field("issuer", _TEXT, True), Field("number", _TEXT, True))),
            True,
        ),
        Field("addressees", ListOf(_TEXT)),
        Field("scope", Record("scope", (Field("body_kinds", ListOf(_TEXT)),))),
        Field("effect", Record("effect", (Field("kind", _TEXT), Field("from", _DAY), Field("until", _DAY)))),
        Field("retention", Record("retention", (Field("years", _NUMBER), Field("until", _DAY)))),
        Field(
            "repeals",
            ListOf(
                Record("citation", (Field("number", _TEXT, True), Field("day", _DAY, True), Field("heading", _TEXT)))
            ),
        ),
        Field("caveats", ListOf(Name("reading"))),
        Field(
            "after_end",
            Record(
                "after_end",
                (
                    Field("surviving", ListOf(Name("norm")), True),
                    Field("start", Name("term"), True),
                    Field("reading", Name("side"), True),
                ),
            ),
        ),
        Field(
            "encoding",
            Record("encoding", (Field("revision", _NUMBER, True), Field("day", _DAY, True), Field("note", _TEXT))),
            True,
        ),
    ),
)

TYPE = Either(
    (
        OneOf(("truth", "day", "moment", "time", "text", "person", "post", "rank")),
        Record(
            "type",
            (
                Field("choice", TableOf(_WORDS, "option")),
                Field("other", _FLAG),
                Field("absent", _FLAG),
                Field("post", ListOf(_TEXT)),
                Field(
                    "integer",
                    Either(
                        (
                            _TEXT,
                            Record(
                                "integer", (Field("unit", _WORDS, True), Field("low", _NUMBER), Field("high", _NUMBER))
                            ),
                        )
                    ),
                ),
                Field("length", _TEXT),
                Field("records", ListOf(Name("term"))),
            ),
        ),
    )
)

TERM = Record(
    "term",
    (
        Field("name", _TEXT, True),
        Field("en", _TEXT),
        Field("type", TYPE, True),
        Field("question", _WORDS),
        Field("answered_by", _TEXT),
        Field("changeable", OneOf(("before_act", "anytime", "never"))),
        Field("changed_by", _TEXT),
        Field("presumed", Constant()),
        Field("derived", _CLAUSE),
    ),
)

CONCEPT = Record(
    "concept",
    (
        Field("en", _TEXT),
        Field("provision", _TEXT, True),
        Field("met", _CLAUSE),
        Field(
            "open",
            ListOf(Record("open", (Field("when", _CLAUSE, True), Field("point", Name("side"), True)))),
        ),
    ),
)

CLOCK = Record(
    "clock",
    (
        Field("en", _TEXT),
        Field("start", Either((_DAY, Name("term")))),
        Field("counting", OneOf(("inclusive", "exclusive", "instant"))),
        Field("extent", Span()),
        Field("end", _DAY),
        Field("daily", Record("daily", (Field("from", ClockTime(), True), Field("until", ClockTime(), True)))),
    ),
)

VOCABULARY = Record(
    "vocabulary",
    (Field("terms", TableOf(TERM, "term")), Field("concepts", TableOf(CONCEPT)), Field("clocks", TableOf(CLOCK))),
)

NORM = Record(
    "norm",
    (
        Field("id", _TEXT, True),
        Field("provision", _TEXT, True),
        Field(
            "force",
            OneOf(
                (
                    "duty",
                    "ban",
                    "permission",
                    "discretion",
                    "effort",
                    "consideration",
                    "establishment",
                    "ex_officio",
                )
            ),
            True,
        ),
        Field("limits", _FLAG),
        Field("bearer", _TEXT),
        Field("judged_on", Name("term")),
        Field("when", _CLAUSE),
        Field("act", _CLAUSE),
        Field("must", _CLAUSE),
        Field(
            "except",
            ListOf(
                Record(
                    "exception",
                    (Field("provision", _TEXT, True), Field("when", _CLAUSE, True), Field("summary", _WORDS)),
                )
            ),
        ),
        Field(
            "due",
            Either(
                (
                    OneOf(("unstated",)),
                    Record(
                        "due",
                        (
                            Field("start", Name("term")),
                            Field("within", Name("clock")),
                            Field("met_at", Name("term"), True),
                        ),
                    ),
                )
            ),
        ),
        Field("summary", _WORDS, True),
    ),
)

NORMS = Record("norms", (Field("norms", ListOf(NORM), True),))

JUDGEMENT = Record(
    "judgement",
    (
        Field("id", _TEXT, True),
        Field("name", _TEXT, True),
        Field("en", _TEXT),
        Field("act", FactTable()),
        Field("unit", Name("term")),
        Field("act_day", Name("term")),
        Field("norms", ListOf(Name("norm")), True),
    ),
)

JUDGEMENTS = Record("judgements", (Field("judgements", ListOf(JUDGEMENT), True),))

READING = Record(
    "reading",
    (
        Field("id", _TEXT, True),
        Field("provision", _TEXT, True),
        Field("issue", _WORDS, True),
        Field("reading", TableOf(_WORDS, "side"), True),
        Field("taken", _TEXT, True),
        Field("decided_by", _TEXT),
        Field("decided_on", _DAY),
    ),
)

READINGS = Record("readings", (Field("readings", ListOf(READING), True),))

POSTS = Record("posts", (Field("posts", TableOf(_WORDS, "option"), True),))
RANKS = Record("ranks", (Field("ranks", TableOf(_WORDS, "option"), True),))
HOLIDAYS = Record("holidays", (Field("holidays", TableOf(_TEXT, "day"), True),))

FILES = {
    "directive": DIRECTIVE,
    "vocabulary": VOCABULARY,
    "norms": NORMS,
    "judgements": JUDGEMENTS,
    "readings": READINGS,
    "posts": POSTS,
    "ranks": RANKS,
    "holidays": HOLIDAYS,
}
"""Every kind of file, by the name of the file (or, for norms, of its folder)."""
