"""Words of a condition → kernel conditions."""

from itertools import combinations

from tsutatsu.calendar import Unit
from tsutatsu.diagnostics import near
from tsutatsu.ir import (
    NEVER,
    AllOf,
    AnyOf,
    Choice,
    Clock,
    ClockRef,
    Condition,
    Constant,
    Day,
    Each,
    Hour,
    Is,
    Length,
    Moment,
    Not,
    Op,
    Person,
    Records,
    Side,
    Some,
    Stands,
    Term,
    TermRef,
    Test,
    Text,
    Whole,
)
from tsutatsu.passes.lower_values import lower_value
from tsutatsu.passes.names import Names
from tsutatsu.source import Source
from tsutatsu.syntax.forms import Said
from tsutatsu.syntax.keywords import japanese, keyword
from tsutatsu.syntax.nodes import Entry, Map, Node, Scalar, Seq
from tsutatsu.syntax.scalars import as_bool

_JOINING = ("all", "any", "not", "reading", "broken", "kept", "different", "same")
_COMPARING = ("at_least", "at_most", "less_than", "more_than")
_ORDERS = {"at_least": Op.GE, "at_most": Op.LE, "less_than": Op.LT, "more_than": Op.GT}
_CLOCKED = {"within": Op.WITHIN, "before": Op.BEFORE, "after": Op.AFTER}


def lower_condition(node: Node, names: Names) -> Condition:
    """The condition written at ``node``; what cannot be read is found and never holds."""
    if not isinstance(node, Map) or not node.entries:
        names.find("TS220", node.source)
        return NEVER
    return _all([_entry(entry, names) for entry in node.entries], node.source)


def _all(parts: list[Condition], source: Source) -> Condition:
    return parts[0] if len(parts) == 1 else AllOf(tuple(parts), source)


def _any(parts: list[Condition], source: Source) -> Condition:
    return parts[0] if len(parts) == 1 else AnyOf(tuple(parts), source)


def _entry(entry: Entry, names: Names) -> Condition:
    key, value = entry.key, entry.value
    word = keyword(key.text)
    if word in _JOINING:
        return _joined(word, value, key, names)
    term = names.term_called(key.text)
    if term is not None and term is names.acting.get("actor"):
        names.find("TS827", key.source, word=key.text)
        return NEVER
    if term is not None:
        return _about(term, value, key.source, names)
    if key.text in names.concepts:
        said = as_bool(value) if isinstance(value, Scalar) else None
        if said is None:
            names.find("TS221", value.source, word=key.text)
            return NEVER
        concept = Is(key.text, key.source)
        return concept if said else Not(concept, key.source)
    known = [*names.term_words(), *names.concepts, *(japanese(w) for w in _JOINING)]
    names.find("TS204", key.source, word=key.text, nearest=near(key.text, known))
    return NEVER


def _joined(word: str | None, value: Node, key: Scalar, names: Names) -> Condition:
    if word == "not":
        return Not(lower_condition(value, names), key.source)
    if word == "reading":
        side = names.side(Said(value.text, value.source)) if isinstance(value, Scalar) else None
        if side is None:
            return _misread(value, "解釈/側", "reading/side", names) if not isinstance(value, Scalar) else NEVER
        return Side(side[0], side[1], value.source)
    if not isinstance(value, Seq) or not value.items:
        return _misread(value, "一覧", "a list", names)
    if word in ("all", "any"):
        parts = [lower_condition(item, names) for item in value.items]
        return _all(parts, value.source) if word == "all" else _any(parts, value.source)
    said = [Said(i.text, i.source) for i in value.items if isinstance(i, Scalar)]
    if len(said) != len(value.items):
        return _misread(value, "名前の一覧", "a list of names", names)
    if word in ("broken", "kept"):
        ids = [names.norm(one) for one in said]
        stands: list[Condition] = [
            Stands(i, word == "broken", one.source) for i, one in zip(ids, said, strict=True) if i
        ]
        return _any(stands, value.source) if word == "broken" else _all(stands, value.source)
    people = [names.term(one) for one in said]
    for person, one in zip(people, said, strict=True):
        if person is not None and not isinstance(person.type, Person | Text):
            names.find("TS208", one.source, term=person.words.ja, word=japanese(word or ""))
    found = [person.id for person in people if person is not None]
    if len(said) < 2:
        return _misread(value, "二人以上の一覧", "a list of two or more", names)
    op = Op.DIFFERENT if word == "different" else Op.SAME
    return _all([Test(a, op, TermRef(b), key.source) for a, b in combinations(found, 2)], key.source)


def _misread(value: Node, ja: str, en: str, names: Names) -> Condition:
    names.find("TS210", value.source, expected=ja, expected_en=en, got="…", got_en="…", nearest="")
    return NEVER


