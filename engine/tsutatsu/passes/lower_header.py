"""The circular's head, as printed and as resolved; what does not recompute is found."""

from collections.abc import Iterable
from datetime import date

from tsutatsu.calendar import CalendarRefusal, Status, read_wareki, retention_counted
from tsutatsu.ir import (
    FORCE,
    AllOf,
    Citation,
    ClockRef,
    Condition,
    Day,
    Header,
    Op,
    Printed,
    Revision,
    Side,
    Test,
    Words,
)
from tsutatsu.passes.names import Names
from tsutatsu.syntax.forms import Form, SaidDay


def lower_header(form: Form, names: Names) -> Header:
    """The header's dates, numbers and addressees; era dates beyond their era are marked, not refused."""
    issued = form.form("issued") or Form("issued", form.source)
    effect = form.form("effect") or Form("effect", form.source)
    kept = form.form("retention") or Form("retention", form.source)
    scope = form.form("scope") or Form("scope", form.source)
    day = _printed(issued.day("day"), names) or Printed("", None)
    end, keep_end = _printed(effect.day("until"), names), _printed(kept.day("until"), names)
    header = Header(
        Words(form.text("title"), form.text("en")),
        day,
        issued.text("issuer"),
        issued.text("number"),
        tuple(said.text for said in form.names("addressees")),
        tuple(said.text for said in scope.names("body_kinds")),
        effect.text("kind"),
        _printed(effect.day("from"), names),
        end,
        kept.number("years"),
        keep_end,
        _named(form.forms("repeals"), names),
        _named(form.forms("amends"), names),
        _named(form.forms("cites"), names),
        tuple(said.text for said in issued.names("other_numbers")),
    )
    if end is not None and end.day is not None and day.day is not None and end.day < day.day:
        names.find("TS302", effect.source, end=end.literal, start=day.literal)
    if end and keep_end and end.day and keep_end.day and end.day > keep_end.day:
        names.find("TS303", effect.source, end=end.literal, kept=keep_end.literal)
    _recompute(header, kept, names)
    if form.form("effect") is None or end is None:
        names.find("TS304", form.source)
    return header


def _named(forms: Iterable[Form], names: Names) -> tuple[Citation, ...]:
    """Other circulars as this one names them; the reading's side where it is open which one is meant."""
    found: list[Citation] = []
    for one in forms:
        point = one.said("reading")
        side = names.side(point) if point is not None else None
        found.append(
            Citation(
                one.text("number"),
                _printed(one.day("day"), names) or Printed("", None),
                one.text("heading"),
                one.text("provision"),
                Side(*side, source=one.source) if side is not None else None,
                one.source,
            )
        )
    return tuple(found)


def _printed(said: SaidDay | None, names: Names) -> Printed | None:
    if said is None:
        return None
    if read_wareki(said.text).status is Status.NOMINAL_BEYOND_ERA:
        names.find("TS301", said.source, word=said.text, day=said.day.isoformat())
    return Printed(said.text, said.day)


def _recompute(header: Header, kept: Form, names: Names) -> None:
    """The retention printed is compared with the one counted from the next fiscal year, or the next year."""
    end, years, issued = header.retention_end, header.retention_years, header.issued.day
    if end is None or years is None or issued is None or end.day is None:
        return
    try:
        counted = set(retention_counted(issued, years).values())
    except CalendarRefusal as refusal:
        names.find("TS305", kept.source, printed=end.literal, counted=refusal.words.ja)
        return
    if end.day not in counted:
        names.find("TS305", kept.source, printed=end.literal, counted="・".join(sorted(d.isoformat() for d in counted)))


def lower_revision(form: Form, names: Names) -> Revision:
    """Which encoding this is."""
    encoding = form.form("encoding")
    number = encoding.number("revision") if encoding else None
    day = encoding.day("day") if encoding else None
    if number is not None and number < 1 and encoding is not None:
        names.find("TS306", encoding.source)
    return Revision(number or 0, day.day if day else date.min, encoding.text("note") if encoding else "")


def lower_survivors(form: Form, names: Names) -> dict[str, Condition]:
    """Which norms outlive the effect: those named, on the reading's side, for what began while it lasted."""
    after = form.form("after_end")
    if after is None:
        return {}
    start, point = after.said("start"), after.said("reading")
    term = names.term(start) if start is not None else None
    side = names.side(point) if point is not None else None
    if term is None or side is None or start is None:
        return {}
    if not isinstance(term.type, Day):
        names.find("TS208", start.source, term=term.words.ja, word="起点")
        return {}
    began = Test(term.id, Op.WITHIN, ClockRef(FORCE), start.source)
    survives = AllOf((Side(*side, source=after.source), began), after.source)
    ids = [names.norm(one) for one in after.names("surviving")]
    return {one: survives for one in ids if one is not None}


def lower_caveats(form: Form, names: Names) -> tuple[str, ...]:
    """The readings that hang over the whole circular."""
    found = [names.reading(said) for said in form.names("caveats")]
    return tuple(dict.fromkeys(one for one in found if one is not None))
