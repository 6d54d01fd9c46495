"""The files that declare documents: what a form, a notice, a report or a roster holds, key by key."""

from tsutatsu.syntax.shapes import Bilingual, Clause, Either, Field, Free, ListOf, Name, Number, OneOf, Record

_TEXT, _WORDS, _NUMBER = Free(), Bilingual(), Number()

STAMPED = (
    "actor",
    "actor_post",
    "actor_unit",
    "today",
    "now",
    "time_now",
    "case_number",
    "entry_number",
)
"""The keywords for what a box can show besides a term: who, when, and where it is recorded."""

_CELL = (
    Field("value", Either((OneOf(STAMPED), Name("term")))),
    Field("shows", OneOf(("person_name", "person_post", "person_unit"))),
    Field("blank", _TEXT),
    Field("capacity", _NUMBER),
)
_NAMED = (Field("id", _TEXT, True), Field("name", _TEXT, True), Field("en", _TEXT))

CELL = Record("cell", (*_NAMED, *_CELL))

TICK = Record(
    "tick",
    (
        *_NAMED,
        Field("provision", _TEXT, True),
        Field("when", Clause()),
        Field("beside", Record("beside", (*_NAMED, *_CELL, Field("stated_by", Name("term"))))),
    ),
)

BOX = Record(
    "box",
    (
        *_NAMED,
        Field("provision", _TEXT, True),
        Field("section", _TEXT),
        Field("stated_by", Name("term")),
        *_CELL,
        Field("cells", ListOf(CELL)),
        Field("ticks", ListOf(TICK)),
    ),
)

DOCUMENT = Record(
    "document",
    (
        *_NAMED,
        Field("provision", _TEXT, True),
        Field("layout", OneOf(("form", "notice", "report_sheet", "roster")), True),
        Field("workflow", ListOf(_TEXT)),
        Field("addressee", Record("addressee", (*_NAMED, *_CELL))),
        Field("wording", _WORDS),
        Field("grounds", ListOf(_TEXT)),
        Field("covers", ListOf(_TEXT)),
        Field("states", ListOf(_TEXT)),
        Field("boxes", ListOf(BOX)),
    ),
)

DOCUMENTS = Record("documents", (Field("documents", ListOf(DOCUMENT), True),))
"""Documents of one issue of a circular; any number of files, any number in a file."""