def _about(term: Term, value: Node, where: Source, names: Names) -> Condition:
    """A term with what is asked of it: a value, a list of values, or comparisons."""
    match value:
        case Scalar():
            return _equals(term, value, where, names)
        case Seq(items):
            if not items:
                return _misread(value, "値の一覧", "a list of values", names)
            plain = [i for i in items if isinstance(i, Scalar)]
            parts: list[Condition] = []
            if plain:
                constants = [c for c in (lower_value(i, term, names) for i in plain) if c is not None]
                parts.append(_among(term, constants, where))
            for item in items:
                if isinstance(item, Scalar):
                    continue
                if not isinstance(item, Map) or len(item.entries) != 1:
                    parts.append(_misread(item, "値: 条件", "value: condition", names))
                    continue
                one = item.entries[0]
                held = _equals(term, one.key, where, names)
                parts.append(AllOf((held, lower_condition(one.value, names)), item.source))
            return _any(parts, value.source)
        case Map(entries):
            if not entries:
                return _misread(value, "比べ方の表", "a table of comparisons", names)
            return _all([_compared(term, e, names) for e in entries], value.source)


def _among(term: Term, constants: list[Constant], where: Source) -> Condition:
    return (
        Test(term.id, Op.EQ, constants[0], where)
        if len(constants) == 1
        else Test(term.id, Op.IN, tuple(constants), where)
    )


def _equals(term: Term, value: Scalar, where: Source, names: Names) -> Condition:
    if isinstance(term.type, Records):
        return _misread(value, "どれも・どれか・有無", "each, some or presence", names)
    constant = lower_value(value, term, names)
    return NEVER if constant is None else Test(term.id, Op.EQ, constant, where)


def _compared(term: Term, entry: Entry, names: Names) -> Condition:
    word, value, where = keyword(entry.key.text), entry.value, entry.key.source
    match word:
        case "at_least" | "at_most" | "less_than" | "more_than":
            return _ordered(term, word, value, where, names)
        case "other_than":
            plain = value.items if isinstance(value, Seq) else (value,)
            constants = [c for c in (lower_value(i, term, names) for i in plain) if c is not None]
            return Not(_among(term, constants, where), where) if constants else NEVER
        case "within" | "before" | "after":
            return _clocked(term, word, value, where, names)
        case "presence":
            asked = keyword(value.text) if isinstance(value, Scalar) else None
            if asked not in ("present", "absent"):
                return _misread(value, "あり・なし", "present or absent", names)
            there = Test(term.id, Op.PRESENT, None, where)
            return there if asked == "present" else Not(there, where)
        case "each" | "some":
            if not isinstance(term.type, Records):
                names.find("TS208", where, term=term.words.ja, word=entry.key.text)
                return NEVER
            part = lower_condition(value, names)
            return Each(term.id, part, where) if word == "each" else Some(term.id, part, where)
        case _:
            known = [japanese(w) for w in (*_COMPARING, "other_than", *_CLOCKED, "presence", "each", "some")]
            names.find("TS222", where, word=entry.key.text, nearest=near(entry.key.text, known), known="・".join(known))
            return NEVER


def _ordered(term: Term, word: str, value: Node, where: Source, names: Names) -> Condition:
    kind = term.type
    if isinstance(kind, Choice) and kind.ordered and isinstance(value, Scalar):
        bound = lower_value(value, term, names)
        ids = [o.id for o in kind.options]
        if not isinstance(bound, str):
            return NEVER
        at = ids.index(bound)
        chosen = {"at_least": ids[at:], "more_than": ids[at + 1 :], "at_most": ids[: at + 1], "less_than": ids[:at]}[
            word
        ]
        return Test(term.id, Op.IN, tuple(chosen), where)
    if not isinstance(kind, Whole | Length | Day | Moment | Hour):
        names.find("TS208", where, term=term.words.ja, word=japanese(word))
        return NEVER
    if isinstance(value, Map) and len(value.entries) == 1 and keyword(value.entries[0].key.text) == "terms":
        other = value.entries[0].value
        against = names.term(Said(other.text, other.source)) if isinstance(other, Scalar) else None
        if against is None:
            return NEVER if isinstance(other, Scalar) else _misread(other, "用語", "a term", names)
        if type(against.type) is not type(kind):
            names.find("TS223", other.source, term=term.words.ja, other=against.words.ja)
            return NEVER
        return Test(term.id, _ORDERS[word], TermRef(against.id), where)
    constant = lower_value(value, term, names)
    return NEVER if constant is None else Test(term.id, _ORDERS[word], constant, where)


def _clocked(term: Term, word: str, value: Node, where: Source, names: Names) -> Condition:
    if not isinstance(value, Scalar):
        return _misread(value, "時計の名前", "the name of a clock", names)
    clock = names.clock(Said(value.text, value.source))
    if clock is None:
        return NEVER
    if not fits(clock, term, names) or (clock.window is not None and word != "within"):
        names.find("TS224", where, term=term.words.ja, clock=clock.id, word=japanese(word))
        return NEVER
    return Test(term.id, _CLOCKED[word], ClockRef(clock.id), where)


def fits(clock: Clock, term: Term, names: Names) -> bool:
    """Whether a term of this type can be placed on the clock."""
    if clock.window is not None:
        return isinstance(term.type, Hour | Moment)
    if clock.length is not None and clock.length.unit in (Unit.HOUR, Unit.MINUTE):
        start = names.terms.get(clock.start) if isinstance(clock.start, str) else None
        return isinstance(term.type, Moment) and start is not None and isinstance(start.type, Moment)
    return isinstance(term.type, Day | Moment)
