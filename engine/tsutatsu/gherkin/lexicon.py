"""The words of one directive, looked up as steps write them; what is not there is refused with the nearest word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final, NoReturn

from tsutatsu.backends.prose import cite, sentence
from tsutatsu.calendar import STATUS_WORDS, read_wareki
from tsutatsu.diagnostics import Refused, finding, near_blanks
from tsutatsu.gherkin.acts import Fact, Unsaid
from tsutatsu.gherkin.phrases import quotable
from tsutatsu.ir import TODAY, Choice, Directive, Judgement, Person, Records, Strength, Term, Text, Value, Whole, Words
from tsutatsu.judging.facts import UNKNOWN_WORDS, FactReader
from tsutatsu.source import Source

NONE_WORD: Final = "なし"
_ANY_DAY: Final = date(2000, 1, 1)
_NO_ACT: Final = Judgement("", Words(""), ())


def read_day(text: str, where: Source) -> date:
    """The day that ``text`` says."""
    read = read_wareki(text)
    if read.date is None or not read.usable:
        words = STATUS_WORDS[read.status]
        raise Refused([finding("TS441", where, day=text, why=words.ja, why_en=words.en)])
    return read.date


@dataclass(frozen=True)
class Lexicon:
    """One issue of one directive, as steps speak of it."""

    directive: Directive

    @cached_property
    def _reader(self) -> FactReader:
        return FactReader.of(self.directive)

    def term(self, name: str, where: Source) -> Term:
        """The term that goes by ``name``."""
        found = self._reader.term_named(name)
        if found is not None and found.id != TODAY:
            return found
        if found is not None:
            raise _refusal(
                "TS431", where, name=name, near="判断日は「もし」で言う。", near_en="The day judged is said with もし."
            )
        raise _refusal("TS431", where, name=name, **near_blanks(name, [t.words.ja for t in self.directive.terms]))

    def fact(self, name: str, text: str, where: Source) -> Fact:
        """A fact said in one sentence."""
        term = self.term(name, where)
        if isinstance(term.type, Records):
            raise _refusal("TS445", where, name=term.words.ja)
        return Fact(term.id, self._value(term, text, where))

    def cell(self, name: str, text: str, where: Source) -> Fact:
        """A fact said in a cell of a table, where 不明 and なし may stand for a value."""
        term = self.term(name, where)
        if isinstance(term.type, Records):
            raise _refusal("TS445", where, name=term.words.ja)
        match _cell(term, text, where):
            case Unsaid.UNKNOWN:
                return Fact(term.id, Unsaid.UNKNOWN)
            case None:
                return self.none(name, where)
            case str(said):
                return Fact(term.id, self._value(term, said, where))

    def none(self, name: str, where: Source) -> Fact:
        """The fact that there is none."""
        term = self.term(name, where)
        return Fact(term.id, self._read(term, [] if isinstance(term.type, Records) else None, where))

    def unknown(self, name: str, where: Source) -> Fact:
        """The fact, no longer known."""
        return Fact(self.term(name, where).id, Unsaid.UNKNOWN)

    def records(self, name: str, rows: Sequence[Sequence[str]], where: Source) -> Fact:
        """A list said as a table: field names, then a record to a row; a row of 不明 says that there may be more."""
        term = self.term(name, where)
        if not isinstance(term.type, Records):
            raise _refusal("TS446", where, name=term.words.ja)
        if not rows:
            refuse_table(where, _NO_ROWS)
        fields = [self._field(label, term, term.type, where) for label in rows[0]]
        if len({field.id for field in fields}) < len(fields):
            refuse_table(where, _TWICE)
        raw: list[object] = []
        for row in rows[1:]:
            cells = [_cell(field, text, where) for field, text in zip(fields, row, strict=True)]
            if all(cell is Unsaid.UNKNOWN for cell in cells):
                raw.append("不明")
            else:
                raw.append(
                    {
                        field.id: _said(field, cell)
                        for field, cell in zip(fields, cells, strict=True)
                        if not isinstance(cell, Unsaid)
                    }
                )
        return Fact(term.id, self._read(term, raw, where))

    def judgement(self, name: str, where: Source) -> Judgement:
        """The judgement that goes by ``name``."""
        for one in self.directive.judgements:
            if name in (one.id, one.words.ja, one.words.en):
                return one
        raise _refusal("TS432", where, name=name, **near_blanks(name, [j.words.ja for j in self.directive.judgements]))

    def reading(self, name: str, side: str, where: Source) -> tuple[str, str]:
        """The reading and its side that go by these names."""
        reading = self.directive.reading[self.reading_called(name, where)]
        if side not in {one.id for one in reading.sides}:
            raise _refusal("TS435", where, reading=name, name=side, known="、".join(one.id for one in reading.sides))
        return name, side

    def reading_called(self, name: str, where: Source) -> str:
        """The reading of that name."""
        if name not in self.directive.reading:
            raise _refusal("TS434", where, name=name, **near_blanks(name, self.directive.reading))
        return name

    def norm(self, name: str, where: Source) -> str:
        """The one norm that goes by ``name``; refused where several do."""
        found = self.norms_called(name, where)
        if len(found) == 1:
            return found[0]
        norms = [self.directive.norm[one] for one in found]
        raise _refusal(
            "TS449",
            where,
            name=name,
            known="、".join(f"{one.id}（{one.summary.ja}）" for one in norms),
            known_en=", ".join(f"{one.id} ({one.summary.say('en')})" for one in norms),
        )

    def norms_called(self, name: str, where: Source) -> tuple[str, ...]:
        """The norm of this id; else those of this summary, of this provision, or whose summary holds the words."""
        found = self._norms(name)
        if found:
            return found
        summaries = [sentence(norm.summary.ja) for norm in self.directive.norms]
        raise _refusal("TS436", where, name=name, **near_blanks(name, [*self.directive.norm, *summaries]))

    def efforts_called(self, name: str, where: Source) -> tuple[str, ...]:
        """Those of the norms called so that are duties of effort; refused where none is."""
        found = self.norms_called(name, where)
        soft = tuple(one for one in found if self.directive.norm[one].strength is Strength.SOFT)
        if not soft:
            raise _refusal("TS450", where, name=name)
        return soft

    @cached_property
    def norm_words(self) -> Mapping[str, str]:
        """What a step calls each norm: its summary where that can be quoted and leads to it alone, else its id."""
        found: dict[str, str] = {}
        for norm in self.directive.norms:
            words = sentence(norm.summary.ja)
            found[norm.id] = words if quotable(words) and self._norms(words) == (norm.id,) else norm.id
        return found

    def names_a_norm(self, name: str) -> bool:
        """Whether some norm goes by ``name``."""
        return bool(self._norms(name))

    def _norms(self, name: str) -> tuple[str, ...]:
        d = self.directive
        if name in d.norm:
            return (name,)
        said = sentence(name)
        place = self.provision_called(name)
        for called in (
            [n.id for n in d.norms if said and said in (sentence(n.summary.ja), sentence(n.summary.en))],
            [n.id for n in d.norms if n.provision == place],
            [n.id for n in d.norms if said and (said in n.summary.ja or said in n.summary.en)],
            [n.id for n in d.norms if place is not None and n.provision.startswith(f"{place}/")],
        ):
            if called:
                return tuple(called)
        return ()

    def provision_called(self, name: str) -> str | None:
        """The provision written so (第5/3), or cited so (第5の3)."""
        return name if name in self.provisions_and_above else self._cited.get(name)

    def provision(self, name: str, where: Source) -> str:
        """A provision of the encoding, or one above it."""
        found = self.provision_called(name)
        if found is not None:
            return found
        raise _refusal("TS433", where, name=name, **near_blanks(name, self.provisions_and_above))

    def exception(self, name: str, where: Source) -> str:
        """The provision of an exception."""
        known = [lift.provision for norm in self.directive.norms for lift in norm.lifts]
        found = self.provision_called(name)
        if found is not None and found in known:
            return found
        raise _refusal("TS437", where, name=name, **near_blanks(name, known))

    @cached_property
    def provisions(self) -> tuple[str, ...]:
        """Every provision that the encoding cites."""
        d = self.directive
        cited = [
            *(norm.provision for norm in d.norms),
            *(lift.provision for norm in d.norms for lift in norm.lifts),
            *(concept.provision for concept in d.concepts),
            *(reading.provision for reading in d.readings),
        ]
        return tuple(dict.fromkeys(one for one in cited if one))

    @cached_property
    def provisions_and_above(self) -> frozenset[str]:
        """The provisions cited, and every level above them."""
        return frozenset(
            "/".join(parts[:depth])
            for one in self.provisions
            for parts in [one.split("/")]
            for depth in range(1, len(parts) + 1)
        )

    @cached_property
    def _cited(self) -> Mapping[str, str]:
        """Provisions by how they are cited, where only one is cited so."""
        found: dict[str, str] = {}
        several: set[str] = set()
        for one in sorted(self.provisions_and_above):
            said = cite(one, "ja")
            several.update([said] if said in found else [])
            found[said] = one
        return {said: one for said, one in found.items() if said not in several}

    def _field(self, label: str, term: Term, kind: Records, where: Source) -> Term:
        found = self._reader.term_named(label)
        if found is not None and found.id in kind.fields:
            return found
        labels = [self.directive.term[field].words.ja for field in kind.fields]
        raise _refusal("TS431", where, name=f"{term.words.ja}の{label}", **near_blanks(label, labels))

    def _value(self, term: Term, text: str, where: Source) -> Value:
        if text.strip() in UNKNOWN_WORDS and not _names_option(term, text):
            raise _refusal("TS444", where, name=term.words.ja, **_SAY_UNKNOWN)
        if text.strip() == NONE_WORD and not _names_option(term, text):
            raise _refusal("TS444", where, name=term.words.ja, **_SAY_NONE)
        return self._read(term, _said(term, text), where)

    def _read(self, term: Term, raw: object, where: Source) -> Value:
        try:
            read = self._reader.read({term.id: raw}, _NO_ACT, _ANY_DAY, {}, texts=True)
        except Refused as refused:
            first = refused.findings[0]
            raise _refusal(
                "TS444",
                where,
                name=term.words.ja,
                why=first.ja,
                why_en=first.en,
                mend=f"{first.mend_ja} ({first.code})",
                mend_en=f"{first.mend_en} ({first.code})",
            ) from refused
        return read[term.id]


_SAY_UNKNOWN: Final[Mapping[str, str]] = {
    "why": "分からないことは値ではない。",
    "why_en": "Not knowing is no value.",
    "mend": "「…」が分からない、と書く。",
    "mend_en": "Write 「…」が分からない.",
}
_SAY_NONE: Final[Mapping[str, str]] = {
    "why": "無いことは値ではない。",
    "why_en": "That there is none is no value.",
    "mend": "「…」はない、と書く。",
    "mend_en": "Write 「…」はない.",
}
_NO_ROWS: Final[Mapping[str, str]] = {
    "what": "表に行がない。",
    "what_en": "The table has no rows.",
    "mend": "見出しの行と、一件ごとの行を書く。",
    "mend_en": "Write a row of headings, and a row for each record.",
}
_TWICE: Final[Mapping[str, str]] = {
    "what": "表に同じ項目の列が二つある。",
    "what_en": "Two columns of the table are the same field.",
    "mend": "一つにする。",
    "mend_en": "Keep one.",
}
_EMPTY: Final[Mapping[str, str]] = {
    "what": "表に空のセルがある。",
    "what_en": "The table has an empty cell.",
    "mend": "分からないなら「不明」、無いなら「なし」と書く。",
    "mend_en": "Write 不明 where it is not known, なし where there is none.",
}


def refuse_table(where: Source, blanks: Mapping[str, str]) -> NoReturn:
    """Refuses a table, or its lack."""
    raise _refusal("TS442", where, **blanks)


def _refusal(code: str, where: Source, **blanks: str) -> Refused:
    return Refused([finding(code, where, (), **blanks)])


def _cell(term: Term, text: str, where: Source) -> str | Unsaid | None:
    said = text.strip()
    if not said:
        refuse_table(where, _EMPTY)
    if _names_option(term, said):
        return said
    if said in UNKNOWN_WORDS:
        return Unsaid.UNKNOWN
    return None if said == NONE_WORD else said


def _said(term: Term, text: str | None) -> str | None:
    """The text of a value, without the unit that people write after a number."""
    if text is None or isinstance(term.type, (Text, Person)) or not isinstance(term.type, Whole):
        return text
    return text.strip().removesuffix(term.type.unit.ja) if term.type.unit.ja else text


def _names_option(term: Term, text: str) -> bool:
    return isinstance(term.type, Choice) and any(
        text.strip() in (o.id, o.words.ja, o.words.en) for o in term.type.options
    )
