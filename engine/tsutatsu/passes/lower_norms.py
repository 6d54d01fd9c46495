"""Words of a norm → a kernel norm: what binds, when, what lifts it, and by when."""

from tsutatsu.diagnostics import near
from tsutatsu.ir import (
    ALWAYS,
    FORCE,
    NEVER,
    TODAY,
    AllOf,
    ClockRef,
    Condition,
    Day,
    Due,
    Is,
    Kind,
    Lift,
    Moment,
    Norm,
    Not,
    Op,
    Strength,
    Test,
)
from tsutatsu.passes.lower_conditions import fits, lower_condition
from tsutatsu.passes.names import Names
from tsutatsu.source import NOWHERE, Source
from tsutatsu.syntax.forms import Form, Said

_STRENGTH = {
    Kind.DUTY: Strength.HARD,
    Kind.BAN: Strength.HARD,
    Kind.PERMISSION: Strength.FREE,
    Kind.DISCRETION: Strength.FREE,
    Kind.EFFORT: Strength.SOFT,
    Kind.CONSIDERATION: Strength.SOFT,
    Kind.ESTABLISHMENT: Strength.HARD,
    Kind.EX_OFFICIO: Strength.HARD,
}


def declare_norms(forms: list[Form], names: Names) -> None:
    """The names of every norm, so that 破る and judgements can use them."""
    for form in forms:
        said = form.said("id")
        if said is None:
            continue
        if said.text in names.norms:
            names.find("TS212", said.source, word=said.text)
        names.norms[said.text] = said.source


def lower_norms(forms: list[Form], survivors: dict[str, Condition], names: Names) -> tuple[Norm, ...]:
    """Every norm; ``survivors`` says when a norm outlives the circular's effect."""
    return tuple(_norm(form, survivors, names) for form in forms if form.said("id") and form.text("force"))


def _norm(form: Form, survivors: dict[str, Condition], names: Names) -> Norm:
    kind = Kind(form.text("force"))
    limits = form.flag("limits")
    strength = Strength.HARD if limits and kind is Kind.PERMISSION else _STRENGTH[kind]
    provision = form.text("provision")
    source = form.source.citing(provision)
    if limits and kind is not Kind.PERMISSION:
        names.find("TS230", source, word=form.text("id"))
    must = _part(form, "must", names)
    due = _due(form, names)
    if kind is Kind.BAN or strength is Strength.FREE:
        if form.written.keys() & {"must", "due"}:
            names.find("TS231", source, word=form.text("id"))
    elif "must" not in form.written and ("due" not in form.written or form.said("due") is not None):
        names.find("TS232", source, word=form.text("id"))
    applies = [part for part in (_part(form, "act", names), _part(form, "when", names)) if part is not None]
    if kind is Kind.BAN and not form.written.keys() & {"act", "when"}:
        names.find("TS233", source, word=form.text("id"))
    kept, pending = timed(must if must is not None else ALWAYS, due, _source_of(form))
    return Norm(
        form.text("id"),
        provision,
        kind,
        strength,
        form.words("summary"),
        form.text("bearer"),
        _judged_on(form, names),
        FORCE,
        survivors.get(form.text("id"), NEVER),
        applies[0] if len(applies) == 1 else AllOf(tuple(applies), form.source) if applies else ALWAYS,
        tuple(_lift(one, names) for one in form.forms("except")),
        NEVER if kind is Kind.BAN else kept,
        pending,
        due,
        limits,
        source,
    )


def _part(form: Form, word: str, names: Names) -> Condition | None:
    node = form.node(word)
    return None if node is None else lower_condition(node, names)


def _lift(form: Form, names: Names) -> Lift:
    when = form.node("when")
    provision = form.text("provision")
    return Lift(
        provision,
        NEVER if when is None else lower_condition(when, names),
        form.words("summary"),
        form.source.citing(provision),
    )


def _judged_on(form: Form, names: Names) -> str | None:
    said = form.said("judged_on")
    term = names.term(said) if said is not None else None
    if said is not None and term is not None and not isinstance(term.type, Day | Moment):
        names.find("TS208", said.source, term=term.words.ja, word="基準日")
    return term.id if term is not None else None


def _due(form: Form, names: Names) -> Due | None:
    if form.said("due") is not None:
        return Due()
    inner = form.form("due")
    if inner is None:
        return None
    met, start, within = inner.said("met_at"), inner.said("start"), inner.said("within")
    met_term = names.term(met) if met is not None else None
    if met is None or met_term is None:
        return None
    if not isinstance(met_term.type, Day | Moment):
        names.find("TS208", met.source, term=met_term.words.ja, word="果たした時")
    start_term = names.term(start) if start is not None else None
    clock, prompt = _bound(within, met_term.id, names)
    if (
        clock is not None
        and start is not None
        and start_term is not None
        and start_term.id != names.clocks[clock].start
    ):
        names.find("TS234", start.source, start=start_term.words.ja, clock=clock)
    return Due(met_term.id, start_term.id if start_term else None, clock, prompt)


def _bound(within: Said | None, met: str, names: Names) -> tuple[str | None, str | None]:
    """The clock or the word without measure that bounds a duty, or neither (定めなし)."""
    if within is None or within.text in ("定めなし", "unstated"):
        return None, None
    if within.text in names.concepts:
        return None, within.text
    clock = names.clocks.get(within.text)
    if clock is None:
        known = [*names.clocks, *names.concepts, "定めなし"]
        names.find(
            "TS205", within.source, what="時計・語", what_en="clock", word=within.text, nearest=near(within.text, known)
        )
        return None, None
    if clock.window is not None or not fits(clock, names.terms[met], names):
        names.find("TS224", within.source, term=names.terms[met].words.ja, clock=clock.id, word="内")
        return None, None
    return clock.id, None


def timed(must: Condition, due: Due | None, source: Source = NOWHERE) -> tuple[Condition, Condition]:
    """What keeps a norm, and while what it is still open."""
    if due is None:
        return must, NEVER
    if due.met is None:
        return must, Not(must, source)
    present = Test(due.met, Op.PRESENT, None, source)
    done: Condition = present if must == ALWAYS else AllOf((present, must), source)
    not_done = Not(done, source)
    if due.prompt is not None:
        return AllOf((done, Is(due.prompt, source)), source), not_done
    if due.clock is None:
        return done, not_done
    ref = ClockRef(due.clock)
    late = Test(due.met, Op.AFTER, ref, source)
    over = Test(TODAY, Op.AFTER, ref, source)
    return AllOf((done, Not(late, source)), source), AllOf((not_done, Not(over, source)), source)


def _source_of(form: Form) -> Source:
    inner = form.form("due")
    return (inner or form).source
