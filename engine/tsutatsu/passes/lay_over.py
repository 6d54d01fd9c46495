"""Lays a force's own provisions over a circular: they may fill, add, tighten and decide, and nothing else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tsutatsu.calendar import Period
from tsutatsu.diagnostics import Diagnostic, Severity, finding, near
from tsutatsu.ir import FORCE, LOCAL, Clock, Directive, Judgement, Kind, Local, Moved, Norm, Stricter, Words
from tsutatsu.passes.declare import Common, declare_clocks, declare_terms
from tsutatsu.passes.find_clashes import find_clashes
from tsutatsu.passes.find_cycles import find_cycles
from tsutatsu.passes.find_loose_ends import find_loose_ends
from tsutatsu.passes.lower_concepts import declare_concepts, lower_concepts, lower_derived
from tsutatsu.passes.lower_measures import find_leaning, lower_measures
from tsutatsu.passes.lower_norms import declare_norms, lower_norms
from tsutatsu.passes.names import Names
from tsutatsu.source import Source
from tsutatsu.syntax.forms import Form, Said

_ADDABLE = frozenset({Kind.DUTY, Kind.BAN, Kind.EFFORT, Kind.CONSIDERATION})


@dataclass(frozen=True, slots=True)
class OwnProvisions:
    """What one force has laid down, as its file states it."""

    id: str
    words: Words
    example: bool
    source: Source
    over: tuple[Form, ...]
    """Circular by circular."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A body of law with a force's provisions laid over it (as far as they could be read) and what was found."""

    directives: tuple[Directive, ...]
    findings: tuple[Diagnostic, ...]


def own_provisions(id: str, form: Form) -> OwnProvisions:  # noqa: A002  # what the folder calls it
    """A force's file, read."""
    own = form.form("own_force") or Form("own_force", form.source)
    words = Words(own.text("name") or id, own.text("en"))
    return OwnProvisions(id, words, own.flag("is_example"), form.source, tuple(form.forms("laid_down")))


def lay_over(force: OwnProvisions, directives: Sequence[Directive], common: Common) -> Laid:
    """``directives``, each with what the force has laid down over it; what is laid over none of them is passed over."""
    findings: list[Diagnostic] = []
    laid = {_key(one): one for one in directives}
    for form in force.over:
        under = target(form, directives)
        if under is not None:
            laid[_key(under)] = _laid_over(under, force, form, common, findings)
    return Laid(tuple(laid.values()), tuple(findings))


def find_strays(force: OwnProvisions, directives: Sequence[Directive]) -> Iterator[Diagnostic]:
    """Provisions over a circular or an issue that is not there, or over one circular twice."""
    seen: dict[tuple[str, str], Form] = {}
    for form in force.over:
        said = form.said("title")
        under = target(form, directives)
        if said is None or form.day("issued_on") is None:
            continue
        if under is None:
            named = [one for one in directives if _called(one, said.text)]
            known = [one.header.issued.literal for one in named] or [one.id for one in directives]
            word = f"{said.text} {form.text('issued_on')}"
            yield finding("TS370", said.source, word=word, nearest=near(said.text, known), known="、".join(known))
        elif seen.setdefault(_key(under), form) is not form:
            yield finding("TS371", said.source, word=said.text)


def target(form: Form, directives: Sequence[Directive]) -> Directive | None:
    """The issue of the circular over which these provisions are laid."""
    day = form.day("issued_on")
    return next(
        (one for one in directives if day and _called(one, form.text("title")) and one.header.issued.day == day.day),
        None,
    )


def _called(directive: Directive, name: str) -> bool:
    return name in (directive.id, directive.header.title.ja, directive.header.title.en)


def _key(directive: Directive) -> tuple[str, str]:
    return directive.id, directive.issued.isoformat()


