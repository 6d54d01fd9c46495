"""Declares a directive's vocabulary: terms, clocks and readings, before any condition is read."""

import re
from dataclasses import dataclass, replace

from tsutatsu.calendar import Counting, DailyWindow, EmptyWindow, Unit
from tsutatsu.diagnostics import near
from tsutatsu.ir import (
    Changeable,
    Choice,
    Clock,
    Constant,
    Day,
    Hour,
    Length,
    Moment,
    Option,
    Person,
    Reading,
    ReadingSide,
    Records,
    Stricter,
    Term,
    Text,
    Truth,
    Type,
    Whole,
    Words,
)
from tsutatsu.passes.lower_values import lower_value
from tsutatsu.passes.names import Names
from tsutatsu.source import Source
from tsutatsu.syntax.forms import Form, Said
from tsutatsu.syntax.keywords import BY_WORD, in_conditions

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)*", re.ASCII)
OTHER = Option("other", Words("その他", "other"))
_LENGTHS = {"日": "day", "時間": "hour", "分": "minute", "day": "day", "hour": "hour", "minute": "minute"}
_COUNTING = {"inclusive": Counting.INCLUSIVE, "exclusive": Counting.EXCLUSIVE, "instant": Counting.INSTANT}
_SIMPLE: dict[str, Type] = {
    "truth": Truth(),
    "day": Day(),
    "moment": Moment(),
    "time": Hour(),
    "text": Text(),
    "person": Person(),
}


@dataclass(frozen=True, slots=True)
class Common:
    """What every directive shares: posts and ranks, by id."""

    posts: tuple[Option, ...] = ()
    ranks: tuple[Option, ...] = ()


def declare_terms(vocabulary: Form, common: Common, names: Names) -> None:
    """Every term of the vocabulary, its presumption included; computed truths come later."""
    for key, row in vocabulary.rows("terms"):
        if not isinstance(row, Form):
            continue
        if not _ID.fullmatch(key.text) or len(key.text) > 100:
            names.find("TS211", key.source, word=key.text)
            continue
        if key.text in names.terms:
            names.find("TS212", key.source, word=key.text)
            continue
        if in_conditions(key.text):
            names.find("TS213", key.source, word=key.text)
        label = row.said("name") or Said(key.text, key.source)
        kind = _type(row, label, common, names)
        form = row.form("type")
        if isinstance(kind, Records) and form is not None:
            names.fields[key.text] = tuple(form.names("records"))
        changeable = row.text("changeable")
        term = Term(
            key.text,
            Words(label.text, row.text("en")),
            kind,
            row.words("question"),
            row.text("answered_by"),
            {"before_act": Changeable.BEFORE, "anytime": Changeable.ANYTIME}.get(changeable, Changeable.NEVER),
            row.text("changed_by"),
            unmeasured=row.flag("unmeasured"),
            source=key.source,
        )
        names.terms[term.id] = term
        for word in {term.words.ja, term.words.en} - {""}:
            _label(word, term, label.source, names)
    for key, row in vocabulary.rows("terms"):
        presumed = row.node("presumed") if isinstance(row, Form) else None
        if presumed is not None and key.text in names.terms:
            constant: Constant | None = lower_value(presumed, names.terms[key.text], names)
            names.terms[key.text] = replace(names.terms[key.text], presumed=constant)
    _check_records(names)


def _label(word: str, term: Term, where: Source, names: Names) -> None:
    if in_conditions(word):
        names.find("TS213", where, word=word)
    taken = names.labels.get(word)
    if (taken is not None and taken != term.id) or (word in names.terms and word != term.id):
        names.find("TS214", where, word=word, other=taken or word)
    names.labels.setdefault(word, term.id)


def _check_records(names: Names) -> None:
    """A record's fields are terms, and none of them is itself a list that holds this one."""
    for term in list(names.terms.values()):
        if isinstance(term.type, Records):
            fields = [names.term(said) for said in names.fields.get(term.id, ())]
            if any(f is not None and isinstance(f.type, Records) for f in fields):
                names.find("TS215", term.source, word=term.words.ja)
            ids = tuple(f.id for f in fields if f is not None)
            names.terms[term.id] = replace(term, type=Records(ids))


def _type(row: Form, label: Said, common: Common, names: Names) -> Type:
    said = row.said("type")
    if said is not None:
        if said.text == "post":
            return Choice((*common.posts, OTHER))
        if said.text == "rank":
            return Choice(common.ranks, ordered=True)
        return _SIMPLE[said.text]
    form = row.form("type")
    if form is None:
        return Text()
    kinds = [word for word in form.fields if word not in ("other", "absent")]
    if len(kinds) != 1:
        names.find("TS216", form.source, word=label.text)
        return Text()
    match kinds[0]:
        case "choice":
            return _choice(form, names)
        case "post":
            return _posts(form, common, names)
        case "integer":
            return _whole(form)
        case "length":
            unit = _LENGTHS.get(form.text("length"))
            if unit is None:
                names.find("TS216", form.source, word=label.text)
            return Length(unit or "day")
        case _:
            return Records(tuple(said.text for said in form.names("records")))


