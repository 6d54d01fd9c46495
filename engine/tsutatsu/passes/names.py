"""The names a directive declares, and how they are looked up."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tsutatsu.diagnostics import Diagnostic, finding, near
from tsutatsu.ir import ON, TODAY, Clock, Directive, Reading, Records, Term
from tsutatsu.source import Source
from tsutatsu.syntax.forms import Said
from tsutatsu.syntax.keywords import japanese, keyword


@dataclass(slots=True)
class Names:
    """What can be named in one directive while it is read."""

    findings: list[Diagnostic]
    terms: dict[str, Term] = field(default_factory=lambda: {TODAY: ON})
    labels: dict[str, str] = field(default_factory=lambda: {ON.words.ja: TODAY, ON.words.en: TODAY})
    """Term ids by every label."""
    concepts: dict[str, Source] = field(default_factory=dict[str, Source])
    fields: dict[str, tuple[Said, ...]] = field(default_factory=dict[str, tuple[Said, ...]])
    """The fields of each list of records, as written."""
    clocks: dict[str, Clock] = field(default_factory=dict[str, Clock])
    readings: dict[str, Reading] = field(default_factory=dict[str, Reading])
    norms: dict[str, Source] = field(default_factory=dict[str, Source])
    acting: Mapping[str, Term] = field(default_factory=dict[str, Term])
    """What may be asked of whoever acts, by keyword; only the guards of workflows ask."""

    @classmethod
    def of(cls, directive: Directive, findings: list[Diagnostic]) -> "Names":
        """What can be named in a directive that is in the kernel already, so that more can be read over it."""
        terms = directive.term
        return cls(
            findings,
            dict(terms),
            {word: term.id for term in terms.values() for word in (term.words.ja, term.words.en) if word},
            {concept.id: concept.source for concept in directive.concepts},
            {
                term.id: tuple(Said(name, term.source) for name in term.type.fields)
                for term in terms.values()
                if isinstance(term.type, Records)
            },
            dict(directive.clock),
            dict(directive.reading),
            {norm.id: norm.source for norm in directive.norms},
        )

    def find(self, number: str, where: Source, **blanks: object) -> None:
        """Notes a finding."""
        self.findings.append(finding(number, where, (), **blanks))

    def term_called(self, word: str) -> Term | None:
        """The term of this id or label, or what a keyword asks of whoever acts."""
        acting = self.acting.get(keyword(word) or "") if self.acting else None
        return acting or self.terms.get(word) or self.terms.get(self.labels.get(word, ""))

    def term(self, said: Said) -> Term | None:
        """The term named; a finding when there is none."""
        found = self.term_called(said.text)
        if found is None:
            self.find("TS204", said.source, word=said.text, nearest=near(said.text, self.term_words()))
        return found

    def term_words(self) -> list[str]:
        """Every label and id of a term."""
        return [*self.labels, *self.terms, *(japanese(word) for word in self.acting)]

    def clock(self, said: Said) -> Clock | None:
        """The clock of this name or label; a finding when there is none."""
        labelled = (one for one in self.clocks.values() if said.text in (one.words.ja, one.words.en))
        found = self.clocks.get(said.text) or next(labelled, None)
        if found is None and self.term_called(said.text) is not None:
            self.find("TS228", said.source, term="…", other=said.text)
        elif found is None:
            self.find(
                "TS205", said.source, what="時計", what_en="clock", word=said.text, nearest=near(said.text, self.clocks)
            )
        return found

    def side(self, said: Said) -> tuple[str, str] | None:
        """The reading and side named as "reading/side"; a finding when there is none."""
        reading, slash, side = said.text.rpartition("/")
        found = self.readings.get(reading)
        known = [f"{r.id}/{s.id}" for r in self.readings.values() for s in r.sides]
        if not slash or found is None or side not in {s.id for s in found.sides}:
            self.find(
                "TS205",
                said.source,
                what="解釈/側",
                what_en="reading/side",
                word=said.text,
                nearest=near(said.text, known),
            )
            return None
        return reading, side

    def reading(self, said: Said) -> str | None:
        """The reading named; a finding when there is none."""
        if said.text in self.readings:
            return said.text
        self.find(
            "TS205", said.source, what="解釈", what_en="reading", word=said.text, nearest=near(said.text, self.readings)
        )
        return None

    def norm(self, said: Said) -> str | None:
        """The norm named; a finding when there is none."""
        if said.text in self.norms:
            return said.text
        self.find(
            "TS205", said.source, what="規範", what_en="norm", word=said.text, nearest=near(said.text, self.norms)
        )
        return None