def _laid_over(
    under: Directive, force: OwnProvisions, form: Form, common: Common, findings: list[Diagnostic]
) -> Directive:
    own: list[Diagnostic] = []
    names = Names.of(under, own)
    names.clocks[LOCAL] = _effect(under, form)
    norm_forms = list(form.forms("norms"))
    declare_terms(form, common, names)
    declare_clocks(form, names)
    declare_concepts(form, names)
    declare_norms(norm_forms, names)
    lower_derived(form, names)
    concepts = lower_concepts(form, names)
    norms = tuple(replace(norm, force=LOCAL) for norm in lower_norms(norm_forms, {}, names))
    judgements = _with_norms(under, norm_forms, norms, names)
    moved = _moved(form, names)
    decided = _decided(form, names)
    day = form.day("laid_down_on")
    if day is not None and day.day < under.issued:
        names.find("TS373", day.source, day=day.text, issued=under.header.issued.literal)
    local = Local(
        force.id,
        force.words,
        form.text("laid_down_by"),
        day.day if day is not None else under.first_day,
        form.words("own_ground"),
        force.example,
        lower_measures(form, names),
        tuple(norm.id for norm in norms),
        moved,
        decided,
        tuple(sorted(names.terms.keys() - under.term.keys() - {"on"})),
    )
    laid = replace(
        under,
        terms=tuple(term for term in names.terms.values() if term.id != "on"),
        clocks=tuple(names.clocks.values()),
        concepts=(*under.concepts, *concepts),
        readings=tuple(names.readings.values()),
        norms=(*under.norms, *norms),
        judgements=judgements,
        local=local,
    )
    if not any(one.severity is Severity.ERROR for one in own):
        own += find_leaning(laid)
        own += find_clashes(laid)
        own += find_cycles(laid)
        known = set(find_loose_ends(under))
        own += [one for one in find_loose_ends(laid) if one not in known]
    findings += own
    return laid


def _effect(under: Directive, form: Form) -> Clock:
    """From the day it was laid down (not before the circular's own effect) to the end of the circular's effect."""
    day, force = form.day("laid_down_on"), under.clock[FORCE]
    start = under.first_day if day is None else max(day.day, under.first_day)
    words = Words("組織の定めの効力", "effect of the force's own provisions")
    return Clock(LOCAL, words, start, end=force.end, source=form.source)


def _with_norms(under: Directive, forms: Sequence[Form], norms: Sequence[Norm], names: Names) -> tuple[Judgement, ...]:
    """The judgements with the norms that were added to them; a norm that could loosen something is found."""
    added: dict[str, list[str]] = {}
    by_id = {norm.id: norm for norm in norms}
    for form in forms:
        norm = by_id.get(form.text("id"))
        if norm is None:
            continue
        if norm.kind not in _ADDABLE and not (norm.kind is Kind.PERMISSION and norm.limits):
            names.find("TS372", form.written.get("force", form.source), word=norm.id)
        for said in form.names("judgements"):
            judgement = _judgement(under, said, names)
            if judgement is None:
                continue
            added.setdefault(judgement.id, []).append(norm.id)
            days = {under.norm[one].day for one in judgement.norms}
            if norm.day not in days:
                labels = "・".join(under.term[day].words.ja if day else "(なし)" for day in sorted(days, key=str))
                names.find("TS374", said.source, word=norm.id, judgement=judgement.words.ja, known=labels)
    return tuple(
        replace(one, norms=tuple(dict.fromkeys((*one.norms, *added.get(one.id, ()))))) for one in under.judgements
    )


def _judgement(under: Directive, said: Said, names: Names) -> Judgement | None:
    for one in under.judgements:
        if said.text in (one.id, one.words.ja, one.words.en):
            return one
    known = [one.words.ja for one in under.judgements]
    names.find("TS205", said.source, what="判断", what_en="judgement", word=said.text, nearest=near(said.text, known))
    return None


def _moved(form: Form, names: Names) -> tuple[Moved, ...]:
    """Clocks at the lengths laid down, each moved in the direction that its circular names."""
    found: list[Moved] = []
    for said, new in form.rows("extent"):
        clock = names.clock(said)
        if clock is None or not isinstance(new, Period):
            continue
        old = clock.length
        if old is None or clock.stricter is None:
            names.find("TS376", said.source, word=said.text)
        elif new.unit is not old.unit or not (new.n < old.n if clock.stricter is Stricter.SHORTER else new.n > old.n):
            direction = Words("短く", "shorter") if clock.stricter is Stricter.SHORTER else Words("長く", "longer")
            names.find("TS377", said.source, word=said.text, direction=direction.ja, direction_en=direction.en)
        else:
            names.clocks[said.text] = replace(clock, length=new)
            found.append(Moved(said.text, old))
    return tuple(found)


def _decided(form: Form, names: Names) -> tuple[str, ...]:
    """The readings decided; one that the circular has decided already is found."""
    found: list[str] = []
    day = form.day("laid_down_on")
    for said, value in form.rows("readings"):
        reading = names.reading(said)
        if reading is None or not isinstance(value, Said):
            continue
        one = names.readings[reading]
        sides = [side.id for side in one.sides]
        if one.taken is not None:
            names.find("TS375", said.source, word=reading, side=one.taken)
        elif value.text not in sides:
            names.find(
                "TS205", value.source, what="側", what_en="side", word=value.text, nearest=near(value.text, sides)
            )
        else:
            decided_on = day.day if day is not None else None
            names.readings[reading] = replace(
                one, taken=value.text, decided_by=form.text("laid_down_by"), decided_on=decided_on
            )
            found.append(reading)
    return tuple(found)
