"""Words of a judgement → kernel: the act it fixes, its unit, the norms that bear on it."""

from tsutatsu.diagnostics import near
from tsutatsu.ir import Constant, Day, Judgement, Moment, Records, Words
from tsutatsu.passes.lower_values import lower_value
from tsutatsu.passes.names import Names
from tsutatsu.syntax.forms import Form, Said
from tsutatsu.syntax.keywords import keyword
from tsutatsu.syntax.nodes import Map


def lower_judgements(forms: list[Form], norm_forms: list[Form], names: Names) -> tuple[Judgement, ...]:
    """Every judgement of the directive."""
    forms_by_id = {form.text("id"): form for form in norm_forms}
    judgements: list[Judgement] = []
    seen: dict[str, str] = {}
    for form in forms:
        said, label = form.said("id"), form.said("name")
        if said is None:
            continue
        for word in {said.text, form.text("name"), form.text("en")} - {""}:
            if seen.setdefault(word, said.text) != said.text or any(j.id == said.text for j in judgements):
                names.find("TS212", (label or said).source, word=word)
        act = _act(form, names)
        for term_id, _ in act:
            term = names.terms[term_id]
            if term.presumed is not None:
                names.find("TS240", form.source, term=term.words.ja)
        norms = [names.norm(one) for one in form.names("norms")]
        if not norms and "norms" in form.fields:
            names.find("TS241", form.source, word=said.text)
        judged_on = {forms_by_id[n].text("judged_on") for n in norms if n in forms_by_id} - {""}
        if judged_on and "act_day" not in form.written:
            names.find("TS243", form.source, word=said.text, term="・".join(sorted(judged_on)))
        judgements.append(
            Judgement(
                said.text,
                Words(form.text("name"), form.text("en")),
                tuple(dict.fromkeys(n for n in norms if n is not None)),
                act,
                _unit(form, names),
                form.source,
                _day(form, names),
            )
        )
    return tuple(judgements)


def _act(form: Form, names: Names) -> tuple[tuple[str, Constant], ...]:
    node = form.node("act")
    act: dict[str, Constant] = {}
    if isinstance(node, Map):
        for entry in node.entries:
            term = names.term_called(entry.key.text)
            if term is None:
                known = names.term_words()
                names.find("TS204", entry.key.source, word=entry.key.text, nearest=near(entry.key.text, known))
                continue
            constant = lower_value(entry.value, term, names)
            if constant is not None:
                act[term.id] = constant
    return tuple(sorted(act.items()))


def _day(form: Form, names: Names) -> str | None:
    said = form.said("act_day")
    if said is None or keyword(said.text) == "absent":
        return None
    term = names.term(said)
    if term is not None and not isinstance(term.type, Day | Moment):
        names.find("TS208", said.source, term=term.words.ja, word="行為の日")
        return None
    return term.id if term is not None else None


def _unit(form: Form, names: Names) -> str | None:
    said: Said | None = form.said("unit")
    term = names.term(said) if said is not None else None
    if said is not None and term is not None and not isinstance(term.type, Records):
        names.find("TS208", said.source, term=term.words.ja, word="単位")
        return None
    return term.id if term is not None else None