def _choice(form: Form, names: Names) -> Choice:
    options: list[Option] = []
    for key, words in form.rows("choice"):
        said = words if isinstance(words, Words) else Words(key.text)
        if any(key.text == o.id or said.ja in (o.words.ja, o.id) for o in options):
            names.find("TS212", key.source, word=key.text)
        options.append(Option(key.text, said))
    if form.flag("other"):
        options.append(OTHER)
    if not options:
        names.find("TS216", form.source, word="選択")
    return Choice(tuple(options), none=form.flag("absent"))


def _posts(form: Form, common: Common, names: Names) -> Choice:
    options: list[Option] = []
    for said in form.names("post"):
        found = [o for o in common.posts if said.text in (o.id, o.words.ja, o.words.en)]
        if not found:
            known = [o.words.ja for o in common.posts]
            names.find("TS205", said.source, what="職", what_en="post", word=said.text, nearest=near(said.text, known))
        options += found
    return Choice((*options, OTHER))


def _whole(form: Form) -> Whole:
    inner = form.form("integer")
    if inner is None:
        return Whole(Words(form.text("integer")))
    low, high = inner.number("low"), inner.number("high")
    plain = Whole(inner.words("unit"))
    return Whole(plain.unit, plain.low if low is None else low, plain.high if high is None else high)


def declare_readings(readings: Form, names: Names) -> None:
    """Every open reading, with the side taken."""
    for form in readings.forms("readings"):
        said = form.said("id")
        if said is None:
            continue
        if said.text in names.readings:
            names.find("TS212", said.source, word=said.text)
            continue
        sides = tuple(ReadingSide(key.text, row) for key, row in form.rows("reading") if isinstance(row, Words))
        taken = form.said("taken")
        chosen = taken.text if taken is not None else ""
        undecided = BY_WORD.get(chosen) == BY_WORD["undecided"]
        if len(sides) < 2:
            names.find("TS217", said.source, word=said.text)
        if taken is not None and not undecided and chosen not in {s.id for s in sides}:
            known = [s.id for s in sides] + ["未定"]
            names.find("TS205", taken.source, what="側", what_en="side", word=chosen, nearest=near(chosen, known))
        decided = form.day("decided_on")
        if taken is not None and not undecided and not (form.text("decided_by") and decided):
            names.find("TS218", taken.source, word=said.text)
        names.readings[said.text] = Reading(
            said.text,
            form.text("provision"),
            form.words("issue"),
            sides,
            None if undecided or not chosen else chosen,
            form.text("decided_by"),
            decided.day if decided else None,
            source=said.source.citing(form.text("provision")),
        )


def declare_clocks(vocabulary: Form, names: Names) -> None:
    """Every clock; its counting rule is always written, never assumed."""
    for key, row in vocabulary.rows("clocks"):
        if not isinstance(row, Form):
            continue
        if key.text in names.clocks:
            names.find("TS212", key.source, word=key.text)
            continue
        clock = _clock(key, row, names)
        if clock is not None:
            names.clocks[key.text] = clock


def _clock(key: Said, row: Form, names: Names) -> Clock | None:
    words = Words(key.text, row.text("en"))
    daily = row.form("daily")
    if daily is not None:
        opens, closes = daily.clock_time("from"), daily.clock_time("until")
        if opens is None or closes is None or len(row.fields.keys() - {"en", "daily"}):
            names.find("TS219", row.source, word=key.text)
            return None
        try:
            return Clock(key.text, words, window=DailyWindow(opens, closes), source=key.source)
        except EmptyWindow:
            names.find("TS219", row.source, word=key.text)
            return None
    day, said = row.day("start"), row.said("start")
    start = day.day if day else None
    term = names.term(said) if said is not None else None
    extent, end = row.span("extent"), row.day("end")
    counting = _COUNTING.get(row.text("counting"))
    hours = extent is not None and extent.unit in (Unit.HOUR, Unit.MINUTE)
    if term is not None and not isinstance(term.type, Moment if hours else Day | Moment):
        names.find("TS208", row.source, term=term.words.ja, word="起点")
        return None
    if (
        (start is None and term is None and end is None)
        or (extent is not None and (counting is None or (start is None and term is None)))
        or (extent is not None and end is not None)
        or (extent is not None and hours != (counting is Counting.INSTANT))
    ):
        names.find("TS219", row.source, word=key.text)
        return None
    return Clock(
        key.text,
        words,
        term.id if term else start,
        counting,
        extent,
        end.day if end else None,
        stricter={"shorter": Stricter.SHORTER, "longer": Stricter.LONGER}.get(row.text("stricter_way")),
        source=key.source,
    )
