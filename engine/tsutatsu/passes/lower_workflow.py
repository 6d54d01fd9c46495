"""A workflow file → a kernel workflow: its states, events and timers, and what each event asks, writes and leaves."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Generic, Protocol, TypeVar

from tsutatsu.diagnostics import near
from tsutatsu.ir import (
    ALWAYS,
    Choice,
    Condition,
    Constant,
    Day,
    Directive,
    Hour,
    Judgement,
    Moment,
    Option,
    Person,
    Records,
    Term,
    Test,
    Text,
    Truth,
    Words,
)
from tsutatsu.ir.walking import walk
from tsutatsu.ir.workflows import (
    ACTOR,
    ACTOR_WORDS,
    OTHER_POST,
    POST,
    POST_WORDS,
    Allowed,
    Event,
    Hand,
    Handling,
    Stamp,
    State,
    StateOf,
    Timer,
    Workflow,
    Write,
)
from tsutatsu.passes.lower_conditions import lower_condition
from tsutatsu.passes.lower_values import asked, lower_value
from tsutatsu.passes.names import Names
from tsutatsu.source import Source
from tsutatsu.syntax.forms import Form, Said
from tsutatsu.syntax.keywords import keyword
from tsutatsu.syntax.nodes import Entry, Map, Node, Scalar

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_STAMPS: Final = {
    "actor": Stamp.ACTOR,
    "actor_post": Stamp.POST,
    "today": Stamp.DAY,
    "now": Stamp.MOMENT,
    "time_now": Stamp.TIME,
}
_HANDLINGS: Final = {
    Handling.CORRECT: "corrected",
    Handling.WAIVE: "waived",
    Handling.LINK: "joined",
    Handling.ERASE: "erased",
}
_FITTING: Final[Mapping[Stamp, tuple[type, ...]]] = {
    Stamp.ACTOR: (Person, Text),
    Stamp.POST: (Choice, Text),
    Stamp.DAY: (Day,),
    Stamp.MOMENT: (Moment,),
    Stamp.TIME: (Hour,),
}
_ASKED: Final = ("actor", "actor_post")
"""What guards may ask of whoever acts."""

_HANDS: Final = {"person": Hand.PERSON, "machine": Hand.MACHINE, "clocks": Hand.CLOCK}


def lower_workflow(form: Form, directive: Directive, names: Names, posts: tuple[Option, ...]) -> Workflow:
    """The workflow as far as it can be read, with everything found in it; ``posts`` are those all circulars share."""
    inner = form.form("workflow") or Form("workflow", form.source)
    asking = _asking(inner, names, posts)
    states = _Called[State].of("状態", "state", _states(inner, names), names)
    judgements = _Called[Judgement].of("判断", "judgement", directive.judgements, names)
    events = _Called[Event].of(
        "事象", "event", (_event(one, states, judgements, names, asking) for one in inner.forms("events")), names
    )
    unit, allowed = inner.said("unit"), _allowed(inner, asking)
    return Workflow(
        _identifier(inner, names),
        directive.id,
        directive.issued,
        _words(inner),
        inner.text("provision"),
        inner.words("subject"),
        tuple(states.each.values()),
        tuple(events.each.values()),
        tuple(timer for one in inner.forms("timers") if (timer := _timer(one, events, names)) is not None),
        judgements.named(inner, "watched"),
        None if unit is None else _unit(unit, names),
        _named_posts((*(one.guard for one in events.each.values()), *(one.guard for one in allowed)), asking),
        allowed,
        inner.source,
    )


def _asking(form: Form, names: Names, posts: tuple[Option, ...]) -> Names:
    """The names that guards may use: also who acts, and in which post, by any post that can be written down here."""
    known = {one.id: one for one in posts}
    for event in form.forms("events"):
        node = event.node("writes")
        for entry in node.entries if isinstance(node, Map) else ():
            term = names.term_called(entry.key.text)
            stamp = keyword(entry.value.text) if isinstance(entry.value, Scalar) else None
            if term is not None and isinstance(term.type, Choice) and stamp == "actor_post":
                for option in term.type.options:
                    known.setdefault(option.id, option)
    known.pop(OTHER_POST.id, None)
    post = Term(POST, POST_WORDS, Choice(tuple(known.values())))
    return replace(names, acting={"actor": Term(ACTOR, ACTOR_WORDS, Person()), "actor_post": post})


def _allowed(form: Form, asking: Names) -> tuple[Allowed, ...]:
    """Who may do what is done to a case besides its events."""
    inner = form.form("allowed")
    nodes = {one: None if inner is None else inner.node(word) for one, word in _HANDLINGS.items()}
    return tuple(Allowed(one, lower_condition(node, asking), node.source) for one, node in nodes.items() if node)


def _named_posts(guards: Iterable[Condition], asking: Names) -> tuple[Option, ...]:
    """The posts that conditions name, in the order of the list of posts."""
    said: set[Constant] = set()
    for guard in guards:
        for one in walk(guard):
            if isinstance(one, Test) and one.term == POST and isinstance(one.operand, str | tuple):
                said.update(one.operand if isinstance(one.operand, tuple) else (one.operand,))
    kind = asking.acting["actor_post"].type
    return tuple(one for one in kind.options if one.id in said) if isinstance(kind, Choice) else ()


def _words(form: Form) -> Words:
    return Words(form.text("name"), form.text("en"))


def _identifier(form: Form, names: Names) -> str:
    said = form.said("id")
    if said is not None and not _ID.fullmatch(said.text):
        names.find("TS801", said.source, word=said.text)
    return form.text("id")


def _states(form: Form, names: Names) -> Iterable[State]:
    for key, row in form.rows("states"):
        if isinstance(row, Form):
            if not _ID.fullmatch(key.text):
                names.find("TS801", key.source, word=key.text)
            yield State(key.text, _words(row), row.flag("initial"), row.flag("final"), key.source)


def _unit(said: Said, names: Names) -> str | None:
    term = names.term(said)
    if term is not None and not isinstance(term.type, Records):
        names.find("TS817", said.source, term=term.words.ja)
        return None
    return None if term is None else term.id


def _timer(form: Form, events: "_Called[Event]", names: Names) -> Timer | None:
    clock, event = form.said("clocks"), form.said("events")
    known = names.clock(clock) if clock is not None else None
    found = events.one(event) if event is not None else None
    return None if known is None or found is None else Timer(known.id, found, form.source)


def _event(
    form: Form, states: "_Called[State]", judgements: "_Called[Judgement]", names: Names, asking: Names
) -> Event:
    target, guard = form.said("to"), form.node("must")
    return Event(
        _identifier(form, names),
        _words(form),
        form.text("provision"),
        states.named(form, "from"),
        (states.one(target) if target is not None else None) or "",
        _HANDS.get(form.text("hand"), Hand.PERSON),
        ALWAYS if guard is None else lower_condition(guard, asking),
        judgements.named(form, "judgements"),
        _linked(form),
        _alike(form, names),
        form.flag("settled"),
        tuple(term.id for said in form.names("supplied") if (term := _said(said, names)) is not None),
        _writes(form, names),
        tuple(said.text for said in form.names("documents")),
        form.source,
    )


def _linked(form: Form) -> tuple[StateOf, ...]:
    """The states of other workflows, by the names written: which there are is known when all have been read."""
    return tuple(
        StateOf(key.text, tuple(said.text for said in row if isinstance(said, Said)), source=key.source)
        for key, row in form.rows("linked")
        if isinstance(row, tuple)
    )


def _alike(form: Form, names: Names) -> tuple[str, ...]:
    """The terms in which linked cases must be the same; a finding where there is nothing linked."""
    said = tuple(form.names("alike"))
    if said and not tuple(form.rows("linked")):
        names.find("TS834", said[0].source)
    return tuple(dict.fromkeys(term.id for one in said if (term := _said(one, names)) is not None))


def _said(said: Said, names: Names) -> Term | None:
    """A term that a case can be told: no list, not the day judged, and not who acts."""
    if keyword(said.text) in _ASKED and names.term_called(said.text) is None:
        names.find("TS825", said.source, word=said.text)
        return None
    term = names.term(said)
    if term is not None and (isinstance(term.type, Records) or term.id == "on"):
        names.find("TS818", said.source, term=term.words.ja)
        return None
    return term


def _writes(form: Form, names: Names) -> tuple[Write, ...]:
    node = form.node("writes")
    supplied = {term.id for said in form.names("supplied") if (term := names.term_called(said.text)) is not None}
    found: dict[str, Write] = {}
    for entry in node.entries if isinstance(node, Map) else ():
        term = _said(Said(entry.key.text, entry.key.source), names)
        if term is None:
            continue
        if term.id in supplied or term.id in found:
            names.find("TS819", entry.key.source, term=term.words.ja)
        for value in _written(entry, term, names):
            found[term.id] = Write(term.id, value, entry.key.source)
    return tuple(found.values())


def _written(entry: Entry, term: Term, names: Names) -> Iterable[Constant | Stamp | None]:
    """The one value to be written, or nothing and a finding."""
    value = entry.value
    stamp = _STAMPS.get(keyword(value.text) or "") if isinstance(value, Scalar) else None
    if stamp is not None:
        if isinstance(term.type, _FITTING[stamp]):
            yield stamp
        else:
            names.find("TS802", value.source, term=term.words.ja, word=_text(value), **_expected(term))
    elif _says_none(value):
        if isinstance(term.type, Truth) or (isinstance(term.type, Choice) and not term.type.none):
            names.find("TS802", value.source, term=term.words.ja, word="なし", **_expected(term))
        else:
            yield None
    else:
        constant = lower_value(value, term, names)
        yield from () if constant is None else (constant,)


def _says_none(value: Node) -> bool:
    """{有無: なし}."""
    if not isinstance(value, Map) or len(value.entries) != 1:
        return False
    one = value.entries[0]
    said = keyword(one.value.text) if isinstance(one.value, Scalar) else None
    return keyword(one.key.text) == "presence" and said == "absent"


def _text(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else "…"


def _expected(term: Term) -> dict[str, str]:
    ja, en = asked(term)
    return {"expected": ja, "expected_en": en}


class _Named(Protocol):
    """What has an id and a label."""

    @property
    def id(self) -> str: ...
    @property
    def words(self) -> Words: ...
    @property
    def source(self) -> Source: ...


_T = TypeVar("_T", bound=_Named)


@dataclass(frozen=True, slots=True)
class _Called(Generic[_T]):
    """Things of one kind, by id, and how a workflow's file calls them."""

    kind: Words
    each: Mapping[str, _T]
    names: Mapping[str, str]
    """The id by every name."""
    found: Names

    @classmethod
    def of(cls, ja: str, en: str, things: Iterable[_T], found: Names) -> "_Called[_T]":
        """The things by every name; a name that two of them bear is found."""
        each: dict[str, _T] = {}
        names: dict[str, str] = {}
        for one in things:
            for word in dict.fromkeys(word for word in (one.id, one.words.ja, one.words.en) if word):
                if word in names:
                    found.find("TS212", one.source, word=word)
                names.setdefault(word, one.id)
            each.setdefault(one.id, one)
        return cls(Words(ja, en), each, names, found)

    def one(self, said: Said) -> str | None:
        """The id of the thing named; a finding where there is none."""
        known = self.names.get(said.text)
        if known is None:
            near_words = near(said.text, self.names)
            what, what_en = self.kind.ja, self.kind.en
            self.found.find("TS205", said.source, what=what, what_en=what_en, word=said.text, nearest=near_words)
        return known

    def named(self, form: Form, word: str) -> tuple[str, ...]:
        """The ids of the things that a form lists."""
        found = (self.one(said) for said in form.names(word))
        return tuple(dict.fromkeys(one for one in found if one is not None))
