"""The names of things a condition speaks of; what the directive does not name is told by its id."""

from dataclasses import dataclass

from tsutatsu.backends.prose.wording import quoted, sentence, shown
from tsutatsu.ir import (
    Choice,
    Condition,
    Constant,
    Directive,
    Each,
    Is,
    Records,
    Some,
    Stands,
    Term,
    TermRef,
    Test,
    Text,
    Words,
    conditions_of,
    walk,
)

MOST_NAMED = 3
"""How many facts a sentence names as those a word of the text is judged by."""


def term_of(name: str, directive: Directive) -> Term:
    """The term, or one of plain text in its stead."""
    return directive.term.get(name) or Term(name, Words(name), Text())


def bare_name(name: str, directive: Directive, lang: str) -> str:
    """A term as a form would name it: without an article."""
    return shown(term_of(name, directive).words.say(lang))


def term_name(name: str, directive: Directive, lang: str) -> str:
    """A term as the subject of a sentence."""
    said = bare_name(name, directive, lang)
    if (
        lang != "en"
        or not said[:1].isascii()
        or said[:1].isupper()
        or said.split(" ")[0] in ("the", "a", "an", "whether")
    ):
        return said
    return f"the {said}"


def concept_name(name: str, directive: Directive, lang: str) -> str:
    """A concept, in quotation marks."""
    concept = directive.concept.get(name)
    return quoted(name if concept is None else concept.words.say(lang), lang)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a word of the text is judged by: facts, and perhaps whether norms are broken or kept."""

    terms: tuple[str, ...]
    standings: bool


def basis(name: str, directive: Directive) -> Basis:
    """What a concept looks at, in the order in which it does; lists stand for their fields."""
    found: dict[str, None] = {}
    standings = False
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        concept = directive.concept.get(waiting.pop(0))
        if concept is None or concept.id in seen:
            continue
        seen.add(concept.id)
        for part in (one for condition in conditions_of(concept) for one in walk(condition)):
            found.update(dict.fromkeys(_looked_at(part)))
            waiting.extend([part.concept] if isinstance(part, Is) else [])
            standings = standings or isinstance(part, Stands)
    kinds = [term_of(one, directive).type for one in found]
    fields = {field for kind in kinds if isinstance(kind, Records) for field in kind.fields}
    return Basis(tuple(one for one in found if one not in fields), standings)


def _looked_at(part: Condition) -> tuple[str, ...]:
    match part:
        case Test(term, _, TermRef(other)):
            return term, other
        case Test(term) | Each(term) | Some(term):
            return (term,)
        case _:
            return ()


def clock_name(name: str, directive: Directive, lang: str) -> str:
    """A clock, in quotation marks."""
    clock = directive.clock.get(name)
    return quoted(name if clock is None else clock.words.say(lang), lang)


def issue_of(name: str, directive: Directive, lang: str) -> str:
    """What is open in a reading, in quotation marks."""
    reading = directive.reading.get(name)
    return quoted(name if reading is None else sentence(reading.issue.say(lang)), lang)


def side_of(name: str, side: str, directive: Directive, lang: str) -> str:
    """One side of a reading, in quotation marks."""
    reading = directive.reading.get(name)
    sides = () if reading is None else reading.sides
    return quoted(sentence(next((one.words.say(lang) for one in sides if one.id == side), side)), lang)


def rank_bound(options: tuple[Constant, ...], term: Term) -> tuple[Constant, bool] | None:
    """The bound, and whether it is the lowest, where the options are all from it up (or down) on an ordered scale."""
    if not isinstance(term.type, Choice) or not term.type.ordered or len(options) < 2:
        return None
    scale = [option.id for option in term.type.options]
    chosen = set(options)
    if len(chosen) == len(scale):
        return None
    if chosen == set(scale[-len(chosen) :]):
        return scale[-len(chosen)], True
    if chosen == set(scale[: len(chosen)]):
        return scale[len(chosen) - 1], False
    return None
