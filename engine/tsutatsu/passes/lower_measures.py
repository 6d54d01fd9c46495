"""Words of a measure → kernel: on which facts a fact surely has a value, for two of its values at least."""

from collections.abc import Iterator

from tsutatsu.diagnostics import Diagnostic, finding
from tsutatsu.ir import (
    Choice,
    ClockRef,
    Condition,
    Constant,
    Directive,
    Each,
    Guide,
    Is,
    Measure,
    Side,
    Some,
    Stands,
    Term,
    TermRef,
    Test,
    Truth,
    conditions_of,
    walk,
)
from tsutatsu.passes.lower_conditions import lower_condition
from tsutatsu.passes.lower_values import lower_value
from tsutatsu.passes.names import Names
from tsutatsu.syntax.forms import Form, Table
from tsutatsu.syntax.nodes import Map, Scalar


def lower_measures(form: Form, names: Names) -> tuple[Measure, ...]:
    """Every measure laid down, each on a fact that the circular says to have none."""
    found: dict[str, Measure] = {}
    for said, value in form.rows("measured_by"):
        term = names.term(said)
        if term is None or not isinstance(value, Table):
            continue
        if term.id in found:
            names.find("TS212", said.source, word=said.text)
        if not term.unmeasured or term.derived is not None or not isinstance(term.type, Choice | Truth):
            names.find("TS378", said.source, word=term.words.ja)
            continue
        guides = tuple(_guides(value, term, names))
        if len({guide.value for guide in guides}) < 2:
            names.find("TS379", said.source, word=term.words.ja)
        found[term.id] = Measure(term.id, guides, said.source)
    return tuple(found.values())


def _guides(table: Table, term: Term, names: Names) -> Iterator[Guide]:
    seen: set[Constant] = set()
    for said, node in table.rows:
        value = lower_value(Scalar(said.text, True, said.source), term, names)
        if value is None or not isinstance(node, Map):
            continue
        if value in seen:
            names.find("TS212", said.source, word=said.text)
        seen.add(value)
        yield Guide(value, lower_condition(node, names))


def find_leaning(directive: Directive) -> Iterator[Diagnostic]:
    """Guides that lean on what is measured itself, on how norms stand or on a reading, rather than on plain facts."""
    measured = {measure.term for measure in directive.measures}
    for measure in directive.measures:
        leans: dict[str, None] = {}
        seen: set[str] = set()
        for guide in conditions_of(measure):
            leans.update(dict.fromkeys(_leaning(guide, directive, measured, seen)))
        if leans:
            word = directive.term[measure.term].words.ja
            yield finding("TS380", measure.source, word=word, on="・".join(leans))


def _leaning(condition: Condition, directive: Directive, measured: set[str], seen: set[str]) -> Iterator[str]:
    """What a guide may not rest on, through everything that it names."""
    for one in walk(condition):
        match one:
            case Test(term, _, operand):
                start = directive.clock[operand.id].start if isinstance(operand, ClockRef) else None
                other = operand.id if isinstance(operand, TermRef) else start
                for name in (term, other):
                    if isinstance(name, str):
                        yield from _of_term(name, directive, measured, seen)
            case Each(term) | Some(term):
                yield from _of_term(term, directive, measured, seen)
            case Is(name) if name not in seen:
                seen.add(name)
                concept = directive.concept[name]
                for part in conditions_of(concept):
                    yield from _leaning(part, directive, measured, seen)
                yield from (case.reading for case in concept.open)
            case Side(reading):
                yield reading
            case Stands(norm):
                yield norm
            case _:
                pass


def _of_term(name: str, directive: Directive, measured: set[str], seen: set[str]) -> Iterator[str]:
    term = directive.term[name]
    if name in measured:
        yield term.words.ja
    if term.derived is not None and f"term:{name}" not in seen:
        seen.add(f"term:{name}")
        yield from _leaning(term.derived, directive, measured, seen)
