"""Norms, things and readings of a directive as the page tells them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tsutatsu.backends import diagram, prose
from tsutatsu.backends.prose.tables import KINDS, STRENGTHS
from tsutatsu.ir import Directive, Strength
from tsutatsu.ir import Norm as Rule
from tsutatsu.ir import Reading as Open
from tsutatsu.ir.workflows import Workflow
from tsutatsu.judging.doers import Doers
from tsutatsu.judging.reach import reach_of
from tsutatsu.site.nodes import Line, Link, Norm, Process, Prose, Reading, Side, Thing
from tsutatsu.site.points import Points
from tsutatsu.words import Words

_STEP = 2
"""How many blanks prose puts before a line for each step further in."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where on the page everything of one directive stands; names are numbered, so that no name becomes an address."""

    norms: Mapping[str, str]
    things: Mapping[str, str]
    readings: Mapping[str, str]
    workflows: Mapping[str, str]

    @classmethod
    def of(cls, directive: Directive, workflows: Iterable[Workflow] = ()) -> "Anchors":
        """The anchors of a directive."""
        return cls(
            {one.id: f"n{at}" for at, one in enumerate(directive.norms, 1)},
            {one: f"t{at}" for at, one in enumerate(_things(directive), 1)},
            {one.id: f"r{at}" for at, one in enumerate(directive.readings, 1)},
            {one.id: f"w{at}" for at, one in enumerate(workflows, 1)},
        )


def _things(directive: Directive) -> Iterator[str]:
    for group in (directive.concepts, directive.terms, directive.clocks, directive.judgements):
        yield from (one.id for one in group)


def cited(provision: str) -> Words:
    """A provision as people cite it."""
    return Words(prose.cite(provision, "ja"), prose.cite(provision, "en"))


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what a directive has, each thing with its anchor, its proof and the points it is to be tried on."""

    directive: Directive
    anchors: Anchors
    points: Points

    def norm(self, norm: Rule) -> Norm:
        """A norm with its proof."""
        d = self.directive
        hanging = [d.reading[name] for name in reach_of(norm, d).readings]
        return Norm(
            norm.id,
            self.anchors.norms[norm.id],
            KINDS[norm.kind],
            STRENGTHS[norm.strength],
            norm.strength is Strength.HARD,
            cited(norm.provision),
            norm.summary,
            _both(prose.tell_norm(norm, d, "ja"), prose.tell_norm(norm, d, "en")),
            self.points.homes.proof(norm.id),
            self.points.norm(norm.id),
            tuple(self.link_to_reading(one) for one in hanging),
        )

    def link_to_norm(self, norm: Rule) -> Link:
        """Where a norm stands in full."""
        place = cited(norm.provision)
        words = Words(f"{place.ja}　{norm.summary.ja}", f"{place.en} · {norm.summary.say('en')}")
        return Link(self.anchors.norms[norm.id], words)

    def link_to_reading(self, one: Open) -> Link:
        """Where a reading stands in full."""
        return Link(self.anchors.readings[one.id], one.issue)

    def thing(self, name: str) -> Thing | None:
        """What is called ``name`` besides norms and readings; nothing where nothing is."""
        for kind, words, ja, en in _named(name, self.directive):
            return Thing(name, self.anchors.things[name], kind, words, _both(ja, en), self.points.concept(name))
        return None

    def process(self, one: Workflow, others: Mapping[str, Workflow]) -> Process:
        """A workflow, told among the others of the same issue."""
        anchor, doers = self.anchors.workflows[one.id], Doers(one, self.directive)

        def passage(lang: str) -> prose.Passage:
            terms = one.among_terms_of(self.directive)
            return prose.tell_workflow(one, prose.Setting(terms, doers.by_event(lang), others), lang)

        def drawn(lang: str) -> str:
            return diagram.svg(one, lang, doers.notes(lang), within=f"{anchor}-{lang}")

        return Process(
            one.id, anchor, one.words, _both(passage("ja"), passage("en")), Words(drawn("ja"), drawn("en"))
        )  # fmt: skip

    def reading(self, one: Open) -> Reading:
        """An open passage with its sides and everything that hangs on it."""
        d = self.directive
        bears = [norm for norm in d.norms if one.id in reach_of(norm, d).readings]
        decided = one.taken is not None
        return Reading(
            one.id,
            self.anchors.readings[one.id],
            cited(one.provision),
            one.issue,
            tuple(Side(side.id, side.words, side.id == one.taken) for side in one.sides),
            decided,
            _decided_by(one) if decided else Words(""),
            one.id in d.caveats,
            tuple(self.link_to_norm(norm) for norm in bears),
            self.points.reading(one.id),
        )


def _named(name: str, directive: Directive) -> Iterator[tuple[Words, Words, prose.Passage, prose.Passage]]:
    concept, term = directive.concept.get(name), directive.term.get(name)
    clock, judgement = directive.clock.get(name), directive.judgement.get(name)
    if concept is not None:
        ja, en = (prose.tell_concept(concept, directive, lang) for lang in ("ja", "en"))
        yield Words("語", "word"), concept.words, ja, en
    if term is not None:
        ja, en = (prose.tell_term(term, directive, lang) for lang in ("ja", "en"))
        yield Words("用語", "fact"), term.words, ja, en
    if clock is not None:
        ja, en = (prose.Passage("", (prose.tell_clock(clock, directive, lang),)) for lang in ("ja", "en"))
        yield Words("期間", "period"), clock.words, ja, en
    if judgement is not None:
        ja, en = (prose.tell_judgement(judgement, directive, lang) for lang in ("ja", "en"))
        yield Words("判断", "question"), judgement.words, ja, en


def _decided_by(one: Open) -> Words:
    ja = [one.decided_by] if one.decided_by else []
    en = list(ja)
    if one.decided_on is not None:
        ja.append(prose.tell_day(one.decided_on, "ja"))
        en.append(prose.tell_day(one.decided_on, "en"))
    return Words("、".join(ja) or "決めた者の記載なし", ", ".join(en) or "who decided is not recorded")


def _both(ja: prose.Passage, en: prose.Passage) -> Prose:
    return Prose(tuple(_line(one, "：") for one in ja.lines), tuple(_line(one, ": ") for one in en.lines))


def _line(text: str, colon: str) -> Line:
    """A line of prose taken apart: a label stands only before lines that are not items of a list."""
    bare = text.lstrip(" ")
    depth = (len(text) - len(bare)) // _STEP
    label, found, rest = bare.partition(colon)
    if depth or not found:
        return Line(depth, "", bare)
    return Line(depth, label, rest)
