"""The files of a directive, key by key."""

from tsutatsu.syntax.grammar_documents import DOCUMENTS
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
    WriteTable,
)

_TEXT, _WORDS, _DAY, _NUMBER, _FLAG, _CLAUSE = Free(), Bilingual(), PrintedDay(), Number(), Flag(), Clause()

_NAMED = Record(
    "named", (Field("number", _TEXT), Field("day", _DAY), Field("heading", _TEXT), Field("provision", _TEXT))
)
"""A circular or statute named in passing: without a day, or without a number, where none is printed."""

DIRECTIVE = Record(
    "directive",
    (
        Field("title", _TEXT, True),
        Field("en", _TEXT, True),
        Field(
            "issued",
            Record(
                "issued",
                (
                    Field("day", _DAY, True),
                    Field("issuer", _TEXT, True),
                    Field("number", _TEXT, True),
                    Field("other_numbers", ListOf(_TEXT)),
                ),
            ),
            True,
        ),
        Field("addressees", ListOf(_TEXT)),
        Field("scope", Record("scope", (Field("body_kinds", ListOf(_TEXT)),))),
        Field("effect", Record("effect", (Field("kind", _TEXT), Field("from", _DAY), Field("until", _DAY)))),
        Field("retention", Record("retention", (Field("years", _NUMBER), Field("until", _DAY)))),
        Field(
            "repeals",
            ListOf(
                Record(
                    "citation",
                    (
                        Field("number", _TEXT, True),
                        Field("day", _DAY, True),
                        Field("heading", _TEXT),
                        Field("provision", _TEXT),
                        Field("reading", Name("side")),
                    ),
                )
            ),
        ),
        Field("amends", ListOf(_NAMED)),
        Field("cites", ListOf(_NAMED)),
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
            "transitions",
            ListOf(
                Record(
                    "transition",
                    (
                        Field("earlier", _DAY, True),
                        Field("workflow", _TEXT, True),
                        Field("to", _TEXT),
                        Field("provision", _TEXT, True),
                        Field("summary", _WORDS),
                        Field("states", TableOf(_TEXT, "state"), True),
                        Field("terms", TableOf(Name("term"), "term")),
                        Field("norms", TableOf(Name("norm"), "norm")),
                        Field("ending", ListOf(_TEXT)),
                        Field("when", _CLAUSE),
                    ),
                )
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
        Field("unmeasured", _FLAG),
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
        Field("stricter_way", OneOf(("shorter", "longer"))),
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

LEDGER = Record(
    "ledger",
    (
        Field("whole", Record("whole", (Field("sentences", _NUMBER, True), Field("digest", _TEXT, True))), True),
        Field(
            "ledger",
            ListOf(
                Record(
                    "entry",
                    (
                        Field("provision", _TEXT, True),
                        Field("sentence", _NUMBER, True),
                        Field(
                            "role",
                            OneOf(
                                (
                                    "main_text",
                                    "proviso",
                                    "addendum",
                                    "latter",
                                    "caption",
                                    "table_row",
                                    "form_row",
                                    "closing",
                                    "header",
                                )
                            ),
                            True,
                        ),
                        Field("digest", _TEXT, True),
                        Field(
                            "treatment",
                            OneOf(
                                (
                                    "norms",
                                    "definition",
                                    "background",
                                    "caption",
                                    "header",
                                    "addressees",
                                    "form",
                                    "not_supplied",
                                    "waived",
                                )
                            ),
                            True,
                        ),
                        Field("carried_by", ListOf(Name("carrier"))),
                        Field("recheck", _FLAG),
                        Field(
                            "waived",
                            Record(
                                "waiver",
                                (
                                    Field("post", _TEXT, True),
                                    Field("person_deciding", _TEXT, True),
                                    Field("day", _DAY, True),
                                    Field("reason", _TEXT, True),
                                ),
                            ),
                        ),
                    ),
                )
            ),
            True,
        ),
    ),
)

LOCAL = Record(
    "local",
    (
        Field(
            "own_force",
            Record("own_force", (Field("name", _TEXT, True), Field("en", _TEXT, True), Field("is_example", _FLAG))),
            True,
        ),
        Field(
            "laid_down",
            ListOf(
                Record(
                    "provisions",
                    (
                        Field("title", _TEXT, True),
                        Field("issued_on", _DAY, True),
                        Field("laid_down_by", _TEXT, True),
                        Field("laid_down_on", _DAY, True),
                        Field("own_ground", _WORDS, True),
                        *VOCABULARY.fields,
                        Field("measured_by", TableOf(TableOf(_CLAUSE, "value"), "term")),
                        Field("extent", TableOf(Span(), "clock")),
                        Field(
                            "norms",
                            ListOf(
                                Record("own_norm", (*NORM.fields, Field("judgements", ListOf(Name("judgement")), True)))
                            ),
                        ),
                        Field("readings", TableOf(_TEXT, "reading")),
                    ),
                )
            ),
            True,
        ),
    ),
)

EVENT = Record(
    "event",
    (
        Field("id", _TEXT, True),
        Field("name", _TEXT, True),
        Field("en", _TEXT),
        Field("provision", _TEXT),
        Field("from", ListOf(Name("state")), True),
        Field("to", Name("state"), True),
        Field("hand", OneOf(("person", "machine", "clocks"))),
        Field("supplied", ListOf(Name("term"))),
        Field("writes", WriteTable()),
        Field("must", _CLAUSE),
        Field("judgements", ListOf(Name("judgement"))),
        Field("linked", TableOf(ListOf(Name("state")), "workflow")),
        Field("alike", ListOf(Name("term"))),
        Field("settled", _FLAG),
        Field("documents", ListOf(_TEXT)),
    ),
)

WORKFLOW = Record(
    "workflow_file",
    (
        Field(
            "workflow",
            Record(
                "workflow",
                (
                    Field("id", _TEXT, True),
                    Field("name", _TEXT, True),
                    Field("en", _TEXT),
                    Field("provision", _TEXT, True),
                    Field("subject", _WORDS, True),
                    Field("unit", Name("term")),
                    Field(
                        "states",
                        TableOf(
                            Record(
                                "state",
                                (
                                    Field("name", _TEXT, True),
                                    Field("en", _TEXT),
                                    Field("initial", _FLAG),
                                    Field("final", _FLAG),
                                ),
                            ),
                            "state",
                        ),
                        True,
                    ),
                    Field("events", ListOf(EVENT), True),
                    Field(
                        "timers",
                        ListOf(
                            Record(
                                "timer", (Field("clocks", Name("clock"), True), Field("events", Name("event"), True))
                            )
                        ),
                    ),
                    Field("watched", ListOf(Name("judgement"))),
                    Field(
                        "allowed",
                        Record(
                            "allowed",
                            tuple(Field(word, _CLAUSE) for word in ("corrected", "waived", "joined", "erased")),
                        ),
                    ),
                ),
            ),
            True,
        ),
    ),
)
"""How cases of one kind run; a file each."""

POSTS = Record("posts", (Field("posts", TableOf(_WORDS, "option"), True),))
RANKS = Record("ranks", (Field("ranks", TableOf(_WORDS, "option"), True),))
HOLIDAYS = Record("holidays", (Field("holidays", TableOf(_TEXT, "day"), True),))

FILES = {
    "directive": DIRECTIVE,
    "vocabulary": VOCABULARY,
    "norms": NORMS,
    "judgements": JUDGEMENTS,
    "readings": READINGS,
    "ledger": LEDGER,
    "posts": POSTS,
    "ranks": RANKS,
    "holidays": HOLIDAYS,
    "local": LOCAL,
    "workflow": WORKFLOW,
    "document": DOCUMENTS,
}
"""Every kind of file, by the name of the file (or, for norms, workflows and documents, of its folder)."""
